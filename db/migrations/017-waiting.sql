-- 017: the waiting list: who would come at once, when and where they can.
--
-- A row is a wish for one attendance: the next one of its episode.  It is on the list while nothing
-- has met it: the episode is open, no appointment of it is to come (unless they want to come earlier
-- than that one), and none of it was kept or missed since.  So a booking that is taken back puts them
-- back into their place, and nobody falls off the list: they leave it by an appointment, by the end of
-- their episode, or because somebody took them off and said why.

CREATE TABLE wait (
	id        INTEGER PRIMARY KEY,
	scope     TEXT    NOT NULL,
	person    INTEGER NOT NULL REFERENCES person,
	episode   INTEGER NOT NULL REFERENCES episode,
	clinician INTEGER REFERENCES clinician, -- only with them; NULL: anybody
	sites     TEXT    NOT NULL,  -- codes of those that they can get to; '' any
	days      INTEGER NOT NULL,  -- bits 1 << weekday, Monday 0; 0 any
	after     INTEGER NOT NULL,  -- minutes of the day: starts at or after; 0 any
	before    INTEGER NOT NULL,  -- ends at or before; 0 any
	modes     INTEGER NOT NULL,  -- bits of model/service.h; 0 the service's usual
	notice    INTEGER NOT NULL,  -- hours of notice that they need
	from_day  INTEGER,           -- not before; NULL: at once
	earlier   INTEGER NOT NULL,  -- although booked: for something earlier than that
	since     INTEGER NOT NULL,
	user      INTEGER NOT NULL,  -- who put them on it
	state     TEXT    NOT NULL CHECK (state IN ('waiting', 'taken', 'removed', 'off')),
	ended_at  INTEGER,           -- taken: a freed time; removed: and why; off: taken back
	ended_by  INTEGER,
	why       TEXT,
	CHECK ((state = 'waiting') = (ended_at IS NULL)),
	CHECK (state <> 'removed' OR why IS NOT NULL)
) STRICT;
CREATE INDEX wait_episode ON wait (episode) WHERE state = 'waiting';
CREATE INDEX wait_person ON wait (person);

-- Somebody was rung about a freed time, or offered it in a text; until: as long as it is kept for
-- their reply, which holds the time against everybody but who offered it.
CREATE TABLE wait_try (
	id       INTEGER PRIMARY KEY,
	scope    TEXT    NOT NULL,
	wait     INTEGER NOT NULL REFERENCES wait,
	slot     INTEGER NOT NULL REFERENCES slot,
	at       INTEGER NOT NULL,
	user     INTEGER NOT NULL,
	how      TEXT    NOT NULL,  -- no_answer said_no text
	why      TEXT,
	until    INTEGER,
	answer   TEXT,              -- yes no; NULL: none yet
	state    TEXT    NOT NULL   -- on | off: taken back
) STRICT;
CREATE INDEX wait_try_wait ON wait_try (wait, id);
CREATE INDEX wait_try_slot ON wait_try (slot) WHERE state = 'on';
CREATE INDEX wait_try_held ON wait_try (until) WHERE until IS NOT NULL AND answer IS NULL AND state = 'on';

-- ---------------------------------------------------------------- who is on it

CREATE VIEW wait_list_due (wait, episode, service) AS
	SELECT w.id, w.episode, e.service FROM wait w JOIN episode e ON e.id = w.episode
	WHERE w.state = 'waiting' AND e.state = 'open'
	AND NOT EXISTS (SELECT 1 FROM booking b JOIN appointment a ON a.id = b.appt
		WHERE b.episode = w.episode AND ((a.state IN ('T', 'B') AND NOT w.earlier)
			OR (a.state IN ('A', 'I', 'S', 'D', 'N') AND min(a.starts,
				coalesce(a.arrived_at, a.room_at, a.seen_at, a.ended_at, a.starts)) > w.since)));

-- Kept by triggers, so that what arrives by synchronisation is on it too.
CREATE TABLE wait_list (
	wait    INTEGER PRIMARY KEY,
	episode INTEGER NOT NULL,
	service INTEGER NOT NULL
) STRICT;
CREATE INDEX wait_list_service ON wait_list (service);
CREATE INDEX wait_list_episode ON wait_list (episode);

CREATE TRIGGER wait_list_new AFTER INSERT ON wait WHEN new.state = 'waiting' BEGIN
	INSERT INTO wait_list SELECT * FROM wait_list_due WHERE wait = new.id;
