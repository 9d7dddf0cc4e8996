/*
 * test_clock.c: waits in working days, held against counting day by day over calendars and pauses
 * of chance, bank holidays by nation and the nights when the clocks change.
 */
#include <stdint.h>

#include "base/alloc.h"
#include "model/clock.h"
#include "suite.h"

static struct date on(int y, int m, int d)
{
	struct date ret = DATE_NONE;

	ck_assert(date_from_ymd(y, m, d, &ret));
	return ret;
}

static struct date after(struct date d, int days)
{
	return (struct date){ d.n + days };
}

/* ---- by hand ---- */

START_TEST(the_day_of_receipt_does_not_count)
{
	struct calendar *c = calendar_new();
	struct date mon = on(2026, 3, 9);

	ck_assert_int_eq(clock_used(c, NATION_E, mon, mon, NULL), 0);
	ck_assert_int_eq(clock_used(c, NATION_E, mon, after(mon, 1), NULL), 1);
	ck_assert_int_eq(clock_due(c, NATION_E, mon, 2, NULL, mon).n, on(2026, 3, 11).n);
	calendar_free(c);
}
END_TEST

START_TEST(the_last_good_day_is_not_over_and_the_next_one_is)
{
	struct calendar *c = calendar_new();
	struct moment received = wall_moment(on(2026, 3, 9), 600);
	struct clock got = clock_read(c, NATION_E, CLOCK_TRIAGE, received, 2, NULL,
				      wall_moment(on(2026, 3, 11), 16 * 60 + 30));
	char text[CLOCK_TEXT];

	ck_assert(!got.over && got.days == 0 && got.hours == 1);
	ck_assert_str_eq(clock_show(&got, text), "today 1h");
	got = clock_read(c, NATION_E, CLOCK_TRIAGE, received, 2, NULL,
			 wall_moment(on(2026, 3, 11), 23 * 60));
	ck_assert_str_eq(clock_show(&got, text), "today");
	got = clock_read(c, NATION_E, CLOCK_TRIAGE, received, 2, NULL,
			 wall_moment(on(2026, 3, 12), 1));
	ck_assert(got.over && got.days == 1);
	ck_assert_str_eq(clock_show(&got, text), "OVER 1d");
	calendar_free(c);
}
END_TEST

START_TEST(each_nation_keeps_its_own_bank_holidays)
{
	static const struct {
		enum nation nation;
		int used;
	} easter[] = { { NATION_E, 2 }, { NATION_W, 2 }, { NATION_S, 3 }, { NATION_NI, 2 } };
	struct calendar *c = calendar_new();
	/* Thu 2 to Wed 8 April 2026: Good Friday everywhere, Easter Monday not in Scotland. */
	for (size_t i = 0; i < sizeof easter / sizeof *easter; i++)
		ck_assert_int_eq(
			clock_used(c, easter[i].nation, on(2026, 4, 2), on(2026, 4, 8), NULL),
			easter[i].used);
	/* St Patrick's day counts everywhere but in Northern Ireland. */
	ck_assert_int_eq(clock_used(c, NATION_NI, on(2026, 3, 16), on(2026, 3, 18), NULL), 1);
	ck_assert_int_eq(clock_used(c, NATION_E, on(2026, 3, 16), on(2026, 3, 18), NULL), 2);
	calendar_free(c);
}
END_TEST

START_TEST(while_something_is_asked_for_the_clock_stands_still)
{
	struct calendar *c = calendar_new();
	/* Asked on Tuesday, answered on Thursday: Wednesday and Thursday do not count. */
	struct span asked = { on(2026, 3, 10), on(2026, 3, 12) },
		    open = { on(2026, 3, 10), DATE_NONE };
	struct spans pauses = { &asked, 1, 1 }, still = { &open, 1, 1 };
	struct moment received = wall_moment(on(2026, 3, 9), 600);
	struct clock got;

	ck_assert_int_eq(clock_used(c, NATION_E, on(2026, 3, 9), on(2026, 3, 13), &pauses), 2);
	ck_assert_int_eq(clock_due(c, NATION_E, on(2026, 3, 9), 2, &pauses, on(2026, 3, 12)).n,
			 on(2026, 3, 13).n);
	got = clock_read(c, NATION_E, CLOCK_TRIAGE, received, 2, &still,
			 wall_moment(on(2026, 3, 20), 600));
	ck_assert(got.paused && !got.over && got.used == 1 && got.days == 1 && got.hours == 0);
	/* If the answer comes on that Friday there is one day more. */
	ck_assert_int_eq(got.due.n, on(2026, 3, 23).n);
	calendar_free(c);
}
END_TEST

START_TEST(asked_and_answered_on_one_day_costs_no_day)
{
	struct calendar *c = calendar_new();
	struct span asked = { on(2026, 3, 10), on(2026, 3, 10) };
	struct spans pauses = { &asked, 1, 1 };

	ck_assert_int_eq(clock_used(c, NATION_E, on(2026, 3, 9), on(2026, 3, 11), &pauses), 2);
	calendar_free(c);
}
END_TEST

/* The day is that on the wall: half past midnight of summer time is still the evening before in
 * universal time. */
