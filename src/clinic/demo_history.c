/*
 * demo_history.c: the years behind: sessions held, courses of care begun, followed up and closed.
 *
 * Day by day, in the order of time: a first attendance opens a course for somebody who has none
 * with that service; a follow-up goes to the course that has waited longest.  What came of each is
 * drawn in about the proportions of such services (one in twenty did not attend, one in twelve was
 * cancelled).  Rows are loaded as they stood in the end, with the history that would have led
 * there.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/demo_parts.h"
#include "store/appts.h"
#include "store/diaries.h"
#include "store/episodes.h"
#include "store/load.h"
#include "store/store.h"

enum {
	CAST_DAYS = 21, /* before the day: first attendances of those who come for another */
	NURSE_DAYS = 35,
	BACKLOG_DAYS = 21, /* follow-ups waiting longer than this: courses are kept short */
	CROWDED = 970,	   /* no diary is fuller than this, in a thousand */
	USUAL_FILL = 850,
};

/* Follow-ups a course is to have after its first attendance: from and how many more by chance. */
static const struct {
	int least, more;
} follow_ups[SERVICES] = {
	[PHYSIO] = { 2, 4 }, [OHN] = { 0, 3 }, [OHP] = { 0, 4 }, [COUNS] = { 2, 4 }
};

struct past {
	struct demo *d;
	struct txn t;
	int node;
	int fill;		    /* so many of a thousand slots are filled */
	int64_t slots_left;	    /* bookable ones still to come, about */
	int numbers[SERVICES][100]; /* the last number of each year */
	struct date day;
	struct line missed[SERVICES]; /* courses whose first attendance is to come again */
};

/* One appointment about to be written. */
struct visit {
	const struct practitioner *p;
	const struct session *s;
	struct slot *slot;
	struct course *c;
	size_t course; /* its place */
	bool first;
};

static struct id new_id(struct past *h)
{
	return store_new_id(h->d->store, h->t.at.utc * 1000);
}

/* ---- who comes ---- */

/* Somebody without a course of this service; those who left came long ago only. */
static bool somebody_new(struct past *h, int service, size_t *ret)
{
	struct demo *d = h->d;
	size_t n = d->people.n - d->cast;

	if (line_pop(&d->anew[service], ret))
		return true;
	for (int tries = 0; tries < 20; tries++) {
		size_t i = d->cast + (size_t)demo_roll(d, (int)n);
		const struct human *p = &d->people.v[i];

		if (p->open >> service & 1 || p->busy.n == h->day.n ||
		    (p->status != 'a' && h->day.n > d->today.n - 90))
			continue;
		*ret = i;
		return true;
	}
	return false;
}

static size_t open_course(struct past *h, size_t person, int service)
{
	struct demo *d = h->d;
	size_t at = d->courses.n;
	struct course *c = list_push(&d->courses);
	const struct service *s = ref_service(&d->desk, d->services[service]);
	int y, m, day, waited = 2 + demo_roll(d, s->target + 3);

	c->id = new_id(h);
	c->person = person;
	c->service = service;
	c->received = (struct date){ h->day.n - waited };
	c->target = calendar_add_working(d->desk.refs->calendar, NATION_E, c->received, s->target);
	c->opened = wall_moment(c->received, 9 * 60 + demo_roll(d, 480));
	date_to_ymd(c->received, &y, &m, &day);
	c->year = y % 100;
	c->number = ++h->numbers[service][c->year];
	c->planned = (unsigned char)(1 + follow_ups[service].least +
				     demo_roll(d, follow_ups[service].more));
	if (person < d->cast)
		c->planned = 1;
	c->kept = person < d->cast && demo_cast[person].follow_up;
	d->people.v[person].open |= (unsigned char)(1u << service);
	return at;
}

