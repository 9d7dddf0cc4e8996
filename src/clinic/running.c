/*
 * running.c: how late clinicians run: what the rows of the day tell, and what somebody said.
 *
 * Nothing of it is stored but what people say: the rest is reckoned from the rows when a screen
 * asks.
 */
#include "clinic/running.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/booking_acts.h"
#include "clinic/refs.h"
#include "store/after.h"

/* ---- saying so ---- */

struct running_args {
	struct id running, clinician, user, was_user;
	struct date day;
	int64_t mins, was;
	struct moment at, was_at;
};
static const struct field running_f[] = {
	FIELD(running, struct running_args, "running", F_ID),
	FIELD(clinician, struct running_args, "clinician", F_ID),
	FIELD(user, struct running_args, "user", F_ID),
	FIELD(was_user, struct running_args, "was_user", F_ID),
	FIELD(day, struct running_args, "day", F_DATE),
	FIELD(mins, struct running_args, "mins", F_INT),
	FIELD(was, struct running_args, "was", F_INT),
	FIELD(at, struct running_args, "at", F_MOMENT),
	FIELD(was_at, struct running_args, "was_at", F_MOMENT),
};
static const struct fields running_fields = FIELDS(running_f, struct running_args);

static int check(struct desk *desk, void *args, struct err *err)
{
	struct running_args *a = args;
	struct runnings before = { 0 };

	/* Taken back: it says what it was before. */
	if (!id_none(a->running))
		return 0;
	if (!ref_clinician(desk, a->clinician))
		return err_input(err, "clinician", "There is no such clinician now.");
	if (a->mins < 0 || a->mins > RUNNING_MOST)
		return err_input(err, "minutes", "Late by 0 to %d minutes; 0 is on time.",
				 RUNNING_MOST);
	if (runnings_of(desk->store, desk->today, a->clinician, &before, err) < 0)
		return -1;
	a->day = desk->today;
	a->at = desk->now;
	a->user = a->was_user = desk->user.id;
	if (before.n) {
		const struct running *r = &before.v[before.n - 1];

		a->running = r->id;
		a->was = r->mins;
		a->was_at = r->at;
		a->was_user = r->user;
	} else {
		a->running = desk_new_id(desk);
	}
	list_free(&before);
	return 0;
}

static int run(struct txn *t, const void *args)
{
	const struct running_args *a = args;
	struct running r = { .id = a->running,
			     .clinician = a->clinician,
			     .day = a->day,
			     .mins = (int)a->mins,
			     .at = a->at,
			     .user = a->user };

	running_put(t, &r);
	if (moment_none(a->at))
		txn_tell(t, "running", a->running, "nobody says how late");
	else if (a->mins)
		txn_tell(t, "running", a->running, "runs %lld min late", (long long)a->mins);
	else
		txn_tell(t, "running", a->running, "runs on time");
	return VERDICT_OK;
}

static int reverse(struct desk *desk, const struct deed *deed, struct call *ret, struct err *err)
{
	const struct running_args *was = deed->args;
	struct running_args *a = mem_new(sizeof *a);

	(void)desk, (void)err;
	*a = (struct running_args){ .running = was->running,
				    .clinician = was->clinician,
				    .day = was->day,
				    .mins = was->was,
				    .was = was->mins,
				    .at = was->was_at,
				    .was_at = was->at,
				    .user = was->was_user,
				    .was_user = was->user };
	*ret = (struct call){ &act_running, a };
	return 0;
}

const struct act act_running = {
	.name = "running",
	.ver = 1,
	.roles = ROLE_DESK | ROLE_MANAGER | ROLE_ADMINISTRATOR,
	.fields = FIELDS(running_f, struct running_args),
	.check = check,
	.run = run,
	.reverse = reverse,
};

int running_say(struct desk *desk, struct id clinician, int mins, struct err *err)
{
	struct running_args *a = mem_new(sizeof *a);
	int rc;

	a->clinician = clinician;
	a->mins = mins;
	rc = act_do(desk, &act_running, a, err);
	args_free(&running_fields, a);
	return rc;
}

/* ---- reckoning ---- */

