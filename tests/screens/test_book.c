/* test_book.c: S8 by its keys, and what the database says afterwards. */
#include "suite.h"

#include <stdio.h>

#include "at_desk.h"
#include "base/alloc.h"
#include "booked.h"
#include "clinic/booking.h"
#include "clinic/intake.h"
#include "clinic/refs.h"
#include "seat.h"
#include "tui/open.h"

static struct booked b;
static struct err err;
static struct id moving, service;

/* The screen that the booking list is opened from: Ellis, and an appointment that may move. */
static void start_draw(struct canvas *c, const void *state)
{
	(void)state;
	canvas_put(c, 3, 1, PLAIN, "START");
	canvas_cursor(c, 3, 1);
}

static enum next start_book(struct ui *ui, void *state)
{
	(void)state;
	return open_booking(ui, b.ellis, service);
}

static enum next start_move(struct ui *ui, void *state)
{
	(void)state;
	return open_move(ui, moving, false);
}

static const struct key start_keys[] = {
	{ .key = "b", .name = "book", .label = "Book", .act = start_book },
	{ .key = "m", .name = "move", .label = "Move", .act = start_move },
	{ 0 },
};
static const struct screen start = {
	.name = "start", .title = "START", .draw = start_draw, .keys = start_keys
};

static struct pty *sit_at(int rows, int cols)
{
	static struct seat seat;

	seat = (struct seat){
		.c = &b.c, .user = "p.shah", .first = &start, .rows = rows, .cols = cols
	};
	return seat_start(&seat);
}

static struct pty *sit_as(const char *user)
{
	static struct seat seat;

	seat = (struct seat){ .c = &b.c, .user = user, .first = &start };
	return seat_start(&seat);
}

static void open_all(void)
{
	booked_open(&b);
	err_clear(&err);
	moving = (struct id){ 0 };
	service = b.physio;
}

static struct pty *sit(void)
{
	return sit_at(24, 80);
}

static void close_all(struct pty *p)
{
	seat_leave(p);
	booked_close(&b);
}

static struct id book(struct id person, struct id clinician, struct moment starts)
{
	struct booking_ask ask = {
		.person = person, .service = b.physio, .clinician = clinician, .starts = starts
	};
	struct id id = { 0 };

	desk_tick(&b.c.desk);
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	return id;
}

static int64_t count(const char *sql)
{
	return clinic_count(&b.c, sql);
}

#define HAS(n, text) ck_assert_msg(strstr(pty_row(p, n), text), "row %d is %s", n, pty_row(p, n))
#define LIVE	     "SELECT count(*) FROM appointment WHERE state = 'B'"

START_TEST(the_booking_list_stands_as_designed)
{
	open_all();
	struct pty *p = sit();

	pty_keys(p, "b");
	ck_assert(pty_screen_is(p, "tests/screens/book.screen"));
	close_all(p);
}
END_TEST

START_TEST(rooms_that_fail_a_need_are_marked_and_the_interpreter_is_said)
{
	struct intake_form form = {
		.v = { [IN_NEEDS] = "step_free", [IN_INTERPRETER] = "Polish" }
	};

	open_all();
	ck_ok(intake_set(&b.c.desk, b.ellis, &form, NULL, &err), err);
	struct pty *p = sit();

	pty_keys(p, "b");
	HAS(3, "! Alerts 2");
	/* Harbour's room has steps, Northgate's not. */
	for (int row = 7; row <= 10; row++) {
		bool harbour = strstr(pty_row(p, row), "Harbour") != NULL;

		ck_assert_msg(harbour == (strstr(pty_row(p, row), "no step-free") != NULL), "%s",
			      pty_row(p, row));
	}
	pty_keys(p, "!");
	HAS(1, "ALERTS");
	ck_assert_int_gt(pty_find(p, "Interpreter: Polish"), 0);
	pty_keys(p, "<Esc><Enter>");
	HAS(23, "W ELLIS, Marcus booked");
	pty_keys(p, "?");
	ck_assert_int_gt(pty_find(p, "Interpreter: Polish, not yet arranged."), 0);
	ck_assert_int_eq(count("SELECT count(*) FROM task WHERE kind = 'arrange'"), 1);
	close_all(p);
}
END_TEST

