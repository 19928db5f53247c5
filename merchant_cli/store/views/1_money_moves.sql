-- Bills, settlements and adjustments; amounts are signed, income positive. `rule`: how the number of the order was found
-- (basics/moves.py). `order_shop`: the shop that has the order: the bill's own shop, else the one shop that it can be:
-- another of its platform; of a payment service, or the merchant's own sheet, any shop of the same currency.
-- `orders_found`: in how many shops the order is; of several none is chosen. All three are NULL where no order is named.
SELECT
  a.shop, v.account, v.move_id, v.kind, v.order_id, v.day, v.currency, v.amount AS amount_minor, v.note,
  v.import_no, v.line,
  CASE WHEN v.order_id IS NULL THEN NULL ELSE coalesce(v.rule, 'own-column') END AS rule,
  CASE WHEN v.order_id IS NULL THEN NULL WHEN w.order_id IS NOT NULL THEN a.shop ELSE (
    SELECT CASE WHEN count(*) = 1 THEN min(s.shop) END /*another_shop*/
  ) END AS order_shop,
  CASE WHEN v.order_id IS NULL THEN NULL WHEN w.order_id IS NOT NULL THEN 1 ELSE (
    SELECT count(*) /*another_shop*/
  ) END AS orders_found
FROM shops a CROSS JOIN fact_money_moves v ON v.shop = a.no
LEFT JOIN fact_orders w ON w.shop = v.shop AND w.order_id = v.order_id
