-- The store as its migrations make it. Golden: `make golden` writes it, a test compares it.

CREATE TABLE bodies (
  hash INTEGER PRIMARY KEY,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE bundle_parts (
  sku TEXT NOT NULL,
  part TEXT NOT NULL,
  units INTEGER NOT NULL,
  PRIMARY KEY (sku, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE calendar (
  day TEXT PRIMARY KEY,
  n INTEGER NOT NULL,
  weekday INTEGER NOT NULL,
  iso_week TEXT NOT NULL,
  month TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE claims (
  tab TEXT NOT NULL,
  shop INTEGER NOT NULL,
  key TEXT NOT NULL,
  import_no INTEGER NOT NULL,
  lines TEXT NOT NULL,
  hash INTEGER NOT NULL,
  PRIMARY KEY (tab, shop, key, import_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE decisions (
  address TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  until_day TEXT,
  why TEXT,
  at INTEGER NOT NULL
) STRICT;

CREATE TABLE digests (
  tab TEXT PRIMARY KEY,
  sum INTEGER NOT NULL
) STRICT;

CREATE TABLE fact_ads (
  shop INTEGER NOT NULL,
  account TEXT NOT NULL,
  campaign TEXT NOT NULL,
  item TEXT NOT NULL,
  from_day TEXT NOT NULL,
  to_day TEXT NOT NULL,
  spend INTEGER,
  impressions INTEGER,
  clicks INTEGER,
  orders INTEGER,
  sales INTEGER,
  currency TEXT,
  import_no INTEGER NOT NULL,
  line INTEGER NOT NULL,
  row_hash INTEGER NOT NULL,
  contested INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (shop, account, campaign, item, from_day, to_day)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact_campaigns (
  shop INTEGER NOT NULL,
  campaign TEXT NOT NULL,
  from_day TEXT,
  to_day TEXT,
  shops TEXT,
  skus TEXT,
  goal_sales INTEGER,
  goal_orders INTEGER,
  budget INTEGER,
  currency TEXT,
  import_no INTEGER NOT NULL,
  line INTEGER NOT NULL,
  row_hash INTEGER NOT NULL,
  contested INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (shop, campaign)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact_costs (
  shop INTEGER NOT NULL,
  sku TEXT NOT NULL,
  from_day TEXT NOT NULL,
  cost INTEGER,
  currency TEXT,
  import_no INTEGER NOT NULL,
  line INTEGER NOT NULL,
  row_hash INTEGER NOT NULL,
  contested INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (shop, sku, from_day)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact_coupon_uses (
  shop INTEGER NOT NULL,
  order_id TEXT NOT NULL,
  n INTEGER NOT NULL,
  coupon_id TEXT,
  code TEXT,
  bearer TEXT,
  amount INTEGER,
  currency TEXT,
  import_no INTEGER NOT NULL,
  line INTEGER NOT NULL,
  row_hash INTEGER NOT NULL,
  contested INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (shop, order_id, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact_coupons (
  shop INTEGER NOT NULL,
  coupon_id TEXT NOT NULL,
  title TEXT,
  bearer TEXT,
  kind TEXT,
  face INTEGER,
  percent INTEGER,
  threshold INTEGER,
  scope TEXT,
  budget INTEGER,
  currency TEXT,
  from_day TEXT,
  to_day TEXT,
  import_no INTEGER NOT NULL,
  line INTEGER NOT NULL,
  row_hash INTEGER NOT NULL,
  contested INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (shop, coupon_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact_fees (
  shop INTEGER NOT NULL,
  platform TEXT NOT NULL,
  kind TEXT NOT NULL,
  from_day TEXT NOT NULL,
  percent_micro INTEGER,
  fixed INTEGER,
  currency TEXT,
  import_no INTEGER NOT NULL,
  line INTEGER NOT NULL,
  row_hash INTEGER NOT NULL,
  contested INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (shop, platform, kind, from_day)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact_listings (
  shop INTEGER NOT NULL,
  listing_id TEXT NOT NULL,
  variant_id TEXT NOT NULL,
  code TEXT,
  title TEXT,
  options TEXT,
  category TEXT,
  price INTEGER,
  compare_at INTEGER,
  currency TEXT,
  listed_units INTEGER,
  state TEXT,
  state_raw TEXT,
  url TEXT,
  import_no INTEGER NOT NULL,
  line INTEGER NOT NULL,
  row_hash INTEGER NOT NULL,
  contested INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (shop, listing_id, variant_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact_money_moves (
  shop INTEGER NOT NULL,
  account TEXT NOT NULL,
  move_id TEXT NOT NULL,
  kind TEXT,
  order_id TEXT,
  currency TEXT,
  amount INTEGER,
  at INTEGER,
  day TEXT,
  note TEXT,
  rule TEXT,
  import_no INTEGER NOT NULL,
  line INTEGER NOT NULL,
  row_hash INTEGER NOT NULL,
  contested INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (shop, account, move_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact_order_lines (
  shop INTEGER NOT NULL,
  order_id TEXT NOT NULL,
  line_key TEXT NOT NULL,
  code TEXT,
  listing_id TEXT,
  title TEXT,
  options TEXT,
  line_kind TEXT,
  units INTEGER,
  listed INTEGER,
  own_discount INTEGER,
  own_sold INTEGER,
  paid INTEGER,
  refunded INTEGER,
  refund_state TEXT,
  day TEXT,
  counts INTEGER,
  currency TEXT,
  shop_discount INTEGER,
  sold INTEGER,
  allocated INTEGER,
  import_no INTEGER NOT NULL,
  line INTEGER NOT NULL,
  row_hash INTEGER NOT NULL,
  contested INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (shop, order_id, line_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact_orders (
  shop INTEGER NOT NULL,
  order_id TEXT NOT NULL,
  platform_id TEXT,
  currency TEXT,
  status TEXT,
  status_raw TEXT,
  counts_said INTEGER,
  cod INTEGER,
  buyer TEXT,
  channel TEXT,
  payment TEXT,
  coupon TEXT,
  placed_at INTEGER,
  placed_day TEXT,
  paid_at INTEGER,
  paid_day TEXT,
  shipped_at INTEGER,
  shipped_day TEXT,
  done_at INTEGER,
  done_day TEXT,
  cancelled_at INTEGER,
  cancelled_day TEXT,
  ship_by_at INTEGER,
  ship_by_day TEXT,
  tracked INTEGER,
  listed INTEGER,
  shop_discount INTEGER,
  sold INTEGER,
  platform_discount INTEGER,
  shipping INTEGER,
  tax_added INTEGER,
  tax_inside INTEGER,
  paid INTEGER,
  received INTEGER,
  refunded INTEGER,
  stage TEXT,
  day TEXT,
  counts INTEGER,
  open INTEGER,
  units INTEGER,
  sum_listed INTEGER,
  sum_discount INTEGER,
  sum_sold INTEGER,
  basis TEXT,
  import_no INTEGER NOT NULL,
  line INTEGER NOT NULL,
  row_hash INTEGER NOT NULL,
  contested INTEGER NOT NULL DEFAULT 0,
  claim_hash INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (shop, order_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact_prices (
  shop INTEGER NOT NULL,
  listing_id TEXT NOT NULL,
  variant_id TEXT NOT NULL,
  seen_day TEXT NOT NULL,
  price INTEGER,
  compare_at INTEGER,
  currency TEXT,
  import_no INTEGER NOT NULL,
  line INTEGER NOT NULL,
  row_hash INTEGER NOT NULL,
  contested INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (shop, listing_id, variant_id, seen_day)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact_products (
  shop INTEGER NOT NULL,
  sku TEXT NOT NULL,
  title TEXT,
  supplier TEXT,
  pack INTEGER,
  moq INTEGER,
  kind TEXT,
  category TEXT,
  import_no INTEGER NOT NULL,
  line INTEGER NOT NULL,
  row_hash INTEGER NOT NULL,
  contested INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (shop, sku)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact_rates (
  shop INTEGER NOT NULL,
  from_currency TEXT NOT NULL,
  to_currency TEXT NOT NULL,
  from_day TEXT NOT NULL,
  rate_micro INTEGER,
  import_no INTEGER NOT NULL,
  line INTEGER NOT NULL,
  row_hash INTEGER NOT NULL,
  contested INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (shop, from_currency, to_currency, from_day)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact_refunds (
  shop INTEGER NOT NULL,
  refund_id TEXT NOT NULL,
  line_key TEXT NOT NULL,
  order_id TEXT,
  code TEXT,
  units INTEGER,
  amount INTEGER,
  currency TEXT,
  applied_at INTEGER,
  applied_day TEXT,
  done_at INTEGER,
  done_day TEXT,
  state TEXT,
  state_raw TEXT,
  restocked INTEGER,
  detail INTEGER,
  day_known INTEGER,
  import_no INTEGER NOT NULL,
  line INTEGER NOT NULL,
  row_hash INTEGER NOT NULL,
  contested INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (shop, refund_id, line_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact_reviews (
  shop INTEGER NOT NULL,
  review_id TEXT NOT NULL,
  order_id TEXT,
  code TEXT,
  listing_id TEXT,
  day TEXT,
  rating INTEGER,
  title TEXT,
  body TEXT,
  follow_up TEXT,
  reply TEXT,
  photos INTEGER,
  reviewer TEXT,
  import_no INTEGER NOT NULL,
  line INTEGER NOT NULL,
  row_hash INTEGER NOT NULL,
  contested INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (shop, review_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact_stock_counts (
  shop INTEGER NOT NULL,
  location TEXT NOT NULL,
  code TEXT NOT NULL,
  counted_at INTEGER NOT NULL,
  counted_day TEXT,
  units INTEGER,
  committed INTEGER,
  import_no INTEGER NOT NULL,
  line INTEGER NOT NULL,
  row_hash INTEGER NOT NULL,
  contested INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (shop, location, code, counted_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact_stock_moves (
  shop INTEGER NOT NULL,
  source TEXT NOT NULL,
  move_id TEXT NOT NULL,
  code TEXT,
  location TEXT,
  units INTEGER,
  kind TEXT,
  at INTEGER,
  day TEXT,
  note TEXT,
  import_no INTEGER NOT NULL,
  line INTEGER NOT NULL,
  row_hash INTEGER NOT NULL,
  contested INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (shop, source, move_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact_suppliers (
  shop INTEGER NOT NULL,
  supplier TEXT NOT NULL,
  lead_days INTEGER,
  review_days INTEGER,
  moq INTEGER,
  currency TEXT,
  import_no INTEGER NOT NULL,
  line INTEGER NOT NULL,
  row_hash INTEGER NOT NULL,
  contested INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (shop, supplier)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact_traffic (
  shop INTEGER NOT NULL,
  source TEXT NOT NULL,
  item TEXT NOT NULL,
  from_day TEXT NOT NULL,
  to_day TEXT NOT NULL,
  visitors INTEGER,
  page_views INTEGER,
  carts INTEGER,
  buyers INTEGER,
  orders INTEGER,
  units INTEGER,
  paid INTEGER,
  currency TEXT,
  import_no INTEGER NOT NULL,
  line INTEGER NOT NULL,
  row_hash INTEGER NOT NULL,
  contested INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (shop, source, item, from_day, to_day)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_days (
  import_no INTEGER NOT NULL,
  shop INTEGER NOT NULL,
  kind TEXT NOT NULL,
  day TEXT NOT NULL,
  full INTEGER NOT NULL,
  PRIMARY KEY (import_no, shop, kind, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE imports (
  no INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL,
  name TEXT NOT NULL,
  importer TEXT NOT NULL,
  importer_version TEXT NOT NULL,
  mapping TEXT,
  shop INTEGER NOT NULL,
  kind TEXT NOT NULL,
  as_of INTEGER NOT NULL,
  as_of_from TEXT NOT NULL,
  taken_in INTEGER NOT NULL,
  covers_from TEXT,
  covers_to TEXT,
  state TEXT NOT NULL,
  columns TEXT NOT NULL,
  receipt TEXT NOT NULL,
  asked TEXT NOT NULL
) STRICT;

CREATE TABLE journal (
  entry INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  act TEXT NOT NULL,
  number INTEGER,
  detail TEXT NOT NULL
) STRICT;

CREATE TABLE proposal_cells (
  number INTEGER NOT NULL,
  n INTEGER NOT NULL,
  shop TEXT NOT NULL,
  listing_id TEXT NOT NULL,
  variant_id TEXT NOT NULL,
  field TEXT NOT NULL,
  old INTEGER,
  new INTEGER NOT NULL,
  currency TEXT,
  send INTEGER,
  seen INTEGER,
  seen_in INTEGER,
  PRIMARY KEY (number, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE proposals (
  number INTEGER PRIMARY KEY,
  address TEXT NOT NULL,
  action TEXT NOT NULL,
  platforms TEXT NOT NULL,
  subject TEXT NOT NULL,
  state TEXT NOT NULL,
  state_before TEXT,
  evidence TEXT NOT NULL,
  params TEXT NOT NULL,
  as_of TEXT NOT NULL,
  shops TEXT NOT NULL,
  proposed_at INTEGER NOT NULL,
  owner TEXT,
  due TEXT,
  until_day TEXT,
  why TEXT,
  check_day TEXT,
  metric TEXT,
  metric_kind TEXT,
  metric_unit TEXT,
  baseline REAL,
  measured REAL,
  measured_on TEXT,
  sent_at INTEGER,
  sent_on TEXT,
  seen REAL,
  seen_in INTEGER
) STRICT;

CREATE TABLE quarantine (
  import_no INTEGER NOT NULL,
  line INTEGER NOT NULL,
  sheet TEXT NOT NULL,
  code TEXT NOT NULL,
  column_name TEXT NOT NULL,
  params TEXT NOT NULL,
  cells TEXT NOT NULL, retried_in INTEGER,
  PRIMARY KEY (import_no, line)
) STRICT;

CREATE TABLE sends (
  send INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  exporter TEXT NOT NULL,
  shop TEXT NOT NULL
) STRICT;

CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE shops (
  no INTEGER PRIMARY KEY,
  shop TEXT NOT NULL UNIQUE,
  platform TEXT NOT NULL,
  name TEXT NOT NULL,
  label TEXT,
  currency TEXT,
  zone TEXT NOT NULL,
  sale_day TEXT NOT NULL,
  ships_from TEXT
) STRICT;

CREATE TABLE sku_map (
  shop INTEGER NOT NULL,
  code TEXT NOT NULL,
  sku TEXT NOT NULL,
  how TEXT NOT NULL,
  multiplier INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (shop, code)
) STRICT, WITHOUT ROWID;

CREATE INDEX money_moves_day ON fact_money_moves (shop, day, kind, account, order_id, currency, amount, rule);

CREATE INDEX order_lines_sales ON fact_order_lines (shop, day, code, counts, line_kind, currency, units, sold);

CREATE INDEX orders_day ON fact_orders (shop, day) WHERE counts = 1;

CREATE INDEX orders_open ON fact_orders (shop, day) WHERE open = 1;

CREATE INDEX orders_shipped ON fact_orders (shop, shipped_day) WHERE shipped_day IS NOT NULL;

CREATE UNIQUE INDEX proposals_open ON proposals (address, action)
  WHERE state IN ('proposed', 'approved', 'sent');

CREATE INDEX refunds_order ON fact_refunds (shop, order_id, detail, state, amount);

CREATE INDEX sends_sha ON sends (sha256);

CREATE VIEW ads AS
-- Ad spend by range of days.
SELECT
  (SELECT s.shop FROM shops s WHERE s.no = a.shop) AS shop,
  a.account, a.campaign, a.item, a.from_day, a.to_day, a.spend AS spend_minor, a.impressions, a.clicks, a.orders,
  a.sales AS sales_minor, a.currency, a.import_no, a.line
FROM fact_ads a;

CREATE VIEW buyers AS
-- Buyers by the key that their orders carry; never joined over shops.
SELECT
  s.shop, b.buyer, b.first_day, b.last_day, b.orders
FROM (
  SELECT o.shop AS no, o.buyer, min(o.day) AS first_day, max(o.day) AS last_day, sum(o.counts) AS orders
  FROM fact_orders o WHERE o.buyer IS NOT NULL GROUP BY o.shop, o.buyer
) b JOIN shops s ON s.no = b.no;

CREATE VIEW campaigns AS
-- Campaigns as the merchant planned them.
SELECT
  campaign, from_day, to_day, shops, skus, goal_sales AS goal_sales_minor, goal_orders, budget AS budget_minor,
  currency, import_no, line
FROM fact_campaigns;

CREATE VIEW costs AS
-- Unit cost of a SKU from a day on; an empty `from_day` holds since ever.
SELECT sku, from_day, cost AS cost_minor, currency, import_no, line FROM fact_costs;

CREATE VIEW coupon_uses AS
-- Which order used which coupon, where a file states it use by use; the codes that an order's own row names stand in
-- `orders.coupon`.
SELECT
  (SELECT s.shop FROM shops s WHERE s.no = u.shop) AS shop,
  u.order_id, u.n, u.coupon_id, u.code, u.bearer, u.amount AS amount_minor, u.currency, u.import_no, u.line
FROM fact_coupon_uses u;

CREATE VIEW coupons AS
-- The coupon book; `percent` in hundredths of a per cent. `own` = 1: the merchant's own sheet names it (with or
-- without a shop).
SELECT
  (SELECT s.shop FROM shops s WHERE s.no = c.shop) AS shop,
  c.coupon_id, c.title, c.bearer, c.kind, c.face AS face_minor, c.percent, c.threshold AS threshold_minor, c.scope,
  c.budget AS budget_minor, c.currency, c.from_day, c.to_day,
  CASE WHEN EXISTS (SELECT 1 FROM imports i WHERE i.no = c.import_no AND i.importer LIKE 'own %') OR EXISTS (
    SELECT 1 FROM claims d JOIN imports i ON i.no = d.import_no
    WHERE d.tab = 'coupons' AND d.shop = c.shop AND d.key = c.coupon_id AND i.importer LIKE 'own %'
  ) THEN 1 ELSE 0 END AS own,
  c.import_no, c.line
FROM fact_coupons c;

CREATE VIEW coverage AS
-- Which days the live files cover, by shop and kind of file; `full` = 0: the file was made during that day.
-- `exported_at`: when the newest of the files that cover the day was made.
SELECT s.shop, d.kind, d.day, max(d.full) AS full, max(i.as_of) AS exported_at
FROM import_days d JOIN imports i ON i.no = d.import_no JOIN shops s ON s.no = d.shop
WHERE i.state IN ('applied', 'sealed')
GROUP BY s.shop, d.kind, d.day;

CREATE VIEW daily_money AS
-- Money by shop, day and currency: gross = listed (else sold) of every kind of line of orders that count,
-- net = gross - discounts of the shop - refunds booked on that day. Shipping and tax stand beside.
SELECT
  shop, day, currency, sum(orders) AS orders, sum(units) AS units,
  sum(gross_minor) AS gross_minor, sum(discount_minor) AS discount_minor, sum(refunds_minor) AS refunds_minor,
  sum(gross_minor) - sum(discount_minor) - sum(refunds_minor) AS net_minor,
  sum(shipping_minor) AS shipping_minor, sum(tax_minor) AS tax_minor
FROM money_booked
GROUP BY shop, day, currency;

CREATE VIEW daily_sales AS
-- Goods lines of orders that count, by day and own SKU, before refunds.
SELECT
  s.shop, l.day,
  coalesce((SELECT m.sku FROM sku_map m WHERE m.shop = l.shop AND m.code = l.code), l.code) AS sku,
  l.currency,
  sum(l.units * coalesce((SELECT m.multiplier FROM sku_map m WHERE m.shop = l.shop AND m.code = l.code), 1)) AS units,
  sum(l.sold) AS sold_minor
FROM shops s CROSS JOIN fact_order_lines l ON l.shop = s.no
WHERE l.counts = 1 AND l.line_kind = 'goods'
GROUP BY s.no, l.day, l.code, l.currency;

CREATE VIEW listings AS
-- What stands in the shops now; a currency that the file does not say is the shop's.
SELECT
  s.shop, l.listing_id, l.variant_id, l.code,
  coalesce((SELECT m.sku FROM sku_map m WHERE m.shop = l.shop AND m.code = l.code), l.code) AS sku,
  l.title, l.options, l.category, l.price AS price_minor, l.compare_at AS compare_at_minor,
  coalesce(l.currency, s.currency) AS currency, l.listed_units, l.state, l.state_raw, l.url, l.import_no, l.line
FROM fact_listings l JOIN shops s ON s.no = l.shop;

CREATE VIEW mappings AS
-- Which own SKU a shop's code stands for, where the merchant said so; a code without a row is its own SKU.
-- One unit of the code is `multiplier` own units. `how`: merchant (typed) or suggested-accepted.
SELECT
  (SELECT s.shop FROM shops s WHERE s.no = m.shop) AS shop,
  m.code, m.sku, m.how, m.multiplier
FROM sku_map m;

CREATE VIEW money_booked AS
-- What is booked on a day: one row per order that counts (its day of sale) and per refund that was done (its own day;
-- which of an order's refunds count says refunds_booked).
-- `buyer` is the order itself where nobody is known. Not summed, so that a range of days is read by its index.
SELECT
  s.shop, o.day, o.currency, o.order_id, coalesce(o.buyer, o.order_id) AS buyer, 1 AS orders,
  coalesce(o.units, 0) AS units, coalesce(o.sum_listed, o.sum_sold, 0) AS gross_minor,
  coalesce(o.sum_listed, o.sum_sold, 0) - coalesce(o.sum_sold, o.sum_listed, 0) AS discount_minor,
  0 AS refunds_minor,
  coalesce(o.shipping, 0) AS shipping_minor, coalesce(o.tax_added, 0) + coalesce(o.tax_inside, 0) AS tax_minor,
  o.paid AS paid_minor
FROM shops s CROSS JOIN fact_orders o ON o.shop = s.no
WHERE o.counts = 1 AND o.day IS NOT NULL
UNION ALL
SELECT
  s.shop, coalesce(r.done_day, r.applied_day), r.currency, r.order_id, NULL, 0, 0, 0, 0,
  CASE r.detail WHEN 2 THEN r.amount
WHEN 1 THEN CASE WHEN EXISTS (
  SELECT 1 FROM fact_refunds d
  WHERE d.shop = r.shop AND d.order_id = r.order_id AND d.detail = 2 AND d.state = 'done')
THEN min(r.amount, max(0, r.amount + (
  SELECT coalesce(sum(CASE WHEN d.detail = 2 THEN -d.amount WHEN d.line_key < r.line_key THEN d.amount END), 0)
  FROM fact_refunds d
  WHERE d.shop = r.shop AND d.order_id = r.order_id AND d.detail > 0 AND d.state = 'done')))
ELSE r.amount END
ELSE max(0, r.amount - (
  SELECT max(coalesce(sum(CASE WHEN d.detail = 1 THEN d.amount END), 0),
    coalesce(sum(CASE WHEN d.detail = 2 AND d.state = 'done' THEN d.amount END), 0))
  FROM fact_refunds d WHERE d.shop = r.shop AND d.order_id = r.order_id AND d.detail > 0))
END,
  0, 0, 0
FROM shops s CROSS JOIN fact_refunds r ON r.shop = s.no
WHERE r.state = 'done'
  AND (r.detail IS NOT 2 OR NOT EXISTS (
    SELECT 1 FROM fact_orders o WHERE o.shop = r.shop AND o.order_id = r.order_id AND o.counts = 0));

CREATE VIEW money_moves AS
-- Bills, settlements and adjustments; amounts are signed, income positive. `rule`: how the number of the order was found
-- (basics/moves.py). `order_shop`: the shop that has the order: the bill's own shop, else the one shop that it can be:
-- another of its platform; of a payment service, or the merchant's own sheet, any shop of the same currency.
-- `orders_found`: in how many shops the order is; of several none is chosen. All three are NULL where no order is named.
SELECT
  a.shop, v.account, v.move_id, v.kind, v.order_id, v.day, v.currency, v.amount AS amount_minor, v.note,
  v.import_no, v.line,
  CASE WHEN v.order_id IS NULL THEN NULL ELSE coalesce(v.rule, 'own-column') END AS rule,
  CASE WHEN v.order_id IS NULL THEN NULL WHEN w.order_id IS NOT NULL THEN a.shop ELSE (
    SELECT CASE WHEN count(*) = 1 THEN min(s.shop) END FROM shops s CROSS JOIN fact_orders o ON o.shop = s.no AND o.order_id = v.order_id
WHERE s.no <> v.shop
  AND (s.platform = a.platform
    OR a.platform IN ('alipay', 'wechat_pay', 'stripe', 'paypal', 'own') AND coalesce(o.currency = v.currency, 1))
  ) END AS order_shop,
  CASE WHEN v.order_id IS NULL THEN NULL WHEN w.order_id IS NOT NULL THEN 1 ELSE (
    SELECT count(*) FROM shops s CROSS JOIN fact_orders o ON o.shop = s.no AND o.order_id = v.order_id
WHERE s.no <> v.shop
  AND (s.platform = a.platform
    OR a.platform IN ('alipay', 'wechat_pay', 'stripe', 'paypal', 'own') AND coalesce(o.currency = v.currency, 1))
  ) END AS orders_found
FROM shops a CROSS JOIN fact_money_moves v ON v.shop = a.no
LEFT JOIN fact_orders w ON w.shop = v.shop AND w.order_id = v.order_id;

CREATE VIEW order_lines AS
-- One row per line of an order; `sku` is the merchant's own SKU, the code itself where nothing is mapped.
SELECT
  (SELECT s.shop FROM shops s WHERE s.no = l.shop) AS shop,
  l.order_id, l.line_key, l.code,
  coalesce((SELECT m.sku FROM sku_map m WHERE m.shop = l.shop AND m.code = l.code), l.code) AS sku,
  l.listing_id, l.title, l.options, l.line_kind, l.day, l.counts, l.currency, l.units,
  l.listed AS listed_minor, l.shop_discount AS shop_discount_minor, l.sold AS sold_minor, l.allocated,
  l.import_no, l.line
FROM fact_order_lines l;

CREATE VIEW order_money AS
-- The amounts of an order: the order's own column, else the sum of its lines; `basis` says which. `coupon`: the codes
-- that the order names, as the file joins them.
SELECT
  s.shop, o.order_id, o.day, o.counts, o.currency,
  o.sum_listed AS listed_minor, o.sum_discount AS shop_discount_minor, o.sum_sold AS sold_minor,
  o.platform_discount AS platform_discount_minor, o.shipping AS shipping_minor,
  o.tax_added AS tax_added_minor, o.tax_inside AS tax_inside_minor, o.paid AS paid_minor,
  o.received AS received_minor, o.basis, o.coupon, o.placed_day
FROM shops s CROSS JOIN fact_orders o ON o.shop = s.no;

CREATE VIEW order_units AS
-- Units of goods of orders that count, in own SKUs, with what says whether and when they left; read by the order.
-- `coupon` and the two discounts are those of the whole order, `line_sold_minor` is of the line.
SELECT
  s.shop, o.order_id, l.line_key, coalesce(m.sku, l.code) AS sku, l.units * coalesce(m.multiplier, 1) AS units,
  o.day, o.open, o.status, o.shipped_day, o.shipped_at, l.import_no, l.line,
  o.coupon, o.sum_discount AS shop_discount_minor, o.platform_discount AS platform_discount_minor,
  l.currency, l.sold AS line_sold_minor
FROM shops s CROSS JOIN fact_orders o ON o.shop = s.no
CROSS JOIN fact_order_lines l ON l.shop = o.shop AND l.order_id = o.order_id
LEFT JOIN sku_map m ON m.shop = l.shop AND m.code = l.code
WHERE o.counts = 1 AND l.line_kind = 'goods';

CREATE VIEW orders AS
-- One row per order. `counts` = 1: it is a sale. `open` = 1: it counts and is not shipped. `seen_at`: when the newest
-- live file that holds the order was made; its status is that of this instant. `ship_by`: when the order itself promises
-- to be shipped.
SELECT
  s.shop, o.order_id, o.platform_id, o.currency, o.stage AS status, o.status_raw, o.buyer, o.channel, o.payment,
  o.coupon, o.placed_at, o.placed_day, o.paid_at, o.paid_day, o.shipped_at, o.shipped_day, o.done_at, o.done_day,
  o.cancelled_at, o.cancelled_day, o.ship_by_at, o.ship_by_day, o.day, o.counts, o.open, o.units, o.paid AS paid_minor, o.sum_sold AS sold_minor,
  o.refunded AS refunded_minor,
  max((SELECT i.as_of FROM imports i WHERE i.no = o.import_no), coalesce((
    SELECT max(i.as_of) FROM claims c JOIN imports i ON i.no = c.import_no
    WHERE c.tab = 'orders' AND c.shop = o.shop AND c.key = o.order_id), 0)) AS seen_at,
  o.import_no, o.line
FROM shops s CROSS JOIN fact_orders o ON o.shop = s.no;

CREATE VIEW prices AS
-- Prices as each products file showed them; valid until the next. `contested` = 1: several files tell this day
-- differently; the newest of them holds.
SELECT
  s.shop, p.listing_id, p.variant_id, p.seen_day, p.price AS price_minor, p.compare_at AS compare_at_minor,
  coalesce(p.currency, s.currency) AS currency, p.import_no, p.line, p.contested
FROM fact_prices p JOIN shops s ON s.no = p.shop;

CREATE VIEW products AS
-- The merchant's own SKUs.
SELECT sku, title, supplier, pack, moq, kind, category, import_no, line FROM fact_products;

CREATE VIEW rates AS
-- Currency rates that the merchant gave; 1 from_currency = rate_micro / 1,000,000 to_currency from from_day on.
SELECT from_currency, to_currency, from_day, rate_micro, import_no, line FROM fact_rates;

CREATE VIEW refunded_lines AS
-- Refunds that were done beside each goods line of their order: what netting needs to say which units came back.
-- `goods_minor`: what the buyer paid for goods (paid - shipping, else sold); refunds that reach it take all back.
-- Of what the lines say (`detail` 1 in `refunds`) and what a refund report says (2) only the larger is there, the
-- lines' if they are equal.
-- An order whose lines no file states has one row without a line. `coupon`, the discounts and `order_sold_minor` are
-- those of the whole order.
SELECT
  s.shop, r.refund_id, r.line_key AS refund_line, r.code AS refund_code, min(r.detail, 1) AS detail,
  r.amount AS refund_minor,
  r.units * coalesce((SELECT m.multiplier FROM sku_map m WHERE m.shop = r.shop AND m.code = r.code), 1) AS refund_units,
  coalesce(r.done_day, r.applied_day) AS booked_day, o.order_id, o.day,
  coalesce(o.paid - coalesce(o.shipping, 0), o.sum_sold) AS goods_minor,
  l.line_key, l.code,
  coalesce((SELECT m.sku FROM sku_map m WHERE m.shop = l.shop AND m.code = l.code), l.code) AS sku,
  l.units * coalesce((SELECT m.multiplier FROM sku_map m WHERE m.shop = l.shop AND m.code = l.code), 1) AS units,
  coalesce(l.currency, o.currency) AS currency, l.sold AS sold_minor, r.import_no, r.line,
  o.coupon, o.sum_discount AS shop_discount_minor, o.platform_discount AS platform_discount_minor,
  o.sum_sold AS order_sold_minor
FROM shops s CROSS JOIN fact_refunds r ON r.shop = s.no
CROSS JOIN fact_orders o ON o.shop = r.shop AND o.order_id = r.order_id
LEFT JOIN fact_order_lines l ON l.shop = o.shop AND l.order_id = o.order_id AND l.line_kind = 'goods'
WHERE r.state = 'done' AND o.counts = 1
  AND (coalesce(r.detail, 0) = 0 OR (r.detail = 2) = ((
    SELECT coalesce(sum(CASE d.detail WHEN 2 THEN d.amount ELSE -d.amount END), 0) FROM fact_refunds d
    WHERE d.shop = r.shop AND d.order_id = r.order_id AND d.detail > 0 AND d.state = 'done') > 0));

CREATE VIEW refunds AS
-- Refunds as stated by refund reports (`detail` = 2) and by order lines (1), and order totals (0); the same money may
-- stand in each, refunds_booked counts it once. `day_known` = 0: no file gives the day, it is taken from the order or
-- the export.
SELECT
  (SELECT s.shop FROM shops s WHERE s.no = r.shop) AS shop,
  r.refund_id, r.line_key, r.order_id, r.code, r.units, r.amount AS amount_minor, r.currency,
  r.applied_day, r.done_day, r.state, r.state_raw, r.restocked, r.detail, r.day_known, r.import_no, r.line
FROM fact_refunds r;

CREATE VIEW refunds_booked AS
-- Refunds that were done, on the day they were booked, each only so far as it counts beside the others of its order
-- (counted_refund.part).
-- What went back of an order that is no sale is no refund of sales.
SELECT
  (SELECT s.shop FROM shops s WHERE s.no = r.shop) AS shop,
  r.refund_id, r.line_key, r.order_id, r.code, coalesce(r.done_day, r.applied_day) AS day, r.currency,
  CASE r.detail WHEN 2 THEN r.amount
WHEN 1 THEN CASE WHEN EXISTS (
  SELECT 1 FROM fact_refunds d
  WHERE d.shop = r.shop AND d.order_id = r.order_id AND d.detail = 2 AND d.state = 'done')
THEN min(r.amount, max(0, r.amount + (
  SELECT coalesce(sum(CASE WHEN d.detail = 2 THEN -d.amount WHEN d.line_key < r.line_key THEN d.amount END), 0)
  FROM fact_refunds d
  WHERE d.shop = r.shop AND d.order_id = r.order_id AND d.detail > 0 AND d.state = 'done')))
ELSE r.amount END
ELSE max(0, r.amount - (
  SELECT max(coalesce(sum(CASE WHEN d.detail = 1 THEN d.amount END), 0),
    coalesce(sum(CASE WHEN d.detail = 2 AND d.state = 'done' THEN d.amount END), 0))
  FROM fact_refunds d WHERE d.shop = r.shop AND d.order_id = r.order_id AND d.detail > 0))
END AS amount_minor,
  r.units, r.detail, r.day_known, r.import_no, r.line
FROM fact_refunds r
WHERE r.state = 'done'
  AND (r.detail IS NOT 2 OR NOT EXISTS (
    SELECT 1 FROM fact_orders o WHERE o.shop = r.shop AND o.order_id = r.order_id AND o.counts = 0));

CREATE VIEW refunds_by_order AS
-- The same refunds on the day of the order that they belong to (their own day where no order is known).
SELECT
  (SELECT s.shop FROM shops s WHERE s.no = r.shop) AS shop,
  r.refund_id, r.line_key, r.order_id, r.code, coalesce(o.day, r.done_day, r.applied_day) AS day, r.currency,
  CASE r.detail WHEN 2 THEN r.amount
WHEN 1 THEN CASE WHEN EXISTS (
  SELECT 1 FROM fact_refunds d
  WHERE d.shop = r.shop AND d.order_id = r.order_id AND d.detail = 2 AND d.state = 'done')
THEN min(r.amount, max(0, r.amount + (
  SELECT coalesce(sum(CASE WHEN d.detail = 2 THEN -d.amount WHEN d.line_key < r.line_key THEN d.amount END), 0)
  FROM fact_refunds d
  WHERE d.shop = r.shop AND d.order_id = r.order_id AND d.detail > 0 AND d.state = 'done')))
ELSE r.amount END
ELSE max(0, r.amount - (
  SELECT max(coalesce(sum(CASE WHEN d.detail = 1 THEN d.amount END), 0),
    coalesce(sum(CASE WHEN d.detail = 2 AND d.state = 'done' THEN d.amount END), 0))
  FROM fact_refunds d WHERE d.shop = r.shop AND d.order_id = r.order_id AND d.detail > 0))
END AS amount_minor,
  r.units, r.detail, r.import_no, r.line
FROM fact_refunds r LEFT JOIN fact_orders o ON o.shop = r.shop AND o.order_id = r.order_id
WHERE r.state = 'done' AND (r.detail IS NOT 2 OR coalesce(o.counts, 1) = 1);

CREATE VIEW reviews AS
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
  'reviews/state/review:' || coalesce((SELECT s.shop FROM shops s WHERE s.no = r.shop), 'own') || '/' || r.review_id;

CREATE VIEW sold_units AS
-- Goods lines of orders that count, in own SKUs, before refunds; read by the day. One row per line. `units` are own
-- units: those of the line × the multiplier of its code.
SELECT
  s.shop, l.day, coalesce(m.sku, l.code) AS sku, l.units * coalesce(m.multiplier, 1) AS units,
  l.currency, l.sold AS sold_minor, l.order_id, l.line_key, l.import_no, l.line,
  l.code, l.listing_id, l.title, l.options, l.shop_discount AS shop_discount_minor
FROM shops s CROSS JOIN fact_order_lines l ON l.shop = s.no
LEFT JOIN sku_map m ON m.shop = l.shop AND m.code = l.code
WHERE l.counts = 1 AND l.line_kind = 'goods';

CREATE VIEW stock_counts AS
-- Statements "this many at this time"; an empty location is the merchant's only one.
SELECT
  (SELECT s.shop FROM shops s WHERE s.no = c.shop) AS shop,
  c.location, c.code,
  coalesce((SELECT m.sku FROM sku_map m WHERE m.shop = c.shop AND m.code = c.code), c.code) AS sku,
  c.counted_at, c.counted_day, c.units, c.committed, c.import_no, c.line
FROM fact_stock_counts c;

CREATE VIEW stock_moves AS
-- Receipts, returns, transfers, adjustments, gifts, samples; units are signed. Sales are not copied here.
SELECT
  (SELECT s.shop FROM shops s WHERE s.no = v.shop) AS shop,
  v.source, v.move_id, v.code,
  coalesce((SELECT m.sku FROM sku_map m WHERE m.shop = v.shop AND m.code = v.code), v.code) AS sku,
  v.location, v.units, v.kind, v.day, v.at, v.note, v.import_no, v.line
FROM fact_stock_moves v;

CREATE VIEW stock_now AS
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
FROM summed;

CREATE VIEW suppliers AS
-- Suppliers with their usual lead time and the days between two orders.
SELECT supplier, lead_days, review_days, moq, currency, import_no, line FROM fact_suppliers;

CREATE VIEW traffic AS
-- Visits by range of days; only rows with from_day = to_day may be added over days, visitors never.
SELECT
  (SELECT s.shop FROM shops s WHERE s.no = t.shop) AS shop,
  t.source, t.item, t.from_day, t.to_day, t.visitors, t.page_views, t.carts, t.buyers, t.orders, t.units,
  t.paid AS paid_minor, t.currency, t.import_no, t.line
FROM fact_traffic t;
