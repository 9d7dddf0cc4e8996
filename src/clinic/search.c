/*
 * search.c: the earliest places, by a walk along the index of what is free.
 *
 * The walk goes forward in pieces and stops as soon as it has enough, so its work is in proportion
 * to what it shows and not to the data; a wish that nothing fits ends with what is published.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/asked.h"
#include "clinic/flag.h"
#include "clinic/free_walk.h"
#include "clinic/hold.h"
#include "clinic/refs.h"
#include "clinic/search.h"
#include "model/need.h"
#include "store/appts.h"
#include "store/diaries.h"
#include "store/slots.h"

/* ---- the wish, completed ---- */

static int complete(struct desk *desk, struct search *s, struct err *err)
{
	const struct service *service = ref_service(desk, s->service);
	enum mode usual;
	unsigned modes;

	if (!service)
		return err_input(err, "service", "Name the service: service list shows them.");
	if (!desk_sees(desk, service))
		return err_set(err, ERR_DENIED,
			       "%s is private: its counsellors and its own desk see its times.",
			       service->name);
	if (!modes_parse(service->modes, &modes, &usual))
		modes = usual = MODE_FACE;
	if (!s->mode)
		s->mode = usual;
	if (!(s->mode & modes))
		return err_input(err, "mode", "%s is not seen by %s: %s.", service->name,
				 mode_word(s->mode), service->modes);
	if (!s->mins)
		s->mins = s->kind == APPT_NEW ? service->new_mins : service->fu_mins;
	if (s->mins < 5 || s->mins > 480)
		return err_input(err, "length", "An appointment is 5 to 480 minutes long, not %d.",
				 s->mins);
	if (s->limit <= 0)
		s->limit = SEARCH_USUAL;
	if (s->limit > SEARCH_MOST)
		s->limit = SEARCH_MOST;
	if (s->from.utc < desk->now.utc)
		s->from = desk->now;
	if (s->by.n == 0)
		s->by = DATE_NONE;
	return 0;
}

int search_for(struct desk *desk, struct id person, struct search *search, struct err *err)
{
	if (person_external(desk->store, person, &search->external, err) < 0)
		return -1;
	if (id_none(search->service))
		return 0;
	if (search->external && share_of(desk, person, search->service, &search->share, err) < 0)
		return -1;
	return flag_not_last(desk, person, search->service, &search->not_last, err);
}

int search_same(struct desk *desk, struct id person, struct id service, struct id *ret,
		struct err *err)
{
	struct id last = { 0 };

	if (appts_last_with(desk->store, person, service, &last, err) < 0)
		return -1;
	if (id_none(last))
		return err_input(err, "clinician",
				 "Nobody has seen them yet: there is no last time to go by.");
	*ret = last;
	return 0;
}

/* ---- one slot ---- */

static bool released(const struct desk *desk, const struct slot *slot)
{
	return !moment_none(slot->release_at) && slot->release_at.utc <= desk->now.utc;
}

bool search_takes(const struct desk *desk, const struct search *search, const struct slot *slot)
{
	const struct service *service;

	switch (slot->kind) {
	case SLOT_NEW:
		return search->kind == APPT_NEW;
	case SLOT_FU:
		return true;
	case SLOT_RAP:
		service = ref_service(desk, slot->service);
		return released(desk, slot) ||
		       (search->kind == APPT_NEW && service && service->rapid &&
			(!search->external || share_takes(desk, &search->share, slot)));
	default:
		return false;
	}
}

/* May one place be made of both, one behind the other?  Slots for new people are not joined to
 * others: a first attendance that needs one takes one from its start.  One place has one holder. */
static bool joins(const struct slot *a, const struct slot *b)
{
	return (a->kind == SLOT_NEW) == (b->kind == SLOT_NEW) && a->holder == b->holder;
}

/* ---- the walk ----
 *
 * A slot that is long enough is a place at once.  One that is not waits as a run: the walk comes by
 * the slots behind it, if they are free, a little later.  Runs stand in the order of their starts,
 * and what starts first is given out first, so a place that is complete may have to wait for an
 * earlier one that is not yet.
 */

enum { BUCKETS = 256 };

struct run {
	struct place place;
	struct moment ends;
	size_t before; /* index + 1 of the run before it in the same bucket; 0: none */
};

