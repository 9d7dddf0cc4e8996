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

static int reachable(const struct series *s, struct err *err)
{
	char day[DAY_TEXT];

	list_each (r, &s->rows)
		if (booked_row(r) && id_none(r->appt) && r->mode != MODE_FACE &&
		    (!s->ask.call_back || !*s->ask.call_back || !s->ask.alone))
			return err_input(err, "call_back",
					 "%s is by %s: which number to ring back, are they alone?",
					 date_show_day(moment_date(r->starts), day),
					 mode_word(r->mode));
	return 0;
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

static int move(struct desk *desk, const struct series *s, const struct series_row *r,
		const struct ids *with, struct err *err)
{
	struct move_ask ask = { .clinician = r->clinician,
				.starts = r->starts,
				.why = s->ask.why && *s->ask.why ? s->ask.why : NULL,
				.room = r->room,
				.no_room = r->mode != MODE_FACE,
				.with = with };

	return booking_move(desk, r->appt, &ask, err);
}

/* ---- planned anew ---- */

struct moves {
	struct one {
		const struct series_row *row;
		struct moment was;
		struct id with;
	} * v;
	size_t n, cap;
};

static int read_moves(struct desk *desk, const struct series *s, struct moves *ret, struct ids *ids,
		      struct err *err)
{
	list_each (r, &s->rows) {
		struct appt_row now;

		if (!booked_row(r))
			continue;
		if (appt_get(desk->store, r->appt, &now, err) < 0)
			return -1;
		/* Where it stands already it stays. */
		if (now.a.starts.utc == r->starts.utc && id_same(now.a.clinician, r->clinician))
			continue;
		*list_push(ret) = (struct one){ r, now.a.starts, now.a.clinician };
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
		if (m->v[i].row->starts.utc > m->v[i].was.utc &&
		    move(desk, s, m->v[i].row, ids, err) < 0)
			return say_which(m->v[i].row, err);
	list_each (one, m)
		if (one->row->starts.utc <= one->was.utc && move(desk, s, one->row, ids, err) < 0)
			return say_which(one->row, err);
	return 0;
}

static int again(struct desk *desk, const struct series *s, struct err *err)
{
	struct moves m = { 0 };
	struct ids ids = { 0 };
	int rc = read_moves(desk, s, &m, &ids, err);

	if (rc == 0 && m.n == 0)
		rc = err_input(err, "", "They are all there already: nothing would move.");
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
	if (why_other(desk, s, err) < 0 || reachable(s, err) < 0)
		return -1;
	if (act_join(desk, &own, err) < 0)
		return -1;
	rc = s->ask.again ? again(desk, s, err) : all_new(desk, s, err);
	return act_part(desk, own, rc, err);
}
