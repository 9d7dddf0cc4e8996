/* clashes.h: what waits for a person to settle, with both sides of it: the rows of `overlap`. */
#ifndef STORE_CLASHES_H
#define STORE_CLASHES_H

#include "base/alloc.h"
#include "base/err.h"
#include "model/clash.h"
#include "store/store.h"
#include "store/txn.h"

/* Open ones, the oldest first; at most `max` after id `after`. */
int clashes_open(struct store *st, struct id after, int max, struct clashes *ret, struct err *err);
/* ERR_MISSING in words. */
int clash_get(struct store *st, struct id id, struct clash *ret, struct err *err);

/* Open ones about an appointment that did not come, or not stay, as somebody was told. */
int clashes_about(struct store *st, struct id appt, struct clashes *ret, struct err *err);

/* The arguments of a command that could not be done, as they came. */
int clash_kept(struct store *st, struct id id, struct buf *ret, struct err *err);

/* Whom an edited row is about, and its scope: a person, or a row of theirs; none for others. */
int clash_owner(struct store *st, const char *table, struct id row, struct id *ret,
		char scope[CODE_TEXT], struct err *err);

/* How many changes that a node handed in wait still, and the bytes of their arguments. */
int clashes_handed_in(struct store *st, int node, int64_t *ret_n, int64_t *ret_bytes,
		      struct err *err);

/* In a run: false when there is none. */
bool clash_read(struct txn *t, struct id id, struct clash *ret);
void clash_set(struct txn *t, struct id id, bool open, const char *note);

#endif
