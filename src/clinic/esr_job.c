/*
 * esr_job.c: rows of a file of ESR, gathered into commands.
 *
 * Always holds: no command has more than ESR_MOST rows of the file; a record that the file has
 * twice is written before it is looked at again; a refused row leaves nothing.
 */
#include "clinic/esr_job.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/intake_row.h"

static const int pass_of[ESR_TYPE_COUNT] = { [ESR_PR] = 1, [ESR_AS] = 2, [ESR_AB] = 2 };

/* ---- what waits to be written ---- */

static struct people *no_people(const struct esr_job *job)
{
	struct people *args = mem_new(sizeof *args);

	args->scope = mem_str(job->scope);
	args->source = mem_str("esr");
	return args;
}

static struct esr_rows *no_rows(const struct esr_job *job)
{
	struct esr_rows *args = mem_new(sizeof *args);

	args->scope = mem_str(job->scope);
	args->vpd = job->vpd;
	return args;
}

void esr_job_open(struct esr_job *job, struct desk *desk, int vpd, const struct customer *customer,
		  struct date day)
{
	memset(job, 0, sizeof *job);
	job->desk = desk;
	job->vpd = vpd;
	job->day = day;
	job->customer = customer->id;
	intake_scope(desk, customer->id, job->scope, sizeof job->scope);
	for (int t = 0; t < ESR_TYPE_COUNT; t++)
		job->known[t] = true;
	job->people = no_people(job);
	job->rows = no_rows(job);
	job->row = mem_new(sizeof *job->row);
}

void esr_job_done(struct esr_job *job)
{
	args_free(&act_people.fields, job->people);
	args_free(&act_esr_rows.fields, job->rows);
	mem_free(job->row);
	for (int t = 0; t < ESR_TYPE_COUNT; t++)
		seen_done(&job->seen[t]);
	seen_done(&job->created);
	seen_done(&job->changed);
	seen_done(&job->adopted);
	seen_done(&job->settling);
	seen_done(&job->staying);
	list_free(&job->settle);
	list_free(&job->stays);
	list_each (d, &job->differs) {
		mem_free((char *)d->part);
		mem_free((char *)d->field);
		mem_free((char *)d->theirs);
	}
	list_free(&job->differs);
	list_each (r, &job->refused)
		mem_free(r->why);
	list_free(&job->refused);
}

int esr_flush(struct esr_job *job, struct err *err)
{
	struct people *people = job->people;
	struct esr_rows *rows = job->rows;
	bool kept = false;
	int rc = 0;

	/* People first: what ESR says points at them. */
	if (people && (people->persons.n || people->posts.n))
		rc = act_do(job->desk, &act_people, people, err);
	for (int t = 0; rows && t < ESR_TYPE_COUNT; t++)
		kept = kept || rows->now[t].n;
	if (rc == 0 && kept)
		rc = act_do(job->desk, &act_esr_rows, rows, err);
	args_free(&act_people.fields, people);
	args_free(&act_esr_rows.fields, rows);
	job->people = no_people(job);
	job->rows = no_rows(job);
	job->n = 0;
	return rc;
}

int esr_keep(struct esr_job *job, enum esr_type type, void *now, const void *was, struct err *err)
{
	struct esr_row *row = now;
	const struct esr_row *old = was;

	row->id = old ? old->id : (struct id){ 0 };
	if (old && esr_row_same(type, now, was))
		return 0;
	if (!old)
		row->id = desk_new_id(job->desk);
	memcpy(esr_rows_push(&job->rows->now[type], type), now, esr_layouts[type].args.size);
	memset(now, 0, esr_layouts[type].args.size);
	if (old)
		esr_row_copy(type, was, esr_rows_push(&job->rows->was[type], type));
	return ++job->n == ESR_MOST ? esr_flush(job, err) : 0;
}

/* ---- one row ---- */

union any {
	struct esr_row row;
#define X(type, letters, fields, key, list, T) struct T T;
	ESR_TYPES(X)
#undef X
};

static void refuse(struct esr_job *job, const struct line *line, int64_t no, const char *why)
{
	struct esr_refusal *r = list_push(&job->refused);

	r->line = line->no;
	r->no = no;
	snprintf(r->what, sizeof r->what, "%s", line->s);
	r->why = mem_str(why);
	job->counts.refused++;
}

