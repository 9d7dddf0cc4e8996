-- 006: staff from ESR, the NHS's Electronic Staff Record, as its generic outbound files say.
--
-- Each table named esr_* but the last two keeps what ESR said last of one kind of record, one row for
-- each of its numbers (`no`) and organisation (`vpd`), in the columns that occupational health needs
-- and no other: pay, grade, disability, ethnic origin and national insurance number have no column
-- here, and model/esr.h, which these columns repeat, no name for them.
--
-- What ESR said last is what tells a desk's entry from a file's: a field of `person`, `post` or
-- `contact` that is as ESR had it follows ESR; one that is not was typed here, stays, and is listed in
-- `esr_difference` for a person to settle.  `told_*` are the words last given to the post.
--
-- A person of ESR whose `person` is NULL looks like somebody known: a proposal, settled by `esr link`
-- or `esr new`.  Rows close by `state`: ESR deleted the record, or the file was taken back.
--
-- Who may see: people and posts as everywhere.  Absences are health data: nurses, clinicians and
-- counsellors alone (clinic/esr.h); no list, no search and no report of the desk reads them.

-- The organisation number in the names of an employer's files.
ALTER TABLE customer ADD COLUMN vpd INTEGER;

-- Files taken: each continues the one before it.
CREATE TABLE esr_file (
	id       INTEGER PRIMARY KEY,
	vpd      INTEGER NOT NULL,
	kind     TEXT    NOT NULL,  -- GOF full | GOC changes
	name     TEXT    NOT NULL,
	day      INTEGER NOT NULL,
	sequence INTEGER NOT NULL,
	from_run INTEGER,           -- its period: the run before it, and its own
	to_run   INTEGER NOT NULL,
	hash     TEXT    NOT NULL,  -- BLAKE2b-256 of its bytes, hexadecimal
	rows     INTEGER NOT NULL,
	refused  INTEGER NOT NULL,
	at       INTEGER NOT NULL,
	state    TEXT    NOT NULL   -- on | off: taken back
) STRICT;
CREATE INDEX esr_file_vpd ON esr_file (vpd, to_run);

CREATE TABLE esr_organisation (
	id          INTEGER PRIMARY KEY,
	scope       TEXT    NOT NULL,
	vpd         INTEGER NOT NULL,
	no          INTEGER NOT NULL,
	name        TEXT,
	kind        TEXT,
	cost_centre TEXT,
	parent_no   INTEGER,
	ods         TEXT,
	location_no INTEGER,
	updated     INTEGER,
	state       TEXT    NOT NULL
) STRICT;
CREATE INDEX esr_organisation_no ON esr_organisation (vpd, no);

CREATE TABLE esr_location (
	id       INTEGER PRIMARY KEY,
	scope    TEXT    NOT NULL,
	vpd      INTEGER NOT NULL,
	no       INTEGER NOT NULL,
	code     TEXT,
	name     TEXT,
	closed   INTEGER,           -- day
	line1    TEXT,
	line2    TEXT,
	line3    TEXT,
	town     TEXT,
	county   TEXT,
	postcode TEXT,
	phone    TEXT,
	site     TEXT,
	updated  INTEGER,
	state    TEXT    NOT NULL
) STRICT;
CREATE INDEX esr_location_no ON esr_location (vpd, no);

CREATE TABLE esr_position (
	id              INTEGER PRIMARY KEY,
	scope           TEXT    NOT NULL,
	vpd             INTEGER NOT NULL,
	no              INTEGER NOT NULL,
	from_day        INTEGER,
	to_day          INTEGER,
	name            TEXT,
	staff_group     TEXT,
	job_role        TEXT,
	occupation      TEXT,       -- code
	organisation_no INTEGER,
	workplace       TEXT,       -- code
	updated         INTEGER,
	state           TEXT    NOT NULL
) STRICT;
CREATE INDEX esr_position_no ON esr_position (vpd, no);

CREATE TABLE esr_person (
	id          INTEGER PRIMARY KEY,
	scope       TEXT    NOT NULL,
	vpd         INTEGER NOT NULL,
	no          INTEGER NOT NULL,
	employee_no TEXT,
	title       TEXT,
	surname     TEXT,
	given       TEXT,
	preferred   TEXT,
	former      TEXT,           -- surname before
	gender      TEXT,           -- in words
	born        INTEGER,
	hired       INTEGER,        -- day
	left_day    INTEGER,
	email       TEXT,
	updated     INTEGER,
	person      INTEGER REFERENCES person, -- NULL: proposed
	missing     INTEGER,        -- day of the full file that no longer had them
	state       TEXT    NOT NULL
) STRICT;
CREATE INDEX esr_person_no ON esr_person (vpd, no);
CREATE INDEX esr_person_person ON esr_person (person) WHERE person IS NOT NULL;
CREATE INDEX esr_person_proposed ON esr_person (id) WHERE person IS NULL AND state = 'on';
CREATE INDEX esr_person_missing ON esr_person (id) WHERE missing IS NOT NULL AND state = 'on';