START_TEST(enter_books_the_row_that_is_selected)
{
	open_all();
	struct pty *p = sit();

	pty_keys(p, "b<Down><Enter>");
	HAS(3, "START");
	HAS(23, "M ELLIS, Marcus booked Thu 12-Mar 10:00 Northgate.  No mobile: tell them.");
	ck_assert_int_eq(count(LIVE), 1);
	ck_assert_int_eq(
		count("SELECT a.clinician FROM appointment a JOIN slot s ON s.appt = a.id"),
		b.marsh.n);
	pty_keys(p, "u");
	ck_assert_int_eq(count(LIVE), 0);
	close_all(p);
}
END_TEST

START_TEST(a_digit_only_picks_and_each_digit_picks_anew)
{
	int row, col;

	open_all();
	struct pty *p = sit();

	pty_keys(p, "b3");
	ck_assert_int_eq(count(LIVE), 0);
	pty_cursor(p, &row, &col);
	ck_assert_int_eq(row, 9);
	pty_keys(p, "2");
	pty_cursor(p, &row, &col);
	ck_assert_int_eq(row, 8);
	HAS(19, "at Northgate, with Jo");
	close_all(p);
}
END_TEST

START_TEST(two_keys_book_the_earliest_and_typing_ahead_waits_for_the_list)
{
	open_all();
	struct pty *p = sit();

	pty_ahead(p, "b<Enter>");
	HAS(23, "M ELLIS, Marcus booked Thu 12-Mar 10:00 Harbour.  No mobile: tell them.");
	ck_assert_int_eq(count(LIVE), 1);
	close_all(p);
}
END_TEST

START_TEST(a_time_taken_meanwhile_is_said_and_the_next_row_selected)
{
	open_all();
	struct pty *p = sit();

	pty_keys(p, "b");
	book(b.webb, b.obi, thu(10, 0));
	pty_keys(p, "<Enter>");
	HAS(23, "E Taken a moment ago at Harbour.  Row 1 is now Thu 10:00, held for you.");
	ck_assert_int_eq(count(LIVE), 1);
	HAS(7, "> 1 Thu 12-Mar-2026 10:00  0wd Northgate  Marsh");
	pty_keys(p, "<Enter>");
	HAS(23, "M ELLIS, Marcus booked Thu 12-Mar 10:00 Northgate");
	ck_assert_int_eq(count(LIVE), 2);
	close_all(p);
}
END_TEST

/* How long ago somebody was quicker is said in the words of who tells it down the line. */
START_TEST(how_long_ago_a_time_was_taken_is_said)
{
	open_all();
	struct pty *p = sit();

	pty_keys(p, "b");
	book(b.webb, b.obi, thu(10, 0));
	booked_sql(&b, "UPDATE history SET at = at - 2 WHERE name = 'book'");
	pty_keys(p, "<Enter>");
	HAS(23, "E Taken 2 s ago at Harbour.  Row 1 is now Thu 10:00, held for you.");
	close_all(p);
}
END_TEST

/* ---- what was offered ---- */

static struct id referred(void)
{
	booked_sql(&b,
		   "INSERT INTO episode (id, scope, number, person, service, customer, priority,"
		   " received, target, state, opened_at) SELECT 900, 'org:WVH', 'MSK-26-N0311', id,"
		   " (SELECT id FROM service WHERE code = 'PHYSIO'),"
		   " (SELECT id FROM customer WHERE code = 'WVH'), 1, 20522, 20529, 'open', 1"
		   " FROM person WHERE surname = 'ELLIS'");
	return (struct id){ 900 };
}

/* "10:00 declined, 10:40 booked" of the episode. */
static void offers_are(const char *want)
{
	char *got =
		booked_text(&b, "SELECT coalesce(group_concat(strftime('%H:%M', starts,"
				" 'unixepoch') || ' ' || became, ', '), '')"
				" FROM (SELECT * FROM offer WHERE episode = 900 ORDER BY at, id)");

	ck_assert_str_eq(got, want);
	mem_free(got);
}

