/*
 * outbox.h: sending what is queued, and what did not go.
 *
 * outbox_send() takes what is due, a bounded number at a time; any number of processes may do so at
 * once, from cron or a timer.  No message is ever given to a command twice for one event by this
 * program itself: the try is on the disk before the command is started, and a try whose process is
 * gone without an end is put before a person (or, when ohdesk.ini says that the commands know an
 * event again, given to them once more).
 */
#ifndef CLINIC_OUTBOX_H
#define CLINIC_OUTBOX_H

#include "clinic/desk.h"
#include "model/message.h"

enum { OUTBOX_BATCH = 100 };

struct outbox_done {
	int sent, later, dead, unsure, withdrawn;
	int waiting; /* due, for a channel without a command */
};
/* At most `most` messages.  ERR_INPUT: no command is set for any channel that something waits for.
 */
int outbox_send(struct desk *desk, int most, struct outbox_done *ret, struct err *err);

/* What waits, did not go, and (since) what became of the rest; states: bits, 0 the first two.
 * Those about private services are there: no word of a message names one. */
int outbox_list(struct desk *desk, unsigned states, struct moment since, struct msgs *ret,
		struct err *err);

/* Messages and print jobs that wait for a person; for NOW and the health line. */
struct outbox_trouble {
	int messages, prints;
};
int outbox_trouble(struct desk *desk, struct outbox_trouble *ret, struct err *err);

#endif
