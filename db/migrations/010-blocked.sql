-- 010: what a diary's home closed of it, slot by slot.  The slot itself is written by its holder, who
-- may be another node: it follows what stands here (requests.h), as it follows leave.

CREATE TABLE blocked (
	slot  INTEGER PRIMARY KEY REFERENCES slot,
	day   INTEGER NOT NULL,   -- the slot's
	cause INTEGER NOT NULL,   -- what the history speaks of: the first slot of the stretch
	note  TEXT,               -- why
	state TEXT    NOT NULL    -- on | over
) STRICT;
CREATE INDEX blocked_day ON blocked (day);

-- Withdrawn sessions that go on after all are followed too.
CREATE INDEX slot_withdrawn ON slot (holder, day) WHERE state = 'withdrawn';

INSERT INTO table_list VALUES ('blocked', 'operational', 'any', 0);
