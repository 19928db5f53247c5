-- Refunds that were done, on the day they were booked. An order's total counts only so far as no detail of
-- the same order explains it.
SELECT
  (SELECT s.shop FROM shops s WHERE s.no = r.shop) AS shop,
  r.refund_id, r.line_key, r.order_id, r.code, coalesce(r.done_day, r.applied_day) AS day, r.currency,
  CASE WHEN r.detail = 1 THEN r.amount ELSE max(0, r.amount - coalesce((
    SELECT sum(d.amount) FROM fact_refunds d
    WHERE d.shop = r.shop AND d.order_id = r.order_id AND d.detail = 1), 0))
  END AS amount_minor,
  r.units, r.detail, r.day_known, r.import_no, r.line
FROM fact_refunds r
WHERE r.state = 'done'
