-- Statements "this many at this time"; an empty location is the merchant's only one.
SELECT
  (SELECT s.shop FROM shops s WHERE s.no = c.shop) AS shop,
  c.location, c.code,
  coalesce((SELECT m.sku FROM sku_map m WHERE m.shop = c.shop AND m.code = c.code), c.code) AS sku,
  c.counted_at, c.counted_day, c.units, c.committed, c.import_no, c.line
FROM fact_stock_counts c
