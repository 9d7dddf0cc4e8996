/* The rules of what was offered: what counts as a first offer, who may see it, what undo does. */
#include <stdio.h>

#include "booked.h"
#include "clinic/act.h"
#include "clinic/booking.h"
#include "clinic/offer.h"
#include "clinic/referral.h"
#include "suite.h"

static struct booked b;
static struct err err;

/* Webb is referred to physiotherapy on Thursday morning and accepted. */
static struct id accepted(void)
{
	struct referral_ask ask = { .person = b.webb,
				    .service = b.physio,
				    .type = REF_SELF,
				    .source = FROM_SELF,
				    .urgency = -1,
				    .agreed = b.c.desk.today };
	struct decide_ask decide = { .priority = 1, .suggested = -1 };
	struct id id = { 0 };

	ck_ok(referral_add(&b.c.desk, &ask, &id, &err), err);
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(triage_decide(&b.c.desk, id, &decide, &err), err);
	clinic_sit(&b.c, "p.shah");
	return id;
}

static struct offer_made at(struct moment starts, enum offer_end became)
{
	return (struct offer_made){ .site = b.ngt,
				    .clinician = b.marsh,
				    .starts = starts,
				    .mode = MODE_FACE,
				    .became = became };
}

static enum clock_kind clock_now(struct id referral)
{
	struct referral_row r;

	ck_ok(referral_one(&b.c.desk, referral, &r, &err), err);
	return r.clock.kind;
}

static void open_all(void)
{
	booked_open(&b);
	booked_sql(&b, "INSERT INTO contract (id, service, from_day, triage, offer, seen, report,"
		       " tries, cap, state) SELECT 77, id, 0, 1, 3, 5, 2, 3, 0, 'on' FROM service"
		       " WHERE code = 'PHYSIO'");
	err_clear(&err);
}

START_TEST(the_first_offer_meets_its_clock_whether_it_was_booked_or_declined)
{
	open_all();
	struct id id = accepted();
	struct offer_made looked = at(thu(10, 0), OFFER_LEFT), no = at(thu(10, 0), OFFER_DECLINED);
	struct offers_made one = { &looked, 1, 1 }, two = { &no, 1, 1 };

	ck_assert_int_eq(clock_now(id), CLOCK_OFFER);
	/* Nobody knows that it was put to them. */
	ck_ok(offers_record(&b.c.desk, id, &one, &err), err);
	ck_assert_int_eq(clock_now(id), CLOCK_OFFER);
	ck_ok(offers_record(&b.c.desk, id, &two, &err), err);
	ck_assert_int_eq(clock_now(id), CLOCK_SEEN);
	booked_close(&b);
}
END_TEST

START_TEST(a_booking_that_was_an_error_offered_nothing)
{
	open_all();
	struct id id = accepted(), appt = { 0 };
	struct offer_made yes = at(thu(10, 0), OFFER_BOOKED);
	struct offers_made one = { &yes, 1, 1 }, list = { 0 };
	struct booking_ask ask = { .person = b.webb,
				   .service = b.physio,
				   .clinician = b.marsh,
				   .starts = thu(10, 0),
				   .said = &one };

	ck_ok(booking_book(&b.c.desk, &ask, &appt, &err), err);
	ck_ok(offers_about(&b.c.desk, id, &list, &err), err);
	ck_assert_uint_eq(list.n, 1);
	ck_assert(id_same(list.v[0].appt, appt));
	ck_assert_str_eq(list.v[0].user, "p.shah");
	list_free(&list);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_ok(offers_about(&b.c.desk, id, &list, &err), err);
	ck_assert_uint_eq(list.n, 0);
	ck_assert_int_eq(clock_now(id), CLOCK_OFFER);
	booked_close(&b);
}
END_TEST

