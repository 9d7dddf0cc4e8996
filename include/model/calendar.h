/*
 * calendar.h: bank holidays of the four nations, and counting in working days.
 *
 * By rule and by the proclamations known so far, unless a year of a nation was loaded from the
 * government's feed (www.gov.uk/bank-holidays.json), which then replaces the rule for that year.
 * Working days are Monday to Friday without the nation's bank holidays; the day something is
 * received does not count.
 */
#ifndef MODEL_CALENDAR_H
#define MODEL_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/day.h"
#include "base/err.h"

enum nation { NATION_E, NATION_W, NATION_S, NATION_NI, NATIONS };
extern const char *const nation_code[NATIONS]; /* "E" "W" "S" "NI" */
bool nation_parse(const char *code, enum nation *ret);

/* The rule is that of the years since the early May holiday began; outside them there is none. */
enum { HOLIDAY_FIRST_YEAR = 1978, HOLIDAY_LAST_YEAR = DATE_MAX_YEAR, HOLIDAYS_MOST = 24 };

struct holiday {
	struct date date;
	const char *name; /* as the feed names it; "(substitute day)" follows where it is one */
};
struct holidays {
	struct holiday v[HOLIDAYS_MOST]; /* by date */
	size_t n;
};

/* A nation's bank holidays of one year, by rule and proclamation.  Names are static. */
void holidays_of(enum nation, int year, struct holidays *out);

/* The rule with what was loaded over it.  calendar_new() makes one, calendar_free() ends it. */
struct calendar;
struct calendar *calendar_new(void);
void calendar_free(struct calendar *);

/* Adds a loaded day; the first one of a nation's year drops the rule's days of that year.  The name
 * is copied.  False when the year is outside the rule's years or already holds HOLIDAYS_MOST. */
bool calendar_add(struct calendar *, enum nation, struct date, const char *name);

/* ret_name (may be NULL) is the calendar's, until it is added to or freed. */
bool calendar_is_holiday(struct calendar *, enum nation, struct date, const char **ret_name);
bool calendar_is_working(struct calendar *, enum nation, struct date);

/* The n-th working day after a date, or before it when n is negative; the date itself for 0.
 * DATE_NONE when the date is, or when that is outside the calendar's years. */
struct date calendar_add_working(struct calendar *, enum nation, struct date, int n);

/* The working days after `from` up to and with `to`; negative when `to` is the earlier; 0 when one
 * is not known.  Between d and the n-th working day after d it is n, for every n > 0. */
int calendar_working_between(struct calendar *, enum nation, struct date from, struct date to);

/*
 * Reads the feed: {"england-and-wales": {"division":.., "events": [{"title", "date", "notes",
 * "bunting"}, ..]}, "scotland": .., "northern-ireland": ..}.  `each` gets every day, those of
 * england-and-wales twice; -1 from it ends the reading.  Refused in words: bad JSON, a division or
 * a date that is none, a title that could not be stored.  Nothing is known to be whole before it
 * returns 0, so a caller collects first.
 */
int calendar_parse_feed(const char *json, size_t n,
			int (*each)(void *ctx, enum nation, struct date, const char *name,
				    struct err *err),
			void *ctx, struct err *err);

#endif
