/*
 * test_waiting.c: S9: a freed time, and who waits for one: what stands there, what came of a call,
 * and how few keys it takes.
 */
#include "suite.h"

#include <stdio.h>
#include <string.h>

#include "at_desk.h"
#include "base/alloc.h"
#include "booked.h"
#include "clinic/booking.h"
#include "clinic/referral.h"
#include "clinic/wait.h"
#include "diaries.h"
#include "nodes.h"

static struct booked b;
static struct err err;

static struct id accepted(struct id person, int priority)
{
	struct referral_ask ask = { .person = person,
				    .service = b.physio,
				    .type = REF_SELF,
				    .urgency = -1,
				    .agreed = b.c.desk.today };
	struct decide_ask how = { .priority = priority, .suggested = -1 };
	struct id id = { 0 };

	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(referral_add(&b.c.desk, &ask, &id, &err), err);
	ck_ok(triage_decide(&b.c.desk, id, &how, &err), err);
	return id;
}

static struct id waits(struct id episode, unsigned days, int after, const char *sites, int notice)
{
	struct wait_ask ask = {
		.episode = episode,
		.wish = { .days = days, .after = after, .notice = notice, .from = DATE_NONE }
	};
	struct id id = { 0 };

	snprintf(ask.wish.sites, sizeof ask.wish.sites, "%s", sites);
	ck_ok(wait_add(&b.c.desk, &ask, &id, &err), err);
	return id;
}

static struct id book(struct id person, struct id clinician, struct moment starts)
{
	struct booking_ask ask = {
		.person = person, .service = b.physio, .clinician = clinician, .starts = starts
	};
	struct id id = { 0 };

	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	return id;
}

/* Okafor is booked on the Thursday after; Ellis waits and has a later time, Webb and a third wait
 * with other wishes, and one of another employer does. */
static void some_wait(void)
{
	struct id ellis, yates;

	booked_open(&b);
	booked_sql(
		&b,
		"INSERT INTO contact (id, scope, person, kind, value, text_ok, source, at, state)"
		" SELECT 600000 + id, scope, id, 'mobile', '0770090012' || (id % 10), 1, 'desk',"
		" 1, 'on' FROM person");
	yates = at_desk_person(&b.c, "WVH", "Yates|Carl|Mr|27/5/1977||20777777|07700 900444");
	ellis = accepted(b.ellis, 1);
	accepted(b.okafor, 3);
	waits(accepted(b.webb, 2), 1 << 3, 0, "", 24);
	waits(accepted(b.kestrel, 2), 0, 0, "hbr", 24);
	waits(accepted(yates, 3), 1 << 0, 0, "", 24);
	booked_sql(&b, "UPDATE episode SET target = 20520 WHERE priority = 3");
	clinic_sit(&b.c, "p.shah");
	book(b.okafor, b.marsh, next_thu(10, 0));
	book(b.ellis, b.marsh, next_thu(12, 40));
	waits(ellis, 0, 0, "", 2);
}

static void end(struct pty *p)
{
	at_desk_end(p);
	booked_close(&b);
}

static int taken(void)
{
	return (int)clinic_count(&b.c, "SELECT count(*) FROM wait WHERE state = 'taken'");
}

START_TEST(a_cancelled_slot_is_filled_in_fourteen_keys)
{
	struct pty *p;

	some_wait();
	p = at_desk(&b.c, "p.shah", NULL);
	pty_count_start(p);
	pty_keys(p, "/okaf<Enter>Xpw");
	row_has(p, 1, "WAITING  fill a freed slot");
	row_has(p, 2, "FREE  Thu 19-Mar-2026 10:00  Northgate  Marsh  new 40");
	row_has(p, 2, "freed 09:42 by OKAFOR");
	row_has(p, 5, "ELLIS, Marcus");
	pty_keys(p, "<Enter>y");
	ck_assert_int_le(pty_count(p), 14);
	ck_assert_int_eq(pty_count(p), 11);
	row_has(p, 23, "ELLIS, Marcus has 19-Mar 10:00 now, 19-Mar 12:40 is free.  u Undo");
	ck_assert_int_eq(taken(), 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM slot WHERE appt IS NOT NULL"), 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM desk_hold"), 0);
	/* One step, one undo. */
	pty_keys(p, "u");
	ck_assert_int_eq(taken(), 0);
	end(p);
}
END_TEST

