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
#include "base/text.h"
#include "bar.h"
#include "clinic/desk.h"
#include "clinic/intake.h"
#include "people.h"
#include "screens.h"

enum {
	SHOWN = 50,  /* rows at most: more of them help nobody to choose */
	FIRST = 4,   /* the list's first line */
	HELP = 6,    /* shapes that can be typed */
	PREVIEW = 5, /* lines of the preview under the list */
	WIDE = 100,  /* columns from which rows say more, */
	PANE = 132,  /* and from which the preview stands beside the list */
	ADD = -1,    /* the row that adds a person */
};

struct find {
	struct form form;
	struct list list;
	struct found_list found;
	struct person_card card; /* of the marked row, for the preview */
	char purpose[48];
	find_then *then;
	struct date today;
	bool other;    /* the box says something else than what is listed */
	bool preview;  /* Tab asked for it */
	int64_t acted; /* the desk's last act when this was read */
	int rows, cols;
};

/* Where each column begins, and how wide it is. */
struct columns {
	int person, born, nhs, employer, number, next; /* number: of the employee; 0 not shown */
	int person_wide, employer_wide;
};
static const struct columns NARROW = { 5, 31, 43, 56, 0, 67, 25, 10 },
			    BROAD = { 5, 37, 49, 62, 74, 87, 31, 11 };

static const struct form_field fields[] = {
	{ .name = "find", .label = "Find", .row = 2, .col = 1, .box = 6, .width = 31, .max = 50 },
	{ 0 },
};

static const char *typed(const struct find *f)
{
	return form_text(&f->form, "find");
}

/* ---- loading ---- */

static void begin(struct find *f)
{
	if (!f->form.n)
		form_init(&f->form, fields);
}

static bool previewed(const struct find *f)
{
	return f->preview || f->cols >= PANE;
}

/* The card of the marked row, while it is shown. */
static int load_card(struct ui *ui, struct find *f, struct err *err)
{
	int64_t id = list_id(&f->list);

	person_card_done(&f->card);
	memset(&f->card, 0, sizeof f->card);
	if (id <= 0 || !previewed(f))
		return 0;
	return intake_person(ui->desk, (struct id){ id }, &f->card, err);
}

static int find_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct find *f = state;
	struct found_list found = { 0 };
	int64_t ids[SHOWN + 1];
	size_t n = 0;

	begin(f);
	f->today = ui->desk->today;
	ui_place(ui, "%s", f->purpose);
	if (intake_find(ui->desk, typed(f), SHOWN, &found, err) < 0)
		return -1;
	list_free(&f->found);
	f->found = found;
	list_each (it, &f->found)
		ids[n++] = it->person.id.n;
	if (strlen(typed(f)) >= FIND_LEAST)
		ids[n++] = ADD;
	/* Another text is another list: its first row is marked. */
	if (f->other)
		f->list.n = f->list.sel = f->list.top = 0;
	/* Whom this desk itself just added stands where they belong at once. */
	list_load(&f->list, ids, n, refresh && !f->other && f->acted == ui->desk->acted);
	f->acted = ui->desk->acted;
	f->other = false;
	return load_card(ui, f, err);
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

	return load_card(ui, state, &err) < 0 ? ui_fail(ui, &err) : STAY;
}

/* ---- drawing ---- */

/* "Today 10:00 A", "23-Mar 14:00 B", or why there is none. */
static void next_words(const struct found *it, struct date today, char *buf, size_t n)
{
	char day[DAY_TEXT], at[DAY_TEXT];
	struct date d = moment_date(it->next.starts);

	if (!id_none(it->next.appt))
		snprintf(buf, n, "%s %s %c", d.n == today.n ? "Today" : date_show_short(d, day),
			 minute_show(moment_minute(it->next.starts), at), it->next.state);
	else if (strcmp(it->person.status, "deceased") == 0)
		snprintf(buf, n, "DECEASED");
	else if (strcmp(it->person.status, "leaver") == 0)
		snprintf(buf, n, "leaver");
	else
		snprintf(buf, n, "none booked");
}

