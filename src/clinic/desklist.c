/*
 * desklist.c: rows of appointments made fit for who looks at them.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/booking_acts.h"
#include "clinic/cap.h"
#include "clinic/desklist.h"
#include "clinic/exposed.h"
#include "clinic/flag.h"
#include "clinic/referral.h"
#include "clinic/refs.h"
#include "clinic/wait.h"
#include "clinic/running.h"
#include "clinic/message.h"
#include "clinic/outbox.h"
#include "model/person.h"
#include "store/after.h"
#include "store/appts.h"
#include "store/episodes.h"
#include "store/slots.h"

enum { TYPE_COLUMNS = 10 };

void desk_rows_done(struct desk_rows *rows)
{
	list_free(rows);
	list_free(&rows->now);
	memset(rows->count, 0, sizeof rows->count);
}

/* ---- one row ---- */

static int waited(const struct desk *desk, const struct appt *a)
{
	int64_t from = a->arrived_at.utc > a->starts.utc ? a->arrived_at.utc : a->starts.utc;

	if (a->state != APPT_ARRIVED || desk->now.utc < from)
		return 0;
	return (int)((desk->now.utc - from) / 60);
}

static void mask(struct appt_row *r)
{
	r->a.service = r->a.episode = (struct id){ 0 };
	r->a.over_why[0] = r->number[0] = '\0';
	r->a.kind = APPT_FU;
	r->a.mode = MODE_FACE;
	r->a.call_back[0] = '\0';
	r->a.outcome = OUTCOME_NONE;
}

/* Of somebody who is to be rung: how often they were, and when again. */
static int called(struct desk *desk, struct desk_row *d, struct err *err)
{
	struct tries tries = { 0 };

	if (d->row.a.mode != MODE_PHONE || d->row.a.day.n != desk->today.n ||
	    !appt_live(d->row.a.state))
		return 0;
	if (tries_of(desk->store, d->row.a.id, (struct id){ 0 }, &tries, err) < 0)
		return -1;
	d->tries = (int)tries.n;
	if (tries.n) {
		d->tried_at = tries.v[tries.n - 1].at;
		d->again_at = tries.v[tries.n - 1].next_at;
	}
	list_free(&tries);
	return 0;
}

/* A booking that was made already shows what was raised since. */
static int flagged(struct desk *desk, struct desk_row *d, struct err *err)
{
	const struct appt *a = &d->row.a;

	return appt_live(a->state) ? flag_letters(desk, a->person, a->service, d->flags, err) : 0;
}

static int show(struct desk *desk, const struct appt_row *r, struct desk_row *ret, struct err *err)
{
	const struct service *s = ref_service(desk, r->a.service);
	const struct clinician *c = ref_clinician(desk, r->a.clinician);

	ret->row = *r;
	ret->seen = (struct clock){ .due = DATE_NONE };
	ret->masked = !s || !desk_sees(desk, s);
	ret->waited = waited(desk, &r->a);
	person_show(r->surname, r->given, r->title, ret->name);
	snprintf(ret->with, sizeof ret->with, "%s", c ? c->surname : "");
	if (ret->masked) {
		mask(&ret->row);
		snprintf(ret->service, sizeof ret->service, "Private");
		snprintf(ret->type, sizeof ret->type, "Private");
		return 0;
	}
	snprintf(ret->service, sizeof ret->service, "%s", s->brief);
	snprintf(ret->type, sizeof ret->type, "%.27s %s", s->brief,
		 r->a.kind == APPT_NEW ? "new" : "FU");
	if (text_width(ret->type) > TYPE_COLUMNS)
		memcpy(ret->type, ret->service, sizeof ret->type);
	if (r->a.kind == APPT_NEW && (r->a.state == APPT_BOOKED || r->a.state == APPT_REQUESTED))
		ret->seen = seen_clock(desk, r->target);
	return called(desk, ret, err) < 0 ? -1 : flagged(desk, ret, err);
}

int desk_shown(struct desk *desk, const struct appt_rows *rows, struct desk_rows *ret,
	       struct err *err)
{
	list_each (r, rows) {
		if (show(desk, r, list_push(ret), err) < 0)
			return -1;
		ret->count[r->a.state]++;
	}
	return 0;
}

