/*
 * test_close.c: the end of the day on the screen, the desk handed to the next shift, and what is
 * said at sign-in; the test plants what is amiss.
 */
#include "suite.h"

#include <stdio.h>
#include <string.h>

#include "at_desk.h"
#include "base/alloc.h"
#include "booked.h"
#include "clinic/booking.h"
#include "clinic/closing.h"
#include "clinic/keeper.h"
#include "clinic/signin.h"
#include "clinic/task.h"
#include "tui/tui.h"

static struct booked b;
static struct err err;

static struct id book(struct id person, struct id service, struct id clinician, struct moment at)
{
	struct booking_ask ask = {
		.person = person, .service = service, .clinician = clinician, .starts = at
	};
	struct id id = { 0 };

	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	return id;
}

static void ask_for(const char *text)
{
	struct task_ask ask = { .kind = TASK_TODO, .due = thu(17, 0), .text = text };

	ck_ok(task_for_parse(&b.c.desk, "reception", &ask.to, &err), err);
	ck_ok(task_add(&b.c.desk, &ask, NULL, &err), err);
}

static int64_t closings(void)
{
	return clinic_count(&b.c, "SELECT count(*) FROM day_close WHERE state = 'on'");
}

START_TEST(a_clean_day_is_closed_in_four_keys)
{
	struct pty *p;

	booked_open(&b);
	p = at_desk(&b.c, "p.shah", NULL);
	pty_count_start(p);
	pty_keys(p, ":cl<Enter>");
	ck_assert_int_le(pty_count(p), 4);
	row_has(p, 1, "CLOSE DAY  Northgate");
	row_has(p, 2, "closed by p.shah Thu 12-Mar-2026 09:42");
	row_has(p, 23,
		"M Closed.  Fri 13-Mar-2026: 0 people, in spool/NGT-2026-03-13.txt.  u Undo");
	ck_assert_int_eq(closings(), 1);
	pty_keys(p, "<C-s>");
	row_has(p, 23, "E This day is closed already, by p.shah.");
	pty_keys(p, "u");
	ck_assert_int_eq(closings(), 0);
	row_has(p, 2, "nothing stands in the way: Ctrl-S closes it");
	pty_keys(p, "<C-s>");
	ck_assert_int_eq(closings(), 1);
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

#define MESSAGE(state)                                                                              \
	"INSERT INTO message (id, scope, event, channel, person, words, not_before, not_after,"     \
	" node, state, at, why) SELECT 1, scope, 'confirmation', 'text', id, 'x', 1, 2, 1, '" state \
	"', 1, 'no such number' FROM person WHERE given = 'Adaeze'"

/* Somebody booked, somebody in the room, a private one, and a task. */
static void a_day(void)
{
	struct id id;

	booked_open(&b);
	clinic_sit(&b.c, "s.kelly");
	book(b.webb, b.couns, b.kelly, thu(11, 0));
	clinic_sit(&b.c, "p.shah");
	book(b.okafor, b.physio, b.marsh, thu(10, 0));
	id = book(b.ellis, b.ohn, b.adeyemi, thu(10, 0));
	ck_ok(booking_mark(&b.c.desk, id, APPT_ARRIVED, NULL, &err), err);
	ask_for("Put the chairs back");
}

START_TEST(what_stands_in_the_way_is_as_drawn)
{
	struct pty *p;

	a_day();
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, ":close<Enter>");
	ck_assert(pty_screen_is(p, "tests/screens/close.screen"));
	ck_assert_int_eq(closings(), 0);
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

START_TEST(each_row_is_settled_where_it_stands)
{
	struct pty *p;

	a_day();
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, ":close<Enter>");
	row_has(p, 2, "3 rows without an outcome, 1 task due");
	/* The one who is here is seen; one rings and cancels; the task is opened. */
	ck_assert_int_gt(pty_find(p, "ELLIS"), 0);
	pty_keys(p, "2s");
	row_has(p, 2, "2 rows without an outcome, 1 task due");
	pty_keys(p, "1Xp");
	row_has(p, 2, "1 row without an outcome, 1 task due");
	pty_keys(p, "<End><Enter>");
	row_has(p, 1, "TASKS");
	pty_keys(p, "<Enter>d<Esc>");
	row_has(p, 1, "CLOSE DAY");
	row_has(p, 2, "1 row without an outcome");
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

START_TEST(a_day_with_things_left_closes_with_a_reason_only)
{
	struct pty *p;

	a_day();
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, ":close<Enter><C-s>");
	row_has(p, 23, "Why does this stay?");
	pty_keys(p, "<Enter><Esc>");
	ck_assert_int_eq(closings(), 0);
	pty_keys(p, "<C-s>   <Enter>");
	ck_assert_int_eq(closings(), 0);
	pty_keys(p, "<Esc><C-s>Power cut at four<Enter>");
	ck_assert_int_eq(closings(), 1);
	row_has(p, 23, "M Closed.");
	row_has(p, 3, "With 3 rows without an outcome, 1 task due: Power cut at four");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM task WHERE kind = 'handover'"
					    " AND state = 'open'"),
			 1);
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

