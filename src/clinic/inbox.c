/*
 * inbox.c: the triage inbox, in the order in which it is to be worked.
 *
 * Always holds: ten thousand rows are a walk of one index, the pauses among them, and arithmetic:
 * as many statements as for ten.  Names are read for the rows that are shown; a filter by name asks
 * for all of them at once.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/refs.h"
#include "clinic/referral_acts.h"

/* ---- what is read ---- */

/* A clock that never stood still is the same for all that came on that day. */
enum { CLOCKS = 1024 };
struct known_clock {
	bool known;
	enum nation nation;
	struct date from;
	int target;
	struct clock clock;
};

struct read {
	struct waitings all;
	struct flags open;     /* by person and service */
	struct pauseds paused; /* by referral, in the order of their beginnings */
	struct spans spans;    /* of each of these */
	struct ids named;      /* whose name was asked for, in order */
	struct known_clock clocks[CLOCKS];
};

static int by_referral(const void *x, const void *y)
{
	const struct paused *a = x, *b = y;

	if (a->referral.n != b->referral.n)
		return a->referral.n < b->referral.n ? -1 : 1;
	return a->span.from.n < b->span.from.n ? -1 : a->span.from.n > b->span.from.n;
}

static int by_id(const void *x, const void *y)
{
	const struct id *a = x, *b = y;

	return a->n < b->n ? -1 : a->n > b->n;
}

static int read_state(struct desk *desk, enum referral_state s, const char *folded, struct read *r,
		      struct err *err)
{
	if (referrals_waiting(desk->store, s, &r->all, err) < 0 ||
	    pauses_waiting(desk->store, s, &r->paused, err) < 0)
		return -1;
	return folded ? referrals_waiting_named(desk->store, s, folded, &r->named, err) : 0;
}

static int read_all(struct desk *desk, const struct inbox_filter *filter, struct read *r,
		    struct err *err)
{
	char *folded = filter->name && *filter->name ? text_fold(filter->name) : NULL;
	enum work_list list = filter->returned ? LIST_RETURNED : LIST_INBOX;
	int rc = flags_open(desk->store, &r->open, err);

	for (int s = 0; rc == 0 && s < REF_STATES; s++)
		if (referral_list_of((enum referral_state)s) == list)
			rc = read_state(desk, (enum referral_state)s, folded, r, err);
	mem_free(folded);
	if (r->paused.n)
		qsort(r->paused.v, r->paused.n, sizeof *r->paused.v, by_referral);
	list_each (p, &r->paused)
		*list_push(&r->spans) = p->span;
	if (r->named.n)
		qsort(r->named.v, r->named.n, sizeof *r->named.v, by_id);
	return rc;
}

static void read_done(struct read *r)
{
	list_free(&r->all);
	list_free(&r->open);
	list_free(&r->paused);
	list_free(&r->spans);
	list_free(&r->named);
	mem_free(r);
}

static bool among(const struct ids *ids, struct id id)
{
	return ids->n && bsearch(&id, ids->v, ids->n, sizeof *ids->v, by_id);
}

/* Of one referral: part of `spans`, not to be freed. */
static struct spans stood_still(const struct read *r, struct id referral)
{
	size_t low = 0, high = r->paused.n, n = 0;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (r->paused.v[mid].referral.n < referral.n)
			low = mid + 1;
		else
			high = mid;
	}
	while (low + n < r->paused.n && id_same(r->paused.v[low + n].referral, referral))
		n++;
	return (struct spans){ n ? &r->spans.v[low] : NULL, n, n };
}

static struct clock clock_of(struct desk *desk, struct read *r, const struct waiting *w,
			     enum nation nation, const struct spans *pauses)
{
	struct calendar *calendar = desk->refs->calendar;
	struct date from = moment_date(w->received);
	unsigned at = ((unsigned)from.n * 31 + (unsigned)w->triage * 7 + (unsigned)nation) % CLOCKS;
	struct known_clock *k = &r->clocks[at];

	if (pauses->n)
		return clock_read(calendar, nation, CLOCK_TRIAGE, w->received, w->triage, pauses,
				  desk->now);
	if (!k->known || k->nation != nation || k->from.n != from.n || k->target != w->triage)
		*k = (struct known_clock){ true, nation, from, w->triage,
					   clock_read(calendar, nation, CLOCK_TRIAGE, w->received,
						      w->triage, NULL, desk->now) };
	return k->clock;
}

/* ---- its order ---- */

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
	/* To be chased is to be done today. */
	if (it->chase)
		days = 0;
	else if (it->clock.kind == CLOCK_NONE)
		days = 100000;
	return days * ((int64_t)1 << 40) + w->received.utc;
}

static void add_item(struct desk *desk, const struct waiting *w, struct read *r, struct inbox *ret)
{
	enum nation nation = referral_nation(desk, w->site);
	const struct flag *f = flag_on(&r->open, w);
	struct inbox_item *it = list_push(ret);
	struct spans pauses = { 0 };

	if (w->pauses > 0)
		pauses = stood_still(r, w->id);
	it->id = w->id;
	it->clock = clock_of(desk, r, w, nation, &pauses);
	it->asked = asked_days(desk, nation, &pauses);
	it->chase = it->asked >= CHASE_DAYS;
	it->flagged = f && flag_seen(desk, f);
	it->rank = it->flagged			  ? RANK_FLAGGED
		   : !moment_none(w->replied_at)  ? RANK_REPLIED
		   : it->asked >= 0 && !it->chase ? RANK_ASKED
						  : RANK_WAITING;
	it->key = key_of(w, it);
}

static void count(struct inbox *box, const struct inbox_item *it)
{
	box->flagged += it->flagged;
	box->asked += it->asked >= 0;
	box->chase += it->chase;
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

static bool wanted(struct desk *desk, const struct inbox_filter *f, const struct waiting *w,
		   const struct ids *named)
{
	return referral_open_to(desk, w->service) &&
	       (id_none(f->service) || id_same(f->service, w->service)) &&
	       (id_none(f->site) || id_same(f->site, w->site)) && (!named || among(named, w->id));
}

static void gather(struct desk *desk, const struct inbox_filter *filter, struct read *r,
		   struct inbox *ret)
{
	bool by_name = filter->name && *filter->name;

	list_each (w, &r->all) {
		if (!wanted(desk, filter, w, by_name ? &r->named : NULL))
			continue;
		add_item(desk, w, r, ret);
		count(ret, &ret->v[ret->n - 1]);
		if (filter->over && !ret->v[ret->n - 1].clock.over)
			ret->n--;
	}
}

int referral_inbox(struct desk *desk, const struct inbox_filter *filter, struct inbox *ret,
		   struct err *err)
{
	struct read *r = mem_new(sizeof *r);
	int rc = desk_needs(desk, ROLE_ANY, "The list of referrals", err);

	if (rc == 0)
		rc = read_all(desk, filter, r, err);
	if (rc == 0)
		gather(desk, filter, r, ret);
	read_done(r);
	if (rc == 0 && ret->n)
		qsort(ret->v, ret->n, sizeof *ret->v, in_order);
	return rc;
}
