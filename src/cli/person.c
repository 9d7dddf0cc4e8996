/*
 * person.c: people found, shown, registered, changed and taken in from files.
 *
 * The options are the fields of clinic/intake.h, so a new field is one row there.
 */
#include <string.h>

#include "base/alloc.h"
#include "cli/progress.h"
#include "cli/tables.h"
#include "clinic/intake.h"
#include "clinic/pairs.h"
#include "clinic/refs.h"

/* ---- rows ---- */

#define PERSON_COLUMNS "id", "name", "born", "nhs_number", "employee_no", "customer", "status"

/* Nothing known is null, not an empty word. */
static void out_known(struct out *o, const char *s)
{
	out_text(o, s && *s ? s : NULL);
}

/* The columns that every row of a person starts with. */
static void put_person(struct cli *c, const struct person *p, const char *employee_no,
		       const char *customer)
{
	char name[PERSON_TEXT];

	out_id(&c->out, p->id);
	out_text(&c->out, person_show(p->surname, p->given, p->title, name));
	out_date(&c->out, p->born);
	out_known(&c->out, p->nhs);
	out_known(&c->out, employee_no);
	out_known(&c->out, customer);
	out_text(&c->out, p->status);
}

static const char *customer_code(const struct cli *c, struct id id)
{
	const struct customer *customer = ref_customer(&c->desk, id);

	return customer ? customer->code : "";
}

/* As it is stored: digits, days as scripts read them. */
static void put_field(struct cli *c, const struct person_card *card, enum intake_field f)
{
	const struct post *post = posts_current(&card->posts);
	const struct contact *contact = contacts_of(&card->contacts, intake_header(f));
	const struct detail *detail = details_find(&card->details, intake_header(f));
	char buf[INTAKE_TEXT];

	if (f == IN_POST_FROM || f == IN_POST_TO)
		out_date(&c->out, !post ? DATE_NONE : f == IN_POST_FROM ? post->from : post->to);
	else
		out_known(&c->out, contact  ? contact->value
				   : detail ? detail->value
					    : intake_value(card, f, (struct id){ 0 }, buf));
}

static int put_card(struct cli *c, struct id id, struct err *err)
{
	/* The fields of INTAKE_FIELDS that PERSON_COLUMNS do not have, in their order. */
	static const enum intake_field fields[] = {
		IN_PREFERRED, IN_GENDER, IN_JOB,  IN_DEPARTMENT, IN_MANAGER,
		IN_MOBILE,    IN_HOME,	 IN_WORK, IN_EMAIL,	 IN_TEXT_OK,
	};
	enum { FIRST = 7, MORE = sizeof fields / sizeof *fields };
	const char *columns[FIRST + INTAKE_COUNT + 1] = { PERSON_COLUMNS };
	struct person_card card;
	int n = FIRST;

	if (intake_person(&c->desk, id, &card, err) < 0)
		return -1;
	const struct post *post = posts_current(&card.posts);

	for (int i = 0; i < MORE; i++)
		columns[n++] = intake_header(fields[i]);
	for (int f = IN_STATUS + 1; f < INTAKE_COUNT; f++)
		columns[n++] = intake_header((enum intake_field)f);
	out_begin(&c->out, columns);
	put_person(c, &card.person, post ? post->employee_no : "",
		   post ? customer_code(c, post->customer) : "");
	for (int i = 0; i < MORE; i++)
		put_field(c, &card, fields[i]);
	for (int f = IN_STATUS + 1; f < INTAKE_COUNT; f++)
		put_field(c, &card, (enum intake_field)f);
	out_end(&c->out);
	person_card_done(&card);
	return 0;
}

/* ---- find, show ---- */

