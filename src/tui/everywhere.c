/* everywhere.c: the keys that mean the same on every screen, and the letters after g. */
#include <stdio.h>
#include <string.h>

#include "clinic/esr.h"
#include "clinic/pairs.h"
#include "loop.h"
#include "open.h"
#include "parking.h"
#include "screens.h"
#include "term.h"

static enum next act_help(struct ui *ui, void *state)
{
	(void)state;
	if (loop_top(ui)->screen != &screen_help)
		ui_push(ui, &screen_help);
	return STAY;
}

/* Others than reception begin on their own screen, and find the desk beside it. */
static enum next open_desk(struct ui *ui)
{
	ui_home(ui);
	return loop_screen(ui, "desk") ? ui_open(ui, "desk") : STAY;
}

static enum next leave_yes(struct ui *ui, void *state, char key)
{
	const struct screen *s = ui->loop->leave_for;

	(void)state, (void)key;
	loop_drop_unsaved(ui);
	loop_next(ui, NULL, s ? ui_open(ui, s->name) : open_desk(ui));
	return STAY;
}

/* Goes to another screen, NULL the desk; what was typed and not saved is parked, and asked about
 * where a screen cannot be. */
static enum next leave_for(struct ui *ui, const struct screen *s)
{
	parking_unsaved(ui);
	if (!loop_unsaved(ui))
		return s ? ui_open(ui, s->name) : open_desk(ui);
	ui->loop->leave_for = s;
	ask_yes(ui, leave_yes, "Leave without saving what was typed?");
	return STAY;
}

static enum next act_find(struct ui *ui, void *state)
{
	const struct screen *find = loop_screen(ui, "find");

	(void)state;
	return find ? leave_for(ui, find) : ui_open(ui, "find");
}

static enum next act_menu(struct ui *ui, void *state)
{
	(void)state;
	if (loop_top(ui)->screen != &screen_menu)
		ui_push(ui, &screen_menu);
	return STAY;
}

static enum next act_go(struct ui *ui, void *state)
{
	(void)state;
	ui->loop->going = true;
	return STAY;
}

static enum next act_desk(struct ui *ui, void *state)
{
	(void)state;
	return leave_for(ui, NULL);
}

static enum next act_back(struct ui *ui, void *state)
{
	(void)state;
	if (ui->loop->depth == 1)
		ui_warn(ui, "This is the first screen. Ctrl-Q locks it.");
	return BACK;
}

static enum next act_refresh(struct ui *ui, void *state)
{
	(void)state;
	if (ui->loop->host->refresh)
		ui->loop->host->refresh(ui);
	if (ui->loop->host->bar)
		ui->loop->host->bar(ui, &ui->loop->bar);
	return RELOAD;
}

static enum next act_redraw(struct ui *ui, void *state)
{
	(void)ui;
	(void)state;
	term_redraw();
	return STAY;
}

static enum next act_undo(struct ui *ui, void *state)
{
	if (!ui->loop->host->undo)
		return ui_failf(ui, "There is nothing of yours to undo.");
	return ui->loop->host->undo(ui, state);
}

static enum next act_undo_list(struct ui *ui, void *state)
{
	(void)state;
	return ui_open(ui, "undo");
}

static enum next act_park(struct ui *ui, void *state)
{
	(void)state;
	return parking_top(ui);
}

static enum next act_resume(struct ui *ui, void *state)
{
	(void)state;
	return parking_resume_last(ui);
}

static enum next act_parked(struct ui *ui, void *state)
{
	(void)state;
	return ui_open(ui, "parked");
}

static enum next act_lock(struct ui *ui, void *state)
{
	(void)state;
	if (!loop_screen(ui, "lock"))
		return QUIT;
	ui_lock(ui);
	return STAY;
}

static enum next act_messages(struct ui *ui, void *state)
{
	(void)state;
	ui_push(ui, &screen_messages);
	return STAY;
}

static enum next act_esr(struct ui *ui, void *state)
{
	(void)state;
	return ui_open(ui, "esr");
}

