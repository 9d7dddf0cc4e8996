/*
 * link.h: the line between two ends: a command that is started, its input and output; or one's own.
 *
 * The only part of sync that waits.  A command that reaches the hub is anything whose input and
 * output are the hub's end (`sync serve`): ssh with a key of its own, in the end.
 */
#ifndef SYNC_LINK_H
#define SYNC_LINK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/world.h"

struct desk;

/* How the hub is reached, and when that is given up. */
struct link_way {
	const char *command;
	int patience;		       /* seconds that it may be silent; 0: as many as is usual */
	int stop;		       /* a descriptor: readable, it is time to end; -1: none */
	void (*say)(const char *line); /* what happens, for a log; may be NULL */
};

/* The hub's end, on standard input and output, until the other one hangs up.  old: the
 * machine at the other end was replaced, and hands in what it had not sent. */
int link_serve(struct desk *desk, int node, bool old, struct err *err);

/* One turn: everything out, everything in; over when this node is in step. */
int link_run(struct desk *desk, const struct link_way *way, struct err *err);

/* Stays connected, and connects again for ever: what is done here goes out and what is done
 * elsewhere comes in within a second.  0: told to stop.  -1: a person is needed (ERR_CLASH: one
 * follows already). */
int link_follow(struct desk *desk, const struct link_way *way, struct err *err);

/* Makes a new node's database; *ret_node is its number.  via: what it keeps of how the hub is
 * reached, an address for ssh (sync/ssh.h) or a command. */
int link_join(const char *path, const char *via, const char *command, struct world *world,
	      int *ret_node, struct err *err);

/* A node's damaged or stopped database gets a new copy in its place.  It stays that node, with what
 * it had not told the hub (*ret_pending commands); the old file is kept as `kept`.  A crash leaves
 * either.
 */
int link_join_again(const char *path, const char *via, const char *command, struct world *world,
		    const char *kept, int64_t *ret_pending, struct err *err);

#endif
