/* hold.c: times held for a few minutes. */
#include "clinic/hold.h"

#include "base/alloc.h"
#include "clinic/booking_acts.h"
#include "clinic/refs.h"
#include "clinic/session.h"
#include "store/holds.h"
#include "store/slots.h"
#include "store/store.h"

enum { RUN_MOST = 24 }; /* slots of one time */

/* ---- taking and letting go ---- */

static int put(struct desk *desk, const struct slot_rows *slots, struct moment until,
	       struct err *err)
{
	struct desk_hold h = { .first = slots->v[0].id,
			       .user = desk->user.id,
			       .until = until,
			       .session = { .id = desk->session } };

	if (holds_drop(desk->store, desk->session, (struct id){ 0 }, err) < 0)
		return -1;
	list_each (s, slots) {
		h.slot = s->id;
		if (hold_put(desk->store, &h, err) < 0)
			return -1;
	}
	return 0;
}

static int take(struct desk *desk, struct fit *f, struct moment until, struct err *err)
{
	if (session_ensure(desk, err) < 0 || fit_find(desk, f, err) < 0)
		return -1;
	return put(desk, &f->slots, until, err);
}

int hold_take(struct desk *desk, const struct hold_ask *ask, struct id *ret_first,
	      struct moment *ret_until, struct err *err)
{
	struct moment until = { desk->now.utc + HOLD_MINS * 60 };
	struct fit f = {
		.service = ref_service(desk, ask->service),
		.clinician = ref_clinician(desk, ask->clinician),
		.wish = { .kind = ask->kind, .external = ask->external, .share = ask->share },
		.starts = ask->starts,
		.mins = ask->mins,
		.own = ask->own
	};
	int64_t was = desk->session;
	int rc;

	if (desk_needs(desk, act_book.roles, "Holding a time", err) < 0)
		return -1;
	if (!f.service || !f.clinician)
		return err_set(err, ERR_MISSING, "That clinician is not there any more: F5.");
	if (store_begin_light(desk->store, LIGHT_WAIT_MS, false, err) < 0)
		return -1;
	rc = take(desk, &f, until, err);
	if (rc < 0)
		store_rollback(desk->store);
	else
		rc = store_commit(desk->store, err);
	if (rc < 0)
		desk->session = was;
	if (rc == 0) {
		*ret_first = f.slots.v[0].id;
		*ret_until = until;
	}
	list_free(&f.slots);
	return rc;
}

/* What follows a slot that is free, up to `mins` from its start, until something is in the way. */
static int run_of(struct desk *desk, const struct slot *first, int mins, struct desk_holds *held,
		  struct slot_rows *ret, struct err *err)
{
	int64_t ends = first->starts.utc + (int64_t)first->mins * 60;
	struct slots run = { 0 };
	int rc = 0;

	*list_push(ret) = (struct slot_row){ first->id };
	if (first->mins < mins)
		rc = slots_run(desk->store, first->block, first->starts, RUN_MOST, &run, err);
	list_each (s, &run) {
		if (id_same(s->id, first->id))
			continue;
		if (s->starts.utc >= first->starts.utc + (int64_t)mins * 60 ||
		    s->starts.utc != ends || !id_none(s->appt) || s->state != SLOT_OPEN ||
		    !slot_kind_bookable(s->kind) || hold_against(desk, held, s->id))
			break;
		*list_push(ret) = (struct slot_row){ s->id };
		ends += (int64_t)s->mins * 60;
	}
	list_free(&run);
	return rc;
}

static int take_run(struct desk *desk, struct id id, int mins, struct desk_holds *held,
		    struct moment until, struct err *err)
{
	struct slot_rows rows = { 0 };
	const struct desk_hold *against;
	struct slot s;
	int rc;

	if (slots_get(desk->store, id, &s, err) < 0)
		return -1;
	against = hold_against(desk, held, id);
	if (!id_none(s.appt) || s.state != SLOT_OPEN)
		return err_set(err, ERR_CLASH, "That slot was just taken.  F5 shows the day anew.");
	if (against)
		return hold_refuses(against, err);
	rc = run_of(desk, &s, mins, held, &rows, err);
	if (rc == 0)
		rc = put(desk, &rows, until, err);
	list_free(&rows);
	return rc;
}

static int take_slot(struct desk *desk, struct id id, int mins, struct moment until,
		     struct err *err)
{
	struct desk_holds held = { 0 };
	int rc = session_ensure(desk, err) < 0 ? -1 : holds_now(desk, &held, err);

	if (rc == 0)
		rc = take_run(desk, id, mins, &held, until, err);
	list_free(&held);
	return rc;
}

int hold_take_slot(struct desk *desk, struct id slot, int mins, struct moment *ret_until,
		   struct err *err)
{
	struct moment until = { desk->now.utc + HOLD_MINS * 60 };
	int64_t was = desk->session;
	int rc;

	if (desk_needs(desk, act_book.roles, "Holding a time", err) < 0 ||
	    store_begin_light(desk->store, LIGHT_WAIT_MS, false, err) < 0)
		return -1;
	rc = take_slot(desk, slot, mins, until, err);
	if (rc < 0)
		store_rollback(desk->store);
	else
		rc = store_commit(desk->store, err);
	if (rc < 0)
		desk->session = was;
	else
		*ret_until = until;
	return rc;
}

int hold_let_go(struct desk *desk, struct id first, struct err *err)
{
	if (!desk->session || id_none(first))
		return 0;
	if (store_begin_light(desk->store, LIGHT_WAIT_MS, false, err) < 0)
		return -1;
	if (holds_drop(desk->store, desk->session, first, err) < 0) {
		store_rollback(desk->store);
		return -1;
	}
	return store_commit(desk->store, err);
}

int hold_used(struct desk *desk, struct id slot, struct err *err)
{
	return hold_drop(desk->store, slot, err);
}

/* ---- looking ---- */

int holds_now(struct desk *desk, struct desk_holds *ret, struct err *err)
{
	return holds_until(desk->store, desk->now, ret, err);
}

const struct desk_hold *hold_of(struct desk_holds *holds, struct id slot)
{
	size_t from = 0, to = holds->n;

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (holds->v[mid].slot.n < slot.n)
			from = mid + 1;
		else
			to = mid;
	}
	if (from == holds->n || !id_same(holds->v[from].slot, slot))
		return NULL;

	struct desk_hold *h = &holds->v[from];

	if (h->life == LIFE_UNKNOWN)
		h->life = process_lives(h->session.process) ? LIFE_LIVES : LIFE_GONE;
	return h->life == LIFE_LIVES ? h : NULL;
}

const struct desk_hold *hold_against(const struct desk *desk, struct desk_holds *holds,
				     struct id slot)
{
	const struct desk_hold *h = holds->n ? hold_of(holds, slot) : NULL;

	return h && !id_same(h->user, desk->user.id) ? h : NULL;
}

int hold_refuses(const struct desk_hold *h, struct err *err)
{
	char until[DAY_TEXT];

	return err_set(err, ERR_CLASH, "%s holds that slot to %s: choose another, or ask them.",
		       h->name, minute_show(moment_minute(h->until), until));
}
