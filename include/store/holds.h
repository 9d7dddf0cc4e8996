/*
 * holds.h: sessions and desk holds, rows of this database alone.  What is written stands inside a
 * change (store_begin_light).
 */
#ifndef STORE_HOLDS_H
#define STORE_HOLDS_H

#include "base/err.h"
#include "model/hold.h"
#include "store/store.h"

int sessions_all(struct store *st, struct sessions *ret, struct err *err);
/* Gives it an id. */
int session_put(struct store *st, struct session *s, struct err *err);
/* Its row and its holds go; what was open in it is parked, as lost. */
int session_drop(struct store *st, int64_t session, struct err *err);

/* Those that have not run out, by slot. */
int holds_until(struct store *st, struct moment now, struct desk_holds *ret, struct err *err);
/* Takes the slot from whoever held it. */
int hold_put(struct store *st, const struct desk_hold *h, struct err *err);
/* All that the session holds; of one place when `first` is given. */
int holds_drop(struct store *st, int64_t session, struct id first, struct err *err);
/* The slot is taken: nobody holds it any more. */
int hold_drop(struct store *st, struct id slot, struct err *err);

/* Who is deciding this referral; session.id 0: nobody. */
int deciding_get(struct store *st, struct id referral, struct session *ret,
		 char ret_name[CODE_TEXT], struct err *err);
/* This session is, and nothing else. */
int deciding_put(struct store *st, struct id referral, int64_t session, struct moment now,
		 struct err *err);
int deciding_drop(struct store *st, int64_t session, struct err *err);

#endif
