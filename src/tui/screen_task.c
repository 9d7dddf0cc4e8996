/*
 * screen_task.c: the form of a task: a new one, one that is handed over, one that is put off or
 * noted.  What was typed stays until it is saved or left; F4 chooses whom it is for, and finds whom
 * it is about.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/desk.h"
#include "clinic/intake.h"
#include "clinic/record.h"
#include "clinic/refs.h"
#include "loop.h"
#include "model/person.h"
#include "parking.h"
#include "screens.h"
#include "tasks.h"

enum purpose { TASK_NEW, TASK_HAND, TASK_EDIT };
enum { FIELDS_MOST = 7, BOX = 16, CHOICES_MOST = 600 };

static const char ANYWHERE[] = "any site", EVERYBODY[] = "everybody";

/* Choices of a field: texts of the form's own, ended by NULL. */
struct texts {
	char **v;
	size_t n, cap;
};

struct sheet {
	enum purpose purpose;
	bool begun;
	struct form form;
	struct form_field fields[FIELDS_MOST + 1];
	struct texts whom, sites, services, kinds;
	struct id person; /* chosen; its field still says person_shown */
	char person_shown[PERSON_TEXT];
	struct task_row row; /* which: handed over, put off */
	char due_was[2 * DAY_TEXT], name[PERSON_TEXT];
	struct parcel *back; /* what was parked, until it stands in the form */
};

/* ---- what can be chosen ---- */

static void add_text(struct texts *l, char *text)
{
	*list_push(l) = text;
}

static void end_texts(struct texts *l)
{
	*list_push(l) = NULL;
	l->n--;
}

static void free_texts(struct texts *l)
{
	list_each (s, l)
		mem_free(*s);
	list_free(l);
}

static bool has_text(const struct texts *l, const char *text)
{
	list_each (s, l)
		if (strcmp(*s, text) == 0)
			return true;
	return false;
}

/* Roles, this user's own first; disciplines that there are; rights; everybody who is on. */
static int whom_choices(struct ui *ui, struct texts *l, struct err *err)
{
	struct record_rows users = { 0 };
	char word[2 * CODE_TEXT];

	add_text(l, mem_str(role_word(ui->desk->user.role)));
	for (unsigned r = 1; r <= ROLE_ADMINISTRATOR; r <<= 1)
		if (!has_text(l, role_word((enum role)r)))
			add_text(l, mem_str(role_word((enum role)r)));
	list_each (c, &ui->desk->refs->clinicians) {
		snprintf(word, sizeof word, "clinician.%s", c->discipline);
		if (c->on && task_role_known(word) && !has_text(l, word))
			add_text(l, mem_str(word));
	}
	for (int i = 0; i < RIGHTS; i++)
		add_text(l, mem_str(right_word((enum right)i)));
	if (record_list(ui->desk, record_find("user"), &users, err) < 0)
		return -1;
	list_each (row, &users)
		if (l->n < CHOICES_MOST && strcmp((*row)[4], "on") == 0)
			add_text(l, mem_printf("%s  %s", (*row)[0], (*row)[2]));
	record_rows_done(&users);
	end_texts(l);
	return 0;
}

static void other_choices(struct ui *ui, struct sheet *f)
{
	static const enum task_kind kinds[] = { TASK_TODO,    TASK_MESSAGE, TASK_RING,
						TASK_REBOOK,  TASK_ARRANGE, TASK_REVIEW,
						TASK_HANDOVER };

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		add_text(&f->kinds, mem_str(task_kind_word(kinds[i])));
	add_text(&f->sites, mem_str(ANYWHERE));
	list_each (s, &ui->desk->refs->sites)
		if (s->on)
			add_text(&f->sites, mem_str(s->name));
	add_text(&f->services, mem_str(EVERYBODY));
	list_each (s, &ui->desk->refs->services)
		if (s->on && s->private_ && desk_sees(ui->desk, s))
			add_text(&f->services, mem_str(s->name));
	end_texts(&f->kinds);
	end_texts(&f->sites);
	end_texts(&f->services);
}

/* ---- how a value is read, beside its box ---- */

