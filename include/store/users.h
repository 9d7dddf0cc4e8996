/*
 * users.h: who may sign in, their rights, their wrong passwords.
 */
#ifndef STORE_USERS_H
#define STORE_USERS_H

#include "base/err.h"
#include "model/user.h"
#include "store/store.h"
#include "store/txn.h"

/* By name in any case, or by id; an empty user (id none) when there is none.  user_done() after. */
int users_by_name(struct store *st, const char *name, struct user *ret, struct err *err);
int users_by_id(struct store *st, struct id id, struct user *ret, struct err *err);

/* The user who is this clinician and is on; none when there is none. */
int users_of_clinician(struct store *st, struct id clinician, struct id *ret, struct err *err);

/* The stored secret, "" when there is none.  pin: the PIN instead of the password. */
int users_secret(struct store *st, struct id user, bool pin, char ret[128], struct err *err);

void users_set_secret(struct txn *t, struct id user, bool pin, const char *hash);

/* Is there anybody who could sign in with a password? */
int users_any(struct store *st, bool *ret, struct err *err);

/* Wrong passwords so far and when the first of them was. */
int signin_tries(struct store *st, struct id user, int *ret_tries, struct moment *ret_since,
		 struct err *err);
int signin_count(struct store *st, struct id user, struct moment now, int *ret_tries,
		 struct err *err);
int signin_forget(struct store *st, struct id user, struct err *err);

#endif
