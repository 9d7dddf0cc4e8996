/*
 * test_triage.c: S6: the order in which it is worked, what each key does to a row, who sees which:
 * the test is the other desk.
 */
#include "suite.h"

#include <stdio.h>

#include "at_desk.h"
#include "base/alloc.h"
#include "booked.h"
#include "clinic/flag.h"
#include "clinic/referral.h"
#include "clinic/signin.h"
#include "tui/tui.h"

static struct booked b;
static struct err err;
static struct id plain, flagged, asked, not_yet, hidden;

static struct id refer_as(const char *user, struct id person, struct id service, char flag,
			  bool agreed)
{
	struct flag_wish f = { .words = "both legs: unsure" };
	char letter[2] = { flag, '\0' };
	struct referral_ask ask = { .person = person,
				    .service = service,
				    .type = REF_MGT,
				    .source = FROM_MANAGER,
				    .urgency = -1,
				    .reasons = "msk",
				    .words = "cannot lift since the fall",
				    .agreed = agreed ? b.c.desk.today : DATE_NONE,
				    .flags = &f,
				    .nflags = flag != 0 };
	struct id id = { 0 };

	clinic_sit(&b.c, user);
	if (flag)
		flag_parse(letter, &f.kind);
	ck_ok(referral_add(&b.c.desk, &ask, &id, &err), err);
	return id;
}

/* One of each kind, of which the private one is not for the nurse. */
static void some_referrals(void)
{
	booked_open(&b);
	asked = refer_as("p.shah", b.kestrel, b.ohn, 0, true);
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(triage_query(&b.c.desk, asked, "manager", "Which duties?", &err), err);
	plain = refer_as("p.shah", b.okafor, b.physio, 0, true);
	not_yet = refer_as("p.shah", b.ellis, b.ohn, 0, false);
	flagged = refer_as("p.shah", b.webb, b.physio, 'R', true);
	hidden = refer_as("s.kelly", b.okafor, b.couns, 'K', true);
	booked_sql(&b, "UPDATE referral SET received = received - 6 * 86400 WHERE state = 'new'");
}

static int64_t in_state(const char *state)
{
	char sql[120];

	snprintf(sql, sizeof sql, "SELECT count(*) FROM referral WHERE state = '%s'", state);
	return clinic_count(&b.c, sql);
}

/* The inbox of that user, opened by its letter. */
static struct pty *inbox(const char *user)
{
	struct pty *p = at_desk(&b.c, user, NULL);

	pty_keys(p, "<F3>gt");
	row_has(p, 1, "TRIAGE  inbox");
	return p;
}

static void end(struct pty *p)
{
	at_desk_end(p);
	booked_close(&b);
}

START_TEST(the_inbox_stands_as_drawn)
{
	static const struct {
		int rows, cols;
		const char *picture;
	} looks[] = { { 24, 80, "tests/screens/triage.screen" },
		      { 43, 132, "tests/screens/triage_132x43.screen" } };

	some_referrals();
	for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
		struct pty_options how = { .rows = looks[i].rows, .cols = looks[i].cols };
		struct pty *p = at_desk(&b.c, "r.adeyemi", &how);

		pty_keys(p, "<F3>gt");
		ck_assert(pty_screen_is(p, looks[i].picture));
		at_desk_end(p);
	}
	booked_close(&b);
}
END_TEST

START_TEST(flags_are_on_top_then_over_time_then_least_left_and_what_waits_is_last)
{
	struct pty *p;

	some_referrals();
	p = inbox("r.adeyemi");
	row_has(p, 2, "Waiting 4");
	row_has(p, 4, "!R  NOW 0m   WEBB");
	row_has(p, 5, "c   OVER 2d  ELLIS");
	row_has(p, 6, "OKAFOR");
	row_has(p, 7, "?0  paused");
	row_has(p, 23, "W Row 1 has an open flag (!R).");
	end(p);
}
END_TEST

