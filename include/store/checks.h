/*
 * checks.h: what always holds, asked of the data: `store check`.
 *
 * Each check is a query that finds nothing in a sound database (src/store/check_*.c); a found row
 * is a sentence for the person who looks after it.
 */
#ifndef STORE_CHECKS_H
#define STORE_CHECKS_H

#include <stdbool.h>

#include "base/err.h"
#include "store/store.h"

typedef void check_found(void *ctx, const char *sentence);

/* The file itself, the rules of the schema, the chains of commands and openings, the search keys.
 */
int check_store(struct store *st, check_found *found, void *ctx, struct err *err);

/* A check of rows: a query whose only column is the sentence. */
struct check {
	const char *name;
	const char *sql;
};
int check_rows(struct store *st, const struct check *checks, size_t n, check_found *found,
	       void *ctx, struct err *err);

/* Is there an administrator who may sign in, besides this user? */
int check_other_administrators(struct store *st, struct id user, bool *ret, struct err *err);

#endif
