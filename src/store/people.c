/*
 * people.c: persons, posts and contacts, written and read.  Finding them is people_find.c's.
 *
 * Nothing is deleted: a person registered in error is withdrawn, a post or contact that is over is
 * off.  The keys in find_key follow by triggers.
 */
#include <string.h>

#include "store/people_owned.h"
#include "store/row.h"

#include "base/alloc.h"

void people_put(struct txn *t, const struct person *p)
{
	static const struct query PUT = {
		"people.put",
		"INSERT INTO person (id, scope, surname, given, title, preferred, born, gender, nhs,"
		" status, needs, interpreter) VALUES (:id, :scope, :surname, :given, :title,"
		" :preferred, :born, :gender, :nhs, :status, :needs, :interpreter)"
	};
	struct row row = query(t->store, &PUT);
	char needs[NEEDS_TEXT];

	bind_id(&row, ":id", p->id);
	bind_text(&row, ":scope", p->scope);
	bind_text(&row, ":surname", p->surname);
	bind_text(&row, ":given", p->given);
	bind_word(&row, ":title", p->title);
	bind_word(&row, ":preferred", p->preferred);
	bind_date(&row, ":born", p->born);
	bind_word(&row, ":gender", p->gender);
	bind_word(&row, ":nhs", p->nhs);
	bind_text(&row, ":status", p->status);
	bind_word(&row, ":needs", needs_text(p->needs, needs));
	bind_word(&row, ":interpreter", p->interpreter);
	txn_run(t, &row);
}

void people_put_post(struct txn *t, const struct post *p, const char *scope)
{
	static const struct query PUT = {
		"people.put_post",
		"INSERT INTO post (id, scope, person, customer, employee_no, job, department, manager,"
		" from_day, to_day, source, state) VALUES (:id, :scope, :person, :customer,"
		" :employee_no, :job, :department, :manager, :from, :to, :source, :state)"
	};
	struct row row = query(t->store, &PUT);

	bind_id(&row, ":id", p->id);
	bind_text(&row, ":scope", scope);
	bind_id(&row, ":person", p->person);
	bind_id(&row, ":customer", p->customer);
	bind_word(&row, ":employee_no", p->employee_no);
	bind_word(&row, ":job", p->job);
	bind_word(&row, ":department", p->department);
	bind_word(&row, ":manager", p->manager);
	bind_date(&row, ":from", p->from);
	bind_date(&row, ":to", p->to);
	bind_text(&row, ":source", p->source);
	bind_text(&row, ":state", p->on ? "on" : "off");
	txn_run(t, &row);
}

void people_put_contact(struct txn *t, const struct contact *c, const char *scope)
{
	static const struct query PUT = {
		"people.put_contact",
		"INSERT INTO contact (id, scope, person, kind, value, text_ok, note, source, at, state,"
		" voicemail) VALUES (:id, :scope, :person, :kind, :value, :text_ok, :note, :source,"
		" :at, 'on', CASE :voicemail WHEN 1 THEN 1 WHEN 2 THEN 0 END)"
	};
	struct row row = query(t->store, &PUT);

	bind_id(&row, ":id", c->id);
	bind_text(&row, ":scope", scope);
	bind_id(&row, ":person", c->person);
	bind_text(&row, ":kind", c->kind);
	bind_text(&row, ":value", c->value);
	bind_int(&row, ":text_ok", c->text_ok);
	bind_word(&row, ":note", c->note);
	bind_text(&row, ":source", c->source);
	bind_int(&row, ":at", c->at.utc);
	bind_int(&row, ":voicemail", c->voicemail);
	txn_run(t, &row);
}

void people_put_detail(struct txn *t, const struct detail *d, const char *scope)
{
	static const struct query PUT = {
		"people.put_detail",
		"INSERT INTO detail (id, scope, person, field, value, source, at, state)"
		" VALUES (:id, :scope, :person, :field, :value, :source, :at, 'on')"
	};
	struct row row = query(t->store, &PUT);

	bind_id(&row, ":id", d->id);
	bind_text(&row, ":scope", scope);
	bind_id(&row, ":person", d->person);
	bind_text(&row, ":field", d->field);
	bind_text(&row, ":value", d->value);
	bind_text(&row, ":source", d->source);
	bind_int(&row, ":at", d->at.utc);
	txn_run(t, &row);
}

