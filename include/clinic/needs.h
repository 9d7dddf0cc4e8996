/*
 * needs.h: what somebody needs, held against where and with whom they are booked.
 */
#ifndef CLINIC_NEEDS_H
#define CLINIC_NEEDS_H

#include "clinic/desk.h"
#include "clinic/search.h"
#include "model/appt.h"
#include "model/need.h"

/* What the session of each place does not meet, as lists say it ("no step-free"), NULL where it
 * meets all: as many as there are places, for the caller to mem_free().  Nothing is looked up for
 * who needs nothing of a room, or is seen from afar. */
int needs_of_places(struct desk *desk, unsigned needs, enum mode mode, const struct places *places,
		    const char ***ret, struct err *err);

#endif
