/*
 * clash_words.c: a clash in words: what was wanted, by whom, what became of it, and both sides.
 *
 * Nothing is written here.  Words are fit for the desk that asks: desklist.h masks what is private,
 * and a command that could not be done is told without the texts in it but to who may read them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/booking_acts.h"
#include "clinic/clash_words.h"
#include "clinic/intake.h"
#include "clinic/refs.h"
#include "clinic/task.h"
#include "model/person.h"
#include "store/clashes.h"
#include "store/journal.h"
#include "store/messages.h"
#include "store/people.h"
#include "store/slots.h"
#include "store/store.h"

static const struct clash_kind kinds[] = {
	{ "slot", "Book", "slot taken", OF_APPT },
	{ "displaced", "Book", "slot given away, taken", OF_APPT },
	{ "state", "Mark", "changed in two places", OF_APPT },
	{ "person", "Book", "in two places at once", OF_APPT },
	{ "same_room", "Book", "two clinicians in one room", OF_APPT },
	{ "episode", "Book", "the episode was closed", OF_APPT },
	{ "stopped", "Book", "", OF_APPT }, /* its note says why, fit for everybody */
	{ "edit", "Edit", "changed in two places", OF_ROW },
	{ "duplicate", "Add", "may be there twice", OF_PERSON },
	{ "task", "Task", "ended in two places", OF_TASK },
	{ "clinician", "Publish", "two sessions at once", OF_SLOT },
	{ "room", "Publish", "room used twice", OF_SLOT },
	{ "failed", "Command", "could not be done", OF_COMMAND },
	{ "unsupported", "Command", "needs a newer program", OF_COMMAND },
	{ "handed_in", "Command", "from a replaced machine", OF_COMMAND },
};

const struct clash_kind *clash_kind(const struct clash *c)
{
	static const struct clash_kind other = { "", "Change", "", OF_COMMAND };

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(kinds[i].type, c->type) == 0)
			return &kinds[i];
	return &other;
}

bool clash_slot_lost(const struct clash *c)
{
	return strcmp(c->type, "slot") == 0 || strcmp(c->type, "displaced") == 0;
}

bool clash_of_edit(const struct clash *c, struct id person)
{
	return strcmp(c->type, "edit") == 0 && !id_none(person);
}

/* ---- small words ---- */

int clash_missing(const struct err *why, struct err *err)
{
	if (why->kind == ERR_MISSING)
		return 0;
	if (err)
		*err = *why;
	return -1;
}

/* "Fri 13-Mar 15:40" */
char *clash_time(struct moment m, char *buf, size_t n)
{
	char day[DAY_TEXT], at[DAY_TEXT];
	struct date d = moment_date(m);

	snprintf(buf, n, "%s %s %s", weekday_short[date_weekday(d)], date_show_short(d, day),
		 minute_show(moment_minute(m), at));
	return buf;
}

/* "text_ok" as people say it. */
void clash_field(const struct clash *c, char *ret, size_t n)
{
	snprintf(ret, n, "%.30s", *c->note ? c->note : c->col);
	for (char *s = ret; *s; s++)
		if (*s == '_')
			*s = ' ';
}

/* ---- the row ---- */

int clash_person(struct desk *desk, struct id id, struct clash_row *r, struct err *err)
{
	struct err why = ERR_INIT;
	struct person p;
	char name[NAME_TEXT];

	if (id_none(id))
		return 0;
	/* Somebody who is not known here is nobody to tell about. */
	if (people_get(desk->store, id, &p, &why) < 0)
		return clash_missing(&why, err);
	r->person = p.id;
	r->born = p.born;
	person_show(p.surname, p.given, p.title, r->name);
	snprintf(r->nhs, sizeof r->nhs, "%s", p.nhs);
	snprintf(r->surname, sizeof r->surname, "%s", caps(p.surname, "they", name));
	return 0;
}

static int appt_row_words(struct desk *desk, const struct clash_kind *k, struct clash_row *r,
			  struct err *err)
{
	char at[48];
	struct desk_row d;
	struct err why = ERR_INIT;

	if (desk_appt(desk, r->c.a, &d, &why) < 0) {
		snprintf(r->what, sizeof r->what, "%s an appointment not known here", k->verb);
		return clash_missing(&why, err);
	}
	r->masked = d.masked;
	if (clash_slot_lost(&r->c))
		r->when = d.row.a.asked_at;
	if (strcmp(r->c.type, "state") == 0)
		snprintf(r->what, sizeof r->what, "%.24s %s", d.masked ? "Mark" : r->c.note,
			 clash_time(d.row.a.starts, at, sizeof at));
	else
		snprintf(r->what, sizeof r->what, "%s %s", k->verb,
			 clash_time(d.row.a.starts, at, sizeof at));
	if (r->what[0] >= 'a' && r->what[0] <= 'z')
		r->what[0] = (char)(r->what[0] - 'a' + 'A');
	return clash_person(desk, d.row.a.person, r, err);
}

