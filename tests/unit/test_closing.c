/* test_closing.c: the end of a day: what stands in its way, closing it, its list for paper. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/text.h"
#include "booked.h"
#include "clinic/act.h"
#include "clinic/booking.h"
#include "clinic/closing.h"
#include "clinic/task.h"
#include "store/tasks.h"
#include "suite.h"

static struct booked b;
static struct err err;

static void open_as(const char *user)
{
	booked_open(&b);
	err_clear(&err);
	clinic_sit(&b.c, user);
}

static struct id book(struct id person, struct id service, struct id clinician, struct moment at)
{
	struct booking_ask ask = {
		.person = person, .service = service, .clinician = clinician, .starts = at
	};
	struct id id = { 0 };

	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	return id;
}

static void mark(struct id appt, enum appt_state to)
{
	ck_ok(booking_mark(&b.c.desk, appt, to, NULL, &err), err);
}

static struct id ask_for(const char *to, struct moment due)
{
	struct task_ask ask = { .kind = TASK_TODO, .due = due, .text = "tidy up" };
	struct id id = { 0 };

	ck_ok(task_for_parse(&b.c.desk, to, &ask.to, &err), err);
	ck_ok(task_add(&b.c.desk, &ask, &id, &err), err);
	return id;
}

/* In words what stands in the way at Northgate today. */
static const char *left(void)
{
	static char words[CLOSING_WORDS];
	struct closing c;

	ck_ok(closing_look(&b.c.desk, b.ngt, b.c.desk.today, &c, &err), err);
	closing_words(&c, words);
	closing_done(&c);
	return words;
}

static struct day_close closed(void)
{
	struct closing c;
	struct day_close ret;

	ck_ok(closing_look(&b.c.desk, b.ngt, b.c.desk.today, &c, &err), err);
	ret = c.closed;
	closing_done(&c);
	return ret;
}

START_TEST(what_stands_in_the_way_is_todays_at_this_site)
{
	struct id first;

	open_as("p.shah");
	first = book(b.okafor, b.physio, b.marsh, thu(10, 0));
	book(b.ellis, b.physio, b.obi, thu(10, 0)); /* at Harbour */
	book(b.webb, b.physio, b.marsh, next_thu(10, 0));
	ask_for("reception", thu(17, 0));
	ask_for("reception", next_thu(9, 0));
	ask_for("nurse@all", thu(17, 0));
	ck_assert_str_eq(left(), "1 row without an outcome, 1 task due");
	mark(first, APPT_ARRIVED);
	mark(first, APPT_IN_ROOM);
	ck_assert_str_eq(left(), "1 row without an outcome, 1 task due");
	mark(first, APPT_SEEN);
	ck_assert_str_eq(left(), "1 task due");
	booked_close(&b);
}
END_TEST

START_TEST(a_booking_that_is_not_confirmed_stands_in_the_way_a_week_ahead)
{
	struct id id;

	open_as("p.shah");
	id = book(b.okafor, b.physio, b.marsh, next_thu(10, 0));
	booked_sql(&b, "UPDATE appointment SET state = 'T'");
	ck_assert_str_eq(left(), "1 booking not confirmed");
	booked_sql(&b, "UPDATE appointment SET state = 'B'");
	ck_assert_str_eq(left(), "");
	(void)id;
	booked_close(&b);
}
END_TEST

START_TEST(a_clean_day_closes_and_only_once)
{
	struct clinic other;

	open_as("p.shah");
	ck_ok(closing_close(&b.c.desk, b.ngt, b.c.desk.today, NULL, &err), err);
	ck_assert_str_eq(closed().by, "p.shah");
	ck_assert_int_eq(closed().items, 0);
	clinic_second(&b.c, &other, "m.doyle");
	ck_refused(closing_close(&other.desk, b.ngt, other.desk.today, NULL, &err), err, ERR_CLASH);
	/* Another site's day is its own. */
	ck_ok(closing_close(&other.desk, b.hbr, other.desk.today, NULL, &err), err);
	clinic_second_close(&other);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_assert(id_none(closed().id));
	ck_ok(closing_close(&b.c.desk, b.ngt, b.c.desk.today, NULL, &err), err);
	booked_close(&b);
}
END_TEST

