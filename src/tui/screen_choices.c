/*
 * screen_choices.c: F4 in a field, its choices as a list; Enter puts one into the field below.
 * The form is the screen below's, which stays as it is while this is open.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "bar.h"
#include "screens.h"

struct choices {
	struct list list;
	struct form *form;
	const struct form_field *field;
};

void choices_open(struct ui *ui, struct form *form)
{
	struct choices *s = ui_push(ui, &screen_choices);

	s->form = form;
	s->field = &form->fields[form->at];
}

static int choices_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct choices *s = state;
	int64_t *ids;
	size_t n = 0;

	(void)err;
	if (refresh)
		return 0;
	while (s->field->choices[n])
		n++;
	ids = mem_new(sizeof *ids * (n + 1));
	for (size_t i = 0; i < n; i++)
		ids[i] = (int64_t)i + 1;
	list_load(&s->list, ids, n, false);
	for (size_t i = 0; i < n; i++)
		if (strcmp(s->field->choices[i], form_text(s->form, s->field->name)) == 0)
			list_select(&s->list, ids[i]);
	mem_free(ids);
	ui_place(ui, "%s", s->field->label ? s->field->label : "");
	return 0;
}

static void choices_layout(void *state, int rows, int cols)
{
	(void)cols;
	list_size(&((struct choices *)state)->list, rows - 5);
}

static void choices_row(struct canvas *c, int line, int number, bool selected, const void *state,
			int at)
{
	const struct choices *s = state;

	(void)selected;
	canvas_printf(c, line, 2, PLAIN, "%3d %s", number, s->field->choices[at]);
}

static void choices_draw(struct canvas *c, const void *state)
{
	const struct choices *s = state;

	list_draw(c, &s->list, 3, false, choices_row, s);
}

static void choices_leave(struct ui *ui, void *state)
{
	(void)ui;
	list_done(&((struct choices *)state)->list);
}

static struct list *choices_list(void *state)
{
	return &((struct choices *)state)->list;
}

static enum next choices_take(struct ui *ui, void *state)
{
	struct choices *s = state;
	struct frame *below = loop_below(ui, 1);
	int at = list_at(&s->list);

	if (at < 0)
		return ui_failf(ui, "There is nothing to choose.");
	form_choose(s->form, s->field, s->field->choices[at]);
	if (below->screen->typed)
		loop_next(ui, below->state, below->screen->typed(ui, below->state));
	return BACK;
}

static enum next choices_close(struct ui *ui, void *state)
{
	(void)ui;
	(void)state;
	return BACK;
}

static const struct key keys[] = {
	{ .key = "Enter", .name = "take", .label = "Choose", .act = choices_take },
	{ .key = "1", .name = "pick", .label = "Pick", .shown = "1-9" },
	{ .key = "Esc F12", .name = "close", .label = "Back", .act = choices_close },
	{ 0 },
};

const struct screen screen_choices = { .name = "choices",
				       .title = "CHOOSE",
				       .over = true,
				       .state = sizeof(struct choices),
				       .load = choices_load,
				       .layout = choices_layout,
				       .draw = choices_draw,
				       .leave = choices_leave,
				       .list = choices_list,
				       .keys = keys };
