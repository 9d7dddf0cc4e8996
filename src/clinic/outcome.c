/*
 * outcome.c: the outcome of an appointment, the end of its episode, and the tasks that follow.
 *
 *	seen --discharge--> episode closed, with its reason
 *	     --rebook-----> a task asks for the booking; made, it is `again` and the task is done
 *	     --review-----> the episode bears the day, a task is due then
 *	did not attend, too late --offer--> a task asks for another time
 *	did not attend --discharge--> episode closed: did not attend; a task asks for its letter
 *
 * Nothing said of who did not attend: one more offer, and the discharge once those are used up.
 *
 * Always holds: an outcome that leaves an episode open opens a task, so nobody falls off
 * every list.  The command carries how all of it stood and is its own opposite read backwards.  A
 * mark that overrules an outcome takes the outcome back with it.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/after.h"
#include "clinic/booking_acts.h"
#include "clinic/desklist.h"
#include "clinic/flag_acts.h"
#include "clinic/message_acts.h"
#include "clinic/refs.h"
#include "clinic/task.h"
#include "clinic/wait.h"
#include "store/after.h"
#include "store/episodes.h"
#include "store/journal.h"
#include "store/messages.h"
#include "store/tasks.h"
#include "store/users.h"

enum { MORNING = 9 * 60, REVIEW_YEARS = 2 };

/* An outcome and its episode as they stand, or are to stand. */
struct stand {
	const char *outcome, *code;
	struct moment at;
	struct id by;
	const char *state, *reason, *why; /* of the episode */
	struct moment closed_at;
	struct date review;
};
static const struct field stand_f[] = {
	FIELD(outcome, struct stand, "outcome", F_TEXT),
	FIELD(code, struct stand, "code", F_TEXT),
	FIELD(at, struct stand, "at", F_MOMENT),
	FIELD(by, struct stand, "by", F_ID),
	FIELD(state, struct stand, "state", F_TEXT),
	FIELD(reason, struct stand, "reason", F_TEXT),
	FIELD(why, struct stand, "why", F_TEXT),
	FIELD(closed_at, struct stand, "closed_at", F_MOMENT),
	FIELD(review, struct stand, "review", F_DATE),
};
static const struct fields stand_fields = FIELDS(stand_f, struct stand);

struct stands {
	struct stand *v;
	size_t n, cap;
};

struct after {
	struct id appt, episode;
	struct stands was, to; /* one each */
	struct new_tasks opened;
	struct task_ids gone;  /* what an outcome before this one had opened, */
	struct msg_ids unsent; /* and written, and has not left */
	/* asked, and not carried */
	const struct after_ask *ask;
};

static const struct field after_f[] = {
	FIELD(appt, struct after, "appt", F_ID),
	FIELD(episode, struct after, "episode", F_ID),
	FIELD_ROWS_NEEDED(was, struct after, "was", &stand_fields),
	FIELD_ROWS_NEEDED(to, struct after, "to", &stand_fields),
	FIELD_ROWS(opened, struct after, "opened", &new_task_fields),
	FIELD_ROWS(gone, struct after, "gone", &task_id_fields),
	FIELD_ROWS(unsent, struct after, "unsent", &msg_id_fields),
};
static const struct fields after_fields = FIELDS(after_f, struct after);

/* ---- check: may it be ---- */

bool after_mine(const struct desk *desk, const struct appt *a)
{
	return (!id_none(desk->user.clinician) && id_same(desk->user.clinician, a->clinician)) ||
	       user_may(&desk->user, RIGHT_LEAD, a->service, a->site);
}

static int theirs(struct desk *desk, const struct appt *a, struct err *err)
{
	const struct clinician *c = ref_clinician(desk, a->clinician);

	return err_set(err, ERR_DENIED, "The outcome is for %s to record: it is on their list.",
		       c ? c->surname : "the clinician");
}

/* Somebody recorded one already: named, and overruled by who has read that. */
static int recorded(struct desk *desk, const struct appt_row *r, struct err *err)
{
	struct event last = { 0 };
	char at[DAY_TEXT], who[NAME_TEXT];

	if (history_last(desk->store, r->a.id, &last, err) < 0)
		return -1;
	return err_set(err, ERR_CLASH, "%s recorded %s %s at %s.  Again to overrule.",
		       id_none(last.id) ? "Somebody" : last.user, caps(r->surname, "it", who),
		       outcome_words(r->a.outcome), moment_said(r->a.outcome_at, desk->today, at));
}

