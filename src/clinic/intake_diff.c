/*
 * intake_diff.c: what was typed against what is there: the edits that make one from the other.
 *
 * A file never overwrites what a desk typed into a contact: those fields are told to the caller and
 * left alone.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/intake_row.h"

/* Where the plain fields live. */
static const struct place {
	enum intake_field field;
	const char *table, *column;
	size_t offset; /* of the text in struct person or struct post */
} places[] = {
	{ IN_SURNAME, "person", "surname", offsetof(struct person, surname) },
	{ IN_GIVEN, "person", "given", offsetof(struct person, given) },
	{ IN_TITLE, "person", "title", offsetof(struct person, title) },
	{ IN_PREFERRED, "person", "preferred", offsetof(struct person, preferred) },
	{ IN_GENDER, "person", "gender", offsetof(struct person, gender) },
	{ IN_NHS, "person", "nhs", offsetof(struct person, nhs) },
	{ IN_STATUS, "person", "status", offsetof(struct person, status) },
	{ IN_EMPLOYEE_NO, "post", "employee_no", offsetof(struct post, employee_no) },
	{ IN_JOB, "post", "job", offsetof(struct post, job) },
	{ IN_DEPARTMENT, "post", "department", offsetof(struct post, department) },
	{ IN_MANAGER, "post", "manager", offsetof(struct post, manager) },
};

static const char *some(const char *s)
{
	return *s ? s : NULL;
}

static const struct post *post_with(const struct posts *posts, struct id customer)
{
	const struct post *best = NULL;

	if (id_none(customer))
		return posts_current(posts);
	list_each (p, posts)
		if (p->on && id_same(p->customer, customer) && (!best || p->id.n > best->id.n))
			best = p;
	return best;
}

static void diff_plain(const struct intake_diff *d, struct people *out)
{
	const struct post *now = post_with(&d->now->posts, d->customer),
			  *seen = post_with(&d->seen->posts, d->customer);

	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		const struct place *p = &places[i];
		bool post = strcmp(p->table, "post") == 0;
		const char *want, *is, *base;

		if (!row_has(d->row, p->field) || (post && (!now || !seen)))
			continue;
		want = post ? (const char *)&d->row->post : (const char *)&d->row->person;
		is = post ? (const char *)now : (const char *)&d->now->person;
		base = post ? (const char *)seen : (const char *)&d->seen->person;
		/* Equal to what was seen: the typist left it as it was. */
		if (strcmp(want + p->offset, is + p->offset) != 0 &&
		    strcmp(want + p->offset, base + p->offset) != 0)
			people_add_edit(out, post ? now->id : d->now->person.id, p->table,
					p->column, intake_header(p->field), some(base + p->offset),
					some(want + p->offset));
	}
}

static const char *day_text(struct date d, char *buf, size_t n)
{
	if (date_none(d))
		return NULL;
	snprintf(buf, n, "%d", (int)d.n);
	return buf;
}

static void diff_born(const struct intake_diff *d, struct people *out)
{
	char was[16], want[16];

	if (row_has(d->row, IN_BORN) && d->row->person.born.n != d->now->person.born.n &&
	    d->row->person.born.n != d->seen->person.born.n)
		people_add_edit(out, d->now->person.id, "person", "born", "born",
				day_text(d->seen->person.born, was, sizeof was),
				day_text(d->row->person.born, want, sizeof want));
}

/* Somebody with no post at this customer yet gets one. */
static void diff_post(const struct intake_diff *d, struct people *out)
{
	if (post_with(&d->now->posts, d->customer) || id_none(d->customer))
		return;
	const struct post *p = &d->row->post;

	*(struct new_post *)list_push(&out->posts) = (struct new_post){
		.id = desk_new_id(d->desk),
		.person = d->now->person.id,
		.customer = d->customer,
		.employee_no = mem_str(some(p->employee_no)),
		.job = mem_str(some(p->job)),
		.department = mem_str(some(p->department)),
		.manager = mem_str(some(p->manager)),
	};
}

static void contact_edit(const struct intake_diff *d, struct people *out, const struct contact *now,
			 const char *column, const char *field, const char *base, const char *value)
{
	people_add_edit(out, now->id, "contact", column, field, base, value);
	struct edit *e = &out->edits.v[out->edits.n - 1];

	e->source = mem_str(d->source);
	e->was_source = mem_str(now->source);
	e->was_at = now->at;
}

/* Does the row stand back behind what a desk typed? */
static bool desk_typed(const struct intake_diff *d, const struct contact *now,
		       enum intake_field field, const char *here, const char *there)
{
	const struct differing one = { field, here, there };

	if (!d->differs || strcmp(now->source, "desk") != 0)
		return false;
	d->differs(d->ctx, &one);
	return true;
}

static void diff_contact(const struct intake_diff *d, enum intake_field field, struct people *out)
{
	const struct contact *want = &d->row->contacts[field - IN_CONTACT_FIRST];
	const struct contact *now = contacts_of(&d->now->contacts, want->kind),
			     *seen = contacts_of(&d->seen->contacts, want->kind);

	if (!now) {
		if (want->on)
			*(struct new_contact *)list_push(&out->contacts) = (struct new_contact){
				.id = desk_new_id(d->desk),
				.person = d->now->person.id,
				.kind = mem_str(want->kind),
				.value = mem_str(want->value),
				.text_ok = want->text_ok,
			};
		return;
	}
	if (strcmp(now->value, want->value) == 0 ||
	    (seen && strcmp(seen->value, want->value) == 0) ||
	    desk_typed(d, now, field, now->value, want->value))
		return;
	if (want->on)
		contact_edit(d, out, now, "value", want->kind, seen ? seen->value : NULL,
			     want->value);
	else
		contact_edit(d, out, now, "state", want->kind, "on", "off");
}

static void diff_text_ok(const struct intake_diff *d, struct people *out)
{
	const struct contact *now = contacts_of(&d->now->contacts, "mobile");
	bool want = d->row->text_ok;

	if (!now || !row_has(d->row, IN_TEXT_OK) || now->text_ok == want ||
	    desk_typed(d, now, IN_TEXT_OK, want ? "no" : "yes", want ? "yes" : "no"))
		return;
	contact_edit(d, out, now, "text_ok", "text_ok", want ? "0" : "1", want ? "1" : "0");
}

struct people *intake_diff(const struct intake_diff *d)
{
	struct people *out = mem_new(sizeof *out);

	out->person = d->now->person.id;
	out->scope = mem_str(d->now->person.scope);
	out->source = mem_str(d->source);
	diff_plain(d, out);
	diff_born(d, out);
	diff_post(d, out);
	for (int f = IN_CONTACT_FIRST; f < IN_CONTACT_FIRST + IN_CONTACTS; f++)
		if (row_has(d->row, f))
			diff_contact(d, f, out);
	diff_text_ok(d, out);
	if (out->edits.n || out->posts.n || out->contacts.n)
		return out;
	args_free(&act_person_set.fields, out);
	return NULL;
}
