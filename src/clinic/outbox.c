/*
 * outbox.c: one message after the other, each in three steps.
 *
 *	take	one change: is it still to be sent?  Then its try is kept, and committed.
 *	run	the channel's command, with no database held.
 *	keep	one change: how the try ended, and what has become of the message.
 *
 * Killed before `take` has committed, nothing has happened; killed after `keep` has, all has.  In
 * between the try stands open, and whoever comes by later finds its process gone.
 */
#include "clinic/outbox.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/config.h"
#include "base/run.h"
#include "clinic/act.h"
#include "clinic/message_acts.h"
#include "store/messages.h"
#include "store/prints.h"

enum { PRINT_WAITS = 300 /* seconds: then nobody prints it any more */ };
enum { TRIES = 6, WAIT_MINS = 5, SECONDS = 30, WAIT_MOST = 4 * 60 /* minutes */ };

/* ---- the commands ---- */

/* The command line of a channel; NULL: there is none. */
static const char *command_of(const struct config *config, enum msg_channel channel)
{
	switch (channel) {
	case MSG_TEXT:
		return config_str(config, "outbox:text_command", NULL);
	case MSG_EMAIL:
		return config_str(config, "outbox:email_command", NULL);
	case MSG_LETTER:
		return config_str(config, "outbox:letter_command", NULL);
	default:
		return NULL;
	}
}

/* Without one of their own letters go to the printer for lists. */
static int words_of(struct desk *desk, enum msg_channel channel, struct words *ret, struct err *err)
{
	const struct config *config = desk->config;
	const char *own = command_of(config, channel);
	const char *printer = config_str(config, "print:list", NULL);

	if (own || channel != MSG_LETTER)
		return words_split(own ? own : "", ret, err);
	if (words_split(config_str(config, "print:command", "lp"), ret, err) < 0)
		return -1;
	if (printer) {
		words_add(ret, "-d");
		words_add(ret, printer);
	}
	words_add(ret, "-t");
	words_add(ret, "Letter");
	return 0;
}

static unsigned channels_of(const struct desk *desk)
{
	unsigned have = 1u << MSG_LETTER;

	if (command_of(desk->config, MSG_TEXT))
		have |= 1u << MSG_TEXT;
	if (command_of(desk->config, MSG_EMAIL))
		have |= 1u << MSG_EMAIL;
	return have;
}

static bool repeats(const struct desk *desk)
{
	const struct config *config = desk->config;

	return strcmp(config_str(config, "outbox:repeats", "no"), "yes") == 0;
}

/* ---- what a command is given ---- */

/* A value is one line, whatever it was made of. */
static void head(struct buf *b, const char *name, const char *value)
{
	size_t from;

	buf_printf(b, "%s: ", name);
	from = b->n;
	buf_str(b, value);
	for (size_t i = from; i < b->n; i++)
		if ((unsigned char)b->s[i] < 0x20)
			b->s[i] = ' ';
	buf_str(b, "\n");
}

/* +447700900418: digits, with a plus where one stood in front. */
static void number(const char *typed, char *buf, size_t n)
{
	size_t at = 0;

	for (const char *p = typed; *p && at + 1 < n; p++)
		if (isdigit((unsigned char)*p) || (*p == '+' && at == 0))
			buf[at++] = *p;
	buf[at] = '\0';
}

static void letter_head(struct buf *b, const struct msg *m, const char *to)
{
	buf_printf(b, "%s%s%s %s\n", m->salute, *m->salute ? " " : "", m->given, m->surname);
	/* Addresses are kept on one line, with commas. */
	for (const char *p = to; *p;) {
		size_t n = strcspn(p, ",");

		buf_add(b, p, n);
		buf_str(b, "\n");
		p += n + (p[n] == ',');
		p += strspn(p, " ");
	}
	buf_printf(b, "\n%s%s", m->title, *m->title ? "\n\n" : "");
}

