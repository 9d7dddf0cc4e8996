/*
 * task.h: tasks: opened by people and by other acts, done with an outcome, handed on, put off.
 *
 * WHO SEES WHICH.  A task is for one user, or for whoever is of a role, a role.discipline or has a
 * right, at one site or at any.  It is seen by those whom it is for, by who opened it, and by
 * managers and administrators; an alert by nurses, clinicians and counsellors alone, whoever opened
 * it; one of a private service by nobody who may not see the service: it
 * is not listed, not counted and not found by its id.  Those whom it is for, and managers, end it;
 * counsellors also what is for the desk of their service.
 * Nothing ends without an outcome.
 *
 * HOW ANOTHER ACT OPENS A TASK
 *
 *	its arguments	struct new_tasks tasks;
 *			FIELD_ROWS(tasks, struct my, "tasks", &new_task_fields)
 *	its check	struct new_task *n = task_open(desk, &my->tasks, TASK_RING, desk->now,
 *						       "Ring %s ...", name);
 *			n->person = ...; n->role = mem_str("reception"); n->site = ...;
 *	its run		tasks_put(t, &my->tasks, scope);
 *	its reverse	carries their ids (struct task_ids), the run of which calls
 *			tasks_withdraw(t, &back->tasks)
 */
#ifndef CLINIC_TASK_H
#define CLINIC_TASK_H

#include "clinic/desk.h"
#include "clinic/trail.h"
#include "model/task.h"

/* Adds a row with an id of its own and its text, cut to what fits; inside a check, for ids are
 * handed out inside a change only.  The caller says whom it is about and whom it is for: user, or
 * role (owned text: a role, role.discipline or right).  Borrowed until the next row is added. */
struct new_task *task_open(struct desk *desk, struct new_tasks *tasks, enum task_kind kind,
			   struct moment due, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));

/* Whom one of a private service is for: the desk of its own, or where nobody has that right, the
 * counsellors; a word that lasts. */
const char *task_private_role(struct desk *desk);

/* Their ids, for the opposite act. */
void task_ids_of(const struct new_tasks *tasks, struct task_ids *ret);

/* ---- lists ---- */

enum task_list {
	TASKS_FOR_ME, /* mine, my role's and my rights', at this desk's site */
	TASKS_MINE,   /* mine by name */
	TASKS_ROLE,   /* my role's and my rights' */
	TASKS_ALL,    /* all I may see */
	TASKS_DONE,   /* done today, of all I may see, the last first */
	TASK_LISTS
};

/* Open ones by due; the caller frees with list_free(). */
int task_rows(struct desk *desk, enum task_list which, struct task_rows *ret, struct err *err);
/* What I may see about a person, open and done, newest first. */
int task_rows_of(struct desk *desk, struct id person, struct task_rows *ret, struct err *err);

/* One by itself; ERR_MISSING also for one that this user may not see. */
int task_one(struct desk *desk, struct id id, struct task_row *ret, struct err *err);
int task_history(struct desk *desk, struct id id, struct trail *ret, struct err *err);

/* How many for me are due today or overdue: the count in row 1. */
int task_count(struct desk *desk, int *ret, struct err *err);

/* "reception", "physio", "r.adeyemi": whom it is for, as a column shows it. */
const char *task_for_shown(const struct task_row *row);
/* Overdue: due before this minute; what one says to another only when its day has passed. */
bool task_over(const struct desk *desk, const struct task *t);

/* ---- what people do ---- */

/* Whom a task is for. */
struct task_for {
	struct id user; /* none: `role` */
	char role[CODE_TEXT];
	struct id site; /* none: any */
};
/* As people type it: a role, role.discipline or right, or a user's name; with "@HBR" behind it at
 * that site alone.  A role without one means the desk's own site.  ERR_INPUT for what is neither,
 * ERR_MISSING when there is nobody it could reach. */
int task_for_parse(struct desk *desk, const char *text, struct task_for *ret, struct err *err);

/* "tom 10:00", "fri", "14:30" (today), "now": when a task is due.  A day alone is its whole day:
 * 17:00. */
int task_due_parse(struct desk *desk, const char *text, struct moment *ret, struct err *err);

struct task_ask {
	enum task_kind kind;
	struct task_for to;
	struct moment due; /* none: now */
	struct id person;  /* none: about nobody */
	struct id service; /* a private one: only for who sees it; none: everybody */
	const char *text;
};
int task_add(struct desk *desk, const struct task_ask *ask, struct id *ret, struct err *err);

/* Ends it.  outcome: a code of its kind (model/task.h); words: may be NULL, except for "other", and
 * for a message "answered", when they go back to who sent it. */
int task_done(struct desk *desk, struct id id, const char *outcome, const char *words,
	      struct err *err);
/* To somebody else, who finds it in their list; why may be NULL. */
int task_hand(struct desk *desk, struct id id, const struct task_for *to, const char *why,
	      struct err *err);
/* Put off; a call that nobody answered is attempt.h's. */
int task_later(struct desk *desk, struct id id, struct moment due, const char *why,
	       struct err *err);
/* Something to know about it. */
int task_note(struct desk *desk, struct id id, const char *note, struct err *err);

#endif