START_TEST(who_fits_stands_as_drawn)
{
	static const struct {
		int rows, cols;
		const char *locale, *picture;
	} looks[] = { { 24, 80, NULL, "tests/screens/fill.screen" },
		      { 43, 132, NULL, "tests/screens/fill_132x43.screen" },
		      { 24, 80, "C", "tests/screens/fill_ascii.screen" } };

	some_wait();
	for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
		struct pty_options how = { .rows = looks[i].rows,
					   .cols = looks[i].cols,
					   .locale = looks[i].locale };
		struct pty *p = at_desk(&b.c, "p.shah", &how);

		pty_keys(p, "/okaf<Enter>Xpw<Enter>v");
		ck_assert(pty_screen_is(p, looks[i].picture));
		/* The try, the cancellation: as it was. */
		pty_keys(p, "<Esc>uu");
		at_desk_end(p);
	}
	booked_close(&b);
}
END_TEST

START_TEST(the_list_stands_as_drawn_and_a_row_leaves_with_a_reason)
{
	struct pty *p;

	some_wait();
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, "gw");
	ck_assert(pty_screen_is(p, "tests/screens/waiting.screen"));
	pty_keys(p, "e");
	row_has(p, 23, "What would do");
	pty_keys(p, "<C-u>fri after 15:00, ngt, phone, 4 h notice<Enter>");
	row_has(p, 4, "NGT, Fri after 15:00, ph");
	row_has(p, 23, "NGT, Fri after 15:00, phone, 4 h notice");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM wait WHERE days = 16 AND"
					    " after = 900 AND sites = 'NGT' AND modes = 2"
					    " AND notice = 4"),
			 1);
	/* What stands there is what was said, and stays when it is not changed. */
	pty_keys(p, "e");
	row_has(p, 23, "NGT, Fri after 15:00, phone, 4 h notice");
	pty_keys(p, "<Enter>");
	row_has(p, 4, "NGT, Fri after 15:00, ph");
	pty_keys(p, "e");
	pty_keys(p, "<C-u>fri at nowhere<Enter>");
	row_has(p, 22, "'nowhere' was not understood");
	pty_keys(p, "<Esc>");
	pty_keys(p, "X");
	pty_keys(p, "found another clinic<Enter>");
	row_has(p, 23, "is off the waiting list");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM wait WHERE state = 'removed'"
					    " AND why = 'found another clinic'"),
			 1);
	pty_keys(p, "u");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM wait WHERE state = 'removed'"),
			 0);
	end(p);
}
END_TEST

START_TEST(whoever_says_no_or_does_not_answer_is_noted_and_the_next_is_rung)
{
	struct pty *p;
	int row, col;

	some_wait();
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, "/okaf<Enter>Xpw<Enter>");
	row_has(p, 23, "ELLIS, Marcus 07700 90012");
	row_has(p, 23, "y takes it  n says no  v no answer  t text  Esc");
	pty_keys(p, "n");
	pty_keys(p, "works that day<Enter>");
	row_has(p, 5, "said no");
	pty_cursor(p, &row, &col);
	ck_assert_int_eq(row, 6);
	pty_keys(p, "<Enter>v");
	row_has(p, 6, "no ans.");
	pty_cursor(p, &row, &col);
	ck_assert_int_eq(row, 7);
	/* The last of them: what now? */
	pty_keys(p, "<Enter>v");
	row_has(p, 23, "Nobody took it. Open to all now?");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM desk_hold"), 1);
	pty_keys(p, "y");
	row_has(p, 1, "PERSON");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM desk_hold"), 0);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM wait WHERE state = 'waiting'"),
			 4);
	end(p);
}
END_TEST

