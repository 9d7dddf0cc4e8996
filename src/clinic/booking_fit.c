/*
 * booking_fit.c: is there a place in a diary for this, and if not, why not and where next.
 *
 * An appointment takes whole consecutive free slots of one block that together are at least as long
 * as it; the rest of the last is given up.  An overbooked one takes none, but lies in a session.
 * Which kinds of slots will do for whom is search_takes()'s to say.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/booking_acts.h"
#include "clinic/refs.h"
#include "store/people.h"
#include "store/slots.h"

/* No service has an appointment longer than a working day; slots are five minutes at least. */
enum { RUN_MOST = 96, LOOK_AROUND = 64, EXPIRES_SOON = 30 };

static bool is_free(const struct fit *f, const struct slot *s)
{
	if (id_none(s->appt) || (!id_none(f->own) && id_same(s->appt, f->own)))
		return true;
	if (f->with)
		list_each (id, f->with)
			if (id_same(*id, s->appt))
				return true;
	return false;
}

/* Of the appointment that moves it is no second wish. */
static bool is_asked(const struct fit *f, const struct slot *s)
{
	struct id by = slot_asked_by(&f->asked, s->id);

	return !id_none(by) && !id_same(by, f->own);
}

/* Good in itself, whoever may hold it at another desk. */
static bool good(const struct desk *desk, const struct fit *f, const struct slot *s)
{
	return s->state == SLOT_OPEN && is_free(f, s) && !is_asked(f, s) &&
	       id_same(s->service, f->service->id) && search_takes(desk, &f->wish, s);
}

static bool suits(const struct desk *desk, struct fit *f, const struct slot *s)
{
	return good(desk, f, s) && !hold_against(desk, &f->held, s->id);
}

/* The run from `first` on.  *ret_mins is how many minutes are there; `f` gets them if they do. */
static int take(struct desk *desk, struct fit *f, const struct slot *first, int *ret_mins,
		struct err *err)
{
	struct slots run = { 0 };
	struct moment at = first->starts;
	struct slot_rows taken = { 0 };
	const struct desk_hold *against;
	int holder = first->holder;

	if (slots_run(desk->store, first->block, first->starts, RUN_MOST, &run, err) < 0)
		return -1;
	list_each (s, &run) {
		if (at.utc >= first->starts.utc + (int64_t)f->mins * 60)
			break;
		/* Places of a group stand beside each other at one time: the first that is free. */
		if (s->starts.utc != at.utc || s->holder != holder || !good(desk, f, s))
			continue;
		against = hold_against(desk, &f->held, s->id);
		if (against) {
			f->against = against;
			continue;
		}
		((struct slot_row *)list_push(&taken))->id = s->id;
		at.utc += (int64_t)s->mins * 60;
	}
	list_free(&run);
	*ret_mins = (int)((at.utc - first->starts.utc) / 60);
	if (*ret_mins >= f->mins) {
		list_free(&f->slots);
		f->slots = taken;
		f->site = first->site;
	} else {
		list_free(&taken);
	}
	return 0;
}

/* For whom the last time of a day is never theirs. */
static int too_late(struct desk *desk, const struct fit *f, struct moment starts, struct err *err)
{
	return f->wish.not_last ? last_of_day(desk, f->clinician->id, starts, f->mins, err) : 0;
}

/* ---- where next ---- */

/* "  Next free: Thu 12-Mar-2026 10:40." for the end of a refusal; "" when nothing is near. */
static void next_free(struct desk *desk, const struct fit *asked, char *buf, size_t n)
{
	struct fit f = *asked;
	struct moment from = { asked->starts.utc - 3 * 3600 };
	struct slots_walk walk = { .service = f.service->id, .clinician = f.clinician->id };
	struct slots near = { 0 };
	struct moment best = { 0 };
	char when[DAY_TEXT];
	int mins;

	buf[0] = '\0';
	walk.from = from.utc > desk->now.utc ? from : desk->now;
	memset(&f.slots, 0, sizeof f.slots);
	if (slots_free(desk->store, &walk, LOOK_AROUND, &near, NULL) < 0)
		near.n = 0;
	list_each (s, &near) {
		int64_t off = llabs(s->starts.utc - asked->starts.utc);

		if (!moment_none(best) && off >= llabs(best.utc - asked->starts.utc))
			continue;
		if (suits(desk, &f, s) && take(desk, &f, s, &mins, NULL) == 0 && mins >= f.mins &&
		    !too_late(desk, &f, s->starts, NULL))
			best = s->starts;
	}
	list_free(&near);
	list_free(&f.slots);
	if (!moment_none(best))
		snprintf(buf, n, "  Nearest free: %s.", moment_show(best, when));
}