static int find_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { PERSON_COLUMNS, "next",	 "state",
					       "alike",	       "sounds", NULL };
	struct found_list list = { 0 };
	int limit = 50;

	if (cli_opt_int(c, "limit", 1, FIND_MOST, &limit, err) < 0 ||
	    intake_find(&c->desk, c->args[0], limit, &list, err) < 0)
		return -1;
	out_begin(&c->out, columns);
	list_each (f, &list) {
		put_person(c, &f->person, f->employee_no, customer_code(c, f->employer));
		out_moment(&c->out, f->next.starts);
		out_text(&c->out, f->next.state ? (char[]){ f->next.state, '\0' } : NULL);
		if (f->alike)
			out_id(&c->out, list.v[f->alike - 1].person.id);
		else
			out_text(&c->out, NULL);
		out_text(&c->out, f->sounds ? "yes" : NULL);
	}
	out_end(&c->out);
	if (list.total > (int)list.n)
		desk_warn(&c->desk,
			  "%d%s found, the first %zu shown: add a first name or date of birth.",
			  list.total, list.at_least ? " or more" : "", list.n);
	list_free(&list);
	return 0;
}

static int show_run(struct cli *c, struct err *err)
{
	struct id id;

	if (intake_named(&c->desk, c->args[0], &id, err) < 0 ||
	    intake_opened(&c->desk, id, err) < 0)
		return -1;
	return put_card(c, id, err);
}

/* ---- add, set ---- */

#define X(name, header, option, help) { option, "VALUE", help },
static const struct option add_options[] = {
	INTAKE_FIELDS(X){ "customer", "CODE", "the employer" },
	{ "anyway", NULL, "add although somebody looks the same" },
	{ 0 },
};
static const struct option set_options[] = {
	INTAKE_FIELDS(X){ "customer", "CODE", "whose job and number; another employer is added" },
	{ 0 },
};
#undef X

static void form_of(const struct cli *c, struct intake_form *form)
{
	static const char *const options[] = {
#define X(name, header, option, help) option,
		INTAKE_FIELDS(X)
#undef X
	};
	form->customer = (struct id){ 0 };
	for (int f = 0; f < INTAKE_COUNT; f++)
		form->v[f] = cli_opt(c, options[f]);
}

static int add_run(struct cli *c, struct err *err)
{
	const char *code = cli_opt(c, "customer");
	const struct customer *customer = NULL;
	struct intake_form form;
	struct id id;

	form_of(c, &form);
	if ((code && find_customer(&c->desk, code, &customer, err) < 0) ||
	    intake_add(&c->desk, &form, customer ? customer->id : (struct id){ 0 },
		       cli_opt(c, "anyway") != NULL, &id, err) < 0)
		return -1;
	return put_card(c, id, err);
}

static int set_run(struct cli *c, struct err *err)
{
	const char *code = cli_opt(c, "customer");
	const struct customer *customer = NULL;
	struct intake_form form;
	struct id id;

	form_of(c, &form);
	if (code && find_customer(&c->desk, code, &customer, err) < 0)
		return -1;
	form.customer = customer ? customer->id : (struct id){ 0 };
	if (intake_named(&c->desk, c->args[0], &id, err) < 0 ||
	    intake_set(&c->desk, id, &form, NULL, err) < 0)
		return -1;
	return put_card(c, id, err);
}

/* ---- two records of one person ---- */

static int duplicates_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "id",	     "name",
					       "born",	     "nhs_number",
					       "other_id",   "other",
					       "other_born", "other_nhs_number",
					       "why",	     NULL };
	struct pairs pairs = { 0 };
	struct pairs_at at = { 0 };
	char name[PERSON_TEXT], why[PAIR_WORDS];
	int limit = 50, rc = 0;

	if (cli_opt_int(c, "limit", 1, FIND_MOST, &limit, err) < 0)
		return -1;
	while (rc == 0 && !at.done && pairs.n < (size_t)limit)
		rc = pairs_find(&c->desk, (size_t)limit, &at, &pairs, err);
	if (rc == 0) {
		out_begin(&c->out, columns);
		for (size_t i = 0; i < pairs.n && i < (size_t)limit; i++) {
			const struct person *both[] = { &pairs.v[i].a, &pairs.v[i].b };

			for (int k = 0; k < 2; k++) {
				const struct person *p = both[k];

				out_id(&c->out, p->id);
				out_text(&c->out,
					 person_show(p->surname, p->given, p->title, name));
				out_date(&c->out, p->born);
				out_known(&c->out, p->nhs);
			}
			out_text(&c->out, pair_words(pairs.v[i].why, why));
		}
		out_end(&c->out);
	}
	list_free(&pairs);
	return rc;
}

