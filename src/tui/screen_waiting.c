/*
 * screen_waiting.c: g w: everybody on the waiting list, in the order in which they are offered a
 * freed time.
 *
 * Enter books a time for them; e says anew when they can come; X takes them off, and says why.  Tab
 * goes round the services; one of a private service is not there for who may not see it.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/desk.h"
#include "clinic/referral.h"
#include "clinic/refs.h"
#include "open.h"
#include "waiting.h"

enum { FIRST = 4, WIDE = 100 };

struct waiting {
	struct id service;
	struct wait_rows rows;
	struct clock *clocks;
	char (*wishes)[WISH_TEXT];
	struct list list;
	int over;
	char name[NAME_TEXT];
};

static struct id next_service(struct ui *ui, struct id now)
{
	struct id first = { 0 };
	bool passed = false;

	list_each (s, &ui->desk->refs->services) {
		if (!s->on || !desk_sees(ui->desk, s))
			continue;
		if (passed)
			return s->id;
		passed = id_same(s->id, now);
		if (id_none(first) || (s->rapid && id_none(now)))
			first = s->id;
	}
	return first;
}

static int waiting_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct waiting *w = state;
	struct wait_rows rows = { 0 };
	const struct service *s;
	int64_t *ids;

	if (id_none(w->service))
		w->service = next_service(ui, w->service);
	if (wait_rows(ui->desk, w->service, &rows, err) < 0)
		return -1;
	list_free(&w->rows);
	mem_free(w->clocks);
	mem_free(w->wishes);
	w->rows = rows;
	w->over = 0;
	w->clocks = mem_new((rows.n + 1) * sizeof *w->clocks);
	w->wishes = mem_new((rows.n + 1) * sizeof *w->wishes);
	ids = mem_new((rows.n + 1) * sizeof *ids);
	for (size_t i = 0; i < rows.n; i++) {
		ids[i] = rows.v[i].w.id.n;
		w->clocks[i] = seen_clock(ui->desk, rows.v[i].target);
		w->over += w->clocks[i].over;
		wait_wish_show(ui->desk, &rows.v[i].w.wish, w->wishes[i]);
	}
	list_load(&w->list, ids, rows.n, refresh);
	mem_free(ids);
	s = ref_service(ui->desk, w->service);
	snprintf(w->name, sizeof w->name, "%s", s ? s->name : "");
	ui_place(ui, "%.40s", w->name);
	return 0;
}

static void waiting_layout(void *state, int rows, int cols)
{
	(void)cols;
	list_size(&((struct waiting *)state)->list, rows - 2 - FIRST);
}

static void waiting_leave(struct ui *ui, void *state)
{
	struct waiting *w = state;

	(void)ui;
	list_free(&w->rows);
	list_done(&w->list);
	mem_free(w->clocks);
	mem_free(w->wishes);
}

static struct list *waiting_list(void *state)
{
	return &((struct waiting *)state)->list;
}

/* ---- drawing ---- */

static void row_draw(struct canvas *c, int line, int number, bool selected, const void *state,
		     int at)
{
	const struct waiting *w = state;
	const struct wait_row *r = &w->rows.v[at];
	int more = c->cols >= WIDE ? 16 : 0;
	char name[PERSON_TEXT], buf[DAY_TEXT], clock[CLOCK_TEXT];

	(void)selected;
	canvas_printf(c, line, 2, PLAIN, "%2d", number);
	canvas_printf(c, line, 5, PLAIN, "%d", r->priority);
	canvas_padded(c, line, 7, 8, w->clocks[at].over ? BOLD | ALERT : PLAIN,
		      waiting_clock(&w->clocks[at], clock));
	person_show(r->surname, r->given, r->title, name);
	if (canvas_width(c, name) > 20 + more)
		person_show(r->surname, r->given, NULL, name);
	canvas_padded(c, line, 16, 20 + more, PLAIN, name);
	canvas_put(c, line, 37 + more, PLAIN,
		   date_none(r->born) ? "not known" : date_show(r->born, buf));
	canvas_padded(c, line, 49 + more, 7, PLAIN,
		      id_none(r->appt) ? "-" : date_show_short(moment_date(r->starts), buf));
	canvas_padded(c, line, 57 + more, c->cols - 56 - more, PLAIN, w->wishes[at]);
}

static void waiting_draw(struct canvas *c, const void *state)
{
	const struct waiting *w = state;
	int more = c->cols >= WIDE ? 16 : 0, col;

	col = canvas_printf(c, 2, 1, PLAIN, "%zu waiting for a freed time", w->rows.n);
	if (w->over)
		canvas_printf(c, 2, col + 2, BOLD | ALERT, "%d over time", w->over);
	canvas_right(c, 2, 79, PLAIN, "Other services  Tab");
	canvas_put(c, 3, 3, HEADING, "# P Clock    Person");
	canvas_put(c, 3, 37 + more, HEADING, "Born        Has     What would do");
	if (w->rows.n == 0) {
		canvas_put(c, FIRST, 3, PLAIN, "Nobody waits.");
		canvas_cursor(c, FIRST, 1);
	}
	list_draw(c, &w->list, FIRST, false, row_draw, w);
	canvas_put(c, c->rows - 2, 1, PLAIN,
		   "A freed time is offered by w on its row, at the desk or in the diary.");
}