static int nothing_booked(struct desk *desk, const struct appt_row *r, struct err *err)
{
	struct moment coming;
	char when[DAY_TEXT], who[NAME_TEXT];

	if (episode_coming(desk->store, r->a.episode, r->a.id, &coming, err) < 0)
		return -1;
	if (moment_none(coming))
		return 0;
	return err_set(err, ERR_CLASH, "%s is booked for %s: cancel that first, or choose another.",
		       caps(r->surname, "Their next", who), moment_show(coming, when));
}

static int review_ok(const struct desk *desk, struct date day, struct err *err)
{
	if (date_none(day) || day.n <= desk->today.n)
		return err_input(err, "review", "Review by when?  A day after today.");
	if (day.n > desk->today.n + REVIEW_YEARS * 366)
		return err_input(err, "review", "A review is at most two years away.");
	return 0;
}

/* Unless they were taken on anew with that service meanwhile. */
static int opens_again(struct desk *desk, struct id episode, struct err *err)
{
	struct episode e, other;

	if (episode_get(desk->store, episode, &e, err) < 0 ||
	    episode_open(desk->store, e.person, e.service, &other, err) < 0)
		return -1;
	if (id_none(other.id) || id_same(other.id, episode))
		return 0;
	return err_set(err, ERR_CLASH, "%s was opened since: that one goes on, this stays closed.",
		       other.number);
}

static int may_follow(struct desk *desk, const struct appt_row *r, const struct after_ask *ask,
		      struct err *err)
{
	const struct service *s = ref_service(desk, r->a.service);
	bool sees = s && desk_sees(desk, s);

	if (ask->outcome == OUTCOME_NONE)
		return r->a.outcome == OUTCOME_DISCHARGE ? opens_again(desk, r->a.episode, err) : 0;
	if (r->a.state != APPT_SEEN && r->a.state != APPT_DNA && r->a.state != APPT_LATE)
		return err_input(err, "", "It is not over: mark it seen or missed first.");
	if (r->a.state == APPT_SEEN && !after_mine(desk, &r->a))
		return theirs(desk, &r->a, err);
	if (r->a.state != APPT_SEEN && !sees && ask->outcome != OUTCOME_OFFER)
		return booking_own_desk(desk, r->a.service, err);
	if (r->a.outcome != OUTCOME_NONE && !ask->overrule)
		return recorded(desk, r, err);
	if (r->a.outcome == OUTCOME_DISCHARGE && opens_again(desk, r->a.episode, err) < 0)
		return -1;
	switch (ask->outcome) {
	case OUTCOME_DISCHARGE:
		if (ask->reason == END_NONE)
			return err_input(err, "reason", "Why is the episode over?");
		if (flag_holds(desk, r->a.person, r->a.service, err) < 0)
			return -1;
		return nothing_booked(desk, r, err);
	case OUTCOME_REVIEW:
		if (review_ok(desk, ask->review, err) < 0)
			return -1;
		break;
	case OUTCOME_REBOOK:
		break;
	case OUTCOME_OFFER:
		if (r->a.state != APPT_SEEN)
			return 0;
		return err_input(err, "outcome", "One more offer is for who was not seen.");
	default:
		return err_input(err, "outcome",
				 "An outcome is discharge, again, review or later.");
	}
	return r->a.state == APPT_SEEN
		       ? 0
		       : err_input(err, "outcome",
				   "Who was not seen is offered more, or discharged.");
}

/* ---- check: what it comes to ---- */

void task_for_desk(struct desk *desk, struct new_task *n, struct id service, struct id site)
{
	const struct service *s = ref_service(desk, service);

	if (s && s->private_) {
		n->service = s->id;
		n->role = mem_str(task_private_role(desk));
	} else {
		n->role = mem_str(role_word(ROLE_RECEPTION));
		n->site = site;
	}
}

void task_for_appt(struct desk *desk, const struct appt *a, struct new_task *n)
{
	n->person = a->person;
	n->appt = a->id;
	task_for_desk(desk, n, a->service, a->site);
}

static struct moment next_working(const struct desk *desk, struct id at)
{
	const struct site *site = ref_site(desk, at);
	enum nation nation = site ? site->nation : desk->site.nation;

	return wall_moment(calendar_add_working(desk->refs->calendar, nation, desk->today, 1),
			   MORNING);
}

