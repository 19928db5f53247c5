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
CREATE UNIQUE INDEX proposals_open ON proposals (address, action)
  WHERE state IN ('proposed', 'approved', 'sent');

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

CREATE TABLE sends (
  send INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  exporter TEXT NOT NULL,
  shop TEXT NOT NULL
) STRICT;
CREATE INDEX sends_sha ON sends (sha256);

ALTER TABLE quarantine ADD COLUMN retried_in INTEGER;

CREATE TABLE moves_before AS SELECT * FROM fact_money_moves;
DROP TABLE fact_money_moves;
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
INSERT INTO fact_money_moves
SELECT shop, account, move_id, kind, order_id, currency, amount, at, day, note, NULL, import_no, line, row_hash, contested
FROM moves_before;
DROP TABLE moves_before;
CREATE INDEX money_moves_day ON fact_money_moves (shop, day, kind, account, order_id, currency, amount, rule);
