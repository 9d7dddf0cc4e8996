/*
 * booking_state.c: an appointment's way through the day, and cancelling it.
 *
 *	 requested, booked --arrive--> arrived --room--> in room --seen--> seen
 *	         |  |                    |  \_______________seen____________/
 *	         |  +--dna, late         +--late
 *	         +--cancel---------------+
 *
 * One table says which state leads where, who may, and what is kept of it.  Every step carries how
 * the appointment stood, so that each can be taken back.  When two desks act on one row the second
 * is told who was first; having seen that, its user may overrule it.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/booking.h"
#include "clinic/booking_acts.h"
#include "clinic/questionnaire_acts.h"
#include "clinic/refs.h"
#include "clinic/task.h"
#include "store/episodes.h"
#include "store/journal.h"
#include "store/messages.h"
#include "store/requests.h"
#include "store/slots.h"
#include "store/tasks.h"

#define BIT(s)	 (1u << (s))
#define EXPECTED (BIT(APPT_REQUESTED) | BIT(APPT_BOOKED))
#define ENDED                                                                                      \
	(BIT(APPT_ARRIVED) | BIT(APPT_IN_ROOM) | BIT(APPT_SEEN) | BIT(APPT_DNA) | BIT(APPT_LATE))

enum when { WHEN_EVER, WHEN_ITS_DAY, WHEN_STARTED };

static const struct way {
	const struct act *act;
	enum appt_state to;
	unsigned from, overrules; /* bits of states */
	enum when when;
} steps[] = {
	{ &act_arrive, APPT_ARRIVED, EXPECTED, ENDED, WHEN_ITS_DAY },
	{ &act_room, APPT_IN_ROOM, BIT(APPT_ARRIVED) | EXPECTED, ENDED, WHEN_ITS_DAY },
	{ &act_seen, APPT_SEEN, BIT(APPT_ARRIVED) | BIT(APPT_IN_ROOM), ENDED, WHEN_EVER },
	{ &act_dna, APPT_DNA, EXPECTED, ENDED, WHEN_STARTED },
	{ &act_late, APPT_LATE, EXPECTED | BIT(APPT_ARRIVED), ENDED, WHEN_STARTED },
};

static const struct way *step_to(enum appt_state to)
{
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		if (steps[i].to == to)
			return &steps[i];
	return NULL;
}

/* ---- who was first ---- */

static int somebody(struct desk *desk, const struct appt_row *r, const char *then, struct err *err)
{
	struct event last = { 0 };
	char at[DAY_TEXT], who[NAME_TEXT];

	if (history_last(desk->store, r->a.id, &last, err) < 0)
		return -1;
	if (id_none(last.id))
		return err_set(err, ERR_CLASH, "That appointment is %s already.%s",
			       appt_word(r->a.state), then);
	return err_set(err, ERR_CLASH, "%s marked %s %s at %s.%s", last.user,
		       caps(r->surname, "it", who), appt_word(r->a.state),
		       moment_said(last.at, desk->today, at), then);
}

/* Did somebody change it since the desk saw it? */
static int still(struct desk *desk, const struct appt_row *r, const char *base, struct err *err)
{
	if (!base || strcmp(base, state_letter(r->a.state)) == 0)
		return 0;
	return somebody(desk, r, "  Again to overrule.", err);
}

/* ---- the steps ---- */

static int in_time(const struct desk *desk, const struct way *s, const struct appt *a,
		   struct err *err)
{
	char when[DAY_TEXT];

	if (s->when == WHEN_ITS_DAY && a->day.n != desk->today.n)
		return err_input(err, "", "That appointment is on %s, not today.",
				 date_show_day(a->day, when));
	if (s->when == WHEN_STARTED && desk->now.utc < a->starts.utc)
		return err_input(err, "", "It only starts at %s: cancel it if they said so before.",
				 moment_show(a->starts, when));
	return 0;
}

