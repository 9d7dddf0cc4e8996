/* test_series.c: a course of sessions: what is proposed, and that it is booked whole or not at all.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "booked.h"
#include "clinic/act.h"
#include "clinic/booking.h"
#include "clinic/diary.h"
#include "clinic/flag.h"
#include "clinic/record.h"
#include "clinic/series.h"
#include "diaries.h"
#include "kills.h"
#include "suite.h"

static struct booked b;
static struct err err;

/* Kelly's Mondays and Tuesdays from 09:00 to 13:00, and Okafor's course with nothing in it yet. */
enum { COURSE = 900 };
static const struct id course = { COURSE };

static void open_course(struct id person, int id, const char *number)
{
	char *sql = mem_printf(
		"INSERT INTO episode (id, scope, number, person, service, customer, priority, received,"
		" state, opened_at) SELECT %d, 'org:WVH', '%s', %lld, s.id, c.id, 3, 20520, 'open', 1"
		" FROM service s, customer c WHERE s.code = 'COUNS' AND c.code = 'WVH'",
		id, number, (long long)person.n);

	booked_sql(&b, sql);
	mem_free(sql);
}

static void set_clock(struct date day)
{
	b.c.world.still = wall_moment(day, 9 * 60 + 42);
	desk_tick(&b.c.desk);
}

static void start_on(struct date day)
{
	booked_open(&b);
	err_clear(&err);
	set_clock(day);
	clinic_sit(&b.c, "a.root");
	for (int weekday = 0; weekday < 2; weekday++)
		publish_all(&b.c, a_template(&b.c, "kelly", "NGT", "", "COUNS", weekday,
					     "09:00 FU 60, FU 60, FU 60, FU 60"));
	open_course(b.okafor, COURSE, "CNS-26-N0900");
	clinic_sit(&b.c, "s.kelly");
}

static void start(void)
{
	start_on(day_of(2026, 3, 12));
}

static struct series_ask mondays(int count)
{
	struct series_ask ask;

	ck_ok(series_usual(&b.c.desk, course, 0, &ask, &err), err);
	ask.weekday = 0;
	ask.minute = 10 * 60;
	ask.clinician = b.kelly;
	ask.count = count;
	ask.from = b.c.desk.today;
	return ask;
}

static struct id book_at(struct id person, struct moment starts)
{
	struct booking_ask ask = {
		.person = person, .service = b.couns, .clinician = b.kelly, .starts = starts
	};
	struct id id;

	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	return id;
}

static void leave(struct date from, struct date to)
{
	struct entries hit = { 0 };
	struct id id;

	clinic_sit(&b.c, "m.doyle");
	ck_ok(diary_leave(&b.c.desk, b.kelly, from, to, "leave", &hit, &id, &err), err);
	list_free(&hit);
	clinic_sit(&b.c, "s.kelly");
}

/* "3 Mon 20-Apr-2026 11:00 (10:00Z) 10:00 is taken": a row as one line. */
static void line_of(const struct series_row *r, char *buf, size_t n)
{
	char when[DAY_TEXT];
	int z = (int)(r->starts.utc % 86400 / 60);

	if (id_none(r->clinician))
		snprintf(buf, n, "- %s %s", date_show_day(r->wished, when), r->note);
	else
		snprintf(buf, n, "%d %s (%02d:%02dZ) %s", r->nth, moment_show(r->starts, when),
			 z / 60, z % 60, r->note);
}

static void is_proposed(const struct series_ask *ask, const char *const *lines)
{
	struct series s;
	char line[160];
	size_t n = 0;

	ck_ok(series_propose(&b.c.desk, ask, &s, &err), err);
	list_each (r, &s.rows) {
		ck_assert_msg(lines[n] != NULL, "more rows than were written down");
		line_of(r, line, sizeof line);
		ck_assert_str_eq(line, lines[n++]);
	}
	ck_assert_msg(lines[n] == NULL, "missing: %s", lines[n] ? lines[n] : "");
	series_done(&s);
}