static void compose(struct desk *desk, const struct msg *m, const struct address *at,
		    struct buf *ret)
{
	const char *to = at->to;
	char id[ID_TEXT], digits[WORDS_TEXT], name[3 * NAME_TEXT], until[DAY_TEXT];

	/* A printer is given the letter, a program of letters' own the lines too. */
	if (m->channel == MSG_LETTER && !command_of(desk->config, MSG_LETTER)) {
		letter_head(ret, m, to);
		buf_printf(ret, "%s\n", m->words);
		return;
	}
	number(to, digits, sizeof digits);
	snprintf(name, sizeof name, "%s%s%s %s", m->salute, *m->salute ? " " : "", m->given,
		 m->surname);
	head(ret, "Event", id_text(m->id, id));
	head(ret, "Kind", msg_event_code(m->event));
	head(ret, "Channel", msg_channel_code(m->channel));
	head(ret, "To", m->channel == MSG_TEXT ? digits : to);
	if (m->channel != MSG_TEXT)
		head(ret, "Name", *at->name ? at->name : name);
	if (*m->title)
		head(ret, "Subject", m->title);
	head(ret, "Not-After", moment_iso(m->not_after, until));
	buf_printf(ret, "\n%s\n", m->words);
}

/* ---- take ---- */

static int out_of_date(struct desk *desk, const struct msg *m, bool *ret, struct err *err)
{
	struct msgs all = { 0 };

	*ret = false;
	if (m->event == MSG_REBOOK || m->event == MSG_DNA || id_none(m->appt))
		return 0;
	if (msgs_of_appt(desk->store, m->appt, &all, err) < 0)
		return -1;
	list_each (b, &all)
		*ret |= b->id.n > m->id.n && b->state != MSG_WITHDRAWN &&
			b->event != MSG_REMINDER && b->event != MSG_REBOOK && b->event != MSG_DNA &&
			b->event != MSG_REPLY;
	list_free(&all);
	return 0;
}

/* Everything that may have changed since it was queued.  *ret_n: its try; 0: it is not to be sent
 * after all, and is no longer queued. */
static int take_in_change(struct desk *desk, const struct msg *m, struct address *ret, int *ret_n,
			  struct err *err)
{
	bool old;

	*ret_n = 0;
	if (message_address(desk, m, ret, err) < 0 || out_of_date(desk, m, &old, err) < 0)
		return -1;
	if (old)
		return message_mark(desk, m->id, MSG_WITHDRAWN, MSG_QUEUED, "out of date", err);
	if (!*ret->to)
		return message_mark(desk, m->id, ret->gone ? MSG_WITHDRAWN : MSG_DEAD, MSG_QUEUED,
				    ret->why_not, err);
	return outbox_try_begin(desk->store, m->id, desk->now, process_self(), ret_n, err);
}

static int take(struct desk *desk, unsigned channels, struct msg *ret, struct address *ret_to,
		int *ret_n, bool *ret_found, struct err *err)
{
	if (act_begin(desk, err) < 0)
		return -1;
	if (msg_due(desk->store, desk->now, channels, message_night(desk->now), ret, ret_found,
		    err) < 0 ||
	    (*ret_found && take_in_change(desk, ret, ret_to, ret_n, err) < 0)) {
		act_abandon(desk);
		return -1;
	}
	return act_end(desk, err);
}

/* ---- keep ---- */

/* 5, 10, 20 ... minutes, and up to a quarter more, so that not all come back at once. */
static struct moment next_try(struct desk *desk, int n)
{
	const struct config *config = desk->config;
	int64_t secs = (int64_t)config_int(config, "outbox:wait_mins", WAIT_MINS) * 60;
	unsigned char dice = 0;

	for (int i = 1; i < n && secs < WAIT_MOST * 60; i++)
		secs *= 2;
	if (secs > WAIT_MOST * 60)
		secs = WAIT_MOST * 60;
	desk->world->chance(desk->world, &dice, sizeof dice);
	return (struct moment){ desk->now.utc + secs + secs * dice / 1024 };
}

