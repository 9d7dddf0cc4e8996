/*
 * message_act.c: messages sent for themselves, and what becomes of a message.
 *
 * A message that did not go opens a task, in the same command, for whoever was to be told: nothing
 * that was promised ends unseen.  Trying again, ringing instead and closing take that task away
 * while it is still open; once somebody has done it, the message is settled too.
 */
#include <stdio.h>
#include <string.h>

#include "clinic/booking_acts.h"
#include "clinic/flag.h"
#include "clinic/message_acts.h"
#include "clinic/refs.h"
#include "clinic/task.h"
#include "store/messages.h"
#include "store/store.h"
#include "store/tasks.h"

#define BIT(s) (1u << (s))

enum { REMIND_HOURS = 2 /* later than that before their time nobody is reminded */ };

/* ---- one for itself: a reminder, please book again ---- */

struct message {
	struct id appt;
	const char *scope, *event;
	struct telling tell;
	/* asked, and not carried */
	bool due; /* by the clock: whoever is due is reminded, whose service it is or not */
};

static const struct field message_f[] = {
	FIELD(appt, struct message, "appt", F_ID),
	FIELD(scope, struct message, "scope", F_TEXT),
	FIELD_NEEDED(event, struct message, "event", F_TEXT),
	TELLING_FIELDS(struct message, tell),
};

static int is_private(const struct desk *desk, const struct appt *a)
{
	const struct service *s = ref_service(desk, a->service);

	return s && s->private_;
}

static int its_time(struct desk *desk, const struct appt *a, enum msg_event event, struct err *err)
{
	if (event == MSG_REMINDER && (a->state != APPT_BOOKED || a->starts.utc <= desk->now.utc))
		return err_input(err, "", "A reminder goes to who is booked for a time to come.");
	if ((event == MSG_REBOOK || event == MSG_DNA) && a->state != APPT_DNA)
		return err_input(err, "", "That goes to who did not attend.");
	if (event == MSG_REBOOK && is_private(desk, a))
		return err_set(err, ERR_DENIED,
			       "No standard text goes to who missed a private appointment.");
	return 0;
}

/* Twice by a slip of the finger is once too often. */
static int not_just_now(struct desk *desk, struct id appt, enum msg_event event, struct err *err)
{
	struct msgs all = { 0 };
	char clock[DAY_TEXT];
	int rc = msgs_of_appt(desk->store, appt, &all, err);

	for (size_t i = 0; rc == 0 && i < all.n; i++) {
		const struct msg *m = &all.v[i];

		if (m->event == event && m->state != MSG_WITHDRAWN &&
		    m->at.utc > desk->now.utc - 3600)
			rc = err_set(err, ERR_CLASH, "That was %s at %s already.",
				     m->state == MSG_QUEUED ? "queued" : msg_state_word(m->state),
				     minute_show(moment_minute(m->at), clock));
		if (m->event == MSG_CONFIRMATION && m->state == MSG_QUEUED && event == MSG_REMINDER)
			rc = err_set(err, ERR_CLASH, "The confirmation still waits to be sent.");
	}
	list_free(&all);
	return rc;
}

static int write_it(struct desk *desk, struct message *m, enum msg_event event,
		    const struct appt *a, struct err *err)
{
	const struct contact *text, *mail, *home;
	struct reader who;
	enum msg_channel channel;
	char number[PHONE_TEXT];
	int rc;

	if (reader_load(desk, a->person, &who, err) < 0)
		return -1;
	text = reader_ok(&who, "mobile");
	mail = reader_ok(&who, "email");
	home = contacts_of(&who.contacts, "address");
	channel = text ? MSG_TEXT : mail ? MSG_EMAIL : MSG_LETTER;
	if (strcmp(who.person.status, "active") != 0)
		rc = err_set(err, ERR_CLASH, "They are recorded as %s: nothing is sent.",
			     who.person.status);
	else if (!text && !mail && (event != MSG_REBOOK || !home || !*home->value))
		rc = err_set(
			err, ERR_CLASH,
			"They allow no text and no e-mail: ring them, or ask what they allow.");
	else
		rc = message_new(desk, &m->tell, event, channel, &who, a, err) ? 0 : -1;
	if (rc == 0)
		snprintf(desk->promise, sizeof desk->promise, "%s to %.60s",
			 channel == MSG_TEXT	? "Text"
			 : channel == MSG_EMAIL ? "E-mail"
						: "Letter",
			 text	? phone_show(text->value, number)
			 : mail ? mail->value
				: "their address");
	reader_done(&who);
	return rc;
}

