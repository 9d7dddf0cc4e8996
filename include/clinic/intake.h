/*
 * intake.h: find a person, or register one, without making two.
 *
 * Every change goes through the acts `people` (new persons with their posts and contacts, up to
 * 500 a command) and `person_set` (columns of one person).  Values come as people type them, by
 * field; what a field may hold is decided here, the same for the screens, the command line and
 * files.
 */
#ifndef CLINIC_INTAKE_H
#define CLINIC_INTAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/id.h"
#include "clinic/desk.h"
#include "model/person.h"

/* X(name, header in files, option, help).  The order is that of files, options and rows. */
#define INTAKE_FIELDS(X)                                                                           \
	X(IN_SURNAME, "surname", "surname", "family name")                                         \
	X(IN_GIVEN, "given", "given", "given name")                                                \
	X(IN_TITLE, "title", "title", "Mrs, Dr ...")                                               \
	X(IN_PREFERRED, "preferred", "preferred", "preferred given name")                          \
	X(IN_BORN, "born", "born", "date of birth")                                                \
	X(IN_GENDER, "gender", "gender", "as the person says")                                     \
	X(IN_NHS, "nhs_number", "nhs", "NHS number")                                               \
	X(IN_EMPLOYEE_NO, "employee_no", "employee-no", "employee number")                         \
	X(IN_JOB, "job", "job", "job title")                                                       \
	X(IN_DEPARTMENT, "department", "department", "ward or department")                         \
	X(IN_MANAGER, "manager", "manager", "line manager")                                        \
	X(IN_MOBILE, "mobile", "mobile", "mobile telephone")                                       \
	X(IN_HOME, "home", "home", "home telephone")                                               \
	X(IN_WORK, "work", "work", "work telephone")                                               \
	X(IN_EMAIL, "email", "email", "e-mail address")                                            \
	X(IN_TEXT_OK, "text_ok", "text-ok", "may be sent texts: yes or no")                        \
	X(IN_STATUS, "status", "status", "active, leaver or deceased")                             \
	X(IN_FORMER, "former_names", "former-names", "names before: Smith; Jones, Ann")            \
	X(IN_NEEDS, "needs", "needs", "access needs:" NEED_CODES)                                  \
	X(IN_INTERPRETER, "interpreter", "interpreter", "language to interpret")                   \
	X(IN_MOBILE_VOICEMAIL, "mobile_voicemail", "mobile-voicemail",                             \
	  "messages there: yes or no")                                                             \
	X(IN_HOME_VOICEMAIL, "home_voicemail", "home-voicemail", "messages there: yes or no")      \
	X(IN_WORK_VOICEMAIL, "work_voicemail", "work-voicemail", "messages there: yes or no")      \
	X(IN_EMAIL_OK, "email_ok", "email-ok", "may be sent e-mails: yes or no")                   \
	X(IN_SAY, "say", "say", "what may be said: name, oh, all, or in words")                    \
	X(IN_BEST_TIME, "best_time", "best-time", "best time to ring")                             \
	X(IN_PREFER, "prefer", "prefer", "first try: mobile home work text email letter")          \
	X(IN_ADDRESS, "address", "address", "address lines, commas between")                       \
	X(IN_POSTCODE, "postcode", "postcode", "postcode")                                         \
	X(IN_GP, "gp", "gp", "usual GP")                                                           \
	X(IN_GP_PRACTICE, "gp_practice", "gp-practice", "GP practice")                             \
	X(IN_GP_ADDRESS, "gp_address", "gp-address", "its address, commas between")                \
	X(IN_GP_CODE, "gp_code", "gp-code", "its ODS code: K81003")                                \
	X(IN_EMERGENCY, "emergency_name", "emergency-name", "emergency contact")                   \
	X(IN_EMERGENCY_RELATION, "emergency_relation", "emergency-relation",                       \
	  "who that is to them")                                                                   \
	X(IN_EMERGENCY_PHONE, "emergency_phone", "emergency-phone", "their telephone")             \
	X(IN_POST_FROM, "post_from", "post-from", "first day in the post")                         \
	X(IN_POST_TO, "post_to", "post-to", "last day in the post")

enum intake_field {
#define X(name, header, option, help) name,
	INTAKE_FIELDS(X)
#undef X
		INTAKE_COUNT
};

