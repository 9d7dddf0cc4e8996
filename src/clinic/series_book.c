/*
 * series_book.c: a course of sessions booked, or those that are left moved: all of it or nothing.
 *
 * Each row is a command as any other booking is, checked anew; together they are one user act, so
 * that a clash in the last takes the first back with it, and one undo takes back all.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/act.h"
#include "clinic/booking.h"
#include "clinic/refs.h"
#include "clinic/series_parts.h"
#include "model/number.h"

static bool booked_row(const struct series_row *r)
{
	return !r->off && !id_none(r->clinician);
}

/* Somebody else part-way through: that is asked about. */
static int why_other(struct desk *desk, const struct series *s, struct err *err)
{
	const struct clinician *was = ref_clinician(desk, s->before);

	if (!was || id_same(s->before, s->ask.clinician) || (s->ask.why && *s->ask.why))
		return 0;
	return err_input(err, "why", "Their sessions so far were with %.40s: why somebody else?",
			 was->surname);
}

/* Whoever is not there in person can be rung back, and is alone: as is said now, or was before. */
static int reachable(const struct series *s, const struct series_row *r, const struct appt *was,
		     struct err *err)
{
	char day[DAY_TEXT];

	if (r->mode == MODE_FACE || (s->ask.call_back && *s->ask.call_back && s->ask.alone) ||
	    (was && *was->call_back && was->alone))
		return 0;
	return err_input(err, "call_back",
			 "%s is by %s: which number to ring back, are they alone?",
			 date_show_day(moment_date(r->starts), day), mode_word(r->mode));
}

/* Which one it was, and that all of it was left. */
static int say_which(const struct series_row *r, struct err *err)
{
	char day[DAY_TEXT], text[sizeof err->text];

	if (!err || (err->kind != ERR_CLASH && err->kind != ERR_INPUT))
		return -1;
	snprintf(text, sizeof text, "%s", err->text);
	date_show_day(moment_date(r->starts), day);
	snprintf(err->text, sizeof err->text, "Nothing is booked.  Session %d, %.10s: %.110s",
		 r->nth, day, text);
	return -1;
}

static int book(struct desk *desk, const struct series *s, const struct series_row *r, bool first,
		struct err *err)
{
	bool remote = r->mode != MODE_FACE;
	struct booking_ask ask = { .person = s->person,
				   .service = s->service,
				   .clinician = r->clinician,
				   .episode = s->ask.episode,
				   .starts = r->starts,
				   .mins = r->mins,
				   .mode = r->mode,
				   .room = r->room,
				   .no_room = remote,
				   .call_back = remote ? s->ask.call_back : NULL,
				   .alone = remote && s->ask.alone,
				   .why = s->ask.why && *s->ask.why ? s->ask.why : NULL,
				   .quiet = !first };
	struct id appt;

	return booking_book(desk, &ask, &appt, err);
}

/* ---- planned anew ---- */

struct moves {
	struct one {
		const struct series_row *row;
		struct appt was;
	} * v;
	size_t n, cap;
};

static int move(struct desk *desk, const struct series *s, const struct one *one,
		const struct ids *with, struct err *err)
{
	const struct series_row *r = one->row;
	bool remote = r->mode != MODE_FACE, said = s->ask.call_back && *s->ask.call_back;
	struct move_ask ask = { .clinician = r->clinician,
				.starts = r->starts,
				.mode = r->mode,
				.call_back = !remote		   ? NULL
					     : said		   ? s->ask.call_back
					     : *one->was.call_back ? one->was.call_back
								   : NULL,
				.alone = remote && (said ? s->ask.alone : one->was.alone),
				.why = s->ask.why && *s->ask.why ? s->ask.why : NULL,
				.room = r->room,
				.no_room = remote,
				.with = with };

	return booking_move(desk, r->appt, &ask, err);
}

/* Where and how it stands already it stays. */
static bool stays(const struct series *s, const struct series_row *r, const struct appt *was)
{
	char number[PHONE_DIGITS];

	if (was->starts.utc != r->starts.utc || !id_same(was->clinician, r->clinician) ||
	    was->mode != r->mode || r->chosen)
		return false;
	return r->mode == MODE_FACE || !s->ask.call_back || !*s->ask.call_back ||
	       !phone_parse(s->ask.call_back, number) || strcmp(number, was->call_back) == 0;
}

static int read_moves(struct desk *desk, const struct series *s, struct moves *ret, struct ids *ids,
		      struct err *err)
{
	list_each (r, &s->rows) {
		struct appt_row now;

		if (!booked_row(r))
			continue;
		if (appt_get(desk->store, r->appt, &now, err) < 0)
			return -1;
		if (reachable(s, r, &now.a, err) < 0)
			return -1;
		if (stays(s, r, &now.a))
			continue;
		*list_push(ret) = (struct one){ r, now.a };
		*list_push(ids) = r->appt;
	}
	return 0;
}

/* Those that go later from the last on, those that come earlier from the first on: so each finds
 * its new time given up already, and the first attendance stays before the others. */
static int move_all(struct desk *desk, const struct series *s, struct moves *m,
		    const struct ids *ids, struct err *err)
{
	for (size_t i = m->n; i-- > 0;)
		if (m->v[i].row->starts.utc > m->v[i].was.starts.utc &&
		    move(desk, s, &m->v[i], ids, err) < 0)
			return say_which(m->v[i].row, err);
	list_each (one, m)
		if (one->row->starts.utc <= one->was.starts.utc && move(desk, s, one, ids, err) < 0)
			return say_which(one->row, err);
	return 0;
}

static int again(struct desk *desk, const struct series *s, struct err *err)
{
	struct moves m = { 0 };
	struct ids ids = { 0 };
	int rc = read_moves(desk, s, &m, &ids, err);

	if (rc == 0 && m.n == 0)
		rc = err_input(err, "", "They all stand so already: nothing would change.");
	if (rc == 0)
		rc = move_all(desk, s, &m, &ids, err);
	list_free(&m);
	list_free(&ids);
	return rc;
}

static int all_new(struct desk *desk, const struct series *s, struct err *err)
{
	bool first = true;

	list_each (r, &s->rows) {
		if (!booked_row(r))
			continue;
		if (reachable(s, r, NULL, err) < 0)
			return -1;
		if (book(desk, s, r, first, err) < 0)
			return say_which(r, err);
		first = false;
	}
	return 0;
}

int series_book(struct desk *desk, const struct series *s, struct err *err)
{
	bool own;
	int rc;

	if (!s->ask.again && s->cap.cap > 0 && s->ask.count == 0)
		return err_input(err, "count", "Cap %d reached: ask the lead for more.",
				 s->cap.cap);
	if (series_sum(s).all == 0)
		return err_input(err, "", "There is nothing to book: choose another day or time.");
	if (why_other(desk, s, err) < 0)
		return -1;
	if (act_join(desk, &own, err) < 0)
		return -1;
	rc = s->ask.again ? again(desk, s, err) : all_new(desk, s, err);
	return act_part(desk, own, rc, err);
}
