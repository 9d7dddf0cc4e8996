/*
 * messages.h: messages as rows, and this node's tries to send them.
 *
 * Tries are a local table.  outbox_try_begin() is to be committed before the command is run: a try
 * that has no end is then the mark of a message that may have left.
 */
#ifndef STORE_MESSAGES_H
#define STORE_MESSAGES_H

#include "base/err.h"
#include "base/process.h"
#include "model/message.h"
#include "store/people.h"
#include "store/store.h"
#include "store/txn.h"

/* By id; ERR_MISSING in words. */
int msg_get(struct store *st, struct id id, struct msg *ret, struct err *err);

/* All about one appointment, oldest first; a person's, newest first. */
int msgs_of_appt(struct store *st, struct id appt, struct msgs *ret, struct err *err);
int msgs_of_person(struct store *st, struct id person, int limit, struct msgs *ret,
		   struct err *err);

/* What is in one of these states (bits 1 << enum msg_state), oldest first; of what has ended only
 * what did so since. */
int msgs_in(struct store *st, unsigned states, struct moment since, int limit, struct msgs *ret,
	    struct err *err);
/* How many should have left before that moment, and wait. */
int msgs_stuck(struct store *st, struct moment before, int *ret, struct err *err);
/* How many nobody has settled that did not go. */
int msgs_dead(struct store *st, int *ret, struct err *err);

/* Appointments of a day at this node's sites, of people who may be sent something, that start after
 * a moment and of whose time nobody was told since another: at most `limit`. */
int msgs_to_remind(struct store *st, struct date day, struct moment after, struct moment since,
		   int limit, struct ids *ret, struct err *err);

/* The first of those channels (bits 1 << enum msg_channel) that this node is to send now: queued,
 * its time come, not being tried, and none before it about the same appointment is; reminders not
 * by night.  False in *ret_found: none. */
int msg_due(struct store *st, struct moment now, unsigned channels, bool night, struct msg *ret,
	    bool *ret_found, struct err *err);
/* Queued ones that are out of date. */
int msgs_late(struct store *st, struct moment now, struct msgs *ret, struct err *err);

/* ---- tries ---- */

struct outbox_try {
	struct id message;
	int n;
	struct moment began;
	struct process by;
};
struct outbox_tries {
	struct outbox_try *v;
	size_t n, cap;
};
/* Inside a change. */
int outbox_try_begin(struct store *st, struct id message, struct moment now, struct process by,
		     int *ret_n, struct err *err);
/* *ret_ended false: somebody has ended it before. */
int outbox_try_end(struct store *st, struct id message, int n, struct moment now,
		   const char *result, const char *why, struct moment next_at, bool *ret_ended,
		   struct err *err);
/* Tries without an end. */
int outbox_tries_open(struct store *st, struct outbox_tries *ret, struct err *err);
/* From now on its tries count anew. */
int outbox_tries_forget(struct store *st, struct id message, struct err *err);

/* ---- in a run ---- */

/* All of a command's, in that state; the scope is that of the rows the command writes. */
void msgs_put(struct txn *t, const struct new_msgs *msgs, const char *scope, enum msg_state state);
/* Those that have not left are out of date. */
void msgs_withdraw(struct txn *t, const struct msg_ids *ids, const char *why);
/* Does a call wait with a request for its slot?  What waits with one goes when it is confirmed, a
 * call by its task, and does not when it is declined. */
bool msgs_call(struct txn *t, struct id appt);
void msgs_confirmed(struct txn *t, struct id appt, struct id task);
void msgs_declined(struct txn *t, struct id appt);
/* What was to be said about it is over: none is to leave any more, nobody rings about it.  Without
 * `all` those of the command's own node stay: its check knew them, and which are just leaving. */
void msgs_over(struct txn *t, struct id appt, bool all, const char *why);
/* Has another message about it left, or is one to? */
bool msgs_informed(struct txn *t, struct id appt, struct id except);
/* What became of one; false when it is not there.  task: none leaves what stands there. */
bool msg_set(struct txn *t, struct id id, enum msg_state state, const char *why, struct id task);
bool msg_read(struct txn *t, struct id id, struct msg *ret);

#endif
