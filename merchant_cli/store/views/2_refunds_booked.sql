-- Refunds that were done, on the day they were booked, each only so far as it counts beside the others of its order
-- (counted_refund.part).
-- What went back of an order that is no sale is no refund of sales.
SELECT
  (SELECT s.shop FROM shops s WHERE s.no = r.shop) AS shop,
  r.refund_id, r.line_key, r.order_id, r.code, coalesce(r.done_day, r.applied_day) AS day, r.currency,
  /*counted_refund*/ AS amount_minor,
  r.units, r.detail, r.day_known, r.import_no, r.line
FROM fact_refunds r
WHERE r.state = 'done'
  AND (r.detail IS NOT 2 OR NOT EXISTS (
    SELECT 1 FROM fact_orders o WHERE o.shop = r.shop AND o.order_id = r.order_id AND o.counts = 0))
