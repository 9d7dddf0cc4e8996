/*
 * holidays.c: the bank holidays of the four nations by rule, and by proclamation so far.
 *
 * The rule is the Banking and Financial Dealings Act 1971 with the days that are proclaimed every
 * year since 1978, and St Andrew's Day from the Act of 2007.  What was moved or added for one year
 * is a table.  Later proclamations come with the government's feed.
 */
#include <string.h>

#include "base/text.h"
#include "model/calendar.h"

const char *const nation_code[NATIONS] = { "E", "W", "S", "NI" };

bool nation_parse(const char *code, enum nation *ret)
{
	for (int i = 0; i < NATIONS; i++)
		if (strcmp(text_of(code), nation_code[i]) == 0) {
			*ret = (enum nation)i;
			return true;
		}
	return false;
}

/* Which nations keep a day: one bit each. */
enum { E = 1 << NATION_E, W = 1 << NATION_W, S = 1 << NATION_S, NI = 1 << NATION_NI };
enum { ALL = E | W | S | NI };

/* Days of a fixed date.  One on a weekend gives the next weekday that is no holiday itself. */
static const struct fixed {
	int nations, month, day, since;
	const char *name, *substitute;
} fixed_days[] = {
	{ ALL, 1, 1, 0, "New Year’s Day", "New Year’s Day (substitute day)" },
	{ S, 1, 2, 0, "2nd January", "2nd January (substitute day)" },
	{ NI, 3, 17, 0, "St Patrick’s Day", "St Patrick’s Day (substitute day)" },
	{ NI, 7, 12, 0, "Battle of the Boyne (Orangemen’s Day)",
	  "Battle of the Boyne (Orangemen’s Day) (substitute day)" },
	{ S, 11, 30, 2007, "St Andrew’s Day", "St Andrew’s Day (substitute day)" },
	{ ALL, 12, 25, 0, "Christmas Day", "Christmas Day (substitute day)" },
	{ ALL, 12, 26, 0, "Boxing Day", "Boxing Day (substitute day)" },
};

/* Mondays: the first of the month, or the last. */
static const struct monday {
	int nations, month;
	bool last;
	const char *name;
} mondays[] = {
	{ ALL, 5, false, "Early May bank holiday" },
	{ ALL, 5, true, "Spring bank holiday" },
	{ S, 8, false, "Summer bank holiday" },
	{ ALL & ~S, 8, true, "Summer bank holiday" },
};

/* One year's proclamations, for all four nations: from is 0, 0 where a day was added. */
static const struct proclaimed {
	int year, from_month, from_day, month, day;
	const char *name;
} proclaimed[] = {
	{ 1981, 0, 0, 7, 29, "Royal wedding" },
	{ 1995, 5, 1, 5, 8, "Early May bank holiday (VE day)" },
	{ 1999, 0, 0, 12, 31, "Millennium bank holiday" },
	{ 2002, 5, 27, 6, 4, "Spring bank holiday" },
	{ 2002, 0, 0, 6, 3, "Queen’s Golden Jubilee" },
	{ 2011, 0, 0, 4, 29, "Royal wedding" },
	{ 2012, 5, 28, 6, 4, "Spring bank holiday" },
	{ 2012, 0, 0, 6, 5, "Queen’s Diamond Jubilee" },
	{ 2020, 5, 4, 5, 8, "Early May bank holiday (VE day)" },
	{ 2022, 5, 30, 6, 2, "Spring bank holiday" },
	{ 2022, 0, 0, 6, 3, "Platinum Jubilee bank holiday" },
	{ 2022, 0, 0, 9, 19, "Bank Holiday for the State Funeral of Queen Elizabeth II" },
	{ 2023, 0, 0, 5, 8, "Bank holiday for the coronation of King Charles III" },
};

static struct date ymd(int y, int m, int d)
{
	struct date at = DATE_NONE;

	date_from_ymd(y, m, d, &at);
	return at;
}

/* Easter Sunday, by the anonymous Gregorian method of 1876 as Meeus gives it. */
static struct date easter(int y)
{
	int a = y % 19, b = y / 100, c = y % 100;
	int d = b / 4, e = b % 4, g = (8 * b + 13) / 25;
	int h = (19 * a + b - d - g + 15) % 30;
	int i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
	int m = (a + 11 * h + 22 * l) / 451;
	int n = h + l - 7 * m + 114;

	return ymd(y, n / 31, n % 31 + 1);
}

static bool holds(const struct holidays *list, struct date d)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->v[i].date.n == d.n)
			return true;
	return false;
}

/* Keeps the list by date; a year by rule has at most fourteen days. */
static void insert(struct holidays *list, struct date d, const char *name)
{
	size_t at = list->n++;

	for (; at > 0 && list->v[at - 1].date.n > d.n; at--)
		list->v[at] = list->v[at - 1];
	list->v[at] = (struct holiday){ d, name };
}

static void add_fixed(struct holidays *out, int nation, int year)
{
	size_t count = sizeof fixed_days / sizeof *fixed_days;

	/* First those on weekdays, so that a substitute goes round them: Christmas on a Sunday
	 * is kept on Tuesday, after Boxing Day. */
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < count; i++) {
			const struct fixed *f = &fixed_days[i];
			struct date d = ymd(year, f->month, f->day);
			bool weekend = date_weekday(d) > 4;

			if (!(f->nations & nation) || year < f->since || weekend != (pass == 1))
				continue;
			while (date_weekday(d) > 4 || holds(out, d))
				d.n++;
			insert(out, d, weekend ? f->substitute : f->name);
		}
}

static void add_mondays(struct holidays *out, int nation, int year)
{
	for (size_t i = 0; i < sizeof mondays / sizeof *mondays; i++) {
		const struct monday *m = &mondays[i];
		/* May and August have 31 days. */
		struct date d = ymd(year, m->month, m->last ? 31 : 7);

		d.n -= date_weekday(d);
		if (m->nations & nation)
			insert(out, d, m->name);
	}
}

static void add_proclaimed(struct holidays *out, int year)
{
	for (size_t i = 0; i < sizeof proclaimed / sizeof *proclaimed; i++) {
		const struct proclaimed *p = &proclaimed[i];

		if (p->year != year)
			continue;
		for (size_t at = 0; p->from_month && at < out->n; at++)
			if (out->v[at].date.n == ymd(year, p->from_month, p->from_day).n) {
				memmove(&out->v[at], &out->v[at + 1],
					(--out->n - at) * sizeof *out->v);
				break;
			}
		insert(out, ymd(year, p->month, p->day), p->name);
	}
}

void holidays_of(enum nation which, int year, struct holidays *out)
{
	int nation = 1 << which;
	struct date sunday;

	memset(out, 0, sizeof *out);
	if (year < HOLIDAY_FIRST_YEAR || year > HOLIDAY_LAST_YEAR)
		return;
	sunday = easter(year);
	add_fixed(out, nation, year);
	add_mondays(out, nation, year);
	insert(out, (struct date){ sunday.n - 2 }, "Good Friday");
	if (!(nation & S))
		insert(out, (struct date){ sunday.n + 1 }, "Easter Monday");
	add_proclaimed(out, year);
}
