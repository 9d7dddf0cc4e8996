/*
 * load.c: rows written straight in, for practice data.
 *
 * Making an index once, sorted, costs a fraction of keeping it row by row; so the indexes of the
 * tables that grow are dropped at the beginning, by their own text in the schema, and made from the
 * same text at the end.  Both happen inside the one change, so no other reader ever misses them.
 */
#include <string.h>

#include "base/alloc.h"
#include "store/db.h"
#include "store/load.h"

static int only_practice(const struct store *st, struct err *err)
{
	if (st->me.practice)
		return 0;
	return err_set(err, ERR_DENIED,
		       "Only a practice database is filled like this; this one is real.");
}

int load_open(struct store *st, struct err *err)
{
	if (only_practice(st, err) < 0)
		return -1;
	return store_exec(st,
			  "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;"
			  "PRAGMA cache_size = -262144",
			  err);
}

int load_close(struct store *st, struct moment at, struct moment set, struct err *err)
{
	static const struct query CLOCK = { "load.clock",
					    "UPDATE me SET clock_at = :at, clock_set = :set" };
	struct row row;

	if (only_practice(st, err) < 0 || store_begin(st, err) < 0)
		return -1;
	row = query(st, &CLOCK);
	bind_moment(&row, ":at", at);
	bind_moment(&row, ":set", set);
	if (row_run(&row, err) < 0) {
		store_rollback(st);
		return -1;
	}
	if (store_commit(st, err) < 0)
		return -1;
	/* The change of mode is written with a wait for the disk, and with it all before it. */
	return store_exec(st, "PRAGMA synchronous = FULL; PRAGMA journal_mode = WAL", err);
}

/* ---- indexes ---- */

#define LARGE                                                                                      \
	"('block', 'slot', 'appointment', 'episode', 'booking', 'history') AND type = 'index'"     \
	" AND sql IS NOT NULL"

/* One text per index: what `sql` makes of its row in the schema. */
static void collect(struct txn *t, const struct query *q, struct buf *out)
{
	struct row row = query(t->store, q);

	while (row_next(&row)) {
		buf_str(out, get_str(&row));
		buf_str(out, ";");
	}
	txn_done(t, &row);
}

/* Where the texts of the dropped indexes stay until they are made again. */
static int indexes_off(struct txn *t)
{
	static const struct query KEEP = { "load.keep",
					   "CREATE TEMP TABLE dropped AS SELECT sql FROM"
					   " main.sqlite_schema WHERE tbl_name IN " LARGE };
	static const struct query DROP = { "load.drop",
					   "SELECT 'DROP INDEX ' || name FROM main.sqlite_schema"
					   " WHERE tbl_name IN " LARGE };
	struct row row = query(t->store, &KEEP);
	struct buf sql = { 0 };
	int rc;

	txn_run(t, &row);
	collect(t, &DROP, &sql);
	rc = txn_failed(t) ? -1 : store_exec(t->store, sql.s ? sql.s : "", &t->err);
	buf_done(&sql);
	return rc;
}

static int indexes_on(struct txn *t)
{
	static const struct query KEPT = { "load.kept", "SELECT sql FROM dropped" };
	struct buf sql = { 0 };
	int rc;

	collect(t, &KEPT, &sql);
	buf_str(&sql, "DROP TABLE dropped");
	rc = txn_failed(t) ? -1 : store_exec(t->store, sql.s, &t->err);
	buf_done(&sql);
	return rc;
}

int load_begin(struct store *st, struct txn *ret, struct err *err)
{
	struct txn t = { .store = st, .origin = st->me.node };

	if (only_practice(st, err) < 0 || store_exec(st, "PRAGMA foreign_keys = OFF", err) < 0)
		return -1;
	if (store_begin(st, err) < 0)
		return -1;
	if (indexes_off(&t) < 0) {
		load_abandon(&t);
		if (err)
			*err = t.err;
		return -1;
	}
	*ret = t;
	return 0;
}

void load_abandon(struct txn *t)
{
	store_rollback(t->store);
	store_exec(t->store, "PRAGMA foreign_keys = ON", NULL);
}

int load_end(struct txn *t, struct err *err)
{
	if (txn_failed(t) || indexes_on(t) < 0) {
		load_abandon(t);
		if (err)
			*err = t->err;
		return -1;
	}
	if (store_commit(t->store, err) < 0) {
		load_abandon(t);
		return -1;
	}
	return store_exec(t->store, "PRAGMA foreign_keys = ON", err);
}

/* ---- rows ---- */

void load_event(struct txn *t, struct id actor, struct moment at, const char *scope,
		const char *name, struct id appt, const char *what)
{
	static const struct query PUT = {
		"load.event",
		"INSERT INTO history (id, scope, at, actor, act, name, type, subject, what)"
		" VALUES (:id, :scope, :at, :actor, 0, :name, 'appointment', :subject, :what)"
	};
	struct row row = query(t->store, &PUT);

	bind_id(&row, ":id", store_new_id(t->store, t->at.utc * 1000));
	bind_text(&row, ":scope", scope);
	bind_moment(&row, ":at", at);
	bind_id(&row, ":actor", actor);
	bind_text(&row, ":name", name);
	bind_id(&row, ":subject", appt);
	bind_text(&row, ":what", what);
	txn_run(t, &row);
}

void load_counter(struct txn *t, const char *name, int64_t next)
{
	static const struct query PUT = {
		"load.counter", "INSERT INTO counter (name, next) VALUES (:name, :next)"
				" ON CONFLICT (name) DO UPDATE SET next = max(next, excluded.next)"
	};
	struct row row = query(t->store, &PUT);

	bind_text(&row, ":name", name);
	bind_int(&row, ":next", next);
	txn_run(t, &row);
}