static int message_check(struct desk *desk, void *args, struct err *err)
{
	struct message *m = args;
	enum msg_event event = MSG_REMINDER;
	struct appt_row r;
	struct id about;

	/* The opposite of one has nothing to decide. */
	if (m->tell.withdraw.n)
		return 0;
	msg_event_parse(m->event, &event);
	if (appt_get(desk->store, m->appt, &r, err) < 0 ||
	    (!m->due && booking_own_desk(desk, r.a.service, err) < 0) ||
	    its_time(desk, &r.a, event, err) < 0 || not_just_now(desk, m->appt, event, err) < 0)
		return -1;
	if (event == MSG_REBOOK && flag_rings(desk, r.a.person, r.a.service, &about))
		return err_set(err, ERR_CLASH, "Nothing is sent about this one: they are rung.");
	m->scope = mem_str(r.scope);
	if (event == MSG_DNA)
		return missed_write(desk, m->appt, &m->tell, err);
	return write_it(desk, m, event, &r.a, err);
}

static int message_run(struct txn *t, const void *args)
{
	const struct message *m = args;
	enum msg_event event = MSG_REMINDER;
	struct id id;

	if (m->tell.put.n + m->tell.withdraw.n == 0)
		return VERDICT_UNSUPPORTED;
	id = m->tell.put.n ? m->tell.put.v[0].id : m->tell.withdraw.v[0];
	msg_event_parse(m->event, &event);
	txn_tell(t, "message", id, "%s %s", msg_event_word(event),
		 m->tell.put.n ? "queued" : "taken back");
	txn_scope(t, m->scope);
	telling_run(t, &m->tell, m->scope, MSG_QUEUED);
	return VERDICT_OK;
}

static int message_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			   struct err *err)
{
	const struct message *was = deed->args;
	struct message *back;
	struct msg m;

	if (was->tell.put.n == 0)
		return err_set(err, ERR_INPUT, "It was taken back: send another.");
	if (msg_get(desk->store, was->tell.put.v[0].id, &m, err) < 0)
		return -1;
	if (m.trying || (m.state != MSG_QUEUED && !(m.state == MSG_PHONED && m.task_open)))
		return err_set(err, ERR_CLASH, "It has left already: it cannot be taken back.");
	back = mem_new(sizeof *back);
	back->appt = was->appt;
	back->scope = mem_str(was->scope);
	back->event = mem_str(was->event);
	*list_push(&back->tell.withdraw) = m.id;
	if (m.state == MSG_PHONED)
		*list_push(&back->tell.drop) = m.task;
	*ret = (struct call){ &act_message, back };
	return 0;
}

const struct act act_message = {
	.name = "message",
	.ver = 1,
	.roles = ROLE_DESK | ROLE_ADMINISTRATOR,
	.fields = FIELDS(message_f, struct message),
	.check = message_check,
	.run = message_run,
	.reverse = message_reverse,
};

int message_send(struct desk *desk, struct id appt, enum msg_event event, bool due, struct err *err)
{
	struct message *m = mem_new(sizeof *m);
	int rc;

	m->appt = appt;
	m->due = due;
	m->event = mem_str(msg_event_code(event));
	rc = act_do(desk, &act_message, m, err);
	args_free(&act_message.fields, m);
	return rc;
}

int message_remind(struct desk *desk, struct id appt, struct err *err)
{
	return message_send(desk, appt, MSG_REMINDER, false, err);
}

int message_rebook(struct desk *desk, struct id appt, struct err *err)
{
	return message_send(desk, appt, MSG_REBOOK, false, err);
}

/* ---- who is due ---- */

/* How many days before its day the reminder falls that is due for an appointment so many days from
 * now; -1: none. */
