/*
 * test_wait.c: what is promised of the waiting list: nobody falls off it, nobody is on it who has
 * what they waited for, and a freed time goes to who fits it, best first.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "booked.h"
#include "clinic/act.h"
#include "clinic/after.h"
#include "clinic/booking.h"
#include "clinic/referral.h"
#include "clinic/wait.h"
#include "suite.h"

static struct booked b;
static struct err err;
static const struct id nobody;

static void open_as(const char *user)
{
	booked_open(&b);
	clinic_sit(&b.c, user);
}

static void pass(int64_t seconds)
{
	world_pass(&b.c.world, seconds);
	desk_tick(&b.c.desk);
}

/* An open episode of the person with physio: referred and accepted. */
static struct id accepted_of(struct id person, int priority)
{
	struct referral_ask ask = { .person = person,
				    .service = b.physio,
				    .type = REF_SELF,
				    .urgency = -1,
				    .agreed = b.c.desk.today,
				    .anew = true };
	struct decide_ask accept = { .priority = priority, .suggested = -1 };
	struct id id = { 0 };

	clinic_sit(&b.c, "r.adeyemi");
	pass(60);
	ck_ok(referral_add(&b.c.desk, &ask, &id, &err), err);
	ck_ok(triage_decide(&b.c.desk, id, &accept, &err), err);
	clinic_sit(&b.c, "p.shah");
	return id;
}

static struct id waits(struct id episode, struct wait_wish wish)
{
	struct wait_ask ask = { .episode = episode, .wish = wish };
	struct id id = { 0 };

	pass(60);
	ck_ok(wait_add(&b.c.desk, &ask, &id, &err), err);
	return id;
}

static struct wait_wish anything(void)
{
	return (struct wait_wish){ .from = DATE_NONE };
}

static struct id book(struct id person, struct id clinician, struct moment starts)
{
	struct booking_ask ask = {
		.person = person, .service = b.physio, .clinician = clinician, .starts = starts
	};
	struct id id = { 0 };

	pass(60);
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	return id;
}

static size_t on_list(void)
{
	struct wait_rows rows = { 0 };
	size_t n;

	ck_ok(wait_rows(&b.c.desk, nobody, &rows, &err), err);
	n = rows.n;
	list_free(&rows);
	return n;
}

static size_t to_be_booked(void)
{
	struct to_book_rows rows = { 0 };
	size_t n;

	ck_ok(to_book(&b.c.desk, nobody, &rows, &err), err);
	n = rows.n;
	list_free(&rows);
	return n;
}

/* ---- the list ---- */

START_TEST(whoever_waits_is_on_that_list_and_not_to_be_booked)
{
	struct id episode, wait;

	open_as("p.shah");
	episode = accepted_of(b.okafor, 2);
	ck_assert_uint_eq(to_be_booked(), 1);
	wait = waits(episode, anything());
	ck_assert_uint_eq(on_list(), 1);
	ck_assert_uint_eq(to_be_booked(), 0);
	ck_ok(wait_remove(&b.c.desk, wait, "comes to any time", &err), err);
	ck_assert_uint_eq(on_list(), 0);
	ck_assert_uint_eq(to_be_booked(), 1);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_assert_uint_eq(on_list(), 1);
	ck_assert_uint_eq(to_be_booked(), 0);
	booked_close(&b);
}
END_TEST

START_TEST(an_appointment_meets_the_wish_and_taken_back_they_wait_again_in_their_place)
{
	struct wait_row before, after;
	struct id episode, appt;

	open_as("p.shah");
	episode = accepted_of(b.okafor, 2);
	waits(episode, anything());
	ck_ok(wait_for(&b.c.desk, episode, &before, &err), err);
	appt = book(b.okafor, b.marsh, next_thu(10, 0));
	ck_assert_uint_eq(on_list(), 0);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_assert_uint_eq(on_list(), 1);
	appt = book(b.okafor, b.marsh, next_thu(10, 0));
	ck_ok(booking_cancel(&b.c.desk, appt, CANCEL_SERVICE, "Marsh is ill", &err), err);
	ck_assert_uint_eq(on_list(), 1);
	ck_ok(wait_for(&b.c.desk, episode, &after, &err), err);
	ck_assert_int_eq(before.w.since.utc, after.w.since.utc);
	ck_assert_uint_eq(to_be_booked(), 0);
	booked_close(&b);
}
END_TEST

