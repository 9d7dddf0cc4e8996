/*
 * demo_diary.c: the weeks ahead: diaries published, leave granted, people booked, all through the
 * acts that desks use, by the users who would have done it, in the four weeks before the day.
 *
 * The next fortnight is about four fifths full and it thins out from there, so that a search finds
 * something soon for one service and later for another.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/booking.h"
#include "clinic/demo_parts.h"
#include "clinic/diary.h"
#include "clinic/publish.h"
#include "model/diary.h"
#include "store/store.h"

enum { LEAD = 28 /* days before the day when the first of them is booked */ };

/* How full a week is, in thousandths; the first is the one the day lies in. */
static const int full[] = { 840, 800, 640, 500, 390, 300, 220, 160, 110, 80, 60, 40 };
enum { WEEKS = sizeof full / sizeof *full };

/* A slot that somebody is to be booked into. */
struct wish {
	const struct practitioner *p;
	struct date day;
	short minute, mins, place;
	bool first, rapid;
};
struct wishes {
	struct wish *v;
	size_t n, cap;
};

struct ahead {
	struct demo *d;
	struct wishes on[LEAD + 1]; /* by the day on which they are booked, counted back */
	size_t left;
};

/* ---- one booking ---- */

/* Every eighth is seen by telephone; not in counselling, and nobody of the pictures. */
static bool by_phone(const struct demo *d, const struct practitioner *p, size_t person)
{
	return p->service != COUNS && person >= d->cast && person % 8 == 3;
}

int demo_book(struct demo *d, const struct practitioner *p, int place, size_t person,
	      struct date day, int minute, struct id *ret_appt, struct err *err)
{
	struct booking_ask ask = { .person = d->people.v[person].id,
				   .service = d->services[p->service],
				   .clinician = p->id,
				   .starts = wall_moment(day, minute),
				   .mode = by_phone(d, p, person) ? MODE_PHONE : MODE_FACE,
				   /* They were told in the weeks before. */
				   .quiet = true };
	struct err why = ERR_INIT;

	ret_appt->n = 0;
	/* Counselling is booked by its own desk. */
	if (demo_sit(d, p->service == COUNS ? "e.frost" : d->places[place].desk_name, err) < 0)
		return -1;
	if (booking_book(&d->desk, &ask, ret_appt, &why) == 0) {
		d->people.v[person].busy = day;
		d->made.ahead++;
		return 0;
	}
	/* Refused is an answer: taken, lapsed, a clash.  A broken disk is not. */
	if (why.kind != ERR_STORE && why.kind != ERR_FAULT && why.kind != ERR_DENIED)
		return 0;
	if (err)
		*err = why;
	return -1;
}

/* ---- for whom ---- */

static bool somebody_new(struct demo *d, const struct wish *w, size_t *ret)
{
	size_t n = d->people.n - d->cast;

	for (int tries = 0; tries < 40; tries++) {
		size_t i = d->cast + (size_t)demo_roll(d, (int)n);
		const struct human *h = &d->people.v[i];

		if (h->status != 'a' || h->busy.n == w->day.n || h->open >> w->p->service & 1 ||
		    (w->rapid && h->customer >= 4))
			continue;
		*ret = i;
		return true;
	}
	return false;
}

/* A course that is due by then and has one left. */
static bool somebody_again(struct demo *d, const struct wish *w, size_t *ret)
{
	struct line *l = &d->again[w->p->service];
	int cap = ref_service(&d->desk, d->services[w->p->service])->cap;

	for (int tries = 0; tries < 40 && l->n > l->head; tries++) {
		size_t at = l->v[l->head + (size_t)demo_roll(d, (int)(l->n - l->head))];
		const struct course *c = &d->courses.v[at];
		const struct human *h = &d->people.v[c->person];

		if (!moment_none(c->closed) || c->kept || c->due.n > w->day.n || h->status != 'a' ||
		    h->busy.n == w->day.n || c->seen + c->used >= (cap ? cap : 8))
			continue;
		*ret = at;
		return true;
	}
	return false;
}

/* A first attendance leads to a follow-up in its time. */
static void began(struct demo *d, const struct wish *w, size_t person)
{
	size_t at = d->courses.n;
	struct course *c = list_push(&d->courses);

	c->person = person;
	c->service = w->p->service;
	c->due.n = w->day.n + 7;
	c->used = 1;
	d->people.v[person].open |= (unsigned char)(1u << w->p->service);
	if (demo_in(d, 400))
		line_push(&d->again[c->service], at);
}

static int grant(struct demo *d, const struct wish *w, struct err *err)
{
	struct id appt = { 0 };
	size_t at = 0, person;

	if (w->first ? !somebody_new(d, w, &at) : !somebody_again(d, w, &at))
		return 0;
	person = w->first ? at : d->courses.v[at].person;
	if (demo_book(d, w->p, w->place, person, w->day, w->minute, &appt, err) < 0)
		return -1;
	if (id_none(appt))
		return 0;
	if (w->first)
		began(d, w, person);
	else {
		d->courses.v[at].used++;
		d->courses.v[at].due.n = w->day.n + 7;
	}
	if (w->day.n == d->today.n)
		demo_morning_add(d, appt, w->p, w->place, w->minute, w->mins,
				 by_phone(d, w->p, person));
	return 0;
}

