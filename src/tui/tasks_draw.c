/* tasks_draw.c: S21 as it is seen: rows, what the selected one says, what became of it. */
#include <stdio.h>
#include <string.h>

#include "model/person.h"
#include "tasks.h"

const char *const task_list_words[TASK_LISTS] = {
	[TASKS_FOR_ME] = "for me", [TASKS_MINE] = "mine alone", [TASKS_ROLE] = "my role's",
	[TASKS_ALL] = "all",	   [TASKS_DONE] = "done today",
};

/* "OVER 40m", "today", "14:30", "Mon 16-Mar"; a day alone is due by the end of its work. */
static void due_words(const struct todo *t, int row, char *buf, size_t n)
{
	enum { END_OF_WORK = 17 * 60 };
	struct moment due = t->rows.v[row].t.due;
	struct date day = moment_date(due);
	int64_t over = (t->now.utc - t->now.utc % 60 - due.utc) / 60;
	char at[DAY_TEXT];

	if (!t->beside[row].over && day.n != moment_date(t->now).n)
		snprintf(buf, n, "%s %s", weekday_short[date_weekday(day)],
			 date_show_short(day, at));
	else if (!t->beside[row].over)
		snprintf(buf, n, "%s",
			 moment_minute(due) == END_OF_WORK ? "today"
							   : minute_show(moment_minute(due), at));
	else if (over >= 24 * 60)
		snprintf(buf, n, "OVER %dd", (int)(over / 60 / 24));
	else if (over >= 60)
		snprintf(buf, n, "OVER %dh", (int)(over / 60));
	else
		snprintf(buf, n, "OVER %dm", (int)over);
}

/* What a row says: a message begins with who sent it. */
static void says(const struct task_row *r, char *buf, size_t n)
{
	bool message = r->t.kind == TASK_MESSAGE || r->t.kind == TASK_HANDOVER;

	snprintf(buf, n, "%s%s%s", message ? r->by : "", message ? ": " : "", r->t.text);
}

static const char *born_words(const struct task_row *r, char buf[DAY_TEXT])
{
	return date_none(r->born) ? "not known" : date_show(r->born, buf);
}

static void task_line(struct canvas *c, int line, int number, bool selected, const void *state,
		      int at)
{
	const struct todo *t = state;
	const struct task_row *r = &t->rows.v[at];
	int last = c->cols >= TASKS_PANE ? 96 : c->cols;
	const struct task_outcome *o = task_outcome_find(r->t.kind, r->t.outcome);
	char due[32], name[PERSON_TEXT], born[DAY_TEXT], text[TASK_TEXT + CODE_TEXT + 4];

	(void)selected;
	canvas_printf(c, line, 2, PLAIN, "%2d", number);
	if (task_ended(&r->t)) {
		canvas_padded(c, line, 5, 10, PLAIN, o ? o->brief : "done");
	} else {
		due_words(t, at, due, sizeof due);
		canvas_padded(c, line, 5, 10, t->beside[at].over ? BOLD | ALERT : PLAIN, due);
	}
	canvas_padded(c, line, 16, 8, PLAIN, task_kind_word(r->t.kind));
	says(r, text, sizeof text);
	canvas_padded(c, line, 59, 10, PLAIN, task_for_shown(r));
	/* About nobody: the words take the place of the name and birthday, unless theirs is wider.
	 */
	if (id_none(r->t.person) && last - 69 < 33) {
		canvas_padded(c, line, 25, 33, PLAIN, text);
		return;
	}
	canvas_padded(c, line, 70, last - 69, PLAIN, text);
	if (id_none(r->t.person))
		return;
	person_show(r->surname, r->given, r->title, name);
	if (canvas_width(c, name) > 21)
		person_show(r->surname, r->given, NULL, name);
	canvas_padded(c, line, 25, 21, PLAIN, name);
	canvas_put(c, line, 47, PLAIN, born_words(r, born));
}

/* "for reception at Northgate, from p.shah Thu 12-Mar-2026 09:42" */
static void whose(const struct todo *t, int at, char *buf, size_t n)
{
	const struct task_row *r = &t->rows.v[at];
	const char *place = t->beside[at].site;
	char when[DAY_TEXT];

	snprintf(buf, n, "For %s%s%s, from %s %s", id_none(r->t.user) ? r->t.role : r->user,
		 *place ? " at " : "", place, r->by, moment_show(r->t.opened_at, when));
}

static void ending(const struct task_row *r, char *buf, size_t n)
{
	const struct task_outcome *o = task_outcome_find(r->t.kind, r->t.outcome);
	char when[DAY_TEXT];

	if (strcmp(r->t.state, "done") == 0)
		snprintf(buf, n, "Done by %s %s: %s%s%s", r->done_by,
			 moment_show(r->t.done_at, when), o ? o->word : r->t.outcome,
			 *r->t.words ? ", " : "", r->t.words);
	else if (task_ended(&r->t))
		snprintf(buf, n, "Taken back by who opened it.");
	else
		snprintf(buf, n, "Due %s%s%s", moment_show(r->t.due, when), *r->t.note ? ".  " : "",
			 r->t.note);
}

