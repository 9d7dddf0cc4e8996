/*
 * demo_morning.c: the day itself until 09:42: who arrived, went in, was seen, did not come.
 *
 * Every step is marked by the user who would have done it, at the minute it happened: the clock
 * moves along them.  The first site shows what the manual's pictures of the desk show.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/attempt.h"
#include "clinic/booking.h"
#include "clinic/demo_parts.h"

enum { NOW = 9 * 60 + 42, CAST_BOOKED = 8 /* days before */ };

static int cmp_mark(const void *x, const void *y)
{
	const struct mark *a = x, *b = y;

	if (a->minute != b->minute)
		return a->minute < b->minute ? -1 : 1;
	return a->nth < b->nth ? -1 : a->nth > b->nth;
}

static void mark_at(struct demo *d, struct id appt, const char *user, int minute,
		    enum appt_state to)
{
	struct mark *m = list_push(&d->marks);

	*m = (struct mark){ appt, user, minute, d->marks.n, to, false };
}

static void ring_at(struct demo *d, struct id appt, const char *user, int minute,
		    enum appt_state to)
{
	mark_at(d, appt, user, minute, to);
	d->marks.v[d->marks.n - 1].rang = true;
}

/* Who books and cancels: a private service has a desk of its own. */
static const char *booker(const struct demo *d, const struct practitioner *p, int place)
{
	return p->service == COUNS ? "e.frost" : d->places[place].desk_name;
}

/* What becomes by NOW of somebody booked at `minute`, whom no picture shows. */
void demo_morning_add(struct demo *d, struct id appt, const struct practitioner *p, int place,
		      int minute, int mins, bool phone)
{
	const char *desk = d->places[place].desk_name;
	int came = minute - 2 - demo_roll(d, 12), chance = demo_roll(d, 1000);

	if (minute >= NOW + 20)
		return;
	if (chance < 50) {
		if (minute + 16 < NOW)
			mark_at(d, appt, desk, minute + 16, APPT_DNA);
		return;
	}
	if (chance < 90 && minute < NOW) {
		mark_at(d, appt, booker(d, p, place), minute - 30 > 480 ? minute - 30 : 481,
			APPT_CANCELLED);
		return;
	}
	if (phone && minute < NOW) {
		bool over = minute + mins <= NOW;

		ring_at(d, appt, p->user_name, minute, over ? APPT_IN_ROOM : APPT_BOOKED);
		if (over)
			mark_at(d, appt, p->user_name, minute + mins - 1, APPT_SEEN);
	}
	if (phone || came >= NOW)
		return;
	mark_at(d, appt, desk, came, APPT_ARRIVED);
	if (minute + 1 < NOW)
		mark_at(d, appt, p->user_name, minute + 1, APPT_IN_ROOM);
	if (minute + mins <= NOW)
		mark_at(d, appt, p->user_name, minute + mins - 1, APPT_SEEN);
}

/* ---- the pictures ---- */

static const struct practitioner *by_code(const struct demo *d, const char *code)
{
	for (int i = 0; i < d->nstaff; i++)
		if (strcmp(d->staff[i].code, code) == 0)
			return &d->staff[i];
	return NULL;
}

static void cast_marks(struct demo *d, const struct cast *k, const struct practitioner *p,
		       struct id appt)
{
	const char *desk = d->places[0].desk_name;

	if (k->arrived)
		mark_at(d, appt, desk, k->arrived, APPT_ARRIVED);
	if (k->room)
		mark_at(d, appt, p->user_name, k->room, APPT_IN_ROOM);
	if (!k->ended)
		return;
	if (k->state == 'S')
		mark_at(d, appt, p->user_name, k->ended, APPT_SEEN);
	else if (k->state == 'D')
		mark_at(d, appt, desk, k->ended, APPT_DNA);
	else
		mark_at(d, appt, booker(d, p, 0), k->ended, APPT_CANCELLED);
}

