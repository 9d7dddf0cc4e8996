/* test_day.c: dates and times are read as the screens promise, and the clocks change when they do.
 */
#include "suite.h"

#include <stdio.h>

#include "base/day.h"

static struct date ymd(int y, int m, int d)
{
	struct date at = DATE_NONE;

	ck_assert(date_from_ymd(y, m, d, &at));
	return at;
}

/* The desk's day in every row of the table: Thu 12-Mar-2026. */
#define TODAY ymd(2026, 3, 12)

static const char *read_as(const char *typed, enum date_look look)
{
	static char buf[300];
	struct err err = ERR_INIT;
	struct date d = DATE_NONE;

	if (date_parse(typed, TODAY, look, &d, &err) < 0) {
		ck_assert_int_eq(err.kind, ERR_INPUT);
		ck_assert(date_none(d));
		snprintf(buf, sizeof buf, "%s", err.text);
		return buf;
	}
	return date_show_day(d, buf);
}

static const struct row {
	const char *typed, *read;
} forward[] = {
	{ "t", "Thu 12-Mar-2026" },
	{ "tom", "Fri 13-Mar-2026" },
	{ "thu", "Thu 19-Mar-2026" },
	{ "thu+1", "Thu 26-Mar-2026" },
	{ "Thursday", "Thu 19-Mar-2026" },
	{ "FRI", "Fri 13-Mar-2026" },
	{ "wed", "Wed 18-Mar-2026" },
	{ "yesterday", "Wed 11-Mar-2026" },
	{ "+3d", "Sun 15-Mar-2026" },
	{ "2w", "Thu 26-Mar-2026" },
	{ "-1m", "Thu 12-Feb-2026" },
	{ "+1y", "Fri 12-Mar-2027" },
	{ "3 d", "Sun 15-Mar-2026" },
	{ "14", "Sat 14-Mar-2026" },
	{ "9", "Thu 09-Apr-2026" },
	{ "12", "Thu 12-Mar-2026" },
	{ "31", "Tue 31-Mar-2026" },
	{ "14/3", "Sat 14-Mar-2026" },
	{ "14 mar", "Sat 14-Mar-2026" },
	{ "14mar", "Sat 14-Mar-2026" },
	{ "14 March", "Sat 14-Mar-2026" },
	{ "1/3", "Mon 01-Mar-2027" },
	{ "29/2", "Tue 29-Feb-2028" },
	{ "14/3/26", "Sat 14-Mar-2026" },
	{ "14.3.26", "Sat 14-Mar-2026" },
	{ "140326", "Sat 14-Mar-2026" },
	{ "14032026", "Sat 14-Mar-2026" },
	{ "2026-03-14", "Sat 14-Mar-2026" },
	{ "14-Mar-2026", "Sat 14-Mar-2026" },
	{ "  14 / 3 / 2026  ", "Sat 14-Mar-2026" },
	{ "14/3/25", "Wed 14-Mar-2125" },
	{ "4/25", "No month 25. Did you mean 25-Apr-2026?" },
	{ "4/25/2026", "No month 25. Did you mean 25-Apr-2026?" },
	{ "2026-25-04", "No month 25. Did you mean 25-Apr-2026?" },
	{ "31/25", "No month 25." },
	{ "32/1", "No day 32." },
	{ "0/1", "No day 0." },
	{ "32", "No day 32." },
	{ "0", "No day 0." },
	{ "31/6", "June has no day 31." },
	{ "30 feb", "February has no day 30." },
	{ "29/2/2027", "February 2027 has no day 29." },
	{ "1/1/1700", "That date is outside the years 1850 to 2199." },
	{ "99999d", "That date is outside the years 1850 to 2199." },
	{ "999999999999d", "That date is outside the years 1850 to 2199." },
	{ "-900y", "That date is outside the years 1850 to 2199." },
};

START_TEST(a_date_is_read_as_the_table_says)
{
	for (size_t i = 0; i < sizeof forward / sizeof *forward; i++)
		ck_assert_str_eq(read_as(forward[i].typed, LOOK_FORWARD), forward[i].read);
}
END_TEST

