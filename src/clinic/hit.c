/*
 * hit.c: who is booked into time that a clinician has no more: each is somebody's task.
 *
 * Nobody is dropped: the booking stays until it is moved, which ends the task (answered.c).  Time
 * that opens again takes the task back.
 *
 * Likewise who was told of a booking that came to nothing, where nobody decided it (holder.c).
 *
 * The people of one stretch are of many scopes, and a command writes rows of one.  So the act that
 * closes or opens the time writes no task: it entails (act.also) one `rebook` or `rebook_over` for
 * each scope, and they are undone with it.
 */
#include <string.h>

#include "base/alloc.h"
#include "clinic/booking_acts.h"
#include "clinic/diary_acts.h"
#include "clinic/refs.h"
#include "clinic/task.h"
#include "store/after.h"
#include "store/people.h"
#include "store/tasks.h"
#include "store/users.h"

enum { SOON = 14, /* days before an appointment on which its task is due */ AT = 9 * 60 };

/* ---- the acts ---- */

struct hit {
	struct id
		subject; /* of the history: the leave, the first slot of the stretch, the booking */
	const char *type, *scope;
	struct new_tasks tasks;
	struct task_ids gone;
};
static const struct field hit_f[] = {
	FIELD(subject, struct hit, "subject", F_ID),
	FIELD(type, struct hit, "type", F_TEXT),
	FIELD(scope, struct hit, "scope", F_TEXT),
	FIELD_ROWS(tasks, struct hit, "tasks", &new_task_fields),
	FIELD_ROWS(gone, struct hit, "gone", &task_id_fields),
};
static const struct fields hit_fields = FIELDS(hit_f, struct hit);

static const char *type_of(const struct hit *h)
{
	static const char *const types[] = { "leave", "appointment" };

	for (size_t i = 0; h->type && i < sizeof types / sizeof *types; i++)
		if (strcmp(h->type, types[i]) == 0)
			return types[i];
	return "slot";
}

static struct id subject_of(struct txn *t, const struct hit *h)
{
	return id_none(h->subject) ? t->cmd : h->subject;
}

static int rebook_run(struct txn *t, const void *args)
{
	const struct hit *h = args;

	txn_scope(t, h->scope);
	if (strcmp(type_of(h), "appointment") == 0)
		txn_tell(t, "appointment", subject_of(t, h), "to be rung: it came to nothing");
	else
		txn_tell(t, type_of(h), subject_of(t, h), "booked then and to be rung: %zu",
			 h->tasks.n);
	tasks_withdraw(t, &h->gone);
	tasks_put(t, &h->tasks, h->scope ? h->scope : "");
	return VERDICT_OK;
}

static int rebook_over_run(struct txn *t, const void *args)
{
	const struct hit *h = args;

	txn_scope(t, h->scope);
	txn_tell(t, type_of(h), subject_of(t, h), "booked then and need not be rung: %zu",
		 h->gone.n);
	tasks_withdraw(t, &h->gone);
	return VERDICT_OK;
}

/* What closed the time is taken back in the same act, and entails what is to be withdrawn. */
static int with_the_rest(struct desk *desk, const struct deed *deed, struct call *ret,
			 struct err *err)
{
	(void)desk, (void)deed, (void)err;
	*ret = (struct call){ NULL, NULL };
	return 0;
}

const struct act act_rebook = {
	.name = "rebook",
	.ver = 1,
	.roles = ROLE_ANY,
	.fields = FIELDS(hit_f, struct hit),
	.run = rebook_run,
	.reverse = with_the_rest,
};

const struct act act_rebook_over = {
	.name = "rebook_over",
	.ver = 1,
	.roles = ROLE_ANY,
	.fields = FIELDS(hit_f, struct hit),
	.run = rebook_over_run,
	.reverse = with_the_rest,
};

/* ---- one for each scope ---- */

struct hits {
	struct hit **v;
	size_t n, cap;
};

static struct hit *of_scope(struct hits *list, const struct stretch *s, const char *scope)
{
	struct hit *h;

	list_each (p, list)
		if (strcmp((*p)->scope, scope) == 0)
			return *p;
	h = mem_new(sizeof *h);
	h->subject = s->subject;
	h->type = mem_str(s->type);
	h->scope = mem_str(scope);
	*list_push(list) = h;
	return h;
}

/* Does them, unless something failed before. */
static int do_each(struct desk *desk, const struct act *act, struct hits *list, int rc,
		   struct err *err)
{
	list_each (h, list) {
		if (rc == 0)
			rc = act_do(desk, act, *h, err);
		args_free(&hit_fields, *h);
	}
	list_free(list);
	return rc;
}

/* ---- who is hit ---- */

static bool touched(const struct appt *a, const struct stretch *s)
{
	return appt_live(a->state) && a->starts.utc < s->to.utc &&
	       a->starts.utc + (int64_t)a->mins * 60 > s->from.utc;
}

