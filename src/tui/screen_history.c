/*
 * screen_history.c: who did what to a row (an appointment, a task), oldest first, one key away from
 * where the row is shown.
 */
#include <stdio.h>

#include "base/alloc.h"
#include "clinic/desk.h"
#include "clinic/desklist.h"
#include "open.h"
#include "screens.h"

struct history {
	struct id subject;
	trail_read *read;
	char title[PERSON_TEXT];
	struct trail trail;
	struct list list;
};

static int history_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct history *h = state;
	struct trail trail = { 0 };
	int64_t ids[1000];
	size_t n = 0;

	if (h->read(ui->desk, h->subject, &trail, err) < 0)
		return -1;
	list_free(&h->trail);
	h->trail = trail;
	list_each (s, &h->trail)
		if (n < sizeof ids / sizeof *ids)
			ids[n++] = s->id.n;
	list_load(&h->list, ids, n, refresh);
	/* What happened last is what people ask about first. */
	if (!refresh && n > 0)
		list_select(&h->list, ids[n - 1]);
	return 0;
}

static void history_layout(void *state, int rows, int cols)
{
	(void)cols;
	list_size(&((struct history *)state)->list, rows - 9);
}

static void history_row(struct canvas *c, int line, int number, bool selected, const void *state,
			int at)
{
	const struct history *h = state;
	const struct step *s = &h->trail.v[at];
	char when[DAY_TEXT];

	(void)number;
	canvas_put(c, line, 3, PLAIN, moment_show(s->at, when));
	canvas_padded(c, line, 25, 12, PLAIN, s->user);
	int col = canvas_put(c, line, 38, PLAIN, s->what);

	if (s->taken_back)
		canvas_put(c, line, col + 1, PLAIN, "(taken back)");
	if (!selected)
		return;
	canvas_wrap(c, c->rows - 5, 3, c->cols - 3, 2, PLAIN, s->what);
	if (*s->why)
		canvas_printf(c, c->rows - 3, 3, PLAIN, "Why: %s", s->why);
}

static void history_draw(struct canvas *c, const void *state)
{
	const struct history *h = state;

	canvas_put(c, 2, 1, BOLD, h->title);
	canvas_put(c, 3, 3, HEADING, "When                  Who          What");
	if (h->trail.n == 0)
		canvas_put(c, 4, 3, PLAIN, "Nothing has been done to this yet.");
	list_draw(c, &h->list, 4, false, history_row, h);
}

static void history_leave(struct ui *ui, void *state)
{
	struct history *h = state;

	(void)ui;
	list_free(&h->trail);
	list_done(&h->list);
}

static struct list *history_list(void *state)
{
	return &((struct history *)state)->list;
}

static enum next history_close(struct ui *ui, void *state)
{
	(void)ui, (void)state;
	return BACK;
}

static const struct key keys[] = {
	{ .key = "Esc F12", .name = "close", .label = "Back", .act = history_close },
	{ 0 },
};

const struct screen screen_history = {
	.name = "history",
	.title = "HISTORY",
	.help = NULL,
	.state = sizeof(struct history),
	.load = history_load,
	.layout = history_layout,
	.draw = history_draw,
	.leave = history_leave,
	.list = history_list,
	.keys = keys,
};

enum next open_trail(struct ui *ui, trail_read *read, struct id id, const char *title)
{
	struct history *h = ui_push(ui, &screen_history);

	h->subject = id;
	h->read = read;
	snprintf(h->title, sizeof h->title, "%s", title);
	return STAY;
}

enum next open_history(struct ui *ui, struct id appt, const char *title)
{
	return open_trail(ui, desk_history, appt, title);
}
