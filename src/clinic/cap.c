/*
 * cap.c: how many sessions an episode may have, and what counts as one.
 *
 * Computed when asked, from the appointments as they stand: nothing is counted twice, and an undo
 * needs no counting back.
 */
#include "clinic/cap.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/refs.h"
#include "store/courses.h"
#include "store/episodes.h"
#include "store/referrals.h"

static int by_contract(struct desk *desk, const struct episode *e, struct contract *ret,
		       struct err *err)
{
	if (contract_of(desk->store, e->id, e->service, ret, err) < 0)
		return -1;
	return id_none(ret->id)
		       ? contract_on(desk->store, e->service, e->customer, e->received, ret, err)
		       : 0;
}

static void count(const struct appt *a, struct cap *c)
{
	c->booked += appt_live(a->state);
	c->seen += a->state == APPT_SEEN;
	c->missed += course_missed(a);
	c->late += course_late(a, c->by.notice);
}

static int agreed(struct desk *desk, struct id episode, struct cap *c, struct err *err)
{
	struct extensions more = { 0 };

	if (extensions_of(desk->store, episode, &more, err) < 0)
		return -1;
	list_each (x, &more) {
		if (strcmp(x->state, "agreed") == 0)
			c->more += x->more;
		c->asked |= strcmp(x->state, "asked") == 0;
	}
	list_free(&more);
	return 0;
}

/* *ret_all: its appointments in order of time, the caller's to end. */
static int counted(struct desk *desk, struct id episode, struct cap *ret, struct appt_rows *ret_all,
		   struct err *err)
{
	struct cap c = { 0 };
	const struct service *s;
	struct episode e;

	if (episode_get(desk->store, episode, &e, err) < 0 ||
	    by_contract(desk, &e, &c.by, err) < 0 || agreed(desk, episode, &c, err) < 0 ||
	    course_of(desk->store, episode, ret_all, err) < 0)
		return -1;
	list_each (r, ret_all)
		count(&r->a, &c);
	s = ref_service(desk, e.service);
	c.cap = c.by.sessions >= 0 ? c.by.sessions : s ? s->cap : 0;
	if (c.cap > 0)
		c.cap += c.more;
	c.used = c.seen + (c.by.missed_counts ? c.missed : 0) + (c.by.late_counts ? c.late : 0);
	if (c.cap > c.used + c.booked)
		c.left = c.cap - c.used - c.booked;
	*ret = c;
	return 0;
}

int cap_of(struct desk *desk, struct id episode, struct cap *ret, struct err *err)
{
	struct appt_rows all = { 0 };
	int rc = counted(desk, episode, ret, &all, err);

	list_free(&all);
	return rc;
}

int cap_nth(struct desk *desk, const struct appt *a, int *ret_nth, struct cap *ret, struct err *err)
{
	struct appt_rows all = { 0 };
	struct cap cap;
	int before = 0;

	if (counted(desk, a->episode, &cap, &all, err) < 0) {
		list_free(&all);
		return -1;
	}
	list_each (r, &all) {
		if (id_same(r->a.id, a->id))
			break;
		before += appt_live(r->a.state) || r->a.state == APPT_SEEN ||
			  course_counted(&r->a, &cap.by);
	}
	list_free(&all);
	*ret_nth = before + 1;
	*ret = cap;
	return 0;
}

bool cap_reached(const struct cap *c)
{
	return c->cap > 0 && c->left == 0;
}

int cap_review(const struct cap *c)
{
	/* Booked already or the next to be booked: either way it is what comes. */
	bool comes = c->used < c->by.review && c->used + c->booked + 1 >= c->by.review;

	return c->by.review > 0 && comes ? c->by.review : 0;
}

char *cap_show(const struct cap *c, char buf[CAP_TEXT])
{
	if (c->cap == 0)
		snprintf(buf, CAP_TEXT, "%d used, %d booked", c->used, c->booked);
	else
		snprintf(buf, CAP_TEXT, "cap %d: %d used, %d booked, %d left", c->cap, c->used,
			 c->booked, c->left);
	return buf;
}
