/*
 * screen_menu.c: `:` finds a command by the beginnings of its words, in any order, says the quicker
 * key, and runs it on the screen below.  Only what this user may do is listed.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "bar.h"
#include "screens.h"

struct choice {
	const struct key *key;	     /* a key row, or */
	const struct screen *screen; /* a screen to go to */
	bool everywhere;
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
};

static const struct form_field fields[] = {
	{ .name = "what", .label = ":", .row = 2, .col = 1, .box = 3, .width = 40, .max = 60 },
	{ 0 },
};

static const char *words(const struct choice *c)
{
	return c->screen ? (c->screen->help ? c->screen->help : c->screen->name)
			 : (c->key->help ? c->key->help : c->key->name);
}

static const char *name(const struct choice *c)
{
	return c->screen ? c->screen->name : c->key->name;
}

/* Does some word of s begin with the n letters at w? */
static bool word_begins(const char *s, const char *w, size_t n)
{
	for (const char *p = s; *p; p++)
		if ((p == s || p[-1] == ' ' || p[-1] == '-') && strncasecmp(p, w, n) == 0)
			return true;
	return false;
}

static bool fits(const struct choice *c, const char *typed)
{
	while (*typed) {
		size_t n = strcspn(typed, " ");

		if (n && !word_begins(words(c), typed, n) && !word_begins(name(c), typed, n))
			return false;
		typed += n + (typed[n] == ' ');
	}
	return true;
}

/* Does its name begin with all that was typed? */
static int is_called(const struct choice *c, const char *typed)
{
	return *typed && strncasecmp(name(c), typed, strlen(typed)) == 0;
}

static void collect(struct ui *ui, struct menu *m, const struct key *k, bool all)
{
	for (; k && k->key; k++)
		if (k->act && ui_for(ui, k->roles) && (k->help || k->label)) {
			struct choice *c = list_push(&m->all);

			c->key = k;
			c->everywhere = all;
		}
}

static int menu_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct menu *m = state;
	struct frame *below = loop_below(ui, 1);
	int64_t ids[512];
	size_t n = 0;

	(void)refresh;
	(void)err;
	if (!m->form.n) {
		form_init(&m->form, fields);
		collect(ui, m, below ? below->screen->keys : NULL, false);
		collect(ui, m, everywhere, true);
		for (const struct screen *const *s = ui->loop->screens; *s; s++)
			if ((*s)->go && ui_for(ui, (*s)->roles))
				((struct choice *)list_push(&m->all))->screen = *s;
		snprintf(m->below, sizeof m->below, "%s", below ? below->screen->name : "");
	}
	m->found.n = 0;
	/* What is called so comes before what has such a word in its description. */
	for (int called = 1; called >= 0; called--)
		list_each (c, &m->all)
			if (n < 512 && fits(c, form_text(&m->form, "what")) &&
			    is_called(c, form_text(&m->form, "what")) == called) {
				*list_push(&m->found) = *c;
				ids[n++] = c - m->all.v + 1;
			}
	list_load(&m->list, ids, n, false);
	return 0;
}

static void menu_layout(void *state, int rows, int cols)
{
	(void)cols;
	list_size(&((struct menu *)state)->list, rows - 6);
}

static void menu_row(struct canvas *c, int line, int number, bool selected, const void *state,
		     int at)
{
	const struct menu *m = state;
	const struct choice *it = &m->found.v[at];
	char buf[KEY_NAME], key[24] = "";

	(void)number;
	(void)selected;
	if (it->screen)
		snprintf(key, sizeof key, "g %c", it->screen->go);
	else if (*it->key->key)
		snprintf(key, sizeof key, "%s", bar_key(it->key, buf));
	canvas_padded(c, line, 3, 44, PLAIN, words(it));
	canvas_padded(c, line, 48, 12, PLAIN, it->everywhere || it->screen ? "anywhere" : m->below);
	canvas_put(c, line, 61, PLAIN, key);
}

static void menu_draw(struct canvas *c, const void *state)
{
	const struct menu *m = state;

	form_draw(c, &m->form, true, 0);
	canvas_printf(c, 2, 48, PLAIN, "%zu of %zu found", m->found.n, m->all.n);
	if (m->found.n == 0)
		canvas_put(c, 4, 3, PLAIN, "No command begins like that. Ctrl-U clears.");
	list_draw(c, &m->list, 4, true, menu_row, m);
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

/* Another text is another list: its first row is marked. */
static enum next menu_typed(struct ui *ui, void *state)
{
	struct menu *m = state;

	(void)ui;
	m->list.n = m->list.sel = m->list.top = 0;
	return RELOAD;
}

static enum next menu_run(struct ui *ui, void *state)
{
	struct menu *m = state;
	int at = list_at(&m->list);
	struct choice c;
	struct frame *top;

	if (at < 0)
		return ui_failf(ui, "No command begins like that. Ctrl-U clears.");
	c = m->found.v[at];
	loop_back(ui);
	top = loop_top(ui);
	if (c.screen) {
		everywhere_go(ui, c.screen->go);
		return STAY;
	}
	ui->key = key_first(c.key->key);
	loop_act(ui, c.key, c.everywhere ? NULL : top->state);
	return STAY;
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
	{ .key = "Esc F12", .name = "close", .label = "Close", .act = menu_close },
	{ 0 },
};

const struct screen screen_menu = { .name = "menu",
				    .title = "MENU",
				    .over = true,
				    .state = sizeof(struct menu),
				    .load = menu_load,
				    .layout = menu_layout,
				    .draw = menu_draw,
				    .leave = menu_leave,
				    .list = menu_list,
				    .form = menu_form,
				    .typed = menu_typed,
				    .keys = keys };
