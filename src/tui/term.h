/*
 * term.h: the terminal.  term.c is the only file that knows curses.
 *
 * One terminal, opened once.  It is put back as it was by term_close(), which every way out calls.
 */
#ifndef TUI_TERM_H
#define TUI_TERM_H

#include <stdbool.h>

#include "base/err.h"
#include "canvas.h"
#include "keys.h"

struct term_options {
	const char *theme; /* mono, dark, light, contrast; NULL chooses */
	int esc_ms;	   /* 0 is 50 */
};

enum term_event {
	TERM_QUIET,  /* the time passed */
	TERM_KEY,    /* a key; K_NONE for bytes that are no key and were dropped */
	TERM_RESIZE, /* the window has a new size: ask term_size() */
	TERM_END,    /* the line is gone, or the machine asks us to stop */
};

int term_open(const struct term_options *opt, struct err *err);
void term_close(void); /* may be called at any time, any number of times */
void term_size(int *rows, int *cols);
bool term_utf8(void);

/* Waits at most `ms` (-1 for ever) for something to happen. */
enum term_event term_read(int ms, struct press *ret);

/* Is there input that has not been handed out yet?  Reads what has arrived, never waits. */
bool term_pending(void);

/* Throws away all that was typed until now; gives how many keys that was. */
int term_drop(void);

/* Bytes of input taken from the terminal so far; the tests' way to know that a key was handled. */
unsigned term_taken(void);

/* Sends the cells that differ from what is shown, and the cursor.  `whole`: to the end, even if
 * keys are waiting. */
void term_show(const struct canvas *c, bool whole);

/* Ctrl-L: the next term_show() sends everything again. */
void term_redraw(void);

#endif
