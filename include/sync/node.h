/*
 * node.h: a node's end of one conversation with its hub: bytes in, bytes out.
 *
 * A turn: push all that is pending, pull until the log's end, do what is this node's to do as a
 * holder (answer requests, free slots of cancelled appointments), and push that.  The commands are
 * acknowledged by coming back in the log, never by the hub's word.
 */
#ifndef SYNC_NODE_H
#define SYNC_NODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/alloc.h"
#include "base/err.h"

struct desk;
struct node_link;

struct node_link *node_link_new(struct desk *desk);
void node_link_free(struct node_link *link);

/* Says who is here; ERR_STORE when sync is stopped at this node, with the reason. */
int node_link_start(struct node_link *link, struct err *err);
/* Takes what came.  -1: over.  ERR_LINK: try again later; ERR_CLASH: try again at once; other
 * kinds: a person is needed. */
int node_link_in(struct node_link *link, const void *bytes, size_t n, struct err *err);
struct buf *node_link_out(struct node_link *link);

/* In step: nothing pending, nothing to pull, nothing to do. */
bool node_link_idle(const struct node_link *link);
/* When idle: another turn, waiting up to wait_ms at the hub for news; or goodbye. */
int node_link_turn(struct node_link *link, int wait_ms, struct err *err);
void node_link_bye(struct node_link *link);

/* How long the hub may keep its answer for want of news; 0: it has no reason to. */
int node_link_waits(const struct node_link *link);
/* There is something new here: the hub is asked not to wait any longer. */
void node_link_nudge(struct node_link *link);

/* Seconds that the hub's clock is ahead, when that is too much to be nothing. */
int64_t node_link_ahead(const struct node_link *link);

#endif
