/*
 * intake_match.c: is the person in this row somebody who is known here already?
 *
 * By this customer's employee number, else by NHS number, else by name and birthday with this
 * customer when no number speaks against it.  Numbers that point at two people, or at somebody
 * whose name and birthday are both others, are for a person to settle: refused in words.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/intake_row.h"
#include "store/people.h"

enum { NAMESAKES = 50 };

/* The one living record with this NHS number; none if nobody. */
static int by_nhs(struct desk *desk, const char *nhs, struct id *ret, struct err *err)
{
	struct ids ids = { 0 };
	struct person p;
	struct id found = { 0 };
	int rc = people_by_key(desk->store, FIND_NHS, nhs, NAMESAKES, &ids, err);

	for (size_t i = 0; rc == 0 && i < ids.n && id_none(found); i++) {
		rc = people_get(desk->store, ids.v[i], &p, err);
		if (rc == 0 && strcmp(p.status, "withdrawn") != 0)
			found = id_none(p.alias_of) ? p.id : p.alias_of;
	}
	list_free(&ids);
	if (rc == 0)
		*ret = found;
	return rc;
}

static bool same_surname(const struct person *a, const struct person *b)
{
	char *x = text_fold(a->surname), *y = text_fold(b->surname);
	bool same = strcmp(x, y) == 0;

	mem_free(x);
	mem_free(y);
	return same;
}

/* A number that leads to somebody else altogether was mistyped, or given to another. */
static int plausible(struct desk *desk, struct id id, const struct intake_row *row,
		     enum intake_field by, struct err *err)
{
	const struct person *want = &row->person;
	struct person p;
	char name[PERSON_TEXT], text[ID_TEXT];
	bool born_differs;

	if (people_get(desk->store, id, &p, err) < 0)
		return -1;
	born_differs = !date_none(want->born) && !date_none(p.born) && want->born.n != p.born.n;
	if (born_differs && !same_surname(want, &p))
		return err_input(err, intake_header(by), "That %s is %s's (%s): correct it.",
				 intake_header(by), person_show(p.surname, p.given, p.title, name),
				 id_text(id, text));
	if (by == IN_EMPLOYEE_NO && *want->nhs && *p.nhs && strcmp(want->nhs, p.nhs) != 0)
		return err_input(err, "nhs_number",
				 "%s (%s) has another NHS number: correct one of them.",
				 person_show(p.surname, p.given, p.title, name), id_text(id, text));
	return 0;
}

/* Does this namesake work for the customer, and does no number tell the two apart? */
static int fits(struct desk *desk, struct id customer, const struct intake_row *row, struct id id,
		bool *ret, struct err *err)
{
	struct posts posts = { 0 };
	struct person p;
	bool here = id_none(customer), other = false;

	if (people_get(desk->store, id, &p, err) < 0)
		return -1;
	if (strcmp(p.status, "withdrawn") == 0 || !id_none(p.alias_of) ||
	    (*p.nhs && *row->person.nhs && strcmp(p.nhs, row->person.nhs) != 0)) {
		*ret = false;
		return 0;
	}
	if (people_posts(desk->store, id, &posts, err) < 0) {
		list_free(&posts);
		return -1;
	}
	list_each (post, &posts) {
		if (!post->on || !id_same(post->customer, customer))
			continue;
		here = true;
		other = other || (*post->employee_no && *row->post.employee_no);
	}
	list_free(&posts);
	*ret = here && !other;
	return 0;
}

static int by_name(struct desk *desk, struct id customer, const struct intake_row *row,
		   struct match *ret, struct err *err)
{
	struct ids ids = { 0 };
	struct match found = { 0 };
	char *surname, *given;
	int rc, n = 0;

	if (date_none(row->person.born))
		return 0;
	intake_fold(&row->person, &surname, &given);
	rc = people_by_name_born(desk->store, surname, given, row->person.born, NAMESAKES, &ids,
				 err);
	for (size_t i = 0; rc == 0 && i < ids.n; i++) {
		bool fit;

		rc = fits(desk, customer, row, ids.v[i], &fit, err);
		if (rc == 0 && fit) {
			found.person = ids.v[i];
			n++;
		}
	}
	found.alike = n == 0 && ids.n > 0;
	list_free(&ids);
	mem_free(surname);
	mem_free(given);
	if (rc < 0)
		return -1;
	if (n > 1)
		return err_input(err, "surname",
				 "%d people have that name and birthday: give a number.", n);
	*ret = found;
	return 0;
}

int intake_match(struct desk *desk, struct id customer, const struct intake_row *row,
		 struct match *ret, struct err *err)
{
	struct id employee = { 0 }, nhs = { 0 };
	struct match found = { 0 };
	char a[ID_TEXT], b[ID_TEXT];

	if (*row->post.employee_no && !id_none(customer)) {
		char *folded = text_fold(row->post.employee_no);
		int rc = people_employee(desk->store, customer, folded, &employee, err);

		mem_free(folded);
		if (rc < 0)
			return -1;
	}
	if (*row->person.nhs && by_nhs(desk, row->person.nhs, &nhs, err) < 0)
		return -1;
	if (!id_none(employee) && !id_none(nhs) && !id_same(employee, nhs))
		return err_input(
			err, "nhs_number",
			"The employee number is person %s's, the NHS number %s's: correct one.",
			id_text(employee, a), id_text(nhs, b));
	found.person = id_none(employee) ? nhs : employee;
	if (id_none(found.person) ? by_name(desk, customer, row, &found, err) < 0
				  : plausible(desk, found.person, row,
					      id_none(employee) ? IN_NHS : IN_EMPLOYEE_NO, err) < 0)
		return -1;
	*ret = found;
	return 0;
}
