/*
 * diary_change.c: n and x on the diary: blocks and leave.
 *
 * The questions come one after the other on row 23; what was answered is kept here until the last
 * of them.  When somebody is booked into the time, they are listed on a screen of their own, each
 * with where they could go, before anything is done (screen_away.c).
 */
#include <stdio.h>
#include <string.h>

#include "clinic/desk.h"
#include "clinic/refs.h"
#include "diary.h"

static struct away wanted;

/* Nobody is booked then: it is done at once. */
static enum next close_it(struct ui *ui)
{
	const struct clinician *c = ref_clinician(ui->desk, wanted.clinician);
	struct away_rows nobody = { 0 };
	struct away_done done;
	struct err err = ERR_INIT;
	char a[DAY_TEXT], b[DAY_TEXT];

	if (away_do(ui->desk, &wanted, &nobody, &done, &err) < 0)
		return ui_fail(ui, &err);
	if (wanted.leave)
		ui_done(ui, "%s is on leave %s to %s.  u Undo", c ? c->surname : "",
			date_show_day(wanted.first, a), date_show_day(wanted.last, b));
	else
		ui_done(ui, "Blocked %s to %s.  u Undo", moment_show(wanted.from, a),
			minute_show(moment_minute(wanted.to), b));
	return REFRESH;
}

/* ---- the questions ---- */

static enum next with_reason(struct ui *ui, void *state, const char *text)
{
	struct entries list = { 0 };
	struct err err = ERR_INIT;
	struct moment from, to;
	size_t n;

	(void)state;
	snprintf(wanted.why, sizeof wanted.why, "%s", text);
	away_bounds(&wanted, &from, &to);
	if (diary_hit(ui->desk, wanted.clinician, from, to, &list, &err) < 0)
		return ui_fail(ui, &err);
	n = list.n;
	list_free(&list);
	return n ? open_away(ui, &wanted) : close_it(ui);
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

static enum next ask_leave(struct ui *ui, struct date from)
{
	char label[80], day[DAY_TEXT];

	wanted.leave = true;
	wanted.first = from;
	snprintf(label, sizeof label,
		 "Leave from %s, last day (= that day):", date_show_day(from, day));
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
	return key == 'b' ? ask_block(ui, v) : ask_leave(ui, v->day);
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

enum next diary_ill(struct ui *ui, struct id clinician)
{
	struct err err = ERR_INIT;
	struct away away;

	if (away_find(ui->desk, clinician, &away, &err) == 0)
		return open_away(ui, &away);
	if (err.kind != ERR_MISSING)
		return ui_fail(ui, &err);
	if (!ui_for(ui, DIARY_CHANGES))
		return ui_failf(
			ui, "No leave is granted in which they are booked: ask a manager for it.");
	memset(&wanted, 0, sizeof wanted);
	wanted.clinician = clinician;
	return ask_leave(ui, ui->desk->today);
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
