/*
 * diary.c: a clinician's day: slots and appointments put together, in time order.
 *
 * Two indexed queries make the day, one the week.  An appointment over several slots is one row;
 * one that owns no slot stands at its time; those that will not happen stand at the end.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/asked.h"
#include "clinic/cap.h"
#include "clinic/diary.h"
#include "clinic/flag.h"
#include "clinic/hold.h"
#include "clinic/refs.h"
#include "clinic/running.h"
#include "model/person.h"
#include "store/after.h"
#include "store/diaries.h"
#include "store/slots.h"

void diary_mask(const struct desk *desk, struct entry *e)
{
	const struct service *s = ref_service(desk, e->appt.service);

	if (s && desk_sees(desk, s))
		return;
	e->masked = true;
	e->surname[0] = e->given[0] = e->title[0] = e->appt.over_why[0] = '\0';
	e->born = DATE_NONE;
	e->appt.person = e->appt.episode = e->appt.customer = (struct id){ 0 };
	e->appt.kind = APPT_FU;
	e->appt.mode = MODE_FACE;
	e->appt.call_back[0] = '\0';
	e->appt.outcome = OUTCOME_NONE;
	e->priority = -1;
	e->needs = 0;
	e->interpreter[0] = '\0';
}

char *entry_name(const struct entry *e, char buf[PERSON_TEXT])
{
	if (e->masked)
		snprintf(buf, PERSON_TEXT, "Private");
	else if (*e->surname)
		person_show(e->surname, e->given, e->title, buf);
	else
		*buf = '\0';
	return buf;
}

char *diary_type(const struct diary_row *row, char buf[CODE_TEXT])
{
	const struct entry *e = &row->entry;
	const char *kind = appt_kind_word(e->appt.kind);

	if (id_none(e->appt.id) || e->masked)
		*buf = '\0';
	else if (e->appt.kind == APPT_NEW && e->priority >= 0)
		snprintf(buf, CODE_TEXT, "%s P%d", kind, e->priority);
	else if (e->appt.kind == APPT_NEW)
		snprintf(buf, CODE_TEXT, "%s", kind);
	else if (row->cap > 0)
		snprintf(buf, CODE_TEXT, "%s %d of %d", kind, row->nth, row->cap);
	else
		snprintf(buf, CODE_TEXT, "%s %d", kind, row->nth);
	return buf;
}

/* ---- the rows ---- */

/* Will not happen any more, and holds no time. */
static bool is_gone(enum appt_state s)
{
	return s == APPT_CANCELLED || s == APPT_DECLINED || s == APPT_DISPLACED;
}

static void add_slot(struct desk *desk, struct diary *d, const struct slot *s)
{
	struct diary_row *row;

	/* What was withdrawn is shown only as long as somebody stands in it. */
	if (s->state == SLOT_WITHDRAWN && id_none(s->appt))
		return;
	row = list_push(d);
	row->starts = s->starts;
	row->mins = row->slot_mins = s->mins;
	row->slot = *s;
	row->bookable = slot_kind_bookable(s->kind) && s->state == SLOT_OPEN;
	row->free = row->bookable && id_none(s->appt);
	row->rap_only = row->free && s->kind == SLOT_RAP &&
			(moment_none(s->release_at) || s->release_at.utc > desk->now.utc);
}

/* The row of the first slot that an appointment owns; the other slots it takes are already part of
 * it. */
static struct diary_row *row_of(struct diary *d, struct id appt)
{
	list_each (row, d)
		if (!id_none(row->slot.id) && id_same(row->slot.appt, appt))
			return row;
	return NULL;
}

/* Of one by telephone today: how often they were rung. */
static int called(struct desk *desk, struct diary_row *row, struct err *err)
{
	const struct appt *a = &row->entry.appt;
	struct tries tries = { 0 };

	if (a->mode != MODE_PHONE || a->day.n != desk->today.n || !appt_live(a->state) ||
	    row->entry.masked)
		return 0;
	if (tries_of(desk->store, a->id, (struct id){ 0 }, &tries, err) < 0)
		return -1;
	row->tries = (int)tries.n;
	if (tries.n)
		row->again_at = tries.v[tries.n - 1].next_at;
	list_free(&tries);
	return 0;
}

/* Which of its course it is, of how many, and whether it is the one that looks back. */
static int numbered(struct desk *desk, struct diary_row *row, struct err *err)
{
	struct cap cap;

	if (cap_nth(desk, &row->entry.appt, &row->nth, &cap, err) < 0)
		return -1;
	row->cap = cap.cap;
	row->review = cap.by.review > 0 && cap.by.review == row->nth;
	return 0;
}

static int add_entry(struct desk *desk, struct diary *d, const struct entry *e, struct err *err)
{
	bool gone = is_gone(e->appt.state);
	struct diary_row *row = gone ? NULL : row_of(d, e->appt.id);

	if (!row) {
		row = list_push(d);
		row->over = !gone && !id_none(e->appt.over_by);
		row->gone = gone;
	}
	row->starts = e->appt.starts;
	row->mins = e->appt.mins;
	row->entry = *e;
	diary_mask(desk, &row->entry);
	if (!row->entry.masked && e->appt.kind == APPT_FU && numbered(desk, row, err) < 0)
		return -1;
	d->booked += !gone;
	d->dna += e->appt.state == APPT_DNA;
	if (appt_live(e->appt.state) && !row->entry.masked &&
	    flag_letters(desk, e->appt.person, e->appt.service, row->flags, err) < 0)
		return -1;
	return called(desk, row, err);
}

