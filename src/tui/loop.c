/*
 * loop.c: a key from a person or a script, an action, load, draw.
 *
 * Always holds: one painting a key at most; a key that commits is never given to a row that has not
 * been painted; an E stops what was typed ahead; a change by another desk never moves the
 * selection. Opening and leaving screens is stack.c's.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "bar.h"
#include "parking.h"
#include "screens.h"
#include "term.h"

enum {
	LOOK_MS = 250,
	HINT_MS = 400,
	READ_MS = 3000,
	WARN_MS = 30000,
	ROWS_LEAST = 24,
	COLS_LEAST = 80
};

static bool small(const struct ui *ui)
{
	return ui->rows < ROWS_LEAST || ui->cols < COLS_LEAST;
}

/* --- loading and painting ----------------------------------------------------------------------
 */

static void settle(struct ui *ui)
{
	struct frame *f = loop_top(ui);
	struct err err = ERR_INIT;

	if (!f || !f->stale)
		return;
	bool refresh = f->refresh;

	f->stale = f->refresh = false;
	f->loaded = true;
	ui->loop->dirty = true;
	if (f->screen->layout)
		f->screen->layout(f->state, ui->rows, ui->cols);
	if (f->screen->load && f->screen->load(ui, f->state, refresh, &err) < 0)
		ui_fail(ui, &err);
}

static void draw_small(struct canvas *c)
{
	char text[96];

	snprintf(text, sizeof text, "Window is %dx%d, ohdesk needs %dx%d. Your work is kept.",
		 c->cols, c->rows, COLS_LEAST, ROWS_LEAST);
	canvas_wrap(c, 1, 1, c->cols, c->rows, PLAIN, text);
}

static void draw(struct ui *ui, struct frame *f)
{
	if (f->screen->layout)
		f->screen->layout(f->state, ui->rows, ui->cols);
	if (f->screen->draw)
		f->screen->draw(&ui->loop->canvas, f->state);
}

static void paint(struct ui *ui, bool whole)
{
	struct loop *l = ui->loop;
	struct frame *f = loop_top(ui);
	struct canvas *c = &l->canvas;

	canvas_size(c, ui->rows, ui->cols);
	c->ascii = !term_utf8();
	if (small(ui)) {
		draw_small(c);
	} else {
		if (f->screen->box && loop_below(ui, 1))
			draw(ui, loop_below(ui, 1));
		draw(ui, f);
		bar_draw(c, ui);
	}
	term_show(c, whole);
	l->dirty = false;
	l->tell = true;
}

/* For tests: the screen is drawn, every byte that was typed has had its effect. */
static void tell(struct loop *l)
{
	unsigned char taken = (unsigned char)term_taken();

	if (l->tell && l->idle_fd >= 0)
		while (write(l->idle_fd, &taken, 1) < 0 && errno == EINTR)
			;
	l->tell = false;
}

/* --- one key -----------------------------------------------------------------------------------
 */

void loop_act(struct ui *ui, const struct key *k, void *state)
{
	struct loop *l = ui->loop;
	struct err why = ERR_INIT;

	settle(ui);
	if (k->commits && l->dirty)
		paint(ui, true);
	if (!ui_for(ui, k->roles)) {
		ui_failf(ui, "Your role may not: %s.", k->help ? k->help : k->name);
		return;
	}
	if (k->may && k->may(ui, state, &why) < 0) {
		ui_fail(ui, &why);
		return;
	}
	loop_next(ui, state, k->act(ui, state));
}

void loop_next(struct ui *ui, void *state, enum next next)
{
	struct loop *l = ui->loop;
	int i = l->depth - 1;

	if (next == QUIT)
		l->quit = true;
	if (next != RELOAD && next != REFRESH && next != BACK)
		return;
	if (l->host->bar)
		l->host->bar(ui, &l->bar);
	/* A key that works everywhere has no state: it acted on the top.  A screen that opened
	 * another is below it by now. */
	while (state && i >= 0 && l->stack[i].state != state)
		i--;
	if (i >= 0 && next != BACK)
		frame_stale(&l->stack[i], next == REFRESH);
	else if (i > 0)
		loop_remove(ui, i);
}

static const struct key *row_for(const struct key *keys, int key)
{
	for (; keys && keys->key; keys++)
		if (keys->act && key_in(key, keys->key))
			return keys;
	return NULL;
}

/* The field that has the cursor takes the key; true when it did. */
static bool to_form(struct ui *ui, struct frame *f, const struct press *p)
{
	struct form *form = f->screen->form ? f->screen->form(f->state) : NULL;
	const char *why = NULL;

	if (!form)
		return false;
	/* A screen's own F and Ctrl keys come before the field's. */
	if (!key_printable(p->key) && row_for(f->screen->keys, p->key))
		return false;
	switch (form_key(ui, form, p, &why)) {
	case FORM_TYPED:
		if (f->screen->typed)
			loop_next(ui, f->state, f->screen->typed(ui, f->state));
		return true;
	case FORM_MOVED:
		return true;
	case FORM_REFUSED:
		ui_failf(ui, "%s", why);
		return true;
	case FORM_CHOICES:
		choices_open(ui, form);
		return true;
	default:
		return false;
	}
}

