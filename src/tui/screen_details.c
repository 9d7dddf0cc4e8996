/*
 * screen_details.c: the details of a person as a form: `e` on S4, and somebody new out of S3.
 *
 * Editing, the cursor begins on the mobile number, because a changed number is what people ring
 * about most: `e`, Ctrl-U, the number, Ctrl-S.  Only fields that were changed are sent, against
 * what they said when the form was filled in, so that what another desk changed meanwhile is
 * refused in words and never lost; F5 then shows it, and keeps what was typed here.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "bar.h"
#include "clinic/desk.h"
#include "clinic/intake.h"
#include "clinic/refs.h"
#include "people.h"
#include "screens.h"

enum { FIRST = 5, BOX = 20, CUSTOMERS_MOST = 500 };

#define CUSTOMER "customer" /* the one field that is not intake.h's: only of somebody new */

struct details {
	struct form form;
	struct form_field fields[INTAKE_COUNT + 2];
	char *was[INTAKE_COUNT]; /* what each field said when it was filled in; NULL not shown */
	struct id person;	 /* none: somebody new */
	struct person_card seen;
	find_then *then;
	char *typed; /* in the find box */
	const char **customers;
	bool begun;
	char name[PERSON_TEXT], born[BORN_TEXT], nhs[NHS_TEXT], employee[CODE_TEXT];
};

static void echo_born(struct ui *ui, const char *text, char ret[ECHO_TEXT]);
static void echo_nhs(struct ui *ui, const char *text, char ret[ECHO_TEXT]);
static void echo_phone(struct ui *ui, const char *text, char ret[ECHO_TEXT]);

static const char *const YES_NO[] = { "yes", "no", NULL };
static const char *const STATUSES[] = { "active", "leaver", "deceased", NULL };

enum { NEW = 1, OLD = 2, BOTH = 3 };

/* The rows of the form, in their order on the screen. */
static const struct row {
	int field; /* enum intake_field; -1: the employer */
	int when;
	const char *label;
	int width;
	bool required;
	const char *const *choices;
	void (*echo)(struct ui *ui, const char *text, char ret[ECHO_TEXT]);
} rows[] = {
	{ IN_SURNAME, BOTH, "Surname", 30, true, NULL, NULL },
	{ IN_GIVEN, BOTH, "Given name", 30, true, NULL, NULL },
	{ IN_TITLE, BOTH, "Title", 12, false, NULL, NULL },
	{ IN_PREFERRED, BOTH, "Preferred name", 30, false, NULL, NULL },
	{ IN_BORN, BOTH, "Date of birth", 16, false, NULL, echo_born },
	{ IN_GENDER, BOTH, "Gender", 16, false, NULL, NULL },
	{ IN_NHS, BOTH, "NHS No.", 16, false, NULL, echo_nhs },
	{ -1, NEW, "Employer", 30, false, NULL, NULL },
	{ IN_EMPLOYEE_NO, BOTH, "Employee No.", 20, false, NULL, NULL },
	{ IN_JOB, BOTH, "Job", 30, false, NULL, NULL },
	{ IN_DEPARTMENT, BOTH, "Department", 30, false, NULL, NULL },
	{ IN_MOBILE, BOTH, "Mobile", 20, false, NULL, echo_phone },
	{ IN_TEXT_OK, BOTH, "Texts allowed", 5, false, YES_NO, NULL },
	{ IN_HOME, OLD, "Home telephone", 20, false, NULL, echo_phone },
	{ IN_WORK, OLD, "Work telephone", 20, false, NULL, echo_phone },
	{ IN_EMAIL, BOTH, "E-mail", 40, false, NULL, NULL },
	{ IN_STATUS, OLD, "Status", 10, false, STATUSES, NULL },
};

/* ---- how a value is read, beside its box ---- */

static void echo_born(struct ui *ui, const char *text, char ret[ECHO_TEXT])
{
	char day[DAY_TEXT];
	struct err err = ERR_INIT;
	struct date d;

	if (date_parse(text, ui->desk->today, LOOK_BACK, &d, &err) == 0)
		snprintf(ret, ECHO_TEXT, "=> %s, %d years", date_show_day(d, day),
			 date_age(d, ui->desk->today));
	else
		snprintf(ret, ECHO_TEXT, "%.36s", err.text);
}

