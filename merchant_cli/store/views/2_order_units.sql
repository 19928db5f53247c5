-- Units of goods of orders that count, in own SKUs, with what says whether and when they left; read by the order.
-- `coupon` and the two discounts are those of the whole order, `line_sold_minor` is of the line.
SELECT
  s.shop, o.order_id, l.line_key, coalesce(m.sku, l.code) AS sku, l.units * coalesce(m.multiplier, 1) AS units,
  o.day, o.open, o.status, o.shipped_day, o.shipped_at, l.import_no, l.line,
  o.coupon, o.sum_discount AS shop_discount_minor, o.platform_discount AS platform_discount_minor,
  l.currency, l.sold AS line_sold_minor
FROM shops s CROSS JOIN fact_orders o ON o.shop = s.no
CROSS JOIN fact_order_lines l ON l.shop = o.shop AND l.order_id = o.order_id
LEFT JOIN sku_map m ON m.shop = l.shop AND m.code = l.code
WHERE o.counts = 1 AND l.line_kind = 'goods'
