/*
 * capture.c: what a command changes in the synced tables, written down as it happens.
 *
 * SQLite tells of each change before it is made, with the row as it was and as it will be, and that
 * is all that a changeset needs (changeset.c draws it).  The session extension would do the same
 * for us, but it compiles a query for each table and each command, and that costs more than most
 * commands do: three fifths of what the hub did for a booking.  Where one row was changed more than
 * once, SQLite's changegroup makes one change of them, or none.
 *
 * Relied upon: synced tables have an INTEGER PRIMARY KEY (the schema check), and a command that
 * fails in the middle is given up whole, with what was written down of it.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "store/db.h"
#include "store/effect.h"

enum { NAME_MOST = 40, LOOKED_AT = 1000, INTEGER = 1, REAL = 2, TEXT = 3, BLOB = 4, NONE = 5 };

/* A synced table, and what the command under way has changed in it. */
struct table {
	char name[NAME_MOST];
	int part;
	int columns, key; /* how many; which of them is the key */
	struct buf changes;
	int64_t *rows; /* changed ones, in no order */
	size_t n, cap;
	bool again; /* one of them twice */
	int turn;   /* 1: the first that was written to; 0: it was not */
};
struct capture {
	struct table *v;
	size_t n, cap;
	struct table *last;
	int turns, rc;
};

/* ---- the tables ---- */

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct table *)a)->name, ((const struct table *)b)->name);
}

/* Once for each connection: the schema does not change under it. */
static int read_tables(struct store *st, struct err *err)
{
	static const struct query TABLES = {
		"capture.tables",
		"SELECT l.name, l.class = 'scoped', count(*), sum(c.pk), sum(c.pk * c.cid)"
		" FROM table_list l JOIN pragma_table_info(l.name) c"
		" WHERE l.class IN ('operational', 'scoped') GROUP BY l.name ORDER BY l.name"
	};
	struct capture *all = mem_new(sizeof *all);
	struct row row = query(st, &TABLES);
	int keys = 1;

	while (row_next(&row)) {
		struct table *t = list_push(all);

		get_text(&row, t->name, sizeof t->name);
		t->part = (int)get_int(&row);
		t->columns = (int)get_int(&row);
		if (get_int(&row) != 1)
			keys = 0;
		t->key = (int)get_int(&row);
	}
	st->captured = all;
	if (row_done(&row, err) < 0)
		return -1;
	return keys ? 0 : err_set(err, ERR_FAULT, "A synced table has no key of one number.");
}

static void forget(struct capture *all)
{
	list_each (t, all) {
		buf_clear(&t->changes);
		t->n = 0;
		t->turn = 0;
		t->again = false;
	}
	all->turns = 0;
	all->rc = SQLITE_OK;
}

void effect_done(struct store *st)
{
	if (!st->captured)
		return;
	list_each (t, st->captured) {
		buf_done(&t->changes);
		mem_free(t->rows);
	}
	list_free(st->captured);
	mem_free(st->captured);
	st->captured = NULL;
}

/* A command writes to few tables, often to one several times in a row. */
static struct table *find(struct capture *all, const char *name)
{
	struct table key = { .name = "" }, *t;
	size_t n = strlen(name);

	if (all->last && strcmp(all->last->name, name) == 0)
		return all->last;
	if (n >= sizeof key.name)
		return NULL;
	memcpy(key.name, name, n + 1);
	t = bsearch(&key, all->v, all->n, sizeof key, by_name);

	if (t)
		all->last = t;
	return t;
}

/* ---- written down ---- */

static void put_varint(struct buf *out, uint64_t n)
{
	unsigned char bytes[10], *p = bytes + sizeof bytes;

	assert(n < 1u << 30); /* no value is that long */
	*--p = (unsigned char)(n & 127);
	while (n >>= 7)
		*--p = (unsigned char)(n & 127) | 128;
	buf_add(out, p, (size_t)(bytes + sizeof bytes - p));
}

