/*
 * pairs.h: two records that may be one person's: found, held apart, merged.
 *
 * Merging keeps one record and makes the other lead to it; nothing of either is lost, and undoing
 * it gives each its own back.
 */
#ifndef CLINIC_PAIRS_H
#define CLINIC_PAIRS_H

#include "clinic/intake.h"
#include "model/user.h"

/* Who may say that two are one, or two. */
#define PAIR_ROLES (ROLE_RECEPTION | ROLE_NURSE | ROLE_MANAGER | ROLE_ADMINISTRATOR)

/* X(name, bit, words): what the two have in common. */
#define PAIR_WHYS(X)                                                                               \
	X(PAIR_NHS, 1, "NHS number")                                                               \
	X(PAIR_NAME, 2, "name and birthday")                                                       \
	X(PAIR_PHONE, 4, "phone and birthday")

enum pair_why {
#define X(name, bit, words) name = bit,
	PAIR_WHYS(X)
#undef X
};
enum { PAIR_WORDS = 96 };
char *pair_words(unsigned why, char buf[PAIR_WORDS]); /* "NHS number, name and birthday" */

struct pair {
	struct person a, b; /* a was registered first */
	unsigned why;	    /* bits of enum pair_why */
};
struct pairs {
	struct pair *v;
	size_t n, cap;
};

/* Where a search has got to; zeroed at the beginning. */
struct pairs_at {
	int way;
	char after[2 * NAME_TEXT + 2];
	bool done; /* everybody was looked at */
};

/* Adds pairs that are neither merged nor held apart until `most` are in the list, or a piece of the
 * service was looked through: as much work for a large service as for a small one.  Call it again
 * for the next piece. */
int pairs_find(struct desk *desk, size_t most, struct pairs_at *at, struct pairs *ret,
	       struct err *err);

/* They are two: the pair does not come back. */
int pairs_apart(struct desk *desk, struct id a, struct id b, struct err *err);

/* They are one: `keep` stays, `other` leads to it.  ERR_INPUT or ERR_CLASH in words where that
 * cannot be: both are booked at one time, two employers' records, one was merged already. */
int pairs_merge(struct desk *desk, struct id keep, struct id other, const char *why,
		struct err *err);

#endif
