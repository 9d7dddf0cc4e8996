/*
 * episodes.h: courses of care.  A booking without one opens one; referrals will, later.
 */
#ifndef STORE_EPISODES_H
#define STORE_EPISODES_H

#include "base/err.h"
#include "model/appt.h"
#include "store/store.h"
#include "store/txn.h"

/* By id; ERR_MISSING in words. */
int episode_get(struct store *st, struct id id, struct episode *ret, struct err *err);

/* By the number that people read, in any case; id none in *ret when there is none. */
int episode_by_number(struct store *st, const char *number, struct episode *ret, struct err *err);

/* The person's newest open one with a service; id none when there is none. */
int episode_open(struct store *st, struct id person, struct id service, struct episode *ret,
		 struct err *err);

/* All of a person's but those entered in error: open ones first, then newest first. */
int episodes_of(struct store *st, struct id person, struct episodes *ret, struct err *err);

/* What its appointments come to, without `except`. */
struct episode_use {
	int used;	     /* seen or still to come: what a cap counts */
	int seen;	     /* of these, seen */
	int all;	     /* every one ever made, whatever became of it */
	struct moment first; /* start of its NEW one, live or seen; none without one */
	struct id first_appt;
	struct moment next; /* start of the earliest FU one, live or seen; none without one */
};
int episode_used(struct store *st, struct id episode, struct id except, struct episode_use *ret,
		 struct err *err);

/* ---- in a run ---- */

void episode_put(struct txn *t, const struct episode *e);
/* Closing and opening again; why may be NULL. */
void episode_set_state(struct txn *t, struct id episode, const char *state, const char *why);

#endif
