/*
 * series.c: a course of sessions proposed: what is usual, which weeks, and changes to single rows.
 *
 * Proposing reads and holds nothing: between it and the booking anybody may be quicker, and then
 * nothing at all is booked (series_book.c).
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/booking.h"
#include "clinic/flag.h"
#include "clinic/refs.h"
#include "clinic/series_parts.h"
#include "store/courses.h"
#include "store/episodes.h"
#include "store/referrals.h"

enum { WEEK = 7, WEEKS_MOST = 60 };

/* ---- the sessions that there are ---- */

int series_sessions(struct desk *desk, struct id episode, struct sittings *ret, struct err *err)
{
	struct appt_rows all = { 0 };
	struct cap cap;
	int nth = 0;

	if (cap_of(desk, episode, &cap, err) < 0 || course_of(desk->store, episode, &all, err) < 0)
		return -1;
	list_each (r, &all) {
		bool counted = course_counted(&r->a, &cap.by);

		if (counted || appt_live(r->a.state) || r->a.state == APPT_SEEN)
			*list_push(ret) = (struct sitting){ ++nth, r->a, counted };
	}
	list_free(&all);
	return 0;
}

static const struct sitting *last_of(const struct sittings *all)
{
	return all->n ? &all->v[all->n - 1] : NULL;
}

bool series_to_come(const struct desk *desk, const struct appt *a)
{
	return a->starts.utc > desk->now.utc &&
	       (a->state == APPT_BOOKED || a->state == APPT_REQUESTED);
}

/* Session `nth`, or the first after it that can still be moved; NULL: none. */
static const struct sitting *from_nth(const struct desk *desk, const struct sittings *all, int nth)
{
	list_each (s, all)
		if (s->nth >= nth && series_to_come(desk, &s->a))
			return s;
	return NULL;
}

/* ---- what is usual ---- */

static enum mode usual_mode(const struct service *s)
{
	unsigned modes;
	enum mode usual = MODE_FACE;

	modes_parse(s->modes, &modes, &usual);
	return usual;
}

/* From the start of its week, for the nearest day of that will do too. */
static struct date week_of(struct date day)
{
	return (struct date){ day.n - date_weekday(day) };
}

/* As a session was: the next is `weeks` after it. */
static void like(const struct sitting *s, int weeks, struct series_ask *ask)
{
	struct date day = moment_date(s->a.starts);

	ask->clinician = s->a.clinician;
	ask->weekday = date_weekday(day);
	ask->minute = moment_minute(s->a.starts);
	ask->mode = s->a.mode;
	ask->from = week_of((struct date){ day.n + weeks * WEEK });
}

/* Who decided says with whom; else a counsellor's own; else whoever is free first. */
static int by_search(struct desk *desk, const struct episode *e, struct series_ask *ask,
		     struct err *err)
{
	struct search search = { .service = e->service, .limit = 1, .by = DATE_NONE };
	struct decision d = { 0 };
	struct places found = { 0 };
	const struct clinician *own = ref_clinician(desk, desk->user.clinician);
	struct err none = ERR_INIT;
	int rc;

	if (decision_of(desk->store, e->id, &d, &none) < 0 && none.kind != ERR_MISSING) {
		*err = none;
		return -1;
	}
	search.clinician = d.clinician;
	if (id_none(search.clinician) && own && desk->user.role == ROLE_COUNSELLOR)
		search.clinician = own->id;
	search.from = wall_moment((struct date){ desk->today.n + 1 }, 0);
	if (search_for(desk, e->person, &search, err) < 0)
		return -1;
	rc = search_slots(desk, &search, &found, err);
	/* Full, or away: somebody else may be free. */
	if (rc == 0 && found.n == 0 && !id_none(search.clinician)) {
		ask->clinician = search.clinician;
		search.clinician = (struct id){ 0 };
		rc = search_slots(desk, &search, &found, err);
	}
	if (rc == 0 && found.n) {
		const struct slot *s = &found.v[0].slot;

		if (id_none(ask->clinician))
			ask->clinician = s->clinician;
		ask->weekday = date_weekday(s->day);
		ask->minute = moment_minute(s->starts);
		ask->from = week_of(s->day);
	}
	list_free(&found);
	return rc;
}

int series_episode(struct desk *desk, struct id episode, struct episode *ret, struct err *err)
{
	if (episode_get(desk->store, episode, ret, err) < 0 ||
	    booking_own_desk(desk, ret->service, err) < 0)
		return -1;
	if (strcmp(ret->state, "open") != 0)
		return err_input(err, "referral", "%s is closed: a new referral opens it again.",
				 ret->number);
	return 0;
}

