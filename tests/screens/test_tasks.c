/*
 * test_tasks.c: S21 and its form, and the count in row 1: the test is the other desk.
 */
#include "suite.h"

#include <stdio.h>

#include "at_desk.h"
#include "base/alloc.h"
#include "booked.h"
#include "clinic/act.h"
#include "clinic/booking.h"
#include "clinic/diary.h"
#include "clinic/task.h"

static struct booked b;
static struct err err;

static struct id add_as(const char *user, enum task_kind kind, const char *to, struct id person,
			struct moment due, const char *text)
{
	struct task_ask ask = { .kind = kind, .person = person, .due = due, .text = text };
	struct id id = { 0 };

	clinic_sit(&b.c, user);
	ck_ok(task_for_parse(&b.c.desk, to, &ask.to, &err), err);
	ck_ok(task_add(&b.c.desk, &ask, &id, &err), err);
	return id;
}

static const struct id nobody = { 0 };

/* A morning's worth: overdue, now, later today, another day, another site's. */
static void some_tasks(void)
{
	booked_open(&b);
	add_as("j.marsh", TASK_RING, "reception", b.okafor, thu(9, 42),
	       "Ring about her shifts: she works nights until the end of the month");
	booked_sql(&b, "UPDATE task SET due = due - 90 * 60");
	add_as("r.adeyemi", TASK_MESSAGE, "p.shah", nobody, thu(9, 42),
	       "Can the 10:20 wait? The interpreter is late.");
	add_as("a.root", TASK_ARRANGE, "reception@NGT", b.ellis, thu(14, 30),
	       "Sign language: Zoë knows somebody");
	add_as("p.shah", TASK_TODO, "reception", nobody, next_thu(17, 0), "Order gloves, size M");
	add_as("m.doyle", TASK_TODO, "nurse@all", nobody, thu(12, 0), "Not for reception");
}

static int64_t open_ones(void)
{
	return clinic_count(&b.c, "SELECT count(*) FROM task WHERE state = 'open'");
}

START_TEST(the_tasks_stand_as_drawn)
{
	static const struct {
		int rows, cols;
		const char *locale, *picture;
	} looks[] = { { 24, 80, NULL, "tests/screens/tasks.screen" },
		      { 43, 132, NULL, "tests/screens/tasks_132x43.screen" },
		      { 24, 80, "C", "tests/screens/tasks_ascii.screen" } };

	some_tasks();
	for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
		struct pty_options how = { .rows = looks[i].rows,
					   .cols = looks[i].cols,
					   .locale = looks[i].locale };
		struct pty *p = at_desk(&b.c, "p.shah", &how);

		pty_keys(p, "gk");
		ck_assert(pty_screen_is(p, looks[i].picture));
		at_desk_end(p);
	}
	booked_close(&b);
}
END_TEST

START_TEST(the_next_task_is_done_in_four_keys)
{
	struct pty *p;

	some_tasks();
	p = at_desk(&b.c, "p.shah", NULL);
	pty_count_start(p);
	pty_keys(p, "gk<Enter>s");
	ck_assert_int_le(pty_count(p), 4);
	row_has(p, 23, "M spoke: Ring about her shifts");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM task WHERE outcome = 'spoke'"),
			 1);
	/* The next one that is open is next; one key takes the ending back. */
	row_has(p, 5, "> 2");
	row_has(p, 4, "  1 spoke");
	pty_keys(p, "u");
	row_has(p, 4, "  1 OVER 1h");
	ck_assert_int_eq(open_ones(), 5);
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

START_TEST(a_call_without_an_answer_is_two_keys_and_comes_again)
{
	struct pty *p;

	some_tasks();
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, "gk");
	pty_count_start(p);
	pty_keys(p, "<Enter>v");
	ck_assert_int_le(pty_count(p), 3);
	row_has(p, 23, "M Call 1, no answer: again Thu 12-Mar-2026 ");
	ck_assert_int_eq(pty_find(p, "OVER"), 0);
	/* What became of the calls stands under the list. */
	pty_keys(p, "<Home>");
	ck_assert_int_gt(pty_find(p, "1 call, the last Thu 12-Mar-2026 09:42: no answer"), 0);
	ck_assert_int_eq(open_ones(), 5);
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

