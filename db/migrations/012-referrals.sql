-- 012: referrals: who asks for what, when, how far it is; flags; contracts and their clocks.
--
-- A referral bears its own state up to the nurse's decision and after every end.  Accepted, it opens
-- one episode, which has the referral's id and number; from there its appointments say how far it is
-- (model/referral.h), so that the two cannot disagree.
--
-- Clinical words stand in columns called `words`: they are for nurses, clinicians and counsellors
-- who see the service, and never in history, tasks or clashes.

-- What a customer is promised by a service, from a day on: working days, 0 none.  A row is never
-- changed: another one counts from a later day, and a referral keeps the figures of its own day.
CREATE TABLE contract (
	id       INTEGER PRIMARY KEY,
	service  INTEGER NOT NULL REFERENCES service,
	customer INTEGER REFERENCES customer, -- NULL: whoever has none of their own
	from_day INTEGER NOT NULL,
	triage   INTEGER NOT NULL,  -- from receipt to the decision
	offer    INTEGER NOT NULL,  -- ... to the first date that is offered
	seen     INTEGER NOT NULL,  -- ... to the first attendance
	report   INTEGER NOT NULL,  -- from the attendance to the report
	tries    INTEGER NOT NULL,  -- to reach them, before "could not reach"
	cap      INTEGER NOT NULL,  -- referrals in a quarter; 0 none
	rule     TEXT,              -- what is said of those beyond it
	state    TEXT    NOT NULL   -- on | off
) STRICT;
CREATE INDEX contract_service ON contract (service, customer, from_day);

-- Whom we deal with at a customer: who refers, who stands in, and what each may be told.
CREATE TABLE customer_contact (
	id         INTEGER PRIMARY KEY,
	scope      TEXT    NOT NULL,
	customer   INTEGER NOT NULL REFERENCES customer,
	name       TEXT    NOT NULL,
	role       TEXT    NOT NULL,  -- manager hr stand_in recruitment
	department TEXT,
	phone      TEXT,
	email      TEXT,
	told       TEXT    NOT NULL,  -- words: booked dna report outcome
	stands_for INTEGER REFERENCES customer_contact,
	state      TEXT    NOT NULL   -- on | off
) STRICT;
CREATE INDEX customer_contact_customer ON customer_contact (customer, name);

CREATE TABLE referral (
	id         INTEGER PRIMARY KEY, -- and of its episode
	scope      TEXT    NOT NULL,
	number     TEXT    NOT NULL,    -- MSK-26-N0311
	person     INTEGER NOT NULL REFERENCES person,
	service    INTEGER NOT NULL REFERENCES service, -- asked for; the episode has the one chosen
	customer   INTEGER REFERENCES customer,
	contract   INTEGER REFERENCES contract,
	site       INTEGER REFERENCES site,  -- whose list it is on; its nation's days count
	type       TEXT    NOT NULL,    -- MGT SELF WHA ... (model/referral.h)
	source     TEXT    NOT NULL,    -- self manager hr gp oh
	referrer   INTEGER,             -- one of the customer's contacts, who may be of another scope
	reasons    TEXT,                -- words
	urgency    INTEGER,             -- the priority asked for
	words      TEXT,
	received   INTEGER NOT NULL,
	agreed     INTEGER,             -- day on which the employee agreed to it; NULL: not yet
	gp         INTEGER NOT NULL,    -- may we write to their GP: 0 not asked, 1 yes, 2 no
	triage     INTEGER NOT NULL,    -- the contract's figures of that day
	offer      INTEGER NOT NULL,
	seen       INTEGER NOT NULL,
	report     INTEGER NOT NULL,
	over       INTEGER NOT NULL,    -- beyond the contract
	state      TEXT    NOT NULL,
	state_at   INTEGER NOT NULL,
	replied_at INTEGER,             -- what was asked for came; NULL again once it is decided
	pauses     INTEGER NOT NULL     -- how many rows of `pause` it has
) STRICT;
CREATE INDEX referral_person ON referral (person, service);
CREATE INDEX referral_number ON referral (number);
CREATE INDEX referral_state_of ON referral (state, received);
CREATE INDEX referral_customer ON referral (customer, service, received);
-- What a list is ordered and narrowed by, so that ten thousand rows are one walk.
CREATE INDEX referral_waiting ON referral (state, service, site, received, triage, replied_at,
	pauses, person, id) WHERE state IN ('new', 'awaiting_triage', 'transferred', 'incomplete');

