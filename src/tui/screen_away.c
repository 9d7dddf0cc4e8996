/*
 * screen_away.c: a clinician is away: who is booked then, most urgent first, and where each could
 * go.  Nothing is done until Enter, which does all of it: leave or block, moves, notices, tasks.
 *
 * What is proposed stays as it is while other desks work: a home that somebody takes meanwhile is
 * marked on its row, and only another look (F5) proposes anew.  Rows that were left out, or are
 * to wait, are kept over that look.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/desk.h"
#include "clinic/diary.h"
#include "clinic/refs.h"
#include "diary.h"

enum { FIRST = 4, FOOT = 4, WIDE = 100, DETAIL = 132 };

struct leaving {
	struct away away;
	struct away_rows rows;
	struct list list;
	bool loaded;
	const struct desk *desk; /* for names alone: what is drawn was loaded */
	struct {
		char who[PERSON_TEXT], with[NAME_TEXT], site[NAME_TEXT], service[CODE_TEXT];
		char target[DAY_TEXT];
	} * shown;
	char head[160];
};

/* ---- loading ---- */

static int count(const struct leaving *l, enum away_fate fate)
{
	int n = 0;

	list_each (r, &l->rows)
		n += r->fate == fate && !r->gone;
	return n;
}

static void show_row(struct ui *ui, struct leaving *l, size_t i)
{
	const struct away_row *r = &l->rows.v[i];
	const struct clinician *with = ref_clinician(ui->desk, r->clinician);
	const struct site *site = ref_site(ui->desk, r->site);
	const struct service *s = ref_service(ui->desk, r->entry.appt.service);

	entry_name(&r->entry, l->shown[i].who);
	snprintf(l->shown[i].with, NAME_TEXT, "%s", with ? with->surname : "");
	snprintf(l->shown[i].site, NAME_TEXT, "%s", site ? site->name : "");
	snprintf(l->shown[i].service, CODE_TEXT, "%s", r->entry.masked || !s ? "" : s->brief);
	l->shown[i].target[0] = '\0';
	if (!date_none(r->target))
		date_show_short(r->target, l->shown[i].target);
}

static void show_all(struct ui *ui, struct leaving *l)
{
	const struct clinician *c = ref_clinician(ui->desk, l->away.clinician);
	const struct away *a = &l->away;
	char from[DAY_TEXT], to[DAY_TEXT];

	for (size_t i = 0; i < l->rows.n; i++)
		show_row(ui, l, i);
	snprintf(l->head, sizeof l->head,
		 "%s to %s: %zu booked.  %d move, %d wait, %d stay a task.",
		 a->leave ? date_show_short(a->first, from) : moment_show(a->from, from),
		 a->leave ? date_show_short(a->last, to) : minute_show(moment_minute(a->to), to),
		 l->rows.n, count(l, AWAY_MOVE), count(l, AWAY_WAIT), count(l, AWAY_KEEP));
	ui_place(ui, "%s of %s", a->leave ? "leave" : "block", c ? c->surname : "");
}

/* What the user had decided stays decided. */
static void keep_choices(const struct away_rows *was, struct away_rows *now)
{
	list_each (o, was)
		list_each (r, now)
			if (id_same(o->entry.appt.id, r->entry.appt.id) && r->fate == AWAY_MOVE &&
			    !o->gone && o->chosen) {
				if (o->fate == AWAY_WAIT)
					away_waits(r);
				r->fate = o->fate == AWAY_MOVE ? r->fate : o->fate;
				r->chosen = o->fate != AWAY_MOVE;
			}
}

static int propose(struct ui *ui, struct leaving *l, struct err *err)
{
	struct away_rows rows = { 0 };
	int64_t *ids;

	if (away_list(ui->desk, &l->away, &rows, err) < 0)
		return -1;
	keep_choices(&l->rows, &rows);
	list_free(&l->rows);
	l->rows = rows;
	mem_free(l->shown);
	l->shown = mem_new(sizeof *l->shown * (rows.n + 1));
	ids = mem_new(sizeof *ids * (rows.n + 1));
	for (size_t i = 0; i < rows.n; i++)
		ids[i] = rows.v[i].entry.appt.id.n;
	list_load(&l->list, ids, rows.n, false);
	mem_free(ids);
	l->loaded = true;
	return 0;
}

static int away_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct leaving *l = state;

	if (l->loaded && refresh ? away_again(ui->desk, &l->rows, err) < 0
				 : propose(ui, l, err) < 0)
		return -1;
	show_all(ui, l);
	return 0;
}

static void away_layout(void *state, int rows, int cols)
{
	(void)cols;
	list_size(&((struct leaving *)state)->list, rows - 2 - FOOT - FIRST + 1);
}

static void away_leave(struct ui *ui, void *state)
{
	struct leaving *l = state;

	(void)ui;
	list_done(&l->list);
	list_free(&l->rows);
	mem_free(l->shown);
}

