/*
 * tasks.h: tasks as rows.  Who may see which is the clinic's to say (clinic/task.h).
 */
#ifndef STORE_TASKS_H
#define STORE_TASKS_H

#include "base/err.h"
#include "model/task.h"
#include "store/checks.h"
#include "store/store.h"
#include "store/txn.h"

/* By id; ERR_MISSING in words. */
int task_get(struct store *st, struct id id, struct task *ret, struct err *err);
int task_row_get(struct store *st, struct id id, struct task_row *ret, struct err *err);

/* Lists: each is a stretch of one index, added to what *ret holds, by due; of those that are open
 * the TASKS_MOST that are due first. */
enum { TASKS_MOST = 2000 };
int tasks_of_user(struct store *st, struct id user, struct task_rows *ret, struct err *err);
int tasks_of_role(struct store *st, const char *role, struct task_rows *ret, struct err *err);
int tasks_opened_by(struct store *st, struct id user, struct task_rows *ret, struct err *err);
int tasks_open(struct store *st, struct task_rows *ret,
	       struct err *err); /* every one, in no order */
int tasks_done_since(struct store *st, struct moment since, struct task_rows *ret, struct err *err);
/* Open and done, newest first. */
int tasks_of_person(struct store *st, struct id person, int max, struct task_rows *ret,
		    struct err *err);

/* Open ones to ring somebody back, whoever they are for. */
int tasks_ringback(struct store *st, struct task_rows *ret, struct err *err);
/* ... about one appointment. */
int tasks_ringback_of(struct store *st, struct id appt, struct task_ids *ret, struct err *err);

/* How many open ones are due before `until`, by site and service: what the count in row 1 is made
 * of.  user: theirs; none: those of `role`. */
struct task_sum {
	struct id site, service;
	int n;
};
struct task_sums {
	struct task_sum *v;
	size_t n, cap;
};
int tasks_sum(struct store *st, struct id user, const char *role, struct moment until,
	      struct task_sums *ret, struct err *err);

/* Is there anybody, switched on, of this role (and discipline, NULL any) or with this right (NULL
 * none) who works at this site (none: any)? */
int tasks_anybody(struct store *st, const char *role, const char *discipline, const char *right,
		  struct id site, bool *ret, struct err *err);

/* ---- in a run ---- */

/* Opens all of a command's; the scope is that of the rows the command writes. */
void tasks_put(struct txn *t, const struct new_tasks *tasks, const char *scope);
/* The command that opened them is taken back.  What was done meanwhile stays done. */
void tasks_withdraw(struct txn *t, const struct task_ids *ids);

/* Who was to be rung about an appointment has another time: nobody rings, and what it came from is
 * settled. */
void ringback_over(struct txn *t, struct id appt);

/* Reads one in a run; false when there is none or reading failed. */
bool task_read(struct txn *t, struct id id, struct task *ret);
/* Writes every column of an existing row that acts may change. */
void task_set(struct txn *t, const struct task *task);

/* What must hold of tasks and closed days; part of `store check`. */
int check_tasks(struct store *st, check_found *found, void *ctx, struct err *err);

#endif
