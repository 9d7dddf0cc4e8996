/*
 * appt_earliest.c: the first time that fits, found and booked at once: with whom, where and how
 * triage decided, unless something else is said.
 */
#include "cli/appt.h"
#include "cli/wish.h"
#include "clinic/prospect.h"

const struct option earliest_options[] = {
	OPT_WHO,
	{ "clinician", "CODE", "with them only" },
	OPT_WISH,
	{ 0 },
};

/* Of the episode that is named, else of the one that is open. */
static int read_decided(struct cli *c, struct booking_ask *ask, struct search *s, struct err *err)
{
	struct decision d;

	if (decided_of(&c->desk, ask->person, ask->service, ask->episode, &d, err) < 0)
		return -1;
	decided_search(&d, s);
	if (!id_none(ask->clinician)) {
		s->clinician = ask->clinician;
		s->skill[0] = '\0';
	}
	if (!ask->mode)
		ask->mode = s->mode;
	return 0;
}

int earliest_run(struct cli *c, struct err *err)
{
	struct booking_ask ask = { 0 };
	struct search s = { .by = DATE_NONE };
	struct id id;

	if (appt_asked(c, &ask, err) < 0)
		return -1;
	s.service = ask.service;
	if (read_decided(c, &ask, &s, err) < 0 || opt_wish(c, ask.person, &s, err) < 0)
		return -1;
	ask.clinician = s.clinician;
	if (booking_earliest(&c->desk, &ask, &s, &id, err) < 0)
		return -1;
	return appt_print(c, id, err);
}
