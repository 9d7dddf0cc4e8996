/*
 * load.h: what is over and done, written straight into a practice database.
 *
 * Only the generator of practice data comes this way, and only before the database is anybody's:
 * every function refuses one that is not for practice.  What it writes has history rows of act 0,
 * which no command stands behind, so nothing of it can be undone.
 */
#ifndef STORE_LOAD_H
#define STORE_LOAD_H

#include "base/err.h"
#include "model/appt.h"
#include "model/slot.h"
#include "store/store.h"
#include "store/txn.h"

/* From now on this connection waits for no disk and keeps much in memory: a crash loses the file.
 */
int load_open(struct store *st, struct err *err);
/* Sets the clock (it showed `at` when the machine's showed `set`), brings the file to the disk and
 * makes it like any other. */
int load_close(struct store *st, struct moment at, struct moment set, struct err *err);

/* The keys of large tables are made once at the end instead of row by row.  ..._begin() also starts
 * the change and fills in *ret for the put functions; ..._end() commits, with every reference
 * between the rows unproved: `store check` proves them. */
int load_begin(struct store *st, struct txn *ret, struct err *err);
int load_end(struct txn *t, struct err *err);
void load_abandon(struct txn *t);

/* A row of history by `actor`; slots with their owner, episodes in whatever state and appointments
 * go through their own put functions. */
void load_event(struct txn *t, struct id actor, struct moment at, const char *scope,
		const char *name, struct id appt, const char *what);

/* The next number people read of `name` (MSK-26) will be `next`. */
void load_counter(struct txn *t, const char *name, int64_t next);

#endif
