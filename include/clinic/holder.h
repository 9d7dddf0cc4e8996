/*
 * holder.h: what a node owes the others as the holder of slots.
 *
 * Others ask it to decide their bookings, to free slots whose appointment is over, and a diary's
 * home node closes days of slots that it gave away.  All that is done here, by acts, on behalf of
 * whoever asked: after every sync, and at the hub after every batch of commands.
 */
#ifndef CLINIC_HOLDER_H
#define CLINIC_HOLDER_H

#include "base/err.h"
#include "base/id.h"

struct desk;

/* Does all that is due; *ret_done is how much.  Nothing while this node may not use its holds. */
int holder_keep(struct desk *desk, int *ret_done, struct err *err);

/* Slots handed to another node, which may confirm in them once it has heard: free ones that this
 * node holds.  *ret_given is how many. */
struct slot_list {
	struct id *v;
	size_t n, cap;
};
int hold_give(struct desk *desk, const struct slot_list *slots, int to, int *ret_given,
	      struct err *err);
/* At the hub: taken from whoever holds them, with a reason that stays on the record. */
int hold_revoke(struct desk *desk, const struct slot_list *slots, int to, const char *why,
		struct err *err);

#endif
