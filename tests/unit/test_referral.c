/*
 * test_referral.c: what is promised of referrals: taken in once, counted by the contract of their
 * day, decided by one nurse, on one list until somebody ends them.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "booked.h"
#include "clinic/act.h"
#include "clinic/after.h"
#include "clinic/booking.h"
#include "clinic/flag.h"
#include "clinic/record.h"
#include "clinic/referral.h"
#include "clinic/task.h"
#include "store/journal.h"
#include "store/referrals.h"
#include "store/stats.h"
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

static struct referral_ask wish(struct id person, struct id service)
{
	return (struct referral_ask){ .person = person,
				      .service = service,
				      .type = REF_MGT,
				      .source = FROM_MANAGER,
				      .urgency = -1,
				      .reasons = "msk",
				      .words = "cannot lift since the fall",
				      .agreed = b.c.desk.today };
}

static struct id refer(struct id person)
{
	struct referral_ask ask = wish(person, b.physio);
	struct id id = { 0 };

	ck_ok(referral_add(&b.c.desk, &ask, &id, &err), err);
	return id;
}

static struct referral_row row_of(struct id id)
{
	struct referral_row r = { 0 };

	ck_ok(referral_one(&b.c.desk, id, &r, &err), err);
	return r;
}

static void accept_as(const char *user, struct id id)
{
	struct decide_ask ask = { .priority = 2, .suggested = -1 };

	clinic_sit(&b.c, user);
	ck_ok(triage_decide(&b.c.desk, id, &ask, &err), err);
}

/* ---- the table of states ---- */

START_TEST(every_state_is_read_as_it_is_written_and_is_on_a_list_or_ended)
{
	enum referral_state got;

	for (int s = 0; s < REF_STATES; s++) {
		enum referral_state state = (enum referral_state)s;

		ck_assert(referral_state_parse(referral_state_code(state), &got) && got == state);
		ck_assert_int_eq(referral_list_of(state) == LIST_NONE, referral_movers(state) == 0);
	}
	ck_assert(!referral_state_parse("elsewhere", &got));
}
END_TEST

START_TEST(a_priority_maps_to_the_national_code_and_wales_folds_soon_into_urgent)
{
	static const char *const england[] = { "2", "2", "1", "1" }, *const wales[] = { "2", "2",
											"2", "1" };

	for (int p = 0; p < PRIORITIES; p++) {
		ck_assert_str_eq(priority_national(p, NATION_E), england[p]);
		ck_assert_str_eq(priority_national(p, NATION_S), england[p]);
		ck_assert_str_eq(priority_national(p, NATION_W), wales[p]);
	}
}
END_TEST

/* ---- taken in ---- */

START_TEST(without_the_employees_agreement_it_stays_new)
{
	struct decide_ask accept = { .priority = 3, .suggested = -1 };
	struct referral_ask ask;
	struct id id;

	open_as("p.shah");
	ask = wish(b.okafor, b.physio);
	ask.agreed = DATE_NONE;
	ck_ok(referral_add(&b.c.desk, &ask, &id, &err), err);
	clinic_sit(&b.c, "r.adeyemi");
	ck_refused(triage_decide(&b.c.desk, id, &accept, &err), err, ERR_INPUT);
	ck_ok(triage_send(&b.c.desk, id, b.hbr, NULL, &err), err);
	ck_assert_int_eq(row_of(id).shown, REF_NEW);
	ck_ok(triage_query(&b.c.desk, id, "manager", "did you talk?", &err), err);
	ck_ok(referral_reply(&b.c.desk, id, "yes", true, &err), err);
	ck_assert_int_eq(row_of(id).shown, REF_NEW);
	ck_ok(referral_agree(&b.c.desk, id, DATE_NONE, GP_NO, &err), err);
	ck_assert_int_eq(row_of(id).shown, REF_AWAITING);
	ck_ok(triage_decide(&b.c.desk, id, &accept, &err), err);
	booked_close(&b);
}
END_TEST

START_TEST(an_agreement_is_of_this_year_and_to_what_has_not_ended)
{
	struct date long_ago;
	struct referral_ask ask;
	struct id id;

	open_as("p.shah");
	long_ago = (struct date){ b.c.desk.today.n - 400 };
	ask = wish(b.okafor, b.physio);
	ask.agreed = long_ago;
	ck_refused(referral_add(&b.c.desk, &ask, &id, &err), err, ERR_INPUT);
	ask.agreed = DATE_NONE;
	ck_ok(referral_add(&b.c.desk, &ask, &id, &err), err);
	ck_refused(referral_agree(&b.c.desk, id, long_ago, GP_NOT_ASKED, &err), err, ERR_INPUT);
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(triage_decline(&b.c.desk, id, "not for us", &err), err);
	ck_refused(referral_agree(&b.c.desk, id, DATE_NONE, GP_NOT_ASKED, &err), err, ERR_CLASH);
	booked_close(&b);
}
END_TEST

