/* task_acts.h: the acts on tasks, and who may see and end which (private to the clinic). */
#ifndef CLINIC_TASK_ACTS_H
#define CLINIC_TASK_ACTS_H

#include "clinic/act.h"
#include "clinic/task.h"

extern const struct act act_task_add, act_task_withdraw;
extern const struct act act_task_done, act_task_hand, act_task_later, act_task_note;
extern const struct act act_task_restore;

/* May this user see it; is it for them; may they end it, hand it on, put it off? */
bool task_seen(const struct desk *desk, const struct task *t);
bool task_mine(const struct desk *desk, const struct task *t);
bool task_theirs(const struct desk *desk, const struct task *t);

/* One that this user may see; ERR_MISSING in the same words as when there is none. */
int task_find(struct desk *desk, struct id id, struct task *ret, struct err *err);

/* In a check: a time to come; and, of a private service, somebody who may see that, for whoever it
 * is for must be able to find it.  task_open.c. */
int task_not_past(const struct desk *desk, struct moment due, struct err *err);
int task_found_by(struct desk *desk, struct id user, const char *role, struct id site,
		  struct id service, struct err *err);

/* What ending it so leaves to do, as further tasks; -1 when it may not end so.  task_left.c. */
int task_left(struct desk *desk, const struct task *t, const struct task_outcome *o,
	      const char *words, struct new_tasks *ret, struct err *err);

#endif
