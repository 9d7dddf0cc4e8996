/*
 * intake_import.c: people from a CSV file.
 *
 * Always holds: one user act and one transaction, so a file is taken in wholly or not at all, kill
 * or no kill; nobody is made twice, neither from two files nor from two lines.  New people go in
 * commands of PEOPLE_MOST; everybody who changes gets a command of their own, so that their history
 * says so.  Memory is one batch of rows and one number for each person seen.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/csv.h"
#include "base/hash.h"
#include "base/text.h"
#include "clinic/intake_beside.h"
#include "clinic/intake_row.h"
#include "clinic/seen.h"
#include "store/people.h"
#include "store/store.h"

enum { COLUMN_IGNORED = -1, TICK_ROWS = 200 };

struct job {
	struct desk *desk;
	const struct intake_import *want;
	struct intake_counts counts;
	struct csv *csv;
	struct csv_row header, row;
	char *header_cells; /* what header.v points into */
	int columns[CSV_FIELDS];
	/* The new people of the next command. */
	struct intake_row *batch; /* PEOPLE_MOST of them */
	int64_t lines[PEOPLE_MOST];
	int n;
	struct seen in_batch; /* hashes of their numbers and names */
	struct seen people;   /* ids of everybody in this file so far */
	struct beside rejects, differs;
	struct id person;    /* whose differences are being listed */
	struct err first;    /* the first refusal, with its line */
	struct err unlisted; /* a list that could not be written */
	int64_t rows;
};

/* ---- the header ---- */

static int column_of(const char *name)
{
	static const char *const ours[] = { "line", "reason" }; /* of a list of refused rows */

	for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
		if (strcasecmp(name, ours[i]) == 0)
			return COLUMN_IGNORED;
	for (int f = 0; f < INTAKE_COUNT; f++)
		if (strcasecmp(name, intake_header((enum intake_field)f)) == 0)
			return f;
	return INTAKE_COUNT;
}

static int unknown_column(const char *name, struct err *err)
{
	return err_input(err, "file",
			 "Line 1: there is no column %.40s: ohdesk help person import lists them.",
			 name);
}

/* A copy that outlives the next row: the refused rows repeat it. */
static void keep_header(struct job *job, const struct csv_row *row)
{
	size_t n = (size_t)(row->v[row->n - 1] - row->v[0]) + strlen(row->v[row->n - 1]) + 1;

	job->header = *row;
	job->header_cells = mem_strn(row->v[0], n);
	for (int i = 0; i < row->n; i++)
		job->header.v[i] = job->header_cells + (row->v[i] - row->v[0]);
}

static int read_header(struct job *job, struct err *err)
{
	struct csv_row row;
	uint64_t have = 0;
	int rc = csv_next(job->csv, &row, err);

	if (rc < 0)
		return -1;
	if (rc == 0)
		return err_input(err, "file",
				 "%s is empty: it needs a line of column names and rows.",
				 job->want->file);
	for (int i = 0; i < row.n; i++) {
		const char *why;
		char *name = text_clean(row.v[i], 60, &why);
		int column = name ? column_of(name) : INTAKE_COUNT;

		mem_free(name);
		if (column == INTAKE_COUNT)
			return unknown_column(*row.v[i] ? row.v[i] : "(without a name)", err);
		job->columns[i] = column;
		if (column == COLUMN_IGNORED)
			continue;
		if (have >> column & 1)
			return err_input(err, "file", "Line 1: the column %s stands twice.",
					 intake_header((enum intake_field)column));
		have |= IN_BIT(column);
	}
	if (!(have >> IN_SURNAME & 1) || !(have >> IN_GIVEN & 1) ||
	    !(have & (IN_BIT(IN_EMPLOYEE_NO) | IN_BIT(IN_NHS) | IN_BIT(IN_BORN))))
		return err_input(
			err, "file",
			"Line 1: surname, given and one of employee_no, nhs_number, born are needed.");
	keep_header(job, &row);
	return 0;
}

/* ---- one row ---- */

static int refuse(struct job *job, const struct err *why, struct err *err)
{
	struct buf *out = &job->rejects.buf;
	char line[24];

	job->counts.refused++;
	if (job->first.kind == ERR_NONE)
		err_set(&job->first, ERR_INPUT, "Line %lld: %s", (long long)job->row.line,
			why->text);
	if (!job->want->by_row)
		return 0;
	if (job->rejects.rows == 0) {
		buf_str(out, "line,reason");
		for (int i = 0; i < job->header.n; i++)
			if (job->columns[i] != COLUMN_IGNORED)
				csv_put(out, job->header.v[i], 0);
		buf_str(out, "\r\n");
	}
	snprintf(line, sizeof line, "%lld", (long long)job->row.line);
	csv_put(out, line, 1);
	csv_put(out, why->text, 0);
	for (int i = 0; i < job->row.n; i++)
		if (i >= job->header.n || job->columns[i] != COLUMN_IGNORED)
			csv_put(out, job->row.v[i], 0);
	buf_str(out, "\r\n");
	return beside_row(&job->rejects, err);
}