START_TEST(each_time_that_was_held_for_them_is_an_offer_and_the_last_one_is_booked)
{
	open_all();
	referred();
	struct pty *p = sit();

	pty_keys(p, "b4<Down><Up>2x");
	offers_are("");
	pty_keys(p, "e<Tab><Tab>marsh<Enter>3<Enter>");
	HAS(23, "M ELLIS, Marcus booked Thu 12-Mar 11:00");
	offers_are("10:00 declined, 10:40 declined, 10:00 declined, 10:00 declined, 11:00 booked");
	ck_assert_int_eq(count("SELECT count(*) FROM offer o JOIN appointment a ON a.id = o.appt"
			       " AND a.state = 'B' AND o.site = a.site"
			       " AND o.clinician = a.clinician AND o.starts = a.starts"),
			 1);
	/* One command, not two. */
	ck_assert_int_eq(count("SELECT count(*) FROM cmd WHERE type IN ('book', 'offered')"), 1);
	close_all(p);
}
END_TEST

START_TEST(what_is_booked_by_two_keys_was_offered_and_nothing_else)
{
	open_all();
	referred();
	struct pty *p = sit();

	pty_ahead(p, "b<Enter>");
	HAS(23, "M ELLIS, Marcus booked");
	offers_are("10:00 booked");
	close_all(p);
}
END_TEST

/* An arrow holds nothing: Enter on another row declines what was held. */
START_TEST(a_row_that_an_arrow_found_declines_what_was_held)
{
	open_all();
	referred();
	struct pty *p = sit();

	pty_keys(p, "b<Down><Down><Enter>");
	offers_are("10:00 declined, 10:20 booked");
	close_all(p);
}
END_TEST

START_TEST(a_list_that_is_left_records_what_came_to_nothing_and_u_passes_it_over)
{
	open_all();
	referred();
	struct pty *p = sit();

	pty_keys(p, "b<Enter>");
	ck_assert_int_eq(count(LIVE), 1);
	booked_sql(&b, "DELETE FROM offer");
	pty_keys(p, "b4<Esc>");
	HAS(3, "START");
	offers_are("10:40 declined, 11:20 not_taken");
	ck_assert_int_eq(count("SELECT count(*) FROM history WHERE what = '2 times offered, none"
			       " booked'"),
			 1);
	pty_keys(p, "u");
	ck_assert_int_eq(count(LIVE), 0);
	close_all(p);
}
END_TEST

START_TEST(a_time_that_somebody_else_took_was_not_taken)
{
	open_all();
	referred();
	struct pty *p = sit();

	pty_keys(p, "b");
	book(b.webb, b.obi, thu(10, 0));
	pty_keys(p, "<Enter><Enter>");
	HAS(23, "M ELLIS, Marcus booked Thu 12-Mar 10:00 Northgate");
	offers_are("10:00 not_taken, 10:00 booked");
	close_all(p);
}
END_TEST

START_TEST(without_an_episode_nothing_waits_and_nothing_is_recorded)
{
	open_all();
	struct pty *p = sit();

	pty_keys(p, "b2<Esc>");
	ck_assert_int_eq(count("SELECT count(*) FROM offer"), 0);
	ck_assert_int_eq(count("SELECT count(*) FROM cmd WHERE type = 'offered'"), 0);
	/* With the booking that opens one they are its own. */
	pty_keys(p, "b2<Enter>");
	ck_assert_int_eq(count("SELECT count(*) FROM offer o JOIN episode e ON e.id = o.episode"),
			 2);
	close_all(p);
}
END_TEST

START_TEST(another_desks_booking_shows_without_a_key_and_moves_nothing)
{
	int row, col;

	open_all();
	struct pty *p = sit();

	pty_keys(p, "b3");
	book(b.webb, b.marsh, thu(10, 0));
	pty_wait_for(p, "no longer here");
	pty_cursor(p, &row, &col);
	ck_assert_int_eq(row, 9);
	HAS(9, "> 3 Thu 12-Mar-2026 10:20  0wd Harbour");
	close_all(p);
}
END_TEST

START_TEST(whom_another_desk_booked_meanwhile_is_not_booked_twice_unawares)
{
	open_all();
	struct pty *p = sit();

	pty_keys(p, "b");
	book(b.ellis, b.marsh, thu(10, 0));
	pty_wait_for(p, "follow-up, 20 min");
	pty_keys(p, "<Enter>");
	HAS(23, "E ELLIS, Marcus was booked meanwhile: another time too?");
	ck_assert_int_eq(count(LIVE), 1);
	book(b.ellis, b.marsh, thu(10, 40));
	pty_wait_for(p, "follow-up, 20 min");
	pty_keys(p, "2<Enter>");
	HAS(23, "E ELLIS was booked meanwhile: another time too?");
	ck_assert_int_eq(count(LIVE), 2);
	/* Who wants it all the same presses once more. */
	pty_keys(p, "<Enter>");
	HAS(23, "M ELLIS, Marcus booked Thu 12-Mar");
	ck_assert_int_eq(count(LIVE), 3);
	close_all(p);
}
END_TEST

