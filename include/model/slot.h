/*
 * slot.h: diaries: the weekly pattern, published blocks and their slots.
 */
#ifndef MODEL_SLOT_H
#define MODEL_SLOT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/day.h"
#include "base/id.h"
#include "model/user.h"

/* X(name, word in patterns and rows, words on the screen, can be booked) */
#define SLOT_KINDS(X)                                                                              \
	X(SLOT_NEW, "NEW", "NEW", true)                                                            \
	X(SLOT_FU, "FU", "FU", true)                                                               \
	X(SLOT_RAP, "RAP", "RAP", true)                                                            \
	X(SLOT_CATCHUP, "CATCHUP", "CATCH-UP", false)                                              \
	X(SLOT_LUNCH, "LUNCH", "LUNCH", false)                                                     \
	X(SLOT_ADMIN, "ADMIN", "ADMIN", false)                                                     \
	X(SLOT_BLOCK, "BLOCK", "BLOCK", false)

enum slot_kind {
#define X(name, word, show, bookable) name,
	SLOT_KINDS(X)
#undef X
		SLOT_KIND_COUNT
};
const char *slot_kind_word(enum slot_kind kind);
const char *slot_kind_show(enum slot_kind kind);
bool slot_kind_bookable(enum slot_kind kind);
bool slot_kind_parse(const char *word, enum slot_kind *ret);

/* X(name, word in rows).  Only an open slot can be booked; the others keep the appointment they
 * had. */
#define SLOT_STATES(X)                                                                             \
	X(SLOT_OPEN, "open")                                                                       \
	X(SLOT_WITHDRAWN, "withdrawn")                                                             \
	X(SLOT_BLOCKED, "blocked")                                                                 \
	X(SLOT_LEAVE, "leave")

enum slot_state {
#define X(name, word) name,
	SLOT_STATES(X)
#undef X
};
const char *slot_state_word(enum slot_state state);
bool slot_state_parse(const char *word, enum slot_state *ret);

struct slot {
	struct id id, block, clinician, site, service;
	enum slot_kind kind;
	struct date day;
	struct moment starts;
	int mins;
	struct moment release_at; /* RAP: open to all from here on; none: never */
	int holder;		  /* node */
	struct id appt;		  /* its owner; none: free */
	enum slot_state state;
	char note[WORDS_TEXT];
};
struct slots {
	struct slot *v;
	size_t n, cap;
};

/* A slot that an appointment waits for. */
struct asked_slot {
	struct id slot, appt;
};
struct asked_slots {
	struct asked_slot *v;
	size_t n, cap;
};

struct block {
	struct id id, clinician, site, room, service, template;
	struct date day;
	struct moment starts, ends;
	bool open;
};
struct blocks {
	struct block *v;
	size_t n, cap;
};

struct template
{
	struct id id, clinician, site, room, service;
	int weekday; /* 0 Monday */
	char pattern[1024];
	struct date from, to; /* to: last day, DATE_NONE until further notice */
	bool on;
};
struct templates {
	struct template *v;
	size_t n, cap;
};

struct leave {
	struct id id, clinician;
	struct date from, to;
	char why[WORDS_TEXT];
	bool on;
};
struct leaves {
	struct leave *v;
	size_t n, cap;
};

#endif
