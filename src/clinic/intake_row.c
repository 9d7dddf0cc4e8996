/*
 * intake_row.c: what each field about a person may hold, the same for screens, commands and files.
 *
 * Always holds: what passes here is clean text (base/text.h), numbers as bare digits, days that
 * exist; nothing that could move a terminal is stored.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/intake_row.h"
#include "clinic/refs.h"
#include "model/number.h"
#include "store/store.h"

const char *intake_header(enum intake_field field)
{
	static const char *const headers[] = {
#define X(name, header, option, help) header,
		INTAKE_FIELDS(X)
#undef X
	};
	return headers[field];
}

/* ---- one value each ---- */

enum { NAME_RUNES = 60, LINE_RUNES = 120, OLDEST = 125 };

/* "emergency_name" as it is read. */
static const char *spoken(const char *name, char buf[40])
{
	snprintf(buf, 40, "%s%s", name, strcmp(name, "given") == 0 ? " name" : "");
	for (char *p = buf; *p; p++)
		if (*p == '_')
			*p = ' ';
	return buf;
}

/* Clean text of at most n - 1 bytes. */
static int clean_in(enum intake_field f, const char *s, size_t runes, char *buf, size_t n,
		    struct err *err)
{
	const char *why = "It is too long", *name = intake_header(f);
	char *clean = text_clean(s, runes, &why);
	bool fits = clean && strlen(clean) < n;
	char words[40];

	if (fits)
		snprintf(buf, n, "%s", clean);
	else
		err_input(err, name, "The %s cannot be kept.  %s.", spoken(name, words),
			  clean ? "It is too long" : why);
	mem_free(clean);
	return fits ? 0 : -1;
}

static int text_in(enum intake_field f, const char *s, char *buf, size_t n, struct err *err)
{
	return clean_in(f, s, NAME_RUNES, buf, n, err);
}

/* A name has a letter in it, so that it can be found. */
static int name_in(enum intake_field f, const char *s, char *buf, size_t n, struct err *err)
{
	if (text_in(f, s, buf, n, err) < 0)
		return -1;
	char *folded = text_fold(buf);
	bool good = *folded && !text_is_digits(folded);

	mem_free(folded);
	return good ? 0
		    : err_input(err, intake_header(f), "A %s needs at least one letter.",
				f == IN_SURNAME	 ? "surname"
				: f == IN_FORMER ? "former name"
						 : "given name");
}

/* 1984-08-14 or 14/08/1984: a file has no today that an incomplete date could lean on. */
static int file_date(enum intake_field f, const char *s, struct date *ret, struct err *err)
{
	const char *name = intake_header(f);
	int a, b, c, used = 0;

	s += strspn(s, " ");
	if (sscanf(s, "%4d-%2d-%2d%n", &a, &b, &c, &used) == 3 && s[4] == '-' && used == 10 &&
	    !s[used + strspn(s + used, " ")]) {
		if (date_from_ymd(a, b, c, ret))
			return 0;
	} else if (sscanf(s, "%2d/%2d/%4d%n", &a, &b, &c, &used) == 3 && used >= 8 &&
		   s[used - 5] == '/' && !s[used + strspn(s + used, " ")]) {
		if (date_from_ymd(c, b, a, ret))
			return 0;
	} else {
		return err_input(err, name, "%s is no date: write it as 1984-08-14 or 14/08/1984.",
				 s);
	}
	return err_input(err, name, "There is no day %s: correct the %s.", s,
			 f == IN_BORN ? "date of birth" : "date");
}

static int date_in(enum intake_field f, const char *s, struct date today, bool typed,
		   struct date *ret, struct err *err)
{
	struct date d;

	if (typed ? date_parse(s, today, LOOK_BACK, &d, err) < 0 : file_date(f, s, &d, err) < 0) {
		if (err)
			snprintf(err->field, sizeof err->field, "%s", intake_header(f));
		return -1;
	}
	*ret = d;
	return 0;
}

static int born_in(const char *s, struct date today, bool typed, struct date *ret, struct err *err)
{
	struct date d;

	if (date_in(IN_BORN, s, today, typed, &d, err) < 0)
		return -1;
	if (d.n > today.n)
		return err_input(err, "born", "A date of birth cannot lie ahead: %s.", s);
	if (date_age(d, today) > OLDEST)
		return err_input(err, "born", "Nobody is older than %d: check the year of %s.",
				 OLDEST, s);
	*ret = d;
	return 0;
}

static int nhs_in(const char *s, char *ret, struct err *err)
{
	if (nhs_parse(s, ret))
		return 0;
	return err_input(err, "nhs_number",
			 "%s is no NHS number: ten digits, the last of which checks the others.",
			 s);
}

