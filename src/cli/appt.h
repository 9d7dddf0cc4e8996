/* appt.h: what the files of the noun appt share (private to the command line). */
#ifndef CLI_APPT_H
#define CLI_APPT_H

#include "cli/cli.h"
#include "clinic/booking.h"

/* --person, --service, --referral, --mode, --length, --clinician: of every way to book. */
int appt_asked(struct cli *c, struct booking_ask *ask, struct err *err);

/* Prints one appointment's row. */
int appt_print(struct cli *c, struct id appt, struct err *err);

#define OPT_WHO                                                                                    \
	{ "person", "ID", "who: id, NHS number or employee number" },                              \
		{ "service", "CODE", "PHYSIO, OHN ..." },                                          \
		{ "referral", "ID", "the episode it belongs to; the open one unless said" },       \
		{ "mode", "MODE", "face, phone or video; the service's usual unless said" },       \
	{                                                                                          \
		"length", "MIN", "minutes; the service's unless said"                              \
	}

extern const struct option earliest_options[];
int earliest_run(struct cli *c, struct err *err);

#endif
