/*
 * merge.c: two records of one person become one, and two that look like one are held apart.
 *
 * A merge is nothing but edits: each row that hangs on the record that goes is given to the one
 * that is kept, what the kept one lacks is filled in, what both have is not shown twice, and the
 * record that goes leads to the other.  The command carries every edit with what was there before,
 * so that taking it back gives exactly those rows back and no other.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/booking_acts.h"
#include "clinic/intake_row.h"
#include "clinic/pairs.h"
#include "store/journal.h"
#include "store/people.h"
#include "store/store.h"
#include "store/txn.h"

/* ---- what is refused ---- */

static bool no_employer(const char *scope)
{
	return strncmp(scope, "care:", 5) == 0;
}

/* Rows of one scope stay in it.  Who had no employer here may come to have one, as long as nobody
 * else is sent the log: there a command writes rows of one scope, for who sees one may not see the
 * other. */
static int scopes_ok(const struct desk *desk, const struct person *keep, const struct person *other,
		     struct err *err)
{
	bool alone = strcmp(store_me(desk->store)->role, "alone") == 0;

	if (strcmp(keep->scope, other->scope) == 0 || (no_employer(other->scope) && alone))
		return 0;
	if (!alone && (no_employer(keep->scope) || no_employer(other->scope)))
		return err_input(
			err, "other",
			"One of them has no employer: in a network they stay two records.");
	if (no_employer(keep->scope))
		return err_input(err, "keep",
				 "Only the other has an employer here: keep that one instead.");
	return err_input(err, "keep",
			 "They are staff of two employers (%s, %s): their records stay apart.",
			 keep->scope + 4, other->scope + 4);
}

static int may_be_one(struct desk *desk, const struct person *keep, const struct person *other,
		      struct err *err)
{
	struct moment when;
	char shown[DAY_TEXT], id[ID_TEXT];
	const struct person *both[] = { keep, other };

	if (id_same(keep->id, other->id))
		return err_input(err, "other", "That is one record already.");
	for (int i = 0; i < 2; i++)
		if (!id_none(both[i]->alias_of) || strcmp(both[i]->status, "withdrawn") == 0)
			return err_set(err, ERR_CLASH, "Record %s is %s: look for the person anew.",
				       id_text(both[i]->id, id),
				       id_none(both[i]->alias_of) ? "withdrawn" : "merged already");
	if (*keep->nhs && *other->nhs && strcmp(keep->nhs, other->nhs) != 0)
		return err_input(err, "nhs_number",
				 "They have two NHS numbers: correct one first if they are one.");
	if (scopes_ok(desk, keep, other, err) < 0 ||
	    people_two_places(desk->store, keep->id, other->id, &when, err) < 0)
		return -1;
	if (!moment_none(when))
		return err_set(err, ERR_CLASH,
			       "Both are booked on %s: cancel or move one of the two first.",
			       moment_show(when, shown));
	return 0;
}

/* ---- the edits ---- */

static void edit_id(struct people *p, struct id row, const char *table, const char *column,
		    struct id from, struct id to)
{
	char base[24], value[24];

	snprintf(base, sizeof base, "%lld", (long long)from.n);
	snprintf(value, sizeof value, "%lld", (long long)to.n);
	people_add_edit(p, row, table, column, NULL, id_none(from) ? NULL : base,
			id_none(to) ? NULL : value);
}

/* Everything that hangs on the other record, and the record itself. */
static int give_rows(struct desk *desk, struct people *p, const struct person *keep,
		     const struct person *other, struct err *err)
{
	struct owned_list rows = { 0 };

	if (people_owned(desk->store, other->id, &rows, err) < 0) {
		list_free(&rows);
		return -1;
	}
	list_each (o, &rows) {
		bool alias = strcmp(o->table, "person") == 0;

		edit_id(p, o->id, o->table, alias ? "alias_of" : "person", other->id, keep->id);
		if (strcmp(o->scope, keep->scope) != 0)
			people_add_edit(p, o->id, o->table, "scope", NULL, o->scope, keep->scope);
	}
	list_free(&rows);
	edit_id(p, other->id, "person", "alias_of", (struct id){ 0 }, keep->id);
	if (strcmp(other->scope, keep->scope) != 0)
		people_add_edit(p, other->id, "person", "scope", NULL, other->scope, keep->scope);
	return 0;
}