static int step_for(const struct desk *desk, int days)
{
	int first = desk->refs->remind_first, last = desk->refs->remind_last;
	int late = first && (!last || first < last) ? first : last,
	    early = first > last ? first : last;

	if (late && days <= late)
		return late;
	return early && days <= early ? early : -1;
}

int messages_due(struct desk *desk, int most, int *ret, struct err *err)
{
	int64_t soon = desk->now.utc + REMIND_HOURS * 3600;
	int sent = 0, rc = desk_needs(desk, act_message.roles, "outbox remind", err);

	for (int days = 0, step; rc == 0 && (step = step_for(desk, days)) > 0; days++) {
		struct date day = { desk->today.n + days };
		struct ids list = { 0 };

		rc = msgs_to_remind(desk->store, day, (struct moment){ soon },
				    wall_moment((struct date){ day.n - step }, 0), most - sent,
				    &list, err);
		for (size_t i = 0; rc == 0 && i < list.n; i++) {
			struct err why = ERR_INIT;

			if (message_send(desk, list.v[i], MSG_REMINDER, true, &why) == 0)
				sent++;
			else if (why.kind != ERR_CLASH && why.kind != ERR_INPUT)
				rc = err_set(err, why.kind, "%s", why.text);
		}
		list_free(&list);
	}
	*ret = sent;
	return rc;
}

/* ---- what becomes of one ---- */

static const struct field mark_f[] = {
	FIELD(message, struct message_mark, "message", F_ID),
	FIELD_NEEDED(to, struct message_mark, "to", F_TEXT),
	FIELD_NEEDED(base, struct message_mark, "base", F_TEXT),
	FIELD(why, struct message_mark, "why", F_TEXT),
	FIELD(was_why, struct message_mark, "was_why", F_TEXT),
	FIELD_ROWS(tasks, struct message_mark, "tasks", &new_task_fields),
	FIELD_ROWS(drop, struct message_mark, "drop", &task_id_fields),
	FIELD_ROWS(lost, struct message_mark, "lost", &new_task_fields),
};

/* Was something promised by it that somebody now has to say otherwise? */
static bool owed(struct desk *desk, const struct msg *m)
{
	if (m->event == MSG_REMINDER || m->event == MSG_REPLY)
		return false;
	return m->event == MSG_REBOOK || m->event == MSG_DNA ||
	       m->not_after.utc > desk->now.utc - 86400;
}

/* "Ring 07700 900418: the text (change: Fri 13-Mar 09:00 at Northgate) did not go." */
static int owe(struct desk *desk, struct message_mark *mark, const struct msg *m, enum msg_state to,
	       struct err *err)
{
	struct appt_row r;
	struct reader who;
	char when[WHEN_TEXT] = "", number[NUMBER_TEXT], text[600];
	bool about = !id_none(m->appt);

	if ((about && appt_get(desk->store, m->appt, &r, err) < 0) ||
	    reader_load(desk, m->person, &who, err) < 0)
		return -1;
	if (about)
		message_when(desk, r.a.starts, r.a.site, when);
	if (!id_none(m->contact))
		snprintf(text, sizeof text, "The notice to their manager (missed: %s) %s.", when,
			 to == MSG_PHONED   ? "is told by telephone instead"
			 : to == MSG_UNSURE ? "may not have gone"
					    : "did not go");
	else
		snprintf(text, sizeof text, "Ring %s: the %s (%s%s%s) %s.",
			 reader_number(&who, number), msg_channel_word(m->channel),
			 msg_event_word(m->event), about ? ": " : "", when,
			 to == MSG_PHONED   ? "is told by telephone instead"
			 : to == MSG_UNSURE ? "may not have gone"
					    : "did not go");
	message_task(desk, &mark->tasks, to == MSG_PHONED ? TASK_RING : TASK_UNSENT,
		     about ? &r.a : NULL, m->person, text);
	reader_done(&who);
	return 0;
}

static int settled(const struct msg *m, struct err *err)
{
	return err_set(err, ERR_CLASH, "It is %s already: look again.",
		       m->trying ? "being sent" : msg_state_word(m->state));
}

