/*
 * screen_triage.c: S6: what is to be triaged, the most urgent on top: open flags, what was replied
 * to, what is over time, least time left; behind them what waits for an answer.
 *
 * Enter opens one for its decision (S7), which goes on to the next by itself; Space marks several,
 * and q asks all of them the same.  What this desk decided is gone at once and the next is in its
 * place; what another desk decided stays as an empty row until F5.  Names are read for the rows in
 * view.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/deciding.h"
#include "clinic/exposed.h"
#include "clinic/refs.h"
#include "model/person.h"
#include "screens.h"
#include "service_keys.h"
#include "triage.h"

/* ---- loading ---- */

static void drop_lines(struct inbox_view *v)
{
	for (size_t i = 0; v->lines && i < v->box.n; i++)
		mem_free(v->lines[i]);
	mem_free(v->lines);
	v->lines = NULL;
}

static int newest_first(const void *x, const void *y)
{
	const struct inbox_item *a = x, *b = y;

	return a->id.n > b->id.n ? -1 : a->id.n < b->id.n;
}

static struct triage_line *line_of(struct ui *ui, const struct referral_row *r,
				   struct moment injured)
{
	const struct service *s = ref_service(ui->desk, r->r.service);
	const struct customer *e = ref_customer(ui->desk, r->r.customer);
	struct triage_line *l = mem_new(sizeof *l);
	struct date came = moment_date(r->r.received);

	person_show(r->surname, r->given, r->title, l->name);
	person_show(r->surname, r->given, NULL, l->brief);
	if (date_none(r->born))
		snprintf(l->born, sizeof l->born, "not known");
	else
		date_show(r->born, l->born);
	if (came.n == ui->desk->today.n)
		minute_show(moment_minute(r->r.received), l->came);
	else
		date_show_short(came, l->came);
	snprintf(l->service, sizeof l->service, "%s", s ? s->brief : "");
	snprintf(l->employer, sizeof l->employer, "%s", e ? e->brief : "");
	snprintf(l->flags, sizeof l->flags, "%s", r->flags);
	l->from = referral_source_brief(r->r.source);
	l->urgency = r->r.urgency;
	l->waited = (ui->desk->now.utc - r->r.received.utc) / 60;
	l->hour = moment_none(injured) ? 0 : exposed_left(injured, ui->desk->now);
	l->agreed = !date_none(r->r.agreed);
	l->replied = !moment_none(r->r.replied_at);
	return l;
}

/* The rows in view that were not read yet, and all about the selected one. */
static int read_in_view(struct ui *ui, struct inbox_view *v, struct err *err)
{
	size_t end = v->list.top + (size_t)(v->list.height > 0 ? v->list.height : 0);
	int sel = list_at(&v->list);

	for (size_t i = v->list.top; i < end && i < v->list.n; i++) {
		int at = v->list.v[i].at;
		struct referral_row r;
		struct moment injured;

		if (at < 0 || v->lines[at])
			continue;
		if (referral_one(ui->desk, v->box.v[at].id, &r, err) < 0 ||
		    exposed_at(ui->desk, &r.r, &injured, err) < 0)
			return -1;
		v->lines[at] = line_of(ui, &r, injured);
	}
	list_free(&v->remarks);
	v->at.one.r.id = (struct id){ 0 };
	if (sel < 0)
		return 0;
	if (referral_one(ui->desk, v->box.v[sel].id, &v->at.one, err) < 0 ||
	    exposed_at(ui->desk, &v->at.one.r, &v->injured, err) < 0)
		return -1;
	moment_show(v->at.one.r.received, v->when);
	return referral_remarks(ui->desk, v->at.one.r.id, &v->remarks, err);
}

