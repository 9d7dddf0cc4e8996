/*
 * test_decide.c: S7: what is read before a decision, what each key does to it, what a flag keeps
 * from being decided, who else has it open: the test is the other desk.
 */
#include "suite.h"

#include <stdio.h>

#include "at_desk.h"
#include "base/alloc.h"
#include "booked.h"
#include "clinic/deciding.h"
#include "clinic/referral.h"
#include "clinic/session.h"

static struct booked b;
static struct err err;
static struct id formed, plain, late, not_yet, hidden;

static struct id refer(const char *user, struct id person, struct id service, int urgency,
		       bool agreed)
{
	struct referral_ask ask = { .person = person,
				    .service = service,
				    .type = REF_MGT,
				    .source = FROM_MANAGER,
				    .urgency = urgency,
				    .reasons = "msk",
				    .words = "cannot lift since the fall",
				    .agreed = agreed ? b.c.desk.today : DATE_NONE };
	struct id id = { 0 };

	clinic_sit(&b.c, user);
	ck_ok(referral_add(&b.c.desk, &ask, &id, &err), err);
	return id;
}

static struct id by_form(struct id person, const char *text)
{
	const struct form_ask ask = { .form = "rap_physio_self",
				      .path = "answers",
				      .text = text,
				      .n = strlen(text),
				      .person = person };
	struct id id = { 0 };

	clinic_sit(&b.c, "p.shah");
	ck_ok(referral_by_form(&b.c.desk, &ask, &id, &err), err);
	return id;
}

/* On top one with a red flag, by its form; then ELLIS without consent, whom the clock has passed;
 * OKAFOR (P2 was asked for) and YUSUF. */
static void some_referrals(void)
{
	booked_open(&b);
	formed = by_form(b.webb, "[answers]\nwhere = b\nsince = 2026-03-08\nhow = t\npain = 8\n"
				 "saddle = n\nwater = n\nbowel = n\nlegs_both = u\nweaker = n\n"
				 "unwell = n\nfall = n\noff_work = y\nconsent_assess = y\n"
				 "consent_gp = y\nphone = 07700 900562\n"
				 "words = Tingling in the left leg, the right felt odd\n");
	plain = refer("p.shah", b.okafor, b.physio, 2, true);
	late = refer("p.shah", b.kestrel, b.ohn, -1, true);
	not_yet = refer("p.shah", b.ellis, b.ohn, -1, false);
	hidden = refer("s.kelly", b.okafor, b.couns, -1, true);
	booked_sql(&b, "UPDATE referral SET received = received - 6 * 86400 WHERE state = 'new'");
}

static int64_t in_state(const char *state)
{
	char sql[120];

	snprintf(sql, sizeof sql, "SELECT count(*) FROM referral WHERE state = '%s'", state);
	return clinic_count(&b.c, sql);
}

static struct pty *inbox(void)
{
	struct pty *p = at_desk(&b.c, "r.adeyemi", NULL);

	pty_keys(p, "<F3>gt");
	row_has(p, 4, "WEBB");
	row_has(p, 6, "OKAFOR");
	row_has(p, 7, "YUSUF");
	return p;
}

static void end(struct pty *p)
{
	at_desk_end(p);
	booked_close(&b);
}

START_TEST(the_decision_stands_as_drawn)
{
	static const struct {
		int rows, cols;
		const char *locale, *picture;
	} looks[] = { { 24, 80, NULL, "tests/screens/decide.screen" },
		      { 43, 132, NULL, "tests/screens/decide_132x43.screen" },
		      { 24, 80, "C", "tests/screens/decide_ascii.screen" } };

	some_referrals();
	for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
		struct pty_options how = { .rows = looks[i].rows,
					   .cols = looks[i].cols,
					   .locale = looks[i].locale };
		struct pty *p = at_desk(&b.c, "r.adeyemi", &how);

		pty_keys(p, "<F3>gt<Enter>");
		ck_assert(pty_screen_is(p, looks[i].picture));
		at_desk_end(p);
	}
	booked_close(&b);
}
END_TEST

START_TEST(what_raised_the_flag_is_marked_their_own_words_are_quoted_and_the_flag_is_taken)
{
	struct pty *p;
	int row;

	some_referrals();
	p = inbox();
	pty_keys(p, "<Enter>");
	row_has(p, 4, "RED FLAG");
	/* Reading it is looking after it. */
	ck_assert_int_eq(
		clinic_count(&b.c, "SELECT count(*) FROM flag_call WHERE result = 'taken'"), 1);
	row = pty_find(p, "UNSURE  !R");
	ck_assert_int_gt(row, 0);
	ck_assert(pty_bold(p, row, pty_column(p, row, "UNSURE")));
	ck_assert_int_gt(pty_find(p, "SAFETY ANSWERS"), 0);
	ck_assert_int_eq(pty_find(p, "NO  !R"), 0);
	pty_keys(p, "<PgDn>");
	ck_assert_int_gt(pty_find(p, "WORDS"), 0);
	ck_assert_int_gt(pty_find(p, "\"Tingling in the left leg"), 0);
	ck_assert_int_gt(pty_find(p, "PREVIOUS  none with this service"), 0);
	end(p);
}
END_TEST

