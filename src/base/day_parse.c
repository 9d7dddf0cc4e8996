/*
 * day_parse.c: dates and times as people type them.
 *
 * The table it holds to is in day.h.  The day always comes first; an order that cannot be read so
 * is never swapped in silence, the sentence offers it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/day.h"

enum { TYPED_MOST = 40, YEARS_AHEAD = 8 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

/* Lower case, ends trimmed; false when empty or longer than any date. */
static bool normal(const char *s, char out[TYPED_MOST + 1])
{
	size_t n = strlen(s), start = strspn(s, " \t");

	while (n > start && (s[n - 1] == ' ' || s[n - 1] == '\t'))
		n--;
	if (n == start || n - start > TYPED_MOST)
		return false;
	for (size_t i = start; i < n; i++)
		out[i - start] = s[i] >= 'A' && s[i] <= 'Z' ? (char)(s[i] - 'A' + 'a') : s[i];
	out[n - start] = '\0';
	return true;
}

/* At least three letters of a name, and no letter that is not in it: the index, or -1. */
static int name_of(const char *s, size_t n, const char *const *names, int count)
{
	for (int i = 0; i < count; i++)
		if (n >= 3 && strncasecmp(s, names[i], n) == 0)
			return i;
	return -1;
}

static int month_of(const char *s, size_t n)
{
	return name_of(s, n, month_long, 12) + 1;
}

static int refuse_range(struct err *err)
{
	return err_set(err, ERR_INPUT, "That date is outside the years %d to %d.", DATE_MIN_YEAR,
		       DATE_MAX_YEAR);
}

static int in_range(int64_t n, struct date *ret, struct err *err)
{
	struct date first, last;

	date_from_ymd(DATE_MIN_YEAR, 1, 1, &first);
	date_from_ymd(DATE_MAX_YEAR, 12, 31, &last);
	if (n < first.n || n > last.n)
		return refuse_range(err);
	ret->n = (int32_t)n;
	return 0;
}

/* t, tom, thu, thu+1; 1 when `s` is none of these. */
static int parse_word(const char *s, struct date today, enum date_look look, struct date *ret,
		      struct err *err)
{
	static const char *const days[] = { "monday", "tuesday",  "wednesday", "thursday",
					    "friday", "saturday", "sunday" };
	size_t n = 0;
	int day, away;
	long weeks = 0;

	while (is_letter(s[n]))
		n++;
	if (strcmp(s, "t") == 0 || strcmp(s, "today") == 0)
		return in_range(today.n, ret, err);
	if (strcmp(s, "tom") == 0 || strcmp(s, "tomorrow") == 0)
		return in_range((int64_t)today.n + 1, ret, err);
	if (strcmp(s, "yesterday") == 0)
		return in_range((int64_t)today.n - 1, ret, err);
	day = name_of(s, n, days, 7);
	if (day < 0)
		return 1;
	if (s[n]) {
		char *end;

		if ((s[n] != '+' && s[n] != '-') || !is_digit(s[n + 1]) || strlen(s + n) > 4)
			return 1;
		weeks = strtol(s + n, &end, 10);
		if (*end)
			return 1;
	}
	/* A weekday is never today: the next one, or looking back the last one. */
	away = (day - date_weekday(today) + 7) % 7;
	if (look == LOOK_FORWARD && away == 0)
		away = 7;
	if (look == LOOK_BACK)
		away -= 7;
	return in_range((int64_t)today.n + away + 7 * weeks, ret, err);
}

/* +3d 2w -1m +1y; 1 when `s` is none of these. */
static int parse_steps(const char *s, struct date today, struct date *ret, struct err *err)
{
	const char *p = s + (*s == '+' || *s == '-');
	size_t digits = strspn(p, "0123456789");
	struct date at;
	char unit;
	int n;

	if (digits == 0)
		return 1;
	unit = p[digits + strspn(p + digits, " ")];
	if (!unit || !strchr("dwmy", unit) || p[digits + strspn(p + digits, " ") + 1])
		return 1;
	if (digits > 5)
		return refuse_range(err);
	n = (int)strtol(p, NULL, 10) * (*s == '-' ? -1 : 1);
	if (unit == 'd' || unit == 'w')
		return in_range((int64_t)today.n + (int64_t)n * (unit == 'w' ? 7 : 1), ret, err);
	at = date_add_months(today, unit == 'y' ? n * 12 : n);
	if (date_none(at))
		return refuse_range(err);
	*ret = at;
	return 0;
}

/* A date in parts; m or y 0 when not given, y_digits 2 or 4 when it is. */
struct parts {
	int d, m, y, y_digits;
};

