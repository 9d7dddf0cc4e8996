/*
 * details_park.c: the details of a person, half typed: what is kept of them, and put back.
 *
 * Of somebody with a record only the fields that were changed are kept, each with what it said
 * when it was filled in: what somebody else changed meanwhile is said, and stands beside the field,
 * before anything is saved.  Somebody new has no record to differ from.  A form that was opened on
 * the way to something else (a walk-in) ends at the person once it was parked.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "details.h"
#include "parking.h"

#define WAS "was."

static bool changed(const struct details *d, int field)
{
	return d->was[field] &&
	       strcmp(form_text(&d->form, intake_header(field)), d->was[field]) != 0;
}

static const char *label_of(const struct details *d, const char *name)
{
	for (int i = 0; i < d->form.n; i++)
		if (strcmp(d->form.fields[i].name, name) == 0)
			return d->form.fields[i].label;
	return name;
}

/* "Typed: Mobile, E-mail." */
static void say_changed(const struct details *d, char *buf, size_t n)
{
	size_t at = (size_t)snprintf(buf, n, "Typed:");
	bool any = false;

	for (int f = 0; f < INTAKE_COUNT; f++) {
		const char *text = form_text(&d->form, intake_header(f));

		if (at < n && (d->was[f] ? changed(d, f) : id_none(d->person) && *text)) {
			at += (size_t)snprintf(buf + at, n - at, "%s %s", any ? "," : "",
					       label_of(d, intake_header(f)));
			any = true;
		}
	}
	if (at < n)
		snprintf(buf + at, n - at, ".");
}

static void put_changed(const struct details *d, struct parcel *texts)
{
	char name[64];

	for (int f = 0; f < INTAKE_COUNT; f++)
		if (changed(d, f)) {
			snprintf(name, sizeof name, WAS "%s", intake_header(f));
			parcel_put(texts, name, d->was[f]);
			parcel_put(texts, intake_header(f), form_text(&d->form, intake_header(f)));
		}
	parcel_put(texts, CUSTOMER, form_text(&d->form, CUSTOMER));
	parcel_put(texts, "at", d->form.fields[d->form.at].name);
}

bool details_park(const struct ui *ui, const void *state, struct parked *ret, struct parcel *texts)
{
	const struct details *d = state;
	const char *surname = form_text(&d->form, intake_header(IN_SURNAME));

	(void)ui;
	if (!d->begun || !d->form.dirty)
		return false;
	ret->person = d->person;
	snprintf(ret->what, sizeof ret->what, "%s",
		 id_none(d->person) ? "New person" : "Person details");
	snprintf(ret->place, sizeof ret->place, "%s, half typed", d->form.fields[d->form.at].label);
	say_changed(d, ret->note, sizeof ret->note);
	if (!id_none(d->person)) {
		snprintf(ret->who, sizeof ret->who, "%s", d->name);
		put_changed(d, texts);
		return true;
	}
	if (*surname)
		person_show(surname, form_text(&d->form, intake_header(IN_GIVEN)),
			    form_text(&d->form, intake_header(IN_TITLE)), ret->who);
	parcel_form(texts, &d->form);
	return true;
}

enum next details_resume(struct ui *ui, const struct parked *was, const struct parcel *texts)
{
	struct details *d = ui_push(ui, &screen_details);

	d->person = was->person;
	d->typed = mem_str("");
	d->back = mem_new(sizeof *d->back);
	list_each (t, &texts->texts)
		parcel_put(d->back, t->name, t->value);
	return STAY;
}

/* Both stand on the screen: what was typed in the box, what the record says now beside it. */
static int say_newer(struct details *d, int field, const char *was)
{
	const char *name = intake_header(field);

	if (strcmp(was, d->was[field]) == 0)
		return 0;
	for (int i = 0; i < d->form.n; i++)
		if (strcmp(d->form.fields[i].name, name) == 0)
			snprintf(d->form.v[i].echo, ECHO_TEXT, "record: %.50s",
				 *d->was[field] ? d->was[field] : "empty");
	return 1;
}

void details_put_back(struct ui *ui, struct details *d)
{
	struct parcel *back = d->back;
	const char *first = NULL;
	int newer = 0;

	d->back = NULL;
	form_set(&d->form, CUSTOMER, parcel_get(back, CUSTOMER));
	if (!id_none(d->person))
		details_post(ui, d);
	parcel_to_form(back, &d->form);
	for (int f = 0; f < INTAKE_COUNT; f++) {
		char name[64];

		snprintf(name, sizeof name, WAS "%s", intake_header(f));
		if (!d->was[f] || !parcel_has(back, name) ||
		    !say_newer(d, f, parcel_get(back, name)))
			continue;
		first = first ? first : label_of(d, intake_header(f));
		newer++;
	}
	if (newer)
		ui_warn(ui, "%s%s was changed since: see beside the box. Ctrl-S puts yours there.",
			first, newer > 1 ? " and more" : "");
	args_free(&parcel_fields, back);
}
