/*
 * test_formview.c: a form asked one question after the other (S5), on a screen of the test's own.
 */
#include "suite.h"

#include <stdio.h>

#include "at_desk.h"
#include "base/alloc.h"
#include "papers.h"
#include "seat.h"
#include "tui/formview.h"

static struct clinic c;
static const char *which = "rap_physio_self";

struct asking {
	struct paper paper;
	struct formview v;
	bool begun;
};

static struct formview *view_of(void *state)
{
	return &((struct asking *)state)->v;
}

static int asking_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct asking *a = state;

	(void)refresh, (void)err;
	ui_place(ui, "physio, self");
	if (a->begun)
		return 0;
	a->paper = paper_of(which);
	formview_open(&a->v, &a->paper, ui->now);
	formview_begin(&a->v, "person.phone", "07700 900418");
	a->begun = true;
	return 0;
}

static void asking_layout(void *state, int rows, int cols)
{
	(void)rows;
	formview_size(view_of(state), cols);
}

static void asking_draw(struct canvas *canvas, const void *state)
{
	const struct asking *a = state;

	if (a->begun)
		formview_draw(canvas, &a->v, 4, canvas->rows - 5);
}

static void asking_leave(struct ui *ui, void *state)
{
	struct asking *a = state;

	(void)ui;
	formview_end(&a->v);
	form_end(&a->paper);
}

static struct form *asking_form(void *state)
{
	return formview_form(view_of(state));
}

static enum next asking_typed(struct ui *ui, void *state)
{
	(void)ui;
	formview_typed(view_of(state));
	return STAY;
}

/* Ctrl-S: what a screen would save. */
static enum next asking_save(struct ui *ui, void *state)
{
	struct asking *a = state;
	struct err err = ERR_INIT;
	struct buf kept = { 0 };
	char what[FOLLOWS];

	if (formview_settle(&a->v, &err) < 0)
		return ui_fail(ui, &err);
	answers_write(&a->paper, &a->v.a, &a->v.j, &kept);
	ui_done(ui, "%d missing, %s, fresh %llx", a->v.j.missing, follows(&a->paper, &a->v.a, what),
		(unsigned long long)a->v.fresh);
	buf_done(&kept);
	return STAY;
}

FORMVIEW_ACTS(asking, view_of)

static const struct key keys[] = {
	FORMVIEW_KEYS(asking),
	{ .key = "C-s", .name = "save", .label = "Save", .help = "save", .act = asking_save },
	{ 0 },
};
static const struct screen screen_asking = {
	.name = "asking",
	.title = "NEW REFERRAL",
	.state = sizeof(struct asking),
	.layout = asking_layout,
	.load = asking_load,
	.draw = asking_draw,
	.leave = asking_leave,
	.form = asking_form,
	.typed = asking_typed,
	.keys = keys,
};

static struct seat seat;

static struct pty *start(const char *form, int rows, int cols)
{
	which = form;
	clinic_open(&c);
	seat = (struct seat){
		.c = &c, .user = "p.shah", .first = &screen_asking, .rows = rows, .cols = cols
	};
	return seat_start(&seat);
}

static void end(struct pty *p)
{
	seat_leave(p);
	clinic_close(&c);
}

START_TEST(a_form_stands_as_drawn)
{
	struct pty *p = start("rap_physio_self", 24, 80);

	ck_assert(pty_screen_is(p, "tests/screens/formview.screen"));
	pty_keys(p, "b-2w<Enter>l6<Enter>nnn");
	ck_assert(pty_screen_is(p, "tests/screens/formview_safety.screen"));
	pty_keys(p, "u");
	ck_assert(pty_screen_is(p, "tests/screens/formview_card.screen"));
	end(p);
}
END_TEST

START_TEST(a_wide_window_has_room_for_it)
{
	struct pty *p = start("phq9", 43, 132);

	pty_keys(p, "1111");
	ck_assert(pty_screen_is(p, "tests/screens/formview_132x43.screen"));
	end(p);
}
END_TEST

START_TEST(a_self_referral_by_telephone_is_nineteen_answer_keys)
{
	struct pty *p = start("rap_physio_self", 24, 80);

	pty_count_start(p);
	pty_keys(p, "b-2w<Enter>l6<Enter>nnnnnnnyyy<Enter>");
	ck_assert_int_le(pty_count(p), 19);
	pty_keys(p, "<C-s>");
	row_has(p, 23, "0 missing, 2");
	end(p);
}
END_TEST