START_TEST(what_is_left_needs_a_reason_and_goes_to_the_next_shift)
{
	struct task_rows rows = { 0 };
	struct date friday = { 0 };

	open_as("p.shah");
	book(b.okafor, b.physio, b.marsh, thu(10, 0));
	ck_refused(closing_close(&b.c.desk, b.ngt, b.c.desk.today, NULL, &err), err, ERR_INPUT);
	ck_refused(closing_close(&b.c.desk, b.ngt, b.c.desk.today, "  ", &err), err, ERR_INPUT);
	ck_ok(closing_close(&b.c.desk, b.ngt, b.c.desk.today, "Marsh was ill", &err), err);
	ck_assert_int_eq(closed().items, 1);
	ck_assert_str_eq(closed().why, "Marsh was ill");
	ck_ok(task_rows(&b.c.desk, TASKS_FOR_ME, &rows, &err), err);
	ck_assert_uint_eq(rows.n, 1);
	ck_assert_int_eq(rows.v[0].t.kind, TASK_HANDOVER);
	ck_assert_str_eq(rows.v[0].t.text, "Left open: 1 row without an outcome. Marsh was ill");
	date_from_ymd(2026, 3, 13, &friday);
	ck_assert_int_eq(rows.v[0].t.due.utc, wall_moment(friday, 480).utc);
	list_free(&rows);
	/* With the closing it is taken back. */
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_ok(task_rows(&b.c.desk, TASKS_FOR_ME, &rows, &err), err);
	ck_assert_uint_eq(rows.n, 0);
	booked_close(&b);
}
END_TEST

START_TEST(a_day_to_come_is_not_closed)
{
	struct date tomorrow;

	open_as("p.shah");
	tomorrow.n = b.c.desk.today.n + 1;
	ck_refused(closing_close(&b.c.desk, b.ngt, tomorrow, NULL, &err), err, ERR_INPUT);
	booked_close(&b);
}
END_TEST

START_TEST(the_shift_is_handed_over_with_what_is_open)
{
	struct task_rows rows = { 0 };

	open_as("p.shah");
	book(b.okafor, b.physio, b.marsh, thu(10, 0));
	ck_ok(closing_hand_over(&b.c.desk, "Lift is out, use the ramp.", &err), err);
	ck_ok(task_rows(&b.c.desk, TASKS_FOR_ME, &rows, &err), err);
	ck_assert_str_eq(rows.v[0].t.text,
			 "Lift is out, use the ramp. Open now: 1 row without an outcome");
	list_free(&rows);
	clinic_sit(&b.c, "a.root");
	ck_refused(closing_hand_over(&b.c.desk, "x", &err), err, ERR_INPUT);
	booked_close(&b);
}
END_TEST

/* ---- paper ---- */

static char *paper(struct id site, struct date day, int *ret_n)
{
	struct buf text = { 0 };

	ck_ok(closing_list(&b.c.desk, site, day, &text, ret_n, &err), err);
	return text.s;
}

START_TEST(the_list_says_who_comes_and_how_to_reach_them)
{
	struct date day = moment_date(next_thu(0, 0));
	char *text;
	int n;

	open_as("s.kelly");
	book(b.webb, b.couns, b.kelly, next_thu(10, 0));
	clinic_sit(&b.c, "p.shah");
	book(b.okafor, b.physio, b.marsh, next_thu(10, 0));
	book(b.ellis, b.physio, b.obi, next_thu(10, 0));
	booked_sql(&b,
		   "INSERT INTO contact (id, scope, person, kind, value, source, at, state)"
		   " SELECT 990, scope, id, 'mobile', '07700900418', 'desk', 1, 'on' FROM person"
		   " WHERE given = 'Adaeze'");
	text = paper(b.ngt, day, &n);
	ck_assert_int_eq(n, 2);
	ck_assert_msg(strstr(text, "Northgate   Thu 19-Mar-2026"), "%s", text);
	ck_assert_msg(strstr(text, "page 1 of 1"), "%s", text);
	ck_assert_msg(strstr(text, "10:00 [ ] OKAFOR, Adaeze (Ms)                    14-Aug-1984   "
				   "07700 900418\n          Physio new, 40 min, Marsh, NGT-1\n"),
		      "%s", text);
	/* A private row says Private, and the other site's are not on it. */
	ck_assert_msg(strstr(text, "WEBB, Sandra"), "%s", text);
	ck_assert_msg(strstr(text, "          Private, 60 min, Kelly\n"), "%s", text);
	ck_assert_msg(!strstr(text, "ounsel") && !strstr(text, "ELLIS"), "%s", text);
	mem_free(text);
	/* ... whoever prints it. */
	clinic_sit(&b.c, "s.kelly");
	text = paper(b.ngt, day, &n);
	ck_assert_msg(strstr(text, "          Private, 60 min, Kelly\n"), "%s", text);
	mem_free(text);
	booked_close(&b);
}
END_TEST

