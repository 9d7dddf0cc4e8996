/*
 * screen_to_book.c: who is to be booked, behind g p and g c: accepted and not booked, or cancelled
 * and not booked again, whose day is nearest first.
 *
 * Enter opens the booking; r records how they were tried, which says when the next try is due, and
 * after as many as the contract wants that they could not be reached.  Tab goes round the services:
 * g p has those that everybody may see, g c the private ones, which is not there for who may see
 * none.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/referral.h"
#include "clinic/refs.h"
#include "model/person.h"
#include "open.h"
#include "people.h"

enum { FIRST = 4, WIDE = 100 };

struct waits {
	bool private_;
	struct id service;
	struct to_book_items items;
	struct clock *clocks;	   /* of each */
	struct to_book_row **rows; /* of each; NULL: not in view yet */
	struct list list;
	struct moment now;
	int over;
	char name[NAME_TEXT];
	int64_t acted; /* the desk's last act when this was read */
};

/* ---- which service ---- */

static bool of_kind(const struct desk *desk, const struct service *s, bool private_)
{
	return s->on && s->private_ == private_ && desk_sees(desk, s);
}

static bool private_there(const struct ui *ui)
{
	list_each (s, &ui->desk->refs->services)
		if (of_kind(ui->desk, s, true))
			return true;
	return false;
}

/* The next of its kind after the one that is shown; the one of rapid access first. */
static struct id next_service(struct ui *ui, const struct waits *w)
{
	struct id first = { 0 }, rapid = { 0 };
	bool passed = false;

	list_each (s, &ui->desk->refs->services) {
		if (!of_kind(ui->desk, s, w->private_))
			continue;
		if (passed)
			return s->id;
		passed = id_same(s->id, w->service);
		if (id_none(first))
			first = s->id;
		if (s->rapid && id_none(rapid))
			rapid = s->id;
	}
	return id_none(w->service) && !id_none(rapid) ? rapid : first;
}

/* ---- loading ---- */

static void drop_rows(struct waits *w)
{
	for (size_t i = 0; w->rows && i < w->items.n; i++)
		mem_free(w->rows[i]);
	mem_free(w->rows);
	w->rows = NULL;
}

/* Whoever is in view and was not read yet; one who was booked this moment is an empty row. */
static int read_in_view(struct ui *ui, struct waits *w, struct err *err)
{
	size_t end = w->list.top + (size_t)(w->list.height > 0 ? w->list.height : 0);

	for (size_t i = w->list.top; i < end && i < w->list.n; i++) {
		int at = w->list.v[i].at;
		struct to_book_row row;
		struct err no = ERR_INIT;

		if (at < 0 || w->rows[at])
			continue;
		if (to_book_one(ui->desk, w->items.v[at].episode, &row, &no) == 0) {
			w->rows[at] = mem_new(sizeof row);
			*w->rows[at] = row;
		} else if (no.kind != ERR_MISSING) {
			*err = no;
			return -1;
		}
	}
	return 0;
}

static int waits_load(struct ui *ui, struct waits *w, bool refresh, struct err *err)
{
	struct to_book_items items = { 0 };
	const struct service *s;
	size_t at = w->list.sel;
	int64_t *ids;
	bool mine = w->acted != ui->desk->acted;

	if (id_none(w->service))
		w->service = next_service(ui, w);
	if (to_book(ui->desk, w->service, &items, err) < 0)
		return -1;
	drop_rows(w);
	list_free(&w->items);
	w->items = items;
	w->rows = mem_new((items.n + 1) * sizeof *w->rows);
	w->now = ui->desk->now;
	w->over = 0;
	mem_free(w->clocks);
	w->clocks = mem_new((items.n + 1) * sizeof *w->clocks);
	ids = mem_new((items.n + 1) * sizeof *ids);
	for (size_t i = 0; i < items.n; i++) {
		ids[i] = items.v[i].episode.n;
		w->clocks[i] = seen_clock(ui->desk, items.v[i].target);
		w->over += w->clocks[i].over;
	}
	/* Whom this very desk booked is gone at once, and the next row is in its place. */
	list_load(&w->list, ids, items.n, refresh && !mine);
	if (refresh && mine && items.n && list_at(&w->list) < 0)
		list_select(&w->list, ids[at < items.n ? at : items.n - 1]);
	w->acted = ui->desk->acted;
	mem_free(ids);
	s = ref_service(ui->desk, w->service);
	snprintf(w->name, sizeof w->name, "%s", s ? s->name : "");
	ui_place(ui, "%.40s", w->name);
	return read_in_view(ui, w, err);
}

static int physio_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	return waits_load(ui, state, refresh, err);
}

static int counselling_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	((struct waits *)state)->private_ = true;
	return waits_load(ui, state, refresh, err);
}

static void waits_layout(void *state, int rows, int cols)
{
	(void)cols;
	list_size(&((struct waits *)state)->list, rows - 2 - FIRST);
}

static void waits_leave(struct ui *ui, void *state)
{
	struct waits *w = state;

	(void)ui;
	drop_rows(w);
	list_free(&w->items);
	list_done(&w->list);
	mem_free(w->clocks);
}

