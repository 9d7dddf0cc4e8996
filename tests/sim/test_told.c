/*
 * test_told.c: what people are told when an answer comes, or when another node changes what they
 * were told: a message goes from one node, once, or somebody rings; and never nothing.
 *
 * A desk at node 2 books for somebody into a slot of another node, or of its own.  Then one thing
 * happens.  Every conversation is cut a few times before it comes through, and every desk has
 * something of its own pending when it takes the others' work in.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clinic.h"
#include "clinic/act.h"
#include "clinic/booking.h"
#include "clinic/holder.h"
#include "clinic/message_acts.h"
#include "sim.h"
#include "store/db.h"
#include "store/messages.h"
#include "suite.h"

static struct sim sim;
static struct err err;

/* Places; node numbers are one more. */
enum { MILL = 1, OAK = 2, POOLE = 3 };
/* Slots of the Thursday to come: Marsh's (Mill), Obi's (Oak), Kelly's (the hub; private). */
enum { OF_MARSH = 30001, OF_OBI = 30101, OF_KELLY = 30301 };
enum { SOMEBODY = 40000, ANOTHER = 40005 };

enum reach { BY_TEXT, BY_EMAIL, BY_PHONE, BY_NOTHING, REACHES };

static void sql(struct machine *p, const char *text)
{
	char *why = NULL;

	ck_assert_msg(sqlite3_exec(p->store->db, text, NULL, NULL, &why) == SQLITE_OK, "%s", why);
}

static int number(struct machine *p, const char *text)
{
	return (int)sim_number(&sim, p, text, 0);
}

static void begin(enum reach reach)
{
	static const char *const contact[REACHES] = {
		[BY_TEXT] =
			"(70000, 'org:WVH', 40000, 'mobile', '07700 900418', 1, 'desk', 1, 'on')",
		[BY_EMAIL] =
			"(70000, 'org:WVH', 40000, 'email', 'a@b.example', 1, 'desk', 1, 'on')",
		[BY_PHONE] =
			"(70000, 'org:WVH', 40000, 'home', '01632 960418', 0, 'desk', 1, 'on')",
	};
	char text[300];

	err = (struct err)ERR_INIT;
	sim_begin(&sim, 5, 100, 0);
	snprintf(text, sizeof text,
		 "INSERT INTO contact (id, scope, person, kind, value, text_ok, source, at, state)"
		 " VALUES %s",
		 contact[reach] ? contact[reach] : "");
	for (int i = 0; contact[reach] && i < PLACES; i++)
		sql(&sim.place[i], text);
	/* One slot each. */
	for (int i = 0; i < PLACES; i++) {
		sql(&sim.place[i], "UPDATE service SET new_mins = 20, fu_mins = 20");
		ck_ok(desk_refresh(&sim.place[i].desk, &err), err);
	}
}

static void end(void)
{
	ck_assert_msg(!*sim.why, "%s", sim.why);
	sim_done(&sim);
}

static void sit(struct machine *p, const char *user)
{
	ck_ok(desk_sit(&p->desk, user, &err), err);
	desk_tick(&p->desk);
	ck_ok(desk_refresh(&p->desk, &err), err);
}

/* ---- conversations ---- */

/* Comes through in the end; what it had taken in before is not taken in twice. */
static void meet(int at)
{
	static const int64_t cuts[] = { 150, 700, 1800 };
	struct machine *p = &sim.place[at];
	bool idle = false;

	for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
		line_sync(&sim, p, cuts[i]);
		sit(p, "a.root");
		deed_edit(&sim, p);
	}
	for (int i = 0; i < 4 && !idle; i++)
		idle = line_sync(&sim, p, 0);
	ck_assert(idle);
}

static void all_meet(void)
{
	for (int round = 0; round < 3; round++)
		for (int i = 1; i < PLACES; i++)
			meet(i);
}

/* ---- deeds ---- */

static const char *clerk(int64_t slot)
{
	return slot >= OF_KELLY ? "s.kelly" : "p.shah";
}

static int64_t of_slot(struct machine *p, const char *column, int64_t slot)
{
	char text[80];

	snprintf(text, sizeof text, "SELECT %s FROM slot WHERE id = ?1", column);
	return sim_number(&sim, p, text, slot);
}

static struct id book(int at, int64_t person, int64_t slot)
{
	struct machine *p = &sim.place[at];
	struct booking_ask ask = { .person = { person },
				   .service = { of_slot(p, "service", slot) },
				   .clinician = { of_slot(p, "clinician", slot) },
				   .starts = { of_slot(p, "starts", slot) } };
	struct id id;

