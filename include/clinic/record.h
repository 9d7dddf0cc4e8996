/*
 * record.h: the plain records of the service: sites, rooms, customers, services, clinicians, users
 * ...
 *
 * A record is a table of columns; adding and changing one is the same act for all of them (`add`,
 * `edit`), with named values.  The command line's list, add and set are made from the same table,
 * so a new column is one row here and one in the schema.
 */
#ifndef CLINIC_RECORD_H
#define CLINIC_RECORD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/id.h"
#include "clinic/desk.h"

enum column_kind {
	COL_CODE,  /* letters, digits, dot, dash, underscore: typed by people, never changed */
	COL_NAME,  /* a name in any script */
	COL_WORDS, /* a short list of words, lower case */
	COL_INT,   /* min..max */
	COL_DATE,
	COL_YESNO,
	COL_CHOICE,  /* one of `choices`, blank-separated */
	COL_CHOICES, /* some of them */
	COL_REF,     /* another record, by its code; `choices` names the noun */
	COL_PHONE,
	COL_SECRET, /* never listed; set by its own door */
	COL_KEY,    /* a public key of OpenSSH */
};

struct column {
	const char *name;  /* of the column in the table */
	const char *label; /* of the option and the field: --reg-until */
	enum column_kind kind;
	const char *choices;
	bool required;
	int64_t min, max;
	const char *usual; /* when not given on adding; NULL: none */
	const char *help;
};

struct record {
	const char *noun; /* on the command line; also the history's type */
	const char *table;
	unsigned roles; /* who may add and change */
	const struct column
		*columns; /* the first is what people call it by; ended by a NULL name */
	/* Rules that span columns; NULL for none.  values in the order of columns, NULL: not given.
	 */
	int (*check)(struct desk *desk, struct id id, const char *const *values, struct err *err);
	bool fixed; /* a row is never changed, but switched off: another is added in its place */
};

extern const struct record records[]; /* ended by a NULL noun */
const struct record *record_find(const char *noun);

/* Values as people type them, in the order of the columns; NULL leaves a column alone (on adding:
 * its usual value).  *ret_id may hold an id to use, else it gets a new one. */
int record_add(struct desk *desk, const struct record *r, const char *const *values,
	       struct id *ret_id, struct err *err);
int record_set(struct desk *desk, const struct record *r, struct id id, const char *const *values,
	       struct err *err);

/* Rows as text in the order of the columns (secrets left out), for lists.  Codes stand for
 * references. */
struct record_rows {
	char ***v; /* each a list of as many texts as there are columns, "" for none */
	size_t n, cap;
	size_t width;
	struct {
		struct id *v;
		size_t n, cap;
	} ids; /* of the rows */
};
int record_list(struct desk *desk, const struct record *r, struct record_rows *ret,
		struct err *err);
void record_rows_done(struct record_rows *rows);

/* The id of a record by its code (any case) or its id as people read it. */
int record_by_code(struct desk *desk, const struct record *r, const char *code, struct id *ret,
		   struct err *err);

/* Settings by name: seen_late_mins, service_name ... */
int setting_set(struct desk *desk, const char *name, const char *value, struct err *err);

#endif
