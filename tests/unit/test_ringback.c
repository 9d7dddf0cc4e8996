/* Who is to be rung back after an answer, and that one deed settles all that came of it. */
#include <check.h>
#include <string.h>

#include "base/alloc.h"
#include "booked.h"
#include "clinic/act.h"
#include "clinic/answers.h"
#include "clinic/booking.h"
#include "clinic/clash.h"
#include "clinic/diary.h"
#include "clinic/holder.h"
#include "clinic/record.h"
#include "clinic/task.h"
#include "suite.h"

static struct booked b;
static struct err err;

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
	/* What waits for a person is no damage: nothing else may be. */
	booked_sql(&b, "UPDATE overlap SET state = 'closed'");
	booked_close(&b);
}

static void tick(void)
{
	world_pass(&b.c.world, 60);
	desk_tick(&b.c.desk);
}

static struct slot_list slot_of(struct id clinician, struct moment at, struct id *ret)
{
	char *sql = mem_printf("SELECT id FROM slot WHERE clinician = %lld AND starts = %lld",
			       (long long)clinician.n, (long long)at.utc);

	ret->n = clinic_count(&b.c, sql);
	mem_free(sql);
	return (struct slot_list){ ret, 1, 1 };
}

/* Ellis asked for a slot of Adeyemi's that Harbour held, and it was closed before the answer. */
static struct id declined(void)
{
	struct booking_ask ask = { .person = b.ellis,
				   .service = b.ohn,
				   .clinician = b.adeyemi,
				   .starts = next_thu(10, 30) };
	struct id slot, appt;
	struct slot_list one = slot_of(b.adeyemi, ask.starts, &slot);
	int done;

	ck_ok(hold_give(&b.c.desk, &one, 2, NULL, &err), err);
	clinic_sit(&b.c, "p.shah");
	ck_ok(booking_book(&b.c.desk, &ask, &appt, &err), err);
	clinic_sit(&b.c, "a.root");
	ck_ok(hold_revoke(&b.c.desk, &one, 1, "the machine is gone", &err), err);
	ck_ok(diary_block(&b.c.desk, b.adeyemi, ask.starts,
			  (struct moment){ ask.starts.utc + 1800 }, "talk", NULL, &err),
	      err);
	tick();
	ck_ok(holder_keep(&b.c.desk, &done, &err), err);
	ck_assert_int_eq(done, 1);
	clinic_sit(&b.c, "p.shah");
	return appt;
}

static int clashes(void)
{
	return (int)clinic_count(&b.c, "SELECT count(*) FROM overlap WHERE state = 'open'");
}

static int calls(void)
{
	int n;

	ck_ok(ringback_count(&b.c.desk, &n, &err), err);
	return n;
}

static struct ringback the_call(void)
{
	struct ringbacks list = { 0 };
	struct ringback one;

	ck_ok(ringback_list(&b.c.desk, false, &list, &err), err);
	ck_assert_uint_eq(list.n, 1);
	one = list.v[0];
	list_free(&list);
	return one;
}

START_TEST(who_was_declined_is_rung_with_a_number_words_and_other_times)
{
	struct places offers = { 0 };
	struct ringback r;
	struct id appt;

	begin();
	appt = declined();
	r = the_call();
	ck_assert(id_same(r.task.t.appt, appt));
	ck_assert_int_eq(r.state, APPT_DECLINED);
	ck_assert(r.another && !r.urgent && id_none(r.move));
	ck_assert_ptr_nonnull(strstr(r.say, "Thu 19-Mar 10:30"));
	ck_assert_str_ne(r.number, "");
	ck_ok(ringback_offers(&b.c.desk, &r, &offers, &err), err);
	ck_assert_uint_ge(offers.n, 1);
	ck_assert_uint_le(offers.n, RINGBACK_OFFERS);
	list_free(&offers);
	finish();
}
END_TEST

