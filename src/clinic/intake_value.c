/*
 * intake_value.c: what is known of a person, field by field, as people type and read it.
 */
#include <stdio.h>
#include <string.h>

#include "clinic/intake.h"
#include "clinic/intake_row.h"

static const char *day(struct date d, char *buf)
{
	return date_none(d) ? "" : date_show(d, buf);
}

static const char *former_names(const struct person_card *card, char *buf)
{
	size_t used = 0;

	*buf = '\0';
	list_each (f, &card->formers)
		if (f->on && used < INTAKE_TEXT)
			used += (size_t)snprintf(buf + used, INTAKE_TEXT - used, "%s%s%s%s",
						 used ? "; " : "", f->surname,
						 *f->given ? ", " : "", f->given);
	return buf;
}

static const char *contact_value(const struct person_card *card, enum intake_field field, char *buf)
{
	const struct contact *c = contacts_of(&card->contacts, intake_header(field));

	return !c ? "" : field == IN_EMAIL ? c->value : phone_show(c->value, buf);
}

/* May they: yes, no, or nothing known because there is nothing to reach them by. */
static const char *allowed(const struct person_card *card, enum intake_field of)
{
	const struct contact *c = contacts_of(&card->contacts, intake_header(of));

	return !c ? "" : c->text_ok ? "yes" : "no";
}

static const char *voicemail(const struct person_card *card, enum intake_field of)
{
	static const char *const words[] = {
		[VOICEMAIL_NOT_ASKED] = "", [VOICEMAIL_YES] = "yes", [VOICEMAIL_NO] = "no"
	};
	const struct contact *c = contacts_of(&card->contacts, intake_header(of));

	return words[c ? c->voicemail : VOICEMAIL_NOT_ASKED];
}

static const char *post_value(const struct post *post, enum intake_field field, char *buf)
{
	switch (field) {
	case IN_EMPLOYEE_NO:
		return post->employee_no;
	case IN_JOB:
		return post->job;
	case IN_DEPARTMENT:
		return post->department;
	case IN_MANAGER:
		return post->manager;
	case IN_POST_FROM:
		return day(post->from, buf);
	default:
		return day(post->to, buf);
	}
}

static const char *person_value(const struct person *p, enum intake_field field, char *buf)
{
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
		return day(p->born, buf);
	case IN_GENDER:
		return p->gender;
	case IN_NHS:
		return *p->nhs ? nhs_show(p->nhs, buf) : "";
	case IN_STATUS:
		return p->status;
	case IN_NEEDS:
		return needs_text(p->needs, buf);
	case IN_INTERPRETER:
		return p->interpreter;
	default:
		return "";
	}
}

const char *intake_value(const struct person_card *card, enum intake_field field,
			 struct id customer, char *buf)
{
	const struct post *post = intake_post(card, customer);
	const struct detail *detail;
	int f = (int)field;

	if (IN_POST & IN_BIT(field))
		return post ? post_value(post, field, buf) : "";
	if (f >= IN_CONTACT_FIRST && f < IN_CONTACT_FIRST + IN_CONTACTS)
		return contact_value(card, field, buf);
	if (f >= IN_MOBILE_VOICEMAIL && f < IN_MOBILE_VOICEMAIL + IN_PHONES)
		return voicemail(card, (enum intake_field)(IN_MOBILE + f - IN_MOBILE_VOICEMAIL));
	if (field == IN_TEXT_OK || field == IN_EMAIL_OK)
		return allowed(card, field == IN_TEXT_OK ? IN_MOBILE : IN_EMAIL);
	if (field == IN_FORMER)
		return former_names(card, buf);
	if (f < IN_DETAIL_FIRST || f >= IN_DETAIL_FIRST + IN_DETAILS)
		return person_value(&card->person, field, buf);
	detail = details_find(&card->details, intake_header(field));
	if (!detail)
		return "";
	return field == IN_EMERGENCY_PHONE ? phone_show(detail->value, buf) : detail->value;
}
