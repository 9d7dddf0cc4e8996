/*
 * test_taking.c: S5: a referral taken in on the telephone: what is saved when, what a red flag does
 * before the next key, who is told, what is kept of a line that drops.  The test is the other desk.
 */
#include "suite.h"

#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "at_desk.h"
#include "base/alloc.h"
#include "base/config.h"
#include "booked.h"
#include "clinic/contact.h"
#include "clinic/flag.h"
#include "clinic/referral.h"
#include "clinic/refs.h"
#include "clinic/signin.h"
#include "tui/tui.h"

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

#define BEGIN	 "/okaf<Enter>np"
#define PROBLEM	 "b-2w<Enter>l6<Enter>"
#define NO_FLAGS "nnnnnnn"
#define REST	 "yyy<Enter>"
#define OPEN_ALERTS                                                                                \
	"SELECT count(*) FROM task WHERE kind = 'alert' AND state = 'open' AND for_role = 'nurse'"

START_TEST(a_self_referral_on_the_telephone_and_its_booking_are_thirty_eight_keys_at_most)
{
	open_all();
	struct pty *p = sit("p.shah");

	pty_count_start(p);
	pty_keys(p, BEGIN PROBLEM NO_FLAGS REST "<C-s><Enter>");
	ck_assert_int_le(pty_count(p), 38);
	row_has(p, 1, "BOOK");
	pty_keys(p, "<Enter>");
	ck_assert_int_eq(count("SELECT count(*) FROM referral r JOIN booking b ON b.episode = r.id"
			       " JOIN appointment a ON a.id = b.appt WHERE a.state = 'B'"
			       " AND r.state = 'to_book' AND r.unfinished IS NULL"),
			 1);
	ck_assert_int_eq(count("SELECT count(*) FROM decision WHERE priority = 2"
			       " AND suggested_pathway = 'book'"),
			 1);
	end(p);
}
END_TEST

START_TEST(one_save_is_one_undo)
{
	open_all();
	struct pty *p = sit("p.shah");

	pty_keys(p, BEGIN PROBLEM NO_FLAGS REST "<C-s>");
	row_has(p, 23, "saved.   Enter Book  u Undo");
	pty_keys(p, "<Esc>u");
	ck_assert_int_eq(count("SELECT count(*) FROM referral WHERE state <> 'error'"), 0);
	ck_assert_int_eq(count("SELECT count(*) FROM episode WHERE state = 'open'"), 0);
	end(p);
}
END_TEST

/* Each red-flag answer, and how many questions of the step are answered n before it. */
static const struct {
	const char *where;
	int before, flags;
} red[] = {
	{ "b", 0, 1 }, { "b", 1, 1 }, { "b", 2, 1 }, { "b", 3, 1 }, { "b", 4, 1 },
	{ "b", 5, 1 }, { "b", 6, 1 }, { "k", 0, 1 }, { "k", 1, 1 }, { "k", 2, 1 },
};

static void one_answer(int at, char letter)
{
	char answers[64];
	size_t n;

	open_all();
	struct pty *p = sit("p.shah");

	n = (size_t)snprintf(answers, sizeof answers, "%s-2w<Enter>l6<Enter>", red[at].where);
	for (int i = 0; i < red[at].before; i++)
		answers[n++] = 'n';
	answers[n] = '\0';
	pty_keys(p, BEGIN);
	pty_keys(p, answers);
	ck_assert_int_eq(count(OPEN_ALERTS), 0);
	/* The answer, and no key more. */
	snprintf(answers, sizeof answers, "%c", letter);
	pty_keys(p, answers);
	ck_assert_int_eq(count("SELECT count(*) FROM flag WHERE state = 'open' AND kind = 'R'"
			       " AND instr(does, 'stop_booking')"),
			 red[at].flags);
	ck_assert_int_eq(count(OPEN_ALERTS), red[at].flags);
	ck_assert_int_eq(count("SELECT count(*) FROM referral WHERE state = 'new'"
			       " AND unfinished IS NOT NULL"),
			 1);
	ck_assert_int_gt(pty_find(p, "Say: \"A nurse will ring you"), 0);
	ck_assert_int_gt(pty_find(p, "Nobody has taken it yet. At 09:44: ring"), 0);
	clinic_sit(&b.c, "p.shah");
	ck_refused(flag_stops(&b.c.desk, b.okafor, b.physio, &err), err, ERR_CLASH);
	end(p);
}

