/*
 * referral_add.c: the act that takes a referral in.
 *
 * check finds the contract of the day and copies its figures into the arguments: whatever becomes
 * of the contract, this referral is counted by them.  A flag that comes with it is raised whatever
 * else is said of it: over the contract, not agreed to, or for a customer without one.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/booking_acts.h"
#include "clinic/flag_acts.h"
#include "clinic/forms.h"
#include "clinic/refs.h"
#include "clinic/referral_acts.h"
#include "clinic/task.h"
#include "model/person.h"
#include "store/appts.h"
#include "store/contacts.h"
#include "store/episodes.h"
#include "store/forms.h"
#include "store/referrals.h"
#include "store/tasks.h"

enum { SAME_REASON_MONTHS = 3, OLDEST_DAYS = 366 };

struct add {
	struct id referral, person, service, customer, contract, site, referrer;
	const char *scope, *number, *type, *source, *reasons, *words, *state;
	int64_t urgency; /* one more than it is, for 0 is none */
	struct moment received;
	struct date agreed;
	int64_t gp, triage, offer, seen, report;
	bool over;
	struct id unfinished;
	struct new_flags flags;
	struct new_tasks tasks;
	struct filleds forms;
	const struct referral_ask *ask; /* what check goes by, and not carried */
};
static const struct field add_f[] = {
	FIELD_NEEDED(referral, struct add, "referral", F_ID),
	FIELD_NEEDED(person, struct add, "person", F_ID),
	FIELD_NEEDED(service, struct add, "service", F_ID),
	FIELD(customer, struct add, "customer", F_ID),
	FIELD(contract, struct add, "contract", F_ID),
	FIELD(site, struct add, "site", F_ID),
	FIELD(referrer, struct add, "referrer", F_ID),
	FIELD_NEEDED(scope, struct add, "scope", F_TEXT),
	FIELD_NEEDED(number, struct add, "number", F_TEXT),
	FIELD_NEEDED(type, struct add, "type", F_TEXT),
	FIELD_NEEDED(source, struct add, "source", F_TEXT),
	FIELD(reasons, struct add, "reasons", F_TEXT),
	FIELD(words, struct add, "words", F_TEXT),
	FIELD_NEEDED(state, struct add, "state", F_TEXT),
	FIELD(urgency, struct add, "urgency", F_INT),
	FIELD_NEEDED(received, struct add, "received", F_MOMENT),
	FIELD(agreed, struct add, "agreed", F_DATE),
	FIELD(gp, struct add, "gp", F_INT),
	FIELD(triage, struct add, "triage", F_INT),
	FIELD(offer, struct add, "offer", F_INT),
	FIELD(seen, struct add, "seen", F_INT),
	FIELD(report, struct add, "report", F_INT),
	FIELD(over, struct add, "over", F_BOOL),
	FIELD(unfinished, struct add, "unfinished", F_ID),
	FIELD_ROWS(flags, struct add, "flags", &new_flag_fields),
	FIELD_ROWS(tasks, struct add, "tasks", &new_task_fields),
	FIELD_ROWS(forms, struct add, "forms", &filled_fields),
};
static const struct fields add_fields = FIELDS(add_f, struct add);

/* ---- check: may it be taken in ---- */

static int for_whom(struct desk *desk, struct add *a, const struct service *s, struct err *err)
{
	char name[PERSON_TEXT];
	struct client who;

	if (!s || !s->on)
		return err_input(err, "service",
				 "There is no such service now: service list shows them.");
	if ((!a->ask->portal && booking_own_desk(desk, s->id, err) < 0) ||
	    client_get(desk->store, a->person, desk->today, &who, err) < 0)
		return -1;
	if (strcmp(who.status, "deceased") == 0)
		return err_input(err, "person", "%s is recorded as deceased.",
				 person_show(who.surname, who.given, who.title, name));
	if (strcmp(who.status, "leaver") == 0)
		desk_warn(desk, "They are recorded as a leaver: correct that if they are back.");
	a->person = who.id;
	a->customer = who.customer;
	a->scope = mem_str(who.scope);
	return 0;
}

