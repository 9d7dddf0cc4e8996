/*
 * test_paper.c: S5 with a paper in the hand: when it came, a management referral that the employee
 * has not agreed to, whom the manager's page offers, what becomes of it on S6 and S7.
 */
#include "suite.h"

#include <stdio.h>

#include "at_desk.h"
#include "booked.h"
#include "clinic/contact.h"
#include "clinic/refs.h"
#include "clinic/referral.h"

static struct booked b;
static struct err err;

static void open_all(void)
{
	booked_open(&b);
	err_clear(&err);
	booked_sql(&b,
		   "INSERT INTO contact (id, scope, person, kind, value, text_ok, source, at,"
		   " state) SELECT 600000 + id, scope, id, 'mobile', '07700900418', 1, 'desk', 1,"
		   " 'on' FROM person");
}

static struct pty *sit(const char *user)
{
	return at_desk(&b.c, user, NULL);
}

static void end(struct pty *p)
{
	at_desk_end(p);
	booked_close(&b);
}

static int64_t count(const char *sql)
{
	return clinic_count(&b.c, sql);
}

/* A management referral, page by page; AGREED is what the last one says. */
#define EMPLOYEE "<Enter><Enter><Enter><Enter><Enter><Enter><Enter><Enter>my<Enter><Enter>"
#define JOB	 "<C-u>porter<Enter><C-u>stores<Enter>Northgate<Enter>37<Enter>dm<Enter>n"
#define MANAGER                                                                                    \
	"m<C-u>Quill, Rae<Enter>rae@wvh.example<Enter>07700900222<Enter>Reed, Sam<Enter>"          \
	"sam@wvh.example<Enter><Enter>"
#define ABSENCE	  "yyn"
#define REASONS	  "a<Enter>bad back<Enter>lighter loads<Enter><Enter>n"
#define QUESTIONS "f<Enter>"
#define MGT	  "/okaf<Enter>nm"
#define MGT_REST  JOB MANAGER ABSENCE REASONS QUESTIONS
#define NOT_YET	  "x<Enter>nn"
#define AGREED	  "-1d<Enter>yy"
#define LAST	  "nrn<Enter><C-s>"

START_TEST(a_paper_that_came_yesterday_starts_its_clock_yesterday)
{
	open_all();
	struct pty *p = sit("p.shah");

	pty_keys(p, MGT);
	row_has(p, 23, "It comes now.  A paper that came before: Ctrl-E says when.");
	pty_keys(p, "<C-e>-1d 16:20<Enter>");
	row_has(p, 23, "M It came Wed 11-Mar-2026 16:20: its clock starts there.");
	row_has(p, 1, "management, came 11-Mar 16:20");
	pty_keys(p, EMPLOYEE MGT_REST AGREED LAST);
	row_has(p, 23, "saved.  Complete, and sent");
	ck_assert_int_eq(count("SELECT count(*) FROM referral WHERE received = strftime('%s',"
			       " '2026-03-11 16:20') AND state = 'awaiting_triage'"
			       " AND type = 'MGT'"),
			 1);
	/* Two working days from then on. */
	at_desk_end(p);
	p = sit("r.adeyemi");
	pty_keys(p, "<F3>gt");
	row_has(p, 4, "1d left");
	end(p);
}
END_TEST

START_TEST(nothing_comes_in_the_future_and_what_is_no_time_is_said_so)
{
	static const struct {
		const char *typed, *said;
	} all[] = {
		{ "tom 9", "E Fri 13-Mar-2026 09:00 is still to come: say when it came." },
		{ "+1d 9", "E Fri 13-Mar-2026 09:00 is still to come: say when it came." },
		{ "10:00", "E Thu 12-Mar-2026 10:00 is still to come: say when it came." },
		{ "soon", "E \"soon\" is no time: type a day and a time, as -1d 16:00." },
		{ "-2y 9:00", "is more than a year ago: say when it came." },
	};

	open_all();
	struct pty *p = sit("p.shah");

	pty_keys(p, MGT);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		pty_keys(p, "<C-e>");
		pty_keys(p, all[i].typed);
		pty_keys(p, "<Enter>");
		ck_assert_msg(pty_find(p, all[i].said) > 0, "%s: %s", all[i].typed, pty_row(p, 22));
		pty_keys(p, "<Esc>");
		ck_assert_int_eq(pty_find(p, "management, came"), 0);
	}
	/* A time alone is today's, a day alone its morning. */
	pty_keys(p, "<C-e>9:15<Enter>");
	row_has(p, 1, "came 12-Mar 09:15");
	pty_keys(p, "<C-e>mon<Enter>");
	row_has(p, 1, "came 09-Mar 09:00");
	pty_keys(p, "<Esc>y");
	end(p);
}
END_TEST

