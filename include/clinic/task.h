/*
 * task.h: tasks: opened by people and by other acts, done with an outcome, handed on, put off.
 *
 * HOW ANOTHER ACT OPENS A TASK
 *
 *	its arguments		struct new_tasks tasks;
 *				FIELD_ROWS(tasks, struct my, "tasks", &new_task_fields)
 *	its check		struct new_task *n = task_open(desk, &my->tasks, TASK_RING,
 *desk->now, "Ring %s ...", name); n->person = ...; n->role = mem_str("reception"); n->site = ...;
 *	its run			tasks_put(t, &my->tasks, scope);
 *	its reverse		carries their ids (struct task_ids), the run of which calls
 *				tasks_withdraw(t, &back->tasks)
 */
#ifndef CLINIC_TASK_H
#define CLINIC_TASK_H

#include "clinic/desk.h"
#include "model/task.h"

/* Adds a row with an id of its own and its text, cut to what fits; inside a check, for ids are
 * handed out inside a change only.  The caller says whom it is about and whom it is for: user, or
 * role (owned text: a role, role.discipline or right).  Borrowed until the next row is added. */
struct new_task *task_open(struct desk *desk, struct new_tasks *tasks, enum task_kind kind,
			   struct moment due, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));

/* Their ids, for the opposite act. */
void task_ids_of(const struct new_tasks *tasks, struct task_ids *ret);

#endif
