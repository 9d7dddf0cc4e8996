-- 014: the door between a node and its hub.  A node is known by its public key (include/sync/keys.h);
-- who has which is a row, so that enrolling, excluding and replacing are commands like any other.

ALTER TABLE node ADD COLUMN key TEXT;  -- "TYPE BASE64" of the machine that is the node now; its print
                                       -- follows from it, so key_fp stays empty

-- Keys that open no door to work any more, of machines that were excluded or replaced.
CREATE TABLE old_key (
	id    INTEGER PRIMARY KEY,
	key   TEXT    NOT NULL,
	node  INTEGER NOT NULL, -- its number
	state TEXT    NOT NULL  -- hand_in: what it had not sent may be handed in | off: nothing
) STRICT;

-- Lives of nodes on machines that were excluded or replaced: what they send is not executed.
ALTER TABLE node_pos ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;

-- This database is such a one: replaced | excluded.  What it has not sent is handed in, cmd.state:
-- pending | done | handed.
ALTER TABLE me ADD COLUMN gone TEXT;

INSERT INTO table_list VALUES ('old_key', 'operational', 'hub', 0);