static int employee_in(const char *s, char *buf, size_t n, struct err *err)
{
	enum { MOST = 20 };

	if (text_in(IN_EMPLOYEE_NO, s, buf, n, err) < 0)
		return -1;
	if (strlen(buf) > MOST || !buf[strcspn(buf, "0123456789")] ||
	    buf[strspn(buf, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-/. ")])
		return err_input(err, "employee_no",
				 "%s is no employee number: letters and digits, at most %d.", buf,
				 MOST);
	return 0;
}

static int phone_in(enum intake_field f, const char *s, char *buf, size_t n, struct err *err)
{
	char digits[PHONE_DIGITS];

	if (!phone_parse(s, digits))
		return err_input(err, intake_header(f), "%s is no telephone number: 07700 900418.",
				 s);
	snprintf(buf, n, "%s", digits);
	return 0;
}

static int email_in(const char *s, char *buf, size_t n, struct err *err)
{
	const char *at;

	if (text_in(IN_EMAIL, s, buf, n, err) < 0)
		return -1;
	at = strchr(buf, '@');
	if (!at || at == buf || strchr(at + 1, '@') || !strchr(at + 1, '.') || !at[1] ||
	    at[1] == '.' || strpbrk(buf, " ,;<>\"()"))
		return err_input(err, "email", "%s is no e-mail address: name@example.org.", buf);
	return 0;
}

static int yesno_in(enum intake_field f, const char *s, bool *ret, struct err *err)
{
	static const char *const words[][2] = {
		{ "yes", "no" }, { "y", "n" }, { "1", "0" }, { "true", "false" }
	};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		for (int no = 0; no < 2; no++)
			if (strcasecmp(s, words[i][no]) == 0) {
				*ret = !no;
				return 0;
			}
	return err_input(err, intake_header(f), "%s: yes or no, not %s.",
			 f == IN_TEXT_OK    ? "May be sent texts"
			 : f == IN_EMAIL_OK ? "May be sent e-mails"
					    : "May a message be left",
			 s);
}

static int voicemail_in(enum intake_field f, const char *s, enum voicemail *ret, struct err *err)
{
	bool yes;

	if (yesno_in(f, s, &yes, err) < 0)
		return -1;
	*ret = yes ? VOICEMAIL_YES : VOICEMAIL_NO;
	return 0;
}

static int needs_in(const char *s, unsigned *ret, struct err *err)
{
	const char *bad;

	if (needs_parse(s, ret, &bad))
		return 0;
	return err_input(err, "needs", "%.*s is no access need:" NEED_CODES ".",
			 (int)strcspn(bad, " ,;"), bad);
}

static int prefer_in(const char *s, char *buf, size_t n, struct err *err)
{
	static const char *const known[] = { "mobile", "home", "work", "text", "email", "letter" };

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strcasecmp(s, known[i]) == 0) {
			snprintf(buf, n, "%s", known[i]);
			return 0;
		}
	return err_input(err, "prefer", "First try: mobile, home, work, text, email or letter.");
}

/* Smith; Jones, Ann */
static int formers_in(const char *s, struct former *formers, struct err *err)
{
	int n = 0;

	for (const char *end; *s; s = end + (*end != '\0')) {
		size_t len = strcspn(s, ";"), comma = strcspn(s, ",;");
		char *surname, *given;
		int rc = 0;

		end = s + len;
		if (strspn(s, " ") >= len)
			continue;
		if (n == FORMERS_MOST)
			return err_input(err, "former_names", "At most %d former names are kept.",
					 FORMERS_MOST);
		surname = mem_strn(s, comma);
		given = comma < len ? mem_strn(s + comma + 1, len - comma - 1) : mem_str("");
		rc = name_in(IN_FORMER, surname, formers[n].surname, sizeof formers->surname, err);
		if (rc == 0 && given[strspn(given, " ")])
			rc = name_in(IN_FORMER, given, formers[n].given, sizeof formers->given,
				     err);
		mem_free(surname);
		mem_free(given);
		if (rc < 0)
			return -1;
		formers[n++].on = true;
	}
	return 0;
}

/* Own words, but for fields that have a shape. */
static int detail_in(enum intake_field f, const char *s, char *buf, size_t n, struct err *err)
{
	char code[POSTCODE_TEXT], practice[PRACTICE_TEXT];

	switch (f) {
	case IN_PREFER:
		return prefer_in(s, buf, n, err);
	case IN_POSTCODE:
		if (!postcode_parse(s, code))
			return err_input(err, "postcode", "%s is no postcode: SO16 6YD.", s);
		snprintf(buf, n, "%s", code);
		return 0;
	case IN_GP_CODE:
		if (!practice_parse(s, practice))
			return err_input(err, "gp_code", "%s is no GP practice's code: K81003.", s);
		snprintf(buf, n, "%s", practice);
		return 0;
	case IN_EMERGENCY_PHONE:
		return phone_in(f, s, buf, n, err);
	default:
		return clean_in(f, s, LINE_RUNES, buf, n, err);
	}
}

static int status_in(const char *s, char *buf, size_t n, struct err *err)
{
	static const char *const known[] = { "active", "leaver", "deceased" };

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strcasecmp(s, known[i]) == 0) {
			snprintf(buf, n, "%s", known[i]);
			return 0;
		}
	return err_input(err, "status", "The status is active, leaver or deceased, not %s.", s);
}

/* ---- all of them ---- */

static int one_in(enum intake_field f, const char *s, struct date today, bool typed,
		  struct intake_row *row, struct err *err)
{
	struct person *p = &row->person;
	struct post *j = &row->post;

	switch (f) {
	case IN_SURNAME:
		return name_in(f, s, p->surname, sizeof p->surname, err);
	case IN_GIVEN:
		return name_in(f, s, p->given, sizeof p->given, err);
	case IN_TITLE:
		return text_in(f, s, p->title, sizeof p->title, err);
	case IN_PREFERRED:
		return name_in(f, s, p->preferred, sizeof p->preferred, err);
	case IN_BORN:
		return born_in(s, today, typed, &p->born, err);
	case IN_GENDER:
		return text_in(f, s, p->gender, sizeof p->gender, err);
	case IN_NHS:
		return nhs_in(s, p->nhs, err);
	case IN_EMPLOYEE_NO:
		return employee_in(s, j->employee_no, sizeof j->employee_no, err);
	case IN_JOB:
		return text_in(f, s, j->job, sizeof j->job, err);
	case IN_DEPARTMENT:
		return text_in(f, s, j->department, sizeof j->department, err);
	case IN_MANAGER:
		return text_in(f, s, j->manager, sizeof j->manager, err);
	case IN_MOBILE:
	case IN_HOME:
	case IN_WORK:
		return phone_in(f, s, row->contacts[f - IN_CONTACT_FIRST].value, WORDS_TEXT, err);
	case IN_EMAIL:
		return email_in(s, row->contacts[f - IN_CONTACT_FIRST].value, WORDS_TEXT, err);
	case IN_TEXT_OK:
		return yesno_in(f, s, &row->text_ok, err);
	case IN_STATUS:
		return status_in(s, p->status, sizeof p->status, err);
	case IN_FORMER:
		return formers_in(s, row->formers, err);
	case IN_NEEDS:
		return needs_in(s, &p->needs, err);
	case IN_INTERPRETER:
		return text_in(f, s, p->interpreter, sizeof p->interpreter, err);
	case IN_MOBILE_VOICEMAIL:
	case IN_HOME_VOICEMAIL:
	case IN_WORK_VOICEMAIL:
		return voicemail_in(f, s, &row->voicemail[f - IN_MOBILE_VOICEMAIL], err);
	case IN_EMAIL_OK:
		return yesno_in(f, s, &row->email_ok, err);
	case IN_POST_FROM:
		return date_in(f, s, today, typed, &j->from, err);
	case IN_POST_TO:
		return date_in(f, s, today, typed, &j->to, err);
	default:
		return detail_in(f, s, row->details[f - IN_DETAIL_FIRST], LINE_TEXT, err);
	}
}

/* Fields that always say something. */
static bool needed(enum intake_field f)
{
	return f == IN_SURNAME || f == IN_GIVEN || f == IN_STATUS || f == IN_TEXT_OK ||
	       f == IN_EMAIL_OK;
}

int intake_read(const struct intake_form *form, struct date today, bool typed,
		struct intake_row *ret, struct err *err)
{
	/* What few rows have is emptied, not wiped: a file may bring 160,000. */
	memset(ret, 0, offsetof(struct intake_row, details));
	for (int i = 0; i < IN_DETAILS; i++)
		ret->details[i][0] = '\0';
	for (int i = 0; i < FORMERS_MOST; i++) {
		ret->formers[i].on = false;
		ret->formers[i].surname[0] = ret->formers[i].given[0] = '\0';
	}
	ret->given = 0;
	ret->person.born = ret->post.from = ret->post.to = DATE_NONE;
	for (int f = 0; f < INTAKE_COUNT; f++) {
		const char *s = form->v[f];
		bool blank = !s || !s[strspn(s, " ")];

		if (!s)
			continue;
		if (blank && needed(f))
			return err_input(err, intake_header(f), "The %s cannot be empty.",
					 intake_header(f));
		if (!blank && one_in(f, s, today, typed, ret, err) < 0)
			return -1;
		ret->given |= IN_BIT(f);
	}
	for (int i = 0; i < IN_CONTACTS; i++) {
		struct contact *c = &ret->contacts[i];

		snprintf(c->kind, sizeof c->kind, "%s", intake_header(IN_CONTACT_FIRST + i));
		c->on = *c->value;
		if (i < IN_PHONES)
			c->voicemail = ret->voicemail[i];
	}
	needs_text(ret->person.needs, ret->needs);
	ret->contacts[0].text_ok = ret->text_ok;
	ret->contacts[IN_EMAIL - IN_CONTACT_FIRST].text_ok = ret->email_ok;
	return 0;
}

void intake_fold(const struct person *p, char **ret_surname, char **ret_given)
{
	*ret_surname = text_fold(p->surname);
	*ret_given = text_fold(p->given);
}

void intake_scope(const struct desk *desk, struct id customer, char *buf, size_t n)
{
	const struct customer *c = ref_customer(desk, customer);

	if (c)
		snprintf(buf, n, "org:%s", c->code);
	else
		snprintf(buf, n, "care:%d", store_me(desk->store)->node);
}

int intake_post_order(const struct post *now, const struct intake_row *row, struct err *err)
{
	struct date from = now && !row_has(row, IN_POST_FROM) ? now->from : row->post.from,
		    to = now && !row_has(row, IN_POST_TO) ? now->to : row->post.to;

	if (date_none(from) || date_none(to) || from.n <= to.n)
		return 0;
	return err_input(err, "post_to", "The post would end before it began.");
}

/* ---- as arguments ---- */

static const char *some(const char *s)
{
	return *s ? s : NULL;
}

void intake_new(struct people *args, const struct intake_row *row, struct id customer,
		struct id ids)
{
	const struct person *p = &row->person;
	struct id next = { ids.n + 2 };

	*(struct new_person *)list_push(&args->persons) = (struct new_person){
		.id = ids,
		.surname = p->surname,
		.given = p->given,
		.title = some(p->title),
		.preferred = some(p->preferred),
		.gender = some(p->gender),
		.nhs = some(p->nhs),
		.status = some(p->status),
		.born = p->born,
		.needs = some(row->needs),
		.interpreter = some(p->interpreter),
	};
	if (!id_none(customer))
		*(struct new_post *)list_push(&args->posts) = (struct new_post){
			.id = { ids.n + 1 },
			.person = ids,
			.customer = customer,
			.employee_no = some(row->post.employee_no),
			.job = some(row->post.job),
			.department = some(row->post.department),
			.manager = some(row->post.manager),
			.from = row->post.from,
			.to = row->post.to,
		};
	for (int i = 0; i < IN_CONTACTS; i++, next.n++) {
		const struct contact *c = &row->contacts[i];

		if (c->on)
			*(struct new_contact *)list_push(&args->contacts) = (struct new_contact){
				.id = next,
				.person = ids,
				.kind = c->kind,
				.value = c->value,
				.text_ok = c->text_ok,
				.voicemail = c->voicemail,
			};
	}
	for (int i = 0; i < IN_DETAILS; i++)
		if (*row->details[i])
			*(struct new_detail *)list_push(&args->details) = (struct new_detail){
				.id = { next.n++ },
				.person = ids,
				.field = intake_header((enum intake_field)(IN_DETAIL_FIRST + i)),
				.value = row->details[i],
			};
	for (int i = 0; i < FORMERS_MOST && row->formers[i].on; i++)
		*(struct new_former *)list_push(&args->formers) = (struct new_former){
			.id = { next.n++ },
			.person = ids,
			.surname = row->formers[i].surname,
			.given = some(row->formers[i].given),
		};
}

int intake_ids(const struct intake_row *row)
{
	int n = 2 + IN_CONTACTS;

	for (int i = 0; i < IN_DETAILS; i++)
		n += *row->details[i] != '\0';
	for (int i = 0; i < FORMERS_MOST; i++)
		n += row->formers[i].on;
	return n;
}

void intake_new_done(struct people *args)
{
	list_free(&args->details);
	list_free(&args->formers);
	list_free(&args->persons);
	list_free(&args->posts);
	list_free(&args->contacts);
}
