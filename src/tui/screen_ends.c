/*
 * screen_ends.c: why an episode ends: a list of reasons, each with its letter.
 *
 * The letters are answers here, as on row 23, so those that work everywhere (g, u) do not.
 */
#include <stdio.h>

#include "screens.h"
#include "verbs.h"

struct ends {
	struct list list;
	end_then *then;
	char whose[PERSON_TEXT];
};

static int ends_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct ends *e = state;
	int64_t ids[END_COUNT];

	(void)err;
	if (refresh)
		return 0;
	for (int i = 1; i < END_COUNT; i++)
		ids[i - 1] = i;
	list_load(&e->list, ids, END_COUNT - 1, false);
	ui_place(ui, "%s", e->whose);
	return 0;
}

static void ends_layout(void *state, int rows, int cols)
{
	(void)cols;
	list_size(&((struct ends *)state)->list, rows - 5);
}

static void ends_row(struct canvas *c, int line, int number, bool selected, const void *state,
		     int at)
{
	enum end_reason reason = (enum end_reason)(at + 1);
	char key[2] = { end_key(reason), '\0' };

	(void)number, (void)selected, (void)state;
	canvas_put(c, line, 3, BOLD, key);
	canvas_put(c, line, 6, PLAIN, end_words(reason));
}

static void ends_draw(struct canvas *c, const void *state)
{
	const struct ends *e = state;

	canvas_put(c, 2, 1, PLAIN, "Why does this episode end?  Its letter, or Enter.");
	list_draw(c, &e->list, 3, false, ends_row, e);
}

static void ends_leave(struct ui *ui, void *state)
{
	(void)ui;
	list_done(&((struct ends *)state)->list);
}

static struct list *ends_list(void *state)
{
	return &((struct ends *)state)->list;
}

static enum next taken(struct ui *ui, const struct ends *e, enum end_reason reason)
{
	return e->then(ui, reason) == FAILED ? FAILED : BACK;
}

static enum next ends_enter(struct ui *ui, void *state)
{
	const struct ends *e = state;
	int at = list_at(&e->list);

	return at < 0 ? STAY : taken(ui, e, (enum end_reason)(at + 1));
}

#define X(name, key_, code, words)                                                                 \
	static enum next ends_##name(struct ui *ui, void *state)                                   \
	{                                                                                          \
		return taken(ui, state, name);                                                     \
	}
END_REASONS(X)
#undef X

static const struct key keys[] = {
	{ .key = "Enter",
	  .name = "take",
	  .label = "Discharge",
	  .help = "discharge for this reason",
	  .commits = true,
	  .act = ends_enter },
#define X(name_, key_, code, words)                                                                \
	{ .key = (const char[]){ key_, '\0' },                                                     \
	  .name = code,                                                                            \
	  .help = words,                                                                           \
	  .commits = true,                                                                         \
	  .act = ends_##name_ },
	END_REASONS(X)
#undef X
		{ .key = "Esc F12", .name = "keep", .label = "Not discharged" },
	{ 0 },
};

const struct screen screen_ends = { .name = "discharge",
				    .title = "DISCHARGE",
				    .help = NULL,
				    .over = true,
				    .state = sizeof(struct ends),
				    .layout = ends_layout,
				    .load = ends_load,
				    .draw = ends_draw,
				    .leave = ends_leave,
				    .list = ends_list,
				    .keys = keys };

enum next open_ends(struct ui *ui, const char *whose, end_then *then)
{
	struct ends *e = ui_push(ui, &screen_ends);

	e->then = then;
	snprintf(e->whose, sizeof e->whose, "%s", whose);
	return STAY;
}
