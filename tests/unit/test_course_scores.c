/* test_course_scores.c: questionnaires about a course of sessions: kept, scored, compared, and not
 * there for whoever is no part of the service. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "booked.h"
#include "clinic/act.h"
#include "clinic/booking.h"
#include "clinic/flag.h"
#include "clinic/questionnaire.h"
#include "clinic/series.h"
#include "clinic/task.h"
#include "suite.h"

static struct booked b;
static struct err err;
static struct id course, first;

static void start(void)
{
	struct booking_ask ask;

	booked_open(&b);
	err_clear(&err);
	clinic_sit(&b.c, "s.kelly");
	ask = (struct booking_ask){ .person = b.webb,
				    .service = b.couns,
				    .clinician = b.kelly,
				    .starts = next_thu(10, 0) };
	ck_ok(booking_book(&b.c.desk, &ask, &first, &err), err);
	ck_ok(series_of(&b.c.desk, b.webb, b.couns, &course, &err), err);
}

/* All nine of PHQ-9, one figure each. */
static int phq9(const char *digits)
{
	char path[200];
	FILE *f;
	int rc;

	snprintf(path, sizeof path, "%s/answers.ini", b.c.folder);
	f = fopen(path, "w");
	ck_assert(f != NULL);
	fprintf(f, "[answers]\n");
	for (int i = 0; digits[i]; i++)
		fprintf(f, "q%d = %c\n", i + 1, digits[i]);
	fclose(f);
	world_pass(&b.c.world, 86400);
	desk_tick(&b.c.desk);
	rc = questionnaire_file(&b.c.desk, course, "phq9", path, &err);
	remove(path);
	return rc;
}

START_TEST(a_change_counts_beyond_chance_and_recovered_is_under_the_case_line)
{
	static const struct {
		const char *form;
		int was, now;
		const char *says;
	} known[] = { { "phq9", 18, 13, "" },
		      { "phq9", 18, 12, "reliable change" },
		      { "phq9", 18, 9, "reliable change, recovered" },
		      { "phq9", 9, 3, "reliable change" },
		      { "phq9", 10, 16, "reliable worsening" },
		      { "gad7", 12, 9, "" },
		      { "gad7", 12, 8, "reliable change" },
		      { "gad7", 12, 7, "reliable change, recovered" },
		      { "core10", 20, 15, "" },
		      { "core10", 20, 11, "reliable change" },
		      { "core10", 20, 10, "reliable change, recovered" },
		      { "wsas", 30, 0, "" } };

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		ck_assert_str_eq(score_change(known[i].form, known[i].was, known[i].now),
				 known[i].says);
}
END_TEST

START_TEST(scores_are_kept_in_order_and_held_against_the_first)
{
	struct score_lines all = { 0 };

	start();
	ck_ok(phq9("222222220"), err);
	ck_ok(phq9("111111110"), err);
	ck_ok(questionnaire_scores(&b.c.desk, course, &all, &err), err);
	ck_assert_int_eq(all.n, 2);
	ck_assert_str_eq(all.v[0].title, "PHQ-9");
	ck_assert_int_eq(all.v[0].value, 16);
	ck_assert(all.v[0].first);
	ck_assert_int_eq(all.v[1].value, 8);
	ck_assert_int_eq(all.v[1].was, 16);
	ck_assert_str_eq(all.v[1].change, "reliable change, recovered");
	list_free(&all);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_ok(questionnaire_scores(&b.c.desk, course, &all, &err), err);
	ck_assert_int_eq(all.n, 1);
	list_free(&all);
	/* One that is missing is no score, and nothing is kept. */
	ck_refused(phq9("2222"), err, ERR_INPUT);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM answer"), 2);
	booked_close(&b);
}
END_TEST

START_TEST(an_answer_that_is_a_risk_raises_the_flag_with_what_it_asks_for)
{
	struct flag_rows rows = { 0 };

	start();
	ck_ok(phq9("000000001"), err);
	ck_ok(flag_list(&b.c.desk, b.webb, &rows, &err), err);
	ck_assert_int_eq(rows.n, 1);
	ck_assert_int_eq(rows.v[0].f.kind, FLAG_RISK);
	ck_assert(flag_does(&rows.v[0].f, FLAG_NOT_LAST));
	ck_assert(flag_does(&rows.v[0].f, FLAG_RINGS));
	list_free(&rows);
	ck_refused(act_undo_last(&b.c.desk, NULL, 0, &err), err, ERR_CLASH);
	booked_close(&b);
}
END_TEST

