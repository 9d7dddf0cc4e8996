/*
 * test_ends.c: the two ends of a conversation when the other one is damaged, double, or hostile.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "clinic.h"
#include "clinic/act.h"
#include "clinic/diary.h"
#include "clinic/publish.h"
#include "clinic/holder.h"
#include "sim.h"
#include "store/db.h"
#include "store/journal.h"
#include "store/log.h"
#include "store/replica.h"
#include "suite.h"
#include "sync/hub.h"
#include "sync/node.h"

static struct sim sim;
static struct err err;

enum { A = 1, B = 2, SLOT_OF_A = 20001, NEXT_OF_A = 20005, LATER_OF_A = 30001 };

static void begin(void)
{
	sim_begin(&sim, 5, 100, 0);
}

static void end(void)
{
	sim_done(&sim);
	base_remove();
}

static void sql(struct machine *p, const char *text)
{
	char *why = NULL;

	ck_assert_msg(sqlite3_exec(p->store->db, text, NULL, NULL, &why) == SQLITE_OK, "%s", why);
}

static int64_t number(struct machine *p, const char *text)
{
	return sim_number(&sim, p, text, 0);
}

/* An edit, saved at the hub and not yet anywhere else. */
static void something_new(void)
{
	ck_assert(deed_edit(&sim, &sim.place[HUB]));
}

static void stops_in_words(struct machine *p)
{
	struct node_link *link;

	ck_assert(!line_sync(&sim, p, 0));
	ck_assert(number(p, "SELECT stopped IS NOT NULL FROM me"));
	/* Work here goes on, and asking again says why. */
	ck_assert(deed_edit(&sim, p));
	link = node_link_new(&p->desk);
	ck_refused(node_link_start(link, &err), err, ERR_STORE);
	node_link_free(link);
}

START_TEST(an_entry_that_was_changed_stops_the_node_and_not_its_work)
{
	begin();
	something_new();
	sql(&sim.place[HUB], "UPDATE log_part SET body = zeroblob(40) WHERE part = 1"
			     " AND seq = (SELECT max(seq) FROM log)");
	stops_in_words(&sim.place[A]);
	end();
}
END_TEST

START_TEST(an_entry_that_does_not_follow_stops_the_node)
{
	begin();
	something_new();
	something_new();
	sql(&sim.place[HUB],
	    "UPDATE log SET verdict = 'stale' WHERE seq = (SELECT max(seq) FROM log)");
	stops_in_words(&sim.place[A]);
	end();
}
END_TEST

START_TEST(a_row_that_is_not_as_the_log_left_it_stops_the_node)
{
	begin();
	sql(&sim.place[A], "UPDATE person SET preferred = 'Not by an act'");
	for (int i = 0; i < 6; i++)
		something_new();
	sql(&sim.place[A], "UPDATE contact SET value = '0'");
	for (int i = 0; i < 6; i++)
		something_new();
	stops_in_words(&sim.place[A]);
	end();
}
END_TEST

START_TEST(a_log_of_a_schema_to_come_stops_the_node)
{
	begin();
	sql(&sim.place[HUB], "UPDATE me SET schema = schema + 1");
	something_new();
	stops_in_words(&sim.place[A]);
	end();
}
END_TEST

/* ---- twice the same ---- */

START_TEST(a_command_that_comes_twice_is_run_once)
{
	struct machine *a = &sim.place[A];
	struct node_link *node;
	struct hub_link *hub;
	struct buf bytes = { 0 };
	int64_t before;

	begin();
	before = number(&sim.place[HUB], "SELECT seq FROM me");
	ck_assert(deed_edit(&sim, a));
	/* The line is cut after the push, and the node does it all again. */
	for (int i = 0; i < 2; i++) {
		node = node_link_new(&a->desk);
		hub = hub_link_new(&sim.place[HUB].desk, A + 1);
		ck_ok(node_link_start(node, &err), err);
		for (int turn = 0; turn < 2; turn++) {
			buf_clear(&bytes);
			buf_add(&bytes, node_link_out(node)->s, node_link_out(node)->n);
			buf_clear(node_link_out(node));
			ck_ok(hub_link_in(hub, bytes.s, bytes.n, &err), err);
			if (turn == 0)
				ck_ok(node_link_in(node, hub_link_out(hub)->s, hub_link_out(hub)->n,
						   &err),
				      err);
			buf_clear(hub_link_out(hub));
		}
		node_link_free(node);
		hub_link_free(hub);
	}
	ck_assert_int_eq(number(&sim.place[HUB], "SELECT seq FROM me"), before + 1);
	ck_assert(line_sync(&sim, a, 0));
	ck_assert_int_eq(number(a, "SELECT count(*) FROM cmd WHERE state = 'pending'"), 0);
	buf_done(&bytes);
	end();
}
END_TEST