START_TEST(who_has_died_is_declined_and_not_put_on_a_list_to_be_booked)
{
	struct decide_ask accept = { .priority = 3, .suggested = -1 };
	struct id id, left;

	open_as("p.shah");
	id = refer(b.okafor);
	left = refer(b.ellis);
	booked_sql(&b, "UPDATE person SET status = 'deceased' WHERE surname = 'OKAFOR'");
	booked_sql(&b, "UPDATE person SET status = 'leaver' WHERE surname = 'ELLIS'");
	clinic_sit(&b.c, "r.adeyemi");
	ck_refused(triage_decide(&b.c.desk, id, &accept, &err), err, ERR_INPUT);
	ck_ok(triage_decline(&b.c.desk, id, "has died", &err), err);
	ck_ok(triage_decide(&b.c.desk, left, &accept, &err), err);
	booked_close(&b);
}
END_TEST

START_TEST(the_same_reason_within_three_months_is_offered_the_open_one)
{
	struct referral_ask ask;
	struct id id, again;

	open_as("p.shah");
	id = refer(b.okafor);
	ask = wish(b.okafor, b.physio);
	ask.reasons = "stress msk";
	ck_refused(referral_add(&b.c.desk, &ask, &again, &err), err, ERR_CLASH);
	ask.reasons = "stress";
	ck_ok(referral_add(&b.c.desk, &ask, &again, &err), err);
	ask = wish(b.okafor, b.physio);
	ask.anew = true;
	ck_ok(referral_add(&b.c.desk, &ask, &again, &err), err);
	/* Another person, another service, one that has ended: nothing is offered. */
	refer(b.ellis);
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(triage_decline(&b.c.desk, id, "twice", &err), err);
	ck_ok(triage_decline(&b.c.desk, again, "twice", &err), err);
	pass(60);
	ck_ok(referral_add(&b.c.desk,
			   &(struct referral_ask){ .person = b.okafor,
						   .service = b.physio,
						   .reasons = "msk",
						   .urgency = -1,
						   .agreed = DATE_NONE },
			   &again, &err),
	      err);
	/* Three months later it is a new one. */
	pass((int64_t)95 * 86400);
	ask = wish(b.okafor, b.physio);
	ck_ok(referral_add(&b.c.desk, &ask, &again, &err), err);
	booked_close(&b);
}
END_TEST

START_TEST(what_makes_no_sense_is_refused_in_words)
{
	struct referral_ask ask;
	struct id id;

	open_as("p.shah");
	ask = wish(b.okafor, b.physio);
	ask.reasons = "boredom";
	ck_refused(referral_add(&b.c.desk, &ask, &id, &err), err, ERR_INPUT);
	ask = wish(b.okafor, b.physio);
	ask.received = next_thu(10, 0);
	ck_refused(referral_add(&b.c.desk, &ask, &id, &err), err, ERR_INPUT);
	ask = wish(b.okafor, b.physio);
	ask.agreed.n++;
	ck_refused(referral_add(&b.c.desk, &ask, &id, &err), err, ERR_INPUT);
	ask = wish(b.okafor, nobody);
	ck_refused(referral_add(&b.c.desk, &ask, &id, &err), err, ERR_INPUT);
	booked_sql(&b, "UPDATE person SET status = 'deceased' WHERE surname = 'OKAFOR'");
	ask = wish(b.okafor, b.physio);
	ck_refused(referral_add(&b.c.desk, &ask, &id, &err), err, ERR_INPUT);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM referral"), 0);
	/* A refusal uses up no number. */
	refer(b.ellis);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM referral"
					    " WHERE number = 'MSK-26-N0001'"),
			 1);
	booked_close(&b);
}
END_TEST

/* ---- contracts ---- */

static void promise(const char *from, const char *customer, const char *triage, const char *seen,
		    const char *cap)
{
	const char *v[24] = { "PHYSIO", customer, from, triage,		"5", seen,
			      "2",	"3",	  cap,	"ask the lead", NULL };
	struct id id = { 0 };

	clinic_sit(&b.c, "a.root");
	ck_ok(record_add(&b.c.desk, record_find("contract"), v, &id, &err), err);
}

START_TEST(a_referral_keeps_the_contract_of_its_day)
{
	struct referral_ask ask;
	struct id first, second;
	const char *v[24] = { [5] = "1" };

	open_as("p.shah");
	promise("2026-01-01", NULL, "2", "10", "0");
	clinic_sit(&b.c, "p.shah");
	first = refer(b.okafor);
	promise("2026-03-12", NULL, "1", "3", "0");
	promise("2026-03-12", "KES", "4", "20", "0");
	clinic_sit(&b.c, "p.shah");
	ck_assert_int_eq(row_of(first).r.seen, 10);
	ck_assert_int_eq(row_of(first).clock.days, 2);
	second = refer(b.ellis);
	ck_assert_int_eq(row_of(second).r.seen, 3);
	/* Received before the new one counted, and taken in today. */
	ask = wish(b.webb, b.physio);
	ask.received = (struct moment){ thu(9, 0).utc - (int64_t)86400 };
	ck_ok(referral_add(&b.c.desk, &ask, &second, &err), err);
	ck_assert_int_eq(row_of(second).r.seen, 10);
	/* A customer's own goes before that of all. */
	second = refer(b.kestrel);
	ck_assert_int_eq(row_of(second).r.seen, 20);
	/* What was promised is not changed, only switched off. */
	clinic_sit(&b.c, "a.root");
	ck_refused(record_set(&b.c.desk, record_find("contract"),
			      (struct id){ clinic_count(&b.c, "SELECT min(id) FROM contract") }, v,
			      &err),
		   err, ERR_INPUT);
	booked_close(&b);
}
END_TEST

