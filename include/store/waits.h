/*
 * waits.h: the waiting list as rows.  Who may see which is the clinic's to say (clinic/wait.h).
 */
#ifndef STORE_WAITS_H
#define STORE_WAITS_H

#include "base/err.h"
#include "model/wait.h"
#include "store/checks.h"
#include "store/store.h"
#include "store/txn.h"

/* By id, whatever its state; ERR_MISSING in words. */
int wait_get(struct store *st, struct id id, struct wait_row *ret, struct err *err);
/* The one that waits for an episode, on the list or met by an appointment; id none: none. */
int wait_of_episode(struct store *st, struct id episode, struct wait_row *ret, struct err *err);
/* Who is on the list of a service, in no order; of them `max`. */
int waits_of(struct store *st, struct id service, int max, struct wait_rows *ret, struct err *err);

/* ---- in a run ---- */

void wait_put(struct txn *t, const struct wait *w);
/* Writes every column of an existing row that acts may change. */
void wait_write(struct txn *t, const struct wait *w);
/* Reads one in a run; false when there is none or reading failed. */
bool wait_read(struct txn *t, struct id id, struct wait *ret);
/* Another that waits for the same episode: ended, for there is one place only. */
void wait_once(struct txn *t, const struct wait *w);

/* What must hold of the list; part of `store check`. */
int check_waits(struct store *st, check_found *found, void *ctx, struct err *err);

#endif
