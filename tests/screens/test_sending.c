/*
 * test_sending.c: what is promised on row 23, t and Ctrl-P on a row, and the outbox: what did not
 * go, until a person has settled it.  Another desk is this process; the printer is a script.
 */
#include "suite.h"

#include <stdio.h>
#include <string.h>

#include "at_desk.h"
#include "base/alloc.h"
#include "base/config.h"
#include "booked.h"
#include "clinic/booking.h"
#include "clinic/print.h"
#include "tui/tui.h"

static struct booked b;
static struct err err;
static struct config *config;

static void settings(const char *printer)
{
	char *path = mem_printf("%s/ohdesk.ini", b.c.folder);
	FILE *f = fopen(path, "w");

	fprintf(f, "[print]\ncommand = \"/bin/sh -c '%s' %s\"\n", printer, b.c.folder);
	fclose(f);
	config_close(config);
	ck_ok(config_open(path, &config, &err), err);
	b.c.desk.config = config;
	mem_free(path);
}

static void open_one(void)
{
	err_clear(&err);
	booked_open(&b);
	clinic_sit(&b.c, "p.shah");
	settings("cat >$0/paper");
	booked_sql(&b,
		   "UPDATE site SET phone = '01632960123' WHERE code = 'NGT';"
		   "INSERT INTO contact (id, scope, person, kind, value, text_ok, source, at,"
		   " state) SELECT 700000 + id, scope, id, 'mobile', '07700900418', 1, 'desk', 1,"
		   " 'on' FROM person WHERE surname <> 'WEBB'");
	ck_ok(desk_refresh(&b.c.desk, &err), err);
}

static int run(void *arg)
{
	const char *user = arg;
	struct tui_options opt = { 0 };
	struct err why = ERR_INIT;
	struct clinic own;
	int rc;

	clinic_second(&b.c, &own, user);
	own.desk.config = config;
	rc = tui_run(&own.desk, &opt, &why);
	clinic_second_close(&own);
	return rc < 0 ? (int)why.kind : 0;
}

static struct pty *sit(int rows, int cols)
{
	static char user[] = "p.shah";
	struct pty_options how = { .rows = rows, .cols = cols, .run = run, .arg = user };

	return pty_start(&how);
}

static void stop(struct pty *p)
{
	at_desk_end(p);
	config_close(config);
	config = NULL;
	booked_close(&b);
}

static struct id physio(struct id person, struct moment starts)
{
	struct booking_ask ask = {
		.person = person, .service = b.physio, .clinician = b.marsh, .starts = starts
	};
	struct id id = { 0 };

	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	return id;
}

static int64_t messages(const char *where)
{
	char *sql = mem_printf("SELECT count(*) FROM message WHERE %s", where);
	int64_t n = clinic_count(&b.c, sql);

	mem_free(sql);
	return n;
}

/* One of each sort: not sent, not sure, waiting, a printer without paper. */
static void some_trouble(void)
{
	settings("echo no paper; exit 1");
	physio(b.okafor, thu(10, 0));
	world_pass(&b.c.world, 60);
	desk_tick(&b.c.desk);
	physio(b.ellis, next_thu(10, 0));
	world_pass(&b.c.world, 60);
	desk_tick(&b.c.desk);
	physio(b.kestrel, next_thu(12, 40));
	booked_sql(&b, "UPDATE message SET state = 'dead', ended_at = 1773308400, why ="
		       " 'status 1: no such number' WHERE id = (SELECT min(id) FROM message);"
		       "UPDATE message SET state = 'unsure', ended_at = 1773308410, why ="
		       " 'cut off while it was sent' WHERE id = (SELECT max(id) FROM message)");
	ck_ok(print_text(&b.c.desk, "Tomorrow at Northgate", "10:00\n", &err), err);
}

START_TEST(what_goes_to_them_is_said_as_it_is_booked)
{
	struct pty *p;

	open_one();
	p = sit(0, 0);
	pty_keys(p, "/okafor<Enter>bp");
	pty_keys(p, "<Enter>");
	row_has(p, 23, "  Text to 07700 900418.");
	ck_assert_int_eq(messages("state = 'queued' AND event = 'confirmation'"), 1);
	pty_keys(p, "m2<Enter>");
	row_has(p, 23, "moved to");
	row_has(p, 23, "  Text to 07700 900418");
	pty_keys(p, "Xp");
	row_has(p, 23, "OKAFOR, Adaeze (Ms) cancelled.  Text to 07700 900418.   u Undo");
	pty_keys(p, "<F3>/webb<Enter>bp");
	pty_keys(p, "<Enter>");
	row_has(p, 23, "No mobile: tell them.");
	stop(p);
}
END_TEST

