/*
 * search.h: the earliest time that would do, and why a time would not.
 *
 * A place is one or several whole free slots of one session, one behind the other, together at
 * least as long as is needed.  A first attendance takes slots for new people, or follow-up slots;
 * a follow-up never takes a slot for new people.  Slots kept for rapid access are for first
 * attendances of a service that has rapid access, of people whose employer is of the NHS, until
 * they are released; from then on they are as follow-up slots.  Of the others a customer may have a
 * share before that (struct share).
 */
#ifndef CLINIC_SEARCH_H
#define CLINIC_SEARCH_H

#include <stdbool.h>

#include "base/day.h"
#include "base/err.h"
#include "clinic/desk.h"
#include "model/appt.h"
#include "model/slot.h"
#include "model/user.h"

enum { SEARCH_USUAL = 20, SEARCH_MOST = 500 };

/* What an external customer may have of rapid access before it is released: from so many hours
 * before each time (0: nothing), and how many of each week are left of the share. */
enum { SHARE_WEEKS = 4, SHARE_HOURS = 21 * 24, SHARE_TEXT = 96 };
struct share {
	int hours;
	struct {
		struct date monday;
		int left;
	} week[SHARE_WEEKS];
};

struct search {
	struct id service;
	enum appt_kind kind;
	int mins;		   /* 0: the service's length for the kind */
	struct moment from;	   /* none, or past: now */
	struct date by;		   /* last day; zero day or DATE_NONE: as far as published */
	struct id site, clinician; /* none: any */
	int after, before;  /* minutes of the day: starts at or after, ends at or before; 0: any */
	unsigned days;	    /* bits 1 << weekday, Monday 0; 0: any */
	enum mode mode;	    /* 0: the service's usual */
	bool external;	    /* the person's employers all buy from outside the NHS */
	enum gender gender; /* with a woman, with a man; not said: with anybody */
	unsigned needs;	    /* bits of model/need.h: in person, in a room that has all of them */
	struct share share; /* ... and what they may have of rapid access nevertheless */
	bool not_last;	    /* never the last time of a clinician's day */
	char skill[CODE_TEXT]; /* with whoever has it; "" anybody */
	int limit;	       /* 0: SEARCH_USUAL */
};

struct place {
	struct slot slot; /* the first one */
	int mins;	  /* of all slots it takes */
	int slots;	  /* how many */
	bool own_site;	  /* the desk's */
	/* A desk holds it, or part of it (hold.h); by "" nobody. */
	struct {
		char by[CODE_TEXT];
		struct moment until;
		bool mine, here; /* by this user; by this desk */
	} held;
};
struct places {
	struct place *v;
	size_t n, cap;
	struct slot kept; /* the first that would do, were rapid access open to them; id none */
};

/* Earliest first; of those at one time by site and clinician, as their codes sort.  What a desk
 * holds is among them, and says so.  The caller ends
 * the list with list_free().  ERR_DENIED for a private service the user does not see; ERR_INPUT
 * with err->field for a wish that cannot be. */
int search_slots(struct desk *desk, const struct search *search, struct places *ret,
		 struct err *err);

/* Fills in what the person decides: external, and with search->service also share and not_last. */
int search_for(struct desk *desk, struct id person, struct search *search, struct err *err);

/* Who sees a person in a service: of their last attendance, else of their last booking; none
 * before one.  ERR_MISSING for "the same as last" of somebody whom nobody has seen. */
int search_same(struct desk *desk, struct id person, struct id service, struct id *ret,
		struct err *err);

/* May this attendance take a slot of this kind now, whatever else is taken? */
bool search_takes(const struct desk *desk, const struct search *search, const struct slot *slot);

/* Of a rapid-access slot that is not released, for who comes from outside: is it open to them by
 * the share?  And how it stands, in words for the end of a sentence. */
int share_of(struct desk *desk, struct id person, struct id service, struct share *ret,
	     struct err *err);
bool share_takes(const struct desk *desk, const struct share *share, const struct slot *slot);
char *share_words(const struct desk *desk, const struct share *share, const struct slot *slot,
		  char buf[SHARE_TEXT]);

/* Why a clinician cannot be had at search->from, in a sentence; *ret_free is true when they can.
 * The places nearest to it that would do follow: at most two before and three after, by time.
 * search->clinician must be given; its other wishes count. */
struct why {
	char text[512];
	bool free;
	struct places near;
};
int search_why(struct desk *desk, const struct search *search, struct why *ret, struct err *err);

#endif
