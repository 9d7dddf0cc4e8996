/*
 * screen_esr.c: what files of ESR left for a person: fields that it has otherwise than we, people
 * whom it names and who may be known, people whom it has no longer.
 *
 * A row goes when it is settled; nothing is settled but by a key on it.  Each list shows its first
 * MOST rows: what is behind them comes up as those are settled.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/desk.h"
#include "clinic/esr.h"
#include "people.h"

enum { MOST = 100, WIDE = 100 };

enum part { DIFFERS, PROPOSED, MISSING, HEADING_OF };

struct left_line {
	enum part part;
	size_t at;
	const char *words; /* of a heading */
};

struct left {
	struct esr_open_differences differs;
	struct esr_proposals proposed;
	struct esr_missings missing;
	struct {
		struct left_line *v;
		size_t n, cap;
	} lines;
	struct list list;
	int64_t acted; /* the desk's last act when this was read */
	bool read;
};

/* ---- loading ---- */

static int look(struct ui *ui, struct left *l, struct err *err)
{
	struct esr_open_differences differs = { 0 };
	struct esr_proposals proposed = { 0 };
	struct esr_missings missing = { 0 };

	if (esr_open_differences(ui->desk, MOST, &differs, err) < 0 ||
	    esr_proposals(ui->desk, MOST, &proposed, err) < 0 ||
	    esr_missings(ui->desk, MOST, &missing, err) < 0) {
		list_free(&differs);
		list_free(&proposed);
		list_free(&missing);
		return -1;
	}
	list_free(&l->differs);
	list_free(&l->proposed);
	list_free(&l->missing);
	l->differs = differs;
	l->proposed = proposed;
	l->missing = missing;
	return 0;
}

static void add_part(struct left *l, enum part part, size_t n, const char *words)
{
	if (n)
		*list_push(&l->lines) = (struct left_line){ HEADING_OF, 0, words };
	for (size_t i = 0; i < n; i++)
		*list_push(&l->lines) = (struct left_line){ part, i, NULL };
}

/* A difference goes by its id, people by ESR's number: out of the ids' way. */
static int64_t key_of(const struct left *l, const struct left_line *line)
{
	if (line->part == DIFFERS)
		return l->differs.v[line->at].id.n;
	if (line->part == PROPOSED)
		return INT64_MIN / 2 + l->proposed.v[line->at].no;
	if (line->part == MISSING)
		return INT64_MIN / 4 + l->missing.v[line->at].no;
	return 0;
}

static int esr_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct left *l = state;
	int64_t *ids;

	if (look(ui, l, err) < 0)
		return -1;
	l->lines.n = 0;
	add_part(l, DIFFERS, l->differs.n, "ESR SAYS OTHERWISE");
	add_part(l, PROPOSED, l->proposed.n, "MAY BE KNOWN");
	add_part(l, MISSING, l->missing.n, "NO LONGER IN ESR");
	ids = mem_new(sizeof *ids * (l->lines.n + 1));
	for (size_t i = 0; i < l->lines.n; i++)
		ids[i] = key_of(l, &l->lines.v[i]);
	/* What this desk has just settled goes at once. */
	list_load(&l->list, ids, l->lines.n, refresh && ui->desk->acted == l->acted);
	l->acted = ui->desk->acted;
	mem_free(ids);
	l->read = true;
	return 0;
}

static void esr_layout(void *state, int rows, int cols)
{
	(void)cols;
	list_size(&((struct left *)state)->list, rows - 5);
}

static void esr_leave(struct ui *ui, void *state)
{
	struct left *l = state;

	(void)ui;
	list_free(&l->differs);
	list_free(&l->proposed);
	list_free(&l->missing);
	list_free(&l->lines);
	list_done(&l->list);
}

static struct list *esr_list(void *state)
{
	return &((struct left *)state)->list;
}

/* ---- drawing ---- */

static void who(struct canvas *c, int line, const char *name, struct date born)
{
	int more = c->cols >= WIDE ? (c->cols - 80) / 3 : 0;
	char day[DAY_TEXT];

	canvas_padded(c, line, 5, 21 + more, PLAIN, name);
	canvas_put(c, line, 27 + more, PLAIN, date_none(born) ? "not known" : date_show(born, day));
}

static void differing(struct canvas *c, int line, const struct esr_open_difference *d)
{
	int more = c->cols >= WIDE ? (c->cols - 80) / 3 : 0;

	who(c, line, d->name, d->born);
	canvas_padded(c, line, 39 + more, 11, PLAIN, d->field);
	canvas_padded(c, line, 51 + more, 14 + more, PLAIN, *d->ours ? d->ours : "(nothing)");
	canvas_padded(c, line, 66 + 2 * more, c->cols - 65 - 2 * more, PLAIN,
		      *d->theirs ? d->theirs : "(nothing)");
}

static void proposed(struct canvas *c, int line, const struct esr_proposal *p)
{
	int more = c->cols >= WIDE ? (c->cols - 80) / 3 : 0;
	char words[80];

	who(c, line, p->name, p->born);
	if (p->n == 1)
		snprintf(words, sizeof words, "one like them%s",
			 p->sure ? ", the same number" : "");
	else
		snprintf(words, sizeof words, "%d like them: open each", p->n);
	canvas_padded(c, line, 39 + more, c->cols - 38 - more, PLAIN, words);
}

static void missing(struct canvas *c, int line, const struct esr_missing *m)
{
	int more = c->cols >= WIDE ? (c->cols - 80) / 3 : 0;
	char day[DAY_TEXT];

	who(c, line, m->name, m->born);
	canvas_printf(c, line, 39 + more, PLAIN, "since the file of %s", date_show(m->since, day));
}