START_TEST(yesterday_is_closed_when_somebody_forgot)
{
	struct pty *p;

	a_day();
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, ":close<Enter>-");
	row_has(p, 2, "Wed 11-Mar-2026  nothing stands in the way");
	pty_keys(p, "<C-s>");
	row_has(p, 2, "Wed 11-Mar-2026  closed by p.shah");
	pty_keys(p, "=");
	row_has(p, 2, "Thu 12-Mar-2026  3 rows without an outcome");
	pty_keys(p, "+");
	row_has(p, 23, "E A day to come is not closed.");
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

START_TEST(a_message_that_did_not_go_stands_in_the_way)
{
	struct pty *p;

	booked_open(&b);
	booked_sql(&b, MESSAGE("dead"));
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, ":cl<Enter>");
	row_has(p, 2, "1 message not sent");
	row_has(p, 5, "not sent   OKAFOR, Adaeze");
	ck_assert_int_gt(pty_find(p, "confirmation by text: no such number"), 0);
	ck_assert_int_eq(closings(), 0);
	at_desk_end(p);
	booked_sql(&b, "DELETE FROM message");
	booked_close(&b);
}
END_TEST

START_TEST(a_desk_at_all_sites_closes_none)
{
	struct pty *p;

	booked_open(&b);
	p = at_desk(&b.c, "m.doyle", NULL);
	pty_keys(p, ":close<Enter>");
	row_has(p, 23, "E This desk stands at all sites");
	pty_keys(p, ":handover<Enter>");
	row_has(p, 23, "E This desk stands at all sites");
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

START_TEST(the_desk_is_handed_to_the_next_shift_in_one_line)
{
	struct pty *p;

	a_day();
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, ":handov<Enter>Lift is out<Enter>");
	row_has(p, 23, "M Handed to the next shift at Northgate.");
	row_has(p, 1, "Tasks 2");
	pty_keys(p, "gk");
	ck_assert_int_gt(pty_find(p, "Lift is out. Open now: 3 rows without an outcome"), 0);
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

START_TEST(typed_text_is_parked_before_the_day_is_closed)
{
	struct pty *p;

	booked_open(&b);
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, "gknHalf<F9>close<Enter>");
	row_has(p, 1, "Parked 1");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM parked WHERE state = 'parked'"),
			 1);
	/* ... and stands in the way, for its user alone. */
	row_has(p, 2, "1 parked draft");
	ck_assert_int_eq(closings(), 0);
	pty_keys(p, "<Enter>");
	row_has(p, 1, "PARKED");
	at_desk_end(p);
	clinic_sit(&b.c, "a.root");
	struct closing c;

	ck_ok(closing_look(&b.c.desk, b.ngt, b.c.desk.today, &c, &err), err);
	ck_assert_uint_eq(c.left.n, 0);
	closing_done(&c);
	booked_close(&b);
}
END_TEST

/* ---- at sign-in ---- */

static int sign_in_screens(void *arg)
{
	struct tui_options opt = { .first = "signin" };
	struct clinic own;
	struct err why = ERR_INIT;
	int rc;

	(void)arg;
	clinic_second(&b.c, &own, "p.shah");
	desk_stand(&own.desk);
	rc = tui_run(&own.desk, &opt, &why);
	clinic_second_close(&own);
	return rc < 0 ? (int)why.kind : 0;
}

static void passwords(void)
{
	booked_open(&b);
	clinic_sit(&b.c, "p.shah");
	ck_ok(signin_set_secret(&b.c.desk, "p.shah", "correct horse", false, &err), err);
}

