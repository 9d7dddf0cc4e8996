/*
 * why.c: why a time cannot be had, in one sentence, and the times nearest to it that can.
 *
 * Rules are asked in the order in which a person would say them: the past, the clinician, the day,
 * the slot, who is in it, how long it is.
 */
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/diary.h"
#include "clinic/refs.h"
#include "clinic/search.h"
#include "store/diaries.h"
#include "store/slots.h"

enum { NEAR_BEFORE = 2, NEAR_AFTER = 3, LOOK_BACK_DAYS = 7 };

/* What is asked, with what was found out about it. */
struct asked {
	struct desk *desk;
	const struct search *search;
	const struct clinician *who;
	const struct service *service;
	struct moment at;
	struct date day;
	int mins;
	struct slots slots; /* of the day */
	struct why *why;
};

__attribute__((format(printf, 2, 3))) static bool say(struct asked *a, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(a->why->text, sizeof a->why->text, fmt, ap);
	va_end(ap);
	return true;
}

/* "10:00 to 10:40" */
static const char *hours(const struct slot *s, char buf[2 * DAY_TEXT])
{
	char from[DAY_TEXT], to[DAY_TEXT];

	snprintf(buf, 2 * DAY_TEXT, "%s to %s", minute_show(moment_minute(s->starts), from),
		 minute_show(moment_minute(slot_ends(s)), to));
	return buf;
}

/* ---- before the day is looked at ---- */

static bool out_of_question(struct asked *a)
{
	char when[DAY_TEXT];

	if (a->at.utc < a->desk->now.utc)
		return say(a, "%s has passed.", moment_show(a->at, when));
	if (!a->who->on)
		return say(a, "%s no longer sees people here.", a->who->surname);
	if (!date_none(a->who->reg_until) && a->who->reg_until.n < a->day.n)
		return say(a, "%s's registration with %s ends on %s.", a->who->surname,
			   *a->who->reg_body ? a->who->reg_body : "the register",
			   date_show(a->who->reg_until, when));
	return false;
}

/* ---- a time without a slot ---- */

/* The site where the clinician would be: of the pattern of that weekday, else the desk's. */
static int site_of(struct asked *a, struct id *ret, struct err *err)
{
	struct templates list = { 0 };

	if (templates_of(a->desk->store, a->who->id, &list, err) < 0)
		return -1;
	*ret = a->desk->site.id;
	list_each (t, &list)
		if (t->on && t->weekday == date_weekday(a->day))
			*ret = t->site;
	list_free(&list);
	return 0;
}

/* A day without a session: a holiday, leave, not published yet, or never. */
static int no_day(struct asked *a, struct err *err)
{
	static const char *const weekdays[] = { "Monday", "Tuesday",  "Wednesday", "Thursday",
						"Friday", "Saturday", "Sunday" };
	struct leaves leave = { 0 };
	struct date last = DATE_NONE, one;
	struct templates list = { 0 };
	const struct site *site;
	const char *holiday;
	struct id id;
	char day[DAY_TEXT], until[DAY_TEXT];
	int rc = -1;

	date_show_day(a->day, day);
	if (site_of(a, &id, err) < 0 ||
	    leave_between(a->desk->store, a->who->id, a->day, a->day, &leave, err) < 0 ||
	    templates_of(a->desk->store, a->who->id, &list, err) < 0)
		goto done;
	site = ref_site(a->desk, id);
	list_each (t, &list) {
		if (t->weekday != date_weekday(a->day) || !t->on)
			continue;
		if (blocks_last(a->desk->store, t->id, &one, err) < 0)
			goto done;
		if (!date_none(one) && (date_none(last) || one.n > last.n))
			last = one;
	}
	if (leave.n)
		say(a, "%s is on leave on %s.", a->who->surname, day);
	else if (site &&
		 calendar_is_holiday(a->desk->refs->calendar, site->nation, a->day, &holiday))
		say(a, "%s is a holiday: %s.", day, holiday);
	else if (!date_none(last) && last.n < a->day.n)
		say(a, "%s's %ss are published to %s only.", a->who->surname,
		    weekdays[date_weekday(a->day)], date_show(last, until));
	else
		say(a, "%s has no session on %s.", a->who->surname, day);
	rc = 0;
done:
	list_free(&leave);
	list_free(&list);
	return rc;
}

