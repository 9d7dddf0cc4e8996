/* seat.c: real screens on a clinic that the test has open. */
#include "seat.h"

#include <check.h>
#include <stdio.h>

#include "clinic/act.h"
#include "tui/loop.h"

static struct moment host_now(struct ui *ui)
{
	desk_tick(ui->desk);
	return ui->desk->now;
}

static bool host_changed(struct ui *ui)
{
	return desk_changed(ui->desk);
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

static int run(void *arg)
{
	static const struct host host = {
		.now = host_now, .changed = host_changed, .undo = host_undo, .warning = host_warning
	};
	const struct seat *seat = arg;
	const struct screen *const table[] = { seat->first, seat->second, NULL };
	struct tui_options opt = { .theme = "mono" };
	struct clinic mine;
	struct err err = ERR_INIT;
	int rc;

	clinic_second(seat->c, &mine, seat->user);
	struct ui ui = { .desk = &mine.desk, .opt = &opt, .role = mine.desk.user.role };

	rc = loop_in_terminal(&ui, &host, table, NULL, &err);
	if (rc < 0)
		printf("%s\n", err.text);
	clinic_second_close(&mine);
	return rc < 0 ? (int)err.kind : 0;
}

struct pty *seat_start(struct seat *seat)
{
	return pty_start(&(struct pty_options){
		.run = run, .arg = seat, .rows = seat->rows, .cols = seat->cols });
}

void seat_leave(struct pty *p)
{
	pty_keys(p, "<C-q>");
	ck_assert_int_eq(pty_end(p), 0);
}
