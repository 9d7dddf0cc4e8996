/*
 * test_flag_limits.c: what an open flag asks of a booking holds on every route: also for a move,
 * for what is taken back into a diary, and between nodes.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "booked.h"
#include "clinic/act.h"
#include "clinic/booking.h"
#include "clinic/clash.h"
#include "clinic/desklist.h"
#include "clinic/flag.h"
#include "clinic/search.h"
#include "nodes.h"
#include "suite.h"

static struct booked b;
static struct err err;

static void open_as(const char *user)
{
	booked_open(&b);
	clinic_sit(&b.c, user);
}

static struct id raise_at(struct desk *desk, struct id person, struct id service,
			  enum flag_kind kind, const char *does)
{
	struct flag_ask ask = { .person = person,
				.service = service,
				.kind = kind,
				.does = does,
				.words = "cannot go on" };
	struct id id = { 0 };

	ck_ok(flag_raise(desk, &ask, &id, &err), err);
	return id;
}

static struct booking_ask wish(struct id person, struct moment starts)
{
	return (struct booking_ask){
		.person = person, .service = b.physio, .clinician = b.marsh, .starts = starts
	};
}

static struct id book(struct id person, struct moment starts)
{
	struct booking_ask ask = wish(person, starts);
	struct id appt = { 0 };

	ck_ok(booking_book(&b.c.desk, &ask, &appt, &err), err);
	return appt;
}

static void says_nothing_clinical(void)
{
	static const char *const words[] = { "flag", "risk", "safeguard", "go on" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		ck_assert_msg(!strstr(err.text, words[i]), "%s", err.text);
}

/* ---- stopped ---- */

START_TEST(a_move_is_a_booking_as_well)
{
	struct move_ask later = { .starts = thu(12, 40) };
	struct id appt, flag;

	open_as("p.shah");
	appt = book(b.okafor, next_thu(10, 0));
	ck_ok(booking_move(&b.c.desk, appt, &later, &err), err);
	later.starts = next_thu(12, 40);
	flag = raise_at(&b.c.desk, b.okafor, b.physio, FLAG_RED, NULL);
	ck_refused(booking_move_try(&b.c.desk, appt, &later, &err), err, ERR_CLASH);
	ck_refused(booking_move(&b.c.desk, appt, &later, &err), err, ERR_CLASH);
	/* Nor is the move before it taken back: that would be another time, too. */
	ck_refused(booking_undo(&b.c.desk, appt, NULL, 0, &err), err, ERR_CLASH);
	/* What is booked may be given up, and who comes is taken in. */
	ck_ok(booking_mark(&b.c.desk, appt, APPT_ARRIVED, NULL, &err), err);
	ck_ok(booking_undo(&b.c.desk, appt, NULL, 0, &err), err);
	ck_ok(booking_cancel(&b.c.desk, appt, CANCEL_PERSON, "ill", &err), err);
	clinic_sit(&b.c, "j.marsh");
	ck_ok(flag_clear(&b.c.desk, flag, "examined", &err), err);
	booked_close(&b);
}
END_TEST

START_TEST(reception_is_not_told_that_it_is_a_risk_that_stops_booking)
{
	struct booking_ask ask;
	struct id appt;

	open_as("r.adeyemi");
	raise_at(&b.c.desk, b.okafor, b.physio, FLAG_RISK, FLAG_STOPS);
	clinic_sit(&b.c, "p.shah");
	ask = wish(b.okafor, thu(10, 0));
	ck_assert_int_eq(booking_book(&b.c.desk, &ask, &appt, &err), -1);
	ck_assert_int_eq(err.kind, ERR_CLASH);
	says_nothing_clinical();
	booked_close(&b);
}
END_TEST

/* ---- never the last of a day ---- */