static void echo_due(struct ui *ui, const char *text, char ret[ECHO_TEXT])
{
	struct err err = ERR_INIT;
	struct moment due;
	char when[DAY_TEXT];

	if (task_due_parse(ui->desk, text, &due, &err) == 0)
		snprintf(ret, ECHO_TEXT, "=> %s", moment_show(due, when));
	else
		snprintf(ret, ECHO_TEXT, "%.40s", err.text);
}

/* What stands in the field without the name that F4 put behind it. */
static void whom_typed(const char *text, char *buf, size_t n)
{
	snprintf(buf, n, "%.*s", (int)strcspn(text, " "), text);
}

/* The name of a user, whoever holds a role; both known from the choices. */
static void echo_whom(struct ui *ui, const char *text, char ret[ECHO_TEXT])
{
	const struct sheet *f = loop_top(ui)->state;
	char who[80];
	size_t n;

	whom_typed(text, who, sizeof who);
	n = strlen(who);
	snprintf(ret, ECHO_TEXT, "F4 chooses");
	list_each (s, &f->whom) {
		const char *whom = *s, *name = "whoever is one";

		if (strncasecmp(whom, who, n) != 0 || (whom[n] && whom[n] != ' '))
			continue;
		if (whom[n])
			name = whom + n + 2;
		snprintf(ret, ECHO_TEXT, "=> %.*s", (int)text_fit(name, 40), name);
		text_whole(ret);
	}
}

/* ---- the form ---- */

static struct form_field *field(struct sheet *f, const char *name, const char *label, int width)
{
	int n = 0;

	while (f->fields[n].name)
		n++;
	f->fields[n] = (struct form_field){ .name = name,
					    .label = label,
					    .row = 7 + n,
					    .col = 3,
					    .box = BOX,
					    .width = width,
					    .max = 200 };
	return &f->fields[n];
}

static struct form_field *choice(struct sheet *f, const char *name, const char *label,
				 struct texts *choices)
{
	struct form_field *it = field(f, name, label, 30);

	it->kind = FIELD_CHOICE;
	it->choices = (const char *const *)choices->v;
	return it;
}

static void whom_fields(struct sheet *f)
{
	struct form_field *it = field(f, "for", "For", 32);

	it->required = true;
	it->echo = echo_whom;
	it->choices = (const char *const *)f->whom.v;
	choice(f, "site", "At", &f->sites);
}

static void fields(struct sheet *f)
{
	if (f->purpose == TASK_NEW) {
		field(f, "text", "What", 60)->required = true;
		whom_fields(f);
		choice(f, "kind", "Kind", &f->kinds);
		field(f, "due", "Due", 20)->echo = echo_due;
		field(f, "person", "About", 40);
		if (f->services.n > 1)
			choice(f, "service", "Seen by", &f->services);
	} else if (f->purpose == TASK_HAND) {
		whom_fields(f);
		field(f, "why", "To know", 60)->max = 120;
	} else {
		field(f, "due", "Due", 20)->echo = echo_due;
		field(f, "why", "Why, or note", 60)->max = 120;
	}
}

static void fill(struct ui *ui, struct sheet *f)
{
	const char *here = id_none(ui->desk->site.id) ? ANYWHERE : ui->desk->site.name;
	char day[DAY_TEXT], at[DAY_TEXT];

	form_set(&f->form, "site", here);
	form_set(&f->form, "kind", task_kind_word(TASK_TODO));
	form_set(&f->form, "service", EVERYBODY);
	form_set(&f->form, "person", f->person_shown);
	if (f->purpose == TASK_EDIT) {
		snprintf(f->due_was, sizeof f->due_was, "%s %s",
			 date_show(moment_date(f->row.t.due), day),
			 minute_show(moment_minute(f->row.t.due), at));
		form_set(&f->form, "due", f->due_was);
	}
}

/* Whom it is about, by name. */
static int person_named(struct ui *ui, struct sheet *f, struct id person, struct err *err)
{
	struct person_card card;

	if (intake_person(ui->desk, person, &card, err) < 0)
		return -1;
	f->person = card.person.id;
	person_show(card.person.surname, card.person.given, card.person.title, f->person_shown);
	person_card_done(&card);
	return 0;
}

static void put_back(struct sheet *f)
{
	parcel_to_form(f->back, &f->form);
	args_free(&parcel_fields, f->back);
	f->back = NULL;
}

