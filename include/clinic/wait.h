/*
 * wait.h: the waiting list: who would come at once when a time is freed, and when and where they
 * can.
 *
 * A place on the list is a wish for the next attendance of one episode: of somebody who is not
 * booked, or who is and would come earlier.  An appointment meets the wish, the end of the episode
 * ends it; taken back or cancelled, they wait again, in their place.  Otherwise they leave the list
 * only by somebody who says why.
 *
 * WHO SEES WHICH.  One of a private service is not there for who may not see the service.
 */
#ifndef CLINIC_WAIT_H
#define CLINIC_WAIT_H

#include "clinic/desk.h"
#include "clinic/trail.h"
#include "model/number.h"
#include "model/wait.h"

enum { WAITS_MOST = 5000 };

struct wait_ask {
	struct id episode;     /* open */
	struct wait_wish wish; /* sites: codes with blanks or commas between, in any case */
	bool short_notice;     /* needs none; else notice 0 is WAIT_NOTICE */
};
/* Puts them on the list; ERR_CLASH when they are on it already.  Whoever is booked waits for
 * something earlier. */
int wait_add(struct desk *desk, const struct wait_ask *ask, struct id *ret, struct err *err);
/* Another wish; the place stays. */
int wait_set(struct desk *desk, struct id wait, const struct wait_ask *ask, struct err *err);
/* Takes them off it. */
int wait_remove(struct desk *desk, struct id wait, const char *why, struct err *err);

/* ---- reading ---- */

/* The person's open episode with a service; ERR_MISSING in words when there is none. */
int wait_episode(struct desk *desk, struct id person, struct id service, struct id *ret,
		 struct err *err);

/* By its id, or the number of its episode; ERR_MISSING also for one that this user may not see. */
int wait_named(struct desk *desk, const char *text, struct id *ret, struct err *err);
int wait_one(struct desk *desk, struct id wait, struct wait_row *ret, struct err *err);
/* The wish of an episode, on the list or met for now; id none: none. */
int wait_for(struct desk *desk, struct id episode, struct wait_row *ret, struct err *err);
/* Who is on the list of a service (none: all that may be seen), in the order in which they are to
 * be offered something; the caller ends it with list_free(). */
int wait_rows(struct desk *desk, struct id service, struct wait_rows *ret, struct err *err);
int wait_history(struct desk *desk, struct id wait, struct trail *ret, struct err *err);

/* ---- a time was freed ---- */

/* As far as it can be offered: ERR_CLASH in words when it is not free (any more). */
int wait_hole(struct desk *desk, struct id slot, struct hole *ret, struct err *err);
/* The slot that a cancelled, moved or missed appointment left free; ERR_CLASH when it is not. */
int wait_hole_of(struct desk *desk, struct id appt, struct id *ret_slot, struct err *err);
/* Everybody who waits for its service, best first, those whom it does not fit behind them; and how
 * many it fits.  The caller ends the list with list_free(). */
int wait_fitting(struct desk *desk, struct id slot, struct wait_offers *ret, int *ret_fit,
		 struct err *err);
/* Minutes of it that whoever takes it could need: so much is held while they are rung. */
int wait_longest(struct desk *desk, const struct hole *hole, const struct wait_offers *offers);
/* The number to ring them at, as people read it; "" when none is known. */
int wait_phone(struct desk *desk, struct id person, char ret[PHONE_TEXT], struct err *err);
/* How it suits them, in a word of a column: "yes", "pm only", "Fri only", "far", "not day". */
enum { SUITS_TEXT = 16 };
const char *wait_suits(const struct wait_offer *o, char buf[SUITS_TEXT]);

/* They take it: booked (or what they had later is moved there), off the list, and what they had is
 * free, in one user act.  ERR_CLASH when they or the time were taken meanwhile. */
int wait_take(struct desk *desk, struct id wait, struct id slot, struct id *ret_appt,
	      struct err *err);

/* They did not answer, or said no (why may be NULL): noted, and they keep their place. */
int wait_tried(struct desk *desk, struct id wait, struct id slot, enum wait_how how,
	       const char *why, struct err *err);

/* Offered in a text, and kept for their reply: *ret_until. */
enum { OFFER_MINS = 30 };
int wait_text(struct desk *desk, struct id wait, struct id slot, struct moment *ret_until,
	      struct err *err);

/* A reply of somebody to whom times were offered, about the last that is still kept for them: yes
 * takes it, no lets it go.  *ret_offered is false, and nothing done, when none is kept.  Inside an
 * open user act; one that fails is to be abandoned. */
int wait_reply(struct desk *desk, struct id person, bool yes, bool *ret_offered,
	       struct id *ret_appt, struct err *err);

/* "NGT HBR, mon thu, after 15:00, phone, 2 h notice": what would do for them; "any" for anything.
 */
enum { WISH_TEXT = 400 };
char *wait_wish_show(struct desk *desk, const struct wait_wish *wish, char buf[WISH_TEXT]);

/* The same, typed: in any order, between blanks or commas, with the words of the command line's
 * options before them or not; "with marsh", "at once", "from 20/3" too.  What is not said is as
 * usual.  ret->episode stays.  On failure err->field is "wish" or "when" and nothing is written. */
int wait_wish_read(struct desk *desk, const char *text, struct wait_ask *ret, struct err *err);

#endif
