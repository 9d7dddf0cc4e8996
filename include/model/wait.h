/*
 * wait.h: who waits for a freed time, and which time would do.
 */
#ifndef MODEL_WAIT_H
#define MODEL_WAIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/day.h"
#include "base/id.h"
#include "model/user.h"

enum { WAIT_NOTICE = 24 }; /* hours of notice that somebody needs who did not say otherwise */

/* X(name, code) */
#define WAIT_STATES(X)                                                                             \
	X(WAIT_WAITING, "waiting")                                                                 \
	X(WAIT_TAKEN, "taken")	   /* a freed time */                                              \
	X(WAIT_REMOVED, "removed") /* by somebody who said why */                                  \
	X(WAIT_OFF, "off")	   /* put on it in error: taken back */

enum wait_state {
#define X(name, code) name,
	WAIT_STATES(X)
#undef X
		WAIT_STATE_COUNT
};
const char *wait_state_code(enum wait_state state);
bool wait_state_parse(const char *code, enum wait_state *ret);

/* What would do for them.  Zeroes: anything. */
struct wait_wish {
	struct id clinician;	/* only with them */
	char sites[WORDS_TEXT]; /* codes of sites that they can get to; "" any */
	unsigned days;		/* bits 1 << weekday, Monday 0 */
	int after, before;	/* minutes of the day: starts at or after, ends at or before */
	unsigned modes;		/* bits of enum mode; 0: the service's usual */
	int notice;		/* hours of notice that they need */
	struct date from;	/* not before; DATE_NONE: at once */
	bool earlier;		/* although booked: for something earlier */
};

struct wait {
	struct id id, person, episode, service; /* service: the episode's */
	char scope[CODE_TEXT];
	struct wait_wish wish;
	struct moment since;
	struct id user;
	enum wait_state state;
	struct moment ended_at;
	struct id ended_by;
	char why[WORDS_TEXT];
};

/* As lists show it. */
struct wait_row {
	struct wait w;
	char number[CODE_TEXT]; /* of the episode */
	int priority;
	struct date received, target;
	struct id customer;
	char surname[NAME_TEXT], given[NAME_TEXT], title[CODE_TEXT];
	struct date born;
	bool on; /* on the list: nothing has met the wish */
	/* What is booked for the episode and to come; none: nothing. */
	struct id appt;
	struct moment starts;
};
struct wait_rows {
	struct wait_row *v;
	size_t n, cap;
};

#endif
