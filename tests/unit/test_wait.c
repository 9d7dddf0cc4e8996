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
#include "clinic/flag.h"
#include "clinic/message.h"
#include "clinic/referral.h"
#include "clinic/wait.h"
#include "diaries.h"
#include "store/appts.h"
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
	struct to_book_items rows = { 0 };
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

START_TEST(put_on_the_list_in_the_room_they_wait_for_the_next_one)
{
	struct after_ask again = { .outcome = OUTCOME_REBOOK };
	struct mark_ask mark = { .after = &again };
	struct id episode, appt;

	open_as("p.shah");
	episode = accepted_of(b.okafor, 2);
	appt = book(b.okafor, b.marsh, thu(10, 0));
	pass(20 * 60);
	ck_ok(booking_mark(&b.c.desk, appt, APPT_ARRIVED, NULL, &err), err);
	waits(episode, anything());
	ck_assert_uint_eq(on_list(), 1);
	pass(1800);
	clinic_sit(&b.c, "j.marsh");
	ck_ok(booking_mark(&b.c.desk, appt, APPT_SEEN, &mark, &err), err);
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

/* ---- a freed time ---- */

static struct id slot_free_at(const char *clinician, struct moment starts)
{
	return slot_at(&b.c, clinician, starts);
}

static struct wait_offer offer_of(struct id slot, struct id wait, size_t *ret_at)
{
	struct wait_offers list = { 0 };
	struct wait_offer found = { 0 };
	int fit;

	ck_ok(wait_fitting(&b.c.desk, slot, &list, &fit, &err), err);
	for (size_t i = 0; i < list.n; i++)
		if (id_same(list.v[i].r.w.id, wait)) {
			found = list.v[i];
			if (ret_at)
				*ret_at = i;
		}
	list_free(&list);
	ck_assert(!id_none(found.r.w.id));
	return found;
}

static int fits(struct id slot)
{
	struct wait_offers list = { 0 };
	int fit;

	ck_ok(wait_fitting(&b.c.desk, slot, &list, &fit, &err), err);
	list_free(&list);
	return fit;
}

/* What the one who waits wishes now, and how that very time suits it. */
static enum wait_fit suits(struct id wait, struct id slot, struct wait_wish wish, bool at_once)
{
	struct wait_ask ask = { .wish = wish, .short_notice = at_once };

	ck_ok(wait_set(&b.c.desk, wait, &ask, &err), err);
	return offer_of(slot, wait, NULL).fit;
}

START_TEST(a_freed_time_fits_who_can_come_then_and_there)
{
	struct wait_wish w = anything();
	struct id slot, wait;

	open_as("p.shah");
	wait = waits(accepted_of(b.okafor, 2), w);
	slot = slot_free_at("marsh", next_thu(10, 0));
	ck_assert_int_eq(offer_of(slot, wait, NULL).fit, WAIT_ASK);
	w.days = 1 << 3;
	ck_assert_int_eq(suits(wait, slot, w, false), WAIT_YES);
	w.days = 1 << 4;
	ck_assert_int_eq(suits(wait, slot, w, false), WAIT_DAY);
	w = anything();
	w.after = 12 * 60;
	ck_assert_int_eq(suits(wait, slot, w, false), WAIT_TIME);
	w = anything();
	w.before = 10 * 60;
	ck_assert_int_eq(suits(wait, slot, w, false), WAIT_TIME);
	w.before = 11 * 60;
	ck_assert_int_eq(suits(wait, slot, w, false), WAIT_YES);
	w = anything();
	snprintf(w.sites, sizeof w.sites, "HBR");
	ck_assert_int_eq(suits(wait, slot, w, false), WAIT_FAR);
	snprintf(w.sites, sizeof w.sites, "hbr ngt");
	ck_assert_int_eq(suits(wait, slot, w, false), WAIT_YES);
	w = anything();
	w.clinician = b.obi;
	ck_assert_int_eq(suits(wait, slot, w, false), WAIT_WITH);
	w.clinician = b.marsh;
	ck_assert_int_eq(suits(wait, slot, w, false), WAIT_YES);
	w = anything();
	w.from = day_of(2026, 3, 20);
	ck_assert_int_eq(suits(wait, slot, w, false), WAIT_FROM);
	w.from = day_of(2026, 3, 19);
	ck_assert_int_eq(suits(wait, slot, w, false), WAIT_ASK);
	booked_close(&b);
}
END_TEST

START_TEST(at_short_notice_only_those_who_said_it_is_ok_are_asked)
{
	struct wait_wish w = anything();
	struct id slot, wait;

	open_as("p.shah");
	wait = waits(accepted_of(b.okafor, 2), w);
	slot = slot_free_at("marsh", thu(12, 40));
	ck_assert_int_eq(offer_of(slot, wait, NULL).fit, WAIT_NOTICE_SHORT);
	w.notice = 5;
	ck_assert_int_eq(suits(wait, slot, w, false), WAIT_NOTICE_SHORT);
	w.notice = 2;
	ck_assert_int_eq(suits(wait, slot, w, false), WAIT_YES);
	ck_assert_int_eq(suits(wait, slot, anything(), true), WAIT_YES);
	booked_close(&b);
}
END_TEST

START_TEST(it_is_offered_by_priority_then_the_least_time_left_and_the_far_ones_last)
{
	struct wait_wish far = anything();
	struct id slot, okafor, ellis, webb;
	size_t at[3];

	open_as("p.shah");
	okafor = waits(accepted_of(b.okafor, 3), anything());
	snprintf(far.sites, sizeof far.sites, "HBR");
	webb = waits(accepted_of(b.webb, 1), far);
	pass(86400);
	ellis = waits(accepted_of(b.ellis, 2), anything());
	slot = slot_free_at("marsh", next_thu(10, 0));
	offer_of(slot, ellis, &at[0]);
	offer_of(slot, okafor, &at[1]);
	offer_of(slot, webb, &at[2]);
	for (size_t i = 0; i < 3; i++)
		ck_assert_uint_eq(at[i], i);
	booked_close(&b);
}
END_TEST

START_TEST(nobody_is_offered_what_they_could_not_be_booked_into)
{
	struct wait_wish w = anything();
	struct id fu, slot, wait, rapid;

	open_as("p.shah");
	wait = waits(accepted_of(b.okafor, 2), w);
	/* A first attendance is longer than one slot for a follow-up. */
	fu = slot_free_at("marsh", next_thu(11, 20));
	ck_assert_int_eq(offer_of(fu, wait, NULL).fit, WAIT_SHORT);
	/* Rapid access is kept for staff of the NHS. */
	rapid = slot_free_at("marsh", next_thu(12, 0));
	ck_assert_int_eq(offer_of(rapid, wait, NULL).fit, WAIT_ASK);
	wait = waits(accepted_of(b.kestrel, 2), w);
	ck_assert_int_eq(offer_of(rapid, wait, NULL).fit, WAIT_RAPID);
	/* Whoever is elsewhere then cannot come. */
	slot = slot_free_at("obi", next_thu(14, 0));
	ck_assert_int_eq(offer_of(slot, wait, NULL).fit, WAIT_ASK);
	booked_sql(&b, "UPDATE person SET status = 'leaver' WHERE scope = 'org:KES'");
	ck_assert_int_eq(offer_of(slot, wait, NULL).fit, WAIT_GONE);
	booked_close(&b);
}
END_TEST

START_TEST(whoever_is_booked_elsewhere_then_or_no_later_is_not_asked)
{
	struct booking_ask nurse = { .starts = next_thu(10, 0) };
	struct id slot, wait, id, episode;

	open_as("p.shah");
	episode = accepted_of(b.okafor, 2);
	wait = waits(episode, anything());
	slot = slot_free_at("marsh", next_thu(10, 0));
	ck_assert_int_eq(offer_of(slot, wait, NULL).fit, WAIT_ASK);
	nurse.person = b.okafor;
	nurse.service = b.ohn;
	nurse.clinician = b.adeyemi;
	ck_ok(booking_book(&b.c.desk, &nurse, &id, &err), err);
	ck_assert_int_eq(offer_of(slot, wait, NULL).fit, WAIT_BUSY);
	/* Something no earlier than what they have is no help. */
	book(b.okafor, b.marsh, next_thu(12, 0));
	waits(episode, anything());
	slot = slot_free_at("marsh", next_thu(12, 40));
	ck_assert_int_eq(offer_of(slot, wait, NULL).fit, WAIT_EARLIER);
	booked_close(&b);
}
END_TEST

START_TEST(an_open_red_flag_blocks_until_somebody_clinical_has_spoken_to_them)
{
	struct flag_ask red = { .service = b.physio, .kind = FLAG_RED, .words = "both legs" };
	struct id slot, wait;

	open_as("p.shah");
	wait = waits(accepted_of(b.okafor, 2), anything());
	slot = slot_free_at("marsh", next_thu(10, 0));
	red.person = b.okafor;
	red.service = b.physio;
	ck_ok(flag_raise(&b.c.desk, &red, NULL, &err), err);
	ck_assert_int_eq(offer_of(slot, wait, NULL).fit, WAIT_FLAG);
	ck_assert_int_eq(fits(slot), 0);
	booked_close(&b);
}
END_TEST

/* ---- the taking ---- */

START_TEST(taking_it_books_and_ends_the_wait_in_one_act_with_one_undo)
{
	struct id slot, wait, appt = { 0 };
	char before[65], after[65];
	int64_t act;

	open_as("p.shah");
	wait = waits(accepted_of(b.okafor, 2), anything());
	slot = slot_free_at("marsh", next_thu(10, 0));
	clinic_digest(&b.c, before);
	act = clinic_count(&b.c, "SELECT next_act FROM me");
	pass(60);
	ck_ok(wait_take(&b.c.desk, wait, slot, &appt, &err), err);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT next_act FROM me"), act + 1);
	ck_assert_uint_eq(on_list(), 0);
	ck_assert_uint_eq(to_be_booked(), 0);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM wait WHERE state = 'taken'"), 1);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_assert_uint_eq(on_list(), 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM slot WHERE appt IS NOT NULL"), 0);
	clinic_digest(&b.c, after);
	booked_close(&b);
}
END_TEST

