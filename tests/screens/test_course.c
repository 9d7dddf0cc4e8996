/* test_course.c: S10 by its keys, and what the database says afterwards. */
#include "suite.h"

#include <stdio.h>

#include "at_desk.h"
#include "base/alloc.h"
#include "booked.h"
#include "clinic/booking.h"
#include "clinic/flag.h"
#include "clinic/record.h"
#include "clinic/series.h"
#include "diaries.h"

static struct booked b;
static struct err err;

static void add(const char *noun, const char *const *values, int n)
{
	const char *v[32] = { 0 };
	struct id id = { 0 };

	for (int i = 0; i < n; i++)
		v[i] = values[i];
	ck_ok(record_add(&b.c.desk, record_find(noun), v, &id, &err), err);
}
#define ADD(noun, ...)                                                                             \
	add(noun, (const char *const[]){ __VA_ARGS__ },                                            \
	    sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(const char *))

/* Webb's course: seen once, Kelly's Mondays and Tuesdays, quiet rooms; Frost is the service's desk,
 * and Hart its lead. */
static void start(void)
{
	booked_open(&b);
	err_clear(&err);
	clinic_sit(&b.c, "a.root");
	ADD("room", "NGT-Q1", "Quiet 1", "NGT", "quiet covered_glass apart");
	ADD("room", "NGT-Q2", "Quiet 2", "NGT", "quiet covered_glass apart");
	ADD("user", "e.frost", "reception", "FROST, Eve (Ms)");
	ADD("user", "c.hart", "counsellor", "HART, Clare (Ms)");
	ADD("right", "e.frost", "counselling_desk");
	ADD("right", "c.hart", "lead", "COUNS");
	ADD("contract", "COUNS", "WVH", "2025-04-01", "2", "10", "10", "0", "4", "0", NULL, "on",
	    "6", "24", "yes", "yes", "5");
	booked_sql(&b,
		   "UPDATE service SET room = 'quiet covered_glass apart' WHERE code = 'COUNS'");
	ck_ok(desk_refresh(&b.c.desk, &err), err);
	publish_all(&b.c, a_template(&b.c, "kelly", "NGT", "NGT-Q1", "COUNS", 0,
				     "09:00 FU 60, FU 60, FU 60"));
	publish_all(&b.c,
		    a_template(&b.c, "kelly", "NGT", "", "COUNS", 1, "09:00 FU 60, FU 60, FU 60"));
	clinic_sit(&b.c, "s.kelly");
	b.c.world.still = thu(9, 0);
	desk_tick(&b.c.desk);

	struct booking_ask first = { .person = b.webb,
				     .service = b.couns,
				     .clinician = b.kelly,
				     .starts = at_of(2026, 3, 16, 10, 0) };
	struct id id;

	ck_ok(booking_book(&b.c.desk, &first, &id, &err), err);
}

static struct pty *sit(const char *user)
{
	return at_desk(&b.c, user, NULL);
}

static void end(struct pty *p)
{
	at_desk_end(p);
	booked_close(&b);
}

#define LIVE "SELECT count(*) FROM appointment WHERE state = 'B'"

START_TEST(the_series_stands_as_drawn)
{
	static const struct {
		int rows, cols;
		const char *locale, *picture;
	} looks[] = { { 24, 80, NULL, "tests/screens/series.screen" },
		      { 43, 132, NULL, "tests/screens/series_132x43.screen" },
		      { 24, 80, "C", "tests/screens/series_ascii.screen" } };
	struct flag_ask flag;
	struct id id;

	start();
	flag = (struct flag_ask){ .person = b.webb,
				  .service = b.couns,
				  .kind = FLAG_RISK,
				  .does = "no_last_slot ring_on_dna" };
	ck_ok(flag_raise(&b.c.desk, &flag, &id, &err), err);
	for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
		struct pty_options how = { .rows = looks[i].rows,
					   .cols = looks[i].cols,
					   .locale = looks[i].locale };
		struct pty *p = at_desk(&b.c, "s.kelly", &how);

		pty_keys(p, "/webb<Enter>b");
		ck_assert(pty_screen_is(p, looks[i].picture));
		at_desk_end(p);
	}
	booked_close(&b);
}
END_TEST

