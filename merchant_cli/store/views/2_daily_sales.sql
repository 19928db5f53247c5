-- Goods lines of orders that count, by day and own SKU, before refunds.
SELECT
  s.shop, l.day,
  coalesce((SELECT m.sku FROM sku_map m WHERE m.shop = l.shop AND m.code = l.code), l.code) AS sku,
  l.currency,
  sum(l.units * coalesce((SELECT m.multiplier FROM sku_map m WHERE m.shop = l.shop AND m.code = l.code), 1)) AS units,
  sum(l.sold) AS sold_minor
FROM shops s CROSS JOIN fact_order_lines l ON l.shop = s.no
WHERE l.counts = 1 AND l.line_kind = 'goods'
GROUP BY s.no, l.day, l.code, l.currency
