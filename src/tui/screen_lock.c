/*
 * screen_lock.c: S1b: the lock.  Replaces the whole display; no names are shown while it is there.
 *
 * The PIN opens the session of who locked it and nothing else; three wrong ones ask for the
 * password.  Somebody else signs in with Esc.
 */
#include <stdio.h>
#include <string.h>

#include "clinic/park.h"
#include "clinic/refs.h"
#include "clinic/signin.h"
#include "loop.h"
#include "screens.h"
#include "sync/state.h"

struct lock {
	struct form form;
	bool begun, unsaved;
	int parked;
	int tries;
	char sync[SYNC_TITLE]; /* as of then; "" alone */
	char when[DAY_TEXT], service[NAME_TEXT], site[NAME_TEXT], user[CODE_TEXT];
};

static const struct form_field fields[] = {
	{ .name = "pin",
	  .label = "PIN",
	  .row = 6,
	  .col = 26,
	  .box = 32,
	  .width = 8,
	  .kind = FIELD_PASSWORD,
	  .max = 8 },
	{ 0 },
};

static int lock_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct lock *l = state;
	struct sync_now sync;

	(void)err;
	if (refresh || l->begun)
		return 0;
	form_init(&l->form, fields);
	l->begun = true;
	l->unsaved = loop_unsaved(ui);
	park_count(ui->desk, &l->parked, NULL);
	minute_show(moment_minute(ui->now), l->when);
	if (sync_now(ui->desk, &sync, NULL) == 0)
		sync_title(&sync, ui->now, l->sync);
	snprintf(l->service, sizeof l->service, "%s", ui->desk->refs->service_name);
	snprintf(l->site, sizeof l->site, "%s", ui->desk->site.name);
	snprintf(l->user, sizeof l->user, "%s", ui->desk->user.name);
	return 0;
}

static void lock_draw(struct canvas *c, const void *state)
{
	const struct lock *l = state;
	int col = canvas_printf(c, 4, 13, BOLD, "LOCKED %s", l->when);

	col = canvas_put(c, 4, col + 3, PLAIN, l->service);
	if (*l->site)
		canvas_printf(c, 4, col, PLAIN, "%s%s", *l->service ? " - " : "", l->site);
	canvas_put(c, 6, 13, PLAIN, l->user);
	form_draw(c, &l->form, true, 0);
	canvas_put(c, 8, 13, PLAIN, "Somebody else?  Esc signs in the next user.");
	canvas_printf(c, 9, 13, PLAIN,
		      l->unsaved ? "%s's work is parked then, and nothing of it is shown."
				 : "Nothing of %s's is shown.",
		      l->user);
	if (l->parked)
		canvas_printf(c, 6, 45, PLAIN, "%d parked task%s safe", l->parked,
			      l->parked == 1 ? " is" : "s are");
	if (*l->sync)
		canvas_printf(c, 11, 13, PLAIN, "%s %s", l->sync, l->when);
	canvas_put(c, 11, *l->sync ? 36 : 13, PLAIN, "No names are shown while locked.");
}

static void lock_leave(struct ui *ui, void *state)
{
	(void)ui;
	form_done(&((struct lock *)state)->form);
}

static struct form *lock_form(void *state)
{
	return &((struct lock *)state)->form;
}

static enum next lock_open(struct ui *ui, void *state)
{
	struct lock *l = state;
	struct err err = ERR_INIT;
	int rc = signin_unlock(ui->desk, form_text(&l->form, "pin"), &l->tries, &err);

	form_set(&l->form, "pin", "");
	if (rc == 0)
		return BACK;
	if (l->tries >= PIN_TRIES)
		screens_sign_out(ui);
	return ui_fail(ui, &err);
}

static enum next lock_out(struct ui *ui, void *state)
{
	(void)state;
	screens_sign_out(ui);
	return STAY;
}

static const struct key keys[] = {
	{ .key = "Enter", .name = "unlock", .label = "Unlock", .act = lock_open },
	{ .key = "Esc F12", .name = "next_user", .label = "Next user", .act = lock_out },
	{ .key = "C-q", .name = "sign_out", .label = "Sign out", .act = lock_out },
	{ 0 },
};

const struct screen screen_lock = {
	.name = "lock",
	.title = "LOCKED",
	.help = "unlock",
	.modal = true,
	.state = sizeof(struct lock),
	.load = lock_load,
	.draw = lock_draw,
	.leave = lock_leave,
	.form = lock_form,
	.keys = keys,
};