START_TEST(f_shows_whom_it_does_not_fit_and_why_not)
{
	struct pty *p;

	some_wait();
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, "/okaf<Enter>Xpw");
	row_has(p, 3, "Fits 3 of 4  f");
	ck_assert_int_eq(pty_find(p, "YATES"), 0);
	pty_keys(p, "f");
	row_has(p, pty_find(p, "YATES"), "not day");
	/* All of them can be rung, also who came into view by it. */
	row_has(p, pty_find(p, "YATES"), "07700 900");
	pty_keys(p, "f");
	ck_assert_int_eq(pty_find(p, "YATES"), 0);
	end(p);
}
END_TEST

START_TEST(the_slot_is_held_while_you_ring_and_a_text_keeps_it_for_a_reply)
{
	struct booking_ask ask = { .starts = next_thu(10, 0) };
	struct id id;
	struct pty *p;

	some_wait();
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, "/okaf<Enter>Xpw");
	clinic_sit(&b.c, "r.adeyemi");
	ask.person = b.okafor;
	ask.service = b.physio;
	ask.clinician = b.marsh;
	ck_refused(booking_book(&b.c.desk, &ask, &id, &err), err, ERR_CLASH);
	pty_keys(p, "<Space><Down><Space>t");
	row_has(p, 23, "2 are texted");
	row_has(p, 5, "text 30m");
	row_has(p, 6, "text 30m");
	pty_keys(p, "<Esc>");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM desk_hold"), 0);
	ck_refused(booking_book(&b.c.desk, &ask, &id, &err), err, ERR_CLASH);
	end(p);
}
END_TEST

/* By the desk that rings. */
#define HELD                                                                                       \
	"SELECT count(*) FROM desk_hold WHERE user = (SELECT id FROM user WHERE name = 'p.shah')"

START_TEST(all_of_a_time_is_held_while_you_ring_and_another_desk_sees_it)
{
	struct pty *one, *two;
	struct booking_ask ask = { .starts = next_thu(10, 20) };
	struct id id;

	some_wait();
	booked_sql(&b, "UPDATE wait SET notice = 0, sites = ''");
	/* A first attendance takes two of these. */
	clinic_sit(&b.c, "p.shah");
	ck_ok(booking_cancel(&b.c.desk, book(b.kestrel, b.obi, next_thu(10, 0)), CANCEL_PERSON,
			     "ill", &err),
	      err);
	one = at_desk(&b.c, "p.shah", NULL);
	two = at_desk(&b.c, "r.adeyemi", NULL);
	pty_keys(one, "/yusuf<Enter>w");
	row_has(one, 2, "FREE  Thu 19-Mar-2026 10:00  Harbour  Obi");
	ck_assert_int_eq(clinic_count(&b.c, HELD), 2);
	/* The second half of it is nobody else's. */
	clinic_sit(&b.c, "r.adeyemi");
	ask.person = b.webb;
	ask.service = b.physio;
	ask.clinician = b.obi;
	ck_refused(booking_book(&b.c.desk, &ask, &id, &err), err, ERR_CLASH);
	pty_keys(two, "/webb<Enter>b");
	ck_assert_int_gt(pty_find(two, "p.shah holds it"), 0);
	/* Offered in a text, all of it is kept. */
	pty_keys(one, "t");
	row_has(one, 23, "is texted");
	pty_keys(one, "<Esc>");
	ck_assert_int_eq(clinic_count(&b.c, HELD), 0);
	ck_refused(booking_book(&b.c.desk, &ask, &id, &err), err, ERR_CLASH);
	at_desk_end(two);
	end(one);
}
END_TEST

START_TEST(another_sites_slot_says_who_confirms_it_and_that_nobody_could_ask)
{
	struct network n;
	struct id appt;
	struct pty *p;

	nodes_open(&n);
	appt = nodes_book(&n.north, "p.shah", n.okafor, "obi", at_of(2026, 3, 13, 13, 0));
	nodes_in_step(&n);
	clinic_sit(&n.north, "p.shah");
	ck_ok(booking_cancel(&n.north.desk, appt, CANCEL_PERSON, "ill", &err), err);
	nodes_in_step(&n);
	p = at_desk(&n.north, "p.shah", NULL);
	pty_keys(p, "/okaf<Enter>w");
	row_has(p, 2, "FREE  Fri 13-Mar-2026 13:00");
	row_has(p, 3, "T: Harbour has to confirm it");
	row_has(p, 23, "W Harbour holds this slot: a booking waits for its answer (T).");
	pty_keys(p, "<Esc>");
	nodes_lost(&n.north);
	pty_wait_for(p, "OFFLINE");
	pty_keys(p, "w");
	row_has(p, 3, "T: Harbour has to confirm it, not checked: offline");
	row_has(p, 23,
		"W Offline: Harbour's slot, not checked: a booking waits for its answer (T).");
	at_desk_end(p);
	nodes_close(&n);
}
END_TEST

