/*
 * appt.h: appointments and the episodes they belong to.
 */
#ifndef MODEL_APPT_H
#define MODEL_APPT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/day.h"
#include "base/id.h"
#include "model/after.h"
#include "model/number.h"
#include "model/service.h"
#include "model/user.h"

/*
 * One table of states: X(name, letter in rows and on screens, code on the command line, word,
 * national attendance code).
 * Codes (NHS Data Dictionary, attendance status): 5 on time, 6 late but seen, 7 late and not seen,
 * 3 did not attend, 2 cancelled by or for the person, 4 by the provider, 0 still to come.  "" is
 * fixed by more than the state: see appt_code().
 */
#define APPT_STATES(X)                                                                             \
	X(APPT_REQUESTED, 'T', "requested", "requested", "0")                                      \
	X(APPT_BOOKED, 'B', "booked", "booked", "0")                                               \
	X(APPT_ARRIVED, 'A', "arrived", "arrived", "0")                                            \
	X(APPT_IN_ROOM, 'I', "in_room", "in room", "0")                                            \
	X(APPT_SEEN, 'S', "seen", "seen", "")                                                      \
	X(APPT_DNA, 'D', "dna", "did not attend", "3")                                             \
	X(APPT_LATE, 'N', "late", "too late to be seen", "7")                                      \
	X(APPT_CANCELLED, 'X', "cancelled", "cancelled", "")                                       \
	X(APPT_DECLINED, 'R', "declined", "declined", "")                                          \
	X(APPT_DISPLACED, 'P', "displaced", "displaced", "")

enum appt_state {
#define X(name, letter, code, word, national) name,
	APPT_STATES(X)
#undef X
		APPT_STATE_COUNT
};
char appt_letter(enum appt_state state);
const char *appt_word(enum appt_state state);
const char *appt_state_code(enum appt_state state); /* "in_room" */
/* A letter in any case, a code or a word. */
bool appt_state_parse(const char *text, enum appt_state *ret);

/* Still to happen or happening: holds its slot, counts as a clash. */
static inline bool appt_live(enum appt_state s)
{
	return s == APPT_REQUESTED || s == APPT_BOOKED || s == APPT_ARRIVED || s == APPT_IN_ROOM;
}

/* They came: whatever else is said of it, they were told in person. */
static inline bool appt_came(enum appt_state s)
{
	return s == APPT_ARRIVED || s == APPT_IN_ROOM || s == APPT_SEEN || s == APPT_LATE;
}

enum appt_kind {
	APPT_NEW, /* the first attendance of its episode */
	APPT_FU,
};
const char *appt_kind_word(enum appt_kind kind); /* "NEW", "FU" */
bool appt_kind_parse(const char *word, enum appt_kind *ret);

enum cancel_by {
	CANCEL_NOT,
	CANCEL_PERSON,
	CANCEL_SERVICE,
	CANCEL_ERROR, /* entered in error: no attendance, no code */
};
const char *cancel_by_word(enum cancel_by by);
bool cancel_by_parse(const char *word, enum cancel_by *ret);

struct appt {
	struct id id, clinician, site, room, service;
	struct date day;
	struct moment starts;
	int mins;
	enum mode mode;
	enum appt_kind kind;
	enum appt_state state;
	char code[4];
	struct id over_by; /* who allowed it to own no slot */
	char over_why[WORDS_TEXT];
	int moves;
	struct moment asked_at, arrived_at, room_at, seen_at, ended_at;
	enum cancel_by cancelled_by;
	enum outcome outcome; /* who recorded it, and when */
	struct moment outcome_at;
	struct id outcome_by;
	/* from its booking, where the reader may see it */
	struct id person, episode, customer;
	char call_back[PHONE_DIGITS]; /* by video or telephone: where to ring when the line breaks,
				       */
	bool alone;		      /* and they have said that they can speak there */
};
struct appts {
	struct appt *v;
	size_t n, cap;
};

/* The national code of an appointment as it stands; late_mins is how many minutes after its start
 * an arrival still counts as on time.  Writes 0 or 1 characters and a NUL into ret. */
void appt_code(const struct appt *a, int late_mins, char ret[4]);

/* An appointment as lists show it; the names are empty where no booking is known here. */
struct appt_row {
	struct appt a;
	char surname[NAME_TEXT], given[NAME_TEXT], title[CODE_TEXT];
	struct date born;
	char number[CODE_TEXT], scope[CODE_TEXT]; /* of its episode; of its booking */
	unsigned needs;				  /* the person's, bits of model/need.h */
	char interpreter[CODE_TEXT];		  /* the language; "" none */
	struct date target;			  /* of its episode: to be seen by; DATE_NONE */
};
struct appt_rows {
	struct appt_row *v;
	size_t n, cap;
};

/*
 * Which ones: those of a person, or of a clinician, or of a site (of all sites when none is named);
 * the other fields narrow that down.  Days are DATE_NONE for no bound; without a person both must
 * be given.  In order of time, a person's with those from `today` on first and then back in time.
 */
struct appt_filter {
	struct id person, clinician, site;
	struct date from, to;
	unsigned states; /* bits 1 << enum appt_state; 0: all */
	struct date today;
	int skip, max; /* max 0: no bound */
};

struct episode {
	struct id id, person, service, customer;
	char scope[CODE_TEXT], number[CODE_TEXT];
	int priority; /* 0 now 1 urgent 2 soon 3 routine */
	struct date received, target;
	char state[CODE_TEXT]; /* open closed error */
	struct moment opened_at, closed_at;
	char why[WORDS_TEXT];
	enum end_reason reason; /* of its end */
	struct date review_by;	/* a clinician wants to see them again by then */
};
struct episodes {
	struct episode *v;
	size_t n, cap;
};

#endif
