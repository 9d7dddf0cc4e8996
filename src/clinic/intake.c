/*
 * intake.c: one person: shown, registered, changed.
 *
 * Finding is intake_find.c's, files are intake_import.c's; what a field may hold is intake_row.c's.
 */
#include "clinic/intake.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/act.h"
#include "clinic/intake_row.h"
#include "clinic/refs.h"
#include "store/journal.h"
#include "store/people.h"
#include "store/store.h"

void person_card_done(struct person_card *card)
{
	list_free(&card->posts);
	list_free(&card->contacts);
	list_free(&card->details);
	list_free(&card->formers);
}

int intake_person(struct desk *desk, struct id id, struct person_card *ret, struct err *err)
{
	struct person_card card = { 0 };

	if (people_get(desk->store, id, &card.person, err) < 0)
		return -1;
	if (!id_none(card.person.alias_of) &&
	    people_get(desk->store, card.person.alias_of, &card.person, err) < 0)
		return -1;
	if (people_posts(desk->store, card.person.id, &card.posts, err) < 0 ||
	    people_contacts(desk->store, card.person.id, &card.contacts, err) < 0 ||
	    people_details(desk->store, card.person.id, &card.details, err) < 0 ||
	    people_formers(desk->store, card.person.id, &card.formers, err) < 0) {
		person_card_done(&card);
		return -1;
	}
	*ret = card;
	return 0;
}

/* Adds whoever has the number as NHS or employee number and is not withdrawn. */
static int by_number(struct desk *desk, const char *text, struct ids *ret, struct err *err)
{
	struct ids ids = { 0 };
	char nhs[NHS_DIGITS], *folded = text_fold(text);
	int rc = people_by_key(desk->store, FIND_EMPLOYEE, folded, 10, &ids, err);

	mem_free(folded);
	if (rc == 0 && nhs_parse(text, nhs))
		rc = people_by_key(desk->store, FIND_NHS, nhs, 20, &ids, err);
	for (size_t i = 0; rc == 0 && i < ids.n; i++) {
		struct person p;

		rc = people_get(desk->store, ids.v[i], &p, err);
		if (rc == 0 && strcmp(p.status, "withdrawn") != 0)
			*(struct id *)list_push(ret) = id_none(p.alias_of) ? p.id : p.alias_of;
	}
	list_free(&ids);
	return rc;
}

int intake_named(struct desk *desk, const char *text, struct id *ret, struct err *err)
{
	struct ids ids = { 0 };
	struct person p;
	struct id id = { 0 };
	int rc;

	if (id_parse(text, &id) && people_get(desk->store, id, &p, NULL) == 0) {
		*ret = id_none(p.alias_of) ? p.id : p.alias_of;
		return 0;
	}
	rc = by_number(desk, text, &ids, err);
	if (rc == 0 && ids.n == 0)
		rc = err_set(err, ERR_MISSING, "There is no person %s: look with person find.",
			     text);
	if (rc == 0 && ids.n > 1)
		rc = err_input(err, "id", "%zu people have the number %s: give the id.", ids.n,
			       text);
	if (rc == 0)
		*ret = ids.v[0];
	list_free(&ids);
	return rc;
}

int intake_opened(struct desk *desk, struct id person, struct err *err)
{
	return viewed_put(desk->store, desk->user.id, desk->now, "person", person, err);
}

/* ---- registering ---- */

/* Same name, and nothing known that tells them apart; or the same birthday and a name like it. */
static bool mistakable(const struct person *a, const struct person *b, bool full_name)
{
	bool known = !date_none(a->born) && !date_none(b->born);

	if (known && a->born.n == b->born.n)
		return full_name || person_alike(a, b);
	return full_name && !known;
}

enum { ALIKE_MOST = 200 };

static int look_alike(struct desk *desk, const struct person *want, struct ids *ids, bool full_name,
		      struct err *err)
{
	list_each (id, ids) {
		struct person p;
		char name[PERSON_TEXT], born[DAY_TEXT], text[ID_TEXT];

		if (people_get(desk->store, *id, &p, err) < 0)
			return -1;
		if (strcmp(p.status, "withdrawn") == 0 || !mistakable(want, &p, full_name))
			continue;
		err_set(err, ERR_CLASH,
			"%s born %s (%s) looks the same: open that record, or add anyway.",
			person_show(p.surname, p.given, p.title, name),
			date_none(p.born) ? "unknown" : date_show(p.born, born),
			id_text(p.id, text));
		if (err)
			snprintf(err->field, sizeof err->field, "alike");
		return -1;
	}
	return 0;
}