struct ending {
	const char *result; /* of the try */
	char why[RUN_SAID + 40];
	enum msg_state state; /* of the message; queued: it stays so */
	struct moment next;
};

static void judge(struct desk *desk, const struct ran *ran, int n, struct ending *ret)
{
	const struct config *config = desk->config;
	int tries = config_int(config, "outbox:tries", TRIES);
	char said[RUN_SAID + 20];
	/* Could not be started, or died: something of ours that may be put right. */
	bool later = !ran->started || ran->status == RUN_LATER || ran->status == 126 ||
		     ran->status == 127;

	*ret = (struct ending){ .result = "sent", .state = MSG_SENT };
	if (ran->started && !ran->late && ran->status == 0)
		return;
	ran_words(ran, said, sizeof said);
	snprintf(ret->why, sizeof ret->why, "%s", said);
	ret->result = "refused";
	ret->state = MSG_DEAD;
	/* Ended in the middle, by us or by a signal: it may have gone out before. */
	if (ran->late || ran->status > 128) {
		ret->result = repeats(desk) ? "later" : "unsure";
		ret->state = repeats(desk) && n < tries ? MSG_QUEUED : MSG_UNSURE;
	} else if (later) {
		ret->result = "later";
		ret->state = n < tries ? MSG_QUEUED : MSG_DEAD;
	}
	if (ret->state == MSG_QUEUED)
		ret->next = next_try(desk, n);
}

/* Another node may have withdrawn it while it was sent, which knows nothing of our tries.  That it
 * went, or may have, is so all the same; that it did not go is nobody's business then. */
static int settle(struct desk *desk, struct id message, const struct ending *o, struct err *err)
{
	struct msg m;

	if (msg_get(desk->store, message, &m, err) < 0)
		return -1;
	if (m.state != MSG_QUEUED && o->state == MSG_DEAD)
		return 0;
	return message_mark(desk, message, o->state, m.state, o->why, err);
}

/* *ret_kept false: somebody else has, who found our process gone before it was. */
static int keep(struct desk *desk, struct id message, int n, const struct ending *o, bool *ret_kept,
		struct err *err)
{
	bool ended;
	int rc;

	if (act_begin(desk, err) < 0)
		return -1;
	rc = outbox_try_end(desk->store, message, n, desk->now, o->result, o->why, o->next, &ended,
			    err);
	if (rc == 0 && ended && o->state != MSG_QUEUED)
		rc = settle(desk, message, o, err);
	if (rc < 0) {
		act_abandon(desk);
		return -1;
	}
	*ret_kept = ended;
	return act_end(desk, err);
}

static void count(struct outbox_done *done, enum msg_state state)
{
	done->sent += state == MSG_SENT;
	done->later += state == MSG_QUEUED;
	done->dead += state == MSG_DEAD;
	done->unsure += state == MSG_UNSURE;
	done->withdrawn += state == MSG_WITHDRAWN;
}

static int send_one(struct desk *desk, const struct msg *m, const struct address *to, int n,
		    struct outbox_done *done, struct err *err)
{
	const struct config *config = desk->config;
	struct words w = { 0 };
	struct buf text = { 0 };
	struct ran ran = { 0 };
	struct ending o;
	bool kept = false;
	int rc = words_of(desk, m->channel, &w, err);

	if (rc == 0) {
		compose(desk, m, to, &text);
		rc = run_words(&w, text.s, text.n, config_int(config, "outbox:seconds", SECONDS),
			       &ran, err);
	}
	buf_done(&text);
	words_done(&w);
	/* Nothing was started: this try is over, and the next may do. */
	if (rc < 0) {
		snprintf(ran.said, sizeof ran.said, "%.150s", err ? err->text : "");
		err_clear(err);
	}
	desk_tick(desk);
	judge(desk, &ran, n, &o);
	if (keep(desk, m->id, n, &o, &kept, err) < 0)
		return -1;
	if (kept)
		count(done, o.state);
	return 0;
}

