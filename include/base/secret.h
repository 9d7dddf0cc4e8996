/*
 * secret.h: passwords, kept as Argon2id only.
 *
 * One derivation takes 19 MiB and two passes (the OWASP password storage cheat sheet's first choice
 * for Argon2id is 19 MiB, t = 2, p = 1).  It runs in a child of its own, so that a desk which is
 * open all day gives the memory back and no copy of it is left behind.
 */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include <stdbool.h>

#include "base/err.h"

enum { SECRET_TEXT = 128, SECRET_MOST = 1024 };

/* The hash of `plain`, with its own salt and costs in it, as text.  Refused when empty or longer
 * than SECRET_MOST bytes. */
int secret_make(const char *plain, char ret[SECRET_TEXT], struct err *err);

/* Whether `plain` is the password that `hash` was made from.  A hash that cannot be one, or that
 * asks for more memory than ours do, is simply not matched. */
int secret_check(const char *hash, const char *plain, bool *ret_ok, struct err *err);

#endif