static struct pty *sign_in(void)
{
	struct pty *p = pty_start(&(struct pty_options){ .run = sign_in_screens });

	pty_keys(p, "p.shah<Enter>correct horse<Enter>");
	row_has(p, 1, "DESK");
	return p;
}

static void leave(struct pty *p)
{
	at_desk_end(p);
}

START_TEST(who_signs_in_hears_that_nothing_is_amiss)
{
	struct pty *p;

	passwords();
	p = sign_in();
	row_is(p, 23, "M Nothing is amiss, no backup yet.");
	leave(p);
	booked_close(&b);
}
END_TEST

static void amiss(const char *plant, const char *said, const char *mend)
{
	struct pty *p;

	booked_sql(&b, plant);
	p = sign_in();
	row_has(p, 23, said);
	leave(p);
	booked_sql(&b, mend);
}

START_TEST(who_signs_in_hears_what_is_amiss)
{
	char backup[160];

	passwords();
	book(b.okafor, b.physio, b.marsh, thu(10, 0));
	ask_for("Put the chairs back");
	amiss("INSERT INTO overlap (id, type, a, b, at, state) VALUES (1, 'slot', 1, 2, 3, 'open'),"
	      " (2, 'slot', 1, 2, 3, 'open')",
	      "W 2 overlaps, no backup yet.", "DELETE FROM overlap");
	amiss("UPDATE appointment SET day = day - 8",
	      "W 1 row of an earlier day without an outcome",
	      "UPDATE appointment SET day = day + 8");
	/* Its slot is gone. */
	amiss("UPDATE slot SET note = 'x', appt = NULL WHERE appt IS NOT NULL", "W 1 orphan",
	      "UPDATE slot SET appt = (SELECT id FROM appointment), note = NULL WHERE note = 'x'");
	/* It was cancelled, and yet keeps it. */
	amiss("UPDATE appointment SET state = 'X', ended_at = 1, code = '2', cancelled_by = 'person'",
	      "W 1 orphan",
	      "UPDATE appointment SET state = 'B', ended_at = NULL, code = '0',"
	      " cancelled_by = NULL");
	amiss("UPDATE task SET for_role = NULL, for_user = (SELECT id FROM user WHERE name ="
	      " 's.kelly'); UPDATE user SET state = 'off' WHERE name = 's.kelly'",
	      "W 1 orphan",
	      "UPDATE task SET for_user = NULL, for_role = 'reception';"
	      "UPDATE user SET state = 'on' WHERE name = 's.kelly'");
	amiss("INSERT INTO print_job (at, user, paper, title, body, state, why)"
	      " VALUES (1, 1, 'list', 't', 'b', 'failed', 'no paper')",
	      "W 1 list not printed", "UPDATE print_job SET state = 'closed'");
	amiss(MESSAGE("dead"), "W 1 message did not go, no backup yet.", "DELETE FROM message");
	/* In a practice database nobody waits for them; in any other somebody does. */
	amiss(MESSAGE("queued"), "M Nothing is amiss", "SELECT 1");
	amiss("UPDATE me SET practice = 0", "W 1 message waits, no backup yet.",
	      "DELETE FROM message; UPDATE me SET practice = 1");
	/* A backup, and three days. */
	clinic_sit(&b.c, "a.root");
	snprintf(backup, sizeof backup, "%s/backup", b.c.folder);
	ck_ok(keeper_backup(&b.c.desk, backup, &err), err);
	amiss("SELECT 1", "M Nothing is amiss, last backup today 09:42.", "SELECT 1");
	amiss("UPDATE backup SET at = at - 3 * 86400; UPDATE me SET practice = 0",
	      "W last backup 3 days ago.", "UPDATE me SET practice = 1");
	booked_close(&b);
}
END_TEST

TEST_MAIN("close", a_clean_day_is_closed_in_four_keys, what_stands_in_the_way_is_as_drawn,
	  each_row_is_settled_where_it_stands, a_day_with_things_left_closes_with_a_reason_only,
	  yesterday_is_closed_when_somebody_forgot, a_message_that_did_not_go_stands_in_the_way,
	  a_desk_at_all_sites_closes_none, the_desk_is_handed_to_the_next_shift_in_one_line,
	  typed_text_is_parked_before_the_day_is_closed, who_signs_in_hears_that_nothing_is_amiss,
	  who_signs_in_hears_what_is_amiss)