/* A day with a session, but no slot at that time. */
static int no_slot(struct asked *a)
{
	const struct slot *first = NULL, *last = NULL;
	char from[DAY_TEXT], to[DAY_TEXT], at[DAY_TEXT];

	list_each (s, &a->slots) {
		if (s->state == SLOT_WITHDRAWN && id_none(s->appt))
			continue;
		if (!first)
			first = s;
		if (!last || slot_ends(s).utc > slot_ends(last).utc)
			last = s;
	}
	assert(first && last); /* judge() has seen a slot that stands */
	minute_show(moment_minute(first->starts), from);
	minute_show(moment_minute(slot_ends(last)), to);
	say(a, "%s's session has no slot at %s: it lasts from %s to %s.", a->who->surname,
	    minute_show(moment_minute(a->at), at), from, to);
	return 0;
}

/* ---- a slot that will not do ---- */

/* Who has it, as far as this user may know. */
static int owner(struct asked *a, const struct slot *s, struct err *err)
{
	struct entries list = { 0 };
	char name[PERSON_TEXT] = "", hrs[2 * DAY_TEXT], born[DAY_TEXT];
	int rc = entries_of(a->desk->store, s->clinician, s->day, s->day, &list, err);

	say(a, "Booked, %s.", hours(s, hrs));
	list_each (e, &list) {
		if (rc < 0 || !id_same(e->appt.id, s->appt))
			continue;
		diary_mask(a->desk, e);
		entry_name(e, name);
		if (e->masked)
			say(a, "Booked: Private, %s.", hrs);
		else if (*name)
			say(a, "Booked: %s, born %s, %s %s.", name, date_show(e->born, born),
			    appt_kind_word(e->appt.kind), hrs);
	}
	list_free(&list);
	return rc;
}

/* Closed, or not of a kind that this attendance takes. */
static bool closed(struct asked *a, const struct slot *s)
{
	char hrs[2 * DAY_TEXT], when[DAY_TEXT], share[SHARE_TEXT];
	const struct service *other = ref_service(a->desk, s->service);

	hours(s, hrs);
	if (s->state == SLOT_BLOCKED)
		return say(a, "Blocked, %s: %s.", hrs, s->note);
	if (s->state == SLOT_LEAVE)
		return say(a, "%s is on leave on %s.", a->who->surname,
			   date_show_day(s->day, when));
	if (s->state != SLOT_OPEN)
		return say(a, "That session was withdrawn.");
	if (!slot_kind_bookable(s->kind))
		return say(a, "%s has %s then, %s%s%s.", a->who->surname, slot_kind_show(s->kind),
			   hrs, *s->note ? ": " : "", s->note);
	if (!id_same(s->service, a->service->id))
		return say(a, "That slot is for %s, not %s.",
			   other && desk_sees(a->desk, other) ? other->name : "another service",
			   a->service->name);
	if (search_takes(a->desk, a->search, s))
		return false;
	if (s->kind == SLOT_NEW)
		return say(a, "Kept for first attendances, %s.", hrs);
	if (a->search->share.hours && a->search->kind == APPT_NEW)
		return say(a, "That is %s.", share_words(a->desk, &a->search->share, s, share));
	if (moment_none(s->release_at))
		return say(a, "Kept for rapid access, %s.", hrs);
	return say(a, "Kept for rapid access until %s.", moment_show(s->release_at, when));
}

