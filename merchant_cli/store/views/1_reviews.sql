-- What buyers wrote.
SELECT
  (SELECT s.shop FROM shops s WHERE s.no = r.shop) AS shop,
  r.review_id, r.order_id, r.code,
  coalesce((SELECT m.sku FROM sku_map m WHERE m.shop = r.shop AND m.code = r.code), r.code) AS sku,
  r.listing_id, r.day, r.rating, r.title, r.body, r.follow_up, r.reply, r.photos, r.import_no, r.line
FROM fact_reviews r