/* Of Marsh 12:40 is the last on both days, of Obi 14:00. */
static void never_last(void)
{
	clinic_sit(&b.c, "r.adeyemi");
	raise_at(&b.c.desk, b.okafor, b.physio, FLAG_RISK, FLAG_NOT_LAST);
	clinic_sit(&b.c, "p.shah");
}

START_TEST(the_last_time_of_a_day_is_neither_offered_nor_booked)
{
	struct search any = { .kind = APPT_NEW, .by = DATE_NONE };
	struct booking_ask ask;
	struct places places = { 0 };
	struct id appt;

	open_as("p.shah");
	never_last();
	any.service = b.physio;
	ck_ok(search_for(&b.c.desk, b.okafor, &any, &err), err);
	ck_ok(search_slots(&b.c.desk, &any, &places, &err), err);
	ck_assert_uint_ne(places.n, 0);
	list_each (p, &places) {
		ck_assert_int_ne(p->slot.starts.utc, thu(12, 40).utc);
		ck_assert_int_ne(p->slot.starts.utc, thu(14, 0).utc);
		ck_assert_int_ne(p->slot.starts.utc, next_thu(12, 40).utc);
	}
	list_free(&places);
	ask = wish(b.okafor, thu(12, 40));
	ck_assert_int_eq(booking_try(&b.c.desk, &ask, &err), -1);
	ck_assert_int_eq(booking_book(&b.c.desk, &ask, &appt, &err), -1);
	ck_assert_int_eq(err.kind, ERR_INPUT);
	ck_assert_str_eq(err.field, "at");
	says_nothing_clinical();
	/* Nobody else is kept from it, nor she from the one before, once it is taken. */
	book(b.ellis, thu(12, 40));
	book(b.okafor, thu(12, 0));
	booked_close(&b);
}
END_TEST

START_TEST(the_earliest_goes_past_the_last_of_a_day)
{
	struct search after = { .by = DATE_NONE, .after = 12 * 60 + 30 };
	struct booking_ask ask = { 0 };
	struct id appt;

	open_as("p.shah");
	never_last();
	ask = (struct booking_ask){ .person = b.okafor, .service = b.physio };
	/* All that begins then is the last of somebody's day. */
	ck_refused(booking_earliest(&b.c.desk, &ask, &after, &appt, &err), err, ERR_MISSING);
	ask.person = b.ellis;
	ck_ok(booking_earliest(&b.c.desk, &ask, &after, &appt, &err), err);
	booked_close(&b);
}
END_TEST

START_TEST(nobody_is_moved_walks_in_or_is_overbooked_into_the_last_of_a_day)
{
	struct move_ask last = { .starts = thu(12, 40) };
	struct booking_ask over, now = { 0 };
	struct id appt;

	open_as("p.shah");
	booked_sql(&b, "INSERT INTO user_right (id, user, name, state) SELECT 77, id, 'overbook',"
		       " 'on' FROM user WHERE name = 'p.shah'");
	never_last();
	appt = book(b.okafor, thu(10, 0));
	ck_refused(booking_move(&b.c.desk, appt, &last, &err), err, ERR_INPUT);
	/* Not longer either, until it is the last. */
	last.starts = thu(10, 40);
	last.mins = 150;
	ck_assert_int_eq(booking_move(&b.c.desk, appt, &last, &err), -1);
	err_clear(&err);
	ck_ok(booking_cancel(&b.c.desk, appt, CANCEL_PERSON, "ill", &err), err);
	over = wish(b.okafor, thu(12, 50));
	over.over_why = "asked by the ward";
	ck_refused(booking_book(&b.c.desk, &over, &appt, &err), err, ERR_INPUT);
	world_pass(&b.c.world, 3 * 3600 - 120);
	desk_tick(&b.c.desk);
	now = (struct booking_ask){ .person = b.okafor, .service = b.physio };
	ck_assert_int_eq(booking_walkin(&b.c.desk, &now, &appt, &err), -1);
	now.person = b.ellis;
	ck_ok(booking_walkin(&b.c.desk, &now, &appt, &err), err);
	booked_close(&b);
}
END_TEST

