/*
 * person.h: the people the service is for, their jobs and how to reach them.
 */
#ifndef MODEL_PERSON_H
#define MODEL_PERSON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/day.h"
#include "base/id.h"
#include "base/world.h"
#include "model/need.h"
#include "model/number.h"
#include "model/user.h"

enum { LINE_TEXT = 256 }; /* a line of somebody's own words, an address */

struct person {
	struct id id;
	char scope[CODE_TEXT];
	char surname[NAME_TEXT], given[NAME_TEXT], title[CODE_TEXT], preferred[NAME_TEXT];
	struct date born;
	char gender[CODE_TEXT];
	char nhs[NHS_DIGITS];
	char status[CODE_TEXT]; /* active leaver deceased; withdrawn: registered in error, not found
				 */
	struct id alias_of;	/* the record kept in place of this one */
	unsigned needs;		/* bits of model/need.h */
	char interpreter[CODE_TEXT]; /* the language; "" none */
};

enum voicemail { VOICEMAIL_NOT_ASKED, VOICEMAIL_YES, VOICEMAIL_NO };

struct contact {
	struct id id, person;
	char kind[CODE_TEXT]; /* mobile home work email address */
	char value[WORDS_TEXT], note[WORDS_TEXT];
	bool text_ok;		  /* a mobile: may be sent texts; an address: may be sent e-mails */
	enum voicemail voicemail; /* of a telephone: may a message be left? */
	char source[CODE_TEXT];	  /* desk csv esr */
	struct moment at;
	bool on;
};
struct contacts {
	struct contact *v;
	size_t n, cap;
};

/* One field of what else belongs to reaching somebody (clinic/intake.h names them). */
struct detail {
	struct id id, person;
	char field[CODE_TEXT], value[LINE_TEXT], source[CODE_TEXT];
	struct moment at;
	bool on;
};
struct details_of {
	struct detail *v;
	size_t n, cap;
};

/* A name that somebody had before. */
struct former {
	struct id id, person;
	char surname[NAME_TEXT], given[NAME_TEXT]; /* given "": the same as now */
	bool on;
};
struct formers {
	struct former *v;
	size_t n, cap;
};

struct post {
	struct id id, person, customer;
	char employee_no[CODE_TEXT], job[NAME_TEXT], department[NAME_TEXT], manager[NAME_TEXT];
	struct date from, to;
	char source[CODE_TEXT];
	bool on;
};
struct posts {
	struct post *v;
	size_t n, cap;
};

/* A person's next appointment, as lists show it. */
struct person_next {
	struct id appt; /* none: none booked */
	struct moment starts;
	char state; /* its letter (model/appt.h) */
	struct id service;
};

/* OKAFOR, Adaeze (Mrs): surname upper case, comma, given name, title in brackets (NHS Common User
 * Interface).  buf holds PERSON_TEXT bytes; returns it. */
char *person_show(const char *surname, const char *given, const char *title, char *buf);

/*
 * Could a tired ear or eye take one for the other?  The same surname or one that sounds like it,
 * and besides: given names that begin alike (three letters), or birthdays on the same day of the
 * same month.  Both names are folded here.
 */
bool person_alike(const struct person *a, const struct person *b);

/* The same rule for comparing many: folded once each. */
struct person_sound {
	char surname[NAME_TEXT], sound[8], given[4], preferred[4];
	int month, day; /* of birth; 0 not known */
};
void person_sound(const struct person *p, struct person_sound *ret);
bool person_sounds_alike(const struct person_sound *a, const struct person_sound *b);

/* The post that lists show: the newest that is on, one without an end before one with; NULL if
 * there is none. */
const struct post *posts_current(const struct posts *posts);
/* How to reach somebody by one kind: what was said last of those that are on; NULL if there is
 * none.
 */
const struct contact *contacts_of(const struct contacts *contacts, const char *kind);
/* The number to ring: the mobile, else home, else work; NULL: none is known. */
const struct contact *contacts_phone(const struct contacts *contacts);
/* What is known in one field; NULL if nothing. */
const struct detail *details_find(const struct details_of *details, const char *field);

#endif
