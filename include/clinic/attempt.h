/*
 * attempt.h: somebody is rung: about their appointment by telephone, or because a task says so.
 *
 * Each call leaves a row: when, who, what became of it.  Without an answer the next is due after a
 * while (the setting try_again_mins), until there were as many as the contract wants (tries); then
 * it is for a person to say that they did not attend, or could not be reached.
 */
#ifndef CLINIC_ATTEMPT_H
#define CLINIC_ATTEMPT_H

#include <stdbool.h>

#include "clinic/desk.h"
#include "model/after.h"

struct attempt {
	int nth;	     /* which call it was */
	struct moment again; /* when the next is due; none: spoke, or no more of them */
	bool last;	     /* without an answer as often as is wanted */
};

/* Records one call: about an appointment, or (appt none) for a task of kind ring.  Whoever was
 * spoken to about an appointment is thereby in the room: one user act.  A task is put off until the
 * next. */
int attempt(struct desk *desk, struct id appt, struct id task, enum try_result result,
	    struct attempt *ret, struct err *err);

/* The calls so far, in order; the caller ends it with list_free(). */
int attempts_of(struct desk *desk, struct id appt, struct id task, struct tries *ret,
		struct err *err);

#endif
