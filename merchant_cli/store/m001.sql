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

CREATE TABLE import_days (
  import_no INTEGER NOT NULL,
  shop INTEGER NOT NULL,
  kind TEXT NOT NULL,
  day TEXT NOT NULL,
  full INTEGER NOT NULL,
  PRIMARY KEY (import_no, shop, kind, day)
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

CREATE TABLE bodies (
  hash INTEGER PRIMARY KEY,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE digests (
  tab TEXT PRIMARY KEY,
  sum INTEGER NOT NULL
) STRICT;

CREATE TABLE quarantine (
  import_no INTEGER NOT NULL,
  line INTEGER NOT NULL,
  sheet TEXT NOT NULL,
  code TEXT NOT NULL,
  column_name TEXT NOT NULL,
  params TEXT NOT NULL,
  cells TEXT NOT NULL,
  PRIMARY KEY (import_no, line)
) STRICT;

CREATE TABLE journal (
  entry INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  act TEXT NOT NULL,
  number INTEGER,
  detail TEXT NOT NULL
) STRICT;

CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE decisions (
  address TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  until_day TEXT,
  why TEXT,
  at INTEGER NOT NULL
) STRICT;

CREATE TABLE sku_map (
  shop INTEGER NOT NULL,
  code TEXT NOT NULL,
  sku TEXT NOT NULL,
  how TEXT NOT NULL,
  multiplier INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (shop, code)
) STRICT, WITHOUT ROWID;

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

WITH RECURSIVE days (n, day) AS (
  SELECT 0, '2000-01-01'
  UNION ALL
  SELECT n + 1, date('2000-01-01', (n + 1) || ' days') FROM days WHERE day < '2049-12-31'
),
weekdays (n, day, weekday, thursday) AS (
  SELECT n, day, (n + 5) % 7 + 1, date(day, (3 - (n + 5) % 7) || ' days') FROM days
)
INSERT INTO calendar
SELECT
  day,
  n,
  weekday,
  substr(thursday, 1, 4) || '-W' || printf('%02d', (strftime('%j', thursday) - 1) / 7 + 1),
  substr(day, 1, 7)
FROM weekdays;

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
  import_no INTEGER NOT NULL,
  line INTEGER NOT NULL,
  row_hash INTEGER NOT NULL,
  contested INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (shop, account, move_id)
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

CREATE INDEX order_lines_sales ON fact_order_lines (shop, day, code, counts, line_kind, currency, units, sold);

CREATE INDEX orders_day ON fact_orders (shop, day) WHERE counts = 1;

CREATE INDEX orders_shipped ON fact_orders (shop, shipped_day) WHERE shipped_day IS NOT NULL;

CREATE INDEX orders_open ON fact_orders (shop, day) WHERE open = 1;

CREATE INDEX refunds_order ON fact_refunds (shop, order_id, detail, state, amount);
