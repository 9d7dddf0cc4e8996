/*
 * parked.h: work left half-made, as rows of this database alone.  Every call names the user whose
 * it is: nobody's rows are found by anybody else.  What is written stands inside a change.
 */
#ifndef STORE_PARKED_H
#define STORE_PARKED_H

#include "base/err.h"
#include "model/park.h"
#include "store/store.h"

/* A new row, which gets its id, or the one of p->id as it is now.  body: n bytes. */
int parked_put(struct store *st, struct parked *p, enum park_state state, const void *body,
	       size_t n, struct err *err);

/* The user's of one state that were left since, newest first, with the name of whom they are
 * about. */
int parked_list(struct store *st, struct id user, enum park_state state, struct moment since,
		struct parkeds *ret, struct err *err);
int parked_count(struct store *st, struct id user, int *ret, struct err *err);

/* Those of others, parked, that are due by then: the first 200; how many; and one of them becomes
 * the user's.  ret: how many that were. */
int parked_due(struct store *st, struct id user, struct moment by, struct parkeds *ret,
	       struct err *err);
int parked_claim(struct store *st, struct id user, int64_t id, struct moment by, int *ret,
		 struct err *err);

/* One with its texts: ERR_MISSING when it is not the user's, or not of that state.  The caller ends
 * the parcel with args_free(). */
int parked_get(struct store *st, struct id user, int64_t id, enum park_state state,
	       struct parked *ret, struct parcel **ret_texts, struct err *err);

/* Another state, in this session (0: in none).  Gives how many rows that were. */
int parked_move(struct store *st, struct id user, int64_t id, enum park_state from,
		enum park_state to, int64_t session, int *ret, struct err *err);
/* It is somebody else's from now on. */
int parked_hand(struct store *st, const struct parked *p, struct id to, struct err *err);
int parked_drop(struct store *st, struct id user, int64_t id, struct err *err);
/* What was thrown away before then goes for good. */
int parked_forget(struct store *st, struct moment before, struct err *err);

#endif
