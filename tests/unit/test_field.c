/* test_field.c: every type of answer: what is taken, how it is kept and shown, what is refused. */
#include "suite.h"

#include <stdio.h>

#include "papers.h"

/* One question of each kind. */
static const char file[] =
	"[form]\nid = t\nversion = 1\ntitle = \"T\"\nfor = person\n"
	"[page.one]\ntitle = \"One\"\n"
	"[field.text]\nlabel = \"x\"\ntype = text\n"
	"[field.lines]\nlabel = \"x\"\ntype = lines\n"
	"[field.int]\nlabel = \"x\"\ntype = int\nrange = 1-26\noptions = \"u:not known\"\n"
	"[field.free]\nlabel = \"x\"\ntype = int\n"
	"[field.scale]\nlabel = \"x\"\ntype = scale\nrange = 0-10\n"
	"[field.born]\nlabel = \"x\"\ntype = date\nmax = today\n"
	"[field.next]\nlabel = \"x\"\ntype = date\nmin = today\nmax = today+30\n"
	"[field.due]\nlabel = \"x\"\ntype = date\nmin = 2026-01-01\noptions = \"x:not known\"\n"
	"[field.time]\nlabel = \"x\"\ntype = time\n"
	"[field.phone]\nlabel = \"x\"\ntype = phone\n"
	"[field.email]\nlabel = \"x\"\ntype = email\n"
	"[field.nhsno]\nlabel = \"x\"\ntype = nhsno\n"
	"[field.yn]\nlabel = \"x\"\ntype = yn\n"
	"[field.ynu]\nlabel = \"x\"\ntype = ynu\n"
	"[field.choice]\nlabel = \"x\"\ntype = choice\noptions = \"b:low back|n:neck\"\n"
	"[field.multi]\nlabel = \"x\"\ntype = multi\noptions = \"f:face|p:phone|v:video\"\n"
	"[field.person]\nlabel = \"x\"\ntype = person\n"
	"[field.site]\nlabel = \"x\"\ntype = site\n"
	"[field.clinician]\nlabel = \"x\"\ntype = clinician\n"
	"[field.info]\nlabel = \"read this\"\ntype = info\n";

static struct paper paper;

static void read_file(void)
{
	struct err err = ERR_INIT;

	ck_assert_msg(form_read("t.ini", file, strlen(file), &paper, &err) == 0, "%s", err.text);
}

START_TEST(every_type_keeps_one_writing_and_shows_it_as_people_read_it)
{
	static const struct {
		const char *q, *typed, *kept, *shown;
	} all[] = {
		{ "text", "  two   words ", "two words", "two words" },
		{ "lines", "one| two |three", "one\ntwo\nthree", "one two three" },
		{ "lines", "one\ntwo", "one\ntwo", "one two" },
		{ "int", "07", "7", "7" },
		{ "int", "U", "u", "not known" },
		{ "free", "999999999", "999999999", "999999999" },
		{ "scale", "6", "6", "6 of 10" },
		{ "born", "14/8/84", "1984-08-14", "Tue 14-Aug-1984" },
		{ "born", "9", "2026-03-09", "Mon 09-Mar-2026" },
		{ "next", "tom", "2026-03-13", "Fri 13-Mar-2026" },
		{ "next", "+30d", "2026-04-11", "Sat 11-Apr-2026" },
		{ "due", "x", "x", "not known" },
		{ "due", "2026-01-01", "2026-01-01", "Thu 01-Jan-2026" },
		{ "time", "930", "09:30", "09:30" },
		{ "time", "23:59", "23:59", "23:59" },
		{ "phone", "+44 7700 900418", "07700900418", "07700 900418" },
		{ "email", "ada@wv.example", "ada@wv.example", "ada@wv.example" },
		{ "nhsno", "999-000-0018", "9990000018", "999 000 0018" },
		{ "yn", "Y", "y", "yes" },
		{ "ynu", "u", "u", "unsure" },
		{ "choice", "B", "b", "low back" },
		{ "multi", "v f", "f|v", "face, video" },
		{ "multi", "p|p,P", "p", "phone" },
		{ "person", "SHAH, Priti", "SHAH, Priti", "SHAH, Priti" },
		{ "site", "NGT", "NGT", "NGT" },
		{ "clinician", "marsh", "marsh", "marsh" },
	};
	struct date today;

	read_file();
	date_parse("2026-03-12", (struct date){ 0 }, LOOK_BACK, &today, NULL);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		int q = form_item(&paper, all[i].q);
		struct answers a = { 0 };
		struct err err = ERR_INIT;
		char shown[ANSWER_TEXT];

		ck_assert_msg(answer_set(&paper, &a, q, all[i].typed, today, &err) == 0, "%s: %s",
			      all[i].q, err.text);
		ck_assert_str_eq(a.v[q], all[i].kept);
		ck_assert_str_eq(answer_show(&paper.items.v[q], a.v[q], shown), all[i].shown);
		/* What was kept is taken again, and is the same. */
		if (paper.items.v[q].type != ITEM_DATE || !strcmp(all[i].kept, "x")) {
			ck_assert_int_eq(answer_set(&paper, &a, q, all[i].kept, today, &err), 0);
			ck_assert_str_eq(a.v[q], all[i].kept);
		}
		/* Nothing typed takes it back. */
		ck_assert_int_eq(answer_set(&paper, &a, q, " ", today, &err), 0);
		ck_assert_ptr_null(a.v[q]);
		answers_end(&a);
	}
	form_end(&paper);
}
END_TEST