static int read_row(struct job *job, struct intake_row *ret, struct err *why)
{
	struct intake_form form = { 0 };

	if (job->row.n != job->header.n)
		return err_input(why, "file", "%d fields where the first line names %d.",
				 job->row.n, job->header.n);
	/* An empty cell says nothing: it never clears what is known. */
	for (int i = 0; i < job->row.n; i++)
		if (job->columns[i] != COLUMN_IGNORED && job->row.v[i][strspn(job->row.v[i], " ")])
			form.v[job->columns[i]] = job->row.v[i];
	if (intake_read(&form, job->desk->today, false, ret, why) < 0)
		return -1;
	if (!row_has(ret, IN_SURNAME) || !row_has(ret, IN_GIVEN))
		return err_input(why, "surname", "A surname and a given name are needed.");
	if (!row_has(ret, IN_EMPLOYEE_NO) && !row_has(ret, IN_NHS) && !row_has(ret, IN_BORN))
		return err_input(why, "employee_no",
				 "An employee number, NHS number or date of birth is needed.");
	return intake_post_order(NULL, ret, why);
}

static int flush(struct job *job, struct err *err)
{
	char scope[48];
	struct people args = { .scope = scope, .source = "csv" };
	int rc;

	if (job->n == 0)
		return 0;
	int64_t ids = 0;

	for (int i = 0; i < job->n; i++)
		ids += intake_ids(&job->batch[i]);
	struct id id = desk_new_ids(job->desk, ids);

	intake_scope(job->desk, job->want->customer, scope, sizeof scope);
	for (int i = 0; i < job->n; i++) {
		intake_new(&args, &job->batch[i], job->want->customer, id);
		seen_put(&job->people, (uint64_t)id.n, job->lines[i]);
		id.n += intake_ids(&job->batch[i]);
	}
	rc = act_do(job->desk, &act_people, &args, err);
	intake_new_done(&args);
	job->n = 0;
	seen_clear(&job->in_batch);
	return rc;
}

static uint64_t hash_word(char kind, const char *a, const char *b, int64_t n)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325) ^ (uint64_t)kind ^ (uint64_t)n << 8;

	for (; *a; a++)
		h = (h ^ (unsigned char)*a) * UINT64_C(0x100000001b3);
	h = (h ^ 0x1f) * UINT64_C(0x100000001b3);
	for (; *b; b++)
		h = (h ^ (unsigned char)*b) * UINT64_C(0x100000001b3);
	return h ? h : 1;
}

/* Could this be somebody who waits in the batch?  Then they are written first, so that the database
 * answers exactly; two that merely hash alike cost no more than a short command. */
static bool may_wait(struct job *job, const struct intake_row *row, bool put)
{
	uint64_t keys[3];
	int n = 0;
	bool hit = false;
	char *a, *b;

	if (*row->post.employee_no) {
		a = text_fold(row->post.employee_no);
		keys[n++] = hash_word('e', a, "", 0);
		mem_free(a);
	}
	if (*row->person.nhs)
		keys[n++] = hash_word('h', row->person.nhs, "", 0);
	if (!date_none(row->person.born)) {
		intake_fold(&row->person, &a, &b);
		keys[n++] = hash_word('n', a, b, row->person.born.n);
		mem_free(a);
		mem_free(b);
	}
	for (int i = 0; i < n; i++)
		if (put)
			seen_put(&job->in_batch, keys[i], 1);
		else
			hit = hit || seen_get(&job->in_batch, keys[i]);
	return hit;
}

static void list_difference(void *ctx, const struct differing *d)
{
	struct job *job = ctx;
	struct buf *out = &job->differs.buf;
	char text[ID_TEXT], line[24];

	job->counts.differs++;
	if (job->differs.rows == 0)
		buf_str(out, "line,id,field,here,file\r\n");
	snprintf(line, sizeof line, "%lld", (long long)job->row.line);
	csv_put(out, line, 1);
	csv_put(out, id_text(job->person, text), 0);
	csv_put(out, intake_header(d->field), 0);
	csv_put(out, d->here, 0);
	csv_put(out, d->there, 0);
	buf_str(out, "\r\n");
	if (job->unlisted.kind == ERR_NONE)
		beside_row(&job->differs, &job->unlisted);
}

static int change(struct job *job, struct id person, const struct intake_row *row, struct err *err)
{
	struct person_card now;
	struct people *args;
	int rc = 0;

	if (intake_person(job->desk, person, &now, err) < 0)
		return -1;
	job->person = person;
	const struct intake_diff diff = { .desk = job->desk,
					  .now = &now,
					  .seen = &now,
					  .row = row,
					  .customer = job->want->customer,
					  .source = "csv",
					  .differs = list_difference,
					  .ctx = job };

	args = intake_diff(&diff);
	if (args)
		rc = act_do(job->desk, &act_person_set, args, err);
	if (rc == 0)
		*(args ? &job->counts.changed : &job->counts.same) += 1;
	args_free(&act_person_set.fields, args);
	person_card_done(&now);
	return rc;
}

