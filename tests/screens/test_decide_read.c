/*
 * test_decide_read.c: S7: all that is to be read before a decision: what was added, what is kept
 * and where, what the contract says, who raised which flag and when; and what is nobody else's.
 */
#include "suite.h"

#include <stdio.h>

#include "at_desk.h"
#include "base/alloc.h"
#include "booked.h"
#include "clinic/flag.h"
#include "clinic/record.h"
#include "clinic/referral.h"

static struct booked b;
static struct err err;

static void open_all(void)
{
	booked_open(&b);
	err_clear(&err);
}

static struct id refer(const char *user, struct id person, struct id service,
		       const struct flag_wish *flag)
{
	struct referral_ask ask = { .person = person,
				    .service = service,
				    .type = REF_MGT,
				    .source = FROM_MANAGER,
				    .urgency = 2,
				    .words = "cannot lift since the fall",
				    .agreed = b.c.desk.today,
				    .flags = flag,
				    .nflags = flag ? 1 : 0 };
	struct id id = { 0 };

	clinic_sit(&b.c, user);
	ck_ok(referral_add(&b.c.desk, &ask, &id, &err), err);
	return id;
}

static struct pty *decide_at(const char *user, int rows, int cols)
{
	struct pty_options how = { .rows = rows, .cols = cols };
	struct pty *p = at_desk(&b.c, user, &how);

	pty_keys(p, "<F3>gt<Enter>");
	return p;
}

static void end(struct pty *p)
{
	at_desk_end(p);
	booked_close(&b);
}

START_TEST(what_was_added_later_is_read_dated_and_named_the_newest_first)
{
	struct pty *p;
	struct id id;
	int first, later;

	open_all();
	id = refer("p.shah", b.okafor, b.physio, NULL);
	ck_ok(referral_comment(&b.c.desk, id, "asks for an early time", false, &err), err);
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(referral_comment(&b.c.desk, id, "weaker since Monday", true, &err), err);
	p = decide_at("r.adeyemi", 24, 80);
	ck_assert_int_gt(pty_find(p, "COMMENTS"), 0);
	later = pty_find(p, "12-Mar r.adeyemi, comment: weaker since Monday");
	first = pty_find(p, "12-Mar p.shah, comment: asks for an early time");
	ck_assert_int_gt(later, 0);
	ck_assert_int_gt(first, later);
	end(p);
}
END_TEST

START_TEST(papers_are_named_with_their_type_and_where_another_site_keeps_them)
{
	char path[300];
	struct pty *p;
	struct id id;
	FILE *f;

	open_all();
	id = refer("p.shah", b.okafor, b.physio, NULL);
	snprintf(path, sizeof path, "%s/fit_note.pdf", b.c.folder);
	f = fopen(path, "w");
	ck_assert(f && fputs("%PDF-1.4 unfit for lifting", f) >= 0 && fclose(f) == 0);
	ck_ok(referral_attach(&b.c.desk, id, path, NULL, &err), err);
	p = decide_at("r.adeyemi", 24, 80);
	ck_assert_int_gt(pty_find(p, "fit_note.pdf  PDF, 1 kB"), 0);
	ck_assert_int_eq(pty_find(p, "kept at"), 0);
	at_desk_end(p);
	/* Files do not travel: what another node took in lies there. */
	booked_sql(&b, "INSERT INTO node (number, letter, name, state)"
		       " VALUES (2, 'H', 'Harbour', 'on');"
		       "UPDATE attachment SET node = 2, hash = zeroblob(32)");
	p = decide_at("r.adeyemi", 24, 80);
	ck_assert_int_gt(pty_find(p, "fit_note.pdf  PDF, 1 kB, kept at Harbour"), 0);
	end(p);
}
END_TEST

START_TEST(work_beyond_the_contract_has_its_rule_and_a_flag_is_decided_all_the_same)
{
	static const struct flag_wish red = { .kind = FLAG_RED, .words = "both legs" };
	struct pty *p;

	open_all();
	refer("p.shah", b.okafor, b.physio, &red);
	booked_sql(&b, "INSERT INTO contract (id, service, customer, from_day, triage, offer, seen,"
		       " report, tries, cap, rule, notice, late_counts, missed_counts, review,"
		       " state) SELECT 99, id, NULL, 0, 2, 3, 5, 2, 3, 1, 'ask the lead first', 24,"
		       " 0, 0, 0, 'on' FROM service WHERE code = 'PHYSIO';"
		       "UPDATE referral SET over = 1, contract = 99");
	p = decide_at("r.adeyemi", 24, 80);
	ck_assert_int_gt(pty_find(p, "OVER THE CONTRACT: ask the lead first"), 0);
	pty_keys(p, "rsa");
	row_has(p, 23, "W OKAFOR accepted");
	end(p);
}
END_TEST

