/*
 * test_sync.c: sites in step as people see it: the word in row 1, S16 and what it settles, T that
 * becomes B or is lost.  Two nodes and a hub, each a database of its own; the line is carried when
 * the test says so.
 */
#include "suite.h"

#include <stdio.h>

#include "at_desk.h"
#include "base/alloc.h"
#include "diaries.h"
#include "nodes.h"
#include "store/uplink.h"

static struct nodes n;

static struct moment fri(int hour, int minute)
{
	return at_of(2026, 3, 13, hour, minute);
}

/* At Harbour somebody books obi's 13:00 and changes Lewis's number; at Northgate others do the
 * same without knowing. */
static void two_clashes(void)
{
	nodes_open(&n);
	nodes_clock(12, 9, 52);
	nodes_book(&n.harbour, "t.reid", n.webb, "obi", fri(13, 0));
	nodes_mobile(&n.harbour, "t.reid", n.lewis, "07700 900555");
	nodes_clock(12, 9, 58);
	nodes_book(&n.north, "p.shah", n.ellis, "obi", fri(13, 0));
	nodes_clock(12, 10, 4);
	nodes_mobile(&n.north, "p.shah", n.lewis, "07700 900777");
	nodes_clock(12, 10, 30);
	nodes_turn(&n, &n.harbour);
	nodes_in_step(&n);
	nodes_clock(12, 10, 31);
}

static int64_t open_clashes(struct clinic *c)
{
	return clinic_count(c, "SELECT count(*) FROM overlap WHERE state = 'open'");
}

START_TEST(row_1_says_how_the_line_is_and_follows_it)
{
	struct pty *p;

	nodes_open(&n);
	p = at_desk(&n.north, "p.shah", NULL);
	row_has(p, 1, "  Sync ok");
	nodes_book(&n.north, "p.shah", n.ellis, "marsh", fri(8, 20));
	pty_wait_for(p, "wait");
	row_has(p, 1, "  Sync 1 wait");
	nodes_in_step(&n);
	pty_wait_for(p, "Sync ok");
	nodes_lost(&n.north);
	pty_wait_for(p, "OFFLINE");
	/* The word, and what stands left of it moves over. */
	ck_assert_int_le(pty_bytes(p), 80);
	row_has(p, 1, "  OFFLINE 0m");
	/* Nothing moves by itself; the next key shows how long it is by now. */
	nodes_clock(12, 9, 54);
	pty_keys(p, "<Down>");
	row_has(p, 1, "  OFFLINE 12m");
	nodes_in_step(&n);
	pty_wait_for(p, "Sync ok");
	at_desk_end(p);
	nodes_close(&n);
}
END_TEST

START_TEST(a_database_that_has_joined_nothing_says_nothing_of_it)
{
	struct clinic c;
	struct pty *p;

	clinic_open(&c);
	p = at_desk(&c, "p.shah", NULL);
	row_has(p, 1, "p.shah");
	ck_assert_int_eq(pty_find(p, "Sync"), 0);
	pty_keys(p, "gs");
	row_has(p, 2, "This database works alone: it has joined no hub.");
	row_has(p, 4, "Nothing to settle.");
	at_desk_end(p);
	clinic_close(&c);
}
END_TEST

START_TEST(the_clashes_stand_as_drawn)
{
	static const struct {
		int rows, cols;
		const char *locale, *picture;
	} looks[] = { { 24, 80, NULL, "tests/screens/sync.screen" },
		      { 43, 132, NULL, "tests/screens/sync_132x43.screen" },
		      { 24, 80, "C", "tests/screens/sync_ascii.screen" } };

	two_clashes();
	for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
		struct pty_options how = { .rows = looks[i].rows,
					   .cols = looks[i].cols,
					   .locale = looks[i].locale };
		struct pty *p = at_desk(&n.north, "p.shah", &how);

		row_has(p, 1, "CONFLICT 2");
		pty_keys(p, "gs");
		ck_assert(pty_screen_is(p, looks[i].picture));
		at_desk_end(p);
	}
	nodes_turn(&n, &n.north);
	desk_close(&n.north.desk);
}
END_TEST

START_TEST(a_lost_booking_is_settled_by_one_digit_and_its_task_ends)
{
	struct pty *p;

	two_clashes();
	p = at_desk(&n.north, "p.shah", NULL);
	ck_assert_int_eq(clinic_count(&n.north, "SELECT count(*) FROM task WHERE kind = 'rebook'"
						" AND state = 'open'"),
			 1);
	pty_count_start(p);
	pty_keys(p, "gs4");
	ck_assert_int_le(pty_count(p), 3);
	row_has(p, 23, "M ELLIS booked ");
	row_has(p, 4, "settled: another time");
	row_has(p, 5, ">2");
	row_has(p, 1, "CONFLICT 1");
	ck_assert_int_eq(open_clashes(&n.north), 1);
	ck_assert_int_eq(clinic_count(&n.north, "SELECT count(*) FROM task WHERE kind = 'rebook'"
						" AND state = 'open'"),
			 0);
	/* One deed: one key takes all of it back. */
	pty_keys(p, "u");
	row_has(p, 1, "CONFLICT 2");
	ck_assert_int_eq(open_clashes(&n.north), 2);
	ck_assert_int_eq(clinic_count(&n.north, "SELECT count(*) FROM task WHERE kind = 'rebook'"
						" AND state = 'open'"),
			 1);
	pty_keys(p, "1425");
	row_has(p, 23, "M Settled: took ours.");
	pty_keys(p, "<F5>");
	row_has(p, 4, "Nothing to settle. Last sync 10:30, ");
	nodes_in_step(&n);
	pty_wait_for(p, "Sync ok");
	ck_assert_int_eq(open_clashes(&n.harbour), 0);
	ck_assert_int_eq(clinic_count(&n.harbour, "SELECT count(*) FROM contact WHERE value ="
						  " '07700900777' AND state = 'on'"),
			 1);
	at_desk_end(p);
	nodes_close(&n);
}
END_TEST

TEST_MAIN("sync", row_1_says_how_the_line_is_and_follows_it,
	  a_database_that_has_joined_nothing_says_nothing_of_it, the_clashes_stand_as_drawn,
	  a_lost_booking_is_settled_by_one_digit_and_its_task_ends)
