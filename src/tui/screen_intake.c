/*
 * screen_intake.c: S5: a referral taken in question by question, drawn from its form's file.
 *
 * Always holds: the answer that raises a flag has taken the referral in, with the flag and the task
 * for a nurse, before the next key is read; nothing here takes that back.  What is saved with
 * answers missing is kept, and a nurse takes it up.  What its form lets be booked is accepted by
 * that, and Enter goes on to the booking.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/act.h"
#include "clinic/refs.h"
#include "loop.h"
#include "open.h"
#include "parking.h"
#include "taking.h"

/* ---- loading ---- */

static void say_place(struct ui *ui, const struct taking *t)
{
	char came[DAY_TEXT], at[DAY_TEXT];

	ui_place(ui, "%.40s%s", taking_place(t),
		 id_none(t->referral) || t->saved ? "" : "  incomplete");
	if (id_none(t->referral) && !moment_none(t->received))
		ui_place(ui, "%.40s, came %.6s %s", taking_place(t),
			 date_show_short(moment_date(t->received), came),
			 minute_show(moment_minute(t->received), at));
}

static int taking_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct taking *t = state;

	if (!t->open)
		return err_set(err, ERR_MISSING, "No form is open: n on a person opens one.");
	say_place(ui, t);
	if (!refresh && (who_load(ui, t->person, &t->who, err) < 0))
		return -1;
	t->top = who_top(&t->who, ui->cols);
	return taking_duty(ui, t, err);
}

static void taking_layout(void *state, int rows, int cols)
{
	struct taking *t = state;

	(void)rows;
	if (t->open)
		formview_size(&t->v, cols);
}

/* What became of it, under what was said. */
static void draw_saved(struct canvas *c, const struct taking *t, int line)
{
	canvas_printf(c, line, 3, BOLD, "%s  %s", t->number, t->found.paper.title);
	line += 2;
	canvas_put(c, line, 3, PLAIN, t->stands);
	canvas_cursor(c, line, 3);
}

static void taking_draw(struct canvas *c, const void *state)
{
	const struct taking *t = state;
	int row, card = taking_card_rows(t);

	if (!t->open || !*t->who.name)
		return;
	row = who_draw(c, &t->who);
	if (t->saved && t->v.told < 0)
		draw_saved(c, t, row + 1);
	else
		formview_draw(c, &t->v, row, c->rows - 1 - row - card);
	if (card)
		taking_card(c, t, c->rows - 1 - card);
}

static void taking_leave(struct ui *ui, void *state)
{
	struct taking *t = state;

	(void)ui;
	if (t->open) {
		formview_end(&t->v);
		form_found_done(&t->found);
	}
	list_free(&t->contacts);
	for (char **n = t->names; n && *n; n++)
		mem_free(*n);
	mem_free(t->names);
}

static struct form *taking_form(void *state)
{
	struct taking *t = state;

	return t->open && !t->saved ? formview_form(&t->v) : NULL;
}

static enum next taking_typed(struct ui *ui, void *state)
{
	(void)ui;
	formview_typed(taking_view(state));
	return STAY;
}

static bool taking_unsaved(const void *state)
{
	const struct taking *t = state;

	return t->open && !t->saved && t->v.dirty;
}

/* ---- taking in ---- */

static struct referral_paper paper_of(const struct taking *t)
{
	return (struct referral_paper){ &t->found, &t->v.a, &t->v.j };
}

/* Its number, and how it stands in words. */
static int number_of(struct ui *ui, struct taking *t, struct err *err)
{
	struct referral_row r;

	if (referral_one(ui->desk, t->referral, &r, err) < 0)
		return -1;
	COPY(t->number, r.r.number);
	if (r.shown == REF_TO_BOOK)
		COPY(t->stands, "Complete, and to be booked: Enter books.");
	else if (r.shown == REF_NEW)
		COPY(t->stands, "Not agreed to: it stays new until they agree.");
	else if (referral_list_of(r.shown) == LIST_NONE)
		snprintf(t->stands, sizeof t->stands, "Complete, and %s by its form.",
			 referral_state_word(r.shown));
	else
		COPY(t->stands, "Complete, and sent: it is with the triage nurse.");
	return 0;
}

/* Its clock starts when it came; on the telephone that is when it was begun. */
static struct moment came_at(const struct ui *ui, const struct taking *t)
{
	struct moment at = moment_none(t->received) ? t->begun : t->received;

