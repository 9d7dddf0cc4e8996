/*
 * frames.c: what is said on the line, spoiled by somebody who knows how it is made.
 *
 * An input is a row of frames behind one byte that belongs to the target.  Frames go, come, change
 * places, come twice; a field of one changes; then half the time lengths, hashes and chains are put
 * right, so that what is wrong is met where it is judged and not at the door.
 */
#include "frames.h"

#include <stdio.h>
#include <string.h>

#include "fuzz.h"
#include "sync/frame.h"

enum { FRAMES_MOST = 400 };

/* Where each begins in the input, and how long it is with its length. */
struct span {
	size_t at, n;
};
struct spans {
	struct span v[FRAMES_MOST];
	size_t n;
};

static const int64_t *known;
static size_t n_known;
static struct frames_start start;

void frames_ids(const int64_t *ids, size_t n)
{
	known = ids;
	n_known = n;
}

int64_t frames_id(void)
{
	if (n_known == 0 || fuzz_chance(12) == 0)
		return fuzz_number(1 + fuzz_chance(50000));
	return known[fuzz_chance((uint32_t)n_known)];
}

void frames_begin(const struct frames_start *s)
{
	start = *s;
}

static void find(const uint8_t *bytes, size_t n, struct spans *ret)
{
	size_t at = 1;

	ret->n = 0;
	while (ret->n < FRAMES_MOST && at + 5 <= n) {
		size_t len = (size_t)bytes[at] << 24 | (size_t)bytes[at + 1] << 16 |
			     (size_t)bytes[at + 2] << 8 | bytes[at + 3];

		if (len < 1 || len > n - at - 4)
			len = n - at - 4;
		ret->v[ret->n++] = (struct span){ at, len + 4 };
		at += len + 4;
	}
}

/* ---- one frame ---- */

static void other_text(char *to, size_t size)
{
	static const char *const words[] = { "",	 "book",      "cancel",
					     "edit",	 "add",	      "decide",
					     "free",	 "hold_give", "hold_revoke",
					     "settle",	 "nonsense",  "org:WVH",
					     "org:NONE", "care:3",    "\xff\xfe" };

	snprintf(to, size, "%s", words[fuzz_chance(sizeof words / sizeof *words)]);
}

static void spoil_args(struct cmd *c)
{
	struct buf args = { 0 };

	if (fuzz_chance(2)) {
		buf_add(&args, c->args, c->args_n);
		arguments_spoil(&args);
	} else {
		snprintf(c->type, sizeof c->type, "%s", arguments_of_any(&args, &c->ver));
	}
	mem_free(c->args);
	c->args = mem_strn(args.n ? args.s : "", args.n);
	c->args_n = args.n;
	buf_done(&args);
}

static void spoil_cmd(struct cmd *c)
{
	switch (fuzz_chance(12)) {
	case 0:
		c->inc = fuzz_number(c->inc);
		break;
	case 1:
		c->n = fuzz_number(c->n);
		break;
	case 2:
		c->prev[fuzz_chance(32)] ^= (unsigned char)(1 + fuzz_chance(255));
		break;
	case 3:
		other_text(c->type, sizeof c->type);
		break;
	case 4:
		c->ver = (int)fuzz_number(c->ver);
		break;
	case 5:
		other_text(c->scope, sizeof c->scope);
		break;
	case 6:
		c->actor.n = frames_id();
		break;
	case 7:
		c->at.utc = fuzz_number(c->at.utc);
		break;
	case 8:
		c->history.n = fuzz_chance(2) ? frames_id() : fuzz_number(c->history.n);
		break;
	case 9:
		c->reverses.n = frames_id();
		break;
	default:
		spoil_args(c);
		break;
	}
}

static void spoil_part(struct entry_part *p)
{
	switch (fuzz_chance(4)) {
	case 0:
		other_text(p->scope, sizeof p->scope);
		break;
	case 1:
		p->here = !p->here;
		break;
	default:
		p->body = mem_grow(p->body, p->n + 64);
		p->n = fuzz_bytes(p->body, p->n, p->n + 64);
		break;
	}
}