START_TEST(beyond_the_contract_its_rule_is_shown_and_a_flag_is_raised_all_the_same)
{
	static const struct flag_wish red = { .kind = FLAG_RED, .words = "both legs" };
	struct decide_ask accept = { .priority = 1, .suggested = -1 };
	struct call_ask spoke = { .result = TRY_SPOKE };
	struct flag_rows rows = { 0 };
	struct booking_ask book;
	struct referral_ask ask;
	struct id id, appt;

	open_as("p.shah");
	promise("2026-01-01", "WVH", "2", "10", "1");
	clinic_sit(&b.c, "p.shah");
	id = refer(b.okafor);
	ck_assert(!row_of(id).r.over && !*b.c.desk.warning);
	ask = wish(b.ellis, b.physio);
	ask.flags = &red;
	ask.nflags = 1;
	ck_ok(referral_add(&b.c.desk, &ask, &id, &err), err);
	ck_assert_msg(strstr(b.c.desk.warning, "ask the lead"), "%s", b.c.desk.warning);
	ck_assert(row_of(id).r.over);
	ck_assert_str_eq(row_of(id).flags, "R");
	/* Whoever decides and whoever books is told it too. */
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(flag_list(&b.c.desk, b.ellis, &rows, &err), err);
	ck_ok(flag_ring(&b.c.desk, rows.v[0].f.id, &spoke, NULL, &err), err);
	desk_tick(&b.c.desk);
	ck_ok(triage_decide(&b.c.desk, id, &accept, &err), err);
	ck_assert_msg(strstr(b.c.desk.warning, "ask the lead"), "%s", b.c.desk.warning);
	ck_ok(flag_clear(&b.c.desk, rows.v[0].f.id, "examined", &err), err);
	list_free(&rows);
	clinic_sit(&b.c, "p.shah");
	desk_tick(&b.c.desk);
	book = (struct booking_ask){
		.person = b.ellis, .service = b.physio, .clinician = b.marsh, .starts = thu(10, 0)
	};
	ck_ok(booking_book(&b.c.desk, &book, &appt, &err), err);
	ck_assert_msg(strstr(b.c.desk.warning, "ask the lead"), "%s", b.c.desk.warning);
	/* An external customer without one of its own is told of as well. */
	pass(60);
	refer(b.kestrel);
	ck_assert_msg(strstr(b.c.desk.warning, "no contract of its own"), "%s", b.c.desk.warning);
	booked_close(&b);
}
END_TEST

/* ---- triage ---- */

static size_t in_state(enum referral_state state)
{
	struct referral_rows rows = { 0 };
	size_t n;

	ck_ok(referrals_listed(&b.c.desk, state, &rows, &err), err);
	n = rows.n;
	list_free(&rows);
	return n;
}

