/*
 * intake_row.h: what was typed, checked and ready to compare or keep (private to the clinic layer).
 */
#ifndef CLINIC_INTAKE_ROW_H
#define CLINIC_INTAKE_ROW_H

#include "clinic/people_act.h"

enum { IN_CONTACT_FIRST = IN_MOBILE, IN_CONTACTS = IN_EMAIL - IN_MOBILE + 1 };

/* A field not given is empty here and not in `given`; one given as "" is empty and in it. */
struct intake_row {
	struct person person;
	struct post post;
	struct contact contacts[IN_CONTACTS]; /* mobile home work email; on when it has a value */
	bool text_ok;
	unsigned given; /* bits 1 << enum intake_field */
};

/* The fields of a post, as bits. */
#define IN_POST (1u << IN_EMPLOYEE_NO | 1u << IN_JOB | 1u << IN_DEPARTMENT | 1u << IN_MANAGER)

static inline bool row_has(const struct intake_row *row, enum intake_field field)
{
	return row->given >> field & 1;
}

/* Checks every value.  Days are read as in files (1984-08-14, 14/08/1984) or, when `typed`, as
 * people type them.  err->field is the header of the field at fault. */
int intake_read(const struct intake_form *form, struct date today, bool typed,
		struct intake_row *ret, struct err *err);

/* The names folded for the keys; the caller frees both. */
void intake_fold(const struct person *p, char **ret_surname, char **ret_given);

/* The scope that a new person's rows belong to. */
void intake_scope(const struct desk *desk, struct id customer, char *buf, size_t n);

/* Adds a new person with all that the row has; the texts are borrowed from the row.  ids: one for
 * the person, one for the post, then the contacts': IN_IDS in a row. */
enum { IN_IDS = 2 + IN_CONTACTS };
void intake_new(struct people *args, const struct intake_row *row, struct id customer,
		struct id ids);
void intake_new_done(struct people *args);

/* A field left alone because a desk typed it after the file was made. */
struct differing {
	enum intake_field field;
	const char *here, *there;
};
struct intake_diff {
	struct desk *desk;
	const struct person_card *now, *seen; /* seen: what the typist looked at */
	const struct intake_row *row;
	struct id customer; /* whose post it is about; none: the current one */
	const char *source;
	void (*differs)(void *ctx, const struct differing *); /* NULL: the row wins always */
	void *ctx;
};
/* What must change, as the arguments of person_set, texts owned; NULL when nothing must.  Inside a
 * change (new contacts get ids). */
struct people *intake_diff(const struct intake_diff *d);

/* Who already is the person of a row. */
struct match {
	struct id person; /* none: nobody */
	bool alike;	  /* nobody, but somebody has that name and birthday */
};
int intake_match(struct desk *desk, struct id customer, const struct intake_row *row,
		 struct match *ret, struct err *err);

#endif