static void spoil_entry(struct log_entry *e)
{
	switch (fuzz_chance(10)) {
	case 0:
		e->seq = fuzz_number(e->seq);
		break;
	case 1:
		e->epoch = fuzz_number(e->epoch);
		break;
	case 2:
		e->schema = (int)fuzz_number(e->schema);
		break;
	case 3:
		e->node = (int)fuzz_number(e->node);
		break;
	case 4:
		e->inc = fuzz_chance(2) ? start.inc : fuzz_number(e->inc);
		e->n = fuzz_number(fuzz_chance(2) ? start.n : e->n);
		break;
	case 5:
		other_text(e->verdict, sizeof e->verdict);
		break;
	case 6:
		other_text(e->type, sizeof e->type);
		break;
	default:
		spoil_part(&e->part[fuzz_chance(ENTRY_PARTS)]);
		break;
	}
}

static void spoil_hello(struct hello *h)
{
	switch (fuzz_chance(9)) {
	case 0:
		h->lowest = fuzz_number(h->lowest);
		break;
	case 1:
		h->highest = fuzz_number(h->highest);
		break;
	case 2:
		h->schema = fuzz_number(h->schema);
		break;
	case 3:
		h->seq = fuzz_number(h->seq);
		break;
	case 4:
		h->inc = fuzz_number(h->inc);
		break;
	case 5:
		h->last_n = fuzz_number(h->last_n);
		break;
	case 6:
		h->epoch = fuzz_number(h->epoch);
		break;
	case 7:
		h->last_hash[fuzz_chance(32)] ^= 1;
		break;
	default:
		other_text(h->program, sizeof h->program);
		break;
	}
}

static void spoil_welcome(struct welcome *w)
{
	switch (fuzz_chance(6)) {
	case 0:
		w->protocol = fuzz_number(w->protocol);
		break;
	case 1:
		w->epoch = fuzz_number(w->epoch);
		break;
	case 2:
		w->last_n = fuzz_number(w->last_n);
		break;
	case 3:
		w->head = fuzz_number(w->head);
		break;
	case 4:
		w->last_hash[fuzz_chance(32)] ^= 1;
		break;
	default:
		w->schema = fuzz_number(w->schema);
		break;
	}
}

static void spoil(struct frame *f)
{
	switch (f->type) {
	case FRAME_HELLO:
		spoil_hello(&f->hello);
		break;
	case FRAME_WELCOME:
		spoil_welcome(&f->welcome);
		break;
	case FRAME_CMD:
		spoil_cmd(&f->cmd);
		break;
	case FRAME_ENTRY:
		spoil_entry(&f->entry);
		break;
	case FRAME_PULL:
		f->pull.from = fuzz_number(f->pull.from);
		f->pull.max_bytes = fuzz_number(f->pull.max_bytes);
		f->pull.wait_ms = fuzz_number(0);
		break;
	case FRAME_HEAD:
		f->head.head = fuzz_number(f->head.head);
		break;
	case FRAME_ACK:
		f->ack.last_n = fuzz_number(f->ack.last_n);
		break;
	case FRAME_END:
		f->end.node = fuzz_number(f->end.node);
		break;
	default:
		break;
	}
}

/* A frame that was not there: a command, or one of those without much in them. */
static void put_new(struct buf *out)
{
	static const enum frame_type plain[] = {
		FRAME_FLUSH, FRAME_PULL, FRAME_BYE,   FRAME_SNAP,
		FRAME_ACK,   FRAME_HEAD, FRAME_ERROR, FRAME_HELLO
	};
	struct frame f = { .type = plain[fuzz_chance(sizeof plain / sizeof *plain)] };

	if (fuzz_chance(3)) {
		f.type = FRAME_CMD;
		f.cmd = (struct cmd){ .inc = start.inc,
				      .n = start.n,
				      .act = 1,
				      .actor = { frames_id() },
				      .history = { (2ll << 42) + 900000000000 + fuzz_chance(5000) },
				      .at = { 1773309000 } };
		f.cmd.args = mem_str("");
		spoil_args(&f.cmd);
	}
	if (f.type == FRAME_PULL)
		f.pull.from = 1;
	if (f.type == FRAME_SNAP)
		f.snap = (struct snap){ .lowest = PROTOCOL, .highest = PROTOCOL };
	frame_put(out, &f);
	frame_done(&f);
}

