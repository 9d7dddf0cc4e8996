/* report.c: figures about the service; cells of fewer than five are hidden unless they stay inside.
 */
#include <string.h>

#include "base/alloc.h"
#include "cli/tables.h"
#include "clinic/refs.h"
#include "clinic/report.h"

static int list_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "name", "what", NULL };

	(void)err;
	out_begin(&c->out, columns);
	out_text(&c->out, "waits");
	out_text(&c->out,
		 "days from receipt to the first attendance, NHS beside external customers");
	out_end(&c->out);
	return 0;
}

static void put_cell(struct cli *c, const struct wait_cell *w)
{
	const struct service *s = ref_service(&c->desk, w->service);
	char quarter[24];

	snprintf(quarter, sizeof quarter, "%d-Q%d", w->year, w->quarter);
	out_text(&c->out, quarter);
	out_text(&c->out, s ? s->code : NULL);
	out_text(&c->out, w->external ? "external" : "nhs");
	if (w->small) {
		out_text(&c->out, "<5");
		for (int i = 0; i < 4; i++)
			out_text(&c->out, NULL);
		return;
	}
	out_int(&c->out, w->n);
	out_int(&c->out, w->median);
	out_int(&c->out, w->longest);
	out_int(&c->out, w->in_time);
	out_int(&c->out, w->had_target);
}

static int waits_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "quarter", "service",	 "customers",
					       "people",  "median",	 "longest",
					       "in_time", "with_target", NULL };
	struct date from = DATE_NONE, to = c->desk.today;
	struct wait_cells cells = { 0 };
	const char *value;
	int rc;

	if (cli_need(c, "from", &value, err) < 0 ||
	    date_parse(value, c->desk.today, LOOK_BACK, &from, err) < 0 ||
	    (cli_opt(c, "to") &&
	     date_parse(cli_opt(c, "to"), c->desk.today, LOOK_BACK, &to, err) < 0))
		return -1;
	if (to.n < from.n)
		return err_input(err, "to", "A report ends on its first day or later.");
	rc = report_waits(&c->desk, from, to, cli_opt(c, "inside") != NULL, &cells, err);
	if (rc == 0) {
		out_begin(&c->out, columns);
		list_each (w, &cells)
			put_cell(c, w);
		out_end(&c->out);
	}
	list_free(&cells);
	return rc;
}

static const struct option waits_options[] = {
	{ "from", "DATE", "the first day of the attendances" },
	{ "to", "DATE", "the last; today unless said" },
	{ "inside", NULL, "also cells of fewer than five: for occupational health alone" },
	{ 0 },
};

const struct command report_commands[] = {
	{ "report", "list", "", "the reports there are", NULL, 0, 0, 0, list_run },
	{ "report", "waits", "", "how long people waited, NHS beside external, by quarter",
	  waits_options, 0, 0, 0, waits_run },
	{ 0 },
};
