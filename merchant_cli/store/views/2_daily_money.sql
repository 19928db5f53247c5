-- Money by shop, day and currency: gross = listed (else sold) of every kind of line of orders that count,
-- net = gross - discounts of the shop - refunds booked on that day. Shipping and tax stand beside.
SELECT
  s.shop, m.day, m.currency, sum(m.orders) AS orders, sum(m.units) AS units,
  sum(m.gross) AS gross_minor, sum(m.discount) AS discount_minor, sum(m.refunds) AS refunds_minor,
  sum(m.gross) - sum(m.discount) - sum(m.refunds) AS net_minor,
  sum(m.shipping) AS shipping_minor, sum(m.tax) AS tax_minor
FROM (
  SELECT
    o.shop AS no, o.day, o.currency, count(*) AS orders, sum(coalesce(o.units, 0)) AS units,
    sum(coalesce(o.sum_listed, o.sum_sold, 0)) AS gross,
    sum(coalesce(o.sum_listed, o.sum_sold, 0) - coalesce(o.sum_sold, o.sum_listed, 0)) AS discount,
    0 AS refunds,
    sum(coalesce(o.shipping, 0)) AS shipping,
    sum(coalesce(o.tax_added, 0) + coalesce(o.tax_inside, 0)) AS tax
  FROM fact_orders o
  WHERE o.counts = 1 AND o.day IS NOT NULL
  GROUP BY o.shop, o.day, o.currency
  UNION ALL
  SELECT
    r.shop, coalesce(r.done_day, r.applied_day), r.currency, 0, 0, 0, 0,
    sum(CASE WHEN r.detail = 1 THEN r.amount ELSE max(0, r.amount - coalesce((
      SELECT sum(d.amount) FROM fact_refunds d
      WHERE d.shop = r.shop AND d.order_id = r.order_id AND d.detail = 1), 0)) END),
    0, 0
  FROM fact_refunds r
  WHERE r.state = 'done'
  GROUP BY r.shop, coalesce(r.done_day, r.applied_day), r.currency
) m JOIN shops s ON s.no = m.no
GROUP BY m.no, m.day, m.currency