/* Whoever is called so now, or was before. */
static int named_alike(struct desk *desk, const struct person *want, const char *surname,
		       const char *given, struct err *err)
{
	char *s = text_fold(surname), *g = text_fold(given);
	struct ids named = { 0 };
	int rc = people_by_full_name(desk->store, s, g, ALIKE_MOST, &named, err);

	if (rc == 0)
		rc = look_alike(desk, want, &named, true, err);
	list_free(&named);
	mem_free(s);
	mem_free(g);
	return rc;
}

static int born_alike(struct desk *desk, const struct person *want, struct err *err)
{
	struct ids born = { 0 };
	char key[16];
	int rc;

	if (date_none(want->born))
		return 0;
	snprintf(key, sizeof key, "%d", (int)want->born.n);
	rc = people_by_key(desk->store, FIND_BORN, key, ALIKE_MOST, &born, err);
	if (rc == 0)
		rc = look_alike(desk, want, &born, false, err);
	list_free(&born);
	return rc;
}

/* One telephone and one birthday: whatever the names, it is worth a question. */
static int rings_alike(struct desk *desk, const struct intake_row *row, struct err *err)
{
	int rc = 0;

	for (int i = 0; rc == 0 && i < IN_PHONES && !date_none(row->person.born); i++) {
		const char *number = row->contacts[i].value;
		char back[PHONE_DIGITS];
		struct ids ids = { 0 };

		if (!row->contacts[i].on)
			continue;
		rc = people_by_key(desk->store, FIND_PHONE, phone_back(number, back), ALIKE_MOST,
				   &ids, err);
		if (rc == 0)
			rc = look_alike(desk, &row->person, &ids, true, err);
		list_free(&ids);
	}
	return rc;
}

static int no_look_alikes(struct desk *desk, const struct intake_row *row, struct err *err)
{
	const struct person *want = &row->person;
	int rc = named_alike(desk, want, want->surname, want->given, err);

	for (int i = 0; rc == 0 && i < FORMERS_MOST && row->formers[i].on; i++)
		rc = named_alike(desk, want, row->formers[i].surname,
				 *row->formers[i].given ? row->formers[i].given : want->given, err);
	if (rc == 0)
		rc = born_alike(desk, want, err);
	return rc == 0 ? rings_alike(desk, row, err) : rc;
}

/* Nobody has these numbers, and nobody could be taken for this person. */
static int is_new(struct desk *desk, const struct intake_row *row, struct id customer, bool anyway,
		  struct err *err)
{
	struct intake_row numbers = *row;
	struct match match;
	char text[ID_TEXT];

	numbers.person.born = DATE_NONE; /* the name and birthday are asked about below */
	if (intake_match(desk, customer, &numbers, &match, err) < 0)
		return -1;
	if (!id_none(match.person))
		return err_set(err, ERR_CLASH, "That number is person %s's: open that record.",
			       id_text(match.person, text));
	return anyway ? 0 : no_look_alikes(desk, row, err);
}

/* The part inside the change. */
static int add(struct desk *desk, const struct intake_row *row, struct id customer, bool anyway,
	       struct id *ret, struct err *err)
{
	char scope[48];
	struct people args = { .scope = scope, .source = "desk", .once = !anyway };
	struct id ids;
	int rc;

	if (intake_post_order(NULL, row, err) < 0 || is_new(desk, row, customer, anyway, err) < 0)
		return -1;
	intake_scope(desk, customer, scope, sizeof scope);
	ids = desk_new_ids(desk, intake_ids(row));
	intake_new(&args, row, customer, ids);
	rc = act_do(desk, &act_people, &args, err);
	intake_new_done(&args);
	if (rc == 0)
		*ret = ids;
	return rc;
}

int intake_add(struct desk *desk, const struct intake_form *form, struct id customer, bool anyway,
	       struct id *ret, struct err *err)
{
	struct intake_row row;
	struct id id = { 0 };

