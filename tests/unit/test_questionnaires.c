/*
 * test_questionnaires.c: scores against the published bands, from a table of its own: the numbers
 * here are written down from the published scoring rules, not taken from the files. PHQ-9 Kroenke,
 * Spitzer and Williams 2001: 5, 10, 15, 20 begin mild, moderate, moderately severe, severe GAD-7
 * Spitzer, Kroenke, Williams and Loewe 2006: 5, 10, 15 begin mild, moderate, severe CORE-10 Barkham
 * and others 2013: 11, 15, 20, 25 begin mild, moderate, moderate to severe, severe; 2 and 3 run
 * backwards, and so do the numbers printed in their boxes; one missing is the mean of the others,
 * two are no score
 */
#include "suite.h"

#include <stdio.h>

#include "papers.h"

/* Answers that come to a total: items from the first on take as much as they can. */
static void answer_total(const struct paper *p, struct answers *a, int items, int most, int total)
{
	for (int i = 1; i <= items; i++) {
		int x = total < most ? total : most;
		char one[40];

		total -= x;
		snprintf(one, sizeof one, "q%d=%d", i, x);
		type_all(p, a, one);
	}
	ck_assert_int_eq(total, 0);
}

static const struct tool {
	const char *name;
	int items, most;
	struct {
		int least, most;
		const char *band;
	} bands[6];
} tools[] = {
	{ "phq9",
	  9,
	  3,
	  { { 0, 4, "none or minimal" },
	    { 5, 9, "mild" },
	    { 10, 14, "moderate" },
	    { 15, 19, "moderately severe" },
	    { 20, 27, "severe" } } },
	{ "gad7",
	  7,
	  3,
	  { { 0, 4, "minimal" }, { 5, 9, "mild" }, { 10, 14, "moderate" }, { 15, 21, "severe" } } },
	{ "core10",
	  10,
	  4,
	  { { 0, 10, "low" },
	    { 11, 14, "mild" },
	    { 15, 19, "moderate" },
	    { 20, 24, "moderate to severe" },
	    { 25, 40, "severe" } } },
};

START_TEST(every_total_has_its_published_band)
{
	for (size_t i = 0; i < sizeof tools / sizeof *tools; i++) {
		const struct tool *t = &tools[i];
		struct paper p = paper_of(t->name);
		int total = 0;

		ck_assert_uint_eq(p.scores.n, 1);
		ck_assert_int_eq(p.kind, FORM_QUESTIONNAIRE);
		for (int b = 0; b < 6 && t->bands[b].band; b++) {
			for (; total <= t->bands[b].most; total++) {
				struct answers a = { 0 };
				struct judged j;

				answer_total(&p, &a, t->items, t->most, total);
				form_judge(&p, &a, &j);
				ck_assert(j.scores[0].known);
				ck_assert_int_eq(j.scores[0].value, total);
				ck_assert_str_eq(j.scores[0].band, t->bands[b].band);
				answers_end(&a);
			}
		}
		ck_assert_int_eq(total, t->items * t->most + 1);
		form_end(&p);
	}
}
END_TEST

/* Each item counts by itself, and for as much as every other. */
START_TEST(no_item_counts_more_than_another)
{
	for (size_t i = 0; i < sizeof tools / sizeof *tools; i++) {
		const struct tool *t = &tools[i];
		struct paper p = paper_of(t->name);

		for (int item = 1; item <= t->items; item++) {
			struct answers a = { 0 };
			struct judged j;
			char one[40];

			answer_total(&p, &a, t->items, t->most, 0);
			for (int x = 0; x <= t->most; x++) {
				snprintf(one, sizeof one, "q%d=%d", item, x);
				type_all(&p, &a, one);
				form_judge(&p, &a, &j);
				ck_assert_int_eq(j.scores[0].value, x);
			}
			answers_end(&a);
		}
		form_end(&p);
	}
}
END_TEST

START_TEST(a_missing_item_is_no_score_or_the_mean_of_the_others)
{
	static const struct {
		const char *tool, *answers;
		int value; /* -1: no score */
	} all[] = {
		{ "phq9", "q1=3 q2=3 q3=3 q4=3 q5=3 q6=3 q7=3 q8=3", -1 },
		{ "gad7", "q1=3 q2=3 q3=3 q4=3 q5=3 q6=3", -1 },
		{ "core10", "", -1 },
		/* 18 of nine items: a mean of 2, times ten */
		{ "core10", "q1=2 q2=2 q3=2 q4=2 q5=2 q6=2 q7=2 q8=2 q9=2", 20 },
		/* 9 + 1 of nine: 10 / 9 * 10 = 11.1 */
		{ "core10", "q1=2 q2=1 q3=1 q4=1 q5=1 q6=1 q7=1 q8=1 q9=1", 11 },
		/* 5 of nine: 5.6 */
		{ "core10", "q1=1 q2=0 q3=0 q4=1 q5=1 q6=0 q7=1 q8=1 q9=0", 6 },
		/* the missing one is one that runs backwards: 36 of nine, 40 */
		{ "core10", "q1=4 q2=4 q4=4 q5=4 q6=4 q7=4 q8=4 q9=4 q10=4", 40 },
		{ "core10", "q1=2 q2=2 q3=2 q4=2 q5=2 q6=2 q7=2 q8=2", -1 },
	};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct paper p = paper_of(all[i].tool);
		struct answers a = { 0 };
		struct judged j;

		type_all(&p, &a, all[i].answers);
		form_judge(&p, &a, &j);
		ck_assert_int_eq(j.scores[0].known ? j.scores[0].value : -1, all[i].value);
		ck_assert_int_eq(j.scores[0].band != NULL, all[i].value >= 0);
		answers_end(&a);
		form_end(&p);
	}
}
END_TEST