START_TEST(when_it_came_is_kept_with_the_draft_and_ends_with_what_is_taken_in)
{
	open_all();
	struct pty *p = sit("p.shah");

	pty_keys(p, MGT "<C-e>-1d 16:20<Enter><C-k><C-r>");
	row_has(p, 1, "management, came 11-Mar 16:20");
	pty_keys(p, EMPLOYEE MGT_REST "x<Enter>nnu");
	row_has(p, 1, "management  incomplete");
	ck_assert_int_eq(count("SELECT count(*) FROM referral WHERE received = strftime('%s',"
			       " '2026-03-11 16:20')"),
			 1);
	pty_keys(p, "<C-e>");
	row_has(p, 23, "E OHN-26-N0001 is taken in: its clock runs since Wed 11-Mar-2026 16:20.");
	pty_keys(p, "<C-d>Dr Fairburn<Enter>");
	end(p);
}
END_TEST

START_TEST(a_management_referral_without_the_employees_agreement_stays_new_until_it_is_there)
{
	open_all();
	struct pty *p = sit("p.shah");

	pty_keys(p, MGT EMPLOYEE MGT_REST NOT_YET LAST);
	row_has(p, 23, "saved.  Not agreed to: it stays new until they agree.");
	ck_assert_int_eq(count("SELECT count(*) FROM referral WHERE state = 'new'"
			       " AND agreed IS NULL AND unfinished IS NULL"),
			 1);
	pty_keys(p, "<Enter>");
	at_desk_end(p);
	/* On the nurse's list it says so, and it is not accepted by any key. */
	p = sit("r.adeyemi");
	pty_keys(p, "<F3>gt");
	row_has(p, 4, "OKAFOR");
	ck_assert_int_gt(pty_find(p, "No consent to assess yet."), 0);
	pty_keys(p, "<Enter>");
	row_has(p, 1, "TRIAGE  OHN-26-N0001");
	ck_assert_int_gt(pty_find(p, "NO CONSENT TO ASSESS: c records it, X returns it"), 0);
	pty_keys(p, "2a");
	row_has(p, 23, "E No consent to assess");
	ck_assert_int_eq(count("SELECT count(*) FROM episode WHERE state = 'open'"), 0);
	ck_assert_int_eq(count("SELECT count(*) FROM referral WHERE state = 'new'"), 1);
	at_desk_end(p);
	/* Agreed to later, at the desk, it moves. */
	p = sit("p.shah");
	pty_keys(p, "/okaf<Enter><Tab><Enter>");
	row_has(p, 1, "REFERRAL  OHN-26-N0001");
	pty_keys(p, "c");
	row_has(p, 23, "M OHN-26-N0001: agreed to since today.   u Undo");
	ck_assert_int_eq(count("SELECT count(*) FROM referral WHERE state = 'awaiting_triage'"), 1);
	at_desk_end(p);
	p = sit("r.adeyemi");
	pty_keys(p, "<F3>gt<Enter>2a");
	ck_assert_int_eq(count("SELECT count(*) FROM referral WHERE state = 'to_book'"), 1);
	ck_assert_int_eq(count("SELECT count(*) FROM episode WHERE state = 'open'"), 1);
	end(p);
}
END_TEST

/* ---- whom we deal with ---- */

static struct id contact(const char *customer, const char *name, const char *role, const char *told,
			 struct id away)
{
	char text[ID_TEXT];
	struct contact_ask ask = { .name = name,
				   .role = role,
				   .told = told,
				   .phone = "07700 900222",
				   .email = "someone@wvh.example",
				   .stands_for = id_none(away) ? NULL : id_text(away, text) };
	const struct customer *c = NULL;
	struct id id = { 0 };

	clinic_sit(&b.c, "p.shah");
	ck_ok(find_customer(&b.c.desk, customer, &c, &err), err);
	ck_ok(contact_add(&b.c.desk, c->id, &ask, &id, &err), err);
	return id;
}

static struct id sent(struct id person, struct id service, struct id by, const char *user)
{
	struct referral_ask ask = { .person = person,
				    .service = service,
				    .type = REF_MGT,
				    .source = FROM_MANAGER,
				    .urgency = -1,
				    .referrer = by,
				    .words = "drinks at work",
				    .agreed = b.c.desk.today,
				    .anew = true };
	struct id id = { 0 };

	clinic_sit(&b.c, user);
	ck_ok(referral_add(&b.c.desk, &ask, &id, &err), err);
	return id;
}

