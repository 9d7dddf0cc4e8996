/*
 * test_sync.c: sites in step as people see it: the word in row 1, S16 and what it settles, T that
 * becomes B or is lost.  Two nodes and a hub, each a database of its own; the line is carried when
 * the test says so.
 */
#include "suite.h"

#include <sqlite3.h>
#include <stdio.h>

#include "at_desk.h"
#include "base/alloc.h"
#include "clinic/act.h"
#include "clinic/clash.h"
#include "clinic/holder.h"
#include "clinic/intake.h"
#include "diaries.h"
#include "nodes.h"
#include "store/uplink.h"

static struct network n;

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

/* Registered as somebody whom nobody here looks like. */
static void register_once(struct clinic *c, const char *surname, const char *given,
			  const char *born)
{
	struct intake_form form = {
		.v = { [IN_SURNAME] = surname, [IN_GIVEN] = given, [IN_BORN] = born }
	};
	const struct customer *employer = NULL;
	struct err err = ERR_INIT;
	struct id id;

	ck_ok(find_customer(&c->desk, "WVH", &employer, &err), err);
	ck_ok(intake_add(&c->desk, &form, employer->id, false, &id, &err), err);
}

/* To find another time for who lost one. */
static int64_t to_ring(struct clinic *c)
{
	return clinic_count(c, "SELECT count(*) FROM task WHERE kind IN ('rebook', 'ringback')"
			       " AND state = 'open' AND text LIKE '%was taken%'");
}

/* Until the screen says how many commands wait here: "Sync 2 wait". */
static void wait_pending(struct pty *p, struct clinic *c, const char *before, const char *after)
{
	int64_t n_pending = clinic_count(c, "SELECT count(*) FROM cmd WHERE state = 'pending'");
	char *text = mem_printf("%s%d%s", before, (int)n_pending, after);

	pty_wait_for(p, text);
	mem_free(text);
}

static void settle_all(struct clinic *c)
{
	struct clash_rows rows = { 0 };
	struct err err = ERR_INIT;

	clinic_sit(c, "p.shah");
	ck_ok(clash_rows(&c->desk, 10, &rows, &err), err);
	list_each (r, &rows)
		ck_ok(clash_settle(&c->desk, r->c.id, "for this test", &err), err);
	list_free(&rows);
}

START_TEST(row_1_says_how_the_line_is_and_follows_it)
{
	struct pty *p;

	nodes_open(&n);
	p = at_desk(&n.north, "p.shah", NULL);
	row_has(p, 1, "  Sync ok");
	nodes_book(&n.north, "p.shah", n.ellis, "marsh", fri(8, 20));
	wait_pending(p, &n.north, "  Sync ", " wait");
	/* The word, and what stands left of it moves over. */
	ck_assert_int_le(pty_bytes(p), 80);
	nodes_in_step(&n);
	pty_wait_for(p, "Sync ok");
	nodes_lost(&n.north);
	pty_wait_for(p, "OFFLINE");
	row_has(p, 1, "  OFFLINE 0m");
	row_has(p, 20, "OFFLINE since 09:42: own slots are final, other sites' T.");
	row_has(p, 23, "W The line dropped at 09:42. Nothing you typed is lost.");
	/* Nothing moves by itself; the next key shows how long it is by now. */
	nodes_clock(12, 9, 54);
	pty_keys(p, "<Down>");
	row_has(p, 1, "  OFFLINE 12m");
	nodes_in_step(&n);
	pty_wait_for(p, "Sync ok");
	row_has(p, 23, "M The line is back.");
	ck_assert_int_eq(pty_find(p, "OFFLINE"), 0);
	at_desk_end(p);
	nodes_close(&n);
}
END_TEST