START_TEST(the_earliest_is_an_offer_that_was_booked)
{
	open_all();
	struct id id = accepted(), appt = { 0 };
	struct booking_ask ask = { .person = b.webb, .service = b.physio };
	struct search s = { .by = DATE_NONE };
	struct offers_made list = { 0 };

	ck_ok(booking_earliest(&b.c.desk, &ask, &s, &appt, &err), err);
	ck_ok(offers_about(&b.c.desk, id, &list, &err), err);
	ck_assert_uint_eq(list.n, 1);
	ck_assert_int_eq(list.v[0].became, OFFER_BOOKED);
	ck_assert_int_eq(list.v[0].mode, MODE_FACE);
	ck_assert(id_same(list.v[0].site, b.hbr));
	list_free(&list);
	booked_close(&b);
}
END_TEST

START_TEST(undo_passes_over_what_was_only_said)
{
	open_all();
	struct id id = accepted();
	struct offer_made no = at(thu(10, 0), OFFER_DECLINED);
	struct offers_made one = { &no, 1, 1 };
	struct undo_steps steps = { 0 };
	char what[200];

	ck_ok(offers_record(&b.c.desk, id, &one, &err), err);
	ck_ok(act_undo_steps(&b.c.desk, &steps, &err), err);
	list_each (s, &steps)
		ck_assert_ptr_null(strstr(s->what, "offered"));
	list_free(&steps);
	ck_assert(act_undo_last(&b.c.desk, what, sizeof what, &err) < 0 ||
		  !strstr(what, "offered"));
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM offer"), 1);
	booked_close(&b);
}
END_TEST

START_TEST(nothing_is_offered_for_a_closed_episode_and_nothing_for_none)
{
	open_all();
	struct id id = accepted();
	struct offer_made no = at(thu(10, 0), OFFER_DECLINED);
	struct offers_made one = { &no, 1, 1 }, none = { 0 };

	ck_ok(offers_record(&b.c.desk, (struct id){ 0 }, &one, &err), err);
	ck_ok(offers_record(&b.c.desk, id, &none, &err), err);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM offer"), 0);
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(referral_withdraw(&b.c.desk, id, "feels better", &err), err);
	ck_refused(offers_record(&b.c.desk, id, &one, &err), err, ERR_CLASH);
	booked_close(&b);
}
END_TEST

START_TEST(what_was_offered_by_a_private_service_is_not_there_for_others)
{
	struct offers_made list = { 0 };

	open_all();
	booked_sql(&b,
		   "INSERT INTO episode (id, scope, number, person, service, customer, priority,"
		   " received, state, opened_at) SELECT 900, 'org:WVH', 'CNS-26-N0001', p.id, s.id,"
		   " c.id, 1, 20522, 'open', 1 FROM person p, service s, customer c"
		   " WHERE p.surname = 'ELLIS' AND s.code = 'COUNS' AND c.code = 'WVH'");
	struct offer_made no = at(thu(10, 0), OFFER_DECLINED);
	struct offers_made one = { &no, 1, 1 };

	ck_refused(offers_record(&b.c.desk, (struct id){ 900 }, &one, &err), err, ERR_DENIED);
	ck_refused(offers_about(&b.c.desk, (struct id){ 900 }, &list, &err), err, ERR_MISSING);
	clinic_sit(&b.c, "s.kelly");
	ck_ok(offers_record(&b.c.desk, (struct id){ 900 }, &one, &err), err);
	ck_ok(offers_about(&b.c.desk, (struct id){ 900 }, &list, &err), err);
	ck_assert_uint_eq(list.n, 1);
	list_free(&list);
	/* What the history says of it names no service. */
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM history WHERE name = 'offered'"
					    " AND what = '1 time offered, none booked'"),
			 1);
	booked_close(&b);
}
END_TEST

TEST_MAIN("offer", the_first_offer_meets_its_clock_whether_it_was_booked_or_declined,
	  a_booking_that_was_an_error_offered_nothing, the_earliest_is_an_offer_that_was_booked,
	  undo_passes_over_what_was_only_said,
	  nothing_is_offered_for_a_closed_episode_and_nothing_for_none,
	  what_was_offered_by_a_private_service_is_not_there_for_others)
