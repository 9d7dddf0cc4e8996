/*
 * screen_tasks.c: S21: what is still to do: for me, my role, my rights, at this desk's site.
 *
 * Overdue first, then by when it is due.  Enter takes the default step: it asks how the task ended,
 * one key for each outcome, and the cursor goes to the next that is open.  What was ended, here or
 * at another desk, stays in its row with its outcome until F5 or another filter, so that nothing
 * moves under a finger and `u` can be seen to work.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/desk.h"
#include "clinic/desklist.h"
#include "clinic/refs.h"
#include "model/person.h"
#include "loop.h"
#include "people.h"
#include "screens.h"
#include "tasks.h"

/* Is it about a call, which may not reach anybody? */
static bool calls(const struct task *t)
{
	return t->kind == TASK_RING || t->kind == TASK_RINGBACK || t->kind == TASK_REBOOK;
}

/* ---- loading ---- */

static bool among(const struct task_rows *rows, struct id id)
{
	list_each (r, rows)
		if (id_same(r->t.id, id))
			return true;
	return false;
}

/* Rows that were shown and are not asked for any more: ended, or for somebody else by now. */
static void keep_gone(struct ui *ui, const struct todo *t, struct task_rows *rows)
{
	list_each (r, &t->rows) {
		struct task_row now;

		if (!among(rows, r->t.id) && task_one(ui->desk, r->t.id, &now, NULL) == 0)
			*list_push(rows) = now;
	}
}

static void count(struct ui *ui, struct todo *t, size_t n)
{
	t->open = (int)n;
	t->over = t->today = 0;
	if (t->which == TASKS_DONE)
		return;
	for (size_t i = 0; i < n; i++) {
		if (t->beside[i].over)
			t->over++;
		else if (moment_date(t->rows.v[i].t.due).n == ui->desk->today.n)
			t->today++;
	}
}

static void keep_beside(struct ui *ui, struct todo *t)
{
	mem_free(t->beside);
	t->beside = mem_new((t->rows.n + 1) * sizeof *t->beside);
	for (size_t i = 0; i < t->rows.n; i++) {
		const struct site *site = ref_site(ui->desk, t->rows.v[i].t.site);

		snprintf(t->beside[i].site, sizeof t->beside[i].site, "%s", site ? site->name : "");
		t->beside[i].over = task_over(ui->desk, &t->rows.v[i].t);
	}
}

/* Of the referrals of whom it is about, the one with the least time left. */
static int read_behind(struct ui *ui, struct todo *t, struct id person, struct err *err)
{
	struct referral_rows rows = { 0 };
	const struct referral_row *least = NULL;
	char left[CLOCK_TEXT];
	int days = 0;

	t->behind[0] = '\0';
	t->late = false;
	if (id_none(person))
		return 0;
	if (referrals_about(ui->desk, person, &rows, err) < 0)
		return -1;
	list_each (r, &rows) {
		enum work_list list = referral_list_of(r->shown);
		int its = r->clock.over ? -r->clock.days : r->clock.days;

		if ((list != LIST_INBOX && list != LIST_TO_BOOK) || r->clock.kind == CLOCK_NONE ||
		    (least && its >= days))
			continue;
		least = r;
		days = its;
	}
	if (least) {
		t->late = least->clock.over;
		snprintf(t->behind, sizeof t->behind, "%s %s", least->r.number,
			 clock_show(&least->clock, left));
	}
	list_free(&rows);
	return 0;
}

/* The calls about the selected one; its history, where there is room for it. */
static int load_beside(struct ui *ui, struct todo *t, struct err *err)
{
	struct id id, person = { 0 };
	int at = list_at(&t->list);

	list_free(&t->trail);
	list_free(&t->tries);
	if (at >= 0)
		person = t->rows.v[at].t.person;
	if (read_behind(ui, t, person, err) < 0)
		return -1;
	if (at < 0)
		return 0;
	id = t->rows.v[at].t.id;
	if (calls(&t->rows.v[at].t) &&
	    attempts_of(ui->desk, (struct id){ 0 }, id, &t->tries, err) < 0)
		return -1;
	return ui->cols < TASKS_PANE ? 0 : task_history(ui->desk, id, &t->trail, err);
}