START_TEST(the_rule_line_stands_where_the_seen_by_date_passes)
{
	open_all();
	booked_sql(&b,
		   "INSERT INTO episode (id, scope, number, person, service, customer, priority,"
		   " received, target, state, opened_at) SELECT 900, 'org:WVH', 'MSK-26-N0311', id,"
		   " (SELECT id FROM service WHERE code = 'PHYSIO'),"
		   " (SELECT id FROM customer WHERE code = 'WVH'), 1, 20522, 20529, 'open', 1"
		   " FROM person WHERE surname = 'ELLIS'");
	struct pty *p = sit();

	pty_keys(p, "b");
	HAS(4, "MSK-26-N0311  P1  new, 40 min   to be seen by Tue 17-Mar-2026");
	HAS(4, "day 2 of 5");
	pty_keys(p, "<End>");
	ck_assert_int_gt(pty_find(p, "--- past the seen-by date -------"), 0);
	ck_assert_int_gt(pty_find(p, "2wd late"), 0);
	close_all(p);
}
END_TEST

START_TEST(the_search_line_narrows_the_list)
{
	open_all();
	struct pty *p = sit();

	pty_keys(p, "be<Tab>har");
	HAS(17, "=> at Harbour");
	pty_keys(p, "<Enter>");
	HAS(7, "Harbour");
	HAS(8, "Harbour");
	ck_assert_int_eq(pty_find(p, "Northgate "), 0);
	pty_keys(p, "e<C-u><Tab>marsh<Tab>thu after 12<Enter>");
	HAS(7, "12:00");
	HAS(7, "Marsh");
	pty_keys(p, "e<Tab>telepathy<Enter>");
	HAS(23, "E telepathy is no way to meet");
	pty_keys(p, "<C-u>phone<Enter>");
	HAS(19, "by telephone, with Jo");
	pty_keys(p, "e<Tab>tom<Enter>");
	HAS(7, "Thu 19-Mar-2026");
	pty_keys(p, "<Esc>");
	HAS(3, "START");
	close_all(p);
}
END_TEST

START_TEST(what_the_search_line_does_not_understand_is_said_at_its_field)
{
	open_all();
	struct pty *p = sit();

	pty_keys(p, "e");
	HAS(23, "W e does nothing here");
	pty_keys(p, "be31/2<Enter>");
	HAS(23, "E ");
	pty_keys(p, "<C-u><Tab>zzz<Enter>");
	HAS(23, "E zzz: no site is called that.  F4 lists the sites.");
	pty_keys(p, "<F4>");
	ck_assert_int_gt(pty_find(p, "HBR Harbour"), 0);
	pty_keys(p, "<Down><Enter><Enter>");
	HAS(7, "10:00");
	close_all(p);
}
END_TEST

START_TEST(nothing_free_says_so)
{
	open_all();
	booked_sql(&b, "UPDATE slot SET state = 'blocked'");
	struct pty *p = sit();

	pty_keys(p, "b");
	HAS(17, "Nothing is free.  e changes the search, or w Wait, or tell the lead (E).");
	pty_keys(p, "<Enter>");
	HAS(23, "E Nothing is free");
	close_all(p);
}
END_TEST

START_TEST(nothing_by_the_seen_by_date_says_what_is_left_to_do)
{
	open_all();
	referred();
	booked_sql(&b, "UPDATE slot SET state = 'blocked' WHERE day < 20530");
	struct pty *p = sit();

	pty_keys(p, "b");
	HAS(7, "--- past the seen-by date -------");
	HAS(17, "Nothing by Tue 17-Mar.  8 later, or w Wait, or tell the lead (E).");
	close_all(p);
}
END_TEST

