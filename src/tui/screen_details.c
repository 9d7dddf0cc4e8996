/*
 * screen_details.c: the details of a person as a form in parts: `e` on S4, and somebody new out of
 * S3.
 *
 * Tab goes through all fields, F7 and F8 from part to part; one save takes them all.  Editing, the
 * cursor begins on the mobile number, because a changed number is what people ring about most: `e`,
 * Ctrl-U, the number, Ctrl-S.  Only fields that were changed are sent, against what they said when
 * the form was filled in, so that what another desk changed meanwhile is refused in words and never
 * lost; F5 then shows it, and keeps what was typed here.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "bar.h"
#include "clinic/desk.h"
#include "clinic/intake.h"
#include "clinic/refs.h"
#include "details.h"
#include "parking.h"
#include "screens.h"

static void show_employer(struct ui *ui, struct details *d, struct id customer)
{
	const struct customer *c = ref_customer(ui->desk, customer);

	d->customer = customer;
	form_set(&d->form, CUSTOMER, c ? c->name : "");
}

/* "WV Hosps  Staff nurse, Ward 7B  01-Sep-2019 to now" */
static void say_posts(struct ui *ui, struct details *d)
{
	struct buf words = { 0 };
	char from[DAY_TEXT], to[DAY_TEXT];

	buf_str(&words, "");
	list_each (p, &d->seen.posts) {
		const struct customer *c = ref_customer(ui->desk, p->customer);

		if (!p->on)
			continue;
		buf_printf(&words, "%s  %s%s%s", c ? c->brief : "", p->job,
			   *p->job && *p->department ? ", " : "", p->department);
		if (!date_none(p->from) || !date_none(p->to))
			buf_printf(&words, "  %s to %s",
				   date_none(p->from) ? "not known" : date_show(p->from, from),
				   date_none(p->to) ? "now" : date_show(p->to, to));
		buf_str(&words, "\n");
	}
	mem_free(d->posts);
	d->posts = words.s;
}

static int details_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct details *d = state;
	struct person_card card;
	const struct post *post;

	if (!d->begun) {
		details_begin(ui, d);
	} else if (refresh) {
		return 0; /* what was seen stays what was seen, until F5 or the save */
	}
	if (id_none(d->person)) {
		if (d->back)
			details_put_back(ui, d);
		return 0;
	}
	if (intake_person(ui->desk, d->person, &card, err) < 0)
		return -1;
	post = posts_current(&card.posts);
	if (id_none(d->customer) && post)
		show_employer(ui, d, post->customer);
	details_fill(d, &card);
	person_card_done(&d->seen);
	d->seen = card;
	say_posts(ui, d);
	if (d->back)
		details_put_back(ui, d);
	person_show(card.person.surname, card.person.given, card.person.title, d->name);
	banner_born(card.person.born, ui->desk->today, d->born);
	nhs_show(card.person.nhs, d->nhs);
	snprintf(d->employee, sizeof d->employee, "%s", post ? post->employee_no : "");
	return 0;
}

/* Where the value under the cursor is from, and since when. */
static void draw_source(struct canvas *c, const struct details *d)
{
	static const char *const words[][2] = { { "desk", "Said to a desk" },
						{ "csv", "From a list of staff" },
						{ "esr", "From ESR" } };
	const char *name = d->form.n ? d->form.fields[d->form.at].name : "";
	const struct contact *contact = contacts_of(&d->seen.contacts, name);
	const struct detail *detail = details_find(&d->seen.details, name);
	const char *source = contact ? contact->source : detail ? detail->source : "";
	struct moment at = contact ? contact->at : detail ? detail->at : (struct moment){ 0 };
	char day[DAY_TEXT];

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i][0], source) == 0)
			canvas_printf(c, c->rows - 2, 3, PLAIN, "%s on %s.", words[i][1],
				      date_show(moment_date(at), day));
}

/* Below the fields of the last part: every post there is. */
static void draw_posts(struct canvas *c, const struct details *d, int row)
{
	const char *s = d->posts;

	if (!s || !*s)
		return;
	canvas_put(c, row++, 1, HEADING, "POSTS");
	for (; *s && row < c->rows - 1; row++) {
		size_t n = strcspn(s, "\n");
		char *line = mem_strn(s, n);

		canvas_padded(c, row, 3, c->cols - 2, PLAIN, line);
		mem_free(line);
		s += n + (s[n] != '\0');
	}
}

