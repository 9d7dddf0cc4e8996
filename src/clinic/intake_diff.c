/*
 * intake_diff.c: what was typed against what is there: the edits that make one from the other.
 *
 * A file never overwrites what a desk typed into a contact or detail, nor access needs: those
 * fields are told to the caller and left alone.
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

const struct post *intake_post(const struct person_card *card, struct id customer)
{
	const struct post *best = NULL;

	if (id_none(customer))
		return posts_current(&card->posts);
	list_each (p, &card->posts)
		if (p->on && id_same(p->customer, customer) && (!best || p->id.n > best->id.n))
			best = p;
	return best;
}

static void diff_plain(const struct intake_diff *d, struct people *out)
{
	const struct post *now = intake_post(d->now, d->customer),
			  *seen = intake_post(d->seen, d->customer);

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

static void diff_day(const struct intake_diff *d, struct people *out, enum intake_field field,
		     struct id row, const char *table, const char *column, struct date now,
		     struct date seen, struct date want)
{
	char was[16], text[16];

	if (row_has(d->row, field) && want.n != now.n && want.n != seen.n)
		people_add_edit(out, row, table, column, intake_header(field),
				day_text(seen, was, sizeof was), day_text(want, text, sizeof text));
}

static void diff_days(const struct intake_diff *d, struct people *out)
{
	const struct post *now = intake_post(d->now, d->customer),
			  *seen = intake_post(d->seen, d->customer), *want = &d->row->post;

	diff_day(d, out, IN_BORN, d->now->person.id, "person", "born", d->now->person.born,
		 d->seen->person.born, d->row->person.born);
	if (!now || !seen)
		return;
	diff_day(d, out, IN_POST_FROM, now->id, "post", "from_day", now->from, seen->from,
		 want->from);
	diff_day(d, out, IN_POST_TO, now->id, "post", "to_day", now->to, seen->to, want->to);
}

/* What a person needs was asked of them: a file may say it first, and never otherwise. */
static bool keeps_needs(const struct intake_diff *d, enum intake_field field, const char *here,
			const char *there)
{
	const struct differing one = { field, here, there };

	if (!d->differs || !*here)
		return false;
	d->differs(d->ctx, &one);
	return true;
}

static void diff_needs(const struct intake_diff *d, struct people *out)
{
	const struct person *now = &d->now->person, *seen = &d->seen->person,
			    *want = &d->row->person;
	char is[NEEDS_TEXT], was[NEEDS_TEXT];

	needs_text(now->needs, is);
	needs_text(seen->needs, was);
	if (row_has(d->row, IN_NEEDS) && want->needs != now->needs && want->needs != seen->needs &&
	    !keeps_needs(d, IN_NEEDS, is, d->row->needs))
		people_add_edit(out, now->id, "person", "needs", "needs", some(was),
				some(d->row->needs));
	if (row_has(d->row, IN_INTERPRETER) && strcmp(want->interpreter, now->interpreter) != 0 &&
	    strcmp(want->interpreter, seen->interpreter) != 0 &&
	    !keeps_needs(d, IN_INTERPRETER, now->interpreter, want->interpreter))
		people_add_edit(out, now->id, "person", "interpreter", "interpreter",
				some(seen->interpreter), some(want->interpreter));
}

/* Somebody with no post at this customer yet gets one. */
static void diff_post(const struct intake_diff *d, struct people *out)
{
	if (intake_post(d->now, d->customer) || id_none(d->customer))
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
		.from = p->from,
		.to = p->to,
	};
}

/* The last edit is of a value that keeps where it comes from. */
static void comes_from(const struct intake_diff *d, struct people *out, const char *was,
		       struct moment was_at)
{
	struct edit *e = &out->edits.v[out->edits.n - 1];

	e->source = mem_str(d->source);
	e->was_source = mem_str(was);
	e->was_at = was_at;
}

static void contact_edit(const struct intake_diff *d, struct people *out, const struct contact *now,
			 const char *column, const char *field, const char *base, const char *value)
{
	people_add_edit(out, now->id, "contact", column, field, base, value);
	comes_from(d, out, now->source, now->at);
}

/* Does the row stand back behind what a desk typed? */
static bool desk_typed(const struct intake_diff *d, const char *source, enum intake_field field,
		       const char *here, const char *there)
{
	const struct differing one = { field, here, there };

	if (!d->differs || strcmp(source, "desk") != 0)
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
				.voicemail = want->voicemail,
			};
		return;
	}
	if (strcmp(now->value, want->value) == 0 ||
	    (seen && strcmp(seen->value, want->value) == 0) ||
	    desk_typed(d, now->source, field, now->value, want->value))
		return;
	if (want->on)
		contact_edit(d, out, now, "value", want->kind, seen ? seen->value : NULL,
			     want->value);
	else
		contact_edit(d, out, now, "state", want->kind, "on", "off");
}

