/*
 * esr_field.c: one field of ours beside the same of ESR's.
 *
 * Always holds: what is not as ESR had it was typed here, and stays.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/esr_job.h"

/* Two spellings of the same: not worth a person's time. */
static bool alike(const struct esr_field *f)
{
	char *a, *b;
	bool ret;

	if (strcmp(f->part, "contact") == 0)
		return strcasecmp(text_of(f->here), text_of(f->now)) == 0;
	a = text_fold(text_of(f->here));
	b = text_fold(text_of(f->now));
	ret = *a && strcmp(a, b) == 0;
	mem_free(a);
	mem_free(b);
	return ret;
}

static int differ(struct esr_job *job, const struct esr_field *f, struct err *err)
{
	struct esr_difference d = { .person = f->person, .row = f->row };
	bool known;

	snprintf(d.part, sizeof d.part, "%s", f->part);
	snprintf(d.field, sizeof d.field, "%s", f->field);
	snprintf(d.theirs, sizeof d.theirs, "%s", text_of(f->now));
	if (esr_difference_known(job->desk->store, &d, &known, err) < 0)
		return -1;
	if (known)
		return 0;
	job->counts.differs++;
	*list_push(&job->differs) = (struct esr_differs){
		.id = desk_new_id(job->desk),
		.file = job->file,
		.person = f->person,
		.row = f->row,
		.part = mem_str(f->part),
		.field = mem_str(f->field),
		.theirs = mem_str(text_of(f->now)),
	};
	return 0;
}

int esr_merge(struct esr_job *job, const struct esr_field *f, struct people *out, struct err *err)
{
	bool followed = f->was && text_same(f->here, f->was);

	if (text_same(f->here, f->now))
		return 0;
	if (followed || !f->ours || (!esr_some(f->here) && !f->was)) {
		/* What was never said clears nothing. */
		if (esr_some(f->now) || f->was)
			people_add_edit(out, f->row, f->part, f->column, f->field,
					esr_some(f->here), esr_some(f->now));
		return 0;
	}
	return !esr_some(f->now) || alike(f) ? 0 : differ(job, f, err);
}

/* ---- where ours stand ---- */

static const struct {
	const char *column;
	size_t offset;
} person_fields[] = {
	{ "surname", offsetof(struct person, surname) },
	{ "given", offsetof(struct person, given) },
	{ "title", offsetof(struct person, title) },
	{ "preferred", offsetof(struct person, preferred) },
	{ "gender", offsetof(struct person, gender) },
}, post_fields[] = {
	{ "employee_no", offsetof(struct post, employee_no) },
	{ "job", offsetof(struct post, job) },
	{ "department", offsetof(struct post, department) },
	{ "manager", offsetof(struct post, manager) },
};

static const char *of_post(const struct posts *posts, struct id row, const char *field)
{
	list_each (p, posts)
		for (size_t i = 0; i < sizeof post_fields / sizeof *post_fields; i++)
			if (id_same(p->id, row) && strcmp(post_fields[i].column, field) == 0)
				return (const char *)p + post_fields[i].offset;
	return "";
}

static const char *of_contact(const struct contacts *contacts, struct id row)
{
	list_each (c, contacts)
		if (id_same(c->id, row) && c->on)
			return c->value;
	return "";
}

const char *esr_ours(const struct person_card *card, const char *part, struct id row,
		     const char *field, char buf[DAY_TEXT])
{
	if (strcmp(part, "post") == 0)
		return of_post(&card->posts, row, field);
	if (strcmp(part, "contact") == 0)
		return of_contact(&card->contacts, row);
	for (size_t i = 0; i < sizeof person_fields / sizeof *person_fields; i++)
		if (strcmp(person_fields[i].column, field) == 0)
			return (const char *)&card->person + person_fields[i].offset;
	if (strcmp(field, "born") != 0 || date_none(card->person.born))
		return "";
	snprintf(buf, DAY_TEXT, "%d", (int)card->person.born.n);
	return buf;
}
