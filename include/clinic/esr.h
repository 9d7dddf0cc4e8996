/*
 * esr.h: staff from the Electronic Staff Record: files taken in, and what they leave for people.
 *
 * A field of a person that is as ESR had it follows ESR.  One that a desk has typed since stays and
 * is a difference.  A person whom ESR names for the first time and who looks like somebody known
 * (name and date of birth, or employee number) is a proposal: nothing of theirs is added until
 * somebody says who they are.
 *
 * Who may: managers and administrators take files in; reception as well settles what they leave.
 * Absences are for nurses, clinicians and counsellors.
 */
#ifndef CLINIC_ESR_H
#define CLINIC_ESR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "clinic/desk.h"
#include "model/esr.h"

/* ---- files ---- */

struct esr_counts {
	char file[ESR_NAME];
	const char *over; /* why the file was passed over; NULL: it was taken */
	int64_t rows;
	int64_t added, changed, same; /* people; same: rows of people that changed nothing */
	int64_t left;		      /* people who became leavers */
	int64_t proposed, missing;    /* people of ESR not linked; no longer in a full file */
	int64_t differs;	      /* fields left as a desk typed them */
	int64_t refused, passed;      /* rows; passed: of types that are not kept */
};

struct esr_import {
	const char *const *files;
	size_t n;
	bool by_row; /* take the good rows; the others go to FILE.rejects */
	/* Called when a file was taken or passed over; then now and then while it is read.  May be
	 * NULL. */
	void (*done)(void *ctx, const struct esr_counts *counts);
	void (*tick)(void *ctx, int64_t done, int64_t total, int64_t rows);
	void *ctx;
};

/*
 * Takes in files of one organisation in the order of their days and numbers, each one user act and
 * one transaction, all or nothing.  The first refused row is the sentence unless by_row; what is
 * wrong with the file as a whole (header, trailer, a file missing before it) refuses it either way.
 */
int esr_import(struct desk *desk, const struct esr_import *want, struct err *err);

/* ---- what waits for a person ---- */

/* Who may settle it. */
enum { ESR_SETTLE_ROLES = ROLE_RECEPTION | ROLE_MANAGER | ROLE_ADMINISTRATOR };
enum { ESR_LIST_MOST = 1000, ESR_ALIKE_MOST = 8 };

/* Somebody ESR has and we do not know for sure, and who they might be. */
struct esr_proposal {
	int vpd;
	int64_t no;
	char name[PERSON_TEXT], employee_no[CODE_TEXT];
	struct date born;
	struct id alike[ESR_ALIKE_MOST];
	int n;
	bool sure; /* one of them alone, by name, date of birth and employee number */
};
struct esr_proposals {
	struct esr_proposal *v;
	size_t n, cap;
};
int esr_proposals(struct desk *desk, size_t limit, struct esr_proposals *ret, struct err *err);

/* That one is this person; or (person none) somebody new.  vpd 0: the only organisation there is.
 */
int esr_link(struct desk *desk, int vpd, int64_t no, struct id person, struct err *err);
/* Every proposal that is sure, at most `limit`: one user act. */
int esr_link_sure(struct desk *desk, size_t limit, int64_t *ret, struct err *err);

struct esr_open_difference {
	struct id id, person;
	char name[PERSON_TEXT], field[CODE_TEXT], ours[WORDS_TEXT], theirs[WORDS_TEXT];
	struct date born;
};
struct esr_open_differences {
	struct esr_open_difference *v;
	size_t n, cap;
};
int esr_open_differences(struct desk *desk, size_t limit, struct esr_open_differences *ret,
			 struct err *err);
/* ESR's is taken, or ours kept. */
int esr_settle(struct desk *desk, struct id difference, bool take, struct err *err);

/* People whom the last full file no longer had. */
struct esr_missing {
	struct id person;
	int64_t no;
	char name[PERSON_TEXT];
	struct date born, since;
};
struct esr_missings {
	struct esr_missing *v;
	size_t n, cap;
};
int esr_missings(struct desk *desk, size_t limit, struct esr_missings *ret, struct err *err);

/* ---- absences ---- */

bool esr_sees_absences(const struct desk *desk);
struct esr_away {
	struct date from, to, talked, referred; /* none: not known, or it goes on */
	char reason[WORDS_TEXT];
	bool work_related, surgery;
};
struct esr_aways {
	struct esr_away *v;
	size_t n, cap;
};
/* Newest first; nothing for who may not see them. */
int esr_absences_of(struct desk *desk, struct id person, size_t limit, struct esr_aways *ret,
		    struct err *err);

#endif
