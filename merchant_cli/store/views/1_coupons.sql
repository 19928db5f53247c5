-- The coupon book; `percent` in hundredths of a per cent. `own` = 1: the merchant's own sheet names it (with or
-- without a shop).
SELECT
  (SELECT s.shop FROM shops s WHERE s.no = c.shop) AS shop,
  c.coupon_id, c.title, c.bearer, c.kind, c.face AS face_minor, c.percent, c.threshold AS threshold_minor, c.scope,
  c.budget AS budget_minor, c.currency, c.from_day, c.to_day,
  CASE WHEN EXISTS (SELECT 1 FROM imports i WHERE i.no = c.import_no AND i.importer LIKE 'own %') OR EXISTS (
    SELECT 1 FROM claims d JOIN imports i ON i.no = d.import_no
    WHERE d.tab = 'coupons' AND d.shop = c.shop AND d.key = c.coupon_id AND i.importer LIKE 'own %'
  ) THEN 1 ELSE 0 END AS own,
  c.import_no, c.line
FROM fact_coupons c