static void fill(struct people *p, struct id keep, const char *column, const char *have,
		 const char *other)
{
	if (!*have && *other)
		people_add_edit(p, keep, "person", column, NULL, NULL, other);
}

/* What the kept record does not say and the other does. */
static void fill_blanks(struct people *p, const struct person *keep, const struct person *other)
{
	char born[16], had[NEEDS_TEXT], all[NEEDS_TEXT];

	fill(p, keep->id, "title", keep->title, other->title);
	fill(p, keep->id, "preferred", keep->preferred, other->preferred);
	fill(p, keep->id, "gender", keep->gender, other->gender);
	fill(p, keep->id, "nhs", keep->nhs, other->nhs);
	fill(p, keep->id, "interpreter", keep->interpreter, other->interpreter);
	if (date_none(keep->born) && !date_none(other->born)) {
		snprintf(born, sizeof born, "%d", (int)other->born.n);
		people_add_edit(p, keep->id, "person", "born", NULL, NULL, born);
	}
	if (other->needs & ~keep->needs) {
		needs_text(keep->needs, had);
		needs_text(keep->needs | other->needs, all);
		people_add_edit(p, keep->id, "person", "needs", NULL, *had ? had : NULL, all);
	}
}

static void off(struct people *p, struct id row, const char *table)
{
	people_add_edit(p, row, table, "state", NULL, "on", "off");
}

/* The same number, job or answer twice is shown once; of two answers the kept record's stands. */
static void not_twice(struct people *p, const struct person_card *keep,
		      const struct person_card *other)
{
	list_each (c, &other->contacts) {
		bool have = false;

		list_each (k, &keep->contacts)
			have = have || (k->on && strcmp(k->kind, c->kind) == 0 &&
					strcmp(k->value, c->value) == 0);
		if (c->on && have)
			off(p, c->id, "contact");
	}
	list_each (d, &other->details)
		if (d->on && details_find(&keep->details, d->field))
			off(p, d->id, "detail");
	list_each (o, &other->posts) {
		bool have = false;

		list_each (k, &keep->posts)
			have = have ||
			       (k->on && id_same(k->customer, o->customer) &&
				(!*o->employee_no || strcmp(k->employee_no, o->employee_no) == 0));
		if (o->on && have)
			off(p, o->id, "post");
	}
	list_each (f, &other->formers) {
		bool have = false;

		list_each (k, &keep->formers)
			have = have || (k->on && strcmp(k->surname, f->surname) == 0 &&
					strcmp(k->given, f->given) == 0);
		if (f->on && have)
			off(p, f->id, "former_name");
	}
}

/* ---- the act ---- */

static int build(struct desk *desk, struct people *p, struct err *err)
{
	struct person_card keep, other = { 0 };
	struct person alone;
	int rc;

	/* An alias is to be refused, not followed. */
	if (people_get(desk->store, p->other, &alone, err) < 0 ||
	    intake_person(desk, p->person, &keep, err) < 0)
		return -1;
	rc = people_get(desk->store, p->person, &keep.person, err);
	if (rc == 0)
		rc = may_be_one(desk, &keep.person, &alone, err);
	if (rc == 0)
		rc = intake_person(desk, p->other, &other, err);
	if (rc == 0) {
		p->scope = mem_str(keep.person.scope);
		not_twice(p, &keep, &other);
		fill_blanks(p, &keep.person, &other.person);
		rc = give_rows(desk, p, &keep.person, &other.person, err);
	}
	person_card_done(&keep);
	person_card_done(&other);
	return rc;
}

static int merge_check(struct desk *desk, void *args, struct err *err)
{
	struct people *p = args;

	/* On the way back the edits are there already. */
	return p->edits.n ? people_fits(desk, p, err) : build(desk, p, err);
}

static int merge_run(struct txn *t, const void *args)
{
	const struct people *p = args;
	char id[ID_TEXT];

	txn_tell(t, "person", p->person,
		 id_none(t->reverses) ? "record %s merged into this one"
				      : "record %s taken out again",
		 id_text(p->other, id));
	txn_why(t, p->why);
	return people_write(t, p);
}

