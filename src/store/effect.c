/*
 * effect.c: changesets of the session extension, behind our own words (capture.c makes them).
 *
 * What was measured decides two things here.  Many effects are joined before they are applied:
 * three to fourteen times as fast.  And every changeset is looked through before it is applied,
 * because a table that is missing or has fewer columns than the changeset is skipped without an
 * error.
 */
#include <string.h>

#include "store/db.h"
#include "store/effect.h"

static const char *const classes[PARTS] = { "operational", "scoped" };

/* ---- kept in one piece ---- */

void effect_join(const struct buf part[PARTS], struct buf *ret)
{
	for (int i = 0; i < PARTS; i++) {
		size_t n = part[i].n;
		unsigned char head[4] = { (unsigned char)(n >> 24), (unsigned char)(n >> 16),
					  (unsigned char)(n >> 8), (unsigned char)n };

		buf_add(ret, head, sizeof head);
		buf_add(ret, part[i].s, n);
	}
}

int effect_split(const void *kept, size_t n, struct piece ret[PARTS], struct err *err)
{
	const unsigned char *p = kept;

	for (int i = 0; i < PARTS; i++) {
		size_t len;

		if (n < 4)
			goto cut;
		len = (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
		p += 4;
		n -= 4;
		if (len > n)
			goto cut;
		ret[i] = (struct piece){ p, len };
		p += len;
		n -= len;
	}
	return 0;
cut:
	return err_set(err, ERR_STORE,
		       "A command's kept effect is cut short: restore the last backup.");
}

/* ---- looking through ---- */

static int damaged(struct err *err)
{
	return err_set(err, ERR_FAULT,
		       "What a command changed is not written as it should be: it is damaged.");
}

/* Walks the changes of a changeset; `each` sees each, and which are the first of a table. */
static int walk(struct store *st, const void *p, size_t n,
		int (*each)(struct store *st, sqlite3_changeset_iter *it, bool first, void *ctx,
			    struct err *err),
		void *ctx, struct err *err)
{
	sqlite3_changeset_iter *it = NULL;
	char last[64] = "";
	int rc, ret = 0;

	if (n == 0)
		return 0;
	rc = sqlite3changeset_start(&it, (int)n, (void *)p);
	while (rc == SQLITE_OK && ret == 0 && (rc = sqlite3changeset_next(it)) == SQLITE_ROW) {
		const char *table = NULL;
		int columns, op, indirect;

		rc = sqlite3changeset_op(it, &table, &columns, &op, &indirect);
		if (rc == SQLITE_OK)
			ret = each(st, it, strcmp(table, last) != 0, ctx, err);
		sqlite3_snprintf(sizeof last, last, "%s", table ? table : "");
	}
	if (ret == 0 && rc != SQLITE_DONE && rc != SQLITE_OK)
		ret = err_set(err, ERR_FAULT, "An entry of the log is damaged (%s).",
			      sqlite3_errstr(rc));
	sqlite3changeset_finalize(it);
	return ret;
}

/* Is there a table of that class, with these columns and this key? */
static int same_table(struct store *st, const char *table, const char *class,
		      const unsigned char *key, int columns, bool *ret, struct err *err)
{
	static const struct query COLUMNS = {
		"effect.columns", "SELECT c.pk FROM table_list l JOIN pragma_table_info(l.name) c"
				  " WHERE l.name = :table AND l.class = :class ORDER BY c.cid"
	};
	struct row row = query(st, &COLUMNS);
	int n = 0;

	*ret = true;
	bind_text(&row, ":table", table);
	bind_text(&row, ":class", class);
	while (row_next(&row)) {
		int64_t at = get_int(&row);

		if (n >= columns || key[n] != at)
			*ret = false;
		n++;
	}
	*ret = *ret && n == columns;
	return row_done(&row, err);
}

static int fits(struct store *st, sqlite3_changeset_iter *it, bool first, void *ctx,
		struct err *err)
{
	unsigned char *key = NULL;
	const char *table;
	int columns, op, indirect;
	bool same;

	if (!first)
		return 0;
	sqlite3changeset_op(it, &table, &columns, &op, &indirect);
	sqlite3changeset_pk(it, &key, &columns);
	if (same_table(st, table, ctx, key, columns, &same, err) < 0)
		return -1;
	if (same)
		return 0;
	return err_set(
		err, ERR_FAULT,
		"An entry of the log changes table %.40s, which is otherwise here: install the hub's program.",
		table);
}

int effect_fits(struct store *st, int part, const void *p, size_t n, struct err *err)
{
	if (!changeset_sound(p, n))
		return damaged(err);
	return walk(st, p, n, fits, (void *)classes[part], err);
}

/* Where rows of the table that is being walked have their scope. */
struct scopes {
	const char *want;
	int column;
	sqlite3_stmt *of_row; /* of one that is there still, by its key */
};

static int scope_column(struct store *st, const char *table, int *ret, struct err *err)
{
	static const struct query COLUMN = { "effect.scope_column",
					     "SELECT cid FROM pragma_table_info(:table)"
					     " WHERE name = 'scope'" };
	struct row row = query(st, &COLUMN);

	*ret = -1;
	bind_text(&row, ":table", table);
	while (row_next(&row))
		*ret = (int)get_int(&row);
	return row_done(&row, err);
}

static int scopes_of(struct store *st, struct scopes *s, const char *table, struct err *err)
{
	char *sql;
	int rc;

	sqlite3_finalize(s->of_row);
	s->of_row = NULL;
	if (scope_column(st, table, &s->column, err) < 0)
		return -1;
	sql = mem_printf("SELECT scope FROM \"%s\" WHERE rowid = ?1", table);
	rc = sqlite3_prepare_v2(st->db, sql, -1, &s->of_row, NULL);
	mem_free(sql);
	return rc == SQLITE_OK ? 0 : store_fail(st, rc, err);
}

static bool is_wanted(const struct scopes *s, sqlite3_value *v)
{
	const char *is = v ? (const char *)sqlite3_value_text(v) : NULL;

	return strcmp(is ? is : "", s->want) == 0;
}

/* An inserted row says its scope, and so does one that is gone; of another only what changed is
 * said, and no row goes from one scope to another. */
static int in_scope(struct store *st, struct scopes *s, sqlite3_changeset_iter *it, int op,
		    bool *ret, struct err *err)
{
	sqlite3_value *v = NULL;
	int rc;

	if (op == SQLITE_INSERT) {
		sqlite3changeset_new(it, s->column, &v);
		*ret = is_wanted(s, v);
		return 0;
	}
	sqlite3changeset_old(it, s->column, &v);
	if (op == SQLITE_DELETE || v) {
		*ret = is_wanted(s, v);
		return 0;
	}
	sqlite3changeset_old(it, 0, &v);
	rc = sqlite3_bind_value(s->of_row, 1, v);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(s->of_row);
	*ret = rc == SQLITE_ROW && is_wanted(s, sqlite3_column_value(s->of_row, 0));
	sqlite3_reset(s->of_row);
	return rc == SQLITE_ROW || rc == SQLITE_DONE ? 0 : store_fail(st, rc, err);
}

static int same_scope(struct store *st, sqlite3_changeset_iter *it, bool first, void *ctx,
		      struct err *err)
{
	struct scopes *s = ctx;
	const char *table;
	int columns, op, indirect;
	bool same;

	sqlite3changeset_op(it, &table, &columns, &op, &indirect);
	if ((first && scopes_of(st, s, table, err) < 0) || in_scope(st, s, it, op, &same, err) < 0)
		return -1;
	if (same)
		return 0;
	return err_set(err, ERR_FAULT,
		       "A command of scope \"%.32s\" wrote a row of another in %.30s.", s->want,
		       table);
}

int effect_one_scope(struct store *st, const void *p, size_t n, const char *scope, struct err *err)
{
	struct scopes s = { .want = scope ? scope : "" };
	int rc = walk(st, p, n, same_scope, &s, err);

	sqlite3_finalize(s.of_row);
	return rc;
}

/* The id of the row that this change makes; none: it makes none. */
static struct id made(sqlite3_changeset_iter *it)
{
	sqlite3_value *v = NULL;
	const char *table;
	int columns, op, indirect;

	sqlite3changeset_op(it, &table, &columns, &op, &indirect);
	/* Every synced table has its id first. */
	if (op != SQLITE_INSERT || sqlite3changeset_new(it, 0, &v) != SQLITE_OK || !v)
		return (struct id){ 0 };
	return (struct id){ sqlite3_value_int64(v) };
}

struct given_out {
	int node;
	struct id_list *ids;
};

static int given_out(struct store *st, sqlite3_changeset_iter *it, bool first, void *ctx,
		     struct err *err)
{
	struct given_out *g = ctx;
	struct id id = made(it);

	(void)st, (void)first, (void)err;
	if (!id_none(id) && id_node(id) == g->node)
		*list_push(g->ids) = id;
	return 0;
}

int effect_ids(struct store *st, const void *p, size_t n, int node, struct id_list *ret,
	       struct err *err)
{
	struct given_out g = { node, ret };

	return walk(st, p, n, given_out, &g, err);
}

/* A table whose key is another's row (blocked: a slot) has none to give out. */
static int has_ids(struct store *st, const char *table, bool *ret, struct err *err)
{
	static const struct query ID = { "effect.has_ids", "SELECT 1 FROM pragma_table_info(:table)"
							   " WHERE cid = 0 AND name = 'id'" };
	struct row row = query(st, &ID);

	*ret = false;
	bind_text(&row, ":table", table);
	while (row_next(&row))
		*ret = get_bool(&row);
	return row_done(&row, err);
}

/* An accepted referral lends its id to its episode, whichever node took the referral in. */
static int lent(struct store *st, const char *table, struct id id, bool *ret, struct err *err)
{
	static const struct query OF = { "effect.lent", "SELECT 1 FROM referral WHERE id = :id" };
	struct row row;

	*ret = false;
	if (strcmp(table, "episode") != 0)
		return 0;
	row = query(st, &OF);
	bind_id(&row, ":id", id);
	while (row_next(&row))
		*ret = get_bool(&row);
	return row_done(&row, err);
}

struct own {
	int node;
	bool ids; /* the table that is being walked has some */
};

static int own_id(struct store *st, sqlite3_changeset_iter *it, bool first, void *ctx,
		  struct err *err)
{
	struct own *own = ctx;
	struct id id = made(it);
	int columns, op, indirect;
	const char *table;
	bool of_referral;

	sqlite3changeset_op(it, &table, &columns, &op, &indirect);
	if (first && has_ids(st, table, &own->ids, err) < 0)
		return -1;
	if (!own->ids || id_none(id) || id_node(id) == own->node)
		return 0;
	if (lent(st, table, id, &of_referral, err) < 0)
		return -1;
	if (of_referral)
		return 0;
	return err_set(err, ERR_FAULT, "it makes a row of %.30s under an id of node %d", table,
		       id_node(id));
}

int effect_own_ids(struct store *st, const void *p, size_t n, int node, struct err *err)
{
	struct own own = { .node = node };

	return walk(st, p, n, own_id, &own, err);
}

/* ---- applying ---- */

struct effects {
	sqlite3_changegroup *group;
	int n;
};

struct effects *effects_new(void)
{
	struct effects *list = mem_new(sizeof *list);

	if (sqlite3changegroup_new(&list->group) != SQLITE_OK)
		list->group = NULL;
	return list;
}

void effects_free(struct effects *list)
{
	if (!list)
		return;
	if (list->group)
		sqlite3changegroup_delete(list->group);
	mem_free(list);
}

int effects_add(struct store *st, struct effects *list, const void *p, size_t n, struct err *err)
{
	int rc;

	if (n == 0)
		return 0;
	if (!changeset_sound(p, n))
		return damaged(err);
	if (!list->group)
		return store_fail(st, SQLITE_NOMEM, err);
	rc = sqlite3changegroup_add(list->group, (int)n, (void *)p);
	list->n++;
	return rc == SQLITE_OK ? 0 : store_fail(st, rc, err);
}

/* What was met instead of what was expected, for the sentence. */
struct met {
	int why;
	char table[40];
};

static int never(void *ctx, int why, sqlite3_changeset_iter *it)
{
	struct met *met = ctx;
	const char *table = "";
	int columns, op, indirect;

	met->why = why;
	if (why != SQLITE_CHANGESET_FOREIGN_KEY &&
	    sqlite3changeset_op(it, &table, &columns, &op, &indirect) == SQLITE_OK)
		sqlite3_snprintf(sizeof met->table, met->table, "%s", table);
	return SQLITE_CHANGESET_ABORT;
}

int effects_apply(struct store *st, struct effects *list, bool upside_down, struct err *err)
{
	struct met met = { 0 };
	void *p = NULL;
	int n = 0, rc;

	if (list->n == 0)
		return 0;
	rc = sqlite3changegroup_output(list->group, &n, &p);
	if (rc == SQLITE_OK && n > 0)
		rc = sqlite3changeset_apply_v2(st->db, n, p, NULL, never, &met, NULL, NULL,
					       upside_down ? SQLITE_CHANGESETAPPLY_INVERT : 0);
	sqlite3_free(p);
	if (rc == SQLITE_OK)
		return 0;
	if (met.why)
		return err_set(
			err, ERR_FAULT,
			"What %s does not fit what is here (%s, reason %d): this copy is damaged.",
			upside_down ? "is to be taken back" : "came from the hub",
			*met.table ? met.table : "foreign keys", met.why);
	return store_fail(st, rc, err);
}
