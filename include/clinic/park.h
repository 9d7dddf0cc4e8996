/*
 * park.h: half-made work, kept until its user comes back to it.
 *
 * A draft is what is open at a desk this moment, kept at pauses so that nothing is lost with the
 * process; parked is what nobody has open.  When a session ends without a word, its drafts are
 * parked.  Both are their user's alone: no other user finds, counts or opens them, unless they were
 * handed over, or are due: a referral that was begun and left is from then on among those of
 * whoever treats, too.  What was thrown away can be brought back for eight hours.
 */
#ifndef CLINIC_PARK_H
#define CLINIC_PARK_H

#include "clinic/desk.h"
#include "model/park.h"

enum { PARK_HOURS = 8 };

/* Keeps it as a draft of this desk: it costs no wait for the disk, and wakes no other desk.  A row
 * of p->id is brought up to date; a new one gives its id. */
int park_draft(struct desk *desk, struct parked *p, const struct parcel *texts, struct err *err);
/* Parks it, on the disk. */
int park_put(struct desk *desk, struct parked *p, const struct parcel *texts, struct err *err);

/* Newest first; the caller frees with list_free().  What killed sessions left is among them. */
int park_list(struct desk *desk, struct parkeds *ret, struct err *err);
int park_count(struct desk *desk, int *ret, struct err *err);

/* Opens it at this desk: from now on it is a draft of this one.  The caller ends the texts with
 * args_free(&parcel_fields, ...).  ERR_MISSING when it is open elsewhere, or gone. */
int park_open(struct desk *desk, int64_t id, struct parked *ret, struct parcel **ret_texts,
	      struct err *err);
/* What is open here was saved, or there is nothing in it any more. */
int park_done(struct desk *desk, int64_t id, struct err *err);

/* Away, parked or open here; and back again, the last one thrown. */
int park_throw(struct desk *desk, int64_t id, struct err *err);
int park_bring_back(struct desk *desk, struct parked *ret, struct err *err);

/* Gives it to another user, who is told by a message.  said: a word to them, may be NULL. */
int park_hand(struct desk *desk, int64_t id, const char *user, const char *said, struct err *err);

/* How many a user has left: for who switches them off. */
int park_left(struct desk *desk, struct id user, int *ret, struct err *err);

#endif
