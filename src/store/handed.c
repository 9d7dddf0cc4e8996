/*
 * handed.c: which node holds which slots.
 *
 * Two walks find all that a node holds: of the slots that ever changed their holder, and of the
 * diaries that are at home there.
 */
#include "store/handed.h"

#include "base/alloc.h"
#include "store/row.h"

#define FREE                                                                                       \
	"(s.appt IS NULL AND s.state = 'open' AND s.kind IN ('NEW', 'FU', 'RAP')"                  \
	" AND s.starts >= :now)"
#define HELD                                                                                       \
	"SELECT s.block, s.holder, s.clinician, s.site, s.service, s.day, min(s.starts),"          \
	" max(s.starts), c.node, sum(" FREE "), sum(s.appt IS NOT NULL),"                          \
	" min(CASE WHEN " FREE " THEN s.release_at END), max(s.given_at)"
#define WANTED                                                                                     \
	" AND s.day BETWEEN :from AND :to AND (:clinician IS NULL OR s.clinician = :clinician)"
#define BY_SESSION " GROUP BY s.day, s.block, s.holder ORDER BY s.day, min(s.starts), s.block"

static int read_held(struct row *row, const struct held_wish *wish, struct helds *ret,
		     struct err *err)
{
	bind_moment(row, ":now", wish->now);
	bind_date(row, ":from", wish->from);
	bind_date(row, ":to", wish->to);
	bind_id(row, ":clinician", wish->clinician);
	bind_int(row, ":node", wish->node);
	while (row_next(row)) {
		struct held *h = list_push(ret);

		h->block = get_id(row);
		h->holder = (int)get_int(row);
		h->clinician = get_id(row);
		h->site = get_id(row);
		h->service = get_id(row);
		h->day = get_date(row);
		h->first = get_moment(row);
		h->last = get_moment(row);
		h->home = (int)get_int(row);
		h->free = (int)get_int(row);
		h->booked = (int)get_int(row);
		h->release_at = get_moment(row);
		h->given_at = get_moment(row);
	}
	return row_done(row, err);
}

int held_rows(struct store *st, const struct held_wish *wish, struct helds *ret, struct err *err)
{
	static const struct query AWAY = {
		"held.away", HELD " FROM slot s INDEXED BY slot_given"
				  " JOIN clinician c ON c.id = s.clinician"
				  " WHERE s.given_at IS NOT NULL AND s.holder <> c.node"
				  " AND (:node = 0 OR s.holder = :node)" WANTED BY_SESSION
	};
	static const struct query HOME = { "held.home", HELD
					   " FROM clinician c CROSS JOIN slot s INDEXED BY slot_day"
					   " ON s.clinician = c.id WHERE c.node = :node"
					   " AND s.holder = :node" WANTED BY_SESSION };
	struct row row = query(st, &AWAY);

	if (read_held(&row, wish, ret, err) < 0)
		return -1;
	if (wish->node == 0)
		return 0;
	row = query(st, &HOME);
	return read_held(&row, wish, ret, err);
}

int held_slots(struct store *st, int node, struct moment from, struct slots *ret, struct err *err)
{
	static const struct query ALL = {
		"held.slots",
		"SELECT s.id, s.clinician, s.starts, s.holder, s.appt FROM slot s INDEXED BY slot_given"
		" JOIN clinician c ON c.id = s.clinician WHERE s.given_at IS NOT NULL AND s.day >= :day"
		" AND s.starts >= :from AND s.holder = :node AND c.node <> :node"
		" UNION ALL SELECT s.id, s.clinician, s.starts, s.holder, s.appt FROM clinician c"
		" CROSS JOIN slot s INDEXED BY slot_day ON s.clinician = c.id WHERE c.node = :node"
		" AND s.day >= :day AND s.starts >= :from AND s.holder = :node ORDER BY 2, 3, 1"
	};
	struct row row = query(st, &ALL);

	bind_date(&row, ":day", moment_date(from));
	bind_moment(&row, ":from", from);
	bind_int(&row, ":node", node);
	while (row_next(&row)) {
		struct slot *s = list_push(ret);

		s->id = get_id(&row);
		s->clinician = get_id(&row);
		s->starts = get_moment(&row);
		s->holder = (int)get_int(&row);
		s->appt = get_id(&row);
	}
	return row_done(&row, err);
}
