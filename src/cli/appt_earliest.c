/* appt_earliest.c: the first time that fits, found and booked at once. */
#include "cli/appt.h"
#include "cli/wish.h"

const struct option earliest_options[] = {
	OPT_WHO,
	{ "clinician", "CODE", "with them only" },
	OPT_WISH,
	{ 0 },
};

int earliest_run(struct cli *c, struct err *err)
{
	struct booking_ask ask = { 0 };
	struct search s = { .by = DATE_NONE };
	struct id id;

	if (appt_asked(c, &ask, err) < 0)
		return -1;
	s.service = ask.service;
	s.clinician = ask.clinician;
	if (opt_wish(c, ask.person, &s, err) < 0)
		return -1;
	ask.clinician = s.clinician;
	if (booking_earliest(&c->desk, &ask, &s, &id, err) < 0)
		return -1;
	return appt_print(c, id, err);
}