struct tally {
	struct lateness late;
	struct moment latest; /* when the clinician last took in or finished somebody */
	struct moment first;  /* start of the first who waits past their time */
	int over;	      /* minutes that who is in the room goes, or will go, over */
	bool in_room;
};

static void count(const struct desk *desk, const struct appt *a, struct tally *t)
{
	int64_t ends;

	if (a->room_at.utc > t->latest.utc)
		t->latest = a->room_at;
	if (a->seen_at.utc > t->latest.utc)
		t->latest = a->seen_at;
	if (a->state == APPT_IN_ROOM) {
		ends = a->room_at.utc + (int64_t)a->mins * 60;
		ends = (ends > desk->now.utc ? ends : desk->now.utc) - a->starts.utc;
		ends = ends / 60 - a->mins;
		t->over = ends > t->over ? (int)ends : t->over;
		t->in_room = true;
	}
	if (a->state != APPT_ARRIVED)
		return;
	if (t->late.waiting++ == 0)
		t->late.at = a->id;
	if (a->starts.utc >= desk->now.utc)
		return;
	if (t->late.past++ == 0)
		t->first = a->starts;
}

static void reckon(const struct desk *desk, const struct runnings *said, struct id clinician,
		   struct tally *t)
{
	if (t->in_room)
		t->late.mins = t->over;
	else if (t->late.past)
		t->late.mins = (int)((desk->now.utc - t->first.utc) / 60);
	list_each (r, said)
		if (id_same(r->clinician, clinician) && !moment_none(r->at) &&
		    r->at.utc >= t->latest.utc) {
			t->late.mins = r->mins;
			t->late.said = true;
		}
}

static void tell(struct desk *desk, struct id clinician, const struct lateness *late,
		 struct desk_rows *rows)
{
	const struct clinician *c = ref_clinician(desk, clinician);
	struct now_line *line = list_push(&rows->now);

	line->appt = late->at;
	if (late->waiting)
		snprintf(line->text, sizeof line->text,
			 "%.40s runs %d min late (%d waiting): tell them",
			 c ? c->surname : "Somebody", late->mins, late->waiting);
	else
		snprintf(line->text, sizeof line->text, "%.40s runs %d min late (nobody waits yet)",
			 c ? c->surname : "Somebody", late->mins);
}

int running_now(struct desk *desk, struct desk_rows *rows, struct err *err)
{
	struct runnings said = { 0 };

	if (runnings_of(desk->store, desk->today, (struct id){ 0 }, &said, err) < 0)
		return -1;
	for (size_t i = 0; i < rows->n; i++) {
		struct id who = rows->v[i].row.a.clinician;
		struct tally t = { 0 };
		bool before = false;

		for (size_t k = 0; k < i && !before; k++)
			before = id_same(rows->v[k].row.a.clinician, who);
		if (before)
			continue;
		for (size_t k = i; k < rows->n; k++)
			if (id_same(rows->v[k].row.a.clinician, who))
				count(desk, &rows->v[k].row.a, &t);
		reckon(desk, &said, who, &t);
		if (t.late.said ? t.late.mins == 0 : t.late.past < 2 || t.late.mins <= WAIT_LIMIT)
			continue;
		tell(desk, who, &t.late, rows);
		list_each (d, rows)
			if (id_same(d->row.a.clinician, who))
				d->told = true;
	}
	list_free(&said);
	return 0;
}

int running_of(struct desk *desk, struct id clinician, struct lateness *ret, struct err *err)
{
	struct appt_filter f = {
		.clinician = clinician, .from = desk->today, .to = desk->today, .today = desk->today
	};
	struct runnings said = { 0 };
	struct appt_rows rows = { 0 };
	struct tally t = { 0 };
	int rc = -1;

	if (runnings_of(desk->store, desk->today, clinician, &said, err) == 0 &&
	    appts_select(desk->store, &f, &rows, err) == 0) {
		list_each (r, &rows)
			count(desk, &r->a, &t);
		reckon(desk, &said, clinician, &t);
		*ret = t.late;
		rc = 0;
	}
	list_free(&said);
	list_free(&rows);
	return rc;
}