	sit(p, clerk(slot));
	ck_ok(booking_book(&p->desk, &ask, &id, &err), err);
	return id;
}

static void cancel(int at, struct id appt, enum cancel_by by, int64_t slot)
{
	struct machine *p = &sim.place[at];

	sit(p, clerk(slot));
	ck_ok(booking_cancel(&p->desk, appt, by, "rang", &err), err);
}

static void move(int at, struct id appt, int64_t slot, enum cancel_by by)
{
	struct machine *p = &sim.place[at];
	struct move_ask ask = { .clinician = { of_slot(p, "clinician", slot) },
				.starts = { of_slot(p, "starts", slot) },
				.by = by };

	sit(p, clerk(slot));
	ck_ok(booking_move(&p->desk, appt, &ask, &err), err);
}

static void revoke(int64_t slot, int to)
{
	struct id id = { slot };
	struct slot_list one = { &id, 1, 1 };

	sit(&sim.place[HUB], "a.root");
	ck_ok(hold_revoke(&sim.place[HUB].desk, &one, to, "the machine is gone", &err), err);
}

static void give(int at, int64_t slot, int to)
{
	struct id id = { slot };
	struct slot_list one = { &id, 1, 1 };

	sit(&sim.place[at], "a.root");
	ck_ok(hold_give(&sim.place[at].desk, &one, to, NULL, &err), err);
}

/* ---- what came of it ---- */

/* How many messages of an event wait to leave, and from which node. */
static int waiting(const char *channel, const char *event, int node)
{
	char text[200];

	snprintf(text, sizeof text,
		 "SELECT count(*) FROM message WHERE state = 'queued' AND channel = '%s'"
		 " AND event = '%s' AND node = %d AND person = 40000",
		 channel, event, node);
	return number(&sim.place[HUB], text);
}

/* Its sender, and nobody else, would send it now. */
static int senders(void)
{
	struct moment later = { sim.now.utc + 86400 };
	int n = 0;

	for (int i = 0; i < PLACES; i++) {
		struct msg m = { 0 };
		bool found;

		ck_ok(msg_due(sim.place[i].store, later, ~0u, false, &m, &found, &err), err);
		ck_assert(!found || m.node == i + 1);
		n += found;
	}
	return n;
}

#define OPEN_CALLS                                                                                 \
	"SELECT count(*) FROM task WHERE state = 'open' AND person = 40000"                        \
	" AND kind IN ('ringback', 'ring')"

/* No word that goes to them or to a desk names a private service. */
static void nothing_private(void)
{
	ck_assert_int_eq(number(&sim.place[HUB],
				"SELECT count(*) FROM message WHERE words LIKE '%ounsel%'"
				" OR coalesce(title, '') LIKE '%ounsel%' OR words LIKE '%Kelly%'"),
			 0);
	ck_assert_int_eq(number(&sim.place[HUB],
				"SELECT count(*) FROM task t JOIN appointment a ON a.id = t.appt"
				" JOIN service s ON s.id = a.service WHERE s.private"
				" AND t.service IS NOT s.id"),
			 0);
}

/* ---- the table ---- */

enum first { ASKED, TOLD };
enum then { CONFIRMED, DECLINED, DISPLACED, WITHDRAWN, CANCELLED, MOVED };

static const char *const then_words[] = { "confirmed", "declined",  "displaced",
					  "withdrawn", "cancelled", "moved" };

/* What waits to leave: its event and node (0: nothing), by text or e-mail; and how many calls are
 * open for somebody who can be reached by those, or by telephone alone. */
static const struct expected {
	enum first first;
	enum then then;
	const char *event;
	int node, calls, calls_phone;
} table[] = {
	{ ASKED, CONFIRMED, "confirmation", 2, 0, 1 },
	{ ASKED, DECLINED, NULL, 0, 1, 1 },
	{ ASKED, WITHDRAWN, "cancellation", 2, 0, 0 },
	{ ASKED, CANCELLED, "cancellation", 4, 0, 1 },
	{ ASKED, MOVED, "change", 4, 0, 1 },
	{ TOLD, CONFIRMED, "confirmation", 2, 0, 0 },
	{ TOLD, DISPLACED, NULL, 0, 1, 1 },
	{ TOLD, WITHDRAWN, "cancellation", 2, 0, 0 },
	{ TOLD, CANCELLED, "cancellation", 4, 0, 1 },
	{ TOLD, MOVED, "change", 4, 0, 1 },
};
enum { ROWS = sizeof table / sizeof *table };