/* The slot is good in itself; what is behind it decides. */
static int in_place(struct asked *a, const struct slot *s, struct err *err)
{
	struct search one = *a->search;
	struct places found = { 0 };
	char clock[DAY_TEXT], when[DAY_TEXT];
	int64_t mins = (slot_ends(s).utc - s->starts.utc) / 60;

	if (s->starts.utc != a->at.utc) {
		say(a, "The slot starts at %s: ask for that time.",
		    minute_show(moment_minute(s->starts), clock));
		return 0;
	}
	one.from = a->at;
	one.by = a->day;
	one.limit = 1;
	if (search_slots(a->desk, &one, &found, err) < 0)
		return -1;
	if (found.n && found.v[0].slot.starts.utc == a->at.utc && *found.v[0].held.by &&
	    !found.v[0].held.mine) {
		say(a, "%s holds it at another desk to %s.", found.v[0].held.by,
		    minute_show(moment_minute(found.v[0].held.until), clock));
	} else if (found.n && found.v[0].slot.starts.utc == a->at.utc) {
		a->why->free = true;
		say(a, "Free: %s with %s, %d minutes.", moment_show(a->at, when), a->who->surname,
		    found.v[0].mins);
	} else if (mins < a->mins) {
		list_each (next, &a->slots) {
			if (next->starts.utc == s->starts.utc + mins * 60 && id_none(next->appt) &&
			    next->state == SLOT_OPEN && search_takes(a->desk, &one, next))
				mins += next->mins;
		}
		say(a, "Too short: %lld minutes are free there, %d are needed.", (long long)mins,
		    a->mins);
	} else {
		say(a, "%s does not fit the other wishes: site, days, hours, with whom or needs.",
		    moment_show(a->at, when));
	}
	list_free(&found);
	return 0;
}

static int judge(struct asked *a, struct err *err)
{
	const struct slot *hit = NULL;
	bool any = false;

	if (out_of_question(a))
		return 0;
	if (slots_of_day(a->desk->store, a->who->id, a->day, a->day, &a->slots, err) < 0)
		return -1;
	list_each (s, &a->slots) {
		if (s->state == SLOT_WITHDRAWN && id_none(s->appt))
			continue;
		any = true;
		/* Of several at one time (a group's places) the free one speaks. */
		if (s->starts.utc <= a->at.utc && slot_ends(s).utc > a->at.utc &&
		    (!hit || !id_none(hit->appt)))
			hit = s;
	}
	if (!any)
		return no_day(a, err);
	if (!hit)
		return no_slot(a);
	if (!id_none(hit->appt))
		return owner(a, hit, err);
	return closed(a, hit) ? 0 : in_place(a, hit, err);
}

/* ---- the nearest ---- */

static int nearest(struct asked *a, struct err *err)
{
	struct search s = *a->search;
	struct places before = { 0 }, after = { 0 };
	struct moment back = { a->at.utc - LOOK_BACK_DAYS * 86400 };
	size_t end = 0;
	int rc = -1;

	s.from = back;
	s.by = a->day;
	s.limit = SEARCH_MOST;
	if (a->at.utc > a->desk->now.utc && search_slots(a->desk, &s, &before, err) < 0)
		goto done;
	s.from = (struct moment){ a->at.utc + 1 };
	s.by = DATE_NONE;
	s.limit = NEAR_AFTER;
	if (search_slots(a->desk, &s, &after, err) < 0)
		goto done;
	while (end < before.n && before.v[end].slot.starts.utc < a->at.utc)
		end++;
	for (size_t i = end > NEAR_BEFORE ? end - NEAR_BEFORE : 0; i < end; i++)
		*list_push(&a->why->near) = before.v[i];
	list_each (p, &after)
		*list_push(&a->why->near) = *p;
	rc = 0;
done:
	list_free(&before);
	list_free(&after);
	return rc;
}

int search_why(struct desk *desk, const struct search *search, struct why *ret, struct err *err)
{
	struct why why = { 0 };
	struct asked a = { .desk = desk,
			   .search = search,
			   .who = ref_clinician(desk, search->clinician),
			   .service = ref_service(desk, search->service),
			   .at = search->from,
			   .day = moment_date(search->from),
			   .mins = search->mins,
			   .why = &why };
	int rc;

	if (!a.who)
		return err_input(err, "clinician",
				 "Name the clinician: clinician list shows them.");
	if (!a.service)
		return err_input(err, "service", "Name the service: service list shows them.");
	if (!a.mins)
		a.mins = search->kind == APPT_NEW ? a.service->new_mins : a.service->fu_mins;
	/* The nearest first: it refuses what the user may not ask. */
	rc = nearest(&a, err);
	if (rc == 0)
		rc = judge(&a, err);
	list_free(&a.slots);
	if (rc < 0) {
		list_free(&why.near);
		return -1;
	}
	*ret = why;
	return 0;
}
