/*
 * screen_close.c: the end of a day at this desk's site: what stands in the way, each to be settled
 * from its row, and closing it.  A day that nothing stands in the way of is closed by asking for
 * it; otherwise the screen says what is left, and closing needs a reason.  Then the next day's list
 * goes to paper, for a day without the line.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/closing.h"
#include "clinic/refs.h"
#include "loop.h"
#include "open.h"
#include "screens.h"
#include "tasks.h"

enum { LIST_FIRST = 5 };

struct closing_day {
	struct date day;
	struct closing c;
	struct list list;
	char site[NAME_TEXT];
	struct date today;
	bool begun;
};

extern const struct screen screen_close;

/* ---- what it shows ---- */

static int64_t id_of(const struct left *l)
{
	if (!id_none(l->appt))
		return l->appt.n;
	if (!id_none(l->task))
		return l->task.n;
	return id_none(l->message) ? -l->parked : l->message.n;
}

static int close_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct closing_day *d = state;
	struct closing c;
	int64_t *ids;

	if (!d->begun)
		d->day = ui->desk->today;
	if (closing_look(ui->desk, ui->desk->site.id, d->day, &c, err) < 0)
		return -1;
	d->begun = true;
	closing_done(&d->c);
	d->c = c;
	d->today = ui->desk->today;
	snprintf(d->site, sizeof d->site, "%s", ui->desk->site.name);
	ids = mem_new((c.left.n + 1) * sizeof *ids);
	for (size_t i = 0; i < c.left.n; i++)
		ids[i] = id_of(&c.left.v[i]);
	list_load(&d->list, ids, c.left.n, refresh);
	mem_free(ids);
	ui_place(ui, "%s", d->site);
	return 0;
}

static void close_layout(void *state, int rows, int cols)
{
	(void)cols;
	list_size(&((struct closing_day *)state)->list, rows - 2 - LIST_FIRST + 1 - 3);
}

static const char *what(enum left_kind kind)
{
	static const char *const words[LEFT_KIND_COUNT] = {
		[LEFT_ROW] = "no outcome", [LEFT_TENTATIVE] = "tentative", [LEFT_TASK] = "task",
		[LEFT_PARKED] = "parked",  [LEFT_UNSENT] = "not sent",
	};

	return words[kind];
}

static void left_line(struct canvas *c, int line, int number, bool selected, const void *state,
		      int at)
{
	const struct closing_day *d = state;
	const struct left *l = &d->c.left.v[at];
	char when[DAY_TEXT];

	(void)selected;
	canvas_printf(c, line, 2, PLAIN, "%2d", number);
	if (!moment_none(l->at))
		canvas_put(c, line, 5, PLAIN, moment_short(l->at, d->today, when));
	canvas_padded(c, line, 12, 10, PLAIN, what(l->kind));
	if (!*l->who) {
		canvas_padded(c, line, 23, c->cols - 22, PLAIN, l->text);
		return;
	}
	canvas_padded(c, line, 23, 26, PLAIN, l->who);
	if (l->alike)
		canvas_put(c, line, 49, BOLD, "=");
	canvas_put(c, line, 50, PLAIN, date_none(l->born) ? "not known" : date_show(l->born, when));
	canvas_padded(c, line, 62, c->cols - 61, PLAIN, l->text);
}

static void close_draw(struct canvas *c, const void *state)
{
	const struct closing_day *d = state;
	int at = list_at(&d->list);
	char day[DAY_TEXT], words[CLOSING_WORDS];

	canvas_put(c, 2, 1, BOLD, date_show_day(d->day, day));
	if (!id_none(d->c.closed.id))
		canvas_printf(c, 2, 18, PLAIN, "closed by %s %s", d->c.closed.by,
			      moment_show(d->c.closed.at, words));
	else if (d->c.left.n)
		canvas_wrap(c, 2, 18, c->cols - 18, 2, PLAIN, closing_words(&d->c, words));
	else
		canvas_put(c, 2, 18, PLAIN, "nothing stands in the way: Ctrl-S closes it");
	if (*d->c.closed.why)
		canvas_printf(c, 3, 1, PLAIN, "With %s: %s", d->c.closed.what, d->c.closed.why);
	if (d->c.left.n)
		canvas_put(c, 4, 3, HEADING,
			   "# Time   What       Person                     Born        About");
	list_draw(c, &d->list, LIST_FIRST, false, left_line, d);
	if (at >= 0)
		canvas_wrap(c, c->rows - 4, 3, c->cols - 3, 2, PLAIN, d->c.left.v[at].text);
	if (d->c.left.n == 0)
		canvas_cursor(c, 2, 1);
}

static void close_leave(struct ui *ui, void *state)
{
	struct closing_day *d = state;

	(void)ui;
	closing_done(&d->c);
	list_done(&d->list);
}

static struct list *close_list(void *state)
{
	return &((struct closing_day *)state)->list;
}

static struct verb_row selected(const struct closing_day *d)
{
	struct verb_row row = { .born = DATE_NONE };
	int at = list_at(&d->list);

	if (at < 0)
		return row;
	const struct left *l = &d->c.left.v[at];

	row.appt = l->appt;
	row.person = l->person;
	row.state = l->state;
	row.born = l->born;
	row.starts = l->at;
	row.alike = l->alike;
	snprintf(row.who, sizeof row.who, "%s", l->who);
	return row;
}

VERB_ACTS(close, selected)

/* ---- closing ---- */

