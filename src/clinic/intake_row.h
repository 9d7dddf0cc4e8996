/*
 * intake_row.h: what was typed, checked and ready to compare or keep (private to the clinic layer).
 */
#ifndef CLINIC_INTAKE_ROW_H
#define CLINIC_INTAKE_ROW_H

#include "clinic/people_act.h"

enum {
	IN_CONTACT_FIRST = IN_MOBILE,
	IN_CONTACTS = IN_EMAIL - IN_MOBILE + 1,
	IN_PHONES = IN_WORK - IN_MOBILE + 1,
	IN_DETAIL_FIRST = IN_SAY,
	IN_DETAILS = IN_EMERGENCY_PHONE - IN_SAY + 1,
	FORMERS_MOST = 6,
};

/* A field not given is empty here and not in `given`; one given as "" is empty and in it. */
struct intake_row {
	struct person person;
	struct post post;
	struct contact contacts[IN_CONTACTS]; /* mobile home work email; on when it has a value */
	char needs[NEEDS_TEXT];		      /* as stored; person.needs has the bits */
	bool text_ok, email_ok;
	enum voicemail voicemail[IN_PHONES]; /* mobile home work */
	char details[IN_DETAILS][LINE_TEXT]; /* from IN_DETAIL_FIRST on */
	struct former formers[FORMERS_MOST]; /* the first without a surname ends them */
	uint64_t given;			     /* IN_BIT(field) of those given */
};

#define IN_BIT(field) (UINT64_C(1) << (field))

/* The fields of a post, as bits. */
#define IN_POST                                                                                    \
	(IN_BIT(IN_EMPLOYEE_NO) | IN_BIT(IN_JOB) | IN_BIT(IN_DEPARTMENT) | IN_BIT(IN_MANAGER) |    \
	 IN_BIT(IN_POST_FROM) | IN_BIT(IN_POST_TO))

static inline bool row_has(const struct intake_row *row, enum intake_field field)
{
	return row->given >> field & 1;
}

/* Checks every value.  Days are read as in files (1984-08-14, 14/08/1984) or, when `typed`, as
 * people type them.  err->field is the header of the field at fault. */
int intake_read(const struct intake_form *form, struct date today, bool typed,
		struct intake_row *ret, struct err *err);

/* A post ends after it began, with what is known of it (`now`, may be NULL) already. */
int intake_post_order(const struct post *now, const struct intake_row *row, struct err *err);

/* The names folded for the keys; the caller frees both. */
void intake_fold(const struct person *p, char **ret_surname, char **ret_given);

/* The scope that a new person's rows belong to. */
void intake_scope(const struct desk *desk, struct id customer, char *buf, size_t n);

/* Adds a new person with all that the row has; the texts are borrowed from the row.  ids: as many
 * in a row as intake_ids() says, the first of them the person's. */
int intake_ids(const struct intake_row *row);
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

/* The newest post with an employer, or (none) the current one; NULL if there is none. */
const struct post *intake_post(const struct person_card *card, struct id customer);

/* Who already is the person of a row. */
struct match {
	struct id person; /* none: nobody */
	bool alike;	  /* nobody, but somebody has that name and birthday */
};
int intake_match(struct desk *desk, struct id customer, const struct intake_row *row,
		 struct match *ret, struct err *err);

#endif