START_TEST(no_key_ends_a_task_without_an_outcome)
{
	static const char *const ways[] = { "<Enter><Enter>",
					    "<Enter><Esc>",
					    "<Enter> ",
					    "<Enter>x",
					    "<Enter><F3>",
					    "X",
					    "D",
					    "<Del>",
					    "<Enter>o<Esc>",
					    "<Enter>o<Enter><Esc>",
					    "h<Esc>",
					    "e<Esc>" };
	struct pty *p;

	some_tasks();
	p = at_desk(&b.c, "p.shah", NULL);
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		pty_keys(p, "<F3>gk<Home>");
		pty_keys(p, ways[i]);
		ck_assert_msg(open_ones() == 5, "%s ended one", ways[i]);
		pty_keys(p, "<Esc><Esc>");
	}
	/* In words it ends. */
	pty_keys(p, "<F3>gk<Home><Enter>oShe rang herself<Enter>");
	row_has(p, 23, "M otherwise: Ring about her shifts");
	ck_assert_int_eq(open_ones(), 4);
	ck_assert_int_eq(clinic_count(&b.c,
				      "SELECT count(*) FROM task WHERE state = 'done'"
				      " AND outcome = 'other' AND words = 'She rang herself'"),
			 1);
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

START_TEST(keys_typed_ahead_never_answer_the_question)
{
	struct pty *p;

	some_tasks();
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, "gk");
	pty_ahead(p, "<Enter>ssss");
	row_has(p, 23, "Ring");
	ck_assert_int_eq(open_ones(), 5);
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

