/*
 * esr_person.c: people as ESR has them beside people as we do.
 *
 * Always holds: who is not linked gets no row of ours as long as somebody looks like them; nobody
 * is made out of a record that is linked; a field that a desk typed stays.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/esr_job.h"
#include "clinic/intake_row.h"
#include "store/people.h"

struct people *esr_change_of(const struct esr_job *job, struct id person)
{
	struct people *args = mem_new(sizeof *args);

	args->person = person;
	args->scope = mem_str(job->scope);
	args->source = mem_str("esr");
	return args;
}

static bool changes_any(const struct people *args)
{
	return args->edits.n || args->posts.n || args->contacts.n || args->formers.n;
}

int esr_change(struct esr_job *job, struct people *args, struct err *err)
{
	int rc = 0;

	if (args && changes_any(args)) {
		rc = act_do(job->desk, &act_person_set, args, err);
		if (!seen_get(&job->created, (uint64_t)args->person.n) &&
		    seen_put(&job->changed, (uint64_t)args->person.n, 1) == 0)
			job->counts.changed++;
	}
	args_free(&act_person_set.fields, args);
	return rc;
}

/* ---- what ESR says of a person, checked as everywhere ---- */

/* An office e-mail that is no address ("tbc", "none") costs the e-mail and not the person. */
static int checked(const struct esr_job *job, struct esr_person *p, struct intake_row *ret,
		   struct err *why)
{
	char born[DAY_TEXT];
	struct intake_form form = { .v = {
					    [IN_SURNAME] = text_of(p->surname),
					    [IN_GIVEN] = text_of(p->given),
					    [IN_TITLE] = p->title,
					    [IN_PREFERRED] = p->preferred,
					    [IN_GENDER] = p->gender,
					    [IN_EMPLOYEE_NO] = p->employee_no,
					    [IN_EMAIL] = p->email,
				    } };
	struct err err = ERR_INIT;

	if (!date_none(p->born))
		form.v[IN_BORN] = date_iso(p->born, born);
	if (intake_read(&form, job->desk->today, false, ret, &err) == 0)
		return 0;
	if (strcmp(err.field, intake_header(IN_EMAIL)) != 0) {
		*why = err;
		return -1;
	}
	form.v[IN_EMAIL] = NULL;
	return intake_read(&form, job->desk->today, false, ret, why);
}

static void gender_in_words(struct esr_person *p)
{
	static const char *const words[][2] = { { "M", "Male" }, { "F", "Female" } };

	for (size_t i = 0; p->gender && i < 2; i++)
		if (strcasecmp(p->gender, words[i][0]) == 0) {
			mem_free((char *)p->gender);
			p->gender = mem_str(words[i][1]);
		}
}

/* "" for what is no address. */
static const char *address(const struct intake_row *row)
{
	return row->contacts[IN_EMAIL - IN_CONTACT_FIRST].value;
}

/* The surname before, as one more name to be found by: not one that they have or had already. */
static void add_former(struct esr_job *job, const struct esr_person *p, struct id person,
		       const struct formers *had, struct people *out)
{
	struct intake_form form = { .v = { [IN_SURNAME] = p->former } };
	struct intake_row row;

	if (!p->former || text_same(p->former, p->surname) ||
	    intake_read(&form, DATE_NONE, false, &row, NULL) < 0)
		return;
	list_each (f, had)
		if (text_same(f->surname, p->former))
			return;
	*list_push(&out->formers) = (struct new_former){ .id = desk_new_id(job->desk),
							 .person = person,
							 .surname = mem_str(row.person.surname) };
}

/* ---- who it may be ---- */

static int add_alike(struct desk *desk, int vpd, int64_t no, struct id id,
		     struct id ret[ESR_ALIKE_MOST], int *n, struct err *err)
{
	struct person p;
	bool linked;

	if (people_get(desk->store, id, &p, err) < 0)
		return -1;
	if (strcmp(p.status, "withdrawn") == 0)
		return 0;
	if (!id_none(p.alias_of))
		p.id = p.alias_of;
	/* ESR itself says that these are two. */
	if (esr_linked(desk->store, vpd, no, p.id, &linked, err) < 0)
		return -1;
	for (int i = 0; i < *n; i++)
		linked = linked || id_same(ret[i], p.id);
	if (!linked && *n < ESR_ALIKE_MOST)
		ret[(*n)++] = p.id;
	return 0;
}