START_TEST(accept_and_book_is_six_keys)
{
	struct pty *p;

	some_referrals();
	p = inbox("r.adeyemi");
	pty_count_start(p);
	pty_keys(p, "3b");
	row_has(p, 1, "BOOK");
	pty_keys(p, "<Enter>");
	ck_assert_int_le(pty_count(p), 6);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM appointment"), 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM booking JOIN referral r"
					    " ON r.id = booking.episode"),
			 1);
	end(p);
}
END_TEST

START_TEST(nothing_flagged_is_decided_until_somebody_spoke_to_them)
{
	struct pty *p;

	some_referrals();
	p = inbox("r.adeyemi");
	pty_keys(p, "<Enter>a<Esc>");
	ck_assert_int_eq(in_state("to_book"), 0);
	/* Nor sent back, nor out of the service. */
	pty_keys(p, "XrWhich leg?<Enter>");
	row_has(p, 23, "E ");
	pty_keys(p, "mgp<Enter>Theirs to see<Enter>");
	row_has(p, 23, "E ");
	ck_assert_int_eq(in_state("awaiting_triage"), 3 + 1);
	pty_keys(p, "rv");
	row_has(p, 23, "M WEBB rung: no answer, again Thu 12-Mar-2026");
	row_has(p, 4, "!R");
	pty_keys(p, "<Home><Enter>a<Esc>");
	ck_assert_int_eq(in_state("to_book"), 0);
	pty_keys(p, "rs");
	row_has(p, 23, "M WEBB rung: spoke");
	pty_keys(p, "<Home><Enter>0a");
	row_has(p, 23, "M WEBB accepted, P0 now");
	ck_assert_int_eq(in_state("to_book"), 1);
	end(p);
}
END_TEST

START_TEST(a_flag_is_cleared_with_a_reason_and_the_row_goes_where_its_clock_says)
{
	struct pty *p;

	some_referrals();
	p = inbox("r.adeyemi");
	pty_keys(p, "CExamined, nothing found<Enter>");
	row_has(p, 23, "M WEBB has a flag less");
	row_has(p, 2, "flags 0");
	pty_keys(p, "<F5><End>C");
	row_has(p, 23, "E No flag is open on this row.");
	end(p);
}
END_TEST

START_TEST(one_that_is_held_open_asks_for_the_safety_plan_first)
{
	struct pty *p;

	some_referrals();
	booked_sql(&b, "UPDATE flag SET does = 'hold_open' WHERE kind = 'R'");
	p = inbox("r.adeyemi");
	pty_keys(p, "CFeels better<Enter>");
	row_has(p, 23, "First the safety plan: what was agreed?");
	pty_keys(p, "Rings her sister<Enter>");
	row_has(p, 23, "Clear the flag: why?");
	pty_keys(p, "Feels better<Enter>");
	row_has(p, 23, "M WEBB has a flag less");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM flag_call WHERE result = 'plan'"
					    " AND words = 'Rings her sister'"),
			 1);
	end(p);
}
END_TEST

START_TEST(several_are_marked_and_asked_one_question_as_one_act)
{
	struct pty *p;

	some_referrals();
	p = inbox("r.adeyemi");
	pty_keys(p, "2<Space><Space>q");
	row_has(p, 23, "Ask 2 whom?");
	pty_keys(p, "mWhich duties can change?<Enter>");
	row_has(p, 23, "M 2 asked");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM pause WHERE state = 'on'"), 3);
	row_has(p, 2, "asked 3");
	/* One key takes both back. */
	pty_keys(p, "u");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM pause WHERE state = 'on'"), 1);
	/* Where one of them cannot be asked, none is. */
	pty_keys(p, "<F5><Home>3<Space><Space>qmAgain?<Enter>");
	row_has(p, 23, "E The manager was asked on");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM pause WHERE state = 'on'"), 1);
	end(p);
}
END_TEST

START_TEST(the_cursor_stays_with_its_person_when_rows_above_it_go)
{
	struct pty *p;

	some_referrals();
	/* Row 2 is marked and asked from row 3: it goes to the end, and row 3 is row 2 now. */
	p = inbox("r.adeyemi");
	row_has(p, 5, "ELLIS");
	row_has(p, 6, "OKAFOR");
	pty_keys(p, "2<Space>");
	row_has(p, 6, "> 3");
	pty_keys(p, "qmWhich duties?<Enter>");
	row_has(p, 5, "> 2");
	row_has(p, 5, "OKAFOR");
	end(p);
}
END_TEST

