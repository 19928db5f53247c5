-- Refunds as stated (`detail` = 1) and order totals (`detail` = 0, which refunds_booked counts only so far as
-- no detail explains them). `day_known` = 0: no file gives the day, it is taken from the order or the export.
SELECT
  (SELECT s.shop FROM shops s WHERE s.no = r.shop) AS shop,
  r.refund_id, r.line_key, r.order_id, r.code, r.units, r.amount AS amount_minor, r.currency,
  r.applied_day, r.done_day, r.state, r.state_raw, r.restocked, r.detail, r.day_known, r.import_no, r.line
FROM fact_refunds r