static int by_name(struct desk *desk, const struct esr_person *p, const char *given,
		   struct ids *ret, struct err *err)
{
	char *surname, *first;
	int rc;

	if (!given || date_none(p->born))
		return 0;
	surname = text_fold(text_of(p->surname));
	first = text_fold(given);
	rc = people_by_name_born(desk->store, surname, first, p->born, ESR_ALIKE_MOST, ret, err);
	mem_free(surname);
	mem_free(first);
	return rc;
}

/* Mostly nobody has it, which the index alone can tell. */
static int by_number(struct desk *desk, const struct esr_person *p, struct id customer,
		     struct id *ret, struct err *err)
{
	struct ids ids = { 0 };
	char *folded;
	int rc;

	if (!p->employee_no)
		return 0;
	folded = text_fold(p->employee_no);
	rc = people_by_key(desk->store, FIND_EMPLOYEE, folded, 1, &ids, err);
	if (rc == 0 && ids.n)
		rc = people_employee(desk->store, customer, folded, ret, err);
	list_free(&ids);
	mem_free(folded);
	return rc;
}

int esr_alike(struct desk *desk, const struct esr_person *p, int vpd, struct id customer,
	      struct id ret[ESR_ALIKE_MOST], int *ret_n, bool *ret_sure, struct err *err)
{
	struct ids ids = { 0 };
	struct id employee = { 0 };
	int rc, n = 0;
	size_t named;

	*ret_sure = false;
	rc = by_name(desk, p, p->given, &ids, err);
	if (rc == 0)
		rc = by_name(desk, p, p->preferred, &ids, err);
	named = ids.n;
	if (rc == 0)
		rc = by_number(desk, p, customer, &employee, err);
	if (rc == 0 && !id_none(employee))
		*list_push(&ids) = employee;
	for (size_t i = 0; rc == 0 && i < ids.n; i++)
		rc = add_alike(desk, vpd, p->row.no, ids.v[i], ret, &n, err);
	*ret_sure = rc == 0 && n == 1 && named == 1 && !id_none(employee) &&
		    id_same(ids.v[0], employee);
	list_free(&ids);
	*ret_n = n;
	return rc;
}

/* ---- somebody new ---- */

static bool has_left(const struct esr_job *job, const struct esr_person *p)
{
	return !date_none(p->left_day) && p->left_day.n < job->day.n;
}

static void add_new(struct esr_job *job, struct esr_person *p, const struct intake_row *row)
{
	const char *email = esr_some(address(row));
	const struct formers none = { 0 };
	bool left = has_left(job, p);

	p->person = desk_new_id(job->desk);
	*list_push(&job->people->persons) = (struct new_person){
		.id = p->person,
		.surname = mem_str(row->person.surname),
		.given = mem_str(row->person.given),
		.title = mem_str(esr_some(row->person.title)),
		.preferred = mem_str(esr_some(row->person.preferred)),
		.gender = mem_str(esr_some(row->person.gender)),
		.status = mem_str(left ? "leaver" : NULL),
		.born = row->person.born,
	};
	if (email)
		*list_push(&job->people->contacts) = (struct new_contact){
			.id = desk_new_id(job->desk),
			.person = p->person,
			.kind = mem_str("email"),
			.value = mem_str(email),
		};
	add_former(job, p, p->person, &none, job->people);
	seen_put(&job->created, (uint64_t)p->person.n, 1);
	job->counts.added++;
	job->counts.left += left;
}

/* ---- somebody known ---- */

static const struct {
	const char *column;
	size_t theirs;
} fields[] = {
	{ "surname", offsetof(struct esr_person, surname) },
	{ "given", offsetof(struct esr_person, given) },
	{ "title", offsetof(struct esr_person, title) },
	{ "preferred", offsetof(struct esr_person, preferred) },
	{ "gender", offsetof(struct esr_person, gender) },
};

static const char *theirs_of(const struct esr_person *p, size_t offset)
{
	return p ? text_of(*(const char *const *)((const char *)p + offset)) : NULL;
}

