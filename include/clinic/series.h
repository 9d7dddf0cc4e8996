/*
 * series.h: a whole course of sessions proposed, booked, planned anew: one counsellor, one day of
 * the week, one time, every so many weeks.
 *
 * WHAT IS PROPOSED.  The wished time of each week if it can be had; else the nearest time of that
 * day, else of the nearest day of that week.  A bank holiday of the site's nation and leave skip
 * the week, and the next one comes in its place.  What differs from the wish says why on its row.
 * In person it is in a room that has what the service and the person need, free in time: their
 * session's, else another of the site; where there is none it is by video or telephone, if the
 * service does that.  While a flag of theirs says so it is never the last slot of a day.
 *
 * PLANNED ANEW.  Those that are still to come, from one of them on, as another pattern has them.
 * How each meets stays as it was, unless the pattern or its row says otherwise.
 *
 * WHAT IS BOOKED.  All of it or nothing, as one user act that one undo takes back.  They get one
 * message, about the first; before each they are reminded as usual.
 */
#ifndef CLINIC_SERIES_H
#define CLINIC_SERIES_H

#include "clinic/cap.h"
#include "clinic/desk.h"
#include "model/appt.h"

enum { SERIES_NOTE = 80, SERIES_EVERY_MOST = 8, SERIES_COUNT_MOST = 40 };

struct series_ask {
	struct id episode, clinician;
	int every;   /* weeks */
	int weekday; /* 0 Monday */
	int minute;  /* of the day */
	enum mode mode;
	int count;	       /* 0: as many as the cap leaves */
	struct date from;      /* the first day that will do */
	int again;	       /* plans anew from this session on; 0: books new ones */
	const char *why;       /* another clinician than before; NULL: nobody said */
	const char *call_back; /* by video or telephone: where to ring when the line breaks, */
	bool alone;	       /* and that they can speak there */
};

struct series_row {
	int nth; /* which session it is; 0: none in that week */
	/* Planned anew: which one moves, and where it stands. */
	struct id appt, was_with;
	struct moment was;
	enum mode was_mode;
	bool was_rung; /* a number to ring back on is known, and that they are alone */
	struct id clinician, site, room;
	struct date wished;
	struct moment starts;
	int mins;
	enum mode mode;
	bool off;     /* left out by hand: it keeps its place in the list only */
	bool chosen;  /* its room was, by hand */
	bool no_room; /* by video or telephone because there is no room */
	char note[SERIES_NOTE];
};

struct series {
	struct series_ask ask;		   /* as it was completed; its texts are borrowed */
	struct id person, service, before; /* before: the clinician of their last session; none */
	struct cap cap;
	bool not_last;	       /* never the last slot of a day */
	struct date published; /* how far that clinician's diary goes */
	struct {
		struct series_row *v;
		size_t n, cap;
	} rows;
};

/* The open episode of somebody with a service that has courses of sessions (a private one); none:
 * there is none, or this user may not know of it. */
int series_of(struct desk *desk, struct id person, struct id service, struct id *ret,
	      struct err *err);
/* ERR_DENIED, or ERR_INPUT when it is closed. */
int series_episode(struct desk *desk, struct id episode, struct episode *ret, struct err *err);

/* What is usual for an episode: as its last session was, else as the decision said, else the first
 * time that is free.  again: as session `again` is. */
int series_usual(struct desk *desk, struct id episode, int again, struct series_ask *ret,
		 struct err *err);

/* The caller ends it with series_done(). */
int series_propose(struct desk *desk, const struct series_ask *ask, struct series *ret,
		   struct err *err);
void series_done(struct series *s);

/* Is it still to come, so that it can be planned anew? */
bool series_to_come(const struct desk *desk, const struct appt *a);
/* Planned anew: would it change, or does it stand there already? */
bool series_moves(const struct series_row *row);
/* How many by telephone or video still need a number to ring back on. */
int series_numberless(const struct series *s);

/* Numbers the rows anew, after some were left out. */
void series_number(struct series *s);
/* How many would be booked; and of these by another way to meet, at another time or day. */
struct series_sum {
	int all, remote, moved, same_clinician, same_time;
	int moves; /* planned anew: how many would change */
};
struct series_sum series_sum(const struct series *s);

/* The next free time of that row's week, after the last its first.  ERR_INPUT when there is no
 * other. */
int series_step(struct desk *desk, struct series *s, size_t row, struct err *err);
/* One row as it is wanted: how, when (none: as it is), where (none: a room that does). */
struct series_change {
	enum mode mode;
	struct moment starts;
	struct id room;
};
int series_change(struct desk *desk, struct series *s, size_t row, const struct series_change *to,
		  struct err *err);

/* Books them, or moves those that are planned anew. */
int series_book(struct desk *desk, const struct series *s, struct err *err);

/* The sessions of an episode that count, in order of time, with their numbers: seen and to come,
 * and by contract missed ones. */
struct sitting {
	int nth;
	struct appt a;
	bool counted; /* used without having been seen */
};
struct sittings {
	struct sitting *v;
	size_t n, cap;
};
int series_sessions(struct desk *desk, struct id episode, struct sittings *ret, struct err *err);

#endif