/* The course that has waited longest for a follow-up, if any is due. */
static bool due_course(struct past *h, int service, size_t *ret)
{
	struct line *l = &h->d->again[service];
	size_t at;

	for (size_t looked = l->n - l->head; looked-- > 0 && line_pop(l, &at);) {
		const struct course *c = &h->d->courses.v[at];

		if (c->due.n <= h->day.n && h->d->people.v[c->person].busy.n != h->day.n &&
		    !c->kept) {
			*ret = at;
			return true;
		}
		line_push(l, at);
		/* The line is about in order: not due here means little is due behind. */
		if (c->due.n > h->day.n + 3)
			break;
	}
	return false;
}

static void close_course(struct past *h, struct course *c, struct moment at, int why)
{
	c->closed = at;
	c->closed_why = (unsigned char)why;
	h->d->people.v[c->person].open &= (unsigned char)~(1u << c->service);
}

static bool backlog(const struct past *h, int service)
{
	const struct line *l = &h->d->again[service];

	return l->n > l->head && h->d->courses.v[l->v[l->head]].due.n < h->day.n - BACKLOG_DAYS;
}

static void wait_for(struct past *h, size_t course, int days)
{
	struct course *c = &h->d->courses.v[course];

	c->due.n = h->day.n + days;
	line_push(&h->d->again[c->service], course);
}

/* ---- what came of it ---- */

/* Which is its outcome as well; who was cancelled or too late has none. */
static enum outcome what_next(struct past *h, const struct visit *v, enum appt_state state,
			      struct moment at)
{
	struct demo *d = h->d;
	struct course *c = v->c;
	bool missed = state == APPT_DNA;
	enum outcome closed = missed || state == APPT_SEEN ? OUTCOME_DISCHARGE : OUTCOME_NONE;

	if (state == APPT_SEEN) {
		c->seen++;
		if (!c->kept &&
		    (c->seen >= c->planned || (backlog(h, c->service) && demo_in(d, 600)))) {
			close_course(h, c, at,
				     c->service >= OHN && c->service <= OHP ? WHY_REFERRED
									    : WHY_DISCHARGED);
			return closed;
		}
		wait_for(h, v->course, 7 + demo_roll(d, 10));
		return OUTCOME_AGAIN;
	}
	if (demo_in(d, 350)) {
		close_course(h, c, at, missed ? WHY_MISSED : WHY_ENOUGH);
		return closed;
	}
	if (v->first)
		line_push(&h->missed[c->service], v->course);
	else
		wait_for(h, v->course, 3 + demo_roll(d, 7));
	return missed ? OUTCOME_OFFER : OUTCOME_NONE;
}

/* Offers of those years were made by people who wrote nothing down: nobody's name is on them. */
static void outcome_of(struct past *h, const struct visit *v, struct appt *a)
{
	struct moment at = moment_none(a->seen_at) ? a->ended_at : a->seen_at;

	a->outcome = what_next(h, v, a->state, at);
	if (a->outcome == OUTCOME_DISCHARGE || a->outcome == OUTCOME_AGAIN) {
		a->outcome_at = at;
		a->outcome_by = a->state == APPT_SEEN ? v->p->user : h->d->places[v->s->place].desk;
	}
}

/* "Thu 12-Mar-2026 10:00, Marsh, Northgate", as the acts word it. */
static void words_of(const struct past *h, const struct visit *v, const struct appt *a,
		     char buf[160])
{
	const struct site *site = ref_site(&h->d->desk, a->site);
	char when[DAY_TEXT];

	snprintf(buf, 160, "%s, %.60s, %.60s", moment_show(a->starts, when), v->p->surname,
		 site->name);
}

static void trail(struct past *h, const struct visit *v, const struct appt *a, const char *scope)
{
	struct id desk = h->d->places[v->s->place].desk;
	char words[160], what[200];

	words_of(h, v, a, words);
	snprintf(what, sizeof what, "booked for %s", words);
	load_event(&h->t, desk, a->asked_at, scope, "book", a->id, what);
	switch (a->state) {
	case APPT_SEEN:
		load_event(&h->t, desk, a->arrived_at, scope, "arrive", a->id, "arrived");
		load_event(&h->t, v->p->user, a->seen_at, scope, "seen", a->id, "seen");
		break;
	case APPT_CANCELLED:
		snprintf(what, sizeof what, "cancelled %s: %s",
			 a->cancelled_by == CANCEL_PERSON ? "by or for the person"
							  : "by the service",
			 words);
		load_event(&h->t, desk, a->ended_at, scope, "cancel", a->id, what);
		break;
	default:
		load_event(&h->t, desk, a->ended_at, scope, a->state == APPT_DNA ? "dna" : "late",
			   a->id, appt_word(a->state));
	}
}

