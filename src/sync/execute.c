/*
 * execute.c: the hub runs what the nodes send.
 *
 * Exactly once: a command is named by (node, life, n), the names of one life come without a gap,
 * and its entry is written in the change that runs it.  Which command a name stands for is held by
 * the chain of hashes that the node keeps: the hub makes the hash anew from what it was sent, so a
 * second copy of a node, which would use a name again, is told from the first.
 *
 * What comes from a machine that is the node no more is not run: it is logged under its name all
 * the same, as a row for a person.
 */
#include <string.h>

#include "base/alloc.h"
#include "clinic/again.h"
#include "store/clashes.h"
#include "store/replica.h"
#include "store/store.h"
#include "store/txn.h"
#include "sync/replay.h"

/* Changes handed in by one node that wait for a person, and their bytes, before it takes more. */
enum { HANDED_MOST = 5000, HANDED_BYTES_MOST = 64 * 1024 * 1024 };

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

/* What it wrote, what came of it and its entry; ERR_STORE alone is no word about the command. */
static int end(struct txn *t, const struct cmd *c, int verdict, struct moment now, struct err *err)
{
	if (journal_end_logged(t, c, (enum verdict)verdict, now, err) == 0)
		return replica_answers(t->store, err);
	journal_abandon(t);
	return -1;
}

/* A row for a person, and nothing else of it.  Whatever it says of itself is not believed: not even
 * the id of its row in the history need be its own. */
static int refuse(struct desk *desk, const struct cmd *c, const char *why, struct err *err)
{
	struct store *st = desk->store;
	struct cmd row = *c;
	struct event known;
	struct txn t;
	int verdict;

	row.reverses = (struct id){ 0 };
	if (moment_none(row.at))
		row.at = desk->now;
	if (history_get(st, row.history, &known, err) < 0)
		return -1;
	if (id_node(row.history) != c->node || !id_none(known.id))
		row.history = desk_new_id(desk);
	if (command_refuse(st, &row, why, &t, &verdict, err) < 0)
		return -1;
	return end(&t, &row, verdict, desk->now, err);
}

/* Runs it, or leaves a row for a person that says why it may not be. */
static int run(struct desk *desk, const struct cmd *c, struct err *err)
{
	struct err why = ERR_INIT;
	struct txn t;
	int verdict;

	if (command_of_hub(c, &why) < 0)
		return refuse(desk, c, why.text, err);
	/* Or one node could use up the names that another will give. */
	if (c->history.n <= 0 || id_node(c->history) != c->node)
		return refuse(desk, c, "it has no id of its node", err);
	if (command_run(desk->store, c, &t, &verdict, err) < 0)
		return -1;
	if (end(&t, c, verdict, desk->now, &why) == 0)
		return 0;
	if (why.kind != ERR_STORE)
		return refuse(desk, c, why.text, err);
	if (err)
		*err = why;
	return -1;
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
	if (run(desk, c, err) < 0)
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

/* ---- handed in ---- */

/* Two copies of one disk may have used a name for two commands: the second is named by what it
 * says, so that it too comes once. */
static void name_by_content(struct cmd *c)
{
	int64_t inc = 0;

	for (int i = 0; i < 8; i++)
		inc = (int64_t)((uint64_t)inc << 8 | c->hash[i]);
	c->inc = inc & INT64_MAX;
}

static int hand_in_one(struct desk *desk, const struct cmd *from, struct err *err)
{
	struct store *st = desk->store;
	struct cmd c = *from; /* its arguments stay the list's */
	unsigned char hash[32];
	struct txn t;
	bool there;
	int verdict;

	cmd_seal(&c);
	if (log_command(st, c.node, c.inc, c.n, hash, &there, err) < 0)
		return -1;
	if (there && memcmp(hash, c.hash, 32) != 0) {
		name_by_content(&c);
		if (log_command(st, c.node, c.inc, c.n, hash, &there, err) < 0)
			return -1;
	}
	if (there)
		return 0;
	/* Its own id may have been given again by the machine that is the node now; and whatever it
	 * says of itself, it is taken, or none behind it would be. */
	c.history = desk_new_id(desk);
	c.reverses = (struct id){ 0 };
	if (moment_none(c.at))
		c.at = desk->now;
	if (command_hand_in(st, &c, &t, &verdict, err) < 0)
		return -1;
	if (journal_end_logged(&t, &c, (enum verdict)verdict, desk->now, err) == 0)
		return 0;
	journal_abandon(&t);
	return -1;
}

/* Nobody vouches for that machine any more, so it does not fill the list, nor the disk: what it has
 * beyond that stays there until people have settled some. */
static int has_room(struct store *st, int node, struct err *err)
{
	int64_t n = 0, bytes = 0;

	if (clashes_handed_in(st, node, &n, &bytes, err) < 0)
		return -1;
	if (n < HANDED_MOST && bytes < HANDED_BYTES_MOST)
		return 0;
	return err_set(err, ERR_INPUT,
		       "%lld changes of node %d wait here: settle some, it has more.", (long long)n,
		       node);
}

int hand_in(struct desk *desk, int node, const struct cmds *list, struct err *err)
{
	if (list->n == 0)
		return 0;
	if (store_begin(desk->store, err) < 0)
		return -1;
	if (has_room(desk->store, node, err) < 0) {
		store_rollback(desk->store);
		return -1;
	}
	list_each (c, list) {
		c->node = node;
		if (hand_in_one(desk, c, err) < 0) {
			store_rollback(desk->store);
			return -1;
		}
	}
	return store_commit(desk->store, err);
}