static enum next closed(struct ui *ui, struct date day, const char *why)
{
	struct id site = ui->desk->site.id;
	struct err err = ERR_INIT;
	char paper[WORDS_TEXT];
	struct date next;

	if (closing_close(ui->desk, site, day, why, &err) < 0) {
		ui_fail(ui, &err);
		return err.kind == ERR_CLASH ? REFRESH : FAILED;
	}
	/* It is closed, whatever becomes of the paper. */
	if (closing_next_day(ui->desk, site, day, &next, &err) < 0 ||
	    closing_paper(ui->desk, site, next, paper, sizeof paper, &err) < 0)
		ui_warn(ui, "Closed, without the next day's list: %s", err.text);
	else
		ui_done(ui, "Closed.  %s.  u Undo", paper);
	return REFRESH;
}

static enum next close_why(struct ui *ui, void *state, const char *text)
{
	return closed(ui, ((struct closing_day *)state)->day, text);
}

static enum next close_now(struct ui *ui, void *state)
{
	struct closing_day *d = state;

	if (!id_none(d->c.closed.id))
		return ui_failf(ui, "This day is closed already, by %s.", d->c.closed.by);
	if (d->c.left.n == 0)
		return closed(ui, d->day, NULL);
	ask_text(ui, "Why does this stay?", false, 120, close_why);
	return STAY;
}

static enum next close_paper(struct ui *ui, void *state)
{
	struct closing_day *d = state;
	struct err err = ERR_INIT;
	char paper[WORDS_TEXT];
	struct date next;

	if (closing_next_day(ui->desk, ui->desk->site.id, d->day, &next, &err) < 0 ||
	    closing_paper(ui->desk, ui->desk->site.id, next, paper, sizeof paper, &err) < 0)
		return ui_fail(ui, &err);
	ui_done(ui, "%s.", paper);
	return STAY;
}

/* A day that nobody closed is closed later. */
static enum next other_day(struct ui *ui, struct closing_day *d, int by)
{
	if (d->day.n + by > ui->desk->today.n)
		return ui_failf(ui, "A day to come is not closed.  - goes to the day before.");
	d->day.n += by;
	return RELOAD;
}

static enum next close_previous(struct ui *ui, void *state)
{
	return other_day(ui, state, -1);
}

static enum next close_next(struct ui *ui, void *state)
{
	return other_day(ui, state, 1);
}

static enum next close_today(struct ui *ui, void *state)
{
	struct closing_day *d = state;

	return other_day(ui, d, ui->desk->today.n - d->day.n);
}

static enum next close_open(struct ui *ui, void *state)
{
	struct closing_day *d = state;
	int at = list_at(&d->list);

	if (at < 0)
		return ui_failf(ui, "Nothing stands in the way.");
	const struct left *l = &d->c.left.v[at];

	if (!id_none(l->task))
		return open_tasks(ui, l->task);
	if (!id_none(l->message))
		return ui_open(ui, "outbox");
	if (l->parked)
		return ui_open(ui, "parked");
	return open_person(ui, l->person);
}

enum next close_day(struct ui *ui)
{
	struct err err = ERR_INIT;
	struct closing c;
	bool clean;

	if (id_none(ui->desk->site.id))
		return ui_failf(ui, "This desk stands at all sites: sign in at the one to close.");
	if (closing_look(ui->desk, ui->desk->site.id, ui->desk->today, &c, &err) < 0)
		return ui_fail(ui, &err);
	clean = c.left.n == 0 && id_none(c.closed.id);
	closing_done(&c);
	ui_push(ui, &screen_close);
	if (clean)
		closed(ui, ui->desk->today, NULL);
	return STAY;
}

/* ---- the end of a shift ---- */

static enum next handed(struct ui *ui, void *state, const char *text)
{
	struct err err = ERR_INIT;

	(void)state;
	if (closing_hand_over(ui->desk, text, &err) < 0)
		return ui_fail(ui, &err);
	ui_done(ui, "Handed to the next shift at %s.  u Undo", ui->desk->site.name);
	return REFRESH;
}

enum next hand_desk_over(struct ui *ui)
{
	if (id_none(ui->desk->site.id))
		return ui_failf(ui, "This desk stands at all sites: hand a task over instead.");
	ask_text(ui, "To the next shift:", false, 100, handed);
	return STAY;
}

static const struct key keys[] = {
	{ .key = "C-s",
	  .name = "close",
	  .label = "Close",
	  .help = "close this day",
	  .commits = true,
	  .act = close_now },
	{ .key = "Enter",
	  .name = "open",
	  .label = "Open",
	  .help = "open the person or the task",
	  .commits = true,
	  .act = close_open },
	KEY_ARRIVE(close),
	KEY_SEEN(close),
	KEY_DNA(close),
	KEY_CANCEL(close),
	KEY_MOVE(close),
	KEY_ROOM(close),
	KEY_LATE(close),
	KEY_PHONE(close),
	{ .key = "- F7", .name = "previous", .help = "previous day", .act = close_previous },
	{ .key = "+ F8", .name = "next", .help = "next day", .act = close_next },
	{ .key = "=", .name = "today", .help = "today", .act = close_today },
	{ .key = "C-p",
	  .name = "paper",
	  .help = "the next day's list, on paper",
	  .act = close_paper },
	{ 0 },
};

const struct screen screen_close = {
	.name = "close",
	.title = "CLOSE DAY",
	.help = "close the day",
	.state = sizeof(struct closing_day),
	.layout = close_layout,
	.load = close_load,
	.draw = close_draw,
	.leave = close_leave,
	.list = close_list,
	.keys = keys,
};
