/* test_condition.c: conditions: how they are read, when they hold, what hides a question. */
#include "suite.h"

#include <stdio.h>

#include "base/alloc.h"
#include "papers.h"

#define FILE_                                                                                      \
	"[form]\nid = t\nversion = 1\ntitle = \"T\"\nfor = referral\n"                             \
	"[page.one]\ntitle = \"One\"\ntype = ynu\nask.a = \"A\"\nask.b = \"B\"\nask.c = \"C\"\n"   \
	"[field.where]\nlabel = \"W\"\ntype = multi\noptions = \"b:back|n:neck|k:knee\"\n"         \
	"[field.pain]\nlabel = \"P\"\ntype = scale\nrange = 0-10\n"                                \
	"[field.mood]\nlabel = \"M\"\ntype = choice\noptions = \"0:no|1:some|3:much\"\n"           \
	"[field.at]\nlabel = \"T\"\ntype = time\noptions = \"u:not known\"\nrequired = no\n"       \
	"[score.total]\nof = pain|mood\n"

static struct paper with(const char *when)
{
	char text[2000];
	struct err err = ERR_INIT;
	struct paper p = { 0 };

	snprintf(text, sizeof text, FILE_ "[rule.r]\nwhen = %s\nflag = R\n", when);
	ck_assert_msg(form_read("t.ini", text, strlen(text), &p, &err) == 0, "%s", err.text);
	return p;
}

START_TEST(a_condition_holds_when_its_words_say_so)
{
	static const struct {
		const char *when, *answers;
		bool holds;
	} all[] = {
		{ "a is y", "", false },
		{ "a is y", "a=y", true },
		{ "a is y", "a=n", false },
		{ "a isnot y", "a=n", true },
		{ "a isnot y", "a=y", false },
		{ "a isnot y", "", false }, /* not answered is no answer */
		{ "a in y|u", "a=u", true },
		{ "a in y|u", "a=n", false },
		{ "a given", "", false },
		{ "a given", "a=n", true },
		{ "where is b", "where=b|k", true },
		{ "where is n", "where=b|k", false },
		{ "where in n|k", "where=b|k", true },
		{ "where isnot n", "where=b|k", true },
		{ "where isnot k", "where=b|k", false },
		{ "pain >= 6", "pain=6", true },
		{ "pain >= 6", "pain=5", false },
		{ "pain <= 6", "pain=6", true },
		{ "pain <= 6", "pain=7", false },
		{ "pain > 6", "pain=6", false },
		{ "pain > 6", "pain=10", true },
		{ "pain < 6", "pain=6", false },
		{ "pain < 6", "pain=0", true },
		{ "pain < 6", "", false },
		{ "mood >= 1", "mood=3", true },
		{ "mood is 3", "mood=3", true },
		{ "total >= 7", "pain=6 mood=1", true },
		{ "total >= 7", "pain=6 mood=0", false },
		{ "total >= 0", "pain=6", false }, /* no score while one is missing */
		{ "total given", "pain=6", false },
		{ "total given", "pain=6 mood=0", true },
		{ "at is u", "at=u", true },
		{ "at is u", "at=09:42", false },
		{ "at given", "at=09:42", true },
		/* and before or */
		{ "a is y or b is y and c is y", "a=y b=n c=n", true },
		{ "a is y or b is y and c is y", "a=n b=y c=n", false },
		{ "a is y or b is y and c is y", "a=n b=y c=y", true },
		{ "a is y and b is y or c is y", "a=y b=n c=y", true },
		{ "a is y and b is y or c is y", "a=y b=n c=n", false },
		{ "a is y and b is y or c is y", "a=y b=y c=n", true },
		{ "a is y or b is y or c is y", "c=y", true },
		{ "a is y and b is y and c is y", "a=y b=y c=y", true },
		{ "a is y and b is y and c is y", "a=y b=y", false },
	};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct paper p = with(all[i].when);
		struct answers a = { 0 };
		struct judged j;

		type_all(&p, &a, all[i].answers);
		form_judge(&p, &a, &j);
		ck_assert_msg((j.holds == 1) == all[i].holds, "%s with %s", all[i].when,
			      all[i].answers);
		answers_end(&a);
		form_end(&p);
	}
}
END_TEST

