/*
 * demo_rapid.c: courses of physiotherapy at their cap: one asks for more, one has more, one
 * neither; and times that were offered this morning: declined by some, and by one taken in the end.
 *
 * For people of no picture, by the desk of the last site, so that nothing is on anybody's list of
 * steps to undo who signs in to practise.
 */
#include "base/alloc.h"
#include "clinic/booking.h"
#include "clinic/cap.h"
#include "clinic/demo_parts.h"
#include "clinic/offer.h"
#include "clinic/search.h"
#include "store/episodes.h"

enum { MINUTE = 9 * 60 + 41, OFFERED = 3 };

static const char LEAD[] = "r.adeyemi";

static int desk_sits(struct demo *d, struct err *err)
{
	return demo_sit(d, d->places[d->nplaces - 1].desk_name, err);
}

/* The first asks; of the second the lead has agreed; the third is where it is. */
static int beyond(struct demo *d, struct id episode, int nth, struct err *err)
{
	static const char *const why[] = { "flares up with each night shift",
					   "new duties, lifting again" };

	if (nth > 1)
		return 0;
	if (cap_ask(&d->desk, episode, 2, why[nth], err) < 0)
		return -1;
	if (nth == 0)
		return 0;
	if (demo_sit(d, LEAD, err) < 0 ||
	    cap_answer(&d->desk, episode, true, 0, "two more, then the gym", err) < 0)
		return -1;
	return desk_sits(d, err);
}

static struct offer_made made_of(const struct demo *d, const struct place *p, enum offer_end end)
{
	return (struct offer_made){ .site = p->slot.site,
				    .clinician = p->slot.clinician,
				    .starts = p->slot.starts,
				    .at = d->desk.now,
				    .mode = MODE_FACE,
				    .became = end };
}

/* Two times were said and declined; the last of them takes the third. */
static int offered(struct demo *d, struct id person, struct id episode, int nth, struct err *err)
{
	struct search wish = { .service = d->services[PHYSIO], .kind = APPT_FU, .limit = 3 };
	struct id appt;
	struct offers_made said = { 0 };
	struct places places = { 0 };
	struct err why = ERR_INIT;
	int rc = 0;

	if (search_for(&d->desk, person, &wish, err) < 0 ||
	    search_slots(&d->desk, &wish, &places, err) < 0)
		return -1;
	for (size_t i = 0; i < places.n && i < 2; i++)
		*list_push(&said) = made_of(d, &places.v[i], OFFER_DECLINED);
	if (nth + 1 == OFFERED && places.n == 3) {
		struct booking_ask ask = { .person = person,
					   .service = d->services[PHYSIO],
					   .episode = episode,
					   .clinician = places.v[2].slot.clinician,
					   .starts = places.v[2].slot.starts,
					   .said = &said };

		*list_push(&said) = made_of(d, &places.v[2], OFFER_BOOKED);
		/* What the rules refuse is no failure of the practice data. */
		if (booking_book(&d->desk, &ask, &appt, &why) == 0)
			d->made.ahead++;
	} else {
		rc = offers_record(&d->desk, episode, &said, err);
	}
	list_free(&said);
	list_free(&places);
	return rc;
}

int demo_rapid(struct demo *d, struct err *err)
{
	int capped = 0, said = 0;

	demo_clock(d, d->today, MINUTE);
	if (desk_sits(d, err) < 0)
		return -1;
	list_each (c, &d->courses) {
		struct id person = d->people.v[c->person].id;
		struct episode e = { 0 };
		struct cap cap;

		if (c->service != PHYSIO || !moment_none(c->closed) || c->kept ||
		    c->person < d->cast || d->people.v[c->person].status != 'a')
			continue;
		if (capped == 3 && said == OFFERED)
			break;
		if (episode_open(d->store, person, d->services[PHYSIO], &e, err) < 0)
			return -1;
		if (id_none(e.id))
			continue;
		if (cap_of(&d->desk, e.id, &cap, err) < 0)
			return -1;
		if (cap_reached(&cap) && !cap.asked && capped < 3) {
			if (beyond(d, e.id, capped++, err) < 0)
				return -1;
		} else if (cap.used > 0 && cap.left > 0 && said < OFFERED) {
			if (offered(d, person, e.id, said++, err) < 0)
				return -1;
		}
	}
	return 0;
}
