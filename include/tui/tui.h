/*
 * tui.h: the screens, from sign-in to the last Esc.
 *
 * One call takes the terminal over and gives it back as it was, however it ends: Ctrl-Q, a signal,
 * a lost line.  Every key is answered from the local database; nothing here waits for a network.
 */
#ifndef TUI_TUI_H
#define TUI_TUI_H

#include <stdbool.h>

#include "base/err.h"

struct desk;

struct tui_options {
	const char *theme; /* mono, dark, light, contrast; NULL chooses by the terminal */
	const char *first; /* the screen to open on, by name; NULL the role's own */
	int esc_ms;	   /* how long an Esc waits for the rest of a key; 0 is 50 */
	int idle_minutes;  /* without a key until the lock; 0 is the role's own: 5 or 10 */
	bool practice;	   /* a practice database: said on every screen */
};

/*
 * Runs the screens on this desk until the user leaves.  0 when they left, or the line was lost;
 * -1 with ERR_USAGE when there is no terminal, or one that cannot move its cursor, and with
 * ERR_INPUT when a setting is not understood.
 */
int tui_run(struct desk *desk, const struct tui_options *opt, struct err *err);

#endif
