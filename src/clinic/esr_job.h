/*
 * esr_job.h: one file of ESR being taken in (private to the clinic layer).
 *
 * The file is read three times, so that its rows may stand in any order: what people point at
 * (organisations, locations, positions), then people, then their assignments and absences.  What
 * was there before and points at something that changed is settled last.
 */
#ifndef CLINIC_ESR_JOB_H
#define CLINIC_ESR_JOB_H

#include <string.h>

#include "base/lines.h"
#include "clinic/esr.h"
#include "clinic/esr_act.h"
#include "clinic/intake_beside.h"
#include "clinic/people_act.h"
#include "clinic/seen.h"
#include "store/esr.h"

/* As it is kept: "" is nothing. */
static inline const char *esr_some(const char *s)
{
	return s && *s ? s : NULL;
}

struct intake_row;
struct esr_refusal {
	int64_t line, no;
	char what[4]; /* PRA */
	char *why;
};

struct esr_job {
	struct desk *desk;
	bool by_row;
	struct id customer;
	char scope[48];
	int vpd;
	bool full;
	struct date day; /* of the run: who left before it has left */
	struct id file;
	struct esr_counts counts;

	/* The next commands: new people and posts, then what ESR said of them. */
	struct people *people;
	struct esr_rows *rows;
	size_t n;		/* rows of the file in them */
	struct intake_row *row; /* room for one person as they are checked */

	bool known[ESR_TYPE_COUNT];	  /* something of that type was there before */
	struct seen seen[ESR_TYPE_COUNT]; /* numbers, with their lines */
	struct seen created;		  /* people that this file made */
	struct seen changed;		  /* people that it changed */
	struct seen adopted;   /* posts that became an assignment's, or were made for one */
	struct esr_nos settle; /* assignments whose names or end may differ now */
	struct seen settling;
	struct esr_nos stays; /* people (our ids) of whom a post began or ended */
	struct seen staying;
	struct {
		struct esr_differs *v;
		size_t n, cap;
	} differs;
	struct {
		struct esr_refusal *v;
		size_t n, cap;
	} refused;
};

void esr_job_open(struct esr_job *job, struct desk *desk, int vpd, const struct customer *customer,
		  struct date day);
void esr_job_done(struct esr_job *job);
/* One line between header and trailer, in the pass that its type is for. */
enum { ESR_PASSES = 3 };
int esr_take_line(struct esr_job *job, const struct line *line, int pass, struct err *err);
/* Lists what was found to differ. */
int esr_list_differences(struct esr_job *job, struct err *err);

/* Writes the commands that wait. */
int esr_flush(struct esr_job *job, struct err *err);
/* What ESR says now joins them: `now` is moved in, its id found or made here; `was` is copied,
 * NULL: it was not there.  Nothing when both say the same. */
int esr_keep(struct esr_job *job, enum esr_type type, void *now, const void *was, struct err *err);

/* ---- esr_person.c ---- */

/* A row of a person; `was` NULL: not there before.  `now` is moved from.  ERR_INPUT in why: the row
 * is refused. */
int esr_take_person(struct esr_job *job, struct esr_person *now, const struct esr_person *was,
		    struct err *why, struct err *err);
/* A record that waited: it is that person's, or (none) somebody new's. */
int esr_person_is(struct esr_job *job, struct esr_person *now, const struct esr_person *was,
		  struct id person, struct err *err);
/* Who they might be; sure: one alone, by everything. */
int esr_alike(struct desk *desk, const struct esr_person *p, int vpd, struct id customer,
	      struct id ret[ESR_ALIKE_MOST], int *ret_n, bool *ret_sure, struct err *err);
/* The changes of one person as a command of its own; NULL or empty: none.  Frees it. */
int esr_change(struct esr_job *job, struct people *args, struct err *err);
struct people *esr_change_of(const struct esr_job *job, struct id person);

/* Leavers and people who came back, of those in job->stays. */
int esr_leavers(struct esr_job *job, struct err *err);

/* ---- esr_field.c ---- */

/* One field of ours beside what ESR says now and said before (was NULL: it never did): an edit in
 * `out`, a difference, or nothing.  row none: a contact that is not there. */
struct esr_field {
	struct id person, row;
	const char *part, *column, *field;
	const char *here, *was, *now; /* NULL and "" are nothing */
	bool ours;		      /* `here` was typed at a desk, whatever it says */
};
int esr_merge(struct esr_job *job, const struct esr_field *f, struct people *out, struct err *err);
/* What we have there as it is kept, a day as a number (buf): "" for nothing. */
const char *esr_ours(const struct person_card *card, const char *part, struct id row,
		     const char *field, char buf[DAY_TEXT]);

/* ---- esr_post.c ---- */

int esr_take_assignment(struct esr_job *job, struct esr_assignment *now,
			const struct esr_assignment *was, struct err *why, struct err *err);
/* Looks again at an assignment, or at all that point at a number, when the file was read. */
void esr_look_again(struct esr_job *job, int64_t assignment);
int esr_look_again_by(struct esr_job *job, enum esr_by by, int64_t no, struct err *err);
int esr_settle_posts(struct esr_job *job, struct err *err);

#endif
