/*
 * wait_fit.c: a time that was freed, and who of those that wait fits it, best first.
 *
 * All that could be in the way is looked up once for the time, not once for each of them: who is
 * booked then, which flags are open, what follows in the diary.  So two thousand who wait are one
 * walk of the list.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/booking_acts.h"
#include "clinic/hold.h"
#include "clinic/needs.h"
#include "clinic/refs.h"
#include "clinic/wait_acts.h"
#include "model/person.h"
#include "store/appts.h"
#include "store/flags.h"
#include "store/slots.h"
#include "store/store.h"
#include "store/waits.h"

enum { RUN_MOST = 24 }; /* slots of one time */

/* ---- the time ---- */

static bool can_be_had(const struct slot *s)
{
	return id_none(s->appt) && s->state == SLOT_OPEN && slot_kind_bookable(s->kind);
}

/* How long it is free from there: up to what is booked, or what another desk holds. */
static int measure(struct desk *desk, const struct slot *first, struct hole *ret, struct err *err)
{
	struct desk_holds held = { 0 };
	struct slots run = { 0 };
	int rc = slots_run(desk->store, first->block, first->starts, RUN_MOST, &run, err);

	if (rc == 0)
		rc = holds_now(desk, &held, err);
	list_each (s, &run) {
		bool is_first = id_same(s->id, first->id);

		if (!can_be_had(s) || (!is_first && hold_against(desk, &held, s->id)) ||
		    s->starts.utc != first->starts.utc + (int64_t)ret->mins * 60)
			break;
		ret->mins += s->mins;
	}
	list_free(&held);
	list_free(&run);
	return rc;
}

static int is_last(struct desk *desk, const struct slot *first, bool *ret, struct err *err)
{
	struct slots day = { 0 };
	int rc = slots_of_day(desk->store, first->clinician, first->day, first->day, &day, err);

	*ret = true;
	list_each (s, &day)
		*ret = *ret && !(s->starts.utc > first->starts.utc && s->state == SLOT_OPEN &&
				 slot_kind_bookable(s->kind));
	list_free(&day);
	return rc;
}

static int room_of(struct desk *desk, const struct slot *first, struct hole *ret, struct err *err)
{
	struct blocks day = { 0 };
	int rc = sessions_of(desk->store, first->clinician, first->day, &day, err);

	list_each (b, &day)
		if (id_same(b->id, first->block))
			ret->room = b->room;
	list_free(&day);
	return rc;
}

int wait_hole(struct desk *desk, struct id slot, struct hole *ret, struct err *err)
{
	const struct service *service;
	const struct site *site;
	struct hole h = { 0 };
	struct slot s;

	if (slots_get(desk->store, slot, &s, err) < 0)
		return -1;
	service = ref_service(desk, s.service);
	site = ref_site(desk, s.site);
	if (!service || !desk_sees(desk, service))
		return err_set(err, ERR_DENIED, "A private service's times are its own desk's.");
	if (!can_be_had(&s))
		return err_set(err, ERR_CLASH, "That time is not free%s.",
			       id_none(s.appt) ? "" : " any more: somebody took it");
	if (s.starts.utc <= desk->now.utc)
		return err_input(err, "slot", "That time has passed.");
	h = (struct hole){ .slot = slot,
			   .service = s.service,
			   .clinician = s.clinician,
			   .site = s.site,
			   .kind = s.kind,
			   .starts = s.starts,
			   .release_at = s.release_at,
			   .first_mins = s.mins,
			   .holder = s.holder,
			   .theirs = s.holder != store_me(desk->store)->node };
	snprintf(h.site_code, sizeof h.site_code, "%s", site ? site->code : "");
	if (measure(desk, &s, &h, err) < 0 || is_last(desk, &s, &h.last, err) < 0 ||
	    room_of(desk, &s, &h, err) < 0)
		return -1;
	*ret = h;
	return 0;
}

int wait_hole_of(struct desk *desk, struct id appt, struct id *ret_slot, struct err *err)
{
	struct slots day = { 0 };
	struct id found = { 0 };
	struct appt_row r;
	int rc;

	if (appt_get(desk->store, appt, &r, err) < 0)
		return -1;
	rc = slots_of_day(desk->store, r.a.clinician, r.a.day, r.a.day, &day, err);
	list_each (s, &day)
		if (s->starts.utc == r.a.starts.utc && id_same(s->service, r.a.service) &&
		    can_be_had(s))
			found = s->id;
	list_free(&day);
	if (rc == 0 && (id_none(found) || r.a.starts.utc <= desk->now.utc))
		rc = err_set(err, ERR_CLASH, "That time is not free: nobody waits for it.");
	if (rc == 0)
		*ret_slot = found;
	return rc;
}

/* ---- what is looked up once ---- */