/* A department or a job that reads otherwise does so in the posts that point at it. */
static int renamed(struct esr_job *job, enum esr_type type, const union any *now,
		   const union any *was, struct err *err)
{
	if (!job->known[ESR_AS])
		return 0;
	if (type == ESR_OR &&
	    (!was || !text_same(now->esr_organisation.name, was->esr_organisation.name)))
		return esr_look_again_by(job, ESR_BY_ORGANISATION, now->row.no, err);
	if (type == ESR_PO && (!was || !text_same(now->esr_position.name, was->esr_position.name) ||
			       !text_same(now->esr_position.job_role, was->esr_position.job_role)))
		return esr_look_again_by(job, ESR_BY_POSITION, now->row.no, err);
	return 0;
}

static int apply(struct esr_job *job, enum esr_type type, union any *now, const union any *was,
		 struct err *why, struct err *err)
{
	switch (type) {
	case ESR_PR:
		return esr_take_person(job, &now->esr_person, was ? &was->esr_person : NULL, why,
				       err);
	case ESR_AS:
		return esr_take_assignment(job, &now->esr_assignment,
					   was ? &was->esr_assignment : NULL, why, err);
	default:
		if (renamed(job, type, now, was, err) < 0)
			return -1;
		return esr_keep(job, type, now, was, err);
	}
}

/* A D row: what was there, but gone: 1.  Nothing there is nothing to do: 0. */
static int deleted(enum esr_type type, const union any *was, union any *now)
{
	if (!was || was->row.off)
		return 0;
	esr_row_copy(type, was, now);
	now->row.off = true;
	return 1;
}

/* What was there under this number; found by the index unless this organisation has nothing yet. */
static int before(struct esr_job *job, enum esr_type type, int64_t no, union any *was, bool *found,
		  bool met, struct err *err)
{
	*found = false;
	if (!job->known[type] && !met)
		return 0;
	/* It may wait to be written. */
	if (met && esr_flush(job, err) < 0)
		return -1;
	return esr_get(job->desk->store, type, job->vpd, no, was, found, err);
}

static int take(struct esr_job *job, enum esr_type type, const struct line *line, bool set,
		struct err *why, struct err *err)
{
	union any now, was;
	bool found = false;
	int64_t no = 0, met;
	int rc;

	memset(&now, 0, sizeof now);
	if (set ? esr_row_read(type, line->s, &now, why) < 0
		: esr_delete_read(type, line->s, &no, why) < 0)
		return -1;
	no = set ? now.row.no : no;
	met = seen_put(&job->seen[type], (uint64_t)no, line->no);
	if (met && job->full) {
		esr_row_done(type, &now);
		return err_set(why, ERR_INPUT, "The same number stands on line %lld.",
			       (long long)met);
	}
	/* Nothing will be written any more: only the first wrong line is wanted. */
	if (job->counts.refused && !job->by_row) {
		esr_row_done(type, &now);
		return 0;
	}
	rc = before(job, type, no, &was, &found, met != 0, err);
	if (rc == 0 && !set)
		rc = deleted(type, found ? &was : NULL, &now);
	else if (rc == 0)
		rc = 1;
	if (rc == 1)
		rc = apply(job, type, &now, found ? &was : NULL, why, err);
	esr_row_done(type, &now);
	if (found)
		esr_row_done(type, &was);
	return rc;
}

int esr_take_line(struct esr_job *job, const struct line *line, int pass, struct err *err)
{
	struct err why = ERR_INIT;
	enum esr_type type;
	enum esr_line kind;
	int64_t no;

	if (line->why) {
		if (pass == 0)
			refuse(job, line, 0, line->why);
		return 0;
	}
	kind = esr_line(line->s, &type);
	if (kind == ESR_LINE_OTHER) {
		if (pass == 0 && !esr_line_known(line->s))
			refuse(job, line, 0, "That is no record of ESR.");
		else if (pass == 0)
			job->counts.passed++;
		return 0;
	}
	if (pass_of[type] != pass)
		return 0;
	no = esr_row_no(type, line->s);
	if (take(job, type, line, kind == ESR_LINE_SET, &why, err) == 0)
		return 0;
	if (why.kind == ERR_NONE)
		return -1;
	refuse(job, line, no, why.text);
	return 0;
}

int esr_list_differences(struct esr_job *job, struct err *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < job->differs.n; i += ESR_MOST) {
		struct esr_differ args = { .scope = job->scope };

		args.differs.v = job->differs.v + i;
		args.differs.n = job->differs.n - i < ESR_MOST ? job->differs.n - i : ESR_MOST;
		rc = act_do(job->desk, &act_esr_differ, &args, err);
	}
	return rc;
}
