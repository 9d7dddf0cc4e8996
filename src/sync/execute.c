/*
 * execute.c: the hub runs what the nodes send.
 *
 * Exactly once: a command is named by (node, life, n), the names of one life come without a gap,
 * and its entry is written in the change that runs it.  Which command a name stands for is held by
 * the chain of hashes that the node keeps: the hub makes the hash anew from what it was sent, so a
 * second copy of a node, which would use a name again, is told from the first.
 */
#include <string.h>

#include "base/alloc.h"
#include "clinic/again.h"
#include "store/replica.h"
#include "store/store.h"
#include "store/txn.h"
#include "sync/replay.h"

enum place { PLACE_NEXT, PLACE_KNOWN };

static int forked(struct err *err)
{
	return err_set(err, ERR_CLASH,
		       "Another copy of this node has sent other commands: it begins a new life.");
}

/* Is it the next one, or one that the log has? */
static int place_of(struct store *st, const struct cmd *c, const struct node_pos *pos,
		    enum place *ret, struct err *err)
{
	unsigned char hash[32];
	bool there;

	if (c->n == pos->last_n + 1 && c->n >= 1) {
		*ret = PLACE_NEXT;
		return pos->last_n == 0 || memcmp(c->prev, pos->last_hash, 32) == 0 ? 0
										    : forked(err);
	}
	if (c->n < 1 || c->n > pos->last_n)
		return err_set(err, ERR_LINK, "Commands before number %lld did not arrive.",
			       (long long)c->n);
	if (log_command(st, c->node, c->inc, c->n, hash, &there, err) < 0)
		return -1;
	*ret = PLACE_KNOWN;
	return there && memcmp(hash, c->hash, 32) == 0 ? 0 : forked(err);
}

/* Runs it, or leaves a row for a person that says why it may not be. */
static int run(struct store *st, const struct cmd *c, struct moment now, struct err *err)
{
	struct err why = ERR_INIT;
	struct txn t;
	int verdict, rc;

	if (command_of_hub(c, &why) < 0)
		rc = command_refuse(st, c, why.text, &t, &verdict, err);
	else
		rc = command_run(st, c, &t, &verdict, err);
	if (rc < 0)
		return -1;
	if (journal_end_logged(&t, c, (enum verdict)verdict, now, err) < 0) {
		journal_abandon(&t);
		return -1;
	}
	return replica_answers(st, err);
}

static int one(struct desk *desk, struct cmd *c, struct err *err)
{
	struct store *st = desk->store;
	struct node_pos pos;
	enum place place = PLACE_NEXT;

	cmd_seal(c);
	if (node_pos_get(st, c->node, c->inc, &pos, err) < 0 ||
	    place_of(st, c, &pos, &place, err) < 0)
		return -1;
	if (place == PLACE_KNOWN)
		return 0;
	if (run(st, c, desk->now, err) < 0)
		return -1;
	pos.last_n = c->n;
	memcpy(pos.last_hash, c->hash, 32);
	return node_pos_put(st, c->node, &pos, err);
}

int execute(struct desk *desk, int node, const struct cmds *list, struct err *err)
{
	if (list->n == 0)
		return 0;
	if (store_begin(desk->store, err) < 0)
		return -1;
	list_each (c, list) {
		c->node = node;
		if (one(desk, c, err) < 0) {
			store_rollback(desk->store);
			return -1;
		}
	}
	return store_commit(desk->store, err);
}
