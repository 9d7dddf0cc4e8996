/*
 * tasks.h: tasks as rows.  Who may see which is the clinic's to say (clinic/task.h).
 */
#ifndef STORE_TASKS_H
#define STORE_TASKS_H

#include "base/err.h"
#include "model/task.h"
#include "store/store.h"
#include "store/txn.h"

/* By id; ERR_MISSING in words. */
int task_get(struct store *st, struct id id, struct task *ret, struct err *err);

/* ---- in a run ---- */

/* Opens all of a command's; the scope is that of the rows the command writes. */
void tasks_put(struct txn *t, const struct new_tasks *tasks, const char *scope);
/* The command that opened them is taken back.  What was done meanwhile stays done. */
void tasks_withdraw(struct txn *t, const struct task_ids *ids);

#endif