static int edit_row_words(struct desk *desk, struct clash_row *r, struct err *err)
{
	char field[CODE_TEXT], scope[CODE_TEXT];
	struct id person;

	clash_field(&r->c, field, sizeof field);
	snprintf(r->what, sizeof r->what, "Edit %s", field);
	if (clash_owner(desk->store, r->c.tab, r->c.a, &person, scope, err) < 0)
		return -1;
	if (id_none(person))
		snprintf(r->what, sizeof r->what, "Edit %s, %s", r->c.tab, field);
	return clash_person(desk, person, r, err);
}

static int task_row_words(struct desk *desk, struct clash_row *r, struct err *err)
{
	struct err why = ERR_INIT;
	struct task_row t;

	if (task_one(desk, r->c.a, &t, &why) < 0) {
		r->masked = true;
		snprintf(r->what, sizeof r->what, "A task of others");
		return clash_missing(&why, err);
	}
	snprintf(r->what, sizeof r->what, "Task %.60s", t.t.text);
	text_whole(r->what);
	return clash_person(desk, t.t.person, r, err);
}

static int slot_row_words(struct desk *desk, const struct clash_kind *k, struct clash_row *r,
			  struct err *err)
{
	const struct clinician *c;
	struct err why = ERR_INIT;
	struct slot s;
	char at[48];

	if (slots_get(desk->store, r->c.a, &s, &why) < 0) {
		snprintf(r->what, sizeof r->what, "%s a session", k->verb);
		return clash_missing(&why, err);
	}
	c = ref_clinician(desk, s.clinician);
	snprintf(r->what, sizeof r->what, "%.20s %s", c ? c->surname : k->verb,
		 clash_time(s.starts, at, sizeof at));
	return 0;
}

/* "slot taken at Harbour": whoever holds what the winner has. */
static int say_why(struct desk *desk, const struct clash_kind *k, struct clash_row *r,
		   struct err *err)
{
	struct slots owned = { 0 };
	char place[NAME_TEXT];
	int rc;

	snprintf(r->why, sizeof r->why, "%.60s", *k->why ? k->why : r->c.note);
	if (strcmp(r->c.type, "slot") != 0 || id_none(r->c.b))
		return 0;
	rc = slots_of_appt(desk->store, r->c.b, &owned, err);
	if (rc == 0 && owned.n)
		snprintf(r->why, sizeof r->why, "slot taken at %.30s",
			 node_shown(desk, owned.v[0].holder, place));
	list_free(&owned);
	return rc;
}

/* With whose it is, behind its first word. */
static void brief(struct clash_row *r)
{
	const char *rest = strchr(r->what, ' ');
	size_t n = text_fit(r->surname, 12);
	bool edit = strcmp(r->c.type, "edit") == 0;

	if (id_none(r->person))
		snprintf(r->brief, sizeof r->brief, "%s", r->what);
	else
		snprintf(r->brief, sizeof r->brief, "%.*s %.*s%s%s",
			 rest ? (int)(rest - r->what) : 80, r->what, (int)n, r->surname,
			 edit ? "," : "", rest ? rest : "");
}

static int make_row(struct desk *desk, const struct clash *c, struct clash_row *r, struct err *err)
{
	const struct clash_kind *k = clash_kind(c);
	int rc = 0;

	*r = (struct clash_row){ .c = *c, .when = c->at, .born = DATE_NONE, .surname = "they" };
	r->ours = c->node == store_me(desk->store)->node;
	if (say_why(desk, k, r, err) < 0)
		return -1;
	switch (k->about) {
	case OF_APPT:
		rc = appt_row_words(desk, k, r, err);
		break;
	case OF_ROW:
		rc = edit_row_words(desk, r, err);
		break;
	case OF_SLOT:
		rc = slot_row_words(desk, k, r, err);
		break;
	case OF_TASK:
		rc = task_row_words(desk, r, err);
		break;
	case OF_PERSON:
		snprintf(r->what, sizeof r->what, "%s", k->verb);
		rc = clash_person(desk, c->a, r, err);
		break;
	case OF_COMMAND:
		snprintf(r->what, sizeof r->what, "%s: %.60s", k->verb, c->mine);
		break;
	}
	brief(r);
	return rc;
}

static int by_wish(const void *x, const void *y)
{
	const struct clash_row *a = x, *b = y;

	if (a->when.utc != b->when.utc)
		return a->when.utc < b->when.utc ? -1 : 1;
	return a->c.id.n < b->c.id.n ? -1 : a->c.id.n > b->c.id.n;
}

int clash_rows(struct desk *desk, int max, struct clash_rows *ret, struct err *err)
{
	struct clashes list = { 0 };
	int rc = clash_list(desk, (struct id){ 0 }, max, &list, err);

	for (size_t i = 0; rc == 0 && i < list.n; i++)
		rc = make_row(desk, &list.v[i], list_push(ret), err);
	list_free(&list);
	if (ret->n)
		qsort(ret->v, ret->n, sizeof *ret->v, by_wish);
	return rc;
}

int clash_row(struct desk *desk, struct id id, struct clash_row *ret, struct err *err)
{
	struct clash c;

	if (desk_needs(desk, ROLE_ANY, "The list of clashes", err) < 0 ||
	    clash_get(desk->store, id, &c, err) < 0)
		return -1;
	return make_row(desk, &c, ret, err);
}
