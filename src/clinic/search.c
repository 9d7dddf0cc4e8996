/*
 * search.c: the earliest places, by a walk along the index of what is free.
 *
 * The walk goes forward in pieces and stops as soon as it has enough, so its work is in proportion
 * to what it shows and not to the data; a wish that nothing fits ends with what is published.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/refs.h"
#include "clinic/search.h"
#include "store/diaries.h"
#include "store/slots.h"

enum {
	PIECE_FIRST = 64, /* slots read at once: few at first, for the usual search ends there */
	PIECE_MOST = 1024,
	RUN_MOST = 96, /* slots of one session */
};

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
	return person_external(desk->store, person, &search->external, err);
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
		       (search->kind == APPT_NEW && service && service->rapid && !search->external);
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

static bool is_free(const struct slot *slot)
{
	return id_none(slot->appt) && slot->state == SLOT_OPEN;
}

/* What a place must meet at its start: cheap, before anything more is read. */
static bool may_start(struct desk *desk, const struct search *s, const struct slot *slot)
{
	const struct clinician *c = ref_clinician(desk, slot->clinician);
	const struct site *site = ref_site(desk, slot->site);
	int minute = moment_minute(slot->starts);

	return search_takes(desk, s, slot) && c && c->on && site && site->on &&
	       (date_none(c->reg_until) || c->reg_until.n >= slot->day.n) &&
	       (id_none(s->site) || id_same(s->site, slot->site)) &&
	       (!s->days || s->days & 1u << date_weekday(slot->day)) && minute >= s->after &&
	       (!s->before || minute + s->mins <= s->before);
}

/* ---- one place ---- */

/* Sessions whose free time from a moment on is known to be too short, so that each slot of a
 * stretch is not asked about anew. */
struct short_run {
	struct id block;
	struct moment until;
};
struct short_runs {
	struct short_run *v;
	size_t n, cap;
};

static bool known_short(const struct short_runs *list, const struct slot *slot)
{
	/* The newest are the likeliest, and older ones than a day's sessions lie behind the walk.
	 */
	for (size_t i = list->n; i-- > 0;)
		if (id_same(list->v[i].block, slot->block))
			return slot->starts.utc < list->v[i].until.utc;
	return false;
}

static void note_short(struct short_runs *list, const struct slot *slot, struct moment until)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->n; i++)
		if (list->v[i].until.utc > slot->starts.utc &&
		    !id_same(list->v[i].block, slot->block))
			list->v[kept++] = list->v[i];
	list->n = kept;
	*list_push(list) = (struct short_run){ slot->block, until };
}

/* The slot with those after it, as far as it needs them; 1 a place, 0 too short, -1 failed. */
static int extend(struct desk *desk, const struct search *s, const struct slot *slot,
		  struct short_runs *too_short, struct place *ret, struct err *err)
{
	struct place place = { .slot = *slot, .mins = slot->mins, .slots = 1 };
	struct slot last = *slot;
	struct slots run = { 0 };
	int rc = -1;

	place.own_site = id_same(slot->site, desk->site.id);
	if (place.mins < s->mins) {
		if (known_short(too_short, slot))
			return 0;
		if (slots_run(desk->store, slot->block, slot_ends(slot), RUN_MOST, &run, err) < 0)
			goto done;
	}
	for (size_t i = 0; place.mins < s->mins && i < run.n; i++) {
		const struct slot *next = &run.v[i];

		if (next->starts.utc > slot_ends(&last).utc)
			break;
		/* Places of a group lie beside each other: the first that is free will do. */
		if (next->starts.utc < slot_ends(&last).utc || !is_free(next) ||
		    !joins(&last, next) || !search_takes(desk, s, next))
			continue;
		place.mins += next->mins;
		place.slots++;
		last = *next;
	}
	rc = place.mins >= s->mins;
	if (rc)
		*ret = place;
	else
		note_short(too_short, slot, slot_ends(&last));
done:
	list_free(&run);
	return rc;
}

/* ---- the walk ---- */

struct tie {
	const char *site, *clinician;
	const struct slot *slot;
};