START_TEST(a_red_flag_shows_its_card_while_the_caller_is_there)
{
	struct pty *p = start("rap_physio_self", 24, 80);

	pty_keys(p, "b-2w<Enter>l6<Enter>");
	ck_assert_int_eq(pty_find(p, "CAUDA EQUINA"), 0);
	pty_keys(p, "y");
	ck_assert_int_gt(pty_find(p, "POSSIBLE CAUDA EQUINA"), 0);
	ck_assert_int_gt(pty_find(p, "Say: \"A nurse will ring you straight away."), 0);
	/* Taken back by the hand it stays: a clinician clears it. */
	pty_keys(p, "<Up>n<C-s>");
	ck_assert_int_gt(pty_find(p, "POSSIBLE CAUDA EQUINA"), 0);
	row_has(p, 23, "R0 stop_booking task:nurse:now card:emergency_back, fresh 1");
	end(p);
}
END_TEST

START_TEST(up_goes_back_and_f6_goes_to_what_is_missing)
{
	struct pty *p = start("rap_physio_self", 24, 80);

	/* Passed over: the date. */
	pty_keys(p, "k<Enter>l<Up>");
	row_has(p, 8, "> l");
	pty_keys(p, "<F6>");
	ck_assert_int_gt(pty_find(p, "Worst pain"), 0);
	pty_keys(p, "6<Enter>");
	ck_assert_int_gt(pty_find(p, "[2 Safety]"), 0);
	pty_keys(p, "nnnyyy<Enter><Enter>");
	row_has(p, 23, "F6 goes to what is missing: 1.");
	pty_keys(p, "<F6>");
	ck_assert_int_gt(pty_find(p, "[1 Problem]"), 0);
	pty_keys(p, "t<Enter><F6>");
	row_has(p, 23, "Nothing is missing.");
	end(p);
}
END_TEST

START_TEST(what_is_no_answer_is_refused_and_stays_in_its_field)
{
	struct pty *p = start("rap_physio_self", 24, 80);

	pty_keys(p, "x");
	row_has(p, 23, "E Type one of b, n, s, k, o.");
	pty_keys(p, "b31/2/2026<Enter>");
	row_has(p, 23, "E ");
	ck_assert_int_gt(pty_find(p, "31/2/2026"), 0);
	pty_keys(p, "<C-u>tom<Enter>");
	row_has(p, 23, "E Not after 12-Mar-2026.");
	pty_keys(p, "<C-u>t");
	ck_assert_int_gt(pty_find(p, "=> Thu 12-Mar-2026"), 0);
	pty_keys(p, "<Enter>");
	ck_assert_int_gt(pty_find(p, "Thu 12-Mar-2026"), 0);
	end(p);
}
END_TEST

START_TEST(several_letters_answer_one_question_of_several)
{
	struct pty *p = start("couns_self", 24, 80);

	pty_keys(p, "wm");
	ck_assert_int_gt(pty_find(p, "work, mood or worry"), 0);
	pty_keys(p, "w");
	ck_assert_int_eq(pty_find(p, "work, mood or worry"), 0);
	ck_assert_int_gt(pty_find(p, "mood or worry"), 0);
	pty_keys(p, "<Enter>");
	end(p);
}
END_TEST

START_TEST(steps_are_turned_like_pages)
{
	struct pty *p = start("rap_physio_self", 24, 80);

	pty_keys(p, "k<F8>");
	ck_assert_int_gt(pty_find(p, "[2 Safety]"), 0);
	pty_keys(p, "<F8>");
	ck_assert_int_gt(pty_find(p, "[3 Work, contact and consent]"), 0);
	pty_keys(p, "<F8>");
	row_has(p, 23, "E That is the last step.");
	pty_keys(p, "<F7><F7>");
	ck_assert_int_gt(pty_find(p, "[1 Problem]"), 0);
	end(p);
}
END_TEST

TEST_MAIN("formview", a_form_stands_as_drawn, a_wide_window_has_room_for_it,
	  a_self_referral_by_telephone_is_nineteen_answer_keys,
	  a_red_flag_shows_its_card_while_the_caller_is_there,
	  up_goes_back_and_f6_goes_to_what_is_missing,
	  what_is_no_answer_is_refused_and_stays_in_its_field,
	  several_letters_answer_one_question_of_several, steps_are_turned_like_pages)
