/*
 * stats.h: how large the database is, and how much work this connection has done.
 */
#ifndef STORE_STATS_H
#define STORE_STATS_H

#include <stdint.h>

#include "base/err.h"
#include "store/store.h"

/* One thing counted.  what: schema, file, table; name: of the table or the part of the file; count:
 * the schema's version, pages of a file, rows of a table; bytes: on the disk, a table's indexes
 * with it.  name is borrowed for the call. */
typedef void stats_found(void *ctx, const char *what, const char *name, int64_t count,
			 int64_t bytes);
/* Reads the whole file once: a second for a million appointments. */
int store_stats(struct store *st, stats_found *found, void *ctx, struct err *err);

/*
 * Work of this connection since it was opened; the difference of two says what an act cost.
 * Exact on any machine, so tests hold what may not grow with the data
 * (tests/screens/test_growth.c).
 */
struct store_work {
	int64_t steps;	  /* instructions of SQLite's machine, over all statements kept */
	int64_t pages;	  /* visits to pages of the file; those of a mapped file are not counted */
	int64_t compiled; /* statements kept; the same twice means none was prepared anew */
};
void store_work(struct store *st, struct store_work *ret);

/* For measuring: no page of the file is mapped any more, so all visits count. */
int store_unmap(struct store *st, struct err *err);

#endif
