/*
 * diary_change.c: n and x on the diary: blocks and leave.
 *
 * The questions come one after the other on row 23; what was answered is kept here until the last
 * of them.  When somebody is booked into the time, they are listed on a screen of their own before
 * anything is done: nobody is dropped, they stay booked, each a task until somebody moves them.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/desk.h"
#include "clinic/refs.h"
#include "diary.h"

struct want {
	bool leave;
	struct id clinician;
	struct moment from, to;	 /* of a block */
	struct date first, last; /* of leave */
	char why[WORDS_TEXT];
};
static struct want wanted;

/* ---- doing it ---- */

static const char *whose(struct ui *ui, const struct want *w)
{
	const struct clinician *c = ref_clinician(ui->desk, w->clinician);

	return c ? c->surname : "";
}

static enum next done(struct ui *ui, const struct want *w, const struct entries *hit)
{
	char a[DAY_TEXT], b[DAY_TEXT], still[48] = "";

	if (hit->n)
		snprintf(still, sizeof still, "  %zu to move: tasks.", hit->n);
	if (w->leave)
		ui_done(ui, "%s is on leave %s to %s.%s  u Undo", whose(ui, w),
			date_show_day(w->first, a), date_show_day(w->last, b), still);
	else
		ui_done(ui, "Blocked %s to %s.%s  u Undo", moment_show(w->from, a),
			minute_show(moment_minute(w->to), b), still);
	return REFRESH;
}

static enum next do_it(struct ui *ui, const struct want *w)
{
	struct entries hit = { 0 };
	struct err err = ERR_INIT;
	struct id leave;
	enum next next;
	int rc;

	if (w->leave)
		rc = diary_leave(ui->desk, w->clinician, w->first, w->last, w->why, &hit, &leave,
				 &err);
	else
		rc = diary_block(ui->desk, w->clinician, w->from, w->to, w->why, &hit, &err);
	next = rc < 0 ? ui_fail(ui, &err) : done(ui, w, &hit);
	list_free(&hit);
	return next;
}

/* ---- who would be hit ---- */

struct hit_row {
	struct id appt;
	char when[DAY_TEXT], born[DAY_TEXT], who[PERSON_TEXT], service[CODE_TEXT];
};
struct hit {
	struct want want;
	struct {
		struct hit_row *v;
		size_t n, cap;
	} rows;
	struct list list;
	char what[160];
};

static int hits(struct ui *ui, const struct want *w, struct entries *ret, struct err *err)
{
	struct moment from = w->from, to = w->to;

	if (w->leave) {
		from = wall_moment(w->first, 0);
		to = wall_moment((struct date){ w->last.n + 1 }, 0);
	}
	return diary_hit(ui->desk, w->clinician, from, to, ret, err);
}

static void hit_row(struct ui *ui, const struct entry *e, struct hit_row *r)
{
	const struct service *s = ref_service(ui->desk, e->appt.service);

	r->appt = e->appt.id;
	moment_show(e->appt.starts, r->when);
	entry_name(e, r->who);
	date_show(e->born, r->born);
	snprintf(r->service, sizeof r->service, "%s", e->masked || !s ? "" : s->brief);
}

static int hit_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct hit *h = state;
	const struct want *w = &h->want;
	struct entries list = { 0 };
	char a[DAY_TEXT], b[DAY_TEXT];
	int64_t *ids;

	if (hits(ui, w, &list, err) < 0)
		return -1;
	h->rows.n = 0;
	list_each (e, &list)
		hit_row(ui, e, list_push(&h->rows));
	ids = mem_new(sizeof *ids * (list.n + 1));
	for (size_t i = 0; i < list.n; i++)
		ids[i] = h->rows.v[i].appt.n;
	list_load(&h->list, ids, list.n, refresh);
	mem_free(ids);
	ui_place(ui, "%s of %s", w->leave ? "leave" : "block", whose(ui, w));
	snprintf(h->what, sizeof h->what, "%s to %s: %zu booked.  Each becomes a task: move.",
		 w->leave ? date_show_day(w->first, a) : moment_show(w->from, a),
		 w->leave ? date_show_day(w->last, b) : minute_show(moment_minute(w->to), b),
		 list.n);
	list_free(&list);
	return 0;
}

static void hit_layout(void *state, int rows, int cols)
{
	(void)cols;
	list_size(&((struct hit *)state)->list, rows - 7);
}

static void hit_row_draw(struct canvas *c, int line, int number, bool selected, const void *state,
			 int at)
{
	const struct hit *h = state;
	const struct hit_row *r = &h->rows.v[at];

	(void)selected;
	canvas_printf(c, line, 2, PLAIN, "%2d", number);
	canvas_put(c, line, 5, PLAIN, r->when);
	canvas_padded(c, line, 28, 26, PLAIN, r->who);
	canvas_put(c, line, 55, PLAIN, r->born);
	canvas_put(c, line, 68, PLAIN, r->service);
}

