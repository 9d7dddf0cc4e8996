/*
 * booking.h: make, move, cancel, take in, finish: what a desk does with appointments.
 *
 * Each function is one user act: it is done wholly or refused in words with nothing written.  A
 * refusal of kind ERR_CLASH means somebody or something has that time; ERR_INPUT that the wish
 * itself cannot be; ERR_DENIED that this user may not.  What passes but a person should hear of is
 * in desk->warning.
 */
#ifndef CLINIC_BOOKING_H
#define CLINIC_BOOKING_H

#include <stdbool.h>

#include "clinic/after.h"
#include "clinic/desk.h"
#include "clinic/search.h"
#include "model/appt.h"
#include "model/offer.h"

struct ids;

/* What is wanted.  Zeroes mean the usual. */
struct booking_ask {
	struct id person, service, clinician;
	struct id episode; /* none: the person's open one of that service, or a new one */
	struct moment starts;
	int mins;	      /* 0: the service's length for a first attendance or a follow-up */
	enum mode mode;	      /* 0: the service's usual */
	const char *over_why; /* set: overbook, for this reason; owns no slot */
	bool running;	      /* a walk-in: a slot that has begun will do while it runs */
	bool quiet;	      /* no message goes to them: practice data of the past */
	struct id room;	      /* none: their session's */
	bool no_room;	      /* by telephone or video: they need none */
	/* By telephone or video: where to ring when the line breaks, and that they are alone there.
	 */
	const char *call_back;
	bool alone;
	const char *why;		/* why with this clinician; NULL: nobody asks */
	const struct offers_made *said; /* offered by the search, this one too; NULL: not by one */
	/* How many attendances of the episode the desk knew of: were more booked meanwhile, that is
	 * said instead.  NULL: whatever there is. */
	const int *known;
};

int booking_book(struct desk *desk, const struct booking_ask *ask, struct id *ret_appt,
		 struct err *err);

/* An episode by its number or id, as people write it; those of private services are not there for
 * who may not know of them. */
int booking_episode(struct desk *desk, const char *text, struct id *ret, struct err *err);

/* First attendance or follow-up?  As far as can be said before a time is chosen (starts none). */
int booking_kind(struct desk *desk, const struct booking_ask *ask, enum appt_kind *ret,
		 struct err *err);

/* Would it be accepted?  Writes nothing; desk->warning as if it had been done. */
int booking_try(struct desk *desk, const struct booking_ask *ask, struct err *err);

/* The first place that fits the search and the person, booked before anybody else can have it.  The
 * search's service, clinician, kind, length, mode and external are filled in from `ask`. */
int booking_earliest(struct desk *desk, const struct booking_ask *ask, const struct search *search,
		     struct id *ret_appt, struct err *err);

/* Who came without a booking: the first free slot within the hour at this desk's site (at any, for
 * a desk of no site), else, for who may, overbooked into a session that runs.  Booked and arrived
 * in one act. */
enum { WALKIN_WITHIN = 60 }; /* minutes */
int booking_walkin(struct desk *desk, const struct booking_ask *ask, struct id *ret_appt,
		   struct err *err);

struct move_ask {
	struct id clinician;   /* none: the same */
	struct moment starts;  /* none: the same */
	int mins;	       /* 0: the same */
	enum cancel_by by;     /* who asked: CANCEL_PERSON (also for 0) or CANCEL_SERVICE */
	const char *why;       /* may be NULL */
	enum mode mode;	       /* 0: the same, and the number to ring back on too */
	const char *call_back; /* as in booking_ask */
	bool alone;
	struct id room; /* none: their session's */
	bool no_room;
	bool quiet;		/* they are told by another message */
	const struct ids *with; /* appointments that move in the same user act: they give way */
	const struct offers_made *said; /* as in booking_ask */
};
int booking_move(struct desk *desk, struct id appt, const struct move_ask *ask, struct err *err);
/* Would it be refused?  Writes nothing, and is good outside a change. */
int booking_move_try(struct desk *desk, struct id appt, const struct move_ask *ask,
		     struct err *err);

int booking_cancel(struct desk *desk, struct id appt, enum cancel_by by, const char *why,
		   struct err *err);

/*
 * Arrived, in room, seen, did not attend, too late.  `base` is the state that the desk saw: when
 * somebody changed it since, the refusal names who and when, and the desk shows it anew; with the
 * state it now knows as `base`, it may overrule another outcome.  `after` is what follows, done in
 * the same user act (after.h).
 */
struct mark_ask {
	const enum appt_state *base;   /* NULL: whatever it is */
	const struct after_ask *after; /* NULL: the clinician finishes it; one more offer */
};
int booking_mark(struct desk *desk, struct id appt, enum appt_state to, const struct mark_ask *ask,
		 struct err *err);

/* What booking_mark() would refuse now, before anything is asked. */
int booking_mark_try(struct desk *desk, struct id appt, enum appt_state to, enum appt_state base,
		     struct err *err);

/* Takes the appointment's last change back; *ret_what (may be NULL) says which. */
int booking_undo(struct desk *desk, struct id appt, char *ret_what, size_t n, struct err *err);

#endif