static int behind(const struct desk *desk, struct moment came, struct err *err)
{
	char at[DAY_TEXT];

	if (came.utc > desk->now.utc)
		return err_input(err, "received", "%s is still to come: say when it came.",
				 moment_show(came, at));
	if (moment_date(came).n < desk->today.n - OLDEST_DAYS)
		return err_input(err, "received", "%s is more than a year ago: say when it came.",
				 moment_show(came, at));
	return 0;
}

/* A day alone: its morning, and of today now. */
static struct moment morning(const struct desk *desk, struct date day)
{
	enum { MORNING = 9 * 60 };

	return day.n == desk->today.n ? desk->now : wall_moment(day, MORNING);
}

int referral_came(struct desk *desk, const char *typed, struct moment *ret, struct err *err)
{
	struct moment came;
	struct date day;
	int minute;

	if (moment_parse_past(typed, desk->today, &came, NULL) == 0)
		;
	else if (!strchr(typed, ':') && date_parse(typed, desk->today, LOOK_BACK, &day, NULL) == 0)
		came = morning(desk, day);
	else if (minute_parse(typed, &minute, NULL) == 0)
		came = wall_moment(desk->today, minute);
	else
		return err_input(err, "received",
				 "\"%.30s\" is no time: type a day and a time, as -1d 16:00.",
				 typed);
	if (behind(desk, came, err) < 0)
		return -1;
	*ret = came;
	return 0;
}

int referral_agreed_ok(struct desk *desk, struct date day, struct err *err)
{
	char at[DAY_TEXT];

	if (date_none(day))
		return 0;
	if (day.n > desk->today.n)
		return err_input(err, "agreed", "%s is still to come.", date_show(day, at));
	return day.n >= desk->today.n - OLDEST_DAYS
		       ? 0
		       : err_input(err, "agreed", "%s is more than a year ago: ask them again.",
				   date_show(day, at));
}

static int when(struct desk *desk, struct add *a, struct err *err)
{
	if (moment_none(a->received))
		a->received = desk->now;
	return behind(desk, a->received, err) < 0 ? -1 : referral_agreed_ok(desk, a->agreed, err);
}

static int reasons_ok(const struct add *a, struct err *err)
{
	char word[WORDS_TEXT];

	for (const char *p = text_of(a->reasons); *p;) {
		size_t n = strcspn(p, " ");

		snprintf(word, sizeof word, "%.*s", (int)n, p);
		if (n && !words_have(REFERRAL_REASONS, word))
			return err_input(err, "reasons", "\"%.40s\" is none of the reasons: %s.",
					 word, REFERRAL_REASONS);
		p += n + (p[n] == ' ');
	}
	return 0;
}

static int recent(struct desk *desk, struct id person, struct id service, struct moment received,
		  const char *reasons, struct referral *ret, struct err *err)
{
	struct date since = date_add_months(moment_date(received), -SAME_REASON_MONTHS);

	return referral_recent(desk->store, person, service, wall_moment(since, 0), reasons, ret,
			       err);
}

int referral_same(struct desk *desk, struct id person, struct id service, struct referral *ret,
		  struct err *err)
{
	return recent(desk, person, service, desk->now, "", ret, err);
}

/* The same reason within three months need not be a new one: the open one is offered. */
static int not_again(struct desk *desk, const struct add *a, struct err *err)
{
	char came[DAY_TEXT];
	struct referral open;

	/* A flag waits behind no question of whether it came before. */
	if (a->ask->anew || a->flags.n)
		return 0;
	if (recent(desk, a->person, a->service, a->received, text_of(a->reasons), &open, err) < 0)
		return -1;
	if (id_none(open.id))
		return 0;
	return err_set(err, ERR_CLASH, "%s of %s is open for the same: add to it, or say anew.",
		       open.number, date_show_short(moment_date(open.received), came));
}

/* Who sent it is one of the customer's. */
static int sent_by(struct desk *desk, const struct add *a, struct err *err)
{
	struct customer_contact c;

	if (id_none(a->referrer))
		return 0;
	if (contact_get(desk->store, a->referrer, &c, err) < 0)
		return -1;
	return id_same(c.customer, a->customer)
		       ? 0
		       : err_input(err, "referrer", "%s is of another customer than the employee.",
				   c.name);
}

