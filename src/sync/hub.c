/*
 * hub.c: the hub's end of one conversation.
 *
 * Frames that may come next follow from one word of state: before HELLO only that, after it the
 * rest.  Commands are gathered until FLUSH, or a hundred of them, so that one change of the
 * database serves many and none is held open while the line is waited for.
 */
#include "sync/hub.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/args.h"
#include "base/hash.h"
#include "base/squeeze.h"
#include "base/text.h"
#include "clinic/holder.h"
#include "store/replica.h"
#include "store/store.h"
#include "sync/crowd.h"
#include "sync/frame.h"
#include "sync/replay.h"

enum {
	AT_ONCE = 100,
	ENTRIES_MOST = 1000,
	BYTES_MOST = 4 * 1024 * 1024,
	WAIT_MOST = 300000,
	GATHERED_MOST = 4 * 1024 * 1024, /* bytes of commands that wait to be run */
	OUT_MOST = 8 * 1024 * 1024,	 /* of what is to be sent, before more is listened to */
	COPY_PIECE = 1024 * 1024,
	NOTE_EVERY_MS = 60000,
	NOTE_QUEUE_MS = 1000
};

struct hub_link {
	struct desk *desk;
	int node;
	bool known, over;
	bool old;     /* the key is that of a machine which was replaced */
	bool handing; /* it hands in what it had not sent, and gets nothing */
	bool forked;  /* commands came under names that others have */
	int64_t inc, last_n;
	struct buf in, out;
	size_t at;	  /* what of `in` was taken */
	struct cmds cmds; /* came since the last FLUSH */
	size_t gathered;  /* bytes of their arguments */
	struct pull pull; /* waits for news, when wait_ms is not 0 */
	int64_t until;	  /* and no longer than this, by world_ticks() */
	int64_t noted;	  /* when it was written down how far the node is */
	int copy;	  /* being sent; -1: none is */
	int place;	  /* among the copies of this node (crowd.h) */
	int64_t copied;
	struct squeeze *squeeze;
	struct hash copy_hash;
};

struct hub_link *hub_link_new(struct desk *desk, int node)
{
	struct hub_link *link = mem_new(sizeof *link);

	link->desk = desk;
	link->node = node;
	link->copy = link->place = -1;
	return link;
}

void hub_link_old(struct hub_link *link)
{
	link->old = true;
}

void hub_link_free(struct hub_link *link)
{
	if (!link)
		return;
	buf_done(&link->in);
	buf_done(&link->out);
	cmds_done(&link->cmds);
	if (link->copy >= 0)
		close(link->copy);
	if (link->place >= 0)
		close(link->place);
	squeeze_free(link->squeeze);
	mem_free(link);
}

struct buf *hub_link_out(struct hub_link *link)
{
	return &link->out;
}

bool hub_link_over(const struct hub_link *link)
{
	return link->over;
}

/* ---- last words ---- */

static int refuse(struct hub_link *link, const char *code, struct err *err, const char *text)
{
	struct frame f = { .type = FRAME_REFUSE };

	snprintf(f.refuse.code, sizeof f.refuse.code, "%s", code);
	snprintf(f.refuse.text, sizeof f.refuse.text, "%s", text);
	frame_put(&link->out, &f);
	link->over = true;
	return err_set(err, ERR_DENIED, "%s", text);
}

static int failed(struct hub_link *link, const struct err *why, struct err *err)
{
	struct frame f = { .type = FRAME_ERROR };

	if (link->forked)
		return refuse(link, "forked", err, why->text);
	if (err)
		*err = *why;
	if (link->over) /* refused: said already */
		return -1;
	snprintf(f.words.text, sizeof f.words.text, "%s", why->text);
	frame_put(&link->out, &f);
	link->over = true;
	return -1;
}

/* "": it is the node; else why not, in a word. */
static int standing(struct hub_link *link, const char **ret, struct err *err)
{
	struct store *st = link->desk->store;
	struct node_pos pos = { 0 };
	char state[8];

	*ret = "";
	if (node_state(st, link->node, state, err) < 0 ||
	    (link->known && node_pos_get(st, link->node, link->inc, &pos, err) < 0))
		return -1;
	if (!*state)
		*ret = "unknown";
	else if (strcmp(state, "on") != 0)
		*ret = "excluded";
	else if (link->old || pos.gone)
		*ret = "replaced";
	return 0;
}

/* One that is a node no more is told so at its next word, however long it is connected. */
static int one_of_ours(struct hub_link *link, struct err *err)
{
	const char *why;

	if (standing(link, &why, err) < 0)
		return -1;
	if (!*why)
		return 0;
	if (strcmp(why, "replaced") == 0)
		return refuse(link, why, err, "Another machine is this node now: go on there.");
	return refuse(link, "excluded", err,
		      "This node is not, or no longer, one of this hub's: ask there.");
}

