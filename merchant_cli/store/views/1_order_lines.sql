-- One row per line of an order; `sku` is the merchant's own SKU, the code itself where nothing is mapped.
SELECT
  (SELECT s.shop FROM shops s WHERE s.no = l.shop) AS shop,
  l.order_id, l.line_key, l.code,
  coalesce((SELECT m.sku FROM sku_map m WHERE m.shop = l.shop AND m.code = l.code), l.code) AS sku,
  l.listing_id, l.title, l.options, l.line_kind, l.day, l.counts, l.currency, l.units,
  l.listed AS listed_minor, l.shop_discount AS shop_discount_minor, l.sold AS sold_minor, l.allocated,
  l.import_no, l.line
FROM fact_order_lines l
