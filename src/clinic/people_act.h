/*
 * people_act.h: the arguments of the acts `people`, `person_set` and `person_merge` (private to the
 * clinic layer).
 *
 * One struct for all: new rows by list, and edits column by column.  A command writes rows of one
 * scope only.
 */
#ifndef CLINIC_PEOPLE_ACT_H
#define CLINIC_PEOPLE_ACT_H

#include "clinic/act.h"
#include "clinic/intake.h"
#include "model/task.h"

enum { PEOPLE_MOST = 500 }; /* new persons of one command */

struct new_person {
	struct id id;
	const char *surname, *given, *title, *preferred, *gender, *nhs, *status;
	struct date born;
	const char *needs, *interpreter;
};
struct new_post {
	struct id id, person, customer;
	const char *employee_no, *job, *department, *manager;
	struct date from, to;
	bool over; /* kept, but over already */
};
struct new_contact {
	struct id id, person;
	const char *kind, *value;
	bool text_ok;
	int64_t voicemail; /* enum voicemail */
};
struct new_detail {
	struct id id, person;
	const char *field, *value;
};
struct new_former {
	struct id id, person;
	const char *surname, *given;
};
/* Dates and yes or no as decimal text.  source and at belong to edits of contacts and details:
 * where the value comes from, and (for the way back) where the one before came from. */
struct edit {
	struct id row;
	const char *table, *column, *base, *value;
	const char *field; /* for the history: the field, never its value */
	const char *source, *was_source;
	struct moment at, was_at;
};
struct people {
	const char *scope, *source;
	bool once;	  /* nobody who was known there looked like the one who is new */
	struct id person; /* of person_set, and whom a merge keeps */
	struct id other;  /* a merge: the record that goes */
	const char *why;
	struct {
		struct new_person *v;
		size_t n, cap;
	} persons;
	struct {
		struct new_post *v;
		size_t n, cap;
	} posts;
	struct {
		struct new_contact *v;
		size_t n, cap;
	} contacts;
	struct {
		struct new_detail *v;
		size_t n, cap;
	} details;
	struct {
		struct new_former *v;
		size_t n, cap;
	} formers;
	struct {
		struct edit *v;
		size_t n, cap;
	} edits;
	struct new_tasks tasks;	   /* for who has left or died: what is open for them */
	struct task_ids withdrawn; /* on the way back: the tasks that were opened */
};

extern const struct act act_people, act_person_set, act_person_merge, act_person_apart;

extern const struct field people_f[];
enum { PEOPLE_F = 14 };
#define PEOPLE_FIELDS                                                                              \
	{                                                                                          \
		.f = people_f, .n = PEOPLE_F, .size = sizeof(struct people)                        \
	}

/* What the acts share: every row and edit written (enum verdict); would the edits still be let; the
 * opposite of what was done. */
int people_write(struct txn *t, const struct people *args);
int people_fits(struct desk *desk, const struct people *args, struct err *err);
struct people *people_back(const struct people *was);

/* people_end.c: when the edits say that somebody has left or died, a task that lists what is
 * booked. Inside a check. */
int people_end(struct desk *desk, struct people *p, struct err *err);

/* Adds one edit, its texts copied. */
void people_add_edit(struct people *p, struct id row, const char *table, const char *column,
		     const char *field, const char *base, const char *value);

#endif
