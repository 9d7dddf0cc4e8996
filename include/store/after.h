/*
 * after.h: outcomes, the lists of what has none, telephone tries, how late somebody runs: as rows.
 *
 * Reading works in or outside a change; put and set functions belong to a run (store/txn.h).
 */
#ifndef STORE_AFTER_H
#define STORE_AFTER_H

#include "base/err.h"
#include "model/after.h"
#include "model/appt.h"
#include "model/task.h"
#include "store/checks.h"
#include "store/store.h"
#include "store/txn.h"

/* ---- what is to finish ---- */

/* A clinician's: seen without an outcome, and of days before `today` what nobody marked; by time.
 */
int finish_list(struct store *st, struct id clinician, struct date today, struct appt_rows *ret,
		struct err *err);
int finish_count(struct store *st, struct id clinician, struct date today, int *ret,
		 struct err *err);

/* ---- an episode ---- */

/* How many of its appointments were missed; and the start of the first live one, without `except`
 * (none: nothing is booked). */
int episode_missed(struct store *st, struct id episode, int *ret, struct err *err);
int episode_coming(struct store *st, struct id episode, struct id except, struct moment *ret,
		   struct err *err);

/* Open ones that ask for the answers of an episode. */
int tasks_answers(struct store *st, struct id episode, struct task_ids *ret, struct err *err);

/* Open tasks that ask for a new time: about one appointment, or about any of an episode's. */
int tasks_rebooking(struct store *st, struct id appt, struct id episode, struct task_ids *ret,
		    struct err *err);
/* Its appointments whose outcome is still to be booked again. */
int episode_to_rebook(struct store *st, struct id episode, struct task_ids *ret, struct err *err);

/* ---- tries and lateness ---- */

/* Of an appointment, or of a task, in order. */
int tries_of(struct store *st, struct id appt, struct id task, struct tries *ret, struct err *err);

/* What was said about a day: of one clinician, or (none) of all. */
int runnings_of(struct store *st, struct date day, struct id clinician, struct runnings *ret,
		struct err *err);

/* ---- in a run ---- */

void appt_outcome_set(struct txn *t, struct id appt, const char *outcome, const char *code,
		      struct moment at, struct id by);
/* From one outcome to another, where it is the first. */
void appt_outcome_turn(struct txn *t, struct id appt, const char *from, const char *to,
		       const char *code);
/* An episode's state and all that goes with its end. */
struct episode_end {
	const char *state, *reason, *why; /* reason and why may be NULL */
	struct moment closed_at;
	struct date review_by;
};
void episode_end_set(struct txn *t, struct id episode, const struct episode_end *end);
void try_put(struct txn *t, const struct try_row *r, const char *scope, struct id appt,
	     struct id task);
void try_off(struct txn *t, struct id id);
void running_put(struct txn *t, const struct running *r);

/* Tasks end because what they asked for was done, or come back when that is taken back. */
void tasks_settle(struct txn *t, const struct task_ids *ids, const char *words);
void tasks_reopen(struct txn *t, const struct task_ids *ids);
void task_put_off(struct txn *t, struct id task, struct moment due);

/* What must hold of all these; part of `store check`. */
int check_after(struct store *st, check_found *found, void *ctx, struct err *err);

#endif
