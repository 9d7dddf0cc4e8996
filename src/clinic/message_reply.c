/*
 * message_reply.c: texts that come back.
 *
 * A number may be known of several people; the one who was texted there last is meant.  Whatever
 * came is kept and becomes a task: only a person can tell what "can't do thursday" asks for.  STOP
 * by itself also takes back the consent to texts, at once.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "clinic/message_acts.h"
#include "clinic/people_act.h"
#include "clinic/task.h"
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
	FIELD_ROWS_NEEDED(tasks, struct reply, "tasks", &new_task_fields),
};

static int reply_run(struct txn *t, const void *args)
{
	const struct reply *r = args;

	if (r->msgs.n)
		txn_tell(t, "message", r->msgs.v[0].id, "a text came back");
	else
		txn_tell(t, "task", r->tasks.v[0].id, "a text came from a number nobody has");
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

/* STOP, alone or with a full stop, in any case. */
static bool says_stop(const char *words)
{
	static const char *const stops[] = { "stop", "stopall", "unsubscribe", "stop texts" };
	size_t n = strlen(words);

	while (n > 0 && strchr(".! ", words[n - 1]))
		n--;
	for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
		if (strlen(stops[i]) == n && strncasecmp(words, stops[i], n) == 0)
			return true;
	return false;
}

/* ---- what is done with it ---- */

static struct new_task *reply_task(struct desk *desk, struct reply *r, const struct msg *last,
				   struct id person, const char *text)
{
	struct appt_row about;
	struct err none = ERR_INIT;
	bool known = !id_none(last->appt) && appt_get(desk->store, last->appt, &about, &none) == 0;

	return message_task(desk, &r->tasks, TASK_MESSAGE, known ? &about.a : NULL, person, text);
}

static int keep(struct desk *desk, const struct msg *last, struct id person, const char *digits,
		const char *words, struct err *err)
{
	struct reply *r = mem_new(sizeof *r);
	struct person p = { 0 };
	char text[8 * REPLY_RUNES], shown[PHONE_TEXT];
	int rc = id_none(person) ? 0 : people_get(desk->store, person, &p, err);

	r->scope = id_none(person) ? mem_printf("care:%d", store_me(desk->store)->node)
				   : mem_str(p.scope);
	snprintf(text, sizeof text,
		 id_none(person) ? "From %.40s, which nobody here has: %s"
				 : "Text back from %.40s: %s",
		 phone_show(digits, shown), words);
	if (rc == 0) {
		struct id task = reply_task(desk, r, last, person, text)->id;

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

static int take_in(struct desk *desk, const char *digits, const char *words, bool stops,
		   struct id *ret_person, struct err *err)
{
	struct ids people = { 0 };
	struct msg last;
	char key[PHONE_DIGITS];
	int rc;

	rc = people_by_key(desk->store, FIND_PHONE, phone_back(digits, key), PEOPLE_OF_NUMBER,
			   &people, err);
	if (rc == 0)
		rc = meant(desk, &people, &last, ret_person, err);
	if (rc == 0)
		rc = keep(desk, &last, *ret_person, digits, words, err);
	/* Whoever else has that number does not want them there either. */
	for (size_t i = 0; rc == 0 && stops && i < people.n; i++)
		rc = stop(desk, people.v[i], digits, err);
	list_free(&people);
	return rc;
}

int message_reply(struct desk *desk, const char *number, const char *words, char *ret_words,
		  size_t n, struct err *err)
{
	const char *why = NULL;
	char *line, *clean, digits[PHONE_DIGITS];
	struct id person = { 0 };
	bool stops;
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
	stops = says_stop(clean);
	rc = act_begin(desk, err);
	if (rc == 0) {
		rc = take_in(desk, digits, clean, stops, &person, err);
		if (rc < 0)
			act_abandon(desk);
		else
			rc = act_end(desk, err);
	}
	if (rc == 0)
		snprintf(ret_words, n, "%s",
			 id_none(person) ? "Nobody has that number: a task says so."
			 : stops	 ? "Texts to that number are stopped; a task says so."
					 : "Kept, and a task for the desk.");
	mem_free(clean);
	return rc;
}