START_TEST(what_is_no_answer_is_refused_and_the_old_one_stays)
{
	static const struct {
		const char *q, *good, *bad, *says;
	} all[] = {
		{ "text", "x", "a\x1b[2J", "cannot be kept" },
		{ "text", "x", "\xC3", "cannot be kept" },
		{ "int", "1", "27", "From 1 to 26, not 27." },
		{ "int", "1", "0", "From 1 to 26, not 0." },
		{ "int", "1", "-1", "A whole number is needed, from 1 to 26." },
		{ "int", "1", "1.5", "A whole number is needed, from 1 to 26." },
		{ "int", "1", "9999999999", "A whole number is needed, from 1 to 26." },
		{ "scale", "1", "11", "From 0 to 10, not 11." },
		{ "born", "t", "13/3/2026", "Not after 12-Mar-2026." },
		{ "born", "t", "31/2/2020", "31" },
		{ "next", "t", "11/3/2026", "Not before 12-Mar-2026." },
		{ "next", "t", "+31d", "Not after 11-Apr-2026." },
		{ "due", "x", "31-Dec-2025", "Not before 01-Jan-2026." },
		{ "time", "930", "25:00", "25" },
		{ "phone", "07700900418", "12", "no telephone number" },
		{ "email", "a@b.example", "a@b", "name@place.example" },
		{ "email", "a@b.example", "a@@b.example", "name@place.example" },
		{ "email", "a@b.example", "a@b.example, c@d.example", "name@place.example" },
		{ "nhsno", "9990000018", "9990000019", "no NHS number" },
		{ "yn", "y", "u", "Type one of y, n." },
		{ "ynu", "y", "yes", "Type one of y, n, u." },
		{ "choice", "b", "x", "Type one of b, n." },
		{ "multi", "f", "f|z", "Type one of f, p, v." },
		{ "multi", "f", "|", "Type one of f, p, v." },
		{ "info", NULL, "x", "only to be read" },
	};
	struct date today;

	read_file();
	date_parse("2026-03-12", (struct date){ 0 }, LOOK_BACK, &today, NULL);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		int q = form_item(&paper, all[i].q);
		struct answers a = { 0 };
		struct err err = ERR_INIT;

		if (all[i].good)
			ck_assert_int_eq(answer_set(&paper, &a, q, all[i].good, today, &err), 0);
		ck_assert_msg(answer_set(&paper, &a, q, all[i].bad, today, &err) == -1,
			      "%s took %s", all[i].q, all[i].bad);
		ck_assert_int_eq(err.kind, ERR_INPUT);
		ck_assert_str_eq(err.field, all[i].q);
		ck_assert_msg(strstr(err.text, all[i].says) != NULL, "%s: %s", all[i].q, err.text);
		if (all[i].good)
			ck_assert_ptr_nonnull(a.v[q]);
		answers_end(&a);
	}
	form_end(&paper);
}
END_TEST

START_TEST(a_file_of_answers_is_as_strict_as_a_form)
{
	static const struct {
		const char *text, *says;
	} all[] = {
		{ "[answers]\nyn = y\nmulti = f|v\ntext = \"two words\"\n", "" },
		{ "[answers]\n", "" },
		{ "", "a.ini has no section [answers]." },
		{ "[answer]\nyn = y\n", "a.ini, line 1: its one section is [answers]." },
		{ "[answers]\nyn = y\n[more]\nynu = y\n",
		  "a.ini, line 3: its one section is [answers]." },
		{ "[answers]\nyn = y\nyn = n\n",
		  "a.ini, line 3: this key was there before. Keep one." },
		{ "[answers]\nshoe = 9\n", "a.ini, line 2: t asks nothing named shoe." },
		{ "[answers]\n\nyn = u\n", "a.ini, line 3: yn: Type one of y, n." },
		{ "[answers]\nyn = \"y\n", "a.ini, line 2: a quote is not closed." },
	};

	read_file();
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct answers a = { 0 };
		struct err err = ERR_INIT;
		int rc = answers_read(&paper, "a.ini", all[i].text, strlen(all[i].text),
				      (struct date){ 20000 }, &a, &err);

		ck_assert_int_eq(rc, *all[i].says ? -1 : 0);
		ck_assert_str_eq(err.text, all[i].says);
		answers_end(&a);
	}
	form_end(&paper);
}
END_TEST

TEST_MAIN("field", every_type_keeps_one_writing_and_shows_it_as_people_read_it,
	  what_is_no_answer_is_refused_and_the_old_one_stays,
	  a_file_of_answers_is_as_strict_as_a_form)