static struct list *waits_list(void *state)
{
	return &((struct waits *)state)->list;
}

static enum next waits_moved(struct ui *ui, void *state)
{
	struct err err = ERR_INIT;

	return read_in_view(ui, state, &err) < 0 ? ui_fail(ui, &err) : STAY;
}

/* ---- drawing ---- */

/* "today 10:15", "16-Mar 09:00", "now (09-Mar)"; nothing before the first try, and none is due
 * after the last. */
static void next_words(const struct waits *w, const struct to_book_row *r, char *buf, size_t n)
{
	char day[DAY_TEXT], at[DAY_TEXT];

	buf[0] = '\0';
	if (r->tries && moment_none(r->next_at))
		snprintf(buf, n, "not reached");
	else if (r->tries && r->next_at.utc <= w->now.utc)
		snprintf(buf, n, "now (%s)", date_show_short(moment_date(r->next_at), day));
	else if (r->tries)
		snprintf(buf, n, "%s %s",
			 moment_date(r->next_at).n == moment_date(w->now).n
				 ? "today"
				 : date_show_short(moment_date(r->next_at), day),
			 minute_show(moment_minute(r->next_at), at));
}

static void row_draw(struct canvas *c, int line, int number, bool selected, const void *state,
		     int at)
{
	const struct waits *w = state;
	const struct to_book_row *r = w->rows[at];
	int more = c->cols >= WIDE ? 16 : 0;
	bool due = r && r->tries && r->next_at.utc <= w->now.utc;
	char name[PERSON_TEXT], buf[DAY_TEXT + 16], clock[CLOCK_TEXT];

	(void)selected;
	canvas_printf(c, line, 2, PLAIN, "%2d", number);
	if (!r)
		return;
	canvas_printf(c, line, 5, PLAIN, "%d", r->priority);
	canvas_padded(c, line, 7, 9, w->clocks[at].over ? BOLD | ALERT : PLAIN,
		      clock_show(&w->clocks[at], clock));
	person_show(r->surname, r->given, r->title, name);
	if (canvas_width(c, name) > 20 + more)
		person_show(r->surname, r->given, NULL, name);
	canvas_padded(c, line, 17, 20 + more, PLAIN, name);
	canvas_put(c, line, 38 + more, PLAIN,
		   date_none(r->born) ? "not known" : date_show(r->born, buf));
	canvas_padded(c, line, 50 + more, 12, PLAIN, r->number);
	if (r->tries)
		canvas_printf(c, line, 64 + more, PLAIN, "%d", r->tries);
	next_words(w, r, buf, sizeof buf);
	canvas_padded(c, line, 68 + more, 13, due ? BOLD : PLAIN, buf);
}

static void waits_draw(struct canvas *c, const void *state)
{
	const struct waits *w = state;
	int more = c->cols >= WIDE ? 16 : 0, col;

	col = canvas_printf(c, 2, 1, PLAIN, "%zu to be booked", w->items.n);
	if (w->over)
		canvas_printf(c, 2, col + 2, BOLD | ALERT, "%d over time", w->over);
	canvas_right(c, 2, 79, PLAIN, w->private_ ? "" : "Other services  Tab");
	canvas_put(c, 3, 3, HEADING, "# P Clock     Person");
	canvas_put(c, 3, 38 + more, HEADING, "Born        Number      Tries Next try");
	if (w->items.n == 0) {
		canvas_put(c, FIRST, 3, PLAIN, "Nobody waits to be booked.");
		canvas_cursor(c, FIRST, 1);
	}
	list_draw(c, &w->list, FIRST, false, row_draw, w);
	canvas_put(
		c, c->rows - 2, 1, PLAIN,
		"Clock: working days to the day to be seen by.  A row leaves booked or ended (X).");
}

/* ---- keys ---- */

static struct to_book_row asked; /* stays as it was then, whatever is loaded meanwhile */

static const struct to_book_row *selected(const void *state)
{
	const struct waits *w = state;
	int at = list_at(&w->list);

	return at < 0 ? NULL : w->rows[at];
}

static int some_row(const struct ui *ui, const void *state, struct err *why)
{
	(void)ui;
	return selected(state) ? 0 : err_input(why, "", "Nobody is on this row.");
}

static enum next waits_book(struct ui *ui, void *state)
{
	const struct to_book_row *r = selected(state);

	return open_booking(ui, r->person, r->service);
}

static enum next tried(struct ui *ui, void *state, char key)
{
	enum reach_how how = key == 'v' ? REACH_NO_ANSWER : key == 't' ? REACH_TEXT : REACH_LETTER;
	struct reached was;
	struct err err = ERR_INIT;
	char name[PERSON_TEXT], when[DAY_TEXT];

	(void)state;
	if (to_book_tried(ui->desk, asked.episode, how, &was, &err) < 0) {
		ui_fail(ui, &err);
		return err.kind == ERR_MISSING ? REFRESH : FAILED;
	}
	person_show(asked.surname, "", NULL, name);
	if (was.last)
		ui_done(ui, "%.30s: try %d was the last: not reached.  u Undo", name, was.nth);
	else
		ui_done(ui, "%.30s: try %d, again %s.  u Undo", name, was.nth,
			moment_show(was.next, when));
	return REFRESH;
}

