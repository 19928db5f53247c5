-- Receipts, returns, transfers, adjustments, gifts, samples; units are signed. Sales are not copied here.
SELECT
  (SELECT s.shop FROM shops s WHERE s.no = v.shop) AS shop,
  v.source, v.move_id, v.code,
  coalesce((SELECT m.sku FROM sku_map m WHERE m.shop = v.shop AND m.code = v.code), v.code) AS sku,
  v.location, v.units, v.kind, v.day, v.at, v.note, v.import_no, v.line
FROM fact_stock_moves v
