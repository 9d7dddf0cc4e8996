/*
 * screen_diary.c: S11: one clinician's day.
 *
 * Rows are slots, and appointments beside them; a row is known by its slot, so that what another
 * desk books shows in its place.  Opens on the user's own diary, else on the first of the desk's
 * site.  The week (v in the design) is not drawn yet, so v shows the history of the row.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/desk.h"
#include "clinic/refs.h"
#include "diary.h"
#include "loop.h"
#include "people.h"

/* ---- loading ---- */

/* Today the day is opened where it has got to. */
static void select_now(struct ui *ui, struct day_view *v)
{
	if (v->day.n != ui->desk->today.n)
		return;
	list_each (l, &v->lines)
		if (!l->gone && l->starts.utc + l->mins * 60 > ui->now.utc) {
			list_select(&v->list, id_none(l->slot) ? l->verb.appt.n : l->slot.n);
			return;
		}
}

static int begin(struct ui *ui, struct day_view *v, struct err *err)
{
	/* A diary that nobody chose yet begins today; day 0 is no day of this service. */
	if (v->day.n == 0)
		v->day = ui->desk->today;
	if (!id_none(v->clinician))
		return 0;
	v->clinician = ui->desk->user.clinician;
	return id_none(v->clinician) ? diary_first(ui, &v->clinician, err) : 0;
}

static void say_where(struct ui *ui, const struct day_view *v)
{
	const struct clinician *c = ref_clinician(ui->desk, v->clinician);

	if (c)
		ui_place(ui, "%s, %s (%s)", c->surname, c->given, c->discipline);
}

static int diary_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct day_view *v = state;
	struct diary d;
	int64_t *ids;

	diary_book_end(ui);
	if (begin(ui, v, err) < 0)
		return -1;
	say_where(ui, v);
	if (diary_day(ui->desk, v->clinician, v->day, &d, err) < 0)
		return -1;
	diary_lines(ui, &d, v);
	ids = mem_new(sizeof *ids * (v->lines.n + 1));
	for (size_t i = 0; i < v->lines.n; i++)
		ids[i] = id_none(v->lines.v[i].slot) ? v->lines.v[i].verb.appt.n
						     : v->lines.v[i].slot.n;
	/* What this very desk did stands where it belongs at once; a booking may take two rows. */
	list_load(&v->list, ids, v->lines.n, refresh && v->acted == ui->desk->acted);
	v->acted = ui->desk->acted;
	if (!v->placed)
		select_now(ui, v);
	v->placed = true;
	mem_free(ids);
	list_free(&d);
	return 0;
}

const struct line *diary_selected(const struct day_view *v)
{
	int at = list_at(&v->list);

	return at < 0 ? NULL : &v->lines.v[at];
}

/* ---- drawing ---- */

static void diary_layout(void *state, int rows, int cols)
{
	(void)cols;
	/* The facts, the heading; below what is to finish or a blank, the week, a line of help,
	 * rows 23 and 24. */
	list_size(&((struct day_view *)state)->list, rows - 8);
}

static void diary_row(struct canvas *c, int line, int number, bool selected, const void *state,
		      int at)
{
	(void)number, (void)selected;
	diary_line_draw(c, line, &((const struct day_view *)state)->lines.v[at]);
}

static void diary_draw(struct canvas *c, const void *state)
{
	const struct day_view *v = state;

	canvas_padded(c, 2, 1, c->cols - canvas_width(c, v->counts) - 1, PLAIN, v->facts);
	canvas_right(c, 2, c->cols, PLAIN, v->counts);
	diary_head(c, 3);
	if (v->list.n == 0) {
		canvas_put(c, 5, 3, PLAIN, v->empty);
		canvas_cursor(c, 5, 1);
	}
	list_draw(c, &v->list, 4, v->list.n == 0, diary_row, v);
	canvas_put(c, c->rows - 4, 1, PLAIN, v->finish);
	canvas_put(c, c->rows - 3, 1, PLAIN, v->week);
	canvas_put(c, c->rows - 2, 1, PLAIN, v->help);
}

static void diary_leave_screen(struct ui *ui, void *state)
{
	struct day_view *v = state;

	(void)ui;
	list_done(&v->list);
	list_free(&v->lines);
}

static struct list *diary_list(void *state)
{
	return &((struct day_view *)state)->list;
}

/* ---- keys ---- */

static enum next turn(struct day_view *v, int days)
{
	v->day.n += days;
	return RELOAD;
}

static enum next diary_next(struct ui *ui, void *state)
{
	(void)ui;
	return turn(state, 1);
}

