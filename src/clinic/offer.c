/*
 * offer.c: the act `offered`, and offers as other commands carry them.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/booking_acts.h"
#include "clinic/offer_acts.h"
#include "clinic/refs.h"
#include "store/episodes.h"
#include "store/journal.h"
#include "store/offers.h"
#include "store/slots.h"

static const struct field new_offer_f[] = {
	FIELD_NEEDED(id, struct new_offer, "id", F_ID),
	FIELD_NEEDED(site, struct new_offer, "site", F_ID),
	FIELD_NEEDED(clinician, struct new_offer, "clinician", F_ID),
	FIELD_NEEDED(starts, struct new_offer, "starts", F_MOMENT),
	FIELD_NEEDED(at, struct new_offer, "at", F_MOMENT),
	FIELD_NEEDED(mode, struct new_offer, "mode", F_TEXT),
	FIELD_NEEDED(became, struct new_offer, "became", F_TEXT),
};
const struct fields new_offer_fields = FIELDS(new_offer_f, struct new_offer);

void offers_carry(struct desk *desk, const struct offers_made *said, const char *mode,
		  struct new_offers *ret)
{
	for (size_t i = 0; said && i < said->n; i++) {
		const struct offer_made *o = &said->v[i];

		*list_push(ret) =
			(struct new_offer){ .id = desk_new_id(desk),
					    .site = o->site,
					    .clinician = o->clinician,
					    .starts = o->starts,
					    .at = moment_none(o->at) ? desk->now : o->at,
					    .mode = mem_str(o->mode ? mode_word(o->mode) : mode),
					    .became = mem_str(offer_end_code(o->became)) };
	}
}

void offers_put(struct txn *t, const struct new_offers *offers, const char *scope,
		struct id episode, struct id appt)
{
	list_each (n, offers) {
		struct offer_made o = { .id = n->id,
					.site = n->site,
					.clinician = n->clinician,
					.starts = n->starts,
					.at = n->at,
					.mode = MODE_FACE,
					.became = OFFER_LEFT };

		mode_parse(n->mode, &o.mode);
		offer_end_parse(n->became, &o.became);
		if (o.became == OFFER_BOOKED)
			o.appt = appt;
		offer_put(t, scope, episode, &o);
	}
}

/* ---- a list that was left ---- */

struct offered {
	struct id episode;
	const char *scope;
	struct new_offers offers;
	/* asked, and not carried */
	const struct offers_made *said;
};
static const struct field offered_f[] = {
	FIELD_NEEDED(episode, struct offered, "episode", F_ID),
	FIELD_NEEDED(scope, struct offered, "scope", F_TEXT),
	FIELD_ROWS_NEEDED(offers, struct offered, "offers", &new_offer_fields),
};

static int check(struct desk *desk, void *args, struct err *err)
{
	struct offered *a = args;
	struct episode e;

	if (episode_get(desk->store, a->episode, &e, err) < 0 ||
	    booking_own_desk(desk, e.service, err) < 0)
		return -1;
	if (strcmp(e.state, "open") != 0)
		return err_set(err, ERR_CLASH, "%s is closed: nothing is offered for it.",
			       e.number);
	a->scope = mem_str(e.scope);
	offers_carry(desk, a->said, mode_word(MODE_FACE), &a->offers);
	return 0;
}

static int run(struct txn *t, const void *args)
{
	const struct offered *a = args;

	offers_put(t, &a->offers, a->scope, a->episode, (struct id){ 0 });
	txn_tell(t, "episode", a->episode, "%zu time%s offered, none booked", a->offers.n,
		 a->offers.n == 1 ? "" : "s");
	txn_scope(t, a->scope);
	return VERDICT_OK;
}

const struct act act_offered = {
	.name = "offered",
	.ver = 1,
	.roles = ROLE_DESK | ROLE_ADMINISTRATOR,
	.fields = FIELDS(offered_f, struct offered),
	.check = check,
	.run = run,
};

/* ---- for callers ---- */

int offers_record(struct desk *desk, struct id episode, const struct offers_made *said,
		  struct err *err)
{
	struct offered *a;
	int rc;

	if (id_none(episode) || said->n == 0)
		return 0;
	a = mem_new(sizeof *a);
	a->episode = episode;
	a->said = said;
	rc = act_do(desk, &act_offered, a, err);
	args_free(&act_offered.fields, a);
	return rc;
}

int offers_about(struct desk *desk, struct id episode, struct offers_made *ret, struct err *err)
{
	const struct service *s;
	struct episode e;

	if (episode_get(desk->store, episode, &e, err) < 0)
		return -1;
	s = ref_service(desk, e.service);
	if (!s || !desk_sees(desk, s))
		return err_set(err, ERR_MISSING, "There is no such episode.");
	return offers_of(desk->store, episode, ret, err);
}

int offer_gone_at(struct desk *desk, struct id slot, struct moment *ret, struct err *err)
{
	struct event last = { 0 };
	struct slot s;

	if (slots_get(desk->store, slot, &s, err) < 0)
		return -1;
	if (!id_none(s.appt) && history_last(desk->store, s.appt, &last, err) < 0)
		return -1;
	*ret = last.at;
	return 0;
}
