/* talk.h: a node's end of one conversation, on its line (private to sync). */
#ifndef SYNC_TALK_H
#define SYNC_TALK_H

#include "sync/line.h"
#include "sync/link.h"
#include "sync/node.h"

enum { PATIENCE_S = 30 }; /* unless the way says otherwise */

struct talk {
	struct desk *desk;
	struct line line;
	struct node_link *link;
	bool heeds;    /* what changes here is sent at once, however long the hub waits */
	int64_t heard; /* when something last came, by world_ticks() */
	int64_t poked; /* uplink.poked, as far as it was heeded */
};

/* The caller ends it, whatever this gives. */
int talk_begin(struct talk *t, struct desk *desk, const struct link_way *way, bool alone,
	       struct err *err);
/* Until the node is in step. */
int talk_until_idle(struct talk *t, struct err *err);
void talk_end(struct talk *t);

#endif
