/*
 * link.c: the line between two ends.
 *
 * Writes block and reads are waited for, one after the other: in this protocol each end has read
 * all that it was sent before it says much, so neither can wait for the other for ever.
 */
#include "sync/link.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "clinic/desk.h"
#include "store/store.h"
#include "sync/hub.h"
#include "sync/join.h"
#include "sync/node.h"

enum { PIECE = 65536, NEWS_EVERY = 100, FOLLOW_WAIT = 700, BACKOFF_MOST = 60000 };

struct line {
	int in, out;
	pid_t child;
};

/* ---- a command at the other end ---- */

static void run_command(const char *command, int in, int out)
{
	if (dup2(in, 0) >= 0 && dup2(out, 1) >= 0)
		execl("/bin/sh", "sh", "-c", command, (char *)NULL);
	_exit(127);
}

static int line_open(const char *command, struct line *ret, struct err *err)
{
	int up[2], down[2];

	if (pipe(up) < 0)
		return err_set(err, ERR_FAULT, "No pipe (%s).", strerror(errno));
	if (pipe(down) < 0) {
		close(up[0]);
		close(up[1]);
		return err_set(err, ERR_FAULT, "No pipe (%s).", strerror(errno));
	}
	ret->child = fork();
	if (ret->child == 0) {
		close(up[1]);
		close(down[0]);
		signal(SIGPIPE, SIG_DFL);
		run_command(command, up[0], down[1]);
	}
	close(up[0]);
	close(down[1]);
	ret->out = up[1];
	ret->in = down[0];
	if (ret->child > 0)
		return 0;
	close(ret->in);
	close(ret->out);
	return err_set(err, ERR_FAULT, "No process could be started (%s).", strerror(errno));
}

static void line_close(struct line *line)
{
	close(line->out);
	close(line->in);
	while (waitpid(line->child, NULL, 0) < 0 && errno == EINTR)
		;
}

/* ---- bytes ---- */

static int broken(struct err *err)
{
	return err_set(err, ERR_LINK, "The line to the hub broke: it is tried again later.");
}

static int send_all(int fd, struct buf *out, struct err *err)
{
	const char *p = out->s;
	size_t left = out->n;

	while (left > 0) {
		ssize_t n = write(fd, p, left);

		if (n < 0 && errno != EINTR)
			return broken(err);
		if (n > 0) {
			p += n;
			left -= (size_t)n;
		}
	}
	buf_clear(out);
	return 0;
}

/* 0: the other end has hung up. */
static ssize_t receive(int fd, char piece[PIECE])
{
	ssize_t n;

	do
		n = read(fd, piece, PIECE);
	while (n < 0 && errno == EINTR);
	return n < 0 ? 0 : n;
}

/* ---- the hub's end ---- */

static bool readable(int fd, int ms)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	return poll(&p, 1, ms) > 0;
}

static int serve_turn(struct hub_link *link, char piece[PIECE], bool *over, struct err *err)
{
	struct buf *out = hub_link_out(link);
	ssize_t n;

	if (hub_link_waits(link) && !readable(0, 0))
		return hub_link_wait(link, NEWS_EVERY, err);
	if (hub_link_more(link, err) < 0)
		return -1;
	if (out->n > 0)
		return 0;
	n = receive(0, piece);
	*over = n == 0;
	return n == 0 ? 0 : hub_link_in(link, piece, (size_t)n, err);
}

int link_serve(struct desk *desk, int node, struct err *err)
{
	struct hub_link *link = hub_link_new(desk, node);
	char *piece = mem_new(PIECE);
	bool over = false;
	int rc = 0;

	while (rc == 0 && !over && !hub_link_over(link)) {
		rc = serve_turn(link, piece, &over, err);
		/* Its last words go out whatever they were about, and then all is said. */
		if (send_all(1, hub_link_out(link), NULL) < 0)
			over = true;
		else if (hub_link_over(link))
			rc = 0;
	}
	mem_free(piece);
	hub_link_free(link);
	return rc;
}