int series_of(struct desk *desk, struct id person, struct id service, struct id *ret,
	      struct err *err)
{
	const struct service *s = ref_service(desk, service);
	struct episode e = { 0 };

	*ret = (struct id){ 0 };
	if (!s || !s->private_ || !desk_sees(desk, s))
		return 0;
	if (episode_open(desk->store, person, service, &e, err) < 0)
		return -1;
	*ret = e.id;
	return 0;
}

int series_usual(struct desk *desk, struct id episode, int again, struct series_ask *ret,
		 struct err *err)
{
	struct series_ask ask = { .episode = episode,
				  .every = 1,
				  .minute = 9 * 60,
				  .again = again,
				  .from = { desk->today.n + 1 } };
	struct sittings all = { 0 };
	const struct service *service;
	const struct sitting *s;
	struct episode e;
	int rc;

	if (series_episode(desk, episode, &e, err) < 0 ||
	    series_sessions(desk, episode, &all, err) < 0)
		return -1;
	service = ref_service(desk, e.service);
	ask.mode = service ? usual_mode(service) : MODE_FACE;
	s = again ? from_nth(desk, &all, again) : last_of(&all);
	rc = 0;
	if (s)
		like(s, again ? 0 : 1, &ask);
	else if (again)
		rc = err_input(err, "again", "No session from %d on is still to come.", again);
	else
		rc = by_search(desk, &e, &ask, err);
	if (ask.from.n <= desk->today.n)
		ask.from.n = desk->today.n + 1;
	list_free(&all);
	if (rc == 0)
		*ret = ask;
	return rc;
}

/* ---- proposing ---- */

void series_done(struct series *s)
{
	list_free(&s->rows);
}

static int ask_ok(const struct series_ask *a, struct err *err)
{
	if (a->every < 1 || a->every > SERIES_EVERY_MOST)
		return err_input(err, "every", "Every 1 to %d weeks, not %d.", SERIES_EVERY_MOST,
				 a->every);
	if (a->count < 0 || a->count > SERIES_COUNT_MOST)
		return err_input(err, "count", "A series is 1 to %d sessions, not %d.",
				 SERIES_COUNT_MOST, a->count);
	if (a->weekday < 0 || a->weekday >= WEEK || a->minute < 0 || a->minute >= 24 * 60)
		return err_input(err, "day", "Which day of the week, and at what time?");
	return 0;
}

static int mode_ok(const struct service *s, enum mode mode, struct err *err)
{
	unsigned modes = 0;
	enum mode usual;

	modes_parse(s->modes, &modes, &usual);
	if (modes & mode)
		return 0;
	return err_input(err, "mode", "%s is not offered by %s: choose %s.", mode_word(mode),
			 s->brief, s->modes);
}

/* As many as the cap leaves. */
static int how_many(struct series *s, struct err *err)
{
	const struct cap *c = &s->cap;

	if (c->cap == 0) {
		if (s->ask.count == 0)
			return err_input(err, "count", "There is no cap: say how many.");
		return 0;
	}
	if (s->ask.count == 0)
		s->ask.count = c->left;
	if (s->ask.count <= c->left)
		return 0;
	if (c->left == 0)
		return err_input(err, "count", "Cap %d reached.  E asks the lead.", c->cap);
	return err_input(err, "count", "The cap of %d leaves %d.  E asks the lead for more.",
			 c->cap, c->left);
}

static const struct sitting *sitting_of(const struct sittings *all, struct id appt)
{
	list_each (x, all)
		if (id_same(x->a.id, appt))
			return x;
	return NULL;
}

/* Which ones are planned anew, in order; their slots count as free. */
static int to_move(struct desk *desk, struct series *s, const struct sittings *all, struct seek *k,
		   struct err *err)
{
	list_each (x, all)
		if (x->nth >= s->ask.again && series_to_come(desk, &x->a))
			*list_push(&k->moving) = x->a.id;
	if (k->moving.n == 0)
		return err_input(err, "again", "No session from %d on is still to come.",
				 s->ask.again);
	s->ask.count = (int)k->moving.n;
	return 0;
}

static void number_from(struct series *s, const struct sittings *all)
{
	int nth = all->n ? all->v[all->n - 1].nth : 0;

	if (s->ask.again) {
		nth = 0;
		list_each (x, all) {
			bool moves = false;

			list_each (r, &s->rows)
				moves |= id_same(r->appt, x->a.id);
			if (!moves)
				continue;
			nth = x->nth - 1;
			break;
		}
	}
	list_each (r, &s->rows)
		r->nth = id_none(r->clinician) || r->off ? 0 : ++nth;
}

