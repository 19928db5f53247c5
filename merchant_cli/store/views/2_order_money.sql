-- The amounts of an order: the order's own column, else the sum of its lines; `basis` says which. `coupon`: the codes
-- that the order names, as the file joins them.
SELECT
  s.shop, o.order_id, o.day, o.counts, o.currency,
  o.sum_listed AS listed_minor, o.sum_discount AS shop_discount_minor, o.sum_sold AS sold_minor,
  o.platform_discount AS platform_discount_minor, o.shipping AS shipping_minor,
  o.tax_added AS tax_added_minor, o.tax_inside AS tax_inside_minor, o.paid AS paid_minor,
  o.received AS received_minor, o.basis, o.coupon, o.placed_day
FROM shops s CROSS JOIN fact_orders o ON o.shop = s.no