struct walk {
	struct desk *desk;
	const struct search *search;
	struct run *v; /* a list of runs; those before `head` are dealt with */
	size_t n, cap, head;
	size_t buckets[BUCKETS]; /* of blocks: index + 1 of the newest run; 0: none */
	/* who was asked about already: there may be hundreds of clinicians */
	struct {
		struct id id;
		const struct clinician *c;
	} known[BUCKETS];
	/* of whose sessions the room was looked at: asked for needs alone */
	struct {
		struct id block;
		bool meets;
	} rooms[BUCKETS];
	/* when the day of somebody ends: asked for not_last alone */
	struct {
		struct id id;
		struct date day;
		struct moment last;
	} ends[BUCKETS];
	struct desk_holds holds;
	struct asked_slots asked;
	struct places *ret;
	struct err *err;
	bool failed;
};

static size_t bucket(struct id id)
{
	return (size_t)((uint64_t)id.n * 0x9e3779b97f4a7c15u >> 56);
}

static const struct clinician *who(struct walk *w, struct id id)
{
	size_t at = bucket(id);

	if (!id_same(w->known[at].id, id)) {
		w->known[at].id = id;
		w->known[at].c = ref_clinician(w->desk, id);
	}
	return w->known[at].c;
}

/* Is its session in a room that has what is needed?  Nobody comes to one by telephone. */
static bool meets(struct walk *w, const struct slot *slot)
{
	const struct search *s = w->search;
	size_t at = bucket(slot->block);
	struct block block = { 0 };
	const struct room *room;

	if (!s->needs || s->mode != MODE_FACE)
		return true;
	if (!id_same(w->rooms[at].block, slot->block)) {
		if (blocks_get(w->desk->store, slot->block, &block, w->err) < 0) {
			w->failed = true;
			return false;
		}
		room = ref_room(w->desk, block.room);
		w->rooms[at].block = slot->block;
		w->rooms[at].meets = !needs_unmet(s->needs, room ? room->features : "");
	}
	return w->rooms[at].meets;
}

/* What a place must meet at its start, beside being taken at all. */
static bool may_start(struct walk *w, const struct slot *slot)
{
	const struct search *s = w->search;
	const struct clinician *c = who(w, slot->clinician);
	const struct site *site = ref_site(w->desk, slot->site);
	int minute = s->after || s->before ? moment_minute(slot->starts) : 0;

	return c && c->on && site && site->on &&
	       (date_none(c->reg_until) || c->reg_until.n >= slot->day.n) &&
	       (!s->days || s->days & 1u << date_weekday(slot->day)) && minute >= s->after &&
	       (!s->before || minute + s->mins <= s->before) && free_walk_meets(s, c) &&
	       meets(w, slot);
}

/* Somebody else's hold on any part of it says more than one's own. */
static void note_hold(struct walk *w, struct place *p, struct id slot)
{
	const struct desk_hold *h = w->holds.n ? hold_of(&w->holds, slot) : NULL;

	if (!h || (*p->held.by && !p->held.mine))
		return;
	snprintf(p->held.by, sizeof p->held.by, "%s", h->name);
	p->held.until = h->until;
	p->held.mine = id_same(h->user, w->desk->user.id);
	p->held.here = h->session.id && h->session.id == w->desk->session;
}

/* Lengthens the runs that this slot stands behind.  Of a group's places beside each other the first
 * one does it, for then the run ends later. */
static void lengthen(struct walk *w, const struct slot *slot)
{
	for (size_t at = w->buckets[bucket(slot->block)]; at > w->head; at = w->v[at - 1].before) {
		struct run *run = &w->v[at - 1];
		const struct slot *first = &run->place.slot;

		if (!id_same(first->block, slot->block) || run->ends.utc != slot->starts.utc ||
		    run->place.mins >= w->search->mins || !joins(first, slot))
			continue;
		run->ends = slot_ends(slot);
		run->place.mins += slot->mins;
		run->place.slots++;
		note_hold(w, &run->place, slot->id);
	}
}

static void begin(struct walk *w, const struct slot *slot)
{
	size_t at = bucket(slot->block);
	struct run *run = list_push(w);

	run->place = (struct place){ .slot = *slot,
				     .mins = slot->mins,
				     .slots = 1,
				     .own_site = id_same(slot->site, w->desk->site.id) };
	note_hold(w, &run->place, slot->id);
	run->ends = slot_ends(slot);
	run->before = w->buckets[at];
	w->buckets[at] = w->n;
}

/* Would it be the last of its clinician's day? */
static bool day_ends(struct walk *w, const struct slot *slot)
{
	size_t at = bucket(slot->clinician);

	if (!id_same(w->ends[at].id, slot->clinician) || w->ends[at].day.n != slot->day.n) {
		w->ends[at].id = slot->clinician;
		w->ends[at].day = slot->day;
		if (slots_last(w->desk->store, slot->clinician, slot->day, &w->ends[at].last,
			       w->err) < 0)
			w->failed = true;
	}
	return slot->starts.utc + (int64_t)w->search->mins * 60 > w->ends[at].last.utc;
}

