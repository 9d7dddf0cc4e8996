/* Which node holds which slots, what was forgotten, and how slots go there and back. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "booked.h"
#include "clinic/act.h"
#include "clinic/booking.h"
#include "clinic/holder.h"
#include "clinic/record.h"
#include "clinic/task.h"
#include "suite.h"

static struct booked b;
static struct err err;

/* Harbour is node 2, another database. */
static void begin(void)
{
	const char *node[8] = { "2", "H", "Harbour" };
	struct id id = { 0 };

	err = (struct err)ERR_INIT;
	booked_open(&b);
	clinic_sit(&b.c, "a.root");
	ck_ok(record_add(&b.c.desk, record_find("node"), node, &id, &err), err);
}

static void finish(void)
{
	booked_close(&b);
}

static void pass(int minutes)
{
	world_pass(&b.c.world, minutes * 60);
	desk_tick(&b.c.desk);
}

/* All that can be given of a clinician's day, or so many. */
static int give(struct id clinician, struct moment at, int count, char times[200])
{
	const struct hold_pick pick = { .clinician = clinician,
					.day = moment_date(at),
					.count = count };
	struct slots slots = { 0 };
	struct slot_list ids = { 0 };
	int given = 0;
	size_t n = 0;
	char when[DAY_TEXT];

	ck_ok(hold_pick(&b.c.desk, &pick, &slots, &err), err);
	list_each (s, &slots) {
		*list_push(&ids) = s->id;
		minute_show(moment_minute(s->starts), when);
		if (times)
			n += (size_t)snprintf(times + n, 200 - n, "%s ", when);
	}
	ck_ok(hold_give(&b.c.desk, &ids, 2, &given, &err), err);
	list_free(&slots);
	list_free(&ids);
	return given;
}

/* Somebody for Marsh. */
static struct booking_ask ellis_at(struct moment starts)
{
	return (struct booking_ask){
		.person = b.ellis, .service = b.physio, .clinician = b.marsh, .starts = starts
	};
}

static struct helds held(int node, bool forgotten)
{
	const struct hold_wish wish = {
		.node = node, .from = DATE_NONE, .to = DATE_NONE, .forgotten = forgotten
	};
	struct helds list = { 0 };

	ck_ok(hold_list(&b.c.desk, &wish, &list, &err), err);
	return list;
}

static size_t forgotten(void)
{
	struct helds list = held(0, true);
	size_t n = list.n;

	list_free(&list);
	return n;
}

static void home_is(struct id clinician, const char *node)
{
	const struct record *r = record_find("clinician");
	const char *v[16] = { NULL };

	for (size_t i = 0; r->columns[i].name; i++)
		if (strcmp(r->columns[i].name, "node") == 0)
			v[i] = node;
	ck_ok(record_set(&b.c.desk, r, clinician, v, &err), err);
}

static void set(const char *name, const char *value)
{
	ck_ok(setting_set(&b.c.desk, name, value, &err), err);
	ck_ok(desk_refresh(&b.c.desk, &err), err);
}

START_TEST(some_of_a_day_are_given_spread_over_it)
{
	char times[200];
	struct helds list;

	begin();
	ck_assert_int_eq(give(b.marsh, next_thu(0, 0), 3, times), 3);
	ck_assert_str_eq(times, "10:40 11:20 12:40 ");
	list = held(0, false);
	ck_assert_uint_eq(list.n, 1);
	ck_assert_int_eq(list.v[0].free, 3);
	ck_assert_int_eq(list.v[0].booked, 0);
	ck_assert_int_eq(list.v[0].home, 1);
	ck_assert_int_eq(list.v[0].holder, 2);
	ck_assert_int_eq((int)list.v[0].first.utc, (int)next_thu(10, 40).utc);
	ck_assert_int_eq((int)list.v[0].given_at.utc, (int)b.c.desk.now.utc);
	list_free(&list);
	finish();
}
END_TEST

START_TEST(what_is_booked_or_begun_or_elsewhere_is_not_given)
{
	struct booking_ask ask;
	struct hold_pick pick;
	struct slots slots = { 0 };
	struct id id;

	begin();
	ask = ellis_at(thu(10, 0));
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	pass(65); /* 10:47 */
	ck_assert_int_eq(give(b.marsh, thu(0, 0), 1, NULL), 1);
	pick = (struct hold_pick){ .clinician = b.marsh, .day = moment_date(thu(0, 0)) };
	ck_ok(hold_pick(&b.c.desk, &pick, &slots, &err), err);
	ck_assert_uint_eq(slots.n, 3);
	list_free(&slots);
	pick.count = 4;
	ck_refused(hold_pick(&b.c.desk, &pick, &slots, &err), err, ERR_MISSING);
	pick = (struct hold_pick){ .clinician = b.marsh, .day = { moment_date(thu(0, 0)).n + 1 } };
	ck_refused(hold_pick(&b.c.desk, &pick, &slots, &err), err, ERR_MISSING);
	finish();
}
END_TEST