START_TEST(six_across_bank_holidays_leave_and_the_clocks_in_march_are_as_written_by_hand)
{
	static const char *const written[] = {
		"1 Mon 16-Mar-2026 10:00 (10:00Z) ",
		"2 Mon 23-Mar-2026 10:00 (10:00Z) ",
		"3 Mon 30-Mar-2026 10:00 (09:00Z) ",
		"- Mon 06-Apr-2026 Easter Monday, skipped",
		"- Mon 13-Apr-2026 Kelly on leave, skipped",
		"4 Mon 20-Apr-2026 11:00 (10:00Z) 10:00 is taken",
		"5 Tue 28-Apr-2026 10:00 (09:00Z) Mon 27-Apr is full",
		"- Mon 04-May-2026 Early May bank holiday, skipped",
		"6 Mon 11-May-2026 10:00 (09:00Z) ",
		NULL,
	};
	struct series_ask ask;
	struct series s;

	start();
	leave(day_of(2026, 4, 13), day_of(2026, 4, 14));
	book_at(b.webb, at_of(2026, 4, 20, 10, 0));
	for (int hour = 9; hour <= 12; hour++)
		book_at(b.ellis, at_of(2026, 4, 27, hour, 0));
	ask = mondays(0);
	is_proposed(&ask, written);
	/* And what is proposed is what is booked. */
	ck_ok(series_propose(&b.c.desk, &ask, &s, &err), err);
	ck_ok(series_book(&b.c.desk, &s, &err), err);
	list_each (r, &s.rows) {
		char *sql = mem_printf("SELECT count(*) FROM appointment WHERE starts = %lld AND"
				       " state = 'B' AND id IN (SELECT appt FROM booking WHERE"
				       " episode = 900)",
				       (long long)r->starts.utc);

		ck_assert_int_eq(clinic_count(&b.c, sql), !id_none(r->clinician));
		mem_free(sql);
	}
	series_done(&s);
	booked_close(&b);
}
END_TEST

START_TEST(six_across_a_scottish_holiday_leave_and_the_clocks_in_october)
{
	static const char *const written[] = {
		"1 Mon 12-Oct-2026 10:00 (09:00Z) ",	     "2 Mon 19-Oct-2026 10:00 (09:00Z) ",
		"3 Mon 26-Oct-2026 10:00 (10:00Z) ",	     "4 Mon 02-Nov-2026 10:00 (10:00Z) ",
		"- Mon 09-Nov-2026 Kelly on leave, skipped", "5 Mon 16-Nov-2026 10:00 (10:00Z) ",
		"6 Mon 23-Nov-2026 10:00 (10:00Z) ",	     NULL,
	};
	static const char *const scotland[] = {
		"1 Mon 16-Nov-2026 10:00 (10:00Z) ",
		"- Mon 30-Nov-2026 St Andrew\u2019s Day, skipped",
		"2 Mon 07-Dec-2026 10:00 (10:00Z) ",
		"3 Mon 21-Dec-2026 10:00 (10:00Z) ",
		NULL,
	};
	struct series_ask ask;

	start_on(day_of(2026, 10, 8));
	leave(day_of(2026, 11, 9), day_of(2026, 11, 9));
	ask = mondays(6);
	is_proposed(&ask, written);
	booked_close(&b);

	/* The nation of the site says which days are none; every other week goes on from there. */
	booked_open(&b);
	booked_sql(&b, "UPDATE site SET nation = 'S' WHERE code = 'NGT'");
	set_clock(day_of(2026, 10, 8));
	clinic_sit(&b.c, "a.root");
	ck_ok(desk_refresh(&b.c.desk, &err), err);
	publish_all(&b.c, a_template(&b.c, "kelly", "NGT", "", "COUNS", 0, "09:00 FU 60, FU 60"));
	open_course(b.okafor, COURSE, "CNS-26-N0900");
	clinic_sit(&b.c, "s.kelly");
	ask = mondays(3);
	ask.every = 2;
	ask.from = day_of(2026, 11, 16);
	is_proposed(&ask, scotland);
	booked_close(&b);
}
END_TEST