struct around {
	const struct hole *hole;
	const struct service *service;
	const struct room *room; /* NULL: none */
	unsigned modes;
	struct ids busy; /* who is booked then, in order */
	struct flags flags;
};

static int by_id(const void *x, const void *y)
{
	const struct id *a = x, *b = y;

	return (a->n > b->n) - (a->n < b->n);
}

static int look_around(struct desk *desk, const struct hole *hole, struct around *ret,
		       struct err *err)
{
	enum mode usual;

	ret->hole = hole;
	ret->service = ref_service(desk, hole->service);
	ret->room = ref_room(desk, hole->room);
	modes_parse(ret->service->modes, &ret->modes, &usual);
	list_each (s, &desk->refs->sites)
		if (people_busy(desk->store, s->id, hole->starts, ret->service->fu_mins, &ret->busy,
				err) < 0)
			return -1;
	if (ret->busy.n)
		qsort(ret->busy.v, ret->busy.n, sizeof *ret->busy.v, by_id);
	return flags_open(desk->store, &ret->flags, err);
}

static void around_done(struct around *a)
{
	list_free(&a->busy);
	list_free(&a->flags);
}

/* ---- one of them ---- */

static enum wait_fit flagged(const struct around *a, const struct wait_row *r)
{
	list_each (f, &a->flags)
		if (id_same(f->person, r->w.person) && id_same(f->service, r->w.service)) {
			if (f->kind == FLAG_RED || flag_does(f, FLAG_STOPS))
				return WAIT_FLAG;
			if (a->hole->last && flag_does(f, FLAG_NOT_LAST))
				return WAIT_LAST;
		}
	return WAIT_YES;
}

static bool overlaps(const struct wait_row *r, const struct hole *h, int mins)
{
	return !id_none(r->appt) && r->starts.utc < h->starts.utc + (int64_t)mins * 60 &&
	       h->starts.utc < r->starts.utc + (int64_t)r->mins * 60;
}

static bool of_nhs(struct desk *desk, struct id customer)
{
	const struct customer *c = ref_customer(desk, customer);

	return c && !c->external;
}

/* Which kinds of slots, and for how long: the rules of the search. */
static enum wait_fit slot_suits(struct desk *desk, const struct around *a, const struct wait_row *r,
				int mins)
{
	const struct hole *h = a->hole;
	struct search wish = { .service = h->service, .kind = r->kind };
	const struct slot s = { .service = h->service,
				.kind = h->kind,
				.starts = h->starts,
				.release_at = h->release_at };

	if (h->mins < mins)
		return WAIT_SHORT;
	if (!search_takes(desk, &wish, &s))
		return h->kind == SLOT_RAP ? WAIT_RAPID : WAIT_KIND;
	/* Whose employer is of the NHS may have it: only of the others the posts are looked at. */
	if (h->kind != SLOT_RAP || of_nhs(desk, r->customer))
		return WAIT_YES;
	if (search_for(desk, r->w.person, &wish, NULL) < 0 || !search_takes(desk, &wish, &s))
		return WAIT_RAPID;
	return WAIT_YES;
}

static enum wait_fit fit_of(struct desk *desk, const struct around *a, const struct wait_row *r)
{
	const struct hole *h = a->hole;
	int mins = r->mins ? r->mins
			   : (r->kind == APPT_NEW ? a->service->new_mins : a->service->fu_mins);
	enum wait_fit suits = wish_fits(&r->w.wish, h, r->mode ? r->mode : a->modes, desk->now);
	enum wait_fit fit;

	if (r->gone)
		return WAIT_GONE;
	if (!id_none(r->appt) && r->starts.utc <= h->starts.utc)
		return WAIT_EARLIER;
	if ((fit = flagged(a, r)) != WAIT_YES)
		return fit;
	if ((fit = slot_suits(desk, a, r, mins)) != WAIT_YES)
		return fit;
	if (suits >= WAIT_UNFIT)
		return suits;
	if (a->busy.n && !overlaps(r, h, mins) &&
	    bsearch(&r->w.person, a->busy.v, a->busy.n, sizeof *a->busy.v, by_id))
		return WAIT_BUSY;
	if (wait_mode(a->service, r) == MODE_FACE && room_fails(a->service, r->needs, a->room))
		return WAIT_NEEDS;
	return suits;
}

/* ---- all of them ---- */

/* One of them, where they stand before they are put in order. */
struct ranked {
	const struct wait_row *r;
	enum wait_fit fit;
};

static int group(enum wait_fit fit)
{
	return fit < WAIT_FAR ? 0 : fit < WAIT_UNFIT ? 1 : 2;
}

/* Who fits stands first, whom it is far for behind them; then priority, the least time left, who
 * wished for this clinician, who needs less notice, who has waited longest. */