/* Whoever saw them, or was to, writes it: by name, else whoever does their work at that site. */
static int letter_of(struct desk *desk, const struct appt *a, struct new_tasks *ret,
		     struct err *err)
{
	const struct service *s = ref_service(desk, a->service);
	const struct clinician *c = ref_clinician(desk, a->clinician);
	char when[DAY_TEXT];
	struct id user = { 0 };
	struct new_task *n;

	if (c && users_of_clinician(desk->store, c->id, &user, err) < 0)
		return -1;
	n = task_open(desk, ret, TASK_TODO, next_working(desk, a->site),
		      "Discharge letter: did not attend %s", moment_show(a->starts, when));
	n->person = a->person;
	n->appt = a->id;
	if (s && s->private_)
		n->service = s->id;
	if (!id_none(user)) {
		n->user = user;
		return 0;
	}
	n->role = s && s->private_ ? mem_str(task_private_role(desk))
				   : mem_str(role_word(ROLE_CLINICIAN));
	n->site = a->site;
	return 0;
}

static int tasks_of(struct desk *desk, const struct appt *a, const struct after_ask *ask,
		    struct new_tasks *ret, struct err *err)
{
	const struct clinician *c = ref_clinician(desk, a->clinician);
	const char *who = c ? c->surname : "The clinician";
	char when[DAY_TEXT];
	struct moment due = desk->now;
	struct new_task *n;
	struct id about;

	switch (ask->outcome) {
	case OUTCOME_OFFER:
		/* About whom there is a risk, a counsellor asks, and nobody else hears why. */
		if (flag_rings(desk, a->person, a->service, &about)) {
			n = flag_alert(desk, ret, a->person, about, due,
				       "Did not come: ring them now");
			n->appt = a->id;
			flag_alert_for(desk, n, role_word(ROLE_COUNSELLOR));
			break;
		}
		/* The waiting list has them. */
		if (ask->wait)
			break;
		/* Whoever was written to may ring by themselves. */
		if (ask->text)
			due = next_working(desk, a->site);
		task_for_appt(desk, a,
			      task_open(desk, ret, ask->ring ? TASK_RING : TASK_REBOOK, due,
					"%s %s, %s%s: %soffer one more time",
					a->state == APPT_LATE ? "Came too late" : "Did not attend",
					moment_show(a->starts, when), who,
					ask->text ? ", was written to" : "",
					ask->ring ? "ring, " : ""));
		break;
	case OUTCOME_REBOOK:
		task_for_appt(desk, a,
			      task_open(desk, ret, TASK_REBOOK, desk->now,
					"%s asks to see them again: book it", who));
		break;
	case OUTCOME_REVIEW:
		due = wall_moment(ask->review, MORNING);
		task_for_appt(desk, a,
			      task_open(desk, ret, TASK_REVIEW, due,
					"%s asks for a review by %s: book it", who,
					date_show_day(ask->review, when)));
		break;
	case OUTCOME_DISCHARGE:
		return ask->reason == END_DNA ? letter_of(desk, a, ret, err) : 0;
	case OUTCOME_NONE:
		return a->state == APPT_DNA ? 0 : missed_put_right(desk, a, ret, err);
	default:
		break;
	}
	return 0;
}

static void put_stand(struct stands *list, const struct appt *a, const struct episode *e)
{
	struct stand *s = list_push(list);

	s->outcome = mem_str(outcome_code(a->outcome));
	s->code = mem_str(outcome_national(a->outcome));
	s->at = a->outcome_at;
	s->by = a->outcome_by;
	s->state = mem_str(e->state);
	s->reason = mem_str(end_code(e->reason));
	s->why = mem_str(e->why);
	s->closed_at = e->closed_at;
	s->review = e->review_by;
}

/* The appointment and its episode as they will be. */
static void follow(struct desk *desk, const struct after_ask *ask, struct appt *a,
		   struct episode *e)
{
	/* By that discharge, and by nothing else before it. */
	bool ended = a->outcome == OUTCOME_DISCHARGE && e->closed_at.utc == a->outcome_at.utc;