-- The time of every change; its id is the command's.
CREATE TABLE referral_state (
	id       INTEGER PRIMARY KEY,
	scope    TEXT    NOT NULL,
	referral INTEGER NOT NULL REFERENCES referral,
	state    TEXT    NOT NULL,
	at       INTEGER NOT NULL,
	user     INTEGER NOT NULL
) STRICT;
CREATE INDEX referral_state_referral ON referral_state (referral, id);

-- Later additions; the original is not edited.
CREATE TABLE referral_comment (
	id       INTEGER PRIMARY KEY,
	scope    TEXT    NOT NULL,
	referral INTEGER NOT NULL REFERENCES referral,
	at       INTEGER NOT NULL,
	user     INTEGER NOT NULL,
	kind     TEXT    NOT NULL,  -- comment reply query papers return send decline withdrawal decision
	clinical INTEGER NOT NULL,  -- 0: reception may read it
	words    TEXT    NOT NULL,
	state    TEXT    NOT NULL   -- on | off: taken back
) STRICT;
CREATE INDEX referral_comment_referral ON referral_comment (referral, id);

-- The clock stands still after the day of `since` up to and with that of `until`.
CREATE TABLE pause (
	id       INTEGER PRIMARY KEY,
	scope    TEXT    NOT NULL,
	referral INTEGER NOT NULL REFERENCES referral,
	kind     TEXT    NOT NULL,  -- query returned papers
	asked    TEXT,              -- whom: manager employee gp ...
	since    INTEGER NOT NULL,
	until    INTEGER,           -- NULL: still
	state    TEXT    NOT NULL   -- on | off: taken back
) STRICT;
CREATE INDEX pause_referral ON pause (referral);

-- What was decided, and what the form had suggested.
CREATE TABLE decision (
	id                 INTEGER PRIMARY KEY,
	scope              TEXT    NOT NULL,
	referral           INTEGER NOT NULL REFERENCES referral,
	at                 INTEGER NOT NULL,
	user               INTEGER NOT NULL,
	priority           INTEGER NOT NULL,
	pathway            TEXT    NOT NULL,  -- model/referral.h
	service            INTEGER NOT NULL REFERENCES service,
	site               INTEGER REFERENCES site,
	clinician          INTEGER REFERENCES clinician,
	skill              TEXT,
	mode               TEXT,
	suggested_priority INTEGER,
	suggested_pathway  TEXT,
	state              TEXT    NOT NULL   -- on | off: taken back
) STRICT;
CREATE INDEX decision_referral ON decision (referral);

-- A paper that came with it.  The file lies beside the database by its hash and stays there.
CREATE TABLE attachment (
	id       INTEGER PRIMARY KEY,
	scope    TEXT    NOT NULL,
	referral INTEGER NOT NULL REFERENCES referral,
	at       INTEGER NOT NULL,
	user     INTEGER NOT NULL,
	name     TEXT    NOT NULL,
	type     TEXT    NOT NULL,
	bytes    INTEGER NOT NULL,
	hash     BLOB    NOT NULL,
	node     INTEGER NOT NULL,  -- where it is kept
	state    TEXT    NOT NULL   -- on | off: taken back
) STRICT;
CREATE INDEX attachment_referral ON attachment (referral);
CREATE INDEX attachment_hash ON attachment (hash);