static void times_of(struct past *h, struct appt *a)
{
	struct demo *d = h->d;
	int64_t at = a->starts.utc, days = 1 + demo_roll(d, 14);

	a->asked_at.utc = at - days * 86400 + demo_roll(d, 240) * 60;
	switch (a->state) {
	case APPT_SEEN:
		a->arrived_at.utc = at - (demo_in(d, 60) ? -60 * (1 + demo_roll(d, 10))
							 : 60 * demo_roll(d, 14));
		a->room_at.utc = (a->arrived_at.utc > at ? a->arrived_at.utc : at) + 60;
		a->seen_at.utc = a->room_at.utc + (int64_t)(a->mins - 2) * 60;
		break;
	case APPT_CANCELLED:
		a->cancelled_by = demo_in(d, 780) ? CANCEL_PERSON : CANCEL_SERVICE;
		a->ended_at.utc = at - (int64_t)(1 + demo_roll(d, 40)) * 3600;
		if (a->ended_at.utc <= a->asked_at.utc)
			a->ended_at.utc = a->asked_at.utc + 1800;
		break;
	default:
		a->ended_at.utc = at + (int64_t)(15 + demo_roll(d, 10)) * 60;
	}
}

static void scope_of(const struct demo *d, const struct human *p, char buf[CODE_TEXT])
{
	snprintf(buf, CODE_TEXT, "org:%.20s",
		 ref_customer(&d->desk, d->customers[p->customer])->code);
}

static struct id write_visit(struct past *h, const struct visit *v, enum appt_state state)
{
	struct demo *d = h->d;
	struct human *who = &d->people.v[v->c->person];
	char scope[CODE_TEXT];
	struct appt a = { .id = new_id(h),
			  .clinician = v->p->id,
			  .site = v->slot->site,
			  .room = v->s->room_id,
			  .service = v->slot->service,
			  .day = h->day,
			  .starts = v->slot->starts,
			  .mins = v->slot->mins,
			  .mode = demo_in(d, 120) ? MODE_PHONE : MODE_FACE,
			  .kind = v->first ? APPT_NEW : APPT_FU,
			  .state = state,
			  .person = who->id,
			  .episode = v->c->id,
			  .customer = d->customers[who->customer] };

	times_of(h, &a);
	appt_code(&a, d->desk.refs->late_mins, a.code);
	outcome_of(h, v, &a);
	scope_of(d, who, scope);
	appt_put(&h->t, &a, scope);
	trail(h, v, &a, scope);
	who->busy = h->day;
	d->made.behind++;
	return a.id;
}

/* ---- slots, sessions, days ---- */

/* Who has this slot; false when nobody is to be found for it. */
static bool visitor(struct past *h, struct visit *v, int service)
{
	struct demo *d = h->d;
	size_t person = 0;

	v->first = v->slot->kind != SLOT_FU;
	if (!v->first) {
		if (!due_course(h, service, &v->course))
			return false;
	} else if (demo_in(d, 500) || !line_pop(&h->missed[service], &v->course)) {
		if (!somebody_new(h, service, &person))
			return false;
		v->course = open_course(h, person, service);
	}
	v->c = &d->courses.v[v->course];
	return true;
}

static enum appt_state outcome(struct past *h, const struct visit *v)
{
	int n = demo_roll(h->d, 1000);

	if (v->c->person < h->d->cast || n >= 60)
		return APPT_SEEN;
	return n < 50 ? APPT_DNA : APPT_LATE;
}