void hub_link_refuse(struct hub_link *link, const struct err *why)
{
	failed(link, why, NULL);
}

/* ---- HELLO ---- */

/* Is its copy of the log one that this log goes on from? */
static int same_log(struct hub_link *link, const struct hello *h, bool *ret, struct err *err)
{
	unsigned char hash[32];
	bool there;

	*ret = h->epoch == store_me(link->desk->store)->epoch && h->seq == 0;
	if (h->seq == 0 || h->epoch != store_me(link->desk->store)->epoch)
		return 0;
	if (log_hash_at(link->desk->store, h->seq, hash, &there, err) < 0)
		return -1;
	*ret = there && memcmp(hash, h->hash, 32) == 0;
	return 0;
}

/* Is this life of the node the one that goes on, with all that it had told? */
static bool same_life(const struct node_pos *pos, const struct hello *h)
{
	if (pos->k == 0)
		return true;
	if (!pos->newest || h->last_n < pos->last_n)
		return false;
	return h->last_n > pos->last_n || h->last_n == 0 ||
	       memcmp(h->last_hash, pos->last_hash, 32) == 0;
}

/* The life is written down, so that an earlier one is known as such when it comes back. */
static int keep_pos(struct hub_link *link, const struct hello *h, struct node_pos *pos,
		    struct err *err)
{
	struct store *st = link->desk->store;

	if (store_begin(st, err) < 0)
		return -1;
	if ((pos->k == 0 && node_pos_put(st, link->node, pos, err) < 0) ||
	    node_pos_seen(st, link->node, h->inc, h->seq, h->program, link->desk->now, err) < 0) {
		store_rollback(st);
		return -1;
	}
	return store_commit(st, err);
}

static void welcome(struct hub_link *link, const struct node_pos *pos, const char *state)
{
	const struct me *me = store_me(link->desk->store);
	struct frame f = { .type = FRAME_WELCOME,
			   .welcome = { .protocol = PROTOCOL,
					.epoch = me->epoch,
					.head = me->seq,
					.schema = me->schema,
					.last_n = pos->last_n,
					.clock = link->desk->now.utc } };

	COPY(f.welcome.state, state);
	memcpy(f.welcome.last_hash, pos->last_hash, 32);
	frame_put(&link->out, &f);
	link->known = true;
	link->last_n = pos->last_n;
}

static int on_hello(struct hub_link *link, const struct hello *h, struct err *err)
{
	struct store *st = link->desk->store;
	struct node_pos pos;
	const char *why;
	bool same;

	if (link->known)
		return err_set(err, ERR_LINK, "Said hello twice.");
	link->inc = h->inc;
	if (node_pos_get(st, link->node, h->inc, &pos, err) < 0 || standing(link, &why, err) < 0 ||
	    same_log(link, h, &same, err) < 0)
		return -1;
	if (!*why && pos.gone)
		why = "replaced";
	if (strcmp(why, "unknown") == 0)
		return one_of_ours(link, err);
	if (strcmp(h->region, store_me(st)->region) != 0)
		return refuse(link, "wrong_region", err,
			      "This hub is of another network: join the right one.");
	if (h->lowest > PROTOCOL || h->highest < PROTOCOL)
		return refuse(link, "too_old", err,
			      "The two programs speak different protocols: install the hub's.");
	/* What it had not sent is taken, whatever its copy of the log is like. */
	if (*why) {
		link->handing = true;
		welcome(link, &pos, why);
		return 0;
	}
	if (!same)
		return refuse(
			link, "diverged", err,
			"This node's copy does not follow from the hub's log: it needs a new one.");
	if (!same_life(&pos, h))
		return refuse(link, "forked", err,
			      "The hub knows a later life of this node: it begins a new one.");
	/* Holds may have come to the hub since it was last asked. */
	if (keep_pos(link, h, &pos, err) < 0 || holder_keep(link->desk, &(int){ 0 }, err) < 0)
		return -1;
	welcome(link, &pos, "open");
	link->noted = world_ticks();
	return 0;
}

/* How far it is, for whoever looks after the hub: while it stays connected, once a minute. */
static int note_pos(struct hub_link *link, int64_t pulled, struct err *err)
{
	struct store *st = link->desk->store;

	if (world_ticks() - link->noted < NOTE_EVERY_MS)
		return 0;
	link->noted = world_ticks();
	if (store_begin_light(st, NOTE_QUEUE_MS, true, NULL) < 0)
		return 0; /* others are at work: another time */
	if (node_pos_pulled(st, link->node, link->inc, pulled, link->desk->now, err) < 0) {
		store_rollback(st);
		return -1;
	}
	return store_commit(st, err);
}

/* ---- commands ---- */