START_TEST(what_nobody_used_is_forgotten_when_its_day_is_near)
{
	begin();
	give(b.marsh, next_thu(0, 0), 2, NULL);
	ck_assert_uint_eq(forgotten(), 0);
	pass(4 * 24 * 60); /* Monday: Thursday is three working days away */
	ck_assert_uint_eq(forgotten(), 0);
	pass(24 * 60);
	ck_assert_uint_eq(forgotten(), 1);
	set("hold_days", "1");
	ck_assert_uint_eq(forgotten(), 0);
	finish();
}
END_TEST

START_TEST(what_is_open_to_all_by_now_is_forgotten_as_well)
{
	begin();
	set("hold_days", "0");
	give(b.marsh, next_thu(0, 0), 0, NULL);
	pass(6 * 24 * 60); /* Wednesday 09:42: rapid access is released at 12:00 */
	ck_assert_uint_eq(forgotten(), 0);
	pass(3 * 60);
	ck_assert_uint_eq(forgotten(), 1);
	finish();
}
END_TEST

START_TEST(what_is_past_is_not_forgotten)
{
	begin();
	give(b.marsh, thu(0, 0), 0, NULL);
	ck_assert_uint_eq(forgotten(), 1);
	pass(4 * 60);
	ck_assert_uint_eq(forgotten(), 0);
	finish();
}
END_TEST

/* As if this were where they were given to: the diary is at home at node 2. */
static struct id received(void)
{
	struct helds list;
	struct slot_list all = { 0 };
	struct id block;

	give(b.marsh, next_thu(0, 0), 0, NULL);
	ck_ok(hold_all_of(&b.c.desk, 2, &all, &err), err);
	home_is(b.marsh, "2");
	ck_ok(hold_revoke(&b.c.desk, &all, 1, "lent", &err), err);
	list_free(&all);
	list = held(0, false);
	ck_assert_uint_eq(list.n, 1);
	ck_assert_int_eq(list.v[0].holder, 1);
	ck_assert_int_eq(held_todo(&b.c.desk, &list.v[0]), HELD_GIVE_BACK);
	block = list.v[0].block;
	list_free(&list);
	return block;
}

START_TEST(who_received_them_gives_all_that_are_free_back_in_one_act)
{
	struct id block, id;
	int given;
	struct booking_ask ask;
	struct helds list;

	begin();
	ask = ellis_at(next_thu(10, 0));
	block = received();
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	ck_ok(hold_give_back(&b.c.desk, block, &given, &err), err);
	ck_assert_int_eq(given, 5);
	list = held(0, false);
	ck_assert_uint_eq(list.n, 1); /* who is booked stays with who confirmed it */
	ck_assert_int_eq(list.v[0].free, 0);
	ck_assert_int_eq(list.v[0].booked, 1);
	list_free(&list);
	ck_refused(hold_give_back(&b.c.desk, block, &given, &err), err, ERR_MISSING);
	ck_refused(act_undo_last(&b.c.desk, NULL, 0, &err), err, ERR_INPUT);
	ck_assert_str_eq(err.text, "");
	finish();
}
END_TEST

START_TEST(who_gave_asks_them_back_once)
{
	struct task_rows open = { 0 };
	struct helds list;

	begin();
	give(b.marsh, next_thu(0, 0), 2, NULL);
	list = held(0, false);
	ck_assert_int_eq(held_todo(&b.c.desk, &list.v[0]), HELD_ASK_BACK);
	ck_ok(hold_ask_back(&b.c.desk, &list.v[0], &err), err);
	ck_refused(hold_ask_back(&b.c.desk, &list.v[0], &err), err, ERR_CLASH);
	ck_ok(task_rows(&b.c.desk, TASKS_ALL, &open, &err), err);
	ck_assert_uint_eq(open.n, 1);
	ck_assert_str_eq(open.v[0].t.role, "manager");
	list_free(&open);
	list_free(&list);
	finish();
}
END_TEST

