/*
 * test_person.c: S4 and the details form, on the OKAFOR of the design: an appointment today, one
 * next week, a private one, and older ones.
 */
#include "suite.h"

#include <stdio.h>
#include <string.h>

#include "at_desk.h"
#include "base/alloc.h"
#include "booked.h"
#include "clinic/booking.h"
#include "clinic/intake.h"
#include "clinic/pairs.h"
#include "clinic/referral.h"

static void set(struct booked *b, struct id person, enum intake_field field, const char *value)
{
	struct intake_form form = { 0 };
	struct err err = ERR_INIT;

	form.v[field] = value;
	ck_ok(intake_set(&b->c.desk, person, &form, NULL, &err), err);
}

static struct id book(struct booked *b, struct id clinician, struct id service,
		      struct moment starts)
{
	struct booking_ask ask = {
		.person = b->okafor, .service = service, .clinician = clinician, .starts = starts
	};
	struct err err = ERR_INIT;
	struct id id;

	ck_ok(booking_book(&b->c.desk, &ask, &id, &err), err);
	return id;
}

static void mark(struct booked *b, struct id appt, enum appt_state to)
{
	struct err err = ERR_INIT;

	ck_ok(booking_mark(&b->c.desk, appt, to, NULL, &err), err);
}

static void cancel(struct booked *b, struct id appt)
{
	struct err err = ERR_INIT;

	ck_ok(booking_cancel(&b->c.desk, appt, CANCEL_PERSON, "rang", &err), err);
}

/* Ada, with her details, and without anything booked. */
static void open_ada(struct booked *b)
{
	booked_open(b);
	set(b, b->okafor, IN_TITLE, "Mrs");
	set(b, b->okafor, IN_PREFERRED, "Ada");
	set(b, b->okafor, IN_GENDER, "Female");
	set(b, b->okafor, IN_NHS, "999 526 0182");
	set(b, b->okafor, IN_EMPLOYEE_NO, "20417733");
	set(b, b->okafor, IN_JOB, "Staff nurse");
	set(b, b->okafor, IN_DEPARTMENT, "Ward 7B");
	set(b, b->okafor, IN_MOBILE, "07700 900418");
	set(b, b->okafor, IN_TEXT_OK, "yes");
	set(b, b->okafor, IN_HOME, "07700 900111");
	set(b, b->okafor, IN_EMAIL, "ada@example.org");
}

/* Physio today, a follow-up next week. */
static struct id open_physio(struct booked *b)
{
	struct id first;

	open_ada(b);
	first = book(b, b->marsh, b->physio, thu(10, 0));
	book(b, b->marsh, b->physio, next_thu(10, 40));
	return first;
}

/* And counselling then. */
static struct id open_booked(struct booked *b)
{
	struct id first = open_physio(b);

	clinic_sit(&b->c, "s.kelly");
	book(b, b->kelly, b->couns, next_thu(11, 0));
	clinic_sit(&b->c, "p.shah");
	return first;
}

static struct pty *start_as(struct booked *b, const char *user, const struct pty_options *how)
{
	struct pty *p = at_desk(&b->c, user, how);

	pty_keys(p, "/okaf<Enter>");
	return p;
}

static struct pty *start(struct booked *b)
{
	return start_as(b, "p.shah", NULL);
}

static void finish(struct booked *b, struct pty *p)
{
	at_desk_end(p);
	booked_close(b);
}

START_TEST(the_record_stands_as_designed)
{
	struct booked b;
	struct pty *p;
	int row, col;

	mark(&b, open_booked(&b), APPT_ARRIVED);
	p = start(&b);
	ck_assert(pty_screen_is(p, "tests/screens/person.screen"));
	pty_cursor(p, &row, &col);
	ck_assert_int_eq(row, 6);
	ck_assert_int_eq(col, 1);
	pty_resize(p, 30, 100);
	ck_assert(pty_screen_is(p, "tests/screens/person_100x30.screen"));
	pty_resize(p, 43, 132);
	ck_assert(pty_screen_is(p, "tests/screens/person_132x43.screen"));
	finish(&b, p);
}
END_TEST

START_TEST(without_utf8_the_record_stands_in_ascii)
{
	struct booked b;
	struct pty *p;

	open_booked(&b);
	set(&b, b.okafor, IN_GIVEN,
	    "Ad\xc3\xa1"
	    "eze");
	set(&b, b.okafor, IN_DEPARTMENT,
	    "Kr\xc3\xa6"
	    "fwerk");
	p = start_as(&b, "p.shah", &(struct pty_options){ .locale = "C" });
	ck_assert(pty_screen_is(p, "tests/screens/person_ascii.screen"));
	finish(&b, p);
}
END_TEST

