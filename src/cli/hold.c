/*
 * hold.c: slots handed from node to node.
 *
 * Whoever holds a slot confirms in it at once, line or no line.  Giving is the holder's; revoking
 * is done at the hub, for a node that is gone, and says why.
 */
#include "base/alloc.h"
#include "cli/tables.h"
#include "clinic/holder.h"

static int slots_named(struct cli *c, struct slot_list *ret, int *ret_to, struct err *err)
{
	*ret_to = 0;
	if (cli_opt_int(c, "to", 1, (1 << 21) - 1, ret_to, err) < 0)
		return -1;
	if (*ret_to == 0)
		return err_set(err, ERR_USAGE, "To which node?  --to 2; node list shows them.");
	for (int i = 0; i < c->nargs; i++)
		if (cli_id(c->args[i], "slot", list_push(ret), err) < 0)
			return -1;
	return 0;
}

static int give_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "node", "given", NULL };
	struct slot_list slots = { 0 };
	int to, given = 0;
	int rc = slots_named(c, &slots, &to, err);

	if (rc == 0)
		rc = hold_give(&c->desk, &slots, to, &given, err);
	list_free(&slots);
	if (rc < 0)
		return -1;
	out_begin(&c->out, columns);
	out_int(&c->out, to);
	out_int(&c->out, given);
	out_end(&c->out);
	return 0;
}

static int revoke_run(struct cli *c, struct err *err)
{
	struct slot_list slots = { 0 };
	const char *why;
	int to, rc = cli_need(c, "why", &why, err);

	if (rc == 0)
		rc = slots_named(c, &slots, &to, err);
	if (rc == 0)
		rc = hold_revoke(&c->desk, &slots, to, why, err);
	list_free(&slots);
	return rc;
}

static const struct option give_options[] = {
	{ "to", "N", "the node that is to confirm in them" },
	{ 0 },
};
static const struct option revoke_options[] = {
	{ "to", "N", "the node that is to confirm in them" },
	{ "why", "TEXT", "the reason: it stays on the record" },
	{ 0 },
};

const struct command hold_commands[] = {
	{ "hold", "give", "SLOT...", "hands free slots that this node holds to another",
	  give_options, 1, -1, 0, give_run },
	{ "hold", "revoke", "SLOT...", "at the hub: takes slots from a node that is gone",
	  revoke_options, 1, -1, 0, revoke_run },
	{ 0 },
};