/* What was typed: NULL not given, "" to be cleared. */
struct intake_form {
	const char *v[INTAKE_COUNT];
	struct id customer; /* of a change: the post with this employer; none: the current one */
};
const char *intake_header(enum intake_field field); /* "nhs_number" */

/* ---- one person ---- */

struct person_card {
	struct person person;
	struct posts posts; /* oldest first, those that are over too */
	struct contacts contacts;
	struct details_of details;
	struct formers formers;
};
void person_card_done(struct person_card *card);

/* ERR_MISSING when there is none; follows an alias to the record that was kept. */
int intake_person(struct desk *desk, struct id id, struct person_card *ret, struct err *err);

/* One that a person names: id, NHS number or employee number.  ERR_MISSING, or ERR_INPUT when two
 * have the number. */
int intake_named(struct desk *desk, const char *text, struct id *ret, struct err *err);

/* Notes that the desk's user has opened this record; outside a change. */
int intake_opened(struct desk *desk, struct id person, struct err *err);

/*
 * Registers one.  customer: none for somebody without an employer here.  ERR_CLASH names a person
 * who has the same number already; or, unless `anyway`, one who looks the same.
 */
int intake_add(struct desk *desk, const struct intake_form *form, struct id customer, bool anyway,
	       struct id *ret, struct err *err);

/*
 * Changes what is given.  Somebody without a post with form->customer gets one.  seen: the card
 * that the user looked at while typing; NULL: as it is now. ERR_CLASH when somebody changed the
 * same field to something else since.  Nothing to change is no failure.
 */
int intake_set(struct desk *desk, struct id person, const struct intake_form *form,
	       const struct person_card *seen, struct err *err);

/* One field as people type it, of the post with `customer` (none: the current one); "" for nothing.
 * buf holds INTAKE_TEXT bytes; what is given may lie in it or in the card. */
enum { INTAKE_TEXT = 320 };
const char *intake_value(const struct person_card *card, enum intake_field field,
			 struct id customer, char *buf);

/* ---- finding ---- */

struct found {
	struct person person;
	struct id employer;	  /* a customer; none if none */
	char customer[CODE_TEXT]; /* its short name; "" if none */
	char employee_no[CODE_TEXT];
	struct person_next next;
	int alike;	     /* looks like the row of this number, counted from 1; 0 like none */
	bool sounds;	     /* found by the sound of the surname only */
	char was[NAME_TEXT]; /* the surname before, when found by that */
	bool whole;	     /* employer, employee_no and next are read */
};
enum { FIND_LEAST = 2, FIND_MOST = 500 };
struct found_list {
	struct found *v;
	size_t n, cap;
	int total;     /* how many there are, at most FIND_MOST */
	bool at_least; /* there are more than `total` */
};

/* The one box, told apart by shape: see SHAPES in intake_find.c.  Fewer than FIND_LEAST characters
 * find nobody.  The caller frees with list_free(). */
int intake_find(struct desk *desk, const char *text, int limit, struct found_list *ret,
		struct err *err);

/* The same without employer and next appointment, which intake_fill() reads for one row: a list
 * that is searched anew with each letter needs them for what is in view only. */
int intake_names(struct desk *desk, const char *text, int limit, struct found_list *ret,
		 struct err *err);
int intake_fill(struct desk *desk, struct found *found, struct err *err);

/* ---- files ---- */

struct intake_import {
	const char *file;
	struct id customer;
	bool by_row; /* take the good rows; the others go to FILE.rejects */
	/* Called now and then with the bytes read and the bytes in all; may be NULL. */
	void (*tick)(void *ctx, int64_t done, int64_t total, int64_t rows);
	void *ctx;
};
struct intake_counts {
	int64_t added, changed, same, refused;
	int64_t differs; /* fields left as a desk typed them; listed in FILE.differs */
	int64_t alike;	 /* added although somebody has that name and birthday */
};

/*
 * Takes in a CSV file: one user act and one transaction, all or nothing.  The first refused row is
 * the sentence unless by_row.  People are matched by this customer's employee number, else by NHS
 * number, else by name and birthday with this customer.  Columns without a value say nothing.
 */
int intake_import(struct desk *desk, const struct intake_import *want, struct intake_counts *ret,
		  struct err *err);

#endif
