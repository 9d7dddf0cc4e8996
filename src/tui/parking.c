/*
 * parking.c: half-made work of the screens that are open: kept, parked, opened again.
 *
 * Always holds: a frame that was opened from a parked row, or of which a draft was kept, names that
 * row; the row ends with the frame, as finished, as parked, or as thrown away for eight hours.
 */
#include "parking.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/hash.h"
#include "clinic/desk.h"
#include "clinic/park.h"

enum {
	DRAFT_MS = 1000, /* without a key: what was typed is kept, */
	DRAFT_KEYS = 64, /* or after so many */
};

/* ---- forms ---- */

#define AT "at"

void parcel_form(struct parcel *p, const struct form *f)
{
	for (int i = 0; i < f->n; i++)
		if (f->fields[i].kind != FIELD_PASSWORD)
			parcel_put(p, f->fields[i].name, form_text(f, f->fields[i].name));
	if (f->n)
		parcel_put(p, AT, f->fields[f->at].name);
}

void parcel_to_form(const struct parcel *p, struct form *f)
{
	for (int i = 0; i < f->n; i++)
		if (parcel_has(p, f->fields[i].name))
			form_set(f, f->fields[i].name, parcel_get(p, f->fields[i].name));
	for (int i = 0; i < f->n; i++)
		if (strcmp(f->fields[i].name, parcel_get(p, AT)) == 0)
			form_focus(f, f->fields[i].name);
	f->dirty = true;
}

/* ---- keeping one ---- */

/* Nobody signed in, or a frame without a clinic: nothing is kept. */
static bool can(const struct ui *ui, const struct frame *f)
{
	return f->screen->park && ui->desk && !id_none(ui->desk->user.id);
}

static bool unsaved(const struct frame *f)
{
	return f->screen->unsaved && f->screen->unsaved(f->state);
}

/* What is half-made there: false when nothing is. */
static bool made_of(const struct ui *ui, const struct frame *f, struct parked *ret,
		    struct parcel **ret_texts)
{
	struct parked p = { .id = f->parked };
	struct parcel *texts;

	if (!can(ui, f))
		return false;
	texts = mem_new(sizeof *texts);
	snprintf(p.screen, sizeof p.screen, "%s", f->screen->name);
	if (!f->screen->park(ui, f->state, &p, texts)) {
		args_free(&parcel_fields, texts);
		return false;
	}
	*ret = p;
	*ret_texts = texts;
	return true;
}

static uint64_t print_of(const struct parked *p, const struct parcel *texts)
{
	unsigned char hash[HASH_BYTES];
	struct buf bytes = { 0 };
	uint64_t print;

	args_encode(&parcel_fields, texts, &bytes);
	buf_str(&bytes, p->place);
	hash_bytes(bytes.s, bytes.n, hash);
	buf_done(&bytes);
	memcpy(&print, hash, sizeof print);
	return print;
}

/* A draft that cannot be written this moment is tried again with the next pause. */
static void draft(struct ui *ui, struct frame *f)
{
	struct parked p;
	struct parcel *texts;
	uint64_t print;

	if (!made_of(ui, f, &p, &texts))
		return;
	print = print_of(&p, texts);
	if (print != f->print && park_draft(ui->desk, &p, texts, NULL) == 0) {
		f->parked = p.id;
		f->print = print;
	}
	args_free(&parcel_fields, texts);
}

void parking_touched(struct frame *f)
{
	if (f->screen->park)
		f->touched++;
}

int parking_due(struct ui *ui, int64_t quiet_ms)
{
	int wait = -1;

	for (int i = 0; i < ui->loop->depth; i++) {
		struct frame *f = &ui->loop->stack[i];

		if (!f->touched || !f->loaded)
			continue;
		if (quiet_ms < DRAFT_MS && f->touched < DRAFT_KEYS) {
			wait = (int)(DRAFT_MS - quiet_ms);
			continue;
		}
		draft(ui, f);
		f->touched = 0;
	}
	return wait;
}

/* ---- parking ---- */

static void show_count(struct ui *ui)
{
	if (ui->loop->host->bar)
		ui->loop->host->bar(ui, &ui->loop->bar);
	ui->loop->dirty = true;
}

/* 1 when it was parked and is gone, 0 when there is nothing to park, -1 when it could not be. */
static int park(struct ui *ui, int i, bool lost, struct parked *ret, struct err *err)
{
	struct frame *f = &ui->loop->stack[i];
	struct parcel *texts;
	int rc;

	if (!made_of(ui, f, ret, &texts))
		return 0;
	ret->lost = lost;
	rc = park_put(ui->desk, ret, texts, err);
	args_free(&parcel_fields, texts);
	if (rc < 0)
		return -1;
	f->parked = 0;
	loop_remove(ui, i);
	return 1;
}