void series_number(struct series *s)
{
	int nth = 0;

	/* Planned anew they keep theirs: one that is left out stays where it stands. */
	if (s->ask.again)
		return;
	list_each (r, &s->rows)
		if (r->nth && (nth == 0 || r->nth < nth))
			nth = r->nth;
	list_each (r, &s->rows)
		if (r->off || id_none(r->clinician))
			r->nth = 0;
		else
			r->nth = nth++;
}

/* As it stands now; the pattern says how they meet once it differs from the first of them. */
static void row_of(struct seek *k, const struct sittings *all, int n, struct series_row *row)
{
	const struct sitting *x, *from;

	if ((size_t)n >= k->moving.n)
		return;
	x = sitting_of(all, k->moving.v[n]);
	from = sitting_of(all, k->moving.v[0]);
	row->was = x->a.starts;
	row->was_with = x->a.clinician;
	row->was_mode = x->a.mode;
	row->was_rung = *x->a.call_back && x->a.alone;
	k->mode = k->s->ask.mode == from->a.mode ? x->a.mode : k->s->ask.mode;
}

/* The weeks one after the other: one that is skipped is made up for by the next. */
static int weeks(struct series *s, struct seek *k, const struct sittings *all, bool first,
		 struct err *err)
{
	struct date day = s->ask.from;
	int n = 0;

	day.n += (s->ask.weekday - date_weekday(day) + WEEK) % WEEK;
	for (int w = 0; n < s->ask.count && w < WEEKS_MOST && !date_none(s->published) &&
			day.n <= s->published.n;
	     w++) {
		struct series_row row = { 0 };
		bool found;

		seek_kind(k, first && n == 0);
		row_of(k, all, n, &row);
		if (seek_week(k, day, &row, &found, err) < 0)
			return -1;
		if (found && k->moving.n)
			row.appt = k->moving.v[n];
		if (!found)
			row.clinician = (struct id){ 0 };
		*list_push(&s->rows) = row;
		n += found;
		day.n += WEEK * (found ? s->ask.every : 1);
	}
	return 0;
}

static int propose(struct desk *desk, struct series *s, const struct sittings *all, struct err *err)
{
	const struct sitting *last = last_of(all);
	struct seek k = { 0 };
	bool first = all->n == 0;
	int rc;

	if (seek_begin(desk, s, &k, err) < 0)
		return -1;
	rc = published_to(desk->store, s->ask.clinician, &s->published, err);
	if (rc == 0)
		rc = s->ask.again ? to_move(desk, s, all, &k, err) : how_many(s, err);
	/* Planned anew, the first of all is the first again. */
	if (rc == 0 && k.moving.n)
		list_each (x, all)
			first |= id_same(x->a.id, k.moving.v[0]) && x->a.kind == APPT_NEW;
	if (rc == 0)
		rc = weeks(s, &k, all, first, err);
	if (last)
		s->before = last->a.clinician;
	seek_end(&k);
	return rc;
}

int series_propose(struct desk *desk, const struct series_ask *ask, struct series *ret,
		   struct err *err)
{
	struct series s = { .ask = *ask };
	struct sittings all = { 0 };
	char warning[sizeof desk->warning];
	struct episode e;
	int rc = 0;

	if (ask_ok(ask, err) < 0 || series_episode(desk, ask->episode, &e, err) < 0)
		return -1;
	s.person = e.person;
	s.service = e.service;
	if (mode_ok(ref_service(desk, e.service), ask->mode, err) < 0 ||
	    cap_of(desk, e.id, &s.cap, err) < 0 ||
	    flag_not_last(desk, e.person, e.service, &s.not_last, err) < 0 ||
	    series_sessions(desk, e.id, &all, err) < 0)
		return -1;
	if (s.ask.from.n <= desk->today.n)
		s.ask.from.n = desk->today.n + 1;
	/* What booking warns of is said when it is booked. */
	memcpy(warning, desk->warning, sizeof warning);
	rc = propose(desk, &s, &all, err);
	memcpy(desk->warning, warning, sizeof warning);
	number_from(&s, &all);
	list_free(&all);
	if (rc < 0)
		series_done(&s);
	else
		*ret = s;
	return rc;
}

bool series_moves(const struct series_row *r)
{
	return !r->off && !id_none(r->appt) && !id_none(r->clinician) &&
	       (r->was.utc != r->starts.utc || !id_same(r->was_with, r->clinician) ||
		r->was_mode != r->mode || r->chosen);
}