START_TEST(a_clash_in_one_of_them_leaves_nothing_booked)
{
	char before[65], after[65];
	struct series_ask ask;
	struct series s;

	start();
	ask = mondays(4);
	ck_ok(series_propose(&b.c.desk, &ask, &s, &err), err);
	book_at(b.ellis, s.rows.v[2].starts);
	clinic_digest(&b.c, before);
	ck_refused(series_book(&b.c.desk, &s, &err), err, ERR_CLASH);
	clinic_digest(&b.c, after);
	ck_assert_str_eq(before, after);
	series_done(&s);
	booked_close(&b);
}
END_TEST

START_TEST(one_undo_takes_the_whole_series_back)
{
	struct series_ask ask;
	struct series s;

	start();
	ask = mondays(6);
	ck_ok(series_propose(&b.c.desk, &ask, &s, &err), err);
	ck_ok(series_book(&b.c.desk, &s, &err), err);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(DISTINCT c.act) FROM cmd c JOIN history h"
					    " ON h.id = c.history WHERE h.name = 'book'"),
			 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM slot WHERE appt IS NOT NULL"), 6);
	/* They get one message, about the first. */
	ck_assert_int_le(clinic_count(&b.c, "SELECT count(*) FROM message"), 1);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM slot WHERE appt IS NOT NULL"), 0);
	series_done(&s);
	booked_close(&b);
}
END_TEST

static void contract(const char *figures)
{
	char *sql = mem_printf(
		"INSERT INTO contract (id, service, customer, from_day, triage, offer, seen, report,"
		" tries, cap, state, sessions, notice, late_counts, missed_counts, review)"
		" SELECT 901, s.id, c.id, 20000, 2, 10, 10, 0, 4, 0, 'on', %s FROM service s,"
		" customer c WHERE s.code = 'COUNS' AND c.code = 'WVH'",
		figures);

	booked_sql(&b, sql);
	mem_free(sql);
}

static struct cap cap_now(void)
{
	struct cap cap;

	ck_ok(cap_of(&b.c.desk, course, &cap, &err), err);
	return cap;
}

START_TEST(what_counts_as_used_is_said_by_the_contract_of_that_day)
{
	struct series_ask ask;
	struct series s;
	struct cap cap;

	start();
	contract("4, 48, 1, 1, 3");
	/* A later version is for who comes later. */
	booked_sql(
		&b,
		"INSERT INTO contract SELECT 902, service, customer, 20521, triage, offer,"
		" seen, report, tries, cap, rule, state, 9, notice, 0, 0, review, 0, 0, 0 FROM contract"
		" WHERE id = 901");
	ask = mondays(3);
	ask.from = day_of(2026, 3, 16);
	ck_ok(series_propose(&b.c.desk, &ask, &s, &err), err);
	ck_ok(series_book(&b.c.desk, &s, &err), err);
	series_done(&s);
	cap = cap_now();
	ck_assert_int_eq(cap.cap, 4);
	ck_assert_int_eq(cap.booked, 3);
	ck_assert_int_eq(cap.left, 1);

	struct sittings all = { 0 };

	ck_ok(series_sessions(&b.c.desk, course, &all, &err), err);
	/* Three days before it is in time, one day is not. */
	b.c.world.still = at_of(2026, 3, 20, 9, 0);
	desk_tick(&b.c.desk);
	ck_ok(booking_cancel(&b.c.desk, all.v[1].a.id, CANCEL_PERSON, "in time", &err), err);
	ck_assert_int_eq(cap_now().used, 0);
	ck_assert_int_eq(cap_now().left, 2);
	b.c.world.still = at_of(2026, 3, 29, 9, 0);
	desk_tick(&b.c.desk);
	ck_ok(booking_cancel(&b.c.desk, all.v[2].a.id, CANCEL_PERSON, "too late", &err), err);
	ck_assert_int_eq(cap_now().used, 1);
	/* What we cancel never counts; who did not come has used it. */
	ck_ok(booking_mark(&b.c.desk, all.v[0].a.id, APPT_DNA, NULL, &err), err);
	ck_assert_int_eq(cap_now().used, 2);
	ck_assert_int_eq(cap_now().left, 2);
	list_free(&all);
	/* No more than that. */
	ask = mondays(3);
	ck_refused(series_propose(&b.c.desk, &ask, &s, &err), err, ERR_INPUT);
	ask.count = 2;
	ck_ok(series_propose(&b.c.desk, &ask, &s, &err), err);
	ck_assert_int_eq(s.rows.v[0].nth, 3);
	series_done(&s);
	booked_close(&b);
}
END_TEST

