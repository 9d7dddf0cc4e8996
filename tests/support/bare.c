/* bare.c: the same rows by bare SQLite. */
#include "bare.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "store/db.h"

enum { TABLES_MOST = 48, COLUMNS_MOST = 48 };

struct rows {
	sqlite3_value **v; /* columns of a row behind one another */
	size_t n, cap;
};

/* One statement to be run for each of its rows; the source says which are new. */
struct part {
	char name[32];
	sqlite3_stmt *source, *put;
	int64_t last;
	int columns;
	struct rows rows;
	size_t at; /* slots: how many are written */
};

struct bare {
	sqlite3 *ours, *theirs;
	struct part part[TABLES_MOST];
	int n;
	sqlite3_stmt *counters, *count, *me;
	int64_t counted;
};

static void must(sqlite3 *db, int rc)
{
	if (rc == SQLITE_OK || rc == SQLITE_DONE || rc == SQLITE_ROW)
		return;
	fprintf(stderr, "bare: %s\n", sqlite3_errmsg(db));
	exit(1);
}

static sqlite3_stmt *compiled(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *s = NULL;

	must(db, sqlite3_prepare_v2(db, sql, -1, &s, NULL));
	return s;
}

static int64_t number(sqlite3_stmt *s)
{
	int64_t n = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;

	sqlite3_reset(s);
	return n;
}

static sqlite3 *connected(const char *path)
{
	sqlite3 *db = NULL;

	must(db, sqlite3_open(path, &db));
	must(db, store_functions(db)); /* the triggers of the search keys call them */
	must(db, sqlite3_exec(db,
			      "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;"
			      "PRAGMA cache_size = -512; PRAGMA mmap_size = 4294967296",
			      NULL, NULL, NULL));
	return db;
}

static void add_table(struct bare *b, const char *name)
{
	struct part *p = &b->part[b->n++];
	struct buf sql = { 0 };
	sqlite3_stmt *last;

	snprintf(p->name, sizeof p->name, "%s", name);
	buf_printf(&sql, "SELECT max(rowid) FROM \"%s\"", name);
	last = compiled(b->ours, sql.s);
	p->last = number(last);
	sqlite3_finalize(last);
	buf_clear(&sql);
	buf_printf(&sql, "SELECT rowid, * FROM \"%s\" WHERE rowid > ?1 ORDER BY rowid", name);
	p->source = compiled(b->ours, sql.s);
	p->columns = sqlite3_column_count(p->source) - 1;
	buf_clear(&sql);
	buf_printf(&sql, "INSERT INTO \"%s\" VALUES (?", name);
	for (int i = 1; i < p->columns; i++)
		buf_str(&sql, ", ?");
	buf_str(&sql, ")");
	p->put = compiled(b->theirs, sql.s);
	buf_done(&sql);
}

struct bare *bare_open(const char *ours, const char *theirs)
{
	/* Appointments first, bookings last: they point at the others. */
	static const char TABLES[] =
		"SELECT l.name FROM table_list l JOIN pragma_table_list p ON p.name = l.name"
		" WHERE l.class <> 'derived' AND NOT p.wr AND l.name NOT IN ('me', 'slot')"
		" ORDER BY l.name <> 'appointment', l.name = 'booking', l.name";
	struct bare *b = mem_new(sizeof *b);
	struct part *slots;
	sqlite3_stmt *s;

	b->ours = connected(ours);
	b->theirs = connected(theirs);
	s = compiled(b->ours, TABLES);
	while (sqlite3_step(s) == SQLITE_ROW && b->n < TABLES_MOST - 1)
		add_table(b, (const char *)sqlite3_column_text(s, 0));
	sqlite3_finalize(s);
	slots = &b->part[b->n++];
	slots->source =
		compiled(b->ours, "SELECT appt, appt, id FROM slot WHERE appt > ?1 ORDER BY appt");
	slots->put = compiled(b->theirs, "UPDATE slot SET appt = ?1 WHERE id = ?2");
	slots->columns = 2;
	s = compiled(b->ours, "SELECT max(id) FROM appointment");
	slots->last = number(s);
	sqlite3_finalize(s);
	b->counters = compiled(b->ours, "SELECT sum(next) FROM counter");
	b->counted = number(b->counters);
	b->count = compiled(b->theirs, "UPDATE counter SET next = next + 1 WHERE name ="
				       " (SELECT min(name) FROM counter)");
	b->me = compiled(b->theirs, "UPDATE me SET next_n = next_n + 1, next_act = next_act + 1,"
				    " last_id = last_id + 1, cmd_hash = randomblob(32)");
	return b;
}