/* The year that a date without one, or with two digits, means; 0 when there is none. */
static int year_of(const struct parts *p, struct date today, enum date_look look)
{
	int ty, tm, td, step = look == LOOK_FORWARD ? 1 : -1;
	struct date at;

	date_to_ymd(today, &ty, &tm, &td);
	if (p->y_digits == 4)
		return p->y;
	if (p->y_digits == 2) {
		int y = ty - ty % 100 + p->y;

		if (look == LOOK_FORWARD && y < ty)
			return y + 100;
		/* A birth is never in the future, not even later this year. */
		if (look == LOOK_BACK &&
		    (y > ty || (y == ty && (p->m > tm || (p->m == tm && p->d > td)))))
			return y - 100;
		return y;
	}
	/* 29 February may be eight years away (1896 to 1904). */
	for (int y = ty, i = 0; i <= YEARS_AHEAD; i++, y += step)
		if (date_from_ymd(y, p->m, p->d, &at) && (at.n - today.n) * step >= 0)
			return y;
	return 0;
}

/* The next or last day of that number. */
static int bare_day(int d, struct date today, enum date_look look, struct date *ret,
		    struct err *err)
{
	int y, m, day, step = look == LOOK_FORWARD ? 1 : -1;
	struct date at;

	if (d < 1 || d > 31)
		return err_set(err, ERR_INPUT, "No day %d.", d);
	date_to_ymd(today, &y, &m, &day);
	for (int i = 0; i < 12; i++) {
		if (date_from_ymd(y, m, d, &at) && (at.n - today.n) * step >= 0) {
			*ret = at;
			return 0;
		}
		m += step;
		y += m == 13 ? 1 : m == 0 ? -1 : 0;
		m = m == 13 ? 1 : m == 0 ? 12 : m;
	}
	return refuse_range(err);
}

static int from_parts(const struct parts *p, struct date today, enum date_look look,
		      struct date *ret, struct err *err)
{
	struct parts other = { p->m, p->d, p->y, p->y_digits };
	struct date at;
	char buf[DAY_TEXT];
	int y;

	if (p->m < 1 || p->m > 12) {
		y = p->d >= 1 && p->d <= 12 ? year_of(&other, today, look) : 0;
		if (y && date_from_ymd(y, other.m, other.d, &at))
			return err_set(err, ERR_INPUT, "No month %d. Did you mean %s?", p->m,
				       date_show(at, buf));
		return err_set(err, ERR_INPUT, "No month %d.", p->m);
	}
	if (p->d < 1 || p->d > 31)
		return err_set(err, ERR_INPUT, "No day %d.", p->d);
	y = year_of(p, today, look);
	if (y == 0)
		return err_set(err, ERR_INPUT, "%s has no day %d.", month_long[p->m - 1], p->d);
	if (y < DATE_MIN_YEAR || y > DATE_MAX_YEAR)
		return refuse_range(err);
	if (!date_from_ymd(y, p->m, p->d, &at))
		return err_set(err, ERR_INPUT, "%s %d has no day %d.", month_long[p->m - 1], y,
			       p->d);
	*ret = at;
	return 0;
}

static int not_a_date(const char *s, struct err *err)
{
	return err_set(err, ERR_INPUT,
		       "%s is not a date. Type it as 14/3, 14 mar, 14/3/2026, thu or +3d.", s);
}

/* 14, 140326, 14032026 */
static int parse_run(const char *s, size_t n, struct date today, enum date_look look,
		     struct date *ret, struct err *err)
{
	long v = strtol(s, NULL, 10);
	struct parts p = { 0, 0, 0, (int)n - 4 };

	if (n <= 2)
		return bare_day((int)v, today, look, ret, err);
	if (n == 8) {
		p.y = (int)(v % 10000);
		v /= 10000;
	} else if (n == 6) {
		p.y = (int)(v % 100);
		v /= 100;
	} else {
		return not_a_date(s, err);
	}
	p.m = (int)(v % 100);
	p.d = (int)(v / 100);
	return from_parts(&p, today, look, ret, err);
}

/* One piece of a date between separators: a number, or a month's name. */
struct piece {
	int value, digits; /* digits 0: a month by name */
};

/* Splits "14/3/26", "14 mar", "14mar26", "2026-03-14" into at most three pieces; their number, 0
 * when it is no date at all. */
static int split(const char *s, struct piece v[3])
{
	int n = 0;

	while (*s) {
		size_t len = strspn(s, "0123456789");
		struct piece p = { 0, (int)len };

		if (len > 4 || n == 3)
			return 0;
		if (len > 0) {
			p.value = (int)strtol(s, NULL, 10);
		} else {
			while (is_letter(s[len]))
				len++;
			p.value = month_of(s, len);
			if (p.value == 0)
				return 0;
		}
		v[n++] = p;
		s += len;
		s += strspn(s, " ");
		if (*s && strchr("/-.", *s)) {
			s++;
			s += strspn(s, " ");
			if (!*s)
				return 0;
		}
	}
	return n;
}

int date_parse(const char *s, struct date today, enum date_look look, struct date *ret,
	       struct err *err)
{
	char typed[TYPED_MOST + 1];
	struct piece v[3] = { { 0, 0 }, { 0, 0 }, { 0, 0 } };
	struct parts p = { 0, 0, 0, 0 };
	int r, n;