/* ---- keys ---- */

static struct wait_row asked; /* stays as it was then, whatever is loaded meanwhile */

static const struct wait_row *selected(const void *state)
{
	const struct waiting *w = state;
	int at = list_at(&w->list);

	return at < 0 ? NULL : &w->rows.v[at];
}

static int some_row(const struct ui *ui, const void *state, struct err *why)
{
	(void)ui;
	return selected(state) ? 0 : err_input(why, "", "Nobody is on this row.");
}

static const char *brief(char buf[PERSON_TEXT])
{
	person_show(asked.surname, asked.given, NULL, buf);
	buf[text_fit(buf, 24)] = '\0';
	return buf;
}

static enum next waiting_book(struct ui *ui, void *state)
{
	const struct wait_row *r = selected(state);

	return id_none(r->appt) ? open_booking(ui, r->w.person, r->w.service)
				: open_move(ui, r->appt, false);
}

static enum next new_wish(struct ui *ui, void *state, const char *text)
{
	struct wait_ask ask = { .episode = asked.w.episode };
	struct err err = ERR_INIT;
	char who[PERSON_TEXT], wish[WISH_TEXT];

	(void)state;
	if (wait_wish_read(ui->desk, text, &ask, &err) < 0 ||
	    wait_set(ui->desk, asked.w.id, &ask, &err) < 0)
		return ui_fail(ui, &err);
	ui_done(ui, "%s: %.40s.  u Undo", brief(who), wait_wish_show(ui->desk, &ask.wish, wish));
	return REFRESH;
}

static enum next waiting_edit(struct ui *ui, void *state)
{
	char wish[WISH_TEXT];

	asked = *selected(state);
	ask_text(ui, WISH_ASKED, false, WISH_TYPED, new_wish);
	ask_text_was(ui, wait_wish_show(ui->desk, &asked.w.wish, wish));
	return STAY;
}

static enum next taken_off(struct ui *ui, void *state, const char *text)
{
	struct err err = ERR_INIT;
	char who[PERSON_TEXT];

	(void)state;
	if (wait_remove(ui->desk, asked.w.id, text, &err) < 0) {
		ui_fail(ui, &err);
		return err.kind == ERR_CLASH ? REFRESH : FAILED;
	}
	ui_done(ui, "%s is off the waiting list.  u Undo", brief(who));
	return REFRESH;
}

static enum next waiting_remove(struct ui *ui, void *state)
{
	char label[PERSON_TEXT + 32], who[PERSON_TEXT];

	asked = *selected(state);
	snprintf(label, sizeof label, "Why is %s off the list?", brief(who));
	ask_text(ui, label, false, 60, taken_off);
	return STAY;
}

static enum next waiting_phone(struct ui *ui, void *state)
{
	return open_phone(ui, selected(state)->w.person);
}

static enum next waiting_person(struct ui *ui, void *state)
{
	return open_person(ui, selected(state)->w.person);
}

static enum next waiting_history(struct ui *ui, void *state)
{
	char title[PERSON_TEXT];

	asked = *selected(state);
	return open_trail(ui, wait_history, asked.w.id, brief(title));
}

static enum next waiting_other(struct ui *ui, void *state)
{
	struct waiting *w = state;

	w->service = next_service(ui, w->service);
	return RELOAD;
}

static const struct key keys[] = {
	{ .key = "Enter",
	  .name = "book",
	  .label = "Book",
	  .help = "find a time for them",
	  .roles = APPT_ROLES,
	  .commits = true,
	  .act = waiting_book,
	  .may = some_row },
	{ .key = "e",
	  .name = "edit",
	  .label = "Wish",
	  .help = "when, where and how they can",
	  .roles = APPT_ROLES,
	  .commits = true,
	  .act = waiting_edit,
	  .may = some_row },
	{ .key = "X",
	  .name = "remove",
	  .label = "Take off",
	  .help = "off the list, with the reason",
	  .roles = APPT_ROLES,
	  .serious = true,
	  .commits = true,
	  .act = waiting_remove,
	  .may = some_row },
	{ .key = "p",
	  .name = "phone",
	  .label = "Phone",
	  .help = "numbers, what may be said",
	  .commits = true,
	  .act = waiting_phone,
	  .may = some_row },
	{ .key = "o",
	  .name = "person",
	  .label = "Person",
	  .help = "open the person",
	  .commits = true,
	  .act = waiting_person,
	  .may = some_row },
	{ .key = "v",
	  .name = "history",
	  .label = "History",
	  .help = "who did what to it",
	  .commits = true,
	  .act = waiting_history,
	  .may = some_row },
	{ .key = "Tab",
	  .name = "service",
	  .label = "Service",
	  .help = "the next service",
	  .act = waiting_other },
	{ 0 },
};

const struct screen screen_waiting = {
	.name = "waiting",
	.title = "WAITING",
	.go = 'w',
	.help = "the waiting list",
	.roles = APPT_ROLES,
	.state = sizeof(struct waiting),
	.layout = waiting_layout,
	.load = waiting_load,
	.draw = waiting_draw,
	.leave = waiting_leave,
	.list = waiting_list,
	.keys = keys,
};
