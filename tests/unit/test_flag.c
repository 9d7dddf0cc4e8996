/*
 * test_flag.c: a red flag stops booking on every route until a clinician clears it; who sees which;
 * nothing is decided unrung and nothing ends over one.
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
#include "clinic/task.h"
#include "store/uplink.h"
#include "suite.h"

static struct booked b;
static struct err err;
static const struct id nobody;

static void open_as(const char *user)
{
	booked_open(&b);
	clinic_sit(&b.c, user);
}

static struct id raise_for(struct id person, struct id service, enum flag_kind kind)
{
	struct flag_ask ask = {
		.person = person, .service = service, .kind = kind, .words = "numb since Sunday"
	};
	struct id id = { 0 };

	ck_ok(flag_raise(&b.c.desk, &ask, &id, &err), err);
	return id;
}

static struct booking_ask wish(struct id person)
{
	return (struct booking_ask){
		.person = person, .service = b.physio, .clinician = b.marsh, .starts = thu(10, 0)
	};
}

static void clear_as(const char *user, struct id flag)
{
	clinic_sit(&b.c, user);
	ck_ok(flag_clear(&b.c.desk, flag, "examined, nothing found", &err), err);
}

/* ---- booking ---- */

START_TEST(an_open_red_flag_stops_booking_on_every_route)
{
	struct booking_ask ask, over;
	struct search any = { 0 };
	struct id flag, appt;

	open_as("p.shah");
	flag = raise_for(b.okafor, b.physio, FLAG_RED);
	ask = wish(b.okafor);
	ck_refused(booking_book(&b.c.desk, &ask, &appt, &err), err, ERR_CLASH);
	ck_refused(booking_try(&b.c.desk, &ask, &err), err, ERR_CLASH);
	ask.clinician = nobody;
	ck_refused(booking_earliest(&b.c.desk, &ask, &any, &appt, &err), err, ERR_CLASH);
	ask.clinician = b.marsh;
	ck_refused(booking_walkin(&b.c.desk, &ask, &appt, &err), err, ERR_CLASH);
	over = wish(b.okafor);
	over.over_why = "the lead said so";
	booked_sql(&b, "INSERT INTO user_right (id, user, name, state) SELECT 77, id, 'overbook',"
		       " 'on' FROM user WHERE name = 'p.shah'");
	clinic_sit(&b.c, "p.shah");
	ck_refused(booking_book(&b.c.desk, &over, &appt, &err), err, ERR_CLASH);
	/* Not the nurse either, whatever was said on the telephone. */
	clinic_sit(&b.c, "r.adeyemi");
	ask = wish(b.okafor);
	ck_refused(booking_book(&b.c.desk, &ask, &appt, &err), err, ERR_CLASH);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM appointment"), 0);
	clear_as("r.adeyemi", flag);
	clinic_sit(&b.c, "p.shah");
	ck_ok(booking_book(&b.c.desk, &ask, &appt, &err), err);
	booked_close(&b);
}
END_TEST

START_TEST(a_cancelled_booking_does_not_come_back_over_a_red_flag)
{
	struct booking_ask ask;
	struct id appt;

	open_as("p.shah");
	ask = wish(b.okafor);
	ck_ok(booking_book(&b.c.desk, &ask, &appt, &err), err);
	ck_ok(booking_cancel(&b.c.desk, appt, CANCEL_PERSON, "ill", &err), err);
	raise_for(b.okafor, b.physio, FLAG_RED);
	ck_refused(booking_undo(&b.c.desk, appt, NULL, 0, &err), err, ERR_CLASH);
	booked_close(&b);
}
END_TEST

START_TEST(it_stops_that_person_with_that_service_and_nobody_else)
{
	struct booking_ask ask;
	struct id appt;

	open_as("p.shah");
	raise_for(b.okafor, b.physio, FLAG_RED);
	ask = wish(b.ellis);
	ck_ok(booking_book(&b.c.desk, &ask, &appt, &err), err);
	ask = wish(b.okafor);
	ask.service = b.ohn;
	ask.clinician = b.adeyemi;
	ask.starts = next_thu(10, 0);
	ck_ok(booking_book(&b.c.desk, &ask, &appt, &err), err);
	booked_close(&b);
}
END_TEST

