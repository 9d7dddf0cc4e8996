/* test_tui.c: the screens on a real desk, in a child with a clinic of its own. */
#include "suite.h"

#include <signal.h>
#include <stdio.h>

#include "clinic.h"
#include "pty.h"
#include "tui/tui.h"

static int run(void *user)
{
	struct clinic c = { 0 };
	struct err err = ERR_INIT;
	struct tui_options opt = { 0 };
	int result;

	clinic_open(&c);
	clinic_sit(&c, user);
	opt.practice = c.desk.practice;
	result = tui_run(&c.desk, &opt, &err);
	if (result < 0)
		printf("%s\n", err.text);
	clinic_close(&c);
	return result < 0 ? (int)err.kind : 0;
}

START_TEST(the_screens_open_on_a_real_desk)
{
	char user[] = "p.shah";
	struct pty *p = pty_start(&(struct pty_options){ .run = run, .arg = user });

	ck_assert_msg(strstr(pty_row(p, 1), "Thu 12-Mar-2026 09:42  p.shah"), "%s", pty_row(p, 1));
	kill(pty_pid(p), SIGTERM);
	ck_assert_int_eq(pty_end(p), 0);
}
END_TEST

TEST_MAIN("tui", the_screens_open_on_a_real_desk)