START_TEST(each_red_flag_answer_stops_booking_and_opens_the_nurses_task_at_once)
{
	for (int i = 0; i < (int)(sizeof red / sizeof *red); i++) {
		one_answer(i, 'y');
		one_answer(i, 'u');
	}
}
END_TEST

START_TEST(a_flag_taken_back_by_the_hand_stays_and_nothing_is_booked)
{
	open_all();
	struct pty *p = sit("p.shah");

	pty_keys(p, BEGIN PROBLEM "y<Up>nnnnnnn" REST "<C-s>");
	row_has(p, 23, "saved.");
	pty_keys(p, "<Enter>");
	row_has(p, 23, "E A flag is open: nothing is booked until a clinician clears it.");
	ck_assert_int_eq(count("SELECT count(*) FROM flag WHERE state = 'open'"), 1);
	ck_assert_int_eq(count("SELECT count(*) FROM referral WHERE state = 'awaiting_triage'"
			       " AND unfinished IS NULL"),
			 1);
	ck_assert_int_eq(count("SELECT count(*) FROM task WHERE kind = 'ring' AND state = 'open'"),
			 0);
	end(p);
}
END_TEST

START_TEST(the_card_is_not_left_until_a_nurse_has_it_or_somebody_on_duty_was_told)
{
	static const char *const ways[] = { "<Esc>", "<F2>", "<F3>", "<C-k>", "<C-t>", "/" };

	open_all();
	struct pty *p = sit("p.shah");

	pty_keys(p, BEGIN PROBLEM "y");
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		pty_keys(p, ways[i]);
		row_has(p, 1, "NEW REFERRAL");
		row_has(p, 23, "E No nurse has taken it: stay");
	}
	pty_keys(p, "<C-d>Dr Fairburn, 0905<Enter>");
	row_has(p, 23, "M Recorded: Dr Fairburn, 0905 was told.");
	ck_assert_int_gt(pty_find(p, "Whoever is on duty was told, 09:42 by p.shah."), 0);
	ck_assert_int_eq(count("SELECT count(*) FROM flag_call WHERE result = 'told'"
			       " AND words = 'Dr Fairburn, 0905'"),
			 1);
	pty_keys(p, "<C-k>");
	row_has(p, 1, "PERSON");
	end(p);
}
END_TEST

START_TEST(a_nurse_who_takes_it_up_shows_on_the_card_and_frees_it)
{
	struct flag_rows rows = { 0 };

	open_all();
	struct pty *p = sit("p.shah");

	pty_keys(p, BEGIN PROBLEM "y");
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(flag_list(&b.c.desk, b.okafor, &rows, &err), err);
	ck_assert_uint_eq(rows.n, 1);
	ck_ok(flag_take(&b.c.desk, rows.v[0].f.id, &err), err);
	list_free(&rows);
	pty_wait_for(p, "r.adeyemi has taken it, 09:42.");
	pty_keys(p, "<C-k>");
	row_has(p, 1, "PERSON");
	end(p);
}
END_TEST

START_TEST(what_is_saved_with_answers_missing_is_a_nurses_after_half_an_hour)
{
	open_all();
	struct pty *p = sit("p.shah");

	pty_keys(p, BEGIN PROBLEM "nn<C-s>");
	row_has(p, 1, "physio, self  incomplete");
	row_has(p, 23, "kept incomplete, 9 missing (F6): a nurse rings back from 10:12.");
	ck_assert_int_eq(
		count("SELECT count(*) FROM task t JOIN referral r ON r.unfinished = t.id"
		      " WHERE t.kind = 'ring' AND t.state = 'open' AND t.for_role = 'nurse'"
		      " AND t.due = r.received + 1800"),
		1);
	/* Gone on with, it is whole, and nobody has to ring. */
	pty_keys(p, "nnnnn" REST "<C-s>");
	row_has(p, 23, "saved.   Enter Book");
	ck_assert_int_eq(count("SELECT count(*) FROM task WHERE kind = 'ring' AND state = 'open'"),
			 0);
	ck_assert_int_eq(count("SELECT count(*) FROM answer WHERE state = 'on'"), 1);
	end(p);
}
END_TEST

