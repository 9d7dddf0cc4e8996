-- 003: what a desk knows of a person beyond a name and numbers.

-- Access needs are the words of model/need.h, in its order; an interpreter is a language in words.
-- Both stand on the person, because every list of bookings shows them.
ALTER TABLE person ADD COLUMN needs TEXT;
ALTER TABLE person ADD COLUMN interpreter TEXT;
-- Records found to be somebody else's twice, for the day when that one is merged too.
CREATE INDEX person_alias ON person (alias_of) WHERE alias_of IS NOT NULL;

-- `text_ok` of a mobile is "may be sent texts", of an e-mail address "may be written to by e-mail".
ALTER TABLE contact ADD COLUMN voicemail INTEGER; -- of a telephone: 1 a message may be left, 0 not; NULL not asked

-- What else belongs to reaching somebody, one row for each field: say best_time prefer address
-- postcode gp gp_practice gp_address gp_code emergency_name emergency_relation emergency_phone.
-- Each with where it came from and when, as in `contact`: no file overwrites what a desk typed later.
CREATE TABLE detail (
	id     INTEGER PRIMARY KEY,
	scope  TEXT    NOT NULL,
	person INTEGER NOT NULL REFERENCES person,
	field  TEXT    NOT NULL,
	value  TEXT    NOT NULL,
	source TEXT    NOT NULL,   -- desk csv esr
	at     INTEGER NOT NULL,
	state  TEXT    NOT NULL    -- on | off
) STRICT;
CREATE INDEX detail_person ON detail (person);

-- Names that somebody had before: found by them, called by the one in `person`.
CREATE TABLE former_name (
	id      INTEGER PRIMARY KEY,
	scope   TEXT    NOT NULL,
	person  INTEGER NOT NULL REFERENCES person,
	surname TEXT    NOT NULL,
	given   TEXT,              -- NULL: the given name was the same
	state   TEXT    NOT NULL   -- on | off
) STRICT;
CREATE INDEX former_name_person ON former_name (person);

-- Two who look like one and are not: somebody has asked.  a < b.
CREATE TABLE person_apart (
	id    INTEGER PRIMARY KEY,
	scope TEXT    NOT NULL,
	a     INTEGER NOT NULL REFERENCES person,
	b     INTEGER NOT NULL REFERENCES person,
	state TEXT    NOT NULL     -- on | off
) STRICT;
CREATE INDEX person_apart_pair ON person_apart (a, b);

-- ---------------------------------------------------------------- finding by a former name

DROP VIEW find_key_due;
CREATE VIEW find_key_due (kind, key, person) AS
	SELECT 'n', fold(surname) || char(31) || fold(given), id FROM person
		WHERE status <> 'withdrawn'
	UNION ALL SELECT 'n', fold(surname) || char(31) || fold(preferred), id FROM person
		WHERE preferred IS NOT NULL AND status <> 'withdrawn'
	UNION ALL SELECT 'n', fold(f.surname) || char(31) || fold(coalesce(f.given, p.given)), p.id
		FROM former_name f JOIN person p ON p.id = f.person
		WHERE f.state = 'on' AND p.status <> 'withdrawn'
	UNION ALL SELECT 's', sound(surname), id FROM person
		WHERE sound(surname) <> '' AND status <> 'withdrawn'
	UNION ALL SELECT 's', sound(f.surname), p.id FROM former_name f JOIN person p ON p.id = f.person
		WHERE f.state = 'on' AND sound(f.surname) <> '' AND p.status <> 'withdrawn'
	UNION ALL SELECT 'b', CAST(born AS TEXT), id FROM person
		WHERE born IS NOT NULL AND status <> 'withdrawn'
	UNION ALL SELECT 'h', nhs, id FROM person WHERE nhs IS NOT NULL AND status <> 'withdrawn'
	UNION ALL SELECT 'e', fold(employee_no), person FROM post WHERE employee_no IS NOT NULL
	UNION ALL SELECT 'p', mirror(value), person FROM contact
		WHERE kind IN ('mobile', 'home', 'work') AND state = 'on';