-- A post of a person: where they work, as what, for whom.
CREATE TABLE esr_assignment (
	id              INTEGER PRIMARY KEY,
	scope           TEXT    NOT NULL,
	vpd             INTEGER NOT NULL,
	no              INTEGER NOT NULL,
	person_no       INTEGER NOT NULL,
	from_day        INTEGER,
	to_day          INTEGER,
	number          TEXT,       -- the employee number, with a suffix from the second on
	status          TEXT,
	location_no     INTEGER,
	manager_no      INTEGER,    -- person
	head_no         INTEGER,    -- person: the department's manager
	category        TEXT,       -- of employee
	main            INTEGER,    -- the first of several
	fte             TEXT,
	organisation_no INTEGER,
	position_no     INTEGER,
	job             TEXT,
	night           INTEGER,    -- a night worker
	updated         INTEGER,
	worked_to       INTEGER,    -- last working day
	ends            INTEGER,
	post            INTEGER REFERENCES post,
	over_day        INTEGER,    -- last day by all that is known; NULL: goes on
	told_no         TEXT,
	told_job        TEXT,
	told_department TEXT,
	told_manager    TEXT,
	state           TEXT    NOT NULL
) STRICT;
CREATE INDEX esr_assignment_no ON esr_assignment (vpd, no);
CREATE INDEX esr_assignment_person ON esr_assignment (vpd, person_no);
CREATE INDEX esr_assignment_manager ON esr_assignment (vpd, manager_no) WHERE manager_no IS NOT NULL;
CREATE INDEX esr_assignment_organisation ON esr_assignment (vpd, organisation_no);
CREATE INDEX esr_assignment_position ON esr_assignment (vpd, position_no);
CREATE INDEX esr_assignment_over ON esr_assignment (vpd, over_day) WHERE over_day IS NOT NULL;
CREATE INDEX esr_assignment_post ON esr_assignment (post) WHERE post IS NOT NULL;

CREATE TABLE esr_absence (
	id           INTEGER PRIMARY KEY,
	scope        TEXT    NOT NULL,
	vpd          INTEGER NOT NULL,
	no           INTEGER NOT NULL,
	person_no    INTEGER NOT NULL,
	kind         TEXT,
	reason       TEXT,
	status       TEXT,
	starts       INTEGER,       -- days
	ends         INTEGER,
	sick_from    INTEGER,
	sick_to      INTEGER,
	days         TEXT,
	work_related INTEGER,
	talked       INTEGER,       -- day of the return-to-work talk
	referred     INTEGER,       -- day of the referral to occupational health
	updated      INTEGER,
	surgery      INTEGER,
	sickness     TEXT,
	state        TEXT    NOT NULL
) STRICT;
CREATE INDEX esr_absence_no ON esr_absence (vpd, no);
CREATE INDEX esr_absence_person ON esr_absence (vpd, person_no);

-- What was typed here and ESR says otherwise.
CREATE TABLE esr_difference (
	id     INTEGER PRIMARY KEY,
	scope  TEXT    NOT NULL,
	file   INTEGER,             -- that said so (esr_file); NULL: found when the person was linked
	person INTEGER NOT NULL REFERENCES person,
	part   TEXT    NOT NULL,    -- person | post | contact
	row    INTEGER NOT NULL,    -- its id there; 0: there is none
	field  TEXT    NOT NULL,    -- as in rows of people: surname, mobile ...
	theirs TEXT    NOT NULL,    -- what ESR says; '' nothing
	state  TEXT    NOT NULL     -- open | taken: ESR's | kept: ours | off: the file was taken back
) STRICT;
CREATE INDEX esr_difference_person ON esr_difference (person);
CREATE INDEX esr_difference_open ON esr_difference (id) WHERE state = 'open';

INSERT INTO table_list VALUES ('esr_file', 'operational', 'hub', 0),
	('esr_organisation', 'scoped', 'hub', 0), ('esr_location', 'scoped', 'hub', 0),
	('esr_position', 'scoped', 'hub', 0), ('esr_person', 'scoped', 'hub', 1),
	('esr_assignment', 'scoped', 'hub', 1), ('esr_absence', 'scoped', 'hub', 1),
	('esr_difference', 'scoped', 'any', 1);
