-- One row per order. `counts` = 1: it is a sale. `open` = 1: it counts and is not shipped.
SELECT
  (SELECT s.shop FROM shops s WHERE s.no = o.shop) AS shop,
  o.order_id, o.platform_id, o.currency, o.stage AS status, o.status_raw, o.buyer, o.channel, o.payment, o.coupon,
  o.placed_at, o.placed_day, o.paid_at, o.paid_day, o.shipped_at, o.shipped_day, o.done_at, o.done_day,
  o.cancelled_at, o.cancelled_day, o.day, o.counts, o.open, o.units, o.refunded AS refunded_minor,
  o.import_no, o.line
FROM fact_orders o
