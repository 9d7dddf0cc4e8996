/*
 * test_poison.c: commands that cannot be done.  Each gets its verdict, a row with all that was in
 * it, and its node is told; those behind it go through.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "clinic.h"
#include "sim.h"
#include "store/db.h"
#include "store/journal.h"
#include "store/log.h"
#include "store/replica.h"
#include "suite.h"

static struct sim sim;
static struct err err;

enum { A = 1, SLOT_OF_A = 20001, NEXT_OF_A = 20005 };

static void sql(struct machine *p, const char *text)
{
	char *why = NULL;

	ck_assert_msg(sqlite3_exec(p->store->db, text, NULL, NULL, &why) == SQLITE_OK, "%s", why);
}

static int64_t number(struct machine *p, const char *text)
{
	return sim_number(&sim, p, text, 0);
}

/* The last command of a node, as it would have been had it been made like that. */
static void spoil(struct machine *p, const char *set)
{
	char *text = mem_printf("UPDATE cmd SET %s WHERE k = (SELECT max(k) FROM cmd)", set);
	struct cmds list = { 0 };
	struct cmd *last;
	sqlite3_stmt *s = NULL;

	sql(p, text);
	mem_free(text);
	ck_ok(journal_pending(p->store, 0, 1000, &list, &err), err);
	last = &list.v[list.n - 1];
	cmd_seal(last);
	for (int i = 0; i < 2; i++) {
		ck_assert_int_eq(sqlite3_prepare_v2(p->store->db,
						    i ? "UPDATE me SET cmd_hash = ?1"
						      : "UPDATE cmd SET hash = ?1"
							" WHERE k = (SELECT max(k) FROM cmd)",
						    -1, &s, NULL),
				 SQLITE_OK);
		sqlite3_bind_blob(s, 1, last->hash, 32, SQLITE_STATIC);
		ck_assert_int_eq(sqlite3_step(s), SQLITE_DONE);
		sqlite3_finalize(s);
	}
	cmds_done(&list);
}

/* One that is spoilt, and one behind it. */
static void comes_to(const char *set, const char *verdict)
{
	struct machine *hub = &sim.place[HUB], *a = &sim.place[A];
	unsigned char one[32], other[32];
	int64_t before = number(hub, "SELECT seq FROM me"), entries;
	char is[16] = "";
	struct log_entries list = { 0 };

	spoil(a, set);
	ck_assert(deed_edit(&sim, a));
	ck_assert(line_sync(&sim, a, 0));
	ck_assert_int_eq(number(a, "SELECT count(*) FROM cmd WHERE state = 'pending'"), 0);

	ck_ok(log_sqlite.read(hub->store, before + 1, 10, SIZE_MAX, &list, &err), err);
	ck_assert_uint_ge(list.n, 2);
	snprintf(is, sizeof is, "%s", list.v[list.n - 2].verdict);
	ck_assert_str_eq(is, verdict);
	ck_assert_str_eq(list.v[list.n - 1].verdict, "ok");
	log_entries_done(&list);
	/* With what was in it, for everybody to see, under the name of who did it. */
	ck_assert_int_eq(number(a,
				"SELECT count(*) FROM overlap WHERE state = 'open' AND node = 2"
				" AND type IN ('failed', 'unsupported') AND author > 0 AND kept ="
				" (SELECT args FROM cmd ORDER BY k DESC LIMIT 1 OFFSET 1)"),
			 1);
	ck_assert_int_eq(number(a, "SELECT count(*) FROM attention WHERE state = 'open'"
				   " AND verdict IN ('failed', 'unsupported') AND text <> ''"),
			 1);
	ck_ok(replica_digest(hub->store, one, &err), err);
	ck_ok(replica_digest(a->store, other, &err), err);
	ck_assert_mem_eq(one, other, 32);
	ck_ok(log_verify(hub->store, &entries, &err), err);
	ck_ok(journal_verify(a->store, &entries, &(int64_t){ 0 }, &err), err);
}

static void an_edit(const char *set, const char *verdict)
{
	sim_begin(&sim, 5, 100, 0);
	ck_assert(deed_edit(&sim, &sim.place[A]));
	comes_to(set, verdict);
	sim_done(&sim);
	base_remove();
}

START_TEST(a_command_that_the_hub_does_not_know_is_kept)
{
	an_edit("type = 'teleport'", "unsupported");
}
END_TEST

START_TEST(one_of_a_version_to_come_is_kept)
{
	an_edit("ver = 99", "unsupported");
}
END_TEST

START_TEST(one_whose_arguments_cannot_be_read_is_kept)
{
	an_edit("args = x'ff00ff'", "failed");
}
END_TEST

START_TEST(one_that_the_database_refuses_is_kept)
{
	sim_begin(&sim, 5, 100, 0);
	/* The same appointment, made a second time. */
	ck_assert(deed_book(&sim, &sim.place[A], SLOT_OF_A));
	ck_assert(deed_book(&sim, &sim.place[A], NEXT_OF_A));
	comes_to("args = (SELECT c.args FROM cmd c ORDER BY k DESC LIMIT 1 OFFSET 1)", "failed");
	sim_done(&sim);
	base_remove();
}
END_TEST

START_TEST(one_under_the_id_of_another_is_kept_under_its_own)
{
	an_edit("history = (SELECT min(id) FROM history)", "failed");
}
END_TEST

START_TEST(one_that_says_no_time_is_kept)
{
	an_edit("at = 0", "failed");
}
END_TEST

START_TEST(one_that_writes_rows_of_two_scopes_is_kept_and_writes_none)
{
	struct machine *hub = &sim.place[HUB];

	sim_begin(&sim, 5, 100, 0);
	ck_assert(deed_edit(&sim, &sim.place[A]));
	sql(hub, "CREATE TEMP TRIGGER also AFTER INSERT ON main.history"
		 " WHEN new.what NOT LIKE '%could not be done%' BEGIN"
		 " UPDATE person SET title = 'Dr' WHERE scope = 'org:KES'; END");
	ck_assert(line_sync(&sim, &sim.place[A], 0));
	ck_assert_int_eq(number(hub, "SELECT count(*) FROM person WHERE title = 'Dr'"), 0);
	ck_assert_int_eq(number(hub, "SELECT count(*) FROM overlap WHERE type = 'failed'"
				     " AND note LIKE 'A command of scope %'"),
			 1);
	ck_assert_int_eq(number(&sim.place[A], "SELECT count(*) FROM attention"
					       " WHERE state = 'open' AND verdict = 'failed'"),
			 1);
	sql(hub, "DROP TRIGGER also");
	ck_assert(deed_edit(&sim, &sim.place[A]));
	ck_assert(line_sync(&sim, &sim.place[A], 0));
	ck_assert_int_eq(number(&sim.place[A], "SELECT count(*) FROM cmd WHERE state = 'pending'"),
			 0);
	sim_done(&sim);
	base_remove();
}
END_TEST

TEST_MAIN("poison", a_command_that_the_hub_does_not_know_is_kept, one_of_a_version_to_come_is_kept,
	  one_whose_arguments_cannot_be_read_is_kept, one_that_the_database_refuses_is_kept,
	  one_under_the_id_of_another_is_kept_under_its_own, one_that_says_no_time_is_kept,
	  one_that_writes_rows_of_two_scopes_is_kept_and_writes_none)
