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

/* "mon,thu" as bits. */
static int opt_days(const struct cli *c, unsigned *ret, struct err *err)
{
	const char *p = cli_opt(c, "days");

	while (p && *p) {
		size_t n = strcspn(p, ",");
		char *word = mem_strn(p, n);
		int day = 0, rc = cli_weekday(word, "days", &day, err);

		mem_free(word);
		if (rc < 0)
			return -1;
		*ret |= 1u << day;
		p += n + (p[n] == ',');
	}
	return 0;
}

static int opt_minute(const struct cli *c, const char *name, int *ret, struct err *err)
{
	return cli_opt(c, name) ? minute_parse(cli_opt(c, name), ret, err) : 0;
}

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
	    opt_minute(c, "after", &s.after, err) < 0 ||
	    opt_minute(c, "before", &s.before, err) < 0 || opt_days(c, &s.days, err) < 0)
		return -1;
	if (site)
		s.site = site->id;
	if (!date_none(from))
		s.from = wall_moment(from, 0);
	if (booking_earliest(&c->desk, &ask, &s, &id, err) < 0)
		return -1;
	return appt_print(c, id, err);
}
