/*
 * people_act.c: registering people and changing what is known of them, as acts.
 *
 * The history names fields and never their values: it is read by people who may not see them.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/people_act.h"
#include "clinic/task.h"
#include "store/journal.h"
#include "store/people.h"
#include "store/tasks.h"

enum { ALIKE_MOST = 8 };

static const struct field person_f[] = {
	FIELD(id, struct new_person, "id", F_ID),
	FIELD(surname, struct new_person, "surname", F_TEXT),
	FIELD(given, struct new_person, "given", F_TEXT),
	FIELD(title, struct new_person, "title", F_TEXT),
	FIELD(preferred, struct new_person, "preferred", F_TEXT),
	FIELD(gender, struct new_person, "gender", F_TEXT),
	FIELD(nhs, struct new_person, "nhs", F_TEXT),
	FIELD(status, struct new_person, "status", F_TEXT),
	FIELD(born, struct new_person, "born", F_DATE),
	FIELD(needs, struct new_person, "needs", F_TEXT),
	FIELD(interpreter, struct new_person, "interpreter", F_TEXT),
};
static const struct fields person_fields = FIELDS(person_f, struct new_person);
static const struct field post_f[] = {
	FIELD(id, struct new_post, "id", F_ID),
	FIELD(person, struct new_post, "person", F_ID),
	FIELD(customer, struct new_post, "customer", F_ID),
	FIELD(employee_no, struct new_post, "employee_no", F_TEXT),
	FIELD(job, struct new_post, "job", F_TEXT),
	FIELD(department, struct new_post, "department", F_TEXT),
	FIELD(manager, struct new_post, "manager", F_TEXT),
	FIELD(from, struct new_post, "from", F_DATE),
	FIELD(to, struct new_post, "to", F_DATE),
	FIELD(over, struct new_post, "over", F_BOOL),
};
static const struct fields post_fields = FIELDS(post_f, struct new_post);
static const struct field contact_f[] = {
	FIELD(id, struct new_contact, "id", F_ID),
	FIELD(person, struct new_contact, "person", F_ID),
	FIELD(kind, struct new_contact, "kind", F_TEXT),
	FIELD(value, struct new_contact, "value", F_TEXT),
	FIELD(text_ok, struct new_contact, "text_ok", F_BOOL),
	FIELD(voicemail, struct new_contact, "voicemail", F_INT),
};
static const struct fields contact_fields = FIELDS(contact_f, struct new_contact);
static const struct field detail_f[] = {
	FIELD(id, struct new_detail, "id", F_ID),
	FIELD(person, struct new_detail, "person", F_ID),
	FIELD(field, struct new_detail, "field", F_TEXT),
	FIELD(value, struct new_detail, "value", F_TEXT),
};
static const struct fields detail_fields = FIELDS(detail_f, struct new_detail);
static const struct field former_f[] = {
	FIELD(id, struct new_former, "id", F_ID),
	FIELD(person, struct new_former, "person", F_ID),
	FIELD(surname, struct new_former, "surname", F_TEXT),
	FIELD(given, struct new_former, "given", F_TEXT),
};
static const struct fields former_fields = FIELDS(former_f, struct new_former);
static const struct field edit_f[] = {
	FIELD(row, struct edit, "row", F_ID),
	FIELD_NEEDED(table, struct edit, "table", F_TEXT),
	FIELD_NEEDED(column, struct edit, "column", F_TEXT),
	FIELD(base, struct edit, "base", F_TEXT),
	FIELD(value, struct edit, "value", F_TEXT),
	FIELD(field, struct edit, "field", F_TEXT),
	FIELD(source, struct edit, "source", F_TEXT),
	FIELD(was_source, struct edit, "was_source", F_TEXT),
	FIELD(at, struct edit, "at", F_MOMENT),
	FIELD(was_at, struct edit, "was_at", F_MOMENT),
};
static const struct fields edit_fields = FIELDS(edit_f, struct edit);
const struct field people_f[] = {
	FIELD(scope, struct people, "scope", F_TEXT),
	FIELD(source, struct people, "source", F_TEXT),
	FIELD(once, struct people, "once", F_BOOL),
	FIELD(person, struct people, "person", F_ID),
	FIELD(other, struct people, "other", F_ID),
	FIELD(why, struct people, "why", F_TEXT),
	FIELD_ROWS(persons, struct people, "persons", &person_fields),
	FIELD_ROWS(posts, struct people, "posts", &post_fields),
	FIELD_ROWS(contacts, struct people, "contacts", &contact_fields),
	FIELD_ROWS(details, struct people, "details", &detail_fields),
	FIELD_ROWS(formers, struct people, "formers", &former_fields),
	FIELD_ROWS(edits, struct people, "edits", &edit_fields),
	FIELD_ROWS(tasks, struct people, "tasks", &new_task_fields),
	FIELD_ROWS(withdrawn, struct people, "withdrawn", &task_id_fields),
};
_Static_assert(sizeof people_f / sizeof *people_f == PEOPLE_F, "people_act.h says how many");

void people_add_edit(struct people *p, struct id row, const char *table, const char *column,
		     const char *field, const char *base, const char *value)
{
	struct edit *e = list_push(&p->edits);

	e->row = row;
	e->table = mem_str(table);
	e->column = mem_str(column);
	e->field = mem_str(field);
	e->base = mem_str(base);
	e->value = mem_str(value);
}

/* ---- run ---- */

