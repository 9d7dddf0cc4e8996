/*
 * triage.c: what the triage nurse decides: accept, ask, return, send on, decline, escalate.
 *
 * Always holds: nobody is accepted without their agreement; none over a flag about which nobody
 * spoke to them, unless the lead says why; and nothing ends over an open flag.  Reasons and
 * questions are clinical words: they stand beside the referral, never in its history.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/flag_acts.h"
#include "clinic/refs.h"
#include "clinic/referral_acts.h"
#include "clinic/task.h"
#include "model/person.h"
#include "store/appts.h"
#include "store/episodes.h"
#include "store/tasks.h"

enum { URGENT_DAYS = 5, SOON_DAYS = 10, MORNING = 9 * 60 };

/* What the checks but that of a decision go by. */
struct told {
	const char *whom, *words;
	struct id site;
};

/* A referral in the inbox whose clinical words this user may read. */
static int begin(struct desk *desk, struct ref_change *c, struct referral_row *ret, struct err *err)
{
	if (ref_begin(desk, c, true, ret, err) < 0)
		return -1;
	return desk_clinical(desk, ret->r.service)
		       ? 0
		       : err_set(err, ERR_DENIED, "That service decides its own referrals.");
}

/* ---- accept ---- */

static int agreed(const struct referral_row *r, struct err *err)
{
	return date_none(r->r.agreed)
		       ? err_input(err, "consent",
				   "No consent to assess: record it (agree), or return it.")
		       : 0;
}

/* Nobody is to be booked who cannot come; whoever left may still be owed a visit. */
static int still_there(struct desk *desk, struct id person, struct err *err)
{
	char name[PERSON_TEXT];
	struct client who;

	if (client_get(desk->store, person, desk->today, &who, err) < 0)
		return -1;
	person_show(who.surname, who.given, who.title, name);
	if (strcmp(who.status, "deceased") == 0)
		return err_input(err, "person", "%s is recorded as deceased: decline it.", name);
	if (strcmp(who.status, "leaver") == 0)
		desk_warn(desk, "%s is recorded as a leaver: nothing is booked until that changes.",
			  name);
	return 0;
}

static int mode_fits(const struct service *s, enum mode mode, struct err *err)
{
	unsigned offered = 0;
	enum mode usual;

	modes_parse(s->modes, &offered, &usual);
	return !mode || mode & offered
		       ? 0
		       : err_input(err, "mode", "%s is not offered by %s: choose %s.",
				   mode_word(mode), s->brief, s->modes);
}

static int fits(struct desk *desk, const struct referral_row *r, const struct decide_ask *ask,
		const struct service *s, struct err *err)
{
	const struct clinician *c = ref_clinician(desk, ask->clinician);
	const struct site *site = ref_site(desk, ask->site);

	if (ask->priority < 0 || ask->priority >= PRIORITIES)
		return err_input(err, "priority",
				 "A priority is 0 now, 1 urgent, 2 soon or 3 routine.");
	if (!s || !s->on)
		return err_input(err, "service",
				 "There is no such service now: service list shows them.");
	if (!id_none(ask->clinician) && (!c || !c->on))
		return err_input(err, "clinician",
				 "There is no such clinician now: clinician list shows them.");
	if (!id_none(ask->site) && (!site || !site->on))
		return err_input(err, "site", "There is no such site now: site list shows them.");
	/* A flag stops booking with the service that it was raised for: it goes nowhere else. */
	if (!id_same(s->id, r->r.service) && flag_holds(desk, r->r.person, r->r.service, err) < 0)
		return -1;
	return mode_fits(s, ask->mode, err);
}

/* The day to be seen by: the contract's, and sooner where the priority says so. */
static struct date seen_by(struct desk *desk, const struct referral_row *r, int priority,
			   struct err *err, int *ret_rc)
{
	enum nation nation = referral_nation(desk, r->r.site);
	struct calendar *calendar = desk->refs->calendar;
	struct date due = DATE_NONE, soon = DATE_NONE;
	struct spans pauses = { 0 };

