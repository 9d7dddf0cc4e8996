/*
 * replica.h: a joined node's copy kept in step with the hub's log.
 *
 * Always holds: the synced tables are what the log's entries 1..me.seq made of them, and this
 * node's pending commands on top.  So taking entries in is always the same five steps, in one
 * change: take the pending commands back (journal_take_back), apply the entries, mark the own ones
 * among them as done, run those that are still pending once more (sync/replay.c), commit.  A crash
 * anywhere leaves the old state.
 *
 * Fail closed: an entry that does not follow, that fits the tables here otherwise than it says, or
 * that meets another row than it expects, is not skipped: this node takes no more of the log
 * (me.stopped) until somebody gives it a new copy, and work on it goes on.
 */
#ifndef STORE_REPLICA_H
#define STORE_REPLICA_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/id.h"
#include "base/world.h"
#include "model/attention.h"
#include "store/log.h"

struct cmd;
struct id_list;
struct store;

/* Numbers for people that a life of a node may have given without anybody hearing of it. */
enum { NUMBERS_GAP = 1000 };

/* Inside a change, with nothing pending in the tables.  *ret_alarm: it is no full disk that failed
 * it, and trying again will not help. */
int replica_apply(struct store *st, const struct log_entries *list, bool *ret_alarm,
		  struct err *err);

/* Own commands among the entries are done, with what came of them.  *ret_forked: one of this life
 * is not here, or otherwise: the copy was rolled back, or there are two of it.  Ids that another
 * copy or a forgotten life gave out are added to ret_taken, and are not given out here again. */
int replica_take_own(struct store *st, const struct log_entries *list, bool *ret_forked,
		     struct id_list *ret_taken, struct err *err);

/* A new life of this node: commands have new names from here on, its holds are not used until it
 * has all of the log, and numbers that people read leave a gap.  `inc` from chance.  Inside a
 * change. */
int replica_reborn(struct store *st, int64_t inc, struct err *err);
/* The same, where names of commands that are still pending are used by others already. */
int replica_forked(struct store *st, int64_t inc, struct err *err);
/* A pending command is kept with other ids than it had; replica_forked() seals it anew. */
int replica_rewrite(struct store *st, const struct cmd *c, struct err *err);

/* No more of the log, and why.  Makes its own change. */
int replica_stop(struct store *st, const char *why, struct err *err);

/* This copy is that of a machine which is the node no more (excluded, replaced): what it has not
 * sent is handed in, and it confirms nothing.  Makes its own change. */
int replica_gone(struct store *st, const char *how, const char *why, struct err *err);
/* What was pending up to row k of the journal has been handed in.  Makes its own change. */
int replica_handed(struct store *st, int64_t k, struct err *err);
int replica_handed_count(struct store *st, int64_t *ret, struct err *err);

/* The log's end as the hub said it, and that this node had reached it, then.  Makes its own change
 * when something is new. */
int replica_heard(struct store *st, int64_t head, bool reached, struct moment now, struct err *err);

/* Own requests that have been answered since: they are told.  Inside a change. */
int replica_answers(struct store *st, struct err *err);

/* A digest of all synced tables, equal where nothing in them differs. */
int replica_digest(struct store *st, unsigned char ret[32], struct err *err);

/* ---- a copy becomes a node ---- */

/* The database at `path`, a copy of the hub's (store_copy), becomes node `node`: the same tables,
 * and a journal, holds and local rows of its own.  via: the command that reaches the hub. */
int replica_begin(const char *path, int node, int64_t inc, const char *via, struct err *err);
/* The same for a node that takes a new copy in the place of a damaged or stopped one: it stays who
 * it is, with its journal and its local rows.  What it had told the hub is done, and what it had
 * not told is to be run again on top (sync/replay.h).  old: frozen.  *ret_pending: how much that
 * is. */
int replica_begin_again(const char *path, struct store *old, const char *via, int64_t *ret_pending,
			struct err *err);
/* This database, alone until now, becomes a hub: its log begins.  Inside a change. */
int replica_hub(struct store *st, struct err *err);

/* ---- how it stands ---- */

struct sync_state {
	int64_t pending, behind, conflicts, attention;
};
/* Reads `me` anew.  A few steps, however much there is: clashes and attention are counted up to
 * `most`. */
int replica_state(struct store *st, int most, struct sync_state *ret, struct err *err);

/* What came of own acts otherwise than the screen had said, newest first. */
int replica_attention(struct store *st, struct attentions *ret, struct err *err);
/* One of them was read; *ret false when it was before.  Inside a change. */
int attention_read(struct store *st, int64_t act, struct moment now, bool *ret, struct err *err);

/* ---- at the hub: how far each node has come ---- */

struct node_pos {
	int64_t k; /* 0: the hub does not know this incarnation */
	int64_t inc, last_n;
	unsigned char last_hash[32];
	bool newest; /* of its node */
	bool gone;   /* on a machine that was excluded or replaced */
};
int node_pos_get(struct store *st, int node, int64_t inc, struct node_pos *ret, struct err *err);
/* Inside a change. */
int node_pos_put(struct store *st, int node, const struct node_pos *pos, struct err *err);
int node_pos_seen(struct store *st, int node, int64_t inc, int64_t pulled, const char *program,
		  struct moment now, struct err *err);
int node_pos_pulled(struct store *st, int node, int64_t inc, int64_t pulled, struct moment now,
		    struct err *err);
/* Of its newest life that was heard of; lives 0: none was, or this is not the hub. */
struct node_seen {
	int64_t lives, last_n, pulled;
	struct moment at;
};
int node_seen_get(struct store *st, int node, struct node_seen *ret, struct err *err);
/* The lives that it had until now are over; inside a change. */
int node_pos_gone(struct store *st, int node, struct err *err);
/* on, off, or "" where there is no such row. */
int node_state(struct store *st, int node, char ret[8], struct err *err);
/* Is the node's row there and on?  A number without a row is none. */
int node_known(struct store *st, int node, bool *ret, struct err *err);

#endif
