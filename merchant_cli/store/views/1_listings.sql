-- What stands in the shops now; a currency that the file does not say is the shop's.
SELECT
  s.shop, l.listing_id, l.variant_id, l.code,
  coalesce((SELECT m.sku FROM sku_map m WHERE m.shop = l.shop AND m.code = l.code), l.code) AS sku,
  l.title, l.options, l.category, l.price AS price_minor, l.compare_at AS compare_at_minor,
  coalesce(l.currency, s.currency) AS currency, l.listed_units, l.state, l.state_raw, l.url, l.import_no, l.line
FROM fact_listings l JOIN shops s ON s.no = l.shop
