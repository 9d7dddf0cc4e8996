-- 020: who is deciding which referral at this moment, at the desks of this database.
--
-- A row comes and goes with the screen of the decision; that of a process which is gone is worth
-- nothing, and goes with its session.  Two who decide one all the same, or on two nodes, are told
-- apart by the referral's state: the first stands.
CREATE TABLE deciding (
	referral INTEGER PRIMARY KEY,
	session  INTEGER NOT NULL REFERENCES session,
	since    INTEGER NOT NULL
) STRICT;
CREATE INDEX deciding_session ON deciding (session);

INSERT INTO table_list VALUES ('deciding', 'local', 'own', 0);
