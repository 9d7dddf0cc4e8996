/* test_diary_day.c: S11 by its keys, and what the database says afterwards. */
#include "suite.h"

#include <stdio.h>

#include "at_desk.h"
#include "base/alloc.h"
#include "booked.h"
#include "clinic/booking.h"
#include "clinic/flag.h"
#include "diaries.h"
#include "seat.h"
#include "tui/open.h"
#include "tui/ui.h"

extern const struct screen screen_diary;

static struct booked b;
static struct err err;
static struct id whose;
static struct date day;

/* The screen below: opens a diary, and stands in for the find screen. */
static void start_draw(struct canvas *c, const void *state)
{
	(void)state;
	canvas_put(c, 3, 1, PLAIN, "START");
	canvas_cursor(c, 3, 1);
}

static enum next start_diary(struct ui *ui, void *state)
{
	(void)state;
	return open_diary(ui, whose, day);
}

static const struct key start_keys[] = {
	{ .key = "o", .name = "open", .label = "Open", .act = start_diary },
	{ 0 },
};
static const struct screen start = {
	.name = "start", .title = "START", .draw = start_draw, .keys = start_keys
};

static struct pty *sit_as(const char *user, int rows, int cols)
{
	static struct seat seat;

	seat = (struct seat){ .c = &b.c,
			      .user = user,
			      .first = &start,
			      .second = &screen_diary,
			      .rows = rows,
			      .cols = cols };
	return seat_start(&seat);
}

static struct pty *sit(void)
{
	return sit_as("p.shah", 24, 80);
}

static struct date on(int y, int m, int d)
{
	return day_of(y, m, d);
}

static void open_all(void)
{
	booked_open(&b);
	err_clear(&err);
	whose = b.marsh;
	day = on(2026, 3, 12);
}

static void close_all(struct pty *p)
{
	seat_leave(p);
	booked_close(&b);
}

static struct id book(struct id person, struct id clinician, struct id service,
		      struct moment starts)
{
	struct booking_ask ask = {
		.person = person, .service = service, .clinician = clinician, .starts = starts
	};
	struct id id = { 0 };

	desk_tick(&b.c.desk);
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	return id;
}

static void mark(struct id appt, enum appt_state to)
{
	struct mark_ask ask = { 0 };

	ck_ok(booking_mark(&b.c.desk, appt, to, &ask, &err), err);
}

static int64_t count(const char *sql)
{
	return clinic_count(&b.c, sql);
}

#define HAS(n, text) ck_assert_msg(strstr(pty_row(p, n), text), "row %d is %s", n, pty_row(p, n))

/* A day with somebody in each state, a block, and a slot kept for rapid access a week on. */
static void a_mixed_day(void)
{
	mark(book(b.okafor, b.marsh, b.physio, thu(10, 0)), APPT_ARRIVED);
	book(b.ellis, b.marsh, b.physio, thu(10, 40));
	ck_ok(booking_cancel(&b.c.desk, book(b.webb, b.marsh, b.physio, thu(12, 40)), CANCEL_PERSON,
			     "ill", &err),
	      err);
}

START_TEST(the_day_stands_as_designed)
{
	open_all();
	a_mixed_day();
	struct pty *p = sit();

	pty_keys(p, "o");
	ck_assert(pty_screen_is(p, "tests/screens/diary.screen"));
	pty_keys(p, "+++++++");
	ck_assert(pty_screen_is(p, "tests/screens/diary_rap.screen"));
	close_all(p);
}
END_TEST

START_TEST(a_clinician_begins_on_their_own_diary_and_others_on_one_of_their_site)
{
	open_all();
	struct pty *p = sit_as("j.marsh", 24, 80);

	pty_keys(p, "gd");
	HAS(1, "DIARY  Marsh, Jo (physio)");
	seat_leave(p);
	p = sit();
	pty_keys(p, "gd");
	HAS(1, "DIARY  Adeyemi, Ruth (nurse)");
	pty_keys(p, "<Tab>");
	HAS(1, "DIARY  Kelly, Sean (counsellor)");
	pty_keys(p, "<S-Tab><S-Tab>");
	HAS(1, "DIARY  Obi, Ngozi (physio)");
	pty_keys(p, "<F4>");
	HAS(6, "> 4 OBI, Ngozi (Ms)");
	pty_keys(p, "<Up><Enter>");
	HAS(1, "DIARY  Marsh, Jo (physio)");
	pty_keys(p, "<Esc>");
	HAS(3, "START");
	close_all(p);
}
END_TEST