/* A conversation that goes on after another copy of its node has begun a new life is over. */
static int still_lives(struct hub_link *link, struct err *err)
{
	struct node_pos pos;

	if (node_pos_get(link->desk->store, link->node, link->inc, &pos, err) < 0)
		return -1;
	return pos.newest ? 0
			  : err_set(err, ERR_CLASH,
				    "Another copy of this node has come: it begins a new life.");
}

static int run_gathered(struct hub_link *link, struct err *err)
{
	int rc = link->handing ? 0 : one_of_ours(link, err);

	if (rc == 0 && link->handing) {
		rc = hand_in(link->desk, link->node, &link->cmds, err);
	} else if (rc == 0) {
		rc = link->cmds.n ? still_lives(link, err) : 0;
		if (rc == 0)
			rc = execute(link->desk, link->node, &link->cmds, err);
		link->forked = rc < 0 && err->kind == ERR_CLASH;
	}
	if (rc == 0 && link->cmds.n)
		link->last_n = link->cmds.v[link->cmds.n - 1].n;
	cmds_done(&link->cmds);
	link->gathered = 0;
	return rc;
}

static int on_cmd(struct hub_link *link, struct frame *f, struct err *err)
{
	if (f->cmd.args_n > ARGS_BYTES)
		return err_set(err, ERR_LINK, "A command of %zu bytes came: none is that long.",
			       f->cmd.args_n);
	*(struct cmd *)list_push(&link->cmds) = f->cmd;
	link->gathered += f->cmd.args_n;
	f->type = FRAME_NONE; /* its arguments are the list's now */
	return link->cmds.n < AT_ONCE && link->gathered < GATHERED_MOST ? 0
									: run_gathered(link, err);
}

static int on_flush(struct hub_link *link, struct err *err)
{
	struct frame f = { .type = FRAME_ACK };

	/* What is asked of the hub itself is answered in the same breath. */
	if (run_gathered(link, err) < 0 || holder_keep(link->desk, &(int){ 0 }, err) < 0)
		return -1;
	f.ack.last_n = link->last_n;
	frame_put(&link->out, &f);
	return 0;
}

/* ---- the log ---- */

static int answer(struct hub_link *link, struct err *err)
{
	struct log_entries list = { 0 };
	struct frame head = { .type = FRAME_HEAD };
	struct log_head at;
	int64_t most = link->pull.max_bytes;
	int rc;

	link->pull.wait_ms = 0;
	if (one_of_ours(link, err) < 0)
		return -1;
	if (most <= 0 || most > BYTES_MOST)
		most = BYTES_MOST;
	rc = log_sqlite.read(link->desk->store, link->pull.from, ENTRIES_MOST, (size_t)most, &list,
			     err);
	if (rc == 0)
		rc = log_sqlite.head(link->desk->store, &at, err);
	if (rc == 0) {
		list_each (e, &list) {
			struct frame f = { .type = FRAME_ENTRY, .entry = *e };

			frame_put(&link->out, &f);
		}
		head.head.head = at.seq;
		frame_put(&link->out, &head);
	}
	log_entries_done(&list);
	return rc;
}

static int on_pull(struct hub_link *link, const struct pull *pull, struct err *err)
{
	struct log_head at;

	if (one_of_ours(link, err) < 0)
		return -1;
	if (pull->from < 1 || pull->wait_ms < 0)
		return err_set(err, ERR_LINK, "A pull from entry %lld: there is none.",
			       (long long)pull->from);
	if (note_pos(link, pull->from - 1, err) < 0)
		return -1;
	if (log_sqlite.head(link->desk->store, &at, err) < 0)
		return -1;
	/* What waited for a desk of the hub to make up its mind. */
	if (pull->wait_ms > 0 && holder_keep(link->desk, &(int){ 0 }, err) < 0)
		return -1;
	link->pull = *pull;
	if (link->pull.wait_ms > WAIT_MOST)
		link->pull.wait_ms = WAIT_MOST;
	link->until = world_ticks() + link->pull.wait_ms;
	return link->pull.wait_ms > 0 && at.seq < pull->from ? 0 : answer(link, err);
}

int hub_link_wait(struct hub_link *link, int ms, struct err *err)
{
	struct err why = ERR_INIT;
	bool news = false;
	int rc;

	if (link->pull.wait_ms == 0)
		return 0;
	rc = log_sqlite.wait(link->desk->store, link->pull.from - 1, ms, &news, &why);
	if (rc == 0 && (news || world_ticks() >= link->until))
		rc = answer(link, &why);
	return rc == 0 ? 0 : failed(link, &why, err);
}

bool hub_link_waits(const struct hub_link *link)
{
	return link->pull.wait_ms > 0;
}

/* ---- a copy for a new node ---- */