/* By a connection of its own, as a restored backup or an alarm leaves it. */
static void north_is(const char *sql)
{
	sqlite3 *db;

	ck_assert_int_eq(sqlite3_open(n.north.path, &db), SQLITE_OK);
	sqlite3_busy_timeout(db, 5000);
	ck_assert_int_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

START_TEST(a_node_that_takes_no_more_or_was_restored_says_so)
{
	struct pty *p;

	nodes_open(&n);
	north_is("UPDATE me SET holds_ok = 0");
	p = at_desk(&n.north, "p.shah", NULL);
	row_has(p, 1, "  RESTORED");
	pty_keys(p, "gs");
	row_has(p, 2, "RESTORED: own slots are T until in step   to send 0");
	at_desk_end(p);
	north_is("UPDATE me SET holds_ok = 1, stopped = 'Entry 7 does not fit: get a new copy.'");
	p = at_desk(&n.north, "p.shah", NULL);
	row_has(p, 1, "  STOPPED");
	pty_keys(p, "gs");
	row_has(p, 2, "STOPPED: takes nothing from the server   to send 0");
	ck_assert_int_gt(pty_find(p, "Entry 7 does not fit: get a new copy."), 0);
	at_desk_end(p);
	/* Not one of the network any more: nothing that is done there counts. */
	north_is("UPDATE me SET gone = 'excluded', holds_ok = 0,"
		 " stopped = 'This node was excluded: ask at the hub, nothing here counts.'");
	p = at_desk(&n.north, "p.shah", NULL);
	row_has(p, 1, "  EXCLUDED");
	ck_assert_int_gt(pty_find(p, "This node was excluded: ask at the hub"), 0);
	ck_assert_int_eq(pty_find(p, "own slots are final"), 0);
	pty_keys(p, "gs");
	row_has(p, 2, "No node any more: nothing here counts");
	at_desk_end(p);
	north_is("UPDATE me SET stopped = NULL, gone = NULL");
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
	settle_all(&n.north);
	nodes_in_step(&n);
	nodes_close(&n);
}
END_TEST

START_TEST(a_lost_booking_is_settled_by_one_digit_and_its_task_ends)
{
	struct pty *p;

	two_clashes();
	p = at_desk(&n.north, "p.shah", NULL);
	ck_assert_int_eq(to_ring(&n.north), 1);
	pty_count_start(p);
	pty_keys(p, "gs4");
	ck_assert_int_le(pty_count(p), 3);
	row_has(p, 23, "M ELLIS booked ");
	row_has(p, 4, "settled: a");
	row_has(p, 5, ">2");
	row_has(p, 1, "CONFLICT 1");
	ck_assert_int_eq(open_clashes(&n.north), 1);
	ck_assert_int_eq(to_ring(&n.north), 0);
	/* One deed: one key takes all of it back. */
	pty_keys(p, "u");
	row_has(p, 1, "CONFLICT 2");
	ck_assert_int_eq(open_clashes(&n.north), 2);
	ck_assert_int_eq(to_ring(&n.north), 1);
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

START_TEST(without_the_line_every_screen_says_what_that_means)
{
	const char *program = getenv("OHDESK") ? getenv("OHDESK") : "build/ohdesk";
	const char *argv[] = { program, "--db", NULL, "--now", "2026-03-12 09:58", NULL };
	struct pty_options o = { .argv = argv };
	struct pty *p;

	nodes_open(&n);
	argv[2] = n.north.path;
	nodes_clock(12, 9, 46);
	nodes_lost(&n.north);
	nodes_book(&n.north, "p.shah", n.okafor, "marsh", fri(8, 20));
	nodes_clock(12, 9, 58);
	/* S1: whoever comes now is told before they sign in. */
	p = pty_start(&o);
	row_has(p, 7, "Server       not reached since Thu 12-Mar-2026 09:46");
	row_has(p, 8, "You can sign in with the details kept on this machine.");
	row_has(p, 9, "Your own slots book as ever; other sites' show T until it answers.");
	pty_hang_up(p);
	p = at_desk(&n.north, "p.shah", NULL);
	row_has(p, 1, "  OFFLINE 12m");
	/* S20 */
	pty_keys(p, "<C-t>");
	row_has(p, 18, "OFFLINE since 09:46. You can still find, check in, book, write and sign.");
	row_has(p, 19, "Own slots are final; other sites' are T");
	row_has(p, 21, " waiting to be sent.");
	/* S2: the line of it leads to the list of what waits. */
	pty_keys(p, "<F3><Tab><Enter>");
	row_has(p, 1, "SYNC  conflicts");
	row_has(p, 2, "Server not reached since 09:46   to send ");
	row_has(p, 4, "Nothing to settle. Last sync 09:42, ");
	row_has(p, 6, "The hub does not answer.");
	pty_keys(p, "<F5>");
	row_has(p, 23, "M The line is tried again.");
	/* S1b */
	pty_keys(p, "<C-q>");
	row_has(p, 11, "OFFLINE 12m 09:58");
	row_has(p, 11, "No names are shown while locked.");
	at_desk_end(p);
	nodes_in_step(&n);
	nodes_close(&n);
}
END_TEST

START_TEST(a_booking_that_was_asked_for_is_told_of_once_when_it_is_confirmed)
{
	struct pty *p;

	nodes_open(&n);
	p = at_desk(&n.north, "p.shah", NULL);
	pty_keys(p, "/elli<Enter>");
	nodes_book(&n.north, "p.shah", n.ellis, "obi", fri(13, 0));
	nodes_book(&n.north, "p.shah", n.webb, "obi", fri(13, 40));
	wait_pending(p, &n.north, "Sync ", " wait");
	ck_assert_int_gt(pty_find(p, "13:00 T"), 0);
	ck_assert_int_gt(pty_find(p, "to be confirmed"), 0);
	nodes_in_step(&n);
	pty_wait_for(p, "2 of your bookings are confirmed.");
	ck_assert_int_gt(pty_find(p, "13:00 B"), 0);
	/* It took no key, and is not said again. */
	pty_keys(p, "<F3>");
	ck_assert_int_eq(pty_find(p, "are confirmed"), 0);
	nodes_book(&n.north, "p.shah", n.okafor, "marsh", fri(8, 20));
	wait_pending(p, &n.north, "Sync ", " wait");
	ck_assert_int_eq(pty_find(p, "are confirmed"), 0);
	pty_keys(p, ":messages<Enter>");
	ck_assert_int_gt(pty_find(p, "2 of your bookings are confirmed."), 0);
	nodes_in_step(&n);
	at_desk_end(p);
	nodes_close(&n);
}
END_TEST

START_TEST(what_comes_by_the_line_takes_no_key_and_covers_no_question)
{
	struct pty *p;

	nodes_open(&n);
	p = at_desk(&n.north, "p.shah", NULL);
	pty_keys(p, "/elli<Enter>");
	nodes_book(&n.north, "p.shah", n.ellis, "obi", fri(13, 0));
	pty_wait_for(p, "13:00 T");
	pty_keys(p, "X");
	row_has(p, 23, "Cancel ");
	nodes_in_step(&n);
	pty_wait_for(p, "13:00 B");
	row_has(p, 23, "Cancel ");
	pty_keys(p, "<Esc>");
	pty_wait_for(p, "is confirmed.");
	row_has(p, 23, "M ELLIS, Marcus (Mr) Fri 13-Mar 13:00 is confirmed.");
	at_desk_end(p);
	nodes_close(&n);
}
END_TEST

START_TEST(who_settles_what_somebody_has_settled_is_told_and_nothing_is_done_twice)
{
	struct pty *p;
	struct clash_rows rows = { 0 };
	struct err err = ERR_INIT;

	two_clashes();
	p = at_desk(&n.north, "p.shah", NULL);
	pty_keys(p, "gs");
	clinic_sit(&n.north, "r.adeyemi");
	ck_ok(clash_rows(&n.north.desk, 10, &rows, &err), err);
	ck_ok(clash_settle(&n.north.desk, rows.v[0].c.id, "she rang back", &err), err);
	list_free(&rows);
	/* Seen or not yet: the digit books nobody. */
	pty_keys(p, "4");
	ck_assert_int_gt(pty_find(p, "settled: she rang back"), 0);
	ck_assert_int_eq(clinic_count(&n.north, "SELECT count(*) FROM appointment"), 2);
	pty_keys(p, "<F5>14");
	row_has(p, 23, "M Settled: kept the server's.");
	nodes_in_step(&n);
	at_desk_end(p);
	nodes_close(&n);
}
END_TEST

START_TEST(what_two_sites_settled_without_the_line_the_first_can_take_back)
{
	struct clash_rows rows = { 0 };
	struct err err = ERR_INIT;
	char what[LINE_TEXT];
	struct id id;

	two_clashes();
	clinic_sit(&n.north, "p.shah");
	clinic_sit(&n.harbour, "t.reid");
	ck_ok(clash_rows(&n.north.desk, 10, &rows, &err), err);
	id = rows.v[1].c.id;
	list_free(&rows);
	/* In one minute, at both: the first in the log is Northgate's. */
	ck_ok(clash_settle(&n.north.desk, id, "Lewis rang us", &err), err);
	ck_ok(clash_settle(&n.harbour.desk, id, "Lewis rang here", &err), err);
	nodes_turn(&n, &n.north);
	nodes_in_step(&n);
	ck_assert_int_eq(act_undo_last(&n.harbour.desk, what, sizeof what, &err), -1);
	ck_assert_str_eq(err.text, "p.shah settled that first, 10:31: theirs stands.");
	ck_assert_int_eq(open_clashes(&n.harbour), 1);
	ck_ok(act_undo_last(&n.north.desk, what, sizeof what, &err), err);
	nodes_in_step(&n);
	ck_assert_int_eq(open_clashes(&n.north), 2);
	ck_assert_int_eq(open_clashes(&n.harbour), 2);
	settle_all(&n.north);
	nodes_in_step(&n);
	nodes_close(&n);
}
END_TEST

START_TEST(a_time_that_is_offered_keeps_its_number_and_is_refused_once_it_is_taken)
{
	struct pty *p;
	char *before;

	two_clashes();
	p = at_desk(&n.north, "p.shah", NULL);
	pty_keys(p, "gs");
	before = mem_str(pty_row(p, 18));
	row_has(p, 17, " > 4 Fri 13-Mar-2026 08:20  Northgate  Marsh");
	/* Another desk is quicker. */
	nodes_book(&n.north, "r.adeyemi", n.okafor, "marsh", fri(8, 20));
	wait_pending(p, &n.north, "to send ", "");
	row_has(p, 17, " > 4 Fri 13-Mar-2026 08:20  Northgate  Marsh");
	row_is(p, 18, before);
	pty_keys(p, "4");
	row_has(p, 23, "E ");
	row_has(p, 17, " > 4 Fri 13-Mar-2026 09:00  Northgate  Marsh");
	ck_assert_int_eq(open_clashes(&n.north), 2);
	pty_keys(p, "4");
	row_has(p, 23, "M ELLIS booked Fri 13-Mar-2026 09:00.");
	/* An Enter after the digit, out of habit, is not for the next one. */
	pty_keys(p, "\r");
	row_has(p, 23, "E The digit has done it.");
	ck_assert_int_eq(open_clashes(&n.north), 1);
	mem_free(before);
	at_desk_end(p);
	settle_all(&n.north);
	nodes_in_step(&n);
	nodes_close(&n);
}
END_TEST

START_TEST(who_was_registered_at_two_places_is_seen_side_by_side)
{
	struct pty *p;

	nodes_open(&n);
	nodes_clock(12, 10, 0);
	clinic_sit(&n.harbour, "t.reid");
	register_once(&n.harbour, "Novak", "Petra", "1990-05-05");
	nodes_clock(12, 10, 5);
	clinic_sit(&n.north, "p.shah");
	register_once(&n.north, "Novak", "Petra", "1990-05-05");
	nodes_turn(&n, &n.harbour);
	nodes_in_step(&n);
	p = at_desk(&n.north, "p.shah", NULL);
	row_has(p, 1, "CONFLICT 1");
	pty_keys(p, "gs");
	row_has(p, 4, ">1 10:05  Add NOVAK");
	row_has(p, 4, "05-May-1990 may be there twice");
	row_has(p, 9, "HERE  p.shah, Northgate        SERVER  Harbour");
	/* Merged on the screen of the two, it is settled by one more digit. */
	pty_keys(p, "4");
	row_has(p, 1, "ONE PERSON?");
	pty_keys(p, "M1same birthday, same job<Enter>");
	row_has(p, 1, "SYNC  conflicts");
	ck_assert_int_gt(pty_find(p, "They are one by now."), 0);
	pty_keys(p, "4");
	row_has(p, 23, "M Settled: merged.");
	nodes_in_step(&n);
	at_desk_end(p);
	nodes_close(&n);
}
END_TEST

START_TEST(a_site_that_was_not_heard_lately_is_named_though_the_line_is_up)
{
	struct pty *p;

	nodes_open(&n);
	nodes_in_step(&n);
	p = at_desk(&n.hub, "p.shah", NULL);
	pty_keys(p, "/elli<Enter>bp");
	row_has(p, 17, "Slots as at 09:42, all sites answering.");
	/* Half an hour on Northgate has been heard, and Harbour has not. */
	nodes_clock(12, 10, 12);
	nodes_turn(&n, &n.north);
	pty_keys(p, "<F5>");
	row_has(p, 17, "Slots as at 10:12.  W Harbour as at 09:42.");
	nodes_turn(&n, &n.harbour);
	pty_keys(p, "<F5>");
	row_has(p, 17, "Slots as at 10:12, all sites answering.");
	at_desk_end(p);
	nodes_close(&n);
}
END_TEST

START_TEST(what_is_asked_of_another_site_says_who_confirms_it_and_what_they_get)
{
	struct intake_form texts = { .v = { [IN_TEXT_OK] = "yes" } };
	struct err err = ERR_INIT;
	struct pty *p;

	nodes_open(&n);
	clinic_sit(&n.north, "p.shah");
	ck_ok(intake_set(&n.north.desk, n.ellis, &texts, NULL, &err), err);
	nodes_in_step(&n);
	p = at_desk(&n.north, "p.shah", NULL);
	pty_keys(p, "/elli<Enter>bpe<Tab><Tab>obi<Enter>");
	row_has(p, 7, "40  H  T, yours to 09:47");
	row_has(p, 8, "40  T  T, Harbour confirms");
	row_has(p, 17, "Slots as at 09:42, all sites answering.");
	pty_keys(p, "<Enter>");
	row_is(p, 23,
	       "M ELLIS asked for Thu 12-Mar 13:00: Harbour will confirm it; they get a text.");
	pty_keys(p, "<F3>/webb<Enter>bpe<Tab><Tab>obi<Enter><Enter>");
	row_is(p, 23,
	       "M WEBB asked for Thu 12-Mar 13:40: Harbour will confirm it; then ring them.");
	/* It stands among what waits until that site has answered. */
	pty_keys(p, "gs<Tab>");
	row_has(p, 1, "SYNC  asked for");
	row_has(p, 4, "> 1 09:42  ELLIS, Marcus (Mr)           07-Nov-1981 12-Mar 13:00 T Harbour");
	row_has(p, 5, "  2 09:42  WEBB, Sandra (Mrs)           01-Oct-1971 12-Mar 13:40 T Harbour");
	nodes_in_step(&n);
	pty_wait_for(p, "2 of your bookings are confirmed.");
	pty_keys(p, "<F5>");
	row_has(p, 4, "Nothing waits for an answer.");
	/* His text waited with it. */
	ck_assert_int_eq(clinic_count(&n.north, "SELECT count(*) FROM message WHERE state ="
						" 'queued' AND event = 'confirmation'"),
			 1);
	at_desk_end(p);
	nodes_close(&n);
}
END_TEST

START_TEST(who_is_to_be_rung_back_is_a_list_with_their_number_and_what_to_say)
{
	struct pty *p;

	two_clashes();
	p = at_desk(&n.north, "p.shah", NULL);
	pty_keys(p, "gs<Tab><Tab>");
	row_has(p, 1, "SYNC  ring back");
	row_has(p, 4, "ELLIS, Marcus (Mr)           07-Nov-1981 07700 900111");
	row_has(p, 17, "Fri 13-Mar 13:00 at Harbour was taken: find another time.");
	row_has(p, 22, "Tab: 2 conflicts, 2 came otherwise");
	pty_keys(p, "p");
	ck_assert_int_gt(pty_find(p, "07700 900111"), 0);
	/* A time that is found there settles it here. */
	pty_keys(p, "<Esc>b<Enter>");
	row_has(p, 23, "booked");
	row_has(p, 1, "CONFLICT 1");
	ck_assert_int_eq(to_ring(&n.north), 0);
	pty_keys(p, "<F5><Tab>");
	row_has(p, 1, "SYNC  heard");
	pty_keys(p, "<Enter>");
	row_has(p, 23, "M Read.");
	row_has(p, 22, "Tab: 1 conflict");
	at_desk_end(p);
	settle_all(&n.north);
	nodes_in_step(&n);
	nodes_close(&n);
}
END_TEST

START_TEST(times_that_were_given_away_and_forgotten_go_home_by_one_key)
{
	struct hold_pick pick = { .count = 3 };
	struct slots slots = { 0 };
	struct slot_list list = { 0 };
	struct err err = ERR_INIT;
	struct pty *p;
	int given;

	nodes_open(&n);
	clinic_sit(&n.harbour, "m.doyle");
	pick.clinician = clinic_clinician(&n.harbour, "obi");
	pick.day = day_of(2026, 3, 13);
	ck_ok(hold_pick(&n.harbour.desk, &pick, &slots, &err), err);
	list_each (s, &slots)
		*list_push(&list) = s->id;
	ck_ok(hold_give(&n.harbour.desk, &list, 2, &given, &err), err);
	ck_assert_int_eq(given, 3);
	list_free(&slots);
	list_free(&list);
	nodes_in_step(&n);
	/* Who gave them asks for them, once; */
	p = at_desk(&n.harbour, "m.doyle", NULL);
	pty_keys(p, "gs<Tab>");
	row_has(p, 1, "SYNC  forgotten");
	row_has(p, 4, "> 1 Fri 13-Mar-2026");
	row_has(p, 4, "Obi          Northgate    3");
	pty_keys(p, "<Enter>");
	row_has(p, 23, "M They are asked to give them back");
	at_desk_end(p);
	nodes_in_step(&n);
	/* who has them gives them back. */
	p = at_desk(&n.north, "m.doyle", NULL);
	pty_keys(p, "gs<Tab><Enter>");
	row_has(p, 23, "Give 3 free times of Obi back?");
	pty_keys(p, "y");
	row_has(p, 23, "M 3 times given back.");
	row_has(p, 4, "No times are forgotten elsewhere.");
	at_desk_end(p);
	nodes_in_step(&n);
	ck_assert_int_eq(clinic_count(&n.hub, "SELECT count(*) FROM slot s JOIN clinician c ON"
					      " c.id = s.clinician WHERE s.holder <> c.node"),
			 0);
	nodes_close(&n);
}
END_TEST

TEST_MAIN("sync", row_1_says_how_the_line_is_and_follows_it,
	  a_node_that_takes_no_more_or_was_restored_says_so,
	  a_database_that_has_joined_nothing_says_nothing_of_it, the_clashes_stand_as_drawn,
	  a_lost_booking_is_settled_by_one_digit_and_its_task_ends,
	  without_the_line_every_screen_says_what_that_means,
	  a_booking_that_was_asked_for_is_told_of_once_when_it_is_confirmed,
	  what_comes_by_the_line_takes_no_key_and_covers_no_question,
	  who_settles_what_somebody_has_settled_is_told_and_nothing_is_done_twice,
	  what_two_sites_settled_without_the_line_the_first_can_take_back,
	  a_time_that_is_offered_keeps_its_number_and_is_refused_once_it_is_taken,
	  who_was_registered_at_two_places_is_seen_side_by_side,
	  a_site_that_was_not_heard_lately_is_named_though_the_line_is_up,
	  what_is_asked_of_another_site_says_who_confirms_it_and_what_they_get,
	  who_is_to_be_rung_back_is_a_list_with_their_number_and_what_to_say,
	  times_that_were_given_away_and_forgotten_go_home_by_one_key)