START_TEST(the_day_goes_where_its_keys_say_and_an_empty_one_says_so)
{
	open_all();
	struct pty *p = sit();

	pty_keys(p, "o+");
	HAS(2, "Fri 13-Mar-2026");
	HAS(5, "No session on Fri 13-Mar-2026.");
	pty_keys(p, "<F8><F7>--");
	HAS(2, "Wed 11-Mar-2026");
	pty_keys(p, "=");
	HAS(2, "Thu 12-Mar-2026   Northgate   room 1   10:00-13:20");
	HAS(4, "> 10:00 NEW 40");
	HAS(21, "Week 09-Mar  Mon -  Tue -  Wed -  Thu 0 of 6  Fri -");
	close_all(p);
}
END_TEST

START_TEST(days_run_on_across_the_night_when_the_clocks_change)
{
	open_all();
	day = on(2026, 3, 27);
	struct pty *p = sit();

	pty_keys(p, "o");
	HAS(2, "Fri 27-Mar-2026");
	pty_keys(p, "++");
	HAS(2, "Sun 29-Mar-2026");
	pty_keys(p, "+");
	HAS(2, "Mon 30-Mar-2026");
	pty_keys(p, "--");
	HAS(2, "Sat 28-Mar-2026");
	close_all(p);
}
END_TEST

START_TEST(verbs_act_on_the_selected_row)
{
	open_all();
	book(b.okafor, b.marsh, b.physio, thu(10, 0));
	struct pty *p = sit();

	pty_keys(p, "oa");
	HAS(23, "M OKAFOR, Adaeze (Ms) arrived 09:42.");
	HAS(4, "> 10:00 NEW 40   A  OKAFOR, Adaeze (Ms)");
	HAS(4, "here 09:42");
	pty_keys(p, "i");
	HAS(4, "> 10:00 NEW 40   I");
	pty_keys(p, "u");
	HAS(4, "> 10:00 NEW 40   A");
	pty_keys(p, "v");
	HAS(1, "HISTORY");
	pty_keys(p, "<Esc><Down>a");
	HAS(23, "E There is no appointment on this row");
	close_all(p);
}
END_TEST

START_TEST(another_desks_booking_appears_in_its_place_without_a_key)
{
	int row, col;

	open_all();
	struct pty *p = sit();

	pty_keys(p, "o<Down><Down>");
	book(b.okafor, b.marsh, b.physio, thu(10, 0));
	pty_wait_for(p, "OKAFOR, Adaeze");
	HAS(4, "  10:00 NEW 40   B  OKAFOR, Adaeze (Ms)");
	pty_cursor(p, &row, &col);
	ck_assert_int_eq(row, 6);
	HAS(6, "> 11:00");
	close_all(p);
}
END_TEST

START_TEST(a_block_is_made_and_taken_off_by_keys)
{
	open_all();
	struct pty *p = sit_as("j.marsh", 24, 80);

	pty_keys(p, "o<Down>n");
	HAS(23, "Add to Thu 12-Mar-2026?  a appointment  b block  l leave");
	pty_keys(p, "b11:20<Enter>team meeting<Enter>");
	HAS(23, "M Blocked Thu 12-Mar-2026 10:40 to 11:20.  u Undo");
	HAS(5, "> 10:40 BLOCK       team meeting, to 11:00");
	HAS(6, "  11:00 BLOCK       team meeting, to 11:20");
	HAS(7, "  11:20 FU 20       free");
	pty_keys(p, "x");
	HAS(5, "> 10:40 FU 20       free");
	pty_keys(p, "x");
	HAS(23, "E There is no block on this row to take off.");
	pty_keys(p, "nb10:00<Enter>");
	/* The answer stays to be put right, and what is typed next is the answer. */
	HAS(22, "E A block ends after it begins");
	HAS(23, "[10:00");
	pty_keys(p, "<C-u>11:00<Enter>case notes<Enter>");
	HAS(23, "M Blocked Thu 12-Mar-2026 10:40 to 11:00.  u Undo");
	close_all(p);
}
END_TEST

