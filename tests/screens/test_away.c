/*
 * test_away.c: a clinician is ill: who is hit and where each could go, and all of it done by one
 * key.
 */
#include "suite.h"

#include <stdio.h>

#include "at_desk.h"
#include "base/alloc.h"
#include "booked.h"
#include "clinic/booking.h"
#include "clinic/diary.h"

static struct booked b;
static struct err err;

#define HAS(row, text) ck_assert_msg(strstr(pty_row(p, row), text) != NULL, "%s", pty_row(p, row))

static void book(struct id person, struct moment starts)
{
	struct booking_ask ask = {
		.person = person, .service = b.physio, .clinician = b.marsh, .starts = starts
	};
	struct id id;

	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
}

/* Three on Thursday with Marsh, one of them more urgent, one with a telephone. */
static void some_booked(void)
{
	booked_open(&b);
	clinic_sit(&b.c, "j.marsh");
	book(b.okafor, thu(10, 0));
	book(b.webb, thu(10, 40));
	book(b.ellis, thu(12, 40));
	booked_sql(&b,
		   "UPDATE episode SET priority = 1, target = 20530 WHERE person = (SELECT id"
		   " FROM person WHERE surname LIKE 'ellis');"
		   "INSERT INTO contact (id, scope, person, kind, value, text_ok, source, at,"
		   " state) SELECT 700000, scope, id, 'mobile', '07700900418', 1, 'desk', 1, 'on'"
		   " FROM person WHERE surname LIKE 'ellis'");
}

static void end(struct pty *p)
{
	at_desk_end(p);
	booked_close(&b);
}

START_TEST(who_is_hit_stands_as_drawn)
{
	static const struct {
		int rows, cols;
		const char *locale, *picture;
	} looks[] = { { 24, 80, "C.UTF-8", "tests/screens/away.screen" },
		      { 43, 132, "C.UTF-8", "tests/screens/away_132x43.screen" },
		      { 24, 80, "C", "tests/screens/away_ascii.screen" } };

	some_booked();
	for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
		struct pty_options how = { .rows = looks[i].rows,
					   .cols = looks[i].cols,
					   .locale = looks[i].locale };
		struct pty *p = at_desk(&b.c, "j.marsh", &how);

		pty_keys(p, "gdnl=<Enter>ill<Enter><Down>w");
		ck_assert(pty_screen_is(p, looks[i].picture));
		at_desk_end(p);
	}
	booked_close(&b);
}
END_TEST

START_TEST(one_key_does_all_of_it_and_one_takes_it_back)
{
	some_booked();
	struct pty *p = at_desk(&b.c, "j.marsh", NULL);

	pty_keys(p, "gdnl=<Enter>ill<Enter>");
	HAS(2, "12-Mar to 12-Mar: 3 booked.  3 move, 0 wait, 0 stay a task.");
	HAS(4, "1 12-Mar 12:40 1 ELLIS");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM leave"), 0);
	pty_keys(p, "<Down>w<Down><Space>");
	HAS(2, "1 move, 1 wait, 1 stay a task.");
	pty_keys(p, "<Enter>");
	HAS(23, "M Marsh is away 12-Mar to 12-Mar: 1 moved, 1 wait, 1 tasks.  u Undo");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM leave WHERE state = 'on'"), 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM message WHERE state = 'queued'"),
			 1);
	pty_keys(p, "u");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM leave WHERE state = 'on'"), 0);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM appointment WHERE state = 'B' AND"
					    " day = 20524"),
			 3);
	end(p);
}
END_TEST

START_TEST(a_home_that_another_desk_takes_is_marked_and_stops_the_whole)
{
	some_booked();
	struct pty *p = at_desk(&b.c, "j.marsh", NULL);

	pty_keys(p, "gdnl=<Enter>ill<Enter>");
	clinic_sit(&b.c, "p.shah");
	/* Thursday week, 10:00: what is proposed to the first. */
	{
		struct booking_ask ask = { .person = b.kestrel,
					   .service = b.physio,
					   .clinician = b.marsh,
					   .starts = next_thu(10, 0) };
		struct id id;

		ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	}
	pty_wait_for(p, "taken: m");
	HAS(4, "taken: m");
	pty_keys(p, "<Down><Enter>");
	HAS(23, "E ELLIS, Thu 12-Mar-2026 12:40: That slot was just taken.");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM leave"), 0);
	/* The cursor is on it; another time, and all of it goes. */
	HAS(4, "> 1");
	pty_keys(p, "m<Enter>");
	HAS(23, "M Marsh is away 12-Mar to 12-Mar: 3 moved, 0 wait, 0 tasks.");
	end(p);
}
END_TEST

START_TEST(the_desk_hears_that_somebody_is_away_and_finds_everybody_a_time)
{
	some_booked();
	ck_ok(diary_leave(&b.c.desk, b.marsh, moment_date(thu(0, 0)), moment_date(thu(0, 0)), "ill",
			  NULL, NULL, &err),
	      err);
	struct pty *p = at_desk(&b.c, "p.shah", NULL);

	ck_assert_int_ne(pty_find(p, "Marsh is away, 3 booked: Enter finds them a time"), 0);
	pty_keys(p, "<Tab><Enter>");
	HAS(1, "AWAY  leave of Marsh");
	pty_keys(p, "<Enter>");
	HAS(23, "M Marsh: 3 moved, 0 wait, 0 tasks.  u Undo");
	ck_assert_int_eq(pty_find(p, "Marsh is away"), 0);
	pty_keys(p, "u");
	ck_assert_int_ne(pty_find(p, "Marsh is away, 3 booked"), 0);
	/* And by the menu. */
	pty_keys(p, ":ill<Enter>");
	HAS(2, "Who is ill, or away?");
	end(p);
}
END_TEST

START_TEST(reception_grants_no_leave_but_is_told_who_does)
{
	some_booked();
	struct pty *p = at_desk(&b.c, "p.shah", NULL);

	pty_keys(p, ":ill<Enter><Enter>");
	HAS(23, "E No leave is granted in which they are booked: ask a manager for it.");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM leave"), 0);
	end(p);
}
END_TEST

TEST_MAIN("away", who_is_hit_stands_as_drawn, one_key_does_all_of_it_and_one_takes_it_back,
	  a_home_that_another_desk_takes_is_marked_and_stops_the_whole,
	  the_desk_hears_that_somebody_is_away_and_finds_everybody_a_time,
	  reception_grants_no_leave_but_is_told_who_does)
