-- The same refunds on the day of the order that they belong to (their own day where no order is known).
SELECT
  (SELECT s.shop FROM shops s WHERE s.no = r.shop) AS shop,
  r.refund_id, r.line_key, r.order_id, r.code, coalesce(o.day, r.done_day, r.applied_day) AS day, r.currency,
  CASE r.detail WHEN 2 THEN r.amount
  WHEN 1 THEN min(r.amount, max(0, r.amount + coalesce((
    SELECT sum(d.amount) FROM fact_refunds d
    WHERE d.shop = r.shop AND d.order_id = r.order_id AND d.detail = 1 AND d.line_key < r.line_key), 0)
    - coalesce((
    SELECT sum(d.amount) FROM fact_refunds d
    WHERE d.shop = r.shop AND d.order_id = r.order_id AND d.detail = 2 AND d.state = 'done'), 0)))
  ELSE max(0, r.amount - max(coalesce((
    SELECT sum(d.amount) FROM fact_refunds d
    WHERE d.shop = r.shop AND d.order_id = r.order_id AND d.detail = 1), 0), coalesce((
    SELECT sum(d.amount) FROM fact_refunds d
    WHERE d.shop = r.shop AND d.order_id = r.order_id AND d.detail = 2 AND d.state = 'done'), 0)))
  END AS amount_minor,
  r.units, r.detail, r.import_no, r.line
FROM fact_refunds r LEFT JOIN fact_orders o ON o.shop = r.shop AND o.order_id = r.order_id
WHERE r.state = 'done' AND (r.detail IS NOT 2 OR coalesce(o.counts, 1) = 1)
