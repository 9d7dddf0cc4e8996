/*
 * wait.h: who waits for a freed time, and which time would do.
 */
#ifndef MODEL_WAIT_H
#define MODEL_WAIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/day.h"
#include "base/id.h"
#include "model/appt.h"
#include "model/slot.h"
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

/*
 * How a freed time suits somebody who waits: X(name, word of the column, what is in the way, for
 * people).  Those before WAIT_UNFIT are offered it, in this order.
 */
#define WAIT_FITS(X)                                                                               \
	X(WAIT_YES, "yes", "what they told us fits")                                               \
	X(WAIT_ASK, "ask", "they told us nothing: ask")                                            \
	X(WAIT_FAR, "far", "not one of the sites that they told us")                               \
	X(WAIT_FLAG, "call 1st", "clinical staff are to speak to them first")                      \
	X(WAIT_LAST, "last", "not the last of a day")                                              \
	X(WAIT_EARLIER, "has it", "they are booked for no later")                                  \
	X(WAIT_BUSY, "booked", "they are booked elsewhere then")                                   \
	X(WAIT_NOTICE_SHORT, "notice", "they need more notice")                                    \
	X(WAIT_FROM, "not yet", "they asked for later")                                            \
	X(WAIT_DAY, "not day", "not on that day of the week")                                      \
	X(WAIT_TIME, "not time", "not at that time of the day")                                    \
	X(WAIT_MODE, "mode", "not in this way")                                                    \
	X(WAIT_WITH, "not with", "they wait for another clinician")                                \
	X(WAIT_NEEDS, "access", "the room fails what they need")                                   \
	X(WAIT_SHORT, "short", "it is too short")                                                  \
	X(WAIT_KIND, "kind", "it is kept for first attendances")                                   \
	X(WAIT_RAPID, "rapid", "it is kept for rapid access")                                      \
	X(WAIT_GONE, "gone", "recorded as a leaver, or worse")

enum wait_fit {
#define X(name, word, why) name,
	WAIT_FITS(X)
#undef X
		WAIT_FIT_COUNT
};
#define WAIT_UNFIT WAIT_FLAG
const char *wait_fit_word(enum wait_fit fit);
const char *wait_fit_why(enum wait_fit fit);

/* A time that was freed, as far as it can be offered. */
struct hole {
	struct id slot, service, clinician, site, room; /* room: its session's; none */
	char site_code[CODE_TEXT];
	enum slot_kind kind;
	struct moment starts, release_at;
	int first_mins; /* of the slot itself */
	int mins;	/* that are free from there */
	bool last;	/* of the clinician's day */
	int holder;	/* the node that may write it */
	bool theirs;	/* another node: a booking into it is asked for, until that has answered */
};

/* Does the time itself suit the wish, when it is `now`?  The first thing that is in the way. */
enum wait_fit wish_fits(const struct wait_wish *wish, const struct hole *hole, unsigned modes,
			struct moment now);

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
	/* What the next attendance is: of the one that is booked, else as the episode has it. */
	enum appt_kind kind;
	int mins;	/* 0: as usual for the kind */
	enum mode mode; /* 0: as usual */
	unsigned needs;
	bool gone; /* a leaver, or worse */
};
struct wait_rows {
	struct wait_row *v;
	size_t n, cap;
};

/* Somebody who waits, and a freed time. */
struct wait_offer {
	struct wait_row r;
	enum wait_fit fit;
	/* How they were tried about this very time, last. */
	char how[CODE_TEXT], answer[CODE_TEXT], why[WORDS_TEXT];
	struct moment tried_at, until; /* until: kept for their reply */
};
struct wait_offers {
	struct wait_offer *v;
	size_t n, cap;
};

/* X(name, code, words): what came of offering a time to somebody. */
#define WAIT_TRIES(X)                                                                              \
	X(WAIT_NO_ANSWER, "no_answer", "no answer")                                                \
	X(WAIT_SAID_NO, "said_no", "said no")                                                      \
	X(WAIT_TEXTED, "text", "texted")
enum wait_how {
#define X(name, code, words) name,
	WAIT_TRIES(X)
#undef X
		WAIT_HOWS
};
const char *wait_how_code(enum wait_how how);
const char *wait_how_words(enum wait_how how);
bool wait_how_parse(const char *code, enum wait_how *ret);

/* One try, as stored. */
struct wait_try {
	struct id id, wait, slot;
	char scope[CODE_TEXT];
	enum wait_how how;
	char why[WORDS_TEXT];
	struct moment at, until; /* until: the time is kept for their reply */
	int mins;		 /* ... for so long from its start; 0: the slot alone */
	struct id user;
	char answer[CODE_TEXT]; /* yes no; "" none yet */
	bool on;
};
struct wait_tries {
	struct wait_try *v;
	size_t n, cap;
};

#endif