START_TEST(w_waits_for_a_freed_time_as_the_search_says)
{
	open_all();
	referred();
	struct pty *p = sit();

	pty_keys(p, "be<Tab>har<Tab><Tab>thu after 10<Enter>w");
	HAS(3, "START");
	HAS(23, "M ELLIS, Marcus waits for a freed time: HBR, Thu after 10:00.  u Undo");
	ck_assert_int_eq(count("SELECT count(*) FROM wait WHERE episode = 900"), 1);
	ck_assert_int_eq(count("SELECT count(*) FROM desk_hold"), 0);
	offers_are("10:00 declined");
	pty_keys(p, "bw");
	HAS(23, "E ");
	pty_keys(p, "<Esc>u");
	ck_assert_int_eq(count("SELECT count(*) FROM wait WHERE state = 'waiting'"), 0);
	close_all(p);
}
END_TEST

START_TEST(with_a_woman_or_with_the_same_as_last_time)
{
	open_all();
	referred();
	booked_sql(&b, "UPDATE clinician SET gender = 'woman' WHERE code = 'obi';"
		       "UPDATE clinician SET gender = 'man' WHERE code = 'marsh'");
	struct pty *p = sit();

	pty_keys(p, "be<Tab><Tab>a woman");
	HAS(17, "=> with a woman");
	pty_keys(p, "<Enter>");
	HAS(7, "Obi");
	HAS(8, "Obi");
	ck_assert_int_eq(pty_find(p, "Marsh"), 0);
	pty_keys(p, "e<C-u>same as last<Enter>");
	HAS(23, "E Nobody has seen them yet: there is no last time to go by.");
	pty_keys(p, "<C-u>man<Enter>");
	HAS(7, "Marsh");
	pty_keys(p, "<Enter>");
	pty_keys(p, "be<Tab><Tab>same");
	HAS(17, "=> with Marsh");
	pty_keys(p, "<Enter>");
	HAS(7, "Marsh");
	ck_assert_int_eq(pty_find(p, " Obi "), 0);
	close_all(p);
}
END_TEST

/* Nobody can be asked to come within the hour. */
START_TEST(a_day_too_near_for_an_interpreter_is_marked)
{
	struct intake_form form = { .v = { [IN_INTERPRETER] = "Polish" } };

	open_all();
	ck_ok(intake_set(&b.c.desk, b.ellis, &form, NULL, &err), err);
	booked_sql(&b, "UPDATE clinician SET skills = 'hands polish' WHERE code = 'marsh'");
	struct pty *p = sit();

	pty_keys(p, "b");
	HAS(7, "Obi        40  H  no interpreter");
	HAS(8, "Marsh      40     own site");
	HAS(15, "Thu 19-Mar-2026 10:00  5wd Harbour    Obi        40");
	ck_assert_ptr_null(strstr(pty_row(p, 15), "no interpreter"));
	pty_keys(p, "e<Tab><Tab><Tab><Tab>phone<Enter>");
	ck_assert_int_eq(pty_find(p, "no interpreter"), 0);
	close_all(p);
}
END_TEST

START_TEST(a_move_keeps_the_old_time_until_enter)
{
	open_all();
	moving = book(b.ellis, b.obi, thu(10, 0));
	struct pty *p = sit();

	pty_keys(p, "m");
	HAS(1, "MOVE");
	HAS(4, "now Thu 12-Mar-2026 10:00 Obi");
	HAS(20, "The old time is kept until Enter.  Asked for by the person: s, by the service.");
	pty_keys(p, "<Esc>m2<Enter>");
	HAS(23, "M ELLIS, Marcus moved to Thu 12-Mar 10:40 Northgate.  No mobile: tell them.");
	HAS(3, "START");
	ck_assert_int_eq(count(LIVE), 1);
	ck_assert_int_eq(count("SELECT moves FROM appointment"), 1);
	ck_assert_int_eq(count("SELECT count(*) FROM history WHERE what LIKE"
			       " 'moved by the person%'"),
			 1);
	pty_keys(p, "ms<Enter>");
	ck_assert_int_eq(count("SELECT count(*) FROM history WHERE what LIKE"
			       " 'moved by the service%'"),
			 1);
	close_all(p);
}
END_TEST