static const char *day_text(const struct esr_person *p, char buf[DAY_TEXT])
{
	*buf = '\0';
	if (!date_none(p->born))
		snprintf(buf, DAY_TEXT, "%d", (int)p->born.n);
	return buf;
}

static int merge_born(struct esr_job *job, const struct person_card *card,
		      const struct esr_person *now, const struct esr_person *was, bool typed,
		      struct people *out, struct err *err)
{
	char here[DAY_TEXT], before[DAY_TEXT], there[DAY_TEXT];
	struct id id = card->person.id;
	struct esr_field f = { .person = id,
			       .row = id,
			       .part = "person",
			       .column = "born",
			       .field = "born",
			       .here = esr_ours(card, "person", id, "born", here),
			       .was = was ? day_text(was, before) : NULL,
			       .now = day_text(now, there),
			       .ours = typed };

	return esr_merge(job, &f, out, err);
}

/* ESR's office e-mail.  One typed here gives way only to one that ESR changed after that. */
static int merge_email(struct esr_job *job, const struct person_card *card,
		       const struct esr_person *now, const struct esr_person *was,
		       const char *there, struct people *out, struct err *err)
{
	const struct contact *ours = contacts_of(&card->contacts, "email");
	const char *before = was ? text_of(was->email) : NULL;
	bool news = !before || !text_same(before, there);
	size_t edits = out->edits.n;

	if (!ours) {
		/* Taken off at the desk, and ESR says nothing new. */
		if (*there && news)
			*list_push(&out->contacts) = (struct new_contact){
				.id = desk_new_id(job->desk),
				.person = card->person.id,
				.kind = mem_str("email"),
				.value = mem_str(there),
			};
		return 0;
	}
	struct esr_field f = { .person = card->person.id,
			       .row = ours->id,
			       .part = "contact",
			       .column = "value",
			       .field = "email",
			       .here = ours->value,
			       .was = before,
			       .now = there,
			       .ours = strcmp(ours->source, "desk") == 0 &&
				       !(before && news && now->updated.utc > ours->at.utc) };

	if (!*there)
		return 0;
	if (esr_merge(job, &f, out, err) < 0)
		return -1;
	if (out->edits.n > edits) {
		struct edit *e = &out->edits.v[edits];

		e->source = mem_str("esr");
		e->was_source = mem_str(ours->source);
		e->was_at = ours->at;
	}
	return 0;
}

/* Did a desk type anything about them?  Before ESR has spoken once, nothing else tells. */
static int typed_here(struct desk *desk, const struct person_card *card, bool *ret, struct err *err)
{
	*ret = card->posts.n == 0;
	list_each (p, &card->posts)
		*ret = *ret || strcmp(p->source, "desk") == 0;
	return *ret ? 0 : esr_desk_changed(desk->store, card->person.id, ret, err);
}

static int merge(struct esr_job *job, struct id person, const struct esr_person *now,
		 const struct esr_person *was, const struct intake_row *row, struct err *err)
{
	struct person_card card;
	struct people *out;
	bool typed = true;
	int rc = 0;

	if (intake_person(job->desk, person, &card, err) < 0)
		return -1;
	out = esr_change_of(job, card.person.id);
	mem_free((char *)out->scope);
	out->scope = mem_str(card.person.scope);
	if (!was)
		rc = typed_here(job->desk, &card, &typed, err);
	for (size_t i = 0; rc == 0 && i < sizeof fields / sizeof *fields; i++) {
		struct esr_field f = { .person = card.person.id,
				       .row = card.person.id,
				       .part = "person",
				       .column = fields[i].column,
				       .field = fields[i].column,
				       .here = esr_ours(&card, "person", person, fields[i].column,
							NULL),
				       .was = theirs_of(was, fields[i].theirs),
				       .now = theirs_of(now, fields[i].theirs),
				       .ours = typed };

		rc = esr_merge(job, &f, out, err);
	}
	if (rc == 0)
		rc = merge_born(job, &card, now, was, typed, out, err);
	if (rc == 0)
		rc = merge_email(job, &card, now, was, address(row), out, err);
	if (rc == 0 && (!was || !text_same(now->former, was->former)))
		add_former(job, now, card.person.id, &card.formers, out);
	if (rc == 0 && was && esr_row_same(ESR_PR, now, was) && !changes_any(out))
		job->counts.same++;
	person_card_done(&card);
	if (rc == 0)
		return esr_change(job, out, err);
	args_free(&act_person_set.fields, out);
	return rc;
}

