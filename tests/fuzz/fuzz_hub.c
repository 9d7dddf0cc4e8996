/*
 * fuzz_hub.c: the hub's end of a conversation, and whatever may come over the line.
 *
 *	first byte   bits 0, 1: from node 2, 3, 4, or 5, which nobody enrolled
 *	             bits 2, 3: in how large pieces it comes
 *	the rest     as on the line
 *
 * Whatever comes: the hub answers in whole frames or hangs up with one sentence; a change of the
 * database is left by whole commands alone, each with its entry in the log; slots of other nodes
 * stay as they are; what is waiting to be sent stays small; and the next node that comes is served,
 * and equal to the hub when it leaves.
 */
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "ends.h"
#include "frames.h"
#include "fuzz.h"
#include "store/db.h"
#include "sync/frame.h"
#include "sync/hub.h"

enum { INPUT_MOST = 64 * 1024, OUT_MOST = 40 * 1024 * 1024, OTHERS = 3 };

static unsigned char before[32];
static int64_t seq_before;
static int64_t slots_before[6];

/* A number that stands for the slots that other nodes held at the beginning. */
static int64_t slots_of_others(int node)
{
	char *sql = mem_printf(
		"SELECT sum((id * 31 + coalesce(appt, 7) * 17 + holder * 13 + unicode(state)) %% 1000003)"
		" FROM slot WHERE id IN (SELECT id FROM slot WHERE id < 40000 AND clinician IN"
		" (SELECT id FROM clinician WHERE node NOT IN (1, %d)))",
		node);
	int64_t n = ends_number(HUB, sql);

	mem_free(sql);
	return n;
}

static void begin(void)
{
	ends_begin();
	ends_digest(HUB, before);
	seq_before = ends_number(HUB, "SELECT seq FROM me");
	for (int node = 2; node <= 5; node++)
		slots_before[node] = slots_of_others(node);
	frames_begin(&(struct frames_start){ .inc = 1001, .n = 1 });
}

/* Everything that was said is whole frames; *ret_last: the type of the last. */
static void whole_frames(const struct buf *out, enum frame_type *ret_last)
{
	struct err err = ERR_INIT;
	struct frame f;
	size_t at = 0;
	int got;

	while ((got = frame_take(out, &at, &f, &err)) == 1) {
		*ret_last = f.type;
		frame_done(&f);
	}
	fuzz_must(got == 0 && at == out->n, "half a frame was said: %s", err.text);
}

static void hear(struct hub_link *hub, enum frame_type *last)
{
	struct buf *out = hub_link_out(hub);

	fuzz_must(out->n < OUT_MOST, "%zu bytes wait to be sent", out->n);
	whole_frames(out, last);
	buf_clear(out);
}

static int feed(struct hub_link *hub, const uint8_t *bytes, size_t n, size_t piece,
		enum frame_type *last, struct err *err)
{
	int rc = 0;

	for (size_t at = 0; rc == 0 && at < n && !hub_link_over(hub); at += piece) {
		rc = hub_link_in(hub, bytes + at, n - at < piece ? n - at : piece, err);
		hear(hub, last);
		for (int turns = 0; rc == 0 && turns < 10000; turns++) {
			rc = hub_link_more(hub, err);
			if (hub_link_out(hub)->n == 0)
				break;
			hear(hub, last);
		}
	}
	if (rc == 0 && hub_link_waits(hub))
		rc = hub_link_wait(hub, 0, err);
	hear(hub, last);
	return rc;
}

static void judge(int node)
{
	unsigned char now[32];

	if (ends_number(HUB, "SELECT seq FROM me") == seq_before) {
		ends_digest(HUB, now);
		fuzz_must(memcmp(now, before, 32) == 0, "changed without an entry in the log");
	}
	fuzz_must(slots_of_others(node) == slots_before[node],
		  "node %d changed slots that others hold", node);
	ends_sound(node == 3 ? 3 : 2);
}

static void one(const uint8_t *bytes, size_t n)
{
	static const size_t pieces[] = { INPUT_MOST, 4096, 64, 7 };
	enum frame_type last = FRAME_NONE;
	struct err err = ERR_INIT;
	struct hub_link *hub;
	int node, rc;

	if (n < 1)
		return;
	node = 2 + (bytes[0] & 3);
	hub = hub_link_new(&ends.place[HUB].desk, node);
	rc = feed(hub, bytes + 1, n - 1, pieces[bytes[0] >> 2 & 3], &last, &err);
	if (rc < 0) {
		fuzz_must(*err.text && strlen(err.text) < 160, "hung up without a word");
		fuzz_must(last == FRAME_REFUSE || last == FRAME_ERROR,
			  "the other end was not told: %s", err.text);
	}
	hub_link_free(hub);
	fuzz_must(!store_in_change(ends.place[HUB].store), "a change was left open");
	if (ends_written(HUB) && fuzz_looks(bytes, n))
		judge(node);
	ends_back(HUB);
}

