-- The coupon book; `percent` in hundredths of a per cent.
SELECT
  (SELECT s.shop FROM shops s WHERE s.no = c.shop) AS shop,
  c.coupon_id, c.title, c.bearer, c.kind, c.face AS face_minor, c.percent, c.threshold AS threshold_minor, c.scope,
  c.budget AS budget_minor, c.currency, c.from_day, c.to_day, c.import_no, c.line
FROM fact_coupons c