START_TEST(empty_sections_say_none)
{
	struct booked b;
	struct pty *p;

	booked_open(&b);
	p = start(&b);
	row_is(p, 5, "APPOINTMENTS");
	row_is(p, 6, "    none");
	row_is(p, 7, "EPISODES");
	row_is(p, 8, "    none");
	pty_keys(p, "a");
	row_is(p, 23, "E There is no appointment on this row: choose another.");
	finish(&b, p);
}
END_TEST

START_TEST(what_waits_for_triage_stands_with_its_clock_and_a_flag_is_now)
{
	struct err err = ERR_INIT;
	struct referral_ask ask = { .type = REF_SELF, .urgency = -1 };
	struct flag_ask red = { .kind = FLAG_RED, .words = "both legs" };
	struct booked b;
	struct pty *p;

	open_ada(&b);
	ask.person = red.person = b.okafor;
	ask.service = red.service = b.ohn;
	ask.agreed = b.c.desk.today;
	ck_ok(referral_add(&b.c.desk, &ask, NULL, &err), err);
	p = start(&b);
	ck_assert_int_gt(pty_find(p, "to triage    2d left"), 0);
	ck_ok(flag_raise(&b.c.desk, &red, NULL, &err), err);
	pty_keys(p, "<F5>");
	ck_assert_int_gt(pty_find(p, "to triage    NOW"), 0);
	pty_keys(p, "!");
	ck_assert_int_gt(pty_find(p, "R red flag of"), 0);
	/* Not what it is about. */
	ck_assert_int_eq(pty_find(p, "both legs"), 0);
	finish(&b, p);
}
END_TEST

START_TEST(opening_is_logged_once)
{
	static const char SQL[] = "SELECT count(*) FROM viewed";
	struct booked b;
	struct pty *p;
	struct id appt = open_booked(&b);

	p = start(&b);
	ck_assert_int_eq(clinic_count(&b.c, SQL), 1);
	pty_keys(p, "<F5>e<Esc><F5>");
	mark(&b, appt, APPT_ARRIVED);
	pty_wait_for(p, "arrived 09:42");
	ck_assert_int_eq(clinic_count(&b.c, SQL), 1);
	pty_keys(p, "/okaf<Enter>");
	ck_assert_int_eq(clinic_count(&b.c, SQL), 2);
	finish(&b, p);
}
END_TEST

START_TEST(the_next_appointment_is_marked_so_that_letters_act_at_once)
{
	struct booked b;
	struct pty *p;

	cancel(&b, open_booked(&b));
	p = start(&b);
	/* Today's is cancelled: next week's is the next. */
	row_has(p, 7, "> 2 Thu 19-Mar-2026 10:40 B");
	finish(&b, p);
}
END_TEST

START_TEST(small_letters_act_on_the_marked_row)
{
	struct booked b;
	struct pty *p;

	open_booked(&b);
	p = start(&b);
	pty_keys(p, "a");
	row_has(p, 6, "> 1 Thu 12-Mar-2026 10:00 A");
	row_has(p, 6, "arrived 09:42");
	row_has(p, 23, "M OKAFOR, Adaeze (Mrs) arrived 09:42.");
	pty_keys(p, "i");
	row_has(p, 6, "10:00 I");
	pty_keys(p, "s");
	row_has(p, 6, "10:00 S");
	pty_keys(p, "u");
	row_has(p, 6, "10:00 I");
	finish(&b, p);
}
END_TEST

START_TEST(capitals_ask_for_the_reason)
{
	struct booked b;
	struct pty *p;

	open_booked(&b);
	p = start(&b);
	pty_keys(p, "2X");
	row_has(p, 23, "M Cancel OKAFOR, Adaeze 19-Mar 10:40?");
	pty_keys(p, "p");
	row_has(p, 7, "> 2 Thu 19-Mar-2026 10:40 X");
	row_has(p, 7, "by the person");
	finish(&b, p);
}
END_TEST

START_TEST(history_is_one_key_away)
{
	struct booked b;
	struct pty *p;

	open_booked(&b);
	p = start(&b);
	pty_keys(p, "v");
	row_has(p, 1, "HISTORY");
	pty_keys(p, "<Esc>");
	row_has(p, 1, "PERSON");
	finish(&b, p);
}
END_TEST