static void forget(struct part *p)
{
	list_each (v, &p->rows)
		sqlite3_value_free(*v);
	p->rows.n = 0;
}

static void take(struct part *p)
{
	forget(p);
	p->at = 0;
	sqlite3_bind_int64(p->source, 1, p->last);
	while (sqlite3_step(p->source) == SQLITE_ROW) {
		int64_t id = sqlite3_column_int64(p->source, 0);

		if (id > p->last)
			p->last = id;
		for (int i = 1; i <= p->columns; i++)
			*list_push(&p->rows) =
				sqlite3_value_dup(sqlite3_column_value(p->source, i));
	}
	sqlite3_reset(p->source);
}

static void put_row(struct bare *b, struct part *p, size_t row)
{
	for (int i = 0; i < p->columns; i++)
		sqlite3_bind_value(p->put, i + 1, p->rows.v[row * (size_t)p->columns + (size_t)i]);
	must(b->theirs, sqlite3_step(p->put));
	must(b->theirs, sqlite3_reset(p->put));
}

static int64_t first_of(const struct part *p, size_t row)
{
	return sqlite3_value_int64(p->rows.v[row * (size_t)p->columns]);
}

/* The rows of one change: one of each table that has one for it (an episode early rather than late,
 * for the booking points at it), and the slots of the appointment. */
static void put_share(struct bare *b, int change)
{
	const struct part *appts = &b->part[0];
	struct part *slots = &b->part[b->n - 1];
	size_t n = slots->rows.n / (size_t)slots->columns;

	for (int i = 0; i < b->n - 1; i++)
		if ((size_t)change < b->part[i].rows.n / (size_t)b->part[i].columns)
			put_row(b, &b->part[i], (size_t)change);
	for (; slots->at < n && first_of(slots, slots->at) <= first_of(appts, (size_t)change);
	     slots->at++)
		put_row(b, slots, slots->at);
}

void bare_replay(struct bare *b, int changes, struct samples *ret_ms)
{
	int64_t counted = number(b->counters);

	for (int i = 0; i < b->n; i++)
		take(&b->part[i]);
	for (int change = 0; change < changes; change++) {
		double began = now_ms();

		must(b->theirs, sqlite3_exec(b->theirs, "BEGIN IMMEDIATE", NULL, NULL, NULL));
		put_share(b, change);
		if (counted - b->counted > change) {
			must(b->theirs, sqlite3_step(b->count));
			sqlite3_reset(b->count);
		}
		must(b->theirs, sqlite3_step(b->me));
		sqlite3_reset(b->me);
		must(b->theirs, sqlite3_exec(b->theirs, "COMMIT", NULL, NULL, NULL));
		sample(ret_ms, now_ms() - began);
	}
	b->counted = counted;
}

void bare_whole(struct bare *b, bool journal, double *ret_ms)
{
	double began;

	for (int i = 0; i < b->n; i++)
		take(&b->part[i]);
	must(b->theirs, sqlite3_exec(b->theirs, "PRAGMA cache_size = -65536", NULL, NULL, NULL));
	began = now_ms();
	/* Tables come in the order of their names: what points forward is looked at once, at the
	 * end.
	 */
	must(b->theirs, sqlite3_exec(b->theirs, "BEGIN IMMEDIATE; PRAGMA defer_foreign_keys = ON",
				     NULL, NULL, NULL));
	for (int i = 0; i < b->n - 1; i++) {
		struct part *p = &b->part[i];

		if (!journal && (strcmp(p->name, "cmd") == 0 || strcmp(p->name, "history") == 0))
			continue;
		for (size_t row = 0; row < p->rows.n / (size_t)p->columns; row++)
			put_row(b, p, row);
	}
	must(b->theirs, sqlite3_exec(b->theirs, "COMMIT", NULL, NULL, NULL));
	*ret_ms = now_ms() - began;
}

void bare_close(struct bare *b)
{
	for (int i = 0; i < b->n; i++) {
		forget(&b->part[i]);
		list_free(&b->part[i].rows);
		sqlite3_finalize(b->part[i].source);
		sqlite3_finalize(b->part[i].put);
	}
	sqlite3_finalize(b->counters);
	sqlite3_finalize(b->count);
	sqlite3_finalize(b->me);
	sqlite3_close(b->ours);
	sqlite3_close(b->theirs);
	mem_free(b);
}
