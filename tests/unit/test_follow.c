/*
 * test_follow.c: a node that stays connected, as a process: news by themselves, whatever happens to
 * the line, and an end when it is told to.
 */
#include "suite.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/id.h"
#include "figures.h"
#include "wire.h"

static struct wire w;

enum { A = 1, B = 2 };

#define OFFLINE	  "SELECT down IS NOT NULL FROM uplink"
#define CONNECTED "SELECT down IS NULL FROM uplink WHERE reached IS NOT NULL"

static void connected(int place)
{
	/* What was written of a line before says nothing about this one. */
	wire_number(&w, place, "DELETE FROM uplink");
	wire_follow(&w, place);
	wire_until(&w, place, CONNECTED);
}

/* Surnames of letters alone. */
static const char *name_of(int i, char buf[16])
{
	snprintf(buf, 16, "New%c%c", 'a' + i / 26, 'a' + i % 26);
	return buf;
}

static void add_at(int place, int i)
{
	char name[16];

	wire_must(&w, place, "person add --surname %s --given Ann --customer WVH",
		  name_of(i, name));
}

static void shows_at(int place, int i)
{
	char name[16], sql[120];

	snprintf(sql, sizeof sql, "SELECT count(*) FROM person WHERE surname = '%s'",
		 name_of(i, name));
	wire_until(&w, place, sql);
}

/* From the end of the command at one node to the row at the other. */
static void notice(const char *what, int times)
{
	struct samples ms = { 0 };

	connected(A);
	connected(B);
	for (int i = 0; i < times; i++) {
		int from = i % 2 ? A : B;
		double began;

		add_at(from, i);
		began = now_ms();
		shows_at(from == A ? B : A, i);
		sample(&ms, now_ms() - began);
	}
	printf("notice over %s: p50 %.0f ms, p99 %.0f ms\n", what, sample_rank(&ms, 50),
	       sample_rank(&ms, 99));
	samples_done(&ms);
}

/* What is asked of a holder is answered without anybody's command, too. */
static void asks_and_hears(int place, const char *at)
{
	char id[ID_TEXT], sql[160];

	wire_must(&w, place, "appt book --person %s --service OHN --clinician nurse1 --at '%s'",
		  wire_person(&w, 0, id), at);
	wire_field(&w, 1, 0, id, sizeof id);
	snprintf(sql, sizeof sql,
		 "SELECT count(*) FROM appointment a JOIN request r ON r.appt = a.id"
		 " WHERE a.state = 'B' AND r.state = 'confirmed'");
	wire_until(&w, place, sql);
}

START_TEST(what_is_done_at_one_node_shows_at_another_by_itself)
{
	wire_open(&w, false, 4);
	notice("pipes", 30);
	asks_and_hears(B, "2026-03-12 09:20");
	wire_close(&w);
}
END_TEST

START_TEST(and_over_ssh)
{
	wire_open(&w, true, 4);
	notice("ssh", 30);
	asks_and_hears(B, "2026-03-12 09:20");
	wire_close(&w);
}
END_TEST

/* What a follower has started, and what that has. */
static int line_of(int place, pid_t pids[8])
{
	int n = wire_children(w.follower[place], pids, 4);

	return n > 0 ? n + wire_children(pids[0], pids + n, 4) : 0;
}

START_TEST(told_to_stop_it_ends_and_nothing_of_it_stays)
{
	pid_t pids[8];
	int n;

	wire_open(&w, true, 2);
	connected(A);
	n = line_of(A, pids);
	ck_assert_int_ge(n, 1);
	ck_assert_int_eq(wire_unfollow(&w, A, SIGTERM), 0);
	for (int i = 0; i < n; i++)
		ck_assert(wire_gone(pids[i]));
	ck_assert_int_eq(wire_number(&w, A, OFFLINE), 1);

	/* Killed, it cannot tidy up, and still its line goes with it. */
	connected(A);
	n = line_of(A, pids);
	ck_assert_int_ge(n, 1);
	ck_assert_int_eq(wire_unfollow(&w, A, SIGKILL), 128 + SIGKILL);
	for (int i = 0; i < n; i++)
		while (!wire_gone(pids[i]))
			poll(NULL, 0, 2);

	/* While it waits to try again, too. */
	wire_line(&w, A, "echo 'no way there' >&2; exit 1");
	wire_follow(&w, A);
	wire_until(&w, A, OFFLINE);
	ck_assert_int_eq(wire_unfollow(&w, A, SIGTERM), 0);
	wire_close(&w);
}
END_TEST

