/* clashes.c: the rows of `overlap`, read and closed.  Writing them is journal.c's (txn_conflict).
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "store/clashes.h"
#include "store/people_owned.h"
#include "store/row.h"

#define CLASH_COLUMNS                                                                              \
	"o.id, o.a, o.b, o.author, o.type, o.scope, o.at, o.node, coalesce(u.name, ''), o.tab,"    \
	" o.col, o.base, o.theirs, o.mine, o.note, o.state = 'open',"                              \
	" o.type IN ('slot', 'displaced', 'state'), coalesce(k.name, ''), o.how, o.closed_at"
#define CLASH_FROM                                                                                 \
	" FROM overlap o LEFT JOIN user u ON u.id = o.author LEFT JOIN user k ON k.id = o.closed_by "

static void get_clash(struct row *row, struct clash *c)
{
	c->id = get_id(row);
	c->a = get_id(row);
	c->b = get_id(row);
	c->author = get_id(row);
	get_text(row, c->type, sizeof c->type);
	get_text(row, c->scope, sizeof c->scope);
	c->at = get_moment(row);
	c->node = (int)get_int(row);
	get_text(row, c->user, sizeof c->user);
	get_text(row, c->tab, sizeof c->tab);
	get_text(row, c->col, sizeof c->col);
	get_text(row, c->base, sizeof c->base);
	get_text(row, c->theirs, sizeof c->theirs);
	get_text(row, c->mine, sizeof c->mine);
	get_text(row, c->note, sizeof c->note);
	c->open = get_bool(row);
	c->about_appt = get_bool(row);
	get_text(row, c->closer, sizeof c->closer);
	get_text(row, c->how, sizeof c->how);
	c->closed_at = get_moment(row);
}

int clashes_open(struct store *st, struct id after, int max, struct clashes *ret, struct err *err)
{
	static const struct query OPEN = {
		"clashes.open",
		"SELECT " CLASH_COLUMNS CLASH_FROM "WHERE o.state = 'open' AND (o.at, o.id) >"
		" (coalesce((SELECT at FROM overlap WHERE id = :after), 0),"
		" :after) ORDER BY o.at, o.id LIMIT :max"
	};
	struct row row = query(st, &OPEN);

	bind_int(&row, ":after", after.n);
	bind_int(&row, ":max", max);
	while (row_next(&row))
		get_clash(&row, list_push(ret));
	return row_done(&row, err);
}

int clash_get(struct store *st, struct id id, struct clash *ret, struct err *err)
{
	static const struct query GET = { "clashes.get",
					  "SELECT " CLASH_COLUMNS CLASH_FROM "WHERE o.id = :id" };
	struct row row = query(st, &GET);
	struct clash found = { 0 };
	char text[ID_TEXT];

	bind_id(&row, ":id", id);
	while (row_next(&row))
		get_clash(&row, &found);
	if (row_done(&row, err) < 0)
		return -1;
	if (id_none(found.id))
		return err_set(err, ERR_MISSING, "There is no clash %s: sync conflicts lists them.",
			       id_text(id, text));
	*ret = found;
	return 0;
}

int clashes_about(struct store *st, struct id appt, struct clashes *ret, struct err *err)
{
	static const struct query ABOUT = {
		"clashes.about",
		"SELECT " CLASH_COLUMNS CLASH_FROM "WHERE o.a = :appt AND o.state = 'open'"
		" AND o.type IN ('slot', 'displaced', 'state') ORDER BY o.id"
	};
	struct row row = query(st, &ABOUT);

	bind_id(&row, ":appt", appt);
	while (row_next(&row))
		get_clash(&row, list_push(ret));
	return row_done(&row, err);
}

int clash_kept(struct store *st, struct id id, struct buf *ret, struct err *err)
{
	static const struct query KEPT = { "clashes.kept",
					   "SELECT kept FROM overlap WHERE id = :id" };
	struct row row = query(st, &KEPT);

	bind_id(&row, ":id", id);
	while (row_next(&row)) {
		size_t n;
		const void *p = get_blob(&row, &n);

		if (p)
			buf_add(ret, p, n);
	}
	return row_done(&row, err);
}

int clash_owner(struct store *st, const char *table, struct id id, struct id *ret,
		char scope[CODE_TEXT], struct err *err)
{
	static const struct {
		const char *table;
		struct query get;
	} owners[] = { { "person",
			 { "clash.person", "SELECT coalesce(alias_of, id), scope FROM person"
					   " WHERE id = :id" } },
#define X(name, key)                                                                               \
	{ name, { "clash." name, "SELECT person, scope FROM " name " WHERE " key " = :id" } },
		       OWNED(X)
#undef X
	};

	*ret = (struct id){ 0 };
	*scope = '\0';
	for (size_t i = 0; i < sizeof owners / sizeof *owners; i++) {
		struct row row;

		if (strcmp(owners[i].table, table) != 0)
			continue;
		row = query(st, &owners[i].get);
		bind_id(&row, ":id", id);
		while (row_next(&row)) {
			*ret = get_id(&row);
			get_text(&row, scope, CODE_TEXT);
		}
		return row_done(&row, err);
	}
	return 0;
}

int clashes_handed_in(struct store *st, int node, int64_t *ret_n, int64_t *ret_bytes,
		      struct err *err)
{
	static const struct query HANDED = {
		"clashes.handed_in",
		"SELECT count(*), coalesce(sum(length(kept)), 0) FROM overlap INDEXED BY overlap_open"
		" WHERE state = 'open' AND type = 'handed_in' AND node = :node"
	};
	struct row row = query(st, &HANDED);

	bind_int(&row, ":node", node);
	while (row_next(&row)) {
		*ret_n = get_int(&row);
		*ret_bytes = get_int(&row);
	}
	return row_done(&row, err);
}

bool clash_read(struct txn *t, struct id id, struct clash *ret)
{
	struct err err = ERR_INIT;

	if (txn_failed(t))
		return false;
	if (clash_get(t->store, id, ret, &err) == 0)
		return true;
	if (err.kind != ERR_MISSING)
		t->err = err;
	return false;
}

void clash_set(struct txn *t, struct id id, bool open, const char *note)
{
	static const struct query SET = {
		"clashes.set",
		"UPDATE overlap SET state = :state, closed_by = :by, closed_at = :at,"
		" how = :how WHERE id = :id"
	};
	struct row row = query(t->store, &SET);
	struct id by = { 0 };
	struct moment at = { 0 };

	if (!open) {
		by = t->actor;
		at = t->at;
	}
	bind_text(&row, ":state", open ? "open" : "closed");
	bind_id(&row, ":by", by);
	bind_moment(&row, ":at", at);
	bind_word(&row, ":how", open ? NULL : note);
	bind_id(&row, ":id", id);
	txn_run(t, &row);
}
