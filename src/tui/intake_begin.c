/*
 * intake_begin.c: what the questions of S5 begin with: what is known of the person, and whom the
 * employer has to refer them.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/contact.h"
#include "clinic/intake.h"
#include "model/person.h"
#include "taking.h"

static void begin(struct taking *t, const char *from, const char *text)
{
	if (text && *text)
		formview_begin(&t->v, from, text);
}

static const char *detail(const struct person_card *card, enum intake_field f)
{
	const struct detail *d = details_find(&card->details, intake_header(f));

	return d ? d->value : "";
}

static void begin_post(struct taking *t, const struct post *post)
{
	if (!post)
		return;
	begin(t, "person.job", post->job);
	begin(t, "person.department", post->department);
	begin(t, "person.manager", post->manager);
	begin(t, "person.employee_no", post->employee_no);
}

static void begin_reach(struct taking *t, const struct person_card *card)
{
	const struct contact *phone = contacts_phone(&card->contacts);
	const struct contact *email = contacts_of(&card->contacts, "email");
	char shown[PHONE_TEXT], *address;

	if (phone)
		begin(t, "person.phone", phone_show(phone->value, shown));
	if (email)
		begin(t, "person.email", email->value);
	address = mem_printf("%s%s%s", detail(card, IN_ADDRESS),
			     *detail(card, IN_ADDRESS) && *detail(card, IN_POSTCODE) ? ", " : "",
			     detail(card, IN_POSTCODE));
	begin(t, "person.address", address);
	mem_free(address);
}

static void begin_person(struct taking *t, const struct person_card *card)
{
	const struct person *p = &card->person;
	char day[DAY_TEXT], nhs[NHS_TEXT], name[PERSON_TEXT];

	begin(t, "person.name", person_show(p->surname, p->given, "", name));
	if (!date_none(p->born))
		begin(t, "person.born", date_show(p->born, day));
	if (*p->nhs)
		begin(t, "person.nhs", nhs_show(p->nhs, nhs));
	if (card->formers.n)
		begin(t, "person.former", card->formers.v[card->formers.n - 1].surname);
	begin(t, "person.gp",
	      *detail(card, IN_GP_PRACTICE) ? detail(card, IN_GP_PRACTICE) : detail(card, IN_GP));
}

/* Those whom the employer has, under the question for the name of who refers. */
static int begin_contacts(struct ui *ui, struct taking *t, const struct post *post, struct err *err)
{
	size_t n = 0;

	if (!post || id_none(post->customer) || form_item(&t->found.paper, "manager_name") < 0)
		return 0;
	if (contact_list(ui->desk, post->customer, NULL, &t->contacts, err) < 0)
		return -1;
	t->names = mem_new(sizeof *t->names * (t->contacts.n + 1));
	list_each (c, &t->contacts)
		t->names[n++] = mem_str(c->name);
	formview_list(&t->v, "manager_name", (const char *const *)t->names);
	return 0;
}

int taking_begin(struct ui *ui, struct taking *t, struct err *err)
{
	struct person_card card;
	int rc;

	if (intake_person(ui->desk, t->person, &card, err) < 0)
		return -1;
	/* It may have been merged into another since. */
	t->person = card.person.id;
	begin_person(t, &card);
	begin_post(t, posts_current(&card.posts));
	begin_reach(t, &card);
	rc = begin_contacts(ui, t, posts_current(&card.posts), err);
	person_card_done(&card);
	return rc;
}

void taking_referrer(struct taking *t)
{
	int q = t->contacts.n ? form_item(&t->found.paper, "manager_name") : -1;
	const char *name = q >= 0 ? t->v.a.v[q] : NULL;
	char shown[PHONE_TEXT];

	t->referrer = (struct id){ 0 };
	list_each (c, &t->contacts)
		if (name && strcmp(c->name, name) == 0) {
			t->referrer = c->id;
			formview_fill(&t->v, "manager_email", c->email);
			formview_fill(&t->v, "manager_phone", phone_show(c->phone, shown));
		}
}