START_TEST(a_private_service_is_not_named_to_who_may_not_know)
{
	struct booked b;
	struct pty *p;

	open_booked(&b);
	p = start(&b);
	ck_assert(pty_find(p, "Thu 19-Mar-2026 11:00 B  Private       Kelly") > 0);
	ck_assert_int_eq(pty_find(p, "Counsel"), 0);
	ck_assert_int_eq(pty_find(p, "CNS-"), 0);
	at_desk_end(p);
	p = start_as(&b, "s.kelly", NULL);
	ck_assert(pty_find(p, "Thu 19-Mar-2026 11:00 B  Counsel.") > 0);
	ck_assert(pty_find(p, "CNS-") > 0);
	finish(&b, p);
}
END_TEST

START_TEST(another_desks_change_comes_without_a_key)
{
	struct booked b;
	struct pty *p;
	struct id appt = open_physio(&b);

	p = start(&b);
	pty_keys(p, "<Down>");
	row_has(p, 7, "> 2 Thu 19-Mar-2026 10:40 B");
	pty_count_start(p);
	mark(&b, appt, APPT_ARRIVED);
	pty_wait_for(p, "arrived 09:42");
	row_has(p, 6, "  1 Thu 12-Mar-2026 10:00 A");
	row_has(p, 7, "> 2 Thu 19-Mar-2026 10:40 B");
	/* Only what changed is sent. */
	ck_assert_msg(pty_all(p) <= 80, "%ld bytes", pty_all(p));
	/* What is new waits at the end; numbers stay until F5. */
	clinic_sit(&b.c, "s.kelly");
	book(&b, b.kelly, b.couns, thu(11, 0));
	pty_wait_for(p, "12-Mar-2026 11:00 B  Private");
	row_has(p, 7, "> 2 Thu 19-Mar-2026 10:40 B");
	pty_keys(p, "<F5>");
	row_has(p, 7, "2 Thu 12-Mar-2026 11:00 B");
	row_has(p, 8, "> 3 Thu 19-Mar-2026 10:40 B");
	finish(&b, p);
}
END_TEST

START_TEST(older_appointments_come_with_page_down)
{
	struct booked b;
	struct pty *p;

	open_physio(&b);
	clinic_sit(&b.c, "s.kelly");
	for (int i = 0; i < 12; i++)
		cancel(&b, book(&b, b.kelly, b.couns, thu(11, 0)));
	world_pass(&b.c.world, 7 * 86400);
	p = start(&b);
	row_has(p, 5, "APPOINTMENTS");
	row_has(p, 5, "6 older, PgDn");
	row_has(p, 6, "> 1 Thu 19-Mar-2026 10:40 B");
	row_has(p, 13, "  8 Thu 12-Mar-2026 ");
	row_is(p, 14, "EPISODES");
	pty_keys(p, "<PgDn>");
	ck_assert_int_eq(pty_find(p, "older"), 0);
	row_has(p, 14, "> 9 Thu 12-Mar-2026 ");
	finish(&b, p);
}
END_TEST

START_TEST(leavers_and_the_dead_are_said_in_the_banner)
{
	struct booked b;
	struct pty *p;

	open_ada(&b);
	p = start(&b);
	row_has(p, 4, "Staff nurse, Ward 7B, WV Hosps");
	row_has(p, 4, "07700 900418, text ok");
	set(&b, b.okafor, IN_STATUS, "leaver");
	pty_wait_for(p, "LEAVER  Staff nurse");
	set(&b, b.okafor, IN_STATUS, "deceased");
	pty_wait_for(p, "DECEASED");
	ck_assert(pty_bold(p, 4, 1));
	finish(&b, p);
}
END_TEST

START_TEST(a_long_name_is_never_cut)
{
	struct booked b;
	struct pty *p;

	open_booked(&b);
	set(&b, b.okafor, IN_GIVEN, "Adaeze Chidinma Ngozi Oluwaseun");
	p = start(&b);
	row_is(p, 2, "OKAFOR, Adaeze Chidinma Ngozi Oluwaseun (Mrs)");
	row_has(p, 3, "Born 14-Aug-1984 (41y)");
	row_has(p, 5, "Staff nurse");
	row_has(p, 6, "APPOINTMENTS");
	row_has(p, 7, "> 1 Thu 12-Mar-2026");
	finish(&b, p);
}
END_TEST

