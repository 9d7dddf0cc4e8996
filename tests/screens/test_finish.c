/*
 * test_finish.c: what comes after an appointment, by keys: s and its outcome, D and what follows,
 * calls, the list of what is to finish, running late.  Another desk is this process.
 */
#include "suite.h"

#include <stdio.h>
#include <string.h>

#include "at_desk.h"
#include "base/alloc.h"
#include "booked.h"
#include "clinic/after.h"
#include "clinic/booking.h"

static struct booked b;
static struct err err;

static struct id book_mode(struct id person, struct id service, struct id clinician,
			   struct moment at, enum mode mode)
{
	struct booking_ask ask = { .person = person,
				   .service = service,
				   .clinician = clinician,
				   .starts = at,
				   .mode = mode };
	struct id id = { 0 };

	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	return id;
}

static struct id book(struct id person, struct moment at)
{
	return book_mode(person, b.physio, b.marsh, at, MODE_FACE);
}

static void mark(struct id appt, enum appt_state to)
{
	ck_ok(booking_mark(&b.c.desk, appt, to, NULL, &err), err);
}

static void clock_at(struct moment m)
{
	world_pass(&b.c.world, m.utc - b.c.desk.now.utc);
	desk_tick(&b.c.desk);
}

static void open_at(struct moment m)
{
	err_clear(&err);
	booked_open(&b);
	clinic_sit(&b.c, "p.shah");
	clock_at(m);
}

static void close_it(struct pty *p)
{
	at_desk_end(p);
	booked_close(&b);
}

/* The number of a row, typed before its key. */
static void on(struct pty *p, const char *who, const char *keys)
{
	char buf[32];

	snprintf(buf, sizeof buf, "%d%s", pty_find(p, who) - 3, keys);
	pty_keys(p, buf);
}

static int64_t tasks(const char *where)
{
	char *sql = mem_printf("SELECT count(*) FROM task WHERE %s", where);
	int64_t n = clinic_count(&b.c, sql);

	mem_free(sql);
	return n;
}

static int64_t outcomes(const char *outcome)
{
	char *sql = mem_printf("SELECT count(*) FROM appointment WHERE outcome = '%s'", outcome);
	int64_t n = clinic_count(&b.c, sql);

	mem_free(sql);
	return n;
}

START_TEST(s_by_the_clinician_asks_the_outcome_and_one_letter_discharges)
{
	struct pty *p;

	open_at(thu(10, 30));
	mark(book(b.okafor, thu(10, 40)), APPT_IN_ROOM);
	p = at_desk(&b.c, "j.marsh", NULL);
	pty_keys(p, "<F3>");
	on(p, "OKAFOR", "s");
	row_has(p, 23,
		"M Seen OKAFOR, Adaeze?  d discharge  b book again  r review  n later  Esc keep");
	pty_keys(p, "<Esc>");
	ck_assert_int_eq(outcomes("discharge"), 0);
	pty_keys(p, "sd");
	row_has(p, 1, "DISCHARGE  OKAFOR, Adaeze");
	ck_assert(pty_screen_is(p, "tests/screens/discharge.screen"));
	pty_keys(p, "i");
	row_has(p, 1, "DESK");
	row_has(p, 23, "OKAFOR, Adaeze discharged: improved, further advice given.   u Undo");
	row_has(p, 2, "S 1");
	ck_assert_int_eq(outcomes("discharge"), 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM episode WHERE state = 'open'"),
			 0);
	/* One undo takes the mark, the outcome and the end of the episode back. */
	pty_keys(p, "u");
	row_has(p, 2, "I 1");
	ck_assert_int_eq(outcomes("discharge"), 0);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM episode WHERE state = 'open'"),
			 1);
	close_it(p);
}
END_TEST

