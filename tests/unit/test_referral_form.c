/*
 * test_referral_form.c: referrals by a form: what its rules do is done as they are taken in, at a
 * desk and from a folder alike.
 */
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "booked.h"
#include "clinic/act.h"
#include "clinic/booking.h"
#include "clinic/flag.h"
#include "clinic/referral.h"
#include "suite.h"

static struct booked b;
static struct err err;

/* The questions of the physiotherapy form that are about danger. */
static const char *const dangers[] = { "saddle", "water",  "bowel", "legs_both",
				       "weaker", "unwell", "fall" };
enum { DANGERS = sizeof dangers / sizeof *dangers };

/* Whole answers; one danger (-1: none) answered so. */
static char *answers(int danger, char said, bool agrees)
{
	struct buf text = { 0 };

	buf_str(&text, "[answers]\nwhere = b\nsince = 2026-03-08\nhow = t\npain = 8\n");
	for (int i = 0; i < DANGERS; i++)
		buf_printf(&text, "%s = %c\n", dangers[i], i == danger ? said : 'n');
	buf_printf(&text,
		   "off_work = y\nconsent_assess = %c\nconsent_gp = y\nphone = 07700 900123\n",
		   agrees ? 'y' : 'n');
	return text.s;
}

static int by_form(const char *form, struct id person, const char *text, struct id *ret)
{
	struct form_ask ask = { .form = form,
				.path = "answers.ini",
				.text = text,
				.n = strlen(text),
				.person = person };

	return referral_by_form(&b.c.desk, &ask, ret, &err);
}

static struct referral_row row_of(struct id id)
{
	struct referral_row r = { 0 };

	ck_ok(referral_one(&b.c.desk, id, &r, &err), err);
	return r;
}

START_TEST(each_red_flag_answer_stops_booking_and_tells_a_nurse_at_once)
{
	for (int i = 0; i < DANGERS * 2; i++) {
		char *text = answers(i / 2, i % 2 ? 'u' : 'y', true);
		struct booking_ask ask = { .starts = thu(10, 0) };
		struct id id, appt;

		booked_open(&b);
		ck_ok(by_form("rap_physio_self", b.okafor, text, &id), err);
		ck_assert_msg(strcmp(row_of(id).flags, "R") == 0, "%s", dangers[i / 2]);
		ask.person = b.okafor;
		ask.service = b.physio;
		ask.clinician = b.marsh;
		ck_refused(booking_book(&b.c.desk, &ask, &appt, &err), err, ERR_CLASH);
		ck_assert_int_eq(clinic_count(&b.c,
					      "SELECT count(*) FROM task WHERE kind = 'alert'"
					      " AND state = 'open' AND for_role = 'nurse'") > 0,
				 1);
		mem_free(text);
		booked_close(&b);
	}
}
END_TEST

/* The answers of a self-referral to counselling, with those of danger. */
static const char in_danger[] =
	"[answers]\nabout = m\nwork = o\nsuicide = y\nothers = n\nabuse = n\n"
	"child = n\nplan = y\nsafe_now = n\n";

START_TEST(what_a_rule_asks_for_while_its_flag_is_open_is_so)
{
	static const char *const all[] = { FLAG_STOPS, FLAG_NOT_LAST, FLAG_RINGS, FLAG_PLAN };
	struct flag_rows rows = { 0 };
	struct id id;

	booked_open(&b);
	booked_sql(&b, "INSERT INTO user_right (id, user, name, state) SELECT 77, id, 'duty', 'on'"
		       " FROM user WHERE name = 's.kelly'");
	clinic_sit(&b.c, "s.kelly");
	ck_ok(by_form("couns_self", b.okafor, in_danger, &id), err);
	ck_ok(flag_list(&b.c.desk, b.okafor, &rows, &err), err);
	ck_assert_uint_eq(rows.n, 1);
	ck_assert_int_eq(rows.v[0].f.kind, FLAG_RISK);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		ck_assert_msg(flag_does(&rows.v[0].f, all[i]), "%s", all[i]);
	/* In the words of the form, for who reads them; no rule's name. */
	ck_assert_msg(strstr(rows.v[0].f.words, "any plan? yes"), "%s", rows.v[0].f.words);
	ck_refused(flag_stops(&b.c.desk, b.okafor, b.couns, &err), err, ERR_CLASH);
	ck_assert_int_eq(flag_clear(&b.c.desk, rows.v[0].f.id, "safe again", &err), -1);
	ck_assert_str_eq(err.field, "plan");
	list_free(&rows);
	/* One alert for the counsellors, one for who is on duty; nobody is asked twice. */
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM task WHERE kind = 'alert'"
					    " AND for_role = 'counsellor'"),
			 1);
	booked_close(&b);
}
END_TEST

