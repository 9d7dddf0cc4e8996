/*
 * test_to_book.c: the lists of who is to be booked, behind g p and g c: who stands on them, how
 * they were tried, who sees which.
 */
#include "suite.h"

#include <stdio.h>

#include "at_desk.h"
#include "base/alloc.h"
#include "booked.h"
#include "clinic/booking.h"
#include "clinic/flag.h"
#include "clinic/referral.h"

static struct booked b;
static struct err err;

static struct id accepted_as(const char *user, struct id person, struct id service, int priority)
{
	struct referral_ask ask = { .person = person,
				    .service = service,
				    .type = REF_SELF,
				    .source = FROM_SELF,
				    .urgency = -1,
				    .agreed = b.c.desk.today };
	struct decide_ask how = { .priority = priority, .suggested = -1 };
	struct id id = { 0 };

	clinic_sit(&b.c, user);
	ck_ok(referral_add(&b.c.desk, &ask, &id, &err), err);
	ck_ok(triage_decide(&b.c.desk, id, &how, &err), err);
	return id;
}

/* Three for physiotherapy, one nurse's, one that is private. */
static void some_waits(void)
{
	booked_open(&b);
	accepted_as("r.adeyemi", b.okafor, b.physio, 3);
	accepted_as("r.adeyemi", b.ellis, b.physio, 1);
	accepted_as("r.adeyemi", b.webb, b.physio, 2);
	accepted_as("r.adeyemi", b.webb, b.ohn, 2);
	accepted_as("s.kelly", b.webb, b.couns, 2);
	booked_sql(&b, "UPDATE episode SET target = 20520 WHERE priority = 1");
}

static void end(struct pty *p)
{
	at_desk_end(p);
	booked_close(&b);
}

START_TEST(the_list_stands_as_drawn)
{
	static const struct {
		int rows, cols;
		const char *picture;
	} looks[] = { { 24, 80, "tests/screens/to_book.screen" },
		      { 43, 132, "tests/screens/to_book_132x43.screen" } };

	some_waits();
	for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
		struct pty_options how = { .rows = looks[i].rows, .cols = looks[i].cols };
		struct pty *p = at_desk(&b.c, "p.shah", &how);

		pty_keys(p, "gp2rv<F5><Home>");
		ck_assert(pty_screen_is(p, looks[i].picture));
		pty_keys(p, "u");
		at_desk_end(p);
	}
	booked_close(&b);
}
END_TEST

START_TEST(whose_day_is_nearest_is_first_and_tab_goes_round_the_services)
{
	struct pty *p;

	some_waits();
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, "gp");
	row_has(p, 1, "TO BOOK  Rapid access physio");
	row_has(p, 2, "3 to be booked");
	row_has(p, 4, "1 1 OVER");
	row_has(p, 4, "ELLIS");
	row_has(p, 5, "WEBB");
	row_has(p, 6, "OKAFOR");
	pty_keys(p, "<Tab>");
	row_has(p, 2, "1 to be booked");
	row_has(p, 4, "WEBB");
	end(p);
}
END_TEST

START_TEST(enter_opens_the_booking_and_whoever_is_booked_leaves_the_list)
{
	struct pty *p;

	some_waits();
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, "gp<Enter>");
	row_has(p, 1, "BOOK  Rapid access physio");
	ck_assert_int_gt(pty_find(p, "ELLIS"), 0);
	pty_keys(p, "<Enter>");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM booking JOIN referral r"
					    " ON r.id = booking.episode"),
			 1);
	pty_keys(p, "<F3>gp");
	row_has(p, 2, "2 to be booked");
	ck_assert_int_eq(pty_find(p, "ELLIS"), 0);
	end(p);
}
END_TEST

START_TEST(over_an_open_flag_no_list_of_times_opens_and_none_is_held)
{
	struct flag_ask red = { .kind = FLAG_RED };
	struct pty *p;

	some_waits();
	red.person = b.ellis;
	red.service = b.physio;
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(flag_raise(&b.c.desk, &red, NULL, &err), err);
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, "gp<Enter>");
	row_has(p, 1, "TO BOOK");
	row_has(p, 23, "E A red flag is open: nothing is booked until a clinician clears it.");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM desk_hold"), 0);
	end(p);
}
END_TEST

