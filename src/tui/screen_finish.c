/*
 * screen_finish.c: what a clinician has still to finish: seen without an outcome, and of past days
 * what nobody marked.  A row leaves by a recorded outcome only.
 *
 * Opens on the user's own list, or on that of the diary it is opened from; Tab goes round those who
 * work at the desk's site.
 */
#include <stdio.h>

#include "base/alloc.h"
#include "clinic/after.h"
#include "clinic/desk.h"
#include "clinic/desklist.h"
#include "clinic/refs.h"
#include "diary.h"
#include "screens.h"
#include "verbs.h"

struct finish {
	struct id clinician;
	struct desk_rows rows;
	struct list list;
	int64_t acted; /* the desk's last act when this was read */
	char whose[NAME_TEXT], empty[NAME_TEXT + 40];
};

static int begin(struct ui *ui, struct finish *f, struct err *err)
{
	if (!id_none(f->clinician))
		return 0;
	f->clinician = ui->desk->user.clinician;
	return id_none(f->clinician) ? diary_first(ui, &f->clinician, err) : 0;
}

static int finish_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct finish *f = state;
	struct desk_rows rows = { 0 };
	const struct clinician *c;
	int at = list_at(&f->list);
	int64_t *ids;
	bool mine;

	if (begin(ui, f, err) < 0)
		return -1;
	if (after_unfinished(ui->desk, f->clinician, &rows, err) < 0) {
		desk_rows_done(&rows);
		return -1;
	}
	desk_rows_done(&f->rows);
	f->rows = rows;
	ids = mem_new((rows.n + 1) * sizeof *ids);
	for (size_t i = 0; i < rows.n; i++)
		ids[i] = rows.v[i].row.a.id.n;
	/* What this very desk finished is gone at once, and the next row is in its place. */
	mine = f->acted != ui->desk->acted;
	list_load(&f->list, ids, rows.n, refresh && !mine);
	if (refresh && mine && at > 0 && rows.n)
		list_select(&f->list, ids[(size_t)at < rows.n ? (size_t)at : rows.n - 1]);
	f->acted = ui->desk->acted;
	mem_free(ids);
	c = ref_clinician(ui->desk, f->clinician);
	snprintf(f->whose, sizeof f->whose, "%.60s", c ? c->surname : "");
	snprintf(f->empty, sizeof f->empty, "%.60s has finished everything.", f->whose);
	ui_place(ui, "%s", f->whose);
	return 0;
}

static void finish_layout(void *state, int rows, int cols)
{
	(void)cols;
	list_size(&((struct finish *)state)->list, rows - 6);
}

static void finish_row(struct canvas *c, int line, int number, bool selected, const void *state,
		       int at)
{
	const struct desk_row *r = &((const struct finish *)state)->rows.v[at];
	const struct appt *a = &r->row.a;
	int more = c->cols >= 100 ? 16 : 0;
	char when[DAY_TEXT];

	(void)selected;
	canvas_printf(c, line, 2, PLAIN, "%2d", number);
	canvas_put(c, line, 5, PLAIN, moment_show(a->starts, when));
	canvas_printf(c, line, 27, PLAIN, "%c", appt_letter(a->state));
	canvas_padded(c, line, 30, 24 + more, PLAIN, r->name);
	canvas_put(c, line, 55 + more, PLAIN,
		   date_none(r->row.born) ? "not known" : date_show(r->row.born, when));
	canvas_padded(c, line, 67 + more, 13, PLAIN,
		      a->state == APPT_SEEN ? r->type : "not marked");
}

static void finish_draw(struct canvas *c, const void *state)
{
	const struct finish *f = state;
	int more = c->cols >= 100 ? 16 : 0;

	canvas_printf(c, 2, 1, PLAIN, "%zu to finish", f->rows.n);
	canvas_put(c, 3, 3, HEADING, "# When                 St Person");
	canvas_put(c, 3, 55 + more, HEADING, "Born        Service");
	if (f->rows.n == 0) {
		canvas_put(c, 4, 3, PLAIN, f->empty);
		canvas_cursor(c, 4, 1);
	}
	list_draw(c, &f->list, 4, false, finish_row, f);
	canvas_put(c, c->rows - 2, 1, PLAIN,
		   "A row leaves by its outcome; one that was never marked by s, D, N or X.");
}

static void finish_leave(struct ui *ui, void *state)
{
	struct finish *f = state;

	(void)ui;
	desk_rows_done(&f->rows);
	list_done(&f->list);
}

static struct list *finish_list(void *state)
{
	return &((struct finish *)state)->list;
}

/* ---- keys ---- */

static struct verb_row selected(const void *state)
{
	const struct finish *f = state;
	struct verb_row row = { .born = DATE_NONE };
	int at = list_at(&f->list);

	if (at < 0)
		return row;
	const struct desk_row *r = &f->rows.v[at];

	row.appt = r->row.a.id;
	row.person = r->row.a.person;
	row.state = r->row.a.state;
	row.born = r->row.born;
	row.starts = r->row.a.starts;
	snprintf(row.who, sizeof row.who, "%s", r->name);
	return row;
}
VERB_ACT(finish, seen, selected)
VERB_ACT(finish, dna, selected)
VERB_ACT(finish, late, selected)
VERB_ACT(finish, cancel, selected)
VERB_ACT(finish, history, selected)

static enum next finish_person(struct ui *ui, void *state)
{
	struct verb_row row = selected(state);

	return id_none(row.person) ? ui_failf(ui, "There is nobody on this row.")
				   : open_person(ui, row.person);
}

static enum next finish_step(struct ui *ui, void *state)
{
	struct finish *f = state;

	return step_colleague(ui, &f->clinician, false);
}

static const struct key keys[] = {
	{ .key = "Enter",
	  .name = "finish",
	  .label = "Outcome",
	  .help = "record what came of it",
	  .roles = APPT_ROLES,
	  .commits = true,
	  .act = finish_do_seen },
	KEY_SEEN(finish),
	KEY_DNA(finish),
	KEY_LATE(finish),
	KEY_CANCEL(finish),
	{ .key = "e",
	  .name = "person",
	  .label = "Person",
	  .help = "open the person",
	  .commits = true,
	  .act = finish_person },
	{ .key = "v",
	  .name = "history",
	  .help = "who did what to this row",
	  .commits = true,
	  .act = finish_do_history },
	{ .key = "Tab",
	  .name = "colleague",
	  .label = "Who",
	  .help = "the next clinician here",
	  .act = finish_step },
	{ 0 },
};

const struct screen screen_finish = {
	.name = "finish",
	.title = "TO FINISH",
	.go = 'f',
	.help = "seen without an outcome, or never marked",
	.state = sizeof(struct finish),
	.layout = finish_layout,
	.load = finish_load,
	.draw = finish_draw,
	.leave = finish_leave,
	.list = finish_list,
	.keys = keys,
};

enum next open_finish(struct ui *ui, struct id clinician)
{
	struct finish *f = ui_push(ui, &screen_finish);

	f->clinician = clinician;
	return STAY;
}