static enum next diary_back(struct ui *ui, void *state)
{
	(void)ui;
	return turn(state, -1);
}

static enum next diary_today(struct ui *ui, void *state)
{
	struct day_view *v = state;

	v->day = ui->desk->today;
	v->placed = false;
	return RELOAD;
}

static enum next diary_enter(struct ui *ui, void *state)
{
	const struct line *l = diary_selected(state);

	if (l && !id_none(l->verb.person))
		return open_person(ui, l->verb.person);
	return diary_book(ui, state);
}

static struct verb_row selected(const void *state)
{
	const struct line *l = diary_selected(state);

	return l ? l->verb : (struct verb_row){ 0 };
}
VERB_ACTS(diary, selected)
VERB_ACT(diary, text, selected)
VERB_ACT(diary, slip, selected)
VERB_ACT(diary, history, selected)
VERB_ACT(diary, heed, selected)

static enum next diary_finish(struct ui *ui, void *state)
{
	return open_finish(ui, ((const struct day_view *)state)->clinician);
}

static enum next diary_late(struct ui *ui, void *state)
{
	return ask_late(ui, ((const struct day_view *)state)->clinician);
}

/* clang-format off: one key a line reads as a table */
/* A free time is offered as one that was freed is. */
static enum next diary_do_wait(struct ui *ui, void *state)
{
	const struct line *l = diary_selected(state);
	struct verb_row row = selected(state);

	return l && l->free && !id_none(l->slot) ? open_fill(ui, l->slot) : verb_wait(ui, &row);
}

static const struct key keys[] = {
	KEY_ARRIVE(diary),
	KEY_ROOM(diary),
	KEY_SEEN(diary),
	{ "b", "book", "Book", "book this time or the next", NULL, APPT_ROLES, false, true,
	  diary_book, NULL },
	KEY_MOVE(diary),
	{ "n", "add", "Block/leave", "add a block or leave", NULL, DIARY_CHANGES, false, true,
	  diary_add, NULL },
	{ "+ F8", "next", "Day", "the next day", "+/-", 0, false, false, diary_next, NULL },
	{ "- F7", "back", NULL, "the day before", NULL, 0, false, false, diary_back, NULL },
	{ "=", "today", NULL, "today", NULL, 0, false, false, diary_today, NULL },
	{ "Tab S-Tab", "colleague", "Who", "the next clinician here", "Tab", 0, false, false,
	  diary_step, NULL },
	{ "F4", "choose", NULL, "choose whose diary", NULL, 0, false, false, diary_choose, NULL },
	{ "Enter", "open", NULL, "open the person, or book", NULL, 0, false, true, diary_enter,
	  NULL },
	{ "x", "let_go", NULL, "take a block off again", NULL, DIARY_CHANGES, false, true,
	  diary_let_go, NULL },
	{ "v", "history", NULL, "who did what to this row", NULL, 0, false, true, diary_do_history,
	  NULL },
	{ "F6", "finish", NULL, "what is still to finish", NULL, 0, false, false, diary_finish,
	  NULL },
	{ "r", "running", NULL, "runs late today", NULL, APPT_ROLES, false, false, diary_late,
	  NULL },
	KEY_DNA(diary),
	KEY_LATE(diary),
	KEY_CANCEL(diary),
	KEY_PHONE(diary),
	KEY_ALERTS(diary_do_heed),
	KEY_WAIT(diary),
	KEY_TEXT(diary),
	KEY_SLIP(diary),
	{ "E", "overbook", NULL, "overbook, with a reason", NULL, APPT_ROLES, true, true,
	  diary_over, NULL },
	{ 0 },
};
/* clang-format on */

const struct screen screen_diary = { .name = "diary",
				     .title = "DIARY",
				     .go = 'd',
				     .help = "one clinician's day",
				     .state = sizeof(struct day_view),
				     .layout = diary_layout,
				     .load = diary_load,
				     .draw = diary_draw,
				     .leave = diary_leave_screen,
				     .list = diary_list,
				     .keys = keys };

enum next open_diary(struct ui *ui, struct id clinician, struct date day)
{
	struct day_view *v = ui_push(ui, &screen_diary);

	v->clinician = clinician;
	v->day = date_none(day) ? ui->desk->today : day;
	return STAY;
}

enum next open_diary_on(struct ui *ui, struct date day)
{
	struct id clinician = { 0 };

	for (int i = 0; loop_below(ui, i); i++)
		if (loop_below(ui, i)->screen == &screen_diary)
			clinician = ((struct day_view *)loop_below(ui, i)->state)->clinician;
	return open_diary(ui, clinician, day);
}