	*ret_rc = pauses_of(desk->store, r->r.id, &pauses, err);
	if (r->r.seen > 0)
		due = clock_due(calendar, nation, moment_date(r->r.received), r->r.seen, &pauses,
				desk->today);
	list_free(&pauses);
	if (priority == 0)
		soon = desk->today;
	else if (priority <= 2)
		soon = calendar_add_working(calendar, nation, desk->today,
					    priority == 1 ? URGENT_DAYS : SOON_DAYS);
	return date_none(due) || (!date_none(soon) && soon.n < due.n) ? soon : due;
}

/* What was suggested: as the caller says, else the priority that came with it. */
static void decided(struct ref_change *c, struct desk *desk, const struct referral_row *r,
		    const struct decide_ask *ask, const struct service *s)
{
	struct decision_row *d = list_push(&c->decisions);

	d->id = desk_new_id(desk);
	d->priority = ask->priority;
	d->pathway = mem_str(pathway_code(ask->pathway));
	d->service = s->id;
	d->site = ask->site;
	d->clinician = ask->clinician;
	d->skill = ask->skill && *ask->skill ? mem_str(ask->skill) : NULL;
	d->mode = ask->mode ? mem_str(mode_word(ask->mode)) : NULL;
	d->suggested = (ask->suggested < 0 ? r->r.urgency : ask->suggested) + 1;
	d->suggested_pathway = ask->suggested_pathway && *ask->suggested_pathway
				       ? mem_str(ask->suggested_pathway)
				       : NULL;
}

static int opens(struct desk *desk, struct ref_change *c, const struct referral_row *r,
		 const struct decide_ask *ask, const struct service *s, struct err *err)
{
	struct course_row *n = list_push(&c->courses);
	struct episode other;
	int rc;

	n->service = s->id;
	n->priority = ask->priority;
	n->received = moment_date(r->r.received);
	n->target = seen_by(desk, r, ask->priority, err, &rc);
	if (rc < 0 || episode_open(desk->store, r->r.person, s->id, &other, err) < 0)
		return -1;
	if (!id_none(other.id) && desk_sees(desk, s))
		desk_warn(desk, "%s is open with the same service: discharge one of the two.",
			  other.number);
	return 0;
}

/* Was a call about an open flag recorded so?  Then somebody is to ask already. */
static int rung_so(struct desk *desk, const struct referral_row *r, bool *ret, struct err *err)
{
	struct flags open = { 0 };
	int rc = flags_open_of(desk->store, r->r.person, r->r.service, &open, err);

	*ret = false;
	list_each (f, &open) {
		struct flag_calls calls = { 0 };

		if (rc == 0)
			rc = flag_calls_of(desk->store, f->id, &calls, err);
		list_each (call, &calls)
			*ret = *ret || call->ed;
		list_free(&calls);
	}
	list_free(&open);
	return rc;
}

/* Sent to the emergency department: somebody asks how they are. */
static void ask_after(struct desk *desk, struct ref_change *c, const struct referral_row *r)
{
	enum nation nation = referral_nation(desk, r->r.site);
	struct date next = calendar_add_working(desk->refs->calendar, nation, desk->today, 1);

	flag_alert(desk, &c->tasks, r->r.person, r->r.service, wall_moment(next, MORNING),
		   "Ring: how are they since yesterday?");
}

/* The clock stands still until somebody answers. */
static void stands_still(struct desk *desk, struct ref_change *c, struct referral *r,
			 const char *kind, const char *whom)
{
	struct pause_row *p = list_push(&c->pauses);

	p->id = desk_new_id(desk);
	p->kind = mem_str(kind);
	p->asked = mem_str(whom);
	r->pauses++;
}

