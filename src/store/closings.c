/* closings.c: the rows of `day_close` and `backup`. */
#include "store/closings.h"

#include "base/alloc.h"
#include "store/row.h"

int closing_of(struct store *st, struct id site, struct date day, struct day_close *ret,
	       struct err *err)
{
	static const struct query OF = {
		"closing.of",
		"SELECT c.id, c.site, c.day, c.at, c.user, coalesce(u.name, ''), c.items, c.what, c.why"
		" FROM day_close c LEFT JOIN user u ON u.id = c.user"
		" WHERE c.site = :site AND c.day = :day AND c.state = 'on'"
	};
	struct row row = query(st, &OF);
	struct day_close found = { 0 };

	bind_id(&row, ":site", site);
	bind_date(&row, ":day", day);
	while (row_next(&row)) {
		found.id = get_id(&row);
		found.site = get_id(&row);
		found.day = get_date(&row);
		found.at = get_moment(&row);
		found.user = get_id(&row);
		get_text(&row, found.by, sizeof found.by);
		found.items = (int)get_int(&row);
		get_text(&row, found.what, sizeof found.what);
		get_text(&row, found.why, sizeof found.why);
	}
	if (row_done(&row, err) < 0)
		return -1;
	*ret = found;
	return 0;
}

int tentative_at(struct store *st, struct id site, struct date from, struct date to,
		 struct appt_ids *ret, struct err *err)
{
	static const struct query AT = {
		"closing.tentative",
		"SELECT id FROM appointment INDEXED BY appointment_tentative"
		" WHERE state = 'T' AND site = :site AND day BETWEEN :from AND :to ORDER BY day, id"
	};
	struct row row = query(st, &AT);

	bind_id(&row, ":site", site);
	bind_date(&row, ":from", from);
	bind_date(&row, ":to", to);
	while (row_next(&row))
		*list_push(ret) = get_id(&row);
	return row_done(&row, err);
}

int backup_last(struct store *st, struct moment *ret, struct err *err)
{
	static const struct query LAST = { "backup.last",
					   "SELECT at FROM backup ORDER BY k DESC LIMIT 1" };
	struct row row = query(st, &LAST);
	struct moment at = { 0 };

	while (row_next(&row))
		at = get_moment(&row);
	if (row_done(&row, err) < 0)
		return -1;
	*ret = at;
	return 0;
}

int backup_put(struct store *st, struct moment at, const char *folder, struct id user,
	       struct err *err)
{
	static const struct query PUT = {
		"backup.put", "INSERT INTO backup (at, folder, user) VALUES (:at, :folder, :user)"
	};
	struct row row = query(st, &PUT);

	bind_moment(&row, ":at", at);
	bind_text(&row, ":folder", folder);
	bind_int(&row, ":user", user.n);
	return row_run(&row, err);
}

bool closing_put(struct txn *t, const struct day_close *c)
{
	static const struct query PUT = {
		"closing.put",
		"INSERT INTO day_close (id, site, day, at, user, items, what, why, state)"
		" SELECT :id, :site, :day, :at, :user, :items, :what, :why, 'on' WHERE NOT EXISTS"
		" (SELECT 1 FROM day_close WHERE site = :site AND day = :day AND state = 'on')"
	};
	struct row row = query(t->store, &PUT);

	bind_id(&row, ":id", c->id);
	bind_id(&row, ":site", c->site);
	bind_date(&row, ":day", c->day);
	bind_moment(&row, ":at", c->at);
	bind_int(&row, ":user", c->user.n);
	bind_int(&row, ":items", c->items);
	bind_word(&row, ":what", c->what);
	bind_word(&row, ":why", c->why);
	return txn_run(t, &row) == 1;
}

void closing_off(struct txn *t, struct id id)
{
	static const struct query OFF = { "closing.off",
					  "UPDATE day_close SET state = 'off' WHERE id = :id" };
	struct row row = query(t->store, &OFF);

	bind_id(&row, ":id", id);
	txn_run(t, &row);
}
