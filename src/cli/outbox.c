/*
 * outbox.c: what waits to be sent, what did not go, what came back.
 *
 * `outbox send` is for a timer: it says on one line what it did and ends with 0 also when something
 * did not go, for that is on the list, and a task, for a person.
 */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "cli/tables.h"
#include "clinic/message.h"
#include "clinic/outbox.h"
#include "clinic/words.h"
#include "model/person.h"

static const char *const columns[] = { "id",	    "state",	  "channel",   "event",
				       "person_id", "person",	  "born",      "appt",
				       "at",	    "not_before", "not_after", "tries",
				       "next_try",  "why",	  "words",     NULL };

static void put_row(struct cli *c, const struct msg *m)
{
	char name[PERSON_TEXT];

	out_id(&c->out, m->id);
	out_text(&c->out, m->trying ? "sending" : msg_state_code(m->state));
	out_text(&c->out, msg_channel_code(m->channel));
	out_text(&c->out, msg_event_code(m->event));
	out_id(&c->out, m->person);
	out_text(&c->out, person_show(m->surname, m->given, m->salute, name));
	out_date(&c->out, m->born);
	out_id(&c->out, m->appt);
	out_moment(&c->out, m->at);
	out_moment(&c->out, m->not_before);
	out_moment(&c->out, m->not_after);
	out_int(&c->out, m->tries);
	out_moment(&c->out, m->state == MSG_QUEUED ? m->next_at : (struct moment){ 0 });
	out_text(&c->out, *m->why ? m->why : *m->last ? m->last : NULL);
	out_text(&c->out, m->words);
}

static int opt_states(const struct cli *c, unsigned *ret, struct err *err)
{
	const char *word = cli_opt(c, "state");
	enum msg_state s;

	if (!word)
		return 0;
	if (strcmp(word, "all") == 0) {
		*ret = ~0u;
		return 0;
	}
	if (!msg_state_parse(word, &s))
		return err_set(err, ERR_USAGE,
			       "--state is queued, held, sent, dead, unsure, withdrawn, phoned, "
			       "closed, received or all, not \"%s\".",
			       word);
	*ret = 1u << s;
	return 0;
}

static int list_run(struct cli *c, struct err *err)
{
	struct date since = c->desk.today;
	struct msgs list = { 0 };
	unsigned states = 0;

	if (opt_states(c, &states, err) < 0)
		return -1;
	if (cli_opt(c, "since") &&
	    date_parse(cli_opt(c, "since"), c->desk.today, LOOK_BACK, &since, err) < 0)
		return -1;
	if (outbox_list(&c->desk, states, wall_moment(since, 0), &list, err) < 0)
		return -1;
	out_begin(&c->out, columns);
	list_each (m, &list)
		put_row(c, m);
	out_end(&c->out);
	list_free(&list);
	return 0;
}

static int send_run(struct cli *c, struct err *err)
{
	struct outbox_done done;
	int most = OUTBOX_BATCH;

	if (cli_opt_int(c, "most", 1, 10000, &most, err) < 0 ||
	    outbox_send(&c->desk, most, &done, err) < 0)
		return -1;
	out_line(&c->out, "%d sent, %d to be tried again, %d not sent, %d not sure, %d withdrawn",
		 done.sent, done.later, done.dead, done.unsure, done.withdrawn);
	if (done.waiting)
		desk_warn(&c->desk,
			  "%d wait for a command: [outbox] in ohdesk.ini names none for them.",
			  done.waiting);
	return 0;
}

static int with_id(struct cli *c, int (*act)(struct desk *, struct id, struct err *),
		   struct err *err)
{
	struct id id;

	return cli_id(c->args[0], "message", &id, err) < 0 ? -1 : act(&c->desk, id, err);
}

static int with_why(struct cli *c, int (*act)(struct desk *, struct id, const char *, struct err *),
		    struct err *err)
{
	const char *why;
	struct id id;

	if (cli_need(c, "why", &why, err) < 0 || cli_id(c->args[0], "message", &id, err) < 0)
		return -1;
	return act(&c->desk, id, why, err);
}

