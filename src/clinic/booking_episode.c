/*
 * booking_episode.c: which episode a booking belongs to, and what that makes of it.
 *
 * The first attendance of an episode is NEW, those after it follow-ups; what was cancelled, missed
 * or too late is no attendance.  An episode is opened by a booking that finds none; its number
 * carries the letter of this node and is fixed before anything runs.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/booking.h"
#include "clinic/booking_acts.h"
#include "clinic/cap.h"
#include "clinic/refs.h"
#include "store/episodes.h"

int episode_for(struct desk *desk, struct id person, struct id service, struct id asked,
		struct episode *ret, struct err *err)
{
	if (id_none(asked))
		return episode_open(desk->store, person, service, ret, err);
	if (episode_get(desk->store, asked, ret, err) < 0)
		return -1;
	if (!id_same(ret->person, person) || !id_same(ret->service, service))
		return err_input(err, "referral",
				 "%s is of another person or service: leave it out or correct it.",
				 ret->number);
	if (strcmp(ret->state, "open") != 0)
		return err_input(err, "referral", "%s is closed: leave it out to open a new one.",
				 ret->number);
	return 0;
}

static int used(struct desk *desk, struct id episode, struct episode_use *ret, struct err *err)
{
	memset(ret, 0, sizeof *ret);
	return id_none(episode) ? 0
				: episode_used(desk->store, episode, (struct id){ 0 }, ret, err);
}

int kind_at(struct desk *desk, struct id episode, struct moment starts, enum appt_kind *ret,
	    struct err *err)
{
	struct episode_use use;
	enum appt_kind kind;
	char when[DAY_TEXT];

	if (used(desk, episode, &use, err) < 0)
		return -1;
	kind = use.seen > 0 || !moment_none(use.first) ? APPT_FU : APPT_NEW;
	if (kind == APPT_FU && use.seen == 0 && !moment_none(starts) && starts.utc < use.first.utc)
		return err_input(err, "at",
				 "The first appointment is on %s: move that one, or book after it.",
				 moment_show(use.first, when));
	if (kind == APPT_NEW && use.used > 0 && starts.utc > use.next.utc)
		return err_input(
			err, "at",
			"A follow-up is booked for %s: the first appointment comes before it.",
			moment_show(use.next, when));
	*ret = kind;
	return 0;
}

int cap_left(struct desk *desk, struct id episode, struct err *err)
{
	struct cap cap = { 0 };

	if (!id_none(episode) && cap_of(desk, episode, &cap, err) < 0)
		return -1;
	if (!cap_reached(&cap))
		return 0;
	/* Also for the lead: who agreed to more, and why, is on the record before it is booked. */
	return err_input(err, "service",
			 cap.asked ? "The cap of %d is used; more are asked for: the lead answers."
				   : "The cap of %d is used: ask the lead for more.",
			 cap.cap);
}

int episode_number(struct desk *desk, const struct service *s, char **ret, struct err *err)
{
	char name[CODE_TEXT + 8];
	int64_t n;
	int y, m, d;

	date_to_ymd(desk->today, &y, &m, &d);
	snprintf(name, sizeof name, "%s-%02d", s->prefix, y % 100);
	if (store_next_number(desk->store, name, &n, err) < 0)
		return -1;
	*ret = mem_printf("%s-%s%04lld", name, desk->refs->letter, (long long)n);
	return 0;
}

int open_episode(struct desk *desk, struct book *b, const struct service *s, struct err *err)
{
	const struct site *site = ref_site(desk, b->site);
	char *number;

	if (episode_number(desk, s, &number, err) < 0)
		return -1;
	b->episode = desk_new_id(desk);
	b->number = number;
	b->priority = 3;
	b->received = desk->today;
	b->target = s->target && site ? calendar_add_working(desk->refs->calendar, site->nation,
							     b->received, s->target)
				      : DATE_NONE;
	return 0;
}

int booking_episode(struct desk *desk, const char *text, struct id *ret, struct err *err)
{
	struct episode e = { 0 };
	const struct service *s;
	struct id id;

	if (episode_by_number(desk->store, text, &e, err) < 0)
		return -1;
	if (id_none(e.id) && id_parse(text, &id)) {
		struct err none = ERR_INIT;

		if (episode_get(desk->store, id, &e, &none) < 0 && none.kind != ERR_MISSING) {
			if (err)
				*err = none;
			return -1;
		}
	}
	s = ref_service(desk, e.service);
	/* Whoever may not know of a private episode is told what is told of one that is not there.
	 */
	if (id_none(e.id) || !s || !desk_sees(desk, s))
		return err_set(err, ERR_MISSING, "There is no episode %s.", text);
	*ret = e.id;
	return 0;
}

int booking_kind(struct desk *desk, const struct booking_ask *ask, enum appt_kind *ret,
		 struct err *err)
{
	struct episode e = { 0 };

	if (episode_for(desk, ask->person, ask->service, ask->episode, &e, err) < 0)
		return -1;
	return kind_at(desk, e.id, ask->starts, ret, err);
}

/* ---- in a run ---- */

void episode_revive(struct txn *t, struct id episode, struct id appt)
{
	struct err err = ERR_INIT;
	struct episode e;

	if (txn_failed(t))
		return;
	if (episode_get(t->store, episode, &e, &err) < 0) {
		t->err = err.kind == ERR_MISSING ? t->err : err;
		return;
	}
	if (strcmp(e.state, "error") == 0)
		episode_set_state(t, episode, "open", NULL);
	if (strcmp(e.state, "closed") == 0)
		txn_overlap(t, "episode", appt, episode,
			    "booked into a course of care that was closed");
}

void episode_error(struct txn *t, struct id episode, struct id appt)
{
	struct err err = ERR_INIT;
	struct episode_use use = { 0 };

	if (txn_failed(t))
		return;
	if (episode_used(t->store, episode, appt, &use, &err) < 0)
		t->err = err;
	else if (use.all == 0)
		episode_set_state(t, episode, "error", "its only booking was taken back");
}
