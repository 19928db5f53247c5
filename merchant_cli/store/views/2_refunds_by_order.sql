-- The same refunds on the day of the order that they belong to (their own day where no order is known).
SELECT
  (SELECT s.shop FROM shops s WHERE s.no = r.shop) AS shop,
  r.refund_id, r.line_key, r.order_id, r.code, coalesce(o.day, r.done_day, r.applied_day) AS day, r.currency,
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
  r.units, r.detail, r.import_no, r.line
FROM fact_refunds r LEFT JOIN fact_orders o ON o.shop = r.shop AND o.order_id = r.order_id
WHERE r.state = 'done' AND (r.detail IS NOT 2 OR coalesce(o.counts, 1) = 1)