-- Red flag, risk, safeguarding: of a person with a service, whatever the referral.
CREATE TABLE flag (
	id         INTEGER PRIMARY KEY,
	scope      TEXT    NOT NULL,
	person     INTEGER NOT NULL REFERENCES person,
	service    INTEGER NOT NULL REFERENCES service,
	referral   INTEGER REFERENCES referral,
	kind       TEXT    NOT NULL,  -- R K S
	does       TEXT,              -- words: stop_booking (R always) no_last_slot ring_on_dna hold_open
	words      TEXT,
	raised_at  INTEGER NOT NULL,
	raised_by  INTEGER NOT NULL,
	task       INTEGER REFERENCES task,
	spoke      INTEGER NOT NULL,  -- somebody spoke to them about it
	next_at    INTEGER,           -- when to ring again
	cleared_at INTEGER,
	cleared_by INTEGER,
	why        TEXT,              -- clinical, as `words`
	state      TEXT    NOT NULL,  -- open | cleared | off: raised in error
	CHECK ((state = 'cleared') = (cleared_at IS NOT NULL AND cleared_by IS NOT NULL AND why IS NOT NULL))
) STRICT;
CREATE INDEX flag_person ON flag (person, service);
CREATE INDEX flag_open ON flag (person, service, kind) WHERE state = 'open';

CREATE TABLE flag_call (
	id     INTEGER PRIMARY KEY,
	scope  TEXT    NOT NULL,
	flag   INTEGER NOT NULL REFERENCES flag,
	at     INTEGER NOT NULL,
	user   INTEGER NOT NULL,
	result TEXT    NOT NULL,  -- words of a call (model/after.h)
	ed     INTEGER NOT NULL,  -- sent to the emergency department
	next_at INTEGER,
	words  TEXT,
	state  TEXT    NOT NULL   -- on | off: taken back
) STRICT;
CREATE INDEX flag_call_flag ON flag_call (flag);

-- Trying to find a time with somebody who is to be booked.
CREATE TABLE reach (
	id      INTEGER PRIMARY KEY,
	scope   TEXT    NOT NULL,
	episode INTEGER NOT NULL REFERENCES episode,
	nth     INTEGER NOT NULL,
	at      INTEGER NOT NULL,
	user    INTEGER NOT NULL,
	how     TEXT    NOT NULL,  -- no_answer text letter
	next_at INTEGER,           -- NULL: no more of them
	state   TEXT    NOT NULL   -- on | off: taken back
) STRICT;
CREATE INDEX reach_episode ON reach (episode, id);

-- ---------------------------------------------------------------- who is to be booked

-- Every open episode is on one list: booked, it is in a diary; seen or missed, it is on its
-- clinician's list of what is to finish, or a task's; and what is on none of these is to be booked.
CREATE VIEW to_book_due (episode, service, target) AS
	SELECT e.id, e.service, e.target FROM episode e WHERE e.state = 'open'
	AND NOT EXISTS (SELECT 1 FROM booking b JOIN appointment a ON a.id = b.appt
		WHERE b.episode = e.id AND (a.state IN ('T', 'B', 'A', 'I')
			OR (a.state IN ('S', 'D') AND a.outcome IS NULL)))
	AND NOT EXISTS (SELECT 1 FROM booking b JOIN task t ON t.appt = b.appt
		WHERE b.episode = e.id AND t.state = 'open' AND t.kind IN ('rebook', 'review', 'ring'));

-- The list itself, kept by triggers so that what arrives by synchronisation is on it too.
CREATE TABLE to_book (
	episode INTEGER PRIMARY KEY,
	service INTEGER NOT NULL,
	target  INTEGER
) STRICT;
CREATE INDEX to_book_service ON to_book (service, target);

CREATE TRIGGER to_book_episode_new AFTER INSERT ON episode WHEN new.state = 'open' BEGIN
	INSERT INTO to_book SELECT * FROM to_book_due WHERE episode = new.id;
END;
CREATE TRIGGER to_book_episode_set AFTER UPDATE OF state, service, target ON episode BEGIN
	DELETE FROM to_book WHERE episode = new.id;
	INSERT INTO to_book SELECT * FROM to_book_due WHERE episode = new.id;
