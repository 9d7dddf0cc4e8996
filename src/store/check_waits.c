/* check_waits.c: what always holds of the waiting list. */
#include "store/waits.h"

#define WHO "'Waiting for ' || coalesce(e.number, w.episode) || ' "

static const struct check checks[] = {
	{ "waiting, missing",
	  "SELECT " WHO "is not on the list.' FROM"
	  " (SELECT * FROM wait_list_due EXCEPT SELECT * FROM wait_list) d"
	  " JOIN wait w ON w.id = d.wait LEFT JOIN episode e ON e.id = w.episode LIMIT 20" },
	{ "waiting, too many",
	  "SELECT " WHO "is over, and on the list.' FROM"
	  " (SELECT * FROM wait_list EXCEPT SELECT * FROM wait_list_due) d"
	  " LEFT JOIN wait w ON w.id = d.wait LEFT JOIN episode e ON e.id = w.episode LIMIT 20" },
	{ "nobody waits for what is over",
	  "SELECT " WHO "is on the list, and that is ' || e.state || '.' FROM wait_list l"
	  " JOIN wait w ON w.id = l.wait JOIN episode e ON e.id = w.episode"
	  " WHERE e.state <> 'open' LIMIT 20" },
	{ "nobody waits who is booked",
	  "SELECT " WHO "is on the list, and booked.' FROM wait_list l JOIN wait w ON w.id = l.wait"
	  " JOIN episode e ON e.id = w.episode WHERE NOT w.earlier AND EXISTS (SELECT 1 FROM booking b"
	  "  JOIN appointment a ON a.id = b.appt WHERE b.episode = w.episode"
	  "  AND a.state IN ('T', 'B')) LIMIT 20" },
	{ "one place for each",
	  "SELECT 'Episode ' || episode || ' waits ' || count(*) || ' times.' FROM wait"
	  " WHERE state = 'waiting' GROUP BY episode HAVING count(*) > 1 LIMIT 20" },
	{ "waits for its own", "SELECT " WHO "is of another person.' FROM wait w JOIN episode e"
			       " ON e.id = w.episode WHERE w.person <> e.person LIMIT 20" },
};

int check_waits(struct store *st, check_found *found, void *ctx, struct err *err)
{
	return check_rows(st, checks, sizeof checks / sizeof *checks, found, ctx, err);
}