START_TEST(who_has_left_or_died_since_is_offered_nothing_and_booked_into_nothing)
{
	struct id slot, wait, appt = { 0 };
	struct moment until;

	open_as("p.shah");
	wait = waits(accepted_of(b.okafor, 2), anything());
	slot = slot_free_at("marsh", next_thu(10, 0));
	booked_sql(&b,
		   "UPDATE person SET status = 'deceased' WHERE id = (SELECT person FROM wait)");
	ck_refused(wait_take(&b.c.desk, wait, slot, &appt, &err), err, ERR_INPUT);
	ck_refused(wait_text(&b.c.desk, wait, slot, &until, &err), err, ERR_INPUT);
	ck_assert_uint_eq(on_list(), 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM slot WHERE appt IS NOT NULL"), 0);
	booked_close(&b);
}
END_TEST

START_TEST(who_had_a_later_time_has_the_earlier_and_the_later_one_is_free)
{
	struct appt_row r;
	struct id slot, later, wait, had, appt = { 0 };
	struct id episode;

	open_as("p.shah");
	episode = accepted_of(b.okafor, 2);
	had = book(b.okafor, b.marsh, next_thu(12, 40));
	wait = waits(episode, anything());
	slot = slot_free_at("obi", next_thu(14, 0));
	ck_refused(wait_take(&b.c.desk, wait, slot, &appt, &err), err, ERR_INPUT);
	slot = slot_free_at("marsh", next_thu(10, 0));
	later = slot_free_at("marsh", next_thu(12, 40));
	ck_ok(wait_take(&b.c.desk, wait, slot, &appt, &err), err);
	ck_assert(id_same(appt, had));
	ck_ok(appt_get(b.c.store, had, &r, &err), err);
	ck_assert_int_eq(r.a.starts.utc, next_thu(10, 0).utc);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM slot WHERE appt IS NOT NULL"), 1);
	ck_assert_uint_eq(on_list(), 0);
	/* The time that they had is a freed one in its turn. */
	ck_assert_int_eq(fits(later), 0);
	pass(60);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_ok(appt_get(b.c.store, had, &r, &err), err);
	ck_assert_int_eq(r.a.starts.utc, next_thu(12, 40).utc);
	ck_assert_uint_eq(on_list(), 1);
	booked_close(&b);
}
END_TEST

START_TEST(two_desks_that_ring_one_person_one_wins_and_the_other_is_told)
{
	struct id first, second, wait, appt = { 0 };

	open_as("p.shah");
	wait = waits(accepted_of(b.okafor, 2), anything());
	first = slot_free_at("marsh", next_thu(10, 0));
	second = slot_free_at("obi", next_thu(14, 0));
	ck_ok(wait_take(&b.c.desk, wait, first, &appt, &err), err);
	clinic_sit(&b.c, "r.adeyemi");
	ck_assert_int_eq(wait_take(&b.c.desk, wait, second, &appt, &err), -1);
	ck_assert_msg(strstr(err.text, "OKAFOR is not on the list any more"), "%s", err.text);
	err_clear(&err);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM appointment"), 1);
	ck_refused(wait_take(&b.c.desk, wait, first, &appt, &err), err, ERR_CLASH);
	booked_close(&b);
}
END_TEST

START_TEST(refused_it_leaves_nothing_behind)
{
	char before[65], after[65];
	struct id slot, wait, other, id, appt = { 0 };

	open_as("p.shah");
	wait = waits(accepted_of(b.okafor, 2), anything());
	other = accepted_of(b.ellis, 2);
	slot = slot_free_at("marsh", next_thu(10, 0));
	book(b.ellis, b.marsh, next_thu(10, 0));
	(void)other, (void)id;
	clinic_digest(&b.c, before);
	ck_refused(wait_take(&b.c.desk, wait, slot, &appt, &err), err, ERR_CLASH);
	clinic_digest(&b.c, after);
	ck_assert_str_eq(before, after);
	ck_assert_uint_eq(on_list(), 1);
	booked_close(&b);
}
END_TEST

/* ---- tries, and texts ---- */

START_TEST(whoever_says_no_or_does_not_answer_keeps_the_place)
{
	struct wait_offer o;
	struct id slot, wait;

	open_as("p.shah");
	wait = waits(accepted_of(b.okafor, 2), anything());
	slot = slot_free_at("marsh", next_thu(10, 0));
	ck_ok(wait_tried(&b.c.desk, wait, slot, WAIT_NO_ANSWER, NULL, &err), err);
	o = offer_of(slot, wait, NULL);
	ck_assert_str_eq(o.how, "no_answer");
	pass(60);
	ck_ok(wait_tried(&b.c.desk, wait, slot, WAIT_SAID_NO, "works that day", &err), err);
	o = offer_of(slot, wait, NULL);
	ck_assert_str_eq(o.how, "said_no");
	ck_assert_str_eq(o.why, "works that day");
	ck_assert_uint_eq(on_list(), 1);
	pass(60);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_assert_str_eq(offer_of(slot, wait, NULL).how, "no_answer");
	/* Of another time nothing was said. */
	ck_assert_str_eq(offer_of(slot_free_at("obi", next_thu(14, 0)), wait, NULL).how, "");
	booked_close(&b);
}
END_TEST

static void allow_texts(void)
{
	booked_sql(
		&b,
		"INSERT INTO contact (id, scope, person, kind, value, text_ok, source, at, state)"
		" SELECT 600000 + id, scope, id, 'mobile', '0770090012' || (id % 10), 1, 'desk',"
		" 1, 'on' FROM person");
}

static struct id texted(struct id *ret_slot)
{
	struct moment until;
	struct id wait;

	allow_texts();
	wait = waits(accepted_of(b.okafor, 2), anything());
	*ret_slot = slot_free_at("marsh", next_thu(10, 0));
	ck_ok(wait_text(&b.c.desk, wait, *ret_slot, &until, &err), err);
	ck_assert_int_eq(until.utc, b.c.desk.now.utc + 30 * 60);
	return wait;
}

static void reply(const char *words)
{
	char *number =
		booked_text(&b, "SELECT value FROM contact c JOIN wait w ON w.person = c.person");
	char said[120];

	pass(60);
	ck_ok(message_reply(&b.c.desk, number, words, said, sizeof said, &err), err);
	mem_free(number);
}

START_TEST(offered_in_a_text_it_is_kept_half_an_hour_for_their_reply)
{
	struct booking_ask ask = { .person = b.ellis };
	struct id slot, id;

	open_as("p.shah");
	texted(&slot);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM message WHERE event = 'offer'"
					    " AND channel = 'text' AND words LIKE '%YES by%'"),
			 1);
	ask.person = b.ellis;
	ask.service = b.physio;
	ask.clinician = b.marsh;
	ask.starts = next_thu(10, 0);
	clinic_sit(&b.c, "r.adeyemi");
	ck_assert_int_eq(booking_book(&b.c.desk, &ask, &id, &err), -1);
	ck_assert_msg(strstr(err.text, "p.shah holds"), "%s", err.text);
	err_clear(&err);
	pass(30 * 60);
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	booked_close(&b);
}
END_TEST