static void name_shown(struct ui *ui, struct inbox_view *v)
{
	const struct service *s = ref_service(ui->desk, v->filter.service);
	static const char *const words[] = { [SHOW_ALL] = "all",
					     [SHOW_HERE] = "this site's",
					     [SHOW_OVER] = "over time",
					     [SHOW_RETURNED] = "returned" };

	if (v->show == SHOW_SERVICE)
		snprintf(v->words, sizeof v->words, "%s", s ? s->brief : "");
	else if (v->show == SHOW_NAME)
		snprintf(v->words, sizeof v->words, "%.30s...", v->name);
	else
		snprintf(v->words, sizeof v->words, "%s", words[v->show]);
	v->filter.name = v->show == SHOW_NAME ? v->name : NULL;
}

/* Once, when the screen is opened: nothing with a flag waits unseen. */
static void tell(struct ui *ui, struct inbox_view *v)
{
	const struct triage_line *l = v->box.n && v->lines ? v->lines[0] : NULL;

	if (v->told)
		return;
	v->told = true;
	/* At sign-in the flags that nobody has taken are said instead. */
	if (l && *l->flags && !ui_has_said(ui))
		ui_warn(ui, "Row 1 has an open flag (!%s). It stays on top until it is cleared.",
			l->flags);
}

/* What has left the list is asked nothing any more. */
static void keep_marks(struct inbox_view *v)
{
	size_t n = 0;

	for (size_t i = 0; i < v->at.nmarked; i++)
		list_each (it, &v->box)
			if (it->id.n == v->at.marked[i]) {
				v->at.marked[n++] = v->at.marked[i];
				break;
			}
	v->at.nmarked = n;
}

static bool where_it_was(const struct inbox *now, const struct inbox_item *was)
{
	list_each (it, now)
		if (id_same(it->id, was->id))
			return it->rank == was->rank;
	return false;
}

/* The row to stand on after an act of this desk: the one that was selected, and when the act moved
 * that or took it away, the one that stood behind it; never whoever comes to stand at its number.
 */
static int64_t next_to_do(const struct inbox_view *v, const struct inbox *now)
{
	const struct list *l = &v->list;

	for (size_t i = 0; i < l->n; i++) {
		size_t row = l->sel + i < l->n ? l->sel + i : l->n - 1 - i;
		int at = l->v[row].at;

		if (at >= 0 && where_it_was(now, &v->box.v[at]))
			return v->box.v[at].id.n;
	}
	return 0;
}

static int triage_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct inbox_view *v = state;
	struct inbox box = { 0 };
	int64_t *ids, stay;
	bool mine;

	name_shown(ui, v);
	if (referral_inbox(ui->desk, &v->filter, &box, err) < 0)
		return -1;
	mine = v->acted != ui->desk->acted;
	stay = refresh && mine ? next_to_do(v, &box) : 0;
	drop_lines(v);
	list_free(&v->box);
	v->box = box;
	if (v->by_coming && box.n)
		qsort(box.v, box.n, sizeof *box.v, newest_first);
	v->lines = mem_new((box.n + 1) * sizeof *v->lines);
	ids = mem_new((box.n + 1) * sizeof *ids);
	for (size_t i = 0; i < box.n; i++)
		ids[i] = box.v[i].id.n;
	keep_marks(v);
	/* What this very desk decided is gone at once, and the next row is in its place. */
	list_load(&v->list, ids, box.n, refresh && !mine);
	if (stay)
		list_select(&v->list, stay);
	v->acted = ui->desk->acted;
	mem_free(ids);
	ui_place(ui, "inbox");
	if (read_in_view(ui, v, err) < 0)
		return -1;
	tell(ui, v);
	return 0;
}

static void triage_layout(void *state, int rows, int cols)
{
	int below = cols < TRIAGE_PANE ? TRIAGE_BELOW + 1 : 0;

	list_size(&((struct inbox_view *)state)->list, rows - 2 - TRIAGE_FIRST + 1 - below);
}

