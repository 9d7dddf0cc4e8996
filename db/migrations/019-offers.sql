-- 019: the times that were offered to somebody, and what became of each.
--
-- Written by the search itself, as the times are said down the line; a row never changes.  The one
-- that was booked names its appointment, which says what became of it later.
CREATE TABLE offer (
	id        INTEGER PRIMARY KEY,
	scope     TEXT    NOT NULL,
	episode   INTEGER NOT NULL REFERENCES episode,
	site      INTEGER NOT NULL REFERENCES site,
	clinician INTEGER NOT NULL REFERENCES clinician,
	starts    INTEGER NOT NULL,
	mode      TEXT    NOT NULL,
	at        INTEGER NOT NULL,  -- when it was said
	user      INTEGER NOT NULL,
	became    TEXT    NOT NULL,  -- words of model/offer.h
	appt      INTEGER
) STRICT;
CREATE INDEX offer_episode ON offer (episode, at);

INSERT INTO table_list VALUES ('offer', 'scoped', 'any', 1);