/* "FU 3 of 6" of the diary's row at that time. */
static void type_is(struct moment starts, const char *words)
{
	struct diary d = { 0 };
	char type[CODE_TEXT] = "";

	ck_ok(diary_day(&b.c.desk, b.kelly, moment_date(starts), &d, &err), err);
	list_each (r, &d)
		if (r->starts.utc == starts.utc && !id_none(r->entry.appt.id) && !r->gone)
			diary_type(r, type);
	list_free(&d);
	ck_assert_str_eq(type, words);
}

/* Okafor's customer counts who did not come and who cancels late, and has four sessions; Kestrel's
 * counts neither, and has three. */
START_TEST(the_diary_counts_each_session_by_the_contract_of_its_own_customer)
{
	struct id first[2], second[2];

	start();
	contract("4, 48, 1, 1, 3");
	booked_sql(&b,
		   "INSERT INTO contract (id, service, customer, from_day, triage, offer, seen,"
		   " report, tries, cap, state, sessions, notice, late_counts, missed_counts,"
		   " review) SELECT 903, s.id, c.id, 20000, 2, 10, 10, 0, 4, 0, 'on', 3, 24, 0,"
		   " 0, 0 FROM service s, customer c WHERE s.code = 'COUNS' AND c.code = 'KES'");
	/* Each misses the first of them, cancels the second on its eve, and is booked once more. */
	first[0] = book_at(b.okafor, at_of(2026, 3, 16, 9, 0));
	first[1] = book_at(b.kestrel, at_of(2026, 3, 16, 10, 0));
	second[0] = book_at(b.okafor, at_of(2026, 3, 23, 9, 0));
	second[1] = book_at(b.kestrel, at_of(2026, 3, 23, 10, 0));
	book_at(b.okafor, at_of(2026, 3, 30, 9, 0));
	book_at(b.kestrel, at_of(2026, 3, 30, 10, 0));
	type_is(at_of(2026, 3, 30, 9, 0), "FU 3 of 4");
	type_is(at_of(2026, 3, 30, 10, 0), "FU 3 of 3");
	b.c.world.still = at_of(2026, 3, 16, 12, 0);
	desk_tick(&b.c.desk);
	for (int i = 0; i < 2; i++)
		ck_ok(booking_mark(&b.c.desk, first[i], APPT_DNA, NULL, &err), err);
	type_is(at_of(2026, 3, 30, 9, 0), "FU 3 of 4");
	type_is(at_of(2026, 3, 30, 10, 0), "FU 2 of 3");
	b.c.world.still = at_of(2026, 3, 22, 12, 0);
	desk_tick(&b.c.desk);
	for (int i = 0; i < 2; i++)
		ck_ok(booking_cancel(&b.c.desk, second[i], CANCEL_PERSON, "ill", &err), err);
	type_is(at_of(2026, 3, 30, 9, 0), "FU 3 of 4");
	type_is(at_of(2026, 3, 30, 10, 0), "FU 1 of 3");
	booked_close(&b);
}
END_TEST

static void room_words(const char *words)
{
	char *sql = mem_printf("UPDATE service SET room = '%s' WHERE code = 'COUNS'", words);

	booked_sql(&b, sql);
	mem_free(sql);
	ck_ok(desk_refresh(&b.c.desk, &err), err);
}

static const char *room_of(const struct series_row *r)
{
	const struct room *room = ref_room(&b.c.desk, r->room);

	return room ? room->code : "-";
}

