/*
 * ringback.c: who is to be rung back, with what whoever rings needs to know.
 *
 * What is said follows from the appointment as it stands when the list is read, so that a list on a
 * screen is never behind; only that somebody is to be rung is a row, the task.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/answers.h"
#include "clinic/message_acts.h"
#include "clinic/refs.h"
#include "clinic/task_acts.h"
#include "store/appts.h"
#include "store/requests.h"
#include "store/tasks.h"

/* ---- what to say ---- */

static void say(struct desk *desk, const struct appt *a, const struct appt *stands,
		struct ringback *r)
{
	char when[WHEN_TEXT], old[WHEN_TEXT];

	message_when(desk, a->starts, a->site, when);
	switch (a->state) {
	case APPT_BOOKED:
		snprintf(r->say, sizeof r->say, "They are booked for %s.", when);
		break;
	case APPT_REQUESTED:
		snprintf(r->say, sizeof r->say, "%s is asked for and not answered yet.", when);
		break;
	case APPT_DECLINED:
	case APPT_DISPLACED:
		if (stands)
			snprintf(r->say, sizeof r->say, "%s was taken.  They keep %s.", when,
				 message_when(desk, stands->starts, stands->site, old));
		else
			snprintf(r->say, sizeof r->say, "%s was taken: find another time.", when);
		break;
	default:
		snprintf(r->say, sizeof r->say, "%s is %s.", when, appt_word(a->state));
	}
}

/* Of a move that came to nothing, the time that still stands. */
static int what_stands(struct desk *desk, const struct appt *a, struct appt_row *ret, bool *ret_any,
		       struct err *err)
{
	struct id old;

	*ret_any = false;
	if (request_replaces(desk->store, a->id, &old, err) < 0)
		return -1;
	if (id_none(old))
		return 0;
	if (appt_get(desk->store, old, ret, err) < 0)
		return -1;
	*ret_any = appt_live(ret->a.state);
	return 0;
}

static int about(struct desk *desk, struct ringback *r, struct err *err)
{
	struct appt_row of, old;
	bool stands;

	if (appt_get(desk->store, r->task.t.appt, &of, err) < 0 ||
	    what_stands(desk, &of.a, &old, &stands, err) < 0)
		return -1;
	r->state = of.a.state;
	r->urgent = of.a.state == APPT_DISPLACED;
	r->another = of.a.state == APPT_DECLINED || of.a.state == APPT_DISPLACED;
	if (appt_live(of.a.state))
		r->move = of.a.id;
	else if (stands)
		r->move = old.a.id;
	say(desk, &of.a, stands ? &old.a : NULL, r);
	return 0;
}

static int fill(struct desk *desk, struct ringback *r, struct err *err)
{
	struct reader who;
	char number[NUMBER_TEXT];

	r->state = APPT_DECLINED;
	snprintf(r->say, sizeof r->say, "%.399s", r->task.t.text);
	if (!id_none(r->task.t.person)) {
		if (reader_load(desk, r->task.t.person, &who, err) < 0)
			return -1;
		snprintf(r->number, sizeof r->number, "%s", reader_number(&who, number));
		reader_done(&who);
	}
	return id_none(r->task.t.appt) ? 0 : about(desk, r, err);
}

/* ---- the list ---- */

static int first_to_ring(const void *x, const void *y)
{
	const struct ringback *a = x, *b = y;

	if (a->urgent != b->urgent)
		return a->urgent ? -1 : 1;
	if (a->task.t.due.utc != b->task.t.due.utc)
		return a->task.t.due.utc < b->task.t.due.utc ? -1 : 1;
	return a->task.t.id.n < b->task.t.id.n ? -1 : a->task.t.id.n > b->task.t.id.n;
}

int ringback_list(struct desk *desk, bool all, struct ringbacks *ret, struct err *err)
{
	struct task_rows open = { 0 };
	struct ringbacks list = { 0 };
	int rc = desk_needs(desk, ROLE_ANY, "Who is to be rung back", err);

	if (rc == 0)
		rc = tasks_ringback(desk->store, &open, err);
	list_each (t, &open) {
		struct ringback *r;

		if (rc < 0 || !task_seen(desk, &t->t) || (!all && !task_mine(desk, &t->t)))
			continue;
		r = list_push(&list);
		r->task = *t;
		rc = fill(desk, r, err);
	}
	list_free(&open);
	if (rc < 0) {
		list_free(&list);
		return -1;
	}
	if (list.n)
		qsort(list.v, list.n, sizeof *list.v, first_to_ring);
	*ret = list;
	return 0;
}

int ringback_count(struct desk *desk, int *ret, struct err *err)
{
	struct task_rows open = { 0 };
	int rc = tasks_ringback(desk->store, &open, err), n = 0;

	list_each (t, &open)
		n += task_seen(desk, &t->t) && task_mine(desk, &t->t);
	list_free(&open);
	if (rc == 0)
		*ret = n;
	return rc;
}

int ringback_offers(struct desk *desk, const struct ringback *r, struct places *ret,
		    struct err *err)
{
	struct search want = { .limit = RINGBACK_OFFERS };
	struct appt_row of;

	if (id_none(r->task.t.appt))
		return 0;
	if (appt_get(desk->store, r->task.t.appt, &of, err) < 0)
		return -1;
	want.service = of.a.service;
	if (search_for(desk, of.a.person, &want, err) < 0)
		return -1;
	want.kind = of.a.kind;
	want.mins = of.a.mins;
	want.mode = of.a.mode;
	return search_slots(desk, &want, ret, err);
}
