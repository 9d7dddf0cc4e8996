/*
 * test_taken.c: a freed time is taken whole or not at all, in whatever way it was freed and
 * wherever the one who takes it is killed.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "booked.h"
#include "clinic/act.h"
#include "clinic/booking.h"
#include "clinic/diary.h"
#include "clinic/referral.h"
#include "clinic/wait.h"
#include "diaries.h"
#include "kills.h"
#include "suite.h"

static struct booked b;
static struct err err;
static struct id wait_, slot_;

static struct id accepted_of(struct id person)
{
	struct referral_ask ask = { .person = person,
				    .service = b.physio,
				    .type = REF_SELF,
				    .urgency = -1,
				    .agreed = b.c.desk.today };
	struct decide_ask accept = { .priority = 2, .suggested = -1 };
	struct id id = { 0 };

	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(referral_add(&b.c.desk, &ask, &id, &err), err);
	ck_ok(triage_decide(&b.c.desk, id, &accept, &err), err);
	clinic_sit(&b.c, "p.shah");
	return id;
}

static struct id waits(struct id episode, unsigned modes)
{
	struct wait_ask ask = { .episode = episode, .wish = { .modes = modes, .from = DATE_NONE } };
	struct id id = { 0 };

	ck_ok(wait_add(&b.c.desk, &ask, &id, &err), err);
	return id;
}

static struct id book(struct id person, struct id clinician, struct moment starts)
{
	struct booking_ask ask = {
		.person = person, .service = b.physio, .clinician = clinician, .starts = starts
	};
	struct id id = { 0 };

	world_pass(&b.c.world, 60);
	desk_tick(&b.c.desk);
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	return id;
}

static void allow_texts(void)
{
	booked_sql(
		&b,
		"INSERT INTO contact (id, scope, person, kind, value, text_ok, source, at, state)"
		" SELECT 600000 + id, scope, id, 'mobile', '0770090012' || (id % 10), 1, 'desk',"
		" 1, 'on' FROM person");
}

/* Okafor has the 12:40, waits for something earlier and was texted about the 10:00. */
static void one_waits(void)
{
	struct moment until;
	struct id episode;

	booked_open(&b);
	allow_texts();
	episode = accepted_of(b.okafor);
	book(b.okafor, b.marsh, next_thu(12, 40));
	wait_ = waits(episode, 0);
	slot_ = slot_at(&b.c, "marsh", next_thu(10, 0));
	ck_ok(wait_text(&b.c.desk, wait_, slot_, &until, &err), err);
}

/* ---- killed ---- */

/* All that the taking does is done, or nothing of it is: how often. */
static bool is_whole(void)
{
	int64_t off = clinic_count(&b.c, "SELECT count(*) FROM wait WHERE state = 'taken'");
	char *moved = mem_printf("SELECT count(*) FROM appointment WHERE starts = %lld",
				 (long long)next_thu(10, 0).utc);
	char *freed = mem_printf("SELECT count(*) FROM slot WHERE starts = %lld AND appt IS NULL"
				 " AND clinician = %lld",
				 (long long)next_thu(12, 40).utc, (long long)b.marsh.n);
	char *owned = mem_printf("SELECT count(*) FROM slot WHERE id = %lld AND appt IS NOT NULL",
				 (long long)slot_.n);

	ck_assert_int_eq(clinic_count(&b.c, moved), off);
	ck_assert_int_eq(clinic_count(&b.c, freed), off);
	ck_assert_int_eq(clinic_count(&b.c, owned), off);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM wait_try WHERE answer = 'yes'"),
			 off);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM wait_list"), !off);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM message WHERE event = 'change'"
					    " AND state = 'queued'"),
			 off);
	mem_free(owned);
	mem_free(freed);
	mem_free(moved);
	return off;
}

static void put_back(void)
{
	desk_tick(&b.c.desk);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_assert(!is_whole());
}

/* A process that takes it, and takes that back, for as long as it lives. */
static void takes_it(int out)
{
	struct clinic own = { 0 };
	struct id appt;

	clinic_second(&b.c, &own, "p.shah");
	for (int64_t told = 1;; told++) {
		if (wait_take(&own.desk, wait_, slot_, &appt, &err) < 0)
			_exit(2);
		if (write(out, &told, sizeof told) != sizeof told)
			_exit(3);
		if (act_undo_last(&own.desk, NULL, 0, &err) < 0)
			_exit(4);
	}
}

START_TEST(killed_at_any_moment_it_is_taken_whole_or_not_at_all)
{
	int kills = getenv("OHDESK_KILLS") ? atoi(getenv("OHDESK_KILLS")) : 20;
	uint64_t seed = 20260319;

	one_waits();
	for (int i = 0; i < kills; i++) {
		killed_at_work(takes_it, 4, &seed);
		if (is_whole())
			put_back();
	}
	booked_close(&b);
}
END_TEST

static void takes_it_once(void)
{
	struct clinic own = { 0 };
	struct id appt;

	clinic_second(&b.c, &own, "p.shah");
	_exit(wait_take(&own.desk, wait_, slot_, &appt, &err) < 0 ? 2 : 0);
}

START_TEST(killed_at_each_write_in_turn_it_is_taken_whole_or_not_at_all)
{
	int nth = 1, whole = 0;

	one_waits();
	while (killed_at_write(takes_it_once, nth++))
		if (is_whole()) {
			whole++;
			put_back();
		}
	/* The one that lived did it, and there was something to kill on the way. */
	ck_assert(is_whole());
	ck_assert_int_gt(nth, 10);
	ck_assert_int_lt(whole, nth - 5);
	put_back();
	booked_close(&b);
}
END_TEST

