/* prospect.c: what a booking would be, read from episodes, services and postings. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/booking_acts.h"
#include "clinic/cap.h"
#include "clinic/prospect.h"
#include "clinic/refs.h"
#include "clinic/search.h"
#include "store/episodes.h"
#include "store/postings.h"
#include "store/referrals.h"

/* The nation whose holidays count: the desk's, else that of the first site. */
static enum nation nation_of(const struct desk *desk)
{
	if (!id_none(desk->site.id) || !desk->refs->sites.n)
		return desk->site.nation;
	return desk->refs->sites.v[0].nation;
}

static void count_days(struct desk *desk, struct prospect *p)
{
	struct episode *e = &p->episode;
	enum nation nation = nation_of(desk);
	struct calendar *c = desk->refs->calendar;

	/* The seen-by date is the first attendance's; what comes after it cannot be late for it. */
	if (p->kind != APPT_NEW)
		e->target = DATE_NONE;
	if (date_none(e->target) || date_none(e->received))
		return;
	p->day = calendar_working_between(c, nation, e->received, desk->today);
	p->of = calendar_working_between(c, nation, e->received, e->target);
}

/* What booking would open: routine, received today. */
static void fresh_episode(struct desk *desk, const struct service *s, struct episode *e)
{
	e->priority = 3;
	e->received = desk->today;
	e->target = s->target ? calendar_add_working(desk->refs->calendar, nation_of(desk),
						     e->received, s->target)
			      : DATE_NONE;
}

/* What narrows the search: who may have rapid access; a follow-up comes after the first one. */
static int narrow(struct desk *desk, struct prospect *p, struct err *err)
{
	const struct service *s = ref_service(desk, p->service);
	struct search wish = { .service = p->service };
	struct episode_use use = { 0 };

	if (search_for(desk, p->person, &wish, err) < 0 ||
	    (!id_none(p->episode.id) &&
	     episode_used(desk->store, p->episode.id, p->appt, &use, err) < 0))
		return -1;
	p->external = wish.external;
	p->share = wish.share;
	p->booked = use.used;
	p->not_last = wish.not_last;
	if (p->kind == APPT_FU && use.seen == 0 && !moment_none(use.first))
		p->after.utc = use.first.utc + (s ? (int64_t)s->new_mins * 60 : 0);
	return 0;
}

/* What is gone meanwhile asks for nothing: it would only hide every time there is. */
static void still_there(struct desk *desk, struct decision *d)
{
	const struct clinician *c = ref_clinician(desk, d->clinician);
	const struct site *site = ref_site(desk, d->site);
	const struct service *s = ref_service(desk, d->service);
	enum mode mode, usual;
	unsigned modes = 0;
	bool anybody = false;

	if (!c || !c->on)
		d->clinician = (struct id){ 0 };
	if (!site || !site->on)
		d->site = (struct id){ 0 };
	list_each (who, &desk->refs->clinicians)
		anybody |= who->on && words_have(who->skills, d->skill);
	if (!anybody || !id_none(d->clinician))
		d->skill[0] = '\0';
	if (s)
		modes_parse(s->modes, &modes, &usual);
	if (!mode_parse(d->mode, &mode) || !(mode & modes))
		d->mode[0] = '\0';
}

int decided_for(struct desk *desk, struct id episode, struct decision *ret, struct err *err)
{
	struct decision d = { 0 };
	enum appt_kind kind = APPT_NEW;

	*ret = d;
	if (id_none(episode))
		return 0;
	if (kind_at(desk, episode, (struct moment){ 0 }, &kind, err) < 0 ||
	    (kind == APPT_NEW && decision_of(desk->store, episode, &d, err) < 0))
		return -1;
	if (!id_none(d.id))
		still_there(desk, &d);
	*ret = d;
	return 0;
}

int decided_of(struct desk *desk, struct id person, struct id service, struct id episode,
	       struct decision *ret, struct err *err)
{
	struct episode e = { 0 };

	if (id_none(episode) && episode_open(desk->store, person, service, &e, err) < 0)
		return -1;
	return decided_for(desk, id_none(episode) ? e.id : episode, ret, err);
}

int prospect_new(struct desk *desk, struct id person, struct id service, struct prospect *ret,
		 struct err *err)
{
	const struct service *s = ref_service(desk, service);
	struct prospect p = { .service = service,
			      .mode = MODE_FACE,
			      .node = store_me(desk->store)->node };
	struct client who;
	unsigned modes;

