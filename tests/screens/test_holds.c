/* test_holds.c: two desks side by side at the booking list: what one holds, the other sees. */
#include "suite.h"

#include <stdio.h>
#include <sys/mman.h>

#include "at_desk.h"
#include "booked.h"
#include "clinic/booking.h"
#include "tui/tui.h"

static struct booked b;

/* The clock of both desks, which the test moves on. */
static struct world *shared;

static int run(void *arg)
{
	struct tui_options opt = { .idle_minutes = 60 };
	struct err err = ERR_INIT;
	struct clinic own;
	int rc;

	clinic_second(&b.c, &own, arg);
	own.desk.world = shared;
	rc = tui_run(&own.desk, &opt, &err);
	clinic_second_close(&own);
	return rc < 0 ? (int)err.kind : 0;
}

static struct pty *sit(const char *user)
{
	return pty_start(&(struct pty_options){ .run = run, .arg = (void *)(uintptr_t)user });
}

static void open_all(void)
{
	booked_open(&b);
	shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	ck_assert(shared != MAP_FAILED);
	*shared = b.c.world;
}

static int64_t held(void)
{
	return clinic_count(&b.c, "SELECT count(*) FROM desk_hold");
}

START_TEST(what_one_desk_holds_the_other_sees_without_a_key)
{
	open_all();
	struct pty *one = sit("p.shah"), *two = sit("r.adeyemi");

	pty_keys(two, "/webb<Enter>bp");
	row_has(two, 7,
		"> 1 Thu 12-Mar-2026 10:00  0wd Harbour    Obi        40  H  yours to 09:47");
	pty_keys(two, "x");
	row_has(two, 23, "M 1 is let go");
	ck_assert_int_eq(held(), 0);
	pty_keys(one, "/ellis<Enter>bp");
	row_has(one, 7, "H  yours to 09:47");
	row_has(one, 23, "M 1 is held for you until 09:47. Other desks see it as held.");
	pty_wait_for(two, "p.shah holds it");
	row_has(two, 7, "40  h  p.shah holds it");
	pty_keys(two, "<Enter>");
	row_has(two, 23, "E p.shah holds that slot to 09:47: choose another, or ask them.");
	pty_keys(two, "1");
	row_has(two, 23, "E p.shah holds that slot to 09:47");
	/* Left, it is free again, there too. */
	pty_keys(one, "<Esc>");
	while (pty_find(two, "holds it"))
		pty_wait(two);
	row_has(two, 7, "Obi        40");
	ck_assert_int_eq(held(), 0);
	at_desk_end(one);
	at_desk_end(two);
	booked_close(&b);
}
END_TEST

START_TEST(the_first_time_that_nobody_holds_is_held_and_booked_by_enter)
{
	open_all();
	struct pty *one = sit("p.shah"), *two = sit("r.adeyemi");

	pty_keys(one, "/ellis<Enter>bp");
	pty_keys(two, "/webb<Enter>bp");
	row_has(two, 7,
		"  1 Thu 12-Mar-2026 10:00  0wd Harbour    Obi        40  h  p.shah holds it");
	row_has(two, 8,
		"> 2 Thu 12-Mar-2026 10:00  0wd Northgate  Marsh      40  H  yours to 09:47");
	pty_keys(two, "<Enter>");
	row_has(two, 23, "M WEBB, Sandra booked Thu 12-Mar 10:00 Northgate.");
	pty_keys(one, "<Enter>");
	row_has(one, 23, "M ELLIS, Marcus booked Thu 12-Mar 10:00 Harbour.");
	ck_assert_int_eq(held(), 0);
	at_desk_end(one);
	at_desk_end(two);
	booked_close(&b);
}
END_TEST

START_TEST(a_digit_moves_the_hold_and_arrows_do_not)
{
	open_all();
	struct pty *one = sit("p.shah");

	pty_keys(one, "/ellis<Enter>bp<Down><Down>");
	row_has(one, 7, "H  yours to 09:47");
	world_pass(shared, 60);
	pty_keys(one, "2");
	row_has(one, 7, "Obi        40");
	row_has(one, 8, "40  H  yours to 09:48");
	row_has(one, 23, "M 2 is held for you until 09:48.");
	ck_assert_int_eq(held(), 1);
	pty_keys(one, "x");
	row_has(one, 23, "M 2 is let go: others may book it.");
	pty_keys(one, "x");
	row_has(one, 23, "E You hold no time here: 1 to 9 hold one.");
	at_desk_end(one);
	booked_close(&b);
}
END_TEST