	a->outcome = ask->outcome;
	a->outcome_at = (struct moment){ 0 };
	a->outcome_by = (struct id){ 0 };
	if (ask->outcome != OUTCOME_NONE) {
		a->outcome_at = desk->now;
		a->outcome_by = desk->user.id;
	}
	if (ended) {
		snprintf(e->state, sizeof e->state, "open");
		e->reason = END_NONE;
		e->why[0] = '\0';
		e->closed_at = (struct moment){ 0 };
	}
	e->review_by = ask->outcome == OUTCOME_REVIEW ? ask->review : DATE_NONE;
	if (ask->outcome != OUTCOME_DISCHARGE || strcmp(e->state, "open") != 0)
		return;
	snprintf(e->state, sizeof e->state, "closed");
	e->reason = ask->reason;
	snprintf(e->why, sizeof e->why, "%s", end_words(ask->reason));
	e->closed_at = desk->now;
}

/* What is booked already is not to be booked again, and needs nobody's task. */
static int booked(struct desk *desk, const struct appt *a, struct after_ask *ask, struct err *err)
{
	struct moment coming;

	if (ask->outcome != OUTCOME_REBOOK &&
	    (ask->outcome != OUTCOME_OFFER || ask->ring || ask->text || ask->wait))
		return 0;
	if (episode_coming(desk->store, a->episode, a->id, &coming, err) < 0)
		return -1;
	if (!moment_none(coming))
		ask->outcome = OUTCOME_AGAIN;
	return 0;
}

/* What the outcome before this one set going, and is not done yet. */
static int before(struct desk *desk, struct after *f, struct err *err)
{
	struct msgs all = { 0 };
	int rc = -1;

	if (tasks_rebooking(desk->store, f->appt, (struct id){ 0 }, &f->gone, err) == 0 &&
	    msgs_of_appt(desk->store, f->appt, &all, err) == 0) {
		list_each (m, &all)
			if ((m->event == MSG_REBOOK || m->event == MSG_DNA) &&
			    m->state == MSG_QUEUED && !m->trying)
				*list_push(&f->unsent) = m->id;
		rc = 0;
	}
	list_free(&all);
	return rc;
}

static int check(struct desk *desk, void *args, struct err *err)
{
	struct after *f = args;
	struct after_ask ask = *f->ask;
	struct appt_row r;
	struct episode e;

	if (appt_get(desk->store, f->appt, &r, err) < 0 || may_follow(desk, &r, &ask, err) < 0 ||
	    booked(desk, &r.a, &ask, err) < 0 || episode_get(desk->store, r.a.episode, &e, err) < 0)
		return -1;
	if (r.a.outcome != OUTCOME_NONE && before(desk, f, err) < 0)
		return -1;
	f->episode = e.id;
	put_stand(&f->was, &r.a, &e);
	follow(desk, &ask, &r.a, &e);
	put_stand(&f->to, &r.a, &e);
	return tasks_of(desk, &r.a, &ask, &f->opened, err);
}

/* ---- run, forwards and back ---- */

static bool is_so(struct txn *t, const struct after *f, const struct stand *s, struct appt_row *r)
{
	struct err err = ERR_INIT;
	struct episode e;

	if (!appt_read(t, f->appt, r))
		return false;
	if (episode_get(t->store, f->episode, &e, &err) < 0) {
		if (err.kind != ERR_MISSING)
			t->err = err;
		return false;
	}
	return text_same(s->outcome, outcome_code(r->a.outcome)) && text_same(s->state, e.state);
}

static void words(struct txn *t, const struct after *f, const struct stand *s, bool back)
{
	enum outcome outcome = OUTCOME_NONE;
	char day[DAY_TEXT];

	outcome_parse(text_of(s->outcome), &outcome);
	txn_tell(t, "appointment", f->appt, "%s%s%s%s%s", back ? "taken back: " : "", OUTCOME_TOLD,
		 outcome_words(outcome), outcome == OUTCOME_REVIEW ? " by " : "",
		 outcome == OUTCOME_REVIEW ? date_show_day(s->review, day) : "");
	/* Why is told to who may know the service. */
	if (outcome == OUTCOME_DISCHARGE)
		txn_why(t, s->why);
}

