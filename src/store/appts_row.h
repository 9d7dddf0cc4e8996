/* appts_row.h: the columns of an appointment as lists read them (private to the store). */
#ifndef STORE_APPTS_ROW_H
#define STORE_APPTS_ROW_H

#include "store/appts.h"
#include "store/row.h"

#define APPT_OWN                                                                                   \
	"a.id, a.clinician, a.site, a.room, a.service, a.day, a.starts, a.mins, a.mode, a.kind,"   \
	" a.state, a.code, a.over_by, a.over_why, a.moves, a.asked_at, a.arrived_at, a.room_at,"   \
	" a.seen_at, a.ended_at, a.cancelled_by, a.outcome, a.outcome_at, a.outcome_by,"           \
	" b.person, b.episode, b.customer, b.call_back, b.alone"
#define APPT_COLUMNS                                                                               \
	APPT_OWN                                                                                   \
	", p.surname, p.given, p.title, p.born, e.number, b.scope, p.needs, p.interpreter,"        \
	" e.target"
#define APPT_JOINS                                                                                 \
	" LEFT JOIN booking b ON b.appt = a.id LEFT JOIN person p ON p.id = b.person"              \
	" LEFT JOIN episode e ON e.id = b.episode "
#define APPT_LIVE " a.state IN ('T', 'B', 'A', 'I') "

/* Reads APPT_OWN, and all of APPT_COLUMNS. */
void get_appt(struct row *row, struct appt *a);
void get_appt_row(struct row *row, struct appt_row *r);

#endif
