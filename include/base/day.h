/*
 * day.h: dates, clock times and the two nights a year when the clocks change.
 *
 * A moment is UTC; a date is a day on the wall in Europe/London; this file alone turns one into the
 * other, by the rule in force since 1996 (01:00 UTC on the last Sundays of March and October).
 * Nothing here asks what time it is.
 */
#ifndef BASE_DAY_H
#define BASE_DAY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/world.h"

/* A date: days since 1970-01-01, so that dates subtract and compare.  DATE_NONE is "not known". */
struct date {
	int32_t n;
};
#define DATE_NONE     ((struct date){ INT32_MIN })
#define DATE_MIN_YEAR 1850
#define DATE_MAX_YEAR 2199

static inline bool date_none(struct date d)
{
	return d.n == INT32_MIN;
}
static inline bool moment_none(struct moment m)
{
	return m.utc == 0;
}

/* A wall-clock time: minutes since midnight, 0 to 1439; a duration is minutes too. */

/* False for a day that does not exist (31 June, 29 February 2027) or a year outside the range. */
bool date_from_ymd(int y, int m, int d, struct date *ret);
void date_to_ymd(struct date d, int *y, int *m, int *day);
int date_weekday(struct date d);			/* 0 Monday .. 6 Sunday */
struct date date_add_months(struct date d, int months); /* 31 Jan + 1m = 28 or 29 Feb */
int date_age(struct date born, struct date on);		/* whole years; -1 when not known */

/* The moment a wall clock shows `minute` on `d`.  The hour that comes twice in autumn means its
 * first; the hour that is missing in spring is refused by wall_exists() and otherwise read as one
 * hour later. */
struct moment wall_moment(struct date d, int minute);
bool wall_exists(struct date d, int minute);
struct date moment_date(struct moment m); /* the wall's date and minute at a moment */
int moment_minute(struct moment m);

/* Writing.  Each fills buf and returns it; "" for none.  Lists and banners show 12-Mar-2026;
 * scripts read 2026-03-12 and 2026-03-12 10:00; letters spell 12 March 2026. */
enum { DAY_TEXT = 32 };
char *date_show(struct date d, char buf[DAY_TEXT]);	  /* 12-Mar-2026 */
char *date_show_day(struct date d, char buf[DAY_TEXT]);	  /* Thu 12-Mar-2026 */
char *date_show_short(struct date d, char buf[DAY_TEXT]); /* 12-Mar */
char *date_iso(struct date d, char buf[DAY_TEXT]);	  /* 2026-03-12 */
char *date_long(struct date d, char buf[DAY_TEXT]);	  /* 12 March 2026 */
char *minute_show(int minute, char buf[DAY_TEXT]);	  /* 09:05 */
char *moment_show(struct moment m, char buf[DAY_TEXT]);	  /* Thu 12-Mar-2026 09:05 */
/* Of today by the clock, 09:05; else whole, or where there is little room the day: 12-Mar. */
char *moment_said(struct moment m, struct date today, char buf[DAY_TEXT]);
char *moment_short(struct moment m, struct date today, char buf[DAY_TEXT]);
char *moment_iso(struct moment m, char buf[DAY_TEXT]); /* 2026-03-12 09:05 */
extern const char *const weekday_short[7];	       /* "Mon" .. */
extern const char *const month_long[12];	       /* "January" .. */
extern const char *const month_short[12];	       /* "Jan" .. */

/*
 * Reading what people type, by the table of the screens' principles:
 *   t tom thu thu+1   +3d 2w -1m +1y   14 9 14/3 "14 mar"   14/3/26 14032026 2026-03-14
 * `today` is the desk's date.  Which way an incomplete date looks is the field's: bookings look
 * forward, births and onsets back.  A two-digit year is the nearest year that way.
 * Refused with a sentence that says which part does not exist: `No month 25.`; when only the other
 * order is a date, the sentence offers it.
 */
enum date_look { LOOK_FORWARD, LOOK_BACK };
int date_parse(const char *s, struct date today, enum date_look look, struct date *ret,
	       struct err *err);
int minute_parse(const char *s, int *ret, struct err *err); /* 930 9.30 09:30 14 2p 2pm */

/* "DATE TIME", or anything date_parse takes followed by a blank and anything minute_parse takes.
 * A time that the clocks skip in spring is refused. */
int moment_parse(const char *s, struct date today, struct moment *ret, struct err *err);
/* The same of what lies behind: "wed 16" is the Wednesday before. */
int moment_parse_past(const char *s, struct date today, struct moment *ret, struct err *err);

#endif