static void details_draw(struct canvas *c, const void *state)
{
	const struct details *d = state;
	int by = 0;

	if (!d->begun)
		return;
	if (!id_none(d->person))
		by = bar_person(c, &(struct banner){ .name = d->name,
						     .born = d->born,
						     .nhs = *d->seen.person.nhs ? d->nhs : NULL,
						     .preferred = d->seen.person.preferred,
						     .gender = d->seen.person.gender,
						     .employee = d->employee }) -
		     4;
	else
		canvas_put(c, 3, 3, PLAIN,
			   "Ask for the surname, the first name and the date of birth.");
	details_parts(c, d, 4 + by);
	form_draw(c, &d->form, true, by);
	draw_source(c, d);
	if (!id_none(d->person) && form_page(&d->form) == DETAILS_WORK)
		draw_posts(c, d, 14 + by);
}

static void details_leave(struct ui *ui, void *state)
{
	struct details *d = state;

	(void)ui;
	form_done(&d->form);
	for (int i = 0; i < INTAKE_COUNT; i++)
		mem_free(d->was[i]);
	for (size_t i = 0; d->customers && d->customers[i]; i++)
		mem_free((char *)d->customers[i]);
	mem_free(d->customers);
	mem_free(d->typed);
	mem_free(d->posts);
	if (d->back)
		args_free(&parcel_fields, d->back);
	person_card_done(&d->seen);
}

static struct form *details_form(void *state)
{
	struct details *d = state;

	return d->begun ? &d->form : NULL;
}

static enum next details_typed(struct ui *ui, void *state)
{
	struct details *d = state;

	if (form_on(&d->form, CUSTOMER) && !id_none(d->person))
		details_post(ui, d);
	return STAY;
}

/* ---- saving ---- */

/* Somebody chose an employer without a post: it is one more. */
static bool new_employer(const struct details *d)
{
	list_each (p, &d->seen.posts)
		if (p->on && id_same(p->customer, d->customer))
			return false;
	return !id_none(d->customer);
}

static enum next save_old(struct ui *ui, struct details *d);

/* A surname that goes: is it kept among the former ones? */
static enum next keep_former(struct ui *ui, void *state, char key)
{
	struct details *d = state;
	const char *former = form_text(&d->form, intake_header(IN_FORMER));

	d->anyway = true;
	if (key == 'y') {
		char *all = mem_printf("%s%s%s", former, *former ? "; " : "", d->was[IN_SURNAME]);

		form_set(&d->form, intake_header(IN_FORMER), all);
		mem_free(all);
	}
	return save_old(ui, d);
}

static enum next ask_former(struct ui *ui, const struct details *d)
{
	static const struct answer answers[] = { { 'y', "yes" }, { 'n', "no, a slip" }, { 0 } };

	ask(ui, answers, "edit", keep_former, "Keep %s as a former name?", d->was[IN_SURNAME]);
	return STAY;
}

static enum next save_old(struct ui *ui, struct details *d)
{
	struct intake_form form = { .customer = d->customer };
	struct err err = ERR_INIT;
	bool changed = new_employer(d);

	for (int f = 0; f < INTAKE_COUNT; f++) {
		const char *now = form_text(&d->form, intake_header(f));

		if (d->was[f] && strcmp(now, d->was[f]) != 0) {
			form.v[f] = now;
			changed = true;
		}
	}
	if (!changed) {
		ui_done(ui, "Nothing was changed.");
		return BACK;
	}
	if (form.v[IN_SURNAME] && !form.v[IN_FORMER] && !d->anyway)
		return ask_former(ui, d);
	d->anyway = false;
	if (intake_set(ui->desk, d->person, &form, &d->seen, &err) < 0)
		return ui_fail(ui, &err);
	ui_finished(ui, d);
	ui_done(ui, "%s saved.   u Undo", d->name);
	return BACK;
}

static struct id customer_of(struct ui *ui, const struct details *d)
{
	const char *name = form_text(&d->form, CUSTOMER);

	list_each (c, &ui->desk->refs->customers)
		if (c->on && strcmp(c->name, name) == 0)
			return c->id;
	return (struct id){ 0 };
}

static enum next add(struct ui *ui, struct details *d, bool anyway);

static enum next add_anyway(struct ui *ui, void *state, char key)
{
	(void)key;
	return add(ui, state, true);
}

/* Somebody looks the same: their name and birthday first, then a second record if it must be. */
static enum next ask_alike(struct ui *ui, const struct err *err)
{
	const char *end = strstr(err->text, " looks the same");
	size_t n = end ? (size_t)(end - err->text) : strlen(err->text);
	char who[sizeof err->text];

