/*
 * booking_walkin.c: finding the time and booking it in one change, so that nobody slips between:
 * the earliest place that fits, and whoever came without a booking.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/booking.h"
#include "clinic/booking_acts.h"
#include "clinic/flag.h"
#include "clinic/refs.h"
#include "store/slots.h"

enum { TRIES = 64 };

/* Another time may still do; anything else is the same at every time. */
static bool next_may_do(const struct err *err)
{
	return err->kind == ERR_CLASH ||
	       (err->kind == ERR_INPUT &&
		(strcmp(err->field, "at") == 0 || strcmp(err->field, "clinician") == 0));
}

/* Tries one place inside the open act; a warning about a place not taken is nobody's business. */
static int try_at(struct desk *desk, struct booking_ask *ask, const struct slot *slot,
		  struct id *ret_appt, struct err *err)
{
	struct offer_made made = { .site = slot->site,
				   .clinician = slot->clinician,
				   .starts = slot->starts,
				   .mode = ask->mode,
				   .became = OFFER_BOOKED };
	struct offers_made said = { &made, 1, 1 };
	int rc;

	ask->starts = slot->starts;
	ask->clinician = slot->clinician;
	ask->said = &said;
	desk->warning[0] = '\0';
	rc = booking_book(desk, ask, ret_appt, err);
	ask->said = NULL;
	return rc;
}

static int none_fits(struct desk *desk, const struct booking_ask *ask, const struct err *last,
		     struct err *err)
{
	const struct service *s = ref_service(desk, ask->service);

	if (last->kind != ERR_NONE) {
		if (err)
			*err = *last;
		return -1;
	}
	return err_set(err, ERR_MISSING, "No free time for %s fits: widen the search.",
		       service_shown(desk, s));
}

int booking_earliest(struct desk *desk, const struct booking_ask *ask, const struct search *search,
		     struct id *ret_appt, struct err *err)
{
	struct booking_ask want = *ask;
	struct search wish = *search;
	struct places list = { 0 };
	struct err last = ERR_INIT;
	bool booked = false;
	int rc;

	wish.service = ask->service;
	wish.clinician = ask->clinician;
	wish.mins = ask->mins;
	wish.mode = ask->mode;
	wish.limit = TRIES;
	if (act_begin(desk, err) < 0)
		return -1;
	rc = flag_stops(desk, ask->person, ask->service, err);
	if (rc == 0)
		rc = search_for(desk, ask->person, &wish, err);
	if (rc == 0)
		rc = booking_kind(desk, ask, &wish.kind, err);
	if (rc == 0)
		rc = search_slots(desk, &wish, &list, err);
	for (size_t i = 0; rc == 0 && !booked && i < list.n; i++) {
		/* Passed over unless nothing else fits; then the refusal says whose it is. */
		if (*list.v[i].held.by && !list.v[i].held.mine && i + 1 < list.n)
			continue;
		booked = try_at(desk, &want, &list.v[i].slot, ret_appt, &last) == 0;
		if (!booked && !next_may_do(&last))
			break;
	}
	list_free(&list);
	if (rc == 0 && !booked)
		rc = none_fits(desk, ask, &last, err);
	if (rc < 0) {
		act_abandon(desk);
		return -1;
	}
	return act_end(desk, err);
}

/* ---- walk-ins ---- */

/* A slot that began a while ago is still one to walk into, as long as that is not late. */
static int now_free(struct desk *desk, const struct booking_ask *ask, struct slots *ret,
		    struct err *err)
{
	struct slots_walk walk = {
		.service = ask->service,
		.site = desk->site.id,
		.clinician = ask->clinician,
		.from = { desk->now.utc - (int64_t)desk->refs->late_mins * 60 },
		.until = { desk->now.utc + WALKIN_WITHIN * 60 + 1 },
	};

	return slots_free(desk->store, &walk, TRIES, ret, err);
}

/* Into a session that runs now, beside what is booked there. */
static int squeeze_in(struct desk *desk, struct booking_ask *want, struct id *ret_appt,
		      struct err *err)
{
	struct err last = ERR_INIT;

	want->starts.utc = desk->now.utc - desk->now.utc % 300;
	want->running = true;
	list_each (c, &desk->refs->clinicians) {
		struct blocks sessions = { 0 };
		bool runs = false;

		if (!c->on || (!id_none(want->clinician) && !id_same(want->clinician, c->id)))
			continue;
		if (sessions_of(desk->store, c->id, desk->today, &sessions, err) < 0)
			return -1;
		list_each (s, &sessions)
			runs |= id_same(s->service, want->service) &&
				(id_none(desk->site.id) || id_same(s->site, desk->site.id)) &&
				s->starts.utc <= desk->now.utc && desk->now.utc < s->ends.utc;
		list_free(&sessions);
		if (!runs)
			continue;

		struct booking_ask one = *want;

		one.clinician = c->id;
		desk->warning[0] = '\0';
		if (booking_book(desk, &one, ret_appt, &last) == 0)
			return 0;
		if (!next_may_do(&last))
			break;
	}
	if (last.kind == ERR_NONE)
		return err_set(err, ERR_MISSING, "No session for that runs here now: book a time.");
	if (err)
		*err = last;
	return -1;
}

static int find_now(struct desk *desk, const struct booking_ask *ask, struct id *ret_appt,
		    struct err *err)
{
	struct booking_ask want = *ask;
	struct slots list = { 0 };
	struct err last = ERR_INIT;
	bool booked = false;
	const struct service *s = ref_service(desk, ask->service);

	want.over_why = NULL;
	want.running = true;
	if (now_free(desk, ask, &list, err) < 0)
		return -1;
	for (size_t i = 0; !booked && i < list.n; i++) {
		booked = try_at(desk, &want, &list.v[i], ret_appt, &last) == 0;
		if (!booked && !next_may_do(&last))
			break;
	}
	list_free(&list);
	if (booked)
		return 0;
	if (last.kind != ERR_NONE && !next_may_do(&last)) {
		if (err)
			*err = last;
		return -1;
	}
	if (ask->over_why) {
		want = *ask;
		return squeeze_in(desk, &want, ret_appt, err);
	}
	return err_set(err, ERR_CLASH,
		       "Nobody is free for %s within the hour: book a time, or overbook.",
		       service_shown(desk, s));
}

int booking_walkin(struct desk *desk, const struct booking_ask *ask, struct id *ret_appt,
		   struct err *err)
{
	const struct service *s = ref_service(desk, ask->service);

	/* Not even whether anybody is free is told of a service that is not theirs to book. */
	if (s && !desk_sees(desk, s))
		return err_set(err, ERR_DENIED,
			       "A private service is booked by its own desk: ask there.");
	if (act_begin(desk, err) < 0)
		return -1;
	if (flag_stops(desk, ask->person, ask->service, err) < 0 ||
	    find_now(desk, ask, ret_appt, err) < 0 ||
	    booking_mark(desk, *ret_appt, APPT_ARRIVED, NULL, err) < 0) {
		act_abandon(desk);
		return -1;
	}
	return act_end(desk, err);
}
