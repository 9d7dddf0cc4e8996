/*
 * screen_outbox.c: :outbox: what was not sent and what still waits, and what a printer did not
 * take.
 *
 * What did not go stands on top, with why, until a person has settled it: sent again, told by
 * telephone, or closed with a reason.  The whole message is read below its row.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/desk.h"
#include "clinic/message.h"
#include "clinic/outbox.h"
#include "clinic/print.h"
#include "model/person.h"
#include "model/print.h"
#include "open.h"
#include "screens.h"

enum { FIRST = 4, BELOW = 7, WIDE = 100 };

/* What `f` goes through. */
static const struct {
	const char *word;
	unsigned states;
} filters[] = {
	{ "open", 1u << MSG_QUEUED | 1u << MSG_DEAD | 1u << MSG_UNSURE },
	{ "not sent", 1u << MSG_DEAD | 1u << MSG_UNSURE },
	{ "all of today", ~0u },
};
enum { FILTERS = sizeof filters / sizeof *filters };

/* One row is a message or a print job. */
struct outbox {
	struct msgs msgs;
	struct prints prints;
	struct list list;
	int filter, dead, unsure, waits;
	struct date today;
	char to[WORDS_TEXT + 80]; /* where the selected one goes */
};

/* A row's id: a message's own, a print job's below nought. */
static const struct msg *msg_at(const struct outbox *o, int at)
{
	return at >= 0 && (size_t)at < o->msgs.n ? &o->msgs.v[at] : NULL;
}

static const struct print *print_at(const struct outbox *o, int at)
{
	size_t k = at < 0 ? 0 : (size_t)at - o->msgs.n;

	return at >= 0 && (size_t)at >= o->msgs.n && k < o->prints.n ? &o->prints.v[k] : NULL;
}

/* ---- loading ---- */

static int load_to(struct ui *ui, struct outbox *o, struct err *err)
{
	const struct msg *m = msg_at(o, list_at(&o->list));
	struct address a;

	o->to[0] = '\0';
	if (!m)
		return 0;
	if (message_address(ui->desk, m, &a, err) < 0)
		return -1;
	if (*a.to && m->channel == MSG_TEXT)
		phone_show(a.to, o->to);
	else
		snprintf(o->to, sizeof o->to, "%s", *a.to ? a.to : a.why_not);
	return 0;
}

static void count(struct outbox *o)
{
	o->dead = o->unsure = o->waits = 0;
	list_each (m, &o->msgs) {
		o->dead += m->state == MSG_DEAD;
		o->unsure += m->state == MSG_UNSURE;
		o->waits += m->state == MSG_QUEUED;
	}
}

static int outbox_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct outbox *o = state;
	struct msgs msgs = { 0 };
	struct prints prints = { 0 };
	int64_t *ids;
	size_t n = 0;

	o->today = ui->desk->today;
	if (outbox_list(ui->desk, filters[o->filter].states, wall_moment(o->today, 0), &msgs, err) <
		    0 ||
	    print_open(ui->desk, &prints, err) < 0) {
		list_free(&msgs);
		list_free(&prints);
		return -1;
	}
	list_free(&o->msgs);
	list_free(&o->prints);
	o->msgs = msgs;
	o->prints = prints;
	count(o);
	ids = mem_new((msgs.n + prints.n + 1) * sizeof *ids);
	list_each (m, &msgs)
		ids[n++] = m->id.n;
	list_each (p, &prints)
		ids[n++] = -p->k;
	list_load(&o->list, ids, n, refresh);
	mem_free(ids);
	return load_to(ui, o, err);
}

static enum next outbox_moved(struct ui *ui, void *state)
{
	struct err err = ERR_INIT;

	return load_to(ui, state, &err) < 0 ? ui_fail(ui, &err) : STAY;
}

static void outbox_layout(void *state, int rows, int cols)
{
	(void)cols;
	list_size(&((struct outbox *)state)->list, rows - 2 - FIRST + 1 - BELOW);
}

static void outbox_leave(struct ui *ui, void *state)
{
	struct outbox *o = state;

	(void)ui;
	list_free(&o->msgs);
	list_free(&o->prints);
	list_done(&o->list);
}

static struct list *outbox_list_of(void *state)
{
	return &((struct outbox *)state)->list;
}

/* ---- drawing ---- */