/* One attendance of one is used; the contract looks back at the second. */
static void use_the_cap(void)
{
	booked_sql(&b,
		   "UPDATE service SET cap = 1 WHERE code = 'PHYSIO';"
		   "INSERT INTO contract (id, service, customer, from_day, triage, offer, seen,"
		   " report, tries, cap, rule, state, review) SELECT 1, id, NULL, 1, 1, 5, 10, 2,"
		   " 3, 0, '', 'on', 2 FROM service WHERE code = 'PHYSIO';"
		   "INSERT INTO user_right SELECT 1, id, 'lead', NULL, NULL, 'on' FROM user"
		   " WHERE name = 'r.adeyemi'");
	refs_free(b.c.desk.refs);
	ck_ok(refs_load(b.c.store, &b.c.desk.refs, &err), err);
	book(b.ellis, b.marsh, thu(10, 0));
}

START_TEST(over_the_cap_the_list_asks_for_more_and_books_once_the_lead_agrees)
{
	struct pty *p;

	open_all();
	use_the_cap();
	p = sit();
	pty_keys(p, "b");
	HAS(4, "follow-up, 20 min   cap 1: 0 used, 1 booked, 0 left");
	HAS(17, "Cap 1 reached: E asks the lead for more attendances.");
	/* What cannot be booked is kept from nobody. */
	ck_assert_int_eq(count("SELECT count(*) FROM desk_hold"), 0);
	pty_keys(p, "<Enter>");
	HAS(23, "E Cap 1 reached.  E asks the lead.");
	pty_keys(p, "2");
	HAS(23, "E Cap 1 reached.  E asks the lead.");
	ck_assert_int_eq(count("SELECT count(*) FROM desk_hold"), 0);
	pty_keys(p, "E1 knee still swollen<Enter>");
	HAS(23, "M 1 more asked for: the lead has it as a task.");
	HAS(17, "Cap 1 reached, more are asked for: the lead answers with E.");
	ck_assert_int_eq(count("SELECT count(*) FROM task WHERE kind = 'extend' AND"
			       " for_role = 'lead' AND state = 'open'"),
			 1);
	pty_keys(p, "E");
	HAS(23, "E More are asked for already: the lead answers.");
	seat_leave(p);
	/* The lead, at another desk. */
	p = sit_as("r.adeyemi");
	pty_keys(p, "bE");
	HAS(23, "More are asked for ELLIS, Marcus:");
	pty_keys(p, "aone more is fair<Enter>");
	HAS(23, "M Agreed: the cap is 2 now.  1 is held for you until 09:47.  u Undo");
	HAS(4, "attendance 2 of 2: review");
	ck_assert_int_eq(count("SELECT count(*) FROM desk_hold"), 1);
	ck_assert_int_eq(
		count("SELECT count(*) FROM task WHERE kind = 'extend' AND state = 'open'"), 0);
	pty_keys(p, "<Enter>");
	HAS(23, "ELLIS, Marcus booked Thu 12-Mar 10:40");
	ck_assert_int_eq(count(LIVE), 2);
	close_all(p);
}
END_TEST

START_TEST(the_lead_refuses_more_or_agrees_by_themselves_in_one_step)
{
	struct pty *p;

	open_all();
	use_the_cap();
	p = sit();
	pty_keys(p, "bE1 knee still swollen<Enter>");
	seat_leave(p);
	p = sit_as("r.adeyemi");
	pty_keys(p, "bEdexercises at home<Enter>");
	HAS(23, "M Declined.  u Undo");
	HAS(17, "Cap 1 reached.  1 more declined by r.adeyemi: exercises at home");
	seat_leave(p);
	/* Who asked is told: by whom, where the cap stands; why is for clinical eyes. */
	p = sit();
	pty_keys(p, "b");
	HAS(17, "Cap 1 reached.  1 more declined by r.adeyemi");
	ck_assert_int_eq(pty_find(p, "exercises"), 0);
	ck_assert_int_eq(count("SELECT count(*) FROM task t JOIN user u ON u.id = t.for_user"
			       " WHERE t.kind = 'message' AND t.state = 'open' AND"
			       " u.name = 'p.shah' AND t.text LIKE '1 more session declined, %'"
			       " AND t.text NOT LIKE '%exercises%'"),
			 1);
	seat_leave(p);
	p = sit_as("r.adeyemi");
	pty_keys(p, "bE2 new job<Enter>");
	HAS(23, "M Agreed: the cap is 3 now.  1 is held for you");
	ck_assert_int_eq(count("SELECT count(*) FROM extension WHERE state = 'declined' AND"
			       " answer = 'exercises at home'"),
			 1);
	ck_assert_int_eq(count("SELECT count(*) FROM extension x JOIN user u ON u.id = x.user"
			       " WHERE x.state = 'agreed' AND x.more = 2 AND x.answer = 'new job'"
			       " AND u.name = 'r.adeyemi'"),
			 1);
	pty_keys(p, "u");
	HAS(17, "Cap 1 reached");
	close_all(p);
}
END_TEST

