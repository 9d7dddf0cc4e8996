/*
 * esr_import.c: files of ESR, one after the other.
 *
 * Always holds: a file is one user act and one transaction, taken in wholly or not at all, kill or
 * no kill; what was taken once is not taken again; between two files of an organisation no run is
 * missing.  Memory is one command, one number for each record and each row that was refused.
 *
 * The refused rows are listed by line, record and number and not repeated: a row of ESR has pay and
 * disability in it, and those stay in the file that they came in.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/csv.h"
#include "base/text.h"
#include "clinic/esr_job.h"
#include "clinic/intake_row.h"
#include "clinic/refs.h"
#include "clinic/task.h"
#include "store/store.h"

enum { TICK_ROWS = 500 };

/* ---- the file ---- */

struct reading {
	struct esr_job *job;
	const struct esr_import *want;
	const char *path;
	struct lines *lines;
	struct esr_header head;
};

static bool is_blank(const struct line *line)
{
	return !line->why && !line->s[strspn(line->s, " ")];
}

static int trailer(struct reading *r, struct line *line, struct err *err)
{
	struct err why = ERR_INIT;
	int64_t rows;

	if (esr_trailer_read(line->s, &rows, &why) < 0)
		return err_input(err, "file", "Line %lld (TRL): %s", (long long)line->no, why.text);
	if (rows != r->job->counts.rows)
		return err_input(
			err, "file",
			"Line %lld (TRL) counts %lld rows where %lld stand: ask for the file again.",
			(long long)line->no, (long long)rows, (long long)r->job->counts.rows);
	return 0;
}

/* Every line between header and trailer; each pass takes the types that are its own. */
static int read_pass(struct reading *r, int pass, struct err *err)
{
	struct esr_job *job = r->job;
	struct line line;
	bool ended = false;
	int rc = lines_next(r->lines, &line, err); /* the header was read before */

	job->counts.rows = 0;
	while (rc > 0 && (rc = lines_next(r->lines, &line, err)) > 0) {
		enum esr_type type;
		enum esr_line kind = line.why ? ESR_LINE_OTHER : esr_line(line.s, &type);

		if (is_blank(&line))
			continue;
		if (ended || kind == ESR_LINE_HDR)
			return err_input(err, "file",
					 "Line %lld stands behind the end of the file.",
					 (long long)line.no);
		if (kind == ESR_LINE_TRL) {
			ended = true;
			if (trailer(r, &line, err) < 0)
				return -1;
			continue;
		}
		job->counts.rows++;
		if (esr_take_line(job, &line, pass, err) < 0)
			return -1;
		if (r->want->tick && job->counts.rows % TICK_ROWS == 0)
			r->want->tick(r->want->ctx,
				      pass * lines_size(r->lines) + lines_read(r->lines),
				      ESR_PASSES * lines_size(r->lines), job->counts.rows);
	}
	if (rc == 0 && !ended)
		return err_input(
			err, "file",
			"The file ends without its TRL: it was cut short, ask for it again.");
	return rc;
}

static int miss(struct esr_job *job, int64_t no, struct err *err)
{
	struct esr_person was, now;
	bool found;
	int rc = 0;

	job->counts.missing++;
	if (esr_get(job->desk->store, ESR_PR, job->vpd, no, &was, &found, err) < 0)
		return -1;
	if (!found)
		return 0;
	if (date_none(was.missing)) {
		esr_row_copy(ESR_PR, &was, &now);
		now.missing = job->day;
		rc = esr_keep(job, ESR_PR, &now, &was, err);
		esr_row_done(ESR_PR, &now);
	}
	esr_row_done(ESR_PR, &was);
	return rc;
}

/* Who was in the files before and is not in a full one stays, and is listed. */
static int absent(struct esr_job *job, struct err *err)
{
	struct esr_nos page = { 0 };
	int64_t after = 0;
	int rc;

	do {
		page.n = 0;
		rc = esr_people(job->desk->store, job->vpd, after, ESR_MOST, &page, err);
		for (size_t i = 0; rc == 0 && i < page.n; i++) {
			after = page.v[i];
			if (!seen_get(&job->seen[ESR_PR], (uint64_t)after))
				rc = miss(job, after, err);
		}
	} while (rc == 0 && page.n == ESR_MOST);
	list_free(&page);
	return rc < 0 ? -1 : esr_flush(job, err);
}

static int take_rows(struct reading *r, const struct esr_file *last, struct err *err)
{
	struct esr_job *job = r->job;

	for (int t = 0; t < ESR_TYPE_COUNT; t++)
		if (esr_any(job->desk->store, (enum esr_type)t, job->vpd, &job->known[t], err) < 0)
			return -1;
	for (int pass = 0; pass < ESR_PASSES; pass++)
		if (lines_again(r->lines, err) < 0 || read_pass(r, pass, err) < 0 ||
		    esr_flush(job, err) < 0)
			return -1;
	if (job->counts.refused && !job->by_row)
		return 0;
	if (!id_none(last->id) && esr_ended(job->desk->store, job->vpd, moment_date(last->head.to),
					    job->day, &job->settle, err) < 0)
		return -1;
	if (esr_settle_posts(job, err) < 0 || esr_leavers(job, err) < 0)
		return -1;
	return job->full ? absent(job, err) : 0;
}