static const struct id nobody;

START_TEST(f4_at_the_managers_name_lists_the_employers_own_and_fills_in_how_they_are_reached)
{
	open_all();
	contact("WVH", "Quill, Rae", "manager", "booked", nobody);
	contact("WVH", "Reed, Sam", "hr", "booked", nobody);
	contact("KES", "Stone, Lee", "manager", "booked", nobody);
	struct pty *p = sit("p.shah");

	pty_keys(p, MGT EMPLOYEE JOB "m<F4>");
	row_has(p, 1, "CHOOSE");
	row_has(p, 3, "1 Quill, Rae");
	row_has(p, 4, "2 Reed, Sam");
	ck_assert_int_eq(pty_find(p, "Stone, Lee"), 0);
	pty_keys(p, "<Down><Enter>");
	ck_assert_int_gt(pty_find(p, "> [Reed, Sam"), 0);
	pty_keys(p, "<Enter>");
	ck_assert_int_gt(pty_find(p, "> [someone@wvh.example"), 0);
	pty_keys(p, "<Enter>");
	ck_assert_int_gt(pty_find(p, "> [07700 900222"), 0);
	pty_keys(p, "<Enter>Dale, Jo<Enter>jo@wvh.example<Enter><Enter>" ABSENCE REASONS QUESTIONS
			    AGREED LAST);
	row_has(p, 23, "saved.");
	ck_assert_int_eq(count("SELECT count(*) FROM referral r JOIN customer_contact c"
			       " ON c.id = r.referrer WHERE c.name = 'Reed, Sam'"),
			 1);
	end(p);
}
END_TEST

/* Each kind, and what is booked of whom they sent: what the desk may say when they ring. */
START_TEST(a_contact_is_told_only_what_their_own_row_lets_them_hear)
{
	static const struct {
		const char *name, *role, *told, *says;
	} kinds[] = {
		{ "Amber, Al", "manager", "booked", "to book" },
		{ "Birch, Bo", "manager", "report outcome", "received" },
		{ "Cedar, Cy", "hr", "booked dna report outcome", "to book" },
		{ "Elder, Ed", "recruitment", "dna", "received" },
		{ "Fern, Flo", "hr", "", "say nothing" },
	};
	struct decide_ask decide = { .priority = 2, .pathway = PATH_BOOK, .suggested = -1 };

	open_all();
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct id who = contact("WVH", kinds[i].name, kinds[i].role, kinds[i].told, nobody);
		struct id of = sent(b.okafor, b.ohn, who, "p.shah");

		clinic_sit(&b.c, "r.adeyemi");
		ck_ok(triage_decide(&b.c.desk, of, &decide, &err), err);
	}
	struct pty *p = sit("p.shah");

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		pty_keys(p, "/");
		pty_keys(p, kinds[i].name);
		pty_keys(p, "<Enter>");
		row_has(p, 1, kinds[i].name);
		row_has(p, 8, "OKAFOR, Adaeze (Ms)");
		row_has(p, 8, kinds[i].says);
		row_has(p, 5, "Never why, and nothing private.");
		ck_assert_int_eq(pty_find(p, "drinks"), 0);
		pty_keys(p, "<Esc><Esc>");
	}
	end(p);
}
END_TEST

START_TEST(who_stands_in_sees_whom_they_stand_in_for_and_hears_what_they_themselves_may)
{
	struct decide_ask decide = { .priority = 2, .pathway = PATH_BOOK, .suggested = -1 };
	struct id away, of;

	open_all();
	away = contact("WVH", "Quill, Rae", "manager", "booked", nobody);
	contact("WVH", "Reed, Sam", "stand_in", "report", away);
	of = sent(b.okafor, b.ohn, away, "p.shah");
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(triage_decide(&b.c.desk, of, &decide, &err), err);
	struct pty *p = sit("p.shah");

	pty_keys(p, "/reed<Enter>");
	ck_assert(pty_screen_is(p, "tests/screens/contact_stand_in.screen"));
	row_has(p, 3, "stands in for Quill, Rae, Wessex Vale Hospitals");
	row_has(p, 8, "OKAFOR");
	row_has(p, 8, "received");
	pty_keys(p, "<Esc><Esc>/quill<Enter>");
	row_has(p, 8, "to book");
	end(p);
}
END_TEST