START_TEST(leave_lists_who_is_booked_before_it_is_done)
{
	open_all();
	book(b.okafor, b.marsh, b.physio, next_thu(10, 0));
	day = on(2026, 3, 19);
	struct pty *p = sit_as("j.marsh", 24, 80);

	pty_keys(p, "onl=<Enter>holiday<Enter>");
	HAS(1, "AWAY  leave of Marsh");
	HAS(2, "19-Mar to 19-Mar: 1 booked.");
	HAS(4, "OKAFOR, Adaeze (Ms)");
	ck_assert_int_eq(count("SELECT count(*) FROM leave"), 0);
	pty_keys(p, "<Esc>nl=<Enter>holiday<Enter><Space><Enter>");
	HAS(23, "M Marsh is away 19-Mar to 19-Mar: 0 moved, 0 wait, 1 tasks.");
	HAS(2, "LEAVE");
	HAS(4, "OKAFOR, Adaeze (Ms)");
	ck_assert_int_eq(count("SELECT count(*) FROM leave WHERE state = 'on'"), 1);
	ck_assert_int_eq(count("SELECT count(*) FROM appointment WHERE state = 'B'"), 1);
	close_all(p);
}
END_TEST

START_TEST(somebody_elses_diary_is_not_changed)
{
	open_all();
	struct pty *p = sit_as("s.kelly", 24, 80);

	pty_keys(p, "onl=<Enter>holiday<Enter>");
	ck_assert_msg(pty_row(p, 23)[0] == 'E', "%s", pty_row(p, 23));
	seat_leave(p);
	/* Reception, which changes nobody's hours, is told so before it is asked anything. */
	p = sit();
	pty_keys(p, "on");
	HAS(23, "E Your role may not: add a block or leave.");
	ck_assert_int_eq(count("SELECT count(*) FROM leave"), 0);
	close_all(p);
}
END_TEST

START_TEST(a_private_diary_is_masked_for_other_roles)
{
	open_all();
	clinic_sit(&b.c, "s.kelly");
	book(b.okafor, b.kelly, b.couns, thu(10, 0));
	clinic_sit(&b.c, "p.shah");
	whose = b.kelly;
	struct pty *p = sit();

	pty_keys(p, "o");
	HAS(4, "> 10:00 NEW 60   B  Private");
	ck_assert_int_eq(pty_find(p, "OKAFOR"), 0);
	pty_keys(p, "b");
	HAS(23, "E Private: who this is for is known to its own desk only.");
	pty_keys(p, "<Enter>");
	HAS(23, "E Private");
	seat_leave(p);
	p = sit_as("s.kelly", 24, 80);
	pty_keys(p, "o");
	HAS(4, "> 10:00 NEW 60   B  OKAFOR, Adaeze (Ms)");
	close_all(p);
}
END_TEST

static void raise_as(const char *user, struct id person, enum flag_kind kind)
{
	struct flag_ask ask = {
		.person = person, .service = b.physio, .kind = kind, .words = "numb since Sunday"
	};

	clinic_sit(&b.c, user);
	ck_ok(flag_raise(&b.c.desk, &ask, NULL, &err), err);
}

START_TEST(what_was_raised_after_the_booking_is_marked_for_who_may_know_of_it)
{
	open_all();
	book(b.okafor, b.marsh, b.physio, thu(10, 0));
	book(b.ellis, b.marsh, b.physio, thu(12, 40));
	raise_as("r.adeyemi", b.okafor, FLAG_RISK);
	raise_as("r.adeyemi", b.ellis, FLAG_RED);
	struct pty *p = sit_as("j.marsh", 24, 80);

	pty_keys(p, "o");
	HAS(4, "> 10:00 NEW 40  !B  OKAFOR, Adaeze (Ms)");
	pty_keys(p, "!");
	ck_assert_int_ne(pty_find(p, "K risk flag of"), 0);
	ck_assert_int_ne(pty_find(p, "numb since Sunday"), 0);
	seat_leave(p);
	/* Of a risk reception knows nothing; of a red flag that there is one. */
	p = sit();
	pty_keys(p, "o");
	HAS(4, "> 10:00 NEW 40   B  OKAFOR, Adaeze (Ms)");
	ck_assert_int_ne(pty_find(p, "12:40 NEW 40  !B  ELLIS"), 0);
	ck_assert_int_eq(pty_find(p, "numb"), 0);
	close_all(p);
}
END_TEST