START_TEST(a_birth_looks_back)
{
	static const struct row back[] = {
		{ "t", "Thu 12-Mar-2026" },	     { "thu", "Thu 05-Mar-2026" },
		{ "wed", "Wed 11-Mar-2026" },	     { "fri", "Fri 06-Mar-2026" },
		{ "14", "Sat 14-Feb-2026" },	     { "12", "Thu 12-Mar-2026" },
		{ "9", "Mon 09-Mar-2026" },	     { "14/3", "Fri 14-Mar-2025" },
		{ "12/3", "Thu 12-Mar-2026" },	     { "29/2", "Thu 29-Feb-2024" },
		{ "14/8/80", "Thu 14-Aug-1980" },    { "12/3/26", "Thu 12-Mar-2026" },
		{ "13/3/26", "Sat 13-Mar-1926" },    { "22 nov 90", "Thu 22-Nov-1990" },
		{ "220990", "Sat 22-Sep-1990" },     { "31", "Sat 31-Jan-2026" },
		{ "22-11-1990", "Thu 22-Nov-1990" },
	};

	for (size_t i = 0; i < sizeof back / sizeof *back; i++)
		ck_assert_str_eq(read_as(back[i].typed, LOOK_BACK), back[i].read);
}
END_TEST

START_TEST(what_is_no_date_is_refused_in_words)
{
	static const char *const bad[] = {
		"",	     "  ",	"x",
		"mar",	     "mar 14",	"th",
		"thux",	     "thu+",	"thu+1x",
		"1/2/3/4",   "14/",	"/14",
		"14//3",     "14 marx", "+d",
		"3q",	     "+",	"123",
		"12345",     "1234567", "123456789",
		"14/3/026",  "2026-3",	"2026/14",
		"14/003",    "\033[2J", "14 mar 2026 and a great many words after it",
		"1\xc3\xa9", "14 \xff", "99999999999999999999",
	};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert_msg(strstr(read_as(bad[i], LOOK_FORWARD), " is not a date. "), "%s: %s",
			      bad[i], read_as(bad[i], LOOK_FORWARD));
}
END_TEST

START_TEST(no_bytes_crash_the_reading_of_dates)
{
	char s[7] = "";
	static const char abc[] = "0139tmwd/- .+\xff";
	struct date d;
	struct moment m;
	unsigned long n = 0;
	int minute;

	for (size_t len = 1; len <= 4; len++)
		for (n = 0; n < 38416; n++) {
			unsigned long v = n;

			for (size_t i = 0; i < len; i++, v /= 14)
				s[i] = abc[v % 14];
			s[len] = '\0';
			date_parse(s, TODAY, LOOK_BACK, &d, NULL);
			minute_parse(s, &minute, NULL);
			moment_parse(s, TODAY, &m, NULL);
		}
}
END_TEST

static int minute_of(const char *s)
{
	int m = -1;

	return minute_parse(s, &m, NULL) < 0 ? -1 : m;
}

START_TEST(a_time_is_read_as_the_table_says)
{
	static const struct {
		const char *typed;
		int minute;
	} rows[] = {
		{ "930", 570 },	   { "9.30", 570 },   { "09:30", 570 }, { "14", 840 },
		{ "2p", 840 },	   { "2pm", 840 },    { "2 PM", 840 },	{ "2.30pm", 870 },
		{ "0930", 570 },   { "9", 540 },      { "12am", 0 },	{ "12p", 720 },
		{ "00:00", 0 },	   { "23:59", 1439 }, { "1130a", 690 }, { "0", 0 },
		{ "24", -1 },	   { "9.60", -1 },    { "9.5", -1 },	{ "13pm", -1 },
		{ "0p", -1 },	   { "", -1 },	      { "p", -1 },	{ "pm", -1 },
		{ "9:30:00", -1 }, { "12345", -1 },   { "9,30", -1 },	{ "-9", -1 },
		{ "9.30x", -1 },   { "2pp", -1 },     { "99", -1 },	{ "1p30", -1 },
	};
	struct err err;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		ck_assert_msg(minute_of(rows[i].typed) == rows[i].minute, "%s", rows[i].typed);
	ck_assert_int_eq(minute_parse("9.75", &(int){ 0 }, &err), -1);
	ck_assert_str_eq(err.text, "No minute 75.");
	ck_assert_int_eq(minute_parse("25", &(int){ 0 }, &err), -1);
	ck_assert_str_eq(err.text, "No hour 25.");
}
END_TEST