/* Somewhere else it may have been cancelled or moved while this went. */
static int ring_if_outdated(struct desk *desk, struct message_mark *mark, const struct msg *m,
			    struct err *err)
{
	struct appt_row r;
	struct reader who;
	char when[WHEN_TEXT], number[NUMBER_TEXT], text[400];

	if (id_none(m->appt))
		return 0;
	if (appt_get(desk->store, m->appt, &r, err) < 0 ||
	    reader_load(desk, m->person, &who, err) < 0)
		return -1;
	snprintf(text, sizeof text, "Ring %s: they were sent %s, and that did not hold.",
		 reader_number(&who, number), message_when(desk, m->starts, m->site, when));
	message_task(desk, &mark->lost, TASK_RINGBACK, &r.a, m->person, text);
	reader_done(&who);
	return 0;
}

static int mark_check(struct desk *desk, void *args, struct err *err)
{
	struct message_mark *mark = args;
	enum msg_state to = MSG_CLOSED;
	struct msg m;
	bool goes_wrong, keeps;

	msg_state_parse(mark->to, &to);
	if (msg_get(desk->store, mark->message, &m, err) < 0)
		return -1;
	if (strcmp(mark->base, msg_state_code(m.state)) != 0)
		return settled(&m, err);
	mark->was_why = *m.why ? mem_str(m.why) : NULL;
	goes_wrong = to == MSG_DEAD || to == MSG_UNSURE;
	/* The task of before says what is true no longer; of one that stays unsent it stands. */
	keeps = goes_wrong && m.task_open && m.state != MSG_PHONED;
	if (m.task_open && !keeps)
		*list_push(&mark->drop) = m.task;
	if (to == MSG_SENT && store_joined(desk->store) && !moment_none(m.starts) &&
	    m.starts.utc > desk->now.utc)
		return ring_if_outdated(desk, mark, &m, err);
	if (to == MSG_PHONED || (goes_wrong && !keeps && owed(desk, &m)))
		return owe(desk, mark, &m, to, err);
	return 0;
}

/* "confirmation by text: not sent" */
static const char *became(enum msg_state to)
{
	return to == MSG_QUEUED	  ? "to be sent again"
	       : to == MSG_DEAD	  ? "not sent"
	       : to == MSG_UNSURE ? "not sure whether it went"
	       : to == MSG_PHONED ? "by telephone instead"
	       : to == MSG_CLOSED ? "settled"
				  : msg_state_word(to);
}

static bool outdated(struct txn *t, const struct msg *m)
{
	struct appt_row r;

	return !id_none(m->appt) && appt_read(t, m->appt, &r) &&
	       (!appt_live(r.a.state) || r.a.starts.utc != m->starts.utc ||
		!id_same(r.a.site, m->site));
}

static int mark_run(struct txn *t, const void *args)
{
	const struct message_mark *mark = args;
	enum msg_state to = MSG_CLOSED;
	struct msg m;

	msg_state_parse(mark->to, &to);
	txn_tell(t, "message", mark->message, "%s", became(to));
	txn_why(t, mark->why);
	if (!msg_read(t, mark->message, &m))
		return VERDICT_STALE;
	txn_scope(t, m.scope);
	txn_tell(t, "message", mark->message, "%s by %s: %s", msg_event_word(m.event),
		 msg_channel_word(m.channel), became(to));
	/* That it went is so whatever was thought of it meanwhile. */
	if (to != MSG_SENT && strcmp(mark->base, msg_state_code(m.state)) != 0)
		return VERDICT_CONFLICT;
	/* ... and where nothing else tells them that it is otherwise, somebody rings. */
	if (to == MSG_SENT && m.state == MSG_WITHDRAWN && outdated(t, &m) &&
	    !msgs_informed(t, m.appt, m.id))
		tasks_put(t, &mark->lost, m.scope);
	tasks_withdraw(t, &mark->drop);
	tasks_put(t, &mark->tasks, m.scope);
	msg_set(t, mark->message, to, mark->why,
		mark->tasks.n ? mark->tasks.v[0].id : (struct id){ 0 });
	return VERDICT_OK;
}

