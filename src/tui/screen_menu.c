/*
 * screen_menu.c: `:`, a box over the screen below, finds a command by its name, by the beginnings
 * of its words in any order, then by what stands in them, says the quicker key, and runs it on that
 * screen.  Only what this user may do is listed.
 *
 * It takes three things more: a number is a row of the list below, a day is that day of the diary,
 * and what is no command is looked for among people.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "bar.h"
#include "open.h"
#include "parking.h"
#include "screens.h"

enum what { A_KEY, A_SCREEN, A_ROW, A_DAY, A_PERSON };
struct choice {
	enum what what;
	const struct key *key;
	const struct screen *screen;
	bool everywhere;
	const char *words, *name;
};
struct choices {
	struct choice *v;
	size_t n, cap;
};
struct menu {
	struct form form;
	struct list list;
	struct choices all, found;
	char below[32];
	char words[96]; /* of the one that is no command */
	int row;	/* A_ROW */
	struct date day;
	int top, height; /* of the box */
};

enum { LEAST = 7, WORDS = 5, WHERE = 50, KEYS = 63 };

static const struct form_field fields[] = {
	{ .name = "what", .label = ":", .row = 1, .col = 3, .box = 5, .width = 40, .max = 60 },
	{ 0 },
};

/* ---- what fits ---- */

/* Does some word of s begin with the n letters at w?  Or (inside) does it hold them at all? */
static bool has(const char *s, const char *w, size_t n, bool inside)
{
	for (const char *p = s; *p; p++)
		if ((inside || p == s || p[-1] == ' ' || p[-1] == '-') && strncasecmp(p, w, n) == 0)
			return true;
	return false;
}

static bool fits(const struct choice *c, const char *typed, bool inside)
{
	while (*typed) {
		size_t n = strcspn(typed, " ");

		if (n && !has(c->words, typed, n, inside) && !has(c->name, typed, n, inside))
			return false;
		typed += n + (typed[n] == ' ');
	}
	return true;
}

/* What is called so comes first, then what has words that begin so, then what holds them. */
enum rank { CALLED, BEGINS, HOLDS, NOT_FOUND };

static enum rank rank_of(const struct choice *c, const char *typed)
{
	if (*typed && strncasecmp(c->name, typed, strlen(typed)) == 0)
		return CALLED;
	return fits(c, typed, false) ? BEGINS : fits(c, typed, true) ? HOLDS : NOT_FOUND;
}

static void collect(struct ui *ui, struct menu *m, const struct key *k, bool all)
{
	for (; k && k->key; k++)
		if (k->act && ui_for(ui, k->roles) && (k->help || k->label)) {
			struct choice *c = list_push(&m->all);

			c->key = k;
			c->everywhere = all;
			c->words = k->help ? k->help : k->name;
			c->name = k->name;
		}
}

static void begin(struct ui *ui, struct menu *m)
{
	struct frame *below = loop_below(ui, 1);

	form_init(&m->form, fields);
	collect(ui, m, below ? below->screen->keys : NULL, false);
	collect(ui, m, everywhere, true);
	for (const struct screen *const *s = ui->loop->screens; *s; s++)
		if ((*s)->go && ui_there(ui, *s)) {
			struct choice *c = list_push(&m->all);

			c->what = A_SCREEN;
			c->screen = *s;
			c->words = (*s)->help ? (*s)->help : (*s)->name;
			c->name = (*s)->name;
		}
	snprintf(m->below, sizeof m->below, "%s", below ? below->screen->name : "");
}

/* ---- what is no command ---- */

static void special(struct menu *m, enum what what)
{
	struct choice *c = list_push(&m->found);

	c->what = what;
	c->words = c->name = m->words;
}

static struct list *list_below(struct ui *ui)
{
	struct frame *f = loop_top(ui);

	if (f->screen == &screen_menu)
		f = loop_below(ui, 1);
	return f && f->screen->list ? f->screen->list(f->state) : NULL;
}

static int64_t row_of(struct ui *ui, int number)
{
	struct list *l = list_below(ui);

	if (l)
		list_each (r, l)
			if (r->number == number && r->id)
				return r->id;
	return 0;
}