/* The columns beside a number or address, as text that an edit compares: NULL is "not asked". */
static const char *flag_of(const struct contact *c, bool voicemail)
{
	if (!voicemail)
		return c->text_ok ? "1" : "0";
	return c->voicemail == VOICEMAIL_YES ? "1" : c->voicemail == VOICEMAIL_NO ? "0" : NULL;
}

static const char *yes_no(const char *flag)
{
	return !flag ? "" : *flag == '1' ? "yes" : "no";
}

static bool same_flag(const char *a, const char *b)
{
	return a == b || (a && b && *a == *b);
}

static void diff_flag(const struct intake_diff *d, enum intake_field field, enum intake_field of,
		      struct people *out)
{
	bool voicemail = field != IN_TEXT_OK && field != IN_EMAIL_OK;
	const char *kind = intake_header(of), *is, *was, *want;
	const struct contact *now = contacts_of(&d->now->contacts, kind),
			     *seen = contacts_of(&d->seen->contacts, kind);

	if (!now || !row_has(d->row, field))
		return;
	is = flag_of(now, voicemail);
	was = flag_of(seen ? seen : now, voicemail);
	want = flag_of(&d->row->contacts[of - IN_CONTACT_FIRST], voicemail);
	if (same_flag(want, is) || (d->seen != d->now && same_flag(want, was)) ||
	    desk_typed(d, now->source, field, yes_no(is), yes_no(want)))
		return;
	contact_edit(d, out, now, voicemail ? "voicemail" : "text_ok", intake_header(field), was,
		     want);
}

static void diff_detail(const struct intake_diff *d, enum intake_field field, struct people *out)
{
	const char *name = intake_header(field), *want = d->row->details[field - IN_DETAIL_FIRST];
	const struct detail *now = details_find(&d->now->details, name),
			    *seen = details_find(&d->seen->details, name);

	if (!row_has(d->row, field))
		return;
	if (!now) {
		if (*want && !(seen && strcmp(seen->value, want) == 0))
			*(struct new_detail *)list_push(&out->details) = (struct new_detail){
				.id = desk_new_id(d->desk),
				.person = d->now->person.id,
				.field = mem_str(name),
				.value = mem_str(want),
			};
		return;
	}
	if (strcmp(now->value, want) == 0 || (seen ? strcmp(seen->value, want) == 0 : !*want) ||
	    desk_typed(d, now->source, field, now->value, want))
		return;
	if (*want)
		people_add_edit(out, now->id, "detail", "value", name, seen ? seen->value : NULL,
				want);
	else
		people_add_edit(out, now->id, "detail", "state", name, "on", "off");
	comes_from(d, out, now->source, now->at);
}

static bool same_former(const struct former *a, const struct former *b)
{
	return strcmp(a->surname, b->surname) == 0 && strcmp(a->given, b->given) == 0;
}

/* Those named stay or are added; those that were seen and are not named any more go. */
static void diff_formers(const struct intake_diff *d, struct people *out)
{
	if (!row_has(d->row, IN_FORMER))
		return;
	for (int i = 0; i < FORMERS_MOST && d->row->formers[i].on; i++) {
		const struct former *want = &d->row->formers[i];
		bool have = false;

		list_each (f, &d->now->formers)
			have = have || (f->on && same_former(f, want));
		if (!have)
			*(struct new_former *)list_push(&out->formers) = (struct new_former){
				.id = desk_new_id(d->desk),
				.person = d->now->person.id,
				.surname = mem_str(want->surname),
				.given = mem_str(some(want->given)),
			};
	}
	list_each (f, &d->seen->formers) {
		bool named = !f->on;

		for (int i = 0; i < FORMERS_MOST && d->row->formers[i].on; i++)
			named = named || same_former(f, &d->row->formers[i]);
		if (!named)
			people_add_edit(out, f->id, "former_name", "state", "former_names", "on",
					"off");
	}
}

struct people *intake_diff(const struct intake_diff *d)
{
	struct people *out = mem_new(sizeof *out);

	out->person = d->now->person.id;
	out->scope = mem_str(d->now->person.scope);
	out->source = mem_str(d->source);
	diff_plain(d, out);
	diff_days(d, out);
	diff_needs(d, out);
	diff_formers(d, out);
	diff_post(d, out);
	for (int f = IN_CONTACT_FIRST; f < IN_CONTACT_FIRST + IN_CONTACTS; f++)
		if (row_has(d->row, f))
			diff_contact(d, f, out);
	diff_flag(d, IN_TEXT_OK, IN_MOBILE, out);
	diff_flag(d, IN_EMAIL_OK, IN_EMAIL, out);
	for (int f = 0; f < IN_PHONES; f++)
		diff_flag(d, IN_MOBILE_VOICEMAIL + f, IN_MOBILE + f, out);
	for (int f = IN_DETAIL_FIRST; f < IN_DETAIL_FIRST + IN_DETAILS; f++)
		diff_detail(d, f, out);
	if (out->edits.n || out->posts.n || out->contacts.n || out->details.n || out->formers.n)
		return out;
	args_free(&act_person_set.fields, out);
	return NULL;
}
