/* spoken.c: the words of days and times, as said down the telephone. */
#include "base/spoken.h"

#include <stdio.h>
#include <string.h>

static const char *const weekday_long[7] = { "Monday", "Tuesday",  "Wednesday", "Thursday",
					     "Friday", "Saturday", "Sunday" };

static const char *const small[20] = { "twelve",  "one",     "two",	  "three",    "four",
				       "five",	  "six",     "seven",	  "eight",    "nine",
				       "ten",	  "eleven",  "twelve",	  "thirteen", "fourteen",
				       "fifteen", "sixteen", "seventeen", "eighteen", "nineteen" };

static const char *ordinal(int n)
{
	if (n / 10 == 1)
		return "th";
	return n % 10 == 1 ? "st" : n % 10 == 2 ? "nd" : n % 10 == 3 ? "rd" : "th";
}

char *spoken_day(struct date d, char buf[SPOKEN_TEXT])
{
	int y, m, day;

	buf[0] = '\0';
	if (date_none(d))
		return buf;
	date_to_ymd(d, &y, &m, &day);
	snprintf(buf, SPOKEN_TEXT, "%s the %d%s of %s", weekday_long[date_weekday(d)], day,
		 ordinal(day), month_long[m - 1]);
	return buf;
}

/* 1 to 29 in words, into buf. */
static const char *count(int n, char buf[24])
{
	if (n < 20)
		return small[n];
	snprintf(buf, 24, n == 20 ? "twenty" : "twenty-%s", small[n % 10]);
	return buf;
}

static const char *minutes(int n)
{
	return n % 5 == 0 ? "" : n == 1 ? " minute" : " minutes";
}

/* How far past or to the hour: fives are said short, the rest with "minutes". */
static int face(int minute, int hour, char *buf, size_t n)
{
	const char *now = small[hour % 12], *next = small[(hour + 1) % 12];
	int to = 60 - minute;
	char words[24];

	if (minute == 0)
		return snprintf(buf, n, "%s o'clock", now);
	if (minute == 15)
		return snprintf(buf, n, "quarter past %s", now);
	if (minute == 30)
		return snprintf(buf, n, "half past %s", now);
	if (minute == 45)
		return snprintf(buf, n, "quarter to %s", next);
	if (minute < 30)
		return snprintf(buf, n, "%s%s past %s", count(minute, words), minutes(minute), now);
	return snprintf(buf, n, "%s%s to %s", count(to, words), minutes(to), next);
}

char *spoken_time(int minute, char buf[SPOKEN_TEXT])
{
	int n;

	buf[0] = '\0';
	if (minute < 0 || minute >= 24 * 60)
		return buf;
	if (minute == 12 * 60) {
		snprintf(buf, SPOKEN_TEXT, "midday");
		return buf;
	}
	n = face(minute % 60, minute / 60, buf, SPOKEN_TEXT);
	if (minute < 7 * 60)
		snprintf(buf + n, (size_t)(SPOKEN_TEXT - n), " in the morning");
	else if (minute >= 18 * 60)
		snprintf(buf + n, (size_t)(SPOKEN_TEXT - n), " in the evening");
	return buf;
}
