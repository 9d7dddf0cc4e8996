/*
 * hub.c: the hub as a whole, in one line, for whoever looks after it and for monitoring.
 *
 * What there is to say of each node is `node list`.  Taking up work again after a restore, schema
 * changes and copies kept ready have their verbs here when they come.
 */
#include <string.h>

#include "base/alloc.h"
#include "cli/tables.h"
#include "clinic/nodes.h"
#include "sync/state.h"

/* The nodes at work, and by how many entries the last of them is behind. */
static int count(struct cli *c, int64_t *ret_nodes, int64_t *ret_behind, struct err *err)
{
	struct node_rows rows = { 0 };
	int rc = nodes_list(&c->desk, &rows, err);
	int64_t nodes = 0, behind = 0;

	list_each (row, &rows) {
		if (strcmp(row->state, "on") != 0 || !row->met)
			continue;
		nodes++;
		if (row->behind > behind)
			behind = row->behind;
	}
	list_free(&rows);
	if (rc == 0) {
		*ret_nodes = nodes;
		*ret_behind = behind;
	}
	return rc;
}

static int status_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "seq", "nodes", "behind", "conflicts", NULL };
	struct sync_status s;
	int64_t nodes = 0, behind = 0;

	if (sync_status(&c->desk, &s, err) < 0)
		return -1;
	if (strcmp(s.state, "hub") != 0)
		return err_set(err, ERR_INPUT,
			       "This database is no hub: sync status says how it stands with its.");
	if (count(c, &nodes, &behind, err) < 0)
		return -1;
	out_begin(&c->out, columns);
	out_int(&c->out, s.seq);
	out_int(&c->out, nodes);
	out_int(&c->out, behind);
	out_int(&c->out, s.conflicts);
	out_end(&c->out);
	return 0;
}

const struct command hub_commands[] = {
	{ "hub", "status", "", "the hub in one line: its log, its nodes, what waits for a person",
	  NULL, 0, 0, 0, status_run },
	{ 0 },
};