static int tasks_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct todo *t = state;
	struct task_rows rows = { 0 };
	size_t n;
	int64_t *ids;

	if (task_rows(ui->desk, t->which, &rows, err) < 0)
		return -1;
	n = rows.n;
	if (refresh)
		keep_gone(ui, t, &rows);
	list_free(&t->rows);
	t->rows = rows;
	t->now = ui->desk->now;
	keep_beside(ui, t);
	count(ui, t, n);
	ids = mem_new((rows.n + 1) * sizeof *ids);
	for (size_t i = 0; i < rows.n; i++)
		ids[i] = rows.v[i].t.id.n;
	list_load(&t->list, ids, rows.n, refresh);
	if (!id_none(t->want))
		list_select(&t->list, t->want.n);
	t->want.n = 0;
	mem_free(ids);
	ui_place(ui, "%s", id_none(ui->desk->site.id) ? "all sites" : ui->desk->site.name);
	return load_beside(ui, t, err);
}

static void tasks_layout(void *state, int rows, int cols)
{
	int below = cols < TASKS_PANE ? TASKS_BELOW + 2 : 1;

	list_size(&((struct todo *)state)->list, rows - 2 - TASKS_FIRST + 1 - below);
}

static void tasks_leave(struct ui *ui, void *state)
{
	struct todo *t = state;

	(void)ui;
	list_free(&t->rows);
	list_free(&t->trail);
	list_free(&t->tries);
	list_done(&t->list);
	mem_free(t->beside);
}

static struct list *tasks_list(void *state)
{
	return &((struct todo *)state)->list;
}

static enum next tasks_moved(struct ui *ui, void *state)
{
	struct err err = ERR_INIT;

	return load_beside(ui, state, &err) < 0 ? ui_fail(ui, &err) : STAY;
}

static const struct task_row *selected(const struct todo *t)
{
	int at = list_at(&t->list);

	return at < 0 ? NULL : &t->rows.v[at];
}

/* What every key that changes a task needs of its row. */
static int open_row(const struct ui *ui, const void *state, struct err *why)
{
	const struct task_row *r = selected(state);

	(void)ui;
	if (!r)
		return err_input(why, "", "There is no task on this row: n opens one.");
	if (task_ended(&r->t))
		return err_input(why, "", "That one is over: F5 clears what was ended.");
	return 0;
}

static int some_row(const struct ui *ui, const void *state, struct err *why)
{
	(void)ui;
	return selected(state) ? 0 : err_input(why, "", "There is no task on this row.");
}

static int some_person(const struct ui *ui, const void *state, struct err *why)
{
	const struct task_row *r = selected(state);

	(void)ui;
	return r && !id_none(r->t.person) ? 0 : err_input(why, "", "This task is about nobody.");
}

/* ---- done ---- */

/* What is asked about stays as it was then, whatever is loaded meanwhile. */
static struct task_row asked;
static char asked_outcome[CODE_TEXT];
static struct answer answers[TASK_OUTCOMES_MOST + 4];

/* The next one that is open, so that a list is worked through without an arrow. */
static void go_on(struct todo *t)
{
	for (size_t i = 1; i < t->list.n; i++) {
		const struct list_row *r = &t->list.v[(t->list.sel + i) % t->list.n];

		if (r->at >= 0 && !task_ended(&t->rows.v[r->at].t)) {
			list_select(&t->list, r->id);
			return;
		}
	}
}

static enum next ended(struct ui *ui, struct todo *t, const char *words)
{
	const struct task_outcome *o = task_outcome_find(asked.t.kind, asked_outcome);
	size_t fits = text_fit(asked.t.text, 40);
	struct err err = ERR_INIT;