START_TEST(risk_and_safeguarding_do_not_stop_booking)
{
	struct booking_ask ask;
	struct id appt;

	open_as("r.adeyemi");
	raise_for(b.okafor, b.physio, FLAG_RISK);
	raise_for(b.okafor, b.physio, FLAG_SAFEGUARDING);
	ask = wish(b.okafor);
	ck_ok(booking_book(&b.c.desk, &ask, &appt, &err), err);
	booked_close(&b);
}
END_TEST

START_TEST(a_rule_may_let_any_flag_stop_booking_and_the_private_desk_hears_of_none)
{
	struct flag_ask risk = { .kind = FLAG_RISK, .does = "no_last_slot " FLAG_STOPS };
	struct booking_ask ask;
	struct id appt;

	open_as("s.kelly");
	booked_sql(&b, "INSERT INTO user_right (id, user, name, state) SELECT 77, id,"
		       " 'counselling_desk', 'on' FROM user WHERE name = 'p.shah'");
	risk.person = b.webb;
	risk.service = b.couns;
	ck_ok(flag_raise(&b.c.desk, &risk, NULL, &err), err);
	ask = wish(b.webb);
	ask.service = b.couns;
	ask.clinician = b.kelly;
	ck_refused(booking_book(&b.c.desk, &ask, &appt, &err), err, ERR_CLASH);
	clinic_sit(&b.c, "p.shah");
	ck_assert_int_eq(booking_book(&b.c.desk, &ask, &appt, &err), -1);
	ck_assert_msg(!strstr(err.text, "flag"), "%s", err.text);
	booked_close(&b);
}
END_TEST

START_TEST(a_merged_record_brings_its_flag_along)
{
	struct booking_ask ask;
	struct id appt;

	open_as("p.shah");
	raise_for(b.ellis, b.physio, FLAG_RED);
	booked_sql(&b, "UPDATE flag SET person = (SELECT id FROM person WHERE surname = 'OKAFOR')");
	booked_sql(&b, "UPDATE person SET alias_of = (SELECT id FROM person WHERE surname ="
		       " 'OKAFOR') WHERE surname = 'ELLIS'");
	ask = wish(b.ellis);
	ck_refused(booking_book(&b.c.desk, &ask, &appt, &err), err, ERR_CLASH);
	booked_sql(&b, "UPDATE person SET alias_of = NULL");
	booked_close(&b);
}
END_TEST

/* ---- clearing ---- */

START_TEST(only_a_clinician_clears_and_says_why)
{
	static const char *const others[] = { "p.shah", "m.doyle", "a.root" };
	struct id flag;

	open_as("p.shah");
	flag = raise_for(b.okafor, b.physio, FLAG_RED);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		clinic_sit(&b.c, others[i]);
		ck_refused(flag_clear(&b.c.desk, flag, "she says it is gone", &err), err,
			   ERR_DENIED);
	}
	clinic_sit(&b.c, "j.marsh");
	ck_refused(flag_clear(&b.c.desk, flag, "", &err), err, ERR_INPUT);
	ck_refused(flag_clear(&b.c.desk, flag, NULL, &err), err, ERR_INPUT);
	ck_ok(flag_clear(&b.c.desk, flag, "examined", &err), err);
	ck_refused(flag_clear(&b.c.desk, flag, "again", &err), err, ERR_CLASH);
	booked_close(&b);
}
END_TEST

START_TEST(a_flag_that_is_cleared_ends_its_alert_and_taken_back_asks_again)
{
	struct id flag;

	open_as("p.shah");
	flag = raise_for(b.okafor, b.physio, FLAG_RED);
	clear_as("r.adeyemi", flag);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM task WHERE kind = 'alert'"
					    " AND outcome = 'cleared'"),
			 1);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM task WHERE kind = 'alert'"
					    " AND state = 'open'"),
			 1);
	ck_refused(flag_stops(&b.c.desk, b.okafor, b.physio, &err), err, ERR_CLASH);
	booked_close(&b);
}
END_TEST