/* Many rows at once, as a busy day has. */
static void crowd(int n)
{
	char *sql = mem_printf(
		"WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < %d)"
		" INSERT INTO appointment (id, clinician, site, service, day, starts, mins, mode,"
		" kind, state, code, asked_at, over_by, over_why) SELECT 700000 + n, a.clinician,"
		" a.site, a.service, a.day, a.starts, 20, 'face', 'FU', 'B', '0', 1, 1, 'x'"
		" FROM i, appointment a WHERE a.id < 700000;"
		"INSERT INTO booking (appt, scope, person, episode) SELECT a.id, b.scope, b.person,"
		" b.episode FROM appointment a, booking b WHERE a.id > 700000 AND b.appt < 700000",
		n);

	booked_sql(&b, sql);
	mem_free(sql);
}

START_TEST(a_page_is_never_longer_than_paper_and_says_which_it_is)
{
	char *text;
	int n, pages = 1, lines = 0, heads = 0;

	open_as("p.shah");
	book(b.okafor, b.physio, b.marsh, thu(10, 0));
	booked_sql(&b, "UPDATE appointment SET id = 1; UPDATE booking SET appt = 1;"
		       "UPDATE slot SET appt = 1 WHERE appt IS NOT NULL");
	crowd(70);
	text = paper(b.ngt, b.c.desk.today, &n);
	ck_assert_int_eq(n, 71);
	for (const char *p = text; *p; p++) {
		if (*p == '\f') {
			ck_assert_int_le(lines, 60);
			pages++;
			lines = 0;
		}
		lines += *p == '\n';
	}
	ck_assert_int_le(lines, 60);
	for (const char *p = text; (p = strstr(p, "page ")); p++)
		heads++;
	ck_assert_int_eq(pages, heads);
	ck_assert_int_eq(pages, 4);
	ck_assert_ptr_nonnull(strstr(text, "page 4 of 4"));
	mem_free(text);
	booked_sql(&b, "DELETE FROM booking WHERE appt > 700000;"
		       "DELETE FROM appointment WHERE id > 700000");
	booked_close(&b);
}
END_TEST

START_TEST(a_name_is_never_cut_and_moves_no_printer)
{
	char *text;
	int n;

	open_as("p.shah");
	book(b.okafor, b.physio, b.marsh, thu(10, 0));
	booked_sql(&b,
		   "UPDATE person SET surname ="
		   " 'Wolfeschlegelsteinhausenbergerdorff-Vondergathen' WHERE given = 'Adaeze'");
	text = paper(b.ngt, b.c.desk.today, &n);
	ck_assert_msg(strstr(text, "10:00 [ ] WOLFESCHLEGELSTEINHAUSENBERGERDORFF-VONDERGATHEN, "
				   "Adaeze (Ms)\n                                                 "
				   "14-Aug-1984"),
		      "%s", text);
	mem_free(text);
	booked_sql(&b, "UPDATE person SET surname = 'Oka' || char(27) || '[2Jfor' WHERE given ="
		       " 'Adaeze'");
	text = paper(b.ngt, b.c.desk.today, &n);
	ck_assert_ptr_null(strchr(text, 27));
	mem_free(text);
	booked_sql(&b, "UPDATE person SET surname = 'OKAFOR' WHERE given = 'Adaeze'");
	booked_close(&b);
}
END_TEST

