-- What is booked on a day: one row per order that counts (its day of sale) and per refund that was done (its own day;
-- which of an order's refunds count says refunds_booked).
-- `buyer` is the order itself where nobody is known. Not summed, so that a range of days is read by its index.
SELECT
  s.shop, o.day, o.currency, o.order_id, coalesce(o.buyer, o.order_id) AS buyer, 1 AS orders,
  coalesce(o.units, 0) AS units, coalesce(o.sum_listed, o.sum_sold, 0) AS gross_minor,
  coalesce(o.sum_listed, o.sum_sold, 0) - coalesce(o.sum_sold, o.sum_listed, 0) AS discount_minor,
  0 AS refunds_minor,
  coalesce(o.shipping, 0) AS shipping_minor, coalesce(o.tax_added, 0) + coalesce(o.tax_inside, 0) AS tax_minor,
  o.paid AS paid_minor
FROM shops s CROSS JOIN fact_orders o ON o.shop = s.no
WHERE o.counts = 1 AND o.day IS NOT NULL
UNION ALL
SELECT
  s.shop, coalesce(r.done_day, r.applied_day), r.currency, r.order_id, NULL, 0, 0, 0, 0,
  /*counted_refund*/,
  0, 0, 0
FROM shops s CROSS JOIN fact_refunds r ON r.shop = s.no
WHERE r.state = 'done'
  AND (r.detail IS NOT 2 OR NOT EXISTS (
    SELECT 1 FROM fact_orders o WHERE o.shop = r.shop AND o.order_id = r.order_id AND o.counts = 0))
