/*
 * screen_undo.c: the last steps of who sits here, and what taking each back would do.
 *
 * Enter takes back the one that is selected, as `u` takes back the newest: whole, as a recorded
 * reversal, or not at all, with the name of whoever changed it since.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/act.h"
#include "clinic/desk.h"
#include "loop.h"
#include "screens.h"

struct undo_screen {
	struct undo_steps steps;
	struct list list;
};

static int undo_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct undo_screen *s = state;
	struct undo_steps steps = { 0 };
	int64_t ids[UNDO_STEPS];

	(void)refresh;
	if (act_undo_steps(ui->desk, &steps, err) < 0)
		return -1;
	list_free(&s->steps);
	s->steps = steps;
	for (size_t i = 0; i < steps.n; i++)
		ids[i] = steps.v[i].act;
	/* What was taken back leaves at once: its place is the next one's. */
	list_load(&s->list, ids, steps.n, false);
	return 0;
}

static void undo_layout(void *state, int rows, int cols)
{
	(void)cols;
	list_size(&((struct undo_screen *)state)->list, rows - 3 - 5);
}

static const struct undo_step *selected(const struct undo_screen *s)
{
	int at = list_at(&s->list);

	return at < 0 ? NULL : &s->steps.v[at];
}

static void undo_row(struct canvas *c, int line, int number, bool is, const void *state, int at)
{
	const struct undo_step *step = &((const struct undo_screen *)state)->steps.v[at];
	char clock[DAY_TEXT];

	(void)is;
	canvas_printf(c, line, 2, PLAIN, "%2d %s %s", number,
		      minute_show(moment_minute(step->at), clock), *step->no ? "-" : " ");
	canvas_padded(c, line, 13, c->cols - 13, PLAIN, step->what);
}

static void undo_draw(struct canvas *c, const void *state)
{
	const struct undo_screen *s = state;
	const struct undo_step *step = selected(s);

	canvas_printf(c, 2, 1, PLAIN,
		      "Newest first: %d steps, %d hours.  - cannot be taken back now.", UNDO_STEPS,
		      UNDO_HOURS);
	canvas_put(c, 3, 3, HEADING, "# Time");
	canvas_put(c, 3, 13, HEADING, "What you did");
	if (s->steps.n == 0)
		canvas_put(c, 5, 5, PLAIN, "Nothing of yours is left to take back.");
	list_draw(c, &s->list, 4, false, undo_row, s);
	if (!step)
		return;
	if (*step->no)
		canvas_wrap(c, c->rows - 4, 5, c->cols - 6, 2, PLAIN, step->no);
	else
		canvas_printf(c, c->rows - 4, 5, PLAIN, "Enter takes back %s.",
			      step->commands > 1 ? "all that this step did" : "this step");
	if (step->commands > 1)
		canvas_printf(c, c->rows - 2, 5, PLAIN,
			      "One step of %d changes: they go together or not at all.",
			      step->commands);
}

static void undo_leave(struct ui *ui, void *state)
{
	struct undo_screen *s = state;

	(void)ui;
	list_free(&s->steps);
	list_done(&s->list);
}

static struct list *undo_list(void *state)
{
	return &((struct undo_screen *)state)->list;
}

static enum next undo_take(struct ui *ui, void *state)
{
	const struct undo_step *step = selected(state);
	struct err err = ERR_INIT;
	char what[540];

	if (!step)
		return ui_failf(ui, "Nothing of yours is left to take back.");
	if (act_undo(ui->desk, step->act, what, sizeof what, &err) < 0)
		return ui_fail(ui, &err);
	ui_done(ui, "Taken back: %s", what);
	return RELOAD;
}

static enum next undo_back(struct ui *ui, void *state)
{
	(void)ui, (void)state;
	return BACK;
}

static const struct key keys[] = {
	{ .key = "Enter",
	  .name = "take_back",
	  .label = "Take back",
	  .help = "take this step back",
	  .commits = true,
	  .act = undo_take },
	{ .key = "Esc F12", .name = "back", .label = "Back", .act = undo_back },
	{ 0 },
};

const struct screen screen_undo = { .name = "undo",
				    .title = "UNDO",
				    .help = "your last steps",
				    .state = sizeof(struct undo_screen),
				    .load = undo_load,
				    .layout = undo_layout,
				    .draw = undo_draw,
				    .leave = undo_leave,
				    .list = undo_list,
				    .keys = keys };
