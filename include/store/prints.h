/* prints.h: jobs of this machine's printers: a local table, each change a small one of its own. */
#ifndef STORE_PRINTS_H
#define STORE_PRINTS_H

#include "base/alloc.h"
#include "base/err.h"
#include "model/print.h"
#include "store/store.h"

/* Inside a change. */
int print_put(struct store *st, const struct print *p, struct id user, const char *body,
	      int64_t *ret_k, struct err *err);
int print_set(struct store *st, int64_t k, const char *state, const char *why, struct err *err);

/* ERR_MISSING when there is none.  body may be NULL. */
int print_get(struct store *st, int64_t k, struct print *ret, struct buf *body, struct err *err);
int prints_open(struct store *st, struct prints *ret, struct err *err);
/* How many failed, or wait since before then: who was to print them is gone. */
int prints_failed(struct store *st, struct moment before, int *ret, struct err *err);

#endif