START_TEST(s_by_reception_asks_nothing_and_the_clinician_finishes_it)
{
	struct pty *p;

	open_at(thu(10, 30));
	mark(book(b.okafor, thu(10, 40)), APPT_IN_ROOM);
	p = at_desk(&b.c, "p.shah", NULL);
	on(p, "OKAFOR", "s");
	row_has(p, 23, "M OKAFOR, Adaeze (Ms) seen 10:30");
	at_desk_end(p);
	p = at_desk(&b.c, "j.marsh", NULL);
	pty_keys(p, "gd");
	row_has(p, 1, "DIARY  Marsh");
	row_has(p, 2, "10:00-13:20");
	row_has(p, 20, "1 to finish: F6");
	row_has(p, pty_find(p, "OKAFOR"), "to finish");
	pty_keys(p, "<F6>");
	row_has(p, 1, "TO FINISH  Marsh");
	ck_assert(pty_screen_is(p, "tests/screens/finish.screen"));
	pty_keys(p, "<Enter>");
	row_has(p, 23, "Seen OKAFOR, Adaeze?");
	pty_keys(p, "n");
	row_has(p, 23, "stays on the list");
	row_has(p, 2, "1 to finish");
	pty_keys(p, "<Enter>ds");
	row_has(p, 2, "0 to finish");
	row_has(p, 4, "Marsh has finished everything.");
	row_has(p, 23, "discharged: self-managing");
	pty_keys(p, "u");
	row_has(p, 2, "1 to finish");
	close_it(p);
}
END_TEST

START_TEST(book_again_opens_the_booking_and_is_a_task_when_left_without)
{
	struct pty *p;

	open_at(thu(10, 30));
	mark(book(b.okafor, thu(10, 40)), APPT_IN_ROOM);
	p = at_desk(&b.c, "j.marsh", NULL);
	pty_keys(p, "<F3>");
	on(p, "OKAFOR", "sb");
	row_has(p, 1, "BOOK");
	row_has(p, 2, "OKAFOR, Adaeze");
	ck_assert_int_eq(outcomes("rebook"), 1);
	pty_keys(p, "<Esc>");
	row_has(p, 1, "DESK");
	ck_assert_int_eq(tasks("kind = 'rebook' AND state = 'open'"), 1);
	pty_keys(p, "b<Enter>");
	ck_assert_int_eq(outcomes("again"), 1);
	ck_assert_int_eq(tasks("state = 'open'"), 0);
	/* Who is booked to come cannot be discharged: said before a reason is asked. */
	on(p, "OKAFOR", "sd");
	row_has(p, 23, "E OKAFOR is booked for Thu ");
	close_it(p);
}
END_TEST

START_TEST(a_review_says_by_when_in_the_words_of_dates)
{
	struct pty *p;

	open_at(thu(10, 30));
	mark(book(b.okafor, thu(10, 40)), APPT_IN_ROOM);
	p = at_desk(&b.c, "j.marsh", NULL);
	pty_keys(p, "<F3>");
	on(p, "OKAFOR", "sr");
	pty_keys(p, "yesterday<Enter>");
	row_has(p, 22, "E ");
	pty_keys(p, "<C-u>6w<Enter>");
	row_has(p, 23, "seen, review by Thu 23-Apr-2026.   u Undo");
	ck_assert_int_eq(tasks("kind = 'review' AND state = 'open'"), 1);
	close_it(p);
}
END_TEST

START_TEST(a_past_day_that_nobody_marked_is_finished_from_the_list)
{
	struct pty *p;

	open_at(thu(9, 50));
	book(b.okafor, thu(10, 0));
	book(b.ellis, thu(10, 40));
	clock_at(next_thu(8, 0));
	p = at_desk(&b.c, "j.marsh", NULL);
	pty_keys(p, "gf");
	row_has(p, 2, "2 to finish");
	row_has(p, 4, "not marked");
	pty_keys(p, "1<Enter>dg");
	row_has(p, 2, "1 to finish");
	pty_keys(p, "Dn");
	row_has(p, 2, "0 to finish");
	ck_assert_int_eq(outcomes("discharge"), 1);
	ck_assert_int_eq(outcomes("offer"), 1);
	close_it(p);
}
END_TEST