/* ---- two of one node ---- */

START_TEST(a_second_copy_of_a_node_goes_on_under_names_of_its_own)
{
	struct machine *a = &sim.place[A], *twin = &sim.place[TWIN];
	unsigned char one[32], other[32];
	int64_t before;

	begin();
	ck_assert(deed_edit(&sim, a));
	sim_twin(&sim, a);
	before = number(&sim.place[HUB], "SELECT seq FROM me");
	for (int i = 0; i < 3; i++) {
		sim.now.utc += 60;
		a->world.still = twin->world.still = sim.now;
		ck_assert(deed_edit(&sim, a));
		sim.now.utc += 60;
		a->world.still = twin->world.still = sim.now;
		ck_assert(deed_edit(&sim, twin));
	}
	ck_assert(line_sync(&sim, a, 0));
	for (int i = 0; i < 3; i++)
		line_sync(&sim, twin, 0);
	ck_assert(line_sync(&sim, twin, 0));
	/* One that both had, and three of each: each once. */
	ck_assert_int_eq(number(&sim.place[HUB], "SELECT seq FROM me"), before + 7);
	ck_assert_int_eq(number(twin, "SELECT count(*) FROM cmd WHERE state = 'pending'"), 0);
	ck_ok(replica_digest(sim.place[HUB].store, one, &err), err);
	ck_ok(replica_digest(twin->store, other, &err), err);
	ck_assert_mem_eq(one, other, 32);
	ck_ok(journal_verify(twin->store, &(int64_t){ 0 }, &(int64_t){ 0 }, &err), err);
	/* The first one is an earlier life by now: it is told, and goes on likewise. */
	sim.now.utc += 60;
	a->world.still = sim.now;
	ck_assert(deed_edit(&sim, a));
	ck_assert(!line_sync(&sim, a, 0));
	for (int i = 0; i < 2; i++)
		line_sync(&sim, a, 0);
	ck_assert(line_sync(&sim, a, 0));
	ck_assert_int_eq(number(a, "SELECT count(*) FROM cmd WHERE state = 'pending'"), 0);
	end();
}
END_TEST

START_TEST(two_copies_that_name_things_alike_in_one_moment_both_go_on)
{
	struct machine *hub = &sim.place[HUB], *a = &sim.place[A], *twin = &sim.place[TWIN];
	unsigned char one[32], other[32];
	int64_t before;

	begin();
	sim_twin(&sim, a);
	before = number(hub, "SELECT seq FROM me");
	/* The same moment at both: each calls its booking, the course of care, and what stands in
	 * the history by the same ids, and both courses have one number. */
	ck_assert(deed_book(&sim, a, SLOT_OF_A));
	ck_assert(deed_book(&sim, twin, NEXT_OF_A));
	ck_assert(number(a, "SELECT id FROM appointment") ==
		  number(twin, "SELECT id FROM appointment"));
	ck_assert(deed_edit(&sim, a));
	ck_assert(deed_edit(&sim, twin));
	for (int i = 0; i < 4; i++) {
		sim.now.utc += 60;
		hub->world.still = a->world.still = twin->world.still = sim.now;
		line_sync(&sim, a, 0);
		line_sync(&sim, twin, 0);
	}
	ck_assert_int_eq(number(hub, "SELECT seq FROM me"), before + 4);
	ck_assert_int_eq(number(hub, "SELECT count(*) FROM appointment WHERE state = 'B'"), 2);
	ck_assert_int_eq(number(hub, "SELECT count(DISTINCT number) FROM episode"), 2);
	ck_assert_int_eq(number(hub, "SELECT count(*) FROM overlap WHERE type = 'number'"), 1);
	ck_assert_int_eq(number(hub, "SELECT count(*) FROM history WHERE name = 'failed'"), 0);
	ck_assert_int_eq(number(a, "SELECT count(*) FROM cmd WHERE state = 'pending'"), 0);
	ck_assert_int_eq(number(twin, "SELECT count(*) FROM cmd WHERE state = 'pending'"), 0);
	ck_ok(replica_digest(hub->store, one, &err), err);
	ck_ok(replica_digest(twin->store, other, &err), err);
	ck_assert_mem_eq(one, other, 32);
	ck_ok(journal_verify(twin->store, &(int64_t){ 0 }, &(int64_t){ 0 }, &err), err);
	end();
}
END_TEST