START_TEST(booking_takes_the_episode_that_waits_or_asks_for_which)
{
	struct booked b;
	struct pty *p;
	struct id appt;

	open_ada(&b);
	appt = book(&b, b.marsh, b.physio, thu(10, 0));
	p = start(&b);
	/* Nothing waits: the episode has its next appointment. */
	pty_keys(p, "b");
	row_is(p, 23, "M Book which?  n OH nurse  d OH doctor  p Physio  Esc keep");
	pty_keys(p, "<Esc>");
	cancel(&b, appt);
	pty_wait_for(p, "nothing booked");
	pty_keys(p, "b");
	ck_assert_int_eq(pty_find(p, "Book which?"), 0);
	finish(&b, p);
}
END_TEST

START_TEST(ceiling_1_the_earliest_physio_for_a_caller_who_is_known)
{
	struct booked b;
	struct pty *p;

	open_ada(&b);
	/* Accepted, and nothing booked. */
	cancel(&b, book(&b, b.marsh, b.physio, thu(10, 0)));
	p = at_desk(&b.c, "p.shah", NULL);
	pty_count_start(p);
	pty_keys(p, "/okaf<Enter>b<Enter>");
	ck_assert_int_eq(pty_count(p), 8);
	ck_assert_msg(clinic_count(&b.c, "SELECT count(*) FROM appointment WHERE state = 'B'") == 1,
		      "%s", pty_row(p, 23));
	finish(&b, p);
}
END_TEST

START_TEST(ceiling_4_the_next_appointment_is_moved_to_another_time)
{
	struct booked b;
	struct pty *p;

	open_ada(&b);
	book(&b, b.marsh, b.physio, thu(10, 0));
	p = at_desk(&b.c, "p.shah", NULL);
	pty_count_start(p);
	pty_keys(p, "/okaf<Enter>m2<Enter>");
	ck_assert_int_eq(pty_count(p), 9);
	ck_assert_msg(clinic_count(&b.c, "SELECT moves FROM appointment") == 1, "%s",
		      pty_row(p, 23));
	finish(&b, p);
}
END_TEST

/* ---- details ---- */

START_TEST(a_changed_telephone_takes_at_most_twelve_keys)
{
	struct booked b;
	struct pty *p;

	open_ada(&b);
	p = at_desk(&b.c, "p.shah", NULL);
	pty_count_start(p);
	pty_keys(p, "/okaf<Enter>e<C-u>");
	ck_assert(pty_screen_is(p, "tests/screens/person_details.screen"));
	pty_keys(p, "07700900555<C-s>");
	row_has(p, 1, "PERSON");
	row_has(p, 23, "M OKAFOR, Adaeze (Mrs) saved.");
	row_has(p, 4, "07700 900555, text ok");
	/* The number itself is not counted, and Ctrl is a key of its own twice. */
	ck_assert_int_le(pty_count(p) - 11 + 2, 12);
	finish(&b, p);
}
END_TEST

/* Through the parts of the form to the field of that label. */
static void to_field(struct pty *p, const char *label)
{
	int row = 0, col;

	pty_keys(p, "<F7><F7><F7>");
	for (int part = 0; part < 4 && pty_find(p, label) == 0; part++)
		pty_keys(p, "<F8>");
	for (int turns = 0; turns < 20 && row != pty_find(p, label); turns++) {
		if (turns)
			pty_keys(p, "<Tab>");
		pty_cursor(p, &row, &col);
	}
	ck_assert_msg(row && row == pty_find(p, label), "no field %s", label);
}