int series_numberless(const struct series *s)
{
	int n = 0;

	if (s->ask.call_back && *s->ask.call_back && s->ask.alone)
		return 0;
	list_each (r, &s->rows)
		n += !r->off && !id_none(r->clinician) && r->mode != MODE_FACE && !r->was_rung;
	return n;
}

struct series_sum series_sum(const struct series *s)
{
	struct series_sum sum = { 0 };

	list_each (r, &s->rows) {
		if (r->off || id_none(r->clinician))
			continue;
		sum.all++;
		sum.moves += series_moves(r);
		sum.remote += r->mode != MODE_FACE;
		sum.moved += moment_date(r->starts).n != r->wished.n;
		sum.same_clinician += id_none(s->before) || id_same(r->clinician, s->before);
		sum.same_time += moment_date(r->starts).n == r->wished.n &&
				 moment_minute(r->starts) == s->ask.minute;
	}
	return sum;
}

/* ---- one row ---- */

/* As the weeks were walked: which is the first, and what gives way. */
static int seek_again(struct desk *desk, struct series *s, size_t row, struct seek *k,
		      struct err *err)
{
	struct sittings all = { 0 };
	bool first = row == 0;

	if (seek_begin(desk, s, k, err) < 0 || series_sessions(desk, s->ask.episode, &all, err) < 0)
		return -1;
	for (size_t i = 0; i < row; i++)
		first |= i == row - 1 && id_none(s->rows.v[i].clinician);
	list_each (r, &s->rows)
		if (!id_none(r->appt))
			*list_push(&k->moving) = r->appt;
	if (!id_none(s->rows.v[row].clinician))
		k->mode = s->rows.v[row].mode;
	seek_kind(k, first && (all.n == 0 || all.v[0].nth == s->rows.v[row].nth));
	list_free(&all);
	return seek_load(k, s->rows.v[row].wished, err);
}

/* Another row of the proposal has that time already. */
static bool in_rows(const struct series *s, size_t but, struct moment starts)
{
	for (size_t i = 0; i < s->rows.n; i++)
		if (i != but && !s->rows.v[i].off && s->rows.v[i].starts.utc == starts.utc)
			return true;
	return false;
}

int series_step(struct desk *desk, struct series *s, size_t row, struct err *err)
{
	struct series_row *r = &s->rows.v[row], found = *r;
	struct seek k = { 0 };
	bool fits = false;
	int rc = seek_again(desk, s, row, &k, err);

	/* Once round the week, from the time that stands there. */
	for (int lap = 0; rc == 0 && lap < 2 && !fits; lap++)
		list_each (slot, &k.week) {
			struct spot want = { .starts = slot->starts, .mode = k.mode };
			bool behind = slot->starts.utc > r->starts.utc;

			if (rc < 0 || fits || behind != (lap == 0) ||
			    slot->starts.utc == r->starts.utc || slot->starts.utc < desk->now.utc ||
			    in_rows(s, row, slot->starts))
				continue;
			found.note[0] = '\0';
			rc = seek_spot(&k, &want, &found, &fits, err);
		}
	seek_end(&k);
	if (rc == 0 && !fits)
		rc = err_input(err, "", "There is no other free time that week.");
	if (rc == 0) {
		if (!*found.note)
			snprintf(found.note, sizeof found.note, "moved");
		*r = found;
		r->off = false;
	}
	return rc;
}

int series_change(struct desk *desk, struct series *s, size_t row, const struct series_change *to,
		  struct err *err)
{
	struct series_row *r = &s->rows.v[row], found = *r;
	struct seek k = { 0 };
	struct spot want = { .starts = moment_none(to->starts) ? r->starts : to->starts,
			     .mode = to->mode ? to->mode : r->mode,
			     .room = to->room,
			     .keep_mode = true };
	bool fits = false;
	int rc;

	if (mode_ok(ref_service(desk, s->service), want.mode, err) < 0)
		return -1;
	found.wished = moment_none(want.starts) ? r->wished : moment_date(want.starts);
	found.note[0] = '\0';
	r->wished = found.wished;
	if (moment_none(want.starts))
		return err_input(err, "time", "At what time?");
	if (in_rows(s, row, want.starts))
		return err_input(err, "time", "Another row has that time already.");
	rc = seek_again(desk, s, row, &k, err);
	if (rc == 0)
		rc = seek_spot(&k, &want, &found, &fits, err);
	if (rc == 0 && !fits)
		rc = err_set(err, ERR_CLASH, "That will not do: %s.", k.why);
	seek_end(&k);
	if (rc == 0) {
		*r = found;
		r->off = false;
		r->chosen |= !id_none(to->room);
	}
	return rc;
}