START_TEST(what_nobody_answered_for_five_working_days_is_to_be_chased_and_may_be_asked_again)
{
	struct pty *p;

	some_referrals();
	p = inbox("r.adeyemi");
	row_has(p, 7, "?0  paused");
	pty_keys(p, "4qmAgain?<Enter>");
	row_has(p, 23, "E The manager was asked on");
	/* A week ago is five working days. */
	booked_sql(&b, "UPDATE pause SET since = since - 7 * 86400");
	pty_keys(p, "<F5>");
	row_has(p, 2, "asked 1, chase 1");
	row_has(p, 6, "?5  chase    YUSUF");
	pty_keys(p, "<Home>3qmWe still wait<Enter>");
	row_has(p, 23, "M YUSUF asked");
	row_has(p, 7, "?0  paused");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM pause WHERE state = 'on'"
					    " AND until IS NULL"),
			 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM referral_comment"
					    " WHERE kind = 'chase'"),
			 1);
	pty_keys(p, "u<F5>");
	row_has(p, 6, "?5  chase    YUSUF");
	end(p);
}
END_TEST

START_TEST(it_is_sent_on_returned_declined_and_escalated_with_words)
{
	struct pty *p;

	some_referrals();
	p = inbox("r.adeyemi");
	pty_keys(p, "3mHBR<Enter>");
	row_has(p, 23, "M OKAFOR sent on to Harbour");
	ck_assert_int_eq(in_state("transferred"), 1);
	pty_keys(p, "u<F5><Home>3XrWhich job?<Enter>");
	row_has(p, 23, "M OKAFOR went back to who sent it");
	ck_assert_int_eq(in_state("incomplete"), 1);
	pty_keys(p, "fr");
	row_has(p, 2, "Returned 1");
	pty_keys(p, "fau<F5><Home>3XdSeen elsewhere<Enter>");
	ck_assert_int_eq(in_state("declined"), 1);
	pty_keys(p, "u<F5><Home>3mgp<Enter>Not of work<Enter>");
	ck_assert_int_eq(in_state("redirected"), 1);
	pty_keys(p, "u<F5><Home>3EBleeds<Enter>");
	row_has(p, 23, "M OKAFOR escalated");
	end(p);
}
END_TEST

START_TEST(whom_another_desk_decided_stays_as_an_empty_row_and_is_not_decided_twice)
{
	struct decide_ask how = { .priority = 2, .suggested = -1 };
	struct pty *p;

	some_referrals();
	p = inbox("r.adeyemi");
	pty_keys(p, "3");
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(triage_decide(&b.c.desk, plain, &how, &err), err);
	pty_wait_for(p, "Waiting 3");
	ck_assert_int_eq(pty_find(p, "OKAFOR"), 0);
	pty_keys(p, "<Enter>");
	row_has(p, 23, "E There is no referral on this row.");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM decision"), 1);
	end(p);
}
END_TEST

START_TEST(f_narrows_the_inbox_and_o_orders_it)
{
	struct pty *p;

	some_referrals();
	p = inbox("r.adeyemi");
	pty_keys(p, "fo");
	row_has(p, 2, "Waiting 1");
	row_has(p, 2, "over time  Sort");
	pty_keys(p, "fnoka<Enter>");
	row_has(p, 2, "Waiting 1");
	row_has(p, 4, "OKAFOR");
	pty_keys(p, "fao");
	row_has(p, 2, "Sort newest");
	row_has(p, 4, "WEBB");
	row_has(p, 5, "ELLIS");
	end(p);
}
END_TEST

START_TEST(a_private_referral_is_on_nobody_else_s_inbox)
{
	struct pty *p;

	some_referrals();
	p = inbox("r.adeyemi");
	row_has(p, 2, "Waiting 4");
	ck_assert_int_eq(pty_find(p, "Couns"), 0);
	ck_assert_int_eq(pty_find(p, "!K  NOW"), 0);
	at_desk_end(p);
	p = inbox("s.kelly");
	ck_assert_int_gt(pty_find(p, "!K  NOW"), 0);
	ck_assert_int_gt(pty_find(p, "Couns"), 0);
	end(p);
}
END_TEST