/* Whom: a word that says who is to answer. */
static int whom_ok(const char *whom, struct err *err)
{
	static const char known[] = "employee manager hr gp specialist recruitment";

	return *text_of(whom) && !strchr(whom, ' ') && words_have(known, whom)
		       ? 0
		       : err_input(err, "of", "Whom is it asked of: one of %s?", known);
}

int triage_decide_check(struct desk *desk, void *args, struct err *err)
{
	struct ref_change *c = args;
	const struct decide_ask *ask = c->ask;
	bool papers = ask->pathway != PATH_ADVICE && ask->papers, asked = false;
	const struct service *s;
	struct referral_row r;
	char rule[OVER_TEXT];

	if (begin(desk, c, &r, err) < 0 || still_there(desk, r.r.person, err) < 0 ||
	    agreed(&r, err) < 0 || (papers && whom_ok(ask->papers, err) < 0) ||
	    flag_rung(desk, r.r.person, r.r.service, ask->why_no_call, err) < 0)
		return -1;
	s = ref_service(desk, id_none(ask->service) ? r.r.service : ask->service);
	if (fits(desk, &r, ask, s, err) < 0 ||
	    (ask->pathway == PATH_ADVICE && flag_holds(desk, r.r.person, r.r.service, err) < 0) ||
	    ref_remark(desk, c, "decision", ask->note, true, err) < 0 ||
	    ref_remark(desk, c, "no_call", ask->why_no_call, true, err) < 0 ||
	    ref_go_on(desk, c, err) < 0)
		return -1;
	if (referral_over(desk, r.r.id, rule, err) < 0)
		return -1;
	if (*rule)
		desk_warn(desk, "%s", rule);
	decided(c, desk, &r, ask, s);
	r.r.replied_at = (struct moment){ 0 };
	r.r.state = ask->pathway == PATH_ADVICE ? REF_CLOSED : REF_TO_BOOK;
	if (ask->pathway != PATH_ADVICE && opens(desk, c, &r, ask, s, err) < 0)
		return -1;
	if (ask->pathway == PATH_ED && rung_so(desk, &r, &asked, err) < 0)
		return -1;
	if (ask->pathway == PATH_ED && !asked)
		ask_after(desk, c, &r);
	if (papers) {
		stands_still(desk, c, &r.r, "papers", ask->papers);
		r.r.state = REF_TRIAGED;
	}
	ref_end(c, &r.r);
	c->what = mem_printf("%s, P%d%s", ask->pathway == PATH_ADVICE ? "advice given" : "accepted",
			     ask->priority, papers ? ", papers first" : "");
	c->said = mem_printf("%s, P%d", referral_state_word(r.r.state), ask->priority);
	return 0;
}

/* Its own form lets it be booked: what a nurse would accept as suggested.  The caller knows that it
 * does; here it is held that nothing else stands in the way. */
int triage_form_check(struct desk *desk, void *args, struct err *err)
{
	struct ref_change *c = args;
	struct decide_ask ask = { .pathway = PATH_BOOK,
				  .suggested = -1,
				  .suggested_pathway = pathway_code(PATH_BOOK) };
	const struct service *s;
	struct referral_row r;

	if (ref_begin(desk, c, false, &r, err) < 0 || still_there(desk, r.r.person, err) < 0 ||
	    agreed(&r, err) < 0 || flag_holds(desk, r.r.person, r.r.service, err) < 0)
		return -1;
	if (r.r.state != REF_AWAITING)
		return err_set(err, ERR_CLASH, "It is \"%s\" by now: look again.",
			       referral_state_word(r.shown));
	s = ref_service(desk, r.r.service);
	ask.priority = r.r.urgency >= 0 ? r.r.urgency : PRIORITIES - 1;
	if (fits(desk, &r, &ask, s, err) < 0)
		return -1;
	decided(c, desk, &r, &ask, s);
	r.r.state = REF_TO_BOOK;
	if (opens(desk, c, &r, &ask, s, err) < 0)
		return -1;
	ref_end(c, &r.r);
	c->what = mem_printf("accepted by its form, P%d", ask.priority);
	c->said = mem_printf("%s, P%d", referral_state_word(r.r.state), ask.priority);
	return 0;
}

