/*
 * away.c: who is hit when a clinician is away, and where each could go.
 *
 * A home is found by the same search and tried by the same check as a move by hand, so that what is
 * proposed can be done at this moment.  What is proposed to one is not proposed to the next: rows
 * are dealt with in order of urgency, and the more urgent have the first choice.
 */
#include "clinic/away.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/booking.h"
#include "clinic/booking_acts.h"
#include "clinic/diary.h"
#include "clinic/flag.h"
#include "clinic/needs.h"
#include "clinic/prospect.h"
#include "clinic/refs.h"
#include "clinic/wait.h"
#include "store/appts.h"
#include "store/diaries.h"
#include "store/episodes.h"
#include "store/people.h"
#include "store/referrals.h"
#include "store/slots.h"

enum { LOOK = 60 /* places of each kind */, TRIES = 12, WEEK = 7, NOTICE = 60 /* minutes */ };

void away_bounds(const struct away *a, struct moment *ret_from, struct moment *ret_to)
{
	*ret_from = a->leave ? wall_moment(a->first, 0) : a->from;
	*ret_to = a->leave ? wall_moment((struct date){ a->last.n + 1 }, 0) : a->to;
}

/* ---- what somebody needs of a home ---- */

struct wants {
	struct prospect p;
	struct decision decided; /* by the nurse: which clinician or skill, if any */
	struct ids sites;	 /* where they have been, or were meant for */
	bool same;		 /* the same clinician is better than sooner */
	struct moment from;	 /* not before */
	struct date limit;	 /* in time is by this day */
};

/* Who waits for something has said where they can get to. */
static int sites_said(struct desk *desk, struct id episode, struct ids *ret, struct err *err)
{
	struct wait_row w = { 0 };

	if (wait_for(desk, episode, &w, err) < 0)
		return -1;
	if (!id_none(w.w.id))
		list_each (s, &desk->refs->sites)
			if (words_have(w.w.wish.sites, s->code))
				*list_push(ret) = s->id;
	return 0;
}

static int wants_of(struct desk *desk, const struct away_row *r, struct wants *w, struct err *err)
{
	const struct appt *a = &r->entry.appt;
	int64_t soon = desk->now.utc + NOTICE * 60;

	if (prospect_move(desk, a->id, &w->p, err) < 0 ||
	    decision_of(desk->store, w->p.episode.id, &w->decided, err) < 0 ||
	    person_sites(desk->store, w->p.person, &w->sites, err) < 0 ||
	    sites_said(desk, w->p.episode.id, &w->sites, err) < 0)
		return -1;
	if (!id_none(w->decided.site))
		*list_push(&w->sites) = w->decided.site;
	w->same = a->kind == APPT_FU || id_same(w->decided.clinician, a->clinician);
	w->from.utc = a->starts.utc > soon ? a->starts.utc : soon;
	if (w->p.after.utc > w->from.utc)
		w->from = w->p.after;
	w->limit = r->target;
	if (date_none(w->limit) || w->limit.n < a->day.n)
		w->limit = (struct date){ a->day.n + WEEK };
	return 0;
}

/* ---- places ---- */

/* The lower, the better. */
enum rank { SAME_CLINICIAN, SAME_SITE, KNOWN_SITE };
struct choice {
	struct place place;
	enum rank rank;
	bool late;
};
struct choices {
	struct choice *v;
	size_t n, cap;
};