START_TEST(what_is_over_cannot_be_moved)
{
	open_all();
	moving = book(b.ellis, b.obi, thu(10, 0));
	ck_ok(booking_cancel(&b.c.desk, moving, CANCEL_PERSON, "ill", &err), err);
	struct pty *p = sit();

	pty_keys(p, "m");
	HAS(3, "START");
	HAS(23, "E ELLIS is cancelled: only what is booked can be moved.");
	close_all(p);
}
END_TEST

START_TEST(without_a_service_the_letter_is_asked_and_counselling_is_not_offered)
{
	open_all();
	service = (struct id){ 0 };
	struct pty *p = sit();

	pty_keys(p, "b");
	HAS(23, "Book which?  n OH nurse  d OH doctor  p Physio  Esc keep");
	pty_keys(p, "<Esc>bn");
	HAS(1, "BOOK  OH nurse");
	pty_keys(p, "<Esc>bp<Enter>");
	ck_assert_int_eq(count(LIVE), 1);
	close_all(p);
}
END_TEST

START_TEST(the_one_episode_that_waits_is_opened_without_a_question)
{
	open_all();
	service = (struct id){ 0 };
	book(b.ellis, b.obi, thu(10, 0));
	ck_ok(booking_cancel(&b.c.desk, (struct id){ count("SELECT id FROM appointment") },
			     CANCEL_PERSON, "ill", &err),
	      err);
	struct pty *p = sit();

	pty_keys(p, "b");
	HAS(1, "BOOK  Rapid access physio");
	HAS(4, "MSK-26-");
	close_all(p);
}
END_TEST

START_TEST(overbooking_needs_the_right_and_asks_whom_when_and_why)
{
	open_all();
	struct pty *p = sit();

	/* Who may not tells who may. */
	pty_keys(p, "bEsay<Enter>");
	HAS(23, "E Nobody has the right lead at Northgate");
	pty_keys(p, "<Esc>");
	seat_leave(p);
	booked_sql(&b, "INSERT INTO user_right (id, user, name, state) SELECT 902, id, 'lead',"
		       " 'on' FROM user WHERE name = 'r.adeyemi'");
	p = sit();
	pty_keys(p, "bE");
	HAS(23, "Tell the lead what?");
	pty_keys(p, "cannot come before May<Enter>");
	HAS(23, "M The lead is told; the answer comes to your tasks.  u Undo");
	ck_assert_int_eq(
		count("SELECT count(*) FROM task WHERE for_role = 'lead' AND kind = 'message'"
		      " AND text = 'No time by Thu 19-Mar-2026 for Physio: cannot come"
		      " before May'"),
		1);
	seat_leave(p);
	booked_sql(&b, "INSERT INTO user_right (id, user, name, state) SELECT 901, id, 'overbook',"
		       " 'on' FROM user WHERE name = 'p.shah'");
	book(b.webb, b.marsh, thu(10, 0));
	p = sit();
	pty_keys(p, "bEmarsh 12/3 10:10<Enter>");
	HAS(23, "Overbooked: why?");
	pty_keys(p, "came a long way<Enter>");
	HAS(23, "M ELLIS, Marcus booked OVER Thu 12-Mar-2026 10:10, Marsh.  u Undo");
	HAS(3, "START");
	ck_assert_int_eq(count("SELECT count(*) FROM appointment WHERE over_by IS NOT NULL"), 1);
	close_all(p);
}
END_TEST

START_TEST(a_wide_window_shows_whole_names)
{
	open_all();
	struct pty *p = sit_at(43, 132);

	pty_keys(p, "b");
	ck_assert(pty_screen_is(p, "tests/screens/book_wide.screen"));
	pty_resize(p, 24, 80);
	HAS(7, "> 1 Thu 12-Mar-2026 10:00");
	close_all(p);
}
END_TEST

