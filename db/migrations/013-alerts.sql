-- 013: whoever did not come and is rung about by an alert is on that list, and not to be booked yet.

DROP VIEW to_book_due;
CREATE VIEW to_book_due (episode, service, target) AS
	SELECT e.id, e.service, e.target FROM episode e WHERE e.state = 'open'
	AND NOT EXISTS (SELECT 1 FROM booking b JOIN appointment a ON a.id = b.appt
		WHERE b.episode = e.id AND (a.state IN ('T', 'B', 'A', 'I')
			OR (a.state IN ('S', 'D') AND a.outcome IS NULL)))
	AND NOT EXISTS (SELECT 1 FROM booking b JOIN task t ON t.appt = b.appt
		WHERE b.episode = e.id AND t.state = 'open'
		AND t.kind IN ('rebook', 'review', 'ring', 'alert'));
