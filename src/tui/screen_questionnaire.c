/*
 * screen_questionnaire.c: a questionnaire about a course of sessions, asked one question after the
 * other; opened by q on the course.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/questionnaire.h"
#include "formview.h"
#include "open.h"
#include "parking.h"
#include "people.h"
#include "who.h"

struct answering {
	struct id episode, person;
	char form[FORM_NAME];
	struct form_found found;
	struct formview v;
	struct who who;
	bool begun;
	char *given; /* of a draft, until it stands on the screen */
};

static struct formview *view_of(void *state)
{
	return &((struct answering *)state)->v;
}

static int begin(struct ui *ui, struct answering *a, struct err *err)
{
	struct answers given = { 0 };

	if (forms_open(ui->desk, a->form, &a->found, err) < 0)
		return -1;
	formview_open(&a->v, &a->found.paper, ui->now);
	a->begun = true;
	if (a->given && answers_take(&a->found.paper, a->given, &given, NULL) == 0)
		formview_resume(&a->v, &given);
	return 0;
}

static int answering_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct answering *a = state;

	(void)refresh;
	if (id_none(a->person))
		return err_set(err, ERR_MISSING, "Nobody is chosen: / finds a person.");
	if (who_load(ui, a->person, &a->who, err) < 0 || (!a->begun && begin(ui, a, err) < 0))
		return -1;
	ui_place(ui, "%.40s", a->found.paper.title);
	return 0;
}

static void answering_layout(void *state, int rows, int cols)
{
	struct answering *a = state;

	(void)rows;
	if (a->begun)
		formview_size(&a->v, cols);
}

static void answering_draw(struct canvas *c, const void *state)
{
	const struct answering *a = state;
	int row;

	if (!a->begun)
		return;
	row = who_draw(c, &a->who);
	formview_draw(c, &a->v, row, c->rows - row - 1);
}

static void answering_leave(struct ui *ui, void *state)
{
	struct answering *a = state;

	(void)ui;
	if (a->begun) {
		formview_end(&a->v);
		form_found_done(&a->found);
	}
	mem_free(a->given);
}

static struct form *answering_form(void *state)
{
	struct answering *a = state;

	return a->begun ? formview_form(&a->v) : NULL;
}

static enum next answering_typed(struct ui *ui, void *state)
{
	(void)ui;
	formview_typed(view_of(state));
	return STAY;
}

static bool answering_unsaved(const void *state)
{
	const struct answering *a = state;

	return a->begun && a->v.dirty;
}

static enum next answering_save(struct ui *ui, void *state)
{
	struct answering *a = state;
	struct err err = ERR_INIT;

	if (!a->begun)
		return ui_failf(ui, "There is nothing to save.");
	if (formview_settle(&a->v, &err) < 0)
		return ui_fail(ui, &err);
	if (questionnaire_fill(ui->desk, a->episode, &a->found, &a->v.a, &err) < 0) {
		if (*err.field)
			formview_focus(&a->v, err.field);
		return ui_fail(ui, &err);
	}
	ui_done(ui, "%.30s: %.30s saved.  u Undo", a->who.brief, a->found.paper.title);
	ui_finished(ui, a);
	return BACK;
}

static bool answering_park(const struct ui *ui, const void *state, struct parked *ret,
			   struct parcel *texts)
{
	const struct answering *a = state;
	struct buf given = { 0 };
	char id[ID_TEXT];

	(void)ui;
	if (!answering_unsaved(a))
		return false;
	ret->person = a->person;
	ret->private_ = true;
	snprintf(ret->who, sizeof ret->who, "%s", a->who.name);
	snprintf(ret->what, sizeof ret->what, "Questionnaire");
	answers_write(&a->found.paper, &a->v.a, NULL, &given);
	parcel_put(texts, "episode", id_text(a->episode, id));
	parcel_put(texts, "person", id_text(a->person, id));
	parcel_put(texts, "form", a->form);
	parcel_put(texts, "given", given.s ? given.s : "");
	buf_done(&given);
	return true;
}

extern const struct screen screen_answering;

static enum next answering_resume(struct ui *ui, const struct parked *was,
				  const struct parcel *texts)
{
	struct answering *a = ui_push(ui, &screen_answering);

	(void)was;
	id_parse(parcel_get(texts, "episode"), &a->episode);
	id_parse(parcel_get(texts, "person"), &a->person);
	snprintf(a->form, sizeof a->form, "%s", parcel_get(texts, "form"));
	a->given = mem_str(parcel_get(texts, "given"));
	return STAY;
}

FORMVIEW_ACTS(answering, view_of)

static const struct key keys[] = {
	FORMVIEW_KEYS(answering),
	{ .key = "C-s", .name = "save", .label = "Save", .help = "keep it", .act = answering_save },
	{ 0 },
};

const struct screen screen_answering = { .name = "questionnaire",
					 .title = "QUESTIONNAIRE",
					 .state = sizeof(struct answering),
					 .layout = answering_layout,
					 .load = answering_load,
					 .draw = answering_draw,
					 .leave = answering_leave,
					 .form = answering_form,
					 .typed = answering_typed,
					 .unsaved = answering_unsaved,
					 .park = answering_park,
					 .resume = answering_resume,
					 .keys = keys };

enum next open_questionnaire(struct ui *ui, struct id episode, struct id person, const char *form)
{
	struct answering *a = ui_push(ui, &screen_answering);

	a->episode = episode;
	a->person = person;
	snprintf(a->form, sizeof a->form, "%s", form);
	return STAY;
}
