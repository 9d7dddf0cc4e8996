/*
 * people_pairs.c: two records that may be one person's, and what hangs on a record.
 *
 * Always holds: a walk reads one stretch of find_key and stops at its limit.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "store/appts_row.h"
#include "store/people_owned.h"
#include "store/row.h"

int people_walk(struct store *st, enum find_kind kind, const char *after, int limit,
		struct keyed_list *ret, struct err *err)
{
	static const struct query WALK = {
		"people.walk",
		"SELECT key, person FROM find_key WHERE kind = :kind AND key > :after"
		" ORDER BY key, person LIMIT :limit"
	};
	char word[2] = { (char)kind, '\0' };
	struct row row = query(st, &WALK);

	bind_text(&row, ":kind", word);
	bind_text(&row, ":after", after);
	bind_int(&row, ":limit", limit);
	while (row_next(&row)) {
		struct keyed *k = list_push(ret);

		get_text(&row, k->key, sizeof k->key);
		k->person = get_id(&row);
	}
	return row_done(&row, err);
}

/* The lower id first, as they are kept. */
static void in_order(struct id *a, struct id *b)
{
	struct id t = *a;

	if (a->n > b->n) {
		*a = *b;
		*b = t;
	}
}

int people_apart(struct store *st, struct id a, struct id b, bool *ret, struct err *err)
{
	static const struct query APART = { "people.apart",
					    "SELECT EXISTS (SELECT 1 FROM person_apart"
					    " WHERE a = :a AND b = :b AND state = 'on')" };
	struct row row = query(st, &APART);
	bool apart = false;

	in_order(&a, &b);
	bind_id(&row, ":a", a);
	bind_id(&row, ":b", b);
	while (row_next(&row))
		apart = get_bool(&row);
	if (row_done(&row, err) < 0)
		return -1;
	*ret = apart;
	return 0;
}

void people_put_apart(struct txn *t, struct id id, struct id a, struct id b, const char *scope)
{
	static const struct query PUT = { "people.put_apart",
					  "INSERT INTO person_apart (id, scope, a, b, state)"
					  " VALUES (:id, :scope, :a, :b, 'on')" };
	struct row row = query(t->store, &PUT);

	in_order(&a, &b);
	bind_id(&row, ":id", id);
	bind_text(&row, ":scope", scope);
	bind_id(&row, ":a", a);
	bind_id(&row, ":b", b);
	txn_run(t, &row);
}

int people_two_places(struct store *st, struct id a, struct id b, struct moment *ret,
		      struct err *err)
{
	static const struct query TWO = {
		"people.two_places",
		"SELECT a.starts FROM booking b JOIN appointment a ON a.id = b.appt"
		" JOIN booking c ON c.person = :b JOIN appointment o ON o.id = c.appt AND o.day = a.day"
		" AND o.state IN ('T', 'B', 'A', 'I') AND o.starts < a.starts + a.mins * 60"
		" AND o.starts + o.mins * 60 > a.starts"
		" WHERE b.person = :a AND" APPT_LIVE "ORDER BY a.starts LIMIT 1"
	};
	struct row row = query(st, &TWO);
	struct moment found = { 0 };

	bind_id(&row, ":a", a);
	bind_id(&row, ":b", b);
	while (row_next(&row))
		found = get_moment(&row);
	if (row_done(&row, err) < 0)
		return -1;
	*ret = found;
	return 0;
}

/* ---- what hangs on a record ---- */

int people_owned(struct store *st, struct id person, struct owned_list *ret, struct err *err)
{
#define X(table, key)                                                                              \
	{ table,                                                                                   \
	  { "people.owned." table,                                                                 \
	    "SELECT " key ", scope FROM " table " WHERE person = :person ORDER BY 1" } },
	static const struct {
		const char *table;
		struct query of;
	} tables[] = { OWNED(X){ "person",
				 { "people.aliases", "SELECT id, scope FROM person"
						     " WHERE alias_of = :person ORDER BY 1" } } };
#undef X

	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		struct row row = query(st, &tables[i].of);

		bind_id(&row, ":person", person);
		while (row_next(&row)) {
			struct owned *o = list_push(ret);

			o->table = tables[i].table;
			o->id = get_id(&row);
			get_text(&row, o->scope, sizeof o->scope);
		}
		if (row_done(&row, err) < 0)
			return -1;
	}
	return 0;
}
