-- Which order used which coupon, where a file states it use by use; the codes that an order's own row names stand in
-- `orders.coupon`.
SELECT
  (SELECT s.shop FROM shops s WHERE s.no = u.shop) AS shop,
  u.order_id, u.n, u.coupon_id, u.code, u.bearer, u.amount AS amount_minor, u.currency, u.import_no, u.line
FROM fact_coupon_uses u
