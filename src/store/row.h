/*
 * row.h: a query reads as straight lines (private to the store).
 *
 *	static const struct query BETWEEN = {
 *		"appts.between", "SELECT id, mins FROM ... WHERE clinician = :who"
 *	};
 *	struct row row = query(st, &BETWEEN);
 *
 *	bind_id(&row, ":who", who);
 *	while (row_next(&row)) {
 *		a->id = get_id(&row);	// left to right, as selected
 *		a->mins = (int)get_int(&row);
 *	}
 *	return row_done(&row, err);
 *
 * A row keeps its first failure and lets later calls pass by; row_done() reports it and resets.
 * Statements are compiled once and kept by the store.  Values are bound, never printed into SQL.
 */
#ifndef STORE_ROW_H
#define STORE_ROW_H

#include <sqlite3.h>

#include "base/day.h"
#include "base/id.h"
#include "store/store.h"
#include "store/txn.h"

struct query {
	const char *name; /* for the log and for stats */
	const char *sql;
};

struct kept;
struct row {
	struct store *st;
	sqlite3_stmt *stmt;
	struct kept *kept; /* NULL: compiled for once */
	int rc;
	int col;
	int bound; /* so many names */
};

struct row query(struct store *st, const struct query *q);
/* For a query asked once in a while: compiled now, finalised by the caller after row_done(). */
struct row query_once(struct store *st, const struct query *q, sqlite3_stmt **ret);

/* None and NULL bind as NULL.  A name is a literal, or lives as long as one. */
void bind_id(struct row *row, const char *name, struct id id);
void bind_int(struct row *row, const char *name, int64_t n);
void bind_text(struct row *row, const char *name, const char *s); /* s lives until row_done */
void bind_word(struct row *row, const char *name, const char *s); /* as text; "" binds as NULL */
void bind_blob(struct row *row, const char *name, const void *p, size_t n);
void bind_moment(struct row *row, const char *name, struct moment m);
void bind_date(struct row *row, const char *name, struct date d);

bool row_next(struct row *row);
struct id get_id(struct row *row);
int64_t get_int(struct row *row);
bool get_bool(struct row *row);
void get_text(struct row *row, char *buf, size_t n); /* cut at a whole character; NULL as "" */
const char *get_str(struct row *row); /* borrowed until the next row_next; NULL as NULL */
const void *get_blob(struct row *row, size_t *ret_n); /* borrowed likewise */
/* Access needs as bits; none where a later version has written words that are not ours to show. */
unsigned get_needs(struct row *row);
struct moment get_moment(struct row *row);
struct date get_date(struct row *row);

int row_done(struct row *row, struct err *err);
/* For a statement without rows: runs it.  txn_run() keeps the failure in the transaction and gives
 * the number of rows changed (0 when it, or anything before it, failed). */
int row_run(struct row *row, struct err *err);
int txn_run(struct txn *t, struct row *row);
/* Closes a reading row inside a run. */
void txn_done(struct txn *t, struct row *row);

/* What SQLite's code means for a person. */
int store_fail(struct store *st, int rc, struct err *err);

#endif