static int mark_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			struct err *err)
{
	const struct message_mark *was = deed->args;
	struct message_mark *back;

	(void)desk;
	if (strcmp(was->to, msg_state_code(MSG_SENT)) == 0)
		return err_set(err, ERR_INPUT, "It has left: it cannot be taken back.");
	back = mem_new(sizeof *back);
	back->message = was->message;
	back->to = mem_str(was->base);
	back->base = mem_str(was->to);
	back->why = mem_str(was->was_why);
	*ret = (struct call){ &act_message_mark, back };
	return 0;
}

const struct act act_message_mark = {
	.name = "message_mark",
	.ver = 1,
	.roles = ROLE_DESK | ROLE_ADMINISTRATOR,
	.fields = FIELDS(mark_f, struct message_mark),
	.check = mark_check,
	.run = mark_run,
	.reverse = mark_reverse,
};

int message_mark(struct desk *desk, struct id message, enum msg_state to, enum msg_state base,
		 const char *why, struct err *err)
{
	struct message_mark *mark = mem_new(sizeof *mark);
	int rc;

	mark->message = message;
	mark->to = mem_str(msg_state_code(to));
	mark->base = mem_str(msg_state_code(base));
	mark->why = why && *why ? mem_str(why) : NULL;
	rc = act_do(desk, &act_message_mark, mark, err);
	args_free(&act_message_mark.fields, mark);
	return rc;
}

/* ---- what a person decides ---- */

/* In one of these states, and not on its way this moment; a private one is for its own desk.  (The
 * sender, who decides nothing, goes past this.) */
static int pick(struct desk *desk, struct id message, unsigned states, struct msg *ret,
		struct err *err)
{
	struct appt_row r;

	if (msg_get(desk->store, message, ret, err) < 0 ||
	    (!id_none(ret->appt) && (appt_get(desk->store, ret->appt, &r, err) < 0 ||
				     booking_own_desk(desk, r.a.service, err) < 0)))
		return -1;
	return BIT(ret->state) & states && !ret->trying ? 0 : settled(ret, err);
}

static int decide(struct desk *desk, struct id message, unsigned from, enum msg_state to,
		  const char *why, struct err *err)
{
	struct msg m;
	int rc;

	if (act_begin(desk, err) < 0)
		return -1;
	rc = pick(desk, message, from, &m, err);
	/* Tried again it begins anew; so does what is taken back to the queue. */
	if (rc == 0 && to == MSG_QUEUED && m.task_done)
		rc = err_set(err, ERR_CLASH, "Somebody has rung them by now: close it with X.");
	if (rc == 0 && to == MSG_QUEUED && m.not_after.utc <= desk->now.utc)
		rc = err_set(err, ERR_CLASH, "It is out of date: ring them, or close it with X.");
	if (rc == 0 && to == MSG_QUEUED)
		rc = outbox_tries_forget(desk->store, message, err);
	if (rc == 0)
		rc = message_mark(desk, message, to, m.state, why, err);
	if (rc < 0) {
		act_abandon(desk);
		return -1;
	}
	return act_end(desk, err);
}

int message_retry(struct desk *desk, struct id message, struct err *err)
{
	return decide(desk, message, BIT(MSG_DEAD) | BIT(MSG_UNSURE), MSG_QUEUED, NULL, err);
}

int message_phone(struct desk *desk, struct id message, struct err *err)
{
	return decide(desk, message, BIT(MSG_QUEUED) | BIT(MSG_DEAD) | BIT(MSG_UNSURE), MSG_PHONED,
		      NULL, err);
}

static int with_reason(struct desk *desk, struct id message, unsigned from, enum msg_state to,
		       const char *typed, struct err *err)
{
	char *why = clean_reason(typed ? typed : "", "why", err);
	int rc = why ? decide(desk, message, from, to, why, err) : -1;

	mem_free(why);
	return rc;
}

int message_cancel(struct desk *desk, struct id message, const char *why, struct err *err)
{
	return with_reason(desk, message, BIT(MSG_QUEUED) | BIT(MSG_HELD), MSG_WITHDRAWN, why, err);
}

int message_close(struct desk *desk, struct id message, const char *why, struct err *err)
{
	return with_reason(desk, message, BIT(MSG_DEAD) | BIT(MSG_UNSURE), MSG_CLOSED, why, err);
}
