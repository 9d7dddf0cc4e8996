/*
 * test_bad.c: the hub's end, and what it may be sent by whom it knows: too much, too early, again,
 * in part, under a name that is not to be had.  What nobody could think of is in tests/fuzz.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "clinic.h"
#include "clinic/again.h"
#include "sim.h"
#include "store/db.h"
#include "store/log.h"
#include "store/replica.h"
#include "suite.h"
#include "sync/crowd.h"
#include "sync/frame.h"
#include "sync/hub.h"
#include "sync/node.h"
#include "sync/replay.h"

enum { A = 1, EDITS = 3 };

static struct sim sim;
static struct err err;
static struct buf up; /* what node A says in a whole conversation */

static void sql(struct machine *p, const char *text)
{
	char *why = NULL;

	ck_assert_msg(sqlite3_exec(p->store->db, text, NULL, NULL, &why) == SQLITE_OK, "%s", why);
}

static int64_t number(struct machine *p, const char *text)
{
	return sim_number(&sim, p, text, 0);
}

static int64_t seq(void)
{
	return number(&sim.place[HUB], "SELECT seq FROM me");
}

static void take(struct buf *from, struct buf *to)
{
	buf_clear(to);
	buf_add(to, from->s, from->n);
	buf_clear(from);
}

/* The hub hears the hello of it and no more. */
static void record(void)
{
	struct node_link *node = node_link_new(&sim.place[A].desk);
	struct hub_link *hub = hub_link_new(&sim.place[HUB].desk, A + 1);
	struct buf bytes = { 0 };

	ck_ok(node_link_start(node, &err), err);
	for (int turn = 0; turn < 2; turn++) {
		take(node_link_out(node), &bytes);
		buf_add(&up, bytes.s, bytes.n);
		if (turn == 1)
			break;
		ck_ok(hub_link_in(hub, bytes.s, bytes.n, &err), err);
		take(hub_link_out(hub), &bytes);
		ck_ok(node_link_in(node, bytes.s, bytes.n, &err), err);
	}
	node_link_free(node);
	hub_link_free(hub);
	buf_done(&bytes);
}

static void begin(void)
{
	sim_begin(&sim, 5, 100, 0);
	for (int i = 0; i < EDITS; i++)
		ck_assert(deed_edit(&sim, &sim.place[A]));
	buf_clear(&up);
	record();
}

static void end(void)
{
	int64_t n;

	ck_ok(log_verify(sim.place[HUB].store, &n, &err), err);
	buf_done(&up);
	sim_done(&sim);
	base_remove();
}

static struct hub_link *hub_of(int node)
{
	return hub_link_new(&sim.place[HUB].desk, node);
}

static void put_hello(struct buf *out)
{
	struct buf first = { .s = up.s, .n = up.n };
	size_t at = 0;
	struct frame f;

	ck_assert_int_eq(frame_take(&first, &at, &f, &err), 1);
	ck_assert_int_eq(f.type, FRAME_HELLO);
	buf_add(out, up.s, at);
}

/* ---- too much ---- */

START_TEST(a_length_of_four_gigabytes_is_refused_at_once)
{
	static const unsigned char lengths[][5] = { { 255, 255, 255, 255, 1 },
						    { 127, 255, 255, 255, 4 },
						    { 1, 0, 0, 1, 4 },
						    { 0, 0, 0, 0, 1 } };

	begin();
	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		struct hub_link *hub = hub_of(A + 1);

		ck_refused(hub_link_in(hub, lengths[i], 5, &err), err, ERR_LINK);
		ck_assert(hub_link_over(hub));
		hub_link_free(hub);
	}
	end();
}
END_TEST

START_TEST(who_asks_and_never_listens_fills_no_memory)
{
	struct hub_link *hub;
	struct buf many = { 0 };
	struct frame pull = { .type = FRAME_PULL, .pull = { .from = 1 } };
	size_t most = 0, turns = 0;

	begin();
	ck_assert(line_sync(&sim, &sim.place[A], 0));
	sql(&sim.place[HUB], "UPDATE log_part SET body = zeroblob(1000000) WHERE seq = 1");
	put_hello(&many);
	for (int i = 0; i < 100; i++)
		frame_put(&many, &pull);
	hub = hub_of(A + 1);
	ck_ok(hub_link_in(hub, many.s, many.n, &err), err);
	while (hub_link_out(hub)->n > 0) {
		most = hub_link_out(hub)->n > most ? hub_link_out(hub)->n : most;
		buf_clear(hub_link_out(hub));
		ck_ok(hub_link_more(hub, &err), err);
		turns++;
	}
	ck_assert_uint_lt(most, 12 * 1000 * 1000);
	ck_assert_uint_gt(turns, 10); /* all of them were answered, in the end */
	hub_link_free(hub);
	buf_done(&many);
	sql(&sim.place[HUB], "DELETE FROM log_part; DELETE FROM log");
	end();
}
END_TEST

