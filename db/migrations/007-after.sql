-- 007: what comes after an appointment: its outcome, the end of its episode, telephone tries, and how
-- late a clinician runs.
--
-- An attendance ends with an outcome that its clinician records; until then it stands on that
-- clinician's list (the view to_finish), and so does an appointment of a past day that nobody marked.
-- Who did not attend has an outcome as well: one more offer, or discharged.

ALTER TABLE appointment ADD COLUMN outcome TEXT;        -- words of model/after.h; NULL: none recorded yet
ALTER TABLE appointment ADD COLUMN outcome_code TEXT;   -- national: 1 discharged, 2 another given, 3 to be made later
ALTER TABLE appointment ADD COLUMN outcome_at INTEGER;
ALTER TABLE appointment ADD COLUMN outcome_by INTEGER REFERENCES user;
-- What was over before outcomes were kept has none and is on nobody's list.
UPDATE appointment SET outcome = 'earlier' WHERE state IN ('S', 'D');
CREATE INDEX appointment_to_finish ON appointment (clinician, day, starts)
	WHERE outcome IS NULL AND state IN ('S', 'T', 'B', 'A', 'I');

-- The lists themselves: each appointment is on that of its clinician and on no other.  Ask with a
-- clinician and a bound on the day; of rows that were not seen only those of past days are due.
CREATE VIEW to_finish (appt, clinician, day, starts, state) AS
	SELECT id, clinician, day, starts, state FROM appointment
	WHERE outcome IS NULL AND state IN ('S', 'T', 'B', 'A', 'I');

ALTER TABLE episode ADD COLUMN reason TEXT;             -- of its end: codes of model/after.h
ALTER TABLE episode ADD COLUMN review_by INTEGER;       -- day by which a clinician wants to see them again

-- Somebody was rung: about an appointment by telephone, or because a task said so.
CREATE TABLE try (
	id      INTEGER PRIMARY KEY,
	scope   TEXT    NOT NULL,
	appt    INTEGER REFERENCES appointment, -- one of these two
	task    INTEGER REFERENCES task,
	nth     INTEGER NOT NULL,
	at      INTEGER NOT NULL,
	user    INTEGER NOT NULL REFERENCES user,
	result  TEXT    NOT NULL,  -- words of model/after.h
	next_at INTEGER,           -- when to ring again; NULL: not again
	state   TEXT    NOT NULL   -- on | off: taken back
) STRICT;
CREATE INDEX try_appt ON try (appt) WHERE appt IS NOT NULL;
CREATE INDEX try_task ON try (task) WHERE task IS NOT NULL;

-- How late a clinician runs on a day, as somebody said; what the rows of the day tell later counts
-- more (clinic/running.c).
CREATE TABLE running (
	id        INTEGER PRIMARY KEY,
	clinician INTEGER NOT NULL REFERENCES clinician,
	day       INTEGER NOT NULL,
	mins      INTEGER NOT NULL,  -- 0: on time
	at        INTEGER,           -- NULL: what was said is taken back
	user      INTEGER NOT NULL REFERENCES user
) STRICT;
CREATE INDEX running_day ON running (day, clinician);

INSERT INTO table_list VALUES ('try', 'scoped', 'any', 1), ('running', 'operational', 'any', 0);