START_TEST(raised_by_mistake_a_clinician_takes_it_back_with_its_alert_and_reception_does_not)
{
	struct id flag;

	open_as("p.shah");
	flag = raise_for(b.ellis, b.physio, FLAG_RED);
	ck_refused(act_undo_last(&b.c.desk, NULL, 0, &err), err, ERR_DENIED);
	ck_refused(flag_stops(&b.c.desk, b.ellis, b.physio, &err), err, ERR_CLASH);
	clear_as("r.adeyemi", flag);
	raise_for(b.okafor, b.physio, FLAG_RED);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_ok(flag_stops(&b.c.desk, b.okafor, b.physio, &err), err);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM task WHERE state = 'open'"), 0);
	booked_close(&b);
}
END_TEST

/* ---- calls ---- */

START_TEST(without_an_answer_it_stays_on_top_and_says_when_to_ring_again)
{
	struct call_ask silent = { .result = TRY_NO_ANSWER }, spoke = { .result = TRY_SPOKE };
	struct flag_rows rows = { 0 };
	struct id first, second;
	struct moment next;

	open_as("r.adeyemi");
	first = raise_for(b.okafor, b.physio, FLAG_RED);
	second = raise_for(b.ellis, b.physio, FLAG_RED);
	ck_ok(flag_ring(&b.c.desk, first, &spoke, &next, &err), err);
	ck_assert(moment_none(next));
	ck_ok(flag_ring(&b.c.desk, second, &silent, &next, &err), err);
	ck_assert_int_eq(next.utc, b.c.desk.now.utc + (int64_t)b.c.desk.refs->try_again_mins * 60);
	ck_ok(flag_list(&b.c.desk, nobody, &rows, &err), err);
	ck_assert_uint_eq(rows.n, 2);
	ck_assert(id_same(rows.v[0].f.id, second));
	list_free(&rows);
	booked_close(&b);
}
END_TEST

START_TEST(sent_to_the_emergency_department_they_are_rung_the_next_working_day)
{
	struct call_ask ed = { .result = TRY_SPOKE, .ed = true },
			absurd = { .result = TRY_NO_ANSWER, .ed = true };
	struct id flag;

	open_as("r.adeyemi");
	flag = raise_for(b.okafor, b.physio, FLAG_RED);
	ck_refused(flag_ring(&b.c.desk, flag, &absurd, NULL, &err), err, ERR_INPUT);
	ck_ok(flag_ring(&b.c.desk, flag, &ed, NULL, &err), err);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM task WHERE kind = 'alert'"
					    " AND state = 'open' AND due > 1773360000"),
			 1);
	booked_close(&b);
}
END_TEST

START_TEST(reception_records_whom_it_told_when_no_nurse_answers)
{
	struct flag_calls calls = { 0 };
	struct id flag;

	open_as("p.shah");
	flag = raise_for(b.okafor, b.physio, FLAG_RED);
	ck_refused(flag_tell(&b.c.desk, flag, "", &err), err, ERR_INPUT);
	ck_ok(flag_tell(&b.c.desk, flag, "Dr Fairburn, on duty", &err), err);
	ck_refused(flag_calls(&b.c.desk, flag, &calls, &err), err, ERR_MISSING);
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(flag_calls(&b.c.desk, flag, &calls, &err), err);
	ck_assert_uint_eq(calls.n, 1);
	ck_assert_str_eq(calls.v[0].other, FLAG_TOLD);
	list_free(&calls);
	/* Which is no call to them. */
	ck_refused(flag_rung(&b.c.desk, b.okafor, b.physio, NULL, &err), err, ERR_CLASH);
	/* Of a risk reception knows nothing. */
	flag = raise_for(b.ellis, b.physio, FLAG_RISK);
	clinic_sit(&b.c, "p.shah");
	ck_refused(flag_tell(&b.c.desk, flag, "Dr Fairburn", &err), err, ERR_MISSING);
	booked_close(&b);
}
END_TEST

static struct flag_helped helped(struct id flag)
{
	struct flag_helped h;

	desk_tick(&b.c.desk);
	ck_ok(flag_helped(&b.c.desk, flag, &h, &err), err);
	return h;
}