START_TEST(a_command_that_is_longer_than_any_is_refused)
{
	struct hub_link *hub;
	struct buf bytes = { 0 };
	struct frame f = { .type = FRAME_CMD };

	begin();
	put_hello(&bytes);
	f.cmd.n = 1;
	f.cmd.args_n = 5 * 1024 * 1024;
	f.cmd.args = mem_new(f.cmd.args_n);
	frame_put(&bytes, &f);
	frame_done(&f);
	hub = hub_of(A + 1);
	ck_refused(hub_link_in(hub, bytes.s, bytes.n, &err), err, ERR_LINK);
	hub_link_free(hub);
	buf_done(&bytes);
	ck_assert_int_eq(seq(), 0);
	end();
}
END_TEST

/* ---- again, and in part ---- */

START_TEST(what_is_cut_off_anywhere_leaves_whole_commands)
{
	begin();
	for (size_t cut = 0; cut <= up.n; cut++) {
		struct hub_link *hub = hub_of(A + 1);
		int64_t before = seq();

		ck_ok(hub_link_in(hub, up.s, cut, &err), err);
		hub_link_free(hub);
		ck_assert(!store_in_change(sim.place[HUB].store));
		ck_assert(seq() == before || seq() == before + EDITS);
	}
	ck_assert_int_eq(seq(), EDITS);
	ck_assert(line_sync(&sim, &sim.place[A], 0));
	ck_assert_int_eq(seq(), EDITS);
	end();
}
END_TEST

START_TEST(what_is_said_again_byte_for_byte_changes_nothing)
{
	unsigned char once[32], more[32];

	begin();
	for (int i = 0; i < 4; i++) {
		struct hub_link *hub = hub_of(A + 1);

		for (size_t at = 0; at < up.n; at++)
			ck_ok(hub_link_in(hub, up.s + at, 1, &err), err);
		hub_link_free(hub);
		ck_ok(replica_digest(sim.place[HUB].store, i ? more : once, &err), err);
		ck_assert(i == 0 || memcmp(once, more, 32) == 0);
		ck_assert_int_eq(seq(), EDITS);
	}
	end();
}
END_TEST

START_TEST(in_whatever_order_frames_come_the_log_is_whole)
{
	struct buf out = { 0 }, in;
	struct {
		size_t at, n;
	} f[64];
	size_t n = 0, at = 0;
	struct frame one;

	begin();
	in = (struct buf){ .s = up.s, .n = up.n };
	for (size_t was = 0; frame_take(&in, &at, &one, &err) == 1 && n < 64; was = at) {
		f[n].at = was;
		f[n++].n = at - was;
		frame_done(&one);
	}
	for (int i = 0; i < 400; i++) {
		struct hub_link *hub = hub_of(2 + i % 3);
		struct err why = ERR_INIT;

		buf_clear(&out);
		if (i % 2)
			put_hello(&out);
		for (uint32_t k = 1 + sim_chance(&sim, 8); k > 0; k--) {
			uint32_t which = sim_chance(&sim, (uint32_t)n);

			buf_add(&out, up.s + f[which].at, f[which].n);
		}
		if (hub_link_in(hub, out.s, out.n, &why) < 0)
			ck_assert(*why.text);
		hub_link_free(hub);
		ck_assert(!store_in_change(sim.place[HUB].store));
	}
	buf_done(&out);
	end();
}
END_TEST

/* ---- not to be had ---- */

START_TEST(who_is_excluded_while_connected_is_told_and_changes_nothing)
{
	struct hub_link *hub;
	struct buf hello = { 0 };

	begin();
	put_hello(&hello);
	hub = hub_of(A + 1);
	ck_ok(hub_link_in(hub, hello.s, hello.n, &err), err);
	sql(&sim.place[HUB], "UPDATE node SET state = 'off' WHERE number = 2");
	ck_refused(hub_link_in(hub, up.s + hello.n, up.n - hello.n, &err), err, ERR_DENIED);
	ck_assert(hub_link_over(hub));
	ck_assert_int_eq(seq(), 0);
	hub_link_free(hub);
	buf_done(&hello);
	end();
}
END_TEST

static void put_snap(struct buf *out)
{
	const struct frame snap = { .type = FRAME_SNAP,
				    .snap = { .lowest = PROTOCOL, .highest = PROTOCOL } };

	frame_put(out, &snap);
}

