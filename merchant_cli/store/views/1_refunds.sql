-- Refunds as stated by refund reports (`detail` = 2) and by order lines (1), and order totals (0); the same money may
-- stand in each, refunds_booked counts it once. `day_known` = 0: no file gives the day, it is taken from the order or
-- the export.
SELECT
  (SELECT s.shop FROM shops s WHERE s.no = r.shop) AS shop,
  r.refund_id, r.line_key, r.order_id, r.code, r.units, r.amount AS amount_minor, r.currency,
  r.applied_day, r.done_day, r.state, r.state_raw, r.restocked, r.detail, r.day_known, r.import_no, r.line
FROM fact_refunds r
