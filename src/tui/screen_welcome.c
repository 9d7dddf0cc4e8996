/* screen_welcome.c: where the screens begin while no desk is open: what to press. */
#include "screens.h"

static void welcome_draw(struct canvas *c, const void *state)
{
	(void)state;
	canvas_put(c, 6, 13, BOLD, "ohdesk");
	canvas_put(c, 8, 13, PLAIN, "? lists the keys, : finds a command, Ctrl-Q leaves.");
	canvas_cursor(c, 6, 13);
}

const struct screen screen_welcome = { .name = "welcome",
				       .title = "OHDESK",
				       .go = 'h',
				       .help = "the first screen",
				       .draw = welcome_draw };
