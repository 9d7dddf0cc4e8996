-- 015: holds between nodes that can be looked through.

-- When a slot last went from one holder to another; NULL: it never did.  Looking for slots that are
-- away from their diary's home walks these alone, from a day on.
ALTER TABLE slot ADD COLUMN given_at INTEGER;
CREATE INDEX slot_given ON slot (day) WHERE given_at IS NOT NULL;

-- What waits for a person about one appointment, for the deed that settles it by the way.
CREATE INDEX overlap_about ON overlap (a) WHERE state = 'open';

-- Who is to be rung back: on top of somebody's list until it is settled.
CREATE INDEX task_ringback ON task (due) WHERE state = 'open' AND kind = 'ringback';