static int go(struct txn *t, const struct after *f, bool back)
{
	const struct stand *from = back ? f->to.v : f->was.v, *to = back ? f->was.v : f->to.v;
	struct task_ids opened = { 0 };
	struct appt_row r;

	words(t, f, f->to.v, back);
	if (!is_so(t, f, from, &r)) {
		if (!txn_failed(t))
			txn_overlap(t, "state", f->appt, (struct id){ 0 }, "two outcomes");
		return VERDICT_CONFLICT;
	}
	txn_scope(t, r.scope);
	appt_outcome_set(t, f->appt, to->outcome, to->code, to->at, to->by);
	episode_end_set(
		t, f->episode,
		&(struct episode_end){ to->state, to->reason, to->why, to->closed_at, to->review });
	if (back) {
		task_ids_of(&f->opened, &opened);
		tasks_withdraw(t, &opened);
		tasks_reopen(t, &f->gone);
		list_free(&opened);
	} else {
		tasks_withdraw(t, &f->gone);
		msgs_withdraw(t, &f->unsent, "no longer so");
		tasks_put(t, &f->opened, r.scope);
	}
	return VERDICT_OK;
}

static int run(struct txn *t, const void *args)
{
	return go(t, args, false);
}

static int run_back(struct txn *t, const void *args)
{
	return go(t, args, true);
}

/* A booking that was asked for, or another outcome, stands on it. */
static int built_on(struct desk *desk, const struct after *f, struct err *err)
{
	struct appt_row r;
	char who[NAME_TEXT];

	if (appt_get(desk->store, f->appt, &r, err) < 0)
		return -1;
	if (text_same(f->to.v[0].outcome, outcome_code(r.a.outcome)))
		return 0;
	return err_set(err, ERR_CLASH, "%s is %s by now: take that back first.",
		       caps(r.surname, "It", who), outcome_words(r.a.outcome));
}

static int check_back(struct desk *desk, void *args, struct err *err)
{
	const struct after *f = args;

	if (built_on(desk, f, err) < 0)
		return -1;
	return text_same(f->was.v[0].state, "open") && !text_same(f->to.v[0].state, "open")
		       ? opens_again(desk, f->episode, err)
		       : 0;
}

/* The same arguments, read backwards. */
static int reverse(struct desk *desk, const struct deed *deed, struct call *ret, struct err *err)
{
	struct buf bytes = { 0 };
	void *made = NULL;
	int rc;

	(void)desk;
	args_encode(&after_fields, deed->args, &bytes);
	rc = args_decode(&after_fields, bytes.s, bytes.n, &made, err);
	buf_done(&bytes);
	if (rc == 0)
		*ret = (struct call){ &act_outcome_back, made };
	return rc;
}

const struct act act_outcome = {
	.name = "outcome",
	.ver = 1,
	.roles = ROLE_DESK | ROLE_ADMINISTRATOR,
	.fields = FIELDS(after_f, struct after),
	.check = check,
	.run = run,
	.reverse = reverse,
};

const struct act act_outcome_back = {
	.name = "outcome_back",
	.ver = 1,
	.roles = ROLE_DESK | ROLE_ADMINISTRATOR,
	.fields = FIELDS(after_f, struct after),
	.check = check_back,
	.run = run_back,
};

/* ---- for callers ---- */

/* On the waiting list for the next one: with what they wished when they waited last. */
static int wait_again(struct desk *desk, struct id appt, struct err *err)
{
	struct wait_ask again = { .wish.from = DATE_NONE };
	struct wait_row before;
	struct appt_row r;
	struct id wait;

	if (appt_get(desk->store, appt, &r, err) < 0 ||
	    wait_for(desk, r.a.episode, &before, err) < 0)
		return -1;
	if (!id_none(before.w.id)) {
		again.wish = before.w.wish;
		again.short_notice = before.w.wish.notice == 0;
	}
	again.episode = r.a.episode;
	return before.on ? 0 : wait_add(desk, &again, &wait, err);
}

/* They came after all: what put them on the list is gone. */
static int wait_no_more(struct desk *desk, const struct appt *a, struct err *err)
{
	struct wait_row w;

	if (a->outcome != OUTCOME_OFFER)
		return 0;
	if (wait_for(desk, a->episode, &w, err) < 0)
		return -1;
	return w.on && w.w.since.utc == a->outcome_at.utc
		       ? wait_remove(desk, w.w.id, "came after all", err)
		       : 0;
}

int after_record(struct desk *desk, struct id appt, const struct after_ask *ask, struct err *err)
{
	struct after *f = mem_new(sizeof *f);
	bool own;
	int rc;

	f->appt = appt;
	f->ask = ask;
	rc = act_join(desk, &own, err);
	if (rc == 0) {
		rc = act_do(desk, &act_outcome, f, err);
		if (rc == 0 && ask->wait)
			rc = wait_again(desk, appt, err);
		rc = act_part(desk, own, rc, err);
	}
	args_free(&after_fields, f);
	return rc;
}