static void echo_nhs(struct ui *ui, const char *text, char ret[ECHO_TEXT])
{
	char digits[NHS_DIGITS], shown[NHS_TEXT];

	(void)ui;
	if (nhs_parse(text, digits))
		snprintf(ret, ECHO_TEXT, "=> %s", nhs_show(digits, shown));
	else
		snprintf(ret, ECHO_TEXT, "not a whole NHS number");
}

static void echo_phone(struct ui *ui, const char *text, char ret[ECHO_TEXT])
{
	char digits[PHONE_DIGITS], shown[PHONE_TEXT];

	(void)ui;
	if (phone_parse(text, digits))
		snprintf(ret, ECHO_TEXT, "=> %s", phone_show(digits, shown));
	else
		snprintf(ret, ECHO_TEXT, "not a whole number");
}

/* ---- what the record says ---- */

static const char *contact_words(const struct person_card *card, const char *kind, char *buf)
{
	const struct contact *it = contacts_of(&card->contacts, kind);

	return !it ? "" : strcmp(kind, "email") == 0 ? it->value : phone_show(it->value, buf);
}

/* One field as people would type it; in buf (PERSON_TEXT) or in the card. */
static const char *value_of(const struct person_card *card, int field, char *buf)
{
	const struct person *p = &card->person;
	const struct post *post = posts_current(&card->posts);
	const struct contact *mobile = contacts_of(&card->contacts, "mobile");

	switch (field) {
	case IN_SURNAME:
		return p->surname;
	case IN_GIVEN:
		return p->given;
	case IN_TITLE:
		return p->title;
	case IN_PREFERRED:
		return p->preferred;
	case IN_BORN:
		return date_none(p->born) ? "" : date_show(p->born, buf);
	case IN_GENDER:
		return p->gender;
	case IN_NHS:
		return *p->nhs ? nhs_show(p->nhs, buf) : "";
	case IN_EMPLOYEE_NO:
		return post ? post->employee_no : "";
	case IN_JOB:
		return post ? post->job : "";
	case IN_DEPARTMENT:
		return post ? post->department : "";
	case IN_TEXT_OK:
		return mobile && mobile->text_ok ? "yes" : "no";
	case IN_STATUS:
		return p->status;
	default:
		return contact_words(card, intake_header(field), buf);
	}
}

/* Fills in what the record says, but for fields that were typed into. */
static void fill(struct details *d, const struct person_card *card)
{
	char buf[PERSON_TEXT];

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int f = rows[i].field;
		const char *now, *name;

		if (f < 0 || !(rows[i].when & OLD))
			continue;
		now = value_of(card, f, buf);
		name = intake_header(f);
		if (!d->was[f] || strcmp(form_text(&d->form, name), d->was[f]) == 0)
			form_set(&d->form, name, now);
		mem_free(d->was[f]);
		d->was[f] = mem_str(now);
	}
}

/* ---- somebody new, from the find box ---- */

