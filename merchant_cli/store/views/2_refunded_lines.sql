-- Refunds that were done beside each goods line of their order: what netting needs to say which units came back.
-- `goods_minor`: what the buyer paid for goods (paid - shipping, else sold); refunds that reach it take all back.
-- Of what the lines say (`detail` 1 in `refunds`) and what a refund report says (2) only the larger is there, the
-- lines' if they are equal.
-- An order whose lines no file states has one row without a line. `coupon`, the discounts and `order_sold_minor` are
-- those of the whole order.
SELECT
  s.shop, r.refund_id, r.line_key AS refund_line, r.code AS refund_code, min(r.detail, 1) AS detail,
  r.amount AS refund_minor,
  r.units * coalesce((SELECT m.multiplier FROM sku_map m WHERE m.shop = r.shop AND m.code = r.code), 1) AS refund_units,
  coalesce(r.done_day, r.applied_day) AS booked_day, o.order_id, o.day,
  coalesce(o.paid - coalesce(o.shipping, 0), o.sum_sold) AS goods_minor,
  l.line_key, l.code,
  coalesce((SELECT m.sku FROM sku_map m WHERE m.shop = l.shop AND m.code = l.code), l.code) AS sku,
  l.units * coalesce((SELECT m.multiplier FROM sku_map m WHERE m.shop = l.shop AND m.code = l.code), 1) AS units,
  coalesce(l.currency, o.currency) AS currency, l.sold AS sold_minor, r.import_no, r.line,
  o.coupon, o.sum_discount AS shop_discount_minor, o.platform_discount AS platform_discount_minor,
  o.sum_sold AS order_sold_minor
FROM shops s CROSS JOIN fact_refunds r ON r.shop = s.no
CROSS JOIN fact_orders o ON o.shop = r.shop AND o.order_id = r.order_id
LEFT JOIN fact_order_lines l ON l.shop = o.shop AND l.order_id = o.order_id AND l.line_kind = 'goods'
WHERE r.state = 'done' AND o.counts = 1
  AND (coalesce(r.detail, 0) = 0 OR (r.detail = 2) = ((
    SELECT coalesce(sum(CASE d.detail WHEN 2 THEN d.amount ELSE -d.amount END), 0) FROM fact_refunds d
    WHERE d.shop = r.shop AND d.order_id = r.order_id AND d.detail > 0 AND d.state = 'done') > 0))