/* ---- the refused rows ---- */

static int by_line(const void *a, const void *b)
{
	const struct esr_refusal *x = a, *y = b;

	return x->line < y->line ? -1 : x->line > y->line;
}

/* " PRA 1234" */
static char *record_of(const struct esr_refusal *r)
{
	char *shown = text_printable(r->what);
	char *ret = r->no ? mem_printf("%s %lld", shown, (long long)r->no) : mem_str(shown);

	mem_free(shown);
	return ret;
}

static int list_refused(struct esr_job *job, struct beside *beside, struct err *err)
{
	list_each (r, &job->refused) {
		char line[24], no[24] = "", *what = text_printable(r->what);

		if (beside->rows == 0)
			buf_str(&beside->buf, "line,record,number,reason\r\n");
		snprintf(line, sizeof line, "%lld", (long long)r->line);
		if (r->no)
			snprintf(no, sizeof no, "%lld", (long long)r->no);
		csv_put(&beside->buf, line, 1);
		csv_put(&beside->buf, what, 0);
		csv_put(&beside->buf, no, 0);
		csv_put(&beside->buf, r->why, 0);
		buf_str(&beside->buf, "\r\n");
		mem_free(what);
		if (beside_row(beside, err) < 0)
			return -1;
	}
	return beside_ready(beside, err);
}

static int refused(struct esr_job *job, struct err *err)
{
	const struct esr_refusal *first = job->refused.v;
	char *record = record_of(first);

	err_set(err, ERR_INPUT, "Line %lld (%s): %.150s  Nothing was taken in (%lld refused).",
		(long long)first->line, record, first->why, (long long)job->counts.refused);
	mem_free(record);
	return -1;
}

/* ---- the ledger, and what is left for people ---- */

static void leave_task(struct esr_job *job, struct esr_taken *args)
{
	const struct esr_counts *c = &job->counts;
	const struct {
		const char *what;
		int64_t n;
	} left[] = { { "differences", c->differs },
		     { "proposals", c->proposed },
		     { "missing people", c->missing },
		     { "refused rows", c->refused } };
	struct buf text = { 0 };
	struct new_task *task;
	bool listed = false;

	if (!c->differs && !c->proposed && !c->missing && !c->refused)
		return;
	buf_printf(&text, "ESR file %lld of %03d leaves for a person:", (long long)args->sequence,
		   job->vpd);
	for (size_t i = 0; i < sizeof left / sizeof *left; i++)
		if (left[i].n) {
			buf_printf(&text, "%s %s %lld", listed ? "," : "", left[i].what,
				   (long long)left[i].n);
			listed = true;
		}
	buf_str(&text, ".  Menu: esr.");
	task = task_open(job->desk, &args->tasks, TASK_CHECK, job->desk->now, "%s", text.s);
	task->role = mem_str(role_word(job->desk->user.role)); /* whoever takes files in */
	buf_done(&text);
}

static int note(struct reading *r, struct err *err)
{
	struct esr_job *job = r->job;
	char hash[HASH_HEX];
	struct esr_taken args = { .id = job->file,
				  .scope = job->scope,
				  .name = r->head.name,
				  .hash = hash_hex(lines_hash(r->lines), hash),
				  .vpd = r->head.vpd,
				  .sequence = r->head.sequence,
				  .rows = job->counts.rows,
				  .refused = job->counts.refused,
				  .full = r->head.full,
				  .day = r->head.day,
				  .from = r->head.from,
				  .to = r->head.to };
	int rc;

	leave_task(job, &args);
	rc = act_do(job->desk, &act_esr_file, &args, err);
	list_each (t, &args.tasks) {
		mem_free((char *)t->kind);
		mem_free((char *)t->text);
		mem_free((char *)t->role);
	}
	list_free(&args.tasks);
	return rc;
}

/* Inside the user act. */
static int take_file(struct reading *r, const struct esr_file *last, struct beside *beside,
		     struct err *err)
{
	struct esr_job *job = r->job;

	job->file = desk_new_id(job->desk);
	if (take_rows(r, last, err) < 0)
		return -1;
	if (job->refused.n)
		qsort(job->refused.v, job->refused.n, sizeof *job->refused.v, by_line);
	if (job->counts.refused && !job->by_row)
		return refused(job, err);
	if (note(r, err) < 0 || esr_list_differences(job, err) < 0)
		return -1;
	return list_refused(job, beside, err);
}

/* ---- in order ---- */

/* Reads to the end for the hash; the first line is the header's. */
static int read_head(struct reading *r, struct err *err)
{
	struct line line = { 0 };
	int rc;

	if (lines_open(r->path, &r->lines, err) < 0)
		return -1;
	rc = lines_next(r->lines, &line, err);
	if (rc < 0)
		return -1;
	if (rc == 0)
		return err_input(err, "file", "%s is empty.", r->head.name);
	if (line.why)
		return err_input(err, "file", "Line 1: %s.", line.why);
	if (esr_header_read(line.s, &r->head, err) < 0)
		return -1;
	while ((rc = lines_next(r->lines, &line, err)) > 0)
		;
	return rc;
}