START_TEST(nothing_comes_back_into_the_last_of_a_day)
{
	struct id appt;

	open_as("p.shah");
	appt = book(b.okafor, thu(12, 40));
	ck_ok(booking_cancel(&b.c.desk, appt, CANCEL_PERSON, "ill", &err), err);
	never_last();
	ck_refused(booking_undo(&b.c.desk, appt, NULL, 0, &err), err, ERR_INPUT);
	says_nothing_clinical();
	booked_close(&b);
}
END_TEST

/* ---- between nodes ---- */

static struct network n;

static struct moment fri(int hour, int minute)
{
	return (struct moment){ thu(hour, minute).utc + 86400 };
}

/* One waits for a person at Northgate: settled as it is. */
static void settle_the_one(void)
{
	struct clash_rows rows = { 0 };

	clinic_sit(&n.north, "p.shah");
	ck_ok(clash_rows(&n.north.desk, 10, &rows, &err), err);
	ck_assert_uint_eq(rows.n, 1);
	ck_assert_str_eq(rows.v[0].c.type, "stopped");
	ck_assert_str_eq(rows.v[0].why, "not to be booked yet");
	ck_ok(clash_settle(&n.north.desk, rows.v[0].c.id, "as it stands", &err), err);
	list_free(&rows);
	nodes_in_step(&n);
}

START_TEST(a_request_is_not_answered_yes_over_a_flag_that_was_raised_since)
{
	struct desk_row row;
	struct id appt;

	nodes_open(&n);
	nodes_clock(12, 9, 50);
	/* Obi's slots are Harbour's: Northgate asks for one while Harbour raises a flag. */
	appt = nodes_book(&n.north, "p.shah", n.okafor, "obi", fri(13, 0));
	clinic_sit(&n.harbour, "p.shah");
	raise_at(&n.harbour.desk, n.okafor, clinic_service(&n.harbour, "PHYSIO"), FLAG_RED, NULL);
	nodes_in_step(&n);
	ck_ok(desk_appt(&n.north.desk, appt, &row, &err), err);
	ck_assert_int_eq(row.row.a.state, APPT_DECLINED);
	ck_assert_int_eq(clinic_count(&n.north, "SELECT count(*) FROM task WHERE kind = 'ringback'"
						" AND state = 'open' AND text LIKE '%rings%'"),
			 1);
	ck_assert_int_eq(clinic_count(&n.north, "SELECT count(*) FROM slot WHERE appt IS NOT NULL"),
			 0);
	settle_the_one();
	nodes_close(&n);
}
END_TEST

START_TEST(booked_at_one_site_while_a_flag_was_raised_at_another_it_waits_for_a_person)
{
	nodes_open(&n);
	nodes_clock(12, 9, 50);
	clinic_sit(&n.harbour, "p.shah");
	raise_at(&n.harbour.desk, n.okafor, clinic_service(&n.harbour, "PHYSIO"), FLAG_RED, NULL);
	/* Harbour's word is at the hub first. */
	nodes_book(&n.north, "p.shah", n.okafor, "marsh", fri(8, 20));
	while (!nodes_turn(&n, &n.harbour))
		;
	nodes_in_step(&n);
	settle_the_one();
	nodes_close(&n);
}
END_TEST

TEST_MAIN("flag limits", a_move_is_a_booking_as_well,
	  reception_is_not_told_that_it_is_a_risk_that_stops_booking,
	  the_last_time_of_a_day_is_neither_offered_nor_booked,
	  the_earliest_goes_past_the_last_of_a_day,
	  nobody_is_moved_walks_in_or_is_overbooked_into_the_last_of_a_day,
	  nothing_comes_back_into_the_last_of_a_day,
	  a_request_is_not_answered_yes_over_a_flag_that_was_raised_since,
	  booked_at_one_site_while_a_flag_was_raised_at_another_it_waits_for_a_person)
