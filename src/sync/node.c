/*
 * node.c: a node's end of one conversation with its hub.
 *
 *	HELLO --WELCOME--> push --ACK--> pull --HEAD, more--> pull
 *	                    ^                     \--HEAD, all--> keep --something pending--> push
 *	                    |                                       \--nothing--> idle
 *	                    +--------------- turn -------------------------------------/
 *
 * After a restore it pulls before it pushes: what it had told before comes back in the log, and
 * only then is it known which of its commands are new.
 */
#include "sync/node.h"

#include <stdio.h>
#include <string.h>

#include "clinic/holder.h"
#include "store/replica.h"
#include "store/store.h"
#include "store/uplink.h"
#include "sync/frame.h"
#include "sync/replay.h"

enum {
	PUSH_MOST = 500,
	ENTRIES_MOST = 1000,
	BYTES_MOST = 4 * 1024 * 1024,
	ROUNDS_MOST = 100,
	CLOCK_MOST = 120,
	GATHERED_MOST = 16 * 1024 * 1024
};

enum state { STATE_NEW, STATE_HELLO, STATE_PUSH, STATE_PULL, STATE_IDLE, STATE_OVER };

struct node_link {
	struct desk *desk;
	enum state state;
	struct buf in, out;
	size_t at;
	int64_t pushed;	 /* row of the last command sent in this conversation */
	int64_t wait_ms; /* of the next PULL */
	int waiting;	 /* of the one that is under way */
	int64_t ahead;
	bool handing;	 /* it is the node no more: what it had not sent is handed in */
	bool push_after; /* the pull under way comes before the first push */
	int rounds;
	struct log_entries entries;
	size_t gathered; /* bytes of their parts */
	int64_t asked;	 /* how far this node was when it asked */
};

struct node_link *node_link_new(struct desk *desk)
{
	struct node_link *link = mem_new(sizeof *link);

	link->desk = desk;
	return link;
}

void node_link_free(struct node_link *link)
{
	if (!link)
		return;
	buf_done(&link->in);
	buf_done(&link->out);
	log_entries_done(&link->entries);
	mem_free(link);
}

struct buf *node_link_out(struct node_link *link)
{
	return &link->out;
}

bool node_link_idle(const struct node_link *link)
{
	return link->state == STATE_IDLE;
}

/* ---- a new life ---- */

static int begin_new_life(struct node_link *link, struct err *err)
{
	struct desk *desk = link->desk;
	int64_t inc;

	desk->world->chance(desk->world, &inc, sizeof inc);
	if (store_begin(desk->store, err) < 0)
		return -1;
	if (replica_reborn(desk->store, inc & INT64_MAX, err) < 0) {
		store_rollback(desk->store);
		return -1;
	}
	return store_commit(desk->store, err);
}

static int say_again(struct node_link *link, struct err *err)
{
	link->state = STATE_OVER;
	return err_set(
		err, ERR_CLASH,
		"This node was restored, or there are two of it: it goes on under new names.");
}

/* The names of its commands are used by others: it begins a new life, and says hello again. */
static int forked(struct node_link *link, struct err *err)
{
	return begin_new_life(link, err) < 0 ? -1 : say_again(link, err);
}

/* A restored copy is found out at the start of a change: here before it says who it is. */
static int as_it_is(struct node_link *link, struct err *err)
{
	struct store *st = link->desk->store;

	if (store_begin(st, err) < 0)
		return -1;
	bool restored = store_me(st)->restored;

	store_rollback(st);
	return restored ? begin_new_life(link, err) : 0;
}

int node_link_start(struct node_link *link, struct err *err)
{
	struct frame f = { .type = FRAME_HELLO };
	const struct me *me = store_me(link->desk->store);

	desk_tick(link->desk);
	if (!store_joined(link->desk->store))
		return err_set(err, ERR_INPUT, "This database has joined no hub: sync join.");
	if (as_it_is(link, err) < 0)
		return -1;
	if (*me->stopped && !*me->gone)
		return err_set(err, ERR_STORE, "%s", me->stopped);
	f.hello = (struct hello){ .lowest = PROTOCOL,
				  .highest = PROTOCOL,
				  .program = "ohdesk",
				  .schema = me->schema,
				  .epoch = me->epoch,
				  .seq = me->seq,
				  .inc = me->inc,
				  .last_n = me->next_n - 1,
				  .clock = link->desk->now.utc };
	snprintf(f.hello.region, sizeof f.hello.region, "%s", me->region);
	memcpy(f.hello.hash, me->hash, 32);
	memcpy(f.hello.last_hash, me->cmd_hash, 32);
	frame_put(&link->out, &f);
	link->state = STATE_HELLO;
	return 0;
}

/* ---- up ---- */