struct tie {
	const char *site, *clinician;
	const struct place *place;
};

static int by_codes(const void *a, const void *b)
{
	const struct tie *x = a, *y = b;
	int64_t i = x->place->slot.id.n, j = y->place->slot.id.n;
	int rc = strcmp(x->site, y->site);

	rc = rc ? rc : strcmp(x->clinician, y->clinician);
	return rc ? rc : (i > j) - (i < j);
}

/* Gives out the places of runs [from, to), which start at one moment. */
static void give(struct walk *w, size_t from, size_t to)
{
	struct tie *ties = mem_new((to - from) * sizeof *ties);
	size_t n = 0;

	for (size_t i = from; i < to; i++) {
		const struct place *p = &w->v[i].place;
		const struct site *site = ref_site(w->desk, p->slot.site);
		const struct clinician *c = who(w, p->slot.clinician);

		/* One that another desk added this moment is offered from the next look on. */
		if (p->mins >= w->search->mins && site && c &&
		    !(w->search->not_last && day_ends(w, &p->slot)))
			ties[n++] = (struct tie){ site->code, c->code, p };
	}
	if (n > 1)
		qsort(ties, n, sizeof *ties, by_codes);
	for (size_t i = 0; i < n && w->ret->n < (size_t)w->search->limit; i++)
		*list_push(w->ret) = *ties[i].place;
	mem_free(ties);
}

/* Gives out all that can be settled now that the walk has come to `now`: whole groups of one start
 * in which every run is long enough or can grow no more. */
static void settle(struct walk *w, int64_t now)
{
	while (w->head < w->n && w->ret->n < (size_t)w->search->limit) {
		int64_t starts = w->v[w->head].place.slot.starts.utc;
		size_t end = w->head;

		if (starts >= now)
			return;
		for (; end < w->n && w->v[end].place.slot.starts.utc == starts; end++)
			if (w->v[end].place.mins < w->search->mins && w->v[end].ends.utc >= now)
				return;
		give(w, w->head, end);
		w->head = end;
	}
}

/* What was dealt with leaves, once it is the better part. */
static void forget(struct walk *w)
{
	if (w->head < 512 || w->head < w->n / 2)
		return;
	memmove(w->v, w->v + w->head, (w->n - w->head) * sizeof *w->v);
	w->n -= w->head;
	memset(w->buckets, 0, sizeof w->buckets);
	w->head = 0;
	for (size_t i = 0; i < w->n; i++) {
		size_t at = bucket(w->v[i].place.slot.block);

		w->v[i].before = w->buckets[at];
		w->buckets[at] = i + 1;
	}
}

static void come_to(struct walk *w, const struct slot *slot)
{
	if (w->n > w->head && w->v[w->n - 1].place.slot.starts.utc < slot->starts.utc)
		settle(w, slot->starts.utc);
	if (!id_none(slot_asked_by(&w->asked, slot->id)))
		return;
	if (!search_takes(w->desk, w->search, slot)) {
		if (slot->kind == SLOT_RAP && id_none(w->ret->kept.id) && may_start(w, slot))
			w->ret->kept = *slot;
		return;
	}
	lengthen(w, slot);
	if (may_start(w, slot))
		begin(w, slot);
}

static int walk_slots(struct walk *w, struct err *err)
{
	const struct slot *slot = NULL;
	struct free_walk at;
	int rc = 0;

	free_walk_begin(&at, w->desk, w->search);
	while (rc == 0 && !w->failed && w->ret->n < (size_t)w->search->limit) {
		rc = free_walk_next(&at, &slot, err);
		if (rc < 0 || !slot)
			break;
		come_to(w, slot);
		forget(w);
	}
	free_walk_end(&at);
	if (rc == 0)
		settle(w, INT64_MAX);
	return w->failed ? -1 : rc;
}

int search_slots(struct desk *desk, const struct search *search, struct places *ret,
		 struct err *err)
{
	struct search s = *search;
	struct places found = { 0 };
	struct walk walk = { .desk = desk, .search = &s, .ret = &found, .err = err };
	int rc;

	if (complete(desk, &s, err) < 0)
		return -1;
	rc = holds_now(desk, &walk.holds, err);
	if (rc == 0)
		rc = slots_asked(desk, &walk.asked, err);
	if (rc == 0)
		rc = walk_slots(&walk, err);
	list_free(&walk);
	list_free(&walk.holds);
	list_free(&walk.asked);
	if (rc < 0)
		list_free(&found);
	else
		*ret = found;
	return rc;
}