/* ---- which slots ---- */

/* Of the picture's clinicians on the day itself only as many as make about thirty rows. */
static int fullness(const struct demo *d, const struct practitioner *p, struct date day, int minute)
{
	int week = (day.n - d->today.n) / 7;

	if (week >= WEEKS)
		return 30;
	if (day.n == d->today.n && p->named)
		return minute < 9 * 60 + 42 ? 0 : 640;
	return full[week];
}

/* Those of the pictures have their places already. */
static bool is_cast(const struct demo *d, const struct practitioner *p, struct date day, int minute)
{
	if (day.n != d->today.n || !p->named)
		return false;
	for (int i = 0; i < demo_ncast; i++)
		if (demo_cast[i].clinician && strcmp(demo_cast[i].clinician, p->code) == 0 &&
		    demo_cast[i].minute == minute)
			return true;
	return false;
}

static void wish_session(struct ahead *a, const struct practitioner *p, const struct session *s,
			 struct date day)
{
	struct demo *d = a->d;

	list_each (part, &d->patterns[p->service][s->variant]) {
		if (!slot_kind_bookable(part->kind) || is_cast(d, p, day, part->at))
			continue;
		if (!demo_in(d, fullness(d, p, day, part->at))) {
			d->made.free++;
			continue;
		}
		struct wishes *list = &a->on[1 + demo_roll(d, LEAD)];
		struct wish *w = list_push(list);

		*w = (struct wish){ p,
				    day,
				    (short)part->at,
				    (short)part->mins,
				    (short)s->place,
				    part->kind != SLOT_FU,
				    part->kind == SLOT_RAP };
		a->left++;
	}
}

static void wish_all(struct ahead *a)
{
	struct demo *d = a->d;

	for (struct date day = d->today; day.n <= d->today.n + PUBLISH_DAYS; day.n++) {
		if (!demo_open_day(d, day))
			continue;
		for (int i = 0; i < d->nstaff; i++) {
			const struct practitioner *p = &d->staff[i];

			if (demo_away(p, day) || p->reg_until.n < day.n)
				continue;
			for (int k = 0; k < p->nsessions; k++)
				if (p->sessions[k].weekday == date_weekday(day))
					wish_session(a, p, &p->sessions[k], day);
		}
	}
}

/* ---- published ---- */

static int publish(struct demo *d, struct err *err)
{
	struct date to = { d->today.n + PUBLISH_DAYS };

	demo_clock(d, (struct date){ d->today.n - LEAD }, 8 * 60);
	if (demo_sit(d, "m.doyle", err) < 0)
		return -1;
	for (int i = 0; i < d->nstaff; i++) {
		const struct practitioner *p = &d->staff[i];

		for (int k = 0; k < p->nleave; k++) {
			struct entries hit = { 0 };
			struct id leave = { 0 };
			int rc = 0;

			if (p->leave[k].to.n >= d->today.n)
				rc = diary_leave(&d->desk, p->id, p->leave[k].from, p->leave[k].to,
						 "annual leave", &hit, &leave, err);
			list_free(&hit);
			if (rc < 0)
				return -1;
		}
		for (int k = 0; k < p->nsessions; k++)
			if (template_publish(&d->desk, p->sessions[k].template, d->today, to, NULL,
					     err) < 0)
				return -1;
	}
	return demo_tick(d, "diaries", 1, 1, err);
}

/* One day's bookings, spread over its hours. */
static int book_day(struct ahead *a, int before, struct err *err)
{
	struct demo *d = a->d;
	struct wishes *list = &a->on[before];
	struct date day = { d->today.n - before };

	if (demo_cast_book(d, before, err) < 0 || demo_referrals(d, day, 8 * 60 + 20, err) < 0)
		return -1;
	for (size_t i = 0; i < list->n; i++) {
		demo_clock(d, day, 8 * 60 + 30 + (int)(i * 480 / list->n));
		if (grant(d, &list->v[i], err) < 0)
			return -1;
	}
	a->left -= list->n;
	return demo_tick(d, "bookings", d->made.ahead, d->made.ahead + (int64_t)a->left, err);
}

int demo_diary(struct demo *d, struct err *err)
{
	struct ahead *a = mem_new(sizeof *a);
	int rc = publish(d, err);

	a->d = d;
	if (rc == 0)
		wish_all(a);
	for (int before = LEAD; rc == 0 && before > 0; before--)
		rc = book_day(a, before, err);
	for (int i = 0; i <= LEAD; i++)
		list_free(&a->on[i]);
	mem_free(a);
	return rc;
}