/* Nobody may have built on what moved; what the kept record itself has seen is the door's to ask.
 */
static int untouched(struct desk *desk, const struct deed *deed, struct err *err)
{
	const struct people *was = deed->args;
	struct event later;
	char name[NAME_TEXT];
	struct person p;

	list_each (e, &was->edits) {
		if (strcmp(e->column, "person") != 0)
			continue;
		if (history_since(desk->store, e->row, deed->history, deed->act, &later, err) < 0)
			return -1;
		if (id_none(later.id))
			continue;
		if (people_get(desk->store, was->person, &p, err) < 0)
			return -1;
		return err_set(err, ERR_CLASH,
			       "%s has changed what was %s's since (%s): that comes first.",
			       later.user, caps(p.surname, "theirs", name), later.what);
	}
	return 0;
}

static int merge_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			 struct err *err)
{
	struct people *back;

	if (untouched(desk, deed, err) < 0)
		return -1;
	back = people_back(deed->args);
	*ret = (struct call){ &act_person_merge, back };
	return 0;
}

const struct act act_person_merge = {
	.name = "person_merge",
	.ver = 1,
	.roles = PAIR_ROLES,
	.fields = PEOPLE_FIELDS,
	.check = merge_check,
	.run = merge_run,
	.reverse = merge_reverse,
};

int pairs_merge(struct desk *desk, struct id keep, struct id other, const char *why,
		struct err *err)
{
	struct people *p;
	char *reason = clean_reason(why ? why : "", "why", err);
	int rc;

	if (!reason)
		return -1;
	p = mem_new(sizeof *p);
	p->person = keep;
	p->other = other;
	p->why = reason;
	p->source = mem_str("desk");
	rc = act_do(desk, &act_person_merge, p, err);
	args_free(&act_person_merge.fields, p);
	return rc;
}

/* ---- held apart ---- */

struct apart {
	struct id id, a, b;
	const char *scope;
	bool back;
};
static const struct field apart_f[] = {
	FIELD(id, struct apart, "id", F_ID),	   FIELD(a, struct apart, "a", F_ID),
	FIELD(b, struct apart, "b", F_ID),	   FIELD(scope, struct apart, "scope", F_TEXT),
	FIELD(back, struct apart, "back", F_BOOL),
};

static int apart_check(struct desk *desk, void *args, struct err *err)
{
	struct apart *p = args;
	struct person a, b;

	if (p->back)
		return 0;
	if (people_get(desk->store, p->a, &a, err) < 0 ||
	    people_get(desk->store, p->b, &b, err) < 0)
		return -1;
	if (id_same(a.id, b.id))
		return err_input(err, "other", "That is one record already.");
	p->id = desk_new_id(desk);
	p->scope = mem_str(a.scope);
	return 0;
}

static int apart_run(struct txn *t, const void *args)
{
	const struct apart *p = args;
	const struct person_edit off = { p->id, "person_apart", "state", "on", "off" };
	char id[ID_TEXT];

	txn_tell(t, "person", p->a,
		 p->back ? "record %s may be the same again" : "record %s is somebody else's",
		 id_text(p->b, id));
	txn_scope(t, p->scope);
	if (p->back)
		people_edit(t, &off);
	else
		people_put_apart(t, p->id, p->a, p->b, p->scope);
	return VERDICT_OK;
}

static int apart_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			 struct err *err)
{
	const struct apart *was = deed->args;
	struct apart *back;

	(void)desk;
	if (was->back)
		return err_set(err, ERR_INPUT,
			       "That cannot be undone: say once more that they are two.");
	back = mem_new(sizeof *back);
	*back = *was;
	back->scope = mem_str(was->scope);
	back->back = true;
	*ret = (struct call){ &act_person_apart, back };
	return 0;
}

const struct act act_person_apart = {
	.name = "person_apart",
	.ver = 1,
	.roles = PAIR_ROLES,
	.fields = FIELDS(apart_f, struct apart),
	.check = apart_check,
	.run = apart_run,
	.reverse = apart_reverse,
};

int pairs_apart(struct desk *desk, struct id a, struct id b, struct err *err)
{
	struct apart p = { .a = a, .b = b };
	int rc = act_do(desk, &act_person_apart, &p, err);

	mem_free((char *)p.scope);
	return rc;
}