static void say_parked(struct ui *ui, const struct parked *p, int n)
{
	show_count(ui);
	if (n == 1)
		ui_done(ui, "Parked: %s%s%s.  Ctrl-R resumes it.", p->what, *p->who ? ", " : "",
			p->who);
	else if (n > 1)
		ui_done(ui, "%d unfinished tasks are parked.  Ctrl-T lists them.", n);
}

enum next parking_top(struct ui *ui)
{
	struct err err = ERR_INIT;
	struct parked p;

	for (int i = ui->loop->depth - 1; i > 0; i--) {
		int rc = park(ui, i, false, &p, &err);

		if (rc < 0)
			return ui_fail(ui, &err);
		if (rc == 0)
			continue;
		say_parked(ui, &p, 1);
		return STAY;
	}
	return ui_failf(ui, "Nothing here is half-made: there is nothing to park.");
}

static int some(struct ui *ui, bool all, bool lost)
{
	struct err err = ERR_INIT;
	struct parked p;
	int n = 0;

	for (int i = ui->loop->depth - 1; i > 0; i--) {
		int rc = i < ui->loop->depth && (all || unsaved(&ui->loop->stack[i]))
				 ? park(ui, i, lost, &p, &err)
				 : 0;

		if (rc < 0 && !lost)
			ui_fail(ui, &err);
		n += rc > 0;
	}
	if (!lost)
		say_parked(ui, &p, n);
	return n;
}

int parking_unsaved(struct ui *ui)
{
	return some(ui, false, false);
}

int parking_all(struct ui *ui, bool lost)
{
	return some(ui, true, lost);
}

void parking_instead(struct ui *ui, int i)
{
	struct parked p;

	if (unsaved(&ui->loop->stack[i]) && park(ui, i, false, &p, NULL) > 0)
		say_parked(ui, &p, 1);
	else
		loop_remove(ui, i);
}

void ui_finished(struct ui *ui, void *state)
{
	for (int i = 0; i < ui->loop->depth; i++)
		if (ui->loop->stack[i].state == state)
			ui->loop->stack[i].finished = true;
}

void parking_left(struct ui *ui, const struct frame *f)
{
	if (!f->parked || !ui->desk)
		return;
	/* A draft that holds nothing, or is done, leaves nothing behind. */
	if (f->finished || (!f->resumed && !unsaved(f)))
		park_done(ui->desk, f->parked, NULL);
	else
		park_throw(ui->desk, f->parked, NULL);
}

void parking_saved(struct ui *ui, const void *state)
{
	for (int i = 0; i < ui->loop->depth; i++) {
		struct frame *f = &ui->loop->stack[i];

		if (f->state != state)
			continue;
		if (f->parked && ui->desk)
			park_done(ui->desk, f->parked, NULL);
		f->parked = 0;
		f->print = 0;
		f->touched = 0;
		f->resumed = false;
	}
	show_count(ui);
}

/* ---- resuming ---- */

static enum next open_again(struct ui *ui, const struct parked *p, const struct parcel *texts)
{
	const struct screen *s = loop_screen(ui, p->screen);
	enum next next;

	if (!s || !s->resume || !ui_for(ui, s->roles))
		return ui_failf(ui, "This desk has no screen for: %s.", p->what);
	next = s->resume(ui, p, texts);
	if (next == FAILED)
		return next;
	loop_top(ui)->parked = p->id;
	loop_top(ui)->resumed = true;
	show_count(ui);
	ui_done(ui, "Resumed: %s%s%s.  You were at: %s", p->what, *p->who ? ", " : "", p->who,
		p->place);
	return next;
}

enum next parking_resume(struct ui *ui, int64_t id)
{
	struct parked p = { 0 };
	struct parcel *texts;
	struct err err = ERR_INIT;
	enum next next;

	/* What is open now makes way, and is the next to be resumed. */
	parking_all(ui, false);
	if (park_open(ui->desk, id, &p, &texts, &err) < 0)
		return ui_fail(ui, &err);
	next = open_again(ui, &p, texts);
	if (next == FAILED)
		park_put(ui->desk, &p, texts, NULL);
	args_free(&parcel_fields, texts);
	return next;
}

enum next parking_resume_last(struct ui *ui)
{
	struct parkeds list = { 0 };
	struct err err = ERR_INIT;
	int64_t id = 0;

	if (!ui->desk || park_list(ui->desk, &list, &err) < 0)
		return ui_fail(ui, &err);
	if (list.n)
		id = list.v[0].id;
	list_free(&list);
	return id ? parking_resume(ui, id)
		  : ui_failf(ui, "Nothing is parked: Ctrl-K parks what is half-made.");
}
