/* test_print.c: what goes to a printer, and what comes back from it. */
#include "suite.h"

#include <stdio.h>

#include "base/alloc.h"
#include "base/config.h"
#include "base/file.h"
#include "clinic.h"
#include "clinic/outbox.h"
#include "clinic/print.h"
#include "model/print.h"
#include "store/prints.h"

static struct clinic c;
static struct err err;
static struct config *config;

/* This machine's printer: a program of those lines, given the folder to write to. */
static void printer(const char *lines, const char *more)
{
	char *path = mem_printf("%s/ohdesk.ini", c.folder);
	FILE *f = fopen(path, "w");

	fprintf(f, "[print]\ncommand = \"/bin/sh -c '%s' %s\"\n%s", lines, c.folder, more);
	fclose(f);
	config_close(config);
	ck_ok(config_open(path, &config, &err), err);
	c.desk.config = config;
	mem_free(path);
}

static void printed(const char *want)
{
	char *path = mem_printf("%s/paper", c.folder);
	struct buf text = { 0 };

	ck_ok(file_read(path, 10000, &text, &err), err);
	ck_assert_str_eq(text.s, want);
	buf_done(&text);
	mem_free(path);
}

static int open_jobs(struct print *ret)
{
	struct prints list = { 0 };
	int n;

	ck_ok(print_open(&c.desk, &list, &err), err);
	if (list.n && ret)
		*ret = list.v[0];
	n = (int)list.n;
	list_free(&list);
	return n;
}

START_TEST(the_printer_gets_the_text_and_a_title_without_a_name)
{
	clinic_open(&c);
	printer("echo $* >$0/paper; cat >>$0/paper", "list = desk-a4\nslip = slips\n");
	ck_ok(print_text(&c.desk, "Tomorrow", "10:00 OKAFOR\n", &err), err);
	printed("-d desk-a4 -t Tomorrow\n10:00 OKAFOR\n");
	ck_ok(print_slip(&c.desk, "Appointment slip", "Thursday\n", &err), err);
	printed("-d slips -t Appointment slip\nThursday\n");
	ck_assert_int_eq(open_jobs(NULL), 0);
	/* Nobody keeps what stands on paper. */
	ck_assert_int_eq(clinic_count(&c, "SELECT sum(length(body)) FROM print_job"), 0);
	config_close(config);
	clinic_close(&c);
}
END_TEST

START_TEST(what_could_not_be_printed_comes_back_and_is_printed_once_more)
{
	struct print p = { 0 };
	int failed = 0;

	clinic_open(&c);
	printer("echo no paper >&2; exit 3", "");
	ck_ok(print_text(&c.desk, "Tomorrow", "10:00 OKAFOR\n", &err), err);
	ck_assert_int_eq(open_jobs(&p), 1);
	ck_assert_str_eq(p.state, "failed");
	ck_assert_str_eq(p.why, "status 3: no paper");
	ck_ok(prints_failed(c.store, (struct moment){ 1 }, &failed, &err), err);
	ck_assert_int_eq(failed, 1);
	printer("cat >$0/paper", "");
	ck_ok(print_again(&c.desk, p.k, &err), err);
	printed("10:00 OKAFOR\n");
	ck_assert_int_eq(open_jobs(NULL), 0);
	ck_refused(print_run(&c.desk, p.k, &err), err, ERR_CLASH);
	/* Of what is printed no text is kept: not an empty page. */
	ck_refused(print_again(&c.desk, p.k, &err), err, ERR_CLASH);
	ck_refused(print_drop(&c.desk, p.k, &err), err, ERR_CLASH);
	ck_refused(print_again(&c.desk, p.k + 1, &err), err, ERR_MISSING);
	config_close(config);
	clinic_close(&c);
}
END_TEST

START_TEST(what_was_killed_while_it_was_printed_is_said_and_can_be_printed)
{
	struct outbox_trouble t;
	struct print p = { 0 };

	clinic_open(&c);
	printer("exit 3", "");
	ck_ok(print_text(&c.desk, "Tomorrow", "10:00 OKAFOR\n", &err), err);
	ck_assert_int_eq(open_jobs(&p), 1);
	/* As it stands when the process that was to print it is killed. */
	ck_ok(store_begin(c.store, &err), err);
	ck_ok(print_set(c.store, p.k, "waiting", NULL, &err), err);
	ck_ok(store_commit(c.store, &err), err);
	ck_ok(outbox_trouble(&c.desk, &t, &err), err);
	ck_assert_int_eq(t.prints, 0);
	world_pass(&c.world, 301);
	desk_tick(&c.desk);
	ck_ok(outbox_trouble(&c.desk, &t, &err), err);
	ck_assert_int_eq(t.prints, 1);
	printer("cat >$0/paper", "");
	ck_ok(print_again(&c.desk, p.k, &err), err);
	printed("10:00 OKAFOR\n");
	config_close(config);
	clinic_close(&c);
}
END_TEST

START_TEST(a_command_that_is_no_command_is_a_failed_job_too)
{
	struct print p = { 0 };
	char *path, *none;
	FILE *f;

	clinic_open(&c);
	path = mem_printf("%s/ohdesk.ini", c.folder);
	none = mem_printf("%s/none", c.folder);
	f = fopen(path, "w");
	fprintf(f, "[print]\ncommand = %s\n", none);
	fclose(f);
	ck_ok(config_open(path, &config, &err), err);
	c.desk.config = config;
	mem_free(path);
	mem_free(none);
	ck_ok(print_text(&c.desk, "Tomorrow", "x\n", &err), err);
	ck_assert_int_eq(open_jobs(&p), 1);
	ck_assert_ptr_nonnull(strstr(p.why, "could not be started"));
	ck_ok(print_drop(&c.desk, p.k, &err), err);
	ck_assert_int_eq(open_jobs(NULL), 0);
	config_close(config);
	clinic_close(&c);
}
END_TEST

TEST_MAIN("print", the_printer_gets_the_text_and_a_title_without_a_name,
	  what_could_not_be_printed_comes_back_and_is_printed_once_more,
	  what_was_killed_while_it_was_printed_is_said_and_can_be_printed,
	  a_command_that_is_no_command_is_a_failed_job_too)