START_TEST(a_condition_that_is_none_is_refused_with_its_line)
{
	static const struct {
		const char *when, *says;
	} all[] = {
		{ "d is y", "there is no question or score d." },
		{ "a", "a name alone is no condition: is, in, >=, given ..." },
		{ "a is", "a condition ends in the middle." },
		{ "a is y and", "a condition ends in the middle." },
		{ "a is y b is y", "b stands where and, or, or nothing may." },
		{ "a == y", "== is none of is, isnot, in, >=, <=, >, < and given." },
		{ "a is x", "a has no option x." },
		{ "a is y|n", "of several options write: a in a|b." },
		{ "a in y|y", "option y is named twice." },
		{ "a in y||n", "a has no option ." },
		{ "a >= 1", "a is no number." },
		{ "where > 1", "where is no number." },
		{ "pain is 1", "only a question with options is, or is in." },
		{ "total is 1", "only a question with options is, or is in." },
		{ "pain >= x", "x is no number to compare with." },
		{ "pain >= 1.5", "1.5 is no number to compare with." },
		{ "(a is y)", "there is no question or score (a." },
		{ "otherwise or a is y", "there is no question or score otherwise." },
	};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		char text[2000], says[200];
		struct err err = ERR_INIT;
		struct paper p;

		snprintf(text, sizeof text, FILE_ "[rule.r]\nwhen = %s\nflag = R\n", all[i].when);
		snprintf(says, sizeof says, "t.ini, line 32: %s", all[i].says);
		ck_assert_int_eq(form_read("t.ini", text, strlen(text), &p, &err), -1);
		ck_assert_str_eq(err.text, says);
	}
}
END_TEST

START_TEST(a_question_shows_by_what_stands_before_it_only)
{
	static const struct {
		const char *show, *says;
	} all[] = {
		{ "a is y", "" },
		{ "pain >= 3", "" },
		{ "total >= 3", "" },
		{ "later is y", "t.ini, line 36: later comes later: it is not known here." },
		{ "own is y", "t.ini, line 36: own comes later: it is not known here." },
		{ "after >= 3",
		  "t.ini, line 36: after is not complete here: its questions come later." },
	};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		char text[2000];
		struct err err = ERR_INIT;
		struct paper p;
		int rc;

		snprintf(text, sizeof text,
			 FILE_
			 "[page.two]\ntitle = \"Two\"\n[field.own]\nlabel = \"O\"\ntype = yn\n"
			 "show = %s\n[field.later]\nlabel = \"L\"\ntype = yn\n"
			 "[field.more]\nlabel = \"P\"\ntype = scale\nrange = 0-10\n"
			 "[score.after]\nof = pain|more\n",
			 all[i].show);
		rc = form_read("t.ini", text, strlen(text), &p, &err);
		ck_assert_int_eq(rc, *all[i].says ? -1 : 0);
		ck_assert_str_eq(err.text, all[i].says);
		if (rc == 0)
			form_end(&p);
	}
}
END_TEST

static const char hiding[] =
	"[form]\nid = t\nversion = 1\ntitle = \"T\"\nfor = referral\n"
	"[page.one]\ntitle = \"One\"\ntype = yn\nask.back = \"B\"\n"
	"[page.two]\ntitle = \"Two\"\nshow = back is y\ntype = yn\nask.numb = \"N\"\nask.legs = \"L\"\n"
	"show.legs = numb is n\n"
	"[page.three]\ntitle = \"Three\"\nshow = legs is y\ntype = yn\nask.both = \"B\"\n"
	"[rule.red]\nwhen = numb is y or both is y\nflag = R\n"
	"[rule.clear]\nwhen = otherwise\ndo = book:physio_new\n";

