/* holiday.c: bank holidays: by rule, or as a file in the government feed's layout has them. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "cli/tables.h"
#include "clinic/holidays.h"
#include "clinic/refs.h"

static int list_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "date", "name", NULL };
	struct date first, last;
	int year = 0;
	enum nation nation;
	const char *code;

	if (cli_need(c, "nation", &code, err) < 0)
		return -1;
	if (!nation_parse(code, &nation))
		return err_input(err, "nation", "--nation is E, W, S or NI, not \"%s\".", code);
	date_to_ymd(c->desk.today, &year, &(int){ 0 }, &(int){ 0 });
	if (cli_opt_int(c, "year", HOLIDAY_FIRST_YEAR, HOLIDAY_LAST_YEAR, &year, err) < 0)
		return -1;
	date_from_ymd(year, 1, 1, &first);
	date_from_ymd(year, 12, 31, &last);
	out_begin(&c->out, columns);
	for (struct date d = first; d.n <= last.n; d.n++) {
		const char *name;

		if (calendar_is_holiday(c->desk.refs->calendar, nation, d, &name)) {
			out_date(&c->out, d);
			out_text(&c->out, name);
		}
	}
	out_end(&c->out);
	return 0;
}

static int import_run(struct cli *c, struct err *err)
{
	int added;

	if (holidays_import(&c->desk, c->args[0], &added, err) < 0)
		return -1;
	out_line(&c->out, "%d added", added);
	return 0;
}

static const struct option list_options[] = {
	{ "nation", "E|W|S|NI", "whose" },
	{ "year", "YEAR", "this year unless said" },
	{ 0 },
};

const struct command holiday_commands[] = {
	{ "holiday", "list", "", "bank holidays of a nation and year", list_options, 0, 0, 0,
	  list_run },
	{ "holiday", "import", "FILE.json",
	  "takes a file in the government feed's layout; its years replace the rules", NULL, 1, 1,
	  0, import_run },
	{ 0 },
};
