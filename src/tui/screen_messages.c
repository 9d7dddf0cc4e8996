/* screen_messages.c: the last 200 things that row 23 said, newest first. */
#include <stdio.h>

#include "base/alloc.h"
#include "base/day.h"
#include "loop.h"
#include "screens.h"

struct said {
	struct list list;
	struct messages v; /* a copy: new ones may come while this is read */
};

static void said_leave(struct ui *ui, void *state)
{
	struct said *s = state;

	(void)ui;
	loop_messages_done(&s->v);
	list_done(&s->list);
}

static int said_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct said *s = state;
	const struct messages *m = &ui->loop->messages;
	int64_t ids[MESSAGES_MOST];

	(void)err;
	if (refresh)
		return 0;
	loop_messages_done(&s->v);
	for (size_t i = m->n; i-- > 0;) {
		struct message *it = list_push(&s->v);

		*it = m->v[i];
		it->text = mem_str(m->v[i].text);
		ids[s->v.n - 1] = (int64_t)s->v.n;
	}
	list_load(&s->list, ids, s->v.n, false);
	return 0;
}

static void said_layout(void *state, int rows, int cols)
{
	(void)cols;
	list_size(&((struct said *)state)->list, rows - 6);
}

static void said_row(struct canvas *c, int line, int number, bool selected, const void *state,
		     int at)
{
	const struct said *s = state;
	const struct message *m = &s->v.v[at];
	char buf[DAY_TEXT];

	(void)number;
	if (selected)
		canvas_wrap(c, c->rows - 3, 3, c->cols - 3, 2, PLAIN, m->text);
	canvas_printf(c, line, 3, PLAIN, "%s", minute_show(moment_minute(m->at), buf));
	canvas_printf(c, line, 9, m->kind == 'E' ? ALERT : PLAIN, "%c", m->kind);
	canvas_put(c, line, 11, PLAIN, m->text);
}

static void said_draw(struct canvas *c, const void *state)
{
	const struct said *s = state;

	if (s->v.n == 0)
		canvas_put(c, 3, 3, PLAIN, "Nothing has been said yet.");
	list_draw(c, &s->list, 2, false, said_row, s);
}

static struct list *said_list(void *state)
{
	return &((struct said *)state)->list;
}

static enum next said_close(struct ui *ui, void *state)
{
	(void)ui;
	(void)state;
	return BACK;
}

static const struct key keys[] = {
	{ .key = "Esc F12 Enter", .name = "close", .label = "Close", .act = said_close },
	{ 0 },
};

const struct screen screen_messages = { .name = "messages",
					.title = "MESSAGES",
					.help = "what row 23 said, the last 200",
					.state = sizeof(struct said),
					.load = said_load,
					.layout = said_layout,
					.draw = said_draw,
					.leave = said_leave,
					.list = said_list,
					.keys = keys };