START_TEST(an_ordinary_one_goes_to_triage_with_its_suggestion_and_its_answers)
{
	char *text = answers(-1, 'n', true);
	struct decide_ask accept = { .priority = 3, .suggested = -1 };
	struct said_rows said = { 0 };
	struct decision d;
	struct id id;

	booked_open(&b);
	ck_ok(by_form("rap_physio_self", b.okafor, text, &id), err);
	ck_assert_int_eq(row_of(id).shown, REF_AWAITING);
	ck_assert_int_eq(row_of(id).r.gp, GP_YES);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM task"), 0);
	/* Reception typed them and does not read them again. */
	ck_ok(referral_answers(&b.c.desk, id, &said, &err), err);
	ck_assert_uint_eq(said.n, 0);
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(referral_answers(&b.c.desk, id, &said, &err), err);
	ck_assert_uint_eq(said.n, 15);
	ck_assert_str_eq(said.v[0].said, "low back");
	list_free(&said);
	ck_ok(triage_decide(&b.c.desk, id, &accept, &err), err);
	ck_ok(referral_decision(&b.c.desk, id, &d, &err), err);
	ck_assert(d.priority == 3 && d.suggested_priority == 2);
	mem_free(text);
	booked_close(&b);
}
END_TEST

START_TEST(a_form_may_end_it_but_over_no_flag)
{
	char *no = answers(-1, 'n', false), *flagged = answers(0, 'y', false);
	struct id id;

	booked_open(&b);
	ck_ok(by_form("rap_physio_self", b.okafor, no, &id), err);
	ck_assert_int_eq(row_of(id).shown, REF_DECLINED);
	ck_ok(by_form("rap_physio_self", b.ellis, flagged, &id), err);
	ck_assert_int_eq(row_of(id).shown, REF_NEW);
	ck_assert_str_eq(row_of(id).flags, "R");
	mem_free(no);
	mem_free(flagged);
	booked_close(&b);
}
END_TEST

START_TEST(a_form_ends_nothing_over_a_flag_that_is_open_already_seen_or_not)
{
	static const enum flag_kind kinds[] = { FLAG_RED, FLAG_RISK, FLAG_SAFEGUARDING };
	char *no = answers(-1, 'n', false);
	struct id id;

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct flag_ask ask = { .kind = kinds[i], .words = "said on the telephone" };

		booked_open(&b);
		ask.person = b.okafor;
		ask.service = b.physio;
		clinic_sit(&b.c, "r.adeyemi");
		ck_ok(flag_raise(&b.c.desk, &ask, NULL, &err), err);
		clinic_sit(&b.c, "p.shah");
		ck_ok(by_form("rap_physio_self", b.okafor, no, &id), err);
		ck_assert_int_eq(row_of(id).shown, REF_NEW);
		booked_close(&b);
	}
	mem_free(no);
}
END_TEST

START_TEST(a_flag_does_not_wait_for_what_is_missing_nor_for_what_came_before)
{
	static const char half[] = "[answers]\nwhere = b\nlegs_both = u\n";
	char *text = answers(-1, 'n', true);
	struct id id;

	booked_open(&b);
	ck_ok(by_form("rap_physio_self", b.okafor, text, &id), err);
	ck_refused(by_form("rap_physio_self", b.okafor, text, &id), err, ERR_CLASH);
	ck_ok(by_form("rap_physio_self", b.okafor, half, &id), err);
	ck_assert_str_eq(row_of(id).flags, "R");
	ck_refused(by_form("rap_physio_self", b.ellis, "[answers]\nwhere = b\n", &id), err,
		   ERR_INPUT);
	mem_free(text);
	booked_close(&b);
}
END_TEST

START_TEST(taken_back_its_answers_go_with_it)
{
	char *text = answers(-1, 'n', true);
	struct id id;

	booked_open(&b);
	ck_ok(by_form("rap_physio_self", b.okafor, text, &id), err);
	ck_ok(act_undo_of(&b.c.desk, id, NULL, 0, &err), err);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM answer WHERE state = 'on'"), 0);
	mem_free(text);
	booked_close(&b);
}
END_TEST

/* ---- a folder ---- */

static int done, rejected;

static void taken(void *ctx, const char *file, struct id referral, const char *said, bool refused)
{
	(void)ctx, (void)file, (void)referral, (void)said;
	done += !refused;
	rejected += refused;
}

