/*
 * running.h: how late a clinician runs today.
 *
 * Told by the rows of the day: somebody in the room beyond their time, or taken in late; somebody
 * here whose time has passed while nobody is in the room.  A person may say otherwise; that stands
 * until the clinician takes in or finishes somebody, for then the rows know better.
 */
#ifndef CLINIC_RUNNING_H
#define CLINIC_RUNNING_H

#include "clinic/desk.h"
#include "clinic/desklist.h"

enum { RUNNING_MOST = 240 }; /* minutes */

/* Somebody says so; 0: on time.  Undone like anything else. */
int running_say(struct desk *desk, struct id clinician, int mins, struct err *err);

/* Adds to rows->now, for today's rows of a desk, a line for each clinician who keeps people
 * waiting: said by hand, or two and more who are here past their time.  Those need no line of their
 * own any more: their `waited` is told once. */
int running_now(struct desk *desk, struct desk_rows *rows, struct err *err);

/* One clinician, of whom these are today's rows. */
struct lateness {
	int mins;     /* 0: on time, or nothing tells */
	bool said;    /* by a person */
	int waiting;  /* here and not yet in the room */
	int past;     /* of these, past their time */
	struct id at; /* the appointment that tells it: the first who waits */
};
int running_of(struct desk *desk, struct id clinician, struct lateness *ret, struct err *err);

#endif