/* The link that stands: not with somebody who was registered in error. */
static int linked(struct desk *desk, const struct esr_person *was, struct id *ret, struct err *err)
{
	struct person p;

	*ret = (struct id){ 0 };
	if (!was || id_none(was->person))
		return 0;
	if (people_get(desk->store, was->person, &p, err) < 0)
		return -1;
	if (strcmp(p.status, "withdrawn") != 0)
		*ret = p.id;
	return 0;
}

/* Their assignments, and those that they manage, may read otherwise now. */
static int look_again(struct esr_job *job, const struct esr_person *now,
		      const struct esr_person *was, struct err *err)
{
	bool name = !was || !text_same(now->surname, was->surname) ||
		    !text_same(now->given, was->given) || now->row.off != was->row.off;
	bool post = !was || !text_same(now->employee_no, was->employee_no) ||
		    now->left_day.n != was->left_day.n || now->row.off != was->row.off ||
		    !id_same(now->person, was->person);

	if (!job->known[ESR_AS])
		return 0;
	if (name && esr_look_again_by(job, ESR_BY_MANAGER, now->row.no, err) < 0)
		return -1;
	return post ? esr_look_again_by(job, ESR_BY_PERSON, now->row.no, err) : 0;
}

int esr_take_person(struct esr_job *job, struct esr_person *now, const struct esr_person *was,
		    struct err *why, struct err *err)
{
	struct id alikes[ESR_ALIKE_MOST];
	struct intake_row *row = job->row;
	bool sure;
	int n = 0, rc = 0;

	gender_in_words(now);
	if (!now->row.off && checked(job, now, row, why) < 0)
		return -1;
	if (linked(job->desk, was, &now->person, err) < 0)
		rc = -1;
	else if (!now->row.off && !id_none(now->person))
		rc = merge(job, now->person, now, was, row, err);
	else if (!now->row.off)
		rc = esr_alike(job->desk, now, job->vpd, job->customer, alikes, &n, &sure, err);
	if (rc == 0 && !now->row.off && id_none(now->person)) {
		if (n == 0)
			add_new(job, now, row);
		else if (!was || was->row.off || !id_none(was->person))
			job->counts.proposed++;
		else
			job->counts.same++;
	}
	if (rc < 0 || look_again(job, now, was, err) < 0)
		return -1;
	return esr_keep(job, ESR_PR, now, was, err);
}

int esr_person_is(struct esr_job *job, struct esr_person *now, const struct esr_person *was,
		  struct id person, struct err *err)
{
	struct intake_row *row = job->row;
	int rc = checked(job, now, row, err);

	now->person = person;
	if (rc == 0 && id_none(person))
		add_new(job, now, row);
	else if (rc == 0)
		rc = merge(job, person, now, NULL, row, err);
	if (rc < 0 || look_again(job, now, was, err) < 0)
		return -1;
	return esr_keep(job, ESR_PR, now, was, err);
}

/* ---- leavers ---- */

static int stay_or_leave(struct esr_job *job, struct id id, struct err *err)
{
	struct person_card card;
	struct people *out;
	bool here = false, changes;

	if (intake_person(job->desk, id, &card, err) < 0)
		return -1;
	list_each (p, &card.posts)
		here = here || p->on;
	/* The dead stay so. */
	changes = strcmp(card.person.status, here ? "leaver" : "active") == 0;
	out = esr_change_of(job, card.person.id);
	mem_free((char *)out->scope);
	out->scope = mem_str(card.person.scope);
	if (changes)
		people_add_edit(out, card.person.id, "person", "status", "status",
				card.person.status, here ? "active" : "leaver");
	job->counts.left += changes && !here;
	person_card_done(&card);
	return esr_change(job, out, err);
}

int esr_leavers(struct esr_job *job, struct err *err)
{
	for (size_t i = 0; i < job->stays.n; i++)
		if (stay_or_leave(job, (struct id){ job->stays.v[i] }, err) < 0)
			return -1;
	return 0;
}