START_TEST(a_session_is_in_a_room_that_has_what_it_needs_or_by_video)
{
	struct series_ask ask;
	struct series s;

	start();
	clinic_sit(&b.c, "a.root");
	/* Adeyemi has the only quiet room on the second Monday. */
	publish_all(&b.c, a_template(&b.c, "adeyemi", "NGT", "NGT-1", "OHN", 0, "10:00 NEW 30"));
	booked_sql(&b,
		   "UPDATE block SET state = 'withdrawn' WHERE room IS NOT NULL AND day <> 20535"
		   " AND service = (SELECT id FROM service WHERE code = 'OHN');"
		   "UPDATE slot SET state = 'withdrawn' WHERE block IN (SELECT id FROM block WHERE"
		   " state = 'withdrawn')");
	room_words("quiet");
	clinic_sit(&b.c, "s.kelly");
	ask = mondays(3);
	ck_ok(series_propose(&b.c.desk, &ask, &s, &err), err);
	ck_assert_str_eq(room_of(&s.rows.v[0]), "NGT-1");
	ck_assert_int_eq(s.rows.v[1].mode, MODE_VIDEO);
	ck_assert_str_eq(room_of(&s.rows.v[1]), "-");
	ck_assert_str_eq(s.rows.v[1].note, "no quiet room free");
	ck_assert_str_eq(room_of(&s.rows.v[2]), "NGT-1");
	/* By video they say where to ring back, and that nobody listens. */
	ck_refused(series_book(&b.c.desk, &s, &err), err, ERR_INPUT);
	s.ask.call_back = "07700 900418";
	ck_refused(series_book(&b.c.desk, &s, &err), err, ERR_INPUT);
	s.ask.alone = true;
	ck_ok(series_book(&b.c.desk, &s, &err), err);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM booking WHERE call_back ="
					    " '07700900418' AND alone = 1"),
			 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM appointment a JOIN room r ON"
					    " r.id = a.room WHERE r.code = 'NGT-1'"),
			 2);
	series_done(&s);
	booked_close(&b);
}
END_TEST

START_TEST(a_room_that_was_given_to_a_session_is_nobody_elses_then)
{
	struct series_ask ask;
	struct series s;
	struct booking_ask other = { .person = b.ellis };

	start();
	room_words("quiet");
	ask = mondays(1);
	ck_ok(series_propose(&b.c.desk, &ask, &s, &err), err);
	ck_ok(series_book(&b.c.desk, &s, &err), err);
	series_done(&s);
	/* Marsh would be in it at that time: publishing says so. */
	clinic_sit(&b.c, "a.root");

	struct published done;
	struct id t = a_template(&b.c, "marsh", "NGT", "NGT-1", "PHYSIO", 0, "10:00 FU 20, FU 20");
	int rc = template_publish(&b.c.desk, t, DATE_NONE, DATE_NONE, &done, &err);

	(void)other;
	ck_assert_int_eq(rc, -1);
	ck_assert_int_eq(err.kind, ERR_CLASH);
	booked_close(&b);
}
END_TEST

START_TEST(planning_anew_moves_what_is_left_and_keeps_what_has_been)
{
	static const char *const wants[] = { "Mon 16-Mar-2026 10:00", "Mon 23-Mar-2026 10:00",
					     "Mon 13-Apr-2026 11:00", "Mon 20-Apr-2026 11:00" };
	struct series_ask ask;
	struct sittings all = { 0 };
	struct series s;
	char when[DAY_TEXT];

	start();
	ask = mondays(4);
	ck_ok(series_propose(&b.c.desk, &ask, &s, &err), err);
	ck_ok(series_book(&b.c.desk, &s, &err), err);
	series_done(&s);
	b.c.world.still = at_of(2026, 3, 24, 9, 0);
	desk_tick(&b.c.desk);
	ck_ok(series_usual(&b.c.desk, course, 1, &ask, &err), err);
	/* One week later each: each takes the place of the one behind it. */
	ask.minute = 11 * 60;
	ask.from = day_of(2026, 4, 13);
	ck_ok(series_propose(&b.c.desk, &ask, &s, &err), err);
	ck_assert_int_eq(s.rows.v[0].nth, 3);
	ck_ok(series_book(&b.c.desk, &s, &err), err);
	series_done(&s);
	ck_ok(series_sessions(&b.c.desk, course, &all, &err), err);
	ck_assert_int_eq(all.n, 4);
	for (size_t i = 0; i < all.n; i++)
		ck_assert_str_eq(moment_show(all.v[i].a.starts, when), wants[i]);
	list_free(&all);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM appointment WHERE state = 'B' AND"
					    " moves = 0"),
			 4);
	booked_close(&b);
}
END_TEST