static enum next waits_tried(struct ui *ui, void *state)
{
	static const struct answer answers[] = {
		{ 'v', "no answer" }, { 't', "texted" }, { 'l', "letter sent" }, { 0 }
	};
	char name[PERSON_TEXT];
	size_t fits;

	asked = *selected(state);
	person_show(asked.surname, asked.given, NULL, name);
	fits = text_width(name) <= 24 ? strlen(name) : text_fit(name, 22);
	ask(ui, answers, "keep", tried, "Tried %.*s%s?", (int)fits, name, name[fits] ? ".." : "");
	return STAY;
}

static const struct {
	char key;
	enum end_reason reason;
} ends[] = { { 'v', END_UNREACHED },
	     { 'p', END_CANCELLED },
	     { 'l', END_LEFT },
	     { 'd', END_DIED },
	     { 'y', END_DUPLICATE } };

static enum next ended(struct ui *ui, void *state, char key)
{
	enum end_reason reason = END_NONE;
	struct err err = ERR_INIT;
	char name[PERSON_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (ends[i].key == key)
			reason = ends[i].reason;
	if (to_book_end(ui->desk, asked.episode, reason, &err) < 0) {
		ui_fail(ui, &err);
		return err.kind == ERR_MISSING ? REFRESH : FAILED;
	}
	person_show(asked.surname, "", NULL, name);
	ui_done(ui, "%.30s is not booked any more: %s.  u Undo", name, end_words(reason));
	return REFRESH;
}

static enum next waits_end(struct ui *ui, void *state)
{
	static const struct answer answers[] = { { 'v', "unreached" }, { 'p', "by them" },
						 { 'l', "left" },      { 'y', "twice" },
						 { 'd', "died" },      { 0 } };
	char name[PERSON_TEXT];

	(void)state;
	asked = *selected(state);
	person_show(asked.surname, "", NULL, name);
	name[text_fit(name, 12)] = '\0';
	ask(ui, answers, "keep", ended, "End %s?", name);
	return STAY;
}

static enum next waits_phone(struct ui *ui, void *state)
{
	return open_phone(ui, selected(state)->person);
}

static enum next waits_person(struct ui *ui, void *state)
{
	return open_person(ui, selected(state)->person);
}

static enum next waits_history(struct ui *ui, void *state)
{
	const struct to_book_row *r = selected(state);
	char title[PERSON_TEXT];

	person_show(r->surname, r->given, r->title, title);
	return open_trail(ui, trail_of, r->episode, title);
}

static enum next waits_other(struct ui *ui, void *state)
{
	struct waits *w = state;

	w->service = next_service(ui, w);
	return RELOAD;
}

static const struct key keys[] = {
	{ .key = "Enter",
	  .name = "book",
	  .label = "Book",
	  .help = "book a time for them",
	  .roles = APPT_ROLES,
	  .commits = true,
	  .act = waits_book,
	  .may = some_row },
	{ .key = "r",
	  .name = "tried",
	  .label = "Tried",
	  .help = "no answer, texted, letter",
	  .roles = ROLE_DESK,
	  .commits = true,
	  .act = waits_tried,
	  .may = some_row },
	{ .key = "X",
	  .name = "end",
	  .label = "End",
	  .help = "they will not be booked: why",
	  .roles = TRIAGE_ROLES,
	  .serious = true,
	  .commits = true,
	  .act = waits_end,
	  .may = some_row },
	{ .key = "p",
	  .name = "phone",
	  .label = "Phone",
	  .help = "numbers, what may be said",
	  .commits = true,
	  .act = waits_phone,
	  .may = some_row },
	{ .key = "e",
	  .name = "person",
	  .label = "Person",
	  .help = "open the person",
	  .commits = true,
	  .act = waits_person,
	  .may = some_row },
	{ .key = "v",
	  .name = "history",
	  .label = "History",
	  .help = "who did what to it",
	  .commits = true,
	  .act = waits_history,
	  .may = some_row },
	{ .key = "Tab",
	  .name = "service",
	  .label = "Service",
	  .help = "the next service",
	  .act = waits_other },
	{ 0 },
};

const struct screen screen_physio = {
	.name = "physio",
	.title = "TO BOOK",
	.go = 'p',
	.help = "who is to be booked",
	.roles = APPT_ROLES,
	.state = sizeof(struct waits),
	.layout = waits_layout,
	.load = physio_load,
	.draw = waits_draw,
	.leave = waits_leave,
	.list = waits_list,
	.moved = waits_moved,
	.keys = keys,
};

const struct screen screen_counselling = {
	.name = "counselling",
	.title = "TO BOOK",
	.go = 'c',
	.help = "who is to be booked, private",
	.roles = APPT_ROLES,
	.there = private_there,
	.state = sizeof(struct waits),
	.layout = waits_layout,
	.load = counselling_load,
	.draw = waits_draw,
	.leave = waits_leave,
	.list = waits_list,
	.moved = waits_moved,
	.keys = keys,
};