START_TEST(yes_to_the_text_books_it_and_no_lets_it_go)
{
	struct id slot, wait;

	open_as("p.shah");
	wait = texted(&slot);
	reply("No thanks");
	ck_assert_str_eq(offer_of(slot, wait, NULL).answer, "no");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM task"), 0);
	ck_assert_uint_eq(on_list(), 1);
	ck_ok(wait_text(&b.c.desk, wait, slot, &(struct moment){ 0 }, &err), err);
	clinic_sit(&b.c, "r.adeyemi");
	reply("Yes");
	ck_assert_uint_eq(on_list(), 0);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM slot WHERE appt IS NOT NULL"), 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM wait_try WHERE answer = 'yes'"),
			 1);
	booked_close(&b);
}
END_TEST

START_TEST(a_yes_that_comes_too_late_is_for_a_person_to_answer)
{
	struct id slot;

	open_as("p.shah");
	texted(&slot);
	pass(31 * 60);
	reply("yes");
	ck_assert_uint_eq(on_list(), 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM task WHERE state = 'open'"), 1);
	booked_close(&b);
}
END_TEST

START_TEST(a_yes_to_what_was_taken_meanwhile_books_nothing_and_is_for_a_person)
{
	struct booking_ask ask = { .starts = next_thu(10, 0) };
	struct id slot, id;

	open_as("p.shah");
	texted(&slot);
	/* Who offered it may still give it to somebody else. */
	ask.person = b.ellis;
	ask.service = b.physio;
	ask.clinician = b.marsh;
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	reply("yes");
	ck_assert_uint_eq(on_list(), 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM appointment"), 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM task WHERE state = 'open'"), 1);
	booked_close(&b);
}
END_TEST