START_TEST(the_list_goes_into_a_file_for_the_eyes_of_the_service_alone)
{
	char words[WORDS_TEXT], path[400];
	struct stat sb;
	struct date next;

	open_as("p.shah");
	book(b.okafor, b.physio, b.marsh, next_thu(10, 0));
	ck_ok(closing_next_day(&b.c.desk, b.ngt, b.c.desk.today, &next, &err), err);
	ck_assert_int_eq(next.n, b.c.desk.today.n + 1);
	ck_ok(closing_paper(&b.c.desk, b.ngt, next, words, sizeof words, &err), err);
	ck_assert_str_eq(words, "Fri 13-Mar-2026: 0 people, in spool/NGT-2026-03-13.txt");
	snprintf(path, sizeof path, "%s/spool/NGT-2026-03-13.txt", b.c.folder);
	ck_assert_int_eq(stat(path, &sb), 0);
	ck_assert_int_eq(sb.st_mode & 07, 0);
	/* One of long ago goes, and nothing else. */
	snprintf(
		path, sizeof path,
		"cd %s/spool && touch NGT-2026-03-01.txt NGT-2026-03-02.txt.part NGT-2026-03-06.txt other.txt x-2020.txt",
		b.c.folder);
	ck_assert_int_eq(system(path), 0);
	ck_ok(closing_paper(&b.c.desk, b.ngt, next, words, sizeof words, &err), err);
	snprintf(path, sizeof path,
		 "cd %s/spool && test \"$(ls | tr '\\n' ' ')\" = "
		 "'NGT-2026-03-06.txt NGT-2026-03-13.txt other.txt x-2020.txt '",
		 b.c.folder);
	ck_assert_int_eq(system(path), 0);
	/* A folder that is none. */
	snprintf(path, sizeof path, "rm -rf %s/spool && touch %s/spool", b.c.folder, b.c.folder);
	ck_assert_int_eq(system(path), 0);
	ck_refused(closing_paper(&b.c.desk, b.ngt, next, words, sizeof words, &err), err,
		   ERR_STORE);
	booked_close(&b);
}
END_TEST

START_TEST(the_next_day_is_the_next_on_which_somebody_works_or_comes)
{
	struct date saturday, next;

	open_as("p.shah");
	date_from_ymd(2026, 3, 13, &next);
	ck_ok(closing_next_day(&b.c.desk, b.ngt, next, &next, &err), err);
	ck_assert_int_eq(date_weekday(next), 0);
	book(b.okafor, b.physio, b.marsh, thu(10, 0));
	date_from_ymd(2026, 3, 14, &saturday);
	char *sql = mem_printf("UPDATE appointment SET day = %d", saturday.n);

	booked_sql(&b, sql);
	mem_free(sql);
	date_from_ymd(2026, 3, 13, &next);
	ck_ok(closing_next_day(&b.c.desk, b.ngt, next, &next, &err), err);
	ck_assert_int_eq(next.n, saturday.n);
	sql = mem_printf("UPDATE appointment SET day = %d", b.c.desk.today.n);
	booked_sql(&b, sql);
	mem_free(sql);
	booked_close(&b);
}
END_TEST

static int breaches;
static char breach[256];

static void found(void *ctx, const char *sentence)
{
	(void)ctx;
	breaches++;
	snprintf(breach, sizeof breach, "%s", sentence);
}

START_TEST(store_check_finds_a_day_that_is_closed_twice)
{
	open_as("p.shah");
	ck_ok(closing_close(&b.c.desk, b.ngt, b.c.desk.today, NULL, &err), err);
	booked_sql(&b, "INSERT INTO day_close SELECT id + 1, site, day, at, user, items, what, why,"
		       " state FROM day_close");
	ck_ok(check_tasks(b.c.store, found, NULL, &err), err);
	ck_assert_msg(strstr(breach, "is closed twice"), "%s", breach);
	booked_sql(&b, "DELETE FROM day_close WHERE id = (SELECT max(id) FROM day_close)");
	booked_close(&b);
}
END_TEST

TEST_MAIN("closing", what_stands_in_the_way_is_todays_at_this_site,
	  a_booking_that_is_not_confirmed_stands_in_the_way_a_week_ahead,
	  a_clean_day_closes_and_only_once, what_is_left_needs_a_reason_and_goes_to_the_next_shift,
	  a_day_to_come_is_not_closed, the_shift_is_handed_over_with_what_is_open,
	  the_list_says_who_comes_and_how_to_reach_them,
	  a_page_is_never_longer_than_paper_and_says_which_it_is,
	  a_name_is_never_cut_and_moves_no_printer,
	  the_list_goes_into_a_file_for_the_eyes_of_the_service_alone,
	  the_next_day_is_the_next_on_which_somebody_works_or_comes,
	  store_check_finds_a_day_that_is_closed_twice)