int desk_appts(struct desk *desk, const struct appt_filter *filter, struct desk_rows *ret,
	       struct err *err)
{
	struct appt_rows rows = { 0 };
	int rc;

	if (appts_select(desk->store, filter, &rows, err) < 0)
		return -1;
	rc = desk_shown(desk, &rows, ret, err);
	list_free(&rows);
	return rc;
}

int desk_appt(struct desk *desk, struct id appt, struct desk_row *ret, struct err *err)
{
	struct desk_row row = { 0 };
	struct appt_row r;

	if (appt_get(desk->store, appt, &r, err) < 0)
		return -1;
	if (show(desk, &r, &row, err) < 0)
		return -1;
	*ret = row;
	return 0;
}

/* ---- the day ---- */

static bool still_about(enum appt_state s)
{
	return appt_live(s) || s == APPT_SEEN;
}

/* Two people on one day whom an ear or eye could mix up; the same person twice is no danger. */
static void mark_alike(struct desk_rows *rows)
{
	struct person_sound *sounds = mem_new((rows->n + 1) * sizeof *sounds);

	for (size_t i = 0; i < rows->n; i++) {
		const struct appt_row *r = &rows->v[i].row;
		struct person p = { .born = r->born };

		snprintf(p.surname, sizeof p.surname, "%s", r->surname);
		snprintf(p.given, sizeof p.given, "%s", r->given);
		person_sound(&p, &sounds[i]);
		for (size_t k = 0; k < i; k++)
			if (!id_same(rows->v[k].row.a.person, r->a.person) &&
			    still_about(r->a.state) && still_about(rows->v[k].row.a.state) &&
			    person_sounds_alike(&sounds[i], &sounds[k])) {
				rows->v[i].alike = (int)k + 1;
				if (!rows->v[k].alike)
					rows->v[k].alike = (int)i + 1;
			}
	}
	mem_free(sounds);
}

/* Is the time that was given up still nobody's? */
static int is_free(struct desk *desk, const struct appt *a, bool *ret, struct err *err)
{
	struct slots day = { 0 };

	if (slots_of_day(desk->store, a->clinician, a->day, a->day, &day, err) < 0)
		return -1;
	*ret = false;
	list_each (s, &day)
		if (s->starts.utc == a->starts.utc && s->state == SLOT_OPEN && id_none(s->appt) &&
		    slot_kind_bookable(s->kind))
			*ret = true;
	list_free(&day);
	return 0;
}

/* How many of those who wait it fits; none where that is not for this desk to know. */
static int offered(struct desk *desk, const struct appt *a, int *ret, struct err *err)
{
	const struct service *s = ref_service(desk, a->service);
	struct wait_offers list = { 0 };
	struct id slot;
	int rc;

	*ret = 0;
	if (!s || !desk_sees(desk, s) || wait_hole_of(desk, a->id, &slot, NULL) < 0)
		return 0;
	rc = wait_fitting(desk, slot, &list, ret, err);
	list_free(&list);
	return rc;
}

static int freed(struct desk *desk, const struct desk_row *d, struct desk_rows *ret,
		 struct err *err)
{
	const struct appt *a = &d->row.a;
	char from[DAY_TEXT], at[DAY_TEXT], who[NAME_TEXT];
	struct now_line *line;
	bool open;
	int fit;

	if (a->state != APPT_CANCELLED || a->cancelled_by != CANCEL_PERSON ||
	    a->starts.utc <= desk->now.utc || moment_date(a->ended_at).n != desk->today.n)
		return 0;
	if (is_free(desk, a, &open, err) < 0)
		return -1;
	if (!open)
		return 0;
	if (offered(desk, a, &fit, err) < 0)
		return -1;
	line = list_push(&ret->now);
	line->appt = a->id;
	snprintf(line->text, sizeof line->text, "%s %.24s is free, %.24s cancelled %s",
		 minute_show(moment_minute(a->starts), from), d->with,
		 d->masked ? d->name : caps(d->row.surname, "", who),
		 minute_show(moment_minute(a->ended_at), at));
	if (fit)
		snprintf(line->text + strlen(line->text), 40, ": w offers it to %d waiting", fit);
	return 0;
}