START_TEST(one_minute_left_is_said_once_and_that_it_ran_out)
{
	open_all();
	struct pty *one = sit("p.shah");

	pty_keys(one, "/ellis<Enter>bp");
	world_pass(shared, 241);
	pty_wait_for(one, "1 minute left");
	row_has(one, 23, "W 1 minute left: 1 is held for you until 09:47.");
	pty_keys(one, "<Down><Up>");
	ck_assert_int_eq(pty_find(one, "1 minute left"), 0);
	world_pass(shared, 60);
	pty_wait_for(one, "The hold ran out at 09:47");
	ck_assert_int_eq(pty_find(one, "yours to"), 0);
	/* Nobody took it: Enter still books. */
	pty_keys(one, "<Enter>");
	row_has(one, 23, "M ELLIS, Marcus booked Thu 12-Mar 10:00 Harbour.");
	at_desk_end(one);
	booked_close(&b);
}
END_TEST

START_TEST(leaving_by_any_way_lets_go)
{
	static const char *const ways[] = { "<Esc>", "<F3>", "<Enter>" };

	open_all();
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		struct pty *one = sit("p.shah");

		pty_keys(one, "/ellis<Enter>bp");
		ck_assert_int_gt(held(), 0);
		pty_keys(one, ways[i]);
		ck_assert_int_eq(held(), 0);
		at_desk_end(one);
	}
	struct pty *one = sit("p.shah");

	pty_keys(one, "/webb<Enter>bp");
	ck_assert_int_gt(held(), 0);
	pty_hang_up(one);
	ck_assert_int_eq(held(), 0);
	booked_close(&b);
}
END_TEST

START_TEST(a_move_holds_the_new_time_too)
{
	struct err err = ERR_INIT;
	struct booking_ask ask;
	struct id id;

	open_all();
	ask = (struct booking_ask){
		.person = b.ellis, .service = b.physio, .clinician = b.obi, .starts = thu(10, 0)
	};
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	struct pty *one = sit("p.shah");

	pty_keys(one, "/ellis<Enter>m");
	ck_assert_int_gt(pty_find(one, "H  yours to 09:47"), 0);
	ck_assert_int_eq(held(), 1);
	pty_keys(one, "2");
	row_has(one, 23, "M 2 is held for you");
	pty_keys(one, "<Enter>");
	ck_assert_int_eq(held(), 0);
	at_desk_end(one);
	booked_close(&b);
}
END_TEST

START_TEST(the_diary_shows_what_is_held_and_holds_the_time_that_is_being_booked)
{
	open_all();
	struct pty *one = sit("j.marsh"), *two = sit("r.adeyemi");

	pty_keys(one, "gd<Home>b");
	row_has(one, 1, "FIND PERSON  BOOK 10:00 Marsh");
	ck_assert_int_eq(held(), 1);
	pty_keys(two, "/webb<Enter>bp");
	ck_assert_int_gt(pty_find(two, "h  j.marsh holds it"), 0);
	pty_keys(one, "<Esc>");
	row_has(one, 1, "DIARY");
	ck_assert_int_eq(held(), 2); /* the other desk's own, of two slots */
	pty_keys(two, "2");
	row_has(two, 8, "40  H  yours to 09:47");
	pty_keys(one, "<F5>");
	ck_assert_int_gt(pty_find(one, "held: r.adeyemi"), 0);
	pty_keys(one, "<Home>b");
	row_has(one, 23, "E r.adeyemi holds that slot to 09:47");
	pty_keys(two, "<Esc>");
	while (pty_find(one, "held:"))
		pty_wait(one);
	pty_keys(one, "<Home>bellis<Enter>");
	row_has(one, 23, "M ELLIS, Marcus booked Thu 12-Mar-2026 10:00, Marsh.");
	ck_assert_int_eq(held(), 0);
	at_desk_end(one);
	at_desk_end(two);
	booked_close(&b);
}
END_TEST

TEST_MAIN("holds", what_one_desk_holds_the_other_sees_without_a_key,
	  the_first_time_that_nobody_holds_is_held_and_booked_by_enter,
	  a_digit_moves_the_hold_and_arrows_do_not,
	  one_minute_left_is_said_once_and_that_it_ran_out, leaving_by_any_way_lets_go,
	  a_move_holds_the_new_time_too,
	  the_diary_shows_what_is_held_and_holds_the_time_that_is_being_booked)
