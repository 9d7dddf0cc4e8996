/*
 * esr.c: staff from ESR: files taken in, and what they leave for people to settle.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/progress.h"
#include "cli/tables.h"
#include "clinic/esr.h"
#include "clinic/intake.h"

/* ---- files ---- */

struct importing {
	struct cli *c;
	struct progress progress;
	bool begun;
};

static void import_tick(void *ctx, int64_t done, int64_t total, int64_t rows)
{
	struct importing *i = ctx;

	progress_step(&i->progress, done, total, rows, "rows");
}

static void import_done(void *ctx, const struct esr_counts *n)
{
	static const char *const columns[] = { "file",	  "passed_over", "rows",    "added",
					       "changed", "same",	 "left",    "proposed",
					       "differs", "missing",	 "refused", "passed",
					       NULL };
	struct importing *i = ctx;
	struct out *o = &i->c->out;

	if (!i->begun)
		out_begin(o, columns);
	i->begun = true;
	out_text(o, n->file);
	out_text(o, n->over);
	out_int(o, n->rows);
	out_int(o, n->added);
	out_int(o, n->changed);
	out_int(o, n->same);
	out_int(o, n->left);
	out_int(o, n->proposed);
	out_int(o, n->differs);
	out_int(o, n->missing);
	out_int(o, n->refused);
	out_int(o, n->passed);
	if (n->refused)
		desk_warn(&i->c->desk, "%lld refused in %s: its .rejects says which and why.",
			  (long long)n->refused, n->file);
	else if (n->proposed || n->differs || n->missing)
		desk_warn(&i->c->desk,
			  "Left for a person: esr proposals, esr differences, esr missing.");
}

static int import_run(struct cli *c, struct err *err)
{
	struct importing i = { c, progress_begin("Taking in"), false };
	const struct esr_import want = { .files = c->args,
					 .n = (size_t)c->nargs,
					 .by_row = cli_opt(c, "by-row"),
					 .done = import_done,
					 .tick = import_tick,
					 .ctx = &i };
	int rc;

	rc = esr_import(&c->desk, &want, err);
	progress_end(&i.progress);
	if (i.begun)
		out_end(&c->out);
	return rc;
}

/* ---- who is who ---- */

static int limit_of(const struct cli *c, int *ret, struct err *err)
{
	*ret = ESR_LIST_MOST;
	return cli_opt_int(c, "limit", 1, ESR_LIST_MOST, ret, err);
}

static int proposals_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "esr",	"vpd",	   "name", "born", "employee_no",
					       "alike", "persons", "sure", NULL };
	struct esr_proposals list = { 0 };
	int limit, rc;

	if (limit_of(c, &limit, err) < 0)
		return -1;
	rc = esr_proposals(&c->desk, (size_t)limit, &list, err);
	if (rc == 0)
		out_begin(&c->out, columns);
	for (size_t i = 0; rc == 0 && i < list.n; i++) {
		const struct esr_proposal *p = &list.v[i];
		struct buf ids = { 0 };
		char text[ID_TEXT];

		for (int k = 0; k < p->n; k++)
			buf_printf(&ids, "%s%s", k ? " " : "", id_text(p->alike[k], text));
		out_int(&c->out, p->no);
		out_int(&c->out, p->vpd);
		out_text(&c->out, p->name);
		out_date(&c->out, p->born);
		out_text(&c->out, *p->employee_no ? p->employee_no : NULL);
		out_int(&c->out, p->n);
		out_text(&c->out, ids.s);
		out_text(&c->out, p->sure ? "yes" : NULL);
		buf_done(&ids);
	}
	if (rc == 0)
		out_end(&c->out);
	list_free(&list);
	return rc;
}

static int number_of(const char *s, int64_t *ret, struct err *err)
{
	char *end;

	*ret = strtoll(s, &end, 10);
	return *end || *ret <= 0 ? err_set(err, ERR_INPUT, "%s is no number of a person in ESR.", s)
				 : 0;
}

static int vpd_of(const struct cli *c, int *ret, struct err *err)
{
	*ret = 0;
	return cli_opt_int(c, "vpd", 1, 999, ret, err);
}

static int sure_run(struct cli *c, struct err *err)
{
	int64_t n;
	int limit;

	if (limit_of(c, &limit, err) < 0 || esr_link_sure(&c->desk, (size_t)limit, &n, err) < 0)
		return -1;
	out_line(&c->out, "%lld linked.", (long long)n);
	return 0;
}

static int link_run(struct cli *c, struct err *err)
{
	struct id person;
	int64_t no;
	int vpd;

	if (cli_opt(c, "sure") && c->nargs == 0)
		return sure_run(c, err);
	if (c->nargs != 2 || cli_opt(c, "sure"))
		return err_set(err, ERR_USAGE, "Say which: esr link PERSON NUMBER, or --sure.");
	if (vpd_of(c, &vpd, err) < 0 || intake_named(&c->desk, c->args[0], &person, err) < 0 ||
	    number_of(c->args[1], &no, err) < 0 || esr_link(&c->desk, vpd, no, person, err) < 0)
		return -1;
	out_line(&c->out, "ESR's %lld is that person.", (long long)no);
	return 0;
}

static int new_run(struct cli *c, struct err *err)
{
	int64_t no;
	int vpd;

	if (vpd_of(c, &vpd, err) < 0 || number_of(c->args[0], &no, err) < 0 ||
	    esr_link(&c->desk, vpd, no, (struct id){ 0 }, err) < 0)
		return -1;
	out_line(&c->out, "ESR's %lld is somebody new: registered.", (long long)no);
	return 0;
}

