/*
 * demo_outbox.c: reminders of the next day, as the first desk has just queued them: most have gone,
 * one number is not in use, the last still wait for their turn.
 */
#include <string.h>

#include "base/alloc.h"
#include "clinic/demo_parts.h"
#include "clinic/desklist.h"
#include "clinic/message.h"
#include "clinic/message_acts.h"
#include "store/messages.h"

enum { QUEUED_AT = 9 * 60 + 41, REMINDERS = 8, SENT = 5 };

/* What the sender would have made of the n-th. */
static int sent(struct demo *d, struct id appt, int n, struct err *err)
{
	struct msgs of = { 0 };
	struct msg m;

	if (n > SENT)
		return 0;
	if (msgs_of_appt(d->desk.store, appt, &of, err) < 0)
		return -1;
	m = of.v[of.n - 1];
	list_free(&of);
	return n < SENT ? message_mark(&d->desk, m.id, MSG_SENT, MSG_QUEUED, NULL, err)
			: message_mark(&d->desk, m.id, MSG_DEAD, MSG_QUEUED,
				       "status 1: number not in use", err);
}

int demo_outbox(struct demo *d, struct err *err)
{
	struct desk_filter booked = { .states = 1u << APPT_BOOKED };
	struct date day = { d->today.n + 1 };
	struct desk_rows rows = { 0 };
	int n = 0, rc;

	demo_clock(d, d->today, QUEUED_AT);
	if (demo_sit(d, d->places[0].desk_name, err) < 0)
		return -1;
	/* The next day on which anybody is booked there. */
	do {
		desk_rows_done(&rows);
		rows = (struct desk_rows){ 0 };
		rc = desklist(&d->desk, d->places[0].id, day, &booked, &rows, err);
		day.n++;
	} while (rc == 0 && rows.n == 0 && day.n < d->today.n + 14);
	for (size_t i = 0; rc == 0 && i < rows.n && n < REMINDERS; i++) {
		struct err why = ERR_INIT;

		/* Who allows no message is passed over, and what is private. */
		if (message_remind(&d->desk, rows.v[i].row.a.id, &why) == 0)
			rc = sent(d, rows.v[i].row.a.id, n++, err);
		else if (why.kind != ERR_CLASH && why.kind != ERR_DENIED)
			rc = err_set(err, why.kind, "%s", why.text);
	}
	desk_rows_done(&rows);
	return rc;
}
