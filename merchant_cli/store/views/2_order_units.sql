-- Units of goods of orders that count, in own SKUs, with what says whether and when they left.
SELECT
  s.shop, l.order_id, l.line_key, l.code,
  coalesce((SELECT m.sku FROM sku_map m WHERE m.shop = l.shop AND m.code = l.code), l.code) AS sku,
  l.units * coalesce((SELECT m.multiplier FROM sku_map m WHERE m.shop = l.shop AND m.code = l.code), 1) AS units,
  l.currency, l.sold AS sold_minor, l.day, o.open, o.status, o.shipped_day, o.shipped_at, l.import_no, l.line
FROM shops s CROSS JOIN fact_order_lines l ON l.shop = s.no
JOIN fact_orders o ON o.shop = l.shop AND o.order_id = l.order_id
WHERE l.counts = 1 AND l.line_kind = 'goods'