START_TEST(a_whole_series_is_booked_within_twelve_keys)
{
	struct pty *p;

	start();
	p = sit("s.kelly");
	pty_count_start(p);
	pty_keys(p, "/webb<Enter>b<Enter>");
	ck_assert_int_le(pty_count(p), 12);
	row_has(p, 23, "5 booked, first Mon 23-Mar-2026 10:00.  u Undo");
	ck_assert_int_eq(clinic_count(&b.c, LIVE), 6);
	/* One undo takes them all back. */
	pty_keys(p, "u");
	ck_assert_int_eq(clinic_count(&b.c, LIVE), 1);
	end(p);
}
END_TEST

START_TEST(rows_are_left_out_moved_and_changed_before_anything_is_booked)
{
	struct pty *p;

	start();
	p = sit("s.kelly");
	pty_keys(p, "/webb<Enter>b");
	row_has(p, 7, "> 2 Mon 23-Mar-2026 10:00 Kelly    face   Quiet 1");
	row_has(p, 23, "5 proposed.  Nothing is booked until Enter.");
	pty_keys(p, " ");
	row_has(p, 7, "> - Mon 23-Mar-2026 10:00");
	row_has(p, 7, "left out");
	row_has(p, 8, "2 Mon 30-Mar-2026");
	row_has(p, 23, "4 proposed");
	pty_keys(p, " m");
	row_has(p, 7, "2 Mon 23-Mar-2026 11:00");
	pty_keys(p, "<Down>evideo 9:00<Enter>");
	row_has(p, 8, "3 Mon 30-Mar-2026 09:00 Kelly    video  -");
	row_has(p, 23, "5 proposed: 1 by video or phone");
	pty_keys(p, "<Down>eNGT-Q2<Enter>");
	row_has(p, 10, "Quiet 2");
	ck_assert_int_eq(clinic_count(&b.c, LIVE), 1);
	/* By video they are asked whether nobody listens, and where to ring. */
	pty_keys(p, "<Enter>");
	row_has(p, 23, "alone there, ring back on");
	pty_keys(p, "o07700 900418<Enter>");
	row_has(p, 23, "5 booked");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM booking WHERE call_back ="
					    " '07700900418' AND alone = 1"),
			 1);
	end(p);
}
END_TEST

START_TEST(the_pattern_is_changed_in_its_fields)
{
	struct pty *p;

	start();
	p = sit("s.kelly");
	pty_keys(p, "/webb<Enter>b<Tab><C-u>2 weeks<Tab><C-u>tue<Tab><C-u>9<Enter>");
	row_has(p, 5, "Every [2 weeks");
	row_has(p, 7, "2 Tue 24-Mar-2026 09:00 Kelly");
	row_has(p, 8, "3 Tue 07-Apr-2026 09:00");
	pty_keys(p, "<Tab><Tab><C-u>sun<Enter>");
	row_has(p, 7, "no session Sun");
	pty_keys(p, "<Tab><Tab><Tab><Tab><C-u>nobody<Enter>");
	row_has(p, 23, "nobody is called that");
	pty_keys(p, "<Esc><Esc>");
	end(p);
}
END_TEST

#define AT_ELEVEN                                                                                  \
	"SELECT count(*) FROM appointment WHERE state = 'B' AND day >= 20542"                      \
	" AND starts % 86400 = 36000"