/* ---- check: by which contract ---- */

/* How many of the quarter are used, and what the contract says of more. */
static int count_cap(struct desk *desk, struct add *a, const struct contract *c,
		     const struct customer *who, struct err *err)
{
	struct date day = moment_date(a->received), from = DATE_NONE;
	int y, m, d, n;

	if (c->cap == 0 || id_none(a->customer))
		return 0;
	date_to_ymd(day, &y, &m, &d);
	date_from_ymd(y, (m - 1) / 3 * 3 + 1, 1, &from);
	if (referrals_received(desk->store, a->customer, a->service, wall_moment(from, 0),
			       wall_moment(date_add_months(from, 3), 0), &n, err) < 0)
		return -1;
	a->over = n >= c->cap;
	if (a->over)
		desk_warn(desk, "%s has used its %d of the quarter: %s",
			  who ? who->brief : "The customer", c->cap,
			  *c->rule ? c->rule : "tell the lead.");
	return 0;
}

static int by_contract(struct desk *desk, struct add *a, const struct service *s, struct err *err)
{
	const struct customer *who = ref_customer(desk, a->customer);
	struct contract c;

	if (contract_on(desk->store, a->service, a->customer, moment_date(a->received), &c, err) <
	    0)
		return -1;
	if (id_none(c.id)) {
		c = (struct contract){ .triage = USUAL_TRIAGE,
				       .offer = s->target,
				       .seen = s->target,
				       .report = USUAL_REPORT };
	}
	if (who && who->external && (id_none(c.id) || id_none(c.customer)))
		desk_warn(desk, "%s has no contract of its own with this service: tell the lead.",
			  who->brief);
	a->contract = c.id;
	a->triage = c.triage;
	a->offer = c.offer;
	a->seen = c.seen;
	a->report = c.report;
	return count_cap(desk, a, &c, who, err);
}

/* Nobody sits here just now who would see it: it is for who is on duty. */
static bool by_night(const struct desk *desk)
{
	enum { OPENS = 8 * 60, CLOSES = 18 * 60 };
	int minute = moment_minute(desk->now);

	return minute < OPENS || minute >= CLOSES ||
	       !calendar_is_working(desk->refs->calendar, desk->site.nation, desk->today);
}

void ref_raise(struct desk *desk, const struct referral_ask *ask, struct id referral,
	       struct new_flags *flags, struct new_tasks *tasks)
{
	enum { DAY_ENDS = 17 * 60 };
	bool night = ask->portal && by_night(desk);

	for (size_t i = 0; i < flags->n; i++) {
		struct new_flag *f = &flags->v[i];

		f->person = ask->person;
		f->service = ask->service;
		f->referral = referral;
		flag_open(desk, f, tasks);
		flag_alert_for(desk, &tasks->v[tasks->n - 1], ask->flags[i].role);
		if (night && id_none(tasks->v[tasks->n - 1].service))
			flag_alert_for(desk, &tasks->v[tasks->n - 1], right_word(RIGHT_DUTY));
	}
	for (size_t i = 0; i < ask->ntasks; i++) {
		const struct task_wish *w = &ask->tasks[i];
		struct moment due = w->now ? desk->now : wall_moment(desk->today, DAY_ENDS);

		flag_alert_for(desk,
			       flag_alert(desk, tasks, ask->person, ask->service, due,
					  "A referral is to be read: its form asks for you"),
			       w->role);
	}
}

static void raise_all(struct desk *desk, struct add *a)
{
	struct referral_ask ask = *a->ask;

	/* Whoever was merged into another is the other. */
	ask.person = a->person;
	ref_raise(desk, &ask, a->referral, &a->flags, &a->tasks);
}

/* The form goes with it, about it. */
static void fill(struct desk *desk, struct add *a)
{
	const struct referral_paper *by = a->ask->by;
	const struct service *s = ref_service(desk, a->service);
	struct filled *f;

	if (!by)
		return;
	f = forms_fill(desk, &a->forms, by->found, by->answers, by->judged);
	f->person = a->person;
	f->subject = a->referral;
	f->service = s->private_ ? s->id : (struct id){ 0 };
}