START_TEST(nobody_within_two_minutes_and_the_desk_rings_who_is_on_duty)
{
	struct id flag;

	open_as("p.shah");
	booked_sql(&b, "UPDATE site SET duty = '07700900199' WHERE code = 'NGT'");
	ck_ok(desk_refresh(&b.c.desk, &err), err);
	flag = raise_for(b.okafor, b.physio, FLAG_RED);
	ck_assert_int_eq(helped(flag).help, HELP_AWAITED);
	ck_refused(flag_leave(&b.c.desk, flag, &err), err, ERR_CLASH);
	world_pass(&b.c.world, FLAG_ALONE_SECS - 1);
	ck_assert_int_eq(helped(flag).help, HELP_AWAITED);
	world_pass(&b.c.world, 1);
	ck_assert_int_eq(helped(flag).help, HELP_DUTY);
	ck_assert_str_eq(helped(flag).duty, "07700 900199");
	ck_assert_int_eq(flag_leave(&b.c.desk, flag, &err), -1);
	ck_assert_msg(strstr(err.text, "07700 900199"), "%s", err.text);
	ck_ok(flag_tell(&b.c.desk, flag, "Dr Fairburn", &err), err);
	ck_assert_int_eq(helped(flag).help, HELP_TOLD);
	ck_ok(flag_leave(&b.c.desk, flag, &err), err);
	booked_close(&b);
}
END_TEST

START_TEST(a_nurse_who_takes_it_is_named_to_who_waits)
{
	struct flags_alone alone;
	struct id flag;

	open_as("p.shah");
	flag = raise_for(b.okafor, b.physio, FLAG_RED);
	ck_ok(flags_alone(&b.c.desk, &alone, &err), err);
	ck_assert_int_eq(alone.n, 1);
	ck_assert_int_eq(alone.since.utc, b.c.desk.now.utc);
	/* Whoever sits at reception is nobody to take it. */
	ck_refused(flag_take(&b.c.desk, flag, &err), err, ERR_DENIED);
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(flag_take(&b.c.desk, flag, &err), err);
	ck_refused(flag_take(&b.c.desk, flag, &err), err, ERR_CLASH);
	clinic_sit(&b.c, "p.shah");
	world_pass(&b.c.world, 3600);
	ck_assert_int_eq(helped(flag).help, HELP_COMES);
	ck_assert_str_eq(helped(flag).by, "r.adeyemi");
	ck_ok(flag_leave(&b.c.desk, flag, &err), err);
	ck_ok(flags_alone(&b.c.desk, &alone, &err), err);
	ck_assert_int_eq(alone.n, 0);
	/* It is no call: nothing is decided for that. */
	clinic_sit(&b.c, "r.adeyemi");
	ck_refused(flag_rung(&b.c.desk, b.okafor, b.physio, NULL, &err), err, ERR_CLASH);
	booked_close(&b);
}
END_TEST

START_TEST(while_the_line_is_down_nobody_is_waited_for)
{
	struct id flag;

	open_as("p.shah");
	flag = raise_for(b.okafor, b.physio, FLAG_RED);
	ck_ok(uplink_lost(b.c.store, b.c.desk.now, "no route", false, &err), err);
	ck_assert_int_eq(helped(flag).help, HELP_DUTY);
	ck_assert_int_eq(flag_leave(&b.c.desk, flag, &err), -1);
	ck_assert_msg(strstr(err.text, "line is down"), "%s", err.text);
	booked_close(&b);
}
END_TEST

START_TEST(whoever_raised_one_stays_until_somebody_comes_also_of_a_kind_they_do_not_see)
{
	struct id flag;

	open_as("p.shah");
	flag = raise_for(b.okafor, b.physio, FLAG_RISK);
	world_pass(&b.c.world, 3600);
	ck_assert_int_eq(helped(flag).help, HELP_DUTY);
	ck_ok(flag_tell(&b.c.desk, flag, "Dr Fairburn", &err), err);
	ck_ok(flag_leave(&b.c.desk, flag, &err), err);
	clinic_sit(&b.c, "a.root");
	ck_refused(flag_leave(&b.c.desk, flag, &err), err, ERR_MISSING);
	booked_close(&b);
}
END_TEST