END;
CREATE TRIGGER to_book_episode_gone AFTER DELETE ON episode BEGIN
	DELETE FROM to_book WHERE episode = old.id;
END;
CREATE TRIGGER to_book_booking_new AFTER INSERT ON booking BEGIN
	DELETE FROM to_book WHERE episode = new.episode;
	INSERT INTO to_book SELECT * FROM to_book_due WHERE episode = new.episode;
END;
CREATE TRIGGER to_book_booking_set AFTER UPDATE OF episode ON booking BEGIN
	DELETE FROM to_book WHERE episode IN (old.episode, new.episode);
	INSERT INTO to_book SELECT * FROM to_book_due WHERE episode IN (old.episode, new.episode);
END;
CREATE TRIGGER to_book_booking_gone AFTER DELETE ON booking BEGIN
	DELETE FROM to_book WHERE episode = old.episode;
	INSERT INTO to_book SELECT * FROM to_book_due WHERE episode = old.episode;
END;
-- An effect that is applied may bring the booking before its appointment.
CREATE TRIGGER to_book_appointment_new AFTER INSERT ON appointment BEGIN
	DELETE FROM to_book WHERE episode IN (SELECT episode FROM booking WHERE appt = new.id);
	INSERT INTO to_book SELECT * FROM to_book_due
		WHERE episode IN (SELECT episode FROM booking WHERE appt = new.id);
END;
CREATE TRIGGER to_book_appointment_set AFTER UPDATE OF state, outcome ON appointment BEGIN
	DELETE FROM to_book WHERE episode IN (SELECT episode FROM booking WHERE appt = new.id);
	INSERT INTO to_book SELECT * FROM to_book_due
		WHERE episode IN (SELECT episode FROM booking WHERE appt = new.id);
END;
CREATE TRIGGER to_book_appointment_gone AFTER DELETE ON appointment BEGIN
	DELETE FROM to_book WHERE episode IN (SELECT episode FROM booking WHERE appt = old.id);
	INSERT INTO to_book SELECT * FROM to_book_due
		WHERE episode IN (SELECT episode FROM booking WHERE appt = old.id);
END;
CREATE TRIGGER to_book_task_new AFTER INSERT ON task WHEN new.appt IS NOT NULL BEGIN
	DELETE FROM to_book WHERE episode IN (SELECT episode FROM booking WHERE appt = new.appt);
	INSERT INTO to_book SELECT * FROM to_book_due
		WHERE episode IN (SELECT episode FROM booking WHERE appt = new.appt);
END;
CREATE TRIGGER to_book_task_set AFTER UPDATE OF state ON task WHEN new.appt IS NOT NULL BEGIN
	DELETE FROM to_book WHERE episode IN (SELECT episode FROM booking WHERE appt = new.appt);
	INSERT INTO to_book SELECT * FROM to_book_due
		WHERE episode IN (SELECT episode FROM booking WHERE appt = new.appt);
END;
CREATE TRIGGER to_book_task_gone AFTER DELETE ON task WHEN old.appt IS NOT NULL BEGIN
	DELETE FROM to_book WHERE episode IN (SELECT episode FROM booking WHERE appt = old.appt);
	INSERT INTO to_book SELECT * FROM to_book_due
		WHERE episode IN (SELECT episode FROM booking WHERE appt = old.appt);
END;
INSERT INTO to_book SELECT * FROM to_book_due;

INSERT INTO table_list VALUES
	('contract', 'operational', 'hub', 0), ('customer_contact', 'scoped', 'any', 1),
	('referral', 'scoped', 'any', 1), ('referral_state', 'scoped', 'any', 1),
	('referral_comment', 'scoped', 'any', 1), ('pause', 'scoped', 'any', 1),
	('decision', 'scoped', 'any', 1), ('attachment', 'scoped', 'any', 1),
	('flag', 'scoped', 'any', 1), ('flag_call', 'scoped', 'any', 1), ('reach', 'scoped', 'any', 1),
	('to_book', 'derived', 'own', 1);