static void triage_leave(struct ui *ui, void *state)
{
	struct inbox_view *v = state;

	(void)ui;
	drop_lines(v);
	list_free(&v->box);
	list_free(&v->remarks);
	list_done(&v->list);
	mem_free(v->at.marked);
}

static struct list *triage_list(void *state)
{
	return &((struct inbox_view *)state)->list;
}

static enum next triage_moved(struct ui *ui, void *state)
{
	struct inbox_view *v = state;
	char other[CODE_TEXT] = "";
	struct err err = ERR_INIT;

	if (read_in_view(ui, v, &err) < 0 ||
	    (!id_none(v->at.one.r.id) && deciding_other(ui->desk, v->at.one.r.id, other, &err) < 0))
		return ui_fail(ui, &err);
	if (*other)
		ui_warn(ui, "%s is deciding this now. Enter reads it only.", other);
	return STAY;
}

/* ---- marks ---- */

bool triage_marked(const struct inbox_view *v, int64_t id)
{
	for (size_t i = 0; i < v->at.nmarked; i++)
		if (v->at.marked[i] == id)
			return true;
	return false;
}

static void unmark(struct inbox_view *v, int64_t id)
{
	size_t n = 0;

	for (size_t i = 0; i < v->at.nmarked; i++)
		if (v->at.marked[i] != id)
			v->at.marked[n++] = v->at.marked[i];
	v->at.nmarked = n;
}

static enum next triage_mark(struct ui *ui, void *state)
{
	struct inbox_view *v = state;
	int64_t id = list_id(&v->list);
	const char *why;

	if (triage_marked(v, id)) {
		unmark(v, id);
	} else {
		v->at.marked = mem_grow(v->at.marked, (v->at.nmarked + 1) * sizeof *v->at.marked);
		v->at.marked[v->at.nmarked++] = id;
	}
	list_key(&v->list, K_DOWN, &why);
	return triage_moved(ui, v);
}

/* ---- the other keys ---- */

/* All that are shown, in the order in which they stand: accepting one goes on to the next. */
static enum next triage_open(struct ui *ui, void *state)
{
	struct inbox_view *v = state;
	int64_t *ids = mem_new((v->list.n + 1) * sizeof *ids);
	size_t n = 0, at = 0;
	enum next next;

	for (size_t i = 0; i < v->list.n; i++) {
		if (v->list.v[i].at < 0)
			continue;
		if (i == v->list.sel)
			at = n;
		ids[n++] = v->list.v[i].id;
	}
	next = open_decision(ui, ids, n, at);
	mem_free(ids);
	return next;
}

static enum next triage_phone(struct ui *ui, void *state)
{
	return open_phone(ui, ((struct inbox_view *)state)->at.one.r.person);
}

static enum next triage_person(struct ui *ui, void *state)
{
	return open_person(ui, ((struct inbox_view *)state)->at.one.r.person);
}

static enum next triage_history(struct ui *ui, void *state)
{
	const struct referral_row *r = &((struct inbox_view *)state)->at.one;
	char title[PERSON_TEXT];

	person_show(r->surname, r->given, r->title, title);
	return open_trail(ui, referral_history, r->r.id, title);
}

static enum next triage_order(struct ui *ui, void *state)
{
	struct inbox_view *v = state;

	(void)ui;
	v->by_coming = !v->by_coming;
	return RELOAD;
}

static void show(struct inbox_view *v, enum triage_show what)
{
	v->show = what;
	v->filter = (struct inbox_filter){ .over = what == SHOW_OVER,
					   .returned = what == SHOW_RETURNED };
}

static enum next name_typed(struct ui *ui, void *state, const char *text)
{
	struct inbox_view *v = state;

	(void)ui;
	show(v, SHOW_NAME);
	snprintf(v->name, sizeof v->name, "%s", text);
	return RELOAD;
}

static enum next service_chosen(struct ui *ui, void *state, char key)
{
	struct inbox_view *v = state;

