/* replay.h: the two places where commands are run that are not new (private to sync). */
#ifndef SYNC_REPLAY_H
#define SYNC_REPLAY_H

#include "base/err.h"
#include "clinic/desk.h"
#include "store/journal.h"
#include "store/log.h"

/* A node takes entries of the log in, and runs its pending commands again on top of them; one
 * change, whole or not at all.  An alarm stops this node's sync for good (store/replica.h), and is
 * told as ERR_STORE with the reason. */
int replay(struct desk *desk, const struct log_entries *list, struct err *err);

/* What is pending is run on tables that do not have it; one change. */
int replay_pending(struct store *st, struct err *err);

/* The hub runs commands of a node, each exactly once, and logs them; one change.  A command that is
 * in the log already is passed over.  ERR_CLASH: the log has another one of that name (a copy of
 * the node is at work); ERR_LINK: one before it is missing. */
int execute(struct desk *desk, int node, const struct cmds *list, struct err *err);

/* The hub takes what a machine had not sent before it was excluded or replaced: each command once,
 * as a row for a person; one change.  ERR_INPUT when too many of them wait there already. */
int hand_in(struct desk *desk, int node, const struct cmds *list, struct err *err);

#endif
