/*
 * records.h: rows of the plain tables by named columns.  Table and column names come from the
 * program's own tables (clinic/record.c), never from data; values are bound.
 */
#ifndef STORE_RECORDS_H
#define STORE_RECORDS_H

#include "base/err.h"
#include "base/id.h"
#include "store/store.h"
#include "store/txn.h"

/* One row; n columns; a NULL value is NULL.  SQLite turns text into the column's type. */
void record_insert(struct txn *t, const char *table, struct id id, const char *const *columns,
		   const char *const *values, size_t n);

/* Sets one column if it still holds `base`.  Returns true when it does hold `value` afterwards;
 * false: somebody else's value was kept. */
bool record_update(struct txn *t, const char *table, struct id id, const char *column,
		   const char *base, const char *value);
/* What stands in a column in a run, as text; NULL: nothing, or no such row.  The caller frees. */
char *record_now(struct txn *t, const char *table, struct id id, const char *column);

/* A row's columns as texts ("" for NULL, with *ret_null[i]); each_row is called once for each row,
 * in the order of `order` (a column), all rows when id is none. */
int record_rows(struct store *st, const char *table, struct id id, const char *const *columns,
		size_t n, const char *order,
		void (*each)(void *ctx, struct id id, const char *const *values), void *ctx,
		struct err *err);

/* The id of the row whose column is `value` (letters of either case); none if there is none. */
int record_lookup(struct store *st, const char *table, const char *column, const char *value,
		  struct id *ret, struct err *err);

/* A setting; "" when it is not set.  setting_id: its row, none if there is none. */
int setting_get(struct store *st, const char *name, char *ret, size_t n, struct id *ret_id,
		struct err *err);

#endif