START_TEST(did_not_attend_offers_what_follows_in_one_question)
{
	struct pty *p;

	open_at(thu(9, 50));
	book(b.okafor, thu(10, 0));
	clock_at(thu(10, 20));
	p = at_desk(&b.c, "p.shah", NULL);
	pty_count_start(p);
	on(p, "OKAFOR", "Dp");
	ck_assert_int_le(pty_count(p), 5);
	row_has(p, 23, "did not attend, to be rung 10:20");
	ck_assert_int_eq(tasks("kind = 'ring' AND state = 'open'"), 1);
	pty_keys(p, "u");
	ck_assert_int_eq(tasks("state = 'open'"), 0);
	pty_keys(p, "Dn");
	ck_assert_int_eq(tasks("kind = 'rebook' AND state = 'open'"), 1);
	/* They come after all: nobody is to ring them. */
	pty_keys(p, "ay");
	row_has(p, 2, "A 1");
	ck_assert_int_eq(tasks("state = 'open'"), 0);
	pty_keys(p, "D");
	row_has(p, 23, "M DNA OKAFOR, Adaeze 10:00 (arrived)?");
	close_it(p);
}
END_TEST

START_TEST(missed_and_written_to_is_three_keys_and_goes_back_until_it_has_left)
{
	struct pty *p;

	open_at(thu(9, 50));
	booked_sql(
		&b,
		"INSERT INTO contact (id, scope, person, kind, value, text_ok, source, at, state)"
		" SELECT 5001, scope, id, 'mobile', '07700 900418', 1, 'desk', 1, 'on' FROM person"
		" WHERE surname = 'OKAFOR'");
	book(b.okafor, thu(10, 0));
	clock_at(thu(10, 20));
	p = at_desk(&b.c, "p.shah", NULL);
	pty_count_start(p);
	on(p, "OKAFOR", "D");
	row_has(p, 23,
		"M DNA OKAFOR, Adaeze 10:00?  t text  p ring  w wait list  n later  c close  Esc");
	pty_keys(p, "t");
	ck_assert_int_le(pty_count(p), 5);
	row_has(p, 23, "did not attend, is written to 10:20");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM message WHERE event = 'rebook'"
					    " AND state = 'queued'"),
			 1);
	/* And it is still somebody's task, tomorrow. */
	ck_assert_int_eq(tasks("kind = 'rebook' AND state = 'open'"), 1);
	pty_keys(p, "u");
	row_has(p, 2, "B 1");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM message WHERE event = 'rebook'"
					    " AND state = 'withdrawn'"),
			 1);
	ck_assert_int_eq(tasks("state = 'open'"), 0);
	/* They come after all: it is not sent. */
	pty_keys(p, "Dt");
	pty_keys(p, "ay");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM message WHERE event = 'rebook'"
					    " AND state = 'queued'"),
			 0);
	/* Once it has left, undo says so and nothing is changed. */
	pty_keys(p, "Dt");
	booked_sql(&b,
		   "UPDATE message SET state = 'sent' WHERE state = 'queued' AND event = 'rebook'");
	pty_keys(p, "u");
	row_has(p, 23, "E It has left already");
	row_has(p, 2, "D 1");
	close_it(p);
}
END_TEST

static int on_the_list(void)
{
	return (int)clinic_count(&b.c, "SELECT count(*) FROM wait_list");
}

START_TEST(missed_and_put_on_the_waiting_list_is_one_step_until_they_come_after_all)
{
	struct pty *p;

	open_at(thu(9, 50));
	book(b.okafor, thu(10, 0));
	clock_at(thu(10, 20));
	p = at_desk(&b.c, "p.shah", NULL);
	pty_count_start(p);
	on(p, "OKAFOR", "Dw");
	ck_assert_int_le(pty_count(p), 5);
	row_has(p, 23, "did not attend, waits for a time 10:20");
	ck_assert_int_eq(on_the_list(), 1);
	/* The list has them: it is nobody's task beside. */
	ck_assert_int_eq(tasks("state = 'open'"), 0);
	pty_keys(p, "u");
	row_has(p, 2, "B 1");
	ck_assert_int_eq(on_the_list(), 0);
	pty_keys(p, "Dw");
	ck_assert_int_eq(on_the_list(), 1);
	pty_keys(p, "ay");
	row_has(p, 2, "A 1");
	ck_assert_int_eq(on_the_list(), 0);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM wait WHERE why = 'came after"
					    " all'"),
			 1);
	close_it(p);
}
END_TEST

