-- 016: a course of sessions: how many, what counts as one, the room it needs, more of them agreed to.

-- As all figures of a contract these are never changed: an episode is counted by the version that was
-- in force on the day it was received.
ALTER TABLE contract ADD COLUMN sessions INTEGER;  -- attendances an episode may have; NULL: the service's cap
ALTER TABLE contract ADD COLUMN notice INTEGER NOT NULL DEFAULT 24;      -- hours before it that a cancellation is in time
ALTER TABLE contract ADD COLUMN late_counts INTEGER NOT NULL DEFAULT 0;  -- cancelled by them after that: used
ALTER TABLE contract ADD COLUMN missed_counts INTEGER NOT NULL DEFAULT 0; -- did not attend, too late: used
ALTER TABLE contract ADD COLUMN review INTEGER NOT NULL DEFAULT 0;       -- the session that looks back; 0 none

-- Words that a room must have (room.features) to see somebody of this service in it.
ALTER TABLE service ADD COLUMN room TEXT NOT NULL DEFAULT '';

-- By telephone or video: where they are rung when the line breaks, and that they can speak alone there.
ALTER TABLE booking ADD COLUMN call_back TEXT;
ALTER TABLE booking ADD COLUMN alone INTEGER NOT NULL DEFAULT 0;

-- Who is in a room that is not their session's.
CREATE INDEX appointment_room ON appointment (room, day)
	WHERE room IS NOT NULL AND state IN ('T', 'B', 'A', 'I');

-- More sessions than the cap: asked for by whoever sees them, agreed to by the lead.
CREATE TABLE extension (
	id       INTEGER PRIMARY KEY,
	scope    TEXT    NOT NULL,
	episode  INTEGER NOT NULL REFERENCES episode,
	more     INTEGER NOT NULL,  -- sessions
	words    TEXT    NOT NULL,  -- why they are asked for; clinical
	asked_at INTEGER NOT NULL,
	asked_by INTEGER NOT NULL,
	task     INTEGER REFERENCES task,
	answer   TEXT,              -- what the lead said; clinical
	at       INTEGER,
	user     INTEGER,
	state    TEXT    NOT NULL   -- asked | agreed | declined | off: taken back
) STRICT;
CREATE INDEX extension_episode ON extension (episode);

INSERT INTO table_list VALUES ('extension', 'scoped', 'any', 1);
