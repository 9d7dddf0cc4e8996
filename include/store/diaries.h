/*
 * diaries.h: templates, published blocks and leave; slots made, closed and opened again.
 *
 * Always holds: nothing is deleted.  A closed slot keeps the appointment it has.
 */
#ifndef STORE_DIARIES_H
#define STORE_DIARIES_H

#include "base/day.h"
#include "base/err.h"
#include "model/diary.h"
#include "model/slot.h"
#include "store/checks.h"
#include "store/store.h"
#include "store/txn.h"

/* Lists are added to; the caller ends them with list_free(). */

/* ---- templates ---- */
int templates_get(struct store *st, struct id template, struct template *ret, struct err *err);
/* By clinician (none: everybody's), weekday and first day. */
int templates_of(struct store *st, struct id clinician, struct templates *ret, struct err *err);
void template_put(struct txn *t, const struct template *template);
void template_close(struct txn *t, struct id template, struct date last, bool on);

/* ---- blocks ---- */
int blocks_get(struct store *st, struct id block, struct block *ret, struct err *err);
/* The open blocks of a template from one day to another, both included. */
int blocks_of_template(struct store *st, struct id template, struct date from, struct date to,
		       struct blocks *ret, struct err *err);
/* Those of a clinician, open or with somebody still in them. */
int blocks_of_clinician(struct store *st, struct id clinician, struct date from, struct date to,
			struct blocks *ret, struct err *err);
/* The last day on which the template has an open block; DATE_NONE if there is none. */
int blocks_last(struct store *st, struct id template, struct date *ret, struct err *err);
void block_put(struct txn *t, const struct block *block);
/* Withdraws the block and its open slots. */
void block_withdraw(struct txn *t, struct id block);
/* Opens the block only; its slots one by one, with slot_set_state(). */
void block_open(struct txn *t, struct id block);

/* ---- slots ---- */
/* The node that is home to a diary.  False: there is no such clinician. */
bool clinician_home(struct txn *t, struct id clinician, int *ret_node);
/* Of those below, a slot that the command's origin does not hold is left as it is: its holder
 * follows (store/requests.h). */
void slot_put(struct txn *t, const struct slot *slot);
/* note: NULL empties it. */
void slot_set_state(struct txn *t, struct id slot, enum slot_state state, const char *note);
/* The state that a slot is to have by what its diary's home wrote down: withdrawn with its session,
 * on leave with its clinician, blocked (note: why), else open. */
int slot_due(struct store *st, struct id slot, enum slot_state *ret, char note[WORDS_TEXT],
	     struct err *err);
/* Writes down that the slot is blocked (cause: what the history speaks of), or no more. */
void blocked_put(struct txn *t, const struct slot *s, struct id cause, const char *note, bool on);
int slot_blocked(struct store *st, struct id slot, bool *ret, struct err *err);
/* Does an appointment stand in time that is closed, by leave or by a block? */
int appt_closed(struct store *st, struct id appt, bool *ret, struct err *err);

/* What a clinician and a room are taken with on a day, by time.  A room is free again while the
 * clinician who had it is on leave.  room may be none. */
int busy_of_day(struct store *st, struct id clinician, struct id room, struct date day,
		struct busies *ret, struct err *err);
/* The first that overlaps the stretch and is not of block `except`; NULL if none does. */
const struct busy *busy_at(const struct busies *list, struct moment starts, struct moment ends,
			   struct id except);

/* ---- leave ---- */
/* Leave in force that touches the days, by first day. */
int leave_between(struct store *st, struct id clinician, struct date from, struct date to,
		  struct leaves *ret, struct err *err);
void leave_put(struct txn *t, const struct leave *leave);
void leave_end(struct txn *t, struct id leave);
/* Open slots of the days become slots on leave. */
void slots_leave(struct txn *t, struct id clinician, struct date from, struct date to);

/* ---- what stands in them ---- */
/* A clinician's appointments of the days, of every state, with the people they are for, by time. */
int entries_of(struct store *st, struct id clinician, struct date from, struct date to,
	       struct entries *ret, struct err *err);

/* Booked and free time of each of `days` days from `from` on, in appointments and bookable slots.
 */
struct day_count {
	int booked, free;
};
int day_counts(struct store *st, struct id clinician, struct date from, int days,
	       struct day_count *ret, struct err *err);

/* Do all the employers that a person has posts with buy from outside the NHS?  False for a person
 * without a post. */
int person_external(struct store *st, struct id person, bool *ret, struct err *err);

/* What must hold in published diaries; part of `store check`. */
int check_diaries(struct store *st, check_found *found, void *ctx, struct err *err);

#endif
