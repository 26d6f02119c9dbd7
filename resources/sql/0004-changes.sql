-- SPDX-License-Identifier: GPL-3.0-or-later
-- What is another than it was, for whoever listens: every job and every creation once, under the number of its newest
-- change. The numbers rise in the order of the commits, whichever process wrote and whatever its clock says, so that
-- nobody misses a change who has seen all up to a number.

CREATE TABLE changes (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  subject TEXT NOT NULL CHECK (subject IN ('job', 'creation')),
  id TEXT NOT NULL,
  UNIQUE (id, subject)
);

CREATE TRIGGER changes_job_insert AFTER INSERT ON jobs BEGIN
  DELETE FROM changes WHERE id = new.id AND subject = 'job';
  INSERT INTO changes (subject, id) VALUES ('job', new.id);
END;
CREATE TRIGGER changes_job_update AFTER UPDATE OF state, waiting, progress ON jobs
  WHEN old.state <> new.state OR old.waiting IS NOT new.waiting OR old.progress <> new.progress BEGIN
  DELETE FROM changes WHERE id = new.id AND subject = 'job';
  INSERT INTO changes (subject, id) VALUES ('job', new.id);
END;

CREATE TRIGGER changes_creation_insert AFTER INSERT ON creations BEGIN
  DELETE FROM changes WHERE id = new.id AND subject = 'creation';
  INSERT INTO changes (subject, id) VALUES ('creation', new.id);
END;
CREATE TRIGGER changes_creation_update AFTER UPDATE OF title, notes, favourite, missing, trashed_at ON creations
  WHEN old.title <> new.title OR old.notes <> new.notes OR old.favourite <> new.favourite OR old.missing <> new.missing
    OR old.trashed_at IS NOT new.trashed_at BEGIN
  DELETE FROM changes WHERE id = new.id AND subject = 'creation';
  INSERT INTO changes (subject, id) VALUES ('creation', new.id);
END;
CREATE TRIGGER changes_creation_delete AFTER DELETE ON creations BEGIN
  DELETE FROM changes WHERE id = old.id AND subject = 'creation';
  INSERT INTO changes (subject, id) VALUES ('creation', old.id);
END;
