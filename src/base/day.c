/*
 * day.c: dates, clock times and the two nights a year when the clocks change.
 *
 * The proleptic Gregorian calendar throughout; what people type is day_parse.c's.
 */
#include "base/day.h"

#include <stdio.h>
#include <string.h>

enum { DAY_SECONDS = 86400, HOUR = 3600 };

const char *const weekday_short[7] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
const char *const month_short[12] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
				      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
const char *const month_long[12] = { "January",	  "February", "March",	  "April",
				     "May",	  "June",     "July",	  "August",
				     "September", "October",  "November", "December" };

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static bool leap(int y)
{
	return y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
}

static int month_days(int y, int m)
{
	static const int days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return m == 2 && leap(y) ? 29 : days[m - 1];
}

/* Days since 1970-01-01.  The year is counted from 1 March, so that the leap day comes last: the
 * months then have (153 m + 2) / 5 days before them. */
static int32_t days_of(int y, int m, int d)
{
	int march = y - (m <= 2);
	int shifted = (m + 9) % 12;

	return 365 * march + march / 4 - march / 100 + march / 400 + (153 * shifted + 2) / 5 + d -
	       1 - 719468;
}

bool date_from_ymd(int y, int m, int d, struct date *ret)
{
	if (y < DATE_MIN_YEAR || y > DATE_MAX_YEAR || m < 1 || m > 12 || d < 1 ||
	    d > month_days(y, m))
		return false;
	ret->n = days_of(y, m, d);
	return true;
}

void date_to_ymd(struct date d, int *y, int *m, int *day)
{
	/* A year starts less than two days from where the mean year puts it, so with two days
	 * more the guess is right or one too large. */
	int64_t n = (int64_t)d.n + 719468; /* days since 0000-03-01 */
	int64_t march = floor_div((n + 2) * 400, 146097);
	int64_t in_year;
	int shifted;

	in_year = n - (365 * march + floor_div(march, 4) - floor_div(march, 100) +
		       floor_div(march, 400));
	if (in_year < 0) {
		march--;
		in_year = n - (365 * march + floor_div(march, 4) - floor_div(march, 100) +
			       floor_div(march, 400));
	}
	shifted = (int)((5 * in_year + 2) / 153);
	*day = (int)(in_year - (153 * shifted + 2) / 5) + 1;
	*m = shifted < 10 ? shifted + 3 : shifted - 9;
	*y = (int)march + (*m <= 2);
}

int date_weekday(struct date d)
{
	int64_t n = (int64_t)d.n + 3; /* 1970-01-01 was a Thursday */

	return (int)(n - 7 * floor_div(n, 7));
}

struct date date_add_months(struct date d, int months)
{
	int y, m, day;
	int64_t count;

	if (date_none(d))
		return d;
	date_to_ymd(d, &y, &m, &day);
	count = (int64_t)y * 12 + (m - 1) + months;
	if (count < (int64_t)DATE_MIN_YEAR * 12 || count >= ((int64_t)DATE_MAX_YEAR + 1) * 12)
		return DATE_NONE;
	y = (int)(count / 12);
	m = (int)(count % 12) + 1;
	if (day > month_days(y, m))
		day = month_days(y, m);
	return (struct date){ days_of(y, m, day) };
}

int date_age(struct date born, struct date on)
{
	int by, bm, bd, y, m, d;

	if (date_none(born) || date_none(on) || born.n > on.n)
		return -1;
	date_to_ymd(born, &by, &bm, &bd);
	date_to_ymd(on, &y, &m, &d);
	return y - by - (m < bm || (m == bm && d < bd));
}

/* When the clocks change in `year`: 01:00 UTC on the month's last Sunday. */
static int64_t change_utc(int year, int month)
{
	struct date last = { days_of(year, month, month_days(year, month)) };

	return (int64_t)(last.n - (date_weekday(last) + 1) % 7) * DAY_SECONDS + HOUR;
}

static bool summer(int64_t utc)
{
	struct date d = { (int32_t)floor_div(utc, DAY_SECONDS) };
	int y, m, day;

	date_to_ymd(d, &y, &m, &day);
	if (m != 3 && m != 10)
		return m > 3 && m < 10;
	return m == 3 ? utc >= change_utc(y, 3) : utc < change_utc(y, 10);
}

