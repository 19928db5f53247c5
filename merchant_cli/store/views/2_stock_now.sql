-- Stock by SKU and location. For a count: on_hand = last count - units shipped since + moves since; reserved =
-- units of orders that count and are not shipped, nor refunded whole before anything was sent (those stay on hand);
-- available = on_hand - reserved. `estimated` = 0 only if counted on the as-of day (the newest covered day).
-- Location: a blank one is the merchant's only named location, else ''. A shop's sales leave its ships_from, else
-- the only location; several locations and a selling shop without one: a row per SKU over all locations ('*'),
-- whose sales are taken off since the newest of its counts.
-- Shipped since: by the shipping instant; a day without a time is the end of that day, and so is the day of an
-- order that is shipped without saying when. What was sold on a later day than the count is shipped later too.
-- A count at the last second of a quarter of an hour is the end of its day (every zone is a multiple of it).
-- No count at all: the largest listed quantity stands in (`listed`; shops list the same physical units, so they
-- are not added). Platforms have taken open orders off it already, so only what was sold on later days goes off.
WITH
as_of(day) AS MATERIALIZED (/*as-of*/
  SELECT coalesce(max(d.day), '9999-12-31') FROM import_days d JOIN imports i ON i.no = d.import_no
  WHERE i.state IN ('applied', 'sealed') AND d.kind IN ('orders', 'refunds', 'stock', 'traffic', 'ads')
/*as-of*/),
named(place) AS MATERIALIZED (
  SELECT location FROM fact_stock_counts WHERE location <> ''
  UNION SELECT location FROM fact_stock_moves WHERE location <> ''
  UNION SELECT ships_from FROM shops WHERE ships_from <> ''
),
only(place, several) AS MATERIALIZED (
  SELECT CASE WHEN count(*) = 1 THEN max(place) ELSE '' END,
    count(*) > 1 AND EXISTS (
      SELECT 1 FROM shops s WHERE coalesce(s.ships_from, '') = ''
      AND EXISTS (SELECT 1 FROM fact_orders o WHERE o.shop = s.no))
  FROM named
),
leaves(no, place) AS MATERIALIZED (
  SELECT s.no, coalesce(nullif(s.ships_from, ''), only.place) FROM shops s, only
  UNION ALL SELECT s.no, '*' FROM shops s
),
counts(sku, place, shop, at, day, units) AS MATERIALIZED (
  SELECT coalesce(m.sku, c.code), coalesce(nullif(c.location, ''), only.place), c.shop, c.counted_at,
    max(c.counted_day), sum(c.units * coalesce(m.multiplier, 1))
  FROM as_of CROSS JOIN only CROSS JOIN fact_stock_counts c LEFT JOIN sku_map m ON m.shop = c.shop AND m.code = c.code
  WHERE c.units IS NOT NULL AND c.counted_day <= as_of.day
  GROUP BY 1, 2, 3, 4
),
-- Two shops that count one place at the same instant count the same units; two codes of one file are added.
last(sku, place, at, day, units) AS MATERIALIZED (
  SELECT sku, place, max(at), max(day), max(units)
  FROM (SELECT sku, place, at, day, units, rank() OVER (PARTITION BY sku, place ORDER BY at DESC) AS age FROM counts)
  WHERE age = 1
  GROUP BY sku, place
),
moved(sku, place, units) AS MATERIALIZED (
  SELECT l.sku, l.place, sum(v.units * coalesce(m.multiplier, 1))
  FROM as_of CROSS JOIN only CROSS JOIN fact_stock_moves v
  LEFT JOIN sku_map m ON m.shop = v.shop AND m.code = v.code
  CROSS JOIN last l ON l.sku = coalesce(m.sku, v.code)
    AND l.place = coalesce(nullif(v.location, ''), only.place)
  WHERE v.day <= as_of.day
    AND CASE WHEN v.at IS NOT NULL THEN v.at > l.at
             ELSE v.day > l.day OR (v.day = l.day AND (l.at + 1) % 900 > 0) END
  GROUP BY l.sku, l.place
),
seen(no, day) AS MATERIALIZED (
  SELECT i.no, coalesce(i.covers_to, (SELECT k.day FROM calendar k WHERE k.n = i.as_of / 86400 - 10957))
  FROM imports i WHERE i.no IN (SELECT g.import_no FROM fact_listings g)
),
base(sku, place, at, day, first_day, units, moved, source) AS MATERIALIZED (
  SELECT l.sku, CASE WHEN only.several THEN '*' ELSE l.place END, max(l.at), max(l.day), min(l.day), sum(l.units),
    sum(coalesce(v.units, 0)), 'counted'
  FROM only CROSS JOIN last l LEFT JOIN moved v ON v.sku = l.sku AND v.place = l.place
  GROUP BY 1, 2
  UNION ALL
  SELECT sku, CASE WHEN (SELECT count(*) FROM named) > 1 THEN '*' ELSE only.place END, NULL, max(day), NULL,
    max(units), 0, 'listed'
  FROM only CROSS JOIN (
    SELECT coalesce(m.sku, g.code) AS sku, g.listed_units * coalesce(m.multiplier, 1) AS units, n.day
    FROM fact_listings g JOIN seen n ON n.no = g.import_no
    LEFT JOIN sku_map m ON m.shop = g.shop AND m.code = g.code
    WHERE g.listed_units IS NOT NULL AND g.code IS NOT NULL
  ) WHERE sku NOT IN (SELECT sku FROM last)
  GROUP BY 1, 2
),
days(place, day, before) AS MATERIALIZED (
  SELECT DISTINCT b.place, b.day, (SELECT max(k.day) FROM calendar k WHERE k.day < b.day) FROM base b
),
sold(sku, place, day, units) AS MATERIALIZED (
  SELECT coalesce(m.sku, l.code), d.place, d.day, sum(l.units * coalesce(m.multiplier, 1))
  FROM as_of CROSS JOIN days d CROSS JOIN leaves s ON s.place = d.place
  CROSS JOIN fact_order_lines l ON l.shop = s.no AND l.day > d.day AND l.day <= as_of.day
  LEFT JOIN sku_map m ON m.shop = l.shop AND m.code = l.code
  WHERE l.counts = 1 AND l.line_kind = 'goods'
  GROUP BY 1, 2, 3
),
-- Sold by the day of the count, shipped after it.
late(sku, place, units) AS MATERIALIZED (
  SELECT b.sku, b.place, sum(l.units * coalesce(m.multiplier, 1))
  FROM days d CROSS JOIN leaves s ON s.place = d.place
  CROSS JOIN fact_orders o ON o.shop = s.no AND o.shipped_day >= d.before AND o.day <= d.day
  CROSS JOIN fact_order_lines l ON l.shop = o.shop AND l.order_id = o.order_id
  LEFT JOIN sku_map m ON m.shop = l.shop AND m.code = l.code
  CROSS JOIN base b ON b.sku = coalesce(m.sku, l.code) AND b.place = d.place AND b.day = d.day
  WHERE o.shipped_day IS NOT NULL AND o.counts = 1 AND coalesce(o.open, 0) = 0 AND l.line_kind = 'goods'
    AND b.source = 'counted'
    AND CASE WHEN o.shipped_at IS NOT NULL THEN o.shipped_at > b.at
             ELSE o.shipped_day > b.day OR (o.shipped_day = b.day AND (b.at + 1) % 900 > 0) END
  GROUP BY 1, 2
),
-- Sold on the day of the count, shipped nobody says when: at the end of that day.
undated(sku, place, units) AS MATERIALIZED (
  SELECT b.sku, b.place, sum(l.units * coalesce(m.multiplier, 1))
  FROM (SELECT DISTINCT place, day FROM base WHERE source = 'counted' AND (at + 1) % 900 > 0) d
  CROSS JOIN leaves s ON s.place = d.place
  CROSS JOIN fact_order_lines l ON l.shop = s.no AND l.day = d.day
  CROSS JOIN fact_orders o ON o.shop = l.shop AND o.order_id = l.order_id
  LEFT JOIN sku_map m ON m.shop = l.shop AND m.code = l.code
  CROSS JOIN base b ON b.sku = coalesce(m.sku, l.code) AND b.place = d.place AND b.day = d.day
  WHERE l.counts = 1 AND l.line_kind = 'goods' AND o.shipped_day IS NULL AND o.shipped_at IS NULL
    AND coalesce(o.open, 0) = 0 AND b.source = 'counted' AND (b.at + 1) % 900 > 0
  GROUP BY 1, 2
),
-- Not shipped yet, line by line. `back` = 1: nothing of the order was sent and all goods are refunded, so it stays.
waiting(no, sku, day, units, back) AS MATERIALIZED (
  SELECT o.shop, coalesce(m.sku, l.code), o.day, l.units * coalesce(m.multiplier, 1),
    CASE WHEN o.stage = 'paid' AND (
      SELECT max(1, coalesce(o.paid - coalesce(o.shipping, 0), o.sum_sold))
        <= max(sum(CASE WHEN r.detail = 2 AND r.state = 'done' THEN r.amount ELSE 0 END),
          sum(CASE WHEN r.detail = 1 AND r.state = 'done' THEN r.amount ELSE 0 END)
          + max(0, sum(CASE WHEN r.detail = 0 AND r.state = 'done' THEN r.amount ELSE 0 END)
            - sum(CASE WHEN r.detail = 1 THEN r.amount ELSE 0 END)))
      FROM fact_refunds r WHERE r.shop = o.shop AND r.order_id = o.order_id) THEN 1 ELSE 0 END
  FROM as_of CROSS JOIN shops s CROSS JOIN fact_orders o ON o.shop = s.no AND o.open = 1 AND o.day <= as_of.day
  CROSS JOIN fact_order_lines l ON l.shop = o.shop AND l.order_id = o.order_id
  LEFT JOIN sku_map m ON m.shop = l.shop AND m.code = l.code
  WHERE o.counts = 1 AND l.line_kind = 'goods'
),
-- Units reserved; units sold after the count that have not left, which `sold` holds; those of them that stay.
open(sku, place, units, later, kept) AS MATERIALIZED (
  SELECT b.sku, b.place, sum(CASE WHEN w.back = 1 THEN 0 ELSE w.units END),
    sum(CASE WHEN w.day > b.day THEN w.units ELSE 0 END),
    sum(CASE WHEN w.day > b.day AND w.back = 1 THEN w.units ELSE 0 END)
  FROM waiting w CROSS JOIN leaves s ON s.no = w.no CROSS JOIN base b ON b.sku = w.sku AND b.place = s.place
  GROUP BY 1, 2
),
summed AS (
  SELECT b.sku, b.place, b.units AS counted, b.at, b.first_day, b.source, b.moved,
    coalesce(o.units, 0) AS reserved,
    coalesce(s.units, 0) - coalesce(o.later, 0) + coalesce(t.units, 0) + coalesce(u.units, 0) AS shipped,
    coalesce(s.units, 0) - coalesce(o.kept, 0) AS sold
  FROM base b
  LEFT JOIN sold s ON s.sku = b.sku AND s.place = b.place AND s.day = b.day
  LEFT JOIN late t ON t.sku = b.sku AND t.place = b.place
  LEFT JOIN undated u ON u.sku = b.sku AND u.place = b.place
  LEFT JOIN open o ON o.sku = b.sku AND o.place = b.place
)
SELECT
  sku, place AS location, counted, at AS counted_at, reserved,
  CASE WHEN source = 'counted' THEN counted + moved - shipped ELSE counted - sold + reserved END AS on_hand,
  CASE WHEN source = 'counted' THEN counted + moved - shipped - reserved ELSE counted - sold END AS available,
  CASE WHEN source = 'counted' AND first_day = (SELECT day FROM as_of) THEN 0 ELSE 1 END AS estimated,
  source, moved,
  CASE WHEN source = 'counted' THEN shipped ELSE sold - reserved END AS shipped
FROM summed
