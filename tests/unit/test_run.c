/* test_run.c: other programs, run to their end whatever they do. */
#include "suite.h"

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/process.h"
#include "base/run.h"

static struct err err;
static struct ran ran;

static void run(const char *line, const char *input, int seconds)
{
	struct words w = { 0 };

	ck_assert_msg(words_split(line, &w, &err) == 0, "%s", err.text);
	ck_assert_msg(run_words(&w, input, strlen(input), seconds, &ran, &err) == 0, "%s",
		      err.text);
	words_done(&w);
}

START_TEST(a_command_is_words_and_no_shell_reads_it)
{
	struct words w = { 0 };

	ck_assert_int_eq(words_split("  lp -o 'fit to  page' \"\" a'b 'c", &w, &err), 0);
	ck_assert_uint_eq(w.n, 5);
	ck_assert_str_eq(w.v[2], "fit to  page");
	ck_assert_str_eq(w.v[3], "");
	ck_assert_str_eq(w.v[4], "ab c");
	ck_assert_ptr_null(w.v[5]);
	words_done(&w);
	ck_assert_int_eq(words_split("lp 'open", &w, &err), -1);
	ck_assert_int_eq(words_split("  ", &w, &err), -1);
	run("/bin/echo $HOME; `id` > /dev/null", "", 60);
	ck_assert_str_eq(ran.said, "$HOME; `id` > /dev/null");
}
END_TEST

START_TEST(it_hears_its_input_and_its_last_line_is_kept)
{
	char *long_text = mem_new(300001);

	memset(long_text, 'x', 300000);
	run("/usr/bin/wc -c", long_text, 60);
	ck_assert_str_eq(ran.said, "300000");
	ck_assert(ran.started && !ran.late);
	ck_assert_int_eq(ran.status, 0);
	run("/bin/sh -c 'cat >/dev/null; echo one; echo two >&2; exit 75'", long_text, 60);
	ck_assert_str_eq(ran.said, "two");
	ck_assert_int_eq(ran.status, RUN_LATER);
	/* It need not listen. */
	run("/bin/true", long_text, 60);
	ck_assert_int_eq(ran.status, 0);
	/* What it says is cut, and safe to show. */
	run("/usr/bin/head -c 5000000 /dev/zero", "", 60);
	ck_assert_uint_lt(strlen(ran.said), RUN_SAID);
	run("/usr/bin/printf 'a\\033[2Jb\\n\\n'", "", 60);
	ck_assert_str_eq(ran.said, "a?[2Jb");
	mem_free(long_text);
}
END_TEST

START_TEST(what_hangs_is_ended_and_what_dies_is_told)
{
	char said[300];

	run("/usr/bin/tail -f /dev/null", "", 0);
	ck_assert(ran.started && ran.late);
	run("/bin/sh -c 'kill -SEGV $$'", "", 60);
	ck_assert_int_eq(ran.status, 128 + SIGSEGV);
	ran_words(&ran, said, sizeof said);
	ck_assert_str_eq(said, "ended by signal 11");
	run("/nowhere/send-text", "", 60);
	ck_assert(!ran.started);
	ran_words(&ran, said, sizeof said);
	ck_assert_str_eq(said,
			 "could not be started: /nowhere/send-text: No such file or directory");
	/* Somebody left behind holds our pipe open: that keeps nobody. */
	run("/bin/sh -c 'tail -f /dev/null & echo left'", "", 60);
	ck_assert(!ran.late);
	ck_assert_str_eq(ran.said, "left");
}
END_TEST

START_TEST(how_it_ended_is_known_though_who_started_us_ignores_children)
{
	signal(SIGCHLD, SIG_IGN);
	run("/bin/false", "", 60);
	ck_assert_int_eq(ran.status, 1);
}
END_TEST

START_TEST(it_learns_nothing_about_us)
{
	setenv("OHDESK_DB", "secret", 1);
	run("/bin/sh -c 'env | grep -v -e ^PATH= -e ^LANG= -e ^PWD= -e ^_= -e ^SHLVL= | wc -l'", "",
	    60);
	ck_assert_str_eq(ran.said, "0");
	/* 0, 1, 2, and the one that ls itself opens. */
	ck_assert_int_ge(dup(0), 3);
	run("/bin/sh -c 'ls /proc/self/fd | wc -l'", "", 60);
	ck_assert_str_eq(ran.said, "4");
	/* We ignore a reader that went away; a program of its own must not inherit that. */
	signal(SIGPIPE, SIG_IGN);
	run("/bin/grep SigIgn /proc/self/status", "", 60);
	ck_assert_uint_eq(strtoul(ran.said + strlen("SigIgn:?"), NULL, 16) & 1u << (SIGPIPE - 1),
			  0);
}
END_TEST

START_TEST(a_process_is_known_again_and_its_number_alone_is_not)
{
	struct process me = process_self(), other = me;

	ck_assert(process_lives(me));
	other.born++;
	ck_assert(!process_lives(other));
	other.pid = 0;
	ck_assert(!process_lives(other));
}
END_TEST

TEST_MAIN("run", a_command_is_words_and_no_shell_reads_it,
	  it_hears_its_input_and_its_last_line_is_kept, what_hangs_is_ended_and_what_dies_is_told,
	  how_it_ended_is_known_though_who_started_us_ignores_children, it_learns_nothing_about_us,
	  a_process_is_known_again_and_its_number_alone_is_not)