START_TEST(all_may_move_by_one_week_though_each_stands_in_the_others_way)
{
	struct series_ask ask;
	struct series s;

	start();
	ask = mondays(3);
	ck_ok(series_propose(&b.c.desk, &ask, &s, &err), err);
	ck_ok(series_book(&b.c.desk, &s, &err), err);
	series_done(&s);
	for (int by = 7; by >= -7; by -= 14) {
		ck_ok(series_usual(&b.c.desk, course, 1, &ask, &err), err);
		ask.from.n += by;
		ck_ok(series_propose(&b.c.desk, &ask, &s, &err), err);
		ck_ok(series_book(&b.c.desk, &s, &err), err);
		series_done(&s);
	}
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM slot WHERE appt IS NOT NULL"), 3);
	booked_close(&b);
}
END_TEST

/* All of them by another way, and back: what an appointment says is how it is met. */
static void are_all(const char *mode, const char *call_back, int n)
{
	char *sql = mem_printf("SELECT count(*) FROM appointment a JOIN booking b ON b.appt = a.id"
			       " WHERE a.state = 'B' AND a.mode = '%s' AND (a.room IS NULL) ="
			       " (a.mode <> 'face') AND coalesce(b.call_back, '') = '%s'"
			       " AND b.alone = (b.call_back IS NOT NULL)",
			       mode, call_back);

	ck_assert_int_eq(clinic_count(&b.c, sql), n);
	mem_free(sql);
}

START_TEST(planned_anew_by_telephone_they_are_by_telephone_with_a_number_to_ring_back)
{
	struct series_ask ask;
	struct series s;

	start();
	room_words("quiet");
	ask = mondays(2);
	ck_ok(series_propose(&b.c.desk, &ask, &s, &err), err);
	ck_ok(series_book(&b.c.desk, &s, &err), err);
	series_done(&s);
	are_all("face", "", 2);
	/* At the same times: the way alone is something to change. */
	ck_ok(series_usual(&b.c.desk, course, 1, &ask, &err), err);
	ask.mode = MODE_PHONE;
	ck_ok(series_propose(&b.c.desk, &ask, &s, &err), err);
	ck_refused(series_book(&b.c.desk, &s, &err), err, ERR_INPUT);
	s.ask.call_back = "07700 900418";
	s.ask.alone = true;
	ck_ok(series_book(&b.c.desk, &s, &err), err);
	series_done(&s);
	are_all("phone", "07700900418", 2);
	/* An hour later: the number is known, and stays. */
	ck_ok(series_usual(&b.c.desk, course, 1, &ask, &err), err);
	ck_assert_int_eq(ask.mode, MODE_PHONE);
	ask.minute = 11 * 60;
	ck_ok(series_propose(&b.c.desk, &ask, &s, &err), err);
	ck_ok(series_book(&b.c.desk, &s, &err), err);
	series_done(&s);
	are_all("phone", "07700900418", 2);
	/* In person again nobody is rung back; undone, they are. */
	ask.mode = MODE_FACE;
	ck_ok(series_propose(&b.c.desk, &ask, &s, &err), err);
	ck_ok(series_book(&b.c.desk, &s, &err), err);
	ck_refused(series_book(&b.c.desk, &s, &err), err, ERR_INPUT);
	series_done(&s);
	are_all("face", "", 2);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	are_all("phone", "07700900418", 2);
	booked_close(&b);
}
END_TEST

