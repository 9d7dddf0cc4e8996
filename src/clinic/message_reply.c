/*
 * message_reply.c: texts that come back.
 *
 * A number may be known of several people; the one who was texted there last is meant.  Whatever
 * came is kept and becomes a task: only a person can tell what "can't do thursday" asks for.  Three
 * answers, each alone, are understood besides: STOP takes back the consent to texts, at once; YES
 * to a time that is to come is kept and asks nobody for anything; NO to one is a task that says
 * which, or, where the service wants that (the setting reply_cancels), cancels it as the person's
 * wish.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "clinic/booking.h"
#include "clinic/booking_acts.h"
#include "clinic/message_acts.h"
#include "clinic/people_act.h"
#include "clinic/refs.h"
#include "clinic/task.h"
#include "clinic/wait.h"
#include "store/appts.h"
#include "store/messages.h"
#include "store/people.h"
#include "store/tasks.h"

enum { REPLY_RUNES = 500, PEOPLE_OF_NUMBER = 50, LAST_OF = 10 };

struct reply {
	const char *scope;
	struct new_msgs msgs; /* one, or none when nobody has the number */
	struct new_tasks tasks;
};

static const struct field reply_f[] = {
	FIELD(scope, struct reply, "scope", F_TEXT),
	FIELD_ROWS(msgs, struct reply, "messages", &new_msg_fields),
	FIELD_ROWS(tasks, struct reply, "tasks", &new_task_fields),
};

static int reply_run(struct txn *t, const void *args)
{
	const struct reply *r = args;

	if (r->msgs.n)
		txn_tell(t, "message", r->msgs.v[0].id, "a text came back");
	else if (r->tasks.n)
		txn_tell(t, "task", r->tasks.v[0].id, "a text came from a number nobody has");
	else
		txn_tell(t, "message", t->cmd, "nothing came back");
	txn_scope(t, r->scope);
	tasks_put(t, &r->tasks, r->scope);
	msgs_put(t, &r->msgs, r->scope, MSG_RECEIVED);
	return VERDICT_OK;
}

static int reply_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			 struct err *err)
{
	(void)desk, (void)deed, (void)ret;
	return err_set(err, ERR_INPUT, "What came in stays: end its task with an outcome.");
}

const struct act act_message_reply = {
	.name = "message_reply",
	.ver = 1,
	.roles = ROLE_DESK | ROLE_ADMINISTRATOR,
	.fields = FIELDS(reply_f, struct reply),
	.run = reply_run,
	.reverse = reply_reverse,
};

/* ---- whose number ---- */

/* The newest thing said to each of them; whoever has the newest of all is meant. */
static int meant(struct desk *desk, const struct ids *people, struct msg *ret,
		 struct id *ret_person, struct err *err)
{
	*ret = (struct msg){ 0 };
	*ret_person = people->n ? people->v[0] : (struct id){ 0 };
	list_each (p, people) {
		struct msgs last = { 0 };

		if (msgs_of_person(desk->store, *p, LAST_OF, &last, err) < 0)
			return -1;
		list_each (m, &last)
			if (m->channel == MSG_TEXT && m->event != MSG_REPLY &&
			    m->id.n > ret->id.n) {
				*ret = *m;
				*ret_person = *p;
			}
		list_free(&last);
	}
	return 0;
}

/* What a whole text says.  Nothing that goes on, and nothing that could mean
 * something else, is here: that is for a person to read. */
enum says { SAYS_SOMETHING, SAYS_STOP, SAYS_YES, SAYS_NO };

static enum says what_it_says(const char *words)
{
	static const struct {
		const char *words;
		enum says says;
	} known[] = {
		{ "stop", SAYS_STOP },
		{ "stopall", SAYS_STOP },
		{ "unsubscribe", SAYS_STOP },
		{ "stop texts", SAYS_STOP },
		{ "yes", SAYS_YES },
		{ "y", SAYS_YES },
		{ "ok", SAYS_YES },
		{ "okay", SAYS_YES },
		{ "yes thanks", SAYS_YES },
		{ "yes thank you", SAYS_YES },
		{ "confirm", SAYS_YES },
		{ "confirmed", SAYS_YES },
		{ "i will be there", SAYS_YES },
		{ "no", SAYS_NO },
		{ "n", SAYS_NO },
		{ "no thanks", SAYS_NO },
		{ "no thank you", SAYS_NO },
		{ "cancel", SAYS_NO },
		{ "please cancel", SAYS_NO },
		{ "cannot come", SAYS_NO },
		{ "can't come", SAYS_NO },
		{ "cant come", SAYS_NO },
		{ "cannot attend", SAYS_NO },
		{ "can't attend", SAYS_NO },
		{ "cant attend", SAYS_NO },
	};
	size_t n = strlen(words);