/* The number that the list shows for a row of the screen's own. */
static int number_of(const struct find *f, int at)
{
	list_each (r, &f->list)
		if (r->at == at && r->id)
			return r->number;
	return 0;
}

static const char *born_words(struct date born, char buf[DAY_TEXT])
{
	return date_none(born) ? "not known" : date_show(born, buf);
}

static void draw_person(struct canvas *c, int line, const struct columns *at, const struct find *f,
			const struct found *it)
{
	char name[PERSON_TEXT], marks[16] = "";
	int wide = at->person_wide, used;

	if (it->alike)
		snprintf(marks, sizeof marks, "%s =%d", it->sounds ? " ~" : "",
			 number_of(f, it->alike - 1));
	else if (it->sounds)
		snprintf(marks, sizeof marks, " ~");
	person_show(it->person.surname, it->person.given, it->person.title, name);
	used = canvas_width(c, name);
	wide -= (int)strlen(marks);
	used = used < wide ? used : wide;
	canvas_padded(c, line, at->person, used, PLAIN, name);
	canvas_put(c, line, at->person + used, BOLD, marks);
}

static void find_row(struct canvas *c, int line, int number, bool selected, const void *state,
		     int row)
{
	const struct find *f = state;
	const struct columns *at = f->cols >= WIDE ? &BROAD : &NARROW;
	char born[DAY_TEXT], nhs[NHS_TEXT], next[48];

	(void)selected;
	canvas_printf(c, line, 2, PLAIN, "%2d", number);
	if (row >= (int)f->found.n) {
		canvas_put(c, line, at->person, PLAIN, "Add a new person");
		return;
	}
	const struct found *it = &f->found.v[row];

	draw_person(c, line, at, f, it);
	canvas_put(c, line, at->born, PLAIN, born_words(it->person.born, born));
	canvas_put(c, line, at->nhs, PLAIN, nhs_show(it->person.nhs, nhs));
	canvas_padded(c, line, at->employer, at->employer_wide, PLAIN, it->customer);
	if (at->number)
		canvas_padded(c, line, at->number, at->next - at->number - 1, PLAIN,
			      it->employee_no);
	next_words(it, f->today, next, sizeof next);
	canvas_put(c, line, at->next, PLAIN, next);
}

static void draw_heads(struct canvas *c, const struct columns *at)
{
	canvas_put(c, 3, 3, PLAIN, "# Person");
	canvas_put(c, 3, at->born, PLAIN, "Born");
	canvas_put(c, 3, at->nhs, PLAIN, "NHS No.");
	canvas_put(c, 3, at->employer, PLAIN, "Employer");
	if (at->number)
		canvas_put(c, 3, at->number, PLAIN, "Employee No.");
	canvas_put(c, 3, at->next, PLAIN, "Next");
}

/* What can be typed: at the foot, so that it stays where it is while the list changes above. */
static void draw_help(struct canvas *c, int line)
{
	static const char *const lines[HELP][2] = {
		{ "okaf,ada", "surname and first name, from the start of each" },
		{ "14/8/84", "date of birth" },
		{ "999 526 0182", "NHS number, with or without spaces or hyphens" },
		{ "20417733", "employee number" },
		{ "0418", "last 4 or more digits of a phone number" },
		{ "MSK-26-N0311", "episode number" },
	};

	canvas_put(c, line++, 4, PLAIN, "One box, told apart by shape:");
	for (int i = 0; i < HELP; i++, line++) {
		canvas_put(c, line, 6, PLAIN, lines[i][0]);
		canvas_put(c, line, 20, PLAIN, lines[i][1]);
	}
}

