/*
 * test_find.c: S3 and the form that adds a person.  Five people as in the design: two OKAFORs born
 * on one day of the year, a third, an OKAFOR-BELL and an OKAFUR; and ELLIS, WEBB and YUSUF.
 */
#include "suite.h"

#include <stdio.h>

#include "at_desk.h"
#include "base/alloc.h"
#include "booked.h"
#include "clinic/booking.h"
#include "clinic/intake.h"

static void set(struct booked *b, struct id person, enum intake_field field, const char *value)
{
	struct intake_form form = { 0 };
	struct err err = ERR_INIT;

	form.v[field] = value;
	ck_ok(intake_set(&b->c.desk, person, &form, NULL, &err), err);
}

static void book(struct booked *b, struct id person, struct moment starts)
{
	struct booking_ask ask = {
		.person = person, .service = b->physio, .clinician = b->marsh, .starts = starts
	};
	struct err err = ERR_INIT;
	struct id id;

	ck_ok(booking_book(&b->c.desk, &ask, &id, &err), err);
}

static void open_people(struct booked *b)
{
	booked_open(b);
	set(b, b->okafor, IN_TITLE, "Mrs");
	set(b, b->okafor, IN_NHS, "999 526 0182");
	set(b, b->okafor, IN_EMPLOYEE_NO, "20417733");
	set(b, b->okafor, IN_MOBILE, "07700 900418");
	set(b, b->okafor, IN_EMAIL, "ada@example.org");
	at_desk_person(&b->c, "KES", "Okafor|Adanna|Miss|14/8/1994|999 628 1949|20550871|");
	at_desk_person(&b->c, "WVH", "Okafor|Amaka|Dr|30/6/1976|999 518 1908||07700 900777");
	at_desk_person(&b->c, "KES", "Okafor-Bell|Anne|Ms|17/12/1959|||");
	at_desk_person(&b->c, "WVH", "Okafur|Abel|Mr|2/2/1990|999 231 9488||");
	book(b, b->okafor, thu(10, 0));
}

static struct pty *start(struct booked *b)
{
	return at_desk(&b->c, "p.shah", NULL);
}

static void finish(struct booked *b, struct pty *p)
{
	at_desk_end(p);
	booked_close(b);
}

START_TEST(the_list_stands_as_designed)
{
	struct booked b;
	struct pty *p;
	int row, col;

	open_people(&b);
	p = start(&b);
	pty_keys(p, "/");
	ck_assert(pty_screen_is(p, "tests/screens/find_empty.screen"));
	pty_keys(p, "okaf,a");
	ck_assert(pty_screen_is(p, "tests/screens/find.screen"));
	pty_cursor(p, &row, &col);
	ck_assert_int_eq(row, 2);
	ck_assert_int_eq(col, 13);
	pty_keys(p, "<Tab>");
	ck_assert(pty_screen_is(p, "tests/screens/find_preview.screen"));
	pty_resize(p, 30, 100);
	ck_assert(pty_screen_is(p, "tests/screens/find_100x30.screen"));
	pty_resize(p, 43, 132);
	ck_assert(pty_screen_is(p, "tests/screens/find_132x43.screen"));
	finish(&b, p);
}
END_TEST

START_TEST(every_shape_finds_the_person)
{
	static const char *const shapes[] = {
		"okaf,ada", "14/8/84", "999 526 0182", "999-526-0182",
		"20417733", "0418",    "07700 900418", "+447700900418"
	};
	struct booked b;
	struct pty *p;

	open_people(&b);
	p = start(&b);
	pty_keys(p, "/");
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
		pty_keys(p, "<C-u>");
		pty_keys(p, shapes[i]);
		row_has(p, 4, "> 1 OKAFOR, Ada");
		ck_assert_msg(pty_find(p, "2 Add a new person") || i == 0, "%s", shapes[i]);
	}
	finish(&b, p);
}
END_TEST

START_TEST(the_search_begins_with_the_second_character)
{
	struct booked b;
	struct pty *p;

	open_people(&b);
	p = start(&b);
	pty_keys(p, "/o");
	row_is(p, 4, "");
	pty_keys(p, "k");
	row_has(p, 4, "> 1 OKAFOR, Adaeze (Mrs) =2");
	finish(&b, p);
}
END_TEST