static void put_persons(struct txn *t, const struct people *args)
{
	list_each (n, &args->persons) {
		struct person p = { .id = n->id, .born = n->born };

		COPY(p.scope, args->scope);
		COPY(p.surname, n->surname);
		COPY(p.given, n->given);
		COPY(p.title, n->title);
		COPY(p.preferred, n->preferred);
		COPY(p.gender, n->gender);
		COPY(p.nhs, n->nhs);
		COPY(p.status, n->status ? n->status : "active");
		needs_parse(n->needs ? n->needs : "", &p.needs, NULL);
		COPY(p.interpreter, n->interpreter);
		people_put(t, &p);
	}
}

static void put_posts(struct txn *t, const struct people *args)
{
	list_each (n, &args->posts) {
		struct post p = { .id = n->id,
				  .person = n->person,
				  .customer = n->customer,
				  .from = n->from,
				  .to = n->to,
				  .on = !n->over };

		COPY(p.employee_no, n->employee_no);
		COPY(p.job, n->job);
		COPY(p.department, n->department);
		COPY(p.manager, n->manager);
		COPY(p.source, args->source);
		people_put_post(t, &p, args->scope);
	}
}

static void put_contacts(struct txn *t, const struct people *args)
{
	list_each (n, &args->contacts) {
		struct contact c = {
			.id = n->id,
			.person = n->person,
			.text_ok = n->text_ok,
			.voicemail = (enum voicemail)n->voicemail,
			.at = t->at,
		};

		COPY(c.kind, n->kind);
		COPY(c.value, n->value);
		COPY(c.source, args->source);
		people_put_contact(t, &c, args->scope);
	}
}

static void put_details(struct txn *t, const struct people *args)
{
	list_each (n, &args->details) {
		struct detail d = { .id = n->id, .person = n->person, .at = t->at };

		COPY(d.field, n->field);
		COPY(d.value, n->value);
		COPY(d.source, args->source);
		people_put_detail(t, &d, args->scope);
	}
	list_each (n, &args->formers) {
		struct former f = { .id = n->id, .person = n->person };

		COPY(f.surname, n->surname);
		COPY(f.given, n->given);
		people_put_former(t, &f, args->scope);
	}
}

/* Whose a row is, and whether it counts, says nothing about where its value is from. */
static bool says_something(const struct edit *e)
{
	return strcmp(e->column, "value") == 0 || strcmp(e->column, "text_ok") == 0 ||
	       strcmp(e->column, "voicemail") == 0;
}

/* Both sides of it, for whoever settles it. */
static void lost(struct txn *t, const struct edit *e, const struct person_edit *one)
{
	char *theirs = people_edit_now(t, one);
	const struct conflict c = { .type = "edit",
				    .a = e->row,
				    .b = t->cmd,
				    .note = e->field ? e->field : e->column,
				    .tab = e->table,
				    .col = e->column,
				    .base = e->base,
				    .theirs = theirs,
				    .mine = e->value };

	txn_conflict(t, &c);
	mem_free(theirs);
}

/* The number of edits that met something else: what is there stays, and a person settles it. */
static int put_edits(struct txn *t, const struct people *args)
{
	int kept = 0;

	list_each (e, &args->edits) {
		const struct person_edit one = { e->row, e->table, e->column, e->base, e->value };
		enum edited got = people_edit(t, &one);

		if (got == EDIT_SET && (e->source || says_something(e)))
			people_comes_from(t, e->table, e->row, e->source ? e->source : args->source,
					  moment_none(e->at) ? t->at : e->at);
		if (got == EDIT_SET || got == EDIT_SAME)
			continue;
		kept++;
		lost(t, e, &one);
	}
	return kept;
}

