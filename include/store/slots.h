/*
 * slots.h: slots as they lie in the database: read by day and by block, taken and given back.
 *
 * Always holds: a slot has one owner at most, because its own row names it.  A slot that is
 * withdrawn, blocked or on leave keeps the owner it had and is never taken again.
 */
#ifndef STORE_SLOTS_H
#define STORE_SLOTS_H

#include <stdbool.h>

#include "base/day.h"
#include "base/err.h"
#include "base/id.h"
#include "model/slot.h"
#include "store/store.h"
#include "store/txn.h"

/* Lists are added to; the caller ends them with list_free(). */

/* ERR_MISSING if there is no such slot. */
/* The open rapid-access slots of a service in the week from a Monday on, and how many of them
 * people of external customers have, one person not counted. */
int slots_rapid(struct store *st, struct id service, struct date monday, struct id but_person,
		int *ret_all, int *ret_taken, struct err *err);
int slots_get(struct store *st, struct id slot, struct slot *ret, struct err *err);

/* A clinician's slots from one wall date to another (both included), of any state, by time. */
int slots_of_day(struct store *st, struct id clinician, struct date from, struct date to,
		 struct slots *ret, struct err *err);

/* When the last slot of a clinician's day starts that is seen in, booked or not; none: there is
 * none.
 */
int slots_last(struct store *st, struct id clinician, struct date day, struct moment *ret,
	       struct err *err);

/* At most `max` slots of one block from a start on, of any state and owner, by time: what an
 * appointment longer than its first slot would take. */
int slots_run(struct store *st, struct id block, struct moment from, int max, struct slots *ret,
	      struct err *err);

/* The slots that an appointment owns, by time. */
int slots_of_appt(struct store *st, struct id appt, struct slots *ret, struct err *err);

/* Slots from a day on, of any state and owner, that a node holds; or that the node `at` took from
 * it in its own diaries and holds still (taken). */
int slots_held(struct store *st, int holder, struct date from, struct slots *ret, struct err *err);
int slots_taken(struct store *st, int home, int at, struct date from, struct slots *ret,
		struct err *err);

/* Free slots that can be booked, earliest first, walked in pieces. */
struct slots_walk {
	struct id service;	   /* of this service */
	struct id site, clinician; /* none: any */
	struct moment from, until; /* starts in [from, until); until none: to the end */
	struct id after;	   /* and, of those that start at `from`, ids beyond this one */
};
int slots_free(struct store *st, const struct slots_walk *walk, int max, struct slots *ret,
	       struct err *err);

/* A slot row is written by its holder alone: neither of these touches one that the command's origin
 * does not hold.  Takes a slot for an appointment if it is open and nobody's, or its own already.
 * False: it was not, nothing changed.
 */
bool slot_claim(struct txn *t, struct id slot, struct id appt);
/* The same of one that may be closed by leave or a block: for who stood there when it was. */
bool slot_back(struct txn *t, struct id slot, struct id appt);

/* Gives back every slot that the appointment owns; each keeps its state. */
void slot_release(struct txn *t, struct id appt);

#endif
