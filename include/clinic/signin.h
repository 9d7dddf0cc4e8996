/*
 * signin.h: who sits down: passwords, PINs, the rest after five wrong ones.
 */
#ifndef CLINIC_SIGNIN_H
#define CLINIC_SIGNIN_H

#include <stdbool.h>

#include "clinic/desk.h"

enum {
	SIGNIN_TRIES = 5, /* wrong passwords, then a rest of */
	SIGNIN_REST_MINS = 15,
	PIN_TRIES = 3,	    /* wrong PINs, then the password is asked for */
	PASSWORD_LEAST = 8, /* characters */
};

/* Is there anybody who could sign in?  A database without users asks for its first administrator.
 */
int signin_any(struct desk *desk, bool *ret, struct err *err);

/* Sits the user down if the password is theirs.  ERR_DENIED in words: not accepted (n of 5),
 * resting until, switched off.  Whether the name or the password was wrong is not said. */
int signin(struct desk *desk, const char *user, const char *password, struct err *err);

/* Unlocks the session of who sits at the desk, by PIN.  *ret_tries counts wrong ones of this lock.
 */
int signin_unlock(struct desk *desk, const char *pin, int *tries, struct err *err);

/* A user's own password or PIN, or anybody's by an administrator. */
int signin_set_secret(struct desk *desk, const char *user, const char *plain, bool pin,
		      struct err *err);

/* The same with a hash (base/secret.h) made beforehand, by an administrator: practice databases,
 * whose one password is no secret. */
int signin_give(struct desk *desk, struct id user, const char *hash, bool pin, struct err *err);

#endif