START_TEST(all_that_a_node_holds_is_taken_and_goes_home)
{
	struct slot_list all = { 0 };
	struct helds list;

	begin();
	give(b.marsh, next_thu(0, 0), 0, NULL);
	give(b.marsh, thu(0, 0), 2, NULL);
	home_is(b.obi, "2");
	ck_ok(hold_all_of(&b.c.desk, 2, &all, &err), err);
	ck_assert_uint_eq(all.n, 8); /* obi's are held here still */
	ck_ok(hold_revoke(&b.c.desk, &all, 0, "the machine is gone", &err), err);
	list = held(0, false);
	ck_assert_uint_eq(list.n, 0);
	list_free(&list);
	ck_refused(hold_revoke(&b.c.desk, &all, 0, "again", &err), err, ERR_CLASH);
	/* The hub gives back what came to it. */
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	list = held(2, false);
	ck_assert_uint_eq(list.n, 2);
	list_free(&list);
	list_free(&all);
	finish();
}
END_TEST

START_TEST(a_revoke_is_not_taken_back_once_somebody_is_booked)
{
	struct slot_list all = { 0 };
	struct booking_ask ask;
	struct id id;
	int64_t act;

	begin();
	ask = ellis_at(next_thu(10, 0));
	give(b.marsh, next_thu(0, 0), 0, NULL);
	ck_ok(hold_all_of(&b.c.desk, 2, &all, &err), err);
	ck_ok(hold_revoke(&b.c.desk, &all, 0, "the machine is gone", &err), err);
	act = b.c.desk.acted;
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	ck_refused(act_undo(&b.c.desk, act, NULL, 0, &err), err, ERR_CLASH);
	list_free(&all);
	finish();
}
END_TEST

/* 1200 slots of a diary, as several weeks have. */
static void many(void)
{
	struct buf sql = { 0 };

	buf_printf(&sql,
		   "WITH n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 1199)"
		   " INSERT INTO slot (id, block, clinician, site, service, kind, day,"
		   " starts, mins, holder, state) SELECT 900000 + i, s.block, s.clinician,"
		   " s.site, s.service, 'FU', s.day + 1 + i / 40, s.starts + 86400 * (1 + i /"
		   " 40) + i %% 40 * 300, 5, 1, 'open' FROM n, slot s WHERE s.id ="
		   " (SELECT min(id) FROM slot WHERE clinician = %lld AND day = %d)",
		   (long long)b.marsh.n, moment_date(next_thu(0, 0)).n);
	booked_sql(&b, sql.s);
	buf_done(&sql);
}

START_TEST(many_slots_go_in_commands_of_500_and_one_act)
{
	struct slot_list all = { 0 };
	int given;

	begin();
	many();
	for (int i = 0; i < 1200; i++)
		*list_push(&all) = (struct id){ 900000 + i };
	ck_ok(hold_give(&b.c.desk, &all, 2, &given, &err), err);
	ck_assert_int_eq(given, 1200);
	ck_assert_int_eq(
		(int)clinic_count(&b.c, "SELECT count(*) FROM cmd WHERE type = 'hold_give'"), 3);
	ck_assert_int_eq((int)clinic_count(&b.c, "SELECT count(DISTINCT act) FROM cmd"
						 " WHERE type = 'hold_give'"),
			 1);
	ck_ok(hold_revoke(&b.c.desk, &all, 0, "the machine is gone", &err), err);
	ck_assert_int_eq(
		(int)clinic_count(&b.c, "SELECT count(*) FROM cmd WHERE type = 'hold_revoke'"), 3);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_assert_int_eq((int)clinic_count(&b.c, "SELECT count(*) FROM slot WHERE holder = 2"),
			 1200);
	list_free(&all);
	/* Five minutes each, and over one another: no diary that is checked. */
	booked_sql(&b, "DELETE FROM slot WHERE id >= 900000 AND id < 901200");
	finish();
}
END_TEST

TEST_MAIN("held", some_of_a_day_are_given_spread_over_it,
	  what_is_booked_or_begun_or_elsewhere_is_not_given,
	  what_nobody_used_is_forgotten_when_its_day_is_near,
	  what_is_open_to_all_by_now_is_forgotten_as_well, what_is_past_is_not_forgotten,
	  who_received_them_gives_all_that_are_free_back_in_one_act, who_gave_asks_them_back_once,
	  all_that_a_node_holds_is_taken_and_goes_home,
	  a_revoke_is_not_taken_back_once_somebody_is_booked,
	  many_slots_go_in_commands_of_500_and_one_act)