	snprintf(who, sizeof who, "%.*s", (int)n, err->text);
	/* The number of the record is for the command line. */
	if (n && who[n - 1] == ')' && strstr(who, " ("))
		*(strrchr(who, '(') - 1) = '\0';
	ask_yes(ui, add_anyway, "%s is here already. Add another?", who);
	return STAY;
}

static enum next add(struct ui *ui, struct details *d, bool anyway)
{
	struct intake_form form = { 0 };
	struct err err = ERR_INIT;
	char name[PERSON_TEXT];
	find_then *then = d->then;
	struct id id;

	for (int f = 0; f < INTAKE_COUNT; f++) {
		const char *now = form_text(&d->form, intake_header(f));

		form.v[f] = *now ? now : NULL;
	}
	if (intake_add(ui->desk, &form, customer_of(ui, d), anyway, &id, &err) < 0)
		return strcmp(err.field, "alike") == 0 && !anyway ? ask_alike(ui, &err)
								  : ui_fail(ui, &err);
	person_show(form.v[IN_SURNAME], form.v[IN_GIVEN], form.v[IN_TITLE], name);
	ui_finished(ui, d);
	loop_back(ui);
	ui_done(ui, "%s added.   u Undo", name);
	return then ? then(ui, id) : open_person(ui, id);
}

static enum next details_save(struct ui *ui, void *state)
{
	struct details *d = state;
	struct err err = ERR_INIT;

	if (form_complete(&d->form, &err) < 0)
		return ui_fail(ui, &err);
	return id_none(d->person) ? add(ui, d, false) : save_old(ui, d);
}

static enum next step(struct ui *ui, struct details *d, int by)
{
	int to = d->form.at + by;

	if (to >= d->form.n)
		ui_warn(ui, "That was the last field. Ctrl-S saves.");
	else if (to >= 0)
		d->form.at = to;
	return STAY;
}

static enum next details_next(struct ui *ui, void *state)
{
	return step(ui, state, 1);
}

static enum next details_last(struct ui *ui, void *state)
{
	return step(ui, state, -1);
}

static enum next details_turn(struct ui *ui, void *state)
{
	struct details *d = state;
	bool on = ui->key == K_F1 + 7 || ui->key == K_PGDN;

	if (!form_turn(&d->form, on ? 1 : -1))
		ui_warn(ui, "There is no part %s this one.", on ? "after" : "before");
	return STAY;
}

static enum next leave(struct ui *ui, void *state, char key)
{
	(void)state;
	return key == 'p' ? parking_top(ui) : BACK;
}

static enum next details_back(struct ui *ui, void *state)
{
	static const struct answer answers[] = { { 'y', "yes" }, { 'p', "park it" }, { 0 } };
	struct details *d = state;

	if (!d->form.dirty)
		return BACK;
	ask(ui, answers, "no", leave, "Leave without saving what was typed?");
	return STAY;
}

static bool details_unsaved(const void *state)
{
	return ((const struct details *)state)->form.dirty;
}

static const struct key keys[] = {
	{ .key = "C-s",
	  .name = "save",
	  .label = "Save",
	  .help = "save these details",
	  .act = details_save },
	{ .key = "Enter Down", .name = "next", .label = "Next", .act = details_next },
	{ .key = "Up", .name = "previous", .act = details_last },
	{ .key = "F8 PgDn",
	  .name = "part",
	  .label = "Part",
	  .shown = "F7/F8",
	  .act = details_turn },
	{ .key = "F7 PgUp", .name = "part-before", .act = details_turn },
	{ .key = "F4", .name = "choices", .label = "Choose" },
	{ .key = "F6", .name = "missing", .label = "Missing" },
	{ .key = "C-u", .name = "clear", .label = "Clear" },
	{ .key = "Esc F12", .name = "leave", .label = "Leave", .act = details_back },
	{ 0 },
};

const struct screen screen_details = { .name = "details",
				       .title = "PERSON DETAILS",
				       .state = sizeof(struct details),
				       .load = details_load,
				       .draw = details_draw,
				       .leave = details_leave,
				       .form = details_form,
				       .typed = details_typed,
				       .unsaved = details_unsaved,
				       .park = details_park,
				       .resume = details_resume,
				       .keys = keys };

enum next open_details(struct ui *ui, struct id person)
{
	struct details *d = ui_push(ui, &screen_details);

	d->person = person;
	return STAY;
}

enum next open_add(struct ui *ui, const char *typed, find_then *then)
{
	struct details *d = ui_push(ui, &screen_details);

	d->typed = mem_str(typed);
	d->then = then;
	return STAY;
}
