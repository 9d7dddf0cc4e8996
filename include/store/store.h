/*
 * store.h: the database: opening it, one change at a time, and what this node is.
 *
 * Always holds: a change is one transaction of one process; who wants to write queues on a lock
 * file beside the database first, so that writers are served in turn instead of starving each
 * other. No read is left open between two keys.  What was committed is on the disk
 * (synchronous=FULL).
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/id.h"
#include "base/world.h"

struct store;

/* What this database is; read when it is opened and again at the start of every change. */
struct me {
	int node;
	char region[40]; /* UUID */
	char role[8];	 /* alone node hub */
	int64_t inc, next_n, next_act, last_id;
	int64_t turn; /* commits that were not quiet */
	bool practice;
	int64_t clock_at, clock_set; /* practice: the clock showed clock_at when the machine's
					showed clock_set */
	unsigned char cmd_hash[32], view_hash[32];

	/* Once joined: how far this copy of the log's effects goes; at the hub, how far the log
	 * does. */
	int schema;
	int64_t epoch, seq, head; /* head: of the hub's log, as last heard */
	unsigned char hash[32];	  /* of entry seq */
	bool holds_ok; /* may its own slots be confirmed? not between a restore and a sync */
	bool restored; /* the witness knows of commands that are not here: a new life must begin */
	int lives;     /* how often it was; -1: not known */
	struct moment synced_at;
	char via[256];	   /* the command that reaches the hub */
	char stopped[256]; /* why no more of the log is taken; "": it is */
	char gone[12];	   /* excluded or replaced: what was not sent is handed in; "": neither */
};

struct store_new {
	int node;	    /* 1 for the first */
	const char *region; /* UUID; NULL makes one */
	const char *role;   /* alone or hub */
	bool practice;
	int64_t clock_at, clock_set;
	int64_t inc; /* random number of this incarnation */
};

/* Makes a new database file.  Refuses (ERR_CLASH) a path that exists; on failure nothing is left.
 */
int store_create(const char *path, const struct store_new *want, struct err *err);

/* Opens one, bringing an older schema up to date after a backup copy beside it.  busy_ms: how long
 * to queue for a change before ERR_STORE.  Refused: no such file (ERR_MISSING); no database, not
 * ohdesk's, or of a newer schema (ERR_STORE). */
int store_open(const char *path, int busy_ms, struct store **ret, struct err *err);
void store_close(struct store *st);

const struct me *store_me(const struct store *st);
/* Joined to a hub that is another database? */
bool store_joined(const struct store *st);
/* May this node confirm at once in a slot that `holder` holds? */
bool store_holds(const struct store *st, int holder);
const char *store_path(const struct store *st);

/* A change: queue, begin, read `me` anew.  Everything until the commit is all or nothing. */
int store_begin(struct store *st, struct err *err);
int store_commit(struct store *st, struct err *err); /* on failure nothing was kept */

/* A change about this moment of this machine, like a desk hold: queues `ms` at most, and its commit
 * does not wait for the disk.  A killed process loses nothing of it, a power cut may.  quiet: no
 * other desk shows what it writes, so none is to read anew for it. */
int store_begin_light(struct store *st, int ms, bool quiet, struct err *err);
void store_rollback(struct store *st);
bool store_in_change(const struct store *st);

/* The whole database is one file that nobody else reads or writes, until store_thaw(); or until
 * store_close(), when another was put in its place.  ERR_CLASH when somebody else has it open. */
int store_freeze(struct store *st, struct err *err);
void store_thaw(struct store *st);

/* Several reads that must agree see one state.  Never held while waiting for a key. */
int store_look(struct store *st, struct err *err);
void store_look_end(struct store *st);

/* Has anybody else committed, not quietly, since the last call?  Costs microseconds. */
bool store_changed(struct store *st);

/* A new id; only inside a change, kept with its commit.  millis: the world's clock. */
struct id store_new_id(struct store *st, int64_t millis);
/* The first of n ids in a row. */
struct id store_new_ids(struct store *st, int64_t millis, int64_t n);

/* The change under way uses up the next act number. */
void store_use_act(struct store *st);

/* The next number people read: count of `name` (MSK-26) in this database, from 1. */
int store_next_number(struct store *st, const char *name, int64_t *ret, struct err *err);

/* Capture of effects (journal.c): on by itself once joined; tests turn it on before. */
void store_capture(struct store *st, bool on);

/* For a long change that is all or nothing, like an import: more memory for pages (64 MiB, not the
 * usual half), else every page it touches is written out many times; and no savepoint around each
 * command, which would copy them as often.  A command that fails then ends the whole change. */
void store_roomy(struct store *st, bool on);

/* Copies the whole database into the file `path` at one moment, while others work.  It has that
 * name when it is whole, and takes the place of what had it; who is stopped in the middle leaves
 * only path-part-N, N the process. */
int store_copy(struct store *st, const char *path, struct err *err);

/* The same into a file without a name, open for reading: it goes when `*ret` is closed, however.
 * What processes that were stopped left of theirs is removed first. */
int store_copy_open(struct store *st, int *ret, struct err *err);

#endif