START_TEST(the_count_stands_in_row_1_of_every_screen_and_follows_the_other_desks)
{
	struct pty *p;
	struct id id;

	some_tasks();
	p = at_desk(&b.c, "p.shah", NULL);
	row_has(p, 1, "p.shah  Tasks 3");
	pty_keys(p, "/");
	row_has(p, 1, "Tasks 3");
	pty_keys(p, "<Esc>gd");
	row_has(p, 1, "Tasks 3");
	id = add_as("r.adeyemi", TASK_TODO, "p.shah", nobody, thu(10, 0), "One more");
	pty_wait_for(p, "Tasks 4");
	clinic_sit(&b.c, "m.doyle");
	ck_ok(task_done(&b.c.desk, id, "not_needed", NULL, &err), err);
	pty_wait_for(p, "Tasks 3");
	/* What is for others changes nothing here: not a byte is sent. */
	pty_count_start(p);
	add_as("m.doyle", TASK_TODO, "nurse@all", nobody, thu(10, 0), "Not for reception");
	pty_wait(p);
	ck_assert_int_eq(pty_bytes(p), 0);
	pty_keys(p, "<F3>gk<Enter>s");
	row_has(p, 1, "Tasks 2");
	at_desk_end(p);
	p = at_desk(&b.c, "s.kelly", NULL);
	ck_assert_msg(!strstr(pty_row(p, 1), "Tasks"), "%s", pty_row(p, 1));
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

START_TEST(another_desk_s_task_comes_at_the_end_and_what_it_ends_stays_in_its_row)
{
	struct pty *p;
	struct id first;

	booked_open(&b);
	first = add_as("p.shah", TASK_TODO, "reception", nobody, thu(11, 0), "First");
	add_as("p.shah", TASK_TODO, "reception", nobody, thu(12, 0), "Second");
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, "gk<Down>");
	add_as("a.root", TASK_TODO, "reception@NGT", nobody, thu(10, 0), "Sooner");
	pty_wait_for(p, "Sooner");
	row_has(p, 4, "  1 11:00      to do    First");
	row_has(p, 5, "> 2 12:00      to do    Second");
	row_has(p, 6, "  3 10:00      to do    Sooner");
	clinic_sit(&b.c, "m.doyle");
	ck_ok(task_done(&b.c.desk, first, "done", NULL, &err), err);
	pty_wait_for(p, "1 done ");
	row_has(p, 5, "> 2 12:00      to do    Second");
	row_has(p, 2, "2 open");
	pty_keys(p, "1<Enter>");
	row_has(p, 23, "E That one is over");
	pty_keys(p, "<F5>");
	row_has(p, 4, "1 10:00      to do    Sooner");
	row_has(p, 5, "2 12:00      to do    Second");
	ck_assert_int_eq(pty_find(p, "First"), 0);
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

START_TEST(f_shows_mine_my_role_s_all_and_what_was_done_today)
{
	struct pty *p;

	some_tasks();
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, "gk");
	row_has(p, 2, "4 open  1 overdue  2 more today");
	pty_keys(p, "f");
	row_has(p, 2, "Show mine alone");
	row_has(p, 2, "1 open");
	pty_keys(p, "f");
	row_has(p, 2, "Show my role's");
	row_has(p, 2, "3 open");
	pty_keys(p, "f");
	row_has(p, 2, "Show all");
	row_has(p, 2, "4 open");
	pty_keys(p, "f");
	row_has(p, 2, "0 done today");
	row_has(p, 4, "Nothing was done today yet.");
	pty_keys(p, "f<Enter>sffff");
	row_has(p, 2, "1 done today");
	row_has(p, 4, "1 spoke");
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

START_TEST(a_new_task_is_typed_and_what_is_wrong_is_said_where_it_is)
{
	struct pty *p;
	int row, col, was;

	booked_open(&b);
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, "gkn");
	row_has(p, 1, "TASK  new");
	pty_keys(p, "<C-s>");
	row_has(p, 23, "E What is needed.");
	pty_keys(p, "Call the lift people<Enter>nobody<Enter><Enter><Enter>tom 10<Enter>");
	row_has(p, 8, "F4 chooses");
	row_has(p, 11, "=> Fri 13-Mar-2026 10:00");
	pty_keys(p, "<C-s>");
	row_has(p, 23, "E \"nobody\" is no user, role or right");
	pty_cursor(p, &row, &col);
	ck_assert_int_eq(row, 8);
	pty_keys(p, "<C-u>r.adeyemi");
	row_has(p, 8, "=> ADEYEMI, Ruth (Mrs)");
	/* Whom it is about is found with F4. */
	pty_keys(p, "<Tab><Tab><Tab><Tab>999<C-s>");
	row_has(p, 23, "E Nobody has that number");
	pty_cursor(p, &was, &col);
	pty_keys(p, "<C-u><F4>okaf<Enter>");
	pty_cursor(p, &row, &col);
	ck_assert_int_eq(row, was);
	row_has(p, row, "[OKAFOR, Adaeze (Ms)");
	pty_keys(p, "<C-s>");
	row_has(p, 23, "M Opened for r.adeyemi.");
	ck_assert_int_eq(clinic_count(&b.c,
				      "SELECT count(*) FROM task JOIN user u ON u.id = for_user"
				      " WHERE u.name = 'r.adeyemi' AND kind = 'todo'"
				      " AND task.person IS NOT NULL"),
			 1);
	pty_keys(p, "u");
	ck_assert_int_eq(open_ones(), 0);
	/* Nothing typed is lost unasked. */
	pty_keys(p, "nHalf of a<F3>");
	row_has(p, 1, "Parked 1");
	pty_keys(p, "<C-r>");
	row_has(p, 1, "TASK  new");
	row_has(p, 7, "[Half of a");
	pty_keys(p, "<Esc>");
	row_has(p, 23, "Leave without saving what was typed?");
	pty_keys(p, "y");
	ck_assert_int_eq(pty_find(p, "Parked"), 0);
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

START_TEST(a_task_is_handed_over_put_off_and_noted)
{
	struct pty *p;

	some_tasks();
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, "gkh");
	row_has(p, 3, "Ring about her shifts");
	row_has(p, 4, "OKAFOR, Adaeze (Ms)  Born 14-Aug-1984");
	/* F4 lists roles, rights and users. */
	pty_keys(p, "<F4>");
	row_has(p, 1, "CHOOSE  For");
	ck_assert_int_gt(pty_find(p, "clinician.physio"), 0);
	ck_assert_int_gt(pty_find(p, "r.adeyemi  ADEYEMI, Ruth (Mrs)"), 0);
	pty_keys(p, "<Esc>r.adeyemi<Tab><Tab>Asks about tablets<C-s>");
	row_has(p, 23, "M Handed to r.adeyemi.");
	/* Another's task stays in its row until F5, and is not to be ended here any more. */
	pty_keys(p, "<F5>e<C-u>mon 9:00<C-s>");
	row_has(p, 23, "E Why is it put off");
	pty_keys(p, "late shift<C-s>");
	row_has(p, 23, "M Put off to Mon 16-Mar-2026 09:00.");
	pty_keys(p, "<Home>e<Tab>asked again<C-s>");
	row_has(p, 23, "M Noted.");
	at_desk_end(p);
	p = at_desk(&b.c, "r.adeyemi", NULL);
	row_has(p, 1, "Tasks 2");
	pty_keys(p, "<F3>gk");
	ck_assert_int_gt(pty_find(p, "Ring about"), 0);
	ck_assert_int_gt(pty_find(p, "Asks about tablets"), 0);
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

START_TEST(a_message_is_answered_with_one_line_and_comes_back)
{
	struct pty *p;

	booked_open(&b);
	add_as("r.adeyemi", TASK_MESSAGE, "p.shah", nobody, thu(9, 42), "Can the 10:20 wait?");
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, "gk<Enter>aTen minutes, no more.<Enter>");
	row_has(p, 23, "M answered: Can the 10:20 wait?");
	at_desk_end(p);
	p = at_desk(&b.c, "r.adeyemi", NULL);
	row_has(p, 1, "Tasks 1");
	pty_keys(p, "<F3>gk");
	row_has(p, 4, "p.shah: Ten minutes, no more.");
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

START_TEST(a_private_task_is_nowhere_on_other_screens)
{
	struct task_ask ask = { .kind = TASK_RING, .text = "did not come" };
	struct pty *p;

	booked_open(&b);
	clinic_sit(&b.c, "s.kelly");
	ask.service = b.couns;
	ask.person = b.webb;
	ck_ok(task_for_parse(&b.c.desk, "counsellor@all", &ask.to, &err), err);
	ck_ok(task_add(&b.c.desk, &ask, NULL, &err), err);
	p = at_desk(&b.c, "p.shah", NULL);
	ck_assert_msg(!strstr(pty_row(p, 1), "Tasks"), "%s", pty_row(p, 1));
	pty_keys(p, "gk");
	for (int i = 0; i < TASK_LISTS; i++) {
		ck_assert_int_eq(pty_find(p, "did not come"), 0);
		ck_assert_int_eq(pty_find(p, "WEBB"), 0);
		pty_keys(p, "f");
	}
	at_desk_end(p);
	p = at_desk(&b.c, "s.kelly", NULL);
	pty_keys(p, "<F3>gkfff");
	ck_assert_int_gt(pty_find(p, "did not"), 0);
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

START_TEST(the_other_keys_open_the_person_the_booking_and_the_history)
{
	struct pty *p;

	some_tasks();
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, "gkp");
	row_has(p, 1, "PHONE CARD");
	ck_assert_int_gt(pty_find(p, "OKAFOR, Adaeze"), 0);
	pty_keys(p, "<Enter>");
	row_has(p, 1, "PERSON");
	pty_keys(p, "<Esc><Esc>v");
	row_has(p, 1, "HISTORY");
	row_has(p, 4, "j.marsh      opened: ring");
	pty_keys(p, "<Esc>2p");
	row_has(p, 23, "E This task is about nobody.");
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

/* OKAFOR at Marsh's next Thursday, which Marsh then cannot keep. */
static struct id hit_by_leave(void)
{
	struct booking_ask ask;
	struct date day = moment_date(next_thu(10, 0));
	struct id id = { 0 }, leave;

	booked_open(&b);
	clinic_sit(&b.c, "p.shah");
	ask = (struct booking_ask){ .person = b.okafor,
				    .service = b.physio,
				    .clinician = b.marsh,
				    .starts = next_thu(10, 0) };
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	clinic_sit(&b.c, "j.marsh");
	ck_ok(diary_leave(&b.c.desk, b.marsh, day, day, "ill", NULL, &leave, &err), err);
	return id;
}

static int64_t to_rebook(void)
{
	return clinic_count(&b.c,
			    "SELECT count(*) FROM task WHERE kind = 'rebook' AND state = 'open'");
}

START_TEST(b_on_a_task_moves_the_booking_that_stands_by_the_service)
{
	struct pty *p;

	hit_by_leave();
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, "gkb");
	row_has(p, 1, "MOVE");
	ck_assert_int_gt(pty_find(p, "Asked for by the service: s, by the person."), 0);
	pty_keys(p, "<Enter>");
	row_has(p, 1, "TASKS");
	ck_assert_int_eq(to_rebook(), 0);
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

START_TEST(b_on_a_task_books_the_service_of_what_is_over)
{
	struct id id = hit_by_leave();
	struct pty *p;

	clinic_sit(&b.c, "p.shah");
	ck_ok(booking_cancel(&b.c.desk, id, CANCEL_SERVICE, "ill", &err), err);
	ck_assert_int_eq(to_rebook(), 1);
	booked_sql(&b, "UPDATE task SET due = due - 86400 WHERE kind = 'rebook'");
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, "gkb");
	row_has(p, 1, "BOOK  Rapid access physio");
	at_desk_end(p);
	booked_close(&b);
}
END_TEST

TEST_MAIN("tasks", the_tasks_stand_as_drawn, the_next_task_is_done_in_four_keys,
	  a_call_without_an_answer_is_two_keys_and_comes_again,
	  no_key_ends_a_task_without_an_outcome, keys_typed_ahead_never_answer_the_question,
	  the_count_stands_in_row_1_of_every_screen_and_follows_the_other_desks,
	  another_desk_s_task_comes_at_the_end_and_what_it_ends_stays_in_its_row,
	  f_shows_mine_my_role_s_all_and_what_was_done_today,
	  a_new_task_is_typed_and_what_is_wrong_is_said_where_it_is,
	  a_task_is_handed_over_put_off_and_noted,
	  a_message_is_answered_with_one_line_and_comes_back,
	  a_private_task_is_nowhere_on_other_screens,
	  the_other_keys_open_the_person_the_booking_and_the_history,
	  b_on_a_task_moves_the_booking_that_stands_by_the_service,
	  b_on_a_task_books_the_service_of_what_is_over)