static void leave(const char *folder, const char *name, const char *head, const char *text)
{
	char *path = mem_printf("%s/%s", folder, name);
	FILE *f = fopen(path, "w");

	ck_assert(f && fprintf(f, "%s%s", head, text) >= 0 && fclose(f) == 0);
	mem_free(path);
}

static bool there(const char *folder, const char *name)
{
	char *path = mem_printf("%s/%s", folder, name);
	bool is = access(path, F_OK) == 0;

	mem_free(path);
	return is;
}

START_TEST(a_folder_is_taken_in_once_and_what_is_wrong_is_somebodys_to_see)
{
	char *flagged = answers(3, 'u', true), *in;
	char head[160];

	booked_open(&b);
	clinic_sit(&b.c, "a.root");
	in = mem_printf("%s/in", b.c.folder);
	ck_assert_int_eq(mkdir(in, 0700), 0);
	booked_sql(&b, "UPDATE post SET employee_no = '20417733' WHERE person ="
		       " (SELECT id FROM person WHERE surname = 'OKAFOR')");
	snprintf(
		head, sizeof head,
		"[referral]\nform = rap_physio_self\nperson = 20417733\nreceived = 2026-03-11 18:40\n");
	leave(in, "1.ini", head, flagged);
	leave(in, "2.ini", "[referral]\nform = rap_physio_self\nperson = 99\n", flagged);
	leave(in, "3.ini", "", flagged);
	leave(in, "4.ini", head, "[answers]\nwhere = nowhere\n");
	leave(in, "notes.txt", "", "not ours");
	ck_ok(referral_import(&b.c.desk, in, taken, NULL, &err), err);
	ck_assert_int_eq(done, 1);
	ck_assert_int_eq(rejected, 3);
	ck_assert(there(in, "done/1.ini") && there(in, "notes.txt"));
	ck_assert(there(in, "rejected/2.ini.why") && !there(in, "2.ini"));
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM flag WHERE state = 'open'"), 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM task WHERE kind = 'check'"
					    " AND for_role = 'nurse'"),
			 3);
	/* Left there again, it adds nothing. */
	leave(in, "again.ini", head, flagged);
	ck_ok(referral_import(&b.c.desk, in, taken, NULL, &err), err);
	ck_assert_int_eq(done, 2);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM referral"), 1);
	/* Received in the evening, not when somebody looked. */
	ck_assert_int_eq(clinic_count(&b.c, "SELECT received FROM referral"),
			 thu(9, 42).utc - (15 * 60 + 2) * 60);
	mem_free(in);
	mem_free(flagged);
	booked_close(&b);
}
END_TEST

START_TEST(one_name_stands_in_the_way_of_no_other_file)
{
	static const char *const odd[] = { "a\033[31mred\n.ini", "b\377\376.ini" };
	char *flagged = answers(3, 'u', true), *long_name = mem_str(""), *in, *path;
	char head[160];

	booked_open(&b);
	clinic_sit(&b.c, "a.root");
	in = mem_printf("%s/in", b.c.folder);
	ck_assert_int_eq(mkdir(in, 0700), 0);
	booked_sql(&b, "UPDATE post SET employee_no = '20417733' WHERE person ="
		       " (SELECT id FROM person WHERE surname = 'OKAFOR')");
	for (int i = 0; i < 61; i++) {
		char *more = mem_printf("%s\xc3\xa9\xc3\xa9", long_name);

		mem_free(long_name);
		long_name = more;
	}
	path = mem_printf("c%s.ini", long_name);
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
		leave(in, odd[i], odd[i], "no referral");
	leave(in, path, "", "no referral either");
	mem_free(path);
	path = mem_printf("%s/folder.ini", in);
	ck_assert_int_eq(mkdir(path, 0700), 0);
	snprintf(head, sizeof head, "[referral]\nform = rap_physio_self\nperson = 20417733\n");
	leave(in, "z.ini", head, flagged);
	done = rejected = 0;
	ck_ok(referral_import(&b.c.desk, in, taken, NULL, &err), err);
	ck_assert_int_eq(done, 1);
	ck_assert_int_eq(rejected, 4);
	ck_assert(there(in, "done/z.ini") && there(in, "rejected/folder.ini.why"));
	ck_assert(there(in, "rejected/folder.ini") && !there(in, "folder.ini"));
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM task WHERE kind = 'check'"), 4);
	/* And it ends there. */
	ck_ok(referral_import(&b.c.desk, in, taken, NULL, &err), err);
	ck_assert_int_eq(rejected, 4);
	mem_free(path);
	mem_free(long_name);
	mem_free(in);
	mem_free(flagged);
	booked_close(&b);
}
END_TEST