	while (n > 0 && strchr(".! ", words[n - 1]))
		n--;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strlen(known[i].words) == n && strncasecmp(words, known[i].words, n) == 0)
			return known[i].says;
	return SAYS_SOMETHING;
}

/* ---- what is done with it ---- */

/* The appointment that a yes or no is about: what they were told last, if it is still to come. */
static bool to_come(struct desk *desk, const struct msg *last, struct appt_row *ret)
{
	struct err none = ERR_INIT;

	return !id_none(last->appt) && !moment_none(last->starts) &&
	       appt_get(desk->store, last->appt, ret, &none) == 0 && ret->a.state == APPT_BOOKED &&
	       ret->a.starts.utc > desk->now.utc && ret->a.starts.utc == last->starts.utc;
}

static struct new_task *reply_task(struct desk *desk, struct reply *r, const struct msg *last,
				   struct id person, const char *text)
{
	struct appt_row about;
	struct err none = ERR_INIT;
	bool known = !id_none(last->appt) && appt_get(desk->store, last->appt, &about, &none) == 0;

	return message_task(desk, &r->tasks, TASK_MESSAGE, known ? &about.a : NULL, person, text);
}

/* "Text back from 07700 900418: no" and what it is about where that is understood. */
static void task_words(struct desk *desk, const struct msg *last, struct id person,
		       const char *digits, const char *words, char *ret, size_t n)
{
	char shown[PHONE_TEXT], when[WHEN_TEXT];
	struct appt_row about;

	phone_show(digits, shown);
	if (id_none(person))
		snprintf(ret, n, "From %.40s, which nobody here has: %s", shown, words);
	else if (what_it_says(words) == SAYS_NO && to_come(desk, last, &about))
		snprintf(ret, n,
			 "Text back from %.40s: %s.  They will not come %s: cancel or move it",
			 shown, words, message_when(desk, about.a.starts, about.a.site, when));
	else
		snprintf(ret, n, "Text back from %.40s: %s", shown, words);
}

static int keep(struct desk *desk, const struct msg *last, struct id person, const char *digits,
		const char *words, bool settled, struct err *err)
{
	struct reply *r = mem_new(sizeof *r);
	struct person p = { 0 };
	char text[8 * REPLY_RUNES];
	int rc = id_none(person) ? 0 : people_get(desk->store, person, &p, err);

	r->scope = id_none(person) ? mem_printf("care:%d", store_me(desk->store)->node)
				   : mem_str(p.scope);
	task_words(desk, last, person, digits, words, text, sizeof text);
	if (rc == 0) {
		struct id none = { 0 };
		struct id task = settled ? none : reply_task(desk, r, last, person, text)->id;

		if (!id_none(person)) {
			struct new_msg *m = list_push(&r->msgs);

			m->id = desk_new_id(desk);
			m->person = person;
			m->appt = last->appt;
			m->event = mem_str(msg_event_code(MSG_REPLY));
			m->channel = mem_str(msg_channel_code(MSG_TEXT));
			m->words = mem_str(words);
			m->not_before = m->not_after = desk->now;
			m->node = store_me(desk->store)->node;
			m->task = task;
		}
		rc = act_do(desk, &act_message_reply, r, err);
	}
	args_free(&act_message_reply.fields, r);
	return rc;
}

/* Every mobile of theirs with that number. */
static int stop(struct desk *desk, struct id person, const char *digits, struct err *err)
{
	struct people *edits = mem_new(sizeof *edits);
	struct reader who = { 0 };
	int rc = reader_load(desk, person, &who, err);

	if (rc == 0) {
		edits->scope = mem_str(who.person.scope);
		edits->source = mem_str("desk");
		edits->person = who.person.id;
		list_each (c, &who.contacts)
			if (c->on && c->text_ok && strcmp(c->kind, "mobile") == 0 &&
			    strcmp(c->value, digits) == 0)
				people_add_edit(edits, c->id, "contact", "text_ok",
						"text reminders", "1", "0");
		if (edits->edits.n)
			rc = act_do(desk, &act_person_set, edits, err);
	}
	reader_done(&who);
	args_free(&act_person_set.fields, edits);
	return rc;
}

