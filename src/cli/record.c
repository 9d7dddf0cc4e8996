/*
 * record.c: list, add and set of the plain records, all alike: the options are the record's columns
 * (clinic/records.c).  The command tables are filled from there once, at the start.
 */
#include <string.h>

#include "base/alloc.h"
#include "cli/tables.h"
#include "clinic/record.h"

enum { COLUMNS = 32 };

static const struct record *mine(const struct cli *c)
{
	return record_find(c->cmd->noun);
}

static int list_run(struct cli *c, struct err *err)
{
	const struct record *r = mine(c);
	struct record_rows rows = { 0 };
	const char *names[COLUMNS + 2];
	bool coded = r->columns[0].kind == COL_CODE; /* else people name its rows by their id */
	size_t n = 0;
	int rc = record_list(&c->desk, r, &rows, err);

	if (rc == 0) {
		if (!coded)
			names[n++] = "id";
		for (size_t i = 0; r->columns[i].name; i++)
			if (r->columns[i].kind != COL_SECRET)
				names[n++] = r->columns[i].name;
		names[n] = NULL;
		out_begin(&c->out, names);
		for (size_t at = 0; at < rows.n; at++) {
			if (!coded)
				out_id(&c->out, rows.ids.v[at]);
			for (size_t i = 0; r->columns[i].name; i++)
				if (r->columns[i].kind != COL_SECRET)
					out_text(&c->out, rows.v[at][i]);
		}
		out_end(&c->out);
	}
	record_rows_done(&rows);
	return rc;
}

/* The options in the order of the columns; where the record has a code, it is the argument. */
static void values_of(struct cli *c, const struct record *r, const char **values)
{
	for (size_t i = 0; r->columns[i].name; i++)
		values[i] =
			r->columns[i].kind == COL_SECRET ? NULL : cli_opt(c, r->columns[i].label);
	if (c->nargs > 0)
		values[0] = c->args[0];
}

static int add_run(struct cli *c, struct err *err)
{
	const struct record *r = mine(c);
	const char *values[COLUMNS] = { 0 };
	struct id id = { 0 };
	char buf[ID_TEXT];

	values_of(c, r, values);
	if (record_add(&c->desk, r, values, &id, err) < 0)
		return -1;
	out_line(&c->out, "%s", id_text(id, buf));
	return 0;
}

static int set_run(struct cli *c, struct err *err)
{
	const struct record *r = mine(c);
	const char *values[COLUMNS] = { 0 };
	struct id id;

	values_of(c, r, values);
	values[0] = NULL;
	if (r->columns[0].kind == COL_CODE ? record_by_code(&c->desk, r, c->args[0], &id, err) < 0
					   : cli_id(c->args[0], r->noun, &id, err) < 0)
		return -1;
	return record_set(&c->desk, r, id, values, err);
}

static int setting_run(struct cli *c, struct err *err)
{
	return setting_set(&c->desk, c->args[0], c->args[1], err);
}

/* One row for each record and verb.  Which records can be added by hand is a fact of the command
 * line. */
static const struct {
	const char *noun, *words;
} nouns[] = {
	{ "site", "sites" },
	{ "room", "rooms" },
	{ "customer", "customers: employers, NHS and external" },
	{ "service", "services" },
	{ "clinician", "clinicians" },
	{ "posting", "who works where" },
	{ "user", "users" },
	{ "right", "rights beside the role" },
	{ "contract", "contracts: what customers are promised, in working days" },
};
enum { NOUNS = sizeof nouns / sizeof *nouns };

static struct option options[NOUNS][COLUMNS + 1];
struct command record_commands[NOUNS * 3 + 3];

static void fill_options(struct option *o, const struct record *r)
{
	for (size_t i = r->columns[0].kind == COL_CODE; r->columns[i].name; i++)
		if (r->columns[i].kind != COL_SECRET)
			*o++ = (struct option){ r->columns[i].label,
						r->columns[i].choices &&
								r->columns[i].kind != COL_REF
							? r->columns[i].choices
							: "VALUE",
						r->columns[i].help };
}

__attribute__((constructor)) static void fill(void)
{
	struct command *cmd = record_commands;

	for (size_t i = 0; i < NOUNS; i++) {
		const struct record *r = record_find(nouns[i].noun);
		bool code = r->columns[0].kind == COL_CODE;

		fill_options(options[i], r);
		*cmd++ = (struct command){ r->noun, "list", "", nouns[i].words, NULL,
					   0,	    0,	    0,	list_run };
		*cmd++ = (struct command){ r->noun,    "add",	   code ? "CODE" : "",
					   "adds one", options[i], code,
					   code,       0,	   add_run };
		*cmd++ = (struct command){ r->noun,
					   "set",
					   code ? "CODE" : "ID",
					   "changes what is named",
					   options[i],
					   1,
					   1,
					   0,
					   set_run };
	}
	*cmd++ = (struct command){ "setting", "list", "",      "settings of the service", NULL, 0,
				   0,	      0,      list_run };
	*cmd++ = (struct command){ "setting",
				   "set",
				   "NAME VALUE",
				   "one of those that setting list shows, and service_name",
				   NULL,
				   2,
				   2,
				   0,
				   setting_run };
}
