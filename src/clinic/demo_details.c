/*
 * demo_details.c: what is known of some of the people of the pictures beyond name and number, and
 * one of them registered twice, so that whoever tries the practice service meets all of it.
 */
#include <string.h>

#include "clinic/demo_parts.h"
#include "clinic/intake.h"

static const struct {
	const char *surname; /* the first of that name */
	enum intake_field field;
	const char *value;
} known[] = {
	{ "Okafor", IN_SAY, "name" },
	{ "Okafor", IN_BEST_TIME, "after 16:00" },
	{ "Okafor", IN_MOBILE_VOICEMAIL, "no" },
	{ "Okafor", IN_ADDRESS, "14 Quay Street, Northgate" },
	{ "Okafor", IN_POSTCODE, "SO14 2AA" },
	{ "Okafor", IN_EMERGENCY, "Chidi Okafor" },
	{ "Okafor", IN_EMERGENCY_RELATION, "husband" },
	{ "Okafor", IN_EMERGENCY_PHONE, "07700 900417" },
	{ "Nowak", IN_SAY, "oh" },
	{ "Hargreaves", IN_NEEDS, "hearing large_print" },
	{ "Hargreaves", IN_PREFER, "letter" },
	{ "Ellis", IN_NEEDS, "step_free" },
	{ "Ellis", IN_GP, "Dr Osei" },
	{ "Ellis", IN_GP_PRACTICE, "Harbour Surgery" },
	{ "Ellis", IN_GP_CODE, "J82999" },
	{ "Fenwick", IN_FORMER, "Hale" },
	{ "Abara", IN_INTERPRETER, "Igbo" },
	{ "Whitfield", IN_EMAIL, "j.whitfield@wessexvale.example" },
	{ "Whitfield", IN_EMAIL_OK, "yes" },
	{ "Whitfield", IN_PREFER, "email" },
};
enum { KNOWN = sizeof known / sizeof *known };

static int at_of(const char *surname)
{
	int i = 0;

	while (strcmp(demo_cast[i].surname, surname) != 0)
		i++;
	return i;
}

/* Everything about one of them at once, as one save of the form. */
static int details_of(struct demo *d, int from, int *ret_next, struct err *err)
{
	struct intake_form form = { 0 };
	int i = from;

	for (; i < KNOWN && strcmp(known[i].surname, known[from].surname) == 0; i++)
		form.v[known[i].field] = known[i].value;
	*ret_next = i;
	return intake_set(&d->desk, d->people.v[at_of(known[from].surname)].id, &form, NULL, err);
}

/* Rang from home, and was not found under the name as it was spelt. */
static int registered_twice(struct demo *d, struct err *err)
{
	const struct cast *who = &demo_cast[at_of("Ellis")];
	struct intake_form form = { .v = { [IN_SURNAME] = "Elliss", [IN_GIVEN] = "Marcus" } };
	struct date born;
	char day[DAY_TEXT];
	struct id id;

	date_from_ymd(who->born_y, who->born_m, who->born_d, &born);
	form.v[IN_BORN] = date_show(born, day);
	form.v[IN_MOBILE] = who->mobile;
	return intake_add(&d->desk, &form, (struct id){ 0 }, true, &id, err);
}

int demo_details(struct demo *d, struct err *err)
{
	int rc = 0;

	for (int i = 0; rc == 0 && i < KNOWN;)
		rc = details_of(d, i, &i, err);
	return rc == 0 ? registered_twice(d, err) : rc;
}
