/* verbs.h: what the files of the verbs share: verbs.c for the way through the day, verbs_after.c
 * for what comes after. */
#ifndef TUI_VERBS_H
#define TUI_VERBS_H

#include "clinic/after.h"
#include "open.h"

int verb_has_one(const struct verb_row *row, struct err *err);

/* The name without its title, cut so that a question and its answers fit one row of 80 columns; the
 * same with the time. */
const char *verb_brief(const struct verb_row *row, char *buf, size_t n);
const char *verb_named(const struct verb_row *row, char *buf, size_t n);

/* Marks it, unless somebody has changed it since this screen was painted, and what follows with it
 * (NULL: the usual).  `how` is the end of the sentence: "arrived" 09:41. */
enum next verb_mark(struct ui *ui, const struct verb_row *row, enum appt_state to,
		    const struct after_ask *after, const char *how);

/* The same at once; asks first what would take an outcome back. */
enum next verb_step(struct ui *ui, const struct verb_row *row, enum appt_state to, const char *how);

/* screen_ends.c: why the episode ends, each reason one key; `then` gets it, on the screen below. */
typedef enum next end_then(struct ui *ui, enum end_reason reason);
enum next open_ends(struct ui *ui, const char *whose, end_then *then);

#endif
