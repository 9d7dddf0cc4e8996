/*
 * waits.h: the waiting list as rows.  Who may see which is the clinic's to say (clinic/wait.h).
 */
#ifndef STORE_WAITS_H
#define STORE_WAITS_H

#include "base/err.h"
#include "model/wait.h"
#include "store/checks.h"
#include "store/people.h"
#include "store/store.h"
#include "store/txn.h"

/* By id, whatever its state; ERR_MISSING in words. */
int wait_get(struct store *st, struct id id, struct wait_row *ret, struct err *err);
/* The one that waits for an episode, on the list or met by an appointment; id none: none. */
int wait_of_episode(struct store *st, struct id episode, struct wait_row *ret, struct err *err);
/* Who is on the list of a service, in no order; of them `max`. */
int waits_of(struct store *st, struct id service, int max, struct wait_rows *ret, struct err *err);

/* The tries about one slot, oldest first; and the offers that a reply is still waited for. */
int wait_tries_of(struct store *st, struct id slot, struct wait_tries *ret, struct err *err);
/* Of those that keep a slot for somebody's reply at that moment: all, or (person) theirs. */
int wait_kept(struct store *st, struct moment now, struct id person, struct wait_tries *ret,
	      struct err *err);
/* Who is booked at that time of a day at a site, each in some order. */
int people_busy(struct store *st, struct id site, struct moment starts, int mins, struct ids *ret,
		struct err *err);

/* ---- in a run ---- */

void wait_try_put(struct txn *t, const struct wait_try *w);
/* Answered, or taken back. */
void wait_try_write(struct txn *t, const struct wait_try *w);
bool wait_try_read(struct txn *t, struct id id, struct wait_try *ret);

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
