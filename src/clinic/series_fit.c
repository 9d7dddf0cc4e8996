/*
 * series_fit.c: one session's place in one week: time, room, and in words what was missed.
 *
 * Whether a time will do is asked of what a booking asks (booking_fit.c), so that what is proposed
 * is what can be booked, as long as nobody is quicker.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/needs.h"
#include "clinic/refs.h"
#include "clinic/series_parts.h"
#include "store/slots.h"

enum { DAYS = 7 };

int seek_begin(struct desk *desk, const struct series *s, struct seek *ret, struct err *err)
{
	struct seek k = { .desk = desk,
			  .s = s,
			  .service = ref_service(desk, s->service),
			  .clinician = ref_clinician(desk, s->ask.clinician),
			  .mode = s->ask.mode,
			  .wish = { .service = s->service } };

	if (!k.clinician || !k.clinician->on)
		return err_input(err, "clinician",
				 "There is no such clinician now: clinician list shows them.");
	if (client_get(desk->store, s->person, desk->today, &k.who, err) < 0 ||
	    search_for(desk, s->person, &k.wish, err) < 0)
		return -1;
	*ret = k;
	return 0;
}

void seek_end(struct seek *k)
{
	list_free(&k->moving);
	list_free(&k->week);
}

void seek_kind(struct seek *k, bool first)
{
	k->wish.kind = first ? APPT_NEW : APPT_FU;
}

int seek_load(struct seek *k, struct date day, struct err *err)
{
	struct date monday = { day.n - date_weekday(day) };

	list_free(&k->week);
	return slots_of_day(k->desk->store, k->clinician->id, monday,
			    (struct date){ monday.n + DAYS - 1 }, &k->week, err);
}

/* ---- a room ---- */

static bool needs_one(const struct seek *k)
{
	return room_fails(k->service, k->who.needs, NULL) != NULL;
}

static bool suits(const struct seek *k, const struct room *r)
{
	return r && r->on && !room_fails(k->service, k->who.needs, r);
}

static int is_free(struct seek *k, const struct fit *f, struct id room, bool *ret, struct err *err)
{
	struct moment ends = { f->starts.utc + (int64_t)f->mins * 60 };
	struct id who = { 0 };

	if (room_used(k->desk->store, room, k->clinician->id, f->starts, ends, &who, err) < 0)
		return -1;
	*ret = id_none(who);
	return 0;
}

/* Their session's own room first, for nobody has to walk. */
static int find_room_for(struct seek *k, const struct fit *f, struct id asked, struct id *ret,
			 struct err *err)
{
	const struct room *own = ref_room(k->desk, f->room);
	bool free = false;

	*ret = (struct id){ 0 };
	if (id_none(asked) && (suits(k, own) || (!own && !needs_one(k)))) {
		if (own && is_free(k, f, own->id, &free, err) < 0)
			return -1;
		if (!own || free) {
			*ret = f->room;
			return 0;
		}
	}
	list_each (r, &k->desk->refs->rooms) {
		if (!id_same(r->site, f->site) || !suits(k, r) ||
		    (!id_none(asked) && !id_same(r->id, asked)))
			continue;
		if (is_free(k, f, r->id, &free, err) < 0)
			return -1;
		if (free) {
			*ret = r->id;
			return 0;
		}
	}
	return 0;
}

/* "quiet" of "quiet covered_glass". */
static void no_room(struct seek *k, char *buf, size_t n)
{
	const char *words = k->service->room;

	if (*words)
		snprintf(buf, n, "no %.*s room free", (int)strcspn(words, " "), words);
	else
		snprintf(buf, n, "no room that suits is free");
}

/* In person without a room: by video or telephone, if they do that. */
static bool otherwise(const struct seek *k, enum mode *ret)
{
	unsigned modes = 0;
	enum mode usual;

	modes_parse(k->service->modes, &modes, &usual);
	if (!(modes & (MODE_VIDEO | MODE_PHONE)))
		return false;
	*ret = modes & MODE_VIDEO ? MODE_VIDEO : MODE_PHONE;
	return true;
}

static int place_in(struct seek *k, const struct spot *want, const struct fit *f,
		    struct series_row *row, bool *ret_fits, struct err *err)
{
	struct id room = { 0 };

