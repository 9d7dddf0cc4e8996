/*
 * test_decided.c: what triage decides of whom, where and how is what the booking asks for, by every
 * way to it; and it is seen there, and can be taken out.
 */
#include "suite.h"

#include <stdio.h>

#include "at_desk.h"
#include "base/text.h"
#include "booked.h"
#include "clinic/booking.h"
#include "clinic/prospect.h"
#include "clinic/referral.h"

static struct booked b;
static struct err err;
static struct id one;

/* ELLIS, to be triaged for physiotherapy.  Without a wish Obi at Harbour is first. */
static void waiting(void)
{
	struct referral_ask ask = { .type = REF_SELF, .source = FROM_SELF, .urgency = 2 };

	booked_open(&b);
	err_clear(&err);
	ask.person = b.ellis;
	ask.service = b.physio;
	ask.agreed = b.c.desk.today;
	clinic_sit(&b.c, "p.shah");
	ck_ok(referral_add(&b.c.desk, &ask, &one, &err), err);
}

static void decided(struct decide_ask how)
{
	how.priority = 2;
	how.suggested = -1;
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(triage_decide(&b.c.desk, one, &how, &err), err);
	clinic_sit(&b.c, "p.shah");
}

static void end(struct pty *p)
{
	at_desk_end(p);
	booked_close(&b);
}

START_TEST(what_was_chosen_on_the_decision_is_what_b_searches_for)
{
	struct pty *p;

	waiting();
	p = at_desk(&b.c, "r.adeyemi", NULL);
	pty_keys(p, "<F3>gt<Enter><Tab><Tab><Tab><Tab>n<Tab>m<Tab>p<Tab><Tab><Tab>b");
	row_has(p, 1, "BOOK");
	row_has(p, 5, "Sites [NGT___]");
	row_has(p, 5, "With [marsh]");
	row_has(p, 5, "Mode [phone]");
	row_has(p, 18, "r.adeyemi decided: with Marsh, at Northgate, by phone.");
	row_has(p, 7, "Northgate");
	row_has(p, 7, "Marsh");
	ck_assert_int_eq(pty_find(p, "Harbour"), 0);
	pty_keys(p, "<Enter>");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM appointment a JOIN clinician c"
					    " ON c.id = a.clinician JOIN site s ON s.id = a.site"
					    " WHERE c.code = 'marsh' AND s.code = 'NGT'"
					    " AND a.mode = 'phone'"),
			 1);
	end(p);
}
END_TEST

START_TEST(a_skill_that_was_chosen_keeps_to_those_who_have_it_and_can_be_taken_out)
{
	struct pty *p;

	waiting();
	decided((struct decide_ask){ .skill = "hands" });
	p = at_desk(&b.c, "p.shah", NULL);
	/* The list of who is to be booked opens the same. */
	pty_keys(p, "gp<Enter>");
	row_has(p, 1, "BOOK");
	row_has(p, 5, "With [hands]");
	row_has(p, 7, "Marsh");
	ck_assert_int_eq(pty_find(p, "Obi"), 0);
	row_has(p, 18, "r.adeyemi decided: with the skill hands.  e changes it.");
	pty_keys(p, "e<Tab><Tab><C-u><Enter>");
	row_has(p, 7, "Obi");
	/* And put in again by its word, or as the list of choices has it. */
	pty_keys(p, "ehands");
	ck_assert_int_gt(pty_find(p, "=> with whoever has the skill hands"), 0);
	pty_keys(p, "<C-u>skill: hands<Enter>");
	row_has(p, 7, "Marsh");
	ck_assert_int_eq(pty_find(p, "Obi"), 0);
	end(p);
}
END_TEST

START_TEST(who_waits_for_a_freed_time_is_said_to_wait_for_anybody_s)
{
	struct pty *p;

	waiting();
	decided((struct decide_ask){ .skill = "hands" });
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, "gp<Enter>w");
	row_has(p, 23, "W ELLIS, Marcus waits for a time of anybody's: the list knows no skill");
	end(p);
}
END_TEST

START_TEST(the_person_s_own_screen_opens_the_booking_so_too)
{
	struct pty *p;

	waiting();
	decided((struct decide_ask){ .clinician = b.marsh, .site = b.hbr });
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, "/ellis<Enter>b");
	row_has(p, 1, "BOOK");
	row_has(p, 5, "Sites [HBR___]");
	row_has(p, 5, "With [marsh]");
	/* She is never at Harbour: that is said, and what to do. */
	ck_assert_int_gt(pty_find(p, "Nothing is free.  e changes the search"), 0);
	pty_keys(p, "e<Tab><C-u><Enter>");
	row_has(p, 7, "Marsh");
	end(p);
}
END_TEST

START_TEST(it_is_about_the_first_attendance_alone_and_asks_for_nothing_that_is_gone)
{
	struct booking_ask ask = { 0 };
	struct clinic later;
	struct prospect p;
	struct id appt;

	waiting();
	decided((struct decide_ask){ .clinician = b.marsh, .site = b.ngt, .mode = MODE_PHONE });
	ck_ok(prospect_new(&b.c.desk, b.ellis, b.physio, &p, &err), err);
	ck_assert(id_same(p.decided.clinician, b.marsh) && id_same(p.decided.site, b.ngt));
	ck_assert_str_eq(p.decided.mode, "phone");
	booked_sql(&b, "UPDATE clinician SET state = 'off' WHERE code = 'marsh';"
		       "UPDATE site SET state = 'off' WHERE code = 'NGT';"
		       "UPDATE service SET modes = 'face' WHERE code = 'PHYSIO'");
	clinic_second(&b.c, &later, "p.shah");
	ck_ok(prospect_new(&later.desk, b.ellis, b.physio, &p, &err), err);
	clinic_second_close(&later);
	ck_assert(id_none(p.decided.clinician) && id_none(p.decided.site));
	ck_assert_str_eq(p.decided.mode, "");
	ask = (struct booking_ask){
		.person = b.ellis, .service = b.physio, .clinician = b.obi, .starts = thu(10, 0)
	};
	ck_ok(booking_book(&b.c.desk, &ask, &appt, &err), err);
	ck_ok(prospect_new(&b.c.desk, b.ellis, b.physio, &p, &err), err);
	ck_assert(id_none(p.decided.id));
	booked_close(&b);
}
END_TEST

TEST_MAIN("decided", what_was_chosen_on_the_decision_is_what_b_searches_for,
	  a_skill_that_was_chosen_keeps_to_those_who_have_it_and_can_be_taken_out,
	  who_waits_for_a_freed_time_is_said_to_wait_for_anybody_s,
	  the_person_s_own_screen_opens_the_booking_so_too,
	  it_is_about_the_first_attendance_alone_and_asks_for_nothing_that_is_gone)