/* What the row says afterwards. */
static void advance(struct appt *a, enum appt_state to, struct moment at)
{
	static const struct moment never = { 0 };

	/* A past day put right: nobody marked when they came, so they came when they were to. */
	if (to == APPT_SEEN && BIT(a->state) & EXPECTED) {
		a->arrived_at = a->starts;
		at.utc = a->starts.utc + (int64_t)a->mins * 60;
	}
	a->state = to;
	a->cancelled_by = CANCEL_NOT;
	if (to == APPT_ARRIVED || to == APPT_DNA)
		a->room_at = never;
	if (to != APPT_SEEN)
		a->seen_at = never;
	a->ended_at = to == APPT_DNA || to == APPT_LATE ? at : never;
	if (to == APPT_DNA)
		a->arrived_at = never;
	else if (moment_none(a->arrived_at) && to != APPT_LATE)
		a->arrived_at = at;
	if (to == APPT_IN_ROOM)
		a->room_at = at;
	if (to == APPT_SEEN)
		a->seen_at = at;
}

static int mark_check(struct desk *desk, void *args, enum appt_state to, struct err *err)
{
	struct mark *m = args;
	const struct way *s = step_to(to);
	unsigned from = s->from | (m->base ? s->overrules & ~BIT(to) : 0);
	struct appt_row r;
	char who[NAME_TEXT];

	if (appt_get(desk->store, m->appt, &r, err) < 0 || still(desk, &r, m->base, err) < 0)
		return -1;
	/* Of a day that is over, what came of it is all that is left to say. */
	if (to == APPT_SEEN && r.a.day.n < desk->today.n)
		from |= EXPECTED;
	if (!(from & BIT(r.a.state))) {
		/* Not taken in yet is no clash with anybody. */
		if (BIT(r.a.state) & EXPECTED)
			return err_input(err, "", "%s has not arrived yet: mark that first.",
					 caps(r.surname, "Who is booked", who));
		return somebody(desk, &r, "", err);
	}
	if (in_time(desk, s, &r.a, err) < 0 || was_now(desk, &r, &m->was, err) < 0 ||
	    (to == APPT_SEEN && questionnaires_due(desk, &r.a, &m->tasks, err) < 0))
		return -1;
	advance(&r.a, to, desk->now);
	appt_code(&r.a, desk->refs->late_mins, r.a.code);
	mem_free((char *)m->code);
	m->code = mem_str(r.a.code);
	return 0;
}

static int mark_run(struct txn *t, const void *args, enum appt_state to)
{
	const struct mark *m = args;
	struct appt_row r;

	txn_tell(t, "appointment", m->appt, "%s", appt_word(to));
	if (!appt_read(t, m->appt, &r))
		return VERDICT_STALE;
	txn_scope(t, r.scope);
	/* Elsewhere it may have been cancelled or finished meanwhile: that stands, a person
	 * decides. */
	if (m->was.n != 1 || !text_same(m->was.v[0].state, state_letter(r.a.state))) {
		txn_overlap(t, "state", m->appt, (struct id){ 0 }, appt_word(to));
		return VERDICT_CONFLICT;
	}
	advance(&r.a, to, t->at);
	COPY(r.a.code, m->code);
	appt_set(t, &r.a);
	tasks_put(t, &m->tasks, r.scope);
	return VERDICT_OK;
}

static int mark_reverse(const struct deed *deed, enum appt_state to, struct call *ret,
			struct err *err)
{
	const struct mark *m = deed->args;

	if (back_to(&m->was, appt_word(to), state_letter(to), ret, err) < 0)
		return -1;
	task_ids_of(&m->tasks, &((struct restore *)ret->args)->tasks);
	return 0;
}

static const struct field mark_f[] = {
	FIELD(appt, struct mark, "appt", F_ID),
	FIELD(base, struct mark, "base", F_TEXT),
	FIELD(code, struct mark, "code", F_TEXT),
	FIELD_ROWS(was, struct mark, "was", &restore_fields),
	FIELD_ROWS(tasks, struct mark, "tasks", &new_task_fields),
};