START_TEST(an_enter_typed_ahead_opens_a_sole_match_only)
{
	struct booked b;
	struct pty *p;

	open_people(&b);
	p = start(&b);
	pty_ahead(p, "/webb\r");
	row_has(p, 1, "PERSON");
	row_has(p, 2, "WEBB, Sandra (Ms)");
	pty_ahead(p, "/okaf\rX");
	row_has(p, 1, "FIND PERSON");
	row_is(p, 23,
	       "E 5 found for okaf: choose one, then Enter. (1 key typed after it was dropped)");
	pty_ahead(p, "<C-u>okafur,b\r");
	row_has(p, 23, "E No match for okafur,b.");
	/* A name that only sounds so is not what was typed. */
	pty_ahead(p, "<C-u>yosuf\r");
	row_has(p, 1, "FIND PERSON");
	row_has(p, 23, "E 1 found for yosuf");
	row_has(p, 4, "> 1 YUSUF, Idris (Ms) ~");
	pty_keys(p, "<Enter>");
	row_has(p, 2, "YUSUF, Idris (Ms)");
	finish(&b, p);
}
END_TEST

START_TEST(a_painted_list_opens_the_marked_row)
{
	struct booked b;
	struct pty *p;

	open_people(&b);
	p = start(&b);
	pty_keys(p, "/okaf<Down><Down><Enter>");
	row_has(p, 2, "OKAFOR, Amaka (Dr)");
	pty_keys(p, "<Esc>");
	row_has(p, 6, "> 3 OKAFOR, Amaka");
	finish(&b, p);
}
END_TEST

START_TEST(one_of_two_alike_is_asked_about_first)
{
	struct booked b;
	struct pty *p;

	open_people(&b);
	p = start(&b);
	pty_keys(p, "/okaf");
	row_is(p, 23, "W Rows 1 and 2 are alike. Ask: \"What is your date of birth?\"");
	pty_keys(p, "<Enter>");
	row_is(p, 23, "M Two look alike. Date of birth 14-Aug-1984?  y  Esc no");
	pty_keys(p, "<Enter><Esc>");
	row_has(p, 1, "FIND PERSON");
	pty_keys(p, "<Down><Enter>");
	row_is(p, 23, "M Two look alike. Date of birth 14-Aug-1994?  y  Esc no");
	pty_keys(p, "y");
	row_has(p, 2, "OKAFOR, Adanna (Miss)");
	finish(&b, p);
}
END_TEST

START_TEST(nobody_found_is_said_and_adds_nobody_by_itself)
{
	struct booked b;
	struct pty *p;

	open_people(&b);
	p = start(&b);
	pty_keys(p, "/okafro9");
	row_is(p, 6, "   No match for okafro9. Try fewer letters, or date of birth.");
	row_is(p, 4, "> 1 Add a new person");
	pty_keys(p, "<C-u>");
	pty_ahead(p, "zzzz\r");
	row_is(p, 23, "E No match for zzzz. Try fewer letters, or date of birth.");
	pty_keys(p, "<C-u><Enter>");
	row_has(p, 23, "E Type two letters");
	finish(&b, p);
}
END_TEST

START_TEST(more_than_fifty_are_counted)
{
	struct booked b;
	struct pty *p;

	booked_open(&b);
	for (int i = 0; i < 61; i++) {
		char *values = mem_printf("Smith|A%c%c|Ms|%d/3/19%02d|||", 'a' + i % 20,
					  'a' + i / 20, 1 + i % 28, 20 + i);

		at_desk_person(&b.c, NULL, values);
		mem_free(values);
	}
	p = start(&b);
	pty_keys(p, "/smith");
	row_is(p, 23, "W 61 found, first 50. Add a first name or date of birth.");
	row_has(p, 20, "1-16 of 51   PgDn more");
	row_has(p, 22, "61 found");
	pty_keys(p, "<Down>");
	row_has(p, 23, "W 61 found, first 50.");
	finish(&b, p);
}
END_TEST

START_TEST(a_typed_letter_is_cheap_while_the_list_stays)
{
	struct booked b;
	struct pty *p;

	open_people(&b);
	p = start(&b);
	pty_keys(p, "/ok");
	pty_count_start(p);
	pty_keys(p, "af,a");
	ck_assert_msg(pty_p50(p) <= 12, "%ld bytes", pty_p50(p));
	pty_count_start(p);
	pty_keys(p, "<Down><Down><Down><Up>");
	ck_assert_msg(pty_p50(p) <= 120, "%ld bytes", pty_p50(p));
	/* The first letters bring the list, the last takes most of it away. */
	pty_count_start(p);
	pty_keys(p, "<C-u>ok");
	ck_assert_msg(pty_most(p) <= 1400, "%ld bytes", pty_most(p));
	finish(&b, p);
}
END_TEST

