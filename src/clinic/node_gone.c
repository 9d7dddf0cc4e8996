/*
 * node_gone.c: a machine that is the node no more.
 *
 * One user act: `node_gone` says so with the reason, and as many `hold_revoke` as it takes, of at
 * most PIECE slots each.  Lives that the node had until now are marked at the hub in the same
 * change (a local row), so that a conversation that is open goes no further either.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/diary_acts.h"
#include "clinic/node_acts.h"
#include "clinic/nodes.h"
#include "clinic/record.h"
#include "clinic/refs.h"
#include "store/records.h"
#include "store/replica.h"
#include "store/store.h"
#include "store/txn.h"

enum { PIECE = 500 };

/* ---- the act ---- */

struct node_gone_args {
	struct id node, old; /* old: of the row that keeps the key it had; none: it had none */
	int64_t number;
	bool again, stolen;
	const char *was, *key, *why; /* its key until now, and from now on */
};
static const struct field gone_f[] = {
	FIELD_NEEDED(node, struct node_gone_args, "node", F_ID),
	FIELD(old, struct node_gone_args, "old", F_ID),
	FIELD(number, struct node_gone_args, "number", F_INT),
	FIELD(again, struct node_gone_args, "again", F_BOOL),
	FIELD(stolen, struct node_gone_args, "stolen", F_BOOL),
	FIELD(was, struct node_gone_args, "was", F_TEXT),
	FIELD(key, struct node_gone_args, "key", F_TEXT),
	FIELD(why, struct node_gone_args, "why", F_TEXT),
};

static int gone_check(struct desk *desk, void *args, struct err *err)
{
	struct node_gone_args *g = args;

	if (g->number == store_me(desk->store)->node)
		return err_set(err, ERR_INPUT,
			       "That is this database itself: it looks after the others.");
	if (g->was)
		g->old = desk_new_id(desk);
	return 0;
}

static int gone_run(struct txn *t, const void *args)
{
	const struct node_gone_args *g = args;
	const char *state = g->again ? "on" : "off";

	txn_tell(t, "node", g->node, "%s%s", g->again ? "another machine from now on" : "excluded",
		 g->stolen ? ", its key in wrong hands" : "");
	txn_why(t, g->why);
	record_update(t, "node", g->node, "state", g->again ? "off" : "on", state);
	record_update(t, "node", g->node, "key", g->was, g->key);
	if (g->was && !id_none(g->old)) {
		char number[24];
		static const char *const names[] = { "key", "node", "state" };
		const char *values[] = { g->was, number, g->stolen ? "off" : "hand_in" };

		snprintf(number, sizeof number, "%lld", (long long)g->number);
		record_insert(t, "old_key", g->old, names, values, 3);
	}
	return VERDICT_OK;
}

static int gone_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			struct err *err)
{
	(void)desk, (void)deed, (void)ret;
	return err_set(err, ERR_INPUT,
		       "A machine that was sent away stays so: node replace, with a new key.");
}

const struct act act_node_gone = {
	.name = "node_gone",
	.ver = 1,
	.at_hub = true,
	.roles = ROLE_ADMINISTRATOR,
	.fields = FIELDS(gone_f, struct node_gone_args),
	.check = gone_check,
	.run = gone_run,
	.reverse = gone_reverse,
};

/* ---- its slots ---- */

static int revoke_all(struct desk *desk, const struct slots *slots, int to, const char *why,
		      struct err *err)
{
	struct slot_list piece = { 0 };
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < slots->n; i++) {
		*list_push(&piece) = slots->v[i].id;
		if (piece.n < PIECE && i + 1 < slots->n)
			continue;
		rc = hold_revoke(desk, &piece, to, why, err);
		piece.n = 0;
	}
	list_free(&piece);
	return rc;
}

/* Who is booked in them, each once: slots of one appointment stand side by side. */
static int bookings_in(struct desk *desk, const struct slots *slots, struct desk_rows *ret,
		       struct err *err)
{
	struct id last = { 0 };

	list_each (s, slots) {
		struct desk_row row;

		if (id_none(s->appt) || id_same(s->appt, last))
			continue;
		last = s->appt;
		if (desk_appt(desk, s->appt, &row, err) < 0)
			return -1;
		if (row.row.a.state == APPT_BOOKED || row.row.a.state == APPT_REQUESTED)
			*list_push(ret) = row;
	}
	return 0;
}

static int move_holds(struct desk *desk, const struct gone_ask *ask, struct gone *ret,
		      struct err *err)
{
	int hub = store_me(desk->store)->node, number = ret->node.number;
	int to = ask->holds_to ? ask->holds_to : hub;
	struct slots held = { 0 }, taken = { 0 };
	int rc = slots_held(desk->store, number, desk->today, &held, err);