/* The desk at Mill asks for another's slot, or tells of one that Mill holds. */
static int64_t slot_for(enum first first, bool private_)
{
	int64_t slot = private_ ? OF_KELLY : first == ASKED ? OF_OBI : OF_MARSH;

	if (private_ && first == TOLD) {
		for (int i = 0; i < 8; i++)
			give(HUB, OF_KELLY + i, MILL + 1);
		meet(MILL);
	}
	return slot;
}

/* Before Mill's command is anywhere else. */
static void meanwhile(const struct expected *e, int64_t slot)
{
	if (e->then == DECLINED)
		book(slot >= OF_KELLY ? HUB : OAK, ANOTHER, slot);
	if (e->then != DISPLACED)
		return;
	revoke(slot, OAK + 1);
	meet(OAK);
	book(OAK, ANOTHER, slot);
	meet(OAK);
}

static void happen(const struct expected *e, struct id appt, int64_t slot)
{
	if (e->then == WITHDRAWN)
		cancel(MILL, appt, CANCEL_PERSON, slot);
	if (e->then != CANCELLED && e->then != MOVED)
		return;
	meet(MILL);
	meet(POOLE);
	if (e->then == CANCELLED)
		cancel(POOLE, appt, CANCEL_SERVICE, slot);
	else
		move(POOLE, appt, slot + 3, CANCEL_SERVICE);
	meet(POOLE);
}

static void check_row(const struct expected *e, enum reach reach)
{
	static const char *const channel[REACHES] = { "text", "email", NULL, NULL };
	const char *by = channel[reach];
	int all = number(&sim.place[HUB], "SELECT count(*) FROM message WHERE person = 40000 AND"
					  " state IN ('queued', 'held', 'dead')");

	if (by && e->event) {
		ck_assert_int_eq(waiting(by, e->event, e->node), 1);
		ck_assert_int_eq(senders(), 1);
	} else {
		ck_assert_int_eq(senders(), 0);
	}
	ck_assert_int_eq(all, by && e->event ? 1 : 0);
	ck_assert_int_eq(number(&sim.place[HUB], OPEN_CALLS), by ? e->calls : e->calls_phone);
	/* Nobody has done anything about them yet. */
	ck_assert_int_eq(number(&sim.place[HUB], "SELECT count(*) FROM task WHERE state = 'done'"),
			 0);
	nothing_private();
}

/* One row, for one way to reach them. */
static void one(const struct expected *e, enum reach reach, bool private_)
{
	struct id appt;
	int64_t slot;

	if (getenv("OHDESK_TELL"))
		printf("%s, then %s, reached %d%s\n", e->first == ASKED ? "asked" : "told",
		       then_words[e->then], reach, private_ ? ", private" : "");
	fflush(stdout);
	begin(reach);
	slot = slot_for(e->first, private_);
	meanwhile(e, slot);
	appt = book(MILL, SOMEBODY, slot);
	happen(e, appt, slot);
	all_meet();
	check_row(e, reach);
	/* And once more from end to end, with nothing new. */
	all_meet();
	check_row(e, reach);
	end();
}

START_TEST(whoever_was_told_hears_of_every_answer_once)
{
	for (int i = 0; i < ROWS; i++)
		for (enum reach reach = 0; reach < REACHES; reach++)
			one(&table[i], reach, false);
	base_remove();
}
END_TEST

START_TEST(and_of_a_private_service_without_a_word_that_names_it)
{
	for (int i = 0; i < ROWS; i++)
		for (enum reach reach = 0; reach < REACHES; reach++)
			one(&table[i], reach, true);
	base_remove();
}
END_TEST

/* ---- who rings ---- */

START_TEST(who_is_declined_is_on_top_of_the_list_of_the_desk_that_asked)
{
	begin(BY_TEXT);
	book(OAK, ANOTHER, OF_OBI);
	book(MILL, SOMEBODY, OF_OBI);
	all_meet();
	/* Of Northgate, where p.shah sits; the slot was at Harbour. */
	ck_assert_int_eq(number(&sim.place[MILL],
				OPEN_CALLS " AND for_role = 'reception' AND site ="
					   " (SELECT id FROM site WHERE code = 'NGT')"),
			 1);
	end();
	base_remove();
}
END_TEST

/* ---- at once ---- */

