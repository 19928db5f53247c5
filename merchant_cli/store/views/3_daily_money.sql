-- Money by shop, day and currency: gross = listed (else sold) of every kind of line of orders that count,
-- net = gross - discounts of the shop - refunds booked on that day. Shipping and tax stand beside.
SELECT
  shop, day, currency, sum(orders) AS orders, sum(units) AS units,
  sum(gross_minor) AS gross_minor, sum(discount_minor) AS discount_minor, sum(refunds_minor) AS refunds_minor,
  sum(gross_minor) - sum(discount_minor) - sum(refunds_minor) AS net_minor,
  sum(shipping_minor) AS shipping_minor, sum(tax_minor) AS tax_minor
FROM money_booked
GROUP BY shop, day, currency
