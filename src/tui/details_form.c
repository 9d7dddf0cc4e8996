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
#include "clinic/phone.h"
#include "details.h"

enum { FIRST = 6, BOX = 20, CUSTOMERS_MOST = 500 };

static void echo_born(struct ui *ui, const char *text, char ret[ECHO_TEXT]);
static void echo_nhs(struct ui *ui, const char *text, char ret[ECHO_TEXT]);
static void echo_phone(struct ui *ui, const char *text, char ret[ECHO_TEXT]);
static void echo_day(struct ui *ui, const char *text, char ret[ECHO_TEXT]);
static void echo_say(struct ui *ui, const char *text, char ret[ECHO_TEXT]);
static void echo_needs(struct ui *ui, const char *text, char ret[ECHO_TEXT]);
static void echo_postcode(struct ui *ui, const char *text, char ret[ECHO_TEXT]);
static void echo_practice(struct ui *ui, const char *text, char ret[ECHO_TEXT]);

static const char *const YES_NO[] = { "yes", "no", NULL };
static const char *const STATUSES[] = { "active", "leaver", "deceased", NULL };

static const char *const PREFERS[] = { "mobile", "home", "work", "text", "email", "letter", NULL };
static const char *const SAYS[] = { "name", "oh", "all", NULL };
#define X(name, code, words, room, without, asked) code "  " words,
static const char *const NEED_CHOICES[] = { NEEDS(X) NULL };
#undef X

/* The parts of the form, each a page. */
enum { NOT, NAMES, REACH, CARE, WORK = DETAILS_WORK, PARTS = WORK };
static const char *const parts[] = { "", "Names", "How to reach", "Needs, GP, emergency", "Work" };

/* The rows of the form, in their order on each page: of somebody new, and of somebody known. */
static const struct row {
	int field; /* enum intake_field; -1: the employer */
	int fresh, known;
	const char *label;
	int width;
	const char *const *choices;
	void (*echo)(struct ui *ui, const char *text, char ret[ECHO_TEXT]);
} rows[] = {
	{ IN_SURNAME, NAMES, NAMES, "Surname", 30, NULL, NULL },
	{ IN_GIVEN, NAMES, NAMES, "Given name", 30, NULL, NULL },
	{ IN_TITLE, NAMES, NAMES, "Title", 12, NULL, NULL },
	{ IN_PREFERRED, NAMES, NAMES, "Preferred name", 30, NULL, NULL },
	{ IN_FORMER, CARE, NAMES, "Former names", 40, NULL, NULL },
	{ IN_BORN, NAMES, NAMES, "Date of birth", 16, NULL, echo_born },
	{ IN_GENDER, NAMES, NAMES, "Gender", 16, NULL, NULL },
	{ IN_NHS, NAMES, NAMES, "NHS No.", 16, NULL, echo_nhs },
	{ IN_STATUS, NOT, NAMES, "Status", 10, STATUSES, NULL },
	{ -1, NAMES, WORK, "Employer", 30, NULL, NULL },
	{ IN_EMPLOYEE_NO, NAMES, WORK, "Employee No.", 20, NULL, NULL },
	{ IN_JOB, NAMES, WORK, "Job", 30, NULL, NULL },
	{ IN_DEPARTMENT, NAMES, WORK, "Department", 30, NULL, NULL },
	{ IN_MANAGER, WORK, WORK, "Manager", 30, NULL, NULL },
	{ IN_POST_FROM, WORK, WORK, "First day", 16, NULL, echo_day },
	{ IN_POST_TO, WORK, WORK, "Last day", 16, NULL, echo_day },
	{ IN_MOBILE, NAMES, REACH, "Mobile", 20, NULL, echo_phone },
	{ IN_TEXT_OK, NAMES, REACH, "Texts allowed", 5, YES_NO, NULL },
	{ IN_MOBILE_VOICEMAIL, REACH, REACH, "Mobile voicemail", 5, YES_NO, NULL },
	{ IN_HOME, REACH, REACH, "Home telephone", 20, NULL, echo_phone },
	{ IN_HOME_VOICEMAIL, REACH, REACH, "Home voicemail", 5, YES_NO, NULL },
	{ IN_WORK, REACH, REACH, "Work telephone", 20, NULL, echo_phone },
	{ IN_WORK_VOICEMAIL, REACH, REACH, "Work voicemail", 5, YES_NO, NULL },
	{ IN_EMAIL, NAMES, REACH, "E-mail", 40, NULL, NULL },
	{ IN_EMAIL_OK, REACH, REACH, "E-mails allowed", 5, YES_NO, NULL },
	{ IN_PREFER, REACH, REACH, "First try", 8, PREFERS, NULL },
	{ IN_BEST_TIME, REACH, REACH, "Best time", 30, NULL, NULL },
	{ IN_SAY, REACH, REACH, "What may be said", 20, SAYS, echo_say },
	{ IN_ADDRESS, REACH, REACH, "Address", 50, NULL, NULL },
	{ IN_POSTCODE, REACH, REACH, "Postcode", 10, NULL, echo_postcode },
	{ IN_NEEDS, CARE, CARE, "Access needs", 30, NEED_CHOICES, echo_needs },
	{ IN_INTERPRETER, CARE, CARE, "Interpreter", 20, NULL, NULL },
	{ IN_GP, CARE, CARE, "Usual GP", 30, NULL, NULL },
	{ IN_GP_PRACTICE, CARE, CARE, "GP practice", 40, NULL, NULL },
	{ IN_GP_ADDRESS, CARE, CARE, "GP address", 50, NULL, NULL },
	{ IN_GP_CODE, CARE, CARE, "GP practice code", 10, NULL, echo_practice },
	{ IN_EMERGENCY, CARE, CARE, "Emergency", 40, NULL, NULL },
	{ IN_EMERGENCY_RELATION, CARE, CARE, "Who that is", 20, NULL, NULL },
	{ IN_EMERGENCY_PHONE, CARE, CARE, "Emergency tel.", 20, NULL, echo_phone },
};
enum { ROWS = sizeof rows / sizeof *rows };

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