START_TEST(accepted_it_opens_one_episode_and_lends_it_its_number)
{
	struct booking_ask ask = { .starts = thu(10, 0) };
	struct referral_row r;
	struct id id, appt;
	char *number;

	open_as("p.shah");
	id = refer(b.okafor);
	accept_as("r.adeyemi", id);
	r = row_of(id);
	ck_assert_int_eq(r.shown, REF_TO_BOOK);
	ck_assert_uint_eq(in_state(REF_TO_BOOK), 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM episode"), 1);
	number = booked_text(&b, "SELECT number FROM episode");
	ck_assert_str_eq(number, r.r.number);
	mem_free(number);
	/* Booked without naming it, it is that episode's. */
	clinic_sit(&b.c, "p.shah");
	ask.person = b.okafor;
	ask.service = b.physio;
	ask.clinician = b.marsh;
	ck_ok(booking_book(&b.c.desk, &ask, &appt, &err), err);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM episode"), 1);
	ck_assert_int_eq(row_of(id).shown, REF_BOOKED);
	ck_assert_uint_eq(in_state(REF_BOOKED), 1);
	ck_assert_uint_eq(in_state(REF_TO_BOOK), 0);
	/* Which then cannot be taken back from under the booking. */
	clinic_sit(&b.c, "r.adeyemi");
	ck_refused(act_undo_last(&b.c.desk, NULL, 0, &err), err, ERR_CLASH);
	booked_close(&b);
}
END_TEST

START_TEST(the_suggestion_and_the_choice_are_both_kept)
{
	struct decide_ask ask = { .priority = 1,
				  .clinician = { 0 },
				  .skill = "spine",
				  .mode = MODE_PHONE,
				  .note = "sounds worse than the form",
				  .suggested = 3,
				  .suggested_pathway = "book" };
	struct decision d;
	struct id id;

	open_as("p.shah");
	id = refer(b.okafor);
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(triage_decide(&b.c.desk, id, &ask, &err), err);
	ck_ok(referral_decision(&b.c.desk, id, &d, &err), err);
	ck_assert(d.priority == 1 && d.suggested_priority == 3);
	ck_assert_str_eq(d.suggested_pathway, "book");
	ck_assert_str_eq(d.skill, "spine");
	ck_assert_str_eq(d.mode, "phone");
	booked_close(&b);
}
END_TEST

START_TEST(undone_it_waits_again_and_decided_anew_it_is_the_same_episode)
{
	struct id id;

	open_as("p.shah");
	id = refer(b.okafor);
	accept_as("r.adeyemi", id);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_assert_int_eq(row_of(id).shown, REF_AWAITING);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM to_book"), 0);
	accept_as("j.marsh", id);
	ck_assert_int_eq(row_of(id).shown, REF_TO_BOOK);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM episode"), 1);
	booked_close(&b);
}
END_TEST

START_TEST(who_comes_second_hears_who_was_first)
{
	struct decide_ask accept = { .priority = 1, .suggested = -1 };
	struct id id;

	open_as("p.shah");
	id = refer(b.okafor);
	accept_as("r.adeyemi", id);
	clinic_sit(&b.c, "j.marsh");
	err_clear(&err);
	ck_assert_int_eq(triage_decide(&b.c.desk, id, &accept, &err), -1);
	ck_assert_str_eq(err.text, "It is \"to book\" by now (r.adeyemi, 09:42): look again.");
	booked_close(&b);
}
END_TEST

/* The command of a desk that was out of touch, run on what is there by then. */
static int run_late(const char *type, struct txn *t)
{
	char *sql = mem_printf("SELECT max(act) FROM cmd WHERE type = '%s'", type);
	const struct act *act = act_find(type);
	struct cmds list = { 0 };
	void *args = NULL;
	int verdict;

	ck_ok(journal_act(b.c.store, clinic_count(&b.c, sql), &list, &err), err);
	mem_free(sql);
	ck_ok(args_decode(&act->fields, list.v[0].args, list.v[0].args_n, &args, &err), err);
	ck_ok(store_begin(b.c.store, &err), err);
	*t = (struct txn){ .store = b.c.store,
			   .origin = 2,
			   .actor = b.c.desk.user.id,
			   .at = b.c.desk.now,
			   .cmd = store_new_id(b.c.store, b.c.world.millis(&b.c.world)) };
	verdict = act->run(t, args);
	args_free(&act->fields, args);
	cmds_done(&list);
	return verdict;
}

/* Two decide one; hers was logged first. */
START_TEST(two_nurses_out_of_touch_leave_both_decisions_to_a_person)
{
	struct decide_ask hers = { .priority = 3, .note = "can wait", .suggested = -1 };
	struct txn t;
	struct id id;

	open_as("p.shah");
	id = refer(b.okafor);
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(triage_decide(&b.c.desk, id, &hers, &err), err);
	booked_sql(&b, "DELETE FROM referral_comment; UPDATE decision SET id = id - 1,"
		       " priority = 1; UPDATE episode SET priority = 1");
	ck_assert_int_eq(run_late("triage_decide", &t), VERDICT_CONFLICT);
	ck_assert(!txn_failed(&t));
	ck_ok(store_commit(b.c.store, &err), err);
	ck_assert_int_eq(row_of(id).course.priority, 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM decision"), 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM referral_comment"), 1);
	ck_assert_int_eq(clinic_count(&b.c,
				      "SELECT count(*) FROM overlap WHERE type = 'referral'"
				      " AND base = 'awaiting_triage' AND theirs = 'to book, P1'"
				      " AND mine = 'to book, P3'"),
			 1);
	booked_sql(&b, "DELETE FROM overlap");
	booked_close(&b);
}
END_TEST

START_TEST(a_decision_that_comes_late_changes_nothing_and_its_words_are_kept)
{
	struct txn t;
	struct id id;

	open_as("p.shah");
	id = refer(b.okafor);
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(triage_decline(&b.c.desk, id, "not for us", &err), err);
	/* The same again, as another node would send it. */
	booked_sql(&b, "DELETE FROM referral_comment");
	ck_assert_int_eq(run_late("triage_decline", &t), VERDICT_CONFLICT);
	ck_assert(!txn_failed(&t));
	ck_ok(store_commit(b.c.store, &err), err);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM referral_comment"), 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM overlap WHERE type = 'referral'"
					    " AND theirs LIKE 'declined%' AND mine = 'declined'"),
			 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM referral_state"), 2);
	booked_sql(&b, "DELETE FROM overlap");
	booked_close(&b);
}
END_TEST

START_TEST(a_reply_ends_the_pause_and_puts_the_row_on_top)
{
	struct inbox_filter all = { 0 };
	struct inbox box = { 0 };
	struct id late, asked;

	open_as("p.shah");
	asked = refer(b.okafor);
	late = refer(b.ellis);
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(triage_query(&b.c.desk, asked, "manager", "which shifts?", &err), err);
	ck_refused(triage_query(&b.c.desk, asked, "gp", "and?", &err), err, ERR_CLASH);
	pass((int64_t)8 * 86400);
	ck_ok(referral_inbox(&b.c.desk, &all, &box, &err), err);
	ck_assert_uint_eq(box.n, 2);
	ck_assert(id_same(box.v[0].id, late) && box.v[0].clock.over);
	ck_assert(id_same(box.v[1].id, asked) && box.v[1].clock.paused);
	ck_assert_int_eq(box.v[1].asked, 6);
	list_free(&box);
	clinic_sit(&b.c, "p.shah");
	ck_ok(referral_reply(&b.c.desk, asked, "nights", true, &err), err);
	memset(&box, 0, sizeof box);
	ck_ok(referral_inbox(&b.c.desk, &all, &box, &err), err);
	ck_assert(id_same(box.v[0].id, asked) && !box.v[0].clock.paused);
	/* Received and asked on one day, answered today: no day of it counted. */
	ck_assert_int_eq(box.v[0].clock.used, 0);
	list_free(&box);
	/* Taken back, it stands still again. */
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_assert(row_of(asked).clock.paused);
	booked_close(&b);
}
END_TEST

