/*
 * signin.c: passwords and PINs.  Secrets are Argon2id hashes, derived in a child process; they are
 * columns of `user` but never travel through lists.
 */
#include <stdio.h>
#include <string.h>

#include "base/secret.h"
#include "clinic/act.h"
#include "clinic/record_acts.h"
#include "clinic/signin.h"
#include "store/users.h"

/* The hash of a password that nobody has. */
#define NOBODY                                                                                     \
	"$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRvZm5vYm9keQ$"                                   \
	"8mCxCqUsqxrmmEXI4OWtK2gkUeBHbCAqSdRfu2Xa7pE"

struct secret {
	struct id user;
	const char *column, *hash;
};
static const struct field secret_f[] = {
	FIELD(user, struct secret, "user", F_ID),
	FIELD_NEEDED(column, struct secret, "column", F_TEXT),
	FIELD(hash, struct secret, "hash", F_TEXT),
};

static int secret_run(struct txn *t, const void *args)
{
	const struct secret *s = args;
	bool pin = strcmp(s->column, "pin") == 0;

	users_set_secret(t, s->user, pin, s->hash);
	txn_tell(t, "user", s->user, "%s changed", pin ? "PIN" : "password");
	return VERDICT_OK;
}

/* No way back: a password that was left is not to come again. */
const struct act act_secret = {
	.name = "secret",
	.ver = 1,
	.roles = ROLE_ANY,
	.fields = FIELDS(secret_f, struct secret),
	.run = secret_run,
};

int signin_any(struct desk *desk, bool *ret, struct err *err)
{
	return users_any(desk->store, ret, err);
}

static int refused(struct desk *desk, struct id user, struct err *err)
{
	int tries = 0;

	if (!id_none(user) && signin_count(desk->store, user, desk->now, &tries, err) < 0)
		return -1;
	if (tries == 0)
		return err_set(err, ERR_DENIED, "Name or password not accepted.  Check Caps Lock.");
	if (tries >= SIGNIN_TRIES)
		return err_set(
			err, ERR_DENIED,
			"Password not accepted %d times: %d minutes' rest, or an administrator.",
			tries, SIGNIN_REST_MINS);
	return err_set(err, ERR_DENIED, "Password not accepted (%d of %d).  Check Caps Lock.",
		       tries, SIGNIN_TRIES);
}

/* Five wrong ones rest a name for a quarter of an hour after the last. */
static int resting(struct desk *desk, struct id user, struct err *err)
{
	struct moment since;
	int tries;
	char until[DAY_TEXT];

	if (signin_tries(desk->store, user, &tries, &since, err) < 0)
		return -1;
	if (tries < SIGNIN_TRIES)
		return 0;
	struct moment end = { since.utc + SIGNIN_REST_MINS * 60 };

	if (desk->now.utc >= end.utc)
		return signin_forget(desk->store, user, err);
	return err_set(err, ERR_DENIED, "Too many wrong passwords: this name rests until %s.",
		       minute_show(moment_minute(end), until));
}

int signin(struct desk *desk, const char *name, const char *password, struct err *err)
{
	struct user user = { 0 };
	char hash[SECRET_TEXT] = "";
	bool ok = false;
	int rc = users_by_name(desk->store, name, &user, err);

	if (rc == 0 && !id_none(user.id)) {
		rc = resting(desk, user.id, err);
		if (rc == 0)
			rc = users_secret(desk->store, user.id, false, hash, err);
	}
	/* An unknown name costs as much as a known one, so that names cannot be guessed by the
	 * clock. */
	if (rc == 0)
		rc = secret_check(*hash ? hash : NOBODY, password, &ok, err);
	if (rc == 0 && (!ok || !*hash))
		rc = refused(desk, user.id, err);
	if (rc == 0)
		rc = signin_forget(desk->store, user.id, err);
	user_done(&user);
	return rc == 0 ? desk_sit(desk, name, err) : -1;
}

int signin_unlock(struct desk *desk, const char *pin, int *tries, struct err *err)
{
	char hash[SECRET_TEXT];
	bool ok;

	if (*tries >= PIN_TRIES)
		return err_set(err, ERR_DENIED, "Three wrong PINs: sign in with the password.");
	if (users_secret(desk->store, desk->user.id, true, hash, err) < 0)
		return -1;
	if (!*hash)
		return err_set(err, ERR_DENIED, "%s has no PIN: sign in with the password.",
			       desk->user.name);
	if (secret_check(hash, pin, &ok, err) < 0)
		return -1;
	if (ok)
		return 0;
	++*tries;
	return err_set(err, ERR_DENIED,
		       *tries >= PIN_TRIES ? "Three wrong PINs: sign in with the password."
					   : "PIN not accepted (%d of %d).",
		       *tries, PIN_TRIES);
}

static int acceptable(const char *plain, bool pin, struct err *err)
{
	size_t n = strlen(plain);

	if (pin && (n < 4 || n > 8 || strspn(plain, "0123456789") != n))
		return err_input(err, "pin", "A PIN is four to eight digits.");
	if (!pin && n < PASSWORD_LEAST)
		return err_input(err, "password", "A password is at least %d characters long.",
				 PASSWORD_LEAST);
	return 0;
}

int signin_set_secret(struct desk *desk, const char *name, const char *plain, bool pin,
		      struct err *err)
{
	struct user user = { 0 };
	char hash[SECRET_TEXT];
	int rc = acceptable(plain, pin, err);

	if (rc == 0)
		rc = users_by_name(desk->store, name, &user, err);
	if (rc == 0 && id_none(user.id))
		rc = err_set(err, ERR_MISSING, "There is no user %s: ohdesk user list shows them.",
			     name);
	if (rc == 0 && !id_same(user.id, desk->user.id))
		rc = desk_needs(desk, ROLE_ADMINISTRATOR, "Somebody else's password", err);
	if (rc == 0)
		rc = secret_make(plain, hash, err);
	if (rc == 0) {
		struct secret s = { user.id, pin ? "pin" : "password", hash };

		rc = act_do(desk, &act_secret, &s, err);
	}
	user_done(&user);
	return rc;
}

int signin_give(struct desk *desk, struct id user, const char *hash, bool pin, struct err *err)
{
	struct secret s = { user, pin ? "pin" : "password", hash };

	if (!desk->practice)
		return err_set(err, ERR_DENIED, "Ready-made passwords are for practice databases.");
	if (desk_needs(desk, ROLE_ADMINISTRATOR, "Somebody else's password", err) < 0)
		return -1;
	return act_do(desk, &act_secret, &s, err);
}
