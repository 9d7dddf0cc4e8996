/*
 * needs.h: what somebody needs, held against where and with whom they are booked.
 */
#ifndef CLINIC_NEEDS_H
#define CLINIC_NEEDS_H

#include "clinic/desk.h"
#include "clinic/search.h"
#include "model/appt.h"
#include "model/need.h"

/* The one rule of rooms, wherever a time in person is planned, booked, moved or offered: the first
 * thing that the room (NULL: none is known) lacks of what the person needs, or of what the service
 * asks of a room; NULL when it will do. */
const char *room_fails(const struct service *service, unsigned needs, const struct room *room);

/*
 * What each place does not meet, as lists say it, NULL where it meets all: as many as there are
 * places, for the caller to mem_free().  Of its room ("no step-free"); and where somebody has to be
 * asked to come, a day too near to arrange it ("no interpreter"), unless the clinician has the
 * language among their skills.  Nothing is looked up for who needs nothing of a service that asks
 * for no room, or is seen from afar.
 */
struct needing {
	unsigned needs;		 /* bits of model/need.h */
	const char *interpreter; /* the language; NULL or "": none */
	enum mode mode;
};
int needs_of_places(struct desk *desk, const struct needing *who, const struct places *places,
		    const char ***ret, struct err *err);

/* What a person needs, themselves or who they were merged into. */
int needs_of(struct desk *desk, struct id person, unsigned *ret, char interpreter[CODE_TEXT],
	     struct err *err);

#endif
