/*
 * diary.h: what stands in a clinician's diary: appointments with the people they are for, and the
 * times that are taken.
 */
#ifndef MODEL_DIARY_H
#define MODEL_DIARY_H

#include "model/appt.h"
#include "model/slot.h"
#include "model/user.h"

/* An appointment as a diary or a list of people hit shows it. */
struct entry {
	struct appt appt;
	char surname[NAME_TEXT], given[NAME_TEXT], title[CODE_TEXT];
	struct date born;
	int priority;	/* of its episode; -1 when it has none */
	unsigned needs; /* the person's, bits of model/need.h */
	char interpreter[CODE_TEXT];
	bool masked; /* a private service the reader does not see: no name, no birthday, no id */
};
struct entries {
	struct entry *v;
	size_t n, cap;
};

/* A stretch of time that a clinician or a room has no more of. */
struct busy {
	struct moment starts, ends;
	struct id slot, block, clinician, site;
	bool room;     /* the room is what is taken, by another clinician */
	bool leftover; /* of a withdrawn session: somebody is still booked into it */
};
struct busies {
	struct busy *v;
	size_t n, cap;
};

static inline struct moment slot_ends(const struct slot *s)
{
	return (struct moment){ s->starts.utc + s->mins * 60 };
}

#endif
