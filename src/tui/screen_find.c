/*
 * screen_find.c: S3: one box that finds a person by whatever the caller says.
 *
 * Always holds: the cursor stays in the box while the arrows choose.  An Enter that was typed
 * before the list was painted opens a sole match by name or number and nobody else; otherwise it
 * opens the row that is marked.  Somebody who could be taken for another row is asked about first.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/contact.h"
#include "clinic/desk.h"
#include "clinic/intake.h"
#include "find.h"
#include "loop.h"
#include "screens.h"

enum { SHOWN = 50 }; /* rows at most: more of them help nobody to choose */

static const struct form_field fields[] = {
	{ .name = "find", .label = "Find", .row = 2, .col = 1, .box = 6, .width = 31, .max = 50 },
	{ 0 },
};

/* ---- loading ---- */

static void begin(struct find *f)
{
	if (!f->form.n)
		form_init(&f->form, fields);
}

/* The card of the marked row, while it is shown. */
static int load_card(struct ui *ui, struct find *f, struct err *err)
{
	int64_t id = list_id(&f->list);

	person_card_done(&f->card);
	memset(&f->card, 0, sizeof f->card);
	if (id <= 0 || list_at(&f->list) >= (int)f->found.n || !find_previewed(f))
		return 0;
	return intake_person(ui->desk, (struct id){ id }, &f->card, err);
}

/* What the rows in view say beside the name. */
static int fill_view(struct ui *ui, struct find *f, struct err *err)
{
	/* The window's rows are more than the list's, and known before the first drawing. */
	for (size_t i = f->list.top; i < f->list.n && i < f->list.top + (size_t)ui->rows; i++) {
		int at = f->list.v[i].at;

		if (at >= 0 && (size_t)at < f->found.n &&
		    intake_fill(ui->desk, &f->found.v[at], err) < 0)
			return -1;
	}
	return 0;
}

static int find_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct find *f = state;
	struct found_list found = { 0 };
	struct customer_contacts contacts = { 0 };
	int64_t ids[SHOWN + CONTACTS_MOST + 1];
	size_t n = 0;

	begin(f);
	f->today = ui->desk->today;
	ui_place(ui, "%s", f->purpose);
	if (intake_names(ui->desk, find_text(f), SHOWN, &found, err) < 0)
		return -1;
	/* Whoever is to be chosen for something is an employee. */
	if (!f->then && contacts_found(ui->desk, find_text(f), &contacts, err) < 0) {
		list_free(&found);
		return -1;
	}
	list_free(&f->found);
	list_free(&f->contacts);
	f->found = found;
	f->contacts = contacts;
	list_each (it, &f->found)
		ids[n++] = it->person.id.n;
	list_each (it, &f->contacts)
		ids[n++] = it->id.n;
	if (strlen(find_text(f)) >= FIND_LEAST)
		ids[n++] = ADD;
	/* Another text is another list: its first row is marked. */
	if (f->other)
		f->list.n = f->list.sel = f->list.top = 0;
	/* Whom this desk itself just added stands where they belong at once. */
	list_load(&f->list, ids, n, refresh && !f->other && f->acted == ui->desk->acted);
	f->acted = ui->desk->acted;
	f->other = false;
	return fill_view(ui, f, err) < 0 ? -1 : load_card(ui, f, err);
}

static void find_layout(void *state, int rows, int cols)
{
	struct find *f = state;
	int height = rows - 2 - FIRST + 1 - 2;

	f->rows = rows;
	f->cols = cols;
	if (f->preview && cols < PANE)
		height -= PREVIEW + 1;
	list_size(&f->list, height);
}

static void find_leave(struct ui *ui, void *state)
{
	struct find *f = state;

	(void)ui;
	form_done(&f->form);
	list_done(&f->list);
	list_free(&f->found);
	list_free(&f->contacts);
	person_card_done(&f->card);
}

static struct list *find_list(void *state)
{
	return &((struct find *)state)->list;
}

static struct form *find_form(void *state)
{
	begin(state);
	return &((struct find *)state)->form;
}

static enum next find_typed(struct ui *ui, void *state)
{
	(void)ui;
	((struct find *)state)->other = true;
	return RELOAD;
}

static enum next find_moved(struct ui *ui, void *state)
{
	struct err err = ERR_INIT;

	return fill_view(ui, state, &err) < 0 || load_card(ui, state, &err) < 0 ? ui_fail(ui, &err)
										: STAY;
}