START_TEST(planned_anew_they_are_never_proposed_where_the_person_is_booked_already)
{
	struct booking_ask other = { .starts = at_of(2026, 3, 16, 11, 0) };
	struct series_ask ask;
	struct series s;
	struct id id;

	start();
	ask = mondays(1);
	ck_ok(series_propose(&b.c.desk, &ask, &s, &err), err);
	ck_ok(series_book(&b.c.desk, &s, &err), err);
	series_done(&s);
	clinic_sit(&b.c, "a.root");
	publish_all(&b.c, a_template(&b.c, "marsh", "NGT", "NGT-1", "PHYSIO", 0, "11:00 NEW 40"));
	clinic_sit(&b.c, "p.shah");
	other.person = b.okafor;
	other.service = b.physio;
	other.clinician = b.marsh;
	ck_ok(booking_book(&b.c.desk, &other, &id, &err), err);
	clinic_sit(&b.c, "s.kelly");
	ck_ok(series_usual(&b.c.desk, course, 1, &ask, &err), err);
	ask.minute = 11 * 60;
	ck_ok(series_propose(&b.c.desk, &ask, &s, &err), err);
	ck_assert_str_eq(s.rows.v[0].note, "11:00: booked elsewhere then");
	ck_ok(series_book(&b.c.desk, &s, &err), err);
	series_done(&s);
	booked_close(&b);
}
END_TEST

START_TEST(nothing_is_proposed_before_the_day_that_was_asked_for)
{
	struct series_ask ask;
	struct series s;

	start();
	/* Tuesday is full: the Monday before it would do, were it not too early. */
	for (int hour = 9; hour < 13; hour++)
		book_at(b.ellis, at_of(2026, 3, 17, hour, 0));
	ask = mondays(1);
	ask.weekday = 1;
	ask.from = day_of(2026, 3, 17);
	ck_ok(series_propose(&b.c.desk, &ask, &s, &err), err);
	list_each (r, &s.rows)
		ck_assert(id_none(r->clinician) || moment_date(r->starts).n >= ask.from.n);
	series_done(&s);
	ask.from = day_of(2026, 3, 16);
	ck_ok(series_propose(&b.c.desk, &ask, &s, &err), err);
	ck_assert_int_eq(moment_date(s.rows.v[0].starts).n, ask.from.n);
	series_done(&s);
	booked_close(&b);
}
END_TEST

START_TEST(whoever_does_something_else_is_not_called_full)
{
	const struct clinician *marsh = NULL;
	struct series_ask ask;
	struct series s;

	start();
	ck_ok(find_clinician(&b.c.desk, "marsh", &marsh, &err), err);
	ask = mondays(1);
	ask.clinician = marsh->id;
	ask.from = day_of(2026, 3, 16);
	ck_ok(series_propose(&b.c.desk, &ask, &s, &err), err);
	ck_assert_uint_gt(s.rows.n, 0);
	list_each (r, &s.rows) {
		ck_assert(id_none(r->clinician));
		ck_assert_ptr_nonnull(strstr(r->note, "no session in the week of"));
	}
	series_done(&s);
	booked_close(&b);
}
END_TEST

START_TEST(another_counsellor_part_way_through_asks_why)
{
	struct series_ask ask;
	struct series s;

	start();
	clinic_sit(&b.c, "a.root");

	const char *moreau[] = { "moreau", "Moreau",	 "Claire", "Ms", "counsellor", "BACP",
				 "123457", "2027-12-31", NULL,	   "1",	 "0" };
	const char *at[] = { "moreau", "NGT" };
	const char *values[32] = { 0 };
	struct id id = { 0 }, m = { 0 };

	memcpy(values, moreau, sizeof moreau);
	ck_ok(record_add(&b.c.desk, record_find("clinician"), values, &m, &err), err);
	memset(values, 0, sizeof values);
	memcpy(values, at, sizeof at);
	ck_ok(record_add(&b.c.desk, record_find("posting"), values, &id, &err), err);
	publish_all(&b.c, a_template(&b.c, "moreau", "NGT", "", "COUNS", 0, "09:00 FU 60, FU 60"));
	clinic_sit(&b.c, "s.kelly");
	book_at(b.okafor, at_of(2026, 3, 16, 9, 0));
	ask = mondays(2);
	ask.clinician = m;
	ask.from = day_of(2026, 3, 23);
	ck_ok(series_propose(&b.c.desk, &ask, &s, &err), err);
	ck_refused(series_book(&b.c.desk, &s, &err), err, ERR_INPUT);
	s.ask.why = "asked for a woman";
	ck_ok(series_book(&b.c.desk, &s, &err), err);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM history WHERE name = 'book' AND"
					    " why = 'asked for a woman'"),
			 2);
	series_done(&s);
	booked_close(&b);
}
END_TEST

