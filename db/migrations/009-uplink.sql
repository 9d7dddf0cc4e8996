-- 009: how the line to the hub is, for the screens of this database: one row, written by whoever
-- talks to the hub (include/store/uplink.h).
CREATE TABLE uplink (
	one     INTEGER PRIMARY KEY CHECK (one = 1),
	reached INTEGER,                    -- when the hub was last in reach
	due     INTEGER,                    -- when that is to be said again; past this it is not
	down    INTEGER,                    -- since when it is out of reach; NULL: it is not
	why     TEXT,                       -- in words
	person  INTEGER NOT NULL DEFAULT 0, -- trying again will not help: somebody is needed
	ahead   INTEGER NOT NULL DEFAULT 0, -- seconds that the hub's clock is ahead of this one
	poked   INTEGER NOT NULL DEFAULT 0  -- how often somebody asked to try at once
) STRICT;
INSERT INTO table_list VALUES ('uplink', 'local', 'own', 0);
