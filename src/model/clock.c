/* clock.c: counting the working days that count. */
#include "model/clock.h"

#include <stdio.h>

enum { DAY_STARTS = 9 * 60, DAY_ENDS = 17 * 60 };

const char *clock_word(enum clock_kind kind)
{
	static const char *const words[] = { "", "triage", "offer", "seen", "report" };

	return words[kind];
}

static struct date earlier(struct date a, struct date b)
{
	return a.n < b.n ? a : b;
}

/* Working days of (from, to] that stood still.  Pauses may touch and overlap: each is counted from
 * where those before it ended, so they come in the order of their beginnings. */
static int stood_still(struct calendar *c, enum nation nation, struct date from, struct date to,
		       const struct spans *pauses)
{
	struct date done = from;
	int n = 0;

	for (size_t i = 0; pauses && i < pauses->n; i++) {
		struct date a = pauses->v[i].from, b = pauses->v[i].to;

		if (a.n < done.n)
			a = done;
		b = date_none(b) ? to : earlier(b, to);
		if (b.n <= a.n)
			continue;
		n += calendar_working_between(c, nation, a, b);
		done = b;
	}
	return n;
}

int clock_used(struct calendar *c, enum nation nation, struct date from, struct date to,
	       const struct spans *pauses)
{
	if (to.n <= from.n)
		return 0;
	return calendar_working_between(c, nation, from, to) -
	       stood_still(c, nation, from, to, pauses);
}

/* The same, where what still stands still does so up to `today` only. */
static int used_then(struct calendar *c, enum nation nation, struct date from, struct date day,
		     const struct spans *pauses, struct date today)
{
	if (day.n <= today.n)
		return clock_used(c, nation, from, day, pauses);
	return clock_used(c, nation, from, today, pauses) +
	       calendar_working_between(c, nation, today, day);
}

struct date clock_due(struct calendar *c, enum nation nation, struct date from, int n,
		      const struct spans *pauses, struct date today)
{
	struct date due = calendar_add_working(c, nation, from, n);
	int used;

	if (today.n < from.n)
		today = from;
	/* Each step adds the days that stood still so far; those it adds may have done so too. */
	while (!date_none(due) && (used = used_then(c, nation, from, due, pauses, today)) < n)
		due = calendar_add_working(c, nation, due, n - used);
	return due;
}

static bool stands(const struct spans *pauses)
{
	for (size_t i = 0; pauses && i < pauses->n; i++)
		if (date_none(pauses->v[i].to))
			return true;
	return false;
}

struct clock clock_read(struct calendar *c, enum nation nation, enum clock_kind kind,
			struct moment from, int target, const struct spans *pauses,
			struct moment now)
{
	struct date start = moment_date(from), today = moment_date(now);
	struct clock ret = { .kind = kind, .due = DATE_NONE };
	int minute = moment_minute(now);

	if (kind == CLOCK_NONE || target <= 0)
		return (struct clock){ .due = DATE_NONE };
	ret.paused = stands(pauses);
	ret.used = clock_used(c, nation, start, today, pauses);
	ret.over = ret.used > target;
	ret.days = ret.over ? ret.used - target : target - ret.used;
	ret.due = clock_due(c, nation, start, target, pauses, today);
	if (!ret.over && !ret.paused && today.n > start.n && minute < DAY_ENDS &&
	    calendar_is_working(c, nation, today))
		ret.hours = (DAY_ENDS - (minute > DAY_STARTS ? minute : DAY_STARTS) + 59) / 60;
	return ret;
}

char *clock_show(const struct clock *c, char buf[CLOCK_TEXT])
{
	buf[0] = '\0';
	if (c->kind == CLOCK_NONE)
		return buf;
	if (c->paused)
		snprintf(buf, CLOCK_TEXT, "paused");
	else if (c->over)
		snprintf(buf, CLOCK_TEXT, "OVER %dd", c->days);
	else if (c->days > 0)
		snprintf(buf, CLOCK_TEXT, "%dd left", c->days);
	else if (c->hours > 0)
		snprintf(buf, CLOCK_TEXT, "today %dh", c->hours);
	else
		snprintf(buf, CLOCK_TEXT, "today");
	return buf;
}
