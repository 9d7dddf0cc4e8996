-- 026: the history and the openings of records by the clock, for who answers for them.

CREATE INDEX history_at ON history (at);
CREATE INDEX viewed_at ON viewed (at);