START_TEST(all_details_can_be_changed)
{
#define DETAIL(field, value)                                                                       \
	"SELECT count(*) FROM detail WHERE field = '" field "' AND value = '" value                \
	"' AND state = 'on' AND source = 'desk'"
#define FLAG(column, kind, value)                                                                  \
	"SELECT " column " = " value " FROM contact WHERE kind = '" kind "'"
#define PERSON(column, value)                                                                      \
	"SELECT " column " = '" value                                                              \
	"' FROM person WHERE given LIKE 'Ad%' AND born IN (5339, 5340)"
#define POST(column, value) "SELECT count(*) FROM post WHERE " column " = '" value "'"
	static const struct {
		const char *label, *value, *sql;
	} rows[] = {
		{ "Given name ", "Adaora", PERSON("given", "Adaora") },
		{ "Title ", "Dr", PERSON("title", "Dr") },
		{ "Preferred name   ", "Ora", PERSON("preferred", "Ora") },
		{ "Former names", "Eze; Obi, Ada", "SELECT count(*) = 2 FROM former_name" },
		{ "Date of birth", "15/8/84", PERSON("born", "5340") },
		{ "Gender  ", "Woman", PERSON("gender", "Woman") },
		{ "NHS No.    ", "9990000018", PERSON("nhs", "9990000018") },
		{ "Mobile  ", "07700 900556", FLAG("value", "mobile", "'07700900556'") },
		{ "Texts allowed", "n", FLAG("text_ok", "mobile", "0") },
		{ "Mobile voicemail", "n", FLAG("voicemail", "mobile", "0") },
		{ "Home telephone", "07700 900223", FLAG("value", "home", "'07700900223'") },
		{ "Home voicemail", "y", FLAG("voicemail", "home", "1") },
		{ "Work telephone", "07700 900222", FLAG("value", "work", "'07700900222'") },
		{ "Work voicemail", "n", FLAG("voicemail", "work", "0") },
		{ "E-mail   ", "ora@example.org", FLAG("value", "email", "'ora@example.org'") },
		{ "E-mails allowed", "y", FLAG("text_ok", "email", "1") },
		{ "First try", "w", DETAIL("prefer", "work") },
		{ "Best time", "after four", DETAIL("best_time", "after four") },
		{ "What may be said", "only my name", DETAIL("say", "only my name") },
		{ "Address  ", "4 Quay St, Poole", DETAIL("address", "4 Quay St, Poole") },
		{ "Postcode", "bh151aa", DETAIL("postcode", "BH15 1AA") },
		{ "Access needs", "step, bsl", PERSON("needs", "step_free bsl") },
		{ "Interpreter", "Igbo", PERSON("interpreter", "Igbo") },
		{ "Usual GP", "Dr Osei", DETAIL("gp", "Dr Osei") },
		{ "GP practice  ", "Harbour", DETAIL("gp_practice", "Harbour") },
		{ "GP address", "1 Hill, Poole", DETAIL("gp_address", "1 Hill, Poole") },
		{ "GP practice code", "k81003", DETAIL("gp_code", "K81003") },
		{ "Emergency   ", "Chidi", DETAIL("emergency_name", "Chidi") },
		{ "Who that is", "husband", DETAIL("emergency_relation", "husband") },
		{ "Emergency tel.", "07700900417", DETAIL("emergency_phone", "07700900417") },
		{ "Employee No.   ", "20417734", POST("employee_no", "20417734") },
		{ "Job  ", "Sister", POST("job", "Sister") },
		{ "Department", "Ward 8", POST("department", "Ward 8") },
		{ "Manager", "Price, W", POST("manager", "Price, W") },
		{ "First day", "1/9/2019", "SELECT count(*) FROM post WHERE from_day = 18140" },
		{ "Last day", "12/3/2026", "SELECT count(*) FROM post WHERE to_day = 20524" },
		{ "Status", "l", PERSON("status", "leaver") },
	};
	struct booked b;
	struct pty *p;

	open_ada(&b);
	p = start(&b);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		pty_keys(p, "e");
		to_field(p, rows[i].label);
		pty_keys(p, "<C-u>");
		pty_keys(p, rows[i].value);
		pty_keys(p, "<C-s>");
		ck_assert_msg(strncmp(pty_row(p, 1), "PERSON  ", 8) == 0, "%s: %s", rows[i].label,
			      pty_row(p, 23));
		ck_assert_msg(clinic_count(&b.c, rows[i].sql) == 1, "%s: %s", rows[i].label,
			      pty_row(p, 23));
	}
	finish(&b, p);
}
END_TEST

START_TEST(a_surname_that_changes_may_stay_among_the_former_ones)
{
	struct booked b;
	struct pty *p;

	open_ada(&b);
	p = start(&b);
	pty_keys(p, "e");
	to_field(p, "Surname");
	pty_keys(p, "<C-u>Bello<C-s>");
	row_is(p, 23, "M Keep OKAFOR as a former name?  y yes  n no, a slip  Esc edit");
	pty_keys(p, "y");
	row_has(p, 2, "BELLO, Adaeze (Mrs)");
	pty_keys(p, "/okaf,adae<Enter>");
	row_has(p, 2, "BELLO, Adaeze (Mrs)");
	/* One undo takes both back. */
	pty_keys(p, "u");
	row_has(p, 2, "OKAFOR, Adaeze (Mrs)");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM former_name WHERE state = 'on'"),
			 0);
	finish(&b, p);
}
END_TEST