static void outbox_row(struct canvas *c, int line, int number, bool selected, const void *state,
		       int at)
{
	const struct outbox *o = state;
	const struct msg *m = msg_at(o, at);
	const struct print *p = print_at(o, at);
	char name[PERSON_TEXT], buf[DAY_TEXT];
	bool wrong = m ? m->state == MSG_DEAD || m->state == MSG_UNSURE
		       : p && strcmp(p->state, "failed") == 0;

	(void)selected;
	canvas_printf(c, line, 2, PLAIN, "%2d", number);
	canvas_padded(c, line, 5, 9, wrong ? BOLD | ALERT : PLAIN,
		      m	      ? m->trying ? "sending" : msg_state_word(m->state)
			    : wrong ? "FAILED"
			      : "waits");
	canvas_padded(c, line, 15, 6, PLAIN, m ? msg_channel_word(m->channel) : "print");
	if (m) {
		canvas_padded(c, line, 22, 12, PLAIN, msg_event_word(m->event));
		canvas_padded(c, line, 35, 26, PLAIN,
			      person_show(m->surname, m->given, m->salute, name));
		canvas_put(c, line, 62, PLAIN,
			   date_none(m->born) ? "not known" : date_show(m->born, buf));
		canvas_put(c, line, 74, PLAIN, moment_short(m->at, o->today, buf));
	} else if (p) {
		canvas_padded(c, line, 22, 39, PLAIN, p->title);
		canvas_padded(c, line, 62, 11, PLAIN, p->user);
		canvas_put(c, line, 74, PLAIN, moment_short(p->at, o->today, buf));
	}
	if (m && c->cols >= WIDE) {
		canvas_printf(c, line, 82, PLAIN, "%d", m->tries);
		canvas_put(c, line, 88, PLAIN, moment_show(m->not_after, buf));
	}
}

/* "Waits since 09:41; try 2 not before 09:57" */
static void say_state(struct canvas *c, int row, const struct outbox *o, const struct msg *m)
{
	char next[DAY_TEXT], until[DAY_TEXT];
	const char *why = *m->why ? m->why : m->last;

	if (m->state == MSG_QUEUED && m->tries)
		canvas_printf(c, row, 1, PLAIN, "Try %d: %.60s.  Again from %s.", m->tries,
			      *why ? why : "none yet", moment_short(m->next_at, o->today, next));
	else if (m->state == MSG_QUEUED)
		canvas_printf(c, row, 1, PLAIN, "Goes from %s, until %s.",
			      moment_short(m->not_before, o->today, next),
			      moment_short(m->not_after, o->today, until));
	else
		canvas_printf(c, row, 1, PLAIN, "%s%s%.90s%s", msg_state_word(m->state),
			      *why ? ": " : "", why,
			      m->task_open   ? ".  A task to ring them is open."
			      : m->task_done ? ".  Somebody has rung them."
					     : ".");
}

static void below(struct canvas *c, const struct outbox *o)
{
	int at = list_at(&o->list), row = c->rows - 1 - BELOW;
	const struct msg *m = msg_at(o, at);
	const struct print *p = print_at(o, at);

	if (p)
		canvas_printf(c, row + 1, 1, PLAIN, "%s",
			      *p->why ? p->why : "It waits for the printer.");
	if (!m)
		return;
	say_state(c, row + 1, o, m);
	if (*o->to)
		canvas_printf(c, row + 2, 1, PLAIN, "To %s", o->to);
	canvas_wrap(c, row + 3, 3, c->cols - 4, BELOW - 3, PLAIN, m->words);
}

static void outbox_draw(struct canvas *c, const void *state)
{
	const struct outbox *o = state;
	char show[40];

	canvas_printf(c, 2, 1, PLAIN, "%d not sent  %d not sure  %d wait  %zu to print", o->dead,
		      o->unsure, o->waits, o->prints.n);
	snprintf(show, sizeof show, "Show %s  f", filters[o->filter].word);
	canvas_right(c, 2, 78, PLAIN, show);
	canvas_put(c, 3, 3, HEADING,
		   "# State     Way    About        Person                     Born        Since");
	if (c->cols >= WIDE)
		canvas_put(c, 3, 82, HEADING, "Tries Until");
	if (o->list.n == 0) {
		canvas_put(c, FIRST, 3, PLAIN, "Nothing waits, and all that was sent has gone.");
		canvas_cursor(c, FIRST, 1);
	}
	list_draw(c, &o->list, FIRST, false, outbox_row, o);
	below(c, o);
}

/* ---- keys ---- */

static int some_row(const struct ui *ui, const void *state, struct err *why)
{
	const struct outbox *o = state;

	(void)ui;
	return list_at(&o->list) >= 0 ? 0 : err_input(why, "", "There is nothing on this row.");
}

static int some_message(const struct ui *ui, const void *state, struct err *why)
{
	const struct outbox *o = state;

	(void)ui;
	return msg_at(o, list_at(&o->list)) ? 0
					    : err_input(why, "", "This row is about no person.");
}