static struct list *away_rows_list(void *state)
{
	return &((struct leaving *)state)->list;
}

/* ---- drawing ---- */

/* "12-Mar 10:00" */
static const char *brief(struct moment at, char buf[DAY_TEXT + 8])
{
	char day[DAY_TEXT], clock[DAY_TEXT];

	snprintf(buf, DAY_TEXT + 8, "%s %s", date_show_short(moment_date(at), day),
		 minute_show(moment_minute(at), clock));
	return buf;
}

static void row_draw(struct canvas *c, int line, int number, bool selected, const void *state,
		     int at)
{
	const struct leaving *l = state;
	const struct away_row *r = &l->rows.v[at];
	int more = c->cols >= WIDE ? 16 : 0;
	char buf[DAY_TEXT + 8];

	(void)selected;
	canvas_printf(c, line, 2, PLAIN, "%2d", number);
	canvas_put(c, line, 5, PLAIN, brief(r->entry.appt.starts, buf));
	if (!r->entry.masked && r->entry.priority >= 0)
		canvas_printf(c, line, 18, r->entry.priority < 2 ? BOLD : PLAIN, "%d",
			      r->entry.priority);
	canvas_padded(c, line, 20, 21 + more, PLAIN, l->shown[at].who);
	if (!date_none(r->entry.born))
		canvas_put(c, line, 42 + more, PLAIN, date_show(r->entry.born, buf));
	if (r->gone)
		canvas_put(c, line, 54 + more, PLAIN, "no more there");
	else if (r->fate == AWAY_WAIT)
		canvas_put(c, line, 54 + more, PLAIN, "waiting list");
	else if (r->fate == AWAY_KEEP)
		canvas_put(c, line, 54 + more, PLAIN, "a task");
	if (r->fate != AWAY_MOVE)
		return;
	canvas_put(c, line, 54 + more, r->taken ? ALERT : PLAIN, brief(r->starts, buf));
	canvas_put(c, line, 66 + more, r->taken ? BOLD | ALERT : BOLD,
		   r->taken  ? "!"
		   : r->late ? "L"
			     : "");
	canvas_padded(c, line, 68 + more, 12, r->taken ? ALERT : PLAIN,
		      r->taken ? "taken: m" : l->shown[at].with);
	if (c->cols >= DETAIL) {
		canvas_padded(c, line, 82 + more, 12, PLAIN, l->shown[at].site);
		canvas_padded(c, line, 95 + more, c->cols - 96 - more, PLAIN, r->note);
	}
}

static void detail_draw(struct canvas *c, int line, const struct leaving *l)
{
	int at = list_at(&l->list);
	const struct away_row *r;

	if (at < 0)
		return;
	r = &l->rows.v[at];
	canvas_printf(c, line, 1, PLAIN, "%s%s%s%s%s%s%s", l->shown[at].service,
		      *l->shown[at].service ? ", " : "", appt_kind_word(r->entry.appt.kind),
		      r->entry.masked	     ? ""
		      : *l->shown[at].target ? ", to be seen by "
					     : "",
		      r->entry.masked ? "" : l->shown[at].target, *r->note ? ": " : "", r->note);
}

static void away_draw(struct canvas *c, const void *state)
{
	const struct leaving *l = state;
	int more = c->cols >= WIDE ? 16 : 0;

	canvas_put(c, 2, 1, PLAIN, l->head);
	canvas_put(c, 3, 3, HEADING, "# Was          P Person");
	canvas_put(c, 3, 42 + more, HEADING, "Born        New time");
	canvas_put(c, 3, 68 + more, HEADING, "With");
	if (c->cols >= DETAIL)
		canvas_put(c, 3, 82 + more, HEADING, "At           Why there");
	list_draw(c, &l->list, FIRST, false, row_draw, l);
	detail_draw(c, c->rows - 4, l);
	canvas_put(c, c->rows - 3, 1, PLAIN,
		   "L late: after the day to be seen by, or more than a week after the old time.");
	canvas_put(c, c->rows - 2, 1, PLAIN,
		   l->away.granted
			   ? "Enter moves and tells them.  One u takes all of it back."
			   : "Enter closes the time, moves and tells them.  One u takes all "
			     "of it back.");
}

/* ---- keys ---- */

static struct away_row *selected(struct leaving *l)
{
	int at = list_at(&l->list);

	return at < 0 ? NULL : &l->rows.v[at];
}

static int some_row(const struct ui *ui, const void *state, struct err *why)
{
	(void)ui;
	return list_at(&((const struct leaving *)state)->list) >= 0
		       ? 0
		       : err_input(why, "", "Nobody is on this row.");
}

/* The next row, as on any list that is worked from the top. */
static enum next decided(struct ui *ui, struct leaving *l)
{
	size_t at = (size_t)list_at(&l->list);

	l->rows.v[at].chosen = true;
	show_all(ui, l);
	return STAY;
}

static enum next away_skip(struct ui *ui, void *state)
{
	struct leaving *l = state;
	struct away_row *r = selected(l);
	struct err err = ERR_INIT;