static int retry_run(struct cli *c, struct err *err)
{
	return with_id(c, message_retry, err);
}

static int phone_run(struct cli *c, struct err *err)
{
	return with_id(c, message_phone, err);
}

static int cancel_run(struct cli *c, struct err *err)
{
	return with_why(c, message_cancel, err);
}

static int close_run(struct cli *c, struct err *err)
{
	return with_why(c, message_close, err);
}

static int remind_run(struct cli *c, struct err *err)
{
	struct id id;
	int n, most = OUTBOX_BATCH;

	if (c->nargs == 0) {
		if (cli_opt_int(c, "most", 1, 10000, &most, err) < 0 ||
		    messages_due(&c->desk, most, &n, err) < 0)
			return -1;
		out_line(&c->out, "%d reminded", n);
		return 0;
	}
	if (cli_id(c->args[0], "appointment", &id, err) < 0 ||
	    message_remind(&c->desk, id, err) < 0)
		return -1;
	out_line(&c->out, "%s", c->desk.promise);
	return 0;
}

static int reply_run(struct cli *c, struct err *err)
{
	const char *from;
	char text[4096], said[120];
	size_t n;

	if (cli_need(c, "from", &from, err) < 0)
		return -1;
	n = fread(text, 1, sizeof text - 1, stdin);
	text[n] = '\0';
	if (strlen(text) != n)
		return err_input(err, "text", "The reply has a NUL in it: it is no text.");
	if (message_reply(&c->desk, from, text, said, sizeof said, err) < 0)
		return -1;
	out_line(&c->out, "%s", said);
	return 0;
}

/* The files named, or every one that would be used. */
static int wording_run(struct cli *c, struct err *err)
{
	for (int i = 0; i < c->nargs; i++)
		if (words_check_file(c->args[i], err) < 0)
			return -1;
	if (c->nargs == 0) {
		struct buf all = { 0 };
		int rc = words_check_all(&c->desk, &all, err);

		if (rc == 0)
			out_lines(&c->out, all.s);
		buf_done(&all);
		return rc;
	}
	out_line(&c->out, "%d understood", c->nargs);
	return 0;
}

static const struct option list_options[] = {
	{ "state", "STATE",
	  "queued, dead, unsure, sent ... or all; else what waits or did not go" },
	{ "since", "DATE", "of those that have ended, since that day; else today" },
	{ 0 },
};
static const struct option send_options[] = {
	{ "most", "N", "at most so many; 100 unless said" },
	{ 0 },
};
static const struct option why_options[] = { { "why", "TEXT", "the reason, for the history" },
					     { 0 } };
static const struct option reply_options[] = { { "from", "NUMBER", "the telephone it came from" },
					       { 0 } };

const struct command outbox_commands[] = {
	{ "outbox", "list", "", "messages that wait, did not go, or have gone", list_options, 0, 0,
	  0, list_run },
	{ "outbox", "send", "", "sends what is due, by the commands named in ohdesk.ini",
	  send_options, 0, 0, 0, send_run },
	{ "outbox", "retry", "ID", "tries one that did not go again", NULL, 1, 1, 0, retry_run },
	{ "outbox", "phone", "ID", "a task to ring them instead", NULL, 1, 1, 0, phone_run },
	{ "outbox", "cancel", "ID", "does not send one that waits", why_options, 1, 1, 0,
	  cancel_run },
	{ "outbox", "close", "ID", "settles one that did not go", why_options, 1, 1, 0, close_run },
	{ "outbox", "remind", "[APPOINTMENT]", "queues a reminder of one, or all that are due",
	  send_options, 0, 1, 0, remind_run },
	{ "outbox", "reply", "", "takes a text that came back, on standard input", reply_options, 0,
	  0, 0, reply_run },
	{ "outbox", "wording", "[FILE...]", "checks the texts of messages, or shows all in use",
	  NULL, 0, -1, 0, wording_run },
	{ 0 },
};