/* A walk-in or a booking opens an episode that no referral lent its number. */
START_TEST(a_course_of_care_before_it_is_read_whether_or_not_a_referral_opened_it)
{
	struct pty *p;

	some_referrals();
	booked_sql(
		&b,
		"INSERT INTO episode (id, scope, number, person, service, customer, priority, received,"
		" state, opened_at) SELECT 77, r.scope, 'MSK-25-N0777', r.person, r.service, r.customer,"
		" 3, 20300, 'closed', 1754000000 FROM referral r JOIN flag f ON f.person = r.person");
	p = inbox();
	pty_keys(p, "<Enter><PgDn>");
	ck_assert_int_gt(pty_find(p, "PREVIOUS WITH THIS SERVICE"), 0);
	ck_assert_int_gt(pty_find(p, "MSK-25-N0777"), 0);
	end(p);
}
END_TEST

START_TEST(one_is_accepted_as_suggested_in_two_keys_and_the_next_stands_there)
{
	struct pty *p;

	some_referrals();
	p = inbox();
	pty_keys(p, "3");
	pty_count_start(p);
	pty_keys(p, "<Enter>a");
	ck_assert_int_le(pty_count(p), 2);
	row_has(p, 23, "M OKAFOR accepted, P2 soon.");
	row_has(p, 1, "4 of 4");
	row_has(p, 2, "YUSUF");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM decision WHERE priority = 2"
					    " AND suggested_priority = 2 AND state = 'on'"),
			 1);
	/* Of the last the inbox is left, and what was done there can be taken back. */
	pty_keys(p, "a");
	row_has(p, 1, "TRIAGE  inbox");
	row_has(p, 23, "M YUSUF accepted, P3 routine.");
	ck_assert_int_eq(in_state("to_book"), 2);
	pty_keys(p, "u");
	ck_assert_int_eq(in_state("to_book"), 1);
	end(p);
}
END_TEST

START_TEST(another_priority_is_three_keys_and_what_was_suggested_is_kept_beside_it)
{
	struct pty *p;

	some_referrals();
	p = inbox();
	pty_keys(p, "3");
	pty_count_start(p);
	pty_keys(p, "<Enter>1a");
	ck_assert_int_le(pty_count(p), 3);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM decision WHERE priority = 1"
					    " AND suggested_priority = 2"
					    " AND suggested_pathway = 'book'"),
			 1);
	end(p);
}
END_TEST

START_TEST(accept_and_book_is_six_keys_and_the_next_waits_behind_the_booking)
{
	struct pty *p;

	some_referrals();
	p = inbox();
	pty_count_start(p);
	pty_keys(p, "3<Enter>b");
	row_has(p, 1, "BOOK");
	row_has(p, 2, "OKAFOR");
	pty_keys(p, "<Enter>");
	ck_assert_int_le(pty_count(p), 6);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM appointment"), 1);
	row_has(p, 2, "YUSUF");
	end(p);
}
END_TEST

START_TEST(tab_goes_through_the_fields_and_what_is_typed_there_is_decided)
{
	char *note;
	struct pty *p;

	some_referrals();
	p = inbox();
	/* Pathway, risk, service, site, clinician, mode, call, note; and back to the priority. */
	pty_keys(p, "3<Enter><Tab><Tab><Tab><Tab>n<Tab>m<Tab>p<Tab><Tab>2 wants mornings<Tab>1a");
	row_has(p, 23, "M OKAFOR accepted, P1 urgent.");
	ck_assert_int_eq(clinic_count(&b.c,
				      "SELECT count(*) FROM decision d JOIN clinician c"
				      " ON c.id = d.clinician JOIN site s ON s.id = d.site WHERE"
				      " c.surname = 'Marsh' AND s.code = 'NGT'"
				      " AND d.mode = 'phone' AND d.priority = 1"),
			 1);
	note = booked_text(&b, "SELECT words FROM referral_comment WHERE kind = 'decision'");
	ck_assert_str_eq(note, "2 wants mornings");
	mem_free(note);
	end(p);
}
END_TEST

