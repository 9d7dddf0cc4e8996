/*
 * screen_duplicates.c: records that may be one person's, in pairs; Enter shows both.
 *
 * The service is looked through a piece at a time, so that opening this is no more work where many
 * are registered; PgDn looks further.  A pair leaves the list when it is merged or held apart.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/desk.h"
#include "clinic/pairs.h"
#include "people.h"

enum { MOST = 200, WIDE = 100, PIECES = 4, PATIENCE = 24 /* pieces, until the first is found */ };

struct duplicates {
	struct pairs pairs;
	struct pairs_at at;
	struct list list;
	int pieces;    /* of the service, that were looked through */
	int64_t acted; /* the desk's last act when this was read */
	bool read;
};

/* A pair is known by both its records. */
static int64_t key_of(const struct pair *p)
{
	return (int64_t)((uint64_t)p->a.id.n * 0x9e3779b97f4a7c15u ^ (uint64_t)p->b.id.n) &
	       INT64_MAX;
}

static int look(struct ui *ui, struct duplicates *d, struct err *err)
{
	struct pairs pairs = { 0 };
	struct pairs_at at = { 0 };

	for (int i = 0; !at.done && pairs.n < MOST; i++) {
		if (i >= d->pieces && (pairs.n > 0 || i >= d->pieces + PATIENCE))
			break;
		if (pairs_find(ui->desk, MOST, &at, &pairs, err) < 0) {
			list_free(&pairs);
			return -1;
		}
	}
	list_free(&d->pairs);
	d->pairs = pairs;
	d->at = at;
	return 0;
}

static int duplicates_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct duplicates *d = state;
	int64_t *ids;

	if (d->pieces == 0)
		d->pieces = PIECES;
	if (look(ui, d, err) < 0)
		return -1;
	ids = mem_new(sizeof *ids * (d->pairs.n + 1));
	for (size_t i = 0; i < d->pairs.n; i++)
		ids[i] = key_of(&d->pairs.v[i]);
	/* What this desk has just settled goes at once. */
	list_load(&d->list, ids, d->pairs.n, refresh && ui->desk->acted == d->acted);
	d->acted = ui->desk->acted;
	mem_free(ids);
	d->read = true;
	return 0;
}

static void duplicates_layout(void *state, int rows, int cols)
{
	(void)cols;
	list_size(&((struct duplicates *)state)->list, rows - 6);
}

static void duplicates_row(struct canvas *c, int line, int number, bool selected, const void *state,
			   int at)
{
	const struct pair *p = &((const struct duplicates *)state)->pairs.v[at];
	int more = c->cols >= WIDE ? (c->cols - 80) / 3 : 0;
	char name[PERSON_TEXT], born[DAY_TEXT], why[PAIR_WORDS];

	(void)selected;
	canvas_printf(c, line, 2, PLAIN, "%2d", number);
	canvas_padded(c, line, 5, 22 + more, PLAIN,
		      person_show(p->a.surname, p->a.given, p->a.title, name));
	canvas_put(c, line, 28 + more, PLAIN,
		   date_none(p->a.born) ? "not known" : date_show(p->a.born, born));
	canvas_padded(c, line, 40 + more, 22 + more, PLAIN,
		      person_show(p->b.surname, p->b.given, p->b.title, name));
	canvas_padded(c, line, 63 + 2 * more, c->cols - 62 - 2 * more, PLAIN,
		      pair_words(p->why, why));
}

static void duplicates_draw(struct canvas *c, const void *state)
{
	const struct duplicates *d = state;
	int more = c->cols >= WIDE ? (c->cols - 80) / 3 : 0;

	if (!d->read)
		return;
	canvas_printf(c, 2, 1, PLAIN, "%zu that may be one person   %s", d->pairs.n,
		      d->at.done	   ? "everybody was looked at"
		      : d->pairs.n >= MOST ? "settle some, then more are shown"
					   : "PgDn looks further");
	canvas_put(c, 3, 3, HEADING, "# Person");
	canvas_put(c, 3, 28 + more, HEADING, "Born");
	canvas_put(c, 3, 40 + more, HEADING, "Like");
	canvas_put(c, 3, 63 + 2 * more, HEADING, "The same");
	if (d->pairs.n == 0) {
		canvas_put(c, 4, 3, PLAIN,
			   d->at.done ? "Nobody here looks registered twice."
				      : "Nobody among those looked at.  PgDn looks further.");
		canvas_cursor(c, 4, 1);
	}
	list_draw(c, &d->list, 4, false, duplicates_row, d);
}

static void duplicates_leave(struct ui *ui, void *state)
{
	struct duplicates *d = state;

	(void)ui;
	list_free(&d->pairs);
	list_done(&d->list);
}

static struct list *duplicates_list(void *state)
{
	return &((struct duplicates *)state)->list;
}

/* ---- keys ---- */

static enum next duplicates_open(struct ui *ui, void *state)
{
	struct duplicates *d = state;
	int at = list_at(&d->list);

	if (at < 0)
		return ui_failf(ui, "There is no pair on this row.");
	return open_pair(ui, d->pairs.v[at].a.id, d->pairs.v[at].b.id);
}

static enum next duplicates_apart(struct ui *ui, void *state)
{
	struct duplicates *d = state;
	int at = list_at(&d->list);
	struct err err = ERR_INIT;

	if (at < 0)
		return ui_failf(ui, "There is no pair on this row.");
	if (pairs_apart(ui->desk, d->pairs.v[at].a.id, d->pairs.v[at].b.id, &err) < 0)
		return ui_fail(ui, &err);
	ui_done(ui, "They are two people.   u Undo");
	return RELOAD;
}

/* Down the list, and from its end on into the next piece of the service. */
static enum next duplicates_further(struct ui *ui, void *state)
{
	struct duplicates *d = state;
	const char *why = NULL;

	if (d->list.sel + 1 < d->list.n) {
		list_key(&d->list, K_PGDN, &why);
		return STAY;
	}
	if (d->at.done || d->pairs.n >= MOST)
		return ui_failf(ui, d->at.done ? "Everybody was looked at."
					       : "Settle some of these first.");
	d->pieces += PIECES;
	return REFRESH;
}

static const struct key keys[] = {
	{ .key = "Enter",
	  .name = "open",
	  .label = "Compare",
	  .help = "both records side by side",
	  .commits = true,
	  .act = duplicates_open },
	{ .key = "x",
	  .name = "apart",
	  .label = "Not the same",
	  .help = "they are two people",
	  .roles = PAIR_ROLES,
	  .commits = true,
	  .act = duplicates_apart },
	{ .key = "PgDn",
	  .name = "further",
	  .label = "Look further",
	  .help = "look through more records",
	  .act = duplicates_further },
	{ 0 },
};

const struct screen screen_duplicates = { .name = "duplicates",
					  .title = "DUPLICATES",
					  .help = "who may be registered twice",
					  .roles = PAIR_ROLES,
					  .state = sizeof(struct duplicates),
					  .layout = duplicates_layout,
					  .load = duplicates_load,
					  .draw = duplicates_draw,
					  .leave = duplicates_leave,
					  .list = duplicates_list,
					  .keys = keys };