START_TEST(who_is_excluded_while_a_copy_is_under_way_gets_no_more_of_it)
{
	struct hub_link *hub;
	struct buf snap = { 0 };

	begin();
	put_snap(&snap);
	hub = hub_of(A + 1);
	ck_ok(hub_link_in(hub, snap.s, snap.n, &err), err);
	ck_ok(hub_link_more(hub, &err), err);
	ck_assert_uint_gt(hub_link_out(hub)->n, 0);
	buf_clear(hub_link_out(hub));
	sql(&sim.place[HUB], "UPDATE node SET state = 'off' WHERE number = 2");
	ck_refused(hub_link_more(hub, &err), err, ERR_DENIED);
	ck_assert(hub_link_over(hub));
	ck_assert_uint_lt(hub_link_out(hub)->n, 200);
	hub_link_free(hub);
	buf_done(&snap);
	end();
}
END_TEST

START_TEST(a_node_has_some_copies_at_once_and_no_more)
{
	struct hub_link *hub[CROWD_COPIES + 1], *other;
	struct buf snap = { 0 };

	begin();
	put_snap(&snap);
	for (int i = 0; i <= CROWD_COPIES; i++)
		hub[i] = hub_of(A + 1);
	for (int i = 0; i < CROWD_COPIES; i++)
		ck_ok(hub_link_in(hub[i], snap.s, snap.n, &err), err);
	ck_refused(hub_link_in(hub[CROWD_COPIES], snap.s, snap.n, &err), err, ERR_CLASH);
	/* Other nodes have their own, and one that ended makes room. */
	other = hub_of(A + 2);
	ck_ok(hub_link_in(other, snap.s, snap.n, &err), err);
	hub_link_free(other);
	hub_link_free(hub[CROWD_COPIES]);
	hub_link_free(hub[0]);
	hub[0] = hub_of(A + 1);
	ck_ok(hub_link_in(hub[0], snap.s, snap.n, &err), err);
	for (int i = 0; i < CROWD_COPIES; i++)
		hub_link_free(hub[i]);
	buf_done(&snap);
	end();
}
END_TEST

START_TEST(a_key_opens_so_many_lines_and_no_more)
{
	struct store *st;
	int place[CROWD_LINES + 1];

	begin();
	st = sim.place[HUB].store;
	for (int i = 0; i < CROWD_LINES; i++)
		ck_ok(crowd_line(st, A + 1, &place[i], &err), err);
	ck_refused(crowd_line(st, A + 1, &place[CROWD_LINES], &err), err, ERR_CLASH);
	ck_ok(crowd_line(st, A + 2, &place[CROWD_LINES], &err), err);
	close(place[CROWD_LINES]);
	close(place[0]);
	ck_ok(crowd_line(st, A + 1, &place[0], &err), err);
	for (int i = 0; i < CROWD_LINES; i++)
		close(place[i]);
	end();
}
END_TEST

START_TEST(a_command_under_a_name_that_is_taken_is_on_the_list_and_holds_up_nobody)
{
	struct machine *hub = &sim.place[HUB], *a = &sim.place[A];
	char *taken;

	begin();
	taken = mem_printf("INSERT INTO history (id, at, actor, act, name, type, subject, what)"
			   " VALUES (%lld, 1, 1, 1, 'x', 'x', 1, 'x')",
			   (long long)number(a, "SELECT min(history) FROM cmd"
						" WHERE state = 'pending'"));
	sql(hub, taken);
	mem_free(taken);
	line_sync(&sim, a, 0);
	ck_assert_int_eq(seq(), EDITS);
	ck_assert_int_eq(number(hub, "SELECT count(*) FROM log WHERE verdict = 'failed'"), 1);
	ck_assert_int_eq(number(hub, "SELECT count(*) FROM overlap WHERE state = 'open'"
				     " AND type = 'failed'"),
			 1);
	end();
}
END_TEST

/* A node that is put out of the network sends what it likes under numbers that it likes, and not
 * even a time with it. */
static int hand_in_many(int64_t from, int n, struct err *why)
{
	struct hub_link *hub = hub_of(A + 1);
	struct buf bytes = { 0 };
	struct frame flush = { .type = FRAME_FLUSH };
	int rc;

	put_hello(&bytes);
	for (int i = 0; i < n; i++) {
		struct frame f = { .type = FRAME_CMD };

		f.cmd.inc = 7;
		f.cmd.n = from + i;
		snprintf(f.cmd.type, sizeof f.cmd.type, "book");
		f.cmd.args = mem_str("x");
		f.cmd.args_n = 1;
		frame_put(&bytes, &f);
		frame_done(&f);
	}
	frame_put(&bytes, &flush);
	rc = hub_link_in(hub, bytes.s, bytes.n, why);
	hub_link_free(hub);
	buf_done(&bytes);
	return rc;
}