START_TEST(no_one_waiting_and_enter_opens_it_to_everyone)
{
	struct pty *p;

	booked_open(&b);
	clinic_sit(&b.c, "p.shah");
	book(b.okafor, b.marsh, next_thu(10, 0));
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, "/okaf<Enter>Xpw");
	row_has(p, 5, "No one waiting fits. Enter opens the slot to everyone.");
	pty_keys(p, "<Enter>");
	row_has(p, 23, "The slot is open to everyone.");
	row_has(p, 1, "PERSON");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM desk_hold"), 0);
	end(p);
}
END_TEST

START_TEST(the_now_line_says_how_many_a_freed_time_is_for)
{
	struct pty *p;

	some_wait();
	booked_sql(&b, "UPDATE wait SET notice = 0");
	clinic_sit(&b.c, "p.shah");
	ck_ok(booking_cancel(&b.c.desk, book(b.kestrel, b.marsh, thu(12, 40)), CANCEL_PERSON, "ill",
			     &err),
	      err);
	p = at_desk(&b.c, "p.shah", NULL);
	ck_assert_int_gt(pty_find(p, "12:40 Marsh is free"), 0);
	row_has(p, pty_find(p, "12:40 Marsh is free"), ": w offers it to 3 waiting");
	pty_keys(p, "<Home>w");
	row_has(p, 1, "WAITING  fill a freed slot");
	end(p);
}
END_TEST

START_TEST(w_on_a_row_that_is_booked_waits_for_something_earlier)
{
	struct pty *p;

	some_wait();
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, "/okaf<Enter>w");
	pty_keys(p, "mon, thu<Enter>");
	row_has(p, 23, "OKAFOR, Adaeze waits for something earlier");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM wait WHERE earlier"), 2);
	pty_keys(p, "u");
	ck_assert_int_eq(
		clinic_count(&b.c, "SELECT count(*) FROM wait WHERE earlier AND state = 'waiting'"),
		1);
	end(p);
}
END_TEST

START_TEST(w_on_a_private_row_asks_nothing_and_sends_to_its_own_desk)
{
	struct booking_ask ask = { .starts = next_thu(11, 0) };
	struct pty *p;
	struct id id;

	some_wait();
	/* The one thing that Webb is booked for. */
	ask.person = b.webb;
	ask.service = b.couns;
	ask.clinician = b.kelly;
	clinic_sit(&b.c, "s.kelly");
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	p = at_desk(&b.c, "p.shah", NULL);
	pty_keys(p, "/webb<Enter>w");
	row_has(p, 23, "E A private service is booked by its own desk: ask there.");
	end(p);
}
END_TEST

TEST_MAIN("waiting", a_cancelled_slot_is_filled_in_fourteen_keys, who_fits_stands_as_drawn,
	  the_list_stands_as_drawn_and_a_row_leaves_with_a_reason,
	  whoever_says_no_or_does_not_answer_is_noted_and_the_next_is_rung,
	  f_shows_whom_it_does_not_fit_and_why_not,
	  the_slot_is_held_while_you_ring_and_a_text_keeps_it_for_a_reply,
	  all_of_a_time_is_held_while_you_ring_and_another_desk_sees_it,
	  another_sites_slot_says_who_confirms_it_and_that_nobody_could_ask,
	  no_one_waiting_and_enter_opens_it_to_everyone,
	  the_now_line_says_how_many_a_freed_time_is_for,
	  w_on_a_row_that_is_booked_waits_for_something_earlier,
	  w_on_a_private_row_asks_nothing_and_sends_to_its_own_desk)
