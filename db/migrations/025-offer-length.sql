-- 025: a time that is kept for somebody's reply is kept for as long as they need it.

-- Minutes from the start of the slot; NULL or 0: the slot alone.
ALTER TABLE wait_try ADD COLUMN mins INTEGER;
