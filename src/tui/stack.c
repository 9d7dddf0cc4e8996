/*
 * stack.c: which screens are open, one on another, and what was said on row 23.
 *
 * The first screen is never left by Esc.  A screen that is opened again is taken from where it
 * stood and put on top, so that no walk between screens can grow the stack without end.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "loop.h"
#include "parking.h"
#include "screens.h"
#include "term.h"

struct frame *loop_top(const struct ui *ui)
{
	return loop_below(ui, 0);
}

struct frame *loop_below(const struct ui *ui, int n)
{
	struct loop *l = ui->loop;

	return l->depth > n ? &l->stack[l->depth - 1 - n] : NULL;
}

const struct screen *loop_screen(const struct ui *ui, const char *name)
{
	for (const struct screen *const *s = ui->loop->screens; *s; s++)
		if (strcmp((*s)->name, name) == 0)
			return *s;
	return NULL;
}

bool loop_walled(const struct ui *ui)
{
	for (int i = 0; i < ui->loop->depth; i++)
		if (ui->loop->stack[i].screen->modal)
			return true;
	return false;
}

/* A load anew that is due already is not made less by one that keeps places. */
void frame_stale(struct frame *f, bool refresh)
{
	f->refresh = refresh && (f->refresh || !f->stale);
	f->stale = true;
}

void loop_remove(struct ui *ui, int i)
{
	struct loop *l = ui->loop;
	struct frame f = l->stack[i];

	if (l->ask.owner == f.state)
		ask_end(ui);
	memmove(&l->stack[i], &l->stack[i + 1], sizeof f * (size_t)(l->depth - i - 1));
	l->depth--;
	parking_left(ui, &f);
	if (f.screen->leave)
		f.screen->leave(ui, f.state);
	mem_free(f.state);
	/* A menu or a list of choices has nothing to be about any more. */
	if (i > 0 && i < l->depth && l->stack[i].screen->over)
		loop_remove(ui, i);
	/* What was under it may have been changed meanwhile, here or at another desk. */
	if (l->depth > 0 && i >= l->depth)
		frame_stale(loop_top(ui), true);
	l->dirty = true;
}

void loop_back(struct ui *ui)
{
	if (ui->loop->depth > 1)
		loop_remove(ui, ui->loop->depth - 1);
}

static bool unsaved(const struct frame *f)
{
	return f->screen->unsaved && f->screen->unsaved(f->state);
}

bool loop_unsaved(const struct ui *ui)
{
	for (int i = 0; i < ui->loop->depth; i++)
		if (unsaved(&ui->loop->stack[i]))
			return true;
	return false;
}

void loop_drop_unsaved(struct ui *ui)
{
	for (int i = ui->loop->depth - 1; i > 0; i--)
		if (i < ui->loop->depth && unsaved(&ui->loop->stack[i]))
			loop_remove(ui, i);
}

void *ui_push(struct ui *ui, const struct screen *screen)
{
	struct loop *l = ui->loop;
	struct frame *f;

	for (int i = 0; i < l->depth; i++)
		if (l->stack[i].screen == screen && i > 0) {
			parking_instead(ui, i);
			break;
		}
	if (l->depth == FRAMES_MOST)
		parking_instead(ui, 1);
	f = &l->stack[l->depth++];
	memset(f, 0, sizeof *f);
	f->screen = screen;
	f->state = mem_new(screen->state ? screen->state : 1);
	f->stale = true;
	/* Opened is begun: what is half-made from the start is kept with the first pause. */
	parking_touched(f);
	l->dirty = true;
	return f->state;
}

void ui_home(struct ui *ui)
{
	while (ui->loop->depth > 1)
		loop_remove(ui, ui->loop->depth - 1);
}

enum next ui_open(struct ui *ui, const char *name)
{
	const struct screen *s = loop_screen(ui, name);

	if (!s || (s->there && !s->there(ui)))
		return ui_failf(ui, "There is no screen named %s.", name);
	if (!ui_for(ui, s->roles))
		return ui_failf(ui, "Your role may not open: %s.", s->help ? s->help : s->name);
	if (loop_top(ui)->screen == s)
		return RELOAD;
	if (ui->loop->stack[0].screen == s)
		ui_home(ui);
	else
		ui_push(ui, s);
	return STAY;
}

void ui_restart(struct ui *ui, const char *name)
{
	const struct screen *s = loop_screen(ui, name);
	struct loop *l = ui->loop;

	if (!s)
		return;
	while (l->depth > 0)
		loop_remove(ui, l->depth - 1);
	/* What one user was told, with names in it, is not for the next. */
	loop_messages_done(&l->messages);
	l->said = 0;
	if (l->host->bar)
		l->host->bar(ui, &l->bar);
	ui_push(ui, s);
}

void ui_lock(struct ui *ui)
{
	const struct screen *s = loop_screen(ui, "lock");

	ui->loop->last_key = world_ticks();
	ui->loop->warned = false;
	if (!s || loop_walled(ui))
		return;
	ask_end(ui);
	ui->loop->said = 0;
	ui->loop->going = ui->loop->hint = false;
	term_drop();
	ui_push(ui, s);
}

void ui_place(struct ui *ui, const char *fmt, ...)
{
	struct frame *f = loop_top(ui);
	va_list args;

	va_start(args, fmt);
	vsnprintf(f->place, sizeof f->place, fmt, args);
	va_end(args);
}

bool ui_there(const struct ui *ui, const struct screen *s)
{
	return ui_for(ui, s->roles) && (!s->there || s->there(ui));
}

bool ui_for(const struct ui *ui, unsigned roles)
{
	return roles == 0 || (roles & ui->role) != 0;
}

/* --- row 23 ------------------------------------------------------------------------------------
 */

void loop_messages_done(struct messages *m)
{
	list_each (it, m)
		mem_free(it->text);
	list_free(m);
}

static void say(struct ui *ui, char kind, const char *text)
{
	struct loop *l = ui->loop;
	struct message *m;

	if (l->messages.n == MESSAGES_MOST) {
		mem_free(l->messages.v[0].text);
		memmove(l->messages.v, l->messages.v + 1,
			sizeof *l->messages.v * (MESSAGES_MOST - 1));
		l->messages.n--;
	}
	m = list_push(&l->messages);
	m->kind = kind;
	m->text = mem_str(text);
	m->at = ui->now;
	l->said = kind;
	l->dirty = true;
	l->failed = l->failed || kind == 'E';
}

#define SAY(kind)                                                                                  \
	do {                                                                                       \
		char buf_[512];                                                                    \
		va_list args_;                                                                     \
		va_start(args_, fmt);                                                              \
		vsnprintf(buf_, sizeof buf_, fmt, args_);                                          \
		va_end(args_);                                                                     \
		say(ui, kind, buf_);                                                               \
	} while (0)

void ui_done(struct ui *ui, const char *fmt, ...)
{
	SAY('M');
}

void ui_warn(struct ui *ui, const char *fmt, ...)
{
	SAY('W');
}

bool ui_has_said(const struct ui *ui)
{
	return ui->loop->said != 0;
}

enum next ui_failf(struct ui *ui, const char *fmt, ...)
{
	SAY('E');
	ui->loop->why = ERR_INPUT;
	return FAILED;
}

enum next ui_fail(struct ui *ui, const struct err *err)
{
	struct frame *f = loop_top(ui);
	struct form *form = f && f->screen->form ? f->screen->form(f->state) : NULL;

	if (form && err->field[0])
		form_focus(form, err->field);
	say(ui, 'E', err->text[0] ? err->text : "That did not work, and nothing says why.");
	ui->loop->why = err->kind;
	return FAILED;
}