START_TEST(one_that_is_held_open_is_not_cleared_without_a_safety_plan)
{
	struct flag_ask ask = { .kind = FLAG_RISK, .does = FLAG_PLAN };
	struct id flag;

	open_as("r.adeyemi");
	ask.person = b.okafor;
	ask.service = b.physio;
	ck_ok(flag_raise(&b.c.desk, &ask, &flag, &err), err);
	ck_assert_int_eq(flag_clear(&b.c.desk, flag, "feels better", &err), -1);
	ck_assert_str_eq(err.field, "plan");
	err_clear(&err);
	ck_refused(flag_plan(&b.c.desk, flag, "", &err), err, ERR_INPUT);
	ck_ok(flag_plan(&b.c.desk, flag, "Rings her sister; then the crisis line", &err), err);
	ck_ok(flag_clear(&b.c.desk, flag, "feels better", &err), err);
	/* Nowhere but beside the flag is it to be read. */
	ck_assert_int_eq(clinic_count(&b.c, "SELECT (SELECT count(*) FROM history WHERE what || ' '"
					    " || coalesce(why, '') LIKE '%sister%') + (SELECT"
					    " count(*) FROM task WHERE text LIKE '%sister%')"),
			 0);
	booked_close(&b);
}
END_TEST

/* ---- who sees which ---- */

static size_t seen_by(const char *user, bool *ret_words)
{
	struct flag_rows rows = { 0 };
	size_t n;

	clinic_sit(&b.c, user);
	err_clear(&err);
	if (flag_list(&b.c.desk, nobody, &rows, &err) < 0)
		return 0;
	n = rows.n;
	*ret_words = false;
	list_each (r, &rows)
		*ret_words = *ret_words || *r->f.words;
	list_free(&rows);
	return n;
}

START_TEST(clinical_words_are_for_clinical_eyes)
{
	static const struct {
		const char *user;
		size_t n;
		bool words;
	} eyes[] = { { "p.shah", 1, false }, { "r.adeyemi", 2, true }, { "j.marsh", 2, true },
		     { "s.kelly", 3, true }, { "m.doyle", 0, false },  { "a.root", 0, false } };
	bool words = false;

	open_as("s.kelly");
	raise_for(b.okafor, b.physio, FLAG_RED);
	raise_for(b.okafor, b.physio, FLAG_RISK);
	raise_for(b.webb, b.couns, FLAG_RISK);
	for (size_t i = 0; i < sizeof eyes / sizeof *eyes; i++) {
		ck_assert_msg(seen_by(eyes[i].user, &words) == eyes[i].n, "%s", eyes[i].user);
		ck_assert_msg(words == eyes[i].words || eyes[i].n == 0, "%s", eyes[i].user);
	}
	/* Neither history nor tasks say anything clinical. */
	ck_assert_int_eq(clinic_count(&b.c,
				      "SELECT (SELECT count(*) FROM history WHERE what || ' '"
				      " || coalesce(why, '') LIKE '%numb%') + (SELECT count(*)"
				      " FROM task WHERE text LIKE '%numb%')"),
			 0);
	booked_close(&b);
}
END_TEST

