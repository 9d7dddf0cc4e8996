/*
 * join.c: the copy that a new node begins with.
 *
 * It is written beside its place, verified, turned into a node there (store/replica.h), and only
 * then given its name: whatever is cut off leaves nothing that could be opened.
 */
#include "sync/join.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/squeeze.h"
#include "store/replica.h"
#include "store/store.h"
#include "sync/frame.h"
#include "sync/replay.h"

enum { NODE_MOST = (1 << (63 - ID_NODE_SHIFT)) - 1 };

struct join_link {
	char *path, *part, *via, *kept;
	struct store *old; /* borrowed; NULL: a new node */
	int64_t pending;
	struct world *world; /* borrowed */
	struct buf in, out;
	size_t at;
	int fd, node;
	int64_t bytes;
	struct hash hash;
	struct unsqueeze *unsqueeze;
	bool done;
};

struct join_link *join_link_new(const char *path, const char *via, struct world *world)
{
	struct join_link *link = mem_new(sizeof *link);

	link->path = mem_str(path);
	link->part = mem_printf("%s-joining", path);
	link->via = mem_str(via);
	link->world = world;
	link->fd = -1;
	link->unsqueeze = unsqueeze_new();
	return link;
}

void join_link_again(struct join_link *link, struct store *old, const char *kept)
{
	link->old = old;
	link->kept = mem_str(kept);
}

int64_t join_link_pending(const struct join_link *link)
{
	return link->pending;
}

/* SQLite's files beside it, ours, and itself. */
static void remove_part(const struct join_link *link)
{
	static const char *const ends[] = { "", "-wal", "-shm", "-lock", "-witness" };

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		char *name = mem_printf("%s%s", link->part, ends[i]);

		unlink(name);
		mem_free(name);
	}
}

void join_link_free(struct join_link *link)
{
	if (!link)
		return;
	if (link->fd >= 0)
		close(link->fd);
	remove_part(link);
	unsqueeze_free(link->unsqueeze);
	buf_done(&link->in);
	buf_done(&link->out);
	mem_free(link->path);
	mem_free(link->part);
	mem_free(link->via);
	mem_free(link->kept);
	mem_free(link);
}

struct buf *join_link_out(struct join_link *link)
{
	return &link->out;
}

bool join_link_done(const struct join_link *link)
{
	return link->done;
}

int join_link_node(const struct join_link *link)
{
	return link->node;
}

int join_link_start(struct join_link *link, struct err *err)
{
	struct frame f = { .type = FRAME_SNAP,
			   .snap = {
				   .lowest = PROTOCOL, .highest = PROTOCOL, .program = "ohdesk" } };

	if (!link->old && access(link->path, F_OK) == 0)
		return err_set(err, ERR_CLASH,
			       "%s exists already: only a new, empty node joins a hub.",
			       link->path);
	remove_part(link);
	link->fd = open(link->part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0660);
	if (link->fd < 0)
		return err_set(err, ERR_STORE, "Cannot make %s (%s).", link->part, strerror(errno));
	hash_init(&link->hash);
	frame_put(&link->out, &f);
	return 0;
}

static int write_all(void *ctx, const void *bytes, size_t left, struct err *err)
{
	const struct join_link *link = ctx;
	const char *p = bytes;

	while (left > 0) {
		ssize_t n = write(link->fd, p, left);

		if (n < 0 && errno != EINTR)
			return err_set(err, ERR_STORE,
				       "The copy cannot be written (%s): nothing was kept.",
				       strerror(errno));
		if (n > 0) {
			p += n;
			left -= (size_t)n;
		}
	}
	return 0;
}

static int on_data(struct join_link *link, const struct data *d, struct err *err)
{
	hash_add(&link->hash, d->bytes, d->n);
	link->bytes += (int64_t)d->n;
	return unsqueeze_add(link->unsqueeze, d->bytes, d->n, write_all, link, err);
}

static int failed_to_place(struct err *err)
{
	return err_set(err, ERR_STORE, "Cannot put the copy in its place (%s).", strerror(errno));
}