static void waiting(const struct desk_row *d, struct desk_rows *ret)
{
	char from[DAY_TEXT], who[NAME_TEXT];
	struct now_line *line;

	if (d->waited <= WAIT_LIMIT || d->told)
		return;
	line = list_push(&ret->now);
	line->appt = d->row.a.id;
	snprintf(line->text, sizeof line->text,
		 "%s %.40s has waited %d min past their time (limit %d): tell them",
		 minute_show(moment_minute(d->row.a.starts), from), caps(d->row.surname, "", who),
		 d->waited, WAIT_LIMIT);
}

/* Nobody answered, and it is time to ring again. */
static void ring(const struct desk *desk, const struct desk_row *d, struct desk_rows *ret)
{
	char at[DAY_TEXT], who[NAME_TEXT];
	struct now_line *line;

	if (moment_none(d->again_at) || d->again_at.utc > desk->now.utc ||
	    d->row.a.state == APPT_IN_ROOM)
		return;
	line = list_push(&ret->now);
	line->appt = d->row.a.id;
	snprintf(line->text, sizeof line->text, "%s ring %.40s again (try %d of %d)",
		 minute_show(moment_minute(d->again_at), at), caps(d->row.surname, "", who),
		 d->tries + 1, desk->refs->tries);
}

/* After an exposure to blood the hour runs: on their row, else in a line of their own. */
static int exposures(struct desk *desk, struct desk_rows *rows, struct err *err)
{
	struct exposeds list = { 0 };
	int rc = exposed_now(desk, &list, err);
	char at[DAY_TEXT], end[DAY_TEXT], who[NAME_TEXT];

	list_each (e, &list) {
		struct now_line *line;
		bool here = false, ended = false;

		list_each (d, rows) {
			if (!id_same(d->row.a.person, e->person) || d->masked)
				continue;
			here |= appt_live(d->row.a.state);
			ended |= d->row.a.state == APPT_SEEN &&
				 id_same(d->row.a.service, e->service);
			if (appt_live(d->row.a.state))
				d->injured = e->injured;
		}
		if (here || ended || !exposed_left(e->injured, desk->now) ||
		    (!id_none(desk->site.id) && !id_same(desk->site.id, e->site)))
			continue;
		line = list_push(&rows->now);
		line->person = e->person;
		minute_show(moment_minute(e->injured), at);
		minute_show(moment_minute((struct moment){ e->injured.utc + EXPOSED_HOUR * 60 }),
			    end);
		snprintf(line->text, sizeof line->text,
			 "%.8s %.30s was exposed to blood: the hour ends at %.8s", at,
			 caps(e->surname, "", who), end);
	}
	list_free(&list);
	return rc;
}

/* A clinician is away today and people are booked all the same: once for each. */
static int away_today(struct desk *desk, struct desk_rows *rows, struct err *err)
{
	for (size_t i = 0; i < rows->n; i++) {
		struct id who = rows->v[i].row.a.clinician;
		const struct clinician *c = ref_clinician(desk, who);
		struct now_line *line;
		int booked = 0;
		bool away = false, before = false;

		for (size_t k = 0; k < i && !before; k++)
			before = id_same(rows->v[k].row.a.clinician, who);
		for (size_t k = i; !before && k < rows->n; k++)
			booked += id_same(rows->v[k].row.a.clinician, who) &&
				  (rows->v[k].row.a.state == APPT_BOOKED ||
				   rows->v[k].row.a.state == APPT_REQUESTED);
		if (booked && away_on(desk->store, who, desk->today, &away, err) < 0)
			return -1;
		if (!away)
			continue;
		line = list_push(&rows->now);
		line->away = who;
		snprintf(line->text, sizeof line->text,
			 "%.40s is away, %d booked: Enter finds them a time",
			 c ? c->surname : "Somebody", booked);
	}
	return 0;
}

/* What was promised to somebody and did not go, or should be in somebody's hand. */
static int not_sent(struct desk *desk, struct desk_rows *ret, struct err *err)
{
	struct outbox_trouble t;
	struct now_line *line;

	if (outbox_trouble(desk, &t, err) < 0)
		return -1;
	if (t.messages + t.prints == 0)
		return 0;
	line = list_push(&ret->now);
	line->outbox = true;
	if (t.prints == 0)
		snprintf(line->text, sizeof line->text, "%d not sent: Enter opens the outbox",
			 t.messages);
	else if (t.messages == 0)
		snprintf(line->text, sizeof line->text, "%d not printed: Enter opens the outbox",
			 t.prints);
	else
		snprintf(line->text, sizeof line->text,
			 "%d not sent, %d not printed: Enter opens the outbox", t.messages,
			 t.prints);
	return 0;
}