START_TEST(another_desks_change_comes_in_place)
{
	struct booked b;
	struct pty *p;

	open_people(&b);
	p = start(&b);
	pty_keys(p, "/okaf<Down><Down>");
	row_has(p, 4, "Today 10:00 B");
	row_has(p, 6, "> 3 OKAFOR, Amaka");
	at_desk_person(&b.c, "WVH", "Okafor|Aaron|Mr|1/5/1971|||");
	pty_wait_for(p, "OKAFOR, Aaron");
	row_has(p, 6, "> 3 OKAFOR, Amaka");
	row_has(p, 10, "  7 OKAFOR, Aaron");
	pty_keys(p, "<F5>");
	row_has(p, 4, "1 OKAFOR, Aaron");
	row_has(p, 7, "> 4 OKAFOR, Amaka");
	finish(&b, p);
}
END_TEST

START_TEST(awkward_names_keep_the_columns)
{
	static const char *const names[] = {
		("Zoe\xcc\x88-Lu\xcc\x88"
		 "der|A\xcc\x8a"
		 "sa"), /* marks */
		("Z\xe6\x9d\x8e\xe5\xb0\x8f\xe9\xbe\x8d|\xe5\xb0\x8f\xe9\xbe\x8d\xe5\xb0\x8f\xe9\xbe"
		 "\x8d\xe5\xb0\x8f\xe9\xbe\x8d\xe5\xb0\x8f\xe9\xbe\x8d"), /* twice as wide */
		"Z\xd7\x90\xd7\x91\xd7\x92|\xd7\x93\xd7\x94\xd7\x95",	  /* right to left */
		"Zwolle van der Averylongname|Wilhelmina Constantia",
	};
	struct booked b;
	struct pty *p;

	booked_open(&b);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char *values = mem_printf("%s||%zu/3/1970|||", names[i], i + 1);

		at_desk_person(&b.c, NULL, values);
		mem_free(values);
	}
	p = start(&b);
	pty_keys(p, "/3/1970<C-u>");
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char *typed = mem_printf("<C-u>%zu/3/1970", i + 1), *born;
		int row, col;

		pty_keys(p, typed);
		born = mem_printf("%02zu-Mar-1970", i + 1);
		ck_assert_int_eq(pty_find(p, born), 4);
		/* What stands behind the name begins in its own column. */
		ck_assert_int_eq(pty_column(p, 4, born), 31);
		pty_cursor(p, &row, &col);
		ck_assert_int_eq(row, 2);
		mem_free(typed);
		mem_free(born);
	}
	finish(&b, p);
}
END_TEST

START_TEST(without_utf8_the_list_stands_in_ascii)
{
	struct booked b;
	struct pty *p;

	open_people(&b);
	at_desk_person(&b.c, "WVH", "Okafór|Zo\xc3\xab|Ms|3/4/1981|||");
	p = at_desk(&b.c, "p.shah", &(struct pty_options){ .locale = "C" });
	pty_keys(p, "/okaf");
	ck_assert(pty_screen_is(p, "tests/screens/find_ascii.screen"));
	finish(&b, p);
}
END_TEST

/* ---- adding ---- */

START_TEST(a_person_is_added_from_what_was_typed)
{
	struct booked b;
	struct pty *p;

	open_people(&b);
	p = start(&b);
	pty_keys(p, "/o'brien-smyth, roisin<F6>");
	row_has(p, 1, "PERSON DETAILS");
	ck_assert(pty_find(p, "Surname          [O'Brien-Smyth_"));
	ck_assert(pty_find(p, "Given name       [Roisin_"));
	pty_keys(p, "Ms<Tab><Tab>1/4/91");
	ck_assert(pty_find(p, "=> Mon 01-Apr-1991, 34 years"));
	ck_assert(pty_screen_is(p, "tests/screens/find_add.screen"));
	pty_keys(p, "<C-s>");
	row_has(p, 1, "PERSON");
	row_has(p, 2, "O'BRIEN-SMYTH, Roisin (Ms)");
	row_has(p, 23, "M O'BRIEN-SMYTH, Roisin (Ms) added.");
	pty_keys(p, "<Esc>");
	row_has(p, 1, "FIND PERSON");
	row_has(p, 4, "1 O'BRIEN-SMYTH, Roisin");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM person WHERE given = 'Roisin'"),
			 1);
	finish(&b, p);
}
END_TEST