START_TEST(it_stands_before_everything_that_is_older)
{
	struct task_ask ask = { .kind = TASK_TODO, .text = "something old" };
	struct task_rows rows = { 0 };

	begin();
	ck_ok(task_for_parse(&b.c.desk, "reception", &ask.to, &err), err);
	ck_ok(task_add(&b.c.desk, &ask, NULL, &err), err);
	tick();
	declined();
	ck_ok(task_rows(&b.c.desk, TASKS_FOR_ME, &rows, &err), err);
	ck_assert_uint_eq(rows.n, 2);
	ck_assert_int_eq(rows.v[0].t.kind, TASK_RINGBACK);
	list_free(&rows);
	finish();
}
END_TEST

START_TEST(its_outcome_settles_the_clash_as_well)
{
	begin();
	declined();
	ck_assert_int_eq(clashes(), 1);
	ck_ok(task_done(&b.c.desk, the_call().task.t.id, "not_wanted", NULL, &err), err);
	ck_assert_int_eq(clashes() + calls(), 0);
	ck_assert_int_eq((int)clinic_count(&b.c, "SELECT count(*) FROM overlap WHERE how ="
						 " 'rung back: no other time wanted'"),
			 1);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_assert_int_eq(clashes(), 1);
	ck_assert_int_eq(calls(), 1);
	finish();
}
END_TEST

START_TEST(settling_the_clash_ends_the_call)
{
	struct clashes list = { 0 };

	begin();
	declined();
	ck_ok(clash_list(&b.c.desk, (struct id){ 0 }, 10, &list, &err), err);
	ck_ok(clash_settle(&b.c.desk, list.v[0].id, "came to the window", &err), err);
	ck_assert_int_eq(clashes() + calls(), 0);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_assert_int_eq(clashes(), 1);
	ck_assert_int_eq(calls(), 1);
	list_free(&list);
	finish();
}
END_TEST

START_TEST(a_new_booking_settles_both)
{
	struct booking_ask ask;
	struct id id;

	begin();
	ask = (struct booking_ask){ .person = b.ellis,
				    .service = b.ohn,
				    .clinician = b.adeyemi,
				    .starts = next_thu(10, 0) };
	declined();
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	ck_assert_int_eq(clashes() + calls(), 0);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_assert_int_eq(clashes(), 1);
	ck_assert_int_eq(calls(), 1);
	finish();
}
END_TEST

START_TEST(what_waits_is_counted_for_whom_it_waits)
{
	struct booking_ask ask;
	struct askeds list = { 0 };
	struct waits waits;
	struct slot_list one;
	struct id slot, appt;
	char words[80];

	begin();
	ask = (struct booking_ask){ .person = b.ellis,
				    .service = b.ohn,
				    .clinician = b.adeyemi,
				    .starts = next_thu(10, 30) };
	ck_ok(asked_waits(&b.c.desk, &waits, &err), err);
	ck_assert_str_eq(waits_words(&b.c.desk, &waits, words, sizeof words), "");
	one = slot_of(b.adeyemi, ask.starts, &slot);
	ck_ok(hold_give(&b.c.desk, &one, 2, NULL, &err), err);
	ck_ok(booking_book(&b.c.desk, &ask, &appt, &err), err);
	ck_ok(asked_waits(&b.c.desk, &waits, &err), err);
	ck_assert_str_eq(waits_words(&b.c.desk, &waits, words, sizeof words),
			 "1 waits for Harbour");
	ck_ok(asked_list(&b.c.desk, false, &list, &err), err);
	ck_assert_uint_eq(list.n, 1);
	ck_assert(id_same(list.v[0].row.row.a.id, appt));
	ck_assert_int_eq(list.v[0].holder, 2);
	list_free(&list);
	ck_ok(asked_list(&b.c.desk, true, &list, &err), err);
	ck_assert_uint_eq(list.n, 0);
	/* Withdrawn by cancelling it. */
	ck_ok(booking_cancel(&b.c.desk, appt, CANCEL_PERSON, "rang", &err), err);
	ck_ok(asked_waits(&b.c.desk, &waits, &err), err);
	ck_assert_uint_eq(waits.n, 0);
	finish();
}
END_TEST

TEST_MAIN("ringback", who_was_declined_is_rung_with_a_number_words_and_other_times,
	  it_stands_before_everything_that_is_older, its_outcome_settles_the_clash_as_well,
	  settling_the_clash_ends_the_call, a_new_booking_settles_both,
	  what_waits_is_counted_for_whom_it_waits)