START_TEST(who_waited_before_waits_again_with_the_same_wish_and_from_now)
{
	struct pty *p;

	open_at(thu(9, 50));
	book(b.okafor, thu(10, 0));
	clock_at(thu(10, 20));
	booked_sql(
		&b,
		"INSERT INTO wait (id, scope, person, episode, sites, days, after, before, modes,"
		" notice, earlier, since, user, state) SELECT 7001, scope, person, id, 'HBR', 8, 900,"
		" 0, 2, 0, 0, 1, 1, 'waiting' FROM episode");
	ck_assert_int_eq(on_the_list(), 0);
	p = at_desk(&b.c, "p.shah", NULL);
	on(p, "OKAFOR", "Dw");
	ck_assert_int_eq(on_the_list(), 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM wait WHERE id = 7001 AND days = 8"
					    " AND after = 900 AND modes = 2 AND notice = 0"
					    " AND sites = 'HBR' AND since > 1"),
			 1);
	pty_keys(p, "u");
	ck_assert_int_eq(on_the_list(), 0);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM wait WHERE since = 1"), 1);
	close_it(p);
}
END_TEST

START_TEST(the_second_time_says_that_closing_is_due)
{
	struct pty *p;

	open_at(thu(9, 50));
	mark(book(b.okafor, thu(10, 0)), APPT_ARRIVED);
	book(b.ellis, thu(10, 40));
	clock_at(thu(10, 50));
	booked_sql(
		&b,
		"UPDATE appointment SET state = 'D', code = '3', ended_at = 1, outcome = 'earlier',"
		" arrived_at = NULL WHERE state = 'A'");
	book(b.okafor, thu(12, 0));
	clock_at(thu(12, 20));
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, "f");
	on(p, "OKAFOR", "D");
	row_has(p, 23,
		"2nd DNA OKAFOR, Adaeze 12:00?  p ring  n later  c discharge, due  Esc keep");
	pty_keys(p, "c");
	row_has(p, 23, "did not attend, closed");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM episode WHERE state = 'closed'"
					    " AND reason = 'dna'"),
			 1);
	close_it(p);
}
END_TEST

START_TEST(a_private_row_says_nothing_of_what_was_missed_before)
{
	struct pty *p;

	open_at(thu(9, 50));
	clinic_sit(&b.c, "s.kelly");
	book_mode(b.webb, b.couns, b.kelly, thu(10, 0), MODE_FACE);
	clock_at(thu(10, 20));
	p = at_desk(&b.c, "p.shah", NULL);
	on(p, "WEBB", "D");
	row_has(p, 23, "M DNA WEBB, ");
	row_has(p, 23, "10:00?  n its own desk rebooks  Esc keep");
	pty_keys(p, "n");
	ck_assert_int_eq(tasks("for_role = 'counsellor'"), 1);
	ck_assert_int_eq(tasks("for_role = 'reception'"), 0);
	close_it(p);
}
END_TEST

START_TEST(no_answer_is_three_keys_and_the_row_says_when_again)
{
	struct pty *p;

	open_at(thu(9, 50));
	book_mode(b.okafor, b.physio, b.marsh, thu(10, 0), MODE_PHONE);
	clock_at(thu(10, 0));
	p = at_desk(&b.c, "p.shah", NULL);
	pty_count_start(p);
	on(p, "OKAFOR", "sv");
	ck_assert_int_le(pty_count(p), 3);
	row_has(p, 23, "try 1: no answer, again 10:30.   u Undo");
	row_has(p, pty_find(p, "OKAFOR"), "try1 OKAFOR");
	row_has(p, pty_find(p, "OKAFOR"), "again 10:30");
	pty_keys(p, "u");
	ck_assert_int_eq(pty_find(p, "try1"), 0);
	pty_keys(p, "sv");
	at_desk_end(p);
	/* When it is due a line says so; after the last one D is offered. */
	clock_at(thu(10, 31));
	p = at_desk(&b.c, "p.shah", NULL);
	ck_assert_int_gt(pty_find(p, "10:30 ring OKAFOR again (try 2 of 2)"), 0);
	on(p, "10:00", "sv");
	row_has(p, 23, "M DNA OKAFOR, Adaeze 10:00?");
	pty_keys(p, "<Esc>");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM try WHERE state = 'on'"), 2);
	/* Spoken to after all. */
	pty_keys(p, "ss");
	row_has(p, 2, "I 1");
	pty_keys(p, "s");
	row_has(p, 2, "S 1");
	close_it(p);
}
END_TEST