static void ask(struct node_link *link)
{
	struct frame f = { .type = FRAME_PULL,
			   .pull = { .from = store_me(link->desk->store)->seq + 1,
				     .max_bytes = BYTES_MOST,
				     .wait_ms = link->wait_ms } };

	link->waiting = (int)link->wait_ms;
	link->wait_ms = 0;
	link->asked = f.pull.from - 1;
	frame_put(&link->out, &f);
	link->state = STATE_PULL;
}

/* All that is pending and was not sent in this conversation; with nothing to send, on to pulling.
 */
static int push(struct node_link *link, struct err *err)
{
	struct cmds list = { 0 };
	struct frame flush = { .type = FRAME_FLUSH };

	if (journal_pending(link->desk->store, link->pushed, PUSH_MOST, &list, err) < 0) {
		cmds_done(&list);
		return -1;
	}
	list_each (c, &list) {
		struct frame f = { .type = FRAME_CMD, .cmd = *c };

		frame_put(&link->out, &f);
		link->pushed = c->k;
	}
	if (list.n) {
		frame_put(&link->out, &flush);
		link->state = STATE_PUSH;
	} else {
		ask(link);
	}
	cmds_done(&list);
	return 0;
}

/* ---- a node no more ---- */

/* All that it has not sent, to wait there for a person; and then the reason, for whoever sits here.
 */
static int hand_over(struct node_link *link, struct err *err)
{
	struct store *st = link->desk->store;
	struct cmds list = { 0 };
	struct frame flush = { .type = FRAME_FLUSH };
	int64_t handed = 0;
	int rc = journal_pending(st, link->pushed, PUSH_MOST, &list, err);

	if (rc == 0)
		rc = replica_handed_count(st, &handed, err);
	if (rc == 0 && list.n == 0)
		rc = err_set(err, ERR_DENIED, "%s  Handed in: %lld.", store_me(st)->stopped,
			     (long long)handed);
	else if (rc == 0) {
		list_each (c, &list) {
			struct frame f = { .type = FRAME_CMD, .cmd = *c };

			frame_put(&link->out, &f);
			link->pushed = c->k;
		}
		frame_put(&link->out, &flush);
		link->state = STATE_PUSH;
	}
	cmds_done(&list);
	return rc;
}

static int on_gone(struct node_link *link, const char *how, struct err *err)
{
	static const char *const words[] = {
		"This machine was replaced: go on at the new one, nothing here counts.",
		"This node was excluded: ask at the hub, nothing here counts."
	};
	struct store *st = link->desk->store;

	link->handing = true;
	if (!*store_me(st)->gone &&
	    replica_gone(st, how, words[strcmp(how, "replaced") != 0], err) < 0)
		return -1;
	return hand_over(link, err);
}

static int on_ack(struct node_link *link, struct err *err)
{
	/* The user may be told "received"; nothing is done until it is pulled. */
	if (!link->handing)
		return push(link, err);
	return replica_handed(link->desk->store, link->pushed, err) < 0 ? -1 : hand_over(link, err);
}

static int on_welcome(struct node_link *link, const struct welcome *w, struct err *err)
{
	struct store *st = link->desk->store;
	unsigned char hash[32];
	bool there = true;

	if (strcmp(w->state, "replaced") == 0 || strcmp(w->state, "excluded") == 0)
		return on_gone(link, w->state, err);
	if (*store_me(st)->gone)
		return err_set(err, ERR_STORE, "%s", store_me(st)->stopped);
	if (w->protocol != PROTOCOL || w->epoch != store_me(st)->epoch)
		return err_set(err, ERR_STORE,
			       "The hub has begun another log: this node needs a new copy.");
	/* What it has of this life must be what is here. */
	if (w->last_n > 0 && journal_hash(st, store_me(st)->inc, w->last_n, hash, &there, err) < 0)
		return -1;
	if (w->last_n > 0 && (!there || memcmp(hash, w->last_hash, 32) != 0))
		return forked(link, err);
	link->ahead = w->clock - link->desk->now.utc;
	if (link->ahead >= -CLOCK_MOST && link->ahead <= CLOCK_MOST)
		link->ahead = 0;
	if (uplink_clock(st, link->ahead, err) < 0)
		return -1;
	link->push_after = !store_me(st)->holds_ok;
	if (!link->push_after)
		return push(link, err);
	ask(link);
	return 0;
}

/* ---- down ---- */

static int take_in(struct node_link *link, struct err *err)
{
	int64_t inc = store_me(link->desk->store)->inc;
	int rc = replay(link->desk, &link->entries, err);

	log_entries_done(&link->entries);
	link->gathered = 0;
	/* A new life, and commands with new names: the hub has heard of neither yet. */
	return rc == 0 && store_me(link->desk->store)->inc != inc ? say_again(link, err) : rc;
}