START_TEST(every_day_goes_to_its_parts_and_back)
{
	static const int days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	struct date d = ymd(DATE_MIN_YEAR, 1, 1), last = ymd(DATE_MAX_YEAR, 12, 31), back;
	int y = DATE_MIN_YEAR, m = 1, day = 1, ry, rm, rd, weekday = 1; /* a Tuesday */
	char buf[DAY_TEXT];
	struct err err = ERR_INIT;

	for (; d.n <= last.n; d.n++) {
		date_to_ymd(d, &ry, &rm, &rd);
		ck_assert(ry == y && rm == m && rd == day);
		ck_assert_int_eq(date_weekday(d), weekday);
		ck_assert_int_eq(ymd(y, m, day).n, d.n);
		if (y >= 1996) {
			ck_assert_int_eq(
				date_parse(date_iso(d, buf), TODAY, LOOK_BACK, &back, &err), 0);
			ck_assert_int_eq(back.n, d.n);
			ck_assert_int_eq(
				date_parse(date_show(d, buf), TODAY, LOOK_FORWARD, &back, &err), 0);
			ck_assert_int_eq(back.n, d.n);
			ck_assert_int_eq(moment_date(wall_moment(d, 0)).n, d.n);
			ck_assert_int_eq(moment_minute(wall_moment(d, 0)), 0);
			ck_assert_int_eq(moment_date(wall_moment(d, 1439)).n, d.n);
			ck_assert_int_eq(moment_minute(wall_moment(d, 1439)), 1439);
		}
		weekday = (weekday + 1) % 7;
		if (++day >
		    days[m - 1] + (m == 2 && y % 4 == 0 && (y % 100 || y % 400 == 0) ? 1 : 0)) {
			day = 1;
			y += m == 12;
			m = m % 12 + 1;
		}
	}
	ck_assert_int_eq(ymd(1970, 1, 1).n, 0);
}
END_TEST

START_TEST(a_day_that_does_not_exist_is_refused)
{
	struct date d;

	ck_assert(!date_from_ymd(2026, 6, 31, &d));
	ck_assert(!date_from_ymd(2027, 2, 29, &d));
	ck_assert(!date_from_ymd(2100, 2, 29, &d));
	ck_assert(!date_from_ymd(2026, 0, 1, &d));
	ck_assert(!date_from_ymd(2026, 13, 1, &d));
	ck_assert(!date_from_ymd(1849, 12, 31, &d));
	ck_assert(!date_from_ymd(2200, 1, 1, &d));
}
END_TEST

START_TEST(months_and_ages_count_as_people_do)
{
	ck_assert_int_eq(date_add_months(ymd(2026, 1, 31), 1).n, ymd(2026, 2, 28).n);
	ck_assert_int_eq(date_add_months(ymd(2028, 1, 31), 1).n, ymd(2028, 2, 29).n);
	ck_assert_int_eq(date_add_months(ymd(2026, 1, 15), -1).n, ymd(2025, 12, 15).n);
	ck_assert_int_eq(date_add_months(ymd(2028, 2, 29), -12).n, ymd(2027, 2, 28).n);
	ck_assert(date_none(date_add_months(ymd(2199, 12, 1), 1)));
	ck_assert(date_none(date_add_months(DATE_NONE, 1)));
	ck_assert_int_eq(date_age(ymd(1980, 3, 13), TODAY), 45);
	ck_assert_int_eq(date_age(ymd(1980, 3, 12), TODAY), 46);
	ck_assert_int_eq(date_age(DATE_NONE, TODAY), -1);
	ck_assert_int_eq(date_age(ymd(2027, 1, 1), TODAY), -1);
}
END_TEST

