-- SPDX-License-Identifier: GPL-3.0-or-later
-- Wallet keys that an operator resells, the ledger of their money, which is only ever added to, and what was used.

CREATE TABLE wallet_keys (
  id INTEGER PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  ending TEXT NOT NULL,
  label TEXT NOT NULL DEFAULT '',
  balance INTEGER NOT NULL DEFAULT 0 CHECK (balance >= 0),
  held INTEGER NOT NULL DEFAULT 0 CHECK (held >= 0),
  created_at INTEGER NOT NULL
);

-- `round` counts the holds of one attempt: one that never left this computer is let go, and may be held again.
CREATE TABLE ledger (
  id INTEGER PRIMARY KEY,
  key_id INTEGER NOT NULL REFERENCES wallet_keys (id),
  kind TEXT NOT NULL CHECK (kind IN ('credit', 'hold', 'capture', 'release')),
  amount INTEGER NOT NULL CHECK (amount >= 0),
  job_id TEXT,
  attempt INTEGER,
  round INTEGER,
  at INTEGER NOT NULL,
  CHECK ((kind = 'credit') = (job_id IS NULL)),
  CHECK (job_id IS NULL OR (attempt IS NOT NULL AND round IS NOT NULL))
);
CREATE UNIQUE INDEX ledger_moves ON ledger (job_id, attempt, round, kind) WHERE job_id IS NOT NULL;
-- An attempt is paid once, whatever was held for it how often.
CREATE UNIQUE INDEX ledger_captures ON ledger (job_id, attempt) WHERE kind = 'capture';
-- The balances are proved from this index alone.
CREATE INDEX ledger_key ON ledger (key_id, id, kind, amount);
CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger BEGIN
  SELECT raise (ABORT, 'the ledger is only ever added to');
END;
CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger BEGIN
  SELECT raise (ABORT, 'the ledger is only ever added to');
END;

CREATE TABLE usage_events (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  job_id TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  user_id TEXT NOT NULL DEFAULT '',
  key_id INTEGER REFERENCES wallet_keys (id),
  kind TEXT NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  units INTEGER NOT NULL,
  unit TEXT NOT NULL,
  estimated INTEGER NOT NULL,
  cost INTEGER NOT NULL,
  sale INTEGER NOT NULL,
  is_unknown INTEGER NOT NULL DEFAULT 0,
  UNIQUE (job_id, attempt)
);
CREATE INDEX usage_events_at ON usage_events (at);
CREATE INDEX usage_events_key ON usage_events (key_id, at) WHERE key_id IS NOT NULL;

-- Who pays a job, and which door it came in by: what programs ask for has a cap of its own.
ALTER TABLE jobs ADD COLUMN key_id INTEGER REFERENCES wallet_keys (id);
ALTER TABLE jobs ADD COLUMN door TEXT NOT NULL DEFAULT '';
CREATE INDEX jobs_key ON jobs (key_id) WHERE key_id IS NOT NULL;
CREATE INDEX jobs_updated ON jobs (updated_at);

-- What a wallet key is debited for an attempt, and what its price is counted in.
ALTER TABLE attempts ADD COLUMN sale INTEGER NOT NULL DEFAULT 0;
ALTER TABLE attempts ADD COLUMN unit TEXT;

-- What was made before there was this table: what its price was counted in, and who wrote its words, was not kept.
INSERT INTO usage_events (at, job_id, attempt, user_id, kind, provider, model, units, unit, estimated, cost, sale, is_unknown)
  SELECT a.ended_at, a.job_id, a.number, j.user_id, j.kind, a.provider, a.model, 1, j.kind, a.hold,
    CASE a.billed WHEN 'unknown' THEN a.hold ELSE a.cost END, 0, a.billed = 'unknown'
  FROM attempts AS a JOIN jobs AS j ON j.id = a.job_id
  WHERE a.ended_at IS NOT NULL AND (a.status = 'succeeded' OR a.billed <> 'no') ORDER BY a.ended_at, a.id;
INSERT INTO usage_events (at, job_id, attempt, user_id, kind, provider, model, units, unit, estimated, cost, sale, is_unknown)
  SELECT coalesce (text_at, updated_at), id, 0, user_id, 'text', '', '', 1, 'text', text_cost + text_hold, text_cost + text_hold,
    0, text_hold > 0
  FROM jobs WHERE text_cost + text_hold > 0 AND state NOT IN ('queued', 'writing');