static int appts_hit(struct desk *desk, const struct stretch *s, struct ids *ret, struct err *err)
{
	struct entries all = { 0 };
	int rc = entries_of(desk->store, s->clinician, moment_date(s->from), moment_date(s->to),
			    &all, err);

	list_each (e, &all)
		if (touched(&e->appt, s))
			*list_push(ret) = e->appt.id;
	list_free(&all);
	return rc;
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

static int ask_once(struct desk *desk, const struct stretch *s, struct id appt, struct hits *list,
		    struct err *err)
{
	struct task_ids open = { 0 };
	struct appt_row r;
	int rc = tasks_rebooking(desk->store, appt, (struct id){ 0 }, &open, err);

	if (rc == 0 && open.n == 0 && (rc = appt_get(desk->store, appt, &r, err)) == 0 &&
	    !id_none(r.a.person))
		ask_for(desk, &r.a, s->what, &of_scope(list, s, r.scope)->tasks);
	list_free(&open);
	return rc;
}

static int need_not(struct desk *desk, const struct stretch *s, struct id appt, struct hits *list,
		    struct err *err)
{
	struct task_ids open = { 0 };
	bool closed = false;
	int rc = appt_closed(desk->store, appt, &closed, err);

	/* On leave under the block, or blocked under the leave. */
	if (rc == 0 && !closed)
		rc = tasks_rebooking(desk->store, appt, (struct id){ 0 }, &open, err);
	for (size_t i = 0; rc == 0 && i < open.n; i++) {
		struct task t;

		rc = task_get(desk->store, open.v[i], &t, err);
		if (rc == 0)
			*list_push(&of_scope(list, s, t.scope)->gone) = t.id;
	}
	list_free(&open);
	return rc;
}

/* rc: of what was done before. */
static int tell_each(struct desk *desk, const struct stretch *s, const struct ids *appts,
		     bool opened, int rc, struct err *err)
{
	struct hits list = { 0 };

	for (size_t i = 0; rc == 0 && i < appts->n; i++)
		rc = (opened ? need_not : ask_once)(desk, s, appts->v[i], &list, err);
	return do_each(desk, opened ? &act_rebook_over : &act_rebook, &list, rc, err);
}

static int tell_hit(struct desk *desk, const struct stretch *s, bool opened, struct err *err)
{
	struct ids appts = { 0 };
	int rc = tell_each(desk, s, &appts, opened, appts_hit(desk, s, &appts, err), err);

	list_free(&appts);
	return rc;
}

int hit_closed(struct desk *desk, const struct stretch *s, struct err *err)
{
	return tell_hit(desk, s, false, err);
}

int hit_opened(struct desk *desk, const struct stretch *s, struct err *err)
{
	return tell_hit(desk, s, true, err);
}

int hit_slots(struct desk *desk, const struct stretch *s, const struct slot_list *slots,
	      bool opened, struct err *err)
{
	struct ids appts = { 0 };
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < slots->n; i++) {
		struct appt_row r;
		struct slot slot;

		rc = slots_get(desk->store, slots->v[i], &slot, err);
		if (rc < 0 || id_none(slot.appt) ||
		    (appts.n && id_same(appts.v[appts.n - 1], slot.appt)))
			continue;
		rc = appt_get(desk->store, slot.appt, &r, err);
		if (rc == 0 && appt_live(r.a.state))
			*list_push(&appts) = slot.appt;
	}
	rc = tell_each(desk, s, &appts, opened, rc, err);
	list_free(&appts);
	return rc;
}

/* ---- told, and come to nothing ---- */

static int ring(struct desk *desk, const struct appt_row *r, struct hit *h, struct err *err)
{
	const struct clinician *c = ref_clinician(desk, r->a.clinician);
	struct user asked = { 0 };
	struct new_task *n;
	char when[DAY_TEXT];

	/* What was open about it before has this in its place. */
	if (tasks_rebooking(desk->store, r->a.id, (struct id){ 0 }, &h->gone, err) < 0 ||
	    users_by_id(desk->store, desk->user.id, &asked, err) < 0)
		return -1;
	n = task_open(desk, &h->tasks, TASK_RINGBACK, desk->now,
		      "%s was taken at %s: ring, find another time",
		      c ? c->surname : "The clinician", moment_show(r->a.starts, when));
	task_for_appt(desk, &r->a, n);
	if (id_none(n->service))
		n->site = asked.site;
	user_done(&asked);
	return 0;
}

static int ring_for(struct desk *desk, struct id appt, struct hit *h, struct err *err)
{
	struct appt_row r;

	if (appt_get(desk->store, appt, &r, err) < 0)
		return -1;
	h->subject = appt;
	h->type = mem_str("appointment");
	h->scope = mem_str(r.scope);
	if (ring(desk, &r, h, err) < 0)
		return -1;
	return act_do(desk, &act_rebook, h, err);
}

int hit_lost(struct desk *desk, struct id appt, struct err *err)
{
	struct hit *h;
	bool own;
	int rc;

	if (act_join(desk, &own, err) < 0)
		return -1;
	h = mem_new(sizeof *h);
	rc = act_part(desk, own, ring_for(desk, appt, h, err), err);
	args_free(&hit_fields, h);
	return rc;
}