void people_put_former(struct txn *t, const struct former *f, const char *scope)
{
	static const struct query PUT = {
		"people.put_former",
		"INSERT INTO former_name (id, scope, person, surname, given, state)"
		" VALUES (:id, :scope, :person, :surname, :given, 'on')"
	};
	struct row row = query(t->store, &PUT);

	bind_id(&row, ":id", f->id);
	bind_text(&row, ":scope", scope);
	bind_id(&row, ":person", f->person);
	bind_text(&row, ":surname", f->surname);
	bind_word(&row, ":given", f->given);
	txn_run(t, &row);
}

/* ---- edits ---- */

/* Every column that an edit may name, with its two statements.  Columns that hold numbers compare
 * and keep them as numbers: the column's own affinity sees to it. */
#define EDIT_OF(t, c, key)                                                                         \
	{                                                                                          \
		t, c,                                                                              \
			{ "people.set." t "." c,                                                   \
			  "UPDATE " t " SET " c " = :value WHERE " key " = :id" },                 \
		{                                                                                  \
			"people.is." t "." c, "SELECT " c " IS :base, " c " IS :value, CAST(" c    \
					      " AS TEXT) FROM " t " WHERE " key " = :id"           \
		}                                                                                  \
	}
#define EDIT(t, c) EDIT_OF(t, c, "id")
/* Whose a row is, and the scope that goes with it: changed when two records are merged. */
#define EDIT_OWNER(t, key) EDIT_OF(t, "person", key), EDIT_OF(t, "scope", key),
static const struct edit_column {
	const char *table, *column;
	struct query set, is;
} edit_columns[] = { EDIT("person", "surname"),	    EDIT("person", "given"),
		     EDIT("person", "title"),	    EDIT("person", "preferred"),
		     EDIT("person", "born"),	    EDIT("person", "gender"),
		     EDIT("person", "nhs"),	    EDIT("person", "status"),
		     EDIT("post", "employee_no"),   EDIT("post", "job"),
		     EDIT("post", "department"),    EDIT("post", "manager"),
		     EDIT("post", "state"),	    EDIT("contact", "value"),
		     EDIT("contact", "text_ok"),    EDIT("contact", "state"),
		     EDIT("contact", "voicemail"),  EDIT("person", "needs"),
		     EDIT("person", "interpreter"), EDIT("post", "from_day"),
		     EDIT("post", "to_day"),	    EDIT("detail", "value"),
		     EDIT("detail", "state"),	    EDIT("former_name", "state"),
		     EDIT("person", "alias_of"),    EDIT("person", "scope"),
		     EDIT("person_apart", "state"), OWNED(EDIT_OWNER) };

static const struct edit_column *edit_column(const char *table, const char *column)
{
	for (size_t i = 0; i < sizeof edit_columns / sizeof *edit_columns; i++)
		if (strcmp(edit_columns[i].table, table) == 0 &&
		    strcmp(edit_columns[i].column, column) == 0)
			return &edit_columns[i];
	return NULL;
}

/* What it would do, and what is there now: owned, may be NULL. */
static int look_at(struct store *st, const struct person_edit *e, enum edited *ret, char **ret_now,
		   struct err *err)
{
	const struct edit_column *c = edit_column(e->table, e->column);
	enum edited found = EDIT_UNKNOWN;
	char *now = NULL;

	if (c) {
		struct row row = query(st, &c->is);

		bind_text(&row, ":value", e->value);
		bind_text(&row, ":base", e->base);
		bind_id(&row, ":id", e->row);
		while (row_next(&row)) {
			bool base = get_bool(&row), same = get_bool(&row);

			found = same ? EDIT_SAME : base ? EDIT_SET : EDIT_KEPT;
			mem_free(now);
			now = mem_str(get_str(&row));
		}
		if (row_done(&row, err) < 0) {
			mem_free(now);
			return -1;
		}
	}
	*ret = found;
	*ret_now = now;
	return 0;
}

int people_would_edit(struct store *st, const struct person_edit *e, enum edited *ret,
		      struct err *err)
{
	char *now = NULL;
	int rc = look_at(st, e, ret, &now, err);

	mem_free(now);
	return rc;
}

char *people_edit_now(struct txn *t, const struct person_edit *e)
{
	struct err err = ERR_INIT;
	enum edited would;
	char *now = NULL;

	if (look_at(t->store, e, &would, &now, &err) < 0 && !txn_failed(t))
		t->err = err;
	return now;
}

enum edited people_edit(struct txn *t, const struct person_edit *e)
{
	struct err err = ERR_INIT;
	enum edited ret;

	if (people_would_edit(t->store, e, &ret, &err) < 0) {
		if (!txn_failed(t))
			t->err = err;
		return EDIT_UNKNOWN;
	}
	if (ret != EDIT_SET)
		return ret;
	struct row row = query(t->store, &edit_column(e->table, e->column)->set);