static int merge_run(struct cli *c, struct err *err)
{
	struct id keep, other;
	const char *why;

	if (cli_need(c, "why", &why, err) < 0 ||
	    intake_named(&c->desk, c->args[0], &keep, err) < 0 ||
	    intake_named(&c->desk, c->args[1], &other, err) < 0 ||
	    pairs_merge(&c->desk, keep, other, why, err) < 0)
		return -1;
	return put_card(c, keep, err);
}

static int apart_run(struct cli *c, struct err *err)
{
	struct id a, b;

	if (intake_named(&c->desk, c->args[0], &a, err) < 0 ||
	    intake_named(&c->desk, c->args[1], &b, err) < 0)
		return -1;
	return pairs_apart(&c->desk, a, b, err);
}

static const struct option merge_options[] = {
	{ "why", "TEXT", "how it is known that they are one" },
	{ 0 },
};
static const struct option duplicates_options[] = {
	{ "limit", "N", "pairs at most (50)" },
	{ 0 },
};

/* ---- files ---- */

static void import_tick(void *ctx, int64_t done, int64_t total, int64_t rows)
{
	progress_step(ctx, done, total, rows, "rows");
}

static int import_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "added",	  "changed", "same", "refused",
					       "differs", "alike",   NULL };
	struct progress progress = progress_begin("Taking in");
	struct intake_import want = { .file = c->args[0],
				      .by_row = cli_opt(c, "rows"),
				      .tick = import_tick,
				      .ctx = &progress };
	struct intake_counts counts;
	const struct customer *customer;
	const char *code;
	int rc;

	if (cli_need(c, "customer", &code, err) < 0 ||
	    find_customer(&c->desk, code, &customer, err) < 0)
		return -1;
	want.customer = customer->id;
	rc = intake_import(&c->desk, &want, &counts, err);
	progress_end(&progress);
	if (rc < 0)
		return -1;
	out_begin(&c->out, columns);
	out_int(&c->out, counts.added);
	out_int(&c->out, counts.changed);
	out_int(&c->out, counts.same);
	out_int(&c->out, counts.refused);
	out_int(&c->out, counts.differs);
	out_int(&c->out, counts.alike);
	out_end(&c->out);
	if (counts.refused)
		desk_warn(&c->desk, "%lld refused: %s.rejects says which and why.%s",
			  (long long)counts.refused, want.file,
			  counts.differs ? "  What differs is in .differs." : "");
	else if (counts.differs)
		desk_warn(&c->desk, "%lld left as a desk typed it: see %s.differs.",
			  (long long)counts.differs, want.file);
	return 0;
}

static const struct option import_options[] = {
	{ "customer", "CODE", "the employer of everybody in the file" },
	{ "rows", NULL, "take the good rows; the others go to FILE.rejects" },
	{ 0 },
};

static const struct option find_options[] = {
	{ "limit", "N", "rows at most (50)" },
	{ 0 },
};

#define X(name, header, option, help) " " header
#define HEADERS			      INTAKE_FIELDS(X)

const struct command person_commands[] = {
	{ "person", "import", "FILE",
	  "people from a CSV file, all or nothing; columns in any order; surname, given and one of"
	  " employee_no nhs_number born are needed; days are 1984-08-14 or 14/08/1984:" HEADERS,
	  import_options, 1, 1, 0, import_run },
	{ "person", "find", "TEXT", "people by name, date of birth or any of their numbers",
	  find_options, 1, 1, 0, find_run },
	{ "person", "show", "ID", "one person; the opening is logged", NULL, 1, 1, 0, show_run },
	{ "person", "add", "", "registers somebody", add_options, 0, 0, 0, add_run },
	{ "person", "set", "ID", "changes what is known of somebody", set_options, 1, 1, 0,
	  set_run },
	{ "person", "duplicates", "", "pairs of records that may be one person's",
	  duplicates_options, 0, 0, 0, duplicates_run },
	{ "person", "merge", "KEEP OTHER", "two records are one person's: OTHER leads to KEEP",
	  merge_options, 2, 2, 0, merge_run },
	{ "person", "apart", "ID OTHER", "two who look like one are two", NULL, 2, 2, 0,
	  apart_run },
	{ 0 },
};
#undef X