/* Does it follow on what was taken?  *ret_over: why it is passed over. */
static int follows(struct reading *r, struct desk *desk, struct esr_file *last,
		   const char **ret_over, struct err *err)
{
	const struct esr_header *h = &r->head;
	struct esr_file before;
	char hash[HASH_HEX], a[DAY_TEXT], b[DAY_TEXT];

	if (esr_file_named(desk->store, h->vpd, h->name, &before, err) < 0 ||
	    esr_file_last(desk->store, h->vpd, last, err) < 0)
		return -1;
	*ret_over = NULL;
	if (!id_none(before.id)) {
		if (strcmp(before.hash, hash_hex(lines_hash(r->lines), hash)) != 0)
			return err_set(
				err, ERR_CLASH,
				"%s was taken in %s with other rows: which is the right one?",
				h->name, moment_show(before.at, a));
		*ret_over = "taken in already";
	} else if (!id_none(last->id) && h->to.utc <= last->head.to.utc) {
		*ret_over = "older than what was taken in";
	} else if (!h->full && id_none(last->id)) {
		return err_input(err, "file",
				 "%s has changes: the full file (GOF) of %03d comes first.",
				 h->name, h->vpd);
	} else if (!h->full && (last->head.full ? h->from.utc > last->head.to.utc
						: h->from.utc != last->head.to.utc)) {
		return err_set(err, ERR_CLASH,
			       "%s goes on from %s, the last file ended %s: one is missing.",
			       h->name, moment_iso(h->from, a), moment_iso(last->head.to, b));
	}
	return 0;
}

static int write_file(struct reading *r, struct esr_job *job, struct err *err)
{
	struct desk *desk = job->desk;
	struct beside beside;
	struct esr_file last;
	int rc;

	beside_open(&beside, r->path, "rejects");
	rc = act_begin(desk, err);
	if (rc == 0) {
		store_roomy(desk->store, true);
		rc = follows(r, desk, &last, &job->counts.over, err);
		if (rc == 0 && !job->counts.over)
			rc = take_file(r, &last, &beside, err);
		if (rc == 0)
			rc = act_end(desk, err);
		else
			act_abandon(desk);
		store_roomy(desk->store, false);
	}
	if (rc == 0 && !job->counts.over)
		rc = beside_keep(&beside, err);
	beside_done(&beside);
	return rc;
}

static int take_one(struct desk *desk, const struct esr_import *want, const char *path,
		    const struct customer *customer, struct err *err)
{
	struct esr_job *job = mem_new(sizeof *job);
	struct reading r = { .job = job, .want = want, .path = path };
	int rc = esr_name_read(path, &r.head, err);

	if (rc == 0)
		rc = read_head(&r, err);
	if (rc == 0) {
		esr_job_open(job, desk, r.head.vpd, customer, moment_date(r.head.to));
		job->full = r.head.full;
		job->by_row = want->by_row;
		snprintf(job->counts.file, sizeof job->counts.file, "%s", r.head.name);
		rc = write_file(&r, job, err);
	}
	if (rc == 0 && want->done)
		want->done(want->ctx, &job->counts);
	esr_job_done(job);
	lines_close(r.lines);
	mem_free(job);
	return rc;
}

static int by_day(const void *a, const void *b)
{
	struct esr_header x, y;

	esr_name_read(*(const char *const *)a, &x, NULL);
	esr_name_read(*(const char *const *)b, &y, NULL);
	return esr_header_order(&x, &y);
}

/* All of one organisation, and whose. */
static int whose(struct desk *desk, const struct esr_import *want, const struct customer **ret,
		 struct err *err)
{
	struct esr_header first = { 0 }, h;

	for (size_t i = 0; i < want->n; i++) {
		if (esr_name_read(want->files[i], &h, err) < 0)
			return -1;
		if (i == 0)
			first = h;
		if (h.vpd != first.vpd)
			return err_input(err, "file",
					 "%s is of %03d, %s of %03d: one organisation at a time.",
					 first.name, first.vpd, h.name, h.vpd);
	}
	*ret = ref_vpd(desk, first.vpd);
	if (!*ret)
		return err_input(err, "file",
				 "Whose is %03d?  Say it once: customer set CODE --vpd %d.",
				 first.vpd, first.vpd);
	return 0;
}

int esr_import(struct desk *desk, const struct esr_import *want, struct err *err)
{
	const struct customer *customer;
	const char **files;
	int rc = 0;

	if (desk_needs(desk, ROLE_MANAGER | ROLE_ADMINISTRATOR, "Taking in files of ESR", err) <
		    0 ||
	    whose(desk, want, &customer, err) < 0)
		return -1;
	files = mem_new(want->n * sizeof *files);
	memcpy(files, want->files, want->n * sizeof *files);
	qsort(files, want->n, sizeof *files, by_day);
	for (size_t i = 0; rc == 0 && i < want->n; i++)
		rc = take_one(desk, want, files[i], customer, err);
	mem_free(files);
	return rc;
}