START_TEST(b_on_a_row_books_the_next_one_for_that_person)
{
	open_all();
	book(b.okafor, b.marsh, b.physio, thu(10, 0));
	struct pty *p = sit();

	pty_keys(p, "ob");
	HAS(1, "BOOK  Rapid access physio");
	HAS(2, "OKAFOR, Adaeze (Ms)");
	HAS(4, "follow-up, 20 min");
	HAS(7, "10:40");
	pty_keys(p, "<Esc>m");
	HAS(1, "MOVE  Rapid access physio");
	pty_keys(p, "<Esc>");
	HAS(1, "DIARY");
	close_all(p);
}
END_TEST

START_TEST(a_free_row_is_booked_for_who_is_found)
{
	open_all();
	struct pty *p = at_desk(&b.c, "j.marsh", NULL);

	pty_keys(p, "<F3>gd<Down>b");
	HAS(1, "BOOK 10:40 Marsh");
	pty_keys(p, "okaf<Enter>");
	HAS(1, "DIARY");
	HAS(23, "M OKAFOR, Adaeze booked Thu 12-Mar-2026 10:40, Marsh.  u Undo");
	HAS(5, "> 10:40 FU 40    B  OKAFOR, Adaeze (Ms)");
	/* It took two rows, and they are one at once. */
	ck_assert_int_eq(pty_find(p, "no longer here"), 0);
	pty_keys(p, "<Enter>");
	HAS(1, "PERSON");
	pty_keys(p, "<Esc><Down><Down>b");
	HAS(23, "E 11:40 CATCH-UP cannot be booked.");
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

START_TEST(who_has_the_right_overbooks_a_row_and_it_is_marked)
{
	open_all();
	book(b.okafor, b.marsh, b.physio, thu(10, 0));
	booked_sql(&b, "INSERT INTO user_right (id, user, name, state) SELECT 901, id, 'overbook',"
		       " 'on' FROM user WHERE name = 'j.marsh'");
	struct pty *p = at_desk(&b.c, "j.marsh", NULL);

	pty_keys(p, "<F3>gdEellis<Enter>");
	HAS(23, "Overbooked: why?");
	pty_keys(p, "cannot wait<Enter>");
	HAS(23, "M ELLIS, Marcus booked OVER Thu 12-Mar-2026 10:00, Marsh.  u Undo");
	ck_assert_int_gt(pty_find(p, "  10:00 OVER     B  ELLIS, Marcus (Ms)"), 0);
	ck_assert_int_gt(pty_find(p, "cannot wait"), 0);
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

START_TEST(a_day_change_is_at_most_1700_bytes)
{
	open_all();
	a_mixed_day();
	struct pty *p = sit();

	pty_keys(p, "o");
	pty_count_start(p);
	for (int i = 0; i < 8; i++)
		pty_keys(p, "+");
	for (int i = 0; i < 8; i++)
		pty_keys(p, "-");
	ck_assert_msg(pty_most(p) <= 1700, "%ld bytes", pty_most(p));
	printf("diary: day change p50 %ld, most %ld bytes\n", pty_p50(p), pty_most(p));
	close_all(p);
}
END_TEST

START_TEST(a_wide_window_gives_names_more_room)
{
	open_all();
	a_mixed_day();
	struct pty *p = sit_as("p.shah", 43, 132);

	pty_keys(p, "o");
	ck_assert(pty_screen_is(p, "tests/screens/diary_wide.screen"));
	close_all(p);
}
END_TEST

TEST_MAIN("diary_day", the_day_stands_as_designed,
	  a_clinician_begins_on_their_own_diary_and_others_on_one_of_their_site,
	  the_day_goes_where_its_keys_say_and_an_empty_one_says_so,
	  days_run_on_across_the_night_when_the_clocks_change, verbs_act_on_the_selected_row,
	  another_desks_booking_appears_in_its_place_without_a_key,
	  a_block_is_made_and_taken_off_by_keys, leave_lists_who_is_booked_before_it_is_done,
	  somebody_elses_diary_is_not_changed, a_private_diary_is_masked_for_other_roles,
	  what_was_raised_after_the_booking_is_marked_for_who_may_know_of_it,
	  b_on_a_row_books_the_next_one_for_that_person, a_free_row_is_booked_for_who_is_found,
	  who_has_the_right_overbooks_a_row_and_it_is_marked, a_day_change_is_at_most_1700_bytes,
	  a_wide_window_gives_names_more_room)
