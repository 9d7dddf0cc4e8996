-- 005: messages to people, and what is printed.
--
-- A message is queued by the command that made it necessary, and leaves by one node: `ohdesk outbox
-- send`.  Its id is the id of the event: whatever happens, no two messages are sent for one event.
-- Who it is for, by which way and in which words is settled when it is queued; the number or address
-- is read, and consent asked again, when it is sent, so that a corrected number is used and a
-- withdrawn consent obeyed.  A message that is out of date by something new about the same
-- appointment is withdrawn by the command that brings the new one.

CREATE TABLE message (
	id         INTEGER PRIMARY KEY, -- of the event
	scope      TEXT    NOT NULL,    -- the person's
	event      TEXT    NOT NULL,    -- confirmation change cancellation ... (model/message.h)
	channel    TEXT    NOT NULL,    -- text email letter; call: somebody rings, see task
	person     INTEGER NOT NULL REFERENCES person,
	appt       INTEGER REFERENCES appointment,
	starts     INTEGER,             -- when and where the person is told to come; NULL: not to
	site       INTEGER REFERENCES site,
	title      TEXT,                -- of an e-mail or letter
	words      TEXT    NOT NULL,    -- as the person reads them; no private service is named
	not_before INTEGER NOT NULL,
	not_after  INTEGER NOT NULL,    -- later it would be of no use
	node       INTEGER NOT NULL,    -- the one that sends it
	state      TEXT    NOT NULL,    -- queued held sent dead unsure withdrawn phoned closed received
	at         INTEGER NOT NULL,    -- queued or received
	ended_at   INTEGER,
	why        TEXT,                -- in words, of its state
	task       INTEGER REFERENCES task -- somebody rings instead, or reads a reply
) STRICT;
CREATE INDEX message_appt ON message (appt) WHERE appt IS NOT NULL;
CREATE INDEX message_person ON message (person);
-- What waits and what is dead are short however much was sent.
CREATE INDEX message_queued ON message (not_before) WHERE state = 'queued';
CREATE INDEX message_dead ON message (ended_at) WHERE state IN ('dead', 'unsure');

-- Tries of the node that sends.  A row is committed before its command is run, so a try without an
-- end whose process is gone may have sent or not: that is never tried again by itself.
CREATE TABLE outbox_try (
	message INTEGER NOT NULL,
	n       INTEGER NOT NULL, -- 1 for the first
	began   INTEGER NOT NULL,
	pid     INTEGER NOT NULL,
	born    INTEGER NOT NULL, -- when that process began, by the machine's own count
	ended   INTEGER,
	result  TEXT,             -- sent later refused unsure
	why     TEXT,
	next_at INTEGER,          -- not before this is it tried again
	PRIMARY KEY (message, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_try_open ON outbox_try (message) WHERE ended IS NULL;

-- What goes to a printer of this machine.  The text goes when it has been printed.
CREATE TABLE print_job (
	k     INTEGER PRIMARY KEY,
	at    INTEGER NOT NULL,
	user  INTEGER NOT NULL,
	paper TEXT    NOT NULL, -- slip | list: which printer
	title TEXT    NOT NULL, -- no name in it: printers show it
	body  TEXT    NOT NULL,
	state TEXT    NOT NULL, -- waiting printed failed closed
	why   TEXT
) STRICT;
CREATE INDEX print_job_open ON print_job (at) WHERE state IN ('waiting', 'failed');

INSERT INTO table_list VALUES
	('message', 'scoped', 'any', 1),
	('outbox_try', 'local', 'own', 0), ('print_job', 'local', 'own', 1);