static int take_row(struct job *job, struct err *err)
{
	struct intake_row *row = &job->batch[job->n];
	struct err why = ERR_INIT;
	struct match match;
	int64_t line;

	if (read_row(job, row, &why) < 0)
		return refuse(job, &why, err);
	if (may_wait(job, row, false)) {
		struct intake_row kept = *row;

		if (flush(job, err) < 0)
			return -1;
		row = &job->batch[0];
		*row = kept;
	}
	if (intake_match(job->desk, job->want->customer, row, &match, &why) < 0) {
		if (why.kind == ERR_INPUT)
			return refuse(job, &why, err);
		*err = why;
		return -1;
	}
	if (!id_none(match.person)) {
		line = seen_put(&job->people, (uint64_t)match.person.n, job->row.line);
		if (line == 0)
			return change(job, match.person, row, err);
		err_input(&why, "file", "The same person stands on line %lld.", (long long)line);
		return refuse(job, &why, err);
	}
	may_wait(job, row, true);
	job->counts.added++;
	job->counts.alike += match.alike;
	job->lines[job->n++] = job->row.line;
	return job->n == PEOPLE_MOST ? flush(job, err) : 0;
}

/* ---- the file ---- */

static int take_rows(struct job *job, struct err *err)
{
	const struct intake_import *want = job->want;
	int rc;

	while ((rc = csv_next(job->csv, &job->row, err)) == 1) {
		if (take_row(job, err) < 0)
			return -1;
		if (++job->rows % TICK_ROWS == 0 && want->tick)
			want->tick(want->ctx, csv_read(job->csv), csv_size(job->csv), job->rows);
	}
	return rc < 0 ? -1 : flush(job, err);
}

static int note(struct job *job, struct err *err)
{
	const char *slash = strrchr(job->want->file, '/');
	char *name = text_printable(slash ? slash + 1 : job->want->file);
	struct import import = { .kind = "csv",
				 .name = name,
				 .at = job->desk->now,
				 .user = job->desk->user.id,
				 .added = job->counts.added,
				 .changed = job->counts.changed,
				 .same = job->counts.same,
				 .refused = job->counts.refused };
	int rc;

	csv_hash(job->csv, import.hash);
	rc = import_put(job->desk->store, &import, err);
	mem_free(name);
	return rc;
}

/* Inside the user act. */
static int take_file(struct job *job, struct err *err)
{
	if (take_rows(job, err) < 0)
		return -1;
	if (job->unlisted.kind != ERR_NONE) {
		*err = job->unlisted;
		return -1;
	}
	if (job->counts.refused && !job->want->by_row)
		return err_set(err, ERR_INPUT, "%.170s  Nothing was taken in (%lld refused).",
			       job->first.text, (long long)job->counts.refused);
	if (note(job, err) < 0 || beside_ready(&job->rejects, err) < 0 ||
	    beside_ready(&job->differs, err) < 0)
		return -1;
	return 0;
}

static int run(struct job *job, struct err *err)
{
	if (csv_open(job->want->file, &job->csv, err) < 0 || read_header(job, err) < 0 ||
	    act_begin(job->desk, err) < 0)
		return -1;
	store_roomy(job->desk->store, true);
	int rc = take_file(job, err);

	if (rc == 0)
		rc = act_end(job->desk, err);
	else
		act_abandon(job->desk);
	store_roomy(job->desk->store, false);
	if (rc == 0 && (beside_keep(&job->rejects, err) < 0 || beside_keep(&job->differs, err) < 0))
		rc = -1;
	return rc;
}

int intake_import(struct desk *desk, const struct intake_import *want, struct intake_counts *ret,
		  struct err *err)
{
	struct job *job;
	int rc;

	if (desk_needs(desk, ROLE_RECEPTION | ROLE_MANAGER | ROLE_ADMINISTRATOR,
		       "Taking in people from a file", err) < 0)
		return -1;
	job = mem_new(sizeof *job);
	job->desk = desk;
	job->want = want;
	job->batch = mem_new(PEOPLE_MOST * sizeof *job->batch);
	beside_open(&job->rejects, want->file, "rejects");
	beside_open(&job->differs, want->file, "differs");
	rc = run(job, err);
	if (rc == 0)
		*ret = job->counts;
	beside_done(&job->rejects);
	beside_done(&job->differs);
	seen_done(&job->in_batch);
	seen_done(&job->people);
	csv_close(job->csv);
	mem_free(job->header_cells);
	mem_free(job->batch);
	mem_free(job);
	return rc;
}