START_TEST(of_a_private_service_a_contact_hears_nothing_and_reception_sees_nothing)
{
	struct id who;

	open_all();
	who = contact("WVH", "Quill, Rae", "manager", "booked dna report outcome", nobody);
	sent(b.webb, b.couns, who, "s.kelly");
	struct pty *p = sit("p.shah");

	pty_keys(p, "/quill<Enter>");
	row_has(p, 8, "Nothing that they sent is here.");
	pty_keys(p, "r");
	row_has(p, 23, "There is no referral on this row.");
	pty_keys(p, "<Enter>");
	row_has(p, 1, "CONTACT");
	at_desk_end(p);
	p = sit("s.kelly");
	pty_keys(p, "/quill<Enter>");
	row_has(p, 8, "WEBB");
	row_has(p, 8, "say nothing");
	end(p);
}
END_TEST

START_TEST(a_reply_at_the_desk_ends_the_pause_and_puts_the_row_on_top)
{
	struct id who, first, asked;

	open_all();
	who = contact("WVH", "Quill, Rae", "manager", "booked", nobody);
	first = sent(b.okafor, b.ohn, nobody, "p.shah");
	asked = sent(b.ellis, b.ohn, who, "p.shah");
	(void)first;
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(triage_query(&b.c.desk, asked, "manager", "Which duties?", &err), err);
	struct pty *p = sit("r.adeyemi");

	pty_keys(p, "<F3>gt");
	row_has(p, 4, "OKAFOR");
	row_has(p, 5, "ELLIS");
	row_has(p, 5, "paused");
	at_desk_end(p);
	p = sit("p.shah");
	/* From whom it came to what they sent, and to it. */
	pty_keys(p, "/quill<Enter><Enter>");
	row_has(p, 1, "REFERRAL  OHN-26-N0002");
	pty_keys(p, "rlight duties only<Enter>");
	row_has(p, 23, "M OHN-26-N0002: the reply is in, its clock runs, it is on top.   u Undo");
	ck_assert_int_eq(count("SELECT count(*) FROM pause WHERE until IS NULL AND state = 'on'"),
			 0);
	at_desk_end(p);
	p = sit("r.adeyemi");
	pty_keys(p, "<F3>gt");
	row_has(p, 4, "ELLIS");
	row_has(p, 5, "OKAFOR");
	at_desk_end(p);
	p = sit("p.shah");
	/* Taken back, it waits again. */
	pty_keys(p, "u");
	ck_assert_int_eq(count("SELECT count(*) FROM pause WHERE until IS NULL AND state = 'on'"),
			 1);
	end(p);
}
END_TEST

START_TEST(a_paper_a_referral_and_a_contact_stand_as_drawn_on_a_wide_screen)
{
	static const struct pty_options wide = { .rows = 43, .cols = 132 };
	struct pty *p;
	struct id who;

	open_all();
	who = contact("WVH", "Quill, Rae", "manager", "booked", nobody);
	sent(b.ellis, b.ohn, who, "p.shah");
	p = at_desk(&b.c, "p.shah", &wide);
	pty_keys(p, "/quill<Enter>");
	ck_assert(pty_screen_is(p, "tests/screens/contact_132x43.screen"));
	pty_keys(p, "<Enter>nasks for mornings<Enter>");
	ck_assert(pty_screen_is(p, "tests/screens/referral_132x43.screen"));
	pty_keys(p, "<F3>" MGT "<C-e>-1d 16:20<Enter>" EMPLOYEE JOB);
	ck_assert(pty_screen_is(p, "tests/screens/paper_132x43.screen"));
	pty_keys(p, "<Esc>y");
	at_desk_end(p);
	p = sit("p.shah");
	pty_keys(p, MGT "<C-e>-1d 16:20<Enter>" EMPLOYEE JOB);
	ck_assert(pty_screen_is(p, "tests/screens/paper.screen"));
	pty_keys(p, "<Esc>y");
	end(p);
}
END_TEST

TEST_MAIN("paper", a_paper_that_came_yesterday_starts_its_clock_yesterday,
	  nothing_comes_in_the_future_and_what_is_no_time_is_said_so,
	  when_it_came_is_kept_with_the_draft_and_ends_with_what_is_taken_in,
	  a_management_referral_without_the_employees_agreement_stays_new_until_it_is_there,
	  f4_at_the_managers_name_lists_the_employers_own_and_fills_in_how_they_are_reached,
	  a_contact_is_told_only_what_their_own_row_lets_them_hear,
	  who_stands_in_sees_whom_they_stand_in_for_and_hears_what_they_themselves_may,
	  of_a_private_service_a_contact_hears_nothing_and_reception_sees_nothing,
	  a_reply_at_the_desk_ends_the_pause_and_puts_the_row_on_top,
	  a_paper_a_referral_and_a_contact_stand_as_drawn_on_a_wide_screen)