START_TEST(whoever_is_booked_waits_for_something_earlier_until_they_have_come)
{
	struct wait_row r;
	struct id episode, appt;

	open_as("p.shah");
	episode = accepted_of(b.okafor, 2);
	appt = book(b.okafor, b.marsh, thu(10, 0));
	waits(episode, anything());
	ck_ok(wait_for(&b.c.desk, episode, &r, &err), err);
	ck_assert(r.on && r.w.wish.earlier && id_same(r.appt, appt));
	pass(20 * 60);
	ck_ok(booking_mark(&b.c.desk, appt, APPT_ARRIVED, NULL, &err), err);
	ck_assert_uint_eq(on_list(), 0);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_assert_uint_eq(on_list(), 1);
	booked_close(&b);
}
END_TEST

START_TEST(met_and_put_on_again_they_keep_their_place_for_something_earlier)
{
	struct wait_row first, again;
	struct id episode, id;

	open_as("p.shah");
	episode = accepted_of(b.okafor, 2);
	id = waits(episode, anything());
	ck_ok(wait_for(&b.c.desk, episode, &first, &err), err);
	book(b.okafor, b.marsh, next_thu(10, 0));
	ck_assert_uint_eq(on_list(), 0);
	ck_assert(id_same(id, waits(episode, anything())));
	ck_ok(wait_for(&b.c.desk, episode, &again, &err), err);
	ck_assert(again.on && again.w.wish.earlier);
	ck_assert_int_eq(first.w.since.utc, again.w.since.utc);
	booked_close(&b);
}
END_TEST

START_TEST(nobody_waits_twice_or_for_what_is_closed_and_no_wish_is_accepted_that_cannot_be)
{
	struct wait_ask ask = { .wish = anything() };
	struct id id, wait;

	open_as("p.shah");
	ask.episode = accepted_of(b.okafor, 2);
	wait = waits(ask.episode, anything());
	ck_refused(wait_add(&b.c.desk, &ask, &id, &err), err, ERR_CLASH);
	ask.wish.notice = 10000;
	ck_refused(wait_set(&b.c.desk, wait, &ask, &err), err, ERR_INPUT);
	ask.wish = anything();
	ask.wish.after = 900;
	ask.wish.before = 600;
	ck_refused(wait_set(&b.c.desk, wait, &ask, &err), err, ERR_INPUT);
	ask.wish = anything();
	snprintf(ask.wish.sites, sizeof ask.wish.sites, "ngt, xyz");
	ck_refused(wait_set(&b.c.desk, wait, &ask, &err), err, ERR_MISSING);
	ck_refused(wait_remove(&b.c.desk, wait, "", &err), err, ERR_INPUT);
	ck_ok(wait_remove(&b.c.desk, wait, "moved away", &err), err);
	ck_refused(wait_remove(&b.c.desk, wait, "again", &err), err, ERR_CLASH);
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(referral_withdraw(&b.c.desk, ask.episode, "feels better", &err), err);
	ask.wish = anything();
	ck_refused(wait_add(&b.c.desk, &ask, &id, &err), err, ERR_INPUT);
	booked_close(&b);
}
END_TEST

START_TEST(the_end_of_the_episode_ends_the_wait_and_undone_they_wait_again)
{
	struct id episode;

	open_as("p.shah");
	episode = accepted_of(b.okafor, 2);
	waits(episode, anything());
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(referral_withdraw(&b.c.desk, episode, "feels better", &err), err);
	ck_assert_uint_eq(on_list(), 0);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_assert_uint_eq(on_list(), 1);
	booked_close(&b);
}
END_TEST

TEST_MAIN("wait", whoever_waits_is_on_that_list_and_not_to_be_booked,
	  an_appointment_meets_the_wish_and_taken_back_they_wait_again_in_their_place,
	  whoever_is_booked_waits_for_something_earlier_until_they_have_come,
	  met_and_put_on_again_they_keep_their_place_for_something_earlier,
	  nobody_waits_twice_or_for_what_is_closed_and_no_wish_is_accepted_that_cannot_be,
	  the_end_of_the_episode_ends_the_wait_and_undone_they_wait_again)