/* ---- ask, return ---- */

/* Asked already: after CHASE_DAYS it may be asked again, and the clock goes on standing still. */
static int not_asked(struct desk *desk, struct ref_change *c, const struct referral_row *r,
		     struct err *err)
{
	char asked[CODE_TEXT], at[DAY_TEXT];
	struct moment since;
	struct id open;
	int days;

	if (pause_open(desk->store, c->referral, &open, &since, asked, err) < 0)
		return -1;
	if (id_none(open))
		return 0;
	days = calendar_working_between(desk->refs->calendar, referral_nation(desk, r->r.site),
					moment_date(since), desk->today);
	if (days < CHASE_DAYS)
		return err_set(err, ERR_CLASH,
			       "The %s was asked on %s already: a reply ends that first.", asked,
			       moment_show(since, at));
	c->pause_ends = open;
	return 0;
}

static int said_something(const struct told *ask, const char *question, struct err *err)
{
	return ask->words && *ask->words ? 0 : err_input(err, "words", "%s", question);
}

int triage_query_check(struct desk *desk, void *args, struct err *err)
{
	struct ref_change *c = args;
	const struct told *ask = c->ask;
	struct referral_row r;

	if (begin(desk, c, &r, err) < 0 || whom_ok(ask->whom, err) < 0 ||
	    said_something(ask, "What is asked of them?", err) < 0 ||
	    not_asked(desk, c, &r, err) < 0 ||
	    ref_remark(desk, c, id_none(c->pause_ends) ? "query" : "chase", ask->words, true, err) <
		    0)
		return -1;
	stands_still(desk, c, &r.r, "query", ask->whom);
	r.r.replied_at = (struct moment){ 0 };
	ref_end(c, &r.r);
	c->what = mem_printf(id_none(c->pause_ends) ? "asked: %s" : "asked again: %s", ask->whom);
	return 0;
}

int triage_return_check(struct desk *desk, void *args, struct err *err)
{
	struct ref_change *c = args;
	const struct told *ask = c->ask;
	struct referral_row r;

	if (begin(desk, c, &r, err) < 0 || flag_holds(desk, r.r.person, r.r.service, err) < 0 ||
	    said_something(ask, "What is missing?", err) < 0 ||
	    ref_remark(desk, c, "return", ask->words, true, err) < 0 || ref_go_on(desk, c, err) < 0)
		return -1;
	stands_still(desk, c, &r.r, "returned",
		     r.r.source == FROM_SELF ? "employee" : referral_source_code(r.r.source));
	r.r.replied_at = (struct moment){ 0 };
	r.r.state = REF_INCOMPLETE;
	ref_end(c, &r.r);
	c->what = mem_str("returned");
	c->said = mem_str("returned");
	return 0;
}

/* ---- send on, decline, escalate ---- */

int triage_send_check(struct desk *desk, void *args, struct err *err)
{
	struct ref_change *c = args;
	const struct told *ask = c->ask;
	const struct site *site = ref_site(desk, ask->site);
	struct referral_row r;

	if (begin(desk, c, &r, err) < 0)
		return -1;
	if (!site || !site->on)
		return err_input(err, "site", "There is no such site now: site list shows them.");
	if (id_same(r.r.site, site->id))
		return err_input(err, "site", "It is on %s's list already.", site->name);
	if (flag_rung(desk, r.r.person, r.r.service, ask->words, err) < 0 ||
	    ref_remark(desk, c, "send", ask->words, true, err) < 0)
		return -1;
	r.r.site = site->id;
	/* Without the agreement it stays new, wherever it is. */
	if (!date_none(r.r.agreed))
		r.r.state = REF_TRANSFERRED;
	ref_end(c, &r.r);
	c->what = mem_printf("sent on to %s", site->name);
	c->said = mem_str(c->what);
	return 0;
}