START_TEST(what_is_hidden_is_neither_missing_nor_counted)
{
	struct err err = ERR_INIT;
	struct answers a = { 0 };
	struct judged j;
	struct paper p;
	char what[FOLLOWS];

	ck_assert_int_eq(form_read("t.ini", hiding, sizeof hiding - 1, &p, &err), 0);
	form_judge(&p, &a, &j);
	ck_assert_int_eq(j.missing, 1);
	ck_assert_int_eq(j.first_missing, form_item(&p, "back"));
	ck_assert_str_eq(follows(&p, &a, what), "-"); /* not finished: no otherwise */
	type_all(&p, &a, "back=y");
	form_judge(&p, &a, &j);
	ck_assert_int_eq(j.missing, 1); /* numb; legs shows when it was answered */
	type_all(&p, &a, "numb=n legs=y both=y");
	ck_assert_str_eq(follows(&p, &a, what), "R-");
	/* The page goes, and with it everything that hung on it. */
	type_all(&p, &a, "back=n");
	form_judge(&p, &a, &j);
	ck_assert_int_eq(j.missing, 0);
	ck_assert(!j.page_shown[1] && !j.page_shown[2]);
	ck_assert_str_eq(follows(&p, &a, what), "- book:physio_new");
	answers_end(&a);
	form_end(&p);
}
END_TEST

START_TEST(each_rule_acts_once_and_a_flag_that_was_raised_stays)
{
	struct err err = ERR_INIT;
	struct answers a = { 0 };
	struct judged j;
	struct paper p;

	ck_assert_int_eq(form_read("t.ini", hiding, sizeof hiding - 1, &p, &err), 0);
	type_all(&p, &a, "back=y numb=y");
	form_judge(&p, &a, &j);
	ck_assert_uint_eq(j.fresh, 1);
	form_acted(&a, &j);
	form_judge(&p, &a, &j);
	ck_assert_uint_eq(j.holds, 1);
	ck_assert_uint_eq(j.fresh, 0);
	/* "No, I meant no": a clinician clears it, not a key. */
	type_all(&p, &a, "numb=n legs=n");
	form_judge(&p, &a, &j);
	ck_assert_int_eq(j.missing, 0);
	ck_assert_uint_eq(j.holds, 0);
	ck_assert_uint_eq(j.counts, 1);
	ck_assert(j.red);
	answers_end(&a);
	form_end(&p);
}
END_TEST

START_TEST(the_lowest_priority_wins_and_otherwise_is_only_for_the_end)
{
	struct paper p = paper_of("rap_physio_self");
	struct answers a = { 0 };
	char what[FOLLOWS];

	type_all(&p, &a, "where=k since=t how=l pain=3");
	ck_assert_str_eq(follows(&p, &a, what), "-");
	type_all(&p, &a, "weaker=n unwell=n fall=n off_work=y");
	ck_assert_str_eq(follows(&p, &a, what), "2");
	type_all(&p, &a, "unwell=y");
	ck_assert_str_eq(follows(&p, &a, what), "R1 stop_booking task:nurse:today");
	type_all(&p, &a, "where=b saddle=y");
	ck_assert_str_eq(follows(&p, &a, what), "R0 stop_booking task:nurse:now card:emergency_back"
						" stop_booking task:nurse:today");
	answers_end(&a);
	form_end(&p);
}
END_TEST

TEST_MAIN("condition", a_condition_holds_when_its_words_say_so,
	  a_condition_that_is_none_is_refused_with_its_line,
	  a_question_shows_by_what_stands_before_it_only,
	  what_is_hidden_is_neither_missing_nor_counted,
	  each_rule_acts_once_and_a_flag_that_was_raised_stays,
	  the_lowest_priority_wins_and_otherwise_is_only_for_the_end)
