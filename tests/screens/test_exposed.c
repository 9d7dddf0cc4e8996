/*
 * test_exposed.c: after a needlestick the minutes to sixty stand where somebody has to hurry: on
 * the desk (S2) and on the triage inbox (S6).
 */
#include "suite.h"

#include <stdio.h>

#include "at_desk.h"
#include "booked.h"
#include "clinic/booking.h"
#include "clinic/flag.h"
#include "clinic/referral.h"

static struct booked b;
static struct err err;
static struct id one;

static void exposed(const char *at)
{
	char text[200];
	struct form_ask ask = { .form = "exposure", .path = "answers", .text = text };

	booked_open(&b);
	err_clear(&err);
	snprintf(text, sizeof text,
		 "[answers]\ninjured_on = 2026-03-12\ninjured_at = %s\nkind = n\n", at);
	ask.n = strlen(text);
	ask.person = b.okafor;
	clinic_sit(&b.c, "p.shah");
	ck_ok(referral_by_form(&b.c.desk, &ask, &one, &err), err);
}

/* A nurse has seen to the flag, and it is booked for 10:00. */
static void booked_today(void)
{
	struct booking_ask ask = {
		.person = b.okafor, .service = b.ohn, .clinician = b.adeyemi, .starts = thu(10, 0)
	};
	struct decide_ask how = { .suggested = -1 };
	struct flag_rows rows = { 0 };
	struct id id;

	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(flag_list(&b.c.desk, b.okafor, &rows, &err), err);
	ck_assert_uint_eq(rows.n, 1);
	ck_ok(flag_clear(&b.c.desk, rows.v[0].f.id, "seen to", &err), err);
	list_free(&rows);
	ck_ok(referral_agree(&b.c.desk, one, b.c.desk.today, GP_NOT_ASKED, &err), err);
	ck_ok(triage_decide(&b.c.desk, one, &how, &err), err);
	clinic_sit(&b.c, "p.shah");
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
}

static void end(struct pty *p)
{
	at_desk_end(p);
	booked_close(&b);
}

START_TEST(the_inbox_counts_the_minutes_that_are_left_of_the_hour)
{
	struct pty *p;

	exposed("09:20");
	p = at_desk(&b.c, "r.adeyemi", NULL);
	pty_keys(p, "<F3>gt");
	row_has(p, 4, "!R  38m left OKAFOR");
	ck_assert_int_gt(pty_find(p, "Exposed to blood 09:20: the hour ends at 10:20."), 0);
	end(p);
}
END_TEST

START_TEST(when_the_hour_is_over_the_flag_says_since_when_it_waits)
{
	struct pty *p;

	exposed("08:30");
	p = at_desk(&b.c, "r.adeyemi", NULL);
	pty_keys(p, "<F3>gt");
	row_has(p, 4, "!R  NOW 0m   OKAFOR");
	end(p);
}
END_TEST

START_TEST(the_desk_says_whose_hour_runs_before_they_are_booked)
{
	struct pty *p;

	exposed("09:20");
	p = at_desk(&b.c, "p.shah", NULL);
	row_has(p, 1, "DESK");
	ck_assert_int_gt(
		pty_find(p, "NOW  09:20 OKAFOR was exposed to blood: the hour ends at 10:20"), 0);
	pty_keys(p, "<Tab><Enter>");
	row_has(p, 1, "PERSON");
	row_has(p, 2, "OKAFOR");
	end(p);
}
END_TEST

START_TEST(the_row_of_their_appointment_has_the_minutes_to_sixty)
{
	struct pty *p;
	int row;

	exposed("09:20");
	booked_today();
	p = at_desk(&b.c, "p.shah", NULL);
	row = pty_find(p, "OKAFOR, Adaeze");
	row_has(p, row, "38m to 60");
	ck_assert(pty_bold(p, row, pty_column(p, row, "38m")));
	/* Once they are in a room it still runs; on a row of their own line it is not said twice.
	 */
	ck_assert_int_eq(pty_find(p, "was exposed to blood"), 0);
	pty_keys(p, "ai");
	row_has(p, row, "38m to 60");
	pty_keys(p, "s");
	ck_assert_int_eq(pty_find(p, "to 60"), 0);
	ck_assert_int_eq(pty_find(p, "was exposed to blood"), 0);
	end(p);
}
END_TEST

TEST_MAIN("exposed", the_inbox_counts_the_minutes_that_are_left_of_the_hour,
	  when_the_hour_is_over_the_flag_says_since_when_it_waits,
	  the_desk_says_whose_hour_runs_before_they_are_booked,
	  the_row_of_their_appointment_has_the_minutes_to_sixty)