	if (!s || !s->on)
		return err_input(err, "service", "There is no such service now: choose another.");
	if (booking_own_desk(desk, service, err) < 0)
		return -1;
	if (client_get(desk->store, person, desk->today, &who, err) < 0 ||
	    episode_open(desk->store, who.id, service, &p.episode, err) < 0 ||
	    kind_at(desk, p.episode.id, (struct moment){ 0 }, &p.kind, err) < 0)
		return -1;
	p.person = who.id;
	p.needs = who.needs;
	snprintf(p.interpreter, sizeof p.interpreter, "%s", who.interpreter);
	if (id_none(p.episode.id))
		fresh_episode(desk, s, &p.episode);
	else if (cap_of(desk, p.episode.id, &p.cap, err) < 0)
		return -1;
	p.mins = p.kind == APPT_NEW ? s->new_mins : s->fu_mins;
	modes_parse(s->modes, &modes, &p.mode);
	count_days(desk, &p);
	if (decided_for(desk, p.episode.id, &p.decided, err) < 0 || narrow(desk, &p, err) < 0)
		return -1;
	*ret = p;
	return 0;
}

int prospect_of(struct desk *desk, struct id episode, struct prospect *ret, struct err *err)
{
	struct episode e;

	if (episode_get(desk->store, episode, &e, err) < 0)
		return -1;
	if (strcmp(e.state, "open") != 0)
		return err_input(err, "referral", "%s is closed: nothing of it is to be booked.",
				 e.number);
	return prospect_new(desk, e.person, e.service, ret, err);
}

void decided_search(const struct decision *d, struct search *ret)
{
	ret->clinician = d->clinician;
	ret->site = d->site;
	COPY(ret->skill, d->skill);
	if (*d->mode)
		mode_parse(d->mode, &ret->mode);
}

void prospect_search(const struct prospect *p, struct search *ret)
{
	*ret = (struct search){ .service = p->service,
				.kind = p->kind,
				.mins = p->mins,
				.mode = p->mode,
				.from = p->after,
				.by = DATE_NONE,
				.external = p->external,
				.share = p->share,
				.not_last = p->not_last };
	decided_search(&p->decided, ret);
}

int prospect_move(struct desk *desk, struct id appt, struct prospect *ret, struct err *err)
{
	struct prospect p = { .appt = appt, .node = store_me(desk->store)->node };
	struct appt_row r;

	if (appt_get(desk->store, appt, &r, err) < 0 || booking_movable(desk, &r, err) < 0 ||
	    episode_get(desk->store, r.a.episode, &p.episode, err) < 0)
		return -1;
	p.person = r.a.person;
	p.needs = r.needs;
	snprintf(p.interpreter, sizeof p.interpreter, "%s", r.interpreter);
	p.service = r.a.service;
	p.kind = r.a.kind;
	p.mins = r.a.mins;
	p.mode = r.a.mode;
	p.clinician = r.a.clinician;
	p.site = r.a.site;
	p.starts = r.a.starts;
	count_days(desk, &p);
	if (narrow(desk, &p, err) < 0)
		return -1;
	*ret = p;
	return 0;
}

static int is_waiting(struct desk *desk, const struct episode *e, bool *ret, struct err *err)
{
	const struct service *s = ref_service(desk, e->service);
	struct cap cap;

	*ret = false;
	if (strcmp(e->state, "open") != 0 || !s || !s->on || !desk_sees(desk, s))
		return 0;
	if (cap_of(desk, e->id, &cap, err) < 0)
		return -1;
	/* Of a course of sessions there may be more to book though some are booked. */
	*ret = (cap.booked == 0 && (!cap.cap || cap.left > 0)) || (s->private_ && cap.left > 0);
	return 0;
}

int prospect_waiting(struct desk *desk, struct id person, struct id *services, int max, int *ret_n,
		     struct err *err)
{
	struct episodes list = { 0 };
	int n = 0, rc = episodes_of(desk->store, person, &list, err);
	bool waits;

	list_each (e, &list) {
		if (rc == 0 && (rc = is_waiting(desk, e, &waits, err)) == 0 && waits && n++ < max)
			services[n - 1] = e->service;
	}
	list_free(&list);
	if (rc == 0)
		*ret_n = n;
	return rc;
}

static int by_surname(const void *a, const void *b)
{
	const struct clinician *const *x = a, *const *y = b;
	int rc = strcmp((*x)->surname, (*y)->surname);

	return rc ? rc : strcmp((*x)->code, (*y)->code);
}

static bool works_here(const struct desk *desk, const struct postings *list, struct id clinician)
{
	if (id_none(desk->site.id))
		return true;
	list_each (p, list)
		if (id_same(p->clinician, clinician))
			return true;
	return false;
}

int prospect_colleagues(struct desk *desk, struct id *clinicians, int max, struct err *err)
{
	const struct clinicians *all = &desk->refs->clinicians;
	const struct clinician **v;
	struct postings list = { 0 };
	size_t n = 0;

	if (!id_none(desk->site.id) && postings_of_site(desk->store, desk->site.id, &list, err) < 0)
		return -1;
	v = mem_new(sizeof(struct clinician *) * (all->n + 1));
	list_each (c, all)
		if (c->on && works_here(desk, &list, c->id))
			v[n++] = c;
	if (n > 1)
		qsort(v, n, sizeof *v, by_surname);
	for (size_t i = 0; i < n && i < (size_t)max; i++)
		clinicians[i] = v[i]->id;
	mem_free(v);
	list_free(&list);
	return n < (size_t)max ? (int)n : max;
}
