/* appt_earliest.c: the first time that fits, found and booked at once. */
#include <string.h>

#include "base/alloc.h"
#include "cli/appt.h"
#include "cli/hits.h"
#include "clinic/refs.h"
#include "clinic/search.h"

const struct option earliest_options[] = {
	OPT_WHO,
	{ "clinician", "CODE", "with them only" },
	{ "site", "CODE", "there only" },
	{ "from", "DATE", "the first day; now unless said" },
	{ "by", "DATE", "the last day" },
	{ "after", "HH:MM", "starts then or later" },
	{ "before", "HH:MM", "ends then or earlier" },
	{ "days", "mon,thu", "on these days of the week" },
	{ 0 },
};

int earliest_run(struct cli *c, struct err *err)
{
	struct booking_ask ask = { 0 };
	struct search s = { .by = DATE_NONE };
	struct date from = DATE_NONE;
	const char *code = cli_opt(c, "site");
	const struct site *site = NULL;
	struct id id;

	if (appt_asked(c, &ask, err) < 0 || (code && find_site(&c->desk, code, &site, err) < 0) ||
	    cli_opt_date(c, "from", &from, err) < 0 || cli_opt_date(c, "by", &s.by, err) < 0 ||
	    cli_opt_minute(c, "after", &s.after, err) < 0 ||
	    cli_opt_minute(c, "before", &s.before, err) < 0 ||
	    cli_opt_days(c, "days", &s.days, err) < 0)
		return -1;
	if (site)
		s.site = site->id;
	if (!date_none(from))
		s.from = wall_moment(from, 0);
	if (booking_earliest(&c->desk, &ask, &s, &id, err) < 0)
		return -1;
	return appt_print(c, id, err);
}