	if (rc == 0 && to == number)
		rc = slots_taken(desk->store, number, hub, desk->today, &taken, err);
	else if (rc == 0)
		rc = revoke_all(desk, &held, to, ask->why, err);
	if (rc == 0)
		rc = revoke_all(desk, &taken, number, ask->why, err);
	if (rc == 0)
		rc = bookings_in(desk, &held, &ret->bookings, err);
	if (rc == 0)
		rc = bookings_in(desk, &taken, &ret->bookings, err);
	ret->held = to == number ? 0 : (int)held.n;
	ret->back = (int)taken.n;
	list_free(&held);
	list_free(&taken);
	return rc;
}

/* ---- all of it ---- */

static int may_be(struct desk *desk, const struct gone_ask *ask, const struct node_row *node,
		  struct sshkey *key, struct err *err)
{
	struct id other = { 0 }, before = { 0 };
	bool to_itself = ask->holds_to == node->number;

	if (strcmp(node->state, "on") != 0 && !ask->again && !ask->stolen)
		return err_set(err, ERR_CLASH, "Node %d is excluded already: node list shows it.",
			       node->number);
	if (to_itself && !ask->again)
		return err_input(err, "holds-to",
				 "Node %d is gone: name another to hold its slots.", node->number);
	if (!ask->key)
		return 0;
	if (sshkey_parse(ask->key, key, err) < 0 ||
	    record_lookup(desk->store, "node", "key", key->line, &other, err) < 0 ||
	    record_lookup(desk->store, "old_key", "key", key->line, &before, err) < 0)
		return -1;
	if (!id_none(other) || !id_none(before))
		return err_input(
			err, "key",
			"That key is another machine's, or was: the new one makes its own.");
	return 0;
}

/* It was excluded, and only then was it known that its key is in wrong hands: the last one that it
 * had opens nothing more. */
static int shut_out(struct desk *desk, const struct node_row *node, struct err *err)
{
	const struct record *old_key = record_find("old_key");
	const char *off[] = { NULL, NULL, "off" };
	struct record_rows rows = { 0 };
	struct id last = { 0 };
	bool opens = false;
	int rc = record_list(desk, old_key, &rows, err);

	for (size_t i = 0; rc == 0 && i < rows.n; i++)
		if (strtol(rows.v[i][1], NULL, 10) == node->number && rows.ids.v[i].n > last.n) {
			last = rows.ids.v[i];
			opens = strcmp(rows.v[i][2], "hand_in") == 0;
		}
	record_rows_done(&rows);
	if (rc == 0 && !opens)
		return err_set(err, ERR_CLASH,
			       "Node %d is excluded already, and its key opens nothing.",
			       node->number);
	return rc == 0 ? record_set(desk, old_key, last, off, err) : -1;
}

static int gone_whole(struct desk *desk, const struct gone_ask *ask, struct gone *ret,
		      struct err *err)
{
	struct sshkey key = { .line = "" };
	struct node_gone_args args = { .node = ret->node.id,
				       .number = ret->node.number,
				       .again = ask->again,
				       .stolen = ask->stolen,
				       .why = ask->why };

	if (may_be(desk, ask, &ret->node, &key, err) < 0)
		return -1;
	if (strcmp(ret->node.state, "on") != 0 && !ask->again &&
	    shut_out(desk, &ret->node, err) < 0)
		return -1;
	args.was = *ret->node.key.print ? ret->node.key.line : NULL;
	args.key = *key.line ? key.line : NULL;
	/* The node is there again before it can be given anything. */
	if (act_do(desk, &act_node_gone, &args, err) < 0 ||
	    node_pos_gone(desk->store, ret->node.number, err) < 0)
		return -1;
	return move_holds(desk, ask, ret, err);
}

int node_gone(struct desk *desk, const struct gone_ask *ask, struct gone *ret, struct err *err)
{
	const char *why = diary_reason(ask->why, err);
	struct gone_ask clean = *ask;
	bool own = false;
	int rc = -1;

	memset(ret, 0, sizeof *ret);
	clean.why = why;
	if (why && nodes_get(desk, ask->number, &ret->node, err) == 0)
		rc = act_join(desk, &own, err);
	if (rc == 0)
		rc = act_part(desk, own, gone_whole(desk, &clean, ret, err), err);
	mem_free((char *)why);
	if (rc < 0) {
		gone_done(ret);
		return -1;
	}
	for (size_t i = 0; i < desk->refs->clinicians.n; i++)
		ret->diaries += desk->refs->clinicians.v[i].node == ret->node.number;
	/* What was asked of it is the new holder's to answer: the hub's, now. */
	return holder_keep(desk, &(int){ 0 }, err);
}

void gone_done(struct gone *g)
{
	desk_rows_done(&g->bookings);
	memset(g, 0, sizeof *g);
}
