-- Visits by range of days; only rows with from_day = to_day may be added over days, visitors never.
SELECT
  (SELECT s.shop FROM shops s WHERE s.no = t.shop) AS shop,
  t.source, t.item, t.from_day, t.to_day, t.visitors, t.page_views, t.carts, t.buyers, t.orders, t.units,
  t.paid AS paid_minor, t.currency, t.import_no, t.line
FROM fact_traffic t