START_TEST(a_flag_is_named_with_who_raised_it_and_when)
{
	static const struct flag_wish risk = { .kind = FLAG_RISK, .words = "said so on the phone" };
	struct flag_ask other = { .kind = FLAG_SAFEGUARDING, .words = "a child at home" };
	struct pty *p;

	open_all();
	other.referral = refer("j.marsh", b.okafor, b.physio, &risk);
	other.person = b.okafor;
	other.service = b.physio;
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(flag_raise(&b.c.desk, &other, NULL, &err), err);
	booked_sql(&b, "UPDATE flag SET raised_at = raised_at - 86400 WHERE kind = 'S'");
	p = decide_at("r.adeyemi", 24, 80);
	row_has(p, 4, "FLAG");
	ck_assert_int_gt(pty_find(p, "!K risk flag, 09:42 by j.marsh"), 0);
	ck_assert_int_gt(pty_find(p, "!S safeguarding flag, 11-Mar 09:42 by r.adeyemi"), 0);
	/* What row 4 says of one of them, the list says of the other. */
	ck_assert_int_gt(pty_find(p, "said so on the phone"), 0);
	ck_assert_int_gt(pty_find(p, "a child at home"), 0);
	end(p);
}
END_TEST

START_TEST(what_row_4_has_no_room_for_is_written_out_below_it)
{
	static const struct flag_wish red = {
		.kind = FLAG_RED,
		.words = "both legs are numb since the fall from the loading bay on Monday, worse"
			 " when walking, and she cannot say when she last passed water"
	};
	static const int sizes[][2] = { { 24, 80 }, { 43, 132 } };

	open_all();
	refer("p.shah", b.okafor, b.physio, &red);
	for (size_t i = 0; i < 2; i++) {
		struct pty *p = decide_at("r.adeyemi", sizes[i][0], sizes[i][1]);

		row_has(p, 4, "RED FLAG both legs are numb");
		ck_assert_int_gt(pty_find(p, "last passed water"), 5);
		at_desk_end(p);
	}
	booked_close(&b);
}
END_TEST

START_TEST(words_of_counselling_are_read_by_who_sees_it_and_nobody_else_has_a_trace_of_them)
{
	static const struct flag_wish risk = { .kind = FLAG_RISK, .words = "thinks of ending it" };
	struct pty *p;
	struct id id;

	open_all();
	refer("p.shah", b.okafor, b.physio, NULL);
	id = refer("s.kelly", b.okafor, b.couns, &risk);
	ck_ok(referral_comment(&b.c.desk, id, "cries at work", true, &err), err);
	p = decide_at("s.kelly", 43, 132);
	row_has(p, 4, "RISK FLAG thinks of ending it");
	ck_assert_int_gt(pty_find(p, "cries at work"), 0);
	ck_assert_int_gt(pty_find(p, "!K risk flag"), 0);
	at_desk_end(p);
	p = decide_at("r.adeyemi", 43, 132);
	row_has(p, 2, "OKAFOR");
	ck_assert_int_gt(pty_find(p, "cannot lift since the fall"), 0);
	ck_assert_int_eq(pty_find(p, "ending it"), 0);
	ck_assert_int_eq(pty_find(p, "cries"), 0);
	ck_assert_int_eq(pty_find(p, "FLAG"), 0);
	ck_assert_int_eq(pty_find(p, "!K"), 0);
	ck_assert_int_eq(pty_find(p, "CNS-"), 0);
	end(p);
}
END_TEST

TEST_MAIN("decide_read", what_was_added_later_is_read_dated_and_named_the_newest_first,
	  papers_are_named_with_their_type_and_where_another_site_keeps_them,
	  work_beyond_the_contract_has_its_rule_and_a_flag_is_decided_all_the_same,
	  a_flag_is_named_with_who_raised_it_and_when,
	  what_row_4_has_no_room_for_is_written_out_below_it,
	  words_of_counselling_are_read_by_who_sees_it_and_nobody_else_has_a_trace_of_them)
