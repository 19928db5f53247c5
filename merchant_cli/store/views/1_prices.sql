-- Prices as each products file showed them; valid until the next. `contested` = 1: several files tell this day
-- differently; the newest of them holds.
SELECT
  s.shop, p.listing_id, p.variant_id, p.seen_day, p.price AS price_minor, p.compare_at AS compare_at_minor,
  coalesce(p.currency, s.currency) AS currency, p.import_no, p.line, p.contested
FROM fact_prices p JOIN shops s ON s.no = p.shop
