-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the words of a job cost: how often a language model that is paid was begun, what that cost for certain, what is
-- set aside for a beginning whose end is not known, and when the last one was.

ALTER TABLE jobs ADD COLUMN text_starts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN text_cost INTEGER NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN text_hold INTEGER NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN text_at INTEGER;

-- The budget adds up a day and a month before everything that costs money.
CREATE INDEX jobs_text ON jobs (text_at) WHERE text_at IS NOT NULL;
CREATE INDEX attempts_created ON attempts (created_at);

-- How long a model usually takes is asked at the beginning of every rendering.
CREATE INDEX durations_model ON durations (model, ended_at);