/* Whatever the total: the one item is enough, and enough by itself. */
START_TEST(the_item_of_suicide_raises_a_risk_alert_whatever_the_total)
{
	static const struct {
		const char *tool, *item;
		int items, most;
	} all[] = { { "phq9", "q9", 9, 3 }, { "core10", "q6", 10, 4 } };

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct paper p = paper_of(all[i].tool);

		for (int x = 0; x <= all[i].most; x++) {
			struct answers a = { 0 };
			char one[20], what[FOLLOWS];
			struct judged j;

			answer_total(&p, &a, all[i].items, all[i].most, 0);
			snprintf(one, sizeof one, "%s=%d", all[i].item, x);
			type_all(&p, &a, one);
			form_judge(&p, &a, &j);
			ck_assert(j.risk == (x > 0));
			ck_assert(j.shown[form_item(&p, "plan")] == (x > 0));
			ck_assert_str_eq(
				follows(&p, &a, what),
				x ? "K1 task:counsellor:now card:crisis no_last_slot ring_on_dna"
				  : "-");
			if (x == 0) {
				answers_end(&a);
				continue;
			}
			type_all(&p, &a, "plan=n safe_now=y");
			form_judge(&p, &a, &j);
			ck_assert_int_eq(j.priority, 1);
			type_all(&p, &a, "plan=u");
			ck_assert_str_eq(
				follows(&p, &a, what),
				"K0 task:clinician.physician:now card:crisis hold_open"
				" task:counsellor:now card:crisis no_last_slot ring_on_dna");
			answers_end(&a);
		}
		form_end(&p);
	}
}
END_TEST

START_TEST(the_item_alone_is_enough_before_anything_else_was_answered)
{
	struct paper p = paper_of("phq9");
	struct answers a = { 0 };
	struct judged j;

	type_all(&p, &a, "q9=1");
	form_judge(&p, &a, &j);
	ck_assert(j.risk && j.fresh && !j.scores[0].known);
	answers_end(&a);
	form_end(&p);
}
END_TEST

/* A form whose boxes all run the same way turns some of them round itself. */
START_TEST(an_item_that_counts_backwards_does_also_where_one_is_missing)
{
	static const char text[] =
		"[form]\nid = own\nversion = 1\nkind = questionnaire\ntitle = \"Own\"\n"
		"for = episode\n[page.a]\ntitle = \"A\"\ntype = choice\n"
		"options = \"0:none|1:some|2:all\"\nrequired = no\nask.q1 = \"One\"\n"
		"ask.q2 = \"Two\"\nask.q3 = \"Three\"\n[score.total]\nof = q1|q2|q3\n"
		"reverse = q2\nmissing = prorate:1\n";
	static const struct {
		const char *answers;
		int value;
	} all[] = { { "q1=0 q2=2 q3=0", 0 }, { "q1=2 q2=0 q3=2", 6 }, { "q1=0 q2=0 q3=0", 2 },
		    { "q1=0 q2=1 q3=0", 1 }, { "q1=2 q2=0", 6 },      { "q1=2 q3=2", 6 },
		    { "q1=0 q2=2", 0 } };
	struct err err = ERR_INIT;
	struct paper p;

	ck_assert_msg(form_read("own", text, strlen(text), &p, &err) == 0, "%s", err.text);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct answers a = { 0 };
		struct judged j;

		type_all(&p, &a, all[i].answers);
		form_judge(&p, &a, &j);
		ck_assert(j.scores[0].known);
		ck_assert_int_eq(j.scores[0].value, all[i].value);
		answers_end(&a);
	}
	form_end(&p);
}
END_TEST

TEST_MAIN("questionnaires", every_total_has_its_published_band, no_item_counts_more_than_another,
	  a_missing_item_is_no_score_or_the_mean_of_the_others,
	  an_item_that_counts_backwards_does_also_where_one_is_missing,
	  the_item_of_suicide_raises_a_risk_alert_whatever_the_total,
	  the_item_alone_is_enough_before_anything_else_was_answered)