static enum next act_duplicates(struct ui *ui, void *state)
{
	(void)state;
	return ui_open(ui, "duplicates");
}

static enum next act_close(struct ui *ui, void *state)
{
	const struct screen *close = loop_screen(ui, "close");

	(void)state;
	return close && !loop_unsaved(ui) ? close_day(ui) : leave_for(ui, close);
}

static enum next act_handover(struct ui *ui, void *state)
{
	(void)state;
	return hand_desk_over(ui);
}

static enum next act_ill(struct ui *ui, void *state)
{
	(void)state;
	return open_ill(ui);
}

static enum next act_outbox(struct ui *ui, void *state)
{
	(void)state;
	return ui_open(ui, "outbox");
}

const struct key everywhere[] = {
	{ .key = "? F1", .name = "help", .help = "help for this screen", .act = act_help },
	{ .key = "/ F2", .name = "find", .help = "find a person", .act = act_find },
	{ .key = ": F9", .name = "menu", .help = "menu: type what you want", .act = act_menu },
	{ .key = "g", .name = "go", .help = "go to a screen, by a letter", .act = act_go },
	{ .key = "F3", .name = "desk", .help = "the desk", .act = act_desk },
	{ .key = "Esc F12", .name = "back", .help = "back one step", .act = act_back },
	{ .key = "", .name = "undo_list", .help = "undo: the last 20 steps", .act = act_undo_list },
	{ .key = "u", .name = "undo", .help = "undo what you just did", .act = act_undo },
	{ .key = "C-k", .name = "park", .help = "park what is half-made", .act = act_park },
	{ .key = "C-r",
	  .name = "resume",
	  .help = "resume the last parked task",
	  .act = act_resume },
	{ .key = "C-t", .name = "parked", .help = "list parked tasks", .act = act_parked },
	{ .key = "F5", .name = "refresh", .help = "refresh and sync now", .act = act_refresh },
	{ .key = "C-l", .name = "redraw", .help = "redraw the screen", .act = act_redraw },
	{ .key = "C-q", .name = "lock", .help = "lock now", .act = act_lock },
	{ .key = "", .name = "close", .help = "close the day", .act = act_close },
	{ .key = "",
	  .name = "handover",
	  .help = "hand over to the next shift",
	  .act = act_handover },
	{ .key = "",
	  .name = "esr",
	  .help = "ESR: what its files left",
	  .roles = ESR_SETTLE_ROLES,
	  .act = act_esr },
	{ .key = "", .name = "messages", .help = "messages, the last 200", .act = act_messages },
	{ .key = "",
	  .name = "duplicates",
	  .help = "who may be registered twice",
	  .roles = PAIR_ROLES,
	  .act = act_duplicates },
	{ .key = "", .name = "ill", .help = "clinician ill: tell all", .act = act_ill },
	{ .key = "", .name = "outbox", .help = "outbox: what was not sent", .act = act_outbox },
	{ 0 },
};

void everywhere_go(struct ui *ui, int key)
{
	char name[KEY_NAME];

	if (key == K_ESC)
		return;
	for (const struct screen *const *s = ui->loop->screens; *s; s++)
		if ((*s)->go && key == (*s)->go && (!(*s)->there || (*s)->there(ui))) {
			loop_next(ui, NULL, leave_for(ui, *s));
			return;
		}
	ui_failf(ui, "g %s goes nowhere. g alone lists the letters.", key_shown(key, name));
}

void everywhere_hint(const struct ui *ui, char *buf, size_t n)
{
	size_t at = (size_t)snprintf(buf, n, "Go to:");

	for (const struct screen *const *s = ui->loop->screens; *s; s++)
		if ((*s)->go && ui_there(ui, *s) && at < n)
			at += (size_t)snprintf(buf + at, n - at, "  %c %s", (*s)->go, (*s)->name);
	if (at < n)
		snprintf(buf + at, n - at, "  Esc");
}