START_TEST(who_hands_in_without_end_is_stopped_until_some_of_it_is_settled)
{
	static const char waiting[] = "SELECT count(*) FROM overlap WHERE state = 'open'"
				      " AND type = 'handed_in'";
	struct machine *hub = &sim.place[HUB];
	int64_t most;

	begin();
	sql(hub, "UPDATE node SET state = 'off' WHERE number = 2");
	ck_refused(hand_in_many(1, 20000, &err), err, ERR_INPUT);
	most = number(hub, waiting);
	ck_assert_int_gt(most, 1000);
	ck_assert_int_lt(most, 6000);
	ck_refused(hand_in_many(most + 1, 1, &err), err, ERR_INPUT);
	ck_assert_int_eq(number(hub, waiting), most);
	sql(hub, "UPDATE overlap SET state = 'closed'");
	ck_ok(hand_in_many(most + 1, 1, &err), err);
	ck_assert_int_eq(number(hub, waiting), 1);
	sql(hub, "UPDATE node SET state = 'on'");
	end();
}
END_TEST

/* The id of a row that its next commands make is changed, in the arguments as they are sent. */
static struct id of_another(void *ctx, struct id id)
{
	return id_node(id) == A + 1 && id.n != *(int64_t *)ctx
		       ? (struct id){ id.n + ((int64_t)1 << ID_NODE_SHIFT) }
		       : id;
}

START_TEST(a_row_under_an_id_that_another_node_gives_out_is_not_made)
{
	struct machine *a = &sim.place[A], *hub = &sim.place[HUB];
	struct cmds list = { 0 };
	int64_t history;

	sim_begin(&sim, 5, 100, 0);
	ck_assert(deed_add(&sim, a));
	ck_ok(journal_pending(a->store, 0, 10, &list, &err), err);
	ck_assert_uint_eq(list.n, 1);
	history = list.v[0].history.n;
	ck_assert(command_renamed(&list.v[0], of_another, &history));
	ck_ok(execute(&hub->desk, A + 1, &list, &err), err);
	cmds_done(&list);
	ck_assert_int_eq(number(hub, "SELECT count(*) FROM person WHERE id >> 42 = 3"), 0);
	ck_assert_int_eq(number(hub, "SELECT count(*) FROM log WHERE verdict = 'failed'"), 1);
	ck_assert_int_eq(number(hub, "SELECT count(*) FROM overlap WHERE state = 'open'"
				     " AND type = 'failed'"),
			 1);
	end();
}
END_TEST

START_TEST(a_hub_that_names_entries_and_sends_none_is_tried_later)
{
	struct node_link *node;
	struct buf down = { 0 };
	struct frame f = { .type = FRAME_WELCOME,
			   .welcome = { .protocol = PROTOCOL, .epoch = 1, .head = 9 } };

	begin();
	sql(&sim.place[A], "DELETE FROM cmd WHERE state = 'pending'");
	node = node_link_new(&sim.place[A].desk);
	ck_ok(node_link_start(node, &err), err);
	frame_put(&down, &f);
	f = (struct frame){ .type = FRAME_HEAD, .head = { .head = 9 } };
	frame_put(&down, &f);
	ck_refused(node_link_in(node, down.s, down.n, &err), err, ERR_LINK);
	node_link_free(node);
	buf_done(&down);
	end();
}
END_TEST

TEST_MAIN("bad", a_length_of_four_gigabytes_is_refused_at_once,
	  who_asks_and_never_listens_fills_no_memory, a_command_that_is_longer_than_any_is_refused,
	  what_is_cut_off_anywhere_leaves_whole_commands,
	  what_is_said_again_byte_for_byte_changes_nothing,
	  in_whatever_order_frames_come_the_log_is_whole,
	  who_is_excluded_while_connected_is_told_and_changes_nothing,
	  who_is_excluded_while_a_copy_is_under_way_gets_no_more_of_it,
	  a_node_has_some_copies_at_once_and_no_more, a_key_opens_so_many_lines_and_no_more,
	  a_command_under_a_name_that_is_taken_is_on_the_list_and_holds_up_nobody,
	  who_hands_in_without_end_is_stopped_until_some_of_it_is_settled,
	  a_row_under_an_id_that_another_node_gives_out_is_not_made,
	  a_hub_that_names_entries_and_sends_none_is_tried_later)