	if (r->fate == AWAY_KEEP) {
		if (away_other(ui->desk, &l->away, &l->rows, (size_t)list_at(&l->list), &err) < 0)
			return ui_fail(ui, &err);
	} else {
		away_keeps(r);
	}
	decided(ui, l);
	if (r->fate != AWAY_KEEP)
		r->chosen = false;
	return STAY;
}

static enum next away_next(struct ui *ui, void *state)
{
	struct leaving *l = state;
	struct err err = ERR_INIT;

	if (away_other(ui->desk, &l->away, &l->rows, (size_t)list_at(&l->list), &err) < 0)
		return ui_fail(ui, &err);
	if (selected(l)->fate == AWAY_WAIT)
		ui_warn(ui, "Nothing else is free for them: they wait.");
	return decided(ui, l);
}

static enum next away_wait(struct ui *ui, void *state)
{
	struct leaving *l = state;
	struct away_row *r = selected(l);

	if (r->gone || !r->may)
		return ui_failf(ui, "That row stays as it is: %s.", r->note);
	away_waits(r);
	return decided(ui, l);
}

static enum next away_go(struct ui *ui, void *state)
{
	struct leaving *l = state;
	const struct clinician *c = ref_clinician(ui->desk, l->away.clinician);
	struct away_done done;
	struct err err = ERR_INIT;
	char a[DAY_TEXT], b[DAY_TEXT];

	if (away_do(ui->desk, &l->away, &l->rows, &done, &err) < 0) {
		ui_fail(ui, &err);
		if (done.at < l->rows.n)
			list_select(&l->list, l->rows.v[done.at].entry.appt.id.n);
		return err.kind == ERR_CLASH ? REFRESH : FAILED;
	}
	if (l->away.granted)
		ui_done(ui, "%s: %d moved, %d wait, %d tasks.  u Undo", c ? c->surname : "",
			done.moved, done.waiting, done.tasks);
	else if (l->away.leave)
		ui_done(ui, "%s is away %s to %s: %d moved, %d wait, %d tasks.  u Undo",
			c ? c->surname : "", date_show_short(l->away.first, a),
			date_show_short(l->away.last, b), done.moved, done.waiting, done.tasks);
	else
		ui_done(ui, "Blocked to %s: %d moved, %d wait, %d tasks.  u Undo",
			minute_show(moment_minute(l->away.to), b), done.moved, done.waiting,
			done.tasks);
	return BACK;
}

static enum next away_person(struct ui *ui, void *state)
{
	const struct away_row *r = selected(state);

	if (r->entry.masked)
		return ui_failf(ui, "A private service is booked by its own desk: ask there.");
	return open_person(ui, r->entry.appt.person);
}

static enum next away_phone(struct ui *ui, void *state)
{
	const struct away_row *r = selected(state);

	if (r->entry.masked)
		return ui_failf(ui, "A private service is booked by its own desk: ask there.");
	return open_phone(ui, r->entry.appt.person);
}

static const struct key keys[] = {
	{ .key = "Enter",
	  .name = "do",
	  .label = "Do all",
	  .help = "close it, move and tell all",
	  .commits = true,
	  .act = away_go },
	{ .key = "m",
	  .name = "other",
	  .label = "Other time",
	  .help = "propose another time",
	  .commits = true,
	  .act = away_next,
	  .may = some_row },
	{ .key = "w",
	  .name = "wait",
	  .label = "Wait",
	  .help = "onto the waiting list",
	  .commits = true,
	  .act = away_wait,
	  .may = some_row },
	{ .key = "Space",
	  .name = "skip",
	  .label = "Leave out",
	  .help = "stays there, a task; and back",
	  .commits = true,
	  .act = away_skip,
	  .may = some_row },
	{ .key = "p",
	  .name = "phone",
	  .label = "Phone",
	  .help = "numbers, what may be said",
	  .commits = true,
	  .act = away_phone,
	  .may = some_row },
	{ .key = "e",
	  .name = "person",
	  .help = "open the person",
	  .commits = true,
	  .act = away_person,
	  .may = some_row },
	{ 0 },
};

const struct screen screen_away = { .name = "away",
				    .title = "AWAY",
				    .help = "who is booked when a clinician is away",
				    .state = sizeof(struct leaving),
				    .layout = away_layout,
				    .load = away_load,
				    .draw = away_draw,
				    .leave = away_leave,
				    .list = away_rows_list,
				    .keys = keys };

/* ---- opening it ---- */

enum next open_away(struct ui *ui, const struct away *away)
{
	((struct leaving *)ui_push(ui, &screen_away))->away = *away;
	return STAY;
}

enum next open_away_of(struct ui *ui, struct id clinician)
{
	struct away away;
	struct err err = ERR_INIT;

	if (away_find(ui->desk, clinician, &away, &err) < 0)
		return ui_fail(ui, &err);
	return open_away(ui, &away);
}
