/* referral.c: referrals as this user may see them: one, a person's, those in a state. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/refs.h"
#include "clinic/referral_acts.h"
#include "model/contact.h"
#include "model/person.h"
#include "store/people.h"

/* ---- who sees which ---- */

bool referral_open_to(const struct desk *desk, struct id service)
{
	const struct service *s = ref_service(desk, service);

	return s && desk_sees(desk, s);
}

bool referral_seen(const struct desk *desk, const struct referral_row *r)
{
	return referral_open_to(desk, r->r.service) &&
	       (!r->course.there || referral_open_to(desk, r->course.service));
}

enum nation referral_nation(const struct desk *desk, struct id at)
{
	const struct site *site = ref_site(desk, at);

	return site ? site->nation : desk->site.nation;
}

/* ---- one ---- */

/* From when, and how many days, the clock runs that counts now. */
static struct clock clock_of(struct desk *desk, const struct referral_row *r,
			     const struct spans *pauses)
{
	enum nation nation = referral_nation(desk, r->r.site);
	struct calendar *calendar = desk->refs->calendar;
	enum work_list list = referral_list_of(r->shown);

	switch (list) {
	case LIST_INBOX:
	case LIST_RETURNED:
		return clock_read(calendar, nation, CLOCK_TRIAGE, r->r.received, r->r.triage,
				  pauses, desk->now);
	case LIST_TO_BOOK:
	case LIST_DIARY:
		if (list == LIST_TO_BOOK && moment_none(r->course.first_offer))
			return clock_read(calendar, nation, CLOCK_OFFER, r->r.received, r->r.offer,
					  pauses, desk->now);
		if (!date_none(r->course.first_seen))
			break;
		return clock_read(calendar, nation, CLOCK_SEEN, r->r.received, r->r.seen, pauses,
				  desk->now);
	case LIST_FINISH:
	case LIST_LETTERS:
		return clock_read(calendar, nation, CLOCK_REPORT,
				  wall_moment(r->course.first_seen, 12 * 60), r->r.report, NULL,
				  desk->now);
	default:
		break;
	}
	return (struct clock){ .due = DATE_NONE };
}

static int complete(struct desk *desk, struct referral_row *r, struct err *err)
{
	struct spans pauses = { 0 };
	struct flags open = { 0 };
	size_t n = 0;
	int rc = 0;

	if (r->r.pauses > 0)
		rc = pauses_of(desk->store, r->r.id, &pauses, err);
	if (rc == 0)
		rc = flags_open_of(desk->store, r->r.person, r->r.service, &open, err);
	r->clock = clock_of(desk, r, &pauses);
	memset(r->flags, 0, sizeof r->flags);
	list_each (f, &open)
		if (flag_seen(desk, f) && !strchr(r->flags, flag_letter(f->kind)))
			r->flags[n++] = flag_letter(f->kind);
	if (!desk_clinical(desk, r->r.service))
		r->r.words[0] = '\0';
	list_free(&open);
	list_free(&pauses);
	return rc;
}

static int not_there(const char *text, struct err *err)
{
	return err_set(err, ERR_MISSING, "There is no referral %.40s: referral list shows them.",
		       text);
}

int referral_one(struct desk *desk, struct id id, struct referral_row *ret, struct err *err)
{
	struct referral_row r;
	char text[ID_TEXT];

	if (referral_row_get(desk->store, id, &r, err) < 0)
		return -1;
	if (!referral_seen(desk, &r))
		return not_there(id_text(id, text), err);
	if (complete(desk, &r, err) < 0)
		return -1;
	*ret = r;
	return 0;
}

int referral_over(struct desk *desk, struct id id, char ret[OVER_TEXT], struct err *err)
{
	const struct customer *who;
	struct err why = ERR_INIT;
	struct contract c;
	struct referral r;

	ret[0] = '\0';
	if (id_none(id))
		return 0;
	if (referral_get(desk->store, id, &r, &why) < 0) {
		/* Not every episode was referred. */
		if (why.kind == ERR_MISSING)
			return 0;
		if (err)
			*err = why;
		return -1;
	}
	if (!r.over)
		return 0;
	if (contract_of(desk->store, id, r.service, &c, err) < 0)
		return -1;
	who = ref_customer(desk, r.customer);
	snprintf(ret, OVER_TEXT, "Beyond %s's %d of the quarter: %s", who ? who->brief : "their",
		 c.cap, *c.rule ? c.rule : "tell the lead.");
	return 0;
}