START_TEST(a_copy_that_is_connected_hears_that_another_one_has_come)
{
	struct machine *a = &sim.place[A], *twin = &sim.place[TWIN];

	begin();
	sim.faults = FAULT_LINES;
	sim.over = true; /* a line that is open is used */
	sim_twin(&sim, a);
	ck_assert(deed_edit(&sim, a));
	ck_assert(line_sync(&sim, a, 0));
	/* Found out to be the second, it begins a new life ... */
	ck_assert(deed_edit(&sim, twin));
	ck_assert(!line_sync(&sim, twin, 0));
	ck_assert(line_sync(&sim, twin, 0) || line_sync(&sim, twin, 0));
	/* ... and the first, on the same line as before, one of its own. */
	ck_assert(deed_edit(&sim, a));
	ck_assert(!line_sync(&sim, a, 0));
	ck_assert(line_sync(&sim, a, 0) || line_sync(&sim, a, 0));
	ck_assert_int_eq(number(a, "SELECT count(*) FROM cmd WHERE state = 'pending'"), 0);
	end();
}
END_TEST

START_TEST(who_was_told_a_time_that_another_copy_had_given_away_is_rung)
{
	struct machine *hub = &sim.place[HUB], *a = &sim.place[A], *twin = &sim.place[TWIN];

	begin();
	sim_twin(&sim, a);
	ck_assert(deed_book(&sim, a, SLOT_OF_A));
	sim.now.utc += 60;
	hub->world.still = a->world.still = twin->world.still = sim.now;
	ck_assert(deed_book(&sim, twin, SLOT_OF_A));
	for (int i = 0; i < 4; i++) {
		sim.now.utc += 60;
		hub->world.still = a->world.still = twin->world.still = sim.now;
		line_sync(&sim, a, 0);
		line_sync(&sim, twin, 0);
	}
	ck_assert_int_eq(number(hub, "SELECT count(*) FROM appointment WHERE state = 'B'"), 1);
	ck_assert_int_eq(number(hub, "SELECT count(*) FROM appointment WHERE state = 'P'"), 1);
	ck_assert_int_eq(number(hub, "SELECT count(*) FROM overlap WHERE type = 'displaced'"
				     " AND state = 'open'"),
			 1);
	ck_assert_int_eq(number(hub, "SELECT count(*) FROM task k JOIN appointment a"
				     " ON a.id = k.appt WHERE k.state = 'open' AND a.state = 'P'"),
			 1);
	end();
}
END_TEST

START_TEST(a_restored_node_asks_for_what_it_holds_until_it_is_in_step)
{
	struct machine *a = &sim.place[A];
	char witness[220];

	begin();
	ck_assert(deed_edit(&sim, a));
	sim_close(a);
	snprintf(witness, sizeof witness, "%s-witness", a->path);
	ck_assert_int_eq(unlink(witness), 0);
	sim_open(&sim, a);
	ck_assert(deed_book(&sim, a, SLOT_OF_A));
	ck_assert_int_eq(number(a, "SELECT count(*) FROM appointment WHERE state = 'T'"), 1);
	ck_assert(line_sync(&sim, a, 0));
	ck_assert_int_eq(number(a, "SELECT count(*) FROM appointment WHERE state = 'B'"), 1);
	ck_assert(deed_book(&sim, a, NEXT_OF_A));
	ck_assert_int_eq(number(a, "SELECT count(*) FROM appointment WHERE state = 'B'"), 2);
	end();
}
END_TEST

