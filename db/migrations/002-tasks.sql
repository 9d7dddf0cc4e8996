-- 002: tasks: what somebody still has to do, and what one says to another.
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
	state     TEXT    NOT NULL,  -- open | done | withdrawn
	outcome   TEXT,
	done_at   INTEGER,
	done_by   INTEGER
) STRICT;
-- A list and a count are a stretch of one of these, however many are done.
CREATE INDEX task_user ON task (for_user, due) WHERE state = 'open' AND for_user IS NOT NULL;
CREATE INDEX task_role ON task (for_role, due) WHERE state = 'open' AND for_user IS NULL;
CREATE INDEX task_person ON task (person) WHERE person IS NOT NULL;
CREATE INDEX task_appt ON task (appt) WHERE appt IS NOT NULL;

INSERT INTO table_list VALUES ('task', 'scoped', 'any', 1);
