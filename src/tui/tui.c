/*
 * tui.c: the screens on a real desk: its clock, its user, other desks' changes, its undo.  Of the
 * frame nothing but this and parking.c knows the clinic.
 */
#include "tui/tui.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "clinic/act.h"
#include "clinic/desk.h"
#include "clinic/became.h"
#include "clinic/park.h"
#include "clinic/task.h"
#include "loop.h"
#include "screens.h"
#include "sync/state.h"

enum { PASSED_MS = 5000 }; /* between two looks at what passes by the clock alone */

/* What this desk knows of the line to the hub. */
struct own {
	struct sync_now sync;
	char state[16]; /* as sync_status() says it */
	int64_t looked;
	bool news; /* there may be something to say that was not said yet */
	bool away; /* the last that was said of the line */
};

/* Asked as of this moment, not of the last key. */
static void look_at_line(struct ui *ui, struct sync_now *ret)
{
	struct moment was = ui->desk->now;

	ui->desk->now = ui->desk->world->now(ui->desk->world);
	if (sync_now(ui->desk, ret, NULL) < 0)
		*ret = ((struct own *)ui->own)->sync;
	ui->desk->now = was;
	((struct own *)ui->own)->looked = world_ticks();
}

/* A node that takes no more, may not use its holds yet, or is none any more, is worse off than one
 * without a line. */
static void title(const struct own *own, struct moment now, char ret[SYNC_TITLE])
{
	static const char *const words[][2] = { { "stopped", "STOPPED" },
						{ "restored", "RESTORED" },
						{ "excluded", "EXCLUDED" },
						{ "replaced", "REPLACED" } };

	sync_title(&own->sync, now, ret);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(own->state, words[i][0]) == 0)
			snprintf(ret, SYNC_TITLE, "%s", words[i][1]);
}

static struct moment host_now(struct ui *ui)
{
	const struct own *own = ui->own;

	desk_tick(ui->desk);
	ui->role = id_none(ui->desk->user.id) ? 0 : ui->desk->user.role;
	if (ui->role)
		title(own, ui->desk->now, ui->loop->bar.sync);
	return ui->desk->now;
}

/* Whoever sits here already, without the sign-in screen, is met by what they left too. */
static void host_begun(struct ui *ui)
{
	if (ui->role)
		screens_parked(ui);
}

static bool host_changed(struct ui *ui)
{
	return desk_changed(ui->desk);
}

/* Does the line say otherwise by now, though nobody wrote: whoever kept it is gone. */
static bool host_passed(struct ui *ui)
{
	struct own *own = ui->own;
	struct sync_now now;

	if (world_ticks() - own->looked < PASSED_MS || own->sync.word == SYNC_ALONE)
		return false;
	look_at_line(ui, &now);
	return now.word != own->sync.word;
}

static void host_refresh(struct ui *ui)
{
	sync_poke(ui->desk, NULL);
}

/* The line dropped, or is back: said once, with what it means for a booking. */
static bool say_line(struct ui *ui)
{
	struct own *own = ui->own;
	bool away = own->sync.word == SYNC_OFFLINE;
	char at[DAY_TEXT];

	if (away == own->away || own->sync.word == SYNC_ALONE)
		return false;
	own->away = away;
	if (away && !moment_none(own->sync.offline))
		ui_warn(ui, "The line dropped at %s. Nothing you typed is lost.",
			minute_show(moment_minute(own->sync.offline), at));
	else if (!away && own->sync.pending)
		ui_done(ui, "The line is back: %lld change%s being sent.",
			(long long)own->sync.pending, own->sync.pending == 1 ? " is" : "s are");
	else if (!away)
		ui_done(ui, "The line is back.");
	return true;
}

/* What became of this user's bookings: said once, on whichever screen; the lists keep it. */
static void host_news(struct ui *ui)
{
	struct own *own = ui->own;
	struct became b;

	if (!ui->role || say_line(ui) || !own->news)
		return;
	own->news = false;
	if (became_look(ui->desk, &b, NULL) < 0 || !*b.line)
		return;
	if (b.lost)
		ui_warn(ui, "%s", b.line);
	else
		ui_done(ui, "%s", b.line);
	became_heard(ui->desk, &b, NULL);
}

static void host_bar(struct ui *ui, struct bar *ret)
{
	struct own *own = ui->own;
	struct sync_status status;
	int tasks, parked;

	*ret = (struct bar){ 0 };
	ui->role = id_none(ui->desk->user.id) ? 0 : ui->desk->user.role;
	look_at_line(ui, &own->sync);
	if (!ui->role)
		return;
	own->news = own->sync.attention > 0;
	if (own->sync.word != SYNC_ALONE && sync_status(ui->desk, &status, NULL) == 0)
		COPY(own->state, status.state);
	title(own, ui->desk->now, ret->sync);
	snprintf(ret->user, sizeof ret->user, "%s", ui->desk->user.name);
	/* Without a count nothing is said: what is asked for next tells of a disk that fails. */
	if (task_count(ui->desk, &tasks, NULL) == 0 && tasks > 0)
		snprintf(ret->tasks, sizeof ret->tasks, "Tasks %d", tasks < 999 ? tasks : 999);
	if (park_count(ui->desk, &parked, NULL) == 0 && parked > 0)
		snprintf(ret->parked, sizeof ret->parked, "Parked %d", parked < 999 ? parked : 999);
}

static enum next host_undo(struct ui *ui, void *state)
{
	struct err err = ERR_INIT;
	char what[160];

	(void)state;
	if (act_undo_last(ui->desk, what, sizeof what, &err) < 0)
		return ui_fail(ui, &err);
	ui_done(ui, "Taken back: %s", what);
	return REFRESH;
}

static const char *host_warning(const struct ui *ui)
{
	return ui->desk->warning;
}

/* Screens 2: five minutes where the public stands, ten elsewhere. */
static int host_idle(const struct ui *ui)
{
	int minutes = ui->opt->idle_minutes;

	if (!ui->role)
		return 0;
	if (minutes <= 0)
		minutes = ui->role == ROLE_RECEPTION ? 5 : 10;
	return minutes * 60000;
}

static const struct host host = { .now = host_now,
				  .begun = host_begun,
				  .changed = host_changed,
				  .passed = host_passed,
				  .news = host_news,
				  .refresh = host_refresh,
				  .bar = host_bar,
				  .undo = host_undo,
				  .warning = host_warning,
				  .idle_ms = host_idle };

int tui_run_on(struct desk *desk, const struct tui_options *opt, const struct screen *const *table,
	       const char *first, struct err *err)
{
	struct own own = { .looked = 0 };
	struct ui ui = { .desk = desk, .opt = opt, .own = &own };

	/* How it is at the beginning is no news. */
	look_at_line(&ui, &own.sync);
	own.away = own.sync.word == SYNC_OFFLINE;

	return loop_in_terminal(&ui, &host, table, first, err);
}

int tui_run(struct desk *desk, const struct tui_options *opt, struct err *err)
{
	const char *first = id_none(desk->user.id) ? "signin" : "desk";

	return tui_run_on(desk, opt, screens, opt->first ? opt->first : first, err);
}