/* Somebody is to complete it, by then. */
struct id ref_unfinished(struct desk *desk, struct new_tasks *tasks, struct id person,
			 const struct service *s, struct moment due)
{
	struct new_task *n = task_open(desk, tasks, TASK_RING, due,
				       "Ring back: their referral was begun and not finished");

	n->person = person;
	n->service = s->private_ ? s->id : (struct id){ 0 };
	n->role = mem_str(role_word(s->private_ ? ROLE_COUNSELLOR : ROLE_NURSE));
	return n->id;
}

/* Without agreement it stays new; a form may end it at once, but over no flag: none that it raises,
 * and none that is open with that service already. */
static enum referral_state begins(struct desk *desk, const struct add *a)
{
	if (!id_none(a->unfinished))
		return REF_NEW;
	if (a->ask->close && a->flags.n == 0 && flag_holds(desk, a->person, a->service, NULL) == 0)
		return strcmp(a->ask->close, "nothing_declared") == 0 ? REF_CLOSED : REF_DECLINED;
	return date_none(a->agreed) ? REF_NEW : REF_AWAITING;
}

static int check(struct desk *desk, void *args, struct err *err)
{
	struct add *a = args;
	const struct service *s = ref_service(desk, a->service);
	char *number;

	if (for_whom(desk, a, s, err) < 0 || when(desk, a, err) < 0 || reasons_ok(a, err) < 0 ||
	    sent_by(desk, a, err) < 0 || not_again(desk, a, err) < 0 ||
	    by_contract(desk, a, s, err) < 0)
		return -1;
	if (id_none(a->site))
		a->site = desk->site.id;
	if (!moment_none(a->ask->unfinished))
		a->unfinished = ref_unfinished(desk, &a->tasks, a->person, s, a->ask->unfinished);
	a->state = mem_str(referral_state_code(begins(desk, a)));
	/* Nothing is refused from here on: numbers are not used up by a refusal. */
	if (episode_number(desk, s, &number, err) < 0)
		return -1;
	a->number = number;
	a->referral = desk_new_id(desk);
	raise_all(desk, a);
	fill(desk, a);
	return 0;
}

/* ---- run ---- */

/* Has another referral, or an episode that none lent it, this number? */
static bool taken(struct txn *t, const char *number, struct id self)
{
	struct referral r = { 0 };
	struct episode e = { 0 };

	if (txn_failed(t) || referral_by_number(t->store, number, &r, &t->err) < 0 ||
	    episode_by_number(t->store, number, &e, &t->err) < 0)
		return false;
	return (!id_none(r.id) && !id_same(r.id, self)) || (!id_none(e.id) && !id_same(e.id, self));
}

/* Two copies of a node may give one number out before either is told of the other: whoever comes
 * second gets a letter behind it, and a person hears of it. */
static void number_once(struct txn *t, const struct add *a, struct referral *r)
{
	char note[WORDS_TEXT];

	if (!taken(t, r->number, a->referral))
		return;
	for (char more = 'B'; more <= 'Z' && taken(t, r->number, a->referral); more++)
		snprintf(r->number, sizeof r->number, "%.20s%c", a->number, more);
	snprintf(note, sizeof note, "%.20s was given out twice: this is %.24s now", a->number,
		 r->number);
	txn_overlap(t, "number", a->referral, a->person, note);
}

