/*
 * check_appts.c: what always holds between appointments, slots, bookings and episodes.
 *
 * Two appointments in one slot cannot be stored, so nothing looks for them; what is looked for is
 * overlap in time, slots that hang in the air, and rows that say two things.
 */
#include "store/appts.h"

#define LIVE	"('T', 'B', 'A', 'I')"
#define APPT(a) "'Appointment ' || " a " || ' "

static const struct check checks[] = {
	{ "slots cover",
	  "SELECT " APPT(
		  "a.id") "is booked, but its slots do not cover its time.' FROM appointment a"
			  " LEFT JOIN (SELECT appt, min(starts) AS s, max(starts + mins * 60) AS e FROM slot"
			  "            WHERE appt IS NOT NULL GROUP BY appt) o ON o.appt = a.id"
			  " WHERE a.state IN ('B', 'A', 'I') AND a.over_by IS NULL"
			  " AND (o.appt IS NULL OR o.s <> a.starts OR o.e < a.starts + a.mins * 60) LIMIT 20" },
	{ "overbooked owns none",
	  "SELECT " APPT(
		  "a.id") "is overbooked and yet owns a slot.' FROM appointment a"
			  " JOIN slot s ON s.appt = a.id WHERE a.over_by IS NOT NULL LIMIT 20" },
	{ "overbooked says why",
	  "SELECT " APPT(
		  "id") "is overbooked without a reason.' FROM appointment"
			" WHERE over_by IS NOT NULL AND coalesce(over_why, '') = '' LIMIT 20" },
	{ "slots of one block",
	  "SELECT " APPT(
		  "appt") "has slots of several blocks or holders, or with gaps.' FROM slot"
			  " WHERE appt IS NOT NULL GROUP BY appt HAVING min(block) <> max(block)"
			  " OR min(holder) <> max(holder)"
			  " OR max(starts + mins * 60) - min(starts) <> sum(mins) * 60 LIMIT 20" },
	{ "slots of the appointment",
	  "SELECT 'Slot ' || s.id || ' is of another clinician, site, service or day than its"
	  " appointment.' FROM slot s JOIN appointment a ON a.id = s.appt"
	  " WHERE s.clinician <> a.clinician OR s.site <> a.site OR s.service <> a.service"
	  " OR s.day <> a.day LIMIT 20" },
	{ "slots held by the ended",
	  "SELECT 'Slot ' || s.id || ' is held by an appointment that was cancelled.' FROM slot s"
	  " JOIN appointment a ON a.id = s.appt WHERE a.state IN ('T', 'X', 'R', 'P')"
	  /* another node's slot is freed by that node, once it has heard */
	  " AND s.holder = (SELECT node FROM me) LIMIT 20" },
	{ "clinician in two slots",
	  "SELECT 'Slots ' || p || ' and ' || id || ' of one clinician overlap in time.' FROM"
	  " (SELECT id, block, starts, lag(id) OVER w AS p, lag(block) OVER w AS b,"
	  "  lag(starts) OVER w AS f, lag(starts + mins * 60) OVER w AS e FROM slot"
	  "  WHERE appt IS NOT NULL WINDOW w AS (PARTITION BY clinician ORDER BY starts, id))"
	  /* places of a group stand at the same time in one block */
	  " WHERE e > starts AND NOT (b = block AND f = starts) LIMIT 20" },
	{ "room in two sessions",
	  "SELECT 'Slots ' || p || ' and ' || id || ' of two clinicians share a room.' FROM"
	  " (SELECT s.id, s.starts, s.clinician, lag(s.id) OVER w AS p, lag(s.clinician) OVER w AS c,"
	  "  lag(s.starts + s.mins * 60) OVER w AS e FROM slot s JOIN block b ON b.id = s.block"
	  "  WHERE s.appt IS NOT NULL AND b.room IS NOT NULL"
	  "  WINDOW w AS (PARTITION BY b.room ORDER BY s.starts, s.id))"
	  " WHERE e > starts AND c <> clinician LIMIT 20" },
	{ "person in two places",
	  "SELECT " APPT(
		  "p") "and ' || id || ' are one person''s at one time.' FROM"
		       " (SELECT a.id, a.starts, lag(a.id) OVER w AS p, lag(a.starts + a.mins * 60) OVER w AS e"
		       "  FROM appointment a JOIN booking b ON b.appt = a.id WHERE a.state IN " LIVE
		       "  WINDOW w AS (PARTITION BY b.person ORDER BY a.starts, a.id)) WHERE e > starts LIMIT 20" },
	{ "bookings", "SELECT " APPT("id") "is for nobody.' FROM appointment"
					   " WHERE id NOT IN (SELECT appt FROM booking) LIMIT 20" },
	{ "booking and episode",
	  "SELECT " APPT(
		  "b.appt") "is in an episode of another person or service.' FROM booking b"
			    " JOIN appointment a ON a.id = b.appt JOIN episode e ON e.id = b.episode"
			    " WHERE e.person <> b.person OR e.service <> a.service OR e.scope <> b.scope LIMIT 20" },
	{ "day",
	  "SELECT " APPT(
		  "id") "has no length or no such mode.' FROM appointment"
			" WHERE mins NOT BETWEEN 5 AND 480 OR mode NOT IN ('face', 'phone', 'video')"
			" OR kind NOT IN ('NEW', 'FU') LIMIT 20" },
	{ "code",
	  "SELECT " APPT(
		  "id") "bears a code that is not its state''s.' FROM appointment"
			" WHERE NOT CASE state WHEN 'T' THEN code = '0' WHEN 'B' THEN code = '0'"
			" WHEN 'A' THEN code = '0' WHEN 'I' THEN code = '0' WHEN 'S' THEN code IN ('5', '6')"
			" WHEN 'D' THEN code = '3' WHEN 'N' THEN code = '7'"
			" WHEN 'X' THEN CASE cancelled_by WHEN 'person' THEN code = '2'"
			"  WHEN 'service' THEN code = '4' WHEN 'error' THEN code IS NULL ELSE 0 END"
			" WHEN 'R' THEN code IS NULL WHEN 'P' THEN code IS NULL ELSE 0 END"
			/* code = '0' is NULL when there is no code at all */
			" OR (state IN ('T', 'B', 'A', 'I', 'S', 'D', 'N') AND code IS NULL) LIMIT 20" },
	{ "times of states",
	  "SELECT " APPT(
		  "id") "lacks the time of its state.' FROM appointment"
			" WHERE (state = 'A' AND arrived_at IS NULL) OR (state = 'I' AND room_at IS NULL)"
			" OR (state = 'S' AND seen_at IS NULL) OR (state IN ('X', 'D', 'N') AND ended_at IS NULL)"
			" LIMIT 20" },
	{ "one first attendance",
	  "SELECT 'Episode ' || e.number || ' has two first attendances.' FROM episode e"
	  " WHERE (SELECT count(*) FROM booking b JOIN appointment a ON a.id = b.appt"
	  "        WHERE b.episode = e.id AND a.kind = 'NEW' AND a.state IN ('T', 'B', 'A', 'I', 'S')) > 1"
	  " LIMIT 20" },
	{ "first attendance first",
	  "SELECT 'Episode ' || e.number || ' has a follow-up before its first attendance.' FROM episode e"
	  " JOIN booking b ON b.episode = e.id JOIN appointment a ON a.id = b.appt AND a.kind = 'NEW'"
	  "  AND a.state IN ('T', 'B', 'A', 'I', 'S')"
	  " JOIN booking c ON c.episode = e.id JOIN appointment f ON f.id = c.appt AND f.kind = 'FU'"
	  "  AND f.state IN ('T', 'B', 'A', 'I', 'S') AND f.starts < a.starts LIMIT 20" },
	{ "episode numbers",
	  "SELECT 'Episode number ' || number || ' is given twice.' FROM episode GROUP BY number"
	  " HAVING count(*) > 1 LIMIT 20" },
	{ "episode states",
	  "SELECT 'Episode ' || number || ' is in no state that there is.' FROM episode"
	  " WHERE state NOT IN ('open', 'closed', 'error') LIMIT 20" },
	{ "episode in error",
	  "SELECT 'Episode ' || e.number || ' is an error and yet has appointments.' FROM episode e"
	  " JOIN booking b ON b.episode = e.id JOIN appointment a ON a.id = b.appt"
	  " WHERE e.state = 'error' AND a.state <> 'X' LIMIT 20" },
};

int check_appts(struct store *st, check_found *found, void *ctx, struct err *err)
{
	return check_rows(st, checks, sizeof checks / sizeof *checks, found, ctx, err);
}