START_TEST(the_hour_missing_in_spring_is_not_there)
{
	struct date d = ymd(2026, 3, 29);
	struct moment m;
	struct err err;
	char buf[DAY_TEXT];

	ck_assert_int_eq(wall_moment(d, 59).utc, INT64_C(1774745940));	/* 00:59 UTC */
	ck_assert_int_eq(wall_moment(d, 120).utc, INT64_C(1774746000)); /* 01:00 UTC is 02:00 */
	ck_assert(wall_exists(d, 59) && !wall_exists(d, 60) && !wall_exists(d, 119) &&
		  wall_exists(d, 120));
	ck_assert_str_eq(moment_show(wall_moment(d, 90), buf), "Sun 29-Mar-2026 02:30");
	ck_assert_int_eq(moment_parse("29/3 1.30", TODAY, &m, &err), -1);
	ck_assert_str_eq(err.text, "The clocks go forward on 29-Mar-2026, so there is no 01:30. "
				   "Choose a time from 02:00.");
}
END_TEST

START_TEST(the_hour_that_comes_twice_in_autumn_means_its_first)
{
	struct date d = ymd(2026, 10, 25);
	struct moment first = wall_moment(d, 90);

	ck_assert_int_eq(first.utc, INT64_C(1792888200)); /* 00:30 UTC */
	ck_assert_int_eq(moment_minute((struct moment){ first.utc + 3600 }), 90);
	ck_assert_int_eq(wall_moment(d, 120).utc, first.utc + 5400);
	for (int minute = 0; minute < 1440; minute++)
		ck_assert(wall_exists(d, minute));
	ck_assert(!wall_exists(d, -1) && !wall_exists(d, 1440));
}
END_TEST

START_TEST(a_moment_is_a_date_and_a_time)
{
	static const struct row rows[] = {
		{ "2026-03-12 10:00", "Thu 12-Mar-2026 10:00" },
		{ "thu 9.30", "Thu 19-Mar-2026 09:30" },
		{ "14 mar 2p", "Sat 14-Mar-2026 14:00" },
		{ "14 mar 2 pm", "Sat 14-Mar-2026 14:00" },
		{ "1 jul 2026 0900", "Wed 01-Jul-2026 09:00" },
		{ "t 930", "Thu 12-Mar-2026 09:30" },
	};
	static const char *const bad[] = { "", "thu", "2pm", "2 pm", "9.30", "x 9", "thu x", "pm" };
	char buf[DAY_TEXT];
	struct moment m;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		ck_assert_int_eq(moment_parse(rows[i].typed, TODAY, &m, NULL), 0);
		ck_assert_str_eq(moment_show(m, buf), rows[i].read);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert_msg(moment_parse(bad[i], TODAY, &m, NULL) < 0, "%s", bad[i]);
}
END_TEST

START_TEST(what_is_not_known_is_written_as_nothing)
{
	char buf[DAY_TEXT];

	ck_assert_str_eq(date_show(DATE_NONE, buf), "");
	ck_assert_str_eq(date_long(DATE_NONE, buf), "");
	ck_assert_str_eq(date_iso(DATE_NONE, buf), "");
	ck_assert_str_eq(moment_show((struct moment){ 0 }, buf), "");
	ck_assert_str_eq(moment_iso((struct moment){ 0 }, buf), "");
	ck_assert_str_eq(minute_show(-1, buf), "");
	ck_assert_str_eq(date_long(ymd(2026, 3, 2), buf), "2 March 2026");
	ck_assert_str_eq(date_show_short(ymd(2026, 3, 2), buf), "02-Mar");
	ck_assert_str_eq(minute_show(545, buf), "09:05");
	ck_assert_str_eq(moment_iso(wall_moment(ymd(2026, 7, 2), 545), buf), "2026-07-02 09:05");
}
END_TEST

TEST_MAIN("day", a_date_is_read_as_the_table_says, a_birth_looks_back,
	  what_is_no_date_is_refused_in_words, no_bytes_crash_the_reading_of_dates,
	  a_time_is_read_as_the_table_says, every_day_goes_to_its_parts_and_back,
	  a_day_that_does_not_exist_is_refused, months_and_ages_count_as_people_do,
	  the_hour_missing_in_spring_is_not_there,
	  the_hour_that_comes_twice_in_autumn_means_its_first, a_moment_is_a_date_and_a_time,
	  what_is_not_known_is_written_as_nothing)