static int by_codes(const void *a, const void *b)
{
	const struct tie *x = a, *y = b;
	int rc = strcmp(x->site, y->site);

	rc = rc ? rc : strcmp(x->clinician, y->clinician);
	return rc ? rc : x->slot->id.n < y->slot->id.n ? -1 : x->slot->id.n > y->slot->id.n;
}

/* All slots that start at one moment, sorted before any of them is looked at closely. */
static int take_ties(struct desk *desk, const struct search *s, const struct slot *slots, size_t n,
		     struct short_runs *too_short, struct places *ret, struct err *err)
{
	struct tie *ties = mem_new(n * sizeof *ties);
	size_t count = 0;
	int rc = 0;

	for (size_t i = 0; i < n; i++)
		if (may_start(desk, s, &slots[i]))
			ties[count++] = (struct tie){ ref_site(desk, slots[i].site)->code,
						      ref_clinician(desk, slots[i].clinician)->code,
						      &slots[i] };
	if (count > 1)
		qsort(ties, count, sizeof *ties, by_codes);
	for (size_t i = 0; rc >= 0 && i < count && ret->n < (size_t)s->limit; i++) {
		struct place place;

		rc = extend(desk, s, ties[i].slot, too_short, &place, err);
		if (rc > 0)
			*list_push(ret) = place;
	}
	mem_free(ties);
	return rc < 0 ? -1 : 0;
}

/* Goes through what was read in groups of one start; the last group waits for the next piece unless
 * this was the last one.  Gives how many slots were dealt with, or -1. */
static int64_t take_piece(struct desk *desk, const struct search *s, const struct slots *piece,
			  bool last, struct short_runs *too_short, struct places *ret,
			  struct err *err)
{
	size_t at = 0;

	while (at < piece->n && ret->n < (size_t)s->limit) {
		size_t end = at + 1;

		while (end < piece->n && piece->v[end].starts.utc == piece->v[at].starts.utc)
			end++;
		if (end == piece->n && !last)
			break;
		if (take_ties(desk, s, piece->v + at, end - at, too_short, ret, err) < 0)
			return -1;
		at = end;
	}
	return (int64_t)at;
}

/* What was not dealt with moves to the front; the walk goes on behind the last slot read. */
static void keep_rest(struct slots *piece, size_t done, struct slots_walk *walk)
{
	const struct slot *last = &piece->v[piece->n - 1];

	walk->from = last->starts;
	walk->after = last->id;
	memmove(piece->v, piece->v + done, (piece->n - done) * sizeof *piece->v);
	piece->n -= done;
}

static int walk_slots(struct desk *desk, const struct search *s, struct places *ret,
		      struct err *err)
{
	struct slots_walk walk = {
		.service = s->service, .site = s->site, .clinician = s->clinician, .from = s->from
	};
	struct short_runs too_short = { 0 };
	struct slots piece = { 0 };
	int ask = PIECE_FIRST, rc = -1;
	bool last = false;

	if (!date_none(s->by))
		walk.until = wall_moment((struct date){ s->by.n + 1 }, 0);
	while (!last && ret->n < (size_t)s->limit) {
		size_t before = piece.n;
		int64_t done;

		if (slots_free(desk->store, &walk, ask, &piece, err) < 0)
			goto done;
		last = piece.n - before < (size_t)ask;
		done = take_piece(desk, s, &piece, last, &too_short, ret, err);
		if (done < 0)
			goto done;
		if (!last)
			keep_rest(&piece, (size_t)done, &walk);
		ask = ask * 4 < PIECE_MOST ? ask * 4 : PIECE_MOST;
	}
	rc = 0;
done:
	list_free(&piece);
	list_free(&too_short);
	return rc;
}

int search_slots(struct desk *desk, const struct search *search, struct places *ret,
		 struct err *err)
{
	struct search s = *search;
	struct places found = { 0 };

	if (complete(desk, &s, err) < 0)
		return -1;
	if (walk_slots(desk, &s, &found, err) < 0) {
		list_free(&found);
		return -1;
	}
	*ret = found;
	return 0;
}
