/* test_capture.c: what a command changed, written down, is all of it: backwards and forwards. */
#include <sqlite3.h>
#include <string.h>

#include "booked.h"
#include "store/db.h"
#include "store/effect.h"
#include "store/replica.h"
#include "suite.h"

static struct booked b;
static struct err err;
static struct buf part[PARTS];

static void sql(const char *text)
{
	char *why = NULL;

	ck_assert_msg(sqlite3_exec(b.c.store->db, text, NULL, NULL, &why) == SQLITE_OK, "%s", why);
}

static void apply(bool upside_down)
{
	struct effects *all = effects_new();

	for (int i = 0; i < PARTS; i++) {
		ck_ok(effect_fits(b.c.store, i, part[i].s, part[i].n, &err), err);
		ck_ok(effects_add(b.c.store, all, part[i].s, part[i].n, &err), err);
	}
	ck_ok(effects_apply(b.c.store, all, upside_down, &err), err);
	effects_free(all);
}

static void digest(unsigned char ret[32])
{
	ck_ok(replica_digest(b.c.store, ret, &err), err);
}

/* Does it, and looks whether the effect leads there and back. */
static void there_and_back(const char *text)
{
	unsigned char before[32], after[32], is[32];

	for (int i = 0; i < PARTS; i++)
		buf_clear(&part[i]);
	ck_ok(store_begin(b.c.store, &err), err);
	digest(before);
	ck_ok(effect_watch(b.c.store, &err), err);
	sql(text);
	ck_ok(effect_read(b.c.store, part, &err), err);
	effect_unwatch(b.c.store);
	digest(after);
	apply(true);
	digest(is);
	ck_assert_msg(memcmp(is, before, 32) == 0, "not taken back: %s", text);
	apply(false);
	digest(is);
	ck_assert_msg(memcmp(is, after, 32) == 0, "not done again: %s", text);
	store_rollback(b.c.store);
}

static void end(void)
{
	for (int i = 0; i < PARTS; i++)
		buf_done(&part[i]);
	booked_close(&b);
}

START_TEST(what_was_changed_is_taken_back_and_done_again)
{
	booked_open(&b);
	there_and_back("UPDATE slot SET state = 'blocked', note = 'h\xc3\xa9llo'");
	there_and_back("UPDATE slot SET note = '', release_at = -1 WHERE id % 2");
	there_and_back("INSERT INTO setting (id, name, value) VALUES (-5, '', ''),"
		       " (9223372036854775807, 'a', 'b'), (0, 'c', 'd')");
	there_and_back("DELETE FROM slot");
	there_and_back("UPDATE person SET title = NULL, surname = surname || 'x'");
	there_and_back("UPDATE setting SET value = hex(zeroblob(70000)) WHERE 1;"
		       "INSERT INTO setting (id, name, value) VALUES (8, 'n', hex(zeroblob(200)))");
	end();
}
END_TEST

START_TEST(a_row_that_is_changed_twice_is_changed_once)
{
	booked_open(&b);
	there_and_back("UPDATE slot SET note = 'a'; UPDATE slot SET note = 'b', mins = mins + 1;"
		       "UPDATE slot SET mins = mins - 1");
	there_and_back("INSERT INTO setting (id, name, value) VALUES (77, 'a', 'b');"
		       "UPDATE setting SET value = 'c' WHERE id = 77;"
		       "UPDATE setting SET id = 78 WHERE id = 77");
	there_and_back("DELETE FROM slot WHERE id % 2; UPDATE slot SET note = 'x'");
	there_and_back("INSERT INTO setting (id, name, value) VALUES (77, 'a', 'b');"
		       "DELETE FROM setting WHERE id = 77;"
		       "INSERT INTO setting (id, name, value) VALUES (77, 'z', 'b')");
	end();
}
END_TEST

START_TEST(what_comes_to_nothing_is_nothing)
{
	booked_open(&b);
	there_and_back("INSERT INTO setting (id, name, value) VALUES (77, 'a', 'b');"
		       "DELETE FROM setting WHERE id = 77");
	ck_assert_uint_eq(part[0].n, 0);
	there_and_back("UPDATE slot SET note = note, state = state");
	ck_assert_uint_eq(part[0].n, 0);
	there_and_back("UPDATE slot SET mins = mins + 1; UPDATE slot SET mins = mins - 1");
	ck_assert_uint_eq(part[0].n, 0);
	end();
}
END_TEST

START_TEST(tables_that_are_no_other_nodes_business_are_not_in_it)
{
	booked_open(&b);
	there_and_back("UPDATE counter SET next = next + 1;"
		       "INSERT INTO counter (name, next) VALUES ('x', 1);"
		       "UPDATE me SET turn = turn + 1");
	ck_assert_uint_eq(part[0].n, 0);
	ck_assert_uint_eq(part[1].n, 0);
	/* Derived tables follow by their triggers. */
	there_and_back("UPDATE person SET surname = 'Other'");
	ck_assert_uint_eq(part[0].n, 0);
	ck_assert(part[1].n > 0 && !memmem(part[1].s, part[1].n, "find_key", 8));
	end();
}
END_TEST

START_TEST(a_damaged_changeset_is_none)
{
	booked_open(&b);
	there_and_back("UPDATE slot SET note = 'a'; DELETE FROM setting;"
		       "INSERT INTO setting (id, name, value) VALUES (7, 'long name', 'v')");
	for (size_t n = 1; n < part[0].n; n++) {
		bool sound = changeset_sound(part[0].s, n);
		struct effects *all = effects_new();

		/* Cut between two changes it is a shorter one; anywhere else it is none. */
		ck_assert(effects_add(b.c.store, all, part[0].s, n, NULL) == (sound ? 0 : -1));
		effects_free(all);
	}
	ck_assert(!changeset_sound("T\x81\x80\x80\x80\x00\x01", 7));
	ck_assert(!changeset_sound("P\x02\x01\x00slot\0", 9));
	ck_assert(!changeset_sound("\x12\x00\x01", 3));
	end();
}
END_TEST

TEST_MAIN("capture", what_was_changed_is_taken_back_and_done_again,
	  a_row_that_is_changed_twice_is_changed_once, what_comes_to_nothing_is_nothing,
	  tables_that_are_no_other_nodes_business_are_not_in_it, a_damaged_changeset_is_none)