/* One frame of the input, spoiled in a field of it if it is whole and in its bytes if not. */
static void put_spoiled(struct buf *out, const uint8_t *bytes, size_t n)
{
	struct buf in = { .s = (char *)bytes, .n = n };
	struct frame f;
	size_t at = 0;

	if (fuzz_chance(4) && frame_take(&in, &at, &f, NULL) == 1 && f.type != FRAME_NONE) {
		spoil(&f);
		frame_put(out, &f);
		frame_done(&f);
		return;
	}
	uint8_t *copy = mem_new(n + 64);

	memcpy(copy, bytes, n);
	n = n > 4 ? 4 + fuzz_bytes(copy + 4, n - 4, n + 60) : n;
	if (fuzz_chance(2))
		for (int i = 0; i < 4; i++)
			copy[i] = (uint8_t)((n - 4) >> (24 - 8 * i));
	buf_add(out, copy, n);
	mem_free(copy);
}

/* ---- all of them ---- */

static void put_span(struct buf *out, const uint8_t *bytes, const struct span *s)
{
	buf_add(out, bytes + s->at, s->n);
}

static void change_one(const uint8_t *bytes, const struct spans *all, struct buf *out)
{
	size_t which = fuzz_chance((uint32_t)all->n), other = fuzz_chance((uint32_t)all->n);
	uint32_t what = fuzz_chance(8);

	for (size_t i = 0; i < all->n; i++) {
		const struct span *s = &all->v[i];

		if (what == 0 && i == which)
			continue; /* gone */
		if (what == 1 && (i == which || i == other))
			s = &all->v[i == which ? other : which];
		if (what > 2 && i == which)
			put_spoiled(out, bytes + s->at, s->n);
		else
			put_span(out, bytes, s);
		if (what == 2 && i == which)
			put_span(out, bytes, &all->v[fuzz_chance(2) ? which : other]);
		if (what == 7 && i == which)
			put_new(out);
	}
	if (all->n == 0)
		put_new(out);
}

/* Hashes that follow from one another: commands in their node's chain, entries in the log's. */
static void put_right(struct buf *all)
{
	struct buf out = { 0 };
	struct frames_start at = start;
	unsigned char cmd_hash[32] = { 0 };
	size_t from = 1;
	struct frame f;

	buf_add(&out, all->s, 1);
	for (;;) {
		size_t was = from;
		int got = frame_take(all, &from, &f, NULL);

		if (got <= 0) {
			buf_add(&out, all->s + was, all->n - was);
			break;
		}
		if (f.type == FRAME_CMD) {
			f.cmd.inc = at.inc;
			f.cmd.n = at.n++;
			memcpy(f.cmd.prev, cmd_hash, 32);
			cmd_seal(&f.cmd);
			memcpy(cmd_hash, f.cmd.hash, 32);
		} else if (f.type == FRAME_ENTRY) {
			f.entry.seq = ++at.seq;
			f.entry.epoch = at.epoch;
			f.entry.schema = at.schema;
			memcpy(f.entry.prev, at.prev, 32);
			entry_seal(&f.entry);
			memcpy(at.prev, f.entry.hash, 32);
		}
		if (f.type == FRAME_NONE)
			buf_add(&out, all->s + was, from - was);
		else
			frame_put(&out, &f);
		frame_done(&f);
	}
	buf_done(all);
	*all = out;
}

size_t frames_mutate(uint8_t *bytes, size_t n, size_t most)
{
	static struct spans all;
	struct buf out = { 0 };

	if (n < 1 || most < 2 || fuzz_chance(8) == 0)
		return fuzz_bytes(bytes, n, most);
	find(bytes, n, &all);
	buf_add(&out, bytes, 1);
	if (fuzz_chance(16) == 0)
		out.s[0] = (char)fuzz_chance(256);
	change_one(bytes, &all, &out);
	if (fuzz_chance(2))
		put_right(&out);
	n = out.n < most ? out.n : most;
	memcpy(bytes, out.s, n);
	buf_done(&out);
	return n;
}
