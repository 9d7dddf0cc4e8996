/*
 * txn.h: one command being run, here or at the hub.
 *
 * run functions (clinic/act.h) write through a struct txn.  It keeps its first failure and lets
 * later calls pass by, so a run function reads as straight lines and the door looks once at the
 * end. Nothing in it tells the time: `at` is when the person acted, the same wherever it runs.
 */
#ifndef STORE_TXN_H
#define STORE_TXN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/id.h"
#include "base/world.h"
#include "store/store.h"

/* X(name, word).  What became of a command. */
#define VERDICTS(X)                                                                                \
	X(VERDICT_OK, "ok")                                                                        \
	X(VERDICT_CONFIRMED, "confirmed")                                                          \
	X(VERDICT_REQUESTED, "requested")                                                          \
	X(VERDICT_DECLINED, "declined")                                                            \
	X(VERDICT_MERGED, "merged")                                                                \
	X(VERDICT_CONFLICT, "conflict")                                                            \
	X(VERDICT_STALE, "stale")                                                                  \
	X(VERDICT_DISPLACED, "displaced")                                                          \
	X(VERDICT_FAILED, "failed")                                                                \
	X(VERDICT_UNSUPPORTED, "unsupported")

enum verdict {
#define X(name, word) name,
	VERDICTS(X)
#undef X
};
const char *verdict_word(enum verdict v);

struct txn {
	struct store *store;
	int origin;	  /* node of the one who acted */
	struct id actor;  /* user */
	struct moment at; /* when they did */
	int64_t act;	  /* number of the user act */
	struct id cmd;	  /* of the command and of its history row */
	struct id reverses;
	int64_t seq; /* in the log, where this run is the one that counts; 0: it is tentative */
	int overlaps;

	/* What run says about what it did; the door writes the history row from it. */
	char type[20];
	struct id subject;
	char scope[32];
	char what[240];
	char why[240];

	struct err err; /* the first failure */
};

static inline bool txn_failed(const struct txn *t)
{
	return t->err.kind != ERR_NONE;
}

/* What the history row says: "appointment", its id, and what was done in words that are fit for
 * everybody who may see the row (a private service is not named). */
void txn_tell(struct txn *t, const char *type, struct id subject, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
void txn_why(struct txn *t, const char *why);	  /* NULL: no reason */
void txn_scope(struct txn *t, const char *scope); /* org:CUSTOMER; unset for operational rows */

/* A thing that check would have refused, met by run at the hub: kept for a person to settle.  id:
 * allocated beforehand by the caller or derived from the command: the n-th of this command. */
void txn_overlap(struct txn *t, const char *type, struct id a, struct id b, const char *note);

/* The same with both sides of it. */
struct conflict {
	const char *type;
	struct id a, b;
	const char *note;
	int node;				      /* whose wish lost; 0: the command's own */
	const char *tab, *col, *base, *theirs, *mine; /* of an edit that lost; NULL where not */
	const void *kept;			      /* arguments of what could not be done */
	size_t kept_n;
};
void txn_conflict(struct txn *t, const struct conflict *c);
/* Did the command of a history row meet something like that about `a`? */
bool txn_lost(struct txn *t, struct id history, struct id a);

#endif
