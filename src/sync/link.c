/*
 * link.c: the hub's end on its line, a node's for one turn, and a new node's.
 *
 * Writes and reads are waited for, one after the other: in this protocol each end has read all that
 * it was sent before it says much, so neither can wait for the other for ever.
 */
#include "sync/link.h"

#include <unistd.h>

#include "clinic/desk.h"
#include "store/store.h"
#include "store/uplink.h"
#include "sync/crowd.h"
#include "sync/hub.h"
#include "sync/join.h"
#include "sync/talk.h"

enum {
	LOOK_EVERY_MS = 50,	    /* at the log, while a node waits for news */
	SERVE_PATIENCE_MS = 600000, /* a node that says nothing for so long is gone */
	RUN_GOOD_S = 15 * 60	    /* whoever runs turns by the clock does so more often */
};

/* ---- the hub's end ---- */

/* What came, or that the other end is gone. */
static int serve_what_came(struct line *line, struct hub_link *link, int64_t ms, bool *over,
			   struct err *err)
{
	ssize_t n = line_receive(line, ms, NULL);

	*over = n < 0 || (n == 0 && !hub_link_waits(link));
	if (n > 0)
		return hub_link_in(link, line->piece, (size_t)n, err);
	return *over ? 0 : hub_link_wait(link, 0, err);
}

static int serve_turn(struct line *line, struct hub_link *link, bool *over, struct err *err)
{
	if (hub_link_more(link, err) < 0)
		return -1;
	if (hub_link_out(link)->n > 0 || hub_link_over(link))
		return 0;
	return serve_what_came(line, link, hub_link_waits(link) ? LOOK_EVERY_MS : SERVE_PATIENCE_MS,
			       over, err);
}

int link_serve(struct desk *desk, int node, bool old, struct err *err)
{
	struct hub_link *link = hub_link_new(desk, node);
	struct line line = { .stop = -1, .patience = SERVE_PATIENCE_MS };
	bool over = false;
	struct err why = ERR_INIT;
	int rc = 0, place = -1;

	if (old)
		hub_link_old(link);
	line_own(&line);
	if (crowd_line(desk->store, node, &place, &why) < 0) {
		hub_link_refuse(link, &why);
		line_send(&line, hub_link_out(link), NULL);
		rc = err_set(err, why.kind, "%s", why.text);
	}
	while (rc == 0 && !over && !hub_link_over(link)) {
		rc = serve_turn(&line, link, &over, err);
		/* Its last words go out whatever they were about, and then all is said. */
		if (line_send(&line, hub_link_out(link), NULL) < 0)
			over = true;
		else if (hub_link_over(link))
			rc = 0;
	}
	line_close(&line);
	hub_link_free(link);
	if (place >= 0)
		close(place);
	return rc;
}

/* ---- one turn of a node ---- */

static int turn(struct desk *desk, const struct link_way *way, struct err *err)
{
	struct talk t;
	int rc = talk_begin(&t, desk, way, false, err);

	if (rc == 0)
		rc = talk_until_idle(&t, err);
	if (rc == 0 && node_link_ahead(t.link) != 0)
		desk_warn(desk, "This clock and the hub's are %lld minutes apart.",
			  (long long)(node_link_ahead(t.link) / 60));
	talk_end(&t);
	return rc;
}

int link_run(struct desk *desk, const struct link_way *way, struct err *err)
{
	struct err why = ERR_INIT;
	int rc = turn(desk, way, &why);

	/* It has begun a new life: under that it says hello once more.  It may learn only then that
	 * names of what waits are used too. */
	for (int more = 0; more < 3 && rc < 0 && why.kind == ERR_CLASH; more++) {
		err_clear(&why);
		rc = turn(desk, way, &why);
	}
	/* How it went is for the screens, and no more than that. */
	if (rc == 0)
		uplink_up(desk->store, desk->now, RUN_GOOD_S, NULL);
	else if (store_joined(desk->store))
		uplink_lost(desk->store, desk->now, why.text, why.kind != ERR_LINK && !why.passes,
			    NULL);
	if (rc < 0 && err)
		*err = why;
	return rc;
}

/* ---- a new node ---- */

static int fetch(struct line *line, struct join_link *link, struct err *err)
{
	while (!join_link_done(link)) {
		ssize_t n;

		if (line_send(line, join_link_out(link), err) < 0)
			return -1;
		n = line_receive(line, line->patience, err);
		if (n == 0)
			return line_silent(err);
		if (n < 0 || join_link_in(link, line->piece, (size_t)n, err) < 0)
			return -1;
	}
	return 0;
}

static int join(struct join_link *link, const char *command, struct err *err)
{
	/* A copy of a large database takes the hub some minutes to make. */
	struct line line = { .stop = -1, .patience = SERVE_PATIENCE_MS };
	int rc = join_link_start(link, err);

	if (rc == 0)
		rc = line_open(&line, command, false, err);
	if (rc == 0) {
		rc = fetch(&line, link, err);
		line_close(&line);
	}
	return rc;
}

int link_join(const char *path, const char *via, const char *command, struct world *world,
	      int *ret_node, struct err *err)
{
	struct join_link *link = join_link_new(path, via, world);
	int rc = join(link, command, err);

	if (rc == 0)
		*ret_node = join_link_node(link);
	join_link_free(link);
	return rc;
}

int link_join_again(const char *path, const char *via, const char *command, struct world *world,
		    const char *kept, int64_t *ret_pending, struct err *err)
{
	struct join_link *link;
	struct store *old;
	int rc;

	if (store_open(path, 5000, &old, err) < 0)
		return -1;
	if (store_freeze(old, err) < 0) {
		store_close(old);
		return -1;
	}
	link = join_link_new(path, via, world);
	join_link_again(link, old, kept);
	rc = join(link, command, err);
	if (rc == 0)
		*ret_pending = join_link_pending(link);
	join_link_free(link);
	/* What is kept under another name by now is not written any more. */
	if (rc < 0)
		store_thaw(old);
	store_close(old);
	return rc;
}