START_TEST(a_hub_that_hangs_is_found_out_and_tried_again)
{
	char why[200];
	pid_t serve;

	wire_open(&w, false, 2);
	wire_number(&w, A, "DELETE FROM uplink");
	w.follower[A] = wire_start(&w, A, "sync follow --patience 1");
	wire_until(&w, A, CONNECTED);
	ck_assert_int_eq(wire_children(w.follower[A], &serve, 1), 1);
	ck_assert_int_eq(kill(serve, SIGSTOP), 0);
	add_at(A, 0); /* it is sent at once, and nobody answers */
	wire_until(&w, A, OFFLINE);
	wire_text(&w, A, "SELECT why FROM uplink", why, sizeof why);
	ck_assert_str_eq(why, "The hub is silent: it is tried again later.");
	wire_until(&w, A, CONNECTED);
	ck_assert(wire_gone(serve));
	shows_at(WIRE_HUB, 0);
	wire_close(&w);
}
END_TEST

START_TEST(a_follower_that_slept_goes_on)
{
	wire_open(&w, false, 2);
	connected(A);
	ck_assert_int_eq(kill(w.follower[A], SIGSTOP), 0);
	add_at(A, 0);
	add_at(WIRE_HUB, 1);
	ck_assert_int_eq(kill(w.follower[A], SIGCONT), 0);
	shows_at(WIRE_HUB, 0);
	shows_at(A, 1);
	wire_close(&w);
}
END_TEST

START_TEST(a_hub_that_talks_nonsense_is_tried_again_and_a_poke_makes_it_at_once)
{
	char why[200];

	wire_open(&w, false, 2);
	wire_line(&w, A, "echo 'Welcome to the wrong machine'; echo x >>tries; exec cat >trash");
	wire_follow(&w, A);
	wire_until(&w, A, OFFLINE);
	wire_text(&w, A, "SELECT why FROM uplink", why, sizeof why);
	ck_assert_str_eq(why, "What came over the line is no frame: begin again.");
	/* By the eighth try it would wait a minute. */
	for (int tries = 1; tries < 12; tries++) {
		char *done = mem_printf("while [ $(wc -l <$dir/tries) -lt %d ]; do :; done", tries);

		wire_shell(&w, "%s", done);
		mem_free(done);
		/* As a screen's F5 does (sync_poke()). */
		wire_number(&w, A, "UPDATE me SET turn = turn + 1");
		wire_number(&w, A, "UPDATE uplink SET poked = poked + 1");
	}
	wire_line(&w, A, NULL);
	wire_number(&w, A, "UPDATE me SET turn = turn + 1");
	wire_number(&w, A, "UPDATE uplink SET poked = poked + 1");
	wire_until(&w, A, CONNECTED);
	wire_close(&w);
}
END_TEST

START_TEST(a_database_that_is_busy_is_tried_again)
{
	char name[200];
	int lock;

	wire_open(&w, false, 2);
	wire_shell(&w, "printf '[store]\\nbusy_ms = 50\\n' >$dir/ohdesk.ini");
	wire_number(&w, A, "DELETE FROM uplink");
	w.follower[A] = wire_start(&w, A, "--config %s/ohdesk.ini sync follow", w.folder);
	wire_until(&w, A, CONNECTED);
	snprintf(name, sizeof name, "%s/node%d.db-lock", w.folder, A + 1);
	lock = open(name, O_RDWR | O_CLOEXEC);
	ck_assert_int_eq(flock(lock, LOCK_EX), 0);
	add_at(WIRE_HUB, 0);
	/* It says so on its way, for it cannot write it down. */
	wire_shell(&w, "until grep -q 'database is busy' $dir/said%d; do :; done", A + 1);
	ck_assert_int_eq(flock(lock, LOCK_UN), 0);
	close(lock);
	shows_at(A, 0);
	wire_close(&w);
}
END_TEST