/* "2 calls, the last Thu 12-Mar-2026 10:15: no answer" */
static void called(const struct todo *t, char *buf, size_t n)
{
	const struct try_row *last = &t->tries.v[t->tries.n - 1];
	char when[DAY_TEXT];

	snprintf(buf, n, "%zu %s, the last %s: %s", t->tries.n, t->tries.n == 1 ? "call" : "calls",
		 moment_show(last->at, when), try_words(last->result));
}

/* What the row has no room for, under the list. */
static void below(struct canvas *c, const struct todo *t, int at)
{
	const struct task_row *r = &t->rows.v[at];
	int row = c->rows - 6;
	char buf[TASK_TEXT + CODE_TEXT + 4];

	says(r, buf, sizeof buf);
	row += canvas_wrap(c, row, 3, c->cols - 3, 3, PLAIN, buf);
	whose(t, at, buf, sizeof buf);
	canvas_padded(c, row, 3, c->cols - 3, PLAIN, buf);
	ending(r, buf, sizeof buf);
	canvas_padded(c, row + 1, 3, c->cols - 3, PLAIN, buf);
	canvas_right(c, row + 1, c->cols, t->late ? BOLD | ALERT : PLAIN, t->behind);
	if (t->tries.n == 0)
		return;
	called(t, buf, sizeof buf);
	canvas_padded(c, row + 2, 3, c->cols - 3, PLAIN, buf);
}

/* At 132 columns: the same, and what was done to it. */
static void pane(struct canvas *c, const struct todo *t, int at)
{
	const struct task_row *r = &t->rows.v[at];
	int row = TASKS_FIRST, wide = c->cols - 98;
	char buf[TASK_TEXT + CODE_TEXT + 4], when[DAY_TEXT];

	if (!id_none(r->t.person)) {
		person_show(r->surname, r->given, r->title, buf);
		row += canvas_wrap(c, row, 98, wide, 3, BOLD, buf);
		canvas_printf(c, row++, 98, PLAIN, "Born %s", born_words(r, when));
		row++;
	}
	says(r, buf, sizeof buf);
	row += canvas_wrap(c, row, 98, wide, 7, PLAIN, buf) + 1;
	whose(t, at, buf, sizeof buf);
	row += canvas_wrap(c, row, 98, wide, 3, PLAIN, buf);
	ending(r, buf, sizeof buf);
	row += canvas_wrap(c, row, 98, wide, 5, PLAIN, buf);
	row += canvas_wrap(c, row, 98, wide, 2, t->late ? BOLD | ALERT : PLAIN, t->behind);
	if (t->tries.n) {
		called(t, buf, sizeof buf);
		row += canvas_wrap(c, row, 98, wide, 2, PLAIN, buf);
	}
	row++;
	for (size_t i = t->trail.n > 12 ? t->trail.n - 12 : 0; i < t->trail.n && row < c->rows - 3;
	     i++) {
		const struct step *s = &t->trail.v[i];
		char at_[DAY_TEXT];

		snprintf(buf, sizeof buf, "%s %s %s %s%s%s%s",
			 date_show_short(moment_date(s->at), when),
			 minute_show(moment_minute(s->at), at_), s->user, s->what,
			 *s->why ? ": " : "", s->why, s->taken_back ? " (taken back)" : "");
		row += canvas_wrap(c, row, 98, wide, 2, PLAIN, buf);
	}
}

void tasks_draw(struct canvas *c, const void *state)
{
	const struct todo *t = state;
	int at = list_at(&t->list), col;
	char show[40];

	col = canvas_printf(c, 2, 1, PLAIN, "%d %s", t->open,
			    t->which == TASKS_DONE ? "done today" : "open");
	if (t->over)
		col = canvas_printf(c, 2, col + 2, BOLD | ALERT, "%d overdue", t->over);
	if (t->today)
		canvas_printf(c, 2, col + 2, PLAIN, t->over ? "%d more today" : "%d today",
			      t->today);
	snprintf(show, sizeof show, "Show %s  f", task_list_words[t->which]);
	canvas_right(c, 2, 78, PLAIN, show);
	canvas_put(c, 3, 3, HEADING,
		   "# Due        Kind     Person                Born        For        What");
	if (t->rows.n == 0)
		canvas_put(c, TASKS_FIRST, 3, PLAIN,
			   t->which == TASKS_DONE
				   ? "Nothing was done today yet.  f shows others."
				   : "Nothing to do.  n opens a task, f shows others.");
	list_draw(c, &t->list, TASKS_FIRST, false, task_line, t);
	if (at >= 0 && c->cols < TASKS_PANE)
		below(c, t, at);
	else if (at >= 0)
		pane(c, t, at);
	if (t->rows.n == 0)
		canvas_cursor(c, TASKS_FIRST, 1);
}