/* The first of them comes again in a fortnight, at the first time that is free. */
static int comes_again(struct demo *d, struct err *err)
{
	static const int times[] = { 640, 660, 680, 560, 580, 530, 510, 860, 880 };
	const struct practitioner *p = by_code(d, demo_cast[0].clinician);
	struct id appt = { 0 };

	for (size_t i = 0; id_none(appt) && i < sizeof times / sizeof *times; i++)
		if (demo_book(d, p, 0, 0, (struct date){ d->today.n + 14 }, times[i], &appt, err) <
		    0)
			return -1;
	return 0;
}

int demo_cast_book(struct demo *d, int days_before, struct err *err)
{
	if (days_before != CAST_BOOKED)
		return 0;
	demo_clock(d, (struct date){ d->today.n - days_before }, 8 * 60 + 20);
	for (int i = 0; i < demo_ncast; i++) {
		const struct cast *k = &demo_cast[i];
		const struct practitioner *p;
		struct id appt;

		if (!k->clinician)
			continue;
		p = by_code(d, k->clinician);
		if (demo_book(d, p, 0, (size_t)i, d->today, k->minute, &appt, err) < 0)
			return -1;
		if (!id_none(appt))
			cast_marks(d, k, p, appt);
	}
	return comes_again(d, err);
}

/* ---- the clock moves along ---- */

/* What came of it; every fourth is left for the clinician to finish. */
static int seen(struct demo *d, const struct mark *m, size_t nth, struct err *err)
{
	static const enum end_reason ends[] = { END_GOALS, END_SELF, END_IMPROVED };
	struct after_ask over = { .outcome = OUTCOME_DISCHARGE, .reason = ends[nth % 3] },
			 again = { .outcome = OUTCOME_REBOOK };
	struct mark_ask ask = { .after = nth % 4 == 1 ? &again : &over };

	if (nth % 4 == 0)
		return booking_mark(&d->desk, m->appt, APPT_SEEN, NULL, err);
	if (booking_mark(&d->desk, m->appt, APPT_SEEN, &ask, err) == 0)
		return 0;
	/* Nobody is discharged who is booked to come. */
	if (err->kind != ERR_CLASH)
		return -1;
	err_clear(err);
	ask.after = &again;
	return booking_mark(&d->desk, m->appt, APPT_SEEN, &ask, err);
}

static int mark(struct demo *d, const struct mark *m, size_t *nth, struct err *err)
{
	struct attempt tried;

	if (m->rang)
		return attempt(&d->desk, m->appt, (struct id){ 0 },
			       m->to == APPT_IN_ROOM ? TRY_SPOKE : TRY_NO_ANSWER, &tried, err);
	if (m->to == APPT_CANCELLED)
		return booking_cancel(&d->desk, m->appt, CANCEL_PERSON, "rang: cannot come today",
				      err);
	if (m->to == APPT_SEEN)
		return seen(d, m, (*nth)++, err);
	return booking_mark(&d->desk, m->appt, m->to, NULL, err);
}

int demo_morning(struct demo *d, struct err *err)
{
	struct err why = ERR_INIT;
	size_t nth = 0;

	if (d->marks.n)
		qsort(d->marks.v, d->marks.n, sizeof *d->marks.v, cmp_mark);
	list_each (m, &d->marks) {
		if (demo_referrals(d, d->today, m->minute, err) < 0 ||
		    demo_tasks(d, m->minute, err) < 0)
			return -1;
		demo_clock(d, d->today, m->minute);
		if (demo_sit(d, m->user, err) < 0)
			return -1;
		if (mark(d, m, &nth, &why) < 0) {
			if (err)
				*err = why;
			return -1;
		}
	}
	if (demo_referrals(d, d->today, NOW, err) < 0 || demo_outbox(d, err) < 0 ||
	    demo_tasks(d, NOW, err) < 0 || demo_waiting(d, err) < 0 || demo_rapid(d, err) < 0)
		return -1;
	return demo_tick(d, "morning", 1, 1, err);
}