/* How to reach the marked person, for the caller check. */
static void draw_card(struct canvas *c, const struct find *f, int line, int col)
{
	static const char *const kinds[][2] = { { "address", "Address" },
						{ "mobile", "Mobile" },
						{ "home", "Home" },
						{ "work", "Work" },
						{ "email", "E-mail" } };
	const struct person *p = &f->card.person;
	char name[PERSON_TEXT], shown[PHONE_TEXT];

	if (id_none(p->id)) {
		canvas_put(c, line, col, PLAIN, "No person is marked.");
		return;
	}
	if (col > 1)
		canvas_put(c, line++, col, BOLD, person_show(p->surname, p->given, p->title, name));
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++, line++) {
		const struct contact *it = contacts_of(&f->card.contacts, kinds[i][0]);
		bool phone = i >= 1 && i <= 3;

		canvas_put(c, line, col + 3, PLAIN, kinds[i][1]);
		canvas_put(c, line, col + 12, BOLD,
			   !it	   ? "none"
			   : phone ? phone_show(it->value, shown)
				   : it->value);
	}
}

/* How many there are; what the marks mean; or that there is nobody. */
static void draw_counts(struct canvas *c, const struct find *f, int line)
{
	char count[24];

	if (f->found.n == 0) {
		if (strlen(typed(f)) >= FIND_LEAST)
			canvas_printf(c, line, 4, PLAIN,
				      "No match for %s. Try fewer letters, or date of birth.",
				      typed(f));
		return;
	}
	snprintf(count, sizeof count, "%s%d found", f->found.at_least ? "over " : "",
		 f->found.total);
	canvas_padded(c, line, 4, 12, PLAIN, count);
	canvas_put(c, line, 17, PLAIN,
		   "=n looks like row n, ask the date of birth     ~ sounds like");
}

/* Row 23, as long as nothing else is said there: what the list makes one ask. */
static void draw_prompt(struct canvas *c, const struct find *f)
{
	const struct found_list *l = &f->found;
	int at = list_at(&f->list), line = c->rows - 1;

	if (l->total > (int)l->n)
		canvas_printf(c, line, 1, PLAIN,
			      "W %s%d found, first %zu. Add a first name or date of birth.",
			      l->at_least ? "Over " : "", l->total, l->n);
	else if (at >= 0 && at < (int)l->n && l->v[at].alike) {
		int one = number_of(f, at), two = number_of(f, l->v[at].alike - 1);

		canvas_printf(c, line, 1, PLAIN,
			      "W Rows %d and %d are alike. Ask: \"What is your date of birth?\"",
			      one < two ? one : two, one < two ? two : one);
	}
}

static void find_draw(struct canvas *c, const void *state)
{
	const struct find *f = state;
	int rows = (int)f->list.n < f->list.height ? (int)f->list.n : f->list.height;
	int counts = FIRST + rows + 1, foot = c->rows - 5 - HELP;

	draw_heads(c, f->cols >= WIDE ? &BROAD : &NARROW);
	canvas_put(c, 2, 41, PLAIN, "surname[,first]  dob  NHS/emp no  phone");
	list_draw(c, &f->list, FIRST, true, find_row, f);
	draw_counts(c, f, counts);
	if (previewed(f))
		draw_card(c, f, f->cols >= PANE ? FIRST : c->rows - 1 - PREVIEW,
			  f->cols >= PANE ? 104 : 1);
	if (counts + 1 < foot && (!f->preview || f->cols >= PANE))
		draw_help(c, foot);
	draw_prompt(c, f);
	form_draw(c, &f->form, true, 0);
}

/* ---- choosing ---- */

static enum next choose(struct ui *ui, struct find *f, struct id person)
{
	find_then *then = f->then;

	if (!then)
		return open_person(ui, person);
	/* Whoever asked gets the answer with this screen gone. */
	loop_back(ui);
	loop_next(ui, loop_top(ui)->state, then(ui, person));
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
	return open_add(ui, typed(state), found_new);
}

static enum next alike_yes(struct ui *ui, void *state, char key)
{
	struct find *f = state;

	(void)key;
	return choose(ui, f, (struct id){ list_id(&f->list) });
}

static enum next nobody(struct ui *ui, const struct find *f)
{
	if (strlen(typed(f)) < FIND_LEAST)
		return ui_failf(
			ui, "Type two letters of a surname, a number, or a date of birth first.");
	return ui_failf(ui, "No match for %s. Try fewer letters, or date of birth.", typed(f));
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
			l->at_least ? "Over " : "", l->total, typed(f));
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
	  .help = "add a person from what was typed",
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