static void echo_day(struct ui *ui, const char *text, char ret[ECHO_TEXT])
{
	char day[DAY_TEXT];
	struct err err = ERR_INIT;
	struct date d;

	if (date_parse(text, ui->desk->today, LOOK_BACK, &d, &err) == 0)
		snprintf(ret, ECHO_TEXT, "=> %s", date_show_day(d, day));
	else
		snprintf(ret, ECHO_TEXT, "%.36s", err.text);
}

static void echo_say(struct ui *ui, const char *text, char ret[ECHO_TEXT])
{
	(void)ui;
	snprintf(ret, ECHO_TEXT, "%.60s", phone_rule(text));
}

static void echo_needs(struct ui *ui, const char *text, char ret[ECHO_TEXT])
{
	char words[NEEDS_WORDS];
	const char *bad = "";
	unsigned needs;

	(void)ui;
	if (needs_parse(text, &needs, &bad))
		snprintf(ret, ECHO_TEXT, "=> %.58s", needs_words(needs, words));
	else
		snprintf(ret, ECHO_TEXT, "F4 lists them");
}

static void echo_postcode(struct ui *ui, const char *text, char ret[ECHO_TEXT])
{
	char code[POSTCODE_TEXT];

	(void)ui;
	if (postcode_parse(text, code))
		snprintf(ret, ECHO_TEXT, "=> %s", code);
	else
		snprintf(ret, ECHO_TEXT, "not a whole postcode");
}

static void echo_practice(struct ui *ui, const char *text, char ret[ECHO_TEXT])
{
	char code[PRACTICE_TEXT];

	(void)ui;
	if (practice_parse(text, code))
		snprintf(ret, ECHO_TEXT, "=> %s", code);
	else
		snprintf(ret, ECHO_TEXT, "a letter and five digits");
}

/* ---- what the record says ---- */

/* One field, unless it was typed into. */
static void fill_in(struct details *d, const struct person_card *card, int field)
{
	char buf[INTAKE_TEXT];
	const char *name = intake_header(field), *now = intake_value(card, field, d->customer, buf);

	if (!d->was[field] || strcmp(form_text(&d->form, name), d->was[field]) == 0)
		form_set(&d->form, name, now);
	mem_free(d->was[field]);
	d->was[field] = mem_str(now);
}

void details_fill(struct details *d, const struct person_card *card)
{
	for (int i = 0; i < ROWS; i++)
		if (rows[i].field >= 0 && rows[i].known)
			fill_in(d, card, rows[i].field);
}

void details_post(struct ui *ui, struct details *d)
{
	struct id chosen = { 0 };

	list_each (c, &ui->desk->refs->customers)
		if (strcmp(c->name, form_text(&d->form, CUSTOMER)) == 0)
			chosen = c->id;
	if (id_none(chosen) || id_same(chosen, d->customer))
		return;
	d->customer = chosen;
	for (int i = 0; i < ROWS; i++)
		if (rows[i].field >= 0 && rows[i].known == WORK)
			fill_in(d, &d->seen, rows[i].field);
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

static void add_field(struct details *d, const struct row *r, int n, int page, int line)
{
	d->fields[n] = (struct form_field){
		.name = r->field < 0 ? CUSTOMER : intake_header(r->field),
		.label = r->label,
		.row = FIRST + line,
		.col = 3,
		.box = BOX,
		.width = r->width,
		.kind = r->field < 0 || (r->choices && r->field != IN_SAY && r->field != IN_NEEDS)
				? FIELD_CHOICE
				: FIELD_TEXT,
		.max = r->width > 30 ? 120 : 60,
		.required = r->field == IN_SURNAME || r->field == IN_GIVEN,
		.choices = r->field < 0 ? d->customers : r->choices,
		.several = r->field == IN_NEEDS,
		.echo = r->echo,
		.page = page,
	};
	if (r->field == IN_SAY || r->field == IN_NEEDS)
		d->fields[n].max = 120;
}

void details_begin(struct ui *ui, struct details *d)
{
	bool fresh = id_none(d->person);
	size_t k = 0;
	int n = 0;

	d->begun = true;
	d->customers = mem_new(sizeof *d->customers * (CUSTOMERS_MOST + 1));
	list_each (c, &ui->desk->refs->customers)
		if (c->on && k < CUSTOMERS_MOST)
			d->customers[k++] = mem_str(c->name);
	for (int page = 1; page <= PARTS; page++)
		for (int i = 0, line = 0; i < ROWS; i++)
			if ((fresh ? rows[i].fresh : rows[i].known) == page)
				add_field(d, &rows[i], n++, page, line++);
	form_init(&d->form, d->fields);
	if (fresh)
		from_typed(ui, d, d->typed ? d->typed : "");
	else
		form_focus(&d->form, intake_header(IN_MOBILE));
}

void details_parts(struct canvas *c, const struct details *d, int row)
{
	int col = 1, at = form_page(&d->form);

	for (int i = 1; i <= PARTS; i++) {
		bool here = i == at;

		col = canvas_printf(c, row, col, here ? BOLD : PLAIN, "%s%d %s%s", here ? "[" : "",
				    i, parts[i], here ? "]" : "") +
		      4;
	}
	canvas_printf(c, row, col, PLAIN, "part %d of %d", at, PARTS);
}
