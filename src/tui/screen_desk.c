/* screen_desk.c: S2: today at one desk. */
#include "clinic/desk.h"
#include "screens.h"

struct today {
	char site[NAME_TEXT];
};

static int desk_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	(void)state, (void)refresh, (void)err;
	ui_place(ui, "%s", ui->desk->site.name);
	return 0;
}

static void desk_draw(struct canvas *c, const void *state)
{
	(void)state;
	canvas_put(c, 4, 3, PLAIN, "Nothing booked today.");
	canvas_cursor(c, 4, 1);
}

const struct screen screen_desk = { .name = "desk",
				    .title = "DESK",
				    .go = 'h',
				    .help = "today at this desk",
				    .state = sizeof(struct today),
				    .load = desk_load,
				    .draw = desk_draw };