START_TEST(needs_are_chosen_from_a_list_one_after_the_other)
{
	struct booked b;
	struct pty *p;

	open_ada(&b);
	p = start(&b);
	pty_keys(p, "e");
	to_field(p, "Access needs");
	pty_keys(p, "<F4>");
	row_has(p, 3, "step_free  step-free access");
	pty_keys(p, "<Enter><F4>4<Enter><F4>1<Enter>");
	ck_assert(pty_find(p, "[step_free bsl___") > 0);
	pty_keys(p, "<C-s>");
	row_has(p, 3, "! Alerts 2");
	pty_keys(p, "!");
	row_has(p, 1, "ALERTS");
	ck_assert(pty_find(p, "Needs: step-free access") > 0);
	ck_assert(pty_find(p, "Needs: BSL interpreter") > 0);
	pty_keys(p, "<Esc>");
	row_has(p, 1, "PERSON  ");
	finish(&b, p);
}
END_TEST

START_TEST(another_employer_is_another_post)
{
	struct booked b;
	struct pty *p;

	open_ada(&b);
	p = start(&b);
	pty_keys(p, "e");
	to_field(p, "Employer  ");
	ck_assert(pty_find(p, "[20417733") > 0);
	pty_keys(p, "K");
	ck_assert(pty_find(p, "[Kestrel Aerospace") > 0);
	/* Nothing is known of it yet. */
	ck_assert_int_eq(pty_find(p, "[20417733"), 0);
	pty_keys(p, "<Tab><Tab>Fitter<C-s>");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM post WHERE job = 'Fitter'"), 1);
	ck_assert_int_eq(
		clinic_count(&b.c, "SELECT count(*) FROM post WHERE employee_no = '20417733'"), 1);
	pty_keys(p, "e");
	to_field(p, "Employer  ");
	ck_assert(pty_find(p, "  WV Hosps  Staff nurse, Ward 7B") > 0);
	ck_assert(pty_find(p, "  Kestrel A  Fitter") > 0);
	finish(&b, p);
}
END_TEST

/* ---- registered twice ---- */

static struct id twice(struct booked *b)
{
	struct intake_form form = { .v = { [IN_SURNAME] = "Okafor",
					   [IN_GIVEN] = "Adaeze",
					   [IN_BORN] = "14/8/1984",
					   [IN_HOME] = "07700 900222" } };
	struct err err = ERR_INIT;
	struct id id;

	ck_ok(intake_add(&b->c.desk, &form, (struct id){ 0 }, true, &id, &err), err);
	return id;
}

START_TEST(records_of_one_person_are_listed_compared_and_merged)
{
	struct booked b;
	struct pty *p;

	open_physio(&b);
	twice(&b);
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, ":duplicates<Enter>");
	row_has(p, 4, "> 1 OKAFOR, Adaeze (Mrs)");
	row_has(p, 4, "name and birthday");
	pty_keys(p, "<Enter>");
	ck_assert(pty_screen_is(p, "tests/screens/pair.screen"));
	pty_keys(p, "M");
	row_has(p, 23, "Merge: which record is kept?");
	pty_keys(p, "<Enter>1");
	row_has(p, 23, "How is it known that they are one?");
	pty_keys(p, "asked her<Enter>");
	row_has(p, 23, "M OKAFOR, Adaeze (Mrs) is one record now.");
	row_has(p, 4, "Nobody here looks registered twice.");
	ck_assert_int_eq(
		clinic_count(&b.c, "SELECT count(*) FROM person WHERE alias_of IS NOT NULL"), 1);
	pty_keys(p, "u");
	row_has(p, 4, "> 1 OKAFOR, Adaeze (Mrs)");
	/* Whoever keeps the one without an employer is told why not. */
	pty_keys(p, "<Enter>M2asked her<Enter>");
	row_has(p, 22, "E Only the other has an employer here");
	pty_keys(p, "<Esc>x");
	row_has(p, 23, "M They are two people.");
	row_has(p, 4, "Nobody here looks registered twice.");
	finish(&b, p);
}
END_TEST

START_TEST(who_is_merged_while_a_desk_looks_at_them_is_shown_as_the_one_that_was_kept)
{
	struct booked b;
	struct err err = ERR_INIT;
	struct pty *p;
	struct id other;

	open_physio(&b);
	other = twice(&b);
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, "/07700900222<Enter>");
	row_has(p, 1, "PERSON  ");
	row_has(p, 6, "none");
	ck_ok(pairs_merge(&b.c.desk, b.okafor, other, "asked her", &err), err);
	pty_wait_for(p, "Thu 12-Mar-2026 10:00 B");
	row_has(p, 4, "Staff nurse, Ward 7B");
	finish(&b, p);
}
END_TEST

/* ---- the phone card ---- */