	if (task_done(ui->desk, asked.t.id, asked_outcome, words, &err) < 0) {
		ui_fail(ui, &err);
		return err.kind == ERR_CLASH ? REFRESH : FAILED;
	}
	ui_done(ui, "%s: %.*s%s  u Undo", o ? o->word : asked_outcome, (int)fits, asked.t.text,
		asked.t.text[fits] ? "..." : ".");
	go_on(t);
	return REFRESH;
}

static enum next ended_words(struct ui *ui, void *state, const char *text)
{
	return ended(ui, state, text);
}

/* What a call that did not reach them may have met. */
static const struct {
	char key;
	const char *brief;
	enum try_result result;
} unreached[] = {
	{ 'v', "no answer", TRY_NO_ANSWER },
	{ 'w', "wrong", TRY_WRONG },
	{ 'p', "other", TRY_OTHER },
};
enum { UNREACHED = sizeof unreached / sizeof *unreached };

static enum next tried(struct ui *ui, struct todo *t, enum try_result result)
{
	struct attempt was;
	struct err err = ERR_INIT;
	char when[DAY_TEXT];

	if (attempt(ui->desk, (struct id){ 0 }, asked.t.id, result, &was, &err) < 0) {
		ui_fail(ui, &err);
		return err.kind == ERR_CLASH ? REFRESH : FAILED;
	}
	if (was.last)
		ui_done(ui, "Call %d, %s.  That was the last: c gives up, e tries later.  u Undo",
			was.nth, try_words(result));
	else
		ui_done(ui, "Call %d, %s: again %s.  e changes that  u Undo", was.nth,
			try_words(result), moment_show(was.again, when));
	if (!was.last)
		go_on(t);
	return REFRESH;
}

static enum next ended_key(struct ui *ui, void *state, char key)
{
	struct task_outcome all[TASK_OUTCOMES_MOST];
	int n = task_outcomes(asked.t.kind, all), i = 0;

	for (int k = 0; k < UNREACHED && calls(&asked.t); k++)
		if (unreached[k].key == key)
			return tried(ui, state, unreached[k].result);
	while (i < n && all[i].key != key)
		i++;
	if (i == n)
		return STAY;
	snprintf(asked_outcome, sizeof asked_outcome, "%s", all[i].code);
	if (strcmp(asked_outcome, TASK_OTHER) == 0 || strcmp(asked_outcome, TASK_ANSWERED) == 0) {
		ask_text(ui, key == 'a' ? "Answer:" : "How did it end?", false, 120, ended_words);
		return STAY;
	}
	return ended(ui, state, NULL);
}

/* The name as far as the row with the answers has room for it. */
static void object(int room, char *buf, size_t n)
{
	char name[PERSON_TEXT];
	size_t fits;

	buf[0] = '\0';
	if (id_none(asked.t.person) || room < 8)
		return;
	person_show(asked.surname, asked.given, NULL, name);
	fits = text_width(name) <= room ? strlen(name) : text_fit(name, room - 2);
	snprintf(buf, n, " %.*s%s", (int)fits, name, name[fits] ? ".." : "");
}

static enum next tasks_end(struct ui *ui, void *state)
{
	struct task_outcome all[TASK_OUTCOMES_MOST];
	const struct task_row *r = selected(state);
	char kind[CODE_TEXT], who[PERSON_TEXT];
	int n, k = 0, room = ui->cols - 16;

	asked = *r;
	n = task_outcomes(r->t.kind, all);
	memset(answers, 0, sizeof answers);
	for (int i = 0; i < n; i++) {
		answers[k++] = (struct answer){ all[i].key, all[i].brief };
		for (int u = 0; i == 0 && calls(&r->t) && u < UNREACHED; u++)
			answers[k++] = (struct answer){ unreached[u].key, unreached[u].brief };
	}
	for (int i = 0; i < k; i++)
		room -= text_width(answers[i].word) + 4;
	snprintf(kind, sizeof kind, "%s", task_kind_word(r->t.kind));
	kind[0] = (char)(kind[0] >= 'a' && kind[0] <= 'z' ? kind[0] - 32 : kind[0]);
	object(room - text_width(kind), who, sizeof who);
	ask(ui, answers, "keep", ended_key, "%s%s?", kind, who);
	return STAY;
}

