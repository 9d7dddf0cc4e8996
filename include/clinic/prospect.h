/*
 * prospect.h: what a booking would be, before a time is chosen: whose, in which episode, a first
 * attendance or a follow-up, how long, to be seen by when.  It reads only; booking.h decides anew.
 */
#ifndef CLINIC_PROSPECT_H
#define CLINIC_PROSPECT_H

#include <stdbool.h>

#include "clinic/cap.h"
#include "clinic/desk.h"
#include "clinic/search.h"
#include "model/appt.h"
#include "model/referral.h"

struct prospect {
	struct id person, service;
	struct id appt; /* the one that moves; none: a new booking */
	/* Its number is "" when the booking would open it; received and target are then those it
	 * would get.  target is DATE_NONE for a service without one, and for a follow-up. */
	struct episode episode;
	enum appt_kind kind;
	int mins;
	enum mode mode;		   /* the usual one, or that of the one that moves */
	bool external;		   /* the person's employers all buy from outside the NHS */
	struct share share;	   /* what they may have of rapid access nevertheless */
	bool not_last;		   /* never the last time of a clinician's day */
	int booked;		   /* attendances of the episode, seen or to come */
	int day, of;		   /* working days gone, of those to the target; of 0: no target */
	struct id clinician, site; /* of the one that moves */
	struct moment after; /* a follow-up comes after its first attendance; none: any time */
	struct moment starts;
	struct decision decided; /* decided_for(): what the search begins with */
	unsigned needs;		 /* the person's, bits of model/need.h */
	char interpreter[CODE_TEXT];
	struct cap cap; /* of the episode; zeroes for one that booking would open */
	int node;	/* ours: what another one holds is a request until that answers */
};

/* ERR_DENIED for a private service that the user does not see. */
int prospect_new(struct desk *desk, struct id person, struct id service, struct prospect *ret,
		 struct err *err);

/* ERR_CLASH in words when it is over, or nothing that moves. */
int prospect_move(struct desk *desk, struct id appt, struct prospect *ret, struct err *err);

/* The next attendance of an episode that is open. */
int prospect_of(struct desk *desk, struct id episode, struct prospect *ret, struct err *err);
/* The search that it begins with. */
void prospect_search(const struct prospect *p, struct search *ret);

/* What triage decided of the first attendance of an episode, as far as it can still be had: with
 * whom or with which skill, where, how.  Empty when nothing was, and once there is a first one. */
int decided_for(struct desk *desk, struct id episode, struct decision *ret, struct err *err);
/* ... of this episode; none: of the one of the service that is open. */
int decided_of(struct desk *desk, struct id person, struct id service, struct id episode,
	       struct decision *ret, struct err *err);
void decided_search(const struct decision *d, struct search *ret);

/* The services of the person's open episodes that have nothing to come and attendances left, of
 * those the user sees: at most `max`.  *ret_n is how many there are. */
int prospect_waiting(struct desk *desk, struct id person, struct id *services, int max, int *ret_n,
		     struct err *err);

/* Clinicians who work at the desk's site (everybody for a desk of all sites), by surname: their
 * ids, at most `max`; gives how many, or -1. */
int prospect_colleagues(struct desk *desk, struct id *clinicians, int max, struct err *err);

#endif