int people_write(struct txn *t, const struct people *args)
{
	put_persons(t, args);
	put_posts(t, args);
	put_contacts(t, args);
	put_details(t, args);
	tasks_put(t, &args->tasks, args->scope);
	tasks_withdraw(t, &args->withdrawn);
	txn_scope(t, args->scope);
	return put_edits(t, args) > 0 ? VERDICT_CONFLICT : VERDICT_OK;
}

/* One row for all of them: who it was stands in the command. */
static void tell_many(struct txn *t, const char *what, size_t n)
{
	txn_tell(t, "import", t->cmd, "%zu %s from a file%s", n, what,
		 id_none(t->reverses) ? "" : ": taken back");
}

/* Somebody registered them elsewhere meanwhile, as it seems: one person or two is for a person to
 * say. */
static void found_twice(struct txn *t, const struct new_person *n, bool names)
{
	char *surname = text_fold(text_of(n->surname)), *given = text_fold(text_of(n->given));
	struct ids same = { 0 };
	struct err err = ERR_INIT;
	int rc = n->nhs && *n->nhs
			 ? people_by_key(t->store, FIND_NHS, n->nhs, ALIKE_MOST, &same, &err)
			 : 0;

	if (rc == 0 && names && !date_none(n->born))
		rc = people_by_name_born(t->store, surname, given, n->born, ALIKE_MOST, &same,
					 &err);
	if (rc < 0 && !txn_failed(t))
		t->err = err;
	for (size_t i = 0; i < same.n; i++)
		if (!id_same(same.v[i], n->id)) {
			txn_overlap(t, "duplicate", n->id, same.v[i], "registered at two places");
			break;
		}
	list_free(&same);
	mem_free(surname);
	mem_free(given);
}

static int people_run(struct txn *t, const void *p)
{
	const struct people *args = p;
	size_t n = args->persons.n ? args->persons.n : args->edits.n;
	bool posts = args->persons.n == 0 && (n == 0 || strcmp(args->edits.v->table, "post") == 0);

	if (posts)
		tell_many(t, "posts taken in", args->posts.n + n);
	else if (n != 1)
		tell_many(t, "people registered", n);
	else
		txn_tell(t, "person", args->persons.n ? args->persons.v->id : args->edits.v->row,
			 "%s", id_none(t->reverses) ? "registered" : "registration taken back");
	if (args->persons.n == 1 && !txn_failed(t))
		found_twice(t, args->persons.v, args->once);
	return people_write(t, args);
}

/* One field's name, unless it stands there: "gp" is no part of "gp_code". */
static void name_field(const char *field, char *buf, size_t n)
{
	size_t used = strlen(buf), len = field ? strlen(field) : 0;

	for (const char *s = buf; len && (s = strstr(s, field)); s += len)
		if ((s == buf || s[-1] == ' ') && (!s[len] || s[len] == ','))
			return;
	if (len)
		snprintf(buf + used, n - used, "%s%s", used ? ", " : "", field);
}

/* "surname, mobile" from the edits and the new rows, each once. */
static void name_fields(const struct people *args, char *buf, size_t n)
{
	*buf = '\0';
	list_each (e, &args->edits)
		name_field(e->field, buf, n);
	list_each (c, &args->contacts)
		name_field(c->kind, buf, n);
	list_each (d, &args->details)
		name_field(d->field, buf, n);
	if (args->formers.n)
		name_field("former_names", buf, n);
	if (args->posts.n)
		name_field("post", buf, n);
}

/* Whose a row is changes by merging alone. */
static bool gives_away(const struct people *args)
{
	list_each (e, &args->edits)
		if (e->column &&
		    (strcmp(e->column, "person") == 0 || strcmp(e->column, "scope") == 0 ||
		     strcmp(e->column, "alias_of") == 0))
			return true;
	return false;
}

static int set_run(struct txn *t, const void *p)
{
	const struct people *args = p;
	char fields[160];

	name_fields(args, fields, sizeof fields);
	txn_tell(t, "person", args->person, "%s %s%s", fields,
		 id_none(t->reverses) ? "changed" : "put back",
		 strcmp(args->source ? args->source : "desk", "desk") == 0 ? "" : " by a file");
	return gives_away(args) ? VERDICT_UNSUPPORTED : people_write(t, args);
}

/* ---- check ---- */