static int on_entry(struct node_link *link, struct frame *f, struct err *err)
{
	*(struct log_entry *)list_push(&link->entries) = f->entry;
	for (int i = 0; i < ENTRY_PARTS; i++)
		link->gathered += f->entry.part[i].n;
	f->type = FRAME_NONE; /* its bodies are the list's now */
	return link->entries.n < ENTRIES_MOST && link->gathered < GATHERED_MOST
		       ? 0
		       : take_in(link, err);
}

/* At the log's end: what this node owes as a holder, and whether a push is due once more. */
static int keep(struct node_link *link, struct err *err)
{
	bool pending = false;
	int done;

	if (holder_keep(link->desk, &done, err) < 0 ||
	    journal_pending_any(link->desk->store, &pending, err) < 0)
		return -1;
	if (pending && link->rounds++ < ROUNDS_MOST)
		return push(link, err);
	link->state = STATE_IDLE;
	return 0;
}

static int on_head(struct node_link *link, const struct head *h, struct err *err)
{
	struct store *st = link->desk->store;

	link->waiting = 0;
	if (take_in(link, err) < 0)
		return -1;
	bool reached = store_me(st)->seq >= h->head;

	if (replica_heard(st, h->head, reached, link->desk->now, err) < 0)
		return -1;
	if (!reached && store_me(st)->seq == link->asked)
		return err_set(err, ERR_LINK,
			       "The hub has entries and sends none: it is tried again later.");
	if (!reached) {
		ask(link);
		return 0;
	}
	if (link->push_after) {
		link->push_after = false;
		return push(link, err);
	}
	return keep(link, err);
}

/* ---- frames ---- */

static int on_refuse(struct node_link *link, const struct refuse *r, struct err *err)
{
	if (strcmp(r->code, "forked") == 0)
		return forked(link, err);
	return err_set(err, strcmp(r->code, "diverged") == 0 ? ERR_STORE : ERR_DENIED,
		       "The hub says: %.200s", r->text);
}

static int on_frame(struct node_link *link, struct frame *f, struct err *err)
{
	enum state want = f->type == FRAME_WELCOME			    ? STATE_HELLO
			  : f->type == FRAME_ACK			    ? STATE_PUSH
			  : f->type == FRAME_ENTRY || f->type == FRAME_HEAD ? STATE_PULL
									    : link->state;

	if (link->state != want)
		return err_set(err, ERR_LINK, "The hub said something out of turn (%d).", f->type);
	switch (f->type) {
	case FRAME_WELCOME:
		return on_welcome(link, &f->welcome, err);
	case FRAME_ACK:
		return on_ack(link, err);
	case FRAME_ENTRY:
		return on_entry(link, f, err);
	case FRAME_HEAD:
		return on_head(link, &f->head, err);
	case FRAME_REFUSE:
		return on_refuse(link, &f->refuse, err);
	case FRAME_BYE:
	case FRAME_ERROR:
		return err_set(err, ERR_LINK, "The hub says: %.200s", f->words.text);
	case FRAME_NONE:
		return 0;
	default:
		return err_set(err, ERR_LINK, "A frame of type %d is not for a node.", f->type);
	}
}

int node_link_in(struct node_link *link, const void *bytes, size_t n, struct err *err)
{
	int rc = 0;

	buf_add(&link->in, bytes, n);
	desk_tick(link->desk);
	while (rc == 0 && link->state != STATE_OVER) {
		struct frame f;
		int got = frame_take(&link->in, &link->at, &f, err);

		if (got == 0)
			break;
		rc = got < 0 ? -1 : on_frame(link, &f, err);
		frame_done(&f);
	}
	if (link->at > 0) {
		memmove(link->in.s, link->in.s + link->at, link->in.n - link->at);
		link->in.n -= link->at;
		link->at = 0;
	}
	if (rc < 0)
		link->state = STATE_OVER;
	return rc;
}

int node_link_turn(struct node_link *link, int wait_ms, struct err *err)
{
	if (link->state != STATE_IDLE)
		return 0;
	link->rounds = 0;
	link->wait_ms = wait_ms;
	return push(link, err);
}

void node_link_bye(struct node_link *link)
{
	struct frame f = { .type = FRAME_BYE };

	if (link->state != STATE_OVER)
		frame_put(&link->out, &f);
	link->state = STATE_OVER;
}

int node_link_waits(const struct node_link *link)
{
	return link->waiting;
}

void node_link_nudge(struct node_link *link)
{
	struct frame f = { .type = FRAME_NUDGE };

	if (link->state != STATE_PULL || link->waiting == 0)
		return;
	frame_put(&link->out, &f);
	link->waiting = 0;
}

int64_t node_link_ahead(const struct node_link *link)
{
	return link->ahead;
}
