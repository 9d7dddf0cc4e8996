-- 001: the ground.  Read this as the description of ohdesk's data.
--
-- Every table stands in `table_list` at the end with its class:
--   operational  synced to every node; nothing personal in it
--   scoped       synced to the nodes that may see the row's `scope` (org:CUSTOMER or care:NODE)
--   local        this database only, written by its own module, never synced
--   derived      made from other tables by triggers; can be made anew at any time
-- `store check` refuses a table that is not listed, and a synced one that breaks these rules:
--   STRICT, INTEGER PRIMARY KEY, no UNIQUE beside it, no generated columns, no cascades, no trigger
--   that writes a synced table.  Each of them is a way in which captured changes go wrong.
-- Foreign keys point inside a scope or to operational tables, never from operational to scoped.
-- Nothing is ever deleted: rows close by a state.  Synced tables change by acts only (clinic/act.h).
--
-- Types: ids and moments are INTEGER (see base/id.h; UTC seconds), days are INTEGER days since
-- 1970-01-01 on the wall of Europe/London, minutes are INTEGER, codes are TEXT.

-- This database: its number in the region, where its ids and commands have got to.
CREATE TABLE me (
	one       INTEGER PRIMARY KEY CHECK (one = 1),
	node      INTEGER NOT NULL,           -- 1 .. 2^21-1; the high bits of every id made here
	region    TEXT    NOT NULL,           -- UUID, shared by all nodes of a network
	role      TEXT    NOT NULL,           -- alone: its own hub; node: joined to one; hub
	schema    INTEGER NOT NULL,
	epoch     INTEGER NOT NULL DEFAULT 0, -- of the hub's log; 0 while alone
	seq       INTEGER NOT NULL DEFAULT 0,
	hash      BLOB,
	inc       INTEGER NOT NULL,           -- random number of this incarnation of the node
	next_n    INTEGER NOT NULL DEFAULT 1, -- commands are (node, inc, n)
	next_act  INTEGER NOT NULL DEFAULT 1, -- what one user did at once
	cmd_hash  BLOB    NOT NULL DEFAULT (zeroblob(32)), -- head of the chain over cmd
	view_hash BLOB    NOT NULL DEFAULT (zeroblob(32)), -- head of the chain over viewed
	last_id   INTEGER NOT NULL DEFAULT 0,
	stable    INTEGER NOT NULL DEFAULT 0,
	holds_ok  INTEGER NOT NULL DEFAULT 1,
	practice  INTEGER NOT NULL DEFAULT 0,
	clock_at  INTEGER NOT NULL DEFAULT 0, -- a practice database's clock showed this moment ...
	clock_set INTEGER NOT NULL DEFAULT 0  -- ... when the machine's clock showed this one
) STRICT;

-- The local journal: every command that ran here, as it ran.
CREATE TABLE cmd (
	k       INTEGER PRIMARY KEY,
	inc     INTEGER NOT NULL,
	n       INTEGER NOT NULL,
	act     INTEGER NOT NULL,  -- commands of one user act share it
	type    TEXT    NOT NULL,  -- name of the act in clinic/acts.c
	ver     INTEGER NOT NULL,
	scope   TEXT,
	actor   INTEGER NOT NULL,
	at      INTEGER NOT NULL,
	history INTEGER NOT NULL,  -- id of its row there
	reverses INTEGER,          -- the history row that it took back: run words itself by it
	args    BLOB    NOT NULL,  -- named fields, canonical (base/args.h)
	told    TEXT    NOT NULL,  -- what the screen said: confirmed, requested, saved
	effect  BLOB,              -- what it changed, while it can still be undone by sync
	state   TEXT    NOT NULL,  -- pending | done
	log_seq INTEGER,
	verdict TEXT    NOT NULL,
	hash    BLOB    NOT NULL   -- SHA-256 of the row before it and of this one
) STRICT;
CREATE INDEX cmd_act ON cmd (act);
CREATE INDEX cmd_actor ON cmd (actor, k);
CREATE INDEX cmd_history ON cmd (history);
CREATE INDEX cmd_pending ON cmd (k) WHERE state = 'pending';