START_TEST(while_a_flag_says_so_it_is_never_the_last_of_a_day)
{
	static const char *const written[] = { "1 Mon 16-Mar-2026 11:00 (11:00Z) 12:00 is the last"
					       " of the day",
					       NULL };
	struct flag_ask flag = { .person = b.okafor };
	struct series_ask ask;
	struct id id;

	start();
	flag = (struct flag_ask){
		.person = b.okafor, .service = b.couns, .kind = FLAG_RISK, .does = "no_last_slot"
	};
	ck_ok(flag_raise(&b.c.desk, &flag, &id, &err), err);
	ask = mondays(1);
	ask.minute = 12 * 60;
	is_proposed(&ask, written);
	booked_close(&b);
}
END_TEST

START_TEST(who_is_no_part_of_the_service_is_told_nothing_of_a_course)
{
	struct series_ask ask;

	start();
	clinic_sit(&b.c, "p.shah");
	ck_refused(series_usual(&b.c.desk, course, 0, &ask, &err), err, ERR_DENIED);
	clinic_sit(&b.c, "s.kelly");
	booked_close(&b);
}
END_TEST

/* ---- killed while it books ---- */

static _Noreturn void busy(int out)
{
	struct clinic own;
	struct series_ask ask;
	struct series s;
	int64_t told = 0;

	clinic_second(&b.c, &own, "s.kelly");
	for (;;) {
		if (series_usual(&own.desk, course, 0, &ask, &err) < 0)
			_exit(2);
		ask.weekday = 0;
		ask.minute = 10 * 60;
		ask.clinician = b.kelly;
		ask.count = 6;
		ask.from = own.desk.today;
		if (series_propose(&own.desk, &ask, &s, &err) < 0 ||
		    series_book(&own.desk, &s, &err) < 0)
			_exit(3);
		series_done(&s);
		told++;
		if (write(out, &told, sizeof told) != sizeof told)
			_exit(4);
		if (act_undo_last(&own.desk, NULL, 0, &err) < 0)
			_exit(5);
	}
}

START_TEST(killed_while_it_books_all_of_it_stands_or_nothing)
{
	int kills = getenv("OHDESK_KILLS") ? atoi(getenv("OHDESK_KILLS")) : 40;
	uint64_t seed = 20260316;

	start();
	for (int i = 0; i < kills; i++) {
		int64_t owned;

		killed_at_work(busy, 4, &seed);
		owned = clinic_count(&b.c, "SELECT count(*) FROM slot WHERE appt IS NOT NULL");
		ck_assert_msg(owned == 0 || owned == 6, "%lld of 6 stand", (long long)owned);
		ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM appointment WHERE state ="
						    " 'B'"),
				 owned);
		if (owned)
			ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	}
	booked_close(&b);
}
END_TEST

TEST_MAIN("series", six_across_bank_holidays_leave_and_the_clocks_in_march_are_as_written_by_hand,
	  six_across_a_scottish_holiday_leave_and_the_clocks_in_october,
	  a_clash_in_one_of_them_leaves_nothing_booked, one_undo_takes_the_whole_series_back,
	  what_counts_as_used_is_said_by_the_contract_of_that_day,
	  the_diary_counts_each_session_by_the_contract_of_its_own_customer,
	  a_session_is_in_a_room_that_has_what_it_needs_or_by_video,
	  a_room_that_was_given_to_a_session_is_nobody_elses_then,
	  planning_anew_moves_what_is_left_and_keeps_what_has_been,
	  all_may_move_by_one_week_though_each_stands_in_the_others_way,
	  planned_anew_by_telephone_they_are_by_telephone_with_a_number_to_ring_back,
	  planned_anew_they_are_never_proposed_where_the_person_is_booked_already,
	  nothing_is_proposed_before_the_day_that_was_asked_for,
	  whoever_does_something_else_is_not_called_full,
	  another_counsellor_part_way_through_asks_why,
	  while_a_flag_says_so_it_is_never_the_last_of_a_day,
	  who_is_no_part_of_the_service_is_told_nothing_of_a_course,
	  killed_while_it_books_all_of_it_stands_or_nothing)
