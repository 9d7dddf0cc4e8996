/* uplink.c: the one row of `uplink`. */
#include "store/uplink.h"

#include <string.h>

#include "base/text.h"
#include "store/db.h"

/* A desk that waits for a key may be kept from it so long. */
enum { WAIT_MS = 2000 };

int uplink_get(struct store *st, struct uplink *ret, struct err *err)
{
	static const struct query GET = {
		"uplink.get", "SELECT reached, due, down, why, person, ahead, poked FROM uplink"
	};
	struct row row = query(st, &GET);
	struct uplink u = { .person = false };

	while (row_next(&row)) {
		u.reached = get_moment(&row);
		u.due = get_moment(&row);
		u.down = get_moment(&row);
		get_text(&row, u.why, sizeof u.why);
		u.person = get_bool(&row);
		u.ahead = get_int(&row);
		u.poked = get_int(&row);
	}
	if (row_done(&row, err) < 0)
		return -1;
	*ret = u;
	return 0;
}

struct moment uplink_offline(const struct uplink *u, struct moment now)
{
	if (!moment_none(u->down))
		return u->down;
	return now.utc > u->due.utc ? u->reached : (struct moment){ 0 };
}

static int put(struct store *st, const struct uplink *u, bool quiet, struct err *err)
{
	static const struct query PUT = {
		"uplink.put",
		"INSERT INTO uplink (one, reached, due, down, why, person, ahead)"
		" VALUES (1, :reached, :due, :down, :why, :person, :ahead)"
		" ON CONFLICT (one) DO UPDATE SET reached = excluded.reached, due = excluded.due,"
		" down = excluded.down, why = excluded.why, person = excluded.person,"
		" ahead = excluded.ahead"
	};
	struct row row;

	if (store_begin_light(st, WAIT_MS, quiet, err) < 0)
		return -1;
	row = query(st, &PUT);
	bind_moment(&row, ":reached", u->reached);
	bind_moment(&row, ":due", u->due);
	bind_moment(&row, ":down", u->down);
	bind_word(&row, ":why", u->why);
	bind_int(&row, ":person", u->person);
	bind_int(&row, ":ahead", u->ahead);
	if (row_run(&row, err) < 0) {
		store_rollback(st);
		return -1;
	}
	return store_commit(st, err);
}

int uplink_up(struct store *st, struct moment now, int good, struct err *err)
{
	struct uplink u;
	bool was;

	if (uplink_get(st, &u, err) < 0)
		return -1;
	was = !moment_none(u.reached) && moment_none(uplink_offline(&u, now));
	/* Good for long yet, and the clock has not been put back. */
	if (was && u.due.utc - now.utc > good / 2 && u.due.utc - now.utc <= good)
		return 0;
	u.reached = now;
	u.due = (struct moment){ now.utc + good };
	u.down = (struct moment){ 0 };
	u.why[0] = '\0';
	u.person = false;
	return put(st, &u, was, err);
}

int uplink_lost(struct store *st, struct moment now, const char *why, bool person, struct err *err)
{
	struct uplink u;

	if (uplink_get(st, &u, err) < 0)
		return -1;
	if (!moment_none(u.down) && u.person == person && strcmp(u.why, why) == 0)
		return 0;
	if (moment_none(u.down)) {
		u.down = uplink_offline(&u, now);
		if (moment_none(u.down))
			u.down = now;
	}
	COPY(u.why, why);
	u.person = person;
	return put(st, &u, false, err);
}

int uplink_clock(struct store *st, int64_t ahead, struct err *err)
{
	struct uplink u;

	if (uplink_get(st, &u, err) < 0)
		return -1;
	if (u.ahead == ahead)
		return 0;
	u.ahead = ahead;
	return put(st, &u, true, err);
}

int uplink_poke(struct store *st, struct err *err)
{
	static const struct query POKE = { "uplink.poke",
					   "INSERT INTO uplink (one, poked) VALUES (1, 1)"
					   " ON CONFLICT (one) DO UPDATE SET poked = poked + 1" };
	struct row row;

	if (store_begin_light(st, WAIT_MS, false, err) < 0)
		return -1;
	row = query(st, &POKE);
	if (row_run(&row, err) < 0) {
		store_rollback(st);
		return -1;
	}
	return store_commit(st, err);
}