/* ---- a node's end ---- */

/* Until the node is in step. */
static int talk(struct line *line, struct node_link *link, char piece[PIECE], struct err *err)
{
	while (!node_link_idle(link)) {
		ssize_t n;

		if (send_all(line->out, node_link_out(link), err) < 0)
			return -1;
		n = receive(line->in, piece);
		if (n == 0)
			return broken(err);
		if (node_link_in(link, piece, (size_t)n, err) < 0)
			return -1;
	}
	return 0;
}

/* A conversation; turns: how many more times, with waiting for news. */
static int converse(struct desk *desk, const char *command, volatile int *stop, bool *ret_idle,
		    struct err *err)
{
	struct node_link *link = node_link_new(desk);
	char *piece = mem_new(PIECE);
	struct line line;
	int rc;

	if (ret_idle)
		*ret_idle = false;
	rc = node_link_start(link, err);
	if (rc == 0 && line_open(command, &line, err) < 0)
		rc = -1;
	else if (rc == 0) {
		rc = talk(&line, link, piece, err);
		if (rc == 0 && ret_idle)
			*ret_idle = true;
		while (rc == 0 && stop && !*stop) {
			rc = node_link_turn(link, FOLLOW_WAIT, err);
			if (rc == 0)
				rc = talk(&line, link, piece, err);
		}
		node_link_bye(link);
		send_all(line.out, node_link_out(link), NULL);
		line_close(&line);
	}
	mem_free(piece);
	node_link_free(link);
	return rc;
}

int link_run(struct desk *desk, const char *command, struct err *err)
{
	int rc = converse(desk, command, NULL, NULL, err);

	/* It has begun a new life: under that it says hello once more. */
	if (rc < 0 && err && err->kind == ERR_CLASH) {
		err_clear(err);
		rc = converse(desk, command, NULL, NULL, err);
	}
	return rc;
}

static void rest(struct desk *desk, int ms)
{
	unsigned char chance;

	/* Nodes that lost the hub together do not come back together. */
	desk->world->chance(desk->world, &chance, 1);
	poll(NULL, 0, ms / 2 + ms * chance / 512);
}

int link_follow(struct desk *desk, const char *command, volatile int *stop, struct err *err)
{
	int backoff = 1000;

	while (!*stop) {
		struct err why = ERR_INIT;
		bool idle;

		if (converse(desk, command, stop, &idle, &why) == 0)
			continue;
		if (idle)
			backoff = 1000;
		if (why.kind != ERR_LINK && why.kind != ERR_CLASH) {
			if (err)
				*err = why;
			return -1;
		}
		if (!*stop)
			rest(desk, backoff);
		backoff = backoff * 2 < BACKOFF_MOST ? backoff * 2 : BACKOFF_MOST;
	}
	return 0;
}

/* ---- a new node ---- */

static int fetch(struct line *line, struct join_link *link, char piece[PIECE], struct err *err)
{
	while (!join_link_done(link)) {
		ssize_t n;

		if (send_all(line->out, join_link_out(link), err) < 0)
			return -1;
		n = receive(line->in, piece);
		if (n == 0)
			return err_set(err, ERR_LINK,
				       "The hub hung up before the copy was whole: join again.");
		if (join_link_in(link, piece, (size_t)n, err) < 0)
			return -1;
	}
	return 0;
}

int link_join(const char *path, const char *command, struct world *world, int *ret_node,
	      struct err *err)
{
	struct join_link *link = join_link_new(path, command, world);
	char *piece = mem_new(PIECE);
	struct line line;
	int rc = join_link_start(link, err);

	if (rc == 0)
		rc = line_open(command, &line, err);
	if (rc == 0) {
		rc = fetch(&line, link, piece, err);
		line_close(&line);
	}
	if (rc == 0)
		*ret_node = join_link_node(link);
	mem_free(piece);
	join_link_free(link);
	return rc;
}