static int make_copy(struct hub_link *link, struct err *err)
{
	int rc = store_copy_open(link->desk->store, &link->copy, err);

	hash_init(&link->copy_hash);
	link->copied = 0;
	squeeze_free(link->squeeze);
	link->squeeze = squeeze_new();
	return rc;
}

static int on_snap(struct hub_link *link, const struct snap *snap, struct err *err)
{
	if (one_of_ours(link, err) < 0)
		return -1;
	if (snap->lowest > PROTOCOL || snap->highest < PROTOCOL)
		return refuse(link, "too_old", err,
			      "The two programs speak different protocols: install the hub's.");
	if (link->copy >= 0)
		return 0;
	if (crowd_copy(link->desk->store, link->node, &link->place, err) < 0)
		return -1;
	return make_copy(link, err);
}

/* The next piece of it is said, or held back to be said with the next; behind the last, the end. */
static int more_of_copy(struct hub_link *link, struct err *err)
{
	struct buf piece = { 0 };
	struct frame f = { .type = FRAME_DATA };
	char *bytes;
	ssize_t n;

	/* Excluded meanwhile, it gets no more of what is in there. */
	if (one_of_ours(link, err) < 0)
		return -1;
	bytes = mem_new(COPY_PIECE);
	n = read(link->copy, bytes, COPY_PIECE);
	if (n < 0) {
		mem_free(bytes);
		return err_set(err, ERR_STORE, "The copy cannot be read (%s).", strerror(errno));
	}
	squeeze_add(link->squeeze, bytes, (size_t)n, n == 0, &piece);
	mem_free(bytes);
	if (piece.n > 0) {
		f.data = (struct data){ piece.s, piece.n };
		frame_put(&link->out, &f);
		hash_add(&link->copy_hash, piece.s, piece.n);
		link->copied += (int64_t)piece.n;
	}
	buf_done(&piece);
	if (n > 0)
		return 0;
	f = (struct frame){ .type = FRAME_END,
			    .end = { .node = link->node, .bytes = link->copied } };
	hash_end(&link->copy_hash, f.end.hash);
	frame_put(&link->out, &f);
	close(link->copy);
	close(link->place);
	link->copy = link->place = -1;
	return 0;
}

/* ---- frames ---- */

static int on_frame(struct hub_link *link, struct frame *f, struct err *err)
{
	if (!link->known && f->type != FRAME_HELLO && f->type != FRAME_SNAP &&
	    f->type != FRAME_BYE && f->type != FRAME_NONE)
		return err_set(err, ERR_LINK, "Nobody has said hello.");
	/* While a pull waits, whatever comes is the node's next wish: the pull is answered first.
	 */
	if (link->pull.wait_ms > 0 && answer(link, err) < 0)
		return -1;
	switch (f->type) {
	case FRAME_HELLO:
		return on_hello(link, &f->hello, err);
	case FRAME_SNAP:
		return on_snap(link, &f->snap, err);
	case FRAME_CMD:
		return on_cmd(link, f, err);
	case FRAME_FLUSH:
		return on_flush(link, err);
	case FRAME_PULL:
		return on_pull(link, &f->pull, err);
	case FRAME_BYE:
	case FRAME_ERROR:
		link->over = true;
		return 0;
	case FRAME_NONE:
		return 0;
	default:
		return err_set(err, ERR_LINK, "A frame of type %d is not for a hub.", f->type);
	}
}

/* Takes what has come, as long as not too much waits to be sent: whoever asks and asks and never
 * listens would fill this machine's memory. */
static int take_frames(struct hub_link *link, struct err *err)
{
	struct err why = ERR_INIT;
	int rc = 0;

	while (rc == 0 && !link->over && link->out.n < OUT_MOST) {
		struct frame f;
		int got = frame_take(&link->in, &link->at, &f, &why);

		if (got == 0)
			break;
		rc = got < 0 ? -1 : on_frame(link, &f, &why);
		frame_done(&f);
	}
	/* What was taken goes, so that a long conversation stays small. */
	if (link->at > 0) {
		memmove(link->in.s, link->in.s + link->at, link->in.n - link->at);
		link->in.n -= link->at;
		link->at = 0;
	}
	return rc == 0 ? 0 : failed(link, &why, err);
}

int hub_link_in(struct hub_link *link, const void *bytes, size_t n, struct err *err)
{
	buf_add(&link->in, bytes, n);
	desk_tick(link->desk);
	return take_frames(link, err);
}

int hub_link_more(struct hub_link *link, struct err *err)
{
	struct err why = ERR_INIT;

	if (link->out.n > 0 || link->over)
		return 0;
	while (link->copy >= 0 && link->out.n == 0)
		if (more_of_copy(link, &why) < 0)
			return failed(link, &why, err);
	return link->out.n > 0 ? 0 : take_frames(link, err);
}