START_TEST(the_clocks_change_and_the_days_stay_those_on_the_wall)
{
	struct calendar *c = calendar_new();
	struct date sun = on(2026, 3, 29), autumn = on(2026, 10, 25);
	struct moment late = { wall_moment(on(2026, 3, 30), 30).utc };
	struct clock got = clock_read(c, NATION_E, CLOCK_TRIAGE, late, 1, NULL,
				      wall_moment(on(2026, 3, 31), 23 * 60 + 59));

	ck_assert(moment_date(late).n == on(2026, 3, 30).n);
	ck_assert(!got.over && got.days == 0);
	got = clock_read(c, NATION_E, CLOCK_TRIAGE, late, 1, NULL, wall_moment(on(2026, 4, 1), 0));
	ck_assert(got.over);
	/* A week over either change has five days. */
	ck_assert_int_eq(clock_used(c, NATION_E, after(sun, -3), after(sun, 4), NULL), 5);
	ck_assert_int_eq(clock_used(c, NATION_E, after(autumn, -3), after(autumn, 4), NULL), 5);
	calendar_free(c);
}
END_TEST

START_TEST(without_a_target_there_is_no_clock)
{
	struct calendar *c = calendar_new();
	struct moment received = wall_moment(on(2026, 3, 9), 600);
	struct clock got = clock_read(c, NATION_E, CLOCK_TRIAGE, received, 0, NULL, received);
	char text[CLOCK_TEXT];

	ck_assert_int_eq(got.kind, CLOCK_NONE);
	ck_assert_str_eq(clock_show(&got, text), "");
	calendar_free(c);
}
END_TEST

/* ---- by chance ---- */

static uint64_t dice;
static int roll(int n)
{
	dice = dice * 6364136223846793005U + 1442695040888963407U;
	return (int)((dice >> 33) % (uint64_t)n);
}

/* Did this day count?  Told as people tell it, one day by itself. */
static bool counts(struct calendar *c, enum nation nation, struct date day,
		   const struct spans *pauses, struct date today)
{
	if (!calendar_is_working(c, nation, day))
		return false;
	list_each (p, pauses) {
		struct date to = date_none(p->to) ? today : p->to;

		if (day.n > p->from.n && day.n <= to.n)
			return false;
	}
	return true;
}

static int brute_used(struct calendar *c, enum nation nation, struct date from, struct date to,
		      const struct spans *pauses)
{
	int n = 0;

	for (struct date d = after(from, 1); d.n <= to.n; d.n++)
		n += counts(c, nation, d, pauses, to);
	return n;
}

static struct date brute_due(struct calendar *c, enum nation nation, struct date from, int want,
			     const struct spans *pauses, struct date today)
{
	struct date d = from;

	while (want > 0) {
		d.n++;
		want -= counts(c, nation, d, pauses, today);
	}
	return d;
}

/* A calendar with holidays of chance over the rule's: strikes, jubilees, snow. */
static struct calendar *any_calendar(enum nation nation, struct date from)
{
	struct calendar *c = calendar_new();

	for (int i = roll(8); i > 0; i--)
		calendar_add(c, nation, after(from, roll(120)), "one day off");
	return c;
}

static void any_pauses(struct date from, struct date today, struct spans *ret)
{
	struct date at = after(from, roll(4));

	for (int i = roll(5); i > 0 && at.n < today.n; i--) {
		struct span *s = list_push(ret);

		s->from = at;
		s->to = after(at, roll(12));
		if (s->to.n >= today.n) {
			s->to = roll(2) ? today : DATE_NONE;
			break;
		}
		/* The next may begin on the day on which this one ends. */
		at = after(s->to, roll(10));
	}
}

START_TEST(counting_is_that_of_counting_day_by_day)
{
	for (int round = 0; round < 4000; round++) {
		enum nation nation = (enum nation)roll(NATIONS);
		struct date from = after(on(2024, 1, 1), roll(1500));
		struct date today = after(from, roll(90));
		struct calendar *c = any_calendar(nation, from);
		struct spans pauses = { 0 };
		int target = 1 + roll(20);

		any_pauses(from, today, &pauses);
		ck_assert_int_eq(clock_used(c, nation, from, today, &pauses),
				 brute_used(c, nation, from, today, &pauses));
		ck_assert_int_eq(clock_due(c, nation, from, target, &pauses, today).n,
				 brute_due(c, nation, from, target, &pauses, today).n);

		struct clock got = clock_read(c, nation, CLOCK_SEEN, wall_moment(from, 720), target,
					      &pauses, wall_moment(today, 720));

		/* What is over is so by the days past its last good one, and what is not has them.
		 */
		ck_assert_int_eq(got.over, got.used > target);
		ck_assert_int_eq(got.over ? target + got.days : target - got.days, got.used);
		if (!got.paused && !got.over && got.due.n >= today.n)
			ck_assert_int_eq(calendar_working_between(c, nation, today, got.due),
					 got.days);
		list_free(&pauses);
		calendar_free(c);
	}
}
END_TEST

TEST_MAIN("clock", the_day_of_receipt_does_not_count,
	  the_last_good_day_is_not_over_and_the_next_one_is,
	  each_nation_keeps_its_own_bank_holidays,
	  while_something_is_asked_for_the_clock_stands_still,
	  asked_and_answered_on_one_day_costs_no_day,
	  the_clocks_change_and_the_days_stay_those_on_the_wall, without_a_target_there_is_no_clock,
	  counting_is_that_of_counting_day_by_day)
