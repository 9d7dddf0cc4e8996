/*
 * join.h: a new node's end of its first conversation: a copy of the hub's database, and what it is
 * from then on.
 */
#ifndef SYNC_JOIN_H
#define SYNC_JOIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/world.h"

struct join_link;

/* path: of the database to be made, which may not exist yet.  via: how the hub is
 * reached, kept in it. */
struct join_link *join_link_new(const char *path, const char *via, struct world *world);
void join_link_free(struct join_link *link); /* what is not whole is removed */

/* The database there is a node's that gets a new copy: `old`, which is frozen (store_freeze()).  It
 * is kept as `kept` beside the new one, which stays that node and has what it had not told the hub.
 */
struct store;
void join_link_again(struct join_link *link, struct store *old, const char *kept);
int64_t join_link_pending(const struct join_link *link); /* how much that is */

int join_link_start(struct join_link *link, struct err *err);
int join_link_in(struct join_link *link, const void *bytes, size_t n, struct err *err);
struct buf *join_link_out(struct join_link *link);
bool join_link_done(const struct join_link *link);
int join_link_node(const struct join_link *link); /* which it is */

#endif