START_TEST(papers_that_are_wanted_first_stop_the_clock_until_they_come)
{
	struct decide_ask ask = { .priority = 2, .papers = "gp", .suggested = -1 };
	struct id id;

	open_as("p.shah");
	id = refer(b.okafor);
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(triage_decide(&b.c.desk, id, &ask, &err), err);
	ck_assert_int_eq(row_of(id).shown, REF_TRIAGED);
	ck_assert(row_of(id).clock.paused);
	ck_ok(referral_reply(&b.c.desk, id, "letter", true, &err), err);
	ck_assert_int_eq(row_of(id).shown, REF_TO_BOOK);
	ck_assert(!row_of(id).clock.paused);
	booked_close(&b);
}
END_TEST

START_TEST(the_inbox_is_worked_in_its_order)
{
	static const struct flag_wish risk = { .kind = FLAG_RISK, .words = "said so" };
	struct referral_ask ask;
	struct inbox_filter all = { 0 };
	struct inbox box = { 0 };
	struct id flagged, over, least, most;

	open_as("p.shah");
	most = refer(b.okafor);
	ask = wish(b.ellis, b.physio);
	ask.received = (struct moment){ thu(9, 0).utc - (int64_t)86400 };
	ck_ok(referral_add(&b.c.desk, &ask, &least, &err), err);
	ask = wish(b.webb, b.physio);
	ask.received = (struct moment){ thu(9, 0).utc - (int64_t)3 * 86400 };
	ck_ok(referral_add(&b.c.desk, &ask, &over, &err), err);
	ask = wish(b.kestrel, b.physio);
	ask.flags = &risk;
	ask.nflags = 1;
	ck_ok(referral_add(&b.c.desk, &ask, &flagged, &err), err);
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(referral_inbox(&b.c.desk, &all, &box, &err), err);
	ck_assert_uint_eq(box.n, 4);
	ck_assert(id_same(box.v[0].id, flagged));
	ck_assert(id_same(box.v[1].id, over));
	ck_assert(id_same(box.v[2].id, least));
	ck_assert(id_same(box.v[3].id, most));
	ck_assert(box.flagged == 1 && box.over == 1 && box.asked == 0);
	list_free(&box);
	/* Reception knows of no risk, and finds the row where time alone puts it. */
	clinic_sit(&b.c, "p.shah");
	memset(&box, 0, sizeof box);
	ck_ok(referral_inbox(&b.c.desk, &all, &box, &err), err);
	ck_assert(id_same(box.v[0].id, over) && box.flagged == 0);
	list_free(&box);
	booked_close(&b);
}
END_TEST

/* ---- who sees which ---- */

START_TEST(flags_of_every_kind_are_on_top_together_whatever_their_clocks)
{
	static const enum flag_kind kinds[] = { FLAG_SAFEGUARDING, FLAG_RED, FLAG_RISK };
	struct id who[3], over, id[3];
	struct inbox_filter all = { 0 };
	struct inbox box = { 0 };
	struct referral_ask ask;

	open_as("p.shah");
	who[0] = b.okafor;
	who[1] = b.ellis;
	who[2] = b.kestrel;
	ask = wish(b.webb, b.physio);
	ask.received = (struct moment){ thu(9, 0).utc - (int64_t)20 * 86400 };
	ck_ok(referral_add(&b.c.desk, &ask, &over, &err), err);
	for (int i = 0; i < 3; i++)
		id[i] = refer(who[i]);
	clinic_sit(&b.c, "r.adeyemi");
	for (int i = 0; i < 3; i++) {
		struct flag_ask flag = { .person = who[i], .service = b.physio, .kind = kinds[i] };

		ck_ok(flag_raise(&b.c.desk, &flag, NULL, &err), err);
	}
	ck_ok(referral_inbox(&b.c.desk, &all, &box, &err), err);
	ck_assert_uint_eq(box.n, 4);
	ck_assert_int_eq(box.flagged, 3);
	ck_assert(id_same(box.v[3].id, over) && box.v[3].clock.over);
	/* By when they came, not by which kind. */
	for (int i = 0; i < 3; i++)
		ck_assert(box.v[i].flagged && id_same(box.v[i].id, id[i]));
	list_free(&box);
	booked_close(&b);
}
END_TEST