static int run(struct txn *t, const void *args)
{
	const struct add *a = args;
	struct referral r = { .id = a->referral,
			      .person = a->person,
			      .service = a->service,
			      .customer = a->customer,
			      .contract = a->contract,
			      .site = a->site,
			      .referrer = a->referrer,
			      .urgency = a->urgency > 0 ? (int)(a->urgency - 1) : -1,
			      .received = a->received,
			      .agreed = a->agreed,
			      .gp = (enum gp_consent)a->gp,
			      .triage = (int)a->triage,
			      .offer = (int)a->offer,
			      .seen = (int)a->seen,
			      .report = (int)a->report,
			      .over = a->over,
			      .unfinished = a->unfinished,
			      .state_at = t->at };

	txn_tell(t, "referral", a->referral, "referral taken in%s%s",
		 a->flags.n ? ", with a flag" : "",
		 text_same(a->state, "declined") || text_same(a->state, "closed")
			 ? ", ended by its form"
			 : "");
	txn_scope(t, a->scope);
	if (!referral_type_parse(a->type, &r.type) ||
	    !referral_source_parse(a->source, &r.source) ||
	    !referral_state_parse(a->state, &r.state))
		return VERDICT_UNSUPPORTED;
	COPY(r.scope, a->scope);
	COPY(r.number, a->number);
	COPY(r.reasons, a->reasons);
	COPY(r.words, a->words);
	number_once(t, a, &r);
	referral_put(t, &r);
	tasks_put(t, &a->tasks, a->scope);
	list_each (f, &a->flags)
		flag_put(t, f, a->scope);
	filled_put(t, &a->forms, a->scope);
	return VERDICT_OK;
}

/* ---- reverse ---- */

/* Its flags stay: whoever finds one raised in error clears it, and says so. */
static int reverse(struct desk *desk, const struct deed *deed, struct call *ret, struct err *err)
{
	const struct add *was = deed->args;
	struct ref_change *back;
	struct referral r;

	if (flag_holds(desk, was->person, was->service, err) < 0 ||
	    referral_get(desk->store, was->referral, &r, err) < 0)
		return -1;
	back = mem_new(sizeof *back);
	back->referral = was->referral;
	back->what = mem_str("entered in error");
	ref_end(back, &r);
	back->was = back->to;
	memset(&back->to, 0, sizeof back->to);
	r.state = REF_ERROR;
	ref_end(back, &r);
	list_each (f, &was->forms)
		*list_push(&back->forms_off) = f->id;
	if (!id_none(was->unfinished))
		*list_push(&back->withdrawn) = was->unfinished;
	*ret = (struct call){ &act_referral_back, back };
	return 0;
}

const struct act act_referral_add = {
	.name = "referral_add",
	.ver = 1,
	.roles = ROLE_DESK | ROLE_ADMINISTRATOR,
	.fields = FIELDS(add_f, struct add),
	.check = check,
	.run = run,
	.reverse = reverse,
};

/* ---- for callers ---- */

int ref_flag_rows(const struct referral_ask *ask, struct new_flags *flags, struct err *err)
{
	struct err no = ERR_INIT;

	for (size_t i = 0; i < ask->nflags; i++) {
		struct new_flag *n = list_push(flags);

		n->kind = mem_printf("%c", flag_letter(ask->flags[i].kind));
		n->does = ask->flags[i].does ? mem_str(ask->flags[i].does) : NULL;
		n->words = clinical_words(ask->flags[i].words, "flag", &no);
	}
	if (no.kind && err)
		*err = no;
	return no.kind ? -1 : 0;
}

static int from_ask(const struct referral_ask *ask, struct add *a, struct err *err)
{
	struct err no = ERR_INIT;

	a->person = ask->person;
	a->service = ask->service;
	a->site = ask->site;
	a->referrer = ask->referrer;
	a->type = mem_str(referral_type_code(ask->type));
	a->source = mem_str(referral_source_code(ask->source));
	a->reasons = ask->reasons && *ask->reasons ? mem_str(ask->reasons) : NULL;
	a->words = clinical_words(ask->words, "words", &no);
	a->urgency = ask->urgency + 1;
	a->received = ask->received;
	a->agreed = ask->agreed;
	a->gp = ask->gp;
	a->ask = ask;
	if (no.kind && err)
		*err = no;
	return no.kind ? -1 : ref_flag_rows(ask, &a->flags, err);
}

int referral_add(struct desk *desk, const struct referral_ask *ask, struct id *ret, struct err *err)
{
	struct add *a = mem_new(sizeof *a);
	int rc = from_ask(ask, a, err);

	if (rc == 0)
		rc = act_do(desk, &act_referral_add, a, err);
	if (rc == 0 && ret)
		*ret = a->referral;
	args_free(&add_fields, a);
	return rc;
}