/* ---- seeds ---- */

typedef void put_fn(const char *name, const void *bytes, size_t n);

/* Frames of a conversation in another order, changed by `change`, which says how often each is to
 * come. */
static void put_changed(put_fn *put, const char *name, const struct buf *said,
			int (*change)(struct frame *f, int i))
{
	struct buf out = { 0 };
	struct frame f;
	size_t at = 1;

	buf_add(&out, said->s, 1);
	for (int i = 0; frame_take(said, &at, &f, NULL) == 1; i++) {
		for (int times = change(&f, i); times > 0; times--)
			frame_put(&out, &f);
		frame_done(&f);
	}
	put(name, out.s, out.n < INPUT_MOST ? out.n : INPUT_MOST);
	buf_done(&out);
}

static int twice(struct frame *f, int i)
{
	(void)i;
	return f->type == FRAME_HELLO ? 1 : 2;
}
static int hello_again(struct frame *f, int i)
{
	(void)i;
	return f->type == FRAME_HELLO ? 2 : 1;
}
static int unasked(struct frame *f, int i)
{
	(void)i;
	return f->type != FRAME_HELLO;
}
static int with_a_gap(struct frame *f, int i)
{
	(void)f;
	return i != 2;
}
static int greedy(struct frame *f, int i)
{
	(void)i;
	return f->type == FRAME_PULL ? 2000 : 1;
}
static int of_tomorrow(struct frame *f, int i)
{
	(void)i;
	if (f->type == FRAME_HELLO)
		f->hello.lowest = f->hello.highest = PROTOCOL + 1;
	return 1;
}
static int ahead(struct frame *f, int i)
{
	(void)i;
	if (f->type == FRAME_HELLO) {
		f->hello.seq = 1000000;
		f->hello.schema += 1;
	}
	return 1;
}
static int other_chain(struct frame *f, int i)
{
	if (f->type == FRAME_CMD && i == 3)
		memset(f->cmd.prev, 'x', 32);
	return 1;
}
static int of_the_hub(struct frame *f, int i)
{
	(void)i;
	if (f->type == FRAME_CMD)
		snprintf(f->cmd.type, sizeof f->cmd.type, "hold_revoke");
	return 1;
}
static int not_its_name(struct frame *f, int i)
{
	(void)i;
	if (f->type == FRAME_CMD)
		f->cmd.history.n = i % 2 ? 5 : (3ll << 42) + 5;
	return 1;
}
static int deep(struct frame *f, int i)
{
	if (f->type == FRAME_CMD && i == 1) {
		struct buf args = { 0 };

		for (int n = 0; n < 5000; n++)
			buf_str(&args, "d4:rowsl");
		mem_free(f->cmd.args);
		f->cmd.args = args.s;
		f->cmd.args_n = args.n;
	}
	return 1;
}

static void put_spoiled(put_fn *put, const struct buf *said)
{
	put_changed(put, "twice", said, twice);
	put_changed(put, "hello-again", said, hello_again);
	put_changed(put, "unasked", said, unasked);
	put_changed(put, "gap", said, with_a_gap);
	put_changed(put, "greedy", said, greedy);
	put_changed(put, "protocol", said, of_tomorrow);
	put_changed(put, "ahead", said, ahead);
	put_changed(put, "chain", said, other_chain);
	put_changed(put, "of-the-hub", said, of_the_hub);
	put_changed(put, "names", said, not_its_name);
	put_changed(put, "deep", said, deep);
	put("cut", said->s, said->n / 2);
}

static void seeds(put_fn *put)
{
	static const char *const whose[] = { "", "mill", "oak", "poole" };
	struct buf up = { 0 };
	struct frame snap = { .type = FRAME_SNAP,
			      .snap = { .lowest = PROTOCOL, .highest = PROTOCOL } };

	for (int i = 1; i < PLACES; i++) {
		char control = (char)(i - 1);

		buf_clear(&up);
		buf_add(&up, &control, 1);
		ends_talk(i, &up, NULL);
		ends_back(HUB);
		ends_back(i);
		put(whose[i], up.s, up.n);
		if (i == 1)
			put_spoiled(put, &up);
	}
	up.s[0] = 3;
	put("stranger", up.s, up.n);
	buf_clear(&up);
	buf_add(&up, "\0", 1);
	frame_put(&up, &snap);
	put("copy", up.s, up.n);
	buf_add(&up, "\xff\xff\xff\xff\x04", 5);
	put("copy-long", up.s, up.n);
	buf_done(&up);
}

const struct fuzz_target fuzz_target = { .name = "hub",
					 .most = INPUT_MOST,
					 .begin = begin,
					 .one = one,
					 .end = ends_end,
					 .seeds = seeds,
					 .mutate = frames_mutate };
