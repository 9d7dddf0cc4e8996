/*
 * hold.h: five minutes of a time for one desk, seen by the other desks of this database.
 *
 * A hold keeps others from booking the time, on the screens and on the command line; it never
 * stands in the way of its own user.  It is worth nothing once its time is over, its process gone
 * or its session ended.  A session holds one place at a time: taking another lets the first go.
 * Other nodes do not see it: their booking is answered by the holder of the slot, and while a desk
 * of the holder holds it, their answer waits.
 */
#ifndef CLINIC_HOLD_H
#define CLINIC_HOLD_H

#include "clinic/desk.h"
#include "model/appt.h"
#include "clinic/search.h"
#include "model/hold.h"

enum { HOLD_MINS = 5 };

/* A place as a booking would take it. */
struct hold_ask {
	struct id service, clinician;
	struct moment starts;
	int mins;
	enum appt_kind kind;
	bool external;
	struct share share;
	struct id own; /* the appointment that moves; none */
};

/* Holds the place, and gives its first slot and until when.  ERR_CLASH naming who has it or holds
 * it, with what was held before still held; ERR_STORE when others were writing for too long. */
int hold_take(struct desk *desk, const struct hold_ask *ask, struct id *ret_first,
	      struct moment *ret_until, struct err *err);

/* Holds one slot, for somebody who is still to be found; with `mins` also those straight after it
 * that an attendance so long would need, as far as they are free and nobody else holds them. */
int hold_take_slot(struct desk *desk, struct id slot, int mins, struct moment *ret_until,
		   struct err *err);

/* Lets go of the place that begins with this slot, if this desk still holds it. */
int hold_let_go(struct desk *desk, struct id first, struct err *err);

/* Inside a change: the slot is booked now. */
int hold_used(struct desk *desk, struct id slot, struct err *err);

/* ---- for who looks at many slots ---- */

/* Those that have not run out; the caller ends the list with list_free(). */
int holds_now(struct desk *desk, struct desk_holds *ret, struct err *err);

/* The live hold of a slot, NULL when nobody holds it. */
const struct desk_hold *hold_of(struct desk_holds *holds, struct id slot);

/* ... by somebody else, so that this user may not book it. */
const struct desk_hold *hold_against(const struct desk *desk, struct desk_holds *holds,
				     struct id slot);

/* "j.cole holds that slot to 09:47: choose another, or ask them."  Always -1. */
int hold_refuses(const struct desk_hold *h, struct err *err);

#endif
