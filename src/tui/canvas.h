/*
 * canvas.h: a grid of cells that screens draw on and tests read.
 *
 * Rows and columns count from 1, as people do and as the design of the screens does: row 1 is the
 * title, the last row the key line.  What falls off the grid is cut; a wide character that would
 * straddle the edge becomes a blank.  Nothing on a canvas can move a terminal: control characters
 * arrive as '?'.
 */
#ifndef TUI_CANVAS_H
#define TUI_CANVAS_H

#include <stdbool.h>
#include <stddef.h>

/* How text looks: marks that carry meaning, and one role that a theme may colour to repeat it. */
enum style {
	PLAIN = 0,
	BOLD = 1,
	REVERSE = 2,
	UNDERLINE = 4,
	MARKS = 7,
	ALERT = 8,    /* E, OVER, BELOW, !R */
	HEADING = 16, /* the titles of sections */
};

/* One column.  A wide character fills its first cell and leaves its second with n = 0. */
struct cell {
	char text[22]; /* a letter with at most four marks, UTF-8 */
	unsigned char n;
	unsigned char style;
};

struct canvas {
	int rows, cols;
	int at_row, at_col; /* where the terminal's cursor goes */
	bool ascii;	    /* the terminal has no UTF-8 */
	struct cell *cells;
};

void canvas_size(struct canvas *c, int rows, int cols); /* all blank */
void canvas_clear(struct canvas *c);
void canvas_done(struct canvas *c);
struct cell *canvas_cell(const struct canvas *c, int row, int col); /* NULL off the grid */

/* Each gives the column after what it wrote.  put: as much as fits on the row.  padded: exactly
 * `width` columns, cut or filled up with blanks of that style.  right: ends at column `last`. */
int canvas_put(struct canvas *c, int row, int col, unsigned style, const char *text);
int canvas_padded(struct canvas *c, int row, int col, int width, unsigned style, const char *text);
int canvas_right(struct canvas *c, int row, int last, unsigned style, const char *text);
int canvas_printf(struct canvas *c, int row, int col, unsigned style, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));

/* `text` broken at blanks over at most `height` rows of `width`; gives the rows used. */
int canvas_wrap(struct canvas *c, int row, int col, int width, int height, unsigned style,
		const char *text);

void canvas_cursor(struct canvas *c, int row, int col);

/* A row as text without trailing blanks; the caller frees. */
char *canvas_text(const struct canvas *c, int row);

/* The columns `text` will take on this canvas. */
int canvas_width(const struct canvas *c, const char *text);

#endif