START_TEST(a_killed_desk_loses_no_answer_and_says_where_it_was)
{
	open_all();
	struct pty *p = sit("p.shah");

	pty_keys(p, BEGIN PROBLEM "nnn");
	while (count("SELECT count(*) FROM parked WHERE state = 'draft' AND place LIKE '%question 4'") ==
	       0)
		ck_assert(pty_alive(p));
	kill(pty_pid(p), SIGKILL);
	ck_assert_int_eq(pty_end(p), 128 + SIGKILL);
	p = sit("p.shah");
	row_has(p, 1, "PARKED");
	ck_assert(pty_screen_is(p, "tests/screens/taking_parked.screen"));
	pty_keys(p, "<Enter>");
	row_has(p, 1, "NEW REFERRAL");
	row_has(p, 23, "You were at: step 2, question 4");
	pty_keys(p, "nnnn" REST "<C-s>");
	row_has(p, 23, "saved.   Enter Book");
	ck_assert_int_eq(count("SELECT count(*) FROM parked"), 0);
	end(p);
}
END_TEST

START_TEST(what_was_half_typed_is_there_again)
{
	open_all();
	struct pty *p = sit("p.shah");

	pty_keys(p, BEGIN "b-2<C-k><C-r>");
	row_has(p, 1, "NEW REFERRAL");
	ck_assert_int_gt(pty_find(p, "> [-2"), 0);
	pty_keys(p, "w<Enter>l6<Enter>");
	ck_assert_int_gt(pty_find(p, "[2 Safety]"), 0);
	pty_keys(p, "<Esc>y");
	end(p);
}
END_TEST

START_TEST(the_same_within_three_months_is_offered_to_be_added_to)
{
	open_all();
	struct pty *p = sit("p.shah");

	pty_keys(p, BEGIN PROBLEM NO_FLAGS REST "<C-s><Esc>np");
	row_has(p, 23, "is open.  c comment  o open it  n new one  Esc keep");
	pty_keys(p, "cworse on stairs<Enter>");
	row_has(p, 23, "M Added to the referral that is open.");
	ck_assert_int_eq(
		count("SELECT count(*) FROM referral_comment WHERE words = 'worse on stairs'"
		      " AND clinical = 1"),
		1);
	pty_keys(p, "npn");
	row_has(p, 1, "NEW REFERRAL");
	end(p);
}
END_TEST

START_TEST(without_the_employees_agreement_it_stays_new)
{
	open_all();
	struct pty *p = sit("p.shah");

	/* A management referral has no rule that ends one not agreed to by the caller's silence. */
	pty_keys(p, BEGIN PROBLEM NO_FLAGS "nny<Enter><C-s>");
	ck_assert_int_eq(count("SELECT count(*) FROM referral WHERE state IN ('new', 'declined')"),
			 1);
	ck_assert_int_eq(count("SELECT count(*) FROM episode WHERE state = 'open'"), 0);
	end(p);
}
END_TEST

START_TEST(a_nurse_takes_up_what_was_begun_and_left_for_half_an_hour)
{
	open_all();
	struct pty *p = sit("p.shah");

	pty_keys(p, BEGIN PROBLEM "nnn<C-k>");
	at_desk_end(p);
	p = sit("r.adeyemi");
	ck_assert_int_eq(pty_find(p, "Parked 1"), 0);
	at_desk_end(p);
	world_pass(&b.c.world, 30 * 60);
	p = sit("r.adeyemi");
	row_has(p, 1, "PARKED");
	ck_assert_int_gt(pty_find(p, "Handed to you by p.shah"), 0);
	pty_keys(p, "<Enter>");
	row_has(p, 1, "NEW REFERRAL  physio, self");
	pty_keys(p, "nnnn" REST "<C-s>");
	row_has(p, 23, "saved.   Enter Book");
	end(p);
}
END_TEST