static enum next did(struct ui *ui, int rc, struct err *err, const char *what)
{
	if (rc < 0) {
		ui_fail(ui, err);
		return err->kind == ERR_CLASH ? REFRESH : FAILED;
	}
	ui_done(ui, "%s", what);
	return REFRESH;
}

static enum next outbox_retry(struct ui *ui, void *state)
{
	struct outbox *o = state;
	int at = list_at(&o->list);
	const struct msg *m = msg_at(o, at);
	const struct print *p = print_at(o, at);
	struct err err = ERR_INIT;

	if (p)
		return did(ui, print_again(ui->desk, p->k, &err), &err, "Printed once more.");
	if (m->state == MSG_QUEUED)
		return ui_failf(ui, "It waits to be sent already: c rings them instead.");
	return did(ui, message_retry(ui->desk, m->id, &err), &err,
		   "It is tried again with the next that are sent.   u Undo");
}

static enum next outbox_phone(struct ui *ui, void *state)
{
	struct outbox *o = state;
	const struct msg *m = msg_at(o, list_at(&o->list));
	struct err err = ERR_INIT;

	return did(ui, message_phone(ui->desk, m->id, &err), &err,
		   "A task to ring them is open; nothing is sent.   u Undo");
}

static enum next outbox_card(struct ui *ui, void *state)
{
	struct outbox *o = state;

	return open_phone(ui, msg_at(o, list_at(&o->list))->person);
}

static struct id asked;

static enum next outbox_reason(struct ui *ui, void *state, const char *text)
{
	struct outbox *o = state;
	struct err err = ERR_INIT;

	list_each (m, &o->msgs)
		if (id_same(m->id, asked))
			return did(ui,
				   m->state == MSG_QUEUED
					   ? message_cancel(ui->desk, asked, text, &err)
					   : message_close(ui->desk, asked, text, &err),
				   &err, "Closed.   u Undo");
	return ui_failf(ui, "That message is shown no more: look again.");
}

static enum next outbox_drop(struct ui *ui, void *state, char key)
{
	struct err err = ERR_INIT;

	(void)state, (void)key;
	return did(ui, print_drop(ui->desk, -asked.n, &err), &err, "It is not printed.");
}

static enum next outbox_close(struct ui *ui, void *state)
{
	struct outbox *o = state;
	int at = list_at(&o->list);
	const struct msg *m = msg_at(o, at);
	const struct print *p = print_at(o, at);

	if (p) {
		asked.n = -p->k;
		ask_yes(ui, outbox_drop, "Not print %.40s?", p->title);
		return STAY;
	}
	asked = m->id;
	ask_text(ui, m->state == MSG_QUEUED ? "Not send it: why?" : "Settled: how?", false, 60,
		 outbox_reason);
	return STAY;
}

static enum next outbox_filter(struct ui *ui, void *state)
{
	struct outbox *o = state;

	(void)ui;
	o->filter = (o->filter + 1) % FILTERS;
	return RELOAD;
}

static enum next outbox_esc(struct ui *ui, void *state)
{
	(void)ui, (void)state;
	return BACK;
}

static const struct key keys[] = {
	{ .key = "Enter",
	  .name = "retry",
	  .label = "Send again",
	  .help = "send or print it again",
	  .roles = APPT_ROLES,
	  .commits = true,
	  .may = some_row,
	  .act = outbox_retry },
	{ .key = "c",
	  .name = "phone_instead",
	  .label = "By phone",
	  .help = "a task to ring them instead",
	  .roles = APPT_ROLES,
	  .commits = true,
	  .may = some_message,
	  .act = outbox_phone },
	{ .key = "p",
	  .name = "phone",
	  .label = "Phone",
	  .help = "numbers, what may be said",
	  .commits = true,
	  .may = some_message,
	  .act = outbox_card },
	{ .key = "X",
	  .name = "close",
	  .label = "Close",
	  .help = "not send it, or settled: why",
	  .roles = APPT_ROLES,
	  .serious = true,
	  .commits = true,
	  .may = some_row,
	  .act = outbox_close },
	{ .key = "f",
	  .name = "filter",
	  .label = "Filter",
	  .help = "show open, not sent, or today",
	  .act = outbox_filter },
	{ .key = "Esc F12", .name = "leave", .label = "Back", .act = outbox_esc },
	{ 0 },
};

const struct screen screen_outbox = {
	.name = "outbox",
	.title = "OUTBOX",
	.help = "what was not sent or printed",
	.state = sizeof(struct outbox),
	.layout = outbox_layout,
	.load = outbox_load,
	.draw = outbox_draw,
	.leave = outbox_leave,
	.list = outbox_list_of,
	.moved = outbox_moved,
	.keys = keys,
};