/* What to do now, from every row of the day, also from those that a filter hides. */
static int to_do(struct desk *desk, struct desk_rows *rows, struct err *err)
{
	if (exposures(desk, rows, err) < 0 || away_today(desk, rows, err) < 0 ||
	    running_now(desk, rows, err) < 0)
		return -1;
	list_each (d, rows)
		waiting(d, rows);
	list_each (d, rows)
		ring(desk, d, rows);
	/* Somebody who was told nothing comes before a time that is free. */
	if (not_sent(desk, rows, err) < 0)
		return -1;
	for (size_t i = 0; i < rows->n; i++)
		if (freed(desk, &rows->v[i], rows, err) < 0)
			return -1;
	return 0;
}

static void narrow(struct desk_rows *rows, const struct desk_filter *f)
{
	size_t kept = 0;

	for (size_t i = 0; i < rows->n; i++) {
		const struct appt *a = &rows->v[i].row.a;

		if ((!f->states || f->states & 1u << a->state) &&
		    (id_none(f->clinician) || id_same(f->clinician, a->clinician))) {
			if (kept != i)
				rows->v[kept] = rows->v[i];
			kept++;
		}
	}
	rows->n = kept;
}

int desklist(struct desk *desk, struct id site, struct date day, const struct desk_filter *filter,
	     struct desk_rows *ret, struct err *err)
{
	struct appt_filter all = { .site = site, .from = day, .to = day, .today = desk->today };
	struct desk_rows rows = { 0 };

	if (desk_appts(desk, &all, &rows, err) < 0)
		return -1;
	if (day.n == desk->today.n && to_do(desk, &rows, err) < 0) {
		desk_rows_done(&rows);
		return -1;
	}
	if (filter)
		narrow(&rows, filter);
	mark_alike(&rows);
	*ret = rows;
	return 0;
}

/* ---- a person ---- */

static int episode_row(struct desk *desk, const struct episode *e, const struct service *s,
		       struct episode_row *ret, struct err *err)
{
	enum nation nation = desk->site.nation;
	struct episode_use use;
	struct cap cap;

	if (episode_used(desk->store, e->id, (struct id){ 0 }, &use, err) < 0 ||
	    cap_of(desk, e->id, &cap, err) < 0)
		return -1;
	ret->e = *e;
	snprintf(ret->service, sizeof ret->service, "%s", s->name);
	ret->used = cap.used + cap.booked;
	ret->cap = cap.cap;
	ret->review = cap_review(&cap);
	ret->first = use.first;
	if (!date_none(e->target)) {
		ret->day = calendar_working_between(desk->refs->calendar, nation, e->received,
						    desk->today);
		ret->days = calendar_working_between(desk->refs->calendar, nation, e->received,
						     e->target);
	}
	return 0;
}

int desk_episodes(struct desk *desk, struct id person, struct episode_rows *ret, struct err *err)
{
	struct episodes list = { 0 };
	int rc = 0;

	if (episodes_of(desk->store, person, &list, err) < 0)
		return -1;
	list_each (e, &list) {
		const struct service *s = ref_service(desk, e->service);

		if (rc == 0 && s && desk_sees(desk, s))
			rc = episode_row(desk, e, s, list_push(ret), err);
	}
	list_free(&list);
	return rc;
}

int desk_history(struct desk *desk, struct id appt, struct trail *ret, struct err *err)
{
	struct desk_row d;

	if (desk_appt(desk, appt, &d, err) < 0 || trail_of(desk, appt, ret, err) < 0 ||
	    messages_trail(desk, appt, ret, err) < 0)
		return -1;
	/* What was done is worded for everybody; a reason is typed by hand, and what came of it is
	 * nobody else's business. */
	if (d.masked)
		list_each (s, ret) {
			s->why[0] = '\0';
			if (strstr(s->what, OUTCOME_TOLD))
				snprintf(s->what, sizeof s->what, "outcome recorded");
		}
	return 0;
}