static void esr_row(struct canvas *c, int line, int number, bool selected, const void *state,
		    int at)
{
	const struct left *l = state;
	const struct left_line *it = &l->lines.v[at];

	(void)selected;
	if (number)
		canvas_printf(c, line, 2, PLAIN, "%2d", number);
	switch (it->part) {
	case DIFFERS:
		differing(c, line, &l->differs.v[it->at]);
		break;
	case PROPOSED:
		proposed(c, line, &l->proposed.v[it->at]);
		break;
	case MISSING:
		missing(c, line, &l->missing.v[it->at]);
		break;
	case HEADING_OF:
		canvas_put(c, line, 1, HEADING, it->words);
		break;
	}
}

static void esr_draw(struct canvas *c, const void *state)
{
	const struct left *l = state;
	int more = c->cols >= WIDE ? (c->cols - 80) / 3 : 0;

	if (!l->read)
		return;
	canvas_put(c, 2, 3, HEADING, "# Person");
	canvas_put(c, 2, 27 + more, HEADING, "Born");
	canvas_put(c, 2, 39 + more, HEADING, "What");
	canvas_put(c, 2, 51 + more, HEADING, "Ours");
	canvas_put(c, 2, 66 + 2 * more, HEADING, "ESR's");
	if (l->lines.n == 0) {
		canvas_put(c, 3, 3, PLAIN, "Nothing waits: all files of ESR are settled.");
		canvas_cursor(c, 3, 1);
	}
	list_draw(c, &l->list, 3, false, esr_row, l);
}

/* ---- keys ---- */

static const struct left_line *selected(const struct left *l)
{
	static const struct left_line none = { HEADING_OF, 0, NULL };
	int at = list_at(&l->list);

	return at < 0 ? &none : &l->lines.v[at];
}

static enum next esr_open(struct ui *ui, void *state)
{
	const struct left *l = state;
	const struct left_line *it = selected(l);
	struct id person = { 0 };

	if (it->part == DIFFERS)
		person = l->differs.v[it->at].person;
	else if (it->part == PROPOSED && l->proposed.v[it->at].n)
		person = l->proposed.v[it->at].alike[0];
	else if (it->part == MISSING)
		person = l->missing.v[it->at].person;
	return id_none(person) ? ui_failf(ui, "There is nobody to open on this row.")
			       : open_person(ui, person);
}

static enum next settle(struct ui *ui, const struct left *l, bool take)
{
	const struct left_line *it = selected(l);
	struct err err = ERR_INIT;

	if (it->part != DIFFERS)
		return ui_failf(ui, "Only what differs is taken or kept.");
	if (esr_settle(ui->desk, l->differs.v[it->at].id, take, &err) < 0)
		return ui_fail(ui, &err);
	ui_done(ui, "%s: %s is %s.   u Undo", l->differs.v[it->at].name, l->differs.v[it->at].field,
		take ? "ESR's now" : "kept as it is");
	return RELOAD;
}

static enum next esr_take(struct ui *ui, void *state)
{
	return settle(ui, state, true);
}

static enum next esr_hold(struct ui *ui, void *state)
{
	return settle(ui, state, false);
}

static enum next linked(struct ui *ui, const struct esr_proposal *p, struct id person)
{
	struct err err = ERR_INIT;

	if (esr_link(ui->desk, p->vpd, p->no, person, &err) < 0)
		return ui_fail(ui, &err);
	ui_done(ui, "%s: %s.   u Undo", p->name,
		id_none(person) ? "somebody new, registered" : "that is who ESR means");
	return RELOAD;
}

static enum next esr_same(struct ui *ui, void *state)
{
	const struct left *l = state;
	const struct left_line *it = selected(l);
	const struct esr_proposal *p = it->part == PROPOSED ? &l->proposed.v[it->at] : NULL;

	if (!p)
		return ui_failf(ui, "Only somebody who may be known is said to be the same.");
	if (p->n != 1)
		return ui_failf(ui, "%d are like them: settle which with ohdesk esr link.", p->n);
	return linked(ui, p, p->alike[0]);
}

static enum next esr_new(struct ui *ui, void *state)
{
	const struct left *l = state;
	const struct left_line *it = selected(l);

	if (it->part != PROPOSED)
		return ui_failf(ui, "Only somebody who may be known is said to be new.");
	return linked(ui, &l->proposed.v[it->at], (struct id){ 0 });
}

static const struct key keys[] = {
	{ .key = "Enter",
	  .name = "open",
	  .label = "Open",
	  .help = "the person, or who it may be",
	  .commits = true,
	  .act = esr_open },
	{ .key = "t",
	  .name = "take",
	  .label = "Take ESR's",
	  .help = "ESR's word in place of ours",
	  .commits = true,
	  .act = esr_take },
	{ .key = "k",
	  .name = "keep",
	  .label = "Keep ours",
	  .help = "what was typed here stays",
	  .commits = true,
	  .act = esr_hold },
	{ .key = "=",
	  .name = "same",
	  .label = "The same",
	  .help = "they are the person we know",
	  .commits = true,
	  .act = esr_same },
	{ .key = "n",
	  .name = "new",
	  .label = "New",
	  .help = "they are somebody new",
	  .commits = true,
	  .act = esr_new },
	{ 0 },
};

const struct screen screen_esr = { .name = "esr",
				   .title = "ESR",
				   .help = "what files of ESR left to settle",
				   .roles = ESR_SETTLE_ROLES,
				   .state = sizeof(struct left),
				   .layout = esr_layout,
				   .load = esr_load,
				   .draw = esr_draw,
				   .leave = esr_leave,
				   .list = esr_list,
				   .keys = keys };