/* Five acts of one kind: each has its own name in the history and on the wire. */
#define MARK(act_, name_, to_)                                                                     \
	static int name_##_check(struct desk *desk, void *args, struct err *err)                   \
	{                                                                                          \
		return mark_check(desk, args, to_, err);                                           \
	}                                                                                          \
	static int name_##_run(struct txn *t, const void *args)                                    \
	{                                                                                          \
		return mark_run(t, args, to_);                                                     \
	}                                                                                          \
	static int name_##_reverse(struct desk *desk, const struct deed *deed, struct call *ret,   \
				   struct err *err)                                                \
	{                                                                                          \
		(void)desk;                                                                        \
		return mark_reverse(deed, to_, ret, err);                                          \
	}                                                                                          \
	const struct act act_ = {                                                                  \
		.name = #name_,                                                                    \
		.ver = 1,                                                                          \
		.roles = ROLE_DESK | ROLE_ADMINISTRATOR,                                           \
		.fields = FIELDS(mark_f, struct mark),                                             \
		.check = name_##_check,                                                            \
		.run = name_##_run,                                                                \
		.reverse = name_##_reverse,                                                        \
	}

MARK(act_arrive, arrive, APPT_ARRIVED);
MARK(act_room, room, APPT_IN_ROOM);
MARK(act_seen, seen, APPT_SEEN);
MARK(act_dna, dna, APPT_DNA);
MARK(act_late, late, APPT_LATE);

int booking_mark(struct desk *desk, struct id appt, enum appt_state to, const struct mark_ask *ask,
		 struct err *err)
{
	const struct way *s = step_to(to);
	struct mark *m;
	bool own;
	int rc;

	if (!s)
		return err_set(err, ERR_FAULT, "Nothing marks an appointment %s.", appt_word(to));
	m = mem_new(sizeof *m);
	m->appt = appt;
	if (ask && ask->base)
		m->base = mem_str(state_letter(*ask->base));
	rc = act_join(desk, &own, err);
	if (rc == 0) {
		rc = act_do(desk, s->act, m, err);
		if (rc == 0)
			rc = after_mark(desk, appt, ask ? ask->after : NULL, err);
		rc = act_part(desk, own, rc, err);
	}
	args_free(&s->act->fields, m);
	return rc;
}

int booking_mark_try(struct desk *desk, struct id appt, enum appt_state to, enum appt_state base,
		     struct err *err)
{
	const struct way *s = step_to(to);
	struct mark *m = mem_new(sizeof *m);
	int rc;

	m->appt = appt;
	m->base = mem_str(state_letter(base));
	rc = mark_check(desk, m, to, err);
	args_free(&s->act->fields, m);
	return rc;
}

/* ---- cancelling ---- */

#define CANCELLABLE (EXPECTED | BIT(APPT_ARRIVED))

static int cancel_check(struct desk *desk, void *args, struct err *err)
{
	struct cancel *c = args;
	struct appt_row r;

	if (appt_get(desk->store, c->appt, &r, err) < 0 ||
	    booking_own_desk(desk, r.a.service, err) < 0)
		return -1;
	if (!(CANCELLABLE & BIT(r.a.state)))
		return somebody(desk, &r, "", err);
	if (was_now(desk, &r, &c->was, err) < 0 || cancel_tell(desk, c, &r.a, err) < 0)
		return -1;
	r.a.state = APPT_CANCELLED;
	cancel_by_parse(c->by, &r.a.cancelled_by);
	appt_code(&r.a, desk->refs->late_mins, r.a.code);
	mem_free((char *)c->code);
	c->code = mem_str(r.a.code);
	return 0;
}