static int by_worth(const void *x, const void *y)
{
	const struct choice *a = x, *b = y;
	int64_t i = a->place.slot.starts.utc, k = b->place.slot.starts.utc;

	if (a->late != b->late)
		return a->late - b->late;
	/* Once it is late anyhow, the first is the best. */
	if (!a->late && a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	if (i != k)
		return i < k ? -1 : 1;
	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	return a->place.slot.id.n < b->place.slot.id.n ? -1 : 1;
}

static bool among(const struct ids *ids, struct id id)
{
	list_each (i, ids)
		if (id_same(*i, id))
			return true;
	return false;
}

/* In time that is taken out? */
static bool in_stretch(const struct away *away, struct id clinician, struct moment starts, int mins)
{
	struct moment from, to;

	away_bounds(away, &from, &to);
	return id_same(clinician, away->clinician) && starts.utc < to.utc &&
	       starts.utc + (int64_t)mins * 60 > from.utc;
}

/* How good a place would be; false: it is none. */
static bool rank_of(struct desk *desk, const struct away *away, const struct away_row *r,
		    const struct wants *w, const struct place *p, enum rank *ret)
{
	const struct clinician *c = ref_clinician(desk, p->slot.clinician);
	bool remote = w->p.mode != MODE_FACE;

	if (!c || in_stretch(away, p->slot.clinician, p->slot.starts, p->mins) ||
	    (*p->held.by && !p->held.mine) ||
	    (*w->decided.skill && !words_have(c->skills, w->decided.skill)))
		return false;
	/* By telephone or video it is all the same where the clinician sits. */
	if (!remote && !id_same(p->slot.site, r->entry.appt.site)) {
		*ret = KNOWN_SITE;
		return among(&w->sites, p->slot.site);
	}
	*ret = w->same && id_same(p->slot.clinician, away->clinician) ? SAME_CLINICIAN : SAME_SITE;
	return true;
}

static int look(struct desk *desk, const struct away *away, const struct away_row *r,
		const struct wants *w, struct id clinician, struct id site, struct choices *ret,
		struct err *err)
{
	struct search s = { .service = w->p.service,
			    .kind = w->p.kind,
			    .mins = w->p.mins,
			    .mode = w->p.mode,
			    .external = w->p.external,
			    .not_last = w->p.not_last,
			    .from = w->from,
			    .clinician = clinician,
			    .site = site,
			    .limit = LOOK };
	struct places places = { 0 };
	const char **lacks = NULL;
	struct moment from, to;
	int rc;

	away_bounds(away, &from, &to);
	if (!id_none(clinician) && s.from.utc < to.utc)
		s.from = to;
	rc = search_for(desk, w->p.person, &s, err);
	if (rc == 0)
		rc = search_slots(desk, &s, &places, err);
	if (rc == 0)
		rc = needs_of_places(desk,
				     &(struct needing){ w->p.needs, w->p.interpreter, w->p.mode },
				     &places, &lacks, err);
	for (size_t i = 0; rc == 0 && i < places.n; i++) {
		const struct place *p = &places.v[i];
		enum rank rank;

		if (!lacks[i] && rank_of(desk, away, r, w, p, &rank))
			*(struct choice *)list_push(ret) =
				(struct choice){ *p, rank,
						 moment_date(p->slot.starts).n > w->limit.n };
	}
	mem_free(lacks);
	list_free(&places);
	return rc;
}

/* Their clinician, their site, anywhere: what is in two of them stands there twice. */
static int all_choices(struct desk *desk, const struct away *away, const struct away_row *r,
		       const struct wants *w, struct choices *ret, struct err *err)
{
	const struct id any = { 0 };

	if (look(desk, away, r, w, away->clinician, any, ret, err) < 0 ||
	    look(desk, away, r, w, any, r->entry.appt.site, ret, err) < 0 ||
	    look(desk, away, r, w, any, any, ret, err) < 0)
		return -1;
	if (ret->n > 1)
		qsort(ret->v, ret->n, sizeof *ret->v, by_worth);
	return 0;
}

/* ---- one row ---- */

/* Somebody before them is to have that time, or they themselves another at that time. */
static bool promised(const struct away_rows *rows, size_t at, const struct place *p)
{
	int64_t ends = p->slot.starts.utc + (int64_t)p->mins * 60;

	for (size_t i = 0; i < rows->n; i++) {
		const struct away_row *r = &rows->v[i];

		if (i == at || r->fate != AWAY_MOVE || r->starts.utc >= ends ||
		    r->starts.utc + (int64_t)r->entry.appt.mins * 60 <= p->slot.starts.utc)
			continue;
		if (id_same(r->clinician, p->slot.clinician) ||
		    id_same(r->entry.appt.person, rows->v[at].entry.appt.person))
			return true;
	}
	return false;
}

static bool can_be(struct desk *desk, const struct away_row *r, const struct place *p)
{
	struct move_ask ask = { .clinician = p->slot.clinician,
				.starts = p->slot.starts,
				.by = CANCEL_SERVICE };
	struct err no = ERR_INIT;
	bool can = booking_move_try(desk, r->entry.appt.id, &ask, &no) == 0;

	/* What it would warn of and promise is for the moment when it is done. */
	desk->warning[0] = desk->promise[0] = '\0';
	return can;
}

static void settle(struct desk *desk, const struct away *away, struct away_row *r,
		   const struct choice *c)
{
	const struct slot *s = &c->place.slot;
	const struct site *site = ref_site(desk, s->site);
	/* By telephone or video they stay at home, wherever the clinician sits. */
	bool remote = r->entry.appt.mode == MODE_PHONE || r->entry.appt.mode == MODE_VIDEO;
	bool other_site = !remote && !id_same(s->site, r->entry.appt.site);

	r->fate = AWAY_MOVE;
	r->slot = s->id;
	r->clinician = s->clinician;
	r->site = s->site;
	r->starts = s->starts;
	r->late = c->late;
	r->taken = false;
	snprintf(r->note, sizeof r->note, "%s%s%.6s%s%.24s%s%s",
		 id_same(s->clinician, away->clinician)	     ? "same clinician"
		 : s->starts.utc == r->entry.appt.starts.utc ? "same time"
							     : "another clinician",
		 remote ? ", by " : "", remote ? mode_word(r->entry.appt.mode) : "",
		 other_site ? ", at " : "", other_site && site ? site->name : "",
		 c->late ? ", " : "",
		 !c->late		? ""
		 : date_none(r->target) ? "more than a week later"
					: "after the day to be seen by");
}

static void homeless(struct away_row *r, enum away_fate fate, const char *note)
{
	r->fate = fate;
	r->slot = r->clinician = r->site = (struct id){ 0 };
	r->starts = (struct moment){ 0 };
	r->late = r->taken = false;
	snprintf(r->note, sizeof r->note, "%s", note);
}

void away_waits(struct away_row *r)
{
	homeless(r, AWAY_WAIT, "on the waiting list");
}

void away_keeps(struct away_row *r)
{
	homeless(r, AWAY_KEEP, "stays booked there: a task");
}

/* The best home that can be after `skip` of them; false: there are not so many. */
static bool pick(struct desk *desk, const struct away *away, struct away_rows *rows, size_t at,
		 const struct choices *list, int skip)
{
	struct away_row *r = &rows->v[at];
	int tries = 0;

	for (size_t i = 0; i < list->n && tries < TRIES + skip; i++) {
		const struct choice *c = &list->v[i];

		if ((i && id_same(c->place.slot.id, list->v[i - 1].place.slot.id)) ||
		    promised(rows, at, &c->place))
			continue;
		tries++;
		if (can_be(desk, r, &c->place) && skip-- == 0) {
			settle(desk, away, r, c);
			return true;
		}
	}
	return false;
}

static int propose(struct desk *desk, const struct away *away, struct away_rows *rows, size_t at,
		   struct err *err)
{
	struct away_row *r = &rows->v[at];
	const struct appt *a = &r->entry.appt;
	struct choices list = { 0 };
	struct wants w = { 0 };
	struct err stopped = ERR_INIT;
	int rc;

	/* A flag stops a move as it stops a booking: nothing is looked for. */
	if (flag_stops(desk, a->person, a->service, &stopped) < 0) {
		homeless(r, AWAY_WAIT, NOT_YET ": the waiting list");
		r->others = 0;
		return stopped.kind == ERR_CLASH ? 0
						 : err_set(err, stopped.kind, "%s", stopped.text);
	}
	rc = wants_of(desk, r, &w, err);
	if (rc == 0)
		rc = all_choices(desk, away, r, &w, &list, err);
	if (rc == 0 && !pick(desk, away, rows, at, &list, r->others)) {
		/* After the last one the first again. */
		if (r->others == 0 || !pick(desk, away, rows, at, &list, 0))
			homeless(r, AWAY_WAIT, "nothing is free for them: the waiting list");
		r->others = 0;
	}
	list_free(&list);
	list_free(&w.sites);
	return rc;
}

/* May this user see to it at all, and can it move?  Why not is in the note. */
static int seen_to(struct desk *desk, struct away_row *r, struct err *err)
{
	const struct appt *a = &r->entry.appt;
	struct episode e = { .target = DATE_NONE };

	r->may = false;
	r->target = DATE_NONE;
	if (r->entry.masked || booking_own_desk(desk, a->service, NULL) < 0)
		homeless(r, AWAY_KEEP, "private: a task for its own desk");
	else if (a->state != APPT_BOOKED && a->state != APPT_REQUESTED)
		homeless(r, AWAY_KEEP, "is here: tell them");
	else if (desk_needs(desk, ROLE_DESK | ROLE_ADMINISTRATOR, "", NULL) < 0)
		homeless(r, AWAY_KEEP, "a task for who books");
	else
		r->may = true;
	if (!r->may)
		return 0;
	if (episode_get(desk->store, a->episode, &e, err) < 0)
		return -1;
	r->target = a->kind == APPT_NEW ? e.target : DATE_NONE;
	return 0;
}

/* ---- all of them ---- */

static struct date today_is; /* for qsort, which has no room for it */

static int by_urgency(const void *x, const void *y)
{
	const struct away_row *a = x, *b = y;
	const struct appt *i = &a->entry.appt, *k = &b->entry.appt;
	int p = a->entry.priority < 0 ? 9 : a->entry.priority;
	int q = b->entry.priority < 0 ? 9 : b->entry.priority;

	if ((i->day.n == today_is.n) != (k->day.n == today_is.n))
		return i->day.n == today_is.n ? -1 : 1;
	if (p != q)
		return p - q;
	if (a->target.n != b->target.n) {
		if (date_none(a->target) || date_none(b->target))
			return date_none(a->target) ? 1 : -1;
		return a->target.n < b->target.n ? -1 : 1;
	}
	if (i->starts.utc != k->starts.utc)
		return i->starts.utc < k->starts.utc ? -1 : 1;
	return i->id.n < k->id.n ? -1 : i->id.n > k->id.n;
}

int away_list(struct desk *desk, const struct away *away, struct away_rows *ret, struct err *err)
{
	struct entries hit = { 0 };
	struct away_rows rows = { 0 };
	struct moment from, to;
	int rc;

	away_bounds(away, &from, &to);
	rc = diary_hit(desk, away->clinician, from, to, &hit, err);
	for (size_t i = 0; rc == 0 && i < hit.n; i++) {
		struct away_row *r = list_push(&rows);
		r->entry = hit.v[i];
		rc = seen_to(desk, r, err);
		if (r->may)
			r->fate = AWAY_WAIT; /* until a home is found */
	}
	today_is = desk->today;
	if (rows.n > 1)
		qsort(rows.v, rows.n, sizeof *rows.v, by_urgency);
	for (size_t i = 0; rc == 0 && i < rows.n; i++)
		if (rows.v[i].fate == AWAY_WAIT)
			rc = propose(desk, away, &rows, i, err);
	list_free(&hit);
	if (rc < 0)
		list_free(&rows);
	else
		*ret = rows;
	return rc;
}

int away_other(struct desk *desk, const struct away *away, struct away_rows *rows, size_t at,
	       struct err *err)
{
	struct away_row *r = &rows->v[at];

	if (!r->may || r->gone)
		return err_set(err, ERR_INPUT, "That row stays as it is: %s.", r->note);
	r->others = r->fate == AWAY_MOVE ? r->others + 1 : 0;
	return propose(desk, away, rows, at, err);
}

int away_again(struct desk *desk, struct away_rows *rows, struct err *err)
{
	list_each (r, rows) {
		const struct appt *was = &r->entry.appt;
		struct appt_row now;
		struct slot s;

		if (appt_get(desk->store, was->id, &now, err) < 0)
			return -1;
		r->gone = !appt_live(now.a.state) || now.a.starts.utc != was->starts.utc ||
			  !id_same(now.a.clinician, was->clinician);
		if (r->gone && r->fate != AWAY_KEEP)
			homeless(r, AWAY_KEEP, "is moved or cancelled by now");
		if (r->fate != AWAY_MOVE)
			continue;
		if (slots_get(desk->store, r->slot, &s, err) < 0)
			return -1;
		r->taken = s.state != SLOT_OPEN || !id_none(s.appt);
	}
	return 0;
}

int away_find(struct desk *desk, struct id clinician, struct away *ret, struct err *err)
{
	const struct clinician *c = ref_clinician(desk, clinician);
	struct leaves list = { 0 };
	int rc = diary_leaves(desk, clinician, desk->today, &list, err);
	bool found = false;

	for (size_t i = 0; rc == 0 && !found && i < list.n; i++) {
		const struct leave *l = &list.v[i];
		struct entries hit = { 0 };
		struct moment from, to;

		*ret = (struct away){ .clinician = clinician,
				      .leave = true,
				      .first = l->from.n < desk->today.n ? desk->today : l->from,
				      .last = l->to,
				      .granted = true };
		snprintf(ret->why, sizeof ret->why, "%s", l->why);
		away_bounds(ret, &from, &to);
		rc = diary_hit(desk, clinician, from, to, &hit, err);
		found = hit.n > 0;
		list_free(&hit);
	}
	list_free(&list);
	if (rc == 0 && !found)
		rc = err_set(err, ERR_MISSING, "%s has no leave in which somebody is booked.",
			     c ? c->surname : "That clinician");
	return rc;
}
