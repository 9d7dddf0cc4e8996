/*
 * journal.h: commands kept as they ran, their effects captured and undone, the history of rows.
 */
#ifndef STORE_JOURNAL_H
#define STORE_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/id.h"
#include "base/world.h"
#include "store/txn.h"

/* A command as kept, and as the hub is told of it; args are the canonical bytes of base/args.h. */
struct cmd {
	int node;  /* whose: this one's, where it is read from the journal */
	int64_t k; /* its row here; 0 at the hub */
	int64_t inc, n, act;
	char type[32];
	int ver;
	char scope[32];
	struct id actor, history, reverses; /* reverses: the history row it took back, if any */
	struct moment at;
	void *args;
	size_t args_n;
	char told[16], verdict[16], state[12];
	unsigned char prev[32], hash[32]; /* of the command before it, and of this one after that */
};
void cmd_done(struct cmd *c);
/* hash from prev and the rest. */
void cmd_seal(struct cmd *c);
struct cmds {
	struct cmd *v;
	size_t n, cap;
};
void cmds_done(struct cmds *list);

/* Around a run: journal_start() makes the savepoint and, when capture is on, watches the synced
 * tables.  journal_end() writes history and command with the verdict; journal_abandon() takes
 * back all that the run wrote. */
int journal_start(struct txn *t, struct err *err);
int journal_end(struct txn *t, const char *name, int ver, const void *args, size_t n,
		enum verdict verdict, struct err *err);
void journal_abandon(struct txn *t);

/* The same for commands that are not new.  A node's own, run once more on what the log has brought:
 * its row gets the effect that it has now.  Another node's, run by the hub: an entry of the log,
 * `now` by the hub's clock. */
int journal_end_again(struct txn *t, const struct cmd *c, enum verdict verdict, struct err *err);
/* One of its own that could not be run once more: it changes nothing here, until the hub has said
 * what becomes of it. */
int journal_again_failed(struct store *st, const struct cmd *c, struct err *err);
int journal_end_logged(struct txn *t, const struct cmd *c, enum verdict verdict, struct moment now,
		       struct err *err);

/* Sync's own undo, never shown to people: takes back the captured effects of all pending commands,
 * as one; inside a change. */
int journal_take_back(struct store *st, struct err *err);
/* Those that the log has not yet, oldest first, after row k; at most max. */
int journal_pending(struct store *st, int64_t after, int max, struct cmds *ret, struct err *err);
/* Is there any?  Costs the same however many there are. */
int journal_pending_any(struct store *st, bool *ret, struct err *err);
/* The hash of one by its name (*ret false: it is not here). */
int journal_hash(struct store *st, int64_t inc, int64_t n, unsigned char ret_hash[32], bool *ret,
		 struct err *err);

/* The one of a name, if it is here. */
int journal_named(struct store *st, int64_t inc, int64_t n, struct cmds *ret, struct err *err);

/* The commands of one user act, oldest first. */
int journal_act(struct store *st, int64_t act, struct cmds *ret, struct err *err);
/* The command of a history row (ERR_MISSING if it ran elsewhere). */
int journal_of(struct store *st, struct id history, struct cmd *ret, struct err *err);
/* The numbers of this user's last `steps` acts since a moment, newest first, those of them that
 * were not yet taken back, at most `max`.  Commands of the type `aside` are passed over. */
int journal_last_acts(struct store *st, struct id actor, struct moment since, const char *aside,
		      int steps, int max, int64_t *ret_acts, int *ret_n, struct err *err);

/* One row of the history, as people read it. */
struct event {
	struct id id, subject, actor, reverses;
	struct moment at;
	int64_t act;
	char user[32], name[32], type[20], what[240], why[240];
};
struct events {
	struct event *v;
	size_t n, cap;
};
int history_get(struct store *st, struct id history, struct event *ret, struct err *err);
int history_of(struct store *st, struct id subject, struct events *ret, struct err *err);
/* The last event of a subject that was neither taken back nor itself a taking back; id none if
 * there is none. */
int history_last(struct store *st, struct id subject, struct event *ret, struct err *err);
/* Who changed the subject last; id none if nobody did. */
int history_actor(struct store *st, struct id subject, struct id *ret, struct err *err);
/* Who changed the subject after `since`, leaving out act `act` and what was taken back again; id
 * none if nobody. */
int history_since(struct store *st, struct id subject, struct id since, int64_t act,
		  struct event *ret, struct err *err);
/* The event that took `history` back; id none if none did. */
int history_reversal(struct store *st, struct id history, struct event *ret, struct err *err);

/* Openings of records; outside a change (it makes its own). */
int viewed_put(struct store *st, struct id user, struct moment at, const char *type,
	       struct id subject, struct err *err);

/* Walks both chains (commands and openings).  ERR_STORE names the first row that does not fit. */
int journal_verify(struct store *st, int64_t *ret_cmds, int64_t *ret_views, struct err *err);

#endif
