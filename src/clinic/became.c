/* became.c: one sentence about what became of this user's own acts. */
#include "clinic/became.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/booking_acts.h"
#include "clinic/desklist.h"
#include "store/attention.h"

enum { HEARD_MOST = 50, NAME_COLUMNS = 26 };

/* "OKAFOR, Adaeze (Mrs) Fri 13-Mar 15:40", or what was done where it was about no appointment. */
static void about(struct desk *desk, const struct attention *a, char *buf, size_t n)
{
	char day[DAY_TEXT], at[DAY_TEXT];
	struct desk_row r;

	if (id_none(a->appt) || desk_appt(desk, a->appt, &r, NULL) < 0) {
		snprintf(buf, n, "Yours, %.60s,", a->text);
		text_whole(buf);
		return;
	}
	snprintf(buf, n, "%.*s %s %s %s", (int)text_fit(r.name, NAME_COLUMNS), r.name,
		 weekday_short[date_weekday(r.row.a.day)], date_show_short(r.row.a.day, day),
		 minute_show(moment_minute(r.row.a.starts), at));
}

static bool is(const struct attention *a, const char *verdict)
{
	return strcmp(a->verdict, verdict) == 0;
}

static void one(struct desk *desk, const struct attention *a, struct became *ret)
{
	char who[120];

	about(desk, a, who, sizeof who);
	if (is(a, "confirmed"))
		snprintf(ret->line, sizeof ret->line, "%s is confirmed.", who);
	else if (is(a, "declined") || is(a, "displaced"))
		snprintf(ret->line, sizeof ret->line, "%s was taken.  g s: a new time.", who);
	else
		snprintf(ret->line, sizeof ret->line, "%s met another change.  g s settles it.",
			 who);
}

int became_look(struct desk *desk, struct became *ret, struct err *err)
{
	struct attentions list = { 0 };
	struct became n = { .upto = 0 };

	if (attention_of(desk->store, desk->user.id, HEARD_MOST, &list, err) < 0)
		return -1;
	list_each (a, &list) {
		n.confirmed += is(a, "confirmed");
		n.lost += !is(a, "confirmed") && !is(a, "cancelled");
		if (a->log_seq > n.upto)
			n.upto = a->log_seq;
	}
	if (list.n == 1)
		one(desk, &list.v[0], &n);
	else if (n.lost && n.confirmed)
		snprintf(
			n.line, sizeof n.line,
			"Of what you asked for %d %s confirmed, %d could not be had.  g s: settle.",
			n.confirmed, n.confirmed == 1 ? "is" : "are", n.lost);
	else if (n.lost)
		snprintf(n.line, sizeof n.line,
			 "%d of yours could not be had as asked.  g s: settle.", n.lost);
	else if (n.confirmed)
		snprintf(n.line, sizeof n.line, "%d of your bookings are confirmed.", n.confirmed);
	list_free(&list);
	*ret = n;
	return 0;
}

int became_heard(struct desk *desk, const struct became *b, struct err *err)
{
	return attention_said(desk->store, desk->user.id, b->upto, desk->now, err);
}