START_TEST(an_alert_is_neither_ended_nor_taken_by_reception)
{
	static const char *const others[] = { "p.shah", "m.doyle", "a.root" };
	struct task_for desk, nurse;
	struct id task;

	open_as("p.shah");
	raise_for(b.okafor, b.physio, FLAG_RED);
	task.n = clinic_count(&b.c, "SELECT id FROM task WHERE kind = 'alert'");
	ck_ok(task_for_parse(&b.c.desk, "reception", &desk, &err), err);
	ck_ok(task_for_parse(&b.c.desk, "r.adeyemi", &nurse, &err), err);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		clinic_sit(&b.c, others[i]);
		ck_refused(task_done(&b.c.desk, task, "spoke", NULL, &err), err, ERR_MISSING);
		ck_refused(task_later(&b.c.desk, task, next_thu(9, 0), "busy", &err), err,
			   ERR_MISSING);
		ck_refused(task_hand(&b.c.desk, task, &nurse, NULL, &err), err, ERR_MISSING);
	}
	/* Nor by a lead who sits at reception. */
	booked_sql(&b, "INSERT INTO user_right (id, user, name, state) SELECT 77, id, 'lead', 'on'"
		       " FROM user WHERE name = 'p.shah'");
	booked_sql(&b, "UPDATE task SET for_role = 'lead' WHERE kind = 'alert'");
	clinic_sit(&b.c, "p.shah");
	ck_refused(task_done(&b.c.desk, task, "spoke", NULL, &err), err, ERR_DENIED);
	booked_sql(&b, "UPDATE task SET for_role = 'nurse' WHERE kind = 'alert'");
	clinic_sit(&b.c, "r.adeyemi");
	ck_refused(task_hand(&b.c.desk, task, &desk, NULL, &err), err, ERR_INPUT);
	/* Not even a nurse ends it while its flag is open. */
	ck_refused(task_done(&b.c.desk, task, "spoke", NULL, &err), err, ERR_CLASH);
	ck_ok(task_hand(&b.c.desk, task, &nurse, NULL, &err), err);
	booked_close(&b);
}
END_TEST

/* ---- who does not come, who is to be discharged ---- */

static struct id missed(struct id person)
{
	struct booking_ask ask = wish(person);
	struct id appt;

	ck_ok(booking_book(&b.c.desk, &ask, &appt, &err), err);
	world_pass(&b.c.world, 3600);
	desk_tick(&b.c.desk);
	return appt;
}

START_TEST(who_is_at_risk_and_does_not_come_is_a_counsellors_task_and_not_texted)
{
	struct after_ask text = { .outcome = OUTCOME_OFFER, .text = true };
	struct mark_ask with = { .after = &text };
	struct task_rows rows = { 0 };
	struct id appt;

	open_as("r.adeyemi");
	raise_for(b.okafor, b.physio, FLAG_RISK);
	clinic_sit(&b.c, "p.shah");
	appt = missed(b.okafor);
	ck_ok(booking_mark(&b.c.desk, appt, APPT_DNA, &with, &err), err);
	ck_ok(task_rows(&b.c.desk, TASKS_ALL, &rows, &err), err);
	ck_assert_uint_eq(rows.n, 0);
	list_free(&rows);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM message WHERE event = 'rebook'"),
			 0);
	/* Nor by a key later. */
	ck_refused(message_rebook(&b.c.desk, appt, &err), err, ERR_CLASH);
	clinic_sit(&b.c, "s.kelly");
	ck_ok(task_rows(&b.c.desk, TASKS_FOR_ME, &rows, &err), err);
	ck_assert_uint_eq(rows.n, 1);
	ck_assert_str_eq(rows.v[0].t.text, "Did not come: ring them now");
	ck_assert_int_le(rows.v[0].t.due.utc, b.c.desk.now.utc);
	list_free(&rows);
	booked_close(&b);
}
END_TEST

START_TEST(a_risk_that_counsellors_know_of_is_told_to_nobody_when_another_service_is_missed)
{
	struct after_ask text = { .outcome = OUTCOME_OFFER, .text = true };
	struct mark_ask with = { .after = &text };
	struct task_rows rows = { 0 };
	struct id appt;

	open_as("s.kelly");
	raise_for(b.okafor, b.couns, FLAG_RISK);
	clinic_sit(&b.c, "p.shah");
	appt = missed(b.okafor);
	ck_ok(booking_mark(&b.c.desk, appt, APPT_DNA, &with, &err), err);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM message WHERE event = 'rebook'"),
			 0);
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(task_rows(&b.c.desk, TASKS_ALL, &rows, &err), err);
	ck_assert_uint_eq(rows.n, 0);
	clinic_sit(&b.c, "s.kelly");
	ck_ok(task_rows(&b.c.desk, TASKS_FOR_ME, &rows, &err), err);
	ck_assert_uint_eq(rows.n, 2);
	list_free(&rows);
	booked_close(&b);
}
END_TEST