/* ---- why not ---- */

static int no_slot(struct desk *desk, const struct fit *f, const struct slots *day, struct err *err)
{
	char when[DAY_TEXT], next[64];
	const char *who = f->clinician->surname;
	bool away = false, session = false;

	list_each (s, day)
		session |= s->state != SLOT_WITHDRAWN;
	if (away_on(desk->store, f->clinician->id, moment_date(f->starts), &away, err) < 0)
		return -1;
	next_free(desk, f, next, sizeof next);
	if (away)
		return err_input(err, "at", "%s is on leave on %s.%s", who,
				 date_show_day(moment_date(f->starts), when), next);
	if (!session)
		return err_input(err, "at", "%s has no session on %s.%s", who,
				 date_show_day(moment_date(f->starts), when), next);
	return err_input(err, "at", "No slot of %s starts at %s.%s", who,
			 minute_show(moment_minute(f->starts), when), next);
}

static int not_this(struct desk *desk, struct fit *f, const struct slot *s, struct err *err)
{
	char when[DAY_TEXT], until[DAY_TEXT], next[64];
	const char *who = f->clinician->surname;

	if (good(desk, f, s))
		return hold_refuses(hold_against(desk, &f->held, s->id), err);

	minute_show(moment_minute(f->starts), when);
	next_free(desk, f, next, sizeof next);
	if (s->state == SLOT_LEAVE)
		return err_input(err, "at", "%s is on leave at %s.%s", who, when, next);
	if (s->state != SLOT_OPEN)
		return err_input(err, "at", "%s is %s in the diary of %s.%s", when,
				 slot_state_word(s->state), who, next);
	if (!slot_kind_bookable(s->kind))
		return err_input(err, "at", "%s is %s in the diary of %s.%s", when,
				 slot_kind_show(s->kind), who, next);
	if (!id_same(s->service, f->service->id))
		return err_input(err, "at", "%s sees nobody for %s at %s.%s", who,
				 f->service->brief, when, next);
	if (!is_free(f, s))
		return err_set(err, ERR_CLASH, "That slot was just taken.  Enter: next free.%s",
			       next);
	if (is_asked(f, s))
		return slot_asked_refuses(desk, s, next, err);
	if (s->kind == SLOT_NEW)
		return err_input(err, "at", "%s is kept for first attendances.%s", when, next);
	if (f->wish.share.hours && f->wish.kind == APPT_NEW) {
		char share[SHARE_TEXT];

		return err_input(err, "at", "%s is %s.%s", when,
				 share_words(desk, &f->wish.share, s, share), next);
	}
	if (moment_none(s->release_at))
		return err_input(err, "at", "%s is kept for rapid access.%s", when, next);
	return err_input(err, "at", "%s is kept for rapid access until %s.%s", when,
			 moment_show(s->release_at, until), next);
}

static int too_short(struct desk *desk, const struct fit *f, int mins, struct err *err)
{
	char when[DAY_TEXT], next[64];

	if (f->against)
		return hold_refuses(f->against, err);
	next_free(desk, f, next, sizeof next);
	return err_set(err, ERR_CLASH, "%s has %d minutes free at %s and %d are needed.%s",
		       f->clinician->surname, mins, minute_show(moment_minute(f->starts), when),
		       f->mins, next);
}

/* ---- the day ---- */

