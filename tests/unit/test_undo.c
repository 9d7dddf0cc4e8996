/* test_undo.c: the steps that can be taken back, and a kill while one is. */
#include "kills.h"
#include "suite.h"

#include <stdio.h>
#include <unistd.h>

#include "base/alloc.h"
#include "booked.h"
#include "clinic/act.h"
#include "clinic/booking.h"
#include "clinic/task.h"

static struct booked b;
static struct err err;

static struct id walk_in(struct clinic *c)
{
	struct booking_ask ask = { .person = b.okafor, .service = b.ohn };
	struct id id = { 0 };

	ck_ok(booking_walkin(&c->desk, &ask, &id, &err), err);
	return id;
}

START_TEST(the_steps_are_listed_newest_first_with_what_each_did)
{
	struct undo_steps steps = { 0 };
	struct id id;

	booked_open(&b);
	err_clear(&err);
	id = walk_in(&b.c);
	world_pass(&b.c.world, 60);
	desk_tick(&b.c.desk);
	ck_ok(booking_mark(&b.c.desk, id, APPT_IN_ROOM, NULL, &err), err);
	ck_ok(act_undo_steps(&b.c.desk, &steps, &err), err);
	ck_assert_uint_eq(steps.n, 2);
	ck_assert(strstr(steps.v[0].what, "OKAFOR, Adaeze") != NULL);
	ck_assert_int_eq(steps.v[0].commands, 1);
	ck_assert_str_eq(steps.v[0].no, "");
	/* The walk-in is two commands, and the later step stands on it. */
	ck_assert_int_eq(steps.v[1].commands, 2);
	ck_assert(strstr(steps.v[1].no, "p.shah has changed OKAFOR since") != NULL);
	ck_refused(act_undo(&b.c.desk, steps.v[1].act, NULL, 0, &err), err, ERR_CLASH);
	ck_ok(act_undo(&b.c.desk, steps.v[0].act, NULL, 0, &err), err);
	ck_ok(act_undo(&b.c.desk, steps.v[1].act, NULL, 0, &err), err);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM slot WHERE appt IS NOT NULL"), 0);
	list_free(&steps);
	ck_ok(act_undo_steps(&b.c.desk, &steps, &err), err);
	ck_assert_uint_eq(steps.n, 0);
	booked_close(&b);
}
END_TEST

START_TEST(a_step_says_whom_it_is_about)
{
	struct undo_steps steps = { 0 };
	struct task_ask ask = { .kind = TASK_TODO, .person = { 0 }, .text = "Ring her" };

	booked_open(&b);
	err_clear(&err);
	ask.person = b.okafor;
	ck_ok(task_for_parse(&b.c.desk, "reception@all", &ask.to, &err), err);
	ck_ok(task_add(&b.c.desk, &ask, NULL, &err), err);
	ck_ok(act_undo_steps(&b.c.desk, &steps, &err), err);
	ck_assert_uint_eq(steps.n, 1);
	ck_assert_str_eq(steps.v[0].what, "OKAFOR, Adaeze (Ms): opened: to do");
	list_free(&steps);
	booked_close(&b);
}
END_TEST

START_TEST(a_step_that_somebody_built_on_names_them)
{
	struct undo_steps steps = { 0 };
	struct clinic other;
	struct id id;

	booked_open(&b);
	err_clear(&err);
	id = walk_in(&b.c);
	clinic_second(&b.c, &other, "r.adeyemi");
	ck_ok(booking_mark(&other.desk, id, APPT_IN_ROOM, NULL, &err), err);
	ck_ok(act_undo_steps(&b.c.desk, &steps, &err), err);
	ck_assert_uint_eq(steps.n, 1);
	ck_assert(strstr(steps.v[0].no, "r.adeyemi has changed OKAFOR since") != NULL);
	list_free(&steps);
	/* Nobody's steps are another's. */
	ck_ok(act_undo_steps(&other.desk, &steps, &err), err);
	ck_assert_uint_eq(steps.n, 1);
	ck_assert_int_eq(steps.v[0].commands, 1);
	list_free(&steps);
	clinic_second_close(&other);
	booked_close(&b);
}
END_TEST

/* Takes a walk-in and takes it back, without end, telling of each. */
static void busy_desk(int out)
{
	struct clinic own = b.c;

	if (store_open(b.c.path, 5000, &own.store, &err) < 0 ||
	    desk_open(own.store, &own.world, &own.desk, &err) < 0 ||
	    desk_sit(&own.desk, "p.shah", &err) < 0)
		_exit(1);
	for (;;) {
		struct booking_ask ask = { .person = b.okafor, .service = b.ohn };
		int64_t told;
		struct id id;

		if (booking_walkin(&own.desk, &ask, &id, &err) < 0)
			_exit(2);
		told = own.desk.acted;
		if (write(out, &told, sizeof told) != sizeof told)
			_exit(3);
		if (act_undo_last(&own.desk, NULL, 0, &err) < 0)
			_exit(4);
		told = -told;
		if (write(out, &told, sizeof told) != sizeof told)
			_exit(5);
	}
}

/* Acts of which some commands were taken back and some were not. */
#define HALVES                                                                                     \
	"SELECT count(*) FROM (SELECT count(*) AS n, sum(EXISTS (SELECT 1 FROM history r"          \
	" WHERE r.reverses = c.history)) AS back FROM cmd c WHERE c.reverses IS NULL"              \
	" GROUP BY c.act) WHERE back NOT IN (0, n)"

START_TEST(a_kill_during_an_undo_leaves_the_step_whole_or_wholly_taken_back)
{
	int kills = getenv("OHDESK_KILLS") ? atoi(getenv("OHDESK_KILLS")) : 40;
	uint64_t seed = 20260313;

	booked_open(&b);
	err_clear(&err);
	for (int i = 0; i < kills; i++) {
		int64_t last;
		char sql[160];

		last = killed_at_work(busy_desk, 8, &seed);
		ck_assert_int_eq(clinic_count(&b.c, HALVES), 0);
		/* What was told as taken back stays so. */
		snprintf(sql, sizeof sql,
			 "SELECT count(*) FROM history r JOIN cmd c ON r.reverses = c.history"
			 " WHERE c.act = %lld",
			 (long long)(last < 0 ? -last : 0));
		ck_assert_int_eq(clinic_count(&b.c, sql), last < 0 ? 2 : 0);
		/* One that stands makes room again. */
		if (clinic_count(&b.c, "SELECT count(*) FROM slot WHERE appt IS NOT NULL"))
			ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
		ck_assert_int_eq(
			clinic_count(&b.c, "SELECT count(*) FROM slot WHERE appt IS NOT NULL"), 0);
	}
	booked_close(&b);
}
END_TEST

TEST_MAIN("undo", the_steps_are_listed_newest_first_with_what_each_did,
	  a_step_says_whom_it_is_about, a_step_that_somebody_built_on_names_them,
	  a_kill_during_an_undo_leaves_the_step_whole_or_wholly_taken_back)
