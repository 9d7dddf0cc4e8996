/*
 * talk.c: a node's end of one conversation: what comes goes in, what is to go goes out.
 *
 * While the hub waits for news, this database is looked at many times a second for what others do
 * in it: that costs microseconds, and is seen however they write.
 */
#include "sync/talk.h"

#include <string.h>

#include "clinic/desk.h"
#include "store/journal.h"
#include "store/store.h"
#include "store/uplink.h"

enum { LOOK_EVERY_MS = 100 };

int talk_begin(struct talk *t, struct desk *desk, const struct link_way *way, bool alone,
	       struct err *err)
{
	*t = (struct talk){
		.desk = desk,
		.line = { .stop = way->stop,
			  .say = way->say,
			  .patience = 1000 * (way->patience > 0 ? way->patience : PATIENCE_S) },
		.link = node_link_new(desk),
	};
	return node_link_start(t->link, err) < 0 ||
			       line_open(&t->line, way->command, alone, err) < 0
		       ? -1
		       : 0;
}

void talk_end(struct talk *t)
{
	if (t->line.child > 0) {
		/* A goodbye that does not go out at once is not worth waiting for. */
		t->line.patience = 0;
		t->line.stop = -1;
		node_link_bye(t->link);
		line_send(&t->line, node_link_out(t->link), NULL);
	}
	line_close(&t->line);
	node_link_free(t->link);
	t->link = NULL;
}

/* Has somebody here done something that is to go out, or asked for it? */
static bool news(struct talk *t)
{
	struct uplink u;
	bool pending = false;

	if (!store_changed(t->desk->store) || uplink_get(t->desk->store, &u, NULL) < 0 ||
	    journal_pending_any(t->desk->store, &pending, NULL) < 0)
		return false;
	if (u.poked == t->poked && !pending)
		return false;
	t->poked = u.poked;
	return true;
}

static int hear(struct talk *t, struct err *err)
{
	int64_t waits = node_link_waits(t->link), now;
	ssize_t n = line_receive(&t->line, LOOK_EVERY_MS, err);

	if (n < 0)
		return -1;
	now = world_ticks();
	if (n > 0) {
		t->heard = now;
		return node_link_in(t->link, t->line.piece, (size_t)n, err);
	}
	if (now - t->heard > t->line.patience + waits)
		return line_silent(err);
	if (waits > 0 && t->heeds && news(t)) {
		node_link_nudge(t->link);
		t->heard = now;
	}
	return 0;
}

int talk_until_idle(struct talk *t, struct err *err)
{
	t->heard = world_ticks();
	while (!node_link_idle(t->link))
		if (line_send(&t->line, node_link_out(t->link), err) < 0 || hear(t, err) < 0)
			return -1;
	return 0;
}
