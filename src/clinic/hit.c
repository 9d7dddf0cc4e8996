/*
 * hit.c: who is booked into time that a clinician has no more: each is somebody's task.
 *
 * Nobody is dropped: the booking stays until it is moved, which ends the task (answered.c).  Time
 * that opens again takes the task back.
 */
#include "base/alloc.h"
#include "clinic/booking_acts.h"
#include "clinic/diary_acts.h"
#include "clinic/refs.h"
#include "clinic/task.h"
#include "store/after.h"
#include "store/tasks.h"

enum { SOON = 14, /* days before an appointment on which its task is due */ AT = 9 * 60 };

static bool touched(const struct appt *a, struct moment from, struct moment to)
{
	return appt_live(a->state) && a->starts.utc < to.utc &&
	       a->starts.utc + (int64_t)a->mins * 60 > from.utc;
}

static void ask_for(struct desk *desk, const struct appt *a, const char *what,
		    struct new_tasks *ret)
{
	const struct clinician *c = ref_clinician(desk, a->clinician);
	struct moment due = wall_moment((struct date){ a->day.n - SOON }, AT);
	char when[DAY_TEXT];

	if (due.utc < desk->now.utc)
		due = desk->now;
	task_for_appt(desk, a,
		      task_open(desk, ret, TASK_REBOOK, due, "%s is %s %s: ring, find another time",
				c ? c->surname : "The clinician", what,
				moment_show(a->starts, when)));
}

int hit_tasks(struct desk *desk, struct id clinician, struct moment from, struct moment to,
	      const char *what, struct new_tasks *ret, struct err *err)
{
	struct entries all = { 0 };
	int rc = entries_of(desk->store, clinician, moment_date(from), moment_date(to), &all, err);

	list_each (e, &all) {
		struct task_ids open = { 0 };

		if (rc < 0 || !touched(&e->appt, from, to) || id_none(e->appt.person))
			continue;
		rc = tasks_rebooking(desk->store, e->appt.id, (struct id){ 0 }, &open, err);
		if (rc == 0 && open.n == 0)
			ask_for(desk, &e->appt, what, ret);
		list_free(&open);
	}
	list_free(&all);
	return rc;
}

/* Is it closed by the other of the two as well: blocked under the leave, on leave under the block?
 */
static int closed_still(struct desk *desk, const struct appt *a, enum slot_state opens, bool *ret,
			struct err *err)
{
	struct slots slots = { 0 };
	int rc;

	if (opens == SLOT_BLOCKED)
		return away_on(desk->store, a->clinician, a->day, ret, err);
	rc = slots_of_appt(desk->store, a->id, &slots, err);
	*ret = false;
	list_each (s, &slots)
		*ret = *ret || s->state == SLOT_BLOCKED;
	list_free(&slots);
	return rc;
}

int hit_over(struct desk *desk, struct id clinician, struct moment from, struct moment to,
	     enum slot_state opens, struct task_ids *ret, struct err *err)
{
	bool closed = false;

	struct entries all = { 0 };
	int rc = entries_of(desk->store, clinician, moment_date(from), moment_date(to), &all, err);

	list_each (e, &all) {
		if (rc < 0 || !touched(&e->appt, from, to))
			continue;
		rc = closed_still(desk, &e->appt, opens, &closed, err);
		if (rc == 0 && !closed)
			rc = tasks_rebooking(desk->store, e->appt.id, (struct id){ 0 }, ret, err);
	}
	list_free(&all);
	return rc;
}

void hit_put(struct txn *t, const struct new_tasks *tasks)
{
	list_each (n, tasks) {
		struct new_tasks one = { n, 1, 1 };
		struct appt_row r;

		/* Each in the scope of whom it is about. */
		if (appt_read(t, n->appt, &r))
			tasks_put(t, &one, r.scope);
	}
}
