/*
 * after.h: what comes after an appointment: its outcome, one more offer to who did not attend, what
 * a clinician has still to finish.  Calls are attempt.h's, lateness running.h's.
 */
#ifndef CLINIC_AFTER_H
#define CLINIC_AFTER_H

#include <stdbool.h>

#include "clinic/desk.h"
#include "model/after.h"
#include "model/appt.h"

struct desk_rows;

/*
 * What follows.  Of somebody seen: discharge (with the reason), again or rebook (a task asks for
 * the booking until it is made), review (with the day; a task is due then).  Of somebody who did
 * not attend, or came too late: offer (a task asks for another time), or discharge.
 */
struct after_ask {
	enum outcome outcome;
	enum end_reason reason; /* of a discharge; END_DNA for who did not attend */
	struct date review;
	bool ring;     /* the offer is to be made by telephone, */
	bool text;     /* or goes as a message; the task waits for a working day */
	bool wait;     /* or they wait for the next freed time, as they wished before */
	bool overrule; /* an outcome recorded before */
};

/* The outcome of an appointment that is marked already.  Together with the mark: booking_mark(). */
int after_record(struct desk *desk, struct id appt, const struct after_ask *ask, struct err *err);

/* May its episode end?  Refused, naming it, while another appointment is booked. */
int after_may_end(struct desk *desk, struct id appt, struct err *err);

/* Is its outcome this user's to record: their own row, or they lead the service? */
bool after_mine(const struct desk *desk, const struct appt *a);

/* What is to be known before a missed appointment is marked: nothing of a private service. */
struct missed {
	int nth;	 /* it would be the n-th of its episode */
	bool discharge;	 /* more than the offers that are usual: discharge is due */
	bool private_;	 /* its own desk follows it up */
	const char *way; /* how a message would reach them: "text" ...; NULL: they allow none */
};
int after_missed(struct desk *desk, struct id appt, struct missed *ret, struct err *err);

/* The clinician's list: seen without an outcome, and what nobody marked on its day.  The caller
 * ends it with desk_rows_done().  Who has a diary sees their own; who has none, anybody's. */
int after_unfinished(struct desk *desk, struct id clinician, struct desk_rows *ret,
		     struct err *err);

#endif