START_TEST(a_text_that_has_left_is_not_taken_back)
{
	struct id slot;

	open_as("p.shah");
	texted(&slot);
	pass(60);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM message WHERE event = 'offer'"
					    " AND state = 'withdrawn'"),
			 1);
	booked_close(&b);
}
END_TEST

/* What physio asks of a room from now on; Marsh's has it not, unless said so. */
static void physio_needs(const char *words)
{
	char *sql = mem_printf("UPDATE service SET room = '%s' WHERE code = 'PHYSIO'", words);

	booked_sql(&b, sql);
	mem_free(sql);
	ck_ok(desk_refresh(&b.c.desk, &err), err);
}

START_TEST(a_freed_time_is_not_offered_in_a_room_that_fails_the_service)
{
	struct wait_wish w = anything();
	struct id slot, wait;

	open_as("p.shah");
	wait = waits(accepted_of(b.okafor, 2), w);
	slot = slot_free_at("marsh", next_thu(10, 0));
	physio_needs("quiet covered_glass");
	ck_assert_int_eq(offer_of(slot, wait, NULL).fit, WAIT_NEEDS);
	ck_assert_int_eq(fits(slot), 0);
	/* By telephone it is all the same what room it is. */
	w.modes = MODE_PHONE;
	ck_assert_int_eq(suits(wait, slot, w, false), WAIT_YES);
	physio_needs("quiet step_free");
	ck_assert_int_eq(suits(wait, slot, anything(), false), WAIT_ASK);
	/* No room at all has nothing of it. */
	booked_sql(&b, "UPDATE block SET room = NULL");
	ck_assert_int_eq(offer_of(slot, wait, NULL).fit, WAIT_NEEDS);
	booked_close(&b);
}
END_TEST

