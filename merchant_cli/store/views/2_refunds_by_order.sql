-- The same refunds on the day of the order that they belong to (their own day where no order is known).
SELECT
  (SELECT s.shop FROM shops s WHERE s.no = r.shop) AS shop,
  r.refund_id, r.line_key, r.order_id, r.code, coalesce(o.day, r.done_day, r.applied_day) AS day, r.currency,
  /*counted_refund*/ AS amount_minor,
  r.units, r.detail, r.import_no, r.line
FROM fact_refunds r LEFT JOIN fact_orders o ON o.shop = r.shop AND o.order_id = r.order_id
WHERE r.state = 'done' AND (r.detail IS NOT 2 OR coalesce(o.counts, 1) = 1)