START_TEST(what_is_left_is_planned_anew_from_a_session_on_and_goes_back_as_one)
{
	struct pty *p;

	start();
	p = sit("s.kelly");
	pty_keys(p, "/webb<Enter>b<Enter>bcr");
	row_has(p, 23, "Plan anew from which session on (1 to 6)?");
	pty_keys(p, "9<Enter>");
	row_has(p, 1, "BOOK  Counselling series   ");
	row_has(p, 23, "(1 to 6)? [9_]");
	pty_keys(p, "<C-u>3<Enter>");
	row_has(p, 1, "BOOK  Counselling series, anew from 3");
	row_has(p, 7, "> 3 Mon 30-Mar-2026 10:00 Kelly    face   Quiet 1      stays");
	row_has(p, 23, "All of them stay as they are.");
	pty_keys(p, "<Enter>");
	row_has(p, 23, "nothing would change");
	pty_keys(p, "<Tab><Tab><Tab><C-u>11<Enter>");
	ck_assert(pty_screen_is(p, "tests/screens/series_anew.screen"));
	/* One that is left out stays where it stands, and keeps its number. */
	pty_keys(p, " ");
	row_has(p, 7, "stays, left out");
	row_has(p, 23, "3 of 3 move.");
	pty_keys(p, " <Down>evideo<Enter>");
	row_has(p, 9, "4 Mon 13-Apr-2026 11:00 Kelly    video  -");
	row_has(p, 9, "was Mon 13-Apr 10:00 face");
	/* Nothing is changed yet; then they are asked where to ring, and all of it is. */
	ck_assert_int_eq(clinic_count(&b.c, AT_ELEVEN), 0);
	pty_keys(p, "<Enter>");
	row_has(p, 23, "alone there, ring back on");
	pty_keys(p, "o07700 900418<Enter>");
	row_has(p, 23, "4 planned anew, first Mon 30-Mar-2026 11:00.  u Undo");
	ck_assert_int_eq(clinic_count(&b.c, AT_ELEVEN), 4);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM appointment a JOIN booking b ON"
					    " b.appt = a.id WHERE a.mode = 'video' AND b.alone = 1"
					    " AND b.call_back = '07700900418'"),
			 1);
	pty_keys(p, "u");
	ck_assert_int_eq(clinic_count(&b.c, AT_ELEVEN), 0);
	ck_assert_int_eq(clinic_count(&b.c, LIVE), 6);
	ck_assert_int_eq(clinic_count(&b.c,
				      "SELECT count(*) FROM booking WHERE call_back IS NOT NULL"
				      " OR alone"),
			 0);
	end(p);
}
END_TEST

START_TEST(at_the_cap_the_lead_is_asked_and_agrees)
{
	struct pty *p;

	start();
	p = sit("s.kelly");
	pty_keys(p, "/webb<Enter>b<Enter>bc");
	row_has(p, 4, "cap 6: 0 used, 6 booked, 0 left");
	row_has(p, 7, "  Cap 6 reached.  E asks the lead.");
	pty_keys(p, "<Enter>");
	row_has(p, 23, "E Cap 6 reached.  E asks the lead.");
	pty_keys(p, "E2 still off work<Enter>");
	row_has(p, 23, "2 more asked for: the lead has it as a task.");
	pty_keys(p, "E");
	row_has(p, 23, "asked for already");
	at_desk_end(p);
	p = sit("c.hart");
	pty_keys(p, "gk");
	ck_assert_int_gt(pty_find(p, "2 more sessions asked for"), 0);
	pty_keys(p, "/webb<Enter>bc");
	pty_keys(p, "Ea");
	pty_keys(p, "agreed with Kelly<Enter>");
	row_has(p, 23, "Agreed: the cap is 8 now.");
	row_has(p, 4, "cap 8: 0 used, 6 booked, 2 left");
	ck_assert_int_gt(pty_find(p, "2 more agreed by c.hart: agreed with Kelly"), 0);
	pty_keys(p, "<Esc>gk");
	ck_assert_int_eq(pty_find(p, "2 more sessions asked for"), 0);
	at_desk_end(p);
	p = sit("s.kelly");
	pty_keys(p, "gk");
	ck_assert_int_gt(pty_find(p, "2 more sessions agreed"), 0);
	pty_keys(p, "/webb<Enter>bc");
	ck_assert_int_gt(pty_find(p, "2 more agreed by c.hart: agreed with Kelly"), 0);
	at_desk_end(p);
	/* The desk of the service reads who and how many, never why. */
	p = sit("e.frost");
	pty_keys(p, "/webb<Enter>bc");
	ck_assert_int_gt(pty_find(p, "2 more agreed by c.hart"), 0);
	ck_assert_int_eq(pty_find(p, "agreed with Kelly"), 0);
	end(p);
}
END_TEST

START_TEST(the_desk_of_the_service_sees_the_rule_and_never_the_flag)
{
	struct flag_ask flag;
	struct pty *p;
	struct id id;

	start();
	flag = (struct flag_ask){
		.person = b.webb, .service = b.couns, .kind = FLAG_RISK, .does = "no_last_slot"
	};
	ck_ok(flag_raise(&b.c.desk, &flag, &id, &err), err);
	p = sit("e.frost");
	pty_keys(p, "/webb<Enter>b");
	row_has(p, 1, "BOOK  Counselling series");
	ck_assert_int_gt(pty_find(p, "not the last slot of a day"), 0);
	ck_assert_int_eq(pty_find(p, "risk"), 0);
	ck_assert_int_eq(pty_find(p, "!K"), 0);
	end(p);
}
END_TEST

