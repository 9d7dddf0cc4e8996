/* test_uplink.c: what a screen says about the line to the hub, and that it costs nothing to ask. */
#include "suite.h"

#include <sqlite3.h>
#include <stdio.h>

#include "clinic.h"
#include "store/db.h"
#include "store/replica.h"
#include "store/stats.h"
#include "store/uplink.h"
#include "sync/state.h"

static struct clinic hub, node; /* node: on a copy of hub's database */
static struct err err;

static void sql(struct clinic *c, const char *text)
{
	char *why = NULL;

	ck_assert_msg(sqlite3_exec(c->store->db, text, NULL, NULL, &why) == SQLITE_OK, "%s", why);
}

static void open_both(void)
{
	clinic_open(&hub);
	ck_ok(store_begin(hub.store, &err), err);
	ck_ok(replica_hub(hub.store, &err), err);
	ck_ok(store_commit(hub.store, &err), err);
	node = hub;
	snprintf(node.path, sizeof node.path, "%s/node.db", hub.folder);
	ck_ok(store_copy(hub.store, node.path, &err), err);
	ck_ok(replica_begin(node.path, 2, 77, "false", &err), err);
	ck_ok(store_open(node.path, 5000, &node.store, &err), err);
	ck_ok(desk_open(node.store, &hub.world, &node.desk, &err), err);
}

static void close_both(void)
{
	desk_close(&node.desk);
	store_close(node.store);
	clinic_close(&hub);
}

static void says(struct clinic *c, const char *title)
{
	struct sync_now now;
	char is[SYNC_TITLE];

	desk_tick(&c->desk);
	ck_ok(sync_now(&c->desk, &now, &err), err);
	ck_assert_str_eq(sync_title(&now, c->desk.now, is), title);
}

static void pass(int seconds)
{
	world_pass(&hub.world, seconds);
	desk_tick(&node.desk);
}

START_TEST(the_title_says_how_the_line_is)
{
	struct sync_now now;

	clinic_open(&hub);
	says(&hub, "");
	clinic_close(&hub);
	open_both();
	says(&hub, "Sync ok");
	says(&node, "OFFLINE"); /* nobody has talked to the hub yet */
	ck_ok(uplink_up(node.store, node.desk.now, 60, &err), err);
	says(&node, "Sync ok");
	sql(&node,
	    "INSERT INTO cmd (inc, n, act, type, ver, actor, at, history, args, told, state,"
	    " verdict, hash) VALUES (1, 1, 1, 'x', 1, 1, 1, 1, x'', 'saved', 'done', 'ok', x''),"
	    " (1, 2, 2, 'x', 1, 1, 1, 2, x'', 'saved', 'pending', 'ok', x''),"
	    " (1, 3, 3, 'x', 1, 1, 1, 3, x'', 'saved', 'pending', 'ok', x'')");
	says(&node, "Sync 2 wait");
	sql(&node, "INSERT INTO overlap (id, type, a, b, at, state)"
		   " VALUES (1, 'slot', 1, 2, 3, 'open'), (2, 'slot', 1, 2, 3, 'closed')");
	says(&node, "CONFLICT 1");
	ck_ok(uplink_lost(node.store, node.desk.now, "The line broke.", false, &err), err);
	says(&node, "OFFLINE 0m");
	pass(12 * 60);
	/* Another reason is no other beginning. */
	ck_ok(uplink_lost(node.store, node.desk.now, "The hub says no.", true, &err), err);
	says(&node, "OFFLINE 12m");
	ck_ok(sync_now(&node.desk, &now, &err), err);
	ck_assert_str_eq(now.why, "The hub says no.");
	ck_assert(now.person);
	ck_assert_int_eq(now.pending, 2);
	pass(48 * 60);
	says(&node, "OFFLINE 1h");
	pass(47 * 3600);
	says(&node, "OFFLINE 2d");
	ck_ok(uplink_up(node.store, node.desk.now, 60, &err), err);
	says(&node, "CONFLICT 1");
	sql(&node, "DELETE FROM cmd; DELETE FROM overlap");
	close_both();
}
END_TEST

START_TEST(a_word_that_nobody_renews_is_not_believed_for_ever)
{
	open_both();
	ck_ok(uplink_up(node.store, node.desk.now, 60, &err), err);
	pass(60);
	says(&node, "Sync ok");
	pass(61);
	says(&node, "OFFLINE 2m"); /* since it was last in reach */
	/* And whoever finds the line broken then, says so since when. */
	ck_ok(uplink_lost(node.store, node.desk.now, "The line broke.", false, &err), err);
	says(&node, "OFFLINE 2m");
	close_both();
}
END_TEST