static void put_eight(struct buf *out, uint64_t n)
{
	unsigned char bytes[8];

	for (int i = 0; i < 8; i++)
		bytes[i] = (unsigned char)(n >> (56 - 8 * i));
	buf_add(out, bytes, sizeof bytes);
}

static void put_value(struct buf *out, sqlite3_value *v)
{
	unsigned char type = (unsigned char)sqlite3_value_type(v);
	const void *p;
	double real;
	uint64_t n;

	buf_add(out, &type, 1);
	switch (type) {
	case INTEGER:
		put_eight(out, (uint64_t)sqlite3_value_int64(v));
		break;
	case REAL:
		real = sqlite3_value_double(v);
		memcpy(&n, &real, sizeof n);
		put_eight(out, n);
		break;
	case TEXT:
	case BLOB:
		p = type == TEXT ? sqlite3_value_text(v) : sqlite3_value_blob(v);
		n = (uint64_t)sqlite3_value_bytes(v);
		put_varint(out, n);
		if (n)
			buf_add(out, p, (size_t)n);
		break;
	default:
		break;
	}
}

static bool same_value(sqlite3_value *a, sqlite3_value *b)
{
	int type = sqlite3_value_type(a), n;

	if (type != sqlite3_value_type(b))
		return false;
	if (type == INTEGER)
		return sqlite3_value_int64(a) == sqlite3_value_int64(b);
	if (type == NONE)
		return true;
	if (type == REAL) {
		double x = sqlite3_value_double(a), y = sqlite3_value_double(b);

		return memcmp(&x, &y, sizeof x) == 0;
	}
	n = sqlite3_value_bytes(a);
	return n == sqlite3_value_bytes(b) &&
	       (n == 0 || memcmp(sqlite3_value_blob(a), sqlite3_value_blob(b), (size_t)n) == 0);
}

static void put_head(sqlite3 *db, struct table *t, int what)
{
	unsigned char head[2] = { (unsigned char)what, sqlite3_preupdate_depth(db) > 0 };

	buf_add(&t->changes, head, sizeof head);
}

typedef int read_fn(sqlite3 *db, int column, sqlite3_value **ret);

/* A whole row, as it was or as it will be. */
static int put_row(sqlite3 *db, struct table *t, int what, read_fn *read)
{
	put_head(db, t, what);
	for (int i = 0; i < t->columns; i++) {
		sqlite3_value *v = NULL;
		int rc = read(db, i, &v);

		if (rc != SQLITE_OK)
			return rc;
		put_value(&t->changes, v);
	}
	return SQLITE_OK;
}

/* The key, and of the other columns those that change: as they were, then as they will be. */
static int put_update(sqlite3 *db, struct table *t)
{
	static const unsigned char left = 0;
	struct buf to = { 0 };
	size_t start = t->changes.n;
	bool changed = false;
	int rc = SQLITE_OK;

	put_head(db, t, SQLITE_UPDATE);
	for (int i = 0; rc == SQLITE_OK && i < t->columns; i++) {
		sqlite3_value *was = NULL, *will = NULL;
		bool same;

		rc = sqlite3_preupdate_old(db, i, &was);
		if (rc == SQLITE_OK)
			rc = sqlite3_preupdate_new(db, i, &will);
		if (rc != SQLITE_OK)
			break;
		same = same_value(was, will);
		changed |= !same;
		if (same && i != t->key)
			buf_add(&t->changes, &left, 1);
		else
			put_value(&t->changes, was);
		if (same)
			buf_add(&to, &left, 1);
		else
			put_value(&to, will);
	}
	buf_add(&t->changes, to.s, to.n);
	buf_done(&to);
	if (!changed) { /* nothing comes of it */
		t->changes.n = start;
		return rc;
	}
	return rc;
}

