/*
 * demo_people.c: the employers' staff, registered through the act `people`, up to 500 a command.
 *
 * NHS numbers are of the range 999, which is never issued, and different for everybody; telephones
 * are of the thousand numbers kept for drama, 07700 900000 to 900999, so they repeat.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/demo_parts.h"
#include "clinic/people_act.h"
#include "model/number.h"

enum { RANGE = 1000000, EMPLOYEES_FIRST = 20600000 };

/* Employers' shares in a thousand, in the order of d->customers. */
static const int shares[CUSTOMERS] = { 520, 240, 120, 60, 25, 20, 9, 6 };

/* Texts of one new person, kept until their command was done. */
struct texts {
	char surname[NAME_TEXT], nhs[NHS_DIGITS], employee_no[16], mobile[16], home[16], email[64],
		manager[NAME_TEXT];
};

struct crowd {
	struct demo *d;
	int customer;
	struct people args;
	struct texts *texts; /* PEOPLE_MOST of them, so that pointers into it stay */
	char scope[CODE_TEXT];
	uint32_t numbers; /* how many of the range were looked at */
};

/* Nine digits with their check digit; false when the check digit would be 10. */
static bool nhs_of(const char *nine, char ret[NHS_DIGITS])
{
	char all[NHS_DIGITS];

	for (int check = 0; check < 10; check++) {
		snprintf(all, sizeof all, "%.9s%d", nine, check);
		if (nhs_parse(all, ret))
			return true;
	}
	return false;
}

static bool is_cast(const char *nine)
{
	for (int i = 0; i < demo_ncast; i++)
		if (demo_cast[i].nhs && strcmp(demo_cast[i].nhs, nine) == 0)
			return true;
	return false;
}

/* The next number of the range, in an order that looks like none: the step has no factor in common
 * with the range, so every number comes once. */
static void next_nhs(struct crowd *c, char ret[NHS_DIGITS])
{
	char nine[16];

	do {
		uint32_t k = (uint32_t)((uint64_t)c->numbers++ * 617393 % RANGE);

		snprintf(nine, sizeof nine, "999%06u", (unsigned)k);
	} while (is_cast(nine) || !nhs_of(nine, ret));
}

static struct date born_on(struct demo *d)
{
	/* 18 to 68, most of them in the middle. */
	int age = 18 + demo_roll(d, 26) + demo_roll(d, 26);
	struct date day = { d->today.n - age * 365 - demo_roll(d, 365) };

	return day;
}

static const struct people_of *origin(struct demo *d)
{
	int at = demo_roll(d, 1000);

	for (int i = 0; i < demo_norigins; i++) {
		at -= demo_origins[i].share;
		if (at < 0)
			return &demo_origins[i];
	}
	return &demo_origins[0];
}

static const char *any(struct demo *d, const struct words *w)
{
	return w->v[demo_roll(d, w->n)];
}

static void surname_of(struct demo *d, const struct people_of *of, char *buf, size_t n)
{
	const char *first = any(d, &of->surnames);

	/* Two names joined, as marriages make them. */
	if (demo_in(d, 35))
		snprintf(buf, n, "%s-%s", first, any(d, &demo_origins[0].surnames));
	else
		snprintf(buf, n, "%s", first);
}

static const char *title_of(struct demo *d, bool man, const char *job)
{
	static const char *const women[] = { "Mrs", "Mrs", "Ms", "Ms", "Miss", "Mx" };

	if (strcmp(job, "Consultant") == 0 || strcmp(job, "Junior doctor") == 0)
		return "Dr";
	return man ? "Mr" : women[demo_roll(d, demo_in(d, 30) ? 6 : 5)];
}

static struct human *human(struct crowd *c, struct id id, char status)
{
	struct human *h = list_push(&c->d->people);

	*h = (struct human){ id, c->customer, 0, status, { 0 } };
	return h;
}

static struct new_person *person(struct crowd *c, struct id id)
{
	struct new_person *p = list_push(&c->args.persons);

	p->id = id;
	return p;
}

static void contact(struct crowd *c, struct id person, int nth, const char *kind, const char *value,
		    bool text_ok)
{
	struct new_contact *n = list_push(&c->args.contacts);

	*n = (struct new_contact){ .id = { person.n + nth },
				   .person = person,
				   .kind = kind,
				   .value = value,
				   .text_ok = text_ok };
}

