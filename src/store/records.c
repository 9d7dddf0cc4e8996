/*
 * records.c: rows of the plain tables.  Statements are made from names that the program carries, so
 * they are compiled when asked for; these tables change a few times a day.
 */
#include <assert.h>
#include <string.h>

#include "base/alloc.h"
#include "store/db.h"
#include "store/records.h"

/* Only names of our own tables come here; this catches a mistake before it becomes SQL. */
static bool is_name(const char *s)
{
	return *s && strspn(s, "abcdefghijklmnopqrstuvwxyz_") == strlen(s);
}

static int prepare(struct store *st, struct buf *sql, sqlite3_stmt **ret)
{
	int rc = sqlite3_prepare_v2(st->db, sql->s, (int)sql->n, ret, NULL);

	buf_done(sql);
	return rc;
}

static void keep(struct txn *t, int rc)
{
	if (rc != SQLITE_OK && rc != SQLITE_DONE && rc != SQLITE_ROW && !txn_failed(t))
		store_fail(t->store, rc, &t->err);
}

void record_insert(struct txn *t, const char *table, struct id id, const char *const *columns,
		   const char *const *values, size_t n)
{
	struct buf sql = { 0 };
	sqlite3_stmt *stmt = NULL;
	int rc;

	if (txn_failed(t))
		return;
	assert(is_name(table));
	buf_printf(&sql, "INSERT INTO %s (id", table);
	for (size_t i = 0; i < n; i++) {
		assert(is_name(columns[i]));
		buf_printf(&sql, ", %s", columns[i]);
	}
	buf_str(&sql, ") VALUES (?1");
	for (size_t i = 0; i < n; i++)
		buf_printf(&sql, ", ?%zu", i + 2);
	buf_str(&sql, ")");
	rc = prepare(t->store, &sql, &stmt);
	if (rc == SQLITE_OK) {
		sqlite3_bind_int64(stmt, 1, id.n);
		for (size_t i = 0; i < n; i++)
			sqlite3_bind_text(stmt, (int)i + 2, values[i], -1, SQLITE_STATIC);
		rc = sqlite3_step(stmt);
	}
	keep(t, rc);
	sqlite3_finalize(stmt);
}

bool record_update(struct txn *t, const char *table, struct id id, const char *column,
		   const char *base, const char *value)
{
	struct buf sql = { 0 };
	sqlite3_stmt *stmt = NULL;
	int rc, changed = 0;

	if (txn_failed(t))
		return true;
	assert(is_name(table) && is_name(column));
	buf_printf(
		&sql,
		"UPDATE %s SET %s = ?1 WHERE id = ?2 AND (%s IS ?3 OR CAST(%s AS TEXT) = ?3 OR %s IS ?1)",
		table, column, column, column, column);
	rc = prepare(t->store, &sql, &stmt);
	if (rc == SQLITE_OK) {
		sqlite3_bind_text(stmt, 1, value, -1, SQLITE_STATIC);
		sqlite3_bind_int64(stmt, 2, id.n);
		sqlite3_bind_text(stmt, 3, base, -1, SQLITE_STATIC);
		rc = sqlite3_step(stmt);
		changed = sqlite3_changes(t->store->db);
	}
	keep(t, rc);
	sqlite3_finalize(stmt);
	return changed > 0;
}

char *record_now(struct txn *t, const char *table, struct id id, const char *column)
{
	struct buf sql = { 0 };
	sqlite3_stmt *stmt = NULL;
	char *ret = NULL;
	int rc;

	if (txn_failed(t))
		return NULL;
	assert(is_name(table) && is_name(column));
	buf_printf(&sql, "SELECT CAST(%s AS TEXT) FROM %s WHERE id = ?1", column, table);
	rc = prepare(t->store, &sql, &stmt);
	if (rc == SQLITE_OK) {
		sqlite3_bind_int64(stmt, 1, id.n);
		rc = sqlite3_step(stmt);
		if (rc == SQLITE_ROW)
			ret = mem_str((const char *)sqlite3_column_text(stmt, 0));
	}
	keep(t, rc == SQLITE_ROW ? SQLITE_DONE : rc);
	sqlite3_finalize(stmt);
	return ret;
}

int record_rows(struct store *st, const char *table, struct id id, const char *const *columns,
		size_t n, const char *order,
		void (*each)(void *ctx, struct id id, const char *const *values), void *ctx,
		struct err *err)
{
	struct buf sql = { 0 };
	sqlite3_stmt *stmt = NULL;
	const char **values = mem_new((n + 1) * sizeof *values);
	int rc;

	assert(is_name(table) && is_name(order));
	buf_str(&sql, "SELECT id");
	for (size_t i = 0; i < n; i++) {
		assert(is_name(columns[i]));
		buf_printf(&sql, ", %s", columns[i]);
	}
	buf_printf(&sql, " FROM %s%s ORDER BY %s, id", table, id_none(id) ? "" : " WHERE id = ?1",
		   order);
	rc = prepare(st, &sql, &stmt);
	if (rc == SQLITE_OK && !id_none(id))
		rc = sqlite3_bind_int64(stmt, 1, id.n);
	if (rc == SQLITE_OK)
		while ((rc = sqlite3_step(stmt)) == SQLITE_ROW) {
			for (size_t i = 0; i < n; i++) {
				const char *s = (const char *)sqlite3_column_text(stmt, (int)i + 1);

				values[i] = s ? s : "";
			}
			each(ctx, (struct id){ sqlite3_column_int64(stmt, 0) }, values);
		}
	sqlite3_finalize(stmt);
	mem_free(values);
	return rc == SQLITE_DONE ? 0 : store_fail(st, rc, err);
}

int record_lookup(struct store *st, const char *table, const char *column, const char *value,
		  struct id *ret, struct err *err)
{
	struct buf sql = { 0 };
	sqlite3_stmt *stmt = NULL;
	struct id id = { 0 };
	int rc;

	assert(is_name(table) && is_name(column));
	buf_printf(&sql, "SELECT id FROM %s WHERE lower(%s) = lower(?1) LIMIT 1", table, column);
	rc = prepare(st, &sql, &stmt);
	if (rc == SQLITE_OK)
		rc = sqlite3_bind_text(stmt, 1, value, -1, SQLITE_STATIC);
	if (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW)
		id.n = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	if (rc != SQLITE_ROW && rc != SQLITE_DONE)
		return store_fail(st, rc, err);
	*ret = id;
	return 0;
}

int setting_get(struct store *st, const char *name, char *ret, size_t n, struct id *ret_id,
		struct err *err)
{
	static const struct query GET = { "setting.get",
					  "SELECT id, value FROM setting WHERE name = :name" };
	struct row row = query(st, &GET);
	struct id id = { 0 };

	ret[0] = '\0';
	bind_text(&row, ":name", name);
	while (row_next(&row)) {
		id = get_id(&row);
		get_text(&row, ret, n);
	}
	if (row_done(&row, err) < 0)
		return -1;
	if (ret_id)
		*ret_id = id;
	return 0;
}
