/*
 * referral.c: referrals as this user may see them: one, a person's, the inbox, who is to be booked.
 *
 * Always holds: the inbox is ordered by what one index alone tells, so that ten thousand rows are
 * one walk; whose names are shown is read for the rows that are shown.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/refs.h"
#include "clinic/referral_acts.h"
#include "model/person.h"
#include "store/people.h"

/* ---- who sees which ---- */

static bool open_to(const struct desk *desk, struct id service)
{
	const struct service *s = ref_service(desk, service);

	return s && desk_sees(desk, s);
}

bool referral_seen(const struct desk *desk, const struct referral_row *r)
{
	return open_to(desk, r->r.service) &&
	       (!r->course.there || open_to(desk, r->course.service));
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

int referrals_sent_by(struct desk *desk, struct id contact, struct referral_rows *ret,
		      struct err *err)
{
	if (desk_needs(desk, ROLE_ANY, "The list of referrals", err) < 0)
		return -1;
	if (referrals_from(desk->store, contact, FROM_MOST, ret, err) == 0 &&
	    keep_seen(desk, ret, -1, err) == 0)
		return 0;
	list_free(ret);
	return -1;
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

/* ---- the inbox ---- */

enum { RANK_FLAGGED, RANK_REPLIED, RANK_WAITING, RANK_ASKED };

static const struct flag *flag_on(const struct flags *open, const struct waiting *w)
{
	size_t low = 0, high = open->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct flag *f = &open->v[mid];

		if (f->person.n < w->person.n ||
		    (f->person.n == w->person.n && f->service.n < w->service.n))
			low = mid + 1;
		else
			high = mid;
	}
	return low < open->n && id_same(open->v[low].person, w->person) &&
			       id_same(open->v[low].service, w->service)
		       ? &open->v[low]
		       : NULL;
}

/* Working days since something was asked that is not answered; -1: nothing is. */
static int asked_days(struct desk *desk, enum nation nation, const struct spans *pauses)
{
	list_each (p, pauses)
		if (date_none(p->to))
			return calendar_working_between(desk->refs->calendar, nation, p->from,
							desk->today);
	return -1;
}

/* Less is first: what is over by most, then what has least left; the earlier among equals. */
static int64_t key_of(const struct waiting *w, const struct inbox_item *it)
{
	int64_t days = it->clock.over ? -it->clock.days : it->clock.days;

	if (it->rank == RANK_REPLIED)
		return w->replied_at.utc;
	if (it->clock.kind == CLOCK_NONE)
		days = 100000;
	return days * ((int64_t)1 << 40) + w->received.utc;
}

static int add_item(struct desk *desk, const struct waiting *w, const struct flags *open,
		    struct inbox *ret, struct err *err)
{
	enum nation nation = referral_nation(desk, w->site);
	const struct flag *f = flag_on(open, w);
	struct inbox_item *it = list_push(ret);
	struct spans pauses = { 0 };

	if (w->pauses > 0 && pauses_of(desk->store, w->id, &pauses, err) < 0)
		return -1;
	it->id = w->id;
	it->clock = clock_read(desk->refs->calendar, nation, CLOCK_TRIAGE, w->received, w->triage,
			       &pauses, desk->now);
	it->asked = asked_days(desk, nation, &pauses);
	it->flagged = f && flag_seen(desk, f);
	it->rank = it->flagged			 ? RANK_FLAGGED
		   : !moment_none(w->replied_at) ? RANK_REPLIED
		   : it->asked >= 0		 ? RANK_ASKED
						 : RANK_WAITING;
	it->key = key_of(w, it);
	list_free(&pauses);
	return 0;
}

static void count(struct inbox *box, const struct inbox_item *it)
{
	box->flagged += it->flagged;
	box->asked += it->asked >= 0;
	box->over += it->clock.over && it->asked < 0;
	box->today += it->clock.kind != CLOCK_NONE && !it->clock.over && it->clock.days == 0 &&
		      it->asked < 0;
}

static int in_order(const void *x, const void *y)
{
	const struct inbox_item *a = x, *b = y;

	if (a->rank != b->rank)
		return a->rank - b->rank;
	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return a->id.n < b->id.n ? -1 : a->id.n > b->id.n;
}

static int named_so(struct desk *desk, struct id person, const char *folded, bool *ret,
		    struct err *err)
{
	struct person p;
	char *surname;

	if (people_get(desk->store, person, &p, err) < 0)
		return -1;
	surname = text_fold(p.surname);
	*ret = strncmp(surname, folded, strlen(folded)) == 0;
	mem_free(surname);
	return 0;
}

static int wanted(struct desk *desk, const struct inbox_filter *f, const struct waiting *w,
		  const char *folded, bool *ret, struct err *err)
{
	*ret = open_to(desk, w->service) &&
	       (id_none(f->service) || id_same(f->service, w->service)) &&
	       (id_none(f->site) || id_same(f->site, w->site));
	return *ret && folded ? named_so(desk, w->person, folded, ret, err) : 0;
}

static int gather(struct desk *desk, const struct inbox_filter *filter, const struct waitings *all,
		  struct inbox *ret, struct err *err)
{
	char *folded = filter->name && *filter->name ? text_fold(filter->name) : NULL;
	struct flags open = { 0 };
	int rc = flags_open(desk->store, &open, err);
	bool want = false;

	list_each (w, all) {
		if (rc == 0)
			rc = wanted(desk, filter, w, folded, &want, err);
		if (rc < 0)
			break;
		if (!want)
			continue;
		rc = add_item(desk, w, &open, ret, err);
		if (rc == 0)
			count(ret, &ret->v[ret->n - 1]);
		if (rc == 0 && filter->over && !ret->v[ret->n - 1].clock.over)
			ret->n--;
	}
	list_free(&open);
	mem_free(folded);
	return rc;
}

int referral_inbox(struct desk *desk, const struct inbox_filter *filter, struct inbox *ret,
		   struct err *err)
{
	struct waitings all = { 0 };
	int rc = desk_needs(desk, ROLE_ANY, "The list of referrals", err);

	for (int s = 0; rc == 0 && s < REF_STATES; s++)
		if (referral_list_of((enum referral_state)s) ==
		    (filter->returned ? LIST_RETURNED : LIST_INBOX))
			rc = referrals_waiting(desk->store, (enum referral_state)s, &all, err);
	if (rc == 0)
		rc = gather(desk, filter, &all, ret, err);
	list_free(&all);
	if (rc < 0)
		list_free(ret);
	else if (ret->n)
		qsort(ret->v, ret->n, sizeof *ret->v, in_order);
	return rc;
}