START_TEST(advice_ends_it_and_papers_first_stops_its_clock)
{
	struct pty *p;

	some_referrals();
	p = inbox();
	pty_keys(p, "3<Enter><Tab>ad<Esc>a");
	row_has(p, 23, "M OKAFOR answered with advice, P2 soon.");
	ck_assert_int_eq(in_state("closed"), 1);
	pty_keys(p, "<Tab>p<Esc>a");
	row_has(p, 23, "M YUSUF accepted, papers first, P3 routine.");
	ck_assert_int_eq(in_state("triaged"), 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM pause WHERE kind = 'papers'"
					    " AND asked = 'manager'"),
			 1);
	end(p);
}
END_TEST

START_TEST(a_flagged_one_is_not_accepted_before_the_call_is_recorded)
{
	char *words;
	struct pty *p;

	some_referrals();
	p = inbox();
	pty_keys(p, "<Enter>a");
	row_has(p, 23, "E Red flag: record the call, or why none was made, before you accept (a).");
	/* Why none was made is the lead's to say. */
	pty_keys(p, "<S-Tab><S-Tab>no phone<Esc>a");
	row_has(p, 23, "E A flag is open and nobody has spoken to them: ring first.");
	pty_keys(p, "<S-Tab><S-Tab><C-u>told to go to ED now<Esc>re");
	row_has(p, 23, "M WEBB rung: spoke");
	row_has(p, 4, "Spoken to.");
	row_has(p, 22, "Rang 09:42, sent to ED");
	words = booked_text(&b, "SELECT words FROM flag_call WHERE result = 'spoke'");
	ck_assert_str_eq(words, "told to go to ED now");
	mem_free(words);
	ck_assert_int_eq(in_state("to_book"), 0);
	pty_keys(p, "a");
	row_has(p, 23, "M WEBB accepted, P0 now.");
	/* The flag stands: nothing is booked before a clinician clears it. */
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM decision WHERE pathway = 'ed'"
					    " AND suggested_pathway = 'ed' AND priority = 0"),
			 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM flag WHERE state = 'open'"), 1);
	end(p);
}
END_TEST

START_TEST(a_risk_that_is_chosen_is_a_flag_at_once_and_keeps_it_from_being_accepted)
{
	struct pty *p;

	some_referrals();
	p = inbox();
	pty_keys(p, "3<Enter><Tab><Tab>r<Esc>a");
	row_has(p, 23, "E Risk flag: record the call, or why none was made, before you accept");
	row_has(p, 4, "RISK FLAG");
	ck_assert_int_eq(in_state("to_book"), 0);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM flag WHERE kind = 'K'"
					    " AND state = 'open'"),
			 1);
	pty_keys(p, "rsa");
	row_has(p, 23, "M OKAFOR accepted");
	end(p);
}
END_TEST

START_TEST(without_consent_none_is_accepted_and_c_records_it)
{
	struct pty *p;

	some_referrals();
	p = inbox();
	pty_keys(p, "2<Enter>");
	row_has(p, 4, "NO CONSENT TO ASSESS");
	pty_keys(p, "a");
	row_has(p, 23, "E No consent to assess. c records it, X returns it.");
	pty_keys(p, "c");
	row_has(p, 23, "M ELLIS consents to be assessed");
	pty_keys(p, "a");
	row_has(p, 23, "M ELLIS accepted");
	end(p);
}
END_TEST

START_TEST(what_is_asked_sent_on_or_returned_makes_room_for_the_next_and_escalating_opens_the_card)
{
	struct pty *p;

	some_referrals();
	p = inbox();
	pty_keys(p, "3<Enter>qmWhich duties?<Enter>");
	row_has(p, 23, "M OKAFOR asked");
	row_has(p, 2, "YUSUF");
	pty_keys(p, "mHBR<Enter>");
	row_has(p, 23, "M YUSUF sent on to Harbour");
	row_has(p, 1, "TRIAGE  inbox");
	pty_keys(p, "<Home>2<Enter>EBleeds<Enter>");
	row_has(p, 23, "M ELLIS escalated");
	ck_assert_int_gt(pty_find(p, "CHECK TWO OF"), 0);
	pty_keys(p, "<Esc>XrWhich job?<Enter>");
	row_has(p, 23, "M ELLIS went back to who sent it");
	end(p);
}
END_TEST

START_TEST(who_comes_second_to_one_that_is_open_elsewhere_reads_it_only)
{
	struct clinic other;
	char who[CODE_TEXT];
	struct pty *p;

	some_referrals();
	clinic_second(&b.c, &other, "s.kelly");
	ck_ok(deciding_take(&other.desk, plain, who, &err), err);
	ck_assert_str_eq(who, "");
	p = inbox();
	pty_keys(p, "2<Down>");
	row_has(p, 23, "W s.kelly is deciding this now. Enter reads it only.");
	pty_keys(p, "<Enter>");
	row_has(p, 23, "W s.kelly is deciding this now.");
	row_has(p, 2, "OKAFOR");
	pty_keys(p, "1a");
	row_has(p, 23, "E s.kelly is deciding this now: it can be read only.");
	ck_assert_int_eq(in_state("to_book"), 0);
	/* Let go of, it is for whoever looks again. */
	deciding_leave(&other.desk);
	pty_keys(p, "<F5>a");
	row_has(p, 23, "M OKAFOR accepted");
	/* And this one is seen to be open here. */
	ck_ok(deciding_other(&other.desk, late, who, &err), err);
	ck_assert_str_eq(who, "r.adeyemi");
	pty_keys(p, "<Esc>");
	ck_ok(deciding_other(&other.desk, late, who, &err), err);
	ck_assert_str_eq(who, "");
	clinic_second_close(&other);
	end(p);
}
END_TEST

