/* test_calendar.c: bank holidays as proclaimed and by rule, and days counted around them. */
#include "suite.h"

#include <stdio.h>

#include "base/alloc.h"
#include "model/calendar.h"

static struct date ymd(int y, int m, int d)
{
	struct date at = DATE_NONE;

	ck_assert(date_from_ymd(y, m, d, &at));
	return at;
}

static const char *days_of(enum nation nation, int year)
{
	static struct buf out;
	struct holidays list;
	char buf[DAY_TEXT];

	buf_clear(&out);
	buf_str(&out, "");
	holidays_of(nation, year, &list);
	for (size_t i = 0; i < list.n; i++)
		buf_printf(&out, "%s%s", i ? " " : "", date_show_short(list.v[i].date, buf));
	return out.s;
}

START_TEST(each_nation_has_its_days)
{
	static const struct {
		enum nation nation;
		int year;
		const char *days;
	} rows[] = {
		{ NATION_E, 2026, "01-Jan 03-Apr 06-Apr 04-May 25-May 31-Aug 25-Dec 28-Dec" },
		{ NATION_W, 2026, "01-Jan 03-Apr 06-Apr 04-May 25-May 31-Aug 25-Dec 28-Dec" },
		{ NATION_S, 2026,
		  "01-Jan 02-Jan 03-Apr 04-May 25-May 03-Aug 30-Nov 25-Dec 28-Dec" },
		{ NATION_NI, 2026,
		  "01-Jan 17-Mar 03-Apr 06-Apr 04-May 25-May 13-Jul 31-Aug 25-Dec 28-Dec" },
		{ NATION_E, 2027, "01-Jan 26-Mar 29-Mar 03-May 31-May 30-Aug 27-Dec 28-Dec" },
		{ NATION_S, 2027,
		  "01-Jan 04-Jan 26-Mar 03-May 31-May 02-Aug 30-Nov 27-Dec 28-Dec" },
		{ NATION_NI, 2027,
		  "01-Jan 17-Mar 26-Mar 29-Mar 03-May 31-May 12-Jul 30-Aug 27-Dec 28-Dec" },
		{ NATION_E, 1995, "02-Jan 14-Apr 17-Apr 08-May 29-May 28-Aug 25-Dec 26-Dec" },
		{ NATION_E, 1999,
		  "01-Jan 02-Apr 05-Apr 03-May 31-May 30-Aug 27-Dec 28-Dec 31-Dec" },
		{ NATION_E, 2002,
		  "01-Jan 29-Mar 01-Apr 06-May 03-Jun 04-Jun 26-Aug 25-Dec 26-Dec" },
		{ NATION_E, 2011,
		  "03-Jan 22-Apr 25-Apr 29-Apr 02-May 30-May 29-Aug 26-Dec 27-Dec" },
		{ NATION_E, 2012,
		  "02-Jan 06-Apr 09-Apr 07-May 04-Jun 05-Jun 27-Aug 25-Dec 26-Dec" },
		{ NATION_E, 2020, "01-Jan 10-Apr 13-Apr 08-May 25-May 31-Aug 25-Dec 28-Dec" },
		{ NATION_E, 2022,
		  "03-Jan 15-Apr 18-Apr 02-May 02-Jun 03-Jun 29-Aug 19-Sep 26-Dec 27-Dec" },
		{ NATION_S, 2022,
		  "03-Jan 04-Jan 15-Apr 02-May 02-Jun 03-Jun 01-Aug 19-Sep 30-Nov 26-Dec 27-Dec" },
		{ NATION_E, 2023,
		  "02-Jan 07-Apr 10-Apr 01-May 08-May 29-May 28-Aug 25-Dec 26-Dec" },
		{ NATION_S, 2023,
		  "02-Jan 03-Jan 07-Apr 01-May 08-May 29-May 07-Aug 30-Nov 25-Dec 26-Dec" },
		{ NATION_S, 2024,
		  "01-Jan 02-Jan 29-Mar 06-May 27-May 05-Aug 02-Dec 25-Dec 26-Dec" },
		{ NATION_S, 2006, "02-Jan 03-Jan 14-Apr 01-May 29-May 07-Aug 25-Dec 26-Dec" },
		{ NATION_E, 1977, "" },
		{ NATION_E, 2200, "" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		ck_assert_str_eq(days_of(rows[i].nation, rows[i].year), rows[i].days);
}
END_TEST

START_TEST(a_holiday_by_rule_is_a_weekday_and_none_comes_twice)
{
	for (int nation = 0; nation < NATIONS; nation++)
		for (int year = HOLIDAY_FIRST_YEAR; year <= HOLIDAY_LAST_YEAR; year++) {
			struct holidays list;

			holidays_of((enum nation)nation, year, &list);
			ck_assert_uint_ge(list.n, 8);
			for (size_t i = 0; i < list.n; i++) {
				ck_assert_int_le(date_weekday(list.v[i].date), 4);
				ck_assert(i == 0 || list.v[i - 1].date.n < list.v[i].date.n);
			}
		}
}
END_TEST

START_TEST(a_substitute_says_so)
{
	struct calendar *c = calendar_new();
	const char *name = NULL;

	ck_assert(calendar_is_holiday(c, NATION_E, ymd(2026, 12, 28), &name));
	ck_assert_str_eq(name, "Boxing Day (substitute day)");
	ck_assert(calendar_is_holiday(c, NATION_E, ymd(2022, 12, 27), &name));
	ck_assert_str_eq(name, "Christmas Day (substitute day)");
	ck_assert(!calendar_is_holiday(c, NATION_E, ymd(2026, 12, 26), NULL));
	ck_assert(!calendar_is_working(c, NATION_E, ymd(2026, 12, 26)));
	ck_assert(!calendar_is_holiday(c, NATION_E, DATE_NONE, NULL));
	ck_assert(!calendar_is_working(c, NATION_E, DATE_NONE));
	calendar_free(c);
}
END_TEST

START_TEST(a_loaded_year_replaces_the_rule_for_its_nation_alone)
{
	struct calendar *c = calendar_new();
	const char *name;
	int n = 1;

	ck_assert(calendar_is_holiday(c, NATION_S, ymd(2026, 1, 2), NULL));
	ck_assert(calendar_add(c, NATION_S, ymd(2026, 6, 15), "One-off day"));
	ck_assert(calendar_add(c, NATION_S, ymd(2026, 6, 15), "One-off day, again"));
	ck_assert(calendar_is_holiday(c, NATION_S, ymd(2026, 6, 15), &name));
	ck_assert_str_eq(name, "One-off day, again");
	ck_assert(!calendar_is_holiday(c, NATION_S, ymd(2026, 1, 2), NULL));
	ck_assert(calendar_is_holiday(c, NATION_S, ymd(2027, 1, 4), NULL));
	ck_assert(!calendar_is_holiday(c, NATION_E, ymd(2026, 6, 15), NULL));
	ck_assert(!calendar_add(c, NATION_S, ymd(1970, 1, 1), "x"));
	ck_assert(!calendar_add(c, NATION_S, DATE_NONE, "x"));
	while (n < HOLIDAYS_MOST)
		ck_assert(
			calendar_add(c, NATION_S, (struct date){ ymd(2026, 12, 31).n - n++ }, "x"));
	ck_assert(!calendar_add(c, NATION_S, ymd(2026, 3, 3), "one too many"));
	calendar_free(c);
}
END_TEST

START_TEST(ten_working_days_go_round_easter)
{
	struct calendar *c = calendar_new();
	struct date d = ymd(2026, 3, 30);

	/* Tue 31 is the first; Good Friday and Easter Monday are none, except in Scotland. */
	ck_assert_int_eq(calendar_add_working(c, NATION_E, d, 10).n, ymd(2026, 4, 15).n);
	ck_assert_int_eq(calendar_add_working(c, NATION_S, d, 10).n, ymd(2026, 4, 14).n);
	ck_assert_int_eq(calendar_add_working(c, NATION_E, ymd(2026, 4, 15), -10).n,
			 ymd(2026, 3, 30).n);
	ck_assert_int_eq(calendar_add_working(c, NATION_E, ymd(2026, 4, 4), 1).n,
			 ymd(2026, 4, 7).n);
	ck_assert_int_eq(calendar_add_working(c, NATION_E, ymd(2026, 4, 4), 0).n,
			 ymd(2026, 4, 4).n);
	ck_assert_int_eq(calendar_add_working(c, NATION_E, ymd(2026, 3, 12), 3).n,
			 ymd(2026, 3, 17).n);
	ck_assert_int_eq(calendar_working_between(c, NATION_E, d, ymd(2026, 4, 15)), 10);
	ck_assert_int_eq(calendar_working_between(c, NATION_E, ymd(2026, 4, 15), d), -10);
	ck_assert_int_eq(calendar_working_between(c, NATION_E, DATE_NONE, d), 0);
	ck_assert(date_none(calendar_add_working(c, NATION_E, DATE_NONE, 1)));
	ck_assert(date_none(calendar_add_working(c, NATION_E, ymd(2199, 12, 31), 1)));
	ck_assert(date_none(calendar_add_working(c, NATION_E, d, -2000000000)));
	calendar_free(c);
}
END_TEST

START_TEST(counting_agrees_with_walking_day_by_day)
{
	struct calendar *c = calendar_new();
	struct date from = ymd(2021, 11, 1), end = ymd(2023, 2, 1);

	for (int nation = 0; nation < NATIONS; nation++)
		for (struct date d = from; d.n < end.n; d.n += 3) {
			int n = 0;

			for (struct date at = { d.n + 1 }; at.n < d.n + 40; at.n++) {
				n += calendar_is_working(c, (enum nation)nation, at);
				ck_assert_int_eq(
					calendar_working_between(c, (enum nation)nation, d, at), n);
				if (!calendar_is_working(c, (enum nation)nation, at))
					continue;
				ck_assert_int_eq(
					calendar_add_working(c, (enum nation)nation, d, n).n, at.n);
				if (calendar_is_working(c, (enum nation)nation, d))
					ck_assert_int_eq(
						calendar_add_working(c, (enum nation)nation, at, -n)
							.n,
						d.n);
			}
		}
	calendar_free(c);
}
END_TEST

static int note(void *ctx, enum nation nation, struct date d, const char *name, struct err *err)
{
	char day[DAY_TEXT];

	if (strcmp(name, "stop") == 0)
		return err_set(err, ERR_STORE, "The disk is full.");
	buf_printf(ctx, "%s %s %s\n", nation_code[nation], date_iso(d, day), name);
	return 0;
}

static const char feed[] =
	"{\"england-and-wales\": {\"division\": \"england-and-wales\", \"events\": [\n"
	"{\"title\": \"Boxing Day\", \"date\": \"2026-12-28\", \"notes\": \"Substitute day\", "
	"\"bunting\": true}]},\n"
	"\"scotland\": {\"division\": \"scotland\", \"events\": [{\"title\": \"St Andrew\xe2\x80\x99s Day\", "
	"\"date\": \"2026-11-30\", \"notes\": \"\", \"bunting\": true}]},\n"
	"\"northern-ireland\": {\"division\": \"northern-ireland\", \"events\": []}}\n";

START_TEST(the_government_feed_is_read)
{
	struct buf got = { NULL, 0, 0 };
	struct err err = ERR_INIT;

	ck_assert_msg(calendar_parse_feed(feed, sizeof feed - 1, note, &got, &err) == 0, "%s",
		      err.text);
	ck_assert_str_eq(got.s, "E 2026-12-28 Boxing Day (substitute day)\n"
				"W 2026-12-28 Boxing Day (substitute day)\n"
				"S 2026-11-30 St Andrew\xe2\x80\x99s Day\n");
	buf_done(&got);
}
END_TEST

START_TEST(a_feed_that_is_none_is_refused_with_its_line)
{
	static const char *const bad[] = {
		"[]",
		"{",
		"",
		"{\"france\":{}}",
		"{\"scotland\":[]}",
		"{\"scotland\":{\"events\":{}}}",
		"{\"scotland\":{\"events\":[1]}}",
		"{\"scotland\":{\"events\":[{}]}}",
		"{\"scotland\":{\"events\":[{\"title\":\"x\"}]}}",
		"{\"scotland\":{\"events\":[{\"title\":\"x\",\"date\":\"2026-02-30\"}]}}",
		"{\"scotland\":{\"events\":[{\"title\":\"x\",\"date\":\" 2026-2-3 \"}]}}",
		"{\"scotland\":{\"events\":[{\"title\":\"x\",\"date\":20260203}]}}",
		"{\"scotland\":{\"events\":[{\"title\":\"\\u001b[2J\",\"date\":\"2026-02-03\"}]}}",
		"{\"scotland\":{\"events\":[{\"title\":\"stop\",\"date\":\"2026-02-03\"}]}}",
		"{\"scotland\":{\"events\":[{\"title\":\" \",\"date\":\"2026-02-03\"}]}}",
		"{\"scotland\":{}} {}",
	};
	struct buf got = { NULL, 0, 0 };
	struct err err = ERR_INIT;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert_msg(calendar_parse_feed(bad[i], strlen(bad[i]), note, &got, &err) < 0,
			      "took %s", bad[i]);
	ck_assert_int_eq(calendar_parse_feed("{\n\"x\":1}", 8, note, &got, &err), -1);
	ck_assert_str_eq(err.text, "Line 2 of the list of bank holidays: a division is unknown.");
	for (size_t cut = 0; cut + 2 < sizeof feed; cut++)
		ck_assert_int_eq(calendar_parse_feed(feed, cut, note, &got, &err), -1);
	buf_done(&got);
}
END_TEST

START_TEST(a_nation_is_known_by_its_code)
{
	enum nation n;

	for (int i = 0; i < NATIONS; i++) {
		ck_assert(nation_parse(nation_code[i], &n));
		ck_assert_int_eq(n, i);
	}
	ck_assert(!nation_parse("", &n));
	ck_assert(!nation_parse("N", &n));
}
END_TEST

TEST_MAIN("calendar", each_nation_has_its_days, a_holiday_by_rule_is_a_weekday_and_none_comes_twice,
	  a_substitute_says_so, a_loaded_year_replaces_the_rule_for_its_nation_alone,
	  ten_working_days_go_round_easter, counting_agrees_with_walking_day_by_day,
	  the_government_feed_is_read, a_feed_that_is_none_is_refused_with_its_line,
	  a_nation_is_known_by_its_code)
