/*
 * node.c: the databases of a network, as the hub knows them.
 *
 * Enrolling and excluding are rows: an excluded node is refused at its next hello, whatever keys it
 * still has.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/tables.h"
#include "clinic/record.h"

enum { NUMBER, LETTER, NAME, STATE, COLUMNS };

static const char *const columns[] = { "number", "letter", "name", "state", NULL };

static int list_run(struct cli *c, struct err *err)
{
	struct record_rows rows = { 0 };

	if (record_list(&c->desk, record_find("node"), &rows, err) < 0)
		return -1;
	out_begin(&c->out, columns);
	list_each (row, &rows)
		for (int i = 0; i < COLUMNS; i++)
			out_text(&c->out, (*row)[i]);
	out_end(&c->out);
	record_rows_done(&rows);
	return 0;
}

/* The row of a number, and whether another has the letter. */
static int look(struct cli *c, const char *number, const char *letter, struct id *ret,
		bool *ret_taken, struct err *err)
{
	struct record_rows rows = { 0 };

	*ret = (struct id){ 0 };
	*ret_taken = false;
	if (record_list(&c->desk, record_find("node"), &rows, err) < 0)
		return -1;
	for (size_t i = 0; i < rows.n; i++) {
		if (strcmp(rows.v[i][NUMBER], number) == 0)
			*ret = rows.ids.v[i];
		*ret_taken |= letter && strcmp(rows.v[i][LETTER], letter) == 0;
	}
	record_rows_done(&rows);
	return 0;
}

static int enrol_run(struct cli *c, struct err *err)
{
	const char *values[COLUMNS] = { c->args[0] };
	bool taken;
	struct id id;

	if (cli_need(c, "letter", &values[LETTER], err) < 0 ||
	    cli_need(c, "name", &values[NAME], err) < 0 ||
	    look(c, c->args[0], values[LETTER], &id, &taken, err) < 0)
		return -1;
	if (!id_none(id) || taken)
		return err_set(err, ERR_CLASH, "A node has that %s already: node list shows them.",
			       taken ? "letter" : "number");
	return record_add(&c->desk, record_find("node"), values, &id, err);
}

static int exclude_run(struct cli *c, struct err *err)
{
	const char *values[COLUMNS] = { [STATE] = "off" };
	bool taken;
	struct id id;

	if (look(c, c->args[0], NULL, &id, &taken, err) < 0)
		return -1;
	if (id_none(id))
		return err_set(err, ERR_MISSING, "There is no node %s: node list shows them.",
			       c->args[0]);
	return record_set(&c->desk, record_find("node"), id, values, err);
}

static const struct option enrol_options[] = {
	{ "letter", "LETTER", "in the numbers that people read: MSK-26-M0311" },
	{ "name", "NAME", "Mill Lane" },
	{ 0 },
};

const struct command node_commands[] = {
	{ "node", "list", "", "the databases of this network", NULL, 0, 0, 0, list_run },
	{ "node", "enrol", "NUMBER", "lets a new node join this hub", enrol_options, 1, 1, 0,
	  enrol_run },
	{ "node", "exclude", "NUMBER", "a node that is gone: it is refused from now on", NULL, 1, 1,
	  0, exclude_run },
	{ 0 },
};