/* Out of our hands: over no open flag, and with the reason. */
static int ends(struct desk *desk, struct ref_change *c, enum referral_state to, const char *kind,
		char *what, struct err *err)
{
	const struct told *ask = c->ask;
	struct referral_row r;

	c->what = what;
	c->said = mem_str(what);
	if (begin(desk, c, &r, err) < 0 || flag_holds(desk, r.r.person, r.r.service, err) < 0 ||
	    said_something(ask, "Why, in a few words?", err) < 0 ||
	    ref_remark(desk, c, kind, ask->words, true, err) < 0 || ref_go_on(desk, c, err) < 0)
		return -1;
	r.r.state = to;
	r.r.replied_at = (struct moment){ 0 };
	ref_end(c, &r.r);
	return 0;
}

int triage_redirect_check(struct desk *desk, void *args, struct err *err)
{
	struct ref_change *c = args;
	const struct told *ask = c->ask;
	const char *to = redirect_words(text_of(ask->whom));

	if (!to)
		return err_input(err, "to", "It is sent to gp, ae or helpline, not \"%.30s\".",
				 text_of(ask->whom));
	return ends(desk, c, REF_REDIRECTED, "redirect", mem_printf("redirected to %s", to), err);
}

int triage_decline_check(struct desk *desk, void *args, struct err *err)
{
	return ends(desk, args, REF_DECLINED, "decline", mem_str("declined"), err);
}

int triage_escalate_check(struct desk *desk, void *args, struct err *err)
{
	struct ref_change *c = args;
	const struct told *ask = c->ask;
	struct referral_row r;
	struct new_task *n;
	bool any = false;

	if (begin(desk, c, &r, err) < 0 ||
	    ref_remark(desk, c, "escalate", ask->words, true, err) < 0 ||
	    tasks_anybody(desk->store, NULL, NULL, right_word(RIGHT_DUTY), (struct id){ 0 }, &any,
			  err) < 0)
		return -1;
	r.r.urgency = 0;
	n = flag_alert(desk, &c->tasks, r.r.person, r.r.service, desk->now,
		       "A referral is to be decided now");
	if (any && id_none(n->service)) {
		mem_free((char *)n->role);
		n->role = mem_str(right_word(RIGHT_DUTY));
	}
	ref_end(c, &r.r);
	c->what = mem_str("escalated");
	return 0;
}

/* ---- for callers ---- */

int triage_decide(struct desk *desk, struct id id, const struct decide_ask *ask, struct err *err)
{
	return ref_do(desk, &act_triage_decide, id, ask, err);
}

int triage_query(struct desk *desk, struct id id, const char *whom, const char *words,
		 struct err *err)
{
	const struct told ask = { .whom = whom, .words = words };

	return ref_do(desk, &act_triage_query, id, &ask, err);
}

int triage_return(struct desk *desk, struct id id, const char *words, struct err *err)
{
	const struct told ask = { .words = words };

	return ref_do(desk, &act_triage_return, id, &ask, err);
}

int triage_send(struct desk *desk, struct id id, struct id site, const char *why_no_call,
		struct err *err)
{
	const struct told ask = { .words = why_no_call, .site = site };

	return ref_do(desk, &act_triage_send, id, &ask, err);
}

int triage_redirect(struct desk *desk, struct id id, const char *to, const char *words,
		    struct err *err)
{
	const struct told ask = { .whom = to, .words = words };

	return ref_do(desk, &act_triage_redirect, id, &ask, err);
}

int triage_decline(struct desk *desk, struct id id, const char *words, struct err *err)
{
	const struct told ask = { .words = words };

	return ref_do(desk, &act_triage_decline, id, &ask, err);
}

int triage_escalate(struct desk *desk, struct id id, const char *words, struct err *err)
{
	const struct told ask = { .words = words };

	return ref_do(desk, &act_triage_escalate, id, &ask, err);
}