static void fill_slot(struct past *h, struct visit *v)
{
	struct demo *d = h->d;
	int service = v->p->service;

	/* Cancelled by somebody, and most of the time given to another. */
	if (demo_in(d, 80 * h->fill / 1000) && d->anew[service].n == d->anew[service].head &&
	    visitor(h, v, service)) {
		write_visit(h, v, APPT_CANCELLED);
		if (demo_in(d, 300))
			return;
	}
	if (demo_in(d, h->fill) && visitor(h, v, service))
		v->slot->appt = write_visit(h, v, outcome(h, v));
}

static void session_held(struct past *h, const struct practitioner *p, const struct session *s)
{
	struct demo *d = h->d;
	const struct parts *parts = &d->patterns[p->service][s->variant];
	const struct part *last = &parts->v[parts->n - 1];
	struct block b = { .id = new_id(h),
			   .clinician = p->id,
			   .site = d->places[s->place].id,
			   .room = s->room_id,
			   .service = d->services[p->service],
			   .template = s->template,
			   .day = h->day,
			   .starts = wall_moment(h->day, parts->v[0].at),
			   .ends = wall_moment(h->day, last->at + last->mins),
			   .open = true };

	block_put(&h->t, &b);
	list_each (part, parts) {
		struct slot slot = { .id = new_id(h),
				     .block = b.id,
				     .clinician = p->id,
				     .site = b.site,
				     .service = b.service,
				     .kind = part->kind,
				     .day = h->day,
				     .starts = wall_moment(h->day, part->at),
				     .mins = part->mins,
				     .holder = h->node };
		struct visit v = { .p = p, .s = s, .slot = &slot };

		if (part->release_hours >= 0)
			slot.release_at.utc = slot.starts.utc - part->release_hours * 3600;
		snprintf(slot.note, sizeof slot.note, "%s", part->note);
		if (slot_kind_bookable(part->kind)) {
			fill_slot(h, &v);
			h->slots_left--;
		}
		slot_put(&h->t, &slot);
	}
}

static const struct session *works(const struct practitioner *p, struct date day)
{
	for (int k = 0; k < p->nsessions; k++)
		if (p->sessions[k].weekday == date_weekday(day) && !demo_away(p, day))
			return &p->sessions[k];
	return NULL;
}

/* Bookable slots between two days, to know how full they must be. */
static int64_t slots_between(const struct demo *d, struct date from, struct date to)
{
	int64_t n = 0;

	for (struct date day = from; day.n < to.n; day.n++) {
		if (!demo_open_day(d, day))
			continue;
		for (int i = 0; i < d->nstaff; i++) {
			const struct session *s = works(&d->staff[i], day);

			if (!s)
				continue;
			list_each (part, &d->patterns[d->staff[i].service][s->variant])
				n += slot_kind_bookable(part->kind);
		}
	}
	return n;
}

/* What is wanted against what is left, looked at anew each day.  Unless more are asked for, people
 * come about twice a year and diaries keep some room. */
static void aim(struct past *h)
{
	const struct demo_want *want = h->d->want;
	bool asked = want->appointments > 0;
	int64_t total = asked ? want->appointments : (int64_t)want->people * want->years * 21 / 10;
	int most = asked ? CROWDED : USUAL_FILL;

	if (h->slots_left <= 0)
		return;
	/* One in twenty appointments is cancelled and its slot given to another. */
	h->fill = (int)((total - h->d->made.behind) * 1000 / h->slots_left * 1000 / 1055);
	h->fill = h->fill < 0 ? 0 : h->fill > most ? most : h->fill;
}

/* Those of the pictures who come for a follow-up had their first attendance three weeks before; the
 * first of them was at the nurse's, weeks ago. */
static void cast_begins(struct past *h)
{
	struct demo *d = h->d;

	if (h->day.n == d->today.n - NURSE_DAYS)
		line_push(&d->anew[OHN], 0);
	if (h->day.n != d->today.n - CAST_DAYS)
		return;
	for (size_t i = 0; i < d->cast; i++)
		if (demo_cast[i].follow_up)
			line_push(&d->anew[PHYSIO], i);
}

