-- SPDX-License-Identifier: GPL-3.0-or-later
-- The first schema. Money is micro US dollars, times are microseconds since the epoch, files are relative to the
-- folder of the creations or of the thumbnails.

CREATE TABLE jobs (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  brief TEXT NOT NULL,
  screenplay TEXT,
  chain TEXT NOT NULL DEFAULT '[]',
  chain_position INTEGER NOT NULL DEFAULT 0,
  provider TEXT,
  model TEXT,
  owner TEXT,
  not_before INTEGER NOT NULL DEFAULT 0,
  waiting TEXT,
  cancel_requested INTEGER NOT NULL DEFAULT 0,
  max_cost INTEGER,
  consent_at INTEGER,
  estimated_cost INTEGER,
  cost INTEGER NOT NULL DEFAULT 0,
  progress REAL NOT NULL DEFAULT 0,
  uncertain_since INTEGER,
  look_count INTEGER NOT NULL DEFAULT 0,
  error_code TEXT,
  error_message TEXT,
  user_id TEXT NOT NULL DEFAULT '',
  request_id TEXT,
  request_hash TEXT,
  batch TEXT,
  title TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX jobs_request ON jobs (user_id, request_id) WHERE request_id IS NOT NULL;
CREATE INDEX jobs_active ON jobs (state, not_before) WHERE state NOT IN ('done', 'failed', 'cancelled');
CREATE INDEX jobs_batch ON jobs (batch) WHERE batch IS NOT NULL;

CREATE TABLE attempts (
  id INTEGER PRIMARY KEY,
  job_id TEXT NOT NULL REFERENCES jobs (id),
  number INTEGER NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  seed INTEGER,
  request TEXT NOT NULL,
  status TEXT NOT NULL,
  remote_id TEXT,
  billed TEXT NOT NULL DEFAULT 'no',
  hold INTEGER NOT NULL DEFAULT 0,
  cost INTEGER NOT NULL DEFAULT 0,
  output TEXT,
  work_file TEXT,
  sha256 TEXT,
  size INTEGER,
  mime_type TEXT,
  error_code TEXT,
  error_message TEXT,
  created_at INTEGER NOT NULL,
  sent_at INTEGER,
  ended_at INTEGER,
  UNIQUE (job_id, number)
);
CREATE UNIQUE INDEX attempts_remote ON attempts (provider, remote_id) WHERE remote_id IS NOT NULL;

CREATE TABLE creations (
  id TEXT PRIMARY KEY,
  job_id TEXT,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  prompt TEXT NOT NULL,
  original_prompt TEXT NOT NULL,
  negative_prompt TEXT,
  notes TEXT NOT NULL DEFAULT '',
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  style TEXT,
  aspect_ratio TEXT,
  theme TEXT,
  language TEXT,
  duration REAL,
  width INTEGER,
  height INTEGER,
  has_sound INTEGER NOT NULL DEFAULT 0,
  num_slides INTEGER,
  seed INTEGER,
  file TEXT NOT NULL,
  markdown_file TEXT,
  thumbnail TEXT,
  mime_type TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  parent_id TEXT,
  cost INTEGER NOT NULL DEFAULT 0,
  source TEXT NOT NULL,
  favourite INTEGER NOT NULL DEFAULT 0,
  missing INTEGER NOT NULL DEFAULT 0,
  trashed_at INTEGER,
  search_text TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL
);
-- The gallery's orders, so that a list of 100,000 is read from an index alone.
CREATE INDEX creations_newest ON creations (created_at DESC, id DESC) WHERE trashed_at IS NULL;
CREATE INDEX creations_kind ON creations (kind, created_at DESC, id DESC) WHERE trashed_at IS NULL;
CREATE INDEX creations_favourites ON creations (created_at DESC, id DESC) WHERE trashed_at IS NULL AND favourite <> 0;
CREATE INDEX creations_price ON creations (cost DESC, id DESC) WHERE trashed_at IS NULL;
CREATE INDEX creations_longest ON creations (duration DESC, id DESC) WHERE trashed_at IS NULL;
CREATE INDEX creations_trash ON creations (created_at DESC, id DESC) WHERE trashed_at IS NOT NULL;

CREATE TABLE collections (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL
);
CREATE TABLE collection_items (
  collection_id INTEGER NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
  creation_id TEXT NOT NULL REFERENCES creations (id) ON DELETE CASCADE,
  added_at INTEGER NOT NULL,
  PRIMARY KEY (collection_id, creation_id)
) WITHOUT ROWID;

CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE durations (
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  seconds REAL NOT NULL,
  ended_at INTEGER NOT NULL
);

-- The search holds no text of its own; it is joined by rowid. VACUUM may give the creations other rowids: whoever
-- runs it must rebuild this table in the same breath.
CREATE VIRTUAL TABLE creations_fts USING fts5 (
  title, prompt, notes, search_text,
  content = 'creations', content_rowid = 'rowid',
  tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'
);
CREATE TRIGGER creations_fts_insert AFTER INSERT ON creations BEGIN
  INSERT INTO creations_fts (rowid, title, prompt, notes, search_text)
    VALUES (new.rowid, new.title, new.prompt, new.notes, new.search_text);
END;
CREATE TRIGGER creations_fts_delete AFTER DELETE ON creations BEGIN
  INSERT INTO creations_fts (creations_fts, rowid, title, prompt, notes, search_text)
    VALUES ('delete', old.rowid, old.title, old.prompt, old.notes, old.search_text);
END;
CREATE TRIGGER creations_fts_update AFTER UPDATE OF title, prompt, notes, search_text ON creations BEGIN
  INSERT INTO creations_fts (creations_fts, rowid, title, prompt, notes, search_text)
    VALUES ('delete', old.rowid, old.title, old.prompt, old.notes, old.search_text);
  INSERT INTO creations_fts (rowid, title, prompt, notes, search_text)
    VALUES (new.rowid, new.title, new.prompt, new.notes, new.search_text);
END;