START_TEST(a_text_that_left_while_another_node_took_it_back_makes_a_call)
{
	struct machine *mill = &sim.place[MILL];
	struct id appt;
	struct msg m = { 0 };
	bool found;

	begin(BY_TEXT);
	appt = book(MILL, SOMEBODY, OF_MARSH);
	meet(MILL);
	meet(POOLE);
	cancel(POOLE, appt, CANCEL_ERROR, OF_MARSH);
	meet(POOLE);
	/* It was on its way from Mill, which has not heard. */
	sit(mill, "p.shah");
	ck_ok(msg_due(mill->store, (struct moment){ sim.now.utc + 86400 }, ~0u, false, &m, &found,
		      &err),
	      err);
	ck_assert(found);
	ck_ok(message_mark(&mill->desk, m.id, MSG_SENT, MSG_QUEUED, NULL, &err), err);
	all_meet();
	ck_assert_int_eq(number(&sim.place[HUB], OPEN_CALLS), 1);
	ck_assert_int_eq(number(&sim.place[HUB], "SELECT count(*) FROM message WHERE state ="
						 " 'queued' AND person = 40000"),
			 0);
	end();
	base_remove();
}
END_TEST

/* Who moves and who cancels do it at once; either may be the first in the log. */
static void moved_and_cancelled(int first, int second)
{
	struct id appt;
	int calls, texts;

	begin(BY_TEXT);
	appt = book(MILL, SOMEBODY, OF_MARSH);
	meet(MILL);
	meet(POOLE);
	move(MILL, appt, OF_MARSH + 3, CANCEL_SERVICE);
	cancel(POOLE, appt, CANCEL_SERVICE, OF_MARSH);
	meet(first);
	meet(second);
	all_meet();
	calls = number(&sim.place[HUB], OPEN_CALLS);
	texts = number(&sim.place[HUB],
		       "SELECT count(*) FROM message WHERE state = 'queued' AND person = 40000");
	/* What stands is that it is cancelled; of the other time nothing may leave. */
	ck_assert_int_eq(number(&sim.place[HUB], "SELECT count(*) FROM appointment"
						 " WHERE state = 'X'"),
			 1);
	ck_assert_int_eq(waiting("text", "change", MILL + 1), 0);
	ck_assert_int_eq(texts, 1);
	ck_assert_int_eq(calls, 1);
	end();
}

START_TEST(moved_at_one_node_and_cancelled_at_another_somebody_rings)
{
	moved_and_cancelled(MILL, POOLE);
	moved_and_cancelled(POOLE, MILL);
	base_remove();
}
END_TEST

/* ---- a request that moves ---- */

START_TEST(what_is_asked_for_can_be_asked_for_at_another_time)
{
	struct id appt;

	begin(BY_TEXT);
	book(OAK, ANOTHER, OF_OBI);
	appt = book(MILL, SOMEBODY, OF_OBI);
	move(MILL, appt, OF_OBI + 3, CANCEL_PERSON);
	all_meet();
	/* The first was taken, the second is theirs: nothing is left to ring about. */
	ck_assert_int_eq(number(&sim.place[HUB], OPEN_CALLS), 0);
	ck_assert_int_eq(number(&sim.place[HUB], "SELECT count(*) FROM overlap WHERE state ="
						 " 'open' AND type = 'slot'"),
			 0);
	ck_assert_int_eq(waiting("text", "change", MILL + 1), 1);
	end();
	base_remove();
}
END_TEST

START_TEST(what_is_asked_for_can_move_into_ones_own_slot_at_once)
{
	struct id appt;

	begin(BY_TEXT);
	appt = book(MILL, SOMEBODY, OF_OBI);
	move(MILL, appt, OF_MARSH, CANCEL_PERSON);
	ck_assert_int_eq(number(&sim.place[MILL],
				"SELECT count(*) FROM appointment a JOIN booking b"
				" ON b.appt = a.id WHERE b.person = 40000"
				" AND a.state = 'B'"),
			 1);
	all_meet();
	ck_assert_int_eq(number(&sim.place[HUB], "SELECT count(*) FROM slot WHERE id = 30101"
						 " AND appt IS NOT NULL"),
			 0);
	ck_assert_int_eq(waiting("text", "change", MILL + 1), 1);
	ck_assert_int_eq(number(&sim.place[HUB], "SELECT count(*) FROM message WHERE state IN"
						 " ('queued', 'held') AND person = 40000"),
			 1);
	end();
	base_remove();
}
END_TEST

TEST_MAIN("told", whoever_was_told_hears_of_every_answer_once,
	  and_of_a_private_service_without_a_word_that_names_it,
	  who_is_declined_is_on_top_of_the_list_of_the_desk_that_asked,
	  a_text_that_left_while_another_node_took_it_back_makes_a_call,
	  moved_at_one_node_and_cancelled_at_another_somebody_rings,
	  what_is_asked_for_can_be_asked_for_at_another_time,
	  what_is_asked_for_can_move_into_ones_own_slot_at_once)
