/* test_parked.c: S20, and what becomes of half-made work by every way of leaving it. */
#include "suite.h"

#include <signal.h>
#include <stdio.h>

#include "at_desk.h"
#include "booked.h"
#include "clinic/booking.h"
#include "clinic/intake.h"
#include "clinic/signin.h"
#include "tui/tui.h"

static struct booked b;
static struct err err;

static void open_all(void)
{
	booked_open(&b);
	err_clear(&err);
}

static struct pty *sit(const char *user)
{
	return at_desk(&b.c, user, NULL);
}

static int64_t rows(const char *state)
{
	char sql[80];

	snprintf(sql, sizeof sql, "SELECT count(*) FROM parked WHERE state = '%s'", state);
	return clinic_count(&b.c, sql);
}

/* What was typed is kept at the next pause; the test waits for the row, as long as it takes. */
static void until_kept(struct pty *p)
{
	while (rows("draft") == 0)
		ck_assert_msg(pty_alive(p), "the desk has ended: %s", pty_screen(p));
}

static void killed(struct pty *p)
{
	kill(pty_pid(p), SIGKILL);
	ck_assert_int_eq(pty_end(p), 128 + SIGKILL);
}

/* ELLIS's details, a mobile half typed. */
#define TYPE "/ellis<Enter>e<C-u>07700 9"

START_TEST(one_key_parks_and_one_resumes_with_the_cursor_where_it_was)
{
	int row, col, row2, col2;

	open_all();
	struct pty *p = sit("p.shah");

	pty_keys(p, TYPE);
	pty_cursor(p, &row, &col);
	pty_keys(p, "<C-k>");
	row_has(p, 1, "PERSON");
	row_has(p, 1, "Parked 1");
	row_has(p, 23, "M Parked: Person details, ELLIS, Marcus (Ms).  Ctrl-R resumes it.");
	pty_keys(p, "<F3>");
	pty_count_start(p);
	pty_keys(p, "<C-r>");
	ck_assert_int_le(pty_count(p), 2);
	row_has(p, 1, "PERSON DETAILS");
	row_has(p, 23, "M Resumed: Person details, ELLIS, Marcus (Ms).  You were at: Mobile");
	ck_assert_int_eq(pty_find(p, "Parked 1"), 0);
	pty_cursor(p, &row2, &col2);
	ck_assert_int_eq(row, row2);
	ck_assert_int_eq(col, col2);
	pty_keys(p, "00 111<C-s>");
	row_has(p, 23, "M ELLIS, Marcus (Ms) saved.");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM contact WHERE value = "
					    "'07700900111' AND state = 'on'"),
			 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM parked"), 0);
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

