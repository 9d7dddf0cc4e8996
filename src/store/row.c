/*
 * row.c: binding, stepping and reading, with the first failure kept.
 */
#include <assert.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "model/need.h"
#include "store/db.h"

static int in_words(struct store *st, int rc, struct err *err)
{
	switch (rc & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return err_set(
			err, ERR_STORE,
			"The database is busy: another program holds it.  Nothing was saved; try again.");
	case SQLITE_FULL:
		return err_set(
			err, ERR_STORE,
			"The disk is full: nothing was saved.  Free some space and try again.");
	case SQLITE_IOERR:
		return err_set(
			err, ERR_STORE,
			"The disk refused to read or write: nothing was saved.  Check it, then try again.");
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return err_set(
			err, ERR_STORE,
			"The database is damaged: stop here and restore the last backup (%s).",
			sqlite3_errmsg(st->db));
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_CANTOPEN:
	case SQLITE_AUTH:
		return err_set(
			err, ERR_STORE,
			"The database may not be written by this user: ask who looks after this machine.");
	default:
		return err_set(err, ERR_FAULT,
			       "A fault of ours in the database (%s): please report it.",
			       sqlite3_errmsg(st->db));
	}
}

int store_fail(struct store *st, int rc, struct err *err)
{
	in_words(st, rc, err);
	rc &= 0xff;
	if (err)
		err->passes = rc == SQLITE_BUSY || rc == SQLITE_LOCKED || rc == SQLITE_FULL ||
			      rc == SQLITE_IOERR;
	return -1;
}

static struct kept *compiled(struct store *st, const struct query *q, int *rc)
{
	size_t at = ((uintptr_t)q >> 4) * 2654435761u % STATEMENTS;

	for (size_t i = 0; i < STATEMENTS; i++, at = (at + 1) % STATEMENTS) {
		if (st->kept[at].q == q)
			return &st->kept[at];
		if (!st->kept[at].q)
			break;
	}
	struct kept *kept = &st->kept[at];
	sqlite3_stmt *stmt = NULL;
	int n;

	assert(!kept->q); /* there are fewer queries than places */
	*rc = sqlite3_prepare_v3(st->db, q->sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL);
	if (*rc != SQLITE_OK)
		return NULL;
	n = sqlite3_bind_parameter_count(stmt);
	kept->q = q;
	kept->stmt = stmt;
	kept->places = n ? mem_new((size_t)n * sizeof *kept->places) : NULL;
	kept->n = n;
	return kept;
}

struct row query(struct store *st, const struct query *q)
{
	struct row row = { .st = st, .rc = SQLITE_OK };

	row.kept = compiled(st, q, &row.rc);
	if (row.kept) {
		row.stmt = row.kept->stmt;
		assert(!sqlite3_stmt_busy(row.stmt)); /* a query may not run inside itself */
	}
	return row;
}

struct row query_once(struct store *st, const struct query *q, sqlite3_stmt **ret)
{
	struct row row = { .st = st };

	row.rc = sqlite3_prepare_v2(st->db, q->sql, -1, ret, NULL);
	row.stmt = row.rc == SQLITE_OK ? *ret : NULL;
	return row;
}

/* The place of a name; a name that the query does not have is a mistake in the code.  A query binds
 * its names in the same order each time: the name that stood here last is this one, most often. */
static int place(struct row *row, const char *name)
{
	struct kept *kept = row->kept;
	int i = row->bound++, n;

	if (!row->stmt)
		return 0;
	if (kept && i < kept->n && kept->places[i].name == name)
		return kept->places[i].at;
	n = sqlite3_bind_parameter_index(row->stmt, name);
	assert(n > 0);
	if (kept && i < kept->n) {
		kept->places[i].name = name;
		kept->places[i].at = n;
	}
	return n;
}

static void bound(struct row *row, int rc)
{
	if (row->rc == SQLITE_OK)
		row->rc = rc;
}

void bind_int(struct row *row, const char *name, int64_t n)
{
	int at = place(row, name);

	if (at)
		bound(row, sqlite3_bind_int64(row->stmt, at, n));
}