/* ---- choosing ---- */

static enum next choose(struct ui *ui, struct find *f, struct id person)
{
	find_then *then = f->then;
	void *below;

	if (!then)
		return open_person(ui, person);
	/* Whoever asked gets the answer with this screen gone. */
	loop_back(ui);
	below = loop_top(ui)->state;
	loop_next(ui, below, then(ui, person));
	return STAY;
}

static enum next found_new(struct ui *ui, struct id person)
{
	struct frame *top = loop_top(ui);

	return top->screen == &screen_find ? choose(ui, top->state, person)
					   : open_person(ui, person);
}

static enum next find_add(struct ui *ui, void *state)
{
	return open_add(ui, find_text(state), found_new);
}

static enum next alike_yes(struct ui *ui, void *state, char key)
{
	struct find *f = state;

	(void)key;
	return choose(ui, f, (struct id){ list_id(&f->list) });
}

static enum next nobody(struct ui *ui, const struct find *f)
{
	if (strlen(find_text(f)) < FIND_LEAST)
		return ui_failf(
			ui, "Type two letters of a surname, a number, or a date of birth first.");
	return ui_failf(ui, "No match for %s. Try fewer letters, or date of birth.", find_text(f));
}

/* Enter that came before the list was seen. */
static enum next take_unseen(struct ui *ui, struct find *f)
{
	const struct found_list *l = &f->found;

	if (l->total == 0)
		return nobody(ui, f);
	if (l->total == 1 && !l->v[0].sounds)
		return choose(ui, f, l->v[0].person.id);
	return ui_failf(ui, "%s%d found for %s: choose one, then Enter.",
			l->at_least ? "Over " : "", l->total, find_text(f));
}

static enum next find_take(struct ui *ui, void *state)
{
	struct find *f = state;
	int at = list_at(&f->list);
	char born[DAY_TEXT];

	if (ui->ahead)
		return take_unseen(ui, f);
	if (list_id(&f->list) == ADD)
		return find_add(ui, f);
	if (at < 0)
		return list_id(&f->list) ? ui_failf(ui, "That person is no longer found so. F5.")
					 : nobody(ui, f);
	if (at >= (int)f->found.n)
		return open_contact(ui, f->contacts.v[at - (int)f->found.n].id);
	const struct found *it = &f->found.v[at];

	if (!it->alike)
		return choose(ui, f, it->person.id);
	if (date_none(it->person.born))
		ask_yes(ui, alike_yes, "Two look alike, one without a date of birth. This one?");
	else
		ask_yes(ui, alike_yes, "Two look alike. Date of birth %s?",
			date_show(it->person.born, born));
	return STAY;
}

static enum next find_preview(struct ui *ui, void *state)
{
	struct find *f = state;
	struct err err = ERR_INIT;

	f->preview = !f->preview;
	return load_card(ui, f, &err) < 0 ? ui_fail(ui, &err) : STAY;
}

static const struct key keys[] = {
	{ .key = "Enter",
	  .name = "open",
	  .label = "Open",
	  .help = "open the marked person",
	  .act = find_take },
	{ .key = "Up Down", .name = "choose", .label = "Choose", .shown = "Up/Down" },
	{ .key = "Tab",
	  .name = "preview",
	  .label = "Preview",
	  .help = "address and telephones",
	  .act = find_preview },
	{ .key = "F6",
	  .name = "add",
	  .label = "Add",
	  .help = "add a person from this text",
	  .act = find_add },
	{ .key = "C-u", .name = "clear", .label = "Clear" },
	{ .key = "Esc", .name = "back", .label = "Back" },
	{ 0 },
};

const struct screen screen_find = { .name = "find",
				    .title = "FIND PERSON",
				    .help = "find a person",
				    .state = sizeof(struct find),
				    .layout = find_layout,
				    .load = find_load,
				    .draw = find_draw,
				    .leave = find_leave,
				    .list = find_list,
				    .form = find_form,
				    .typed = find_typed,
				    .moved = find_moved,
				    .keys = keys };

enum next open_find(struct ui *ui, const char *purpose, find_then *then, const char *text)
{
	struct find *f = ui_push(ui, &screen_find);

	begin(f);
	f->then = then;
	snprintf(f->purpose, sizeof f->purpose, "%s", purpose ? purpose : "");
	if (text)
		form_set(&f->form, "find", text);
	return STAY;
}