static bool to_list(struct ui *ui, struct frame *f, const struct press *p)
{
	struct list *list = f->screen->list ? f->screen->list(f->state) : NULL;
	const char *why = NULL;

	if (!list || !list_key(list, p->key, &why))
		return false;
	if (why)
		ui_failf(ui, "%s", why);
	else if (f->screen->moved)
		loop_next(ui, f->state, f->screen->moved(ui, f->state));
	return true;
}

static void to_nobody(struct ui *ui, const struct press *p)
{
	char name[KEY_NAME];

	if (p->key != K_NONE)
		ui_warn(ui, "%s does nothing here. ? lists the keys.", key_shown(p->key, name));
}

static void to_screen(struct ui *ui, struct frame *f, const struct press *p)
{
	struct list *list = f->screen->list ? f->screen->list(f->state) : NULL;
	struct err why = ERR_INIT;
	const struct key *k;

	if (to_form(ui, f, p))
		return;
	if (p->pasted) {
		ui_warn(ui, "Pasted text goes into a field only.");
		return;
	}
	k = row_for(f->screen->keys, p->key);
	if (k) {
		if (list)
			list->typed = 0;
		loop_act(ui, k, f->state);
		return;
	}
	if (to_list(ui, f, p))
		return;
	k = row_for(everywhere, p->key);
	if (k && f->screen->hold && !key_in(p->key, "F1 ? F5 C-l C-q") &&
	    f->screen->hold(ui, f->state, &why) < 0)
		ui_fail(ui, &why);
	else if (k && (!loop_walled(ui) || key_in(p->key, "F1 ? C-l")))
		loop_act(ui, k, NULL);
	else
		to_nobody(ui, p);
}

/* What an act let pass is heard whichever screen acted, behind what the act said itself: what was
 * done is never cut off for it. */
static void say_warning(struct ui *ui)
{
	struct loop *l = ui->loop;
	const char *w = l->host->warning ? l->host->warning(ui) : "";
	char *said;

	if (!*w || l->said == 'E')
		return;
	said = l->said ? mem_str(l->messages.v[l->messages.n - 1].text) : NULL;
	ui_warn(ui, "%s%s%s", said ? said : "", said ? "  " : "", w);
	mem_free(said);
}

static void handle(struct ui *ui, const struct press *p)
{
	struct loop *l = ui->loop;
	struct frame *f;

	l->tell = true;
	if (p->key == K_NONE)
		return;
	l->last_key = world_ticks();
	l->warned = false;
	ui->key = p->key;
	if (l->host->now)
		ui->now = l->host->now(ui);
	l->shown = ui->now;
	if (small(ui)) {
		if (p->key == K_CTRL('q') || p->key == K_CTRL('l'))
			loop_act(ui, row_for(everywhere, p->key), NULL);
		l->dirty = true;
		return;
	}
	f = loop_top(ui);
	/* Between two letters of a field there is nothing to load: the last one decides. */
	if (!f->loaded || !key_printable(p->key) || !f->screen->form || !f->screen->form(f->state))
		settle(ui);
	ui->ahead = p->ahead || l->dirty;
	l->said = 0;
	if (l->ask.kind) {
		ask_key(ui, p);
	} else if (l->going) {
		l->going = l->hint = false;
		everywhere_go(ui, p->key);
	} else {
		parking_touched(f);
		to_screen(ui, f, p);
	}
	say_warning(ui);
	l->dirty = true;
}

/* --- time passing ------------------------------------------------------------------------------
 */

static int idle_limit(const struct ui *ui)
{
	const struct loop *l = ui->loop;

	if (loop_walled(ui))
		return 0;
	if (l->host->idle_ms)
		return l->host->idle_ms(ui);
	return ui->opt ? ui->opt->idle_minutes * 60000 : 0;
}

static void look_at_others(struct ui *ui)
{
	struct loop *l = ui->loop;
	struct frame *f = loop_top(ui);

	bool changed, passed;

	l->last_look = world_ticks();
	changed = l->host->changed && l->host->changed(ui);
	passed = l->host->passed && l->host->passed(ui);
	if ((changed || passed) && l->host->bar)
		l->host->bar(ui, &l->bar);
	if (changed || passed)
		l->dirty = true;
	if (changed)
		frame_stale(f, true);
	/* Never over a question or what was refused, nor over an answer that is still being read.
	 */
	if (l->host->news && !l->ask.kind && !l->going && l->said != 'E' && !loop_walled(ui) &&
	    (!l->said || l->last_look - l->last_key >= READ_MS))
		l->host->news(ui);
}

/* The screen's own. */
static int screen_due(struct ui *ui)
{
	struct frame *f = loop_top(ui);

	return f->loaded && f->screen->wake ? f->screen->wake(ui, f->state) : -1;
}