	if (!s || !normal(s, typed))
		return not_a_date(s && *s ? "That" : "Nothing", err);
	if ((r = parse_word(typed, today, look, ret, err)) <= 0)
		return r;
	if ((r = parse_steps(typed, today, ret, err)) <= 0)
		return r;
	if (strspn(typed, "0123456789") == strlen(typed))
		return parse_run(typed, strlen(typed), today, look, ret, err);
	n = split(typed, v);
	/* Scripts write the year first, and only with four digits. */
	if (n == 3 && v[0].digits == 4) {
		struct piece year = v[0];

		v[0] = v[2];
		v[2] = year;
	}
	if (n < 2 || v[0].digits < 1 || v[0].digits > 2 || v[1].digits > 2 ||
	    (n == 3 && v[2].digits != 2 && v[2].digits != 4))
		return not_a_date(typed, err);
	p = (struct parts){ v[0].value, v[1].value, v[2].value, n == 3 ? v[2].digits : 0 };
	return from_parts(&p, today, look, ret, err);
}

static int not_a_time(const char *s, struct err *err)
{
	return err_set(err, ERR_INPUT, "%s is not a time. Type it as 930, 9.30, 14 or 2p.", s);
}

/* The half of the day at the end of `s`, cut off it: 'a', 'p' or 0. */
static char cut_half(char *s)
{
	size_t n = strlen(s);
	char half;

	if (n > 1 && s[n - 1] == 'm')
		n--;
	if (n < 2 || (s[n - 1] != 'a' && s[n - 1] != 'p'))
		return 0;
	half = s[--n];
	while (n > 0 && s[n - 1] == ' ')
		n--;
	s[n] = '\0';
	return half;
}

int minute_parse(const char *s, int *ret, struct err *err)
{
	char typed[TYPED_MOST + 1], whole[TYPED_MOST + 1];
	size_t first, rest;
	int hour, minute = 0;
	char half;

	if (!s || !normal(s, typed))
		return not_a_time(s && *s ? "That" : "Nothing", err);
	memcpy(whole, typed, sizeof whole);
	half = cut_half(typed);
	first = strspn(typed, "0123456789");
	if (first < 1 || first > 4)
		return not_a_time(whole, err);
	hour = (int)strtol(typed, NULL, 10);
	if (typed[first] == '\0' && first > 2) {
		minute = hour % 100;
		hour /= 100;
	} else if (typed[first] == ':' || typed[first] == '.') {
		rest = strspn(typed + first + 1, "0123456789");
		if (first > 2 || rest != 2 || typed[first + 3])
			return not_a_time(whole, err);
		minute = (int)strtol(typed + first + 1, NULL, 10);
	} else if (typed[first]) {
		return not_a_time(whole, err);
	}
	if (hour > 23 || (half && (hour < 1 || hour > 12)))
		return err_set(err, ERR_INPUT, "No hour %d%s.", hour,
			       half == 'p'   ? " pm"
			       : half == 'a' ? " am"
					     : "");
	if (minute > 59)
		return err_set(err, ERR_INPUT, "No minute %d.", minute);
	if (half)
		hour = hour % 12 + (half == 'p' ? 12 : 0);
	*ret = hour * 60 + minute;
	return 0;
}

static int moment_looked(const char *s, struct date today, enum date_look look, struct moment *ret,
			 struct err *err)
{
	char typed[TYPED_MOST + 1], day[DAY_TEXT], clock[DAY_TEXT];
	struct date d;
	char *gap;
	int minute;

	if (!s || !normal(s, typed))
		return err_set(err, ERR_INPUT, "Give a date and a time, as in thu 9.30.");
	gap = strrchr(typed, ' ');
	/* "thu 2 pm": the half of the day belongs to the number before it. */
	if (gap && strchr("ap", gap[1]) && (!gap[2] || strcmp(gap + 2, "m") == 0)) {
		char *p = gap;

		while (p > typed && *p == ' ')
			p--;
		while (p > typed && *p != ' ')
			p--;
		gap = *p == ' ' ? p : NULL;
	}
	if (!gap)
		return err_set(err, ERR_INPUT, "Give a date and a time, as in thu 9.30.");
	*gap = '\0';
	if (date_parse(typed, today, look, &d, err) < 0)
		return -1;
	if (minute_parse(gap + 1, &minute, err) < 0)
		return -1;
	if (!wall_exists(d, minute))
		return err_set(err, ERR_INPUT,
			       "The clocks go forward on %s, so there is no %s. Choose a time from "
			       "02:00.",
			       date_show(d, day), minute_show(minute, clock));
	*ret = wall_moment(d, minute);
	return 0;
}

int moment_parse(const char *s, struct date today, struct moment *ret, struct err *err)
{
	return moment_looked(s, today, LOOK_FORWARD, ret, err);
}

int moment_parse_past(const char *s, struct date today, struct moment *ret, struct err *err)
{
	return moment_looked(s, today, LOOK_BACK, ret, err);
}