START_TEST(who_is_no_part_of_the_service_finds_no_way_to_it)
{
	struct pty *p;

	start();
	p = sit("p.shah");
	pty_keys(p, "/webb<Enter>");
	ck_assert_int_eq(pty_find(p, "CNS-"), 0);
	ck_assert_int_eq(pty_find(p, "Counsel"), 0);
	pty_keys(p, "b");
	ck_assert_int_eq(pty_find(p, "counsel"), 0);
	ck_assert_int_eq(pty_find(p, "Counsel"), 0);
	pty_keys(p, "<Esc>gc");
	row_has(p, 1, "PERSON");
	pty_keys(p, ":");
	ck_assert_int_eq(pty_find(p, "ounsel"), 0);
	pty_keys(p, "<Esc>");
	end(p);
}
END_TEST

START_TEST(what_another_desk_took_is_said_and_proposed_anew)
{
	struct booking_ask other;
	struct pty *p;
	struct id id;

	start();
	p = sit("s.kelly");
	pty_keys(p, "/webb<Enter>b<Tab><Esc><Down>m");
	other = (struct booking_ask){ .person = b.ellis,
				      .service = b.couns,
				      .clinician = b.kelly,
				      .starts = at_of(2026, 4, 13, 10, 0) };
	ck_ok(booking_book(&b.c.desk, &other, &id, &err), err);
	pty_keys(p, "<Enter>");
	row_has(p, 23, "E Nothing is booked.  Session 4, Mon 13-Apr");
	ck_assert_int_gt(pty_find(p, "10:00 is taken"), 0);
	ck_assert_int_eq(clinic_count(&b.c, LIVE), 2);
	pty_keys(p, "<Enter>");
	row_has(p, 23, "5 booked");
	end(p);
}
END_TEST

START_TEST(a_pattern_that_was_begun_is_parked_and_resumed)
{
	struct pty *p;

	start();
	p = sit("s.kelly");
	pty_keys(p, "/webb<Enter>b<Tab><C-u>2 weeks<Enter>");
	row_has(p, 9, "3 Mon 13-Apr-2026");
	pty_keys(p, "<C-k><C-r>");
	row_has(p, 5, "Every [2 weeks");
	pty_keys(p, "<Enter>");
	row_has(p, 23, "booked");
	end(p);
}
END_TEST

START_TEST(a_questionnaire_is_filled_in_and_its_score_stands_on_the_course)
{
	struct pty *p;

	start();
	p = sit("s.kelly");
	pty_keys(p, "/webb<Enter>b");
	ck_assert_int_gt(pty_find(p, "questionnaires"), 0);
	pty_keys(p, "q");
	row_has(p, 23, "p phq9");
	pty_keys(p, "g");
	row_has(p, 1, "QUESTIONNAIRE  GAD-7");
	pty_keys(p, "2222222<C-s>");
	row_has(p, 23, "GAD-7 saved");
	ck_assert_int_gt(pty_find(p, "GAD-7 14"), 0);
	/* Once more, and what changed is held against the first. */
	pty_keys(p, "qg1111111<C-s>");
	ck_assert_int_gt(pty_find(p, "GAD-7 14, now 7: reliable change, recovered"), 0);
	at_desk_end(p);
	/* The desk of the service reads none of it. */
	p = sit("e.frost");
	pty_keys(p, "/webb<Enter>b");
	row_has(p, 1, "BOOK");
	ck_assert_int_eq(pty_find(p, "GAD"), 0);
	ck_assert_int_eq(pty_find(p, "questionnaires"), 0);
	end(p);
}
END_TEST

TEST_MAIN("series_screen", the_series_stands_as_drawn, a_whole_series_is_booked_within_twelve_keys,
	  rows_are_left_out_moved_and_changed_before_anything_is_booked,
	  the_pattern_is_changed_in_its_fields,
	  what_is_left_is_planned_anew_from_a_session_on_and_goes_back_as_one,
	  at_the_cap_the_lead_is_asked_and_agrees,
	  the_desk_of_the_service_sees_the_rule_and_never_the_flag,
	  who_is_no_part_of_the_service_finds_no_way_to_it,
	  what_another_desk_took_is_said_and_proposed_anew,
	  a_pattern_that_was_begun_is_parked_and_resumed,
	  a_questionnaire_is_filled_in_and_its_score_stands_on_the_course)