START_TEST(the_phone_card_says_what_to_ring_and_what_may_be_said)
{
	struct booked b;
	struct pty *p;

	open_booked(&b);
	set(&b, b.okafor, IN_WORK, "0117 496 0124");
	set(&b, b.okafor, IN_MOBILE_VOICEMAIL, "yes");
	set(&b, b.okafor, IN_WORK_VOICEMAIL, "no");
	set(&b, b.okafor, IN_PREFER, "work");
	set(&b, b.okafor, IN_BEST_TIME, "after 16:00");
	set(&b, b.okafor, IN_SAY, "name");
	set(&b, b.okafor, IN_INTERPRETER, "Igbo");
	set(&b, b.okafor, IN_NEEDS, "step_free");
	set(&b, b.okafor, IN_POSTCODE, "BH15 1AA");
	set(&b, b.okafor, IN_EMAIL_OK, "yes");
	set(&b, b.okafor, IN_EMERGENCY, "Chidi Okafor");
	p = start(&b);
	row_has(p, 4, "after 16:00");
	pty_keys(p, "p");
	ck_assert(pty_screen_is(p, "tests/screens/phone.screen"));
	pty_keys(p, "<Esc>");
	row_has(p, 1, "PERSON  ");
	/* From the desk too, for whoever is on the row. */
	pty_keys(p, "<F3>p");
	row_has(p, 1, "PHONE CARD");
	row_has(p, 2, "OKAFOR, Adaeze");
	finish(&b, p);
}
END_TEST

START_TEST(what_may_be_said_is_never_cut_whoever_it_is_about)
{
	struct booked b;
	struct pty *p;

	open_booked(&b);
	set(&b, b.okafor, IN_SURNAME, "Okaforschlegelsteinhausenbergerdorffwelchevoralternwaren");
	set(&b, b.okafor, IN_GIVEN, "Hubert Blaine Maximilian Friedrich Leopold");
	p = start(&b);
	pty_keys(p, "p");
	ck_assert_int_gt(pty_find(p, "more than your name."), 0);
	finish(&b, p);
}
END_TEST

START_TEST(the_phone_card_never_names_a_private_service_to_who_may_not_know)
{
	struct booked b;
	struct pty *p;

	open_ada(&b);
	clinic_sit(&b.c, "s.kelly");
	book(&b, b.kelly, b.couns, next_thu(11, 0));
	clinic_sit(&b.c, "p.shah");
	p = start(&b);
	pty_keys(p, "p");
	ck_assert(pty_find(p, "Thu 19-Mar-2026 11:00  Private with Kelly") > 0);
	ck_assert_int_eq(pty_find(p, "Counsel"), 0);
	finish(&b, p);
}
END_TEST

START_TEST(needs_are_marked_on_the_day_and_said_at_check_in)
{
	struct booked b;
	struct pty *p;

	open_physio(&b);
	set(&b, b.okafor, IN_NEEDS, "hearing");
	set(&b, b.okafor, IN_INTERPRETER, "Igbo");
	p = at_desk(&b.c, "p.shah", NULL);
	row_has(p, 4, "10:00 B n  5d OKAFOR, Adaeze");
	pty_keys(p, "1a");
	row_has(p, 23, "arrived 09:42.  Needs hearing loop, interpreter: Igbo.");
	pty_resize(p, 43, 132);
	ck_assert(pty_find(p, "hearing loop, interpreter: Igbo") > 0);
	finish(&b, p);
}
END_TEST

START_TEST(a_change_since_is_refused_with_words_and_nothing_typed_is_lost)
{
	struct booked b;
	struct pty *p;

	open_ada(&b);
	p = start(&b);
	pty_keys(p, "e<C-u>07700 900555");
	set(&b, b.okafor, IN_MOBILE, "07700 900666");
	set(&b, b.okafor, IN_JOB, "Sister");
	pty_keys(p, "<C-s>");
	row_has(p, 1, "PERSON DETAILS");
	row_has(p, 23, "E ");
	ck_assert(pty_find(p, "[07700 900555_") > 0);
	/* F5 looks again: what was not touched here is what it is now, and the save goes through.
	 */
	pty_keys(p, "<F5>");
	ck_assert(pty_find(p, "[07700 900555_") > 0);
	pty_keys(p, "<F8><F8>");
	ck_assert(pty_find(p, "[Sister_") > 0);
	pty_keys(p, "<C-s>");
	row_has(p, 4, "07700 900555");
	finish(&b, p);
}
END_TEST

