-- Goods lines of orders that count, in own SKUs, before refunds; read by the day. One row per line. `units` are own
-- units: those of the line × the multiplier of its code.
SELECT
  s.shop, l.day, coalesce(m.sku, l.code) AS sku, l.units * coalesce(m.multiplier, 1) AS units,
  l.currency, l.sold AS sold_minor, l.order_id, l.line_key, l.import_no, l.line,
  l.code, l.listing_id, l.title, l.options, l.shop_discount AS shop_discount_minor
FROM shops s CROSS JOIN fact_order_lines l ON l.shop = s.no
LEFT JOIN sku_map m ON m.shop = l.shop AND m.code = l.code
WHERE l.counts = 1 AND l.line_kind = 'goods'