START_TEST(who_died_while_deciding_is_in_nobody_s_way)
{
	struct pty *p;

	some_referrals();
	booked_sql(&b, "INSERT INTO session (id, user, pid, born, terminal, since)"
		       " SELECT 77, id, 999999, 1, '', 0 FROM user WHERE name = 's.kelly'");
	booked_sql(&b, "INSERT INTO deciding SELECT id, 77, 0 FROM referral WHERE urgency = 2");
	p = inbox();
	pty_keys(p, "3<Enter>a");
	row_has(p, 23, "M OKAFOR accepted");
	end(p);
}
END_TEST

START_TEST(whoever_was_faster_is_named_with_what_they_decided)
{
	struct decide_ask how = { .priority = 0, .suggested = -1 };
	struct pty *p;

	some_referrals();
	p = inbox();
	pty_keys(p, "3<Enter>");
	clinic_sit(&b.c, "s.kelly");
	ck_ok(triage_decide(&b.c.desk, plain, &how, &err), err);
	pty_wait_for(p, "s.kelly decided it");
	row_has(p, 4, "s.kelly decided it Thu 12-Mar-2026 09:42: to book, P0 now.");
	pty_keys(p, "1a");
	row_has(p, 23, "E s.kelly decided it");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM decision"), 1);
	end(p);
}
END_TEST

START_TEST(what_was_typed_is_parked_and_comes_back)
{
	struct pty *p;

	some_referrals();
	p = inbox();
	pty_keys(p, "3<Enter>1<S-Tab>mornings only");
	pty_keys(p, "<F2><Esc><C-r>");
	row_has(p, 2, "OKAFOR");
	ck_assert_int_gt(pty_find(p, "mornings only"), 0);
	ck_assert_int_gt(pty_find(p, "> 1 urgent"), 0);
	pty_keys(p, "<C-s>");
	row_has(p, 23, "M OKAFOR accepted, P1 urgent.");
	end(p);
}
END_TEST

START_TEST(leaving_what_was_typed_asks_and_f8_goes_to_the_next_without_deciding)
{
	struct pty *p;

	some_referrals();
	p = inbox();
	pty_keys(p, "3<Enter><F8>");
	row_has(p, 2, "YUSUF");
	pty_keys(p, "<F7>");
	row_has(p, 2, "OKAFOR");
	pty_keys(p, "<S-Tab>x<Esc><F8>");
	row_has(p, 23, "E Something is typed here");
	pty_keys(p, "<Esc>");
	row_has(p, 23, "Leave it undecided");
	pty_keys(p, "y");
	row_has(p, 1, "TRIAGE  inbox");
	ck_assert_int_eq(in_state("to_book"), 0);
	end(p);
}
END_TEST

TEST_MAIN("decide", the_decision_stands_as_drawn,
	  what_raised_the_flag_is_marked_their_own_words_are_quoted_and_the_flag_is_taken,
	  a_course_of_care_before_it_is_read_whether_or_not_a_referral_opened_it,
	  one_is_accepted_as_suggested_in_two_keys_and_the_next_stands_there,
	  another_priority_is_three_keys_and_what_was_suggested_is_kept_beside_it,
	  accept_and_book_is_six_keys_and_the_next_waits_behind_the_booking,
	  tab_goes_through_the_fields_and_what_is_typed_there_is_decided,
	  advice_ends_it_and_papers_first_stops_its_clock,
	  a_flagged_one_is_not_accepted_before_the_call_is_recorded,
	  a_risk_that_is_chosen_is_a_flag_at_once_and_keeps_it_from_being_accepted,
	  without_consent_none_is_accepted_and_c_records_it,
	  what_is_asked_sent_on_or_returned_makes_room_for_the_next_and_escalating_opens_the_card,
	  who_comes_second_to_one_that_is_open_elsewhere_reads_it_only,
	  who_died_while_deciding_is_in_nobody_s_way,
	  whoever_was_faster_is_named_with_what_they_decided,
	  what_was_typed_is_parked_and_comes_back,
	  leaving_what_was_typed_asks_and_f8_goes_to_the_next_without_deciding)