	bind_text(&row, ":value", e->value);
	bind_id(&row, ":id", e->row);
	txn_run(t, &row);
	return EDIT_SET;
}

void people_comes_from(struct txn *t, const char *table, struct id id, const char *source,
		       struct moment at)
{
	static const struct query CONTACT = {
		"people.contact_from",
		"UPDATE contact SET source = :source, at = :at WHERE id = :id"
	};
	static const struct query DETAIL = {
		"people.detail_from", "UPDATE detail SET source = :source, at = :at WHERE id = :id"
	};
	struct row row;

	if (strcmp(table, "contact") != 0 && strcmp(table, "detail") != 0)
		return;
	row = query(t->store, strcmp(table, "contact") == 0 ? &CONTACT : &DETAIL);

	bind_text(&row, ":source", source);
	bind_int(&row, ":at", at.utc);
	bind_id(&row, ":id", id);
	txn_run(t, &row);
}

/* ---- reading ---- */

int people_get(struct store *st, struct id id, struct person *ret, struct err *err)
{
	static const struct query GET = {
		"people.get",
		"SELECT id, scope, surname, given, title, preferred, born, gender, nhs,"
		" status, alias_of, needs, interpreter FROM person WHERE id = :id"
	};
	struct row row = query(st, &GET);
	struct person p = { .born = DATE_NONE };
	char text[ID_TEXT];

	bind_id(&row, ":id", id);
	while (row_next(&row)) {
		p.id = get_id(&row);
		get_text(&row, p.scope, sizeof p.scope);
		get_text(&row, p.surname, sizeof p.surname);
		get_text(&row, p.given, sizeof p.given);
		get_text(&row, p.title, sizeof p.title);
		get_text(&row, p.preferred, sizeof p.preferred);
		p.born = get_date(&row);
		get_text(&row, p.gender, sizeof p.gender);
		get_text(&row, p.nhs, sizeof p.nhs);
		get_text(&row, p.status, sizeof p.status);
		p.alias_of = get_id(&row);
		p.needs = get_needs(&row);
		get_text(&row, p.interpreter, sizeof p.interpreter);
	}
	if (row_done(&row, err) < 0)
		return -1;
	if (id_none(p.id))
		return err_set(err, ERR_MISSING, "There is no person %s: look with person find.",
			       id_text(id, text));
	*ret = p;
	return 0;
}

int people_posts(struct store *st, struct id person, struct posts *ret, struct err *err)
{
	static const struct query POSTS = {
		"people.posts",
		"SELECT id, person, customer, employee_no, job, department, manager, from_day, to_day,"
		" source, state = 'on' FROM post WHERE person = :person ORDER BY id"
	};
	struct row row = query(st, &POSTS);

	bind_id(&row, ":person", person);
	while (row_next(&row)) {
		struct post *p = list_push(ret);

		p->id = get_id(&row);
		p->person = get_id(&row);
		p->customer = get_id(&row);
		get_text(&row, p->employee_no, sizeof p->employee_no);
		get_text(&row, p->job, sizeof p->job);
		get_text(&row, p->department, sizeof p->department);
		get_text(&row, p->manager, sizeof p->manager);
		p->from = get_date(&row);
		p->to = get_date(&row);
		get_text(&row, p->source, sizeof p->source);
		p->on = get_bool(&row);
	}
	return row_done(&row, err);
}

int people_contacts(struct store *st, struct id person, struct contacts *ret, struct err *err)
{
	static const struct query CONTACTS = {
		"people.contacts", "SELECT id, person, kind, value, text_ok, note, source, at,"
				   " state = 'on', CASE voicemail WHEN 1 THEN 1 WHEN 0 THEN 2 END"
				   " FROM contact WHERE person = :person ORDER BY id"
	};
	struct row row = query(st, &CONTACTS);

	bind_id(&row, ":person", person);
	while (row_next(&row)) {
		struct contact *c = list_push(ret);

		c->id = get_id(&row);
		c->person = get_id(&row);
		get_text(&row, c->kind, sizeof c->kind);
		get_text(&row, c->value, sizeof c->value);
		c->text_ok = get_bool(&row);
		get_text(&row, c->note, sizeof c->note);
		get_text(&row, c->source, sizeof c->source);
		c->at = get_moment(&row);
		c->on = get_bool(&row);
		c->voicemail = (enum voicemail)get_int(&row);
	}
	return row_done(&row, err);
}