START_TEST(reception_opens_no_inbox)
{
	struct pty *p;

	some_referrals();
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, "gt");
	row_has(p, 23, "E Your role may not open: referrals to be triaged.");
	row_has(p, 1, "DESK");
	end(p);
}
END_TEST

static int at_the_door(void *arg)
{
	struct tui_options opt = { .idle_minutes = 60 };
	struct clinic own = b.c;
	int rc;

	(void)arg;
	if (store_open(b.c.path, 5000, &own.store, &err) < 0 ||
	    desk_open(own.store, &own.world, &own.desk, &err) < 0)
		return 99;
	rc = tui_run(&own.desk, &opt, &err);
	clinic_second_close(&own);
	return rc < 0 ? (int)err.kind : 0;
}

START_TEST(a_nurse_begins_on_the_inbox)
{
	struct pty *p;

	some_referrals();
	clinic_sit(&b.c, "a.root");
	ck_ok(signin_set_secret(&b.c.desk, "r.adeyemi", "battery staple", false, &err), err);
	p = pty_start(&(struct pty_options){ .run = at_the_door });
	pty_keys(p, "r.adeyemi<Enter>battery staple<Enter>");
	row_has(p, 1, "TRIAGE  inbox");
	end(p);
}
END_TEST

/* One signs in and reads what the last line says. */
static void reads_at_the_door(const char *user, const char *says)
{
	char keys[80];
	struct pty *p;

	snprintf(keys, sizeof keys, "%s<Enter>battery staple<Enter>", user);
	p = pty_start(&(struct pty_options){ .run = at_the_door });
	pty_keys(p, keys);
	row_has(p, 23, says);
	at_desk_end(p);
}

START_TEST(what_came_by_night_is_the_first_thing_that_is_read)
{
	some_referrals();
	clinic_sit(&b.c, "a.root");
	ck_ok(signin_set_secret(&b.c.desk, "r.adeyemi", "battery staple", false, &err), err);
	ck_ok(signin_set_secret(&b.c.desk, "p.shah", "battery staple", false, &err), err);
	booked_sql(&b, "UPDATE flag SET raised_at = raised_at - 10 * 3600;"
		       "UPDATE site SET duty = '07700900199' WHERE code = 'NGT'");
	/* The risk of a private service is not among what they are told. */
	reads_at_the_door(
		"r.adeyemi",
		"1 flag since Wed 11-Mar-2026 23:42 that nobody has taken: on top of g t.");
	reads_at_the_door(
		"p.shah",
		"1 red flag untaken since Wed 11-Mar-2026 23:42: ring duty 07700 900199.");
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(flags_take(&b.c.desk, b.webb, b.physio, &err), err);
	reads_at_the_door("p.shah", "Nothing is amiss");
	booked_close(&b);
}
END_TEST

TEST_MAIN("triage", the_inbox_stands_as_drawn,
	  flags_are_on_top_then_over_time_then_least_left_and_what_waits_is_last,
	  accept_and_book_is_six_keys, nothing_flagged_is_decided_until_somebody_spoke_to_them,
	  a_flag_is_cleared_with_a_reason_and_the_row_goes_where_its_clock_says,
	  one_that_is_held_open_asks_for_the_safety_plan_first,
	  several_are_marked_and_asked_one_question_as_one_act,
	  the_cursor_stays_with_its_person_when_rows_above_it_go,
	  what_nobody_answered_for_five_working_days_is_to_be_chased_and_may_be_asked_again,
	  it_is_sent_on_returned_declined_and_escalated_with_words,
	  whom_another_desk_decided_stays_as_an_empty_row_and_is_not_decided_twice,
	  f_narrows_the_inbox_and_o_orders_it, a_private_referral_is_on_nobody_else_s_inbox,
	  reception_opens_no_inbox, a_nurse_begins_on_the_inbox,
	  what_came_by_night_is_the_first_thing_that_is_read)
