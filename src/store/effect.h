/*
 * effect.h: what a command changed in the synced tables: captured, kept, taken back, applied
 * (private to the store).
 *
 * An effect has two parts, each a changeset: part 0 of the operational tables, part 1 of the scoped
 * ones.  A command writes rows of one scope only, so one part 1 has one scope.
 */
#ifndef STORE_EFFECT_H
#define STORE_EFFECT_H

#include <stddef.h>

#include "base/alloc.h"
#include "base/err.h"
#include "store/requests.h"
#include "store/store.h"

enum { PARTS = 2 };

/* While a command runs the synced tables are watched; effect_read() gives what it changed. */
int effect_watch(struct store *st, struct err *err);
int effect_read(struct store *st, struct buf ret[PARTS], struct err *err);
void effect_unwatch(struct store *st);
void effect_done(struct store *st); /* it is to be closed */

/* Kept in one piece: each part behind its length. */
void effect_join(const struct buf part[PARTS], struct buf *ret);
/* Borrowed from what was kept. */
struct piece {
	const unsigned char *p;
	size_t n;
};
int effect_split(const void *kept, size_t n, struct piece ret[PARTS], struct err *err);

/* Whole, and made as changesets are (changeset.c)? */
bool changeset_sound(const void *p, size_t n);

/* ERR_FAULT unless it changes tables of that part alone, each with the columns and the key that it
 * has here: SQLite would pass over a table that does not fit, and say nothing. */
int effect_fits(struct store *st, int part, const void *p, size_t n, struct err *err);

/* ERR_FAULT when rows of part 1 are of another scope than `scope` (NULL or "": of none at all). */
int effect_one_scope(struct store *st, const void *p, size_t n, const char *scope, struct err *err);

/* Of the rows that it makes, the ids that are of those a node gives out, added to the list. */
int effect_ids(struct store *st, const void *p, size_t n, int node, struct id_list *ret,
	       struct err *err);

/* ERR_FAULT when it makes a row under an id that another node gives out: that node would come to it
 * in its time, and could not write. */
int effect_own_ids(struct store *st, const void *p, size_t n, int node, struct err *err);

/* Many of them joined into one, applied at once, as they are or upside down.  Whatever does not
 * meet exactly what it expects fails the whole (ERR_FAULT), and nothing of it is kept. */
struct effects;
struct effects *effects_new(void);
int effects_add(struct store *st, struct effects *list, const void *p, size_t n, struct err *err);
int effects_apply(struct store *st, struct effects *list, bool upside_down, struct err *err);
void effects_free(struct effects *list);

#endif