START_TEST(t_sends_a_reminder_once_and_book_again_to_who_missed_it)
{
	struct pty *p;

	open_one();
	physio(b.okafor, thu(10, 0));
	booked_sql(&b, "UPDATE message SET state = 'sent'");
	p = sit(0, 0);
	pty_keys(p, "t");
	row_has(p, 23, "M OKAFOR, Adaeze (Ms): Text to 07700 900418.   u Undo");
	pty_keys(p, "t");
	row_has(p, 23, "E That was queued at 09:42 already.");
	pty_keys(p, "u");
	ck_assert_int_eq(messages("event = 'reminder' AND state = 'withdrawn'"), 1);
	stop(p);

	open_one();
	physio(b.okafor, thu(10, 0));
	world_pass(&b.c.world, 3600);
	desk_tick(&b.c.desk);
	p = sit(0, 0);
	pty_count_start(p);
	pty_keys(p, "1Dt");
	ck_assert_int_le(pty_count(p), 5);
	row_has(p, 23, "did not attend, is written to");
	ck_assert_int_eq(messages("event = 'rebook' AND state = 'queued'"), 1);
	/* One undo takes back the mark, the offer and the text. */
	pty_keys(p, "u");
	ck_assert_int_eq(messages("event = 'rebook' AND state = 'queued'"), 0);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM appointment WHERE state = 'B'"),
			 1);
	stop(p);
}
END_TEST

START_TEST(ctrl_p_shows_the_slip_and_enter_prints_it)
{
	char *paper;
	struct pty *p;

	open_one();
	physio(b.okafor, thu(10, 0));
	p = sit(0, 0);
	pty_keys(p, "<C-p>");
	ck_assert(pty_screen_is(p, "tests/screens/slip.screen"));
	pty_keys(p, "<Enter>");
	row_has(p, 1, "DESK");
	row_has(p, 23, "M Appointment slip goes to the printer.");
	ck_assert_int_eq(
		clinic_count(&b.c, "SELECT count(*) FROM print_job WHERE state = 'printed'"), 1);
	paper = mem_printf("grep -q '^Thursday 12 March 2026$' %s/paper", b.c.folder);
	ck_assert_int_eq(system(paper), 0);
	mem_free(paper);
	stop(p);
}
END_TEST

START_TEST(the_outbox_stands_as_designed)
{
	struct pty *p;

	open_one();
	some_trouble();
	p = sit(0, 0);
	pty_keys(p, ":outbox<Enter>");
	ck_assert(pty_screen_is(p, "tests/screens/outbox.screen"));
	stop(p);
	open_one();
	some_trouble();
	p = sit(43, 132);
	pty_keys(p, ":outbox<Enter>");
	ck_assert(pty_screen_is(p, "tests/screens/outbox_132x43.screen"));
	stop(p);
}
END_TEST

START_TEST(an_empty_outbox_says_so)
{
	struct pty *p;

	open_one();
	p = sit(0, 0);
	pty_keys(p, ":outbox<Enter>");
	row_has(p, 4, "Nothing waits, and all that was sent has gone.");
	pty_keys(p, "c");
	row_has(p, 23, "E This row is about no person.");
	pty_keys(p, "<Enter>");
	row_has(p, 23, "E There is nothing on this row.");
	stop(p);
}
END_TEST

START_TEST(what_did_not_go_is_sent_again_rung_or_closed_with_a_reason)
{
	struct pty *p;

	open_one();
	some_trouble();
	p = sit(0, 0);
	pty_keys(p, ":outbox<Enter>");
	row_has(p, 4, "> 1 NOT SURE");
	pty_keys(p, "c");
	row_has(p, 23, "A task to ring them is open; nothing is sent.   u Undo");
	ck_assert_int_eq(messages("state = 'phoned'"), 1);
	pty_keys(p, "u");
	ck_assert_int_eq(messages("state = 'unsure'"), 1);
	pty_keys(p, "2<Enter>");
	row_has(p, 23, "It is tried again with the next that are sent.   u Undo");
	ck_assert_int_eq(messages("state = 'queued'"), 2);
	pty_keys(p, "1X");
	row_has(p, 23, "Settled: how?");
	pty_keys(p, "<Enter>");
	row_has(p, 23, "Settled: how?"); /* a reason is needed */
	pty_keys(p, "<Esc>");
	pty_keys(p, "Xrang him<Enter>");
	row_has(p, 23, "Closed.   u Undo");
	ck_assert_int_eq(messages("state = 'closed' AND why = 'rang him'"), 1);
	/* The printer has paper again; the job is the last row. */
	pty_keys(p, "<End><Enter>");
	row_has(p, 23, "Printed once more.");
	stop(p);
}
END_TEST

START_TEST(now_says_what_did_not_go_and_leads_there)
{
	struct pty *p;

	open_one();
	some_trouble();
	p = sit(0, 0);
	ck_assert_int_gt(pty_find(p, "2 not sent, 1 not printed: Enter opens the outbox"), 0);
	pty_keys(p, "<Tab><Enter>");
	row_has(p, 1, "OUTBOX");
	stop(p);
}
END_TEST

TEST_MAIN("sending", what_goes_to_them_is_said_as_it_is_booked,
	  t_sends_a_reminder_once_and_book_again_to_who_missed_it,
	  ctrl_p_shows_the_slip_and_enter_prints_it, the_outbox_stands_as_designed,
	  an_empty_outbox_says_so, what_did_not_go_is_sent_again_rung_or_closed_with_a_reason,
	  now_says_what_did_not_go_and_leads_there)
