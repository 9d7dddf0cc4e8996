/*
 * away.h: a clinician is away: who is hit, a new home for each, and doing it at once.
 *
 * away_list() reads and proposes; nothing is held for anybody by it.  away_do() is one user act:
 * the time is closed, everybody moves to the home that was chosen for them or goes to the
 * waiting list, each is told in the way they allow, and who keeps their booking is a task, as for
 * any time that closes (diary.h).  All of it is done or none: a time that was taken meanwhile
 * refuses the whole and says whose it was.
 */
#ifndef CLINIC_AWAY_H
#define CLINIC_AWAY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/day.h"
#include "base/err.h"
#include "clinic/desk.h"
#include "model/diary.h"

/* The time that is taken out of a diary. */
struct away {
	struct id clinician;
	bool leave;		 /* whole days, else from one moment to another */
	struct date first, last; /* of leave */
	struct moment from, to;	 /* of a block */
	char why[WORDS_TEXT];
	bool granted; /* it is closed already: only the people are seen to */
};

enum away_fate {
	AWAY_KEEP, /* stays booked there, a task until somebody moves them */
	AWAY_MOVE, /* to the home that is proposed */
	AWAY_WAIT, /* cancelled by the service, on the waiting list, among who is to be booked */
};

struct away_row {
	struct entry entry; /* masked for who may not know it: only its own desk moves it */
	struct date target; /* to be seen by; DATE_NONE: none, or they have been */
	enum away_fate fate;
	/* The home: none in `slot` when there is none. */
	struct id slot, clinician, site;
	struct moment starts;
	bool late;     /* after the target, or more than a week after the old time */
	bool taken;    /* somebody has it since it was proposed */
	bool gone;     /* they are booked there no more */
	bool may;      /* be seen to by this user: else it stays as it is */
	bool chosen;   /* by a person: the screen\'s own */
	char note[96]; /* what to know of it, or why there is none */
	int others;    /* homes passed over by away_other() */
};
struct away_rows {
	struct away_row *v;
	size_t n, cap;
};

/*
 * Who is hit, most urgent first: who comes today, then by priority, time left, and time.  Each has
 * the best home there is, no two the same: for a follow-up, or who was meant for this clinician,
 * the same clinician later, then another at that site, then a site where they have been; for a
 * first attendance whoever is first at that site, then at another of theirs.  One in time (by the
 * target, else within a week) goes before any that is late; none is earlier than the old time.  The
 * caller ends it with list_free().
 */
int away_list(struct desk *desk, const struct away *away, struct away_rows *ret, struct err *err);

/* Another home for one row, and after the last of them the first again. */
int away_other(struct desk *desk, const struct away *away, struct away_rows *rows, size_t at,
	       struct err *err);

/* Instead: it goes on the waiting list; it stays a task. */
void away_waits(struct away_row *row);
void away_keeps(struct away_row *row);

/* Somebody wrote meanwhile: marks the rows that are booked there no more, or whose home is taken.
 */
int away_again(struct desk *desk, struct away_rows *rows, struct err *err);

struct away_done {
	int moved, waiting, tasks;
	int asked; /* of the moved: another site answers */
	size_t at; /* of a refusal: the row; the number of rows when it was the time itself */
};
int away_do(struct desk *desk, const struct away *away, const struct away_rows *rows,
	    struct away_done *ret, struct err *err);

/* The whole time as moments: [from, to). */
void away_bounds(const struct away *away, struct moment *ret_from, struct moment *ret_to);

/* Days on which a clinician is away and people are booked, from today on: for who only knows the
 * name.  ERR_MISSING when they are not away, or nobody is booked then. */
int away_find(struct desk *desk, struct id clinician, struct away *ret, struct err *err);

#endif