int people_details(struct store *st, struct id person, struct details_of *ret, struct err *err)
{
	static const struct query DETAILS = {
		"people.details", "SELECT id, person, field, value, source, at, state = 'on'"
				  " FROM detail WHERE person = :person ORDER BY id"
	};
	struct row row = query(st, &DETAILS);

	bind_id(&row, ":person", person);
	while (row_next(&row)) {
		struct detail *d = list_push(ret);

		d->id = get_id(&row);
		d->person = get_id(&row);
		get_text(&row, d->field, sizeof d->field);
		get_text(&row, d->value, sizeof d->value);
		get_text(&row, d->source, sizeof d->source);
		d->at = get_moment(&row);
		d->on = get_bool(&row);
	}
	return row_done(&row, err);
}

int people_formers(struct store *st, struct id person, struct formers *ret, struct err *err)
{
	static const struct query FORMERS = {
		"people.formers", "SELECT id, person, surname, given, state = 'on'"
				  " FROM former_name WHERE person = :person ORDER BY id"
	};
	struct row row = query(st, &FORMERS);

	bind_id(&row, ":person", person);
	while (row_next(&row)) {
		struct former *f = list_push(ret);

		f->id = get_id(&row);
		f->person = get_id(&row);
		get_text(&row, f->surname, sizeof f->surname);
		get_text(&row, f->given, sizeof f->given);
		f->on = get_bool(&row);
	}
	return row_done(&row, err);
}

int people_next(struct store *st, struct id person, struct date day, struct person_next *ret,
		struct err *err)
{
	static const struct query NEXT = {
		"people.next",
		"SELECT a.id, a.starts, a.state, a.service FROM booking b"
		" JOIN appointment a ON a.id = b.appt WHERE b.person = :person AND a.day >= :day"
		" AND a.state IN ('T', 'B', 'A', 'I') ORDER BY a.starts LIMIT 1"
	};
	struct row row = query(st, &NEXT);
	struct person_next next = { 0 };
	char state[4] = "";

	bind_id(&row, ":person", person);
	bind_date(&row, ":day", day);
	while (row_next(&row)) {
		next.appt = get_id(&row);
		next.starts = get_moment(&row);
		get_text(&row, state, sizeof state);
		next.service = get_id(&row);
	}
	if (row_done(&row, err) < 0)
		return -1;
	next.state = state[0];
	*ret = next;
	return 0;
}

int people_in_care(struct store *st, struct id person, bool *ret, struct err *err)
{
	static const struct query CARE = {
		"people.in_care",
		"SELECT EXISTS (SELECT 1 FROM booking WHERE person = :person)"
		" OR EXISTS (SELECT 1 FROM episode WHERE person = :person)"
		" OR EXISTS (SELECT 1 FROM task WHERE person = :person AND state = 'open')"
		" OR EXISTS (SELECT 1 FROM person WHERE alias_of = :person)"
		" OR EXISTS (SELECT 1 FROM person WHERE id = :person AND alias_of IS NOT NULL)"
	};
	struct row row = query(st, &CARE);
	bool found = false;

	bind_id(&row, ":person", person);
	while (row_next(&row))
		found = get_bool(&row);
	if (row_done(&row, err) < 0)
		return -1;
	*ret = found;
	return 0;
}

int import_known(struct store *st, const char *kind, const unsigned char hash[HASH_BYTES],
		 bool *ret, struct err *err)
{
	/* A few files a day: no index is worth their room. */
	static const struct query KNOWN = { "import.known",
					    "SELECT EXISTS (SELECT 1 FROM import"
					    " WHERE hash = :hash AND kind = :kind)" };
	struct row row = query(st, &KNOWN);
	bool known = false;

	bind_text(&row, ":kind", kind);
	bind_blob(&row, ":hash", hash, HASH_BYTES);
	while (row_next(&row))
		known = get_bool(&row);
	if (row_done(&row, err) < 0)
		return -1;
	*ret = known;
	return 0;
}

int import_put(struct store *st, const struct import *import, struct err *err)
{
	static const struct query PUT = {
		"import.put",
		"INSERT INTO import (kind, name, hash, at, user, added, changed, same,"
		" refused) VALUES (:kind, :name, :hash, :at, :user, :added, :changed,"
		" :same, :refused)"
	};
	struct row row = query(st, &PUT);

	bind_text(&row, ":kind", import->kind);
	bind_text(&row, ":name", import->name);
	bind_blob(&row, ":hash", import->hash, sizeof import->hash);
	bind_moment(&row, ":at", import->at);
	bind_id(&row, ":user", import->user);
	bind_int(&row, ":added", import->added);
	bind_int(&row, ":changed", import->changed);
	bind_int(&row, ":same", import->same);
	bind_int(&row, ":refused", import->refused);
	return row_run(&row, err);
}
