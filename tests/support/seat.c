/* seat.c: real screens on a clinic that the test has open. */
#include "seat.h"

#include <check.h>
#include <stdio.h>

#include "tui/screens.h"

static int run(void *arg)
{
	const struct seat *seat = arg;
	const struct screen *const table[] = { seat->first, seat->second, NULL };
	struct tui_options opt = { .theme = "mono" };
	struct clinic mine;
	struct err err = ERR_INIT;
	int rc;

	clinic_second(seat->c, &mine, seat->user);
	rc = tui_run_on(&mine.desk, &opt, table, NULL, &err);
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