START_TEST(who_marked_it_meanwhile_is_named_and_a_second_key_overrules)
{
	struct clinic other;
	struct pty *p;
	struct id id;

	open_at(thu(9, 50));
	id = book(b.okafor, thu(10, 0));
	clock_at(thu(10, 2));
	p = at_desk(&b.c, "p.shah", NULL);
	clinic_second(&b.c, &other, "j.marsh");
	ck_ok(booking_mark(&other.desk, id, APPT_IN_ROOM, NULL, &err), err);
	ck_ok(booking_mark(&other.desk, id, APPT_SEEN, NULL, &err), err);
	clinic_second_close(&other);
	pty_wait_for(p, "S 1");
	on(p, "OKAFOR", "a");
	row_has(p, 23, "seen already, arrived after all?  y");
	pty_keys(p, "y");
	row_has(p, 2, "A 1");
	close_it(p);
}
END_TEST

START_TEST(running_late_is_said_and_told_with_who_waits)
{
	struct pty *p;

	open_at(thu(9, 50));
	mark(book(b.okafor, thu(10, 0)), APPT_ARRIVED);
	mark(book(b.ellis, thu(10, 40)), APPT_ARRIVED);
	mark(book(b.kestrel, thu(12, 40)), APPT_ARRIVED);
	p = at_desk(&b.c, "p.shah", NULL);
	ck_assert_int_eq(pty_find(p, "runs"), 0);
	on(p, "OKAFOR", "r");
	row_has(p, 23, "Marsh runs late by how many minutes (0 none)?");
	pty_keys(p, "soon<Enter>");
	row_has(p, 22, "E Minutes from 0");
	/* Nothing typed says nothing, least of all that they run on time. */
	pty_keys(p, "<C-u><Enter>");
	row_has(p, 22, "E Minutes from 0");
	pty_keys(p, "<C-u>20<Enter>");
	row_has(p, 23, "M Marsh runs 20 min late.   u Undo");
	ck_assert_int_gt(pty_find(p, "Marsh runs 20 min late (3 waiting): tell them"), 0);
	pty_keys(p, "gd");
	for (int i = 0; i < 9 && !strstr(pty_row(p, 1), "Marsh"); i++)
		pty_keys(p, "<Tab>");
	row_has(p, 22, "Runs 20 min late; r says otherwise.");
	pty_keys(p, "<F3>u");
	ck_assert_int_eq(pty_find(p, "waiting)"), 0);
	at_desk_end(p);
	/* Nobody said so: two who wait past their time tell it, once for both. */
	clock_at(thu(10, 55));
	p = at_desk(&b.c, "p.shah", NULL);
	ck_assert_int_gt(pty_find(p, "Marsh runs 55 min late (3 waiting): tell them"), 0);
	ck_assert_int_eq(pty_find(p, "has waited"), 0);
	close_it(p);
}
END_TEST

TEST_MAIN("finish", s_by_the_clinician_asks_the_outcome_and_one_letter_discharges,
	  s_by_reception_asks_nothing_and_the_clinician_finishes_it,
	  book_again_opens_the_booking_and_is_a_task_when_left_without,
	  a_review_says_by_when_in_the_words_of_dates,
	  a_past_day_that_nobody_marked_is_finished_from_the_list,
	  did_not_attend_offers_what_follows_in_one_question,
	  missed_and_written_to_is_three_keys_and_goes_back_until_it_has_left,
	  missed_and_put_on_the_waiting_list_is_one_step_until_they_come_after_all,
	  who_waited_before_waits_again_with_the_same_wish_and_from_now,
	  the_second_time_says_that_closing_is_due,
	  a_private_row_says_nothing_of_what_was_missed_before,
	  no_answer_is_three_keys_and_the_row_says_when_again,
	  who_marked_it_meanwhile_is_named_and_a_second_key_overrules,
	  running_late_is_said_and_told_with_who_waits)