/* Screens 4, rows 1 and 4: keys that people press, Shift counted for /, on the real screens. */
START_TEST(a_caller_gets_the_earliest_physio_in_ten_keys)
{
	open_all();
	book(b.okafor, b.obi, thu(10, 0));
	ck_ok(booking_cancel(&b.c.desk, (struct id){ count("SELECT id FROM appointment") },
			     CANCEL_PERSON, "rang", &err),
	      err);
	struct pty *p = at_desk(&b.c, "p.shah", NULL);

	pty_count_start(p);
	pty_keys(p, "/okaf<Enter>b<Enter>");
	HAS(23, "M OKAFOR, Adaeze booked Thu 12-Mar 10:00 Harbour.  No mobile: tell them.");
	ck_assert_int_eq(count(LIVE), 1);
	ck_assert_int_le(pty_count(p), 10);
	ck_assert_int_eq(pty_count(p), 8);
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

START_TEST(the_next_appointment_moves_in_twelve_keys)
{
	open_all();
	book(b.okafor, b.obi, thu(10, 0));
	struct pty *p = at_desk(&b.c, "p.shah", NULL);

	pty_count_start(p);
	pty_keys(p, "/okaf<Enter>m2<Enter>");
	HAS(23, "M OKAFOR, Adaeze moved to Thu 12-Mar 10:40 Northgate.  No mobile: tell them.");
	ck_assert_int_eq(count("SELECT moves FROM appointment"), 1);
	ck_assert_int_le(pty_count(p), 12);
	ck_assert_int_eq(pty_count(p), 9);
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

START_TEST(a_caller_is_booked_by_one_who_types_ahead)
{
	open_all();
	book(b.okafor, b.obi, thu(10, 0));
	struct pty *p = at_desk(&b.c, "p.shah", NULL);

	pty_ahead(p, "/okaf<Enter>m2<Enter>");
	HAS(23, "M OKAFOR, Adaeze moved to Thu 12-Mar 10:40 Northgate.  No mobile: tell them.");
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

TEST_MAIN("book", the_booking_list_stands_as_designed,
	  rooms_that_fail_a_need_are_marked_and_the_interpreter_is_said,
	  enter_books_the_row_that_is_selected, a_digit_only_picks_and_each_digit_picks_anew,
	  two_keys_book_the_earliest_and_typing_ahead_waits_for_the_list,
	  a_time_taken_meanwhile_is_said_and_the_next_row_selected,
	  how_long_ago_a_time_was_taken_is_said,
	  each_time_that_was_held_for_them_is_an_offer_and_the_last_one_is_booked,
	  what_is_booked_by_two_keys_was_offered_and_nothing_else,
	  a_row_that_an_arrow_found_declines_what_was_held,
	  a_list_that_is_left_records_what_came_to_nothing_and_u_passes_it_over,
	  a_time_that_somebody_else_took_was_not_taken,
	  without_an_episode_nothing_waits_and_nothing_is_recorded,
	  another_desks_booking_shows_without_a_key_and_moves_nothing,
	  whom_another_desk_booked_meanwhile_is_not_booked_twice_unawares,
	  the_rule_line_stands_where_the_seen_by_date_passes, the_search_line_narrows_the_list,
	  what_the_search_line_does_not_understand_is_said_at_its_field, nothing_free_says_so,
	  nothing_by_the_seen_by_date_says_what_is_left_to_do,
	  w_waits_for_a_freed_time_as_the_search_says, with_a_woman_or_with_the_same_as_last_time,
	  a_day_too_near_for_an_interpreter_is_marked, a_move_keeps_the_old_time_until_enter,
	  over_the_cap_the_list_asks_for_more_and_books_once_the_lead_agrees,
	  the_lead_refuses_more_or_agrees_by_themselves_in_one_step, what_is_over_cannot_be_moved,
	  without_a_service_the_letter_is_asked_and_counselling_is_not_offered,
	  the_one_episode_that_waits_is_opened_without_a_question,
	  overbooking_needs_the_right_and_asks_whom_when_and_why, a_wide_window_shows_whole_names,
	  a_caller_gets_the_earliest_physio_in_ten_keys, the_next_appointment_moves_in_twelve_keys,
	  a_caller_is_booked_by_one_who_types_ahead)
