/*
 * check_after.c: what always holds of outcomes, ends of episodes and tries.  What was over before
 * outcomes were kept says so, and is asked for nothing.
 */
#include "store/after.h"

#define APPT(a) "'Appointment ' || " a " || ' "

static const struct check checks[] = {
	{ "seen and to finish",
	  "SELECT " APPT(
		  "a.id") "was seen, has no outcome and is on ' || count(f.appt) ||"
			  " ' lists of what is to finish.' FROM appointment a"
			  " LEFT JOIN to_finish f ON f.appt = a.id AND f.clinician = a.clinician"
			  " WHERE a.state = 'S' AND a.outcome IS NULL GROUP BY a.id"
			  " HAVING count(f.appt) <> 1 LIMIT 20" },
	{ "finished and listed",
	  "SELECT " APPT("f.appt") "is on a list of what is to finish and has an outcome.'"
				   " FROM to_finish f JOIN appointment a ON a.id = f.appt"
				   " WHERE a.outcome IS NOT NULL LIMIT 20" },
	{ "outcome of whom",
	  "SELECT " APPT("id") "has an outcome that its state cannot have.' FROM appointment"
			       " WHERE (outcome IS NOT NULL AND state NOT IN ('S', 'D', 'N'))"
			       " OR (state = 'D' AND coalesce(outcome, '') NOT IN"
			       "  ('discharge', 'again', 'offer', 'earlier'))"
			       " OR (state = 'S' AND outcome = 'offer') LIMIT 20" },
	{ "outcome code",
	  "SELECT " APPT(
		  "id") "bears an outcome code that is not its outcome''s.' FROM appointment"
			" WHERE outcome_code IS NOT CASE outcome WHEN 'discharge' THEN '1'"
			"  WHEN 'again' THEN '2' WHEN 'rebook' THEN '3' WHEN 'review' THEN '3'"
			"  WHEN 'offer' THEN '3' END LIMIT 20" },
	{ "one more offer",
	  "SELECT " APPT("id") "was missed; one more offer is nobody''s task.' FROM appointment"
			       " WHERE outcome = 'offer' AND outcome_by IS NOT NULL AND NOT EXISTS"
			       "  (SELECT 1 FROM task t WHERE t.appt = appointment.id"
			       "   AND t.state <> 'withdrawn') LIMIT 20" },
	{ "to be booked again",
	  "SELECT " APPT("id") "is to be booked again, which is nobody''s task.' FROM appointment"
			       " WHERE outcome IN ('rebook', 'review') AND outcome_by IS NOT NULL"
			       " AND NOT EXISTS (SELECT 1 FROM task t WHERE t.appt = appointment.id"
			       "   AND t.state <> 'withdrawn') LIMIT 20" },
	{ "in nobody's sight",
	  "SELECT 'Episode ' || e.number || ' is open, nothing is booked, and nobody is to see to it.'"
	  " FROM appointment a JOIN booking b ON b.appt = a.id JOIN episode e ON e.id = b.episode"
	  " WHERE a.outcome IN ('offer', 'rebook', 'review') AND a.outcome_by IS NOT NULL"
	  " AND e.state = 'open' AND NOT EXISTS (SELECT 1 FROM booking o JOIN task t"
	  "  ON t.appt = o.appt WHERE o.episode = e.id AND t.state = 'open')"
	  /* Whoever was booked since, and cancelled, is to be booked. */
	  " AND NOT EXISTS (SELECT 1 FROM booking o JOIN appointment n ON n.id = o.appt"
	  "  WHERE o.episode = e.id AND n.id <> a.id"
	  "  AND (n.starts > a.starts OR n.asked_at >= a.outcome_at)) LIMIT 20" },
	{ "end of episodes",
	  "SELECT 'Episode ' || number || ' is ' || state || ' and says why it ended.' FROM episode"
	  " WHERE reason IS NOT NULL AND state <> 'closed' LIMIT 20" },
	{ "open after discharge",
	  "SELECT 'Episode ' || e.number || ' is open after a discharge.' FROM appointment a"
	  " JOIN booking b ON b.appt = a.id JOIN episode e ON e.id = b.episode"
	  " WHERE a.outcome = 'discharge' AND a.outcome_by IS NOT NULL AND e.state = 'open' LIMIT 20" },
	{ "tries", "SELECT 'Try ' || id || ' is about no call, or about two.' FROM try"
		   " WHERE (appt IS NULL) = (task IS NULL) LIMIT 20" },
};

int check_after(struct store *st, check_found *found, void *ctx, struct err *err)
{
	return check_rows(st, checks, sizeof checks / sizeof *checks, found, ctx, err);
}