START_TEST(one_of_a_private_service_is_not_there_for_others)
{
	static const char *const others[] = { "p.shah", "r.adeyemi", "j.marsh", "m.doyle",
					      "a.root" };
	struct inbox_filter all = { 0 };
	struct referral_rows rows = { 0 };
	struct inbox box = { 0 };
	struct referral_ask ask;
	struct referral_row r;
	struct id id, got;

	open_as("s.kelly");
	ask = wish(b.webb, b.couns);
	ck_ok(referral_add(&b.c.desk, &ask, &id, &err), err);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		clinic_sit(&b.c, others[i]);
		ck_refused(referral_one(&b.c.desk, id, &r, &err), err, ERR_MISSING);
		ck_refused(referral_named(&b.c.desk, "CNS-26-N0001", &got, &err), err, ERR_MISSING);
		ck_ok(referral_inbox(&b.c.desk, &all, &box, &err), err);
		ck_assert_uint_eq(box.n, 0);
		list_free(&box);
		ck_ok(referrals_about(&b.c.desk, b.webb, &rows, &err), err);
		ck_assert_uint_eq(rows.n, 0);
		list_free(&rows);
		ask.anew = true;
		if (i < 3)
			ck_refused(referral_add(&b.c.desk, &ask, &got, &err), err, ERR_DENIED);
	}
	booked_close(&b);
}
END_TEST

START_TEST(sent_to_a_private_service_it_is_gone_from_sight)
{
	struct decide_ask ask = { .priority = 2, .suggested = -1 };
	struct referral_row r;
	struct id id;

	open_as("p.shah");
	id = refer(b.okafor);
	ask.service = b.couns;
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(triage_decide(&b.c.desk, id, &ask, &err), err);
	ck_refused(referral_one(&b.c.desk, id, &r, &err), err, ERR_MISSING);
	clinic_sit(&b.c, "s.kelly");
	ck_ok(referral_one(&b.c.desk, id, &r, &err), err);
	booked_close(&b);
}
END_TEST

START_TEST(reception_never_reads_clinical_words)
{
	struct remarks remarks = { 0 };
	struct trail trail = { 0 };
	struct id id;

	open_as("r.adeyemi");
	id = refer(b.okafor);
	ck_ok(referral_comment(&b.c.desk, id, "told me she was hit", true, &err), err);
	ck_ok(referral_comment(&b.c.desk, id, "asks for mornings", false, &err), err);
	ck_ok(triage_query(&b.c.desk, id, "manager", "was she hit at work?", &err), err);
	clinic_sit(&b.c, "p.shah");
	ck_assert_str_eq(row_of(id).r.words, "");
	ck_ok(referral_remarks(&b.c.desk, id, &remarks, &err), err);
	ck_assert_uint_eq(remarks.n, 3);
	ck_assert_str_eq(remarks.v[0].words, "");
	ck_assert_str_eq(remarks.v[1].words, "asks for mornings");
	ck_assert_str_eq(remarks.v[2].words, "");
	list_free(&remarks);
	ck_ok(referral_history(&b.c.desk, id, &trail, &err), err);
	list_each (s, &trail)
		ck_assert(!strstr(s->what, "hit") && !strstr(s->why, "hit"));
	list_free(&trail);
	booked_close(&b);
}
END_TEST

START_TEST(reception_decides_nothing)
{
	struct decide_ask accept = { .priority = 2, .suggested = -1 };
	static const char *const others[] = { "p.shah", "m.doyle", "a.root" };
	struct id id;

	open_as("p.shah");
	id = refer(b.okafor);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		clinic_sit(&b.c, others[i]);
		ck_refused(triage_decide(&b.c.desk, id, &accept, &err), err, ERR_DENIED);
		ck_refused(triage_query(&b.c.desk, id, "gp", "x", &err), err, ERR_DENIED);
		ck_refused(triage_return(&b.c.desk, id, "x", &err), err, ERR_DENIED);
		ck_refused(triage_decline(&b.c.desk, id, "x", &err), err, ERR_DENIED);
		ck_refused(referral_withdraw(&b.c.desk, id, "x", &err), err, ERR_DENIED);
	}
	booked_close(&b);
}
END_TEST

/* ---- who is to be booked ---- */

static size_t waiting(void)
{
	struct to_book_items rows = { 0 };
	size_t n;

	ck_ok(to_book(&b.c.desk, nobody, &rows, &err), err);
	n = rows.n;
	list_free(&rows);
	return n;
}

START_TEST(whoever_is_accepted_or_cancelled_is_to_be_booked_until_they_are)
{
	struct booking_ask ask = { .starts = thu(10, 0) };
	struct after_ask end = { .outcome = OUTCOME_DISCHARGE, .reason = END_GOALS };
	struct mark_ask with = { .after = &end };
	struct id id, appt;

	open_as("p.shah");
	id = refer(b.okafor);
	ck_assert_uint_eq(waiting(), 0);
	accept_as("r.adeyemi", id);
	clinic_sit(&b.c, "p.shah");
	ck_assert_uint_eq(waiting(), 1);
	ask.person = b.okafor;
	ask.service = b.physio;
	ask.clinician = b.marsh;
	ck_ok(booking_book(&b.c.desk, &ask, &appt, &err), err);
	ck_assert_uint_eq(waiting(), 0);
	pass(60);
	ck_ok(booking_cancel(&b.c.desk, appt, CANCEL_PERSON, "ill", &err), err);
	ck_assert_uint_eq(waiting(), 1);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_assert_uint_eq(waiting(), 0);
	pass(3600);
	clinic_sit(&b.c, "j.marsh");
	ck_ok(booking_mark(&b.c.desk, appt, APPT_ARRIVED, NULL, &err), err);
	ck_ok(booking_mark(&b.c.desk, appt, APPT_IN_ROOM, NULL, &err), err);
	ck_ok(booking_mark(&b.c.desk, appt, APPT_SEEN, NULL, &err), err);
	ck_assert_int_eq(row_of(id).shown, REF_ATTENDED);
	ck_assert_uint_eq(waiting(), 0);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_ok(booking_mark(&b.c.desk, appt, APPT_SEEN, &with, &err), err);
	ck_assert_int_eq(row_of(id).shown, REF_CLOSED);
	ck_assert_uint_eq(waiting(), 0);
	booked_close(&b);
}
END_TEST