static int days(struct past *h, struct err *err)
{
	struct demo *d = h->d;

	for (h->day = d->first; h->day.n < d->today.n && !txn_failed(&h->t); h->day.n++) {
		cast_begins(h);
		if (!demo_open_day(d, h->day))
			continue;
		h->t.at = wall_moment(h->day, 18 * 60);
		aim(h);
		for (int i = 0; i < d->nstaff; i++) {
			const struct session *s = works(&d->staff[i], h->day);

			if (s)
				session_held(h, &d->staff[i], s);
		}
		if (demo_tick(d, "history", h->day.n - d->first.n, d->today.n - d->first.n, err) <
		    0)
			return -1;
	}
	return 0;
}

/* ---- courses, leave, numbers ---- */

static void write_course(struct past *h, struct course *c)
{
	struct demo *d = h->d;
	const struct human *who = &d->people.v[c->person];
	const struct service *s = ref_service(&d->desk, d->services[c->service]);
	struct episode e = { .id = c->id,
			     .person = who->id,
			     .service = s->id,
			     .customer = d->customers[who->customer],
			     .priority = demo_in(d, 100) ? 2 : 3,
			     .received = c->received,
			     .target = c->target,
			     .opened_at = c->opened };

	/* Nobody stays open who has left, or who was forgotten. */
	if (moment_none(c->closed) && (who->status != 'a' || c->due.n < d->today.n - 42))
		close_course(h, c, wall_moment((struct date){ d->today.n - 1 }, 16 * 60),
			     who->status == 'a' ? WHY_ENOUGH : WHY_LEFT);
	e.closed_at = c->closed;
	snprintf(e.state, sizeof e.state, "%s", moment_none(c->closed) ? "open" : "closed");
	if (!moment_none(c->closed)) {
		snprintf(e.why, sizeof e.why, "%s", demo_reasons[c->closed_why].words);
		e.reason = demo_reasons[c->closed_why].reason;
	}
	snprintf(e.number, sizeof e.number, "%.8s-%02d-%.7s%04d", s->prefix, c->year,
		 d->desk.refs->letter, c->number);
	scope_of(d, who, e.scope);
	episode_put(&h->t, &e);
}

static void the_rest(struct past *h)
{
	struct demo *d = h->d;

	list_each (c, &d->courses)
		write_course(h, c);
	for (int i = 0; i < d->nstaff; i++)
		for (int k = 0; k < d->staff[i].nleave; k++) {
			struct leave l = { .id = new_id(h),
					   .clinician = d->staff[i].id,
					   .from = d->staff[i].leave[k].from,
					   .to = d->staff[i].leave[k].to,
					   .why = "annual leave",
					   .on = true };

			if (l.to.n < d->today.n)
				leave_put(&h->t, &l);
		}
	for (int s = 0; s < SERVICES; s++)
		for (int y = 0; y < 100; y++) {
			char name[CODE_TEXT + 8];

			snprintf(name, sizeof name, "%s-%02d",
				 ref_service(&d->desk, d->services[s])->prefix, y);
			if (h->numbers[s][y] > 0)
				load_counter(&h->t, name, h->numbers[s][y] + 1);
		}
}

int demo_history(struct demo *d, struct err *err)
{
	struct past *h = mem_new(sizeof *h);
	int rc;

	h->d = d;
	h->fill = USUAL_FILL;
	h->slots_left = slots_between(d, d->first, d->today);
	rc = load_begin(d->store, &h->t, err);
	h->node = h->t.origin;
	if (rc == 0) {
		rc = days(h, err);
		if (rc == 0)
			the_rest(h);
		if (rc < 0)
			load_abandon(&h->t);
		else
			rc = load_end(&h->t, err);
	}
	for (int s = 0; s < SERVICES; s++)
		list_free(&h->missed[s]);
	mem_free(h);
	return rc;
}