START_TEST(a_rule_may_have_them_rung_on_the_same_day)
{
	struct flag_ask ask = { .kind = FLAG_SAFEGUARDING, .does = FLAG_RINGS };
	struct mark_ask plain = { 0 };

	open_as("r.adeyemi");
	ask.person = b.okafor;
	ask.service = b.physio;
	ck_ok(flag_raise(&b.c.desk, &ask, NULL, &err), err);
	clinic_sit(&b.c, "p.shah");
	ck_ok(booking_mark(&b.c.desk, missed(b.okafor), APPT_DNA, &plain, &err), err);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM task WHERE kind = 'alert'"
					    " AND for_role = 'counsellor'"),
			 1);
	booked_close(&b);
}
END_TEST

START_TEST(nobody_is_discharged_over_an_open_flag)
{
	struct after_ask end = { .outcome = OUTCOME_DISCHARGE, .reason = END_DNA };
	struct mark_ask with = { .after = &end };
	struct id appt, flag;

	open_as("p.shah");
	appt = missed(b.okafor);
	flag = raise_for(b.okafor, b.physio, FLAG_SAFEGUARDING);
	/* Reception is not told why. */
	ck_assert_int_eq(booking_mark(&b.c.desk, appt, APPT_DNA, &with, &err), -1);
	ck_assert_msg(!strstr(err.text, "flag"), "%s", err.text);
	clinic_sit(&b.c, "j.marsh");
	ck_refused(booking_mark(&b.c.desk, appt, APPT_DNA, &with, &err), err, ERR_CLASH);
	ck_ok(flag_clear(&b.c.desk, flag, "spoke to the team", &err), err);
	ck_ok(booking_mark(&b.c.desk, appt, APPT_DNA, &with, &err), err);
	booked_close(&b);
}
END_TEST

/* ---- referrals ---- */

static struct id refer_with_flag(void)
{
	static const struct flag_wish red = { .kind = FLAG_RED, .words = "both legs: unsure" };
	struct referral_ask ask = { .person = b.okafor,
				    .service = b.physio,
				    .type = REF_SELF,
				    .urgency = -1,
				    .agreed = b.c.desk.today,
				    .flags = &red,
				    .nflags = 1 };
	struct id id = { 0 };

	ck_ok(referral_add(&b.c.desk, &ask, &id, &err), err);
	return id;
}

static struct id flag_there(void)
{
	return (struct id){ clinic_count(&b.c, "SELECT id FROM flag WHERE state = 'open'") };
}

START_TEST(a_flagged_referral_leaves_only_when_somebody_spoke_to_them)
{
	struct decide_ask accept = { .priority = 0, .suggested = -1 };
	struct call_ask silent = { .result = TRY_NO_ANSWER }, other = { .result = TRY_OTHER },
			wrong = { .result = TRY_WRONG }, spoke = { .result = TRY_SPOKE };
	struct id id, flag;

	open_as("p.shah");
	id = refer_with_flag();
	flag = flag_there();
	clinic_sit(&b.c, "r.adeyemi");
	ck_refused(triage_decide(&b.c.desk, id, &accept, &err), err, ERR_CLASH);
	ck_ok(flag_ring(&b.c.desk, flag, &silent, NULL, &err), err);
	ck_ok(flag_ring(&b.c.desk, flag, &other, NULL, &err), err);
	ck_ok(flag_ring(&b.c.desk, flag, &wrong, NULL, &err), err);
	ck_refused(triage_decide(&b.c.desk, id, &accept, &err), err, ERR_CLASH);
	ck_refused(triage_send(&b.c.desk, id, b.hbr, NULL, &err), err, ERR_CLASH);
	/* A reason is the lead's to give. */
	accept.why_no_call = "she is in the waiting room";
	ck_refused(triage_decide(&b.c.desk, id, &accept, &err), err, ERR_CLASH);
	accept.why_no_call = NULL;
	ck_ok(flag_ring(&b.c.desk, flag, &spoke, NULL, &err), err);
	ck_ok(triage_decide(&b.c.desk, id, &accept, &err), err);
	/* Decided, and still nothing is booked until it is cleared. */
	ck_refused(flag_stops(&b.c.desk, b.okafor, b.physio, &err), err, ERR_CLASH);
	booked_close(&b);
}
END_TEST