START_TEST(a_node_that_takes_no_more_of_the_log_is_offline_and_says_why)
{
	struct sync_now now;

	open_both();
	ck_ok(replica_heard(node.store, 0, true, node.desk.now, &err), err);
	ck_ok(uplink_up(node.store, node.desk.now, 3600, &err), err);
	ck_ok(replica_stop(node.store, "This copy is damaged.", &err), err);
	pass(300);
	says(&node, "OFFLINE 5m");
	ck_ok(sync_now(&node.desk, &now, &err), err);
	ck_assert_str_eq(now.why, "This copy is damaged.");
	ck_assert(now.person);
	close_both();
}
END_TEST

START_TEST(desks_hear_of_a_change_of_the_word_and_not_of_its_renewal)
{
	struct clinic other;

	open_both();
	clinic_second(&node, &other, "p.shah");
	ck_ok(uplink_up(node.store, node.desk.now, 60, &err), err);
	ck_assert(store_changed(other.store));
	ck_ok(uplink_up(node.store, node.desk.now, 60, &err), err);
	ck_assert(!store_changed(other.store));
	pass(45);
	ck_ok(uplink_up(node.store, node.desk.now, 60, &err), err);
	ck_assert(!store_changed(other.store));
	pass(45);
	says(&node, "Sync ok");
	ck_ok(uplink_lost(node.store, node.desk.now, "The line broke.", false, &err), err);
	ck_assert(store_changed(other.store));
	ck_ok(sync_poke(&other.desk, &err), err);
	ck_assert(store_changed(node.store));
	clinic_second_close(&other);
	close_both();
}
END_TEST

static int64_t work(void)
{
	struct store_work before, after;
	struct sync_now now;

	ck_ok(sync_now(&node.desk, &now, &err), err);
	store_work(node.store, &before);
	ck_ok(sync_now(&node.desk, &now, &err), err);
	store_work(node.store, &after);
	return after.steps - before.steps;
}

START_TEST(asking_costs_the_same_however_much_there_is)
{
	struct sync_now now;
	int64_t few;

	open_both();
	few = work();
	sql(&node,
	    "WITH RECURSIVE i(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM i WHERE k < 20000)"
	    " INSERT INTO cmd (k, inc, n, act, type, ver, actor, at, history, args, told, state,"
	    " verdict, hash) SELECT k, 1, k, k, 'x', 1, 1, 1, k, x'', 'saved',"
	    " CASE WHEN k > 8000 THEN 'pending' ELSE 'done' END, 'ok', x'' FROM i");
	sql(&node,
	    "INSERT INTO overlap (id, type, a, b, at, state)"
	    " SELECT k, 'slot', 1, 2, 3, CASE WHEN k > 5000 THEN 'open' ELSE 'closed' END FROM cmd");
	sql(&node,
	    "INSERT INTO attention (act, log_seq, told, verdict, actor, at, text, state)"
	    " SELECT k, 1, 'saved', 'ok', 1, 1, '', CASE WHEN k > 15000 THEN 'open' ELSE 'seen' END"
	    " FROM cmd");
	ck_ok(sync_now(&node.desk, &now, &err), err);
	ck_assert_int_eq(now.pending, 12000);
	ck_assert_int_eq(now.conflicts, SYNC_COUNT_MOST);
	ck_assert_int_eq(now.attention, SYNC_COUNT_MOST);
	/* What is counted is counted up to SYNC_COUNT_MOST, at a few steps each. */
	ck_assert_int_le(work(), few + 2 * 10 * SYNC_COUNT_MOST);
	ck_ok(uplink_up(node.store, node.desk.now, 60, &err), err);
	says(&node, "CONFLICT 99+");
	sql(&node, "DELETE FROM cmd; DELETE FROM overlap; DELETE FROM attention");
	close_both();
}
END_TEST

TEST_MAIN("uplink", the_title_says_how_the_line_is,
	  a_word_that_nobody_renews_is_not_believed_for_ever,
	  a_node_that_takes_no_more_of_the_log_is_offline_and_says_why,
	  desks_hear_of_a_change_of_the_word_and_not_of_its_renewal,
	  asking_costs_the_same_however_much_there_is)