/* Did not attend, and nothing more is said: is it the end?  Never while somebody has to be rung, a
 * flag is open, or another time of theirs is booked: those are for a person to decide. */
static int ends_here(struct desk *desk, const struct appt_row *r, bool *ret, struct err *err)
{
	struct missed m;
	struct id about;

	*ret = false;
	if (r->a.state != APPT_DNA)
		return 0;
	if (after_missed(desk, r->a.id, &m, err) < 0)
		return -1;
	*ret = m.discharge && !flag_rings(desk, r->a.person, r->a.service, &about) &&
	       flag_holds(desk, r->a.person, r->a.service, NULL) == 0 &&
	       nothing_booked(desk, r, NULL) == 0;
	return 0;
}

int after_mark(struct desk *desk, struct id appt, const struct after_ask *ask, struct err *err)
{
	static const struct after_ask clear = { .overrule = true },
				      offer = { .outcome = OUTCOME_OFFER },
				      end = { .outcome = OUTCOME_DISCHARGE,
					      .reason = END_DNA,
					      .review = DATE_NONE };
	bool ends;
	struct appt_row r;
	struct id about;

	if (appt_get(desk->store, appt, &r, err) < 0)
		return -1;
	if ((r.a.state == APPT_DNA || r.a.state == APPT_LATE) &&
	    (!ask || ask->outcome == OUTCOME_NONE)) {
		if (ends_here(desk, &r, &ends, err) < 0)
			return -1;
		ask = ends ? &end : &offer;
	}
	if (ask && ask->outcome != OUTCOME_NONE) {
		struct after_ask over = *ask;

		over.overrule = true;
		if (after_record(desk, appt, &over, err) < 0 ||
		    (over.text && !flag_rings(desk, r.a.person, r.a.service, &about) &&
		     message_rebook(desk, appt, err) < 0))
			return -1;
		return r.a.state == APPT_DNA ? missed_told(desk, &r, err) : 0;
	}
	/* What was recorded of the state before goes with it. */
	if (r.a.outcome == OUTCOME_NONE)
		return 0;
	return wait_no_more(desk, &r.a, err) < 0 ? -1 : after_record(desk, appt, &clear, err);
}

int after_may_end(struct desk *desk, struct id appt, struct err *err)
{
	struct appt_row r;

	return appt_get(desk->store, appt, &r, err) < 0 ? -1 : nothing_booked(desk, &r, err);
}

static int way_to(struct desk *desk, struct id person, const char **ret, struct err *err)
{
	const struct contact *home;
	struct reader who;

	if (reader_load(desk, person, &who, err) < 0)
		return -1;
	home = contacts_of(&who.contacts, "address");
	*ret = strcmp(who.person.status, "active") != 0 ? NULL
	       : reader_ok(&who, "mobile")		? msg_channel_word(MSG_TEXT)
	       : reader_ok(&who, "email")		? msg_channel_word(MSG_EMAIL)
	       : home && *home->value			? msg_channel_word(MSG_LETTER)
							: NULL;
	reader_done(&who);
	return 0;
}

int after_missed(struct desk *desk, struct id appt, struct missed *ret, struct err *err)
{
	struct missed m = { 0 };
	const struct service *s;
	struct appt_row r;

	if (appt_get(desk->store, appt, &r, err) < 0)
		return -1;
	s = ref_service(desk, r.a.service);
	m.private_ = !s || !desk_sees(desk, s);
	if (!m.private_ && episode_missed(desk->store, r.a.episode, &m.nth, err) < 0)
		return -1;
	m.nth += !m.private_ && r.a.state != APPT_DNA;
	m.discharge = m.nth > desk->refs->dna_offers;
	if (!m.private_ && way_to(desk, r.a.person, &m.way, err) < 0)
		return -1;
	*ret = m;
	return 0;
}

int after_unfinished(struct desk *desk, struct id clinician, struct desk_rows *ret, struct err *err)
{
	struct appt_rows rows = { 0 };
	int rc;

	if (finish_list(desk->store, clinician, desk->today, &rows, err) < 0)
		return -1;
	rc = desk_shown(desk, &rows, ret, err);
	list_free(&rows);
	return rc;
}