START_TEST(whoever_cancels_is_on_the_list_again)
{
	struct booking_ask ask;
	struct id appt, episode;
	struct pty *p;

	booked_open(&b);
	episode = accepted_as("r.adeyemi", b.okafor, b.physio, 3);
	ask = (struct booking_ask){ .person = b.okafor,
				    .service = b.physio,
				    .episode = episode,
				    .clinician = b.marsh,
				    .starts = next_thu(10, 0) };
	ck_ok(booking_book(&b.c.desk, &ask, &appt, &err), err);
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, "gp");
	row_has(p, 2, "0 to be booked");
	clinic_sit(&b.c, "p.shah");
	ck_ok(booking_cancel(&b.c.desk, appt, CANCEL_PERSON, "ill", &err), err);
	pty_wait_for(p, "OKAFOR");
	row_has(p, 2, "1 to be booked");
	end(p);
}
END_TEST

START_TEST(no_answer_is_three_keys_and_after_the_contracts_tries_they_were_not_reached)
{
	struct pty *p;

	some_waits();
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, "gp");
	pty_count_start(p);
	pty_keys(p, "2rv");
	ck_assert_int_le(pty_count(p), 3);
	row_has(p, 23, "M WEBB: try 1, again Thu 12-Mar-2026");
	row_has(p, 5, "1   today ");
	pty_keys(p, "rt");
	row_has(p, 23, "M WEBB: try 2, again Mon 16-Mar-2026 09:00");
	row_has(p, 5, "2   16-Mar 09:00");
	booked_sql(&b, "UPDATE reach SET next_at = next_at - 5 * 86400 WHERE how = 'text'");
	pty_keys(p, "<F5>");
	row_has(p, 5, "2   now (11-Mar)");
	booked_sql(&b, "UPDATE reach SET next_at = next_at + 5 * 86400 WHERE how = 'text'");
	pty_keys(p, "rv");
	row_has(p, 23, "M WEBB: try 3 was the last: not reached.");
	row_has(p, 5, "3   not reached");
	/* The nurse is told; one key takes the try back, and that. */
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM task WHERE kind = 'rebook'"
					    " AND state = 'open'"),
			 1);
	pty_keys(p, "u");
	row_has(p, 5, "2   16-Mar 09:00");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM task WHERE kind = 'rebook'"
					    " AND state = 'open'"),
			 0);
	end(p);
}
END_TEST

START_TEST(a_nurse_ends_a_row_with_its_reason_and_reception_cannot)
{
	struct pty *p;

	some_waits();
	p = at_desk(&b.c, "r.adeyemi", NULL);
	pty_keys(p, "<F3>gp");
	row_has(p, 4, "ELLIS");
	pty_keys(p, "X");
	row_has(p, 23, "End ELLIS?");
	pty_keys(p, "v");
	row_has(p, 23, "M ELLIS is not booked any more: could not be reached.  u Undo");
	row_has(p, 2, "2 to be booked");
	pty_keys(p, "u");
	row_has(p, 2, "3 to be booked");
	at_desk_end(p);
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, "gpX");
	row_has(p, 23, "E Your role may not");
	row_has(p, 2, "3 to be booked");
	end(p);
}
END_TEST

START_TEST(the_private_list_is_nowhere_for_who_may_not_see_it)
{
	struct pty *p;

	some_waits();
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, "gc");
	row_has(p, 23, "E g c goes nowhere.");
	row_has(p, 1, "DESK");
	pty_keys(p, ":private");
	ck_assert_int_eq(pty_find(p, "who is to be booked, private"), 0);
	pty_keys(p, "<Esc><Esc>gp<Tab><Tab><Tab><Tab>");
	ck_assert_int_eq(pty_find(p, "ounsel"), 0);
	at_desk_end(p);
	p = at_desk(&b.c, "s.kelly", NULL);
	pty_keys(p, "<F3>gc");
	row_has(p, 1, "TO BOOK");
	row_has(p, 2, "1 to be booked");
	row_has(p, 4, "WEBB");
	at_desk_end(p);
	/* Who sits at its desk by right has it too. */
	booked_sql(&b, "INSERT INTO user_right (id, user, name, state) SELECT 77, id,"
		       " 'counselling_desk', 'on' FROM user WHERE name = 'p.shah'");
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, "gc");
	row_has(p, 4, "WEBB");
	end(p);
}
END_TEST

TEST_MAIN("to_book", a_nurse_ends_a_row_with_its_reason_and_reception_cannot,
	  the_list_stands_as_drawn, whose_day_is_nearest_is_first_and_tab_goes_round_the_services,
	  enter_opens_the_booking_and_whoever_is_booked_leaves_the_list,
	  over_an_open_flag_no_list_of_times_opens_and_none_is_held,
	  whoever_cancels_is_on_the_list_again,
	  no_answer_is_three_keys_and_after_the_contracts_tries_they_were_not_reached,
	  the_private_list_is_nowhere_for_who_may_not_see_it)