	(void)ui;
	show(v, SHOW_SERVICE);
	v->filter.service = service_of_answer(key);
	return RELOAD;
}

static enum next filter_chosen(struct ui *ui, void *state, char key)
{
	struct inbox_view *v = state;

	if (key == 'n') {
		ask_text(ui, "Surname begins with:", false, 40, name_typed);
		return STAY;
	}
	if (key == 's' && service_answers(ui)) {
		ask(ui, service_answers(ui), "keep", service_chosen, "Which?");
		return STAY;
	}
	show(v, key == 'h'   ? SHOW_HERE
		: key == 'o' ? SHOW_OVER
		: key == 'r' ? SHOW_RETURNED
			     : SHOW_ALL);
	if (key == 'h')
		v->filter.site = ui->desk->site.id;
	return RELOAD;
}

static enum next triage_filter(struct ui *ui, void *state)
{
	static const struct answer answers[] = { { 'a', "all" },
						 { 'h', "here" },
						 { 'o', "over" },
						 { 'r', "returned" },
						 { 's', "service" },
						 { 'n', "name" },
						 { 0 } };

	(void)state;
	ask(ui, answers, "keep", filter_chosen, "Show?");
	return STAY;
}

#define ROW_KEY(letter, called, words, says, does, can)                                            \
	{                                                                                          \
		.key = letter, .name = called, .label = words, .help = says, .commits = true,      \
		.act = does, .may = can                                                            \
	}
#define SERIOUS_KEY(letter, called, words, says, does, can)                                        \
	{                                                                                          \
		.key = letter, .name = called, .label = words, .help = says, .serious = true,      \
		.commits = true, .act = does, .may = can                                           \
	}

static const struct key keys[] = {
	ROW_KEY("Enter", "decide", "Open", "read it, and decide", triage_open, triage_on_row),
	ROW_KEY("b", "book", "Book", "accept it and book at once", triage_book, triage_on_row),
	ROW_KEY("Space", "mark", "Mark", "mark it: q asks all of them", triage_mark, triage_on_row),
	ROW_KEY("q", "query", "Query", "ask; the clock stands still", triage_ask, triage_on_row),
	ROW_KEY("m", "send", "Send on", "to a site, GP, A&E, helpline", triage_on, triage_on_row),
	SERIOUS_KEY("X", "return", "Return", "back to its sender; decline", triage_end,
		    triage_on_row),
	ROW_KEY("r", "rang", "Rang", "record a call about the flag", triage_rang, triage_has_flag),
	ROW_KEY("p", "phone", "Phone", "numbers, what may be said", triage_phone, triage_on_row),
	{ .key = "f",
	  .name = "filter",
	  .label = "Filter",
	  .help = "here, over time, returned ...",
	  .act = triage_filter },
	{ .key = "o",
	  .name = "order",
	  .label = "Order",
	  .help = "by clock, or newest first",
	  .act = triage_order },
	ROW_KEY("c", "consent", NULL, "record consent to assess", triage_consent, triage_on_row),
	ROW_KEY("e", "person", NULL, "open the person", triage_person, triage_on_row),
	ROW_KEY("v", "history", NULL, "who did what to it", triage_history, triage_on_row),
	SERIOUS_KEY("E", "escalate", NULL, "tell who is on duty, now", triage_urge, triage_on_row),
	SERIOUS_KEY("C", "clear", NULL, "clear the flag, and say why", triage_clear,
		    triage_has_flag),
	{ 0 },
};

const struct screen screen_triage = {
	.name = "triage",
	.title = "TRIAGE",
	.go = 't',
	.help = "referrals to be triaged",
	.roles = TRIAGE_ROLES,
	.state = sizeof(struct inbox_view),
	.layout = triage_layout,
	.load = triage_load,
	.draw = triage_draw,
	.leave = triage_leave,
	.list = triage_list,
	.moved = triage_moved,
	.keys = keys,
};
