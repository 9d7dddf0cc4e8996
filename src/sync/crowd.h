/*
 * crowd.h: how many lines, and copies under way, the hub has of one node at once (private to sync).
 *
 * A key that opens the door opens it as often as its holder likes.  A line that broke may be found
 * out late, so a node may have some; each copy takes the disk for the whole database.
 */
#ifndef SYNC_CROWD_H
#define SYNC_CROWD_H

#include "base/err.h"

struct store;

enum { CROWD_LINES = 16, CROWD_COPIES = 3 };

/* One more; the bound ends with close(*ret_fd), or with the process.  ERR_CLASH: there are as many
 * as may be. */
int crowd_line(struct store *st, int node, int *ret_fd, struct err *err);
int crowd_copy(struct store *st, int node, int *ret_fd, struct err *err);

#endif
