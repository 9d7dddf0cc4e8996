/* check_referrals.c: what always holds of referrals, their pauses, flags, and who is to be booked.
 */
#include "store/referrals.h"

#define REF "'Referral ' || r.number || ' "

/* An open episode is in a diary, to be finished, asked for by a task, or waits for a freed time:
 * else it is to be booked. */
#define SEEN_TO                                                                                    \
	"(EXISTS (SELECT 1 FROM booking b JOIN appointment a ON a.id = b.appt"                     \
	" WHERE b.episode = e.id AND (a.state IN ('T', 'B', 'A', 'I')"                             \
	"  OR (a.state IN ('S', 'D') AND a.outcome IS NULL)))"                                     \
	" OR EXISTS (SELECT 1 FROM booking b JOIN task t ON t.appt = b.appt"                       \
	" WHERE b.episode = e.id AND t.state = 'open' AND t.kind IN ('rebook', 'review', 'ring',"  \
	" 'alert'))"                                                                               \
	" OR EXISTS (SELECT 1 FROM wait_list w WHERE w.episode = e.id))"

static const struct check checks[] = {
	{ "referral states",
	  "SELECT " REF "is in no state that is kept: ' || r.state || '.' FROM referral r"
	  " WHERE r.state NOT IN ('new', 'incomplete', 'awaiting_triage', 'transferred', 'triaged',"
	  " 'to_book', 'closed', 'declined', 'consent_withdrawn', 'redirected', 'error') LIMIT 20" },
	{ "time of every change",
	  "SELECT " REF "is ' || r.state || ', and its last change says otherwise.' FROM referral r"
	  " WHERE r.state IS NOT (SELECT s.state FROM referral_state s WHERE s.referral = r.id"
	  "  ORDER BY s.at DESC, s.id DESC LIMIT 1) LIMIT 20" },
	{ "agreement first",
	  "SELECT " REF "was let past new without the employee''s agreement.' FROM referral r"
	  " WHERE r.agreed IS NULL AND r.state IN ('awaiting_triage', 'transferred', 'triaged',"
	  " 'to_book') LIMIT 20" },
	{ "accepted and opened",
	  "SELECT " REF "is accepted and has no episode.' FROM referral r LEFT JOIN episode e"
	  " ON e.id = r.id WHERE r.state IN ('triaged', 'to_book')"
	  " AND (e.id IS NULL OR e.state = 'error') LIMIT 20" },
	{ "opened and accepted",
	  "SELECT " REF "is ' || r.state || ' and its episode is open.' FROM referral r"
	  " JOIN episode e ON e.id = r.id WHERE e.state = 'open'"
	  " AND r.state NOT IN ('triaged', 'to_book') LIMIT 20" },
	{ "its own number",
	  "SELECT " REF "lent its episode another number.' FROM referral r JOIN episode e"
	  " ON e.id = r.id WHERE e.number <> r.number LIMIT 20" },
	{ "one pause at a time",
	  "SELECT " REF "stands still ' || count(*) || ' times at once.' FROM pause p"
	  " JOIN referral r ON r.id = p.referral WHERE p.state = 'on' AND p.until IS NULL"
	  " GROUP BY r.id HAVING count(*) > 1 LIMIT 20" },
	{ "pauses end",
	  "SELECT " REF "stands still and has ended.' FROM pause p JOIN referral r"
	  " ON r.id = p.referral WHERE p.state = 'on' AND p.until IS NULL AND r.state IN"
	  " ('closed', 'declined', 'consent_withdrawn', 'redirected') LIMIT 20" },
	{ "pauses forwards", "SELECT 'Pause ' || id || ' ended before it began.' FROM pause"
			     " WHERE until < since LIMIT 20" },
	{ "pauses counted",
	  "SELECT " REF "says that it stood still ' || r.pauses || ' times, and did otherwise.'"
	  " FROM referral r WHERE r.pauses <> (SELECT count(*) FROM pause p"
	  "  WHERE p.referral = r.id AND p.state = 'on') LIMIT 20" },
	{ "decided by somebody",
	  "SELECT " REF "is accepted and nobody decided it.' FROM referral r"
	  " WHERE r.state IN ('triaged', 'to_book') AND NOT EXISTS (SELECT 1 FROM decision d"
	  "  WHERE d.referral = r.id AND d.state = 'on') LIMIT 20" },
	{ "flags are somebody's to ring about",
	  "SELECT 'Flag ' || f.id || ' is open and nobody is asked to ring.' FROM flag f"
	  " WHERE f.state = 'open' AND NOT EXISTS (SELECT 1 FROM task t WHERE t.id = f.task"
	  "  AND t.state = 'open') LIMIT 20" },
	{ "nothing ends over a flag",
	  "SELECT " REF "ended over an open flag.' FROM flag f JOIN referral r ON r.id = f.referral"
	  " WHERE f.state = 'open' AND r.state IN ('closed', 'declined', 'consent_withdrawn',"
	  " 'redirected', 'incomplete') LIMIT 20" },
	{ "to book, missing",
	  "SELECT 'Episode ' || e.number || ' is to be booked and not on the list.' FROM"
	  " (SELECT * FROM to_book_due EXCEPT SELECT * FROM to_book) d JOIN episode e"
	  " ON e.id = d.episode LIMIT 20" },
	{ "to book, too many",
	  "SELECT 'Episode ' || d.episode || ' is on the list of who is to be booked, wrongly.' FROM"
	  " (SELECT * FROM to_book EXCEPT SELECT * FROM to_book_due) d LIMIT 20" },
	{ "on one list",
	  "SELECT 'Episode ' || e.number || ' is open and on ' || CASE WHEN l.episode IS NULL"
	  " THEN 'no' ELSE 'more than one' END || ' work-list.' FROM episode e LEFT JOIN to_book l"
	  " ON l.episode = e.id WHERE e.state = 'open' AND (l.episode IS NOT NULL) = " SEEN_TO
	  " LIMIT 20" },
};

int check_referrals(struct store *st, check_found *found, void *ctx, struct err *err)
{
	return check_rows(st, checks, sizeof checks / sizeof *checks, found, ctx, err);
}