static int sheet_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct sheet *f = state;

	(void)refresh;
	if (f->begun)
		return 0;
	if ((f->purpose != TASK_EDIT && whom_choices(ui, &f->whom, err) < 0) ||
	    (!id_none(f->person) && person_named(ui, f, f->person, err) < 0))
		return -1;
	other_choices(ui, f);
	fields(f);
	form_init(&f->form, f->fields);
	fill(ui, f);
	if (!id_none(f->row.t.person))
		person_show(f->row.surname, f->row.given, f->row.title, f->name);
	f->begun = true;
	if (f->back)
		put_back(f);
	return 0;
}

static void sheet_draw(struct canvas *c, const void *state)
{
	const struct sheet *f = state;
	char born[DAY_TEXT];

	if (!f->begun)
		return;
	if (f->purpose == TASK_NEW) {
		canvas_put(c, 3, 3, PLAIN,
			   "For: a user, a role, clinician.physio, a right.  F4 lists them.");
		canvas_put(c, 4, 3, PLAIN,
			   "Due: a day (by 17:00), a time of today, or both; empty is now.");
		canvas_put(c, 5, 3, PLAIN, "About: F4 finds the person; may stay empty.");
	} else {
		int row = canvas_wrap(c, 3, 3, c->cols - 4, 2, BOLD, f->row.t.text);

		if (*f->name)
			canvas_printf(c, 3 + row, 3, PLAIN, "%s  Born %s", f->name,
				      date_none(f->row.born) ? "not known"
							     : date_show(f->row.born, born));
	}
	form_draw(c, &f->form, true, 0);
}

static void sheet_leave(struct ui *ui, void *state)
{
	struct sheet *f = state;

	(void)ui;
	form_done(&f->form);
	if (f->back)
		args_free(&parcel_fields, f->back);
	free_texts(&f->whom);
	free_texts(&f->sites);
	free_texts(&f->services);
	free_texts(&f->kinds);
}

static struct form *sheet_form(void *state)
{
	struct sheet *f = state;

	return f->begun ? &f->form : NULL;
}

static enum next sheet_typed(struct ui *ui, void *state)
{
	(void)ui, (void)state;
	return STAY;
}

static bool sheet_unsaved(const void *state)
{
	return ((const struct sheet *)state)->form.dirty;
}

/* ---- parking ---- */

static const char *const purposes[] = { "New task", "Hand over task", "Put off task" };
static const char *const places[] = { "new", "hand over", "later" };

static bool sheet_park(const struct ui *ui, const void *state, struct parked *ret,
		       struct parcel *texts)
{
	const struct sheet *f = state;
	char id[ID_TEXT];

	(void)ui;
	if (!f->begun || !f->form.dirty)
		return false;
	ret->person = f->purpose == TASK_NEW ? f->person : f->row.t.person;
	ret->private_ = !id_none(f->row.t.service) ||
			(*form_text(&f->form, "service") &&
			 strcmp(form_text(&f->form, "service"), EVERYBODY) != 0);
	snprintf(ret->who, sizeof ret->who, "%s",
		 f->purpose == TASK_NEW ? f->person_shown : f->name);
	snprintf(ret->what, sizeof ret->what, "%s", purposes[f->purpose]);
	snprintf(ret->place, sizeof ret->place, "%s, half typed", f->form.fields[f->form.at].label);
	snprintf(ret->note, sizeof ret->note, "%.150s",
		 f->purpose == TASK_NEW ? form_text(&f->form, "text") : f->row.t.text);
	parcel_put(texts, "purpose", purposes[f->purpose]);
	parcel_put(texts, "task", id_text(f->row.t.id, id));
	parcel_put(texts, "about", id_text(f->person, id));
	parcel_form(texts, &f->form);
	return true;
}

static enum next sheet_resume(struct ui *ui, const struct parked *was, const struct parcel *texts)
{
	struct sheet made = { 0 }, *f;
	struct err err = ERR_INIT;
	struct id task;