-- Openings of records: who looked at whom.  A chain of its own, pushed in batches once joined.
CREATE TABLE viewed (
	k       INTEGER PRIMARY KEY,
	at      INTEGER NOT NULL,
	user    INTEGER NOT NULL,
	type    TEXT    NOT NULL,
	subject INTEGER NOT NULL,
	hash    BLOB    NOT NULL
) STRICT;
CREATE INDEX viewed_subject ON viewed (subject, at);

-- Wrong passwords, for the fifteen minutes' rest after five.
CREATE TABLE signin (
	user  INTEGER PRIMARY KEY,
	tries INTEGER NOT NULL,
	since INTEGER NOT NULL
) STRICT;

-- The next number that people read (MSK-26-N0311), by prefix and year.
CREATE TABLE counter (
	name TEXT PRIMARY KEY,
	next INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Files taken in, so that the same file twice adds nobody twice.
CREATE TABLE import (
	k        INTEGER PRIMARY KEY,
	kind     TEXT    NOT NULL,
	name     TEXT    NOT NULL,
	hash     BLOB    NOT NULL,
	at       INTEGER NOT NULL,
	user     INTEGER NOT NULL,
	added    INTEGER NOT NULL,
	changed  INTEGER NOT NULL,
	same     INTEGER NOT NULL,
	refused  INTEGER NOT NULL
) STRICT;

-- ---------------------------------------------------------------- the service

CREATE TABLE node (
	id     INTEGER PRIMARY KEY,
	number INTEGER NOT NULL,
	letter TEXT    NOT NULL,   -- in the numbers people read
	name   TEXT    NOT NULL,
	key_fp TEXT,
	state  TEXT    NOT NULL    -- on | off
) STRICT;

CREATE TABLE setting (
	id    INTEGER PRIMARY KEY,
	name  TEXT NOT NULL,
	value TEXT NOT NULL
) STRICT;

-- A clinic venue.  Its nation decides its bank holidays; its node houses its diaries.
CREATE TABLE site (
	id     INTEGER PRIMARY KEY,
	code   TEXT    NOT NULL,
	name   TEXT    NOT NULL,
	nation TEXT    NOT NULL,   -- E W S NI
	node   INTEGER NOT NULL,
	phone  TEXT,
	state  TEXT    NOT NULL    -- on | off
) STRICT;

CREATE TABLE room (
	id       INTEGER PRIMARY KEY,
	site     INTEGER NOT NULL REFERENCES site,
	code     TEXT    NOT NULL,
	name     TEXT    NOT NULL,
	features TEXT    NOT NULL, -- words: step_free quiet couch hearing_loop ...
	state    TEXT    NOT NULL
) STRICT;
CREATE INDEX room_site ON room (site);

-- Employers: the trusts the service is for, and external customers.
CREATE TABLE customer (
	id    INTEGER PRIMARY KEY,
	code  TEXT NOT NULL,
	name  TEXT NOT NULL,
	short TEXT NOT NULL,       -- fits a column of eleven
	ods   TEXT,                -- Organisation Data Service code, 1 to 9 alphanumerics
	kind  TEXT NOT NULL,       -- nhs | external
	state TEXT NOT NULL
) STRICT;

CREATE TABLE service (
	id       INTEGER PRIMARY KEY,
	code     TEXT    NOT NULL, -- PHYSIO; matched without case
	name     TEXT    NOT NULL, -- Rapid access physio
	short    TEXT    NOT NULL, -- Physio
	prefix   TEXT    NOT NULL, -- MSK, in its episodes' numbers
	private  INTEGER NOT NULL, -- shown as Private outside the service
	rapid    INTEGER NOT NULL, -- has rapid-access slots and a seen-by date
	new_mins INTEGER NOT NULL, -- length of a first attendance
	fu_mins  INTEGER NOT NULL, -- of a follow-up
	modes    TEXT    NOT NULL, -- words of face phone video; the first is usual
	cap      INTEGER NOT NULL, -- attendances an episode may have; 0 no cap
	target   INTEGER NOT NULL, -- working days from receipt to be seen; 0 none
	state    TEXT    NOT NULL
) STRICT;

CREATE TABLE clinician (
	id         INTEGER PRIMARY KEY,
	code       TEXT    NOT NULL, -- typed on the command line: marsh
	surname    TEXT    NOT NULL,
	given      TEXT    NOT NULL,
	title      TEXT,
	discipline TEXT    NOT NULL, -- physio physician nurse counsellor technician
	reg_body   TEXT,             -- HCPC GMC NMC BACP ...
	reg_no     TEXT,
	reg_until  INTEGER,          -- last day the registration is good for
	skills     TEXT    NOT NULL, -- words: hands spine ...
	node       INTEGER NOT NULL, -- home: alone publishes, blocks, grants leave, changes templates
	over_cap   INTEGER NOT NULL, -- overbooked appointments allowed in a day
	state      TEXT    NOT NULL
) STRICT;

CREATE TABLE clinician_site (
	id        INTEGER PRIMARY KEY,
	clinician INTEGER NOT NULL REFERENCES clinician,
	site      INTEGER NOT NULL REFERENCES site,
	state     TEXT    NOT NULL
) STRICT;
CREATE INDEX clinician_site_by ON clinician_site (clinician);

CREATE TABLE user (
	id        INTEGER PRIMARY KEY,
	name      TEXT    NOT NULL,  -- p.shah
	role      TEXT    NOT NULL,  -- reception nurse clinician counsellor manager administrator
	person    TEXT    NOT NULL,  -- SHAH, Priti (Ms)
	site      INTEGER REFERENCES site,      -- the desk; NULL: all
	clinician INTEGER REFERENCES clinician, -- whose diary is theirs
	password  TEXT,              -- Argon2id; NULL cannot sign in
	pin       TEXT,              -- Argon2id; unlocks an open session only
	state     TEXT    NOT NULL   -- on | off
) STRICT;
CREATE INDEX user_name ON user (name);

-- lead, duty, counselling_desk, overbook: for a service, a site, or (NULL) all of them.
CREATE TABLE user_right (
	id      INTEGER PRIMARY KEY,
	user    INTEGER NOT NULL REFERENCES user,
	name    TEXT    NOT NULL,
	service INTEGER REFERENCES service,
	site    INTEGER REFERENCES site,
	state   TEXT    NOT NULL
) STRICT;
CREATE INDEX user_right_user ON user_right (user);

-- A year of a nation given here replaces the holidays by rule (model/calendar.h) wholly.
CREATE TABLE holiday (
	id     INTEGER PRIMARY KEY,
	nation TEXT    NOT NULL,
	day    INTEGER NOT NULL,
	name   TEXT    NOT NULL,
	state  TEXT    NOT NULL
) STRICT;

-- ---------------------------------------------------------------- diaries

-- A clinician's weekly pattern: one weekday at one site, from a day on.
CREATE TABLE template (
	id        INTEGER PRIMARY KEY,
	clinician INTEGER NOT NULL REFERENCES clinician,
	site      INTEGER NOT NULL REFERENCES site,
	room      INTEGER REFERENCES room,
	service   INTEGER NOT NULL REFERENCES service,
	weekday   INTEGER NOT NULL, -- 0 Monday
	pattern   TEXT    NOT NULL, -- 08:30 FU 20, FU 20, CATCHUP 20, NEW 40, RAP 40/24 (model/pattern.h)
	from_day  INTEGER NOT NULL,
	to_day    INTEGER,          -- last day; NULL: until further notice
	state     TEXT    NOT NULL  -- on | off
) STRICT;
CREATE INDEX template_clinician ON template (clinician, weekday);

CREATE TABLE leave (
	id        INTEGER PRIMARY KEY,
	clinician INTEGER NOT NULL REFERENCES clinician,
	from_day  INTEGER NOT NULL,
	to_day    INTEGER NOT NULL,
	why       TEXT    NOT NULL,
	state     TEXT    NOT NULL  -- on | off
) STRICT;
CREATE INDEX leave_clinician ON leave (clinician, from_day);

-- A published session: one clinician, one room, one stretch of one day.
CREATE TABLE block (
	id        INTEGER PRIMARY KEY,
	clinician INTEGER NOT NULL REFERENCES clinician,
	site      INTEGER NOT NULL REFERENCES site,
	room      INTEGER REFERENCES room,
	service   INTEGER NOT NULL REFERENCES service,
	template  INTEGER REFERENCES template,
	day       INTEGER NOT NULL,
	starts    INTEGER NOT NULL,
	ends      INTEGER NOT NULL,
	state     TEXT    NOT NULL  -- open | withdrawn: its unowned slots are; owned ones stay until moved
) STRICT;
CREATE INDEX block_clinician ON block (clinician, day);
CREATE INDEX block_room ON block (room, day);
CREATE INDEX block_template ON block (template, day);

-- A slot has one writer at a time, its holder (a node's number), and at most one owner: `appt` names
-- the appointment that owns it, so one slot cannot hold two.  Free time is the slots nobody owns.
-- clinician, site and service repeat the block's, so that the earliest free slot is one index walk.
CREATE TABLE slot (
	id         INTEGER PRIMARY KEY,
	block      INTEGER NOT NULL REFERENCES block,
	clinician  INTEGER NOT NULL REFERENCES clinician,
	site       INTEGER NOT NULL REFERENCES site,
	service    INTEGER NOT NULL REFERENCES service,
	kind       TEXT    NOT NULL, -- NEW FU RAP bookable; CATCHUP LUNCH ADMIN BLOCK not
	day        INTEGER NOT NULL, -- the wall date of `starts`
	starts     INTEGER NOT NULL,
	mins       INTEGER NOT NULL,
	release_at INTEGER,          -- RAP: from this moment open to all; compared when asked
	holder     INTEGER NOT NULL,
	epoch      INTEGER NOT NULL DEFAULT 0,
	appt       INTEGER REFERENCES appointment,
	state      TEXT    NOT NULL, -- open | withdrawn | blocked | leave
	note       TEXT
) STRICT;
CREATE INDEX slot_day ON slot (clinician, day, starts);
CREATE INDEX slot_block ON slot (block, starts);
-- Only what can be booked is in these, so the search never walks the booked past or future.
CREATE INDEX slot_free ON slot (service, starts)
	WHERE appt IS NULL AND state = 'open' AND kind IN ('NEW', 'FU', 'RAP');
CREATE INDEX slot_free_site ON slot (service, site, starts)
	WHERE appt IS NULL AND state = 'open' AND kind IN ('NEW', 'FU', 'RAP');
CREATE INDEX slot_free_clinician ON slot (service, clinician, starts)
	WHERE appt IS NULL AND state = 'open' AND kind IN ('NEW', 'FU', 'RAP');
CREATE INDEX slot_appt ON slot (appt) WHERE appt IS NOT NULL;

-- No personal data: who it is for stands in `booking`.  clinician, site and starts are its own
-- columns, because an overbooked one owns no slot.
CREATE TABLE appointment (
	id           INTEGER PRIMARY KEY,
	clinician    INTEGER NOT NULL REFERENCES clinician,
	site         INTEGER NOT NULL REFERENCES site,
	room         INTEGER REFERENCES room,
	service      INTEGER NOT NULL REFERENCES service,
	day          INTEGER NOT NULL,
	starts       INTEGER NOT NULL,
	mins         INTEGER NOT NULL,
	mode         TEXT    NOT NULL, -- face phone video
	kind         TEXT    NOT NULL, -- NEW FU
	state        TEXT    NOT NULL, -- the letters of model/appt.h
	code         TEXT,             -- national attendance code
	over_by      INTEGER REFERENCES user, -- who allowed it without a slot
	over_why     TEXT,
	moves        INTEGER NOT NULL DEFAULT 0,
	asked_at     INTEGER NOT NULL,
	arrived_at   INTEGER,
	room_at      INTEGER,
	seen_at      INTEGER,
	ended_at     INTEGER,          -- cancelled, did not attend, too late
	cancelled_by TEXT              -- person service error
) STRICT;
CREATE INDEX appointment_site ON appointment (site, day, starts);
CREATE INDEX appointment_clinician ON appointment (clinician, day, starts);

-- What a change met that its check would have refused: for a person to settle.
CREATE TABLE overlap (
	id        INTEGER PRIMARY KEY,
	type      TEXT    NOT NULL, -- clinician room person slot
	a         INTEGER NOT NULL,
	b         INTEGER NOT NULL,
	at        INTEGER NOT NULL,
	state     TEXT    NOT NULL, -- open | closed
	closed_by INTEGER,
	note      TEXT
) STRICT;

-- ---------------------------------------------------------------- people

CREATE TABLE person (
	id        INTEGER PRIMARY KEY,
	scope     TEXT    NOT NULL,
	surname   TEXT    NOT NULL,
	given     TEXT    NOT NULL,
	title     TEXT,
	preferred TEXT,
	born      INTEGER,
	gender    TEXT,             -- in words, as the person says
	nhs       TEXT,             -- ten digits
	status    TEXT    NOT NULL, -- active | leaver | deceased; withdrawn: registered in error
	alias_of  INTEGER REFERENCES person
) STRICT;

-- Each with where it came from and when: an import never overwrites what a desk typed later.
CREATE TABLE contact (
	id      INTEGER PRIMARY KEY,
	scope   TEXT    NOT NULL,
	person  INTEGER NOT NULL REFERENCES person,
	kind    TEXT    NOT NULL,   -- mobile home work email address
	value   TEXT    NOT NULL,
	text_ok INTEGER NOT NULL DEFAULT 0,
	note    TEXT,
	source  TEXT    NOT NULL,   -- desk csv esr
	at      INTEGER NOT NULL,
	state   TEXT    NOT NULL    -- on | off
) STRICT;
CREATE INDEX contact_person ON contact (person);

-- A job with an employer.  A person is visible in the scopes of all their posts.
CREATE TABLE post (
	id          INTEGER PRIMARY KEY,
	scope       TEXT    NOT NULL,
	person      INTEGER NOT NULL REFERENCES person,
	customer    INTEGER NOT NULL REFERENCES customer,
	employee_no TEXT,
	job         TEXT,
	department  TEXT,
	manager     TEXT,
	from_day    INTEGER,
	to_day      INTEGER,
	source      TEXT    NOT NULL,
	state       TEXT    NOT NULL -- on | off
) STRICT;
CREATE INDEX post_person ON post (person);

-- One course of care with one service.  Referrals will open them; a booking without one does.
CREATE TABLE episode (
	id        INTEGER PRIMARY KEY,
	scope     TEXT    NOT NULL,
	number    TEXT    NOT NULL,  -- MSK-26-N0311
	person    INTEGER NOT NULL REFERENCES person,
	service   INTEGER NOT NULL REFERENCES service,
	customer  INTEGER REFERENCES customer,
	priority  INTEGER NOT NULL,  -- 0 now 1 urgent 2 soon 3 routine
	received  INTEGER NOT NULL,  -- day
	target    INTEGER,           -- day to be seen by
	state     TEXT    NOT NULL,  -- open | closed | error
	opened_at INTEGER NOT NULL,
	closed_at INTEGER,
	why       TEXT
) STRICT;
CREATE INDEX episode_person ON episode (person, service);
CREATE INDEX episode_number ON episode (number);

CREATE TABLE booking (
	appt     INTEGER PRIMARY KEY REFERENCES appointment,
	scope    TEXT    NOT NULL,
	person   INTEGER NOT NULL REFERENCES person,
	episode  INTEGER NOT NULL REFERENCES episode,
	customer INTEGER REFERENCES customer
) STRICT;
CREATE INDEX booking_person ON booking (person);
CREATE INDEX booking_episode ON booking (episode);

-- Who did what to which row, one row for each command, kept for ever.
CREATE TABLE history (
	id       INTEGER PRIMARY KEY, -- the command's
	scope    TEXT,
	at       INTEGER NOT NULL,
	actor    INTEGER NOT NULL,
	act      INTEGER NOT NULL,
	name     TEXT    NOT NULL,    -- of the act
	type     TEXT    NOT NULL,    -- of the subject: appointment person template ...
	subject  INTEGER NOT NULL,
	what     TEXT    NOT NULL,    -- in words
	why      TEXT,
	reverses INTEGER              -- the history row that this one took back
) STRICT;
CREATE INDEX history_subject ON history (subject, id);
CREATE INDEX history_reverses ON history (reverses) WHERE reverses IS NOT NULL;

-- ---------------------------------------------------------------- finding people

-- One box finds by any of these keys (store/people.c).  Kept by triggers, so that what arrives by
-- synchronisation is found as well.  kind: n folded surname, US, folded given name; s sound of the
-- surname; b date of birth; h NHS number; e employee number folded; p phone digits reversed.
-- fold(), sound() and mirror() are the program's own functions (store/store.c).
CREATE TABLE find_key (
	kind   TEXT    NOT NULL,
	key    TEXT    NOT NULL,
	person INTEGER NOT NULL,
	PRIMARY KEY (kind, key, person)
) STRICT, WITHOUT ROWID;

-- The keys of every person, for the triggers and for `store check`, which compares.
CREATE VIEW find_key_due (kind, key, person) AS
	SELECT 'n', fold(surname) || char(31) || fold(given), id FROM person
		WHERE status <> 'withdrawn'
	UNION ALL SELECT 'n', fold(surname) || char(31) || fold(preferred), id FROM person
		WHERE preferred IS NOT NULL AND fold(preferred) <> fold(given)
		AND status <> 'withdrawn'
	UNION ALL SELECT 's', sound(surname), id FROM person
		WHERE sound(surname) <> '' AND status <> 'withdrawn'
	UNION ALL SELECT 'b', CAST(born AS TEXT), id FROM person
		WHERE born IS NOT NULL AND status <> 'withdrawn'
	UNION ALL SELECT 'h', nhs, id FROM person WHERE nhs IS NOT NULL AND status <> 'withdrawn'
	UNION ALL SELECT DISTINCT 'e', fold(employee_no), person FROM post WHERE employee_no IS NOT NULL
	UNION ALL SELECT DISTINCT 'p', mirror(value), person FROM contact
		WHERE kind IN ('mobile', 'home', 'work') AND state = 'on';

-- Row by row instead of through the view: files bring in 160,000 at once.
CREATE TRIGGER person_find_new AFTER INSERT ON person WHEN new.status <> 'withdrawn' BEGIN
	INSERT INTO find_key
		VALUES ('n', fold(new.surname) || char(31) || fold(new.given), new.id);
	INSERT INTO find_key SELECT 'n', fold(new.surname) || char(31) || fold(new.preferred), new.id
		WHERE new.preferred IS NOT NULL AND fold(new.preferred) <> fold(new.given);
	INSERT INTO find_key SELECT 's', sound(new.surname), new.id WHERE sound(new.surname) <> '';
	INSERT INTO find_key SELECT 'b', CAST(new.born AS TEXT), new.id WHERE new.born IS NOT NULL;
	INSERT INTO find_key SELECT 'h', new.nhs, new.id WHERE new.nhs IS NOT NULL;
END;
-- The old keys are named exactly, because they are the only way into the index.
CREATE TRIGGER person_find_set AFTER UPDATE OF surname, given, preferred, born, nhs, status ON person
BEGIN
	DELETE FROM find_key WHERE kind = 'n' AND person = old.id
		AND key IN (fold(old.surname) || char(31) || fold(old.given),
			    fold(old.surname) || char(31) || fold(old.preferred));
	DELETE FROM find_key WHERE kind = 's' AND key = sound(old.surname) AND person = old.id;
	DELETE FROM find_key WHERE kind = 'b' AND key = CAST(old.born AS TEXT) AND person = old.id;
	DELETE FROM find_key WHERE kind = 'h' AND key = old.nhs AND person = old.id;
	INSERT INTO find_key SELECT kind, key, person FROM find_key_due
		WHERE person = new.id AND kind IN ('n', 's', 'b', 'h');
END;
CREATE TRIGGER person_find_gone AFTER DELETE ON person BEGIN
	DELETE FROM find_key WHERE kind = 'n' AND person = old.id
		AND key IN (fold(old.surname) || char(31) || fold(old.given),
			    fold(old.surname) || char(31) || fold(old.preferred));
	DELETE FROM find_key WHERE kind = 's' AND key = sound(old.surname) AND person = old.id;
	DELETE FROM find_key WHERE kind = 'b' AND key = CAST(old.born AS TEXT) AND person = old.id;
	DELETE FROM find_key WHERE kind = 'h' AND key = old.nhs AND person = old.id;
END;
CREATE TRIGGER post_find_new AFTER INSERT ON post WHEN new.employee_no IS NOT NULL BEGIN
	INSERT OR IGNORE INTO find_key VALUES ('e', fold(new.employee_no), new.person);
END;
CREATE TRIGGER post_find_set AFTER UPDATE OF employee_no, person ON post BEGIN
	DELETE FROM find_key WHERE kind = 'e' AND key = fold(old.employee_no) AND person = old.person;
	INSERT OR IGNORE INTO find_key SELECT 'e', fold(employee_no), person FROM post
		WHERE person IN (old.person, new.person) AND employee_no IS NOT NULL;
END;
CREATE TRIGGER post_find_gone AFTER DELETE ON post WHEN old.employee_no IS NOT NULL BEGIN
	DELETE FROM find_key WHERE kind = 'e' AND key = fold(old.employee_no) AND person = old.person;
	INSERT OR IGNORE INTO find_key SELECT 'e', fold(employee_no), person FROM post
		WHERE person = old.person AND employee_no IS NOT NULL;
END;
CREATE TRIGGER contact_find_new AFTER INSERT ON contact
	WHEN new.kind IN ('mobile', 'home', 'work') AND new.state = 'on' BEGIN
	INSERT OR IGNORE INTO find_key VALUES ('p', mirror(new.value), new.person);
END;
CREATE TRIGGER contact_find_set AFTER UPDATE OF kind, value, state, person ON contact BEGIN
	DELETE FROM find_key WHERE kind = 'p' AND key = mirror(old.value) AND person = old.person;
	INSERT OR IGNORE INTO find_key SELECT 'p', mirror(value), person FROM contact
		WHERE person IN (old.person, new.person)
		AND kind IN ('mobile', 'home', 'work') AND state = 'on';
END;
CREATE TRIGGER contact_find_gone AFTER DELETE ON contact BEGIN
	DELETE FROM find_key WHERE kind = 'p' AND key = mirror(old.value) AND person = old.person;
	INSERT OR IGNORE INTO find_key SELECT 'p', mirror(value), person FROM contact
		WHERE person = old.person AND kind IN ('mobile', 'home', 'work') AND state = 'on';
END;

-- ---------------------------------------------------------------- the list of tables

CREATE TABLE table_list (
	name      TEXT PRIMARY KEY,
	class     TEXT    NOT NULL, -- operational scoped local derived
	home      TEXT    NOT NULL, -- who may write: hub (or a node alone), holder, clinician (home node), any, own
	sensitive INTEGER NOT NULL  -- its rows are about people, or secret
) STRICT, WITHOUT ROWID;
INSERT INTO table_list VALUES
	('me', 'local', 'own', 0), ('cmd', 'local', 'own', 1), ('viewed', 'local', 'own', 1),
	('signin', 'local', 'own', 0), ('counter', 'local', 'own', 0), ('import', 'local', 'own', 0),
	('table_list', 'local', 'own', 0),
	('node', 'operational', 'hub', 0), ('setting', 'operational', 'hub', 0),
	('site', 'operational', 'hub', 0), ('room', 'operational', 'hub', 0),
	('customer', 'operational', 'hub', 0), ('service', 'operational', 'hub', 0),
	('clinician', 'operational', 'hub', 0), ('clinician_site', 'operational', 'hub', 0),
	('user', 'operational', 'hub', 1), ('user_right', 'operational', 'hub', 0),
	('holiday', 'operational', 'hub', 0),
	('template', 'operational', 'clinician', 0), ('leave', 'operational', 'clinician', 0),
	('block', 'operational', 'clinician', 0), ('slot', 'operational', 'holder', 0),
	('appointment', 'operational', 'any', 0), ('overlap', 'operational', 'any', 0),
	('person', 'scoped', 'any', 1), ('contact', 'scoped', 'any', 1), ('post', 'scoped', 'any', 1),
	('episode', 'scoped', 'any', 1), ('booking', 'scoped', 'any', 1), ('history', 'scoped', 'any', 1),
	('find_key', 'derived', 'own', 1);