struct moment wall_moment(struct date d, int minute)
{
	int64_t wall = (int64_t)d.n * DAY_SECONDS + (int64_t)minute * 60;

	if (date_none(d))
		return (struct moment){ 0 };
	/* Summer first: in the hour that comes twice, that is the earlier one. */
	return (struct moment){ summer(wall - HOUR) ? wall - HOUR : wall };
}

bool wall_exists(struct date d, int minute)
{
	struct moment m = wall_moment(d, minute);

	return !date_none(d) && minute >= 0 && minute < 24 * 60 && moment_date(m).n == d.n &&
	       moment_minute(m) == minute;
}

static int64_t wall_of(struct moment m)
{
	return m.utc + (summer(m.utc) ? HOUR : 0);
}

struct date moment_date(struct moment m)
{
	if (moment_none(m))
		return DATE_NONE;
	return (struct date){ (int32_t)floor_div(wall_of(m), DAY_SECONDS) };
}

int moment_minute(struct moment m)
{
	int64_t wall = wall_of(m);

	return (int)((wall - floor_div(wall, DAY_SECONDS) * DAY_SECONDS) / 60);
}

/* Every writer below: "" for none, else `fmt` of day, month's name, year. */
static char *show(struct date d, char *buf, const char *const months[12], bool weekday, bool year,
		  const char *between)
{
	int y, m, day, n = 0;

	buf[0] = '\0';
	if (date_none(d))
		return buf;
	date_to_ymd(d, &y, &m, &day);
	if (weekday)
		n = snprintf(buf, DAY_TEXT, "%s ", weekday_short[date_weekday(d)]);
	n += snprintf(buf + n, DAY_TEXT - (size_t)n, months == month_long ? "%d%s%s" : "%02d%s%s",
		      day, between, months[m - 1]);
	if (year)
		snprintf(buf + n, DAY_TEXT - (size_t)n, "%s%d", between, y);
	return buf;
}

char *date_show(struct date d, char buf[DAY_TEXT])
{
	return show(d, buf, month_short, false, true, "-");
}

char *date_show_day(struct date d, char buf[DAY_TEXT])
{
	return show(d, buf, month_short, true, true, "-");
}

char *date_show_short(struct date d, char buf[DAY_TEXT])
{
	return show(d, buf, month_short, false, false, "-");
}

char *date_long(struct date d, char buf[DAY_TEXT])
{
	return show(d, buf, month_long, false, true, " ");
}

char *date_iso(struct date d, char buf[DAY_TEXT])
{
	int y, m, day;

	buf[0] = '\0';
	if (date_none(d))
		return buf;
	date_to_ymd(d, &y, &m, &day);
	snprintf(buf, DAY_TEXT, "%04d-%02d-%02d", y, m, day);
	return buf;
}

char *minute_show(int minute, char buf[DAY_TEXT])
{
	buf[0] = '\0';
	if (minute >= 0)
		snprintf(buf, DAY_TEXT, "%02d:%02d", minute / 60, minute % 60);
	return buf;
}

static char *add_minute(struct moment m, char *buf)
{
	size_t n = strlen(buf);

	if (!moment_none(m))
		snprintf(buf + n, DAY_TEXT - n, " %02d:%02d", moment_minute(m) / 60,
			 moment_minute(m) % 60);
	return buf;
}

char *moment_show(struct moment m, char buf[DAY_TEXT])
{
	return add_minute(m, date_show_day(moment_date(m), buf));
}

char *moment_said(struct moment m, struct date today, char buf[DAY_TEXT])
{
	return moment_date(m).n == today.n ? minute_show(moment_minute(m), buf)
					   : moment_show(m, buf);
}

char *moment_short(struct moment m, struct date today, char buf[DAY_TEXT])
{
	return moment_date(m).n == today.n ? minute_show(moment_minute(m), buf)
					   : date_show_short(moment_date(m), buf);
}

char *moment_iso(struct moment m, char buf[DAY_TEXT])
{
	return add_minute(m, date_iso(moment_date(m), buf));
}