/* ---- killed ---- */

static char *in;

static void begin_folder(void)
{
	booked_open(&b);
	clinic_sit(&b.c, "a.root");
	in = mem_printf("%s/in", b.c.folder);
	ck_assert_int_eq(mkdir(in, 0700), 0);
	booked_sql(&b, "UPDATE post SET employee_no = '20417733' WHERE person ="
		       " (SELECT id FROM person WHERE surname = 'OKAFOR')");
	done = rejected = 0;
}

static void end_folder(void)
{
	mem_free(in);
	booked_close(&b);
}

static size_t count_in(const char *sub)
{
	char *path = mem_printf("%s/%s", in, sub);
	DIR *d = opendir(path);
	size_t n = 0;

	for (struct dirent *e; d && (e = readdir(d));)
		n += *e->d_name != '.' && strstr(e->d_name, ".why") == NULL;
	if (d)
		closedir(d);
	mem_free(path);
	return n;
}

static void twice(const char *name, const char *sub)
{
	char *from = mem_printf("%s/%s/%s", in, sub, name), *to = mem_printf("%s/%s", in, name);

	ck_assert_int_eq(link(from, to), 0);
	mem_free(from);
	mem_free(to);
}

/* As each stands when it is killed between two steps: recorded and not moved; in both folders; its
 * reason written and it not moved. */
START_TEST(a_run_that_was_killed_is_gone_on_with_and_nothing_is_twice)
{
	static const char head[] = "[referral]\nform = rap_physio_self\nperson = 20417733\n";
	char *flagged = answers(3, 'u', true);

	begin_folder();
	leave(in, "1.ini", head, flagged);
	leave(in, "2.ini", "[referral]\nform = rap_physio_self\nperson = 99\n", flagged);
	ck_ok(referral_import(&b.c.desk, in, taken, NULL, &err), err);
	for (int round = 0; round < 2; round++) {
		if (round == 0) {
			char *from = mem_printf("%s/done/1.ini", in),
			     *to = mem_printf("%s/1.ini", in);

			ck_assert_int_eq(rename(from, to), 0);
			mem_free(from);
			mem_free(to);
			from = mem_printf("%s/rejected/2.ini", in);
			to = mem_printf("%s/2.ini", in);
			ck_assert_int_eq(rename(from, to), 0);
			mem_free(from);
			mem_free(to);
		} else {
			twice("1.ini", "done");
			twice("2.ini", "rejected");
		}
		ck_ok(referral_import(&b.c.desk, in, taken, NULL, &err), err);
		ck_assert(!there(in, "1.ini") && !there(in, "2.ini"));
		ck_assert_uint_eq(count_in("done"), 1);
		ck_assert_uint_eq(count_in("rejected"), 1);
		ck_assert(there(in, "rejected/2.ini.why"));
		ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM referral"), 1);
		ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM flag"), 1);
		ck_assert_int_eq(
			clinic_count(&b.c, "SELECT count(*) FROM task WHERE kind = 'check'"), 1);
	}
	/* Another file of that name is another file. */
	leave(in, "1.ini", "[referral]\nform = rap_physio_self\nperson = 98\n", flagged);
	leave(in, "2.ini", "[referral]\nform = rap_physio_self\nperson = 98\n", "[answers]\n");
	ck_ok(referral_import(&b.c.desk, in, taken, NULL, &err), err);
	ck_assert(there(in, "rejected/1.ini") && there(in, "rejected/2-2.ini.why"));
	mem_free(flagged);
	end_folder();
}
END_TEST

TEST_MAIN("referral_form", each_red_flag_answer_stops_booking_and_tells_a_nurse_at_once,
	  what_a_rule_asks_for_while_its_flag_is_open_is_so,
	  an_ordinary_one_goes_to_triage_with_its_suggestion_and_its_answers,
	  a_form_may_end_it_but_over_no_flag,
	  a_form_ends_nothing_over_a_flag_that_is_open_already_seen_or_not,
	  a_flag_does_not_wait_for_what_is_missing_nor_for_what_came_before,
	  taken_back_its_answers_go_with_it,
	  a_folder_is_taken_in_once_and_what_is_wrong_is_somebodys_to_see,
	  one_name_stands_in_the_way_of_no_other_file,
	  a_run_that_was_killed_is_gone_on_with_and_nothing_is_twice)