START_TEST(after_the_contracts_tries_the_nurse_is_to_decide)
{
	struct reached reached;
	struct to_book_items rows = { 0 };
	struct to_book_row row;
	struct id id;

	open_as("p.shah");
	id = refer(b.okafor);
	accept_as("r.adeyemi", id);
	clinic_sit(&b.c, "p.shah");
	ck_ok(to_book_tried(&b.c.desk, id, REACH_NO_ANSWER, &reached, &err), err);
	ck_assert(reached.nth == 1 && !reached.last && reached.next.utc > b.c.desk.now.utc);
	ck_ok(to_book_tried(&b.c.desk, id, REACH_TEXT, &reached, &err), err);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM task WHERE state = 'open'"), 0);
	ck_ok(to_book_tried(&b.c.desk, id, REACH_LETTER, &reached, &err), err);
	ck_assert(reached.nth == 3 && reached.last);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM task WHERE state = 'open'"
					    " AND for_role = 'nurse'"),
			 1);
	ck_ok(to_book(&b.c.desk, b.physio, &rows, &err), err);
	ck_assert_uint_eq(rows.n, 1);
	ck_ok(to_book_one(&b.c.desk, rows.v[0].episode, &row, &err), err);
	ck_assert_int_eq(row.tries, 3);
	ck_assert_str_eq(row.how, "letter");
	list_free(&rows);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM task WHERE state = 'open'"), 0);
	booked_close(&b);
}
END_TEST

/* ---- papers ---- */

static char *file_of(const char *name, const char *bytes, size_t n)
{
	char *path = mem_printf("%s/%s", b.c.folder, name);
	FILE *f = fopen(path, "w");

	ck_assert(f && fwrite(bytes, 1, n, f) == n && fclose(f) == 0);
	return path;
}

START_TEST(whoever_will_not_be_booked_is_ended_by_a_nurse_with_the_reason)
{
	struct to_book_items rows = { 0 };
	struct flag_ask risk = { .kind = FLAG_RISK, .words = "said so" };
	struct id id, flag;

	open_as("p.shah");
	id = refer(b.okafor);
	accept_as("r.adeyemi", id);
	risk.person = b.okafor;
	risk.service = b.physio;
	clinic_sit(&b.c, "p.shah");
	ck_refused(to_book_end(&b.c.desk, id, END_UNREACHED, &err), err, ERR_DENIED);
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(flag_raise(&b.c.desk, &risk, &flag, &err), err);
	ck_refused(to_book_end(&b.c.desk, id, END_UNREACHED, &err), err, ERR_CLASH);
	ck_ok(flag_clear(&b.c.desk, flag, "well again", &err), err);
	ck_ok(to_book_end(&b.c.desk, id, END_UNREACHED, &err), err);
	ck_assert_int_eq(row_of(id).shown, REF_CLOSED);
	ck_ok(to_book(&b.c.desk, b.physio, &rows, &err), err);
	ck_assert_uint_eq(rows.n, 0);
	ck_refused(to_book_end(&b.c.desk, id, END_DIED, &err), err, ERR_MISSING);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_assert_int_eq(row_of(id).shown, REF_TO_BOOK);
	ck_ok(to_book(&b.c.desk, b.physio, &rows, &err), err);
	ck_assert_uint_eq(rows.n, 1);
	list_free(&rows);
	booked_close(&b);
}
END_TEST

START_TEST(a_paper_is_kept_once_by_its_hash_and_named_by_what_it_is)
{
	struct attachments files = { 0 };
	struct stat there;
	char *pdf, *empty, *place;
	struct id id;

	open_as("p.shah");
	pdf = file_of("note.exe", "%PDF-1.4 x", 10);
	empty = file_of("empty", "", 0);
	id = refer(b.okafor);
	ck_ok(referral_attach(&b.c.desk, id, pdf, NULL, &err), err);
	ck_ok(referral_attach(&b.c.desk, id, pdf, NULL, &err), err);
	ck_refused(referral_attach(&b.c.desk, id, empty, NULL, &err), err, ERR_INPUT);
	ck_refused(referral_attach(&b.c.desk, id, "/nowhere/x", NULL, &err), err, ERR_MISSING);
	ck_ok(referral_attachments(&b.c.desk, id, &files, &err), err);
	ck_assert_uint_eq(files.n, 2);
	ck_assert_str_eq(files.v[0].type, "PDF");
	ck_assert_str_eq(files.v[0].name, "note.exe");
	ck_ok(referral_file(&b.c.desk, &files.v[1], &place, &err), err);
	ck_assert(stat(place, &there) == 0 && there.st_size == 10);
	mem_free(place);
	files.v[0].hash[0] ^= 1;
	ck_refused(referral_file(&b.c.desk, &files.v[0], &place, &err), err, ERR_MISSING);
	list_free(&files);
	mem_free(pdf);
	mem_free(empty);
	booked_close(&b);
}
END_TEST

