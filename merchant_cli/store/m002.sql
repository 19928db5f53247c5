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