static void hit_draw(struct canvas *c, const void *state)
{
	const struct hit *h = state;

	canvas_put(c, 2, 1, PLAIN, h->what);
	canvas_put(c, 3, 3, HEADING, "# When");
	canvas_put(c, 3, 28, HEADING, "Person");
	canvas_put(c, 3, 55, HEADING, "Born         Service");
	list_draw(c, &h->list, 4, false, hit_row_draw, h);
}

static void hit_leave(struct ui *ui, void *state)
{
	struct hit *h = state;

	(void)ui;
	list_done(&h->list);
	list_free(&h->rows);
}

static struct list *hit_list(void *state)
{
	return &((struct hit *)state)->list;
}

static enum next hit_go(struct ui *ui, void *state)
{
	return do_it(ui, &((struct hit *)state)->want) == FAILED ? FAILED : BACK;
}

static const struct key hit_keys[] = {
	{ .key = "Enter",
	  .name = "do",
	  .label = "Do it, each a task",
	  .help = "take out; the booked: tasks",
	  .commits = true,
	  .act = hit_go },
	{ .key = "Esc F12", .name = "keep", .label = "Leave the diary as it is" },
	{ 0 },
};
const struct screen screen_hit = { .name = "hit",
				   .title = "BOOKED",
				   .help = "who is booked in that time",
				   .state = sizeof(struct hit),
				   .layout = hit_layout,
				   .load = hit_load,
				   .draw = hit_draw,
				   .leave = hit_leave,
				   .list = hit_list,
				   .keys = hit_keys };

/* ---- the questions ---- */

static enum next with_reason(struct ui *ui, void *state, const char *text)
{
	struct entries list = { 0 };
	struct err err = ERR_INIT;
	size_t n;

	(void)state;
	snprintf(wanted.why, sizeof wanted.why, "%s", text);
	if (hits(ui, &wanted, &list, &err) < 0)
		return ui_fail(ui, &err);
	n = list.n;
	list_free(&list);
	if (n == 0)
		return do_it(ui, &wanted);
	((struct hit *)ui_push(ui, &screen_hit))->want = wanted;
	return STAY;
}

static enum next until_time(struct ui *ui, void *state, const char *text)
{
	struct err err = ERR_INIT;
	int minute;

	(void)state;
	if (minute_parse(text, &minute, &err) < 0)
		return ui_fail(ui, &err);
	wanted.to = wall_moment(moment_date(wanted.from), minute);
	if (wanted.to.utc <= wanted.from.utc)
		return ui_failf(ui, "A block ends after it begins: type a later time.");
	ask_text(ui, "Block: what for?", false, 60, with_reason);
	return STAY;
}

static enum next until_day(struct ui *ui, void *state, const char *text)
{
	struct err err = ERR_INIT;

	(void)state;
	if (strcmp(text, "=") == 0)
		wanted.last = wanted.first;
	else if (date_parse(text, wanted.first, LOOK_FORWARD, &wanted.last, &err) < 0)
		return ui_fail(ui, &err);
	if (wanted.last.n < wanted.first.n)
		return ui_failf(ui, "Leave ends on its first day or later.");
	ask_text(ui, "Leave: what for?", false, 60, with_reason);
	return STAY;
}

static enum next ask_block(struct ui *ui, const struct day_view *v)
{
	const struct line *l = diary_selected(v);
	char label[64];

	if (!l)
		return ui_failf(ui, "A block begins at a row: there is none on this day.");
	wanted.leave = false;
	wanted.from = l->starts;
	snprintf(label, sizeof label, "Block from %s until (a time):", l->clock);
	ask_text(ui, label, false, 8, until_time);
	return STAY;
}

static enum next ask_leave(struct ui *ui, const struct day_view *v)
{
	char label[80], day[DAY_TEXT];

	wanted.leave = true;
	wanted.first = v->day;
	snprintf(label, sizeof label,
		 "Leave from %s, last day (= that day):", date_show_day(v->day, day));
	ask_text(ui, label, false, 20, until_day);
	return STAY;
}

static enum next chosen(struct ui *ui, void *state, char key)
{
	struct day_view *v = state;

	memset(&wanted, 0, sizeof wanted);
	wanted.clinician = v->clinician;
	if (key == 'a')
		return diary_book(ui, state);
	return key == 'b' ? ask_block(ui, v) : ask_leave(ui, v);
}

enum next diary_add(struct ui *ui, void *state)
{
	static const struct answer answers[] = {
		{ 'a', "appointment" }, { 'b', "block" }, { 'l', "leave" }, { 0 }
	};
	const struct day_view *v = state;
	char day[DAY_TEXT];

	ask(ui, answers, "keep", chosen, "Add to %s?", date_show_day(v->day, day));
	return STAY;
}

enum next diary_let_go(struct ui *ui, void *state)
{
	const struct day_view *v = state;
	const struct line *l = diary_selected(v);
	struct err err = ERR_INIT;

	if (!l || !l->blocked)
		return ui_failf(ui, "There is no block on this row to take off.");
	if (diary_unblock(ui->desk, v->clinician, l->starts,
			  (struct moment){ l->starts.utc + l->mins * 60 }, &err) < 0)
		return ui_fail(ui, &err);
	ui_done(ui, "%s is open again.  u Undo", l->clock);
	return REFRESH;
}