	return at.utc > ui->now.utc ? ui->now : at;
}

/* Into the database as far as it is answered. */
static int take_in(struct ui *ui, struct taking *t, struct err *err)
{
	struct intake_form_ask ask = { .by = paper_of(t),
				       .person = t->person,
				       .service = t->service,
				       .referrer = t->referrer,
				       .received = came_at(ui, t),
				       .due = { t->begun.utc + UNFINISHED_SECONDS },
				       .anew = t->anew };

	if (!id_none(t->referral))
		return referral_answer(ui->desk, t->referral, &ask.by, err);
	if (referral_take(ui->desk, &ask, &t->referral, err) < 0)
		return -1;
	return number_of(ui, t, err);
}

static bool raises(const struct taking *t, uint64_t fresh)
{
	for (size_t i = 0; i < t->found.paper.rules.n; i++)
		if (fresh >> i & 1 && t->found.paper.rules.v[i].flag)
			return true;
	return false;
}

/* After each answer: what raises a flag waits for nothing. */
static enum next heard(struct ui *ui, struct taking *t, enum next next)
{
	uint64_t fresh = t->v.fresh;
	struct err err = ERR_INIT;

	taking_referrer(t);
	t->v.fresh = 0;
	if (!raises(t, fresh))
		return next;
	if (take_in(ui, t, &err) < 0) {
		/* Tried again with the next key. */
		t->v.fresh = fresh;
		return ui_fail(ui, &err);
	}
	/* Whoever treats, and takes the call, has taken it with it. */
	if (ui->desk->user.role & TRIAGE_ROLES &&
	    flags_take(ui->desk, t->person, t->service, &err) < 0)
		return ui_fail(ui, &err);
	ui_done(ui, "%s: nothing is booked; the task for a nurse is open since now.", t->number);
	return REFRESH;
}

