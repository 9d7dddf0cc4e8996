/*
 * screen_diaries.c: whose diary: Tab goes round those who work at the desk's site, F4 lists them.
 * The same list asks who is ill, from the menu.
 */
#include <stdio.h>

#include "clinic/desk.h"
#include "clinic/prospect.h"
#include "clinic/refs.h"
#include "diary.h"
#include "model/person.h"

enum { COLLEAGUES_MOST = 300 };

struct diaries {
	struct id v[COLLEAGUES_MOST];
	struct {
		char name[PERSON_TEXT], discipline[CODE_TEXT];
	} shown[COLLEAGUES_MOST];
	struct id now;	 /* whose is open */
	struct date day; /* which day of it */
	bool ill;	 /* asks who is ill */
	struct list list;
};

int diary_first(struct ui *ui, struct id *ret, struct err *err)
{
	struct id one;
	int n = prospect_colleagues(ui->desk, &one, 1, err);

	if (n < 0)
		return -1;
	if (n == 0)
		return err_set(err, ERR_MISSING,
			       "Nobody with a diary works at this site: clinician list shows all.");
	*ret = one;
	return 0;
}

enum next step_colleague(struct ui *ui, struct id *clinician, bool back)
{
	struct id list[COLLEAGUES_MOST];
	struct err err = ERR_INIT;
	int n = prospect_colleagues(ui->desk, list, COLLEAGUES_MOST, &err), at = -1;

	if (n < 0)
		return ui_fail(ui, &err);
	if (n == 0)
		return ui_failf(ui, "Nobody else works at this site.");
	for (int i = 0; i < n; i++)
		if (id_same(list[i], *clinician))
			at = i;
	/* From somebody of another site, the first of this one, or the last. */
	if (at < 0)
		at = back ? n : -1;
	*clinician = list[(at + (back ? n - 1 : 1)) % n];
	return RELOAD;
}

enum next diary_step(struct ui *ui, void *state)
{
	struct day_view *v = state;

	return step_colleague(ui, &v->clinician, ui->key != K_TAB);
}

enum next diary_choose(struct ui *ui, void *state)
{
	const struct day_view *v = state;
	struct diaries *d = ui_push(ui, &screen_diaries);

	d->now = v->clinician;
	d->day = v->day;
	return STAY;
}

enum next open_ill(struct ui *ui)
{
	((struct diaries *)ui_push(ui, &screen_diaries))->ill = true;
	return STAY;
}

static int diaries_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct diaries *d = state;
	int64_t ids[COLLEAGUES_MOST];
	int n = prospect_colleagues(ui->desk, d->v, COLLEAGUES_MOST, err);

	if (n < 0)
		return -1;
	for (int i = 0; i < n; i++) {
		const struct clinician *c = ref_clinician(ui->desk, d->v[i]);

		ids[i] = d->v[i].n;
		/* One who was added since the references were read comes with the next look. */
		person_show(c ? c->surname : "", c ? c->given : "", c ? c->title : "",
			    d->shown[i].name);
		snprintf(d->shown[i].discipline, CODE_TEXT, "%s", c ? c->discipline : "");
	}
	list_load(&d->list, ids, (size_t)n, refresh);
	if (!refresh)
		list_select(&d->list, d->now.n);
	ui_place(ui, "%s", id_none(ui->desk->site.id) ? "all sites" : ui->desk->site.name);
	return 0;
}

static void diaries_layout(void *state, int rows, int cols)
{
	(void)cols;
	list_size(&((struct diaries *)state)->list, rows - 5);
}

static void diaries_row(struct canvas *c, int line, int number, bool selected, const void *state,
			int at)
{
	const struct diaries *d = state;

	(void)selected;
	canvas_printf(c, line, 2, PLAIN, "%2d", number);
	canvas_padded(c, line, 5, 40, PLAIN, d->shown[at].name);
	canvas_put(c, line, 46, PLAIN, d->shown[at].discipline);
}

static void diaries_draw(struct canvas *c, const void *state)
{
	const struct diaries *d = state;

	canvas_put(c, 2, 3, HEADING, d->ill ? "# Who is ill, or away?" : "# Clinician");
	list_draw(c, &d->list, 3, false, diaries_row, d);
}

static void diaries_leave(struct ui *ui, void *state)
{
	(void)ui;
	list_done(&((struct diaries *)state)->list);
}

static struct list *diaries_list(void *state)
{
	return &((struct diaries *)state)->list;
}

static enum next diaries_open(struct ui *ui, void *state)
{
	const struct diaries *d = state;
	int at = list_at(&d->list);

	if (at < 0)
		return ui_failf(ui, "There is nobody on this row.");
	if (d->ill)
		return diary_ill(ui, d->v[at]);
	/* The diary is taken from below and put on top, so this list is left behind it. */
	open_diary(ui, d->v[at], d->day);
	return BACK;
}

static const struct key keys[] = {
	{ .key = "Enter",
	  .name = "open",
	  .label = "Open",
	  .help = "open this diary; or see to it",
	  .commits = true,
	  .act = diaries_open },
	{ .key = "1", .name = "pick", .label = "Pick", .shown = "1-99" },
	{ 0 },
};

const struct screen screen_diaries = { .name = "diaries",
				       .title = "DIARIES",
				       .help = "whose diary",
				       .state = sizeof(struct diaries),
				       .layout = diaries_layout,
				       .load = diaries_load,
				       .draw = diaries_draw,
				       .leave = diaries_leave,
				       .list = diaries_list,
				       .keys = keys };