static void note_row(struct table *t, int64_t row)
{
	/* Where there are many the joining finds out for less. */
	t->again |= t->n >= LOOKED_AT;
	for (size_t i = 0; i < t->n && !t->again; i++)
		t->again = t->rows[i] == row;
	if (t->n == t->cap) {
		t->cap = t->cap ? t->cap * 2 : 16;
		t->rows = mem_grow(t->rows, t->cap * sizeof *t->rows);
	}
	t->rows[t->n++] = row;
}

static void on_change(void *ctx, sqlite3 *db, int what, const char *base, const char *name,
		      sqlite3_int64 was, sqlite3_int64 will)
{
	struct store *st = ctx;
	struct capture *all = st->captured;
	struct table *t;

	if (all->rc != SQLITE_OK || strcmp(base, "main") != 0 || !(t = find(all, name)))
		return;
	if (!t->turn)
		t->turn = ++all->turns;
	if (sqlite3_preupdate_count(db) != t->columns) {
		all->rc = SQLITE_SCHEMA;
		return;
	}
	note_row(t, what == SQLITE_INSERT ? will : was);
	if (what == SQLITE_INSERT) {
		all->rc = put_row(db, t, what, sqlite3_preupdate_new);
	} else if (what == SQLITE_DELETE) {
		all->rc = put_row(db, t, what, sqlite3_preupdate_old);
	} else if (was == will) {
		all->rc = put_update(db, t);
	} else { /* another key is another row */
		note_row(t, will);
		all->rc = put_row(db, t, SQLITE_DELETE, sqlite3_preupdate_old);
		if (all->rc == SQLITE_OK)
			all->rc = put_row(db, t, SQLITE_INSERT, sqlite3_preupdate_new);
	}
}

int effect_watch(struct store *st, struct err *err)
{
	if (!st->captured && read_tables(st, err) < 0) {
		effect_done(st);
		return -1;
	}
	forget(st->captured);
	sqlite3_preupdate_hook(st->db, on_change, st);
	return 0;
}

void effect_unwatch(struct store *st)
{
	sqlite3_preupdate_hook(st->db, NULL, NULL);
}

/* ---- read ---- */

static void put_table(const struct table *t, struct buf *out)
{
	unsigned char is_key;

	buf_add(out, "T", 1);
	put_varint(out, (uint64_t)t->columns);
	for (int i = 0; i < t->columns; i++) {
		is_key = i == t->key;
		buf_add(out, &is_key, 1);
	}
	buf_add(out, t->name, strlen(t->name) + 1);
	buf_add(out, t->changes.s, t->changes.n);
}

/* Rows that were changed twice are in it once afterwards, or not at all. */
static int join(struct store *st, struct buf *part, struct err *err)
{
	sqlite3_changegroup *group = NULL;
	void *p = NULL;
	int n = 0, rc = sqlite3changegroup_new(&group);

	if (rc == SQLITE_OK)
		rc = sqlite3changegroup_add(group, (int)part->n, part->s);
	if (rc == SQLITE_OK)
		rc = sqlite3changegroup_output(group, &n, &p);
	if (rc == SQLITE_OK) {
		buf_clear(part);
		buf_add(part, p, (size_t)n);
	}
	sqlite3_free(p);
	sqlite3changegroup_delete(group);
	return rc == SQLITE_OK ? 0 : store_fail(st, rc, err);
}

int effect_read(struct store *st, struct buf ret[PARTS], struct err *err)
{
	struct capture *all = st->captured;

	if (all->rc != SQLITE_OK)
		return store_fail(st, all->rc, err);
	for (int part = 0; part < PARTS; part++) {
		bool again = false;

		assert(ret[part].n == 0);
		for (int turn = 1; turn <= all->turns; turn++)
			list_each (t, all)
				if (t->turn == turn && t->part == part && t->changes.n) {
					put_table(t, &ret[part]);
					again |= t->again;
				}
		if (again && join(st, &ret[part], err) < 0)
			return -1;
	}
	return 0;
}