/* ---- how much it costs ---- */

/* Rows of a state, put straight into the database. */
static void fill(int from, int n, const char *state)
{
	char *sql = mem_printf(
		"WITH RECURSIVE i(n) AS (SELECT %d UNION ALL SELECT n + 1 FROM i WHERE n < %d)"
		" INSERT INTO referral (id, scope, number, person, service, type, source, received,"
		" agreed, gp, triage, offer, seen, report, over, state, state_at, pauses)"
		" SELECT 5000000 + n, 'org:WVH', 'X-' || n, (SELECT id FROM person WHERE surname ="
		" 'ELLIS'), (SELECT id FROM service WHERE code = 'PHYSIO'), 'SELF', 'self',"
		" 1772000000 + n * 60, 20000, 0, 2, 5, 10, 2, 0, '%s', 1772000000 + n * 60, 0 FROM i;"
		"INSERT INTO referral_state (id, scope, referral, state, at, user) SELECT 9000000 + id,"
		" scope, id, state, state_at, 1 FROM referral WHERE id BETWEEN 5000000 + %d AND"
		" 5000000 + %d",
		from, from + n - 1, state, from, from + n - 1);

	booked_sql(&b, sql);
	mem_free(sql);
}

static int64_t steps_of_inbox(size_t *ret_n)
{
	struct inbox_filter all = { 0 };
	struct inbox box = { 0 };
	struct store_work before, after;

	ck_ok(referral_inbox(&b.c.desk, &all, &box, &err), err);
	list_free(&box);
	memset(&box, 0, sizeof box);
	store_work(b.c.store, &before);
	ck_ok(referral_inbox(&b.c.desk, &all, &box, &err), err);
	store_work(b.c.store, &after);
	*ret_n = box.n;
	list_free(&box);
	return after.steps - before.steps;
}

START_TEST(the_inbox_is_one_walk_and_what_has_ended_costs_it_nothing)
{
	size_t n;
	int64_t before, ended, many;

	open_as("r.adeyemi");
	fill(0, 100, "awaiting_triage");
	before = steps_of_inbox(&n);
	ck_assert_uint_eq(n, 100);
	fill(1000, 20000, "declined");
	ended = steps_of_inbox(&n);
	ck_assert_int_eq(ended, before);
	fill(30000, 9900, "awaiting_triage");
	many = steps_of_inbox(&n);
	ck_assert_uint_eq(n, 10000);
	/* So many steps a row, of an index that holds all that is asked. */
	ck_assert_msg(many < 10000 * 20, "%lld steps", (long long)many);
	booked_close(&b);
}
END_TEST

TEST_MAIN("referral", every_state_is_read_as_it_is_written_and_is_on_a_list_or_ended,
	  a_priority_maps_to_the_national_code_and_wales_folds_soon_into_urgent,
	  without_the_employees_agreement_it_stays_new,
	  an_agreement_is_of_this_year_and_to_what_has_not_ended,
	  who_has_died_is_declined_and_not_put_on_a_list_to_be_booked,
	  the_same_reason_within_three_months_is_offered_the_open_one,
	  what_makes_no_sense_is_refused_in_words, a_referral_keeps_the_contract_of_its_day,
	  beyond_the_contract_its_rule_is_shown_and_a_flag_is_raised_all_the_same,
	  accepted_it_opens_one_episode_and_lends_it_its_number,
	  the_suggestion_and_the_choice_are_both_kept,
	  undone_it_waits_again_and_decided_anew_it_is_the_same_episode,
	  who_comes_second_hears_who_was_first,
	  two_nurses_out_of_touch_leave_both_decisions_to_a_person,
	  a_decision_that_comes_late_changes_nothing_and_its_words_are_kept,
	  a_reply_ends_the_pause_and_puts_the_row_on_top,
	  papers_that_are_wanted_first_stop_the_clock_until_they_come,
	  the_inbox_is_worked_in_its_order,
	  flags_of_every_kind_are_on_top_together_whatever_their_clocks,
	  one_of_a_private_service_is_not_there_for_others,
	  sent_to_a_private_service_it_is_gone_from_sight, reception_never_reads_clinical_words,
	  reception_decides_nothing,
	  whoever_is_accepted_or_cancelled_is_to_be_booked_until_they_are,
	  after_the_contracts_tries_the_nurse_is_to_decide,
	  whoever_will_not_be_booked_is_ended_by_a_nurse_with_the_reason,
	  a_paper_is_kept_once_by_its_hash_and_named_by_what_it_is,
	  the_inbox_is_one_walk_and_what_has_ended_costs_it_nothing)
