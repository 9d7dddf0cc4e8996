/*
 * follow.c: a node that stays connected.
 *
 * It goes on for ever: a line that breaks, a hub that hangs or talks nonsense, a disk that is full
 * or a database that is busy are all tried again, later and later, and never by all nodes at once.
 * It ends when it is told to, or when trying again would not help: the hub has a word to say to a
 * person, or this copy is damaged.  How it is, it writes down for the screens (store/uplink.h).
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "clinic/desk.h"
#include "store/store.h"
#include "store/uplink.h"
#include "sync/talk.h"

enum {
	WAIT_MS = 25000, /* that the hub keeps a PULL for want of news */
	GOOD_S = 120,	 /* that the hub was in reach is written so far ahead */
	BACKOFF_FIRST = 1000,
	BACKOFF_MOST = 60000,
	REST_LOOK = 200
};

struct follower {
	struct desk *desk;
	const struct link_way *way;
	int64_t poked;
	int backoff;
	bool connected;	     /* was in step since it connected */
	bool again;	     /* has said hello anew at once, and was not in step since */
	char said[256];	     /* the last failure that was said */
	bool refused, ended; /* of the last conversation: see struct line */
};

static void say(struct follower *f, const char *text)
{
	if (f->way->say)
		f->way->say(text);
}

/* ---- one conversation ---- */

static int in_step(struct follower *f, struct talk *t, struct err *err)
{
	if (talk_until_idle(t, err) < 0)
		return -1;
	if (!f->connected) {
		say(f, "In step with the hub.");
		f->said[0] = '\0';
		if (node_link_ahead(t->link) != 0)
			say(f,
			    "This clock and the hub's are minutes apart: put the wrong one right.");
	}
	f->connected = true;
	f->again = false;
	f->backoff = BACKOFF_FIRST;
	uplink_up(f->desk->store, f->desk->now, GOOD_S, NULL);
	return 0;
}

/* Comes back when it broke, or was told to stop. */
static void stay(struct follower *f, struct err *err)
{
	struct talk t;
	int rc = talk_begin(&t, f->desk, f->way, true, err);

	f->connected = false;
	t.poked = f->poked;
	t.heeds = true;
	while (rc == 0) {
		rc = in_step(f, &t, err);
		if (rc == 0)
			rc = node_link_turn(t.link, WAIT_MS, err);
	}
	f->poked = t.poked;
	f->refused = t.line.refused;
	f->ended = t.line.stopped;
	talk_end(&t);
}

/* ---- between two ---- */

static bool told_to_stop(const struct follower *f, int ms)
{
	struct pollfd p = { .fd = f->way->stop, .events = POLLIN };

	return poll(&p, 1, ms) > 0;
}

static bool was_poked(struct follower *f)
{
	struct uplink u;

	if (!store_changed(f->desk->store) || uplink_get(f->desk->store, &u, NULL) < 0 ||
	    u.poked == f->poked)
		return false;
	f->poked = u.poked;
	return true;
}

/* Nodes that lost the hub together do not come back together. */
static void rest(struct follower *f)
{
	unsigned char chance;
	int64_t until;

	f->desk->world->chance(f->desk->world, &chance, 1);
	until = world_ticks() + f->backoff / 2 + f->backoff * chance / 512;
	while (world_ticks() < until && !f->ended && !was_poked(f))
		f->ended = told_to_stop(f, REST_LOOK);
	f->backoff = f->backoff * 2 < BACKOFF_MOST ? f->backoff * 2 : BACKOFF_MOST;
}

/* Will trying again not help? */
static bool for_good(const struct follower *f, const struct err *why)
{
	if (why->kind == ERR_LINK || why->kind == ERR_CLASH || f->refused)
		return false;
	return !(why->kind == ERR_STORE && why->passes);
}

static void note(struct follower *f, const struct err *why, bool person)
{
	desk_tick(f->desk);
	uplink_lost(f->desk->store, f->desk->now, why->text, person, NULL);
	/* With the last one it ends, and whoever began it says why. */
	if (for_good(f, why))
		return;
	if (strcmp(f->said, why->text) == 0)
		return;
	say(f, why->text);
	memcpy(f->said, why->text, sizeof f->said);
}

/* Its names are used by others: it says hello under new ones, at once, but not for ever. */
static bool at_once(struct follower *f, const struct err *why)
{
	bool now = why->kind == ERR_CLASH && !f->again;

	f->again = why->kind == ERR_CLASH;
	return now;
}

static int follow(struct follower *f, struct err *err)
{
	while (!f->ended && !told_to_stop(f, 0)) {
		struct err why = ERR_INIT;

		stay(f, &why);
		if (f->ended)
			break;
		if (for_good(f, &why)) {
			note(f, &why, true);
			if (err)
				*err = why;
			return -1;
		}
		if (at_once(f, &why))
			continue;
		note(f, &why, f->refused);
		rest(f);
	}
	desk_tick(f->desk);
	uplink_lost(f->desk->store, f->desk->now, "Nobody keeps the line: sync follow was stopped.",
		    false, NULL);
	return 0;
}

/* Two would only be in each other's way. */
static int only_one(struct desk *desk, int *ret_fd, struct err *err)
{
	char *name = mem_printf("%s-follow", store_path(desk->store));
	int fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0660);
	/* The process's own: one that it is just beginning, when it is killed, does not keep it. */
	struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

	if (fd < 0)
		err_set(err, ERR_STORE, "Cannot open %s (%s): give this user the folder.", name,
			strerror(errno));
	mem_free(name);
	if (fd < 0)
		return -1;
	if (fcntl(fd, F_SETLK, &whole) < 0) {
		close(fd);
		return err_set(err, ERR_CLASH,
			       "Another sync follow keeps the line of this database already.");
	}
	*ret_fd = fd;
	return 0;
}

int link_follow(struct desk *desk, const struct link_way *way, struct err *err)
{
	struct follower f = { .desk = desk, .way = way, .backoff = BACKOFF_FIRST };
	struct uplink u;
	int fd = -1, rc;

	if (!store_joined(desk->store))
		return err_set(err, ERR_INPUT, "This database has joined no hub: sync join.");
	if (uplink_get(desk->store, &u, err) < 0 || only_one(desk, &fd, err) < 0)
		return -1;
	f.poked = u.poked;
	rc = follow(&f, err);
	close(fd);
	return rc;
}