/* The witness is made before the database has its name: without it, it would be a restored one. */
static int take_place(struct join_link *link, struct err *err)
{
	char *from = mem_printf("%s-witness", link->part);
	char *to = mem_printf("%s-witness", link->path);
	int rc = rename(from, to);

	if (rc == 0)
		rc = rename(link->part, link->path);
	mem_free(from);
	mem_free(to);
	return rc == 0 ? 0 : failed_to_place(err);
}

/* What a rename did is on the disk. */
static void sync_folder(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder = slash ? mem_strn(path, (size_t)(slash - path) + 1) : mem_str(".");
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	mem_free(folder);
}

/* The old one gets a second name, and then the new one takes the first: whenever that is cut off,
 * there is one of them, whole, and the witness fits both. */
static int take_its_place(struct join_link *link, struct err *err)
{
	if (linkat(AT_FDCWD, link->path, AT_FDCWD, link->kept, 0) < 0)
		return failed_to_place(err);
	sync_folder(link->path);
	if (rename(link->part, link->path) < 0) {
		failed_to_place(err);
		unlink(link->kept);
		return -1;
	}
	sync_folder(link->path);
	return 0;
}

static int become_again(struct join_link *link, struct err *err)
{
	struct store *st;
	int rc;

	if (link->node != store_me(link->old)->node)
		return err_set(err, ERR_DENIED,
			       "The key is node %d's, and this is node %d: ask the hub.",
			       link->node, store_me(link->old)->node);
	if (replica_begin_again(link->part, link->old, link->via, &link->pending, err) < 0 ||
	    store_open(link->part, 5000, &st, err) < 0)
		return -1;
	rc = replay_pending(st, err);
	/* The last one out leaves one whole file. */
	store_close(st);
	return rc < 0 ? -1 : take_its_place(link, err);
}

static int on_end(struct join_link *link, const struct end *end, struct err *err)
{
	unsigned char is[32];
	int64_t inc;

	hash_end(&link->hash, is);
	if (end->bytes != link->bytes || memcmp(is, end->hash, 32) != 0 ||
	    !unsqueeze_whole(link->unsqueeze))
		return err_set(err, ERR_LINK, "The copy did not arrive whole: join again.");
	if (end->node < 1 || end->node > NODE_MOST)
		return err_set(err, ERR_LINK, "The hub says that this is node %lld: there is none.",
			       (long long)end->node);
	if (fsync(link->fd) < 0)
		return err_set(err, ERR_STORE, "The copy cannot be written (%s).", strerror(errno));
	close(link->fd);
	link->fd = -1;
	link->world->chance(link->world, &inc, sizeof inc);
	link->node = (int)end->node;
	if (link->old) {
		if (become_again(link, err) < 0)
			return -1;
		link->done = true;
		return 0;
	}
	if (replica_begin(link->part, link->node, inc & INT64_MAX, link->via, err) < 0 ||
	    take_place(link, err) < 0)
		return -1;
	link->done = true;
	return 0;
}

static int on_frame(struct join_link *link, const struct frame *f, struct err *err)
{
	switch (f->type) {
	case FRAME_DATA:
		return on_data(link, &f->data, err);
	case FRAME_END:
		return on_end(link, &f->end, err);
	case FRAME_REFUSE:
		return err_set(err, ERR_DENIED, "The hub says: %.200s", f->refuse.text);
	case FRAME_ERROR:
		return err_set(err, ERR_LINK, "The hub says: %.200s", f->words.text);
	case FRAME_NONE:
		return 0;
	default:
		return err_set(err, ERR_LINK, "A frame of type %d is not for a new node.", f->type);
	}
}

int join_link_in(struct join_link *link, const void *bytes, size_t n, struct err *err)
{
	int rc = 0;

	buf_add(&link->in, bytes, n);
	while (rc == 0 && !link->done) {
		struct frame f;
		int got = frame_take(&link->in, &link->at, &f, err);

		if (got == 0)
			break;
		rc = got < 0 ? -1 : on_frame(link, &f, err);
		frame_done(&f);
	}
	memmove(link->in.s, link->in.s + link->at, link->in.n - link->at);
	link->in.n -= link->at;
	link->at = 0;
	return rc;
}
