/*
 * list.h: a list of rows that keeps its selection by what a row is, not where it stands.
 *
 * The screen owns the rows and gives the list their ids, in order; the list owns which is selected,
 * what is in view, and the numbers people type.  An id of 0 is a row that cannot be selected (a
 * heading, a blank) and has no number.
 *
 * When other desks' changes come in (list_load with refresh), rows that were there keep their place
 * and number, new ones are added at the end, and ones that went stay as an empty row until the next
 * F5: nothing moves under a finger.
 */
#ifndef TUI_LIST_H
#define TUI_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "canvas.h"
#include "keys.h"

struct list_row {
	int64_t id;
	int at;	    /* the screen's row; -1 for one that has gone */
	int number; /* what people type; 0 for none */
};

struct list {
	struct list_row *v;
	size_t n, cap;
	size_t sel;   /* of v */
	size_t top;   /* first of v in view */
	int height;   /* rows of the screen that it may use */
	int typed;    /* the number being typed, 0 for none */
	int64_t from; /* what was selected before the number began */
	int before;   /* a screen's own numbers begin after this (lists that share numbering) */
};

/* Draws one row: `at` is the screen's own row, `line` the row of the canvas.  The list has drawn
 * the mark in column 1 already. */
typedef void list_draw_row(struct canvas *c, int line, int number, bool selected, const void *state,
			   int at);

void list_load(struct list *l, const int64_t *ids, size_t n, bool refresh);
void list_size(struct list *l, int height); /* from the screen's layout */
void list_done(struct list *l);

/* Draws into `height` rows from `line` on (the last says what is in view when not all is), and puts
 * the cursor on the selected row unless `quiet` (a field has it). */
void list_draw(struct canvas *c, const struct list *l, int line, bool quiet, list_draw_row *row,
	       const void *state);

/* Up, Down, PgUp, PgDn, Home, End and digits.  True when the key was the list's; *ret_why is then
 * NULL, or says why nothing happened. */
bool list_key(struct list *l, int key, const char **ret_why);

int list_at(const struct list *l);	      /* the screen's row that is selected, -1 for none */
int64_t list_id(const struct list *l);	      /* its id, 0 for none */
bool list_select(struct list *l, int64_t id); /* false when it is not there */
void list_section(struct list *l, int step);  /* to the next (1) or last (-1) part of the list */

#endif