START_TEST(who_asks_for_slots_that_are_partly_theirs_gets_them_and_keeps_no_other)
{
	struct machine *hub = &sim.place[HUB];
	int done;

	begin();
	ck_assert(deed_book(&sim, hub, 20301)); /* an hour: three slots */
	sql(hub, "UPDATE appointment SET state = 'T', starts = starts + 1200;"
		 "INSERT INTO request (appt, slot, node, actor, held, seq, state)"
		 " SELECT id, 20302, 4, 1, 0, 1, 'open' FROM appointment");
	for (int i = 0; i < 2; i++)
		ck_ok(holder_keep(&hub->desk, &done, &err), err);
	ck_assert_int_eq(number(hub, "SELECT count(*) FROM appointment WHERE state = 'B'"), 1);
	ck_assert_int_eq(number(hub, "SELECT count(*) FROM slot WHERE appt IS NOT NULL"
				     " AND id BETWEEN 20302 AND 20304"),
			 3);
	ck_assert_int_eq(number(hub, "SELECT count(*) FROM slot WHERE appt IS NOT NULL"), 3);
	end();
}
END_TEST

/* ---- time that closes ---- */

/* Everybody hears of everything: what one says the next hears in the second round. */
static void all_in_step(void)
{
	for (int round = 0; round < 3; round++)
		for (int i = 1; i < PLACES; i++) {
			sim.now.utc += 60;
			for (int at = 0; at < PLACES; at++)
				sim.place[at].world.still = sim.now;
			ck_assert(line_sync(&sim, &sim.place[i], 0));
		}
}

static void is_everywhere(const char *text, int64_t n)
{
	for (int i = 0; i < PLACES; i++)
		ck_assert_msg(number(&sim.place[i], text) == n, "at %d: %s is %lld", i, text,
			      (long long)number(&sim.place[i], text));
}

static struct slot_list given(struct id *slots, size_t n)
{
	return (struct slot_list){ slots, n, n };
}

START_TEST(a_block_closes_slots_that_were_given_away_and_opens_them_again)
{
	struct machine *a = &sim.place[A], *b = &sim.place[B];
	struct id marsh, two[2] = { { LATER_OF_A }, { LATER_OF_A + 1 } };
	struct slot_list list = given(two, 2);
	struct moment from, to;

	begin();
	ck_ok(desk_sit(&a->desk, "a.root", &err), err);
	marsh.n = number(a, "SELECT clinician FROM slot WHERE id = 30001");
	from.utc = number(a, "SELECT starts FROM slot WHERE id = 30001");
	to.utc = from.utc + 2400;
	ck_ok(hold_give(&a->desk, &list, B + 1, NULL, &err), err);
	all_in_step();
	/* Closed by its home, and somebody booked by its holder who has not heard of it. */
	desk_tick(&a->desk);
	ck_ok(diary_block(&a->desk, marsh, from, to, "a talk", NULL, &err), err);
	ck_assert(deed_book(&sim, b, LATER_OF_A));
	all_in_step();
	is_everywhere("SELECT count(*) FROM slot WHERE state = 'blocked' AND note = 'a talk'", 2);
	is_everywhere("SELECT count(*) FROM task WHERE kind = 'rebook' AND state = 'open'", 1);
	ck_assert(!deed_book(&sim, b, LATER_OF_A + 1));

	/* Opened again, blocked once more, and that taken back. */
	desk_tick(&a->desk);
	ck_ok(diary_unblock(&a->desk, marsh, from, to, &err), err);
	all_in_step();
	is_everywhere("SELECT count(*) FROM slot WHERE state = 'blocked' OR note <> ''", 0);
	is_everywhere("SELECT count(*) FROM task WHERE kind = 'rebook' AND state = 'open'", 0);
	desk_tick(&a->desk);
	ck_ok(diary_block(&a->desk, marsh, from, to, "a talk", NULL, &err), err);
	all_in_step();
	is_everywhere("SELECT count(*) FROM slot WHERE state = 'blocked'", 2);
	desk_tick(&a->desk);
	ck_ok(act_undo_last(&a->desk, NULL, 0, &err), err);
	all_in_step();
	is_everywhere("SELECT count(*) FROM slot WHERE state = 'blocked'", 0);
	is_everywhere("SELECT count(*) FROM task WHERE kind = 'rebook' AND state = 'open'", 0);
	end();
}
END_TEST