START_TEST(the_lead_lets_one_leave_with_a_reason)
{
	struct decide_ask accept = { .priority = 0, .suggested = -1 };
	struct id id;

	open_as("p.shah");
	id = refer_with_flag();
	booked_sql(&b, "INSERT INTO user_right (id, user, name, state) SELECT 77, id, 'lead', 'on'"
		       " FROM user WHERE name = 'r.adeyemi'");
	clinic_sit(&b.c, "r.adeyemi");
	ck_refused(triage_decide(&b.c.desk, id, &accept, &err), err, ERR_INPUT);
	accept.why_no_call = "she is in the waiting room";
	ck_ok(triage_decide(&b.c.desk, id, &accept, &err), err);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM referral_comment"
					    " WHERE kind = 'no_call' AND clinical"),
			 1);
	booked_close(&b);
}
END_TEST

START_TEST(nothing_ends_over_an_open_flag)
{
	struct decide_ask advice = { .priority = 3, .pathway = PATH_ADVICE, .suggested = -1 },
			  elsewhere = { .priority = 3, .suggested = -1 };
	struct call_ask spoke = { .result = TRY_SPOKE };
	struct id id;

	open_as("p.shah");
	id = refer_with_flag();
	elsewhere.service = b.ohn;
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(flag_ring(&b.c.desk, flag_there(), &spoke, NULL, &err), err);
	ck_refused(triage_return(&b.c.desk, id, "incomplete", &err), err, ERR_CLASH);
	ck_refused(triage_decline(&b.c.desk, id, "not for us", &err), err, ERR_CLASH);
	ck_refused(triage_redirect(&b.c.desk, id, "gp", "chronic", &err), err, ERR_CLASH);
	ck_refused(referral_withdraw(&b.c.desk, id, "no more", &err), err, ERR_CLASH);
	ck_refused(triage_decide(&b.c.desk, id, &advice, &err), err, ERR_CLASH);
	ck_refused(triage_decide(&b.c.desk, id, &elsewhere, &err), err, ERR_CLASH);
	clinic_sit(&b.c, "p.shah");
	ck_refused(act_undo_last(&b.c.desk, NULL, 0, &err), err, ERR_CLASH);
	booked_close(&b);
}
END_TEST

TEST_MAIN("flag", an_open_red_flag_stops_booking_on_every_route,
	  a_cancelled_booking_does_not_come_back_over_a_red_flag,
	  it_stops_that_person_with_that_service_and_nobody_else,
	  risk_and_safeguarding_do_not_stop_booking,
	  a_rule_may_let_any_flag_stop_booking_and_the_private_desk_hears_of_none,
	  a_merged_record_brings_its_flag_along, only_a_clinician_clears_and_says_why,
	  a_flag_that_is_cleared_ends_its_alert_and_taken_back_asks_again,
	  raised_by_mistake_a_clinician_takes_it_back_with_its_alert_and_reception_does_not,
	  without_an_answer_it_stays_on_top_and_says_when_to_ring_again,
	  sent_to_the_emergency_department_they_are_rung_the_next_working_day,
	  reception_records_whom_it_told_when_no_nurse_answers,
	  nobody_within_two_minutes_and_the_desk_rings_who_is_on_duty,
	  a_nurse_who_takes_it_is_named_to_who_waits, while_the_line_is_down_nobody_is_waited_for,
	  whoever_raised_one_stays_until_somebody_comes_also_of_a_kind_they_do_not_see,
	  one_that_is_held_open_is_not_cleared_without_a_safety_plan,
	  a_risk_that_counsellors_know_of_is_told_to_nobody_when_another_service_is_missed,
	  a_rule_may_have_them_rung_on_the_same_day, clinical_words_are_for_clinical_eyes,
	  an_alert_is_neither_ended_nor_taken_by_reception,
	  who_is_at_risk_and_does_not_come_is_a_counsellors_task_and_not_texted,
	  nobody_is_discharged_over_an_open_flag,
	  a_flagged_referral_leaves_only_when_somebody_spoke_to_them,
	  the_lead_lets_one_leave_with_a_reason, nothing_ends_over_an_open_flag)