/* What is due by the clock alone; gives the milliseconds to the next such thing, -1 for none. */
static int passing(struct ui *ui)
{
	struct loop *l = ui->loop;
	int64_t now = world_ticks(), quiet = now - l->last_key;
	int limit = idle_limit(ui), wait = screen_due(ui), draft = parking_due(ui, quiet);

	if (l->host->changed) {
		if (now - l->last_look >= LOOK_MS)
			look_at_others(ui);
		if (wait < 0 || wait > LOOK_MS)
			wait = LOOK_MS;
	}
	if (l->going && !l->hint) {
		if (quiet >= HINT_MS)
			l->hint = l->dirty = true;
		else if (wait < 0 || wait > HINT_MS - quiet)
			wait = (int)(HINT_MS - quiet);
	}
	if (draft >= 0 && (wait < 0 || wait > draft))
		wait = draft;
	if (limit) {
		int64_t next = l->warned ? limit : limit - WARN_MS;

		if (quiet >= limit) {
			ui_lock(ui);
			return 0;
		}
		if (!l->warned && quiet >= next) {
			l->warned = true;
			ui_warn(ui, "This desk locks in 30 seconds. Any key keeps it open.");
			next = limit;
		}
		if (wait < 0 || wait > next - quiet)
			wait = (int)(next - quiet);
	}
	return wait;
}

/* Typing ahead stops where something was refused, and where something is asked. */
static void stop_typing(struct ui *ui)
{
	struct loop *l = ui->loop;
	struct message *m = l->messages.n ? &l->messages.v[l->messages.n - 1] : NULL;

	if (l->failed) {
		int n = term_drop();

		if (n && m && m->kind == 'E') {
			char *more = mem_printf("%s (%d key%s typed after it %s dropped)", m->text,
						n, n == 1 ? "" : "s", n == 1 ? "was" : "were");

			mem_free(m->text);
			m->text = more;
			l->dirty = true;
		}
	}
	if (l->ask.fresh) {
		paint(ui, true);
		term_drop();
	}
	l->failed = l->ask.fresh = false;
}

static void resize(struct ui *ui)
{
	term_size(&ui->rows, &ui->cols);
	/* A screen that reads what is in view only has more to read. */
	frame_stale(loop_top(ui), true);
	ui->loop->dirty = ui->loop->tell = true;
}

static void turn(struct ui *ui)
{
	struct loop *l = ui->loop;
	struct press p;
	int wait;

	wait = passing(ui);
	/* While keys wait, only what the next of them needs is done; the last one paints. */
	if (!term_pending() || l->failed)
		settle(ui);
	stop_typing(ui);
	if (!term_pending()) {
		if (l->dirty)
			paint(ui, false);
		if (!term_pending())
			tell(l);
	}
	switch (term_read(wait, &p)) {
	case TERM_KEY:
		handle(ui, &p);
		break;
	case TERM_RESIZE:
		resize(ui);
		break;
	case TERM_END:
		l->quit = true;
		break;
	case TERM_QUIET:
		break;
	}
}

static int idle_fd(void)
{
	const char *s = getenv("OHDESK_IDLE_FD");
	char *end;
	long n = s ? strtol(s, &end, 10) : -1;

	return s && *s && !*end && n > 2 && n < 1024 ? (int)n : -1;
}

int loop_run(struct ui *ui, const struct host *host, const struct screen *const *table,
	     const char *first, struct err *err)
{
	struct loop l = { .host = host, .screens = table, .idle_fd = idle_fd(), .dirty = true };
	const struct screen *s;

	ui->loop = &l; /* cppcheck-suppress autoVariables; taken back below */
	s = first ? loop_screen(ui, first) : table[0];
	if (!s) {
		ui->loop = NULL;
		return err_set(err, ERR_INPUT, "There is no screen named '%.30s'.", first);
	}
	term_size(&ui->rows, &ui->cols);
	if (host->now)
		ui->now = host->now(ui);
	l.shown = ui->now;
	if (host->bar)
		host->bar(ui, &l.bar);
	l.last_key = l.last_look = world_ticks();
	ui_push(ui, s);
	if (host->begun)
		host->begun(ui);
	while (!l.quit)
		turn(ui);
	/* The line is gone, or the program is told to end: nothing that was begun is lost. */
	parking_all(ui, true);
	while (l.depth > 0)
		loop_remove(ui, l.depth - 1);
	ask_end(ui);
	loop_messages_done(&l.messages);
	canvas_done(&l.canvas);
	ui->loop = NULL;
	return 0;
}

int loop_in_terminal(struct ui *ui, const struct host *host, const struct screen *const *table,
		     const char *first, struct err *err)
{
	struct term_options opt = { ui->opt ? ui->opt->theme : NULL,
				    ui->opt ? ui->opt->esc_ms : 0 };
	int result;

	if (term_open(&opt, err) < 0)
		return -1;
	result = loop_run(ui, host, table, first, err);
	term_close();
	return result;
}
