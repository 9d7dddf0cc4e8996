-- 004: what belongs to the desks of this database and to no other node: who is signed in, which
-- times they hold for a few minutes, and what they left half-made.
--
-- None of it is synced and none of it is history, so its rows come and go.  Each is written by its
-- own module of clinic (session.c, hold.c, park.c), not by acts.

-- A user at a terminal.  The row of a process that is gone (killed, the machine started anew) is
-- worth nothing: whoever meets it sweeps it.
CREATE TABLE session (
	id       INTEGER PRIMARY KEY,
	user     INTEGER NOT NULL,
	pid      INTEGER NOT NULL,
	born     INTEGER NOT NULL,  -- when and in which start of the machine: a pid is given out again
	terminal TEXT    NOT NULL,
	since    INTEGER NOT NULL
) STRICT;

-- A slot that nobody else may book until then, or until the session ends.
CREATE TABLE desk_hold (
	slot    INTEGER PRIMARY KEY,
	first   INTEGER NOT NULL,   -- the first slot of the place that it is part of
	user    INTEGER NOT NULL,
	session INTEGER NOT NULL REFERENCES session,
	until   INTEGER NOT NULL
) STRICT;
CREATE INDEX desk_hold_session ON desk_hold (session);

-- Work that was begun and not saved, and where its user was in it.  Seen by its user alone.
CREATE TABLE parked (
	id        INTEGER PRIMARY KEY,
	user      INTEGER NOT NULL,
	state     TEXT    NOT NULL,  -- draft: open at a desk; parked; thrown: away, kept 8 hours
	session   INTEGER,           -- draft: the session it is open in
	screen    TEXT    NOT NULL,
	what      TEXT    NOT NULL,  -- Person details
	person    INTEGER,           -- whom it is about, or
	who       TEXT,              -- somebody who is not registered yet
	place     TEXT    NOT NULL,  -- where its user was: mobile, half typed
	note      TEXT,              -- one line more
	private   INTEGER NOT NULL,  -- of a private service: not to be handed to who may not see it
	body      BLOB    NOT NULL,  -- named texts, canonical (base/args.h)
	lost      INTEGER NOT NULL,  -- not parked by a key: its session ended
	from_user INTEGER,           -- who handed it over,
	said      TEXT,              -- ... and their word
	at        INTEGER NOT NULL   -- when it was left
) STRICT;
CREATE INDEX parked_user ON parked (user, state, at);
CREATE INDEX parked_session ON parked (session) WHERE session IS NOT NULL;

-- Counts the commits that another desk's screen may have to show: all but drafts.
ALTER TABLE me ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;

INSERT INTO table_list VALUES
	('session', 'local', 'own', 0), ('desk_hold', 'local', 'own', 0), ('parked', 'local', 'own', 1);
