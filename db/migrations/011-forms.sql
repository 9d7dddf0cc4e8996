-- 011: forms in use, and what was answered on them.
--
-- A form is a file at a site (forms/*.ini); its words must be readable wherever its answers are, and for
-- as long.  So a form is kept whole, once for each version, before the first answer on it is: answers name
-- it by form, version and hash.  A file that says something else under a version that was in use is
-- refused (clinic/forms.h), and while it is, the newest row of the form serves.

CREATE TABLE form_version (
	id      INTEGER PRIMARY KEY,
	form    TEXT    NOT NULL,  -- phq9
	version INTEGER NOT NULL,
	hash    TEXT    NOT NULL,  -- SHA-256 of text, in hexadecimal
	title   TEXT    NOT NULL,
	text    TEXT    NOT NULL,  -- the file
	used_at INTEGER NOT NULL,  -- first opened to be filled in
	used_by INTEGER NOT NULL
) STRICT;
-- Two nodes may begin to use a version at once: the same words twice do no harm, two wordings are told
-- apart by their hash.
CREATE INDEX form_version_form ON form_version (form, version);

-- One form filled in, about somebody.  It is never edited: what comes later is a comment or another one.
CREATE TABLE answer (
	id        INTEGER PRIMARY KEY,
	scope     TEXT    NOT NULL,
	person    INTEGER NOT NULL REFERENCES person,
	form      TEXT    NOT NULL, -- with version and hash, the form_version that has its words
	version   INTEGER NOT NULL,
	hash      TEXT    NOT NULL,
	about     TEXT    NOT NULL, -- person referral episode appointment
	subject   INTEGER NOT NULL,
	service   INTEGER REFERENCES service, -- only for who may see this service; NULL: everybody
	clinical  INTEGER NOT NULL, -- only for roles that may read clinical text
	given     TEXT    NOT NULL, -- {"where":"b","since":"2026-02-26"}: by name, in the form's order
	acted     INTEGER NOT NULL, -- rules that acted, as bits in the form's order
	filled_at INTEGER NOT NULL,
	filled_by INTEGER NOT NULL,
	state     TEXT    NOT NULL CHECK (state IN ('on', 'withdrawn'))
) STRICT;
CREATE INDEX answer_person ON answer (person);
CREATE INDEX answer_subject ON answer (subject);

-- What it came to: made from the answers when they were saved, never typed.
CREATE TABLE answer_score (
	id     INTEGER PRIMARY KEY,
	scope  TEXT    NOT NULL,
	answer INTEGER NOT NULL REFERENCES answer,
	name   TEXT    NOT NULL,
	value  INTEGER NOT NULL,
	band   TEXT
) STRICT;
CREATE INDEX answer_score_answer ON answer_score (answer);

INSERT INTO table_list VALUES ('form_version', 'operational', 'any', 0), ('answer', 'scoped', 'any', 1),
	('answer_score', 'scoped', 'any', 1);