static int by_time(const void *a, const void *b)
{
	const struct diary_row *x = a, *y = b;

	if (x->gone != y->gone)
		return x->gone ? 1 : -1;
	if (x->starts.utc != y->starts.utc)
		return x->starts.utc < y->starts.utc ? -1 : 1;
	/* Slots first, then what stands beside them. */
	if (id_none(x->slot.id) != id_none(y->slot.id))
		return id_none(x->slot.id) ? 1 : -1;
	if (x->entry.appt.id.n != y->entry.appt.id.n)
		return x->entry.appt.id.n < y->entry.appt.id.n ? -1 : 1;
	return x->slot.id.n < y->slot.id.n ? -1 : x->slot.id.n > y->slot.id.n;
}

static int add_rows(struct desk *desk, struct diary *d, struct err *err)
{
	struct slots slots = { 0 };
	struct entries entries = { 0 };
	struct asked_slots asked = { 0 };
	int rc = -1;

	if (slots_of_day(desk->store, d->clinician, d->day, d->day, &slots, err) < 0 ||
	    entries_of(desk->store, d->clinician, d->day, d->day, &entries, err) < 0 ||
	    slots_asked(desk, &asked, err) < 0)
		goto done;
	list_each (s, &slots) {
		/* What waits for an answer stands where it would be, and its time is not free. */
		if (id_none(s->appt))
			s->appt = slot_asked_by(&asked, s->id);
		struct diary_row *first = id_none(s->appt) ? NULL : row_of(d, s->appt);

		if (first)
			first->slot_mins += s->mins;
		else
			add_slot(desk, d, s);
	}
	list_each (e, &entries)
		if (add_entry(desk, d, e, err) < 0)
			goto done;
	if (d->n)
		qsort(d->v, d->n, sizeof *d->v, by_time);
	list_each (row, d)
		d->free += row->free;
	rc = 0;
done:
	list_free(&slots);
	list_free(&entries);
	list_free(&asked);
	return rc;
}

/* ---- the line of facts and the week ---- */

static const char *holiday_of(struct desk *desk, struct id site, struct date day)
{
	const struct site *s = ref_site(desk, site);
	const char *name = NULL;

	if (!s && !id_none(desk->site.id))
		s = &desk->site;
	if (!s && desk->refs->sites.n)
		s = &desk->refs->sites.v[0];
	return s && calendar_is_holiday(desk->refs->calendar, s->nation, day, &name) ? name : NULL;
}

static int add_facts(struct desk *desk, struct diary *d, struct err *err)
{
	struct date monday = { d->day.n - date_weekday(d->day) };
	struct date sunday = { monday.n + 6 };
	struct day_count counts[7];
	struct leaves leave = { 0 };
	struct blocks blocks = { 0 };
	int rc = -1;

	if (day_counts(desk->store, d->clinician, monday, 7, counts, err) < 0 ||
	    leave_between(desk->store, d->clinician, monday, sunday, &leave, err) < 0 ||
	    blocks_of_clinician(desk->store, d->clinician, d->day, d->day, &blocks, err) < 0)
		goto done;
	if (blocks.n) {
		d->site = blocks.v[0].site;
		d->room = blocks.v[0].room;
		d->starts = blocks.v[0].starts;
	}
	list_each (b, &blocks)
		if (b->ends.utc > d->ends.utc)
			d->ends = b->ends;
	for (int i = 0; i < 7; i++) {
		struct diary_week *w = &d->week[i];

		w->day.n = monday.n + i;
		w->booked = counts[i].booked;
		w->free = counts[i].free;
		w->holiday = holiday_of(desk, d->site, w->day);
		list_each (l, &leave)
			w->leave |= l->from.n <= w->day.n && l->to.n >= w->day.n;
	}
	d->leave = d->week[d->day.n - monday.n].leave;
	d->holiday = d->week[d->day.n - monday.n].holiday;
	rc = 0;
done:
	list_free(&leave);
	list_free(&blocks);
	return rc;
}

/* Which of the free times desks hold for somebody on the telephone. */
static int add_holds(struct desk *desk, struct diary *d, struct err *err)
{
	struct desk_holds holds = { 0 };

	if (holds_now(desk, &holds, err) < 0)
		return -1;
	if (holds.n)
		list_each (r, d) {
			const struct desk_hold *h = r->free ? hold_of(&holds, r->slot.id) : NULL;

			if (!h)
				continue;
			snprintf(r->held_by, sizeof r->held_by, "%s", h->name);
			r->held_until = h->until;
			r->held_mine = id_same(h->user, desk->user.id);
		}
	list_free(&holds);
	return 0;
}

int diary_day(struct desk *desk, struct id clinician, struct date day, struct diary *ret,
	      struct err *err)
{
	struct diary d = { .clinician = clinician, .day = day };
	struct lateness late = { 0 };

	if (add_rows(desk, &d, err) < 0 || add_holds(desk, &d, err) < 0 ||
	    add_facts(desk, &d, err) < 0 ||
	    finish_count(desk->store, clinician, desk->today, &d.to_finish, err) < 0 ||
	    (day.n == desk->today.n && running_of(desk, clinician, &late, err) < 0)) {
		list_free(&d);
		return -1;
	}
	d.late = late.said || late.mins > WAIT_LIMIT ? late.mins : 0;
	*ret = d;
	return 0;
}