/* ---- differences ---- */

static int differences_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "id",	"person_id", "person", "born",
					       "field", "ours",	     "esr",    NULL };
	struct esr_open_differences list = { 0 };
	int limit, rc;

	if (limit_of(c, &limit, err) < 0)
		return -1;
	rc = esr_open_differences(&c->desk, (size_t)limit, &list, err);
	if (rc == 0)
		out_begin(&c->out, columns);
	for (size_t i = 0; rc == 0 && i < list.n; i++) {
		const struct esr_open_difference *d = &list.v[i];

		out_id(&c->out, d->id);
		out_id(&c->out, d->person);
		out_text(&c->out, d->name);
		out_date(&c->out, d->born);
		out_text(&c->out, d->field);
		out_text(&c->out, *d->ours ? d->ours : NULL);
		out_text(&c->out, *d->theirs ? d->theirs : NULL);
	}
	if (rc == 0)
		out_end(&c->out);
	list_free(&list);
	return rc;
}

static int settle_run(struct cli *c, struct err *err)
{
	bool take = cli_opt(c, "take") != NULL, keep = cli_opt(c, "keep") != NULL;
	struct id id;

	if (take == keep)
		return err_set(err, ERR_USAGE, "Whose word holds?  --take ESR's, or --keep ours.");
	for (int i = 0; i < c->nargs; i++)
		if (cli_id(c->args[i], "difference", &id, err) < 0 ||
		    esr_settle(&c->desk, id, take, err) < 0)
			return -1;
	out_line(&c->out, "%d settled.", c->nargs);
	return 0;
}

/* ---- missing, absences ---- */

static int missing_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = {
		"person_id", "person", "born", "esr", "since", NULL
	};
	struct esr_missings list = { 0 };
	int limit, rc;

	if (limit_of(c, &limit, err) < 0)
		return -1;
	rc = esr_missings(&c->desk, (size_t)limit, &list, err);
	if (rc == 0)
		out_begin(&c->out, columns);
	for (size_t i = 0; rc == 0 && i < list.n; i++) {
		const struct esr_missing *m = &list.v[i];

		out_id(&c->out, m->person);
		out_text(&c->out, m->name);
		out_date(&c->out, m->born);
		out_int(&c->out, m->no);
		out_date(&c->out, m->since);
	}
	if (rc == 0)
		out_end(&c->out);
	list_free(&list);
	return rc;
}

static int absences_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "from",	  "to",	    "reason",	"work_related",
					       "surgery", "talked", "referred", NULL };
	struct esr_aways list = { 0 };
	struct id person;
	int limit, rc;

	if (!esr_sees_absences(&c->desk))
		return err_set(err, ERR_DENIED,
			       "Absences are for nurses, clinicians and counsellors.");
	if (limit_of(c, &limit, err) < 0 || intake_named(&c->desk, c->args[0], &person, err) < 0 ||
	    intake_opened(&c->desk, person, err) < 0)
		return -1;
	rc = esr_absences_of(&c->desk, person, (size_t)limit, &list, err);
	if (rc == 0)
		out_begin(&c->out, columns);
	for (size_t i = 0; rc == 0 && i < list.n; i++) {
		const struct esr_away *a = &list.v[i];

		out_date(&c->out, a->from);
		out_date(&c->out, a->to);
		out_text(&c->out, *a->reason ? a->reason : NULL);
		out_text(&c->out, a->work_related ? "yes" : NULL);
		out_text(&c->out, a->surgery ? "yes" : NULL);
		out_date(&c->out, a->talked);
		out_date(&c->out, a->referred);
	}
	if (rc == 0)
		out_end(&c->out);
	list_free(&list);
	return rc;
}

static const struct option import_options[] = {
	{ "by-row", NULL, "take the good rows; the others are listed in FILE.rejects" },
	{ 0 },
};
static const struct option list_options[] = {
	{ "limit", "N", "rows at most (1000)" },
	{ 0 },
};
static const struct option link_options[] = {
	{ "vpd", "N", "organisation, when there are several" },
	{ "sure", NULL, "all proposals of one person alone, alike in name, birth date and number" },
	{ "limit", "N", "proposals looked at (1000)" },
	{ 0 },
};
static const struct option new_options[] = {
	{ "vpd", "N", "organisation, when there are several" },
	{ 0 },
};
static const struct option settle_options[] = {
	{ "take", NULL, "ESR's word" },
	{ "keep", NULL, "ours" },
	{ 0 },
};

const struct command esr_commands[] = {
	{ "esr", "import", "FILE...",
	  "staff from ESR's outbound files, full (GOF) and changes (GOC), in the order of their days;"
	  " each all or nothing; whose they are: customer set CODE --vpd N",
	  import_options, 1, -1, 0, import_run },
	{ "esr", "proposals", "", "people of ESR who look like somebody known", list_options, 0, 0,
	  0, proposals_run },
	{ "esr", "link", "PERSON NUMBER", "says that ESR's person is that one", link_options, 0, 2,
	  0, link_run },
	{ "esr", "new", "NUMBER", "says that ESR's person is somebody new", new_options, 1, 1, 0,
	  new_run },
	{ "esr", "differences", "", "what was typed here and ESR says otherwise", list_options, 0,
	  0, 0, differences_run },
	{ "esr", "settle", "ID...", "settles differences", settle_options, 1, -1, 0, settle_run },
	{ "esr", "missing", "", "people whom the last full file no longer had", list_options, 0, 0,
	  0, missing_run },
	{ "esr", "absences", "PERSON", "absences of one person; the opening is logged",
	  list_options, 1, 1, 0, absences_run },
	{ 0 },
};
