/*
 * stats.c: sizes by SQLite's own account of its pages, and work by its counters.
 */
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "store/db.h"
#include "store/stats.h"

static int one_number(struct store *st, const struct query *q, int64_t *ret, struct err *err)
{
	struct row row = query(st, q);
	int64_t n = 0;

	while (row_next(&row))
		n = get_int(&row);
	if (row_done(&row, err) < 0)
		return -1;
	*ret = n;
	return 0;
}

static int files(struct store *st, stats_found *found, void *ctx, struct err *err)
{
	static const struct query SIZE = { "stats.size", "PRAGMA page_size" },
				  PAGES = { "stats.pages", "PRAGMA page_count" },
				  FREE = { "stats.free", "PRAGMA freelist_count" };
	enum { FRAME_HEAD = 24 }; /* before each page in the write-ahead log; its own head is 32 */
	int64_t size, pages, empty, frames = 0;
	struct stat sb = { 0 };
	char *wal = mem_printf("%s-wal", st->path);

	if (stat(wal, &sb) < 0)
		sb.st_size = 0;
	mem_free(wal);
	if (one_number(st, &SIZE, &size, err) < 0 || one_number(st, &PAGES, &pages, err) < 0 ||
	    one_number(st, &FREE, &empty, err) < 0)
		return -1;
	if (sb.st_size > 32)
		frames = (sb.st_size - 32) / (size + FRAME_HEAD);
	found(ctx, "file", "database", pages, pages * size);
	found(ctx, "file", "free", empty, empty * size);
	found(ctx, "file", "wal", frames, sb.st_size);
	return 0;
}

static int tables(struct store *st, stats_found *found, void *ctx, struct err *err)
{
	/* Rows of a table stand on its leaves; of one without a rowid on every page. */
	static const struct query TABLES = {
		"stats.tables",
		"SELECT t.tbl_name, sum(CASE WHEN t.type = 'table' AND (l.wr OR d.pagetype = 'leaf')"
		" THEN d.ncell ELSE 0 END), sum(d.pgsize) FROM dbstat d"
		" JOIN sqlite_schema t ON t.name = d.name"
		" JOIN pragma_table_list l ON l.name = t.tbl_name AND l.schema = 'main'"
		" WHERE t.tbl_name NOT LIKE 'sqlite\\_%' ESCAPE '\\' GROUP BY t.tbl_name ORDER BY 1"
	};
	struct row row = query(st, &TABLES);

	while (row_next(&row)) {
		char name[64];
		int64_t rows, bytes;

		get_text(&row, name, sizeof name);
		rows = get_int(&row);
		bytes = get_int(&row);
		found(ctx, "table", name, rows, bytes);
	}
	return row_done(&row, err);
}

int store_stats(struct store *st, stats_found *found, void *ctx, struct err *err)
{
	static const struct query SCHEMA = { "stats.schema", "PRAGMA user_version" };
	int64_t schema;
	int rc = -1;

	if (store_look(st, err) < 0)
		return -1;
	if (one_number(st, &SCHEMA, &schema, err) == 0) {
		found(ctx, "schema", "version", schema, 0);
		if (files(st, found, ctx, err) == 0)
			rc = tables(st, found, ctx, err);
	}
	store_look_end(st);
	return rc;
}

/* ---- work ---- */

static int64_t counter(struct store *st, int which)
{
	int now = 0, most = 0;

	sqlite3_db_status(st->db, which, &now, &most, 0);
	return now;
}

void store_work(struct store *st, struct store_work *ret)
{
	struct store_work w = { 0 };

	for (sqlite3_stmt *s = sqlite3_next_stmt(st->db, NULL); s;
	     s = sqlite3_next_stmt(st->db, s)) {
		/* The counter has 32 bits and no sign. */
		w.steps += (uint32_t)sqlite3_stmt_status(s, SQLITE_STMTSTATUS_VM_STEP, 0);
		w.compiled++;
	}
	w.pages = counter(st, SQLITE_DBSTATUS_CACHE_HIT) + counter(st, SQLITE_DBSTATUS_CACHE_MISS);
	*ret = w;
}

int store_unmap(struct store *st, struct err *err)
{
	return store_exec(st, "PRAGMA mmap_size = 0", err);
}
