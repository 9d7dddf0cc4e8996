/* field.h: the types of answers: how each is typed, checked and shown (private to the form layer).
 */
#ifndef FORM_FIELD_H
#define FORM_FIELD_H

#include "base/alloc.h"
#include "form/answers.h"

struct answer_type {
	bool keyed;   /* has options, which are its only answers */
	bool fixed;   /* these are the type's own */
	bool spare;   /* may have options beside what is typed: "u:not known" */
	bool ranged;  /* may have a range ... */
	bool needs;   /* ... and must */
	bool bounded; /* may have a least and a last day */
	/* Adds the answer as it is kept. */
	int (*read)(const struct item *q, const char *typed, struct date today, struct buf *ret,
		    struct err *err);
	void (*show)(const struct item *q, const char *value, char buf[ANSWER_TEXT]);
};
const struct answer_type *answer_type(enum item_type type);
bool answer_type_parse(const char *code, enum item_type *ret);

/* What an answer counts as in a comparison or a score; false: it is no number. */
bool field_number(const struct item *q, const char *value, int *ret);
/* The least and the most that it can be; false: of a type that has no numbers. */
bool field_range(const struct item *q, int *ret_least, int *ret_most);

#endif