#define ASKED(what)                                                                                \
	static enum next intake_do_##what(struct ui *ui, void *state)                              \
	{                                                                                          \
		struct taking *t = state;                                                          \
                                                                                                   \
		return heard(ui, t, formview_##what(ui, &t->v));                                   \
	}
ASKED(answer)
ASKED(back)
ASKED(missing)
ASKED(page)

/* The page that is saved goes on to the booking. */
static enum next intake_do_next(struct ui *ui, void *state)
{
	struct taking *t = state;
	struct id person = t->person, service = t->service;

	if (!t->saved)
		return heard(ui, t, formview_next(ui, &t->v));
	if (t->flags)
		return ui_failf(ui,
				"A flag is open: nothing is booked until a clinician clears it.");
	if (!t->books)
		return BACK;
	loop_back(ui);
	return open_booking(ui, person, service);
}

/* ---- a paper that came before it is typed ---- */

static enum next came(struct ui *ui, void *state, const char *typed)
{
	struct taking *t = state;
	struct err err = ERR_INIT;
	char at[DAY_TEXT];

	if (referral_came(ui->desk, typed, &t->received, &err) < 0)
		return ui_fail(ui, &err);
	t->v.dirty = true;
	ui_done(ui, "It came %s: its clock starts there.", moment_show(t->received, at));
	return REFRESH;
}

static enum next intake_do_came(struct ui *ui, void *state)
{
	struct taking *t = state;
	char at[DAY_TEXT];

	if (!id_none(t->referral))
		return ui_failf(ui, "%s is taken in: its clock runs since %s.", t->number,
				moment_show(came_at(ui, t), at));
	ask_text(ui, "When did it come?", false, 30, came);
	return STAY;
}

/* ---- saving ---- */

/* Complete, and nothing stands in the way: accepted in the same step, taken back in the same step.
 */
static int save_all(struct ui *ui, struct taking *t, struct err *err)
{
	bool own;
	int rc = act_join(ui->desk, &own, err);

	if (rc < 0)
		return -1;
	rc = take_in(ui, t, err);
	if (rc == 0 && t->v.j.missing == 0)
		rc = referral_by_its_form(ui->desk, t->referral, &t->books, err);
	if (rc == 0)
		rc = number_of(ui, t, err);
	return act_part(ui->desk, own, rc, err);
}

static void say_saved(struct ui *ui, const struct taking *t)
{
	const struct judged *j = &t->v.j;
	char at[DAY_TEXT];
	struct moment due = { t->begun.utc + UNFINISHED_SECONDS };

	if (j->missing)
		ui_done(ui, "%s kept incomplete, %d missing (F6): a nurse rings back from %s.",
			t->number, j->missing, minute_show(moment_minute(due), at));
	else if (t->books)
		ui_done(ui, "%s saved.   Enter Book  u Undo", t->number);
	else
		ui_done(ui, "%s saved.  %s", t->number, t->stands);
}

static enum next save(struct ui *ui, struct taking *t)
{
	struct id had = t->referral;
	struct err err = ERR_INIT;

	if (save_all(ui, t, &err) < 0) {
		t->referral = had;
		return ui_fail(ui, &err);
	}
	/* Incomplete, it may be gone on with as long as it is open here. */
	t->saved = t->v.j.missing == 0;
	t->v.dirty = false;
	parking_saved(ui, t);
	say_saved(ui, t);
	return REFRESH;
}

static enum next intake_do_save(struct ui *ui, void *state)
{
	struct taking *t = state;
	struct err err = ERR_INIT;

	if (t->saved)
		return ui_failf(ui, "%s is saved already.", t->number);
	if (t->v.form.dirty && formview_settle(&t->v, &err) < 0)
		return ui_fail(ui, &err);
	if (heard(ui, t, STAY) == FAILED)
		return FAILED;
	return save(ui, t);
}

/* ---- leaving ---- */

static enum next left(struct ui *ui, void *state, char key)
{
	(void)state;
	return key == 'p' ? parking_top(ui) : BACK;
}

static enum next intake_do_leave(struct ui *ui, void *state)
{
	static const struct answer answers[] = { { 'y', "yes" }, { 'p', "park it" }, { 0 } };
	struct taking *t = state;
	struct err why = ERR_INIT;

	if (taking_holds(ui, t, &why) < 0)
		return ui_fail(ui, &why);
	if (!taking_unsaved(t))
		return BACK;
	ask(ui, answers, "no", left, "Leave without saving what was answered?");
	return STAY;
}

/* A commit that was typed before its page was painted is none. */
static int not_saved(const struct ui *ui, const void *state, struct err *why)
{
	const struct taking *t = state;

	(void)ui;
	return t->saved ? err_input(why, "", "%s is saved: Enter goes on, Esc back.", t->number)
			: 0;
}

#define ASK_KEY(letters, called, words, says, does)                                                \
	{                                                                                          \
		.key = letters, .name = called, .label = words, .help = says, .act = does,         \
		.may = not_saved                                                                   \
	}

/* clang-format off */
static const struct key keys[] = {
	{ .key = FORMVIEW_LETTERS, .name = "answer", .label = "Answer",
	  .help = "answer, and go on", .shown = "a-z 0-9", .act = intake_do_answer,
	  .may = not_saved },
	ASK_KEY("Up S-Tab", "back", "Back", "the question before", intake_do_back),
	{ .key = "F4", .name = "choices", .label = "Choose" },
	ASK_KEY("C-s", "save", "Save", "save it, complete or not", intake_do_save),
	{ .key = "F2", .name = "park", .label = "Park, find" },
	{ .key = "Esc F12", .name = "leave", .label = "Leave", .act = intake_do_leave },
	ASK_KEY("F6", "missing", "Missing", "the next that is missing", intake_do_missing),
	{ .key = "Enter Tab Down", .name = "next", .label = "Next",
	  .help = "go on; saved: book it", .act = intake_do_next },
	ASK_KEY("F8 PgDn F7 PgUp", "page", NULL, "the next step; F7 back", intake_do_page),
	ASK_KEY("C-e", "came", "Came", "when a paper came", intake_do_came),
	{ .key = "C-d", .name = "told", .label = "Told", .help = "whom on duty you told",
	  .act = taking_told },
	{ 0 },
};
/* clang-format on */

const struct screen screen_intake = { .name = "intake",
				      .title = "NEW REFERRAL",
				      .state = sizeof(struct taking),
				      .layout = taking_layout,
				      .load = taking_load,
				      .draw = taking_draw,
				      .leave = taking_leave,
				      .form = taking_form,
				      .typed = taking_typed,
				      .wake = taking_wake,
				      .hold = taking_holds,
				      .unsaved = taking_unsaved,
				      .park = taking_park,
				      .resume = taking_resume,
				      .keys = keys };