START_TEST(each_shape_fills_its_own_field)
{
	static const struct {
		const char *typed, *field;
	} shapes[] = { { "3/4/81", "Date of birth    [3/4/81_" },
		       { "999 000 0018", "NHS No.          [999 000 0018_" },
		       { "07700 900555", "Mobile           [07700 900555_" },
		       { "20999111", "Employee No.     [20999111_" },
		       { "MacNeil,", "Surname          [MacNeil_" } };
	struct booked b;
	struct pty *p;

	open_people(&b);
	p = start(&b);
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
		pty_keys(p, "/");
		pty_keys(p, shapes[i].typed);
		pty_keys(p, "<F6>");
		ck_assert_msg(pty_find(p, shapes[i].field) > 0, "%s", shapes[i].typed);
		pty_keys(p, "<Esc><Esc>");
	}
	finish(&b, p);
}
END_TEST

START_TEST(what_is_wrong_gets_the_cursor)
{
	struct booked b;
	struct pty *p;
	int row, col;

	open_people(&b);
	p = start(&b);
	pty_keys(p, "/zola,emil<F6><C-s>");
	row_has(p, 2, "ZOLA, Emil");
	pty_keys(p, "/zola,rene<F6><Tab><Tab>31/2/80<C-s>");
	row_has(p, 23, "E ");
	pty_cursor(p, &row, &col);
	ck_assert_int_eq(row, pty_find(p, "Date of birth"));
	pty_keys(p, "<C-u><Tab><Tab>999 526 0182<C-s>");
	row_has(p, 23, "open that record");
	pty_keys(p, "<C-u>123<C-s>");
	row_has(p, 23, "E 123 is no NHS number");
	pty_cursor(p, &row, &col);
	ck_assert_int_eq(row, pty_find(p, "NHS No."));
	pty_keys(p, "<C-u><Esc>");
	row_is(p, 23, "M Leave without saving what was typed?  y yes  p park it  Esc no");
	pty_keys(p, "y");
	row_has(p, 1, "FIND PERSON");
	finish(&b, p);
}
END_TEST

START_TEST(a_second_record_needs_a_yes_that_names_the_first)
{
	struct booked b;
	struct pty *p;

	open_people(&b);
	p = start(&b);
	pty_keys(p, "/okafor,adaeze<F6><Tab><Tab>14/8/84<C-s>");
	row_is(p, 23,
	       "M OKAFOR, Adaeze (Mrs) born 14-Aug-1984 is here already. Add another?  y  Esc no");
	pty_keys(p, "<Esc>");
	row_has(p, 1, "PERSON DETAILS");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM person WHERE given = 'Adaeze'"),
			 1);
	pty_keys(p, "<C-s>y");
	row_has(p, 1, "PERSON");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM person WHERE given = 'Adaeze'"),
			 2);
	finish(&b, p);
}
END_TEST

START_TEST(the_employer_is_chosen)
{
	struct booked b;
	struct pty *p;

	open_people(&b);
	p = start(&b);
	pty_keys(p, "/zola,emil<F6><Tab><Tab><Tab><Tab><Tab><F4>");
	row_has(p, 1, "CHOOSE  Employer");
	pty_keys(p, "<Enter><Tab>555123<C-s>");
	row_has(p, 3, "Employee No. 555123");
	ck_assert(pty_find(p, "Kestrel A"));
	finish(&b, p);
}
END_TEST

START_TEST(ceiling_3_find_a_person_and_read_the_next_appointment)
{
	struct booked b;
	struct pty *p;

	booked_open(&b);
	book(&b, b.okafor, thu(10, 0));
	p = start(&b);
	pty_count_start(p);
	pty_keys(p, "/okaf<Enter>");
	row_has(p, 2, "OKAFOR, Adaeze (Ms)");
	ck_assert(pty_find(p, "> 1 Thu 12-Mar-2026 10:00 B") > 0);
	ck_assert_int_eq(pty_count(p), 6);
	finish(&b, p);
}
END_TEST

TEST_MAIN("find", the_list_stands_as_designed, every_shape_finds_the_person,
	  the_search_begins_with_the_second_character, an_enter_typed_ahead_opens_a_sole_match_only,
	  a_painted_list_opens_the_marked_row, one_of_two_alike_is_asked_about_first,
	  nobody_found_is_said_and_adds_nobody_by_itself, more_than_fifty_are_counted,
	  a_typed_letter_is_cheap_while_the_list_stays, another_desks_change_comes_in_place,
	  awkward_names_keep_the_columns, without_utf8_the_list_stands_in_ascii,
	  a_person_is_added_from_what_was_typed, each_shape_fills_its_own_field,
	  what_is_wrong_gets_the_cursor, a_second_record_needs_a_yes_that_names_the_first,
	  the_employer_is_chosen, ceiling_3_find_a_person_and_read_the_next_appointment)
