/* flags.h: flags as rows, and the calls about them. */
#ifndef STORE_FLAGS_H
#define STORE_FLAGS_H

#include "base/err.h"
#include "model/referral.h"
#include "store/store.h"
#include "store/txn.h"

/* By id; ERR_MISSING in words. */
int flag_get(struct store *st, struct id id, struct flag *ret, struct err *err);
/* Every one that is open; those of a person (and service, none: any). */
int flags_open(struct store *st, struct flags *ret, struct err *err);
int flags_open_of(struct store *st, struct id person, struct id service, struct flags *ret,
		  struct err *err);
/* Open and cleared, newest first. */
int flags_of(struct store *st, struct id person, struct flags *ret, struct err *err);
/* That of a task which asks for a call about it; id none when it is about none. */
int flag_of_task(struct store *st, struct id task, struct flag *ret, struct err *err);

int flag_calls_of(struct store *st, struct id flag, struct flag_calls *ret, struct err *err);

/* ---- in a run ---- */

/* Is one open that stops booking? */
bool flag_stops_in(struct txn *t, struct id person, struct id service);
void flag_put(struct txn *t, const struct new_flag *n, const char *scope);
bool flag_read(struct txn *t, struct id id, struct flag *ret);
/* Writes every column of an existing row that acts may change. */
void flag_set(struct txn *t, const struct flag *f);
struct new_call {
	struct id id, flag;
	const char *result, *words;
	bool ed;
	struct moment next_at;
};
void flag_call_put(struct txn *t, const char *scope, const struct new_call *c);
void flag_call_off(struct txn *t, struct id call);

#endif