	if (intake_read(form, desk->today, true, &row, err) < 0)
		return -1;
	if (!*row.person.surname)
		return err_input(err, "surname", "A surname is needed.");
	if (!*row.person.given)
		return err_input(err, "given", "A given name is needed.");
	if (id_none(customer) && row.post.employee_no[0])
		return err_input(err, "employee_no", "Whose employee number?  Name the customer.");
	if (AS_ONE_ACT(desk, add(desk, &row, customer, anyway, &id, err), err) < 0)
		return -1;
	*ret = id;
	return 0;
}

/* ---- changing ---- */

/* A number that is changed may not be somebody else's. */
static int numbers_free(struct desk *desk, struct id customer, const struct person_card *now,
			const struct intake_row *row, struct err *err)
{
	const struct post *post = intake_post(now, customer);
	struct intake_row numbers = *row;
	struct match match;
	char text[ID_TEXT];

	if (strcmp(row->person.nhs, now->person.nhs) == 0)
		*numbers.person.nhs = '\0';
	if (post && strcmp(row->post.employee_no, post->employee_no) == 0)
		*numbers.post.employee_no = '\0';
	numbers.person.born = DATE_NONE;
	if (id_none(customer) && post)
		customer = post->customer;
	if (intake_match(desk, customer, &numbers, &match, err) < 0)
		return -1;
	if (!id_none(match.person) && !id_same(match.person, now->person.id))
		return err_set(err, ERR_CLASH,
			       "That number is person %s's: correct it there first.",
			       id_text(match.person, text));
	if (id_none(customer) && (row->given & IN_POST))
		return err_input(err, "employee_no",
				 "This person has no employer here, so no job or number there.");
	return 0;
}

/* Nothing to text or to leave a message on: the answer would be kept nowhere. */
static int has_what_it_is_about(const struct person_card *now, const struct intake_row *row,
				struct err *err)
{
	static const struct {
		enum intake_field field, of;
		const char *what;
	} about[] = {
		{ IN_TEXT_OK, IN_MOBILE, "mobile number" },
		{ IN_EMAIL_OK, IN_EMAIL, "e-mail address" },
		{ IN_MOBILE_VOICEMAIL, IN_MOBILE, "mobile number" },
		{ IN_HOME_VOICEMAIL, IN_HOME, "home number" },
		{ IN_WORK_VOICEMAIL, IN_WORK, "work number" },
	};

	for (size_t i = 0; i < sizeof about / sizeof *about; i++) {
		const struct contact *c = &row->contacts[about[i].of - IN_CONTACT_FIRST];
		bool there = contacts_of(&now->contacts, intake_header(about[i].of));

		if (row_has(row, about[i].of))
			there = c->on;
		if (row_has(row, about[i].field) && !there &&
		    (c->text_ok || c->voicemail != VOICEMAIL_NOT_ASKED))
			return err_input(err, intake_header(about[i].field),
					 "There is no %s to say that of: add it too.",
					 about[i].what);
	}
	return 0;
}

static int set(struct desk *desk, struct id person, const struct intake_row *row,
	       struct id customer, const struct person_card *seen, struct err *err)
{
	struct person_card now;
	struct people *args;
	int rc = 0;

	if (intake_person(desk, person, &now, err) < 0)
		return -1;
	const struct intake_diff diff = {
		.desk = desk,
		.now = &now,
		.seen = seen ? seen : &now,
		.row = row,
		.customer = customer,
		.source = "desk",
	};

	rc = numbers_free(desk, customer, &now, row, err);
	if (rc == 0)
		rc = has_what_it_is_about(&now, row, err);
	if (rc == 0)
		rc = intake_post_order(intake_post(&now, customer), row, err);
	args = rc == 0 ? intake_diff(&diff) : NULL;
	if (args)
		rc = act_do(desk, &act_person_set, args, err);
	args_free(&act_person_set.fields, args);
	person_card_done(&now);
	return rc;
}

int intake_set(struct desk *desk, struct id person, const struct intake_form *form,
	       const struct person_card *seen, struct err *err)
{
	struct intake_row row;

	if (intake_read(form, desk->today, true, &row, err) < 0)
		return -1;
	return AS_ONE_ACT(desk, set(desk, person, &row, form->customer, seen, err), err);
}
