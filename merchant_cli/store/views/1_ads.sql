-- Ad spend by range of days.
SELECT
  (SELECT s.shop FROM shops s WHERE s.no = a.shop) AS shop,
  a.account, a.campaign, a.item, a.from_day, a.to_day, a.spend AS spend_minor, a.impressions, a.clicks, a.orders,
  a.sales AS sales_minor, a.currency, a.import_no, a.line
FROM fact_ads a