/* A number of a row or a day, which come before commands: there are few of them, and short. */
static void row_or_day(struct ui *ui, struct menu *m, const char *typed)
{
	char day[DAY_TEXT];

	if (*typed && strspn(typed, "0123456789") == strlen(typed) && strlen(typed) < 5) {
		m->row = atoi(typed);
		if (row_of(ui, m->row)) {
			snprintf(m->words, sizeof m->words, "row %d of this list", m->row);
			special(m, A_ROW);
			return;
		}
	}
	if (*typed && loop_screen(ui, "diary") && ui_for(ui, loop_screen(ui, "diary")->roles) &&
	    date_parse(typed, moment_date(ui->now), LOOK_FORWARD, &m->day, NULL) == 0) {
		snprintf(m->words, sizeof m->words, "diary of %s", date_show_day(m->day, day));
		special(m, A_DAY);
	}
}

static void person(struct ui *ui, struct menu *m, const char *typed)
{
	if (strlen(typed) < 2 || !loop_screen(ui, "find"))
		return;
	snprintf(m->words, sizeof m->words, "find a person: %.60s", typed);
	special(m, A_PERSON);
}

static int menu_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct menu *m = state;
	const char *typed;
	int64_t *ids;

	(void)err;
	/* Another desk's change is the business of the screen below. */
	if (refresh && m->form.n)
		return 0;
	if (!m->form.n)
		begin(ui, m);
	typed = form_text(&m->form, "what");
	m->found.n = 0;
	row_or_day(ui, m, typed);
	for (enum rank rank = CALLED; rank < NOT_FOUND; rank++)
		list_each (c, &m->all)
			if (rank_of(c, typed) == rank)
				*list_push(&m->found) = *c;
	if (m->found.n == 0)
		person(ui, m, typed);
	ids = mem_new(sizeof *ids * (m->found.n + 1));
	for (size_t i = 0; i < m->found.n; i++)
		ids[i] = (int64_t)i + 1;
	/* Another text is another list: its first row is marked. */
	m->list.n = m->list.sel = m->list.top = 0;
	list_load(&m->list, ids, m->found.n, false);
	mem_free(ids);
	return 0;
}

/* ---- drawing ---- */

/* The lower half of the screen, above rows 23 and 24. */
static void menu_layout(void *state, int rows, int cols)
{
	struct menu *m = state;

	(void)cols;
	m->height = rows / 2 - 1 < LEAST ? LEAST : rows / 2 - 1;
	m->top = rows - 1 - m->height;
	list_size(&m->list, m->height - 3);
}

static void menu_row(struct canvas *c, int line, int number, bool selected, const void *state,
		     int at)
{
	const struct menu *m = state;
	const struct choice *it = &m->found.v[at];
	const char *where = it->what == A_SCREEN || it->everywhere ? "anywhere" : m->below;
	char buf[KEY_NAME], key[24] = "";

	(void)number;
	if (it->what == A_SCREEN)
		snprintf(key, sizeof key, "g %c", it->screen->go);
	else if (it->what == A_KEY && *it->key->key)
		snprintf(key, sizeof key, "%s", bar_key(it->key, buf));
	else if (it->what == A_PERSON)
		snprintf(key, sizeof key, "/");
	if (it->what >= A_DAY)
		where = "anywhere";
	if (selected)
		canvas_put(c, line, 3, PLAIN, ">");
	canvas_padded(c, line, WORDS, WHERE - WORDS - 1, PLAIN, it->words);
	canvas_padded(c, line, WHERE, KEYS - WHERE - 1, PLAIN, where);
	canvas_put(c, line, KEYS, PLAIN, key);
}

static void edge(struct canvas *c, int row)
{
	for (int col = 1; col <= c->cols; col++)
		canvas_put(c, row, col, PLAIN, col == 1 || col == c->cols ? "+" : "-");
}