int referral_named(struct desk *desk, const char *text, struct id *ret, struct err *err)
{
	struct referral found = { 0 };
	struct referral_row r;
	struct err none = ERR_INIT;
	struct id id;

	if (referral_by_number(desk->store, text, &found, err) < 0)
		return -1;
	id = found.id;
	if (id_none(id) && !id_parse(text, &id))
		return not_there(text, err);
	if (referral_one(desk, id, &r, &none) < 0) {
		if (none.kind == ERR_MISSING)
			return not_there(text, err);
		if (err)
			*err = none;
		return -1;
	}
	*ret = id;
	return 0;
}

int referral_remarks(struct desk *desk, struct id id, struct remarks *ret, struct err *err)
{
	struct referral_row r;

	if (referral_one(desk, id, &r, err) < 0 || remarks_of(desk->store, id, ret, err) < 0)
		return -1;
	list_each (m, ret)
		if (m->clinical && !desk_clinical(desk, r.r.service))
			m->words[0] = '\0';
	return 0;
}

int referral_attachments(struct desk *desk, struct id id, struct attachments *ret, struct err *err)
{
	struct referral_row r;

	return referral_one(desk, id, &r, err) < 0 ? -1 : attachments_of(desk->store, id, ret, err);
}

int referral_decision(struct desk *desk, struct id id, struct decision *ret, struct err *err)
{
	struct referral_row r;

	return referral_one(desk, id, &r, err) < 0 ? -1 : decision_of(desk->store, id, ret, err);
}

int referral_contract(struct desk *desk, const struct referral *r, struct contract *ret,
		      struct err *err)
{
	return contract_on(desk->store, r->service, r->customer, moment_date(r->received), ret,
			   err);
}

int referral_moves(struct desk *desk, struct id id, struct ref_moves *ret, struct err *err)
{
	struct referral_row r;

	return referral_one(desk, id, &r, err) < 0 ? -1 : ref_moves_of(desk->store, id, ret, err);
}

int referral_history(struct desk *desk, struct id id, struct trail *ret, struct err *err)
{
	struct referral_row r;

	return referral_one(desk, id, &r, err) < 0 ? -1 : trail_of(desk, id, ret, err);
}

/* ---- lists of rows ---- */

static int keep_seen(struct desk *desk, struct referral_rows *rows, int shown, struct err *err)
{
	size_t kept = 0;

	for (size_t i = 0; i < rows->n; i++) {
		struct referral_row *r = &rows->v[i];

		if (!referral_seen(desk, r) || (shown >= 0 && (int)r->shown != shown))
			continue;
		if (complete(desk, r, err) < 0)
			return -1;
		rows->v[kept++] = *r;
	}
	rows->n = kept;
	return 0;
}

int referrals_about(struct desk *desk, struct id person, struct referral_rows *ret, struct err *err)
{
	if (desk_needs(desk, ROLE_ANY, "The list of referrals", err) < 0)
		return -1;
	if (referrals_of_person(desk->store, person, REFERRALS_MOST, ret, err) == 0 &&
	    keep_seen(desk, ret, -1, err) == 0)
		return 0;
	list_free(ret);
	return -1;
}

int referrals_sent_by(struct desk *desk, const struct customer_contact *who,
		      struct referral_rows *ret, struct err *err)
{
	int rc = desk_needs(desk, ROLE_ANY, "The list of referrals", err);

	if (rc == 0)
		rc = referrals_from(desk->store, who->id, FROM_MOST, ret, err);
	if (rc == 0 && who->on && !id_none(who->stands_for))
		rc = referrals_from(desk->store, who->stands_for, FROM_MOST - (int)ret->n, ret,
				    err);
	if (rc == 0)
		rc = keep_seen(desk, ret, -1, err);
	if (rc < 0)
		list_free(ret);
	return rc;
}

int referrals_listed(struct desk *desk, enum referral_state state, struct referral_rows *ret,
		     struct err *err)
{
	enum work_list list = referral_list_of(state);
	int rc;

	if (desk_needs(desk, ROLE_ANY, "The list of referrals", err) < 0)
		return -1;
	/* What follows an acceptance is told by the appointments of those that were accepted. */
	if (list == LIST_TO_BOOK || list == LIST_DIARY)
		rc = referrals_on_list(desk->store, list, ret, err);
	else
		rc = referrals_in_state(desk->store, state, REFERRALS_MOST, ret, err);
	if (rc == 0 && state >= REF_ATTENDED && state <= REF_DNA_CLOSED)
		rc = referrals_in_state(desk->store, REF_TO_BOOK, REFERRALS_MOST, ret, err);
	if (rc == 0)
		rc = keep_seen(desk, ret, (int)state, err);
	if (rc < 0)
		list_free(ret);
	return rc;
}