START_TEST(leave_closes_slots_that_were_given_away_and_opens_them_again)
{
	struct machine *a = &sim.place[A], *b = &sim.place[B];
	struct id marsh, leave, two[2] = { { LATER_OF_A }, { LATER_OF_A + 1 } };
	struct slot_list list = given(two, 2);
	struct date day;

	begin();
	ck_ok(desk_sit(&a->desk, "a.root", &err), err);
	marsh.n = number(a, "SELECT clinician FROM slot WHERE id = 30001");
	day.n = (int32_t)number(a, "SELECT day FROM slot WHERE id = 30001");
	ck_ok(hold_give(&a->desk, &list, B + 1, NULL, &err), err);
	all_in_step();
	desk_tick(&a->desk);
	ck_ok(diary_leave(&a->desk, marsh, day, day, "ill", NULL, &leave, &err), err);
	ck_assert(deed_book(&sim, b, LATER_OF_A));
	all_in_step();
	is_everywhere("SELECT count(*) FROM slot WHERE state = 'leave'", 8);
	is_everywhere("SELECT count(*) FROM task WHERE kind = 'rebook' AND state = 'open'", 1);
	desk_tick(&a->desk);
	ck_ok(diary_undo(&a->desk, leave, NULL, 0, &err), err);
	all_in_step();
	is_everywhere("SELECT count(*) FROM slot WHERE state = 'leave'", 0);
	is_everywhere("SELECT count(*) FROM task WHERE kind = 'rebook' AND state = 'open'", 0);
	end();
}
END_TEST

START_TEST(a_session_that_ends_and_goes_on_does_so_in_slots_that_were_given_away)
{
	struct machine *a = &sim.place[A];
	struct template want = { .weekday = 4, .pattern = "14:00 FU 20, FU 20", .on = true };
	struct id template, two[2];
	struct slot_list list = given(two, 2);

	begin();
	ck_ok(desk_sit(&a->desk, "a.root", &err), err);
	desk_tick(&a->desk);
	want.clinician.n = number(a, "SELECT id FROM clinician WHERE node = 2");
	want.service.n = number(a, "SELECT service FROM slot WHERE id = 20001");
	want.site.n = number(a, "SELECT id FROM site WHERE code = 'NGT'");
	want.from.n = a->desk.today.n + 1;
	want.to.n = a->desk.today.n + 8;
	ck_ok(template_add(&a->desk, &want, &template, &err), err);
	ck_ok(template_publish(&a->desk, template, DATE_NONE, DATE_NONE, NULL, &err), err);
	two[0].n = number(a, "SELECT min(id) FROM slot WHERE id > 5000000");
	two[1].n = number(a, "SELECT max(id) FROM slot WHERE id > 5000000");
	ck_ok(hold_give(&a->desk, &list, B + 1, NULL, &err), err);
	all_in_step();
	desk_tick(&a->desk);
	ck_ok(template_end(&a->desk, template, a->desk.today, NULL, &err), err);
	all_in_step();
	is_everywhere("SELECT count(*) FROM slot WHERE state = 'withdrawn'", 4);
	desk_tick(&a->desk);
	ck_ok(diary_undo(&a->desk, template, NULL, 0, &err), err);
	all_in_step();
	is_everywhere("SELECT count(*) FROM slot WHERE state = 'withdrawn'", 0);
	end();
}
END_TEST

/* ---- whatever bytes ---- */

/* A whole conversation's bytes, each way. */
static void record(struct machine *p, struct buf *up, struct buf *down)
{
	struct node_link *node = node_link_new(&p->desk);
	struct hub_link *hub = hub_link_new(&sim.place[HUB].desk, p->at + 1);
	struct buf *out = node_link_out(node), *back = hub_link_out(hub);

	ck_ok(node_link_start(node, &err), err);
	while (out->n) {
		struct buf bytes = { 0 };

		buf_add(up, out->s, out->n);
		buf_add(&bytes, out->s, out->n);
		buf_clear(out);
		ck_ok(hub_link_in(hub, bytes.s, bytes.n, &err), err);
		buf_clear(&bytes);
		buf_add(down, back->s, back->n);
		buf_add(&bytes, back->s, back->n);
		buf_clear(back);
		ck_ok(node_link_in(node, bytes.s, bytes.n, &err), err);
		buf_done(&bytes);
	}
	node_link_free(node);
	hub_link_free(hub);
}