START_TEST(private_ones_are_not_there_for_others)
{
	struct booking_ask ask = { .starts = next_thu(10, 0) };
	struct wait_ask wish = { .wish = anything() };
	struct wait_row r;
	struct id id, wait, slot;

	open_as("s.kelly");
	ask.person = b.okafor;
	ask.service = b.couns;
	ask.clinician = b.kelly;
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	wish.episode.n = clinic_count(&b.c, "SELECT episode FROM booking");
	ck_ok(wait_add(&b.c.desk, &wish, &wait, &err), err);
	ck_assert_uint_eq(on_list(), 1);
	slot = slot_free_at("kelly", next_thu(11, 0));
	clinic_sit(&b.c, "p.shah");
	ck_assert_uint_eq(on_list(), 0);
	ck_refused(wait_one(&b.c.desk, wait, &r, &err), err, ERR_MISSING);
	ck_refused(wait_tried(&b.c.desk, wait, slot, WAIT_NO_ANSWER, NULL, &err), err, ERR_MISSING);
	ck_refused(wait_take(&b.c.desk, wait, slot, &id, &err), err, ERR_MISSING);
	booked_close(&b);
}
END_TEST

TEST_MAIN("wait", whoever_waits_is_on_that_list_and_not_to_be_booked,
	  an_appointment_meets_the_wish_and_taken_back_they_wait_again_in_their_place,
	  whoever_is_booked_waits_for_something_earlier_until_they_have_come,
	  put_on_the_list_in_the_room_they_wait_for_the_next_one,
	  met_and_put_on_again_they_keep_their_place_for_something_earlier,
	  nobody_waits_twice_or_for_what_is_closed_and_no_wish_is_accepted_that_cannot_be,
	  the_end_of_the_episode_ends_the_wait_and_undone_they_wait_again,
	  a_freed_time_fits_who_can_come_then_and_there,
	  at_short_notice_only_those_who_said_it_is_ok_are_asked,
	  it_is_offered_by_priority_then_the_least_time_left_and_the_far_ones_last,
	  nobody_is_offered_what_they_could_not_be_booked_into,
	  whoever_is_booked_elsewhere_then_or_no_later_is_not_asked,
	  an_open_red_flag_blocks_until_somebody_clinical_has_spoken_to_them,
	  taking_it_books_and_ends_the_wait_in_one_act_with_one_undo,
	  who_has_left_or_died_since_is_offered_nothing_and_booked_into_nothing,
	  who_had_a_later_time_has_the_earlier_and_the_later_one_is_free,
	  two_desks_that_ring_one_person_one_wins_and_the_other_is_told,
	  refused_it_leaves_nothing_behind, whoever_says_no_or_does_not_answer_keeps_the_place,
	  offered_in_a_text_it_is_kept_half_an_hour_for_their_reply,
	  yes_to_the_text_books_it_and_no_lets_it_go,
	  a_yes_that_comes_too_late_is_for_a_person_to_answer,
	  a_yes_to_what_was_taken_meanwhile_books_nothing_and_is_for_a_person,
	  a_text_that_has_left_is_not_taken_back,
	  a_freed_time_is_not_offered_in_a_room_that_fails_the_service,
	  private_ones_are_not_there_for_others)