static int best_first(const void *x, const void *y)
{
	const struct ranked *a = x, *b = y;
	const struct wait_row *p = a->r, *q = b->r;

	if (group(a->fit) != group(b->fit))
		return group(a->fit) - group(b->fit);
	if (p->priority != q->priority)
		return p->priority - q->priority;
	if (date_none(p->target) != date_none(q->target))
		return date_none(p->target) ? 1 : -1;
	if (p->target.n != q->target.n)
		return p->target.n < q->target.n ? -1 : 1;
	if (id_none(p->w.wish.clinician) != id_none(q->w.wish.clinician))
		return id_none(p->w.wish.clinician) ? 1 : -1;
	if (p->w.wish.notice != q->w.wish.notice)
		return p->w.wish.notice - q->w.wish.notice;
	if (p->w.since.utc != q->w.since.utc)
		return p->w.since.utc < q->w.since.utc ? -1 : 1;
	return p->w.id.n < q->w.id.n ? -1 : p->w.id.n > q->w.id.n;
}

/* A row is a kilobyte: their places are put in order, and each row is copied once. */
static int rank(struct desk *desk, const struct around *a, const struct wait_rows *rows,
		struct wait_offers *ret)
{
	struct ranked *order = mem_new((rows->n + 1) * sizeof *order);
	int fit = 0;

	for (size_t i = 0; i < rows->n; i++) {
		order[i] = (struct ranked){ &rows->v[i], fit_of(desk, a, &rows->v[i]) };
		fit += order[i].fit < WAIT_UNFIT;
	}
	qsort(order, rows->n, sizeof *order, best_first);
	for (size_t i = 0; i < rows->n; i++) {
		struct wait_offer *o = list_push(ret);

		o->r = *order[i].r;
		o->fit = order[i].fit;
	}
	mem_free(order);
	return fit;
}

static void put_try(struct wait_offers *list, const struct wait_try *t)
{
	list_each (o, list)
		if (id_same(o->r.w.id, t->wait)) {
			snprintf(o->how, sizeof o->how, "%s", wait_how_code(t->how));
			memcpy(o->answer, t->answer, sizeof o->answer);
			memcpy(o->why, t->why, sizeof o->why);
			o->tried_at = t->at;
			o->until = t->until;
			return;
		}
}

static int add_tries(struct desk *desk, struct id slot, struct wait_offers *list, struct err *err)
{
	struct wait_tries tries = { 0 };
	int rc = wait_tries_of(desk->store, slot, &tries, err);

	list_each (t, &tries)
		put_try(list, t);
	list_free(&tries);
	return rc;
}

int wait_fitting(struct desk *desk, struct id slot, struct wait_offers *ret, int *ret_fit,
		 struct err *err)
{
	struct wait_rows rows = { 0 };
	struct around a = { 0 };
	struct hole hole;
	int rc, fit = 0;

	if (wait_hole(desk, slot, &hole, err) < 0)
		return -1;
	rc = look_around(desk, &hole, &a, err);
	if (rc == 0)
		rc = waits_of(desk->store, hole.service, WAITS_MOST, &rows, err);
	if (rc == 0)
		fit = rank(desk, &a, &rows, ret);
	around_done(&a);
	list_free(&rows);
	if (rc == 0 && ret->n)
		rc = add_tries(desk, slot, ret, err);
	if (rc < 0) {
		list_free(ret);
		return -1;
	}
	*ret_fit = fit;
	return 0;
}

int wait_longest(struct desk *desk, const struct hole *hole, const struct wait_offers *offers)
{
	const struct service *s = ref_service(desk, hole->service);
	int most = s ? s->fu_mins : 0;

	if (s && s->new_mins > most)
		most = s->new_mins;
	list_each (o, offers)
		if (o->fit < WAIT_UNFIT && o->r.mins > most)
			most = o->r.mins;
	return most;
}

/* ---- how it suits, in a word ---- */

const char *wait_suits(const struct wait_offer *o, char buf[SUITS_TEXT])
{
	const struct wait_wish *w = &o->r.w.wish;

	snprintf(buf, SUITS_TEXT, "%s", wait_fit_word(o->fit));
	if (o->fit != WAIT_YES)
		return buf;
	if (w->after >= 12 * 60)
		snprintf(buf, SUITS_TEXT, "pm only");
	else if (w->before && w->before <= 13 * 60)
		snprintf(buf, SUITS_TEXT, "am only");
	for (int d = 0; d < 7; d++)
		if (w->days == 1u << d)
			snprintf(buf, SUITS_TEXT, "%s only", weekday_short[d]);
	return buf;
}

int wait_phone(struct desk *desk, struct id person, char ret[PHONE_TEXT], struct err *err)
{
	struct contacts list = { 0 };
	const struct contact *c;
	int rc = people_contacts(desk->store, person, &list, err);

	c = rc == 0 ? contacts_phone(&list) : NULL;
	if (c)
		phone_show(c->value, ret);
	else
		ret[0] = '\0';
	list_free(&list);
	return rc;
}