static int cancel_run(struct txn *t, const void *args)
{
	const struct cancel *c = args;
	struct appt_row r;
	char words[APPT_WORDS];

	txn_tell(t, "appointment", c->appt, "cancelled, %s", c->by);
	txn_why(t, c->why);
	if (!appt_read(t, c->appt, &r))
		return VERDICT_STALE;
	txn_scope(t, r.scope);
	/* Whatever became of the appointment meanwhile: who held the slots has given them away. */
	slot_release(t, c->appt);
	request_answer(t, c->appt, "void");
	if (!appt_live(r.a.state)) {
		txn_overlap(t, "state", c->appt, (struct id){ 0 }, appt_word(APPT_CANCELLED));
		request_strays(t, c->appt);
		return VERDICT_CONFLICT;
	}
	/* Moved meanwhile: they may have been told of the other time. */
	if (c->was.n == 1 && c->was.v[0].starts.utc != r.a.starts.utc)
		telling_lost(t, &c->tell, r.scope);
	appt_words(t, &r.a, words);
	cancel_by_parse(c->by, &r.a.cancelled_by);
	txn_tell(t, "appointment", c->appt, "cancelled %s: %s",
		 r.a.cancelled_by == CANCEL_ERROR    ? "as entered in error"
		 : r.a.cancelled_by == CANCEL_PERSON ? "by or for the person"
						     : "by the service",
		 words);
	r.a.state = APPT_CANCELLED;
	r.a.ended_at = t->at;
	snprintf(r.a.code, sizeof r.a.code, "%s", c->code);
	appt_set(t, &r.a);
	tasks_withdraw(t, &c->tasks);
	msgs_over(t, c->appt, false, "cancelled");
	telling_run(t, &c->tell, r.scope, MSG_QUEUED);
	request_strays(t, c->appt);
	if (!id_none(c->episode))
		episode_error(t, c->episode, c->appt);
	return VERDICT_OK;
}

static int cancel_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			  struct err *err)
{
	const struct cancel *c = deed->args;

	(void)desk;
	return back_to(&c->was, "cancelled", state_letter(APPT_CANCELLED), ret, err);
}

static const struct field cancel_f[] = {
	FIELD(appt, struct cancel, "appt", F_ID),
	FIELD_NEEDED(by, struct cancel, "by", F_TEXT),
	FIELD(why, struct cancel, "why", F_TEXT),
	FIELD_NEEDED(code, struct cancel, "code", F_TEXT),
	FIELD(episode, struct cancel, "episode", F_ID),
	FIELD_ROWS(tasks, struct cancel, "tasks", &task_id_fields),
	FIELD_ROWS(was, struct cancel, "was", &restore_fields),
	TELLING_FIELDS(struct cancel, tell),
};

const struct act act_cancel = {
	.name = "cancel",
	.ver = 1,
	.roles = ROLE_DESK | ROLE_ADMINISTRATOR,
	.fields = FIELDS(cancel_f, struct cancel),
	.check = cancel_check,
	.run = cancel_run,
	.reverse = cancel_reverse,
};

int booking_cancel(struct desk *desk, struct id appt, enum cancel_by by, const char *why,
		   struct err *err)
{
	struct cancel *c;
	char *clean;
	int rc;

	if (by == CANCEL_NOT)
		return err_input(err, "by", "Who cancels: person, service or error?");
	if (!(clean = clean_reason(why ? why : "", "why", err)))
		return -1;
	c = mem_new(sizeof *c);
	c->appt = appt;
	c->by = mem_str(cancel_by_word(by));
	c->why = clean;
	rc = act_do(desk, &act_cancel, c, err);
	args_free(&act_cancel.fields, c);
	return rc;
}

int booking_undo(struct desk *desk, struct id appt, char *ret_what, size_t n, struct err *err)
{
	struct appt_row r;

	if (desk_needs(desk, act_cancel.roles, "appt undo", err) < 0 ||
	    appt_get(desk->store, appt, &r, err) < 0)
		return -1;
	return act_undo_of(desk, appt, ret_what, n, err);
}
