-- Buyers by the key that their orders carry; never joined over shops.
SELECT
  s.shop, b.buyer, b.first_day, b.last_day, b.orders
FROM (
  SELECT o.shop AS no, o.buyer, min(o.day) AS first_day, max(o.day) AS last_day, sum(o.counts) AS orders
  FROM fact_orders o WHERE o.buyer IS NOT NULL GROUP BY o.shop, o.buyer
) b JOIN shops s ON s.no = b.no
