/*
 * calendar.c: counting in working days.
 *
 * A year of a nation is worked out when it is first asked for and kept.  Counting is arithmetic on
 * weekdays less the holidays of the years in between, so that a count over years costs no more
 * than those years.
 */
#include "model/calendar.h"

#include <string.h>

#include "base/alloc.h"

enum { YEARS = HOLIDAY_LAST_YEAR - HOLIDAY_FIRST_YEAR + 1, FRIDAY = 4 };

struct year {
	bool loaded; /* from the feed: its names are its own */
	struct holidays days;
};
struct calendar {
	struct year *years[NATIONS][YEARS];
};

struct calendar *calendar_new(void)
{
	return mem_new(sizeof(struct calendar));
}

void calendar_free(struct calendar *c)
{
	if (!c)
		return;
	for (int nation = 0; nation < NATIONS; nation++)
		for (int i = 0; i < YEARS; i++) {
			struct year *y = c->years[nation][i];

			for (size_t d = 0; y && y->loaded && d < y->days.n; d++)
				mem_free((char *)y->days.v[d].name);
			mem_free(y);
		}
	mem_free(c);
}

/* NULL outside the rule's years. */
static struct year *year_at(struct calendar *c, enum nation nation, int year)
{
	struct year **slot;

	if (year < HOLIDAY_FIRST_YEAR || year > HOLIDAY_LAST_YEAR)
		return NULL;
	slot = &c->years[nation][year - HOLIDAY_FIRST_YEAR];
	if (!*slot) {
		*slot = mem_new(sizeof **slot);
		holidays_of(nation, year, &(*slot)->days);
	}
	return *slot;
}

static int year_of(struct date d)
{
	int y, m, day;

	date_to_ymd(d, &y, &m, &day);
	return y;
}

bool calendar_add(struct calendar *c, enum nation nation, struct date date, const char *name)
{
	struct year *y = date_none(date) ? NULL : year_at(c, nation, year_of(date));
	struct holidays *days;
	size_t at;

	if (!y)
		return false;
	days = &y->days;
	if (!y->loaded) {
		y->loaded = true;
		days->n = 0;
	}
	for (at = 0; at < days->n && days->v[at].date.n < date.n; at++)
		;
	if (at < days->n && days->v[at].date.n == date.n) {
		char *copy = mem_str(name);

		mem_free((char *)days->v[at].name);
		days->v[at].name = copy;
		return true;
	}
	if (days->n == HOLIDAYS_MOST)
		return false;
	memmove(&days->v[at + 1], &days->v[at], (days->n++ - at) * sizeof *days->v);
	days->v[at] = (struct holiday){ date, mem_str(name) };
	return true;
}

bool calendar_is_holiday(struct calendar *c, enum nation nation, struct date date,
			 const char **ret_name)
{
	struct year *y = date_none(date) ? NULL : year_at(c, nation, year_of(date));

	for (size_t i = 0; y && i < y->days.n; i++)
		if (y->days.v[i].date.n == date.n) {
			if (ret_name)
				*ret_name = y->days.v[i].name;
			return true;
		}
	return false;
}

bool calendar_is_working(struct calendar *c, enum nation nation, struct date date)
{
	return !date_none(date) && date_weekday(date) <= FRIDAY &&
	       !calendar_is_holiday(c, nation, date, NULL);
}

/* Monday to Friday from the Monday of week 0 up to d, without d. */
static int64_t weekdays_before(int64_t n)
{
	int64_t since = n + 3; /* days since Monday 1969-12-29 */
	int64_t week = since / 7 - (since % 7 < 0), in_week = since - 7 * week;

	return week * 5 + (in_week < 5 ? in_week : 5);
}

/* The day that has `count` weekdays before it: the opposite of weekdays_before(). */
static int64_t weekday_with(int64_t count)
{
	int64_t week = count / 5 - (count % 5 < 0);

	return week * 7 + (count - 5 * week) - 3;
}

/* Holidays on Monday to Friday in [from, to). */
static int holidays_within(struct calendar *c, enum nation nation, int64_t from, int64_t to)
{
	int count = 0;

	if (from >= to)
		return 0;
	for (int year = year_of((struct date){ (int32_t)from });
	     year <= year_of((struct date){ (int32_t)(to - 1) }); year++) {
		const struct year *y = year_at(c, nation, year);

		for (size_t i = 0; y && i < y->days.n; i++) {
			struct date d = y->days.v[i].date;

			count += d.n >= from && d.n < to && date_weekday(d) <= FRIDAY;
		}
	}
	return count;
}

static bool in_years(int64_t n)
{
	struct date first, last;

	date_from_ymd(DATE_MIN_YEAR, 1, 1, &first);
	date_from_ymd(DATE_MAX_YEAR, 12, 31, &last);
	return n >= first.n && n <= last.n;
}

struct date calendar_add_working(struct calendar *c, enum nation nation, struct date date, int n)
{
	int64_t at = date.n, need = n;

	if (date_none(date) || !in_years(date.n))
		return DATE_NONE;
	/* Each step passes over holidays; as many more weekdays are then due. */
	while (need > 0) {
		int64_t next = weekday_with(weekdays_before(at + 1) + need - 1);

		if (!in_years(next))
			return DATE_NONE;
		need = holidays_within(c, nation, at + 1, next + 1);
		at = next;
	}
	while (need < 0) {
		int64_t next = weekday_with(weekdays_before(at) + need);

		if (!in_years(next))
			return DATE_NONE;
		need = -holidays_within(c, nation, next, at);
		at = next;
	}
	return (struct date){ (int32_t)at };
}

int calendar_working_between(struct calendar *c, enum nation nation, struct date from,
			     struct date to)
{
	if (date_none(from) || date_none(to) || !in_years(from.n) || !in_years(to.n))
		return 0;
	if (to.n < from.n)
		return -calendar_working_between(c, nation, to, from);
	return (int)(weekdays_before((int64_t)to.n + 1) - weekdays_before((int64_t)from.n + 1)) -
	       holidays_within(c, nation, (int64_t)from.n + 1, (int64_t)to.n + 1);
}