static int has_passed(const struct desk *desk, const struct fit *f, struct err *err)
{
	char when[DAY_TEXT];
	int64_t last = f->starts.utc + (f->running ? (int64_t)f->mins * 60 : 59);

	if (desk->now.utc <= last)
		return 0;
	return err_input(err, "at", "%s has passed: choose a later time.",
			 moment_show(f->starts, when));
}

/* A holiday proclaimed after the diaries were published still closes the day. */
static int day_open(struct desk *desk, struct id site, struct moment at, struct err *err)
{
	const struct site *s = ref_site(desk, site);
	const char *name = NULL;
	char when[DAY_TEXT];

	if (!s || !calendar_is_holiday(desk->refs->calendar, s->nation, moment_date(at), &name))
		return 0;
	return err_input(err, "at", "%s is %s: %s is closed.  Choose another day.",
			 date_show_day(moment_date(at), when), name, s->name);
}

static int fit_slots(struct desk *desk, struct fit *f, struct err *err)
{
	struct date day = moment_date(f->starts);
	struct slots list = { 0 };
	const struct slot *there = NULL;
	int rc = 0, mins = 0;

	if (slots_of_day(desk->store, f->clinician->id, day, day, &list, err) < 0)
		return -1;
	if (list.n == 0)
		rc = day_open(desk, desk->site.id, f->starts, err);
	/* Of several that start there, one that will do, else one that is at least still open. */
	list_each (s, &list)
		if (s->starts.utc == f->starts.utc &&
		    (!there || (!suits(desk, f, there) && suits(desk, f, s)) ||
		     (there->state == SLOT_WITHDRAWN && s->state != SLOT_WITHDRAWN)))
			there = s;
	if (rc == 0 && there)
		rc = day_open(desk, there->site, f->starts, err);
	if (rc == 0 && !there)
		rc = no_slot(desk, f, &list, err);
	else if (rc == 0 && !suits(desk, f, there))
		rc = not_this(desk, f, there, err);
	else if (rc == 0)
		rc = take(desk, f, there, &mins, err);
	if (rc == 0 && mins < f->mins)
		rc = too_short(desk, f, mins, err);
	list_free(&list);
	return rc;
}

/* The session that an overbooked one lies in: one that runs then, else one of that day. */
static int fit_session(struct desk *desk, struct fit *f, struct err *err)
{
	struct date day = moment_date(f->starts);
	struct blocks list = { 0 };
	const struct block *in = NULL;
	char when[DAY_TEXT];
	bool away;

	if (sessions_of(desk->store, f->clinician->id, day, &list, err) < 0 ||
	    away_on(desk->store, f->clinician->id, day, &away, err) < 0)
		return -1;
	list_each (b, &list)
		if (id_same(b->service, f->service->id) &&
		    (!in || (f->starts.utc >= b->starts.utc && f->starts.utc < b->ends.utc)))
			in = b;
	if (in) {
		f->site = in->site;
		f->room = in->room;
	}
	bool none = !in;

	list_free(&list);
	if (away)
		return err_input(err, "at", "%s is on leave on %s: nothing can be overbooked.",
				 f->clinician->surname, date_show_day(day, when));
	if (none)
		return err_input(
			err, "at", "%s has no session for %s on %s: nothing can be overbooked.",
			f->clinician->surname, f->service->brief, date_show_day(day, when));
	return day_open(desk, f->site, f->starts, err);
}

/* The room of the slots is their block's. */
static int room_of(struct desk *desk, struct fit *f, struct err *err)
{
	struct blocks list = { 0 };

	if (sessions_of(desk->store, f->clinician->id, moment_date(f->starts), &list, err) < 0)
		return -1;
	list_each (b, &list)
		if (f->starts.utc >= b->starts.utc && f->starts.utc < b->ends.utc)
			f->room = b->room;
	list_free(&list);
	return 0;
}

int fit_find(struct desk *desk, struct fit *f, struct err *err)
{
	int rc;

	if (has_passed(desk, f, err) < 0)
		return -1;
	if (too_late(desk, f, f->starts, err) < 0)
		return -1;
	if (f->over)
		return fit_session(desk, f, err);
	memset(&f->held, 0, sizeof f->held);
	memset(&f->asked, 0, sizeof f->asked);
	f->against = NULL;
	rc = holds_now(desk, &f->held, err);
	if (rc == 0)
		rc = slots_asked(desk, &f->asked, err);
	if (rc == 0)
		rc = fit_slots(desk, f, err);
	list_free(&f->held);
	list_free(&f->asked);
	return rc < 0 ? -1 : room_of(desk, f, err);
}

