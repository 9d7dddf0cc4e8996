/* screens.h: the table of screens, and the ones that belong to the frame itself. */
#ifndef TUI_SCREENS_H
#define TUI_SCREENS_H

#include "ui.h"

/* Ends with NULL.  The first is the desk, where F3 goes; found by name and by letter after g. */
extern const struct screen *const screens[];

extern const struct screen screen_help, screen_messages, screen_menu, screen_choices;

/* tui_run() on a table of screens of the caller's; first NULL is the first of them. */
int tui_run_on(struct desk *desk, const struct tui_options *opt, const struct screen *const *table,
	       const char *first, struct err *err);

/* screen_close.c: closes a day that nothing stands in the way of, else shows what does; hands the
 * desk to the next shift. */
enum next close_day(struct ui *ui);
enum next hand_desk_over(struct ui *ui);

/* After sign-in: the screen that a role begins on, over the desk. */
void screens_land(struct ui *ui);
/* What the user left half-made, over what is open, when there is some. */
void screens_parked(struct ui *ui);
/* Nobody sits here any more; the sign-in screen. */
void screens_sign_out(struct ui *ui);

#endif