static void somebody(struct crowd *c, struct id id)
{
	struct demo *d = c->d;
	struct texts *t = &c->texts[c->args.persons.n];
	const struct people_of *of = origin(d);
	bool man = demo_in(d, 270), nhs = c->customer < 4;
	int fate = demo_roll(d, 1000);
	char status = fate < 60 ? 'l' : fate < 62 ? 'd' : 'a';
	struct new_person *p = person(c, id);
	struct new_post *post = list_push(&c->args.posts);
	size_t serial = d->people.n;
	const char *manager;

	surname_of(d, of, t->surname, sizeof t->surname);
	p->surname = t->surname;
	p->given = any(d, man ? &of->men : &of->women);
	p->born = demo_in(d, 4) ? DATE_NONE : born_on(d);
	p->gender = demo_in(d, 6) ? "Non-binary" : man ? "Male" : "Female";
	p->status = status == 'l' ? "leaver" : status == 'd' ? "deceased" : "active";
	if (demo_in(d, 60))
		p->preferred = any(d, man ? &of->men : &of->women);
	if (demo_in(d, 960)) {
		next_nhs(c, t->nhs);
		p->nhs = t->nhs;
	}
	*post = (struct new_post){ .id = { id.n + 1 },
				   .person = id,
				   .customer = d->customers[c->customer],
				   .from = DATE_NONE,
				   .to = DATE_NONE };
	post->job = any(d, nhs ? &demo_jobs : &demo_external_jobs);
	post->department = nhs ? any(d, &demo_departments) : "Works";
	p->title = title_of(d, man, post->job);
	snprintf(t->employee_no, sizeof t->employee_no, "%zu", EMPLOYEES_FIRST + serial);
	post->employee_no = t->employee_no;
	manager = any(d, &demo_origins[0].surnames);
	snprintf(t->manager, sizeof t->manager, "%s, %s", manager, any(d, &demo_origins[0].women));
	post->manager = t->manager;
	snprintf(t->mobile, sizeof t->mobile, "07700900%03d", demo_roll(d, 1000));
	if (demo_in(d, 930))
		contact(c, id, 2, "mobile", t->mobile, demo_in(d, 800));
	snprintf(t->email, sizeof t->email, "staff%zu@%s", serial,
		 nhs ? "wessexvale.example" : "example.com");
	if (demo_in(d, 700))
		contact(c, id, 3, "email", t->email, false);
	human(c, id, status);
}

/* Somebody of the manual's pictures. */
static void known(struct crowd *c, const struct cast *k, struct id id)
{
	struct texts *t = &c->texts[c->args.persons.n];
	struct new_person *p = person(c, id);
	struct new_post *post = list_push(&c->args.posts);

	*p = (struct new_person){ .id = id,
				  .surname = k->surname,
				  .given = k->given,
				  .title = k->title,
				  .preferred = k->preferred,
				  .gender = k->gender,
				  .status = "active",
				  .born = DATE_NONE };
	date_from_ymd(k->born_y, k->born_m, k->born_d, &p->born);
	if (k->nhs && nhs_of(k->nhs, t->nhs))
		p->nhs = t->nhs;
	*post = (struct new_post){ .id = { id.n + 1 },
				   .person = id,
				   .customer = c->d->customers[k->customer],
				   .employee_no = k->employee_no,
				   .job = k->job,
				   .department = k->department,
				   .manager = "Price, Wendy",
				   .from = DATE_NONE,
				   .to = DATE_NONE };
	contact(c, id, 2, "mobile", k->mobile, true);
	human(c, id, 'a');
}

static int done(struct crowd *c, struct err *err)
{
	int rc = act_do(&c->d->desk, &act_people, &c->args, err);

	list_free(&c->args.persons);
	list_free(&c->args.posts);
	list_free(&c->args.contacts);
	return rc;
}

/* Ids are handed out inside a change only, so each command stands in a user act of its own. */
static int batch(struct crowd *c, int n, const struct cast *k, struct err *err)
{
	struct desk *desk = &c->d->desk;
	struct id first;

	if (act_begin(desk, err) < 0)
		return -1;
	first = desk_new_ids(desk, (int64_t)n * 4);
	for (int i = 0; i < n; i++) {
		struct id id = { first.n + i * 4 };

		if (k)
			known(c, k, id);
		else
			somebody(c, id);
	}
	if (done(c, err) < 0) {
		act_abandon(desk);
		return -1;
	}
	return act_end(desk, err);
}

static void turn_to(struct crowd *c, int customer)
{
	const struct customer *who = ref_customer(&c->d->desk, c->d->customers[customer]);

	c->customer = customer;
	snprintf(c->scope, sizeof c->scope, "org:%.20s", who->code);
	c->args.scope = c->scope;
	c->args.source = "csv";
}

static int staff_of(struct crowd *c, int n, struct err *err)
{
	struct demo *d = c->d;

	while (n > 0) {
		int some = n < PEOPLE_MOST ? n : PEOPLE_MOST;

		if (batch(c, some, NULL, err) < 0 ||
		    demo_tick(d, "people", (int64_t)d->people.n, d->want->people, err) < 0)
			return -1;
		n -= some;
	}
	return 0;
}

int demo_people(struct demo *d, struct err *err)
{
	struct crowd c = { .d = d };
	int rc = 0, left = d->want->people - demo_ncast;

	c.texts = mem_new(PEOPLE_MOST * sizeof *c.texts);
	for (int i = 0; rc == 0 && i < demo_ncast; i++) {
		turn_to(&c, demo_cast[i].customer);
		rc = batch(&c, 1, &demo_cast[i], err);
	}
	d->cast = d->people.n;
	/* The largest last: it gets whoever is left over. */
	for (int i = CUSTOMERS - 1; rc == 0 && i >= 0; i--) {
		int n = i == 0 ? left : (int)((int64_t)d->want->people * shares[i] / 1000);

		turn_to(&c, i);
		rc = staff_of(&c, n, err);
		left -= n;
	}
	mem_free(c.texts);
	return rc;
}
