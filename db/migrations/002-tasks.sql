-- 002: tasks: what somebody still has to do, and what one says to another; the end of a day.
--
-- Opened by people, by rules and by the program; a command that opens one carries it in its
-- arguments.  A task is for one user, or for whoever is of a role, a role.discipline or has a right,
-- at one site or at any.  It leaves the list by an outcome only: `done` has one, always.  `withdrawn`
-- is what becomes of it when the act that opened it is taken back.

CREATE TABLE task (
	id        INTEGER PRIMARY KEY,
	scope     TEXT    NOT NULL,  -- the person's; care:NODE of one that is about nobody
	kind      TEXT    NOT NULL,  -- words of model/task.h
	text      TEXT    NOT NULL,  -- fit for everybody it is for
	due       INTEGER NOT NULL,
	person    INTEGER REFERENCES person,
	appt      INTEGER REFERENCES appointment,
	service   INTEGER REFERENCES service, -- only for who may see this service; NULL: everybody
	for_user  INTEGER REFERENCES user,
	for_role  TEXT,              -- reception, clinician.physio, lead ...; NULL with for_user
	site      INTEGER REFERENCES site,    -- NULL: any
	opened_at INTEGER NOT NULL,
	opened_by INTEGER NOT NULL,  -- the user who acted, also when the program opened it
	note      TEXT,              -- what was last said of it: why it was put off or handed over
	state     TEXT    NOT NULL CHECK (state IN ('open', 'done', 'withdrawn')),
	outcome   TEXT,              -- a code of its kind (model/task.h)
	words     TEXT,              -- ... and what was said of it
	done_at   INTEGER,
	done_by   INTEGER,
	CHECK ((for_user IS NULL) <> (for_role IS NULL)),
	-- Nothing ends without an outcome, and whatever has one has ended.
	CHECK ((state = 'done') = (outcome IS NOT NULL AND done_at IS NOT NULL AND done_by IS NOT NULL))
) STRICT;
-- A list and a count are a stretch of one of these, however many are done.
CREATE INDEX task_user ON task (for_user, due) WHERE state = 'open' AND for_user IS NOT NULL;
CREATE INDEX task_role ON task (for_role, due) WHERE state = 'open' AND for_user IS NULL;
CREATE INDEX task_opener ON task (opened_by, due) WHERE state = 'open';
CREATE INDEX task_done ON task (done_at) WHERE state = 'done';
CREATE INDEX task_person ON task (person) WHERE person IS NOT NULL;
CREATE INDEX task_appt ON task (appt) WHERE appt IS NOT NULL;

-- A site's day, closed: who, when, and what was left for the next shift.
CREATE TABLE day_close (
	id    INTEGER PRIMARY KEY,
	site  INTEGER NOT NULL REFERENCES site,
	day   INTEGER NOT NULL,
	at    INTEGER NOT NULL,
	user  INTEGER NOT NULL,
	items INTEGER NOT NULL,   -- how many things stood in the way
	what  TEXT,               -- which, in numbers: 2 rows without an outcome, 1 task
	why   TEXT,               -- why it was closed with them; NULL with none
	state TEXT    NOT NULL,   -- on | off: taken back
	CHECK (items = 0 OR why IS NOT NULL)
) STRICT;
CREATE INDEX day_close_day ON day_close (site, day);

-- The last backups that succeeded, for the line at sign-in.
CREATE TABLE backup (
	k      INTEGER PRIMARY KEY,
	at     INTEGER NOT NULL,
	folder TEXT    NOT NULL,
	user   INTEGER NOT NULL
) STRICT;

-- What is not over yet, so that a day that was never finished is found without walking the past.
CREATE INDEX appointment_unfinished ON appointment (site, day) WHERE state IN ('T', 'B', 'A', 'I');
CREATE INDEX appointment_tentative ON appointment (site, day) WHERE state = 'T';
CREATE INDEX overlap_open ON overlap (at) WHERE state = 'open';

INSERT INTO table_list VALUES ('task', 'scoped', 'any', 1), ('day_close', 'operational', 'any', 0),
	('backup', 'local', 'own', 0);
