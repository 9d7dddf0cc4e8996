/*
 * fuzz_node.c: a node's end of a conversation, and a hub that is not what it should be.
 *
 *	first byte   in how large pieces it comes
 *	the rest     what the hub says, as on the line
 *
 * Whatever comes: the node goes on, or gives up with one sentence; it takes whole entries or none,
 * and none that does not follow; its own pending work stays, until the log has it; it may stop
 * taking the log in, which is told, and work goes on.  A hub that has the log makes what it likes
 *of a node's tables, so nothing is said here about those.
 */
#include <stdio.h>
#include <string.h>

#include "ends.h"
#include "frames.h"
#include "fuzz.h"
#include "store/db.h"
#include "store/journal.h"
#include "sync/frame.h"
#include "sync/node.h"

enum { INPUT_MOST = 64 * 1024, NODE = 2, OUT_MOST = 40 * 1024 * 1024 };

static int64_t commands_before;

static int64_t commands(void)
{
	return ends_number(NODE, "SELECT count(*) FROM cmd");
}

static void begin(void)
{
	struct frames_start start = { .n = 1 };
	const struct me *me;

	ends_begin();
	me = store_me(ends.place[NODE].store);
	start.inc = me->inc;
	start.seq = me->seq;
	start.epoch = me->epoch;
	start.schema = me->schema;
	memcpy(start.prev, me->hash, 32);
	frames_begin(&start);
	commands_before = commands();
}

static int feed(struct node_link *node, const uint8_t *bytes, size_t n, size_t piece,
		struct err *err)
{
	int rc = 0;

	for (size_t at = 0; rc == 0 && at < n; at += piece) {
		rc = node_link_in(node, bytes + at, n - at < piece ? n - at : piece, err);
		fuzz_must(node_link_out(node)->n < OUT_MOST, "%zu bytes wait to be sent",
			  node_link_out(node)->n);
		buf_clear(node_link_out(node));
		if (rc == 0 && node_link_idle(node))
			rc = node_link_turn(node, 0, err);
	}
	return rc;
}

static void judge(const struct me *was)
{
	const struct me *me = store_me(ends.place[NODE].store);
	struct err err = ERR_INIT;
	int64_t n, views;

	fuzz_must(commands() >= commands_before, "a command of its own is gone");
	fuzz_must(me->seq >= was->seq, "it went back from entry %lld to %lld", (long long)was->seq,
		  (long long)me->seq);
	fuzz_must(me->seq > was->seq || memcmp(me->hash, was->hash, 32) == 0,
		  "the log's head changed without an entry");
	fuzz_must(journal_verify(ends.place[NODE].store, &n, &views, &err) == 0, "%s", err.text);
	fuzz_must(ends_number(NODE, "SELECT count(*) FROM pragma_foreign_key_check") == 0,
		  "a row refers to one that there is not");
	if (me->seq == was->seq && !*me->stopped && me->inc == was->inc)
		ends_talk(NODE, NULL, NULL);
	ends_back(HUB);
}

static void one(const uint8_t *bytes, size_t n)
{
	static const size_t pieces[] = { INPUT_MOST, 4096, 64, 7 };
	struct me was = *store_me(ends.place[NODE].store);
	struct err err = ERR_INIT;
	struct node_link *node;

	if (n < 1)
		return;
	node = node_link_new(&ends.place[NODE].desk);
	fuzz_must(node_link_start(node, &err) == 0, "%s", err.text);
	buf_clear(node_link_out(node));
	if (feed(node, bytes + 1, n - 1, pieces[bytes[0] & 3], &err) < 0)
		fuzz_must(*err.text && strlen(err.text) < sizeof err.text, "no word about why");
	node_link_free(node);
	fuzz_must(!store_in_change(ends.place[NODE].store), "a change was left open");
	if (ends_written(NODE) && fuzz_looks(bytes, n))
		judge(&was);
	ends_back(NODE);
}

static void seeds(void (*put)(const char *name, const void *bytes, size_t n))
{
	struct buf down = { 0 };

	buf_add(&down, "\0", 1);
	ends_talk(NODE, NULL, &down);
	put("alone", down.s, down.n);
	ends_back(NODE);
	ends_back(HUB);
	/* Others' entries come first. */
	ends_talk(1, NULL, NULL);
	ends_talk(3, NULL, NULL);
	buf_clear(&down);
	buf_add(&down, "\1", 1);
	ends_talk(NODE, NULL, &down);
	put("others", down.s, down.n);
	for (int i = 0; i < PLACES; i++)
		ends_back(i);
	buf_done(&down);
}

const struct fuzz_target fuzz_target = { .name = "node",
					 .most = INPUT_MOST,
					 .begin = begin,
					 .one = one,
					 .end = ends_end,
					 .seeds = seeds,
					 .mutate = frames_mutate };
