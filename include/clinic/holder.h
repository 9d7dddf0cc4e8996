/*
 * holder.h: what a node owes the others as the holder of slots.
 *
 * Others ask it to decide their bookings, to free slots whose appointment is over, and a diary's
 * home node closes days of slots that it gave away.  All that is done here, by acts, on behalf of
 * whoever asked: after every sync, and at the hub after every batch of commands.
 */
#ifndef CLINIC_HOLDER_H
#define CLINIC_HOLDER_H

#include "base/day.h"
#include "base/err.h"
#include "base/id.h"
#include "model/held.h"
#include "model/slot.h"

struct desk;

/* Does all that is due; *ret_done is how much.  Nothing while this node may not use its holds. */
int holder_keep(struct desk *desk, int *ret_done, struct err *err);

/* ---- slots handed from node to node ---- */

/* Handed to another node, which may confirm in them once it has heard: free ones that this node
 * holds.  *ret_given is how many.  Who received them gives them back in the same way. */
struct slot_list {
	struct id *v;
	size_t n, cap;
};
int hold_give(struct desk *desk, const struct slot_list *slots, int to, int *ret_given,
	      struct err *err);
/* At the hub: taken from whoever holds them, with a reason that stays on the record.  to 0: each
 * goes home, and one that is at home comes to the hub. */
int hold_revoke(struct desk *desk, const struct slot_list *slots, int to, const char *why,
		struct err *err);

/* Which free slots of a session, or of a clinician's day, this node could give; with a count so
 * many of them, spread over the time so that people find both early and late ones on either side.
 * ERR_MISSING when there are none, or fewer. */
struct hold_pick {
	struct id block;     /* or */
	struct id clinician; /* ... and */
	struct date day;
	int from, to; /* minutes of the day: those that start at or after, and before; 0: any */
	int count;    /* 0: all */
};
int hold_pick(struct desk *desk, const struct hold_pick *pick, struct slots *ret, struct err *err);

/* ---- who holds what ---- */

/* Session by session what a node holds; node 0: what is held away from home, whoever holds it.
 * from: DATE_NONE is today; to: DATE_NONE as far as there are any.  The caller ends the list with
 * list_free(). */
struct hold_wish {
	int node;
	struct id clinician; /* none: everybody's */
	struct date from, to;
	bool forgotten; /* those alone */
};
int hold_list(struct desk *desk, const struct hold_wish *wish, struct helds *ret, struct err *err);

/* All slots that a node holds, from now on: what hold_revoke() takes when it is gone. */
int hold_all_of(struct desk *desk, int node, struct slot_list *ret, struct err *err);

/*
 * Forgotten: given away, free, and their day near (the setting hold_days, in working days) or the
 * moment past from which they are for everybody.  Nobody else may book in them, so they are given
 * back by who holds them, or asked back by who gave them: one act each.
 */
enum held_todo { HELD_GIVE_BACK, HELD_ASK_BACK, HELD_OTHERS };
/* Which of them this node can do: it holds them, they are of its diary, neither. */
enum held_todo held_todo(const struct desk *desk, const struct held *held);
/* Home go all of that session which are free and held here; *ret_given how many. */
int hold_give_back(struct desk *desk, struct id block, int *ret_given, struct err *err);
/* Who looks after the holder's desk is asked, by a task; ERR_CLASH when they are asked already. */
int hold_ask_back(struct desk *desk, const struct held *held, struct err *err);

#endif