void bind_id(struct row *row, const char *name, struct id id)
{
	int at = place(row, name);

	if (at)
		bound(row, id_none(id) ? sqlite3_bind_null(row->stmt, at)
				       : sqlite3_bind_int64(row->stmt, at, id.n));
}

void bind_text(struct row *row, const char *name, const char *s)
{
	int at = place(row, name);

	if (at)
		bound(row, sqlite3_bind_text(row->stmt, at, s, -1, SQLITE_STATIC));
}

void bind_word(struct row *row, const char *name, const char *s)
{
	bind_text(row, name, s && *s ? s : NULL);
}

void bind_blob(struct row *row, const char *name, const void *p, size_t n)
{
	int at = place(row, name);

	if (at)
		bound(row, p ? sqlite3_bind_blob64(row->stmt, at, p, n, SQLITE_STATIC)
			     : sqlite3_bind_null(row->stmt, at));
}

void bind_moment(struct row *row, const char *name, struct moment m)
{
	bind_id(row, name, (struct id){ m.utc });
}

void bind_date(struct row *row, const char *name, struct date d)
{
	int at = place(row, name);

	if (at)
		bound(row, date_none(d) ? sqlite3_bind_null(row->stmt, at)
					: sqlite3_bind_int64(row->stmt, at, d.n));
}

bool row_next(struct row *row)
{
	if (row->rc != SQLITE_OK && row->rc != SQLITE_ROW)
		return false;
	if (row->rc == SQLITE_ROW)
		assert(row->col ==
		       sqlite3_column_count(row->stmt)); /* the last row was read whole */
	row->col = 0;
	row->rc = sqlite3_step(row->stmt);
	return row->rc == SQLITE_ROW;
}

int64_t get_int(struct row *row)
{
	return sqlite3_column_int64(row->stmt, row->col++);
}

struct id get_id(struct row *row)
{
	return (struct id){ get_int(row) };
}

bool get_bool(struct row *row)
{
	return get_int(row) != 0;
}

const char *get_str(struct row *row)
{
	return (const char *)sqlite3_column_text(row->stmt, row->col++);
}

void get_text(struct row *row, char *buf, size_t n)
{
	const char *s = get_str(row);
	size_t len = s ? strlen(s) : 0;

	if (len >= n) {
		len = n - 1;
		while (len > 0 && ((unsigned char)s[len] & 0xc0) == 0x80)
			len--;
	}
	if (len)
		memcpy(buf, s, len);
	buf[len] = '\0';
}

const void *get_blob(struct row *row, size_t *ret_n)
{
	const void *p = sqlite3_column_blob(row->stmt, row->col);

	*ret_n = (size_t)sqlite3_column_bytes(row->stmt, row->col++);
	return p;
}

unsigned get_needs(struct row *row)
{
	unsigned needs = 0;
	const char *text = get_str(row);

	if (text)
		needs_parse(text, &needs, NULL);
	return needs;
}

struct moment get_moment(struct row *row)
{
	return (struct moment){ get_int(row) };
}

struct date get_date(struct row *row)
{
	if (sqlite3_column_type(row->stmt, row->col) == SQLITE_NULL) {
		row->col++;
		return DATE_NONE;
	}
	return (struct date){ (int32_t)get_int(row) };
}

int row_done(struct row *row, struct err *err)
{
	int rc = row->rc, ret = 0;

	if (rc != SQLITE_OK && rc != SQLITE_ROW && rc != SQLITE_DONE)
		ret = store_fail(row->st, rc, err);
	if (row->stmt) {
		sqlite3_reset(row->stmt);
		sqlite3_clear_bindings(row->stmt);
	}
	return ret;
}

int row_run(struct row *row, struct err *err)
{
	while (row_next(row))
		row->col = sqlite3_column_count(row->stmt);
	return row_done(row, err);
}

int txn_run(struct txn *t, struct row *row)
{
	struct err err = ERR_INIT;

	if (txn_failed(t)) {
		row_done(row, NULL);
		return 0;
	}
	if (row_run(row, &err) < 0) {
		t->err = err;
		return 0;
	}
	return sqlite3_changes(t->store->db);
}

void txn_done(struct txn *t, struct row *row)
{
	struct err err = ERR_INIT;

	if (row_done(row, &err) < 0 && !txn_failed(t))
		t->err = err;
}