/* A yes is settled by being kept; a no by the cancellation, where the service wants that and who
 * acts here may do it. */
static bool settles(struct desk *desk, const struct msg *last, enum says says)
{
	struct appt_row about;

	if ((says != SAYS_YES && says != SAYS_NO) || !to_come(desk, last, &about))
		return false;
	return says == SAYS_YES ||
	       (desk->refs->reply_cancels && booking_own_desk(desk, about.a.service, NULL) == 0);
}

struct taken {
	const char *digits, *words;
	enum says says;
	struct id person; /* whose it was; none: nobody's */
	bool settled;
	bool offered; /* look whether it answers the offer of a freed time; then: it did */
};

/* A yes or no to who was last offered a freed time is about that. */
static int answers_offer(struct desk *desk, const struct msg *last, struct taken *in,
			 struct err *err)
{
	struct id appt;

	if (!in->offered || last->event != MSG_OFFER ||
	    (in->says != SAYS_YES && in->says != SAYS_NO)) {
		in->offered = false;
		return 0;
	}
	return wait_reply(desk, in->person, in->says == SAYS_YES, &in->offered, &appt, err);
}

static int take_in(struct desk *desk, struct taken *in, struct err *err)
{
	struct ids people = { 0 };
	struct msg last;
	char key[PHONE_DIGITS];
	int rc;

	rc = people_by_key(desk->store, FIND_PHONE, phone_back(in->digits, key), PEOPLE_OF_NUMBER,
			   &people, err);
	if (rc == 0)
		rc = meant(desk, &people, &last, &in->person, err);
	if (rc == 0)
		rc = answers_offer(desk, &last, in, err);
	in->settled = rc == 0 && (in->offered || settles(desk, &last, in->says));
	if (rc == 0)
		rc = keep(desk, &last, in->person, in->digits, in->words, in->settled, err);
	if (rc == 0 && in->settled && !in->offered && in->says == SAYS_NO)
		rc = booking_cancel(desk, last.appt, CANCEL_PERSON, "answered no by text", err);
	/* Whoever else has that number does not want them there either. */
	for (size_t i = 0; rc == 0 && in->says == SAYS_STOP && i < people.n; i++)
		rc = stop(desk, people.v[i], in->digits, err);
	list_free(&people);
	return rc;
}

static const char *said(const struct taken *in)
{
	if (id_none(in->person))
		return "Nobody has that number: a task says so.";
	if (in->says == SAYS_STOP)
		return "Texts to that number are stopped; a task says so.";
	if (!in->settled)
		return "Kept, and a task for the desk.";
	if (in->offered)
		return in->says == SAYS_YES ? "Kept: they took the time that was offered."
					    : "Kept: they wait on.";
	return in->says == SAYS_YES ? "Kept: they are coming."
				    : "Kept, and the appointment is cancelled as they wish.";
}

static int in_one_act(struct desk *desk, struct taken *in, struct err *err)
{
	if (act_begin(desk, err) < 0)
		return -1;
	if (take_in(desk, in, err) < 0) {
		act_abandon(desk);
		return -1;
	}
	return act_end(desk, err);
}

int message_reply(struct desk *desk, const char *number, const char *words, char *ret_words,
		  size_t n, struct err *err)
{
	const char *why = NULL;
	char *line, *clean, digits[PHONE_DIGITS];
	struct taken in = { .digits = digits };
	struct err no = ERR_INIT;
	int rc;

	if (!phone_parse(number, digits))
		return err_input(err, "from", "\"%.40s\" is no telephone number.", number);
	/* Telephones send lines; a task has one. */
	line = mem_str(words);
	for (char *c = line; *c; c++)
		if (strchr("\r\n\t", *c))
			*c = ' ';
	clean = text_clean(line, REPLY_RUNES, &why);
	mem_free(line);
	if (!clean || !*clean) {
		mem_free(clean);
		return err_input(err, "text", "The reply cannot be kept: %s.",
				 why ? why : "there is nothing in it");
	}
	in.words = clean;
	in.says = what_it_says(clean);
	in.offered = true;
	rc = in_one_act(desk, &in, &no);
	/* What was offered can no longer be had: a person is to ring. */
	if (rc < 0 && in.offered && no.kind != ERR_STORE) {
		in.offered = false;
		rc = in_one_act(desk, &in, err);
	} else if (rc < 0 && err) {
		*err = no;
	}
	if (rc == 0)
		snprintf(ret_words, n, "%s", said(&in));
	mem_free(clean);
	return rc;
}