	row->mode = want->mode;
	row->no_room = false;
	row->room = (struct id){ 0 };
	*ret_fits = true;
	if (want->mode != MODE_FACE)
		return 0;
	if (find_room_for(k, f, want->room, &room, err) < 0)
		return -1;
	row->room = room;
	if (!id_none(room) || (id_none(f->room) && !needs_one(k) && id_none(want->room)))
		return 0;
	no_room(k, k->why, sizeof k->why);
	row->no_room = !want->keep_mode && id_none(want->room) && otherwise(k, &row->mode);
	*ret_fits = row->no_room;
	return 0;
}

/* ---- a time ---- */

static const struct slot *slot_there(const struct seek *k, struct moment starts)
{
	list_each (s, &k->week)
		if (s->starts.utc == starts.utc)
			return s;
	return NULL;
}

/* A refusal by the rules is an answer; a broken disk is not. */
static bool answer(const struct err *why, struct err *err)
{
	if (why->kind == ERR_INPUT || why->kind == ERR_CLASH)
		return true;
	if (err)
		*err = *why;
	return false;
}

static int minutes(const struct seek *k)
{
	return k->wish.kind == APPT_NEW ? k->service->new_mins : k->service->fu_mins;
}

/* What the rules of booking say of it, without the room. */
static int may_be(struct seek *k, struct fit *f, bool *ret, struct err *err)
{
	struct err why = ERR_INIT;
	char at[DAY_TEXT];

	*ret = false;
	minute_show(moment_minute(f->starts), at);
	if (k->wish.not_last &&
	    last_of_day(k->desk, k->clinician->id, f->starts, f->mins, &why) < 0) {
		snprintf(k->why, sizeof k->why, "%s is the last of the day", at);
		return answer(&why, err) ? 0 : -1;
	}
	if (fit_find(k->desk, f, &why) < 0) {
		snprintf(k->why, sizeof k->why, "%s is %s", at,
			 slot_there(k, f->starts) ? "taken" : "no time of theirs");
		return answer(&why, err) ? 0 : -1;
	}
	if (registered(k->desk, k->clinician, moment_date(f->starts), &why) < 0) {
		snprintf(k->why, sizeof k->why, "not registered by then");
		return answer(&why, err) ? 0 : -1;
	}
	if (person_free_but(k->desk, &k->who, f->starts, f->mins, f->site, &k->moving, &why) < 0) {
		snprintf(k->why, sizeof k->why, "%s: booked elsewhere then", at);
		return answer(&why, err) ? 0 : -1;
	}
	*ret = true;
	return 0;
}

int seek_spot(struct seek *k, const struct spot *want, struct series_row *row, bool *ret_fits,
	      struct err *err)
{
	struct fit f = { .service = k->service,
			 .clinician = k->clinician,
			 .wish = k->wish,
			 .starts = want->starts,
			 .mins = minutes(k),
			 .with = &k->moving };
	int rc = may_be(k, &f, ret_fits, err);

	if (rc == 0 && *ret_fits)
		rc = place_in(k, want, &f, row, ret_fits, err);
	if (rc == 0 && *ret_fits) {
		row->clinician = k->clinician->id;
		row->site = f.site;
		row->starts = want->starts;
		row->mins = f.mins;
		if (row->no_room)
			snprintf(row->note, sizeof row->note, "%s", k->why);
	}
	list_free(&f.slots);
	return rc;
}

/* ---- a week ---- */

/* Could anything be had there at all?  Only then is it worth asking. */
static bool open_slot(const struct seek *k, const struct slot *s)
{
	if (s->state != SLOT_OPEN || !slot_kind_bookable(s->kind) ||
	    s->starts.utc < k->desk->now.utc)
		return false;
	if (id_none(s->appt))
		return true;
	list_each (id, &k->moving)
		if (id_same(*id, s->appt))
			return true;
	return false;
}

/* The time of that day that is nearest to `minute` and will do, the later of two as near. */
static int nearest(struct seek *k, struct date day, struct series_row *row, bool *ret_found,
		   struct err *err)
{
	int wished = k->s->ask.minute, done = -1;
	char first[SERIES_NOTE] = "";

	*ret_found = false;
	for (;;) {
		const struct slot *best = NULL;
		int off = 0;

		list_each (s, &k->week) {
			int d = abs(moment_minute(s->starts) - wished) * 2 -
				(moment_minute(s->starts) > wished);

			if (s->day.n == day.n && open_slot(k, s) && d > done &&
			    (!best || d < off)) {
				best = s;
				off = d;
			}
		}
		if (!best)
			break;
		done = off;

		struct spot want = { .starts = best->starts, .mode = k->mode };

		if (seek_spot(k, &want, row, ret_found, err) < 0)
			return -1;
		if (*ret_found)
			return 0;
		if (!*first)
			memcpy(first, k->why, sizeof first);
	}
	if (*first)
		memcpy(k->why, first, sizeof k->why);
	return 0;
}

