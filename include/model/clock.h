/*
 * clock.h: how many working days somebody has waited, and how many are left.
 *
 * The day of receipt does not count.  While something is asked for the clock stands still: the days
 * after the one on which it was asked do not count, up to and with the one on which the answer
 * came. Computed when asked, never stored.
 */
#ifndef MODEL_CLOCK_H
#define MODEL_CLOCK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/day.h"
#include "model/calendar.h"

/* Days after `from` up to and with `to` do not count; `to` none: still. */
struct span {
	struct date from, to;
};
struct spans {
	struct span *v;
	size_t n, cap;
};

enum clock_kind { CLOCK_NONE, CLOCK_TRIAGE, CLOCK_OFFER, CLOCK_SEEN, CLOCK_REPORT };
const char *clock_word(enum clock_kind kind); /* "triage"; "" for none */

struct clock {
	enum clock_kind kind;
	bool paused, over;
	int used;	 /* working days that counted so far */
	int days;	 /* left after today, or (over) beyond */
	int hours;	 /* left today, when today counts and the day of work has not ended */
	struct date due; /* the last good day, if the answer that is waited for comes today */
};

/* The working days after `from` up to and with `to` that count. */
int clock_used(struct calendar *, enum nation, struct date from, struct date to,
	       const struct spans *pauses);
/* The day on which `n` have been used; what still stands still does so up to `today`. */
struct date clock_due(struct calendar *, enum nation, struct date from, int n,
		      const struct spans *pauses, struct date today);

/* As it stands `now`; target 0: there is none, CLOCK_NONE. */
struct clock clock_read(struct calendar *, enum nation, enum clock_kind kind, struct moment from,
			int target, const struct spans *pauses, struct moment now);

/* "OVER 2d", "today", "today 3h", "1d left", "paused"; "" for none. */
enum { CLOCK_TEXT = 32 };
char *clock_show(const struct clock *c, char buf[CLOCK_TEXT]);

#endif