START_TEST(going_elsewhere_parks_what_is_not_saved)
{
	static const char *const ways[] = { "<F2>", "<F3>", "<C-k>" };
	static const char *const titles[] = { "FIND PERSON", "DESK", "PERSON" };

	open_all();
	struct pty *p = sit("p.shah");

	for (int i = 0; i < 3; i++) {
		char parked[16];

		pty_keys(p, "<F3>" TYPE);
		pty_count_start(p);
		pty_keys(p, ways[i]);
		ck_assert_int_le(pty_count(p), 1);
		ck_assert_int_eq(pty_find(p, titles[i]), 1);
		snprintf(parked, sizeof parked, "Parked %d", i + 1);
		row_has(p, 1, parked);
	}
	ck_assert_int_eq(rows("parked"), 3);
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

START_TEST(esc_asks_to_park_or_to_lose_and_what_was_lost_comes_back)
{
	open_all();
	struct pty *p = sit("p.shah");

	pty_keys(p, TYPE "<Esc>");
	row_is(p, 23, "M Leave without saving what was typed?  y yes  p park it  Esc no");
	pty_keys(p, "p");
	row_has(p, 1, "Parked 1");
	pty_keys(p, "<C-r><Esc>y<C-t>");
	row_has(p, 1, "PARKED  unfinished tasks");
	ck_assert_int_eq(pty_find(p, "Nothing parked."), 5);
	pty_keys(p, "u");
	row_has(p, 23, "M Back again: Person details, ELLIS, Marcus (Ms).");
	row_has(p, 4, "> 1 0m    Person details");
	row_has(p, 4, "ELLIS, Marcus (Ms)");
	row_has(p, 4, "07-Nov-1981 Mobile, half typed");
	pty_keys(p, "X");
	row_has(p, 23, "Throw away Person details, ELLIS, Marcus (Ms)?  y  Esc no");
	pty_keys(p, "y");
	ck_assert_int_eq(rows("thrown"), 1);
	pty_keys(p, "u<Enter>");
	row_has(p, 1, "PERSON DETAILS");
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

START_TEST(what_was_typed_survives_kill_9_and_is_offered_at_another_terminal)
{
	open_all();
	struct pty *p = sit("p.shah"), *other;

	pty_keys(p, TYPE);
	until_kept(p);
	/* As long as its session lives it is offered nowhere else. */
	other = sit("p.shah");
	pty_keys(other, "<C-t>");
	ck_assert_int_eq(pty_find(other, "Nothing parked."), 5);
	killed(p);
	pty_keys(other, "<F5>");
	row_has(other, 4, "> 1 0m    Person details");
	ck_assert_int_gt(pty_find(other, "that session ended before it was saved"), 0);
	pty_keys(other, "<Enter>");
	row_has(other, 1, "PERSON DETAILS");
	ck_assert_int_gt(pty_find(other, "07700 9"), 0);
	at_desk_end(other);
	booked_close(&b);
}
END_TEST

START_TEST(a_dropped_line_parks_somebody_new_with_all_that_was_typed)
{
	open_all();
	struct pty *p = sit("p.shah");

	pty_keys(p, "/Quill,Quentin<F6>Mr<Tab><Tab>1/2/1980");
	pty_hang_up(p);
	ck_assert_int_eq(rows("parked"), 1);
	/* Whoever sits down next is met by it. */
	p = sit("p.shah");
	row_has(p, 1, "PARKED  unfinished tasks");
	row_has(p, 4, "New person       QUILL, Quentin (Mr)");
	pty_keys(p, "<C-r>");
	row_has(p, 1, "PERSON DETAILS");
	ck_assert_int_gt(pty_find(p, "[Quill"), 0);
	ck_assert_int_gt(pty_find(p, "1/2/1980"), 0);
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

START_TEST(nobody_else_sees_what_is_parked)
{
	static const char *const others[] = { "r.adeyemi", "a.root", "m.doyle" };

	open_all();
	struct pty *p = sit("p.shah");

	pty_keys(p, TYPE "<C-k>");
	for (size_t i = 0; i < 3; i++) {
		struct pty *q = sit(others[i]);

		ck_assert_int_eq(pty_find(q, "Parked"), 0);
		pty_keys(q, "<C-t>");
		ck_assert_int_eq(pty_find(q, "Nothing parked."), 5);
		ck_assert_int_eq(pty_find(q, "ELLIS"), 0);
		pty_keys(q, "u");
		row_has(q, 23, "E Nothing was thrown away");
		pty_keys(q, "<C-r>");
		row_has(q, 23, "E Nothing is parked");
		at_desk_end(q);
	}
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

START_TEST(what_somebody_changed_meanwhile_stands_beside_what_was_typed)
{
	struct intake_form form = { .v[IN_MOBILE] = "07700 900555" };
	struct person_card card;

	open_all();
	struct pty *p = sit("p.shah");

	pty_keys(p, TYPE "00 111<C-k>");
	ck_ok(intake_person(&b.c.desk, b.ellis, &card, &err), err);
	ck_ok(intake_set(&b.c.desk, b.ellis, &form, &card, &err), err);
	person_card_done(&card);
	pty_keys(p, "<C-r>");
	row_has(p, 23, "W Mobile was changed since: see beside the box. Ctrl-S puts yours there.");
	ck_assert_int_gt(pty_find(p, "07700 900 111"), 0);
	ck_assert_int_gt(pty_find(p, "record: 07700 900555"), 0);
	pty_keys(p, "<C-s>");
	row_has(p, 23, "saved");
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

START_TEST(a_booking_is_parked_with_its_time_and_the_hold_is_let_go)
{
	open_all();
	struct pty *p = sit("p.shah");

	pty_keys(p, "/ellis<Enter>bp2<C-k>");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM desk_hold"), 0);
	pty_keys(p, "<C-t>");
	row_has(p, 4, "Book Physio");
	row_has(p, 4, "ELLIS, Marcus (Ms)");
	ck_assert_int_gt(pty_find(p, "You were at: 12-Mar 10:00 Marsh."), 0);
	ck_assert_int_gt(pty_find(p, "The time was held to 09:47 and is let go."), 0);
	pty_keys(p, "<Enter>");
	row_has(p, 1, "BOOK");
	row_has(p, 8, "> 2 Thu 12-Mar-2026 10:00  0wd Northgate  Marsh      40  H  yours to 09:47");
	pty_keys(p, "<Enter>");
	row_has(p, 23, "M ELLIS, Marcus booked Thu 12-Mar 10:00 Northgate.");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM parked"), 0);
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

START_TEST(a_booking_that_was_only_opened_survives_kill_9)
{
	open_all();
	struct pty *p = sit("p.shah");

	pty_keys(p, "/ellis<Enter>bp");
	until_kept(p);
	killed(p);
	p = sit("p.shah");
	row_has(p, 1, "PARKED");
	row_has(p, 4, "Book Physio");
	pty_keys(p, "<Enter>");
	row_has(p, 7, "> 1 Thu 12-Mar-2026 10:00  0wd Harbour    Obi        40  H  yours to 09:47");
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

START_TEST(a_parked_time_that_somebody_took_is_said)
{
	struct booking_ask ask;
	struct id id;

	open_all();
	ask = (struct booking_ask){
		.person = b.webb, .service = b.physio, .clinician = b.marsh, .starts = thu(10, 0)
	};
	struct pty *p = sit("p.shah");

	pty_keys(p, "/ellis<Enter>bp2<C-k>");
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	pty_keys(p, "<C-r>");
	row_has(p, 23, "W The time that was chosen is taken. These are free now.");
	row_has(p, 7, "H  yours to 09:47");
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

START_TEST(looking_at_free_times_is_nothing_to_park_and_two_bookings_swap)
{
	open_all();
	struct pty *p = sit("p.shah");

	/* Only looked at: find lies over it, and Esc comes back. */
	pty_keys(p, "/ellis<Enter>bp<F2>");
	ck_assert_int_eq(pty_find(p, "Parked"), 0);
	pty_keys(p, "<F3>");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM parked WHERE state = 'parked'"),
			 0);
	/* Another caller: what was chosen waits, and comes back with one key. */
	pty_keys(p, "/ellis<Enter>bp2<F2>webb<Enter>bp1");
	row_has(p, 1, "Parked 1");
	pty_keys(p, "<C-r>");
	ck_assert_int_gt(pty_find(p, "ELLIS, Marcus"), 0);
	row_has(p, 1, "Parked 1");
	pty_keys(p, "<C-r>");
	ck_assert_int_gt(pty_find(p, "WEBB, Sandra"), 0);
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

START_TEST(handed_over_it_is_the_others_who_is_told)
{
	open_all();
	struct pty *p = sit("p.shah"), *q;

	pty_keys(p, TYPE "<C-k><C-t>hr.nobody<Enter>");
	pty_keys(p, "x<Enter>");
	row_has(p, 22, "r.nobody is no user");
	pty_keys(p, "<Esc>hr.adeyemi<Enter>she rings back at two<Enter>");
	row_has(p, 23, "M Handed to r.adeyemi, who is told: Person details.");
	ck_assert_int_eq(pty_find(p, "Nothing parked."), 5);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM task WHERE kind = 'message' AND"
					    " text LIKE '%she rings back at two%'"),
			 1);
	q = sit("r.adeyemi");
	row_has(q, 1, "Parked 1");
	pty_keys(q, "<C-t>");
	ck_assert_int_gt(pty_find(q, "Handed to you by p.shah: she rings back at two"), 0);
	pty_keys(q, "<Enter>");
	row_has(q, 1, "PERSON DETAILS");
	at_desk_end(q);
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

/* ---- through the sign-in screen ---- */

static int begin(void *arg)
{
	struct tui_options opt = { .idle_minutes = 60 };
	struct clinic own = b.c;
	int rc;

	(void)arg;
	if (store_open(b.c.path, 5000, &own.store, &err) < 0 ||
	    desk_open(own.store, &own.world, &own.desk, &err) < 0)
		return 99;
	rc = tui_run(&own.desk, &opt, &err);
	clinic_second_close(&own);
	return rc < 0 ? (int)err.kind : 0;
}

static void give_passwords(void)
{
	clinic_sit(&b.c, "a.root");
	ck_ok(signin_set_secret(&b.c.desk, "p.shah", "correct horse", false, &err), err);
	ck_ok(signin_set_secret(&b.c.desk, "r.adeyemi", "battery staple", false, &err), err);
	ck_ok(signin_set_secret(&b.c.desk, "j.marsh", "another secret", false, &err), err);
	clinic_sit(&b.c, "p.shah");
}

START_TEST(the_locks_next_user_finds_nothing_and_the_first_one_finds_it_at_sign_in)
{
	open_all();
	give_passwords();
	struct pty *p = pty_start(&(struct pty_options){ .run = begin });

	pty_keys(p, "p.shah<Enter>correct horse<Enter>");
	row_has(p, 1, "DESK");
	pty_keys(p, TYPE "<C-q>");
	ck_assert_int_gt(pty_find(p, "p.shah's work is parked then"), 0);
	ck_assert_int_eq(pty_find(p, "ELLIS"), 0);
	pty_keys(p, "<Esc>r.adeyemi<Enter>battery staple<Enter>");
	ck_assert_int_eq(pty_find(p, "Parked"), 0);
	pty_keys(p, "<C-q><Esc>p.shah<Enter>correct horse<Enter>");
	row_has(p, 1, "PARKED  unfinished tasks");
	row_has(p, 4, "Person details");
	pty_keys(p, "<Esc>");
	row_has(p, 1, "DESK");
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

START_TEST(after_kill_9_the_next_sign_in_begins_with_what_was_left)
{
	open_all();
	give_passwords();
	struct pty *p = pty_start(&(struct pty_options){ .run = begin });

	pty_keys(p, "p.shah<Enter>correct horse<Enter>" TYPE);
	until_kept(p);
	killed(p);
	p = pty_start(&(struct pty_options){ .run = begin });
	pty_keys(p, "r.adeyemi<Enter>battery staple<Enter>");
	ck_assert_int_eq(pty_find(p, "PARKED"), 0);
	pty_keys(p, "<C-q><Esc>p.shah<Enter>correct horse<Enter>");
	row_has(p, 1, "PARKED  unfinished tasks");
	pty_keys(p, "<Enter>");
	ck_assert_int_gt(pty_find(p, "07700 9"), 0);
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

START_TEST(each_role_lands_where_its_day_begins)
{
	open_all();
	give_passwords();
	struct pty *p = pty_start(&(struct pty_options){ .run = begin });

	pty_keys(p, "j.marsh<Enter>another secret<Enter>");
	row_has(p, 1, "DIARY  Marsh");
	pty_keys(p, "<C-q><Esc>p.shah<Enter>correct horse<Enter>");
	row_has(p, 1, "DESK");
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

TEST_MAIN("parked", one_key_parks_and_one_resumes_with_the_cursor_where_it_was,
	  going_elsewhere_parks_what_is_not_saved,
	  esc_asks_to_park_or_to_lose_and_what_was_lost_comes_back,
	  what_was_typed_survives_kill_9_and_is_offered_at_another_terminal,
	  a_dropped_line_parks_somebody_new_with_all_that_was_typed,
	  nobody_else_sees_what_is_parked,
	  what_somebody_changed_meanwhile_stands_beside_what_was_typed,
	  a_booking_is_parked_with_its_time_and_the_hold_is_let_go,
	  a_booking_that_was_only_opened_survives_kill_9, a_parked_time_that_somebody_took_is_said,
	  looking_at_free_times_is_nothing_to_park_and_two_bookings_swap,
	  handed_over_it_is_the_others_who_is_told,
	  the_locks_next_user_finds_nothing_and_the_first_one_finds_it_at_sign_in,
	  after_kill_9_the_next_sign_in_begins_with_what_was_left,
	  each_role_lands_where_its_day_begins)
