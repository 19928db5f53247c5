-- Refunds that were done, on the day they were booked. What a refund report says (`detail` = 2) counts as it stands,
-- what the order's lines say (1) only so far as no report explains it, the order's total (0) so far as neither does.
-- What went back of an order that is no sale is no refund of sales.
SELECT
  (SELECT s.shop FROM shops s WHERE s.no = r.shop) AS shop,
  r.refund_id, r.line_key, r.order_id, r.code, coalesce(r.done_day, r.applied_day) AS day, r.currency,
  CASE r.detail WHEN 2 THEN r.amount
  WHEN 1 THEN CASE WHEN EXISTS (
    SELECT 1 FROM fact_refunds d
    WHERE d.shop = r.shop AND d.order_id = r.order_id AND d.detail = 2 AND d.state = 'done')
  THEN min(r.amount, max(0, r.amount + (
    SELECT coalesce(sum(CASE WHEN d.detail = 2 THEN -d.amount WHEN d.line_key < r.line_key THEN d.amount END), 0)
    FROM fact_refunds d
    WHERE d.shop = r.shop AND d.order_id = r.order_id AND d.detail > 0 AND d.state = 'done')))
  ELSE r.amount END
  ELSE max(0, r.amount - (
    SELECT max(coalesce(sum(CASE WHEN d.detail = 1 THEN d.amount END), 0),
      coalesce(sum(CASE WHEN d.detail = 2 AND d.state = 'done' THEN d.amount END), 0))
    FROM fact_refunds d WHERE d.shop = r.shop AND d.order_id = r.order_id AND d.detail > 0))
  END AS amount_minor,
  r.units, r.detail, r.day_known, r.import_no, r.line
FROM fact_refunds r
WHERE r.state = 'done'
  AND (r.detail IS NOT 2 OR NOT EXISTS (
    SELECT 1 FROM fact_orders o WHERE o.shop = r.shop AND o.order_id = r.order_id AND o.counts = 0))