START_TEST(leaving_what_was_typed_asks)
{
	struct booked b;
	struct pty *p;

	open_ada(&b);
	p = start(&b);
	pty_keys(p, "e<Esc>");
	row_has(p, 1, "PERSON  ");
	pty_keys(p, "e9<Esc>");
	row_is(p, 23, "M Leave without saving what was typed?  y yes  p park it  Esc no");
	pty_keys(p, "<Esc>");
	row_has(p, 1, "PERSON DETAILS");
	pty_keys(p, "<Esc>y");
	row_has(p, 1, "PERSON  ");
	row_has(p, 4, "07700 900418");
	/* Other ways out park it, from a list over the form too. */
	pty_keys(p, "e9<F3>");
	row_has(p, 1, "DESK");
	row_has(p, 1, "Parked 1");
	pty_keys(p, "<C-r><F2>");
	row_has(p, 1, "FIND PERSON");
	pty_keys(p, "<C-r><Tab><F4><F3>");
	row_has(p, 1, "DESK");
	pty_keys(p, "<C-r><F9>desk<Enter>");
	row_has(p, 1, "DESK");
	row_has(p, 1, "Parked 1");
	pty_keys(p, "<C-r><Esc>y/okafor,ada<Enter>");
	pty_keys(p, "e<C-s>");
	row_is(p, 23, "M Nothing was changed.");
	finish(&b, p);
}
END_TEST

START_TEST(what_was_just_booked_is_marked_so_that_letters_act_on_it)
{
	struct booked b;
	struct pty *p;
	struct id first;
	int row, col;

	first = open_physio(&b);
	mark(&b, first, APPT_ARRIVED);
	mark(&b, first, APPT_IN_ROOM);
	mark(&b, first, APPT_SEEN);
	p = start(&b);
	/* A nurse's appointment beside the physio of next week, which is marked at first. */
	pty_keys(p, "bn<Enter>");
	row_has(p, 23, "booked");
	pty_cursor(p, &row, &col);
	row_has(p, row, "OH nurse");
	finish(&b, p);
}
END_TEST

/* The menu and the choices of a field are about the screen below: they end with it. */
START_TEST(a_list_over_a_screen_ends_with_that_screen)
{
	struct booked b;
	struct pty *p;

	open_ada(&b);
	p = start(&b);
	pty_keys(p, "bp:further");
	ck_assert_int_gt(pty_find(p, "0 of "), 0);
	pty_keys(p, "<F2>okafor,adae<Enter>bp");
	row_has(p, 1, "BOOK");
	pty_keys(p, "e<Tab><F4>");
	row_has(p, 1, "CHOOSE");
	pty_keys(p, "<F2>okafor,adae<Enter>bp");
	row_has(p, 1, "BOOK");
	for (int i = 0; i < 4; i++) {
		pty_keys(p, "<Esc>");
		ck_assert_int_eq(pty_find(p, "CHOOSE") + pty_find(p, "MENU"), 0);
	}
	finish(&b, p);
}
END_TEST

TEST_MAIN("person", the_record_stands_as_designed, without_utf8_the_record_stands_in_ascii,
	  empty_sections_say_none, opening_is_logged_once,
	  what_waits_for_triage_stands_with_its_clock_and_a_flag_is_now,
	  the_next_appointment_is_marked_so_that_letters_act_at_once,
	  small_letters_act_on_the_marked_row, capitals_ask_for_the_reason, history_is_one_key_away,
	  a_private_service_is_not_named_to_who_may_not_know,
	  another_desks_change_comes_without_a_key, older_appointments_come_with_page_down,
	  leavers_and_the_dead_are_said_in_the_banner, a_long_name_is_never_cut,
	  booking_takes_the_episode_that_waits_or_asks_for_which,
	  ceiling_1_the_earliest_physio_for_a_caller_who_is_known,
	  ceiling_4_the_next_appointment_is_moved_to_another_time,
	  a_changed_telephone_takes_at_most_twelve_keys, all_details_can_be_changed,
	  a_surname_that_changes_may_stay_among_the_former_ones,
	  needs_are_chosen_from_a_list_one_after_the_other, another_employer_is_another_post,
	  records_of_one_person_are_listed_compared_and_merged,
	  who_is_merged_while_a_desk_looks_at_them_is_shown_as_the_one_that_was_kept,
	  what_may_be_said_is_never_cut_whoever_it_is_about,
	  the_phone_card_says_what_to_ring_and_what_may_be_said,
	  the_phone_card_never_names_a_private_service_to_who_may_not_know,
	  needs_are_marked_on_the_day_and_said_at_check_in,
	  a_change_since_is_refused_with_words_and_nothing_typed_is_lost,
	  what_was_just_booked_is_marked_so_that_letters_act_on_it, leaving_what_was_typed_asks,
	  a_list_over_a_screen_ends_with_that_screen)
