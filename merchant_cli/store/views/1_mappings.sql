-- Which own SKU a shop's code stands for, where the merchant said so; a code without a row is its own SKU.
-- One unit of the code is `multiplier` own units. `how`: merchant (typed) or suggested-accepted.
SELECT
  (SELECT s.shop FROM shops s WHERE s.no = m.shop) AS shop,
  m.code, m.sku, m.how, m.multiplier
FROM sku_map m