/* ---- freed, in whatever way ---- */

/* Is the time offered to the one who waits? */
static void is_offered(struct moment starts)
{
	struct wait_offers list = { 0 };
	int fit = 0;

	ck_ok(wait_fitting(&b.c.desk, slot_at(&b.c, "marsh", starts), &list, &fit, &err), err);
	ck_assert_int_eq(fit, 1);
	ck_assert(id_same(list.v[0].r.w.id, wait_));
	list_free(&list);
}

static void is_not_free(struct moment starts)
{
	struct hole hole;

	ck_refused(wait_hole(&b.c.desk, slot_at(&b.c, "marsh", starts), &hole, &err), err,
		   ERR_CLASH);
}

START_TEST(freed_by_whatever_it_is_offered_to_who_waits)
{
	struct move_ask move = { .by = CANCEL_PERSON, .starts = next_thu(12, 40) };
	struct moment ten = next_thu(10, 0);
	struct id appt, slot;

	booked_open(&b);
	wait_ = waits(accepted_of(b.okafor), 0);
	/* Cancelled. */
	appt = book(b.ellis, b.marsh, ten);
	is_not_free(ten);
	ck_ok(booking_cancel(&b.c.desk, appt, CANCEL_PERSON, "ill", &err), err);
	is_offered(ten);
	ck_ok(wait_hole_of(&b.c.desk, appt, &slot, &err), err);
	ck_assert_int_eq(slot.n, slot_at(&b.c, "marsh", ten).n);
	/* Moved away. */
	appt = book(b.webb, b.marsh, ten);
	move.clinician = b.marsh;
	ck_ok(booking_move(&b.c.desk, appt, &move, &err), err);
	is_offered(ten);
	is_not_free(next_thu(12, 40));
	/* Entered in error. */
	appt = book(b.kestrel, b.marsh, ten);
	ck_ok(booking_cancel(&b.c.desk, appt, CANCEL_ERROR, "wrong person", &err), err);
	is_offered(ten);
	booked_close(&b);
}
END_TEST

START_TEST(when_leave_ends_its_times_are_offered_to_who_waits)
{
	struct date day = moment_date(next_thu(0, 0));

	booked_open(&b);
	wait_ = waits(accepted_of(b.okafor), 0);
	clinic_sit(&b.c, "j.marsh");
	ck_ok(diary_leave(&b.c.desk, b.marsh, day, day, "course", NULL, NULL, &err), err);
	clinic_sit(&b.c, "p.shah");
	is_not_free(next_thu(10, 0));
	clinic_sit(&b.c, "j.marsh");
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	clinic_sit(&b.c, "p.shah");
	is_offered(next_thu(10, 0));
	booked_close(&b);
}
END_TEST

START_TEST(times_published_anew_are_offered_to_who_waits)
{
	struct moment next_friday = at_of(2026, 3, 20, 9, 0);

	booked_open(&b);
	wait_ = waits(accepted_of(b.okafor), 0);
	clinic_sit(&b.c, "a.root");
	publish_all(&b.c, a_template(&b.c, "marsh", "NGT", "NGT-1", "PHYSIO", 4, "9:00 NEW 40x2"));
	clinic_sit(&b.c, "p.shah");
	is_offered(next_friday);
	booked_close(&b);
}
END_TEST

/* ---- what the text says, and who confirms ---- */

START_TEST(the_text_offers_the_way_in_which_they_will_be_seen)
{
	struct moment until;
	struct id appt, slot;

	booked_open(&b);
	allow_texts();
	wait_ = waits(accepted_of(b.okafor), MODE_PHONE);
	slot = slot_at(&b.c, "marsh", next_thu(10, 0));
	ck_ok(wait_text(&b.c.desk, wait_, slot, &until, &err), err);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM message WHERE event = 'offer'"
					    " AND words LIKE '%phone%'"),
			 1);
	ck_ok(wait_take(&b.c.desk, wait_, slot, &appt, &err), err);
	ck_assert_int_eq(
		clinic_count(&b.c, "SELECT count(*) FROM appointment WHERE mode = 'phone'"), 1);
	booked_close(&b);
}
END_TEST

START_TEST(what_another_node_declines_puts_them_back_into_their_place)
{
	struct id appt, slot;

	booked_open(&b);
	wait_ = waits(accepted_of(b.okafor), 0);
	booked_sql(&b, "UPDATE slot SET holder = 2 WHERE clinician = (SELECT id FROM clinician"
		       " WHERE code = 'marsh')");
	slot = slot_at(&b.c, "marsh", next_thu(10, 0));
	ck_ok(wait_take(&b.c.desk, wait_, slot, &appt, &err), err);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM appointment WHERE state = 'T'"),
			 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM wait_list"), 0);
	booked_sql(&b, "UPDATE appointment SET state = 'R'");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM wait_list"), 1);
	booked_sql(&b, "UPDATE appointment SET state = 'T'");
	booked_close(&b);
}
END_TEST

TEST_MAIN("taken", killed_at_any_moment_it_is_taken_whole_or_not_at_all,
	  killed_at_each_write_in_turn_it_is_taken_whole_or_not_at_all,
	  freed_by_whatever_it_is_offered_to_who_waits,
	  when_leave_ends_its_times_are_offered_to_who_waits,
	  times_published_anew_are_offered_to_who_waits,
	  the_text_offers_the_way_in_which_they_will_be_seen,
	  what_another_node_declines_puts_them_back_into_their_place)