END;
CREATE TRIGGER wait_list_set AFTER UPDATE OF state, episode, earlier, since ON wait BEGIN
	DELETE FROM wait_list WHERE wait = new.id;
	INSERT INTO wait_list SELECT * FROM wait_list_due WHERE wait = new.id;
END;
CREATE TRIGGER wait_list_gone AFTER DELETE ON wait BEGIN
	DELETE FROM wait_list WHERE wait = old.id;
END;
CREATE TRIGGER wait_list_episode_new AFTER INSERT ON episode BEGIN
	INSERT OR IGNORE INTO wait_list SELECT * FROM wait_list_due WHERE episode = new.id;
END;
CREATE TRIGGER wait_list_episode_set AFTER UPDATE OF state, service ON episode BEGIN
	DELETE FROM wait_list WHERE episode = new.id;
	INSERT INTO wait_list SELECT * FROM wait_list_due WHERE episode = new.id;
END;
CREATE TRIGGER wait_list_episode_gone AFTER DELETE ON episode BEGIN
	DELETE FROM wait_list WHERE episode = old.id;
END;
CREATE TRIGGER wait_list_booking_new AFTER INSERT ON booking BEGIN
	DELETE FROM wait_list WHERE episode = new.episode
		AND wait NOT IN (SELECT wait FROM wait_list_due WHERE episode = new.episode);
END;
CREATE TRIGGER wait_list_booking_set AFTER UPDATE OF episode ON booking BEGIN
	DELETE FROM wait_list WHERE episode IN (old.episode, new.episode);
	INSERT INTO wait_list SELECT * FROM wait_list_due
		WHERE episode IN (old.episode, new.episode);
END;
CREATE TRIGGER wait_list_booking_gone AFTER DELETE ON booking BEGIN
	INSERT OR IGNORE INTO wait_list SELECT * FROM wait_list_due WHERE episode = old.episode;
END;
-- An effect that is applied may bring the booking before its appointment.
CREATE TRIGGER wait_list_appointment_new AFTER INSERT ON appointment BEGIN
	DELETE FROM wait_list WHERE episode IN (SELECT episode FROM booking WHERE appt = new.id)
		AND wait NOT IN (SELECT wait FROM wait_list_due
			WHERE episode IN (SELECT episode FROM booking WHERE appt = new.id));
END;
CREATE TRIGGER wait_list_appointment_set AFTER UPDATE OF state, starts ON appointment BEGIN
	DELETE FROM wait_list WHERE episode IN (SELECT episode FROM booking WHERE appt = new.id)
		AND wait NOT IN (SELECT wait FROM wait_list_due
			WHERE episode IN (SELECT episode FROM booking WHERE appt = new.id));
	INSERT OR IGNORE INTO wait_list SELECT * FROM wait_list_due
		WHERE episode IN (SELECT episode FROM booking WHERE appt = new.id);
END;
CREATE TRIGGER wait_list_appointment_gone AFTER DELETE ON appointment BEGIN
	INSERT OR IGNORE INTO wait_list SELECT * FROM wait_list_due
		WHERE episode IN (SELECT episode FROM booking WHERE appt = old.id);
END;

-- ---------------------------------------------------------------- one list for each episode

-- Whoever waits is on that list, and not among those who are to be booked.
DROP VIEW to_book_due;
CREATE VIEW to_book_due (episode, service, target) AS
	SELECT e.id, e.service, e.target FROM episode e WHERE e.state = 'open'
	AND NOT EXISTS (SELECT 1 FROM wait_list l WHERE l.episode = e.id)
	AND NOT EXISTS (SELECT 1 FROM booking b JOIN appointment a ON a.id = b.appt
		WHERE b.episode = e.id AND (a.state IN ('T', 'B', 'A', 'I')
			OR (a.state IN ('S', 'D') AND a.outcome IS NULL)))
	AND NOT EXISTS (SELECT 1 FROM booking b JOIN task t ON t.appt = b.appt
		WHERE b.episode = e.id AND t.state = 'open'
		AND t.kind IN ('rebook', 'review', 'ring', 'alert'));
-- The two lists follow one event in either order: what the later one finds is what stands.
CREATE TRIGGER to_book_wait_new AFTER INSERT ON wait_list BEGIN
	DELETE FROM to_book WHERE episode = new.episode;
END;
CREATE TRIGGER to_book_wait_gone AFTER DELETE ON wait_list BEGIN
	INSERT OR IGNORE INTO to_book SELECT * FROM to_book_due WHERE episode = old.episode;
END;

INSERT INTO table_list VALUES
	('wait', 'scoped', 'any', 1), ('wait_try', 'scoped', 'any', 1), ('wait_list', 'derived', 'own', 1);