/* Bytes changed, cut, doubled, in another order. */
static void spoil(const struct buf *good, struct buf *ret)
{
	buf_clear(ret);
	buf_add(ret, good->s, good->n);
	for (uint32_t i = sim_chance(&sim, 4); i > 0; i--)
		ret->s[sim_chance(&sim, (uint32_t)ret->n)] = (char)sim_chance(&sim, 256);
	if (sim_chance(&sim, 3) == 0) {
		uint32_t from = sim_chance(&sim, (uint32_t)good->n);
		uint32_t n = sim_chance(&sim, (uint32_t)good->n - from);

		buf_add(ret, good->s + from, n);
	}
	if (sim_chance(&sim, 3) == 0)
		ret->n = sim_chance(&sim, (uint32_t)ret->n);
}

START_TEST(whatever_bytes_come_the_hub_answers_or_hangs_up_and_its_log_is_whole)
{
	struct buf up = { 0 }, down = { 0 }, bad = { 0 };
	int64_t n;

	begin();
	for (int i = 0; i < 4; i++)
		ck_assert(deed_edit(&sim, &sim.place[A]));
	ck_assert(deed_book(&sim, &sim.place[A], SLOT_OF_A));
	record(&sim.place[A], &up, &down);
	for (int i = 0; i < 1500; i++) {
		struct hub_link *hub = hub_link_new(&sim.place[HUB].desk, 2 + i % 3);

		spoil(&up, &bad);
		hub_link_in(hub, bad.s, bad.n, NULL);
		hub_link_free(hub);
	}
	ck_ok(log_verify(sim.place[HUB].store, &n, &err), err);
	ck_assert(!store_in_change(sim.place[HUB].store));
	buf_done(&up);
	buf_done(&down);
	buf_done(&bad);
	end();
}
END_TEST

START_TEST(whatever_bytes_come_a_node_takes_whole_entries_or_none)
{
	struct buf up = { 0 }, down = { 0 }, bad = { 0 };
	struct machine *b = &sim.place[B];
	unsigned char one[32], other[32];

	begin();
	for (int i = 0; i < 4; i++)
		something_new();
	record(&sim.place[A], &up, &down);
	for (int i = 0; i < 600; i++) {
		struct node_link *node = node_link_new(&b->desk);

		sql(b, "UPDATE me SET stopped = NULL");
		ck_ok(node_link_start(node, &err), err);
		spoil(&down, &bad);
		node_link_in(node, bad.s, bad.n, NULL);
		node_link_free(node);
		ck_assert(!store_in_change(b->store));
	}
	sql(b, "UPDATE me SET stopped = NULL");
	ck_assert(line_sync(&sim, b, 0) || line_sync(&sim, b, 0) || line_sync(&sim, b, 0));
	ck_ok(replica_digest(sim.place[HUB].store, one, &err), err);
	ck_ok(replica_digest(b->store, other, &err), err);
	ck_assert_mem_eq(one, other, 32);
	buf_done(&up);
	buf_done(&down);
	buf_done(&bad);
	end();
}
END_TEST

TEST_MAIN("ends", an_entry_that_was_changed_stops_the_node_and_not_its_work,
	  an_entry_that_does_not_follow_stops_the_node,
	  a_row_that_is_not_as_the_log_left_it_stops_the_node,
	  a_log_of_a_schema_to_come_stops_the_node, a_command_that_comes_twice_is_run_once,
	  a_second_copy_of_a_node_goes_on_under_names_of_its_own,
	  two_copies_that_name_things_alike_in_one_moment_both_go_on,
	  a_copy_that_is_connected_hears_that_another_one_has_come,
	  who_was_told_a_time_that_another_copy_had_given_away_is_rung,
	  a_restored_node_asks_for_what_it_holds_until_it_is_in_step,
	  who_asks_for_slots_that_are_partly_theirs_gets_them_and_keeps_no_other,
	  a_block_closes_slots_that_were_given_away_and_opens_them_again,
	  leave_closes_slots_that_were_given_away_and_opens_them_again,
	  a_session_that_ends_and_goes_on_does_so_in_slots_that_were_given_away,
	  whatever_bytes_come_the_hub_answers_or_hangs_up_and_its_log_is_whole,
	  whatever_bytes_come_a_node_takes_whole_entries_or_none)