	(void)was;
	for (int i = TASK_NEW; i <= TASK_EDIT; i++)
		if (strcmp(parcel_get(texts, "purpose"), purposes[i]) == 0)
			made.purpose = (enum purpose)i;
	if (!id_parse(parcel_get(texts, "about"), &made.person))
		made.person = (struct id){ 0 };
	if (id_parse(parcel_get(texts, "task"), &task) &&
	    task_one(ui->desk, task, &made.row, &err) < 0)
		return ui_fail(ui, &err);
	f = ui_push(ui, &screen_task);
	*f = made;
	ui_place(ui, "%s", places[made.purpose]);
	f->back = parcel_copy(texts);
	return STAY;
}

/* ---- saving ---- */

/* "reception" and the site that was chosen; a user is at no site. */
static int whom(struct ui *ui, const struct sheet *f, struct task_for *ret, struct err *err)
{
	const char *place = form_text(&f->form, "site"), *code = "all";
	char who[80], text[80 + CODE_TEXT];

	whom_typed(form_text(&f->form, "for"), who, sizeof who);
	if (!task_role_known(who) || strchr(who, '@'))
		return task_for_parse(ui->desk, who, ret, err);
	list_each (s, &ui->desk->refs->sites)
		if (s->on && strcmp(s->name, place) == 0)
			code = s->code;
	snprintf(text, sizeof text, "%s@%s", who, code);
	return task_for_parse(ui->desk, text, ret, err);
}

static int about(struct ui *ui, const struct sheet *f, struct id *ret, struct err *err)
{
	const char *text = form_text(&f->form, "person");

	if (!*text)
		return 0;
	if (!id_none(f->person) && strcmp(text, f->person_shown) == 0) {
		*ret = f->person;
		return 0;
	}
	if (intake_named(ui->desk, text, ret, err) == 0)
		return 0;
	return err_input(err, "person", "Nobody has that number: F4 finds whom it is about.");
}

static struct id service_of(struct ui *ui, const struct sheet *f)
{
	const char *name = form_text(&f->form, "service");

	list_each (s, &ui->desk->refs->services)
		if (s->private_ && strcmp(s->name, name) == 0)
			return s->id;
	return (struct id){ 0 };
}

static enum task_kind kind_of(const struct sheet *f)
{
	for (int i = 0; i < TASK_KIND_COUNT; i++)
		if (strcmp(task_kind_word((enum task_kind)i), form_text(&f->form, "kind")) == 0)
			return (enum task_kind)i;
	return TASK_TODO;
}

static enum next save_new(struct ui *ui, struct sheet *f)
{
	struct task_ask ask = { .kind = kind_of(f),
				.service = service_of(ui, f),
				.text = form_text(&f->form, "text") };
	struct err err = ERR_INIT;

	if (whom(ui, f, &ask.to, &err) < 0 ||
	    task_due_parse(ui->desk, form_text(&f->form, "due"), &ask.due, &err) < 0 ||
	    about(ui, f, &ask.person, &err) < 0 || task_add(ui->desk, &ask, NULL, &err) < 0)
		return ui_fail(ui, &err);
	ui_done(ui, "Opened for %s.  u Undo", form_text(&f->form, "for"));
	return BACK;
}

static enum next save_hand(struct ui *ui, struct sheet *f)
{
	struct err err = ERR_INIT;
	struct task_for to;

	if (whom(ui, f, &to, &err) < 0 ||
	    task_hand(ui->desk, f->row.t.id, &to, form_text(&f->form, "why"), &err) < 0)
		return ui_fail(ui, &err);
	ui_done(ui, "Handed to %s.  u Undo", form_text(&f->form, "for"));
	return BACK;
}

static enum next save_edit(struct ui *ui, struct sheet *f)
{
	const char *due = form_text(&f->form, "due"), *why = form_text(&f->form, "why");
	struct err err = ERR_INIT;
	struct moment when;
	char shown[DAY_TEXT];

	if (strcmp(due, f->due_was) == 0) {
		if (task_note(ui->desk, f->row.t.id, why, &err) < 0)
			return ui_fail(ui, &err);
		ui_done(ui, "Noted.  u Undo");
		return BACK;
	}
	if (task_due_parse(ui->desk, due, &when, &err) < 0 ||
	    task_later(ui->desk, f->row.t.id, when, why, &err) < 0)
		return ui_fail(ui, &err);
	ui_done(ui, "Put off to %s.  u Undo", moment_show(when, shown));
	return BACK;
}

