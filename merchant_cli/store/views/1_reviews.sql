-- What buyers wrote; those of the merchant's own sheet may name no shop. `state` is what people decided: new, triaged,
-- replied or resolved; a reply in a file that was taken in later than a decision for new or triaged (or without any
-- decision) makes it replied.
SELECT
  (SELECT s.shop FROM shops s WHERE s.no = r.shop) AS shop,
  r.review_id, r.order_id, r.code,
  coalesce((SELECT m.sku FROM sku_map m WHERE m.shop = r.shop AND m.code = r.code), r.code) AS sku,
  r.listing_id, r.day, r.rating, r.title, r.body, r.follow_up, r.reply, r.photos,
  CASE
    WHEN r.reply IS NOT NULL AND coalesce(d.state, 'new') IN ('new', 'triaged')
      AND (d.at IS NULL OR d.at < (SELECT i.taken_in FROM imports i WHERE i.no = r.import_no)) THEN 'replied'
    ELSE coalesce(d.state, 'new')
  END AS state,
  r.import_no, r.line
FROM fact_reviews r
LEFT JOIN decisions d ON d.address =
  'reviews/state/review:' || coalesce((SELECT s.shop FROM shops s WHERE s.no = r.shop), 'own') || '/' || r.review_id
