-- 008: nodes in step.  What a node keeps to give its commands to the hub and take the log in, what
-- the hub keeps to number everybody's commands, and what waits for a person when two of them met.
--
-- A node's synced tables are always: what the log says up to me.seq, and its own pending commands on
-- top.  Commands go up (cmd), effects come down (log_part): include/store/replica.h, src/sync/frame.h.

ALTER TABLE me ADD COLUMN via TEXT;                        -- the command that reaches the hub
ALTER TABLE me ADD COLUMN head INTEGER NOT NULL DEFAULT 0; -- how far the hub's log went when last heard
ALTER TABLE me ADD COLUMN synced_at INTEGER;               -- when this node last was at that head
ALTER TABLE me ADD COLUMN stopped TEXT;                    -- why it takes no more of the log; NULL: it does

CREATE INDEX cmd_n ON cmd (inc, n);

-- Own commands that came to something else than the screen had said, and own requests that wait for
-- an answer: one row for each user act.
CREATE TABLE attention (
	act     INTEGER PRIMARY KEY, -- cmd.act
	log_seq INTEGER NOT NULL,
	told    TEXT    NOT NULL,    -- as in cmd
	verdict TEXT    NOT NULL,
	appt    INTEGER,             -- the appointment that it is about, if any
	actor   INTEGER NOT NULL,
	at      INTEGER NOT NULL,
	text    TEXT    NOT NULL,    -- what was done, from its history row
	state   TEXT    NOT NULL,    -- waiting: requested, not answered | open: to be told | seen
	seen_at INTEGER
) STRICT;
CREATE INDEX attention_state ON attention (state) WHERE state <> 'seen';

-- The last entries that were applied, for a hub that lost its end of the log.
CREATE TABLE tail (
	seq   INTEGER PRIMARY KEY,
	epoch INTEGER NOT NULL,
	entry BLOB    NOT NULL, -- header and parts, as on the wire
	hash  BLOB    NOT NULL
) STRICT;

-- ---------------------------------------------------------------- at the hub

-- Everybody's commands in the one order that counts.  hash = SHA-256 of prev, the other columns and
-- each part's body_hash, so a node can verify the chain without seeing every part.
CREATE TABLE log (
	seq       INTEGER PRIMARY KEY,
	epoch     INTEGER NOT NULL,
	schema    INTEGER NOT NULL,
	logged_at INTEGER NOT NULL,
	node      INTEGER NOT NULL, -- whose command it was: (node, inc, n) names it for ever
	inc       INTEGER NOT NULL,
	n         INTEGER NOT NULL,
	type      TEXT    NOT NULL,
	ver       INTEGER NOT NULL,
	cmd_hash  BLOB    NOT NULL,
	verdict   TEXT    NOT NULL,
	prev      BLOB    NOT NULL,
	hash      BLOB    NOT NULL
) STRICT;
CREATE UNIQUE INDEX log_cmd ON log (node, inc, n);

-- What it changed: part 0 in operational tables, part 1 in scoped ones.
CREATE TABLE log_part (
	seq       INTEGER NOT NULL,
	part      INTEGER NOT NULL,
	scope     TEXT,             -- of part 1; NULL: every node's
	body      BLOB,             -- a changeset; NULL once compacted away
	body_hash BLOB    NOT NULL,
	PRIMARY KEY (seq, part)
) STRICT, WITHOUT ROWID;

-- How far each incarnation of each node has come.
CREATE TABLE node_pos (
	k         INTEGER PRIMARY KEY,
	node      INTEGER NOT NULL,
	inc       INTEGER NOT NULL,
	last_n    INTEGER NOT NULL,
	last_hash BLOB    NOT NULL, -- of that command, in the node's own chain
	pulled    INTEGER NOT NULL DEFAULT 0,
	program   TEXT,
	at        INTEGER           -- when it was last heard; the newest k of a node is the one that lives
) STRICT;
CREATE INDEX node_pos_node ON node_pos (node, inc);

CREATE TABLE hub (
	one         INTEGER PRIMARY KEY CHECK (one = 1),
	epoch       INTEGER NOT NULL,
	epoch_start INTEGER NOT NULL, -- the last seq of the epoch before
	state       TEXT    NOT NULL, -- open | recovering
	stable      INTEGER NOT NULL DEFAULT 0
) STRICT;

-- ---------------------------------------------------------------- asked of another node

-- What one node asks of the holder of some slots, one row for each appointment: to decide a booking
-- (open), or to free what an ended appointment still owns (free).  First come, first served: by
-- `seq`, the log's order, not by whose clock says what.
CREATE TABLE request (
	appt     INTEGER PRIMARY KEY REFERENCES appointment,
	slot     INTEGER NOT NULL REFERENCES slot, -- the first of them
	node     INTEGER NOT NULL,                 -- who asks
	actor    INTEGER NOT NULL,
	held     INTEGER NOT NULL,                 -- told as confirmed, under a hold that was taken away since
	replaces INTEGER REFERENCES appointment,   -- a move: ends once this one is confirmed ...
	by       TEXT,                             -- ... as cancelled by: person service
	seq      INTEGER NOT NULL,                 -- of the log; 0 until it is there
	state    TEXT    NOT NULL                  -- open free | confirmed declined displaced void
) STRICT;
CREATE INDEX request_slot ON request (slot) WHERE state IN ('open', 'free');

-- A holder follows what the home node of a diary did to slots that it gave away.
CREATE INDEX leave_to ON leave (to_day);
CREATE INDEX block_withdrawn ON block (day) WHERE state = 'withdrawn';

-- What waits for a person, with both sides of it.  Losing values are personal, so these rows go where
-- the row that they are about may be seen; without a scope they say nothing personal.
ALTER TABLE overlap ADD COLUMN scope TEXT;
ALTER TABLE overlap ADD COLUMN node INTEGER;   -- whose command lost
ALTER TABLE overlap ADD COLUMN author INTEGER; -- and which user's
ALTER TABLE overlap ADD COLUMN tab TEXT;       -- edits: the table and column ...
ALTER TABLE overlap ADD COLUMN col TEXT;
ALTER TABLE overlap ADD COLUMN base TEXT;      -- ... what it was, what it is, what was to be
ALTER TABLE overlap ADD COLUMN theirs TEXT;
ALTER TABLE overlap ADD COLUMN mine TEXT;
ALTER TABLE overlap ADD COLUMN kept BLOB;      -- arguments of a command that could not be done
ALTER TABLE overlap ADD COLUMN closed_at INTEGER;
ALTER TABLE overlap ADD COLUMN how TEXT;       -- it was settled
UPDATE table_list SET class = 'scoped', sensitive = 1 WHERE name = 'overlap';

INSERT INTO table_list VALUES
	('attention', 'local', 'own', 1), ('tail', 'local', 'own', 1),
	('log', 'local', 'own', 0), ('log_part', 'local', 'own', 1), ('node_pos', 'local', 'own', 0),
	('hub', 'local', 'own', 0), ('request', 'operational', 'any', 0);
