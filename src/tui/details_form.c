/*
 * details_form.c: the fields of a person's details: how each is labelled, read and filled in, and
 * which of them what was typed into the find box belongs to.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/desk.h"
#include "clinic/refs.h"
#include "details.h"

enum { FIRST = 5, BOX = 20, CUSTOMERS_MOST = 500 };

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
void details_fill(struct details *d, const struct person_card *card)
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

void details_begin(struct ui *ui, struct details *d)
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
	if (id_none(d->person))
		from_typed(ui, d, d->typed ? d->typed : "");
	else
		form_focus(&d->form, intake_header(IN_MOBILE));
}