START_TEST(it_ends_by_itself_only_when_a_person_is_needed)
{
	wire_open(&w, false, 2);
	ck_assert_int_eq(wire_run(&w, WIRE_HUB, "sync follow"), 3); /* it has no hub */
	connected(A);
	ck_assert_int_eq(wire_run(&w, A, "sync follow"), 4); /* one is there */
	/* A turn by hand beside it takes nothing in twice. */
	for (int i = 0; i < 5; i++) {
		add_at(WIRE_HUB, i);
		wire_must(&w, A, "sync run");
	}
	ck_assert_int_eq(wire_number(&w, A, "SELECT stopped IS NULL FROM me"), 1);
	wire_must(&w, WIRE_HUB, "node exclude %d --why closed", A + 1);
	add_at(A, 9);
	ck_assert_int_eq(wire_wait(w.follower[A]), 6);
	w.follower[A] = 0;
	/* ... who is told once. */
	wire_shell(&w, "test -s $dir/said%d && test -z \"$(sort $dir/said%d | uniq -d)\"", A + 1,
		   A + 1);
	ck_assert_int_eq(wire_number(&w, A, "SELECT person FROM uplink"), 1);
	/* Its own work is kept. */
	ck_assert_int_eq(wire_number(&w, A, "SELECT count(*) FROM cmd WHERE state = 'pending'"), 1);
	ck_assert_int_eq(wire_run(&w, A, "sync run"), 6);

	/* A copy that is damaged. */
	wire_number(&w, B, "UPDATE me SET hash = zeroblob(32)");
	ck_assert_int_eq(wire_run(&w, B, "sync follow"), 7);
	/* No way there is no person's business. */
	wire_line(&w, B, "echo 'no way there' >&2; exit 1");
	ck_assert_int_eq(wire_run(&w, B, "sync run"), 8);
	ck_assert_str_eq(w.said, "ohdesk: The line to the hub broke: no way there\n");
	wire_line(&w, B, "echo 'Host key verification failed.' >&2; exit 255");
	ck_assert_int_eq(wire_run(&w, B, "sync run"), 6);
	wire_close(&w);
}
END_TEST

START_TEST(a_node_is_worked_at_while_somebody_reads_it)
{
	char mode[16], path[200];
	sqlite3 *reader;

	wire_open(&w, false, 2);
	connected(A);
	for (int i = 0; i < WIRE_PLACES; i++) {
		wire_text(&w, i, "PRAGMA journal_mode", mode, sizeof mode);
		ck_assert_str_eq(mode, "wal");
	}
	snprintf(path, sizeof path, "%s/node%d.db", w.folder, A + 1);
	ck_assert_int_eq(sqlite3_open_v2(path, &reader, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(reader, "BEGIN; SELECT * FROM person", NULL, NULL, NULL),
			 SQLITE_OK);
	add_at(A, 0);
	add_at(WIRE_HUB, 1);
	shows_at(WIRE_HUB, 0);
	shows_at(A, 1);
	sqlite3_close(reader);
	wire_close(&w);
}
END_TEST

/* Of a column of `sync status`. */
static int64_t status(int place, int column)
{
	char text[64];

	wire_must(&w, place, "sync status");
	return strtoll(wire_field(&w, 1, column, text, sizeof text), NULL, 10);
}

START_TEST(a_clock_that_is_minutes_wrong_is_said_and_nothing_depends_on_it)
{
	enum { AHEAD = 11 };

	wire_open(&w, false, 2);
	ck_assert_int_eq(status(A, AHEAD), 0);
	/* The hub's shows about 07:42. */
	wire_must(&w, A,
		  "--now '2026-03-12 08:42' person add --surname Early --given Ann"
		  " --customer WVH");
	wire_must(&w, A, "--now '2026-03-12 08:42' sync run");
	ck_assert_ptr_nonnull(strstr(w.said, "note: This clock and the hub's are"));
	ck_assert_int_lt(status(A, AHEAD), -50 * 60);
	ck_assert_int_eq(
		wire_number(&w, WIRE_HUB, "SELECT count(*) FROM person WHERE surname = 'Early'"),
		1);
	wire_must(&w, A, "sync run");
	ck_assert_int_eq(status(A, AHEAD), 0);
	wire_close(&w);
}
END_TEST

TEST_MAIN("follow", what_is_done_at_one_node_shows_at_another_by_itself, and_over_ssh,
	  told_to_stop_it_ends_and_nothing_of_it_stays,
	  a_hub_that_hangs_is_found_out_and_tried_again, a_follower_that_slept_goes_on,
	  a_hub_that_talks_nonsense_is_tried_again_and_a_poke_makes_it_at_once,
	  a_database_that_is_busy_is_tried_again, it_ends_by_itself_only_when_a_person_is_needed,
	  a_node_is_worked_at_while_somebody_reads_it,
	  a_clock_that_is_minutes_wrong_is_said_and_nothing_depends_on_it)