static void menu_draw(struct canvas *c, const void *state)
{
	const struct menu *m = state;
	int last = m->top + m->height - 1;
	char count[40];

	for (int row = m->top; row <= last; row++)
		canvas_padded(c, row, 1, c->cols, PLAIN, "");
	snprintf(count, sizeof count, "%zu of %zu found", m->found.n, m->all.n);
	canvas_right(c, m->top + 1, c->cols - 2, PLAIN, count);
	if (m->found.n == 0)
		canvas_put(c, m->top + 2, WORDS, PLAIN,
			   "No command, row, day or person is called that.  Ctrl-U clears.");
	list_draw(c, &m->list, m->top + 2, true, menu_row, m);
	for (int row = m->top + 1; row < last; row++) {
		canvas_put(c, row, 1, PLAIN, "|");
		canvas_put(c, row, c->cols, PLAIN, "|");
	}
	canvas_put(c, c->rows - 1, 1, PLAIN,
		   "M Only commands you may use are listed. The key shown is quicker next time.");
	edge(c, m->top);
	edge(c, last);
	form_draw(c, &m->form, true, m->top);
}

static void menu_leave(struct ui *ui, void *state)
{
	struct menu *m = state;

	(void)ui;
	form_done(&m->form);
	list_done(&m->list);
	list_free(&m->all);
	list_free(&m->found);
}

static struct list *menu_list(void *state)
{
	return &((struct menu *)state)->list;
}

static struct form *menu_form(void *state)
{
	return &((struct menu *)state)->form;
}

static enum next menu_typed(struct ui *ui, void *state)
{
	(void)ui;
	(void)state;
	return RELOAD;
}

/* ---- running ---- */

static void run_row(struct ui *ui, int number)
{
	struct frame *f = loop_top(ui);

	list_select(list_below(ui), row_of(ui, number));
	if (f->screen->moved)
		loop_next(ui, f->state, f->screen->moved(ui, f->state));
}

static void run_key(struct ui *ui, const struct choice *c)
{
	ui->key = key_first(c->key->key);
	loop_act(ui, c->key, c->everywhere ? NULL : loop_top(ui)->state);
}

static enum next menu_run(struct ui *ui, void *state)
{
	struct menu *m = state;
	int at = list_at(&m->list), row = m->row;
	struct date day = m->day;
	struct choice c;
	char *typed;

	if (at < 0)
		return ui_failf(ui, "No command, row, day or person is called that.");
	c = m->found.v[at];
	typed = mem_str(form_text(&m->form, "what"));
	loop_back(ui);
	switch (c.what) {
	case A_SCREEN:
		everywhere_go(ui, c.screen->go);
		break;
	case A_ROW:
		run_row(ui, row);
		break;
	case A_DAY:
		parking_unsaved(ui);
		open_diary_on(ui, day);
		break;
	case A_PERSON:
		parking_unsaved(ui);
		open_find(ui, NULL, NULL, typed);
		break;
	case A_KEY:
		run_key(ui, &c);
		break;
	}
	mem_free(typed);
	return STAY;
}

static enum next menu_complete(struct ui *ui, void *state)
{
	struct menu *m = state;
	int at = list_at(&m->list);

	if (at < 0 || m->found.v[at].what > A_SCREEN)
		return ui_failf(ui, "There is no command to complete.");
	form_set(&m->form, "what", m->found.v[at].words);
	return RELOAD;
}

static enum next menu_close(struct ui *ui, void *state)
{
	(void)ui;
	(void)state;
	return BACK;
}

static const struct key keys[] = {
	{ .key = "Enter", .name = "run", .label = "Run", .act = menu_run },
	{ .key = "Up Down", .name = "choose", .label = "Choose", .shown = "Up/Down" },
	{ .key = "Tab", .name = "complete", .label = "Complete", .act = menu_complete },
	{ .key = "C-u", .name = "clear", .label = "Clear" },
	{ .key = "Esc F12", .name = "close", .label = "Close", .act = menu_close },
	{ 0 },
};

const struct screen screen_menu = { .name = "menu",
				    .title = "MENU",
				    .over = true,
				    .box = true,
				    .state = sizeof(struct menu),
				    .load = menu_load,
				    .layout = menu_layout,
				    .draw = menu_draw,
				    .leave = menu_leave,
				    .list = menu_list,
				    .form = menu_form,
				    .typed = menu_typed,
				    .keys = keys };