static enum next sheet_save(struct ui *ui, void *state)
{
	struct sheet *f = state;
	struct err err = ERR_INIT;

	if (form_complete(&f->form, &err) < 0)
		return ui_fail(ui, &err);
	enum next next = f->purpose == TASK_NEW	   ? save_new(ui, f)
			 : f->purpose == TASK_HAND ? save_hand(ui, f)
						   : save_edit(ui, f);

	if (next == BACK)
		ui_finished(ui, f);
	return next;
}

/* ---- keys ---- */

static enum next step(struct ui *ui, struct sheet *f, int by)
{
	int to = f->form.at + by;

	if (to >= f->form.n)
		ui_warn(ui, "That was the last field. Ctrl-S saves.");
	else if (to >= 0)
		f->form.at = to;
	return STAY;
}

static enum next sheet_next(struct ui *ui, void *state)
{
	return step(ui, state, 1);
}

static enum next sheet_previous(struct ui *ui, void *state)
{
	return step(ui, state, -1);
}

static enum next about_found(struct ui *ui, struct id person)
{
	struct sheet *f = loop_top(ui)->state;
	struct err err = ERR_INIT;

	if (person_named(ui, f, person, &err) < 0)
		return ui_fail(ui, &err);
	form_set(&f->form, "person", f->person_shown);
	f->form.dirty = true;
	return STAY;
}

static enum next sheet_choose(struct ui *ui, void *state)
{
	struct sheet *f = state;

	if (form_on(&f->form, "person"))
		return open_find(ui, "whom it is about", about_found, NULL);
	if (!f->form.fields[f->form.at].choices)
		return ui_failf(ui, "There is nothing to choose here: type it.");
	choices_open(ui, &f->form);
	return STAY;
}

static enum next leave(struct ui *ui, void *state, char key)
{
	(void)state;
	return key == 'p' ? parking_top(ui) : BACK;
}

static enum next sheet_back(struct ui *ui, void *state)
{
	static const struct answer answers[] = { { 'y', "yes" }, { 'p', "park it" }, { 0 } };

	if (!sheet_unsaved(state))
		return BACK;
	ask(ui, answers, "no", leave, "Leave without saving what was typed?");
	return STAY;
}

static const struct key keys[] = {
	{ .key = "C-s", .name = "save", .label = "Save", .help = "save it", .act = sheet_save },
	{ .key = "Enter Down", .name = "next", .label = "Next", .act = sheet_next },
	{ .key = "Up", .name = "previous", .label = "Previous", .act = sheet_previous },
	{ .key = "F4", .name = "choices", .label = "Choose, find", .act = sheet_choose },
	{ .key = "C-u", .name = "clear", .label = "Clear" },
	{ .key = "Esc F12", .name = "leave", .label = "Leave", .act = sheet_back },
	{ 0 },
};

const struct screen screen_task = { .name = "task",
				    .title = "TASK",
				    .state = sizeof(struct sheet),
				    .load = sheet_load,
				    .draw = sheet_draw,
				    .leave = sheet_leave,
				    .form = sheet_form,
				    .typed = sheet_typed,
				    .unsaved = sheet_unsaved,
				    .park = sheet_park,
				    .resume = sheet_resume,
				    .keys = keys };

enum next open_task_new(struct ui *ui, struct id for_person)
{
	struct sheet *f = ui_push(ui, &screen_task);

	f->purpose = TASK_NEW;
	f->person = for_person;
	ui_place(ui, "%s", places[TASK_NEW]);
	return STAY;
}

enum next open_task_hand(struct ui *ui, const struct task_row *row)
{
	struct task_row copy = *row;
	struct sheet *f = ui_push(ui, &screen_task);

	f->purpose = TASK_HAND;
	f->row = copy;
	ui_place(ui, "%s", places[TASK_HAND]);
	return STAY;
}

enum next open_task_edit(struct ui *ui, const struct task_row *row)
{
	struct task_row copy = *row;
	struct sheet *f = ui_push(ui, &screen_task);

	f->purpose = TASK_EDIT;
	f->row = copy;
	ui_place(ui, "%s", places[TASK_EDIT]);
	return STAY;
}