int registered(struct desk *desk, const struct clinician *c, struct date day, struct err *err)
{
	char until[DAY_TEXT];
	const char *body = *c->reg_body ? c->reg_body : "professional";

	if (date_none(c->reg_until))
		return 0;
	date_show(c->reg_until, until);
	if (day.n > c->reg_until.n)
		return err_input(err, "clinician",
				 "The %s registration of %s ends on %s: choose another clinician.",
				 body, c->surname, until);
	if (c->reg_until.n - desk->today.n <= EXPIRES_SOON)
		desk_warn(desk, "The %s registration of %s ends on %s.", body, c->surname, until);
	return 0;
}

int room_free(struct desk *desk, const struct fit *f, struct err *err)
{
	struct moment ends = { f->starts.utc + (int64_t)f->mins * 60 };
	const struct room *room = ref_room(desk, f->room);
	struct id who = { 0 };

	if (!room)
		return 0;
	if (room_used(desk->store, f->room, f->clinician->id, f->starts, ends, &who, err) < 0)
		return -1;
	if (id_none(who))
		return 0;
	const struct clinician *c = ref_clinician(desk, who);

	return err_set(err, ERR_CLASH, "%s is used by %s then: choose another time.", room->name,
		       c ? c->surname : "somebody");
}

int room_for(struct desk *desk, const struct fit *f, struct id asked, bool none, struct id *ret,
	     struct err *err)
{
	struct fit there = *f;
	const struct room *room = ref_room(desk, asked);

	memset(ret, 0, sizeof *ret);
	if (!none)
		*ret = id_none(asked) ? f->room : asked;
	if (none || id_none(asked) || id_same(asked, f->room))
		return 0;
	if (!room || !room->on || !id_same(room->site, f->site))
		return err_input(err, "room",
				 "There is no such room at that site now: room list shows them.");
	there.room = asked;
	return room_free(desk, &there, err);
}

static bool among(const struct ids *ids, struct id id)
{
	list_each (i, ids)
		if (id_same(*i, id))
			return true;
	return false;
}

int person_free(struct desk *desk, const struct client *who, struct moment starts, int mins,
		struct id site, struct id except, struct err *err)
{
	struct ids but = { &except, 1, 0 };

	return person_free_but(desk, who, starts, mins, site, &but, err);
}

int person_free_but(struct desk *desk, const struct client *who, struct moment starts, int mins,
		    struct id site, const struct ids *but, struct err *err)
{
	struct appt_rows day = { 0 };
	char from[DAY_TEXT], name[NAME_TEXT];
	int rc = 0;

	if (appts_of_day(desk->store, who->id, moment_date(starts), (struct id){ 0 }, &day, err) <
	    0)
		return -1;
	list_each (r, &day) {
		if (among(but, r->a.id))
			continue;

		const struct site *there = ref_site(desk, r->a.site);
		const char *what = service_shown(desk, ref_service(desk, r->a.service));
		const struct clinician *c = ref_clinician(desk, r->a.clinician);
		const char *with = c ? c->surname : "somebody";
		const char *at = there ? there->name : "another site";

		minute_show(moment_minute(r->a.starts), from);
		if (rc == 0 && r->a.starts.utc < starts.utc + (int64_t)mins * 60 &&
		    starts.utc < r->a.starts.utc + (int64_t)r->a.mins * 60)
			rc = err_set(err, ERR_CLASH,
				     "%s is booked then: %s %s, %s, %s.  Choose another time.",
				     caps(who->surname, "", name), from, what, with, at);
		else if (!id_same(r->a.site, site))
			desk_warn(desk, "%s is also at %s that day: %s %s, %s.",
				  caps(who->surname, "", name), at, from, what, with);
	}
	list_free(&day);
	return rc;
}