/* ---- what was left behind ---- */

/* A try whose process is gone.  While it is open nobody else changes what it is a try of. */
static int settle_try(struct desk *desk, const struct outbox_try *t, struct outbox_done *done,
		      struct err *err)
{
	struct ending o = { .result = "unsure",
			    .why = "cut off while it was sent",
			    .state = MSG_UNSURE };
	bool kept = false;

	if (repeats(desk)) {
		o.result = "later";
		o.state = MSG_QUEUED;
		o.next = desk->now;
	}
	if (keep(desk, t->message, t->n, &o, &kept, err) < 0)
		return -1;
	if (kept)
		count(done, o.state);
	return 0;
}

static int sweep(struct desk *desk, struct outbox_done *done, struct err *err)
{
	struct outbox_tries open = { 0 };
	struct msgs late = { 0 };
	int rc = outbox_tries_open(desk->store, &open, err);

	for (size_t i = 0; rc == 0 && i < open.n; i++)
		if (!process_lives(open.v[i].by))
			rc = settle_try(desk, &open.v[i], done, err);
	if (rc == 0)
		rc = msgs_late(desk->store, desk->now, &late, err);
	for (size_t i = 0; rc == 0 && i < late.n; i++) {
		struct err why = ERR_INIT;

		/* Another process may have been quicker. */
		if (message_mark(desk, late.v[i].id, MSG_DEAD, MSG_QUEUED, "out of time", &why) ==
		    0)
			done->dead++;
		else if (why.kind != ERR_CLASH)
			rc = err_set(err, why.kind, "%s", why.text);
	}
	list_free(&open);
	list_free(&late);
	return rc;
}

/* ---- for callers ---- */

/* Who wait for a command that nobody has named. */
static int waiting(struct desk *desk, unsigned channels, int *ret, struct err *err)
{
	struct msgs list = { 0 };

	if (msgs_in(desk->store, 1u << MSG_QUEUED, desk->now, 1000, &list, err) < 0)
		return -1;
	list_each (m, &list)
		*ret += !(channels >> m->channel & 1);
	list_free(&list);
	return 0;
}

int outbox_send(struct desk *desk, int most, struct outbox_done *ret, struct err *err)
{
	unsigned channels = channels_of(desk);
	struct outbox_done done = { 0 };
	bool found = true;

	/* Whoever could not keep what became of it must not send it. */
	if (desk_needs(desk, act_message_mark.roles, "outbox send", err) < 0 ||
	    sweep(desk, &done, err) < 0)
		return -1;
	for (int i = 0; i < most && found; i++) {
		struct address to = { 0 };
		struct msg m;
		int n = 0;

		desk_tick(desk);
		if (take(desk, channels, &m, &to, &n, &found, err) < 0)
			return -1;
		if (found && n == 0)
			count(&done, *to.to || to.gone ? MSG_WITHDRAWN : MSG_DEAD);
		else if (found && send_one(desk, &m, &to, n, &done, err) < 0)
			return -1;
	}
	if (waiting(desk, channels, &done.waiting, err) < 0)
		return -1;
	*ret = done;
	return 0;
}

int outbox_list(struct desk *desk, unsigned states, struct moment since, struct msgs *ret,
		struct err *err)
{
	unsigned usual = 1u << MSG_QUEUED | 1u << MSG_DEAD | 1u << MSG_UNSURE;

	return msgs_in(desk->store, states ? states : usual, since, 500, ret, err);
}

int outbox_trouble(struct desk *desk, struct outbox_trouble *ret, struct err *err)
{
	*ret = (struct outbox_trouble){ 0 };
	if (msgs_dead(desk->store, &ret->messages, err) < 0)
		return -1;
	return prints_failed(desk->store, (struct moment){ desk->now.utc - PRINT_WAITS },
			     &ret->prints, err);
}