START_TEST(enter_on_an_episode_shows_its_referral_and_what_came_later)
{
	open_all();
	struct pty *p = sit("p.shah");

	pty_keys(p, BEGIN PROBLEM NO_FLAGS REST "<C-s><Esc><Tab><Enter>");
	row_has(p, 1, "REFERRAL  MSK-26-N0001");
	ck_assert_int_gt(pty_find(p, "to triage  p.shah"), 0);
	ck_assert_int_gt(pty_find(p, "to book  p.shah"), 0);
	ck_assert_int_eq(pty_find(p, "ANSWERS"), 0);
	pty_keys(p, "nasks for ground floor<Enter>");
	ck_assert_int_gt(pty_find(p, "p.shah: asks for ground floor"), 0);
	ck_assert(pty_screen_is(p, "tests/screens/referral.screen"));
	at_desk_end(p);
	/* A nurse reads what was answered. */
	p = sit("r.adeyemi");
	pty_keys(p, "/okaf<Enter><Tab><Enter>");
	ck_assert_int_gt(pty_find(p, "Where is it?  low back"), 0);
	end(p);
}
END_TEST

START_TEST(a_manager_is_found_by_name_and_a_reply_from_there_ends_the_pause)
{
	struct contact_ask who = { .name = "Quill, Rae", .phone = "07700 900222" };
	const struct customer *wvh = NULL;
	struct referral_ask ask = { .person = { 0 },
				    .type = REF_MGT,
				    .source = FROM_MANAGER,
				    .urgency = -1,
				    .anew = true };
	struct id id;

	open_all();
	clinic_sit(&b.c, "p.shah");
	ck_ok(find_customer(&b.c.desk, "WVH", &wvh, &err), err);
	ck_ok(contact_add(&b.c.desk, wvh->id, &who, &ask.referrer, &err), err);
	ask.person = b.okafor;
	ask.service = b.ohn;
	ask.agreed = b.c.desk.today;
	ck_ok(referral_add(&b.c.desk, &ask, &id, &err), err);
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(triage_query(&b.c.desk, id, "manager", "Which duties?", &err), err);
	struct pty *p = sit("p.shah");

	pty_keys(p, "/quill");
	row_has(p, 4, "> 1 Quill, Rae");
	row_has(p, 4, "manager");
	pty_keys(p, "<Enter>");
	ck_assert(pty_screen_is(p, "tests/screens/contact.screen"));
	pty_keys(p, "rlight duties only<Enter>");
	row_has(p, 23, "the reply is in, its clock runs, it is on top.");
	ck_assert_int_eq(count("SELECT count(*) FROM pause WHERE until IS NULL AND state = 'on'"),
			 0);
	ck_assert_int_eq(count("SELECT count(*) FROM referral WHERE replied_at IS NOT NULL"), 1);
	end(p);
}
END_TEST

START_TEST(a_needlestick_at_the_desk_asks_for_the_time_and_tells_a_nurse_with_the_first_answers)
{
	open_all();
	struct pty *p = sit("p.shah");

	pty_keys(p, "<F3>nokaf<Enter>x");
	row_has(p, 1, "NEW REFERRAL  needlestick");
	pty_keys(p, "<Enter>0920<Enter>");
	ck_assert_int_eq(count("SELECT count(*) FROM flag"), 0);
	pty_keys(p, "n");
	ck_assert_int_eq(count("SELECT count(*) FROM flag WHERE state = 'open' AND kind = 'R'"), 1);
	ck_assert_int_eq(count(OPEN_ALERTS), 1);
	ck_assert_int_gt(pty_find(p, "BLOOD OR BODY FLUID: minutes count"), 0);
	ck_assert_int_gt(pty_find(p, "The hour ends at 10:20."), 0);
	end(p);
}
END_TEST

/* ---- a site's own forms ---- */

static struct config *config;

static int run_with_forms(void *arg)
{
	struct tui_options opt = { 0 };
	struct err why = ERR_INIT;
	struct clinic own;
	int rc;

	clinic_second(&b.c, &own, arg);
	own.desk.config = config;
	rc = tui_run(&own.desk, &opt, &why);
	clinic_second_close(&own);
	return rc < 0 ? (int)why.kind : 0;
}

static void write_to(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	ck_assert(f && fputs(text, f) >= 0 && fclose(f) == 0);
}

#define OWN_FORM(title, more)                                                                      \
	"[form]\nid = rap_physio_self\nversion = 9\ntitle = \"" title "\"\nfor = referral\n"       \
	"service = physio\n[page.a]\ntitle = \"Ours\"\n[field.where]\nlabel = \"Which joint?\"\n"  \
	"type = text\n" more

