-- One row per order. `counts` = 1: it is a sale. `open` = 1: it counts and is not shipped. `seen_at`: when the newest
-- live file that holds the order was made; its status is that of this instant. `ship_by`: when the order itself promises
-- to be shipped.
SELECT
  s.shop, o.order_id, o.platform_id, o.currency, o.stage AS status, o.status_raw, o.buyer, o.channel, o.payment,
  o.coupon, o.placed_at, o.placed_day, o.paid_at, o.paid_day, o.shipped_at, o.shipped_day, o.done_at, o.done_day,
  o.cancelled_at, o.cancelled_day, o.ship_by_at, o.ship_by_day, o.day, o.counts, o.open, o.units, o.paid AS paid_minor, o.sum_sold AS sold_minor,
  o.refunded AS refunded_minor,
  max((SELECT i.as_of FROM imports i WHERE i.no = o.import_no), coalesce((
    SELECT max(i.as_of) FROM claims c JOIN imports i ON i.no = c.import_no
    WHERE c.tab = 'orders' AND c.shop = o.shop AND c.key = o.order_id), 0)) AS seen_at,
  o.import_no, o.line
FROM shops s CROSS JOIN fact_orders o ON o.shop = s.no
