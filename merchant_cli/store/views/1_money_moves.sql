-- Bills, settlements and adjustments; amounts are signed, income positive.
SELECT
  (SELECT s.shop FROM shops s WHERE s.no = v.shop) AS shop,
  v.account, v.move_id, v.kind, v.order_id, v.day, v.currency, v.amount AS amount_minor, v.note,
  v.import_no, v.line
FROM fact_money_moves v