static int people_check(struct desk *desk, void *p, struct err *err)
{
	const struct people *args = p;

	(void)desk;
	if (args->persons.n > PEOPLE_MOST)
		return err_set(err, ERR_FAULT, "More than %d people in one command.", PEOPLE_MOST);
	return 0;
}

int people_fits(struct desk *desk, const struct people *args, struct err *err)
{
	list_each (e, &args->edits) {
		const struct person_edit one = { e->row, e->table, e->column, e->base, e->value };
		enum edited would;

		if (people_would_edit(desk->store, &one, &would, err) < 0)
			return -1;
		if (would == EDIT_KEPT || would == EDIT_UNKNOWN) {
			err_set(err, ERR_CLASH,
				"Somebody has changed the %s since: look again, then change it.",
				e->field ? e->field : e->column);
			if (err && e->field)
				snprintf(err->field, sizeof err->field, "%s", e->field);
			return -1;
		}
	}
	return 0;
}

static int set_check(struct desk *desk, void *p, struct err *err)
{
	return people_fits(desk, p, err) < 0 ? -1 : people_end(desk, p, err);
}

/* ---- the way back ---- */

/* Nobody may have built on a registration that is to be taken back. */
static int unused(struct desk *desk, const struct deed *deed, struct id person, struct err *err)
{
	struct event later;
	bool care;
	char text[ID_TEXT];

	if (people_in_care(desk->store, person, &care, err) < 0 ||
	    history_since(desk->store, person, deed->history, deed->act, &later, err) < 0)
		return -1;
	if (care)
		return err_set(err, ERR_CLASH,
			       "Person %s is booked, merged or in a task by now: it stays.",
			       id_text(person, text));
	if (!id_none(later.id))
		return err_set(err, ERR_CLASH, "%s has changed person %s since (%s): it stays.",
			       later.user, id_text(person, text), later.what);
	return 0;
}

static struct people *like(const struct people *was)
{
	struct people *ret = mem_new(sizeof *ret);

	ret->scope = mem_str(was->scope);
	ret->source = mem_str("desk");
	ret->person = was->person;
	ret->other = was->other;
	return ret;
}

static int people_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			  struct err *err)
{
	const struct people *was = deed->args;
	struct people *back;

	list_each (p, &was->persons) {
		if (unused(desk, deed, p->id, err) < 0)
			return -1;
	}
	back = like(was);
	list_each (p, &was->persons)
		people_add_edit(back, p->id, "person", "status", "registration",
				p->status ? p->status : "active", "withdrawn");
	if (was->persons.n == 0) { /* theirs are withdrawn, the posts of others end */
		list_each (p, &was->posts)
			people_add_edit(back, p->id, "post", "state", "post", "on", "off");
	}
	*ret = (struct call){ &act_people, back };
	return 0;
}

struct people *people_back(const struct people *was)
{
	struct people *back = like(was);

	for (size_t i = was->edits.n; i-- > 0;) {
		const struct edit *e = &was->edits.v[i];

		people_add_edit(back, e->row, e->table, e->column, e->field, e->value, e->base);
		struct edit *b = &back->edits.v[back->edits.n - 1];

		b->source = mem_str(e->was_source);
		b->was_source = mem_str(e->source);
		b->at = e->was_at;
		b->was_at = e->at;
	}
	list_each (c, &was->contacts)
		people_add_edit(back, c->id, "contact", "state", c->kind, "on", "off");
	list_each (p, &was->posts)
		people_add_edit(back, p->id, "post", "state", "post", "on", "off");
	list_each (d, &was->details)
		people_add_edit(back, d->id, "detail", "state", d->field, "on", "off");
	list_each (f, &was->formers)
		people_add_edit(back, f->id, "former_name", "state", "former_names", "on", "off");
	task_ids_of(&was->tasks, &back->withdrawn);
	return back;
}

static int set_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
		       struct err *err)
{
	(void)desk;
	(void)err;
	*ret = (struct call){ &act_person_set, people_back(deed->args) };
	return 0;
}

const struct act act_people = {
	.name = "people",
	.ver = 1,
	.roles = ROLE_ANY,
	.fields = PEOPLE_FIELDS,
	.check = people_check,
	.run = people_run,
	.reverse = people_reverse,
};

const struct act act_person_set = {
	.name = "person_set",
	.ver = 1,
	.roles = ROLE_ANY,
	.fields = PEOPLE_FIELDS,
	.check = set_check,
	.run = set_run,
	.reverse = set_reverse,
};
