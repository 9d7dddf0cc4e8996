/*
 * test_clocks.c: what was promised is counted down on every list that a referral stands on: the
 * desk, the person, who is to be booked, who waits for a freed time.  a task.
 * (The inbox: test_triage.)
 */
#include "suite.h"

#include <stdio.h>

#include "at_desk.h"
#include "booked.h"
#include "clinic/booking.h"
#include "clinic/referral.h"
#include "clinic/task.h"
#include "clinic/wait.h"

static struct booked b;
static struct err err;
static struct id one;

/* ELLIS is to be booked for physiotherapy; 12-Mar-2026 is day 20524. */
static void accepted(int target)
{
	struct referral_ask ask = { .type = REF_SELF, .source = FROM_SELF, .urgency = 2 };
	struct decide_ask how = { .priority = 2, .suggested = -1 };
	char sql[100];

	booked_open(&b);
	err_clear(&err);
	ask.person = b.ellis;
	ask.service = b.physio;
	ask.agreed = b.c.desk.today;
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(referral_add(&b.c.desk, &ask, &one, &err), err);
	ck_ok(triage_decide(&b.c.desk, one, &how, &err), err);
	snprintf(sql, sizeof sql, "UPDATE episode SET target = %d", target);
	booked_sql(&b, sql);
	clinic_sit(&b.c, "p.shah");
}

static void book(void)
{
	struct booking_ask ask = {
		.person = b.ellis, .service = b.physio, .clinician = b.marsh, .starts = thu(10, 0)
	};
	struct id id;

	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
}

static void end(struct pty *p)
{
	at_desk_end(p);
	booked_close(&b);
}

START_TEST(the_desk_counts_down_to_the_day_to_be_seen_by_until_they_are_here)
{
	struct pty *p;

	accepted(20526); /* a Saturday: one working day on */
	book();
	p = at_desk(&b.c, "p.shah", NULL);
	row_has(p, 4, "B    1d ELLIS, Marcus");
	pty_keys(p, "a");
	row_has(p, 4, "A       ELLIS, Marcus");
	end(p);
}
END_TEST

START_TEST(who_is_seen_later_than_promised_stands_out_on_the_desk)
{
	struct pty_options wide = { .rows = 43, .cols = 132 };
	struct pty *p;

	accepted(20522); /* Tuesday */
	book();
	p = at_desk(&b.c, "p.shah", NULL);
	row_has(p, 4, "B  OV2d ELLIS, Marcus");
	ck_assert(pty_bold(p, 4, pty_column(p, 4, "OV2d")));
	at_desk_end(p);
	p = at_desk(&b.c, "p.shah", &wide);
	ck_assert_int_gt(pty_find(p, "to be seen by 10-Mar, OVER 2d"), 0);
	end(p);
}
END_TEST

START_TEST(a_task_says_how_the_referral_behind_it_stands)
{
	static const int sizes[][2] = { { 24, 80 }, { 43, 132 } };
	struct task_ask ask = { .kind = TASK_RING, .text = "ring about the papers" };
	struct id id;

	accepted(20522);
	booked_sql(&b, "UPDATE referral SET received = received - 28 * 86400");
	ask.person = b.ellis;
	ck_ok(task_for_parse(&b.c.desk, "reception", &ask.to, &err), err);
	ck_ok(task_add(&b.c.desk, &ask, &id, &err), err);
	for (size_t i = 0; i < 2; i++) {
		struct pty_options how = { .rows = sizes[i][0], .cols = sizes[i][1] };
		struct pty *p = at_desk(&b.c, "p.shah", &how);

		pty_keys(p, "gk");
		ck_assert_int_gt(pty_find(p, "MSK-26-N0001 OVER"), 0);
		at_desk_end(p);
	}
	booked_close(&b);
}
END_TEST

START_TEST(the_person_who_is_to_be_booked_and_who_waits_are_counted_down_too)
{
	struct wait_ask ask = { 0 };
	struct pty *p;
	struct id id;

	accepted(20522);
	booked_sql(&b, "UPDATE referral SET received = received - 28 * 86400");
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, "/ellis<Enter>");
	ck_assert_int_gt(pty_find(p, "P2, OVER"), 0);
	pty_keys(p, "<F3>gp");
	row_has(p, 4, "OVER 2d");
	ask.episode = one;
	ask.wish.from = DATE_NONE;
	ck_ok(wait_add(&b.c.desk, &ask, &id, &err), err);
	pty_keys(p, "<F3>gw");
	ck_assert_int_gt(pty_find(p, "OVER 2wd"), 0);
	end(p);
}
END_TEST

TEST_MAIN("clocks", the_desk_counts_down_to_the_day_to_be_seen_by_until_they_are_here,
	  who_is_seen_later_than_promised_stands_out_on_the_desk,
	  a_task_says_how_the_referral_behind_it_stands,
	  the_person_who_is_to_be_booked_and_who_waits_are_counted_down_too)