START_TEST(a_sites_form_goes_first_and_a_broken_one_is_said_and_the_administrator_told)
{
	static char user[] = "p.shah";
	struct pty_options how = { .run = run_with_forms, .arg = user };
	char folder[300], path[340], form[340], settings[340];

	open_all();
	snprintf(folder, sizeof folder, "%s/forms", b.c.folder);
	ck_assert_int_eq(mkdir(folder, 0700), 0);
	snprintf(path, sizeof path, "%s/ohdesk.ini", b.c.folder);
	snprintf(settings, sizeof settings, "[forms]\nfolder = %s\n", folder);
	write_to(path, settings);
	ck_ok(config_open(path, &config, &err), err);
	snprintf(form, sizeof form, "%s/rap_physio_self.ini", folder);
	write_to(form, OWN_FORM("Ours", ""));
	struct pty *p = pty_start(&how);

	pty_keys(p, BEGIN);
	ck_assert_int_gt(pty_find(p, "Which joint?"), 0);
	pty_keys(p, "<Esc>");
	/* Mended badly: the good one of before serves. */
	write_to(form, OWN_FORM("Ours", "nonsense = yes\n"));
	pty_keys(p, "np");
	row_has(p, 23, "E This form is not available: rap_physio_self.ini line 12. The last good");
	ck_assert_int_gt(pty_find(p, "Which joint?"), 0);
	ck_assert_int_eq(count("SELECT count(*) FROM task WHERE for_role = 'administrator'"
			       " AND state = 'open' AND kind = 'check'"),
			 1);
	/* Once. */
	pty_keys(p, "<Esc>np<Esc>");
	ck_assert_int_eq(count("SELECT count(*) FROM task WHERE for_role = 'administrator'"), 1);
	at_desk_end(p);
	config_close(config);
	unlink(form);
	unlink(path);
	rmdir(folder);
	booked_close(&b);
}
END_TEST

START_TEST(it_stands_as_drawn)
{
	static const struct pty_options wide = { .rows = 43, .cols = 132 };

	open_all();
	struct pty *p = sit("p.shah");

	pty_keys(p, BEGIN PROBLEM "nnn");
	ck_assert(pty_screen_is(p, "tests/screens/taking.screen"));
	pty_keys(p, "u");
	ck_assert(pty_screen_is(p, "tests/screens/taking_card.screen"));
	at_desk_end(p);
	p = at_desk(&b.c, "p.shah", &wide);
	pty_keys(p, "<F3>/ellis<Enter>np" PROBLEM "nnn");
	ck_assert(pty_screen_is(p, "tests/screens/taking_132x43.screen"));
	pty_keys(p, "u");
	ck_assert(pty_screen_is(p, "tests/screens/taking_card_132x43.screen"));
	end(p);
}
END_TEST

TEST_MAIN("taking", a_self_referral_on_the_telephone_and_its_booking_are_thirty_eight_keys_at_most,
	  one_save_is_one_undo,
	  each_red_flag_answer_stops_booking_and_opens_the_nurses_task_at_once,
	  a_flag_taken_back_by_the_hand_stays_and_nothing_is_booked,
	  the_card_is_not_left_until_a_nurse_has_it_or_somebody_on_duty_was_told,
	  a_nurse_who_takes_it_up_shows_on_the_card_and_frees_it,
	  what_is_saved_with_answers_missing_is_a_nurses_after_half_an_hour,
	  a_killed_desk_loses_no_answer_and_says_where_it_was, what_was_half_typed_is_there_again,
	  the_same_within_three_months_is_offered_to_be_added_to,
	  without_the_employees_agreement_it_stays_new,
	  a_nurse_takes_up_what_was_begun_and_left_for_half_an_hour,
	  enter_on_an_episode_shows_its_referral_and_what_came_later,
	  a_manager_is_found_by_name_and_a_reply_from_there_ends_the_pause,
	  a_needlestick_at_the_desk_asks_for_the_time_and_tells_a_nurse_with_the_first_answers,
	  a_sites_form_goes_first_and_a_broken_one_is_said_and_the_administrator_told,
	  it_stands_as_drawn)
