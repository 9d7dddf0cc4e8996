/* wait_list.c: the waiting list as this user may see it, in the order in which it is offered. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/booking.h"
#include "clinic/refs.h"
#include "clinic/wait.h"
#include "store/episodes.h"
#include "store/waits.h"

static bool seen(const struct desk *desk, const struct wait_row *r)
{
	const struct service *s = ref_service(desk, r->w.service);

	return s && desk_sees(desk, s);
}

int wait_one(struct desk *desk, struct id wait, struct wait_row *ret, struct err *err)
{
	struct wait_row r;

	if (wait_get(desk->store, wait, &r, err) < 0)
		return -1;
	if (!seen(desk, &r))
		return err_set(err, ERR_MISSING, "That is not on the waiting list.");
	*ret = r;
	return 0;
}

int wait_for(struct desk *desk, struct id episode, struct wait_row *ret, struct err *err)
{
	struct wait_row r;

	if (wait_of_episode(desk->store, episode, &r, err) < 0)
		return -1;
	if (!seen(desk, &r))
		r = (struct wait_row){ 0 };
	*ret = r;
	return 0;
}

int wait_named(struct desk *desk, const char *text, struct id *ret, struct err *err)
{
	struct err no = ERR_INIT;
	struct wait_row r;
	struct id id;

	if (booking_episode(desk, text, &id, &no) == 0) {
		if (wait_for(desk, id, &r, err) < 0)
			return -1;
		if (id_none(r.w.id))
			return err_set(err, ERR_MISSING, "%s is not on the waiting list.", text);
		*ret = r.w.id;
		return 0;
	}
	if (no.kind != ERR_MISSING || !id_parse(text, &id)) {
		if (err)
			*err = no;
		return -1;
	}
	if (wait_one(desk, id, &r, err) < 0)
		return -1;
	*ret = id;
	return 0;
}

int wait_episode(struct desk *desk, struct id person, struct id service, struct id *ret,
		 struct err *err)
{
	const struct service *s = ref_service(desk, service);
	struct episode e;

	if (!s || !desk_sees(desk, s))
		return err_set(err, ERR_DENIED, "That service is not yours to book.");
	if (episode_open(desk->store, person, service, &e, err) < 0)
		return -1;
	if (id_none(e.id))
		return err_set(err, ERR_MISSING,
			       "Nothing with %s is open for them: book it instead.", s->brief);
	*ret = e.id;
	return 0;
}

/* Priority, then the least time left, then who has waited longest. */
static int by_turn(const void *x, const void *y)
{
	const struct wait_row *a = x, *b = y;

	if (a->priority != b->priority)
		return a->priority - b->priority;
	if (date_none(a->target) != date_none(b->target))
		return date_none(a->target) ? 1 : -1;
	if (a->target.n != b->target.n)
		return a->target.n < b->target.n ? -1 : 1;
	if (a->w.since.utc != b->w.since.utc)
		return a->w.since.utc < b->w.since.utc ? -1 : 1;
	return a->w.id.n < b->w.id.n ? -1 : a->w.id.n > b->w.id.n;
}

int wait_rows(struct desk *desk, struct id service, struct wait_rows *ret, struct err *err)
{
	int rc = desk_needs(desk, ROLE_ANY, "The waiting list", err);

	list_each (s, &desk->refs->services)
		if (rc == 0 && desk_sees(desk, s) && (id_none(service) || id_same(service, s->id)))
			rc = waits_of(desk->store, s->id, WAITS_MOST, ret, err);
	if (rc < 0)
		list_free(ret);
	else if (ret->n)
		qsort(ret->v, ret->n, sizeof *ret->v, by_turn);
	return rc;
}

int wait_history(struct desk *desk, struct id wait, struct trail *ret, struct err *err)
{
	struct wait_row r;

	return wait_one(desk, wait, &r, err) < 0 ? -1 : trail_of(desk, wait, ret, err);
}