-- The names of one person, present and former, by two indexes: what the triggers put back.
CREATE VIEW find_name_due (kind, key, person) AS
	SELECT 'n', fold(p.surname) || char(31) || fold(p.given), p.id FROM person p
		WHERE p.status <> 'withdrawn'
	UNION ALL SELECT 'n', fold(p.surname) || char(31) || fold(p.preferred), p.id FROM person p
		WHERE p.preferred IS NOT NULL AND p.status <> 'withdrawn'
	UNION ALL SELECT 's', sound(p.surname), p.id FROM person p
		WHERE sound(p.surname) <> '' AND p.status <> 'withdrawn'
	UNION ALL SELECT 'n', fold(f.surname) || char(31) || fold(coalesce(f.given, p.given)), f.person
		FROM former_name f JOIN person p ON p.id = f.person
		WHERE f.state = 'on' AND p.status <> 'withdrawn'
	UNION ALL SELECT 's', sound(f.surname), f.person
		FROM former_name f JOIN person p ON p.id = f.person
		WHERE f.state = 'on' AND sound(f.surname) <> '' AND p.status <> 'withdrawn';

-- As before, but that former names with no given name of their own go with the present one.
DROP TRIGGER person_find_set;
CREATE TRIGGER person_find_set AFTER UPDATE OF surname, given, preferred, born, nhs, status ON person
BEGIN
	DELETE FROM find_key WHERE kind = 'n' AND person = old.id
		AND key IN (fold(old.surname) || char(31) || fold(old.given),
			    fold(old.surname) || char(31) || fold(old.preferred));
	DELETE FROM find_key WHERE kind = 'n' AND person = old.id
		AND key IN (SELECT fold(surname) || char(31) || fold(coalesce(given, old.given))
			    FROM former_name WHERE person = old.id);
	DELETE FROM find_key WHERE kind = 's' AND key = sound(old.surname) AND person = old.id;
	DELETE FROM find_key WHERE kind = 's' AND person = old.id
		AND key IN (SELECT sound(surname) FROM former_name WHERE person = old.id);
	DELETE FROM find_key WHERE kind = 'b' AND key = CAST(old.born AS TEXT) AND person = old.id;
	DELETE FROM find_key WHERE kind = 'h' AND key = old.nhs AND person = old.id;
	INSERT OR IGNORE INTO find_key SELECT kind, key, person FROM find_name_due
		WHERE person = new.id;
	INSERT INTO find_key SELECT 'b', CAST(new.born AS TEXT), new.id
		WHERE new.born IS NOT NULL AND new.status <> 'withdrawn';
	INSERT INTO find_key SELECT 'h', new.nhs, new.id
		WHERE new.nhs IS NOT NULL AND new.status <> 'withdrawn';
END;
CREATE TRIGGER former_name_find_new AFTER INSERT ON former_name WHEN new.state = 'on' BEGIN
	INSERT OR IGNORE INTO find_key SELECT kind, key, person FROM find_name_due
		WHERE person = new.person;
END;
CREATE TRIGGER former_name_find_set AFTER UPDATE OF surname, given, state, person ON former_name BEGIN
	DELETE FROM find_key WHERE kind = 'n' AND person = old.person AND key =
		fold(old.surname) || char(31) ||
		fold(coalesce(old.given, (SELECT given FROM person WHERE id = old.person)));
	DELETE FROM find_key WHERE kind = 's' AND person = old.person AND key = sound(old.surname);
	INSERT OR IGNORE INTO find_key SELECT kind, key, person FROM find_name_due
		WHERE person = old.person;
	INSERT OR IGNORE INTO find_key SELECT kind, key, person FROM find_name_due
		WHERE person = new.person AND new.person <> old.person;
END;
CREATE TRIGGER former_name_find_gone AFTER DELETE ON former_name BEGIN
	DELETE FROM find_key WHERE kind = 'n' AND person = old.person AND key =
		fold(old.surname) || char(31) ||
		fold(coalesce(old.given, (SELECT given FROM person WHERE id = old.person)));
	DELETE FROM find_key WHERE kind = 's' AND person = old.person AND key = sound(old.surname);
	INSERT OR IGNORE INTO find_key SELECT kind, key, person FROM find_name_due
		WHERE person = old.person;
END;

INSERT INTO table_list VALUES ('detail', 'scoped', 'any', 1), ('former_name', 'scoped', 'any', 1),
	('person_apart', 'scoped', 'any', 1);