/* Names typed in small letters get their capitals: o'brien-smyth, O'Brien-Smyth. */
static char *capitals(const char *s)
{
	struct buf out = { 0 };
	bool start = true, asis = s[strcspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")] != '\0';

	buf_str(&out, "");
	for (int len = 0; *s; s += len) {
		text_next(s, strlen(s), &len);
		char *one = mem_strn(s, (size_t)len), *up = start && !asis ? text_upper(one) : NULL;

		buf_str(&out, up ? up : one);
		start = strchr(" -'", *s) != NULL;
		mem_free(one);
		mem_free(up);
	}
	return out.s;
}

static void set_name(struct details *d, enum intake_field field, const char *s, size_t n)
{
	char *part, *name;

	while (n && *s == ' ')
		s++, n--;
	part = mem_strn(s, n);
	name = capitals(part);
	form_set(&d->form, intake_header(field), name);
	mem_free(part);
	mem_free(name);
}

/* The same shapes as the find box has, as far as they say which field is meant. */
static void from_typed(struct ui *ui, struct details *d, const char *s)
{
	char nhs[NHS_DIGITS], phone[PHONE_DIGITS];
	size_t comma = strcspn(s, ",");
	struct date born;

	if (!strpbrk(s, "0123456789")) {
		set_name(d, IN_SURNAME, s, comma);
		if (s[comma])
			set_name(d, IN_GIVEN, s + comma + 1, strlen(s + comma + 1));
		form_focus(&d->form, intake_header(comma && s[comma] ? IN_TITLE
						   : comma	     ? IN_GIVEN
								     : IN_SURNAME));
	} else if (nhs_parse(s, nhs)) {
		form_set(&d->form, intake_header(IN_NHS), s);
	} else if ((*s == '0' || *s == '+') && phone_parse(s, phone) && strlen(phone) > 9) {
		form_set(&d->form, intake_header(IN_MOBILE), s);
	} else if (s[strspn(s, "0123456789")] &&
		   date_parse(s, ui->desk->today, LOOK_BACK, &born, NULL) == 0) {
		form_set(&d->form, intake_header(IN_BORN), s);
	} else if (text_is_digits(s) && strlen(s) > 4) {
		form_set(&d->form, intake_header(IN_EMPLOYEE_NO), s);
	}
}

/* ---- the form ---- */

static void begin(struct ui *ui, struct details *d)
{
	int n = 0, when = id_none(d->person) ? NEW : OLD;
	size_t k = 0;

	d->begun = true;
	d->customers = mem_new(sizeof *d->customers * (CUSTOMERS_MOST + 1));
	list_each (c, &ui->desk->refs->customers)
		if (c->on && k < CUSTOMERS_MOST)
			d->customers[k++] = mem_str(c->name);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct row *r = &rows[i];

		if (!(r->when & when))
			continue;
		d->fields[n] = (struct form_field){
			.name = r->field < 0 ? CUSTOMER : intake_header(r->field),
			.label = r->label,
			.row = FIRST + n,
			.col = 3,
			.box = BOX,
			.width = r->width,
			.kind = r->choices || r->field < 0 ? FIELD_CHOICE : FIELD_TEXT,
			.max = 60,
			.required = r->required,
			.choices = r->field < 0 ? d->customers : r->choices,
			.echo = r->echo,
		};
		n++;
	}
	form_init(&d->form, d->fields);
}

static int details_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct details *d = state;
	struct person_card card;
	const struct post *post;

	if (!d->begun) {
		begin(ui, d);
		if (id_none(d->person))
			from_typed(ui, d, d->typed ? d->typed : "");
		else
			form_focus(&d->form, intake_header(IN_MOBILE));
	} else if (refresh) {
		return 0; /* what was seen stays what was seen, until F5 or the save */
	}
	if (id_none(d->person))
		return 0;
	if (intake_person(ui->desk, d->person, &card, err) < 0)
		return -1;
	fill(d, &card);
	person_card_done(&d->seen);
	d->seen = card;
	post = posts_current(&card.posts);
	person_show(card.person.surname, card.person.given, card.person.title, d->name);
	banner_born(card.person.born, ui->desk->today, d->born);
	nhs_show(card.person.nhs, d->nhs);
	snprintf(d->employee, sizeof d->employee, "%s", post ? post->employee_no : "");
	return 0;
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
	form_draw(c, &d->form, true, by);
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
	person_card_done(&d->seen);
}

static struct form *details_form(void *state)
{
	struct details *d = state;

	return d->begun ? &d->form : NULL;
}

static enum next details_typed(struct ui *ui, void *state)
{
	(void)ui, (void)state;
	return STAY;
}

/* ---- saving ---- */

static enum next save_old(struct ui *ui, struct details *d)
{
	struct intake_form form = { 0 };
	struct err err = ERR_INIT;
	bool changed = false;

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
	if (intake_set(ui->desk, d->person, &form, &d->seen, &err) < 0)
		return ui_fail(ui, &err);
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

static enum next drop(struct ui *ui, void *state, char key)
{
	(void)ui, (void)state, (void)key;
	return BACK;
}

static enum next details_back(struct ui *ui, void *state)
{
	struct details *d = state;

	if (!d->form.dirty)
		return BACK;
	ask_yes(ui, drop, "Leave without saving what was typed?");
	return STAY;
}

static const struct key keys[] = {
	{ .key = "C-s",
	  .name = "save",
	  .label = "Save",
	  .help = "save these details",
	  .act = details_save },
	{ .key = "Enter Down", .name = "next", .label = "Next", .act = details_next },
	{ .key = "Up", .name = "previous", .label = "Previous", .act = details_last },
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