static bool is_session(const struct seek *k, const struct slot *s)
{
	return s->state != SLOT_WITHDRAWN && slot_kind_bookable(s->kind) &&
	       id_same(s->service, k->s->service);
}

static bool anything(const struct seek *k, struct date day)
{
	list_each (s, &k->week)
		if (s->day.n == day.n && is_session(k, s))
			return true;
	return false;
}

/* Somebody who does something else is not full. */
static bool any_session(const struct seek *k)
{
	list_each (s, &k->week)
		if (is_session(k, s))
			return true;
	return false;
}

/* "Thu 16-Apr" */
static char *brief(struct date day, char buf[DAY_TEXT])
{
	char whole[DAY_TEXT];

	date_show_day(day, whole);
	snprintf(buf, DAY_TEXT, "%.10s", whole);
	return buf;
}

/* Leave or a bank holiday: what is said of the day, or "". */
static int shut(struct seek *k, struct date day, char *buf, size_t n, struct err *err)
{
	const struct site *site = &k->desk->site;
	const char *name = NULL;
	bool away = false;

	buf[0] = '\0';
	/* Where they would be: where they are that week, for the sites of two nations differ. */
	if (k->week.n)
		site = ref_site(k->desk, k->week.v[0].site);
	if (site && calendar_is_holiday(k->desk->refs->calendar, site->nation, day, &name)) {
		snprintf(buf, n, "%.60s, skipped", name);
		return 0;
	}
	if (away_on(k->desk->store, k->clinician->id, day, &away, err) < 0)
		return -1;
	if (away)
		snprintf(buf, n, "%.50s on leave, skipped", k->clinician->surname);
	return 0;
}

static int other_days(struct seek *k, struct date wished, struct series_row *row, bool *ret_found,
		      struct err *err)
{
	int monday = wished.n - date_weekday(wished);
	char closed[SERIES_NOTE];

	for (int off = 1; off < DAYS; off++)
		for (int side = 1; side >= -1; side -= 2) {
			struct date day = { wished.n + side * off };

			if (day.n < monday || day.n >= monday + DAYS || day.n < k->s->ask.from.n ||
			    !anything(k, day))
				continue;
			if (shut(k, day, closed, sizeof closed, err) < 0)
				return -1;
			if (*closed)
				continue;
			if (nearest(k, day, row, ret_found, err) < 0)
				return -1;
			if (*ret_found)
				return 0;
		}
	return 0;
}

int seek_week(struct seek *k, struct date wished, struct series_row *row, bool *ret_found,
	      struct err *err)
{
	char day[DAY_TEXT], missed[SERIES_NOTE] = "";
	struct moment exact = wall_moment(wished, k->s->ask.minute);
	bool session;

	*ret_found = false;
	row->wished = wished;
	if (seek_load(k, wished, err) < 0 ||
	    shut(k, wished, row->note, sizeof row->note, err) < 0 || *row->note)
		return *row->note ? 0 : -1;
	session = anything(k, wished);
	if (session) {
		const struct slot *there = slot_there(k, exact);
		struct spot want = { .starts = exact, .mode = k->mode };

		if (seek_spot(k, &want, row, ret_found, err) < 0)
			return -1;
		if (*ret_found)
			return 0;
		if (there)
			memcpy(missed, k->why, sizeof missed);
		else
			snprintf(missed, sizeof missed, "no session at %s",
				 minute_show(k->s->ask.minute, day));
		if (nearest(k, wished, row, ret_found, err) < 0)
			return -1;
	}
	if (!*ret_found) {
		snprintf(missed, sizeof missed, session ? "%s is full" : "no session %s",
			 brief(wished, day));
		if (other_days(k, wished, row, ret_found, err) < 0)
			return -1;
	}
	if (!*ret_found)
		snprintf(row->note, sizeof row->note,
			 any_session(k) ? "week of %s is full" : "no session in the week of %s",
			 brief((struct date){ wished.n - date_weekday(wished) }, day));
	else if (row->no_room) {
		size_t n = strlen(missed);

		snprintf(missed + n, sizeof missed - n, ", %.60s", row->note);
		memcpy(row->note, missed, sizeof row->note);
	} else {
		memcpy(row->note, missed, sizeof row->note);
	}
	return 0;
}