START_TEST(who_is_no_part_of_the_service_finds_no_answer_and_no_form)
{
	static const char *const others[] = { "p.shah", "r.adeyemi", "j.marsh", "m.doyle" };
	struct score_lines all = { 0 };
	struct asked_forms forms = { 0 };

	start();
	ck_ok(phq9("222222220"), err);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		clinic_sit(&b.c, others[i]);
		ck_refused(questionnaire_scores(&b.c.desk, course, &all, &err), err, ERR_DENIED);
		ck_ok(questionnaires_of(&b.c.desk, b.couns, &forms, &err), err);
		ck_assert_int_eq(forms.n, 0);
		ck_assert_int_eq(phq9("222222220"), -1);
		ck_assert_int_eq(err.kind, ERR_DENIED);
		ck_assert_msg(!strstr(err.text, "PHQ"), "%s", err.text);
		err_clear(&err);
	}
	clinic_sit(&b.c, "s.kelly");
	booked_close(&b);
}
END_TEST

static int asked_for(void)
{
	return (int)clinic_count(&b.c,
				 "SELECT count(*) FROM task WHERE kind = 'answers' AND state ="
				 " 'open'");
}

/* Their first session, seen by whoever sits at the desk. */
static void seen_by(const char *user)
{
	clinic_sit(&b.c, user);
	b.c.world.still = next_thu(10, 5);
	desk_tick(&b.c.desk);
	ck_ok(booking_mark(&b.c.desk, first, APPT_ARRIVED, NULL, &err), err);
	ck_ok(booking_mark(&b.c.desk, first, APPT_SEEN, NULL, &err), err);
}

START_TEST(seen_without_them_is_a_task_for_the_counsellor_until_they_are_taken_in)
{
	static const char *const blind[] = { "p.shah", "r.adeyemi", "j.marsh", "m.doyle",
					     "a.root" };
	struct task_rows rows = { 0 };

	start();
	seen_by("p.shah");
	ck_assert_int_eq(asked_for(), 1);
	ck_assert_str_eq(b.c.desk.warning, "");
	ck_assert_str_eq(b.c.desk.promise, "");
	for (size_t i = 0; i < sizeof blind / sizeof *blind; i++) {
		clinic_sit(&b.c, blind[i]);
		for (int which = 0; which < TASK_LISTS; which++) {
			ck_ok(task_rows(&b.c.desk, (enum task_list)which, &rows, &err), err);
			list_each (r, &rows)
				ck_assert_int_ne(r->t.kind, TASK_ANSWERS);
			list_free(&rows);
		}
		ck_ok(task_rows_of(&b.c.desk, b.webb, &rows, &err), err);
		ck_assert_int_eq(rows.n, 0);
		list_free(&rows); /* nothing in it, and room for some */
	}
	clinic_sit(&b.c, "s.kelly");
	ck_ok(task_rows(&b.c.desk, TASKS_MINE, &rows, &err), err);
	ck_assert_int_eq(rows.n, 1);
	ck_assert_int_eq(rows.v[0].t.kind, TASK_ANSWERS);
	ck_assert(id_same(rows.v[0].t.person, b.webb));
	list_free(&rows);
	/* Taken in it is done, and open again when that is taken back. */
	ck_ok(phq9("111111110"), err);
	ck_assert_int_eq(asked_for(), 0);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM task WHERE outcome = 'taken'"),
			 1);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_assert_int_eq(asked_for(), 1);
	booked_close(&b);
}
END_TEST

START_TEST(the_mark_that_is_taken_back_takes_its_task_along)
{
	start();
	seen_by("p.shah");
	ck_assert_int_eq(asked_for(), 1);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_assert_int_eq(asked_for(), 0);
	booked_close(&b);
}
END_TEST

START_TEST(what_was_taken_in_before_is_not_asked_for)
{
	start();
	ck_ok(phq9("111111110"), err);
	seen_by("s.kelly");
	ck_assert_int_eq(asked_for(), 0);
	booked_close(&b);
}
END_TEST

START_TEST(they_are_asked_for_at_the_first_the_review_and_the_last)
{
	const struct cap six = { .cap = 6, .by = { .review = 4 } }, none = { 0 };

	for (int nth = 1; nth <= 6; nth++)
		ck_assert_int_eq(questionnaire_at(&six, nth), nth == 1 || nth == 4 || nth == 6);
	ck_assert(questionnaire_at(&none, 1) && !questionnaire_at(&none, 6));
}
END_TEST

TEST_MAIN("course_scores", a_change_counts_beyond_chance_and_recovered_is_under_the_case_line,
	  scores_are_kept_in_order_and_held_against_the_first,
	  an_answer_that_is_a_risk_raises_the_flag_with_what_it_asks_for,
	  who_is_no_part_of_the_service_finds_no_answer_and_no_form,
	  they_are_asked_for_at_the_first_the_review_and_the_last,
	  seen_without_them_is_a_task_for_the_counsellor_until_they_are_taken_in,
	  the_mark_that_is_taken_back_takes_its_task_along,
	  what_was_taken_in_before_is_not_asked_for)