/* ---- the other keys ---- */

static enum next tasks_hand(struct ui *ui, void *state)
{
	return open_task_hand(ui, selected(state));
}

static enum next tasks_edit(struct ui *ui, void *state)
{
	return open_task_edit(ui, selected(state));
}

static enum next tasks_new(struct ui *ui, void *state)
{
	(void)state;
	return open_task_new(ui, (struct id){ 0 });
}

static enum next tasks_phone(struct ui *ui, void *state)
{
	return open_phone(ui, selected(state)->t.person);
}

/* A booking that still stands moves, and it is we who ask for that unless they are being rung;
 * after one that is over another of its service is booked. */
static enum next tasks_book(struct ui *ui, void *state)
{
	const struct task *t = &selected(state)->t;
	struct err err = ERR_INIT;
	struct desk_row of;

	if (id_none(t->appt))
		return open_booking(ui, t->person, (struct id){ 0 });
	if (desk_appt(ui->desk, t->appt, &of, &err) < 0)
		return ui_fail(ui, &err);
	if (appt_live(of.row.a.state))
		return open_move(ui, t->appt, t->kind != TASK_RING);
	/* None, where the user may not know which: then it is asked. */
	return open_booking(ui, t->person, of.row.a.service);
}

static enum next tasks_history(struct ui *ui, void *state)
{
	const struct task_row *r = selected(state);
	char title[PERSON_TEXT];

	snprintf(title, sizeof title, "%s: %.*s", task_kind_word(r->t.kind),
		 (int)text_fit(r->t.text, 66), r->t.text);
	return open_trail(ui, task_history, r->t.id, title);
}

static enum next tasks_filter(struct ui *ui, void *state)
{
	struct todo *t = state;

	(void)ui;
	t->which = (t->which + 1) % TASK_LISTS;
	return RELOAD;
}

static const struct key keys[] = {
	{ .key = "Enter",
	  .name = "done",
	  .label = "Done",
	  .help = "end it: how did it end?",
	  .commits = true,
	  .act = tasks_end,
	  .may = open_row },
	{ .key = "e",
	  .name = "edit",
	  .label = "Later",
	  .help = "put it off, or note something",
	  .commits = true,
	  .act = tasks_edit,
	  .may = open_row },
	{ .key = "h",
	  .name = "hand",
	  .label = "Hand over",
	  .help = "hand it to somebody else",
	  .commits = true,
	  .act = tasks_hand,
	  .may = open_row },
	{ .key = "n",
	  .name = "new",
	  .label = "New",
	  .help = "a new task, or a message",
	  .act = tasks_new },
	{ .key = "p",
	  .name = "phone",
	  .label = "Phone",
	  .help = "numbers, what may be said",
	  .commits = true,
	  .act = tasks_phone,
	  .may = some_person },
	{ .key = "b",
	  .name = "book",
	  .label = "Book",
	  .help = "book a time, or move theirs",
	  .roles = APPT_ROLES,
	  .commits = true,
	  .act = tasks_book,
	  .may = some_person },
	{ .key = "v",
	  .name = "history",
	  .label = "History",
	  .help = "who did what to it",
	  .commits = true,
	  .act = tasks_history,
	  .may = some_row },
	{ .key = "f",
	  .name = "filter",
	  .label = "Filter",
	  .help = "mine, my role, all or done",
	  .act = tasks_filter },
	{ 0 },
};

const struct screen screen_tasks = {
	.name = "tasks",
	.title = "TASKS",
	.go = 'k',
	.help = "tasks and messages",
	.state = sizeof(struct todo),
	.layout = tasks_layout,
	.load = tasks_load,
	.draw = tasks_draw,
	.leave = tasks_leave,
	.list = tasks_list,
	.moved = tasks_moved,
	.keys = keys,
};

enum next open_tasks(struct ui *ui, struct id task)
{
	struct todo *t = ui_push(ui, &screen_tasks);

	t->want = task;
	return STAY;
}
