/*
 * people.h: persons, their posts and contacts, and the keys that they are found by.
 *
 * Writing goes through a struct txn, by the acts of clinic/intake.c.  Finding reads a stretch of
 * the index of find_key and stops at a limit; nothing here costs in proportion to all people.
 */
#ifndef STORE_PEOPLE_H
#define STORE_PEOPLE_H

#include "base/err.h"
#include "base/hash.h"
#include "model/person.h"
#include "store/checks.h"
#include "store/store.h"
#include "store/txn.h"

/* ---- writing ---- */

void people_put(struct txn *t, const struct person *p);
void people_put_post(struct txn *t, const struct post *p, const char *scope);
void people_put_contact(struct txn *t, const struct contact *c, const char *scope);
void people_put_detail(struct txn *t, const struct detail *d, const char *scope);
void people_put_former(struct txn *t, const struct former *f, const char *scope);

/*
 * One column of one row, by the rule that lets two desks edit at once: what is now equal to `base`
 * is set; equal to `value` already: nothing; else what is there stays.  NULL is "nothing there";
 * numbers and days stand as decimal text.  EDIT_UNKNOWN: no such column may be edited, or there is
 * no such row.
 */
enum edited { EDIT_SET, EDIT_SAME, EDIT_KEPT, EDIT_UNKNOWN };
struct person_edit {
	struct id row;
	const char *table, *column; /* of those that people.c lists */
	const char *base, *value;
};
enum edited people_edit(struct txn *t, const struct person_edit *e);
/* What stands there now, as text; the caller's, NULL for nothing. */
char *people_edit_now(struct txn *t, const struct person_edit *e);
/* What it would do now. */
int people_would_edit(struct store *st, const struct person_edit *e, enum edited *ret,
		      struct err *err);
/* Where the value of a contact or detail comes from and since when. */
void people_comes_from(struct txn *t, const char *table, struct id row, const char *source,
		       struct moment at);

/* ---- reading ---- */

/* ERR_MISSING when there is none. */
int people_get(struct store *st, struct id id, struct person *ret, struct err *err);
int people_posts(struct store *st, struct id person, struct posts *ret, struct err *err);
int people_contacts(struct store *st, struct id person, struct contacts *ret, struct err *err);
int people_details(struct store *st, struct id person, struct details_of *ret, struct err *err);
int people_formers(struct store *st, struct id person, struct formers *ret, struct err *err);

/* The next appointment still to come or under way, from `day` on. */
int people_next(struct store *st, struct id person, struct date day, struct person_next *ret,
		struct err *err);
/* Has anything been booked or opened for this person, or was the record merged? */
int people_in_care(struct store *st, struct id person, bool *ret, struct err *err);

/* ---- finding: each adds ids to a list, in the order of the keys, up to `limit` in it ---- */

struct ids {
	struct id *v;
	size_t n, cap;
};

enum find_kind {
	FIND_NAME = 'n', /* folded surname, US, folded given name */
	FIND_SOUND = 's',
	FIND_BORN = 'b',
	FIND_NHS = 'h',
	FIND_EMPLOYEE = 'e', /* folded */
	FIND_PHONE = 'p',    /* digits reversed: the end of a number is a prefix */
};
/* The sites at which they have, or had, appointments. */
int person_sites(struct store *st, struct id person, struct ids *ret, struct err *err);

int people_by_key(struct store *st, enum find_kind kind, const char *key, size_t limit,
		  struct ids *ret, struct err *err);
int people_by_prefix(struct store *st, enum find_kind kind, const char *key, size_t limit,
		     struct ids *ret, struct err *err);
/* Folded surname and given name, each from its start; "" for given takes all. */
int people_by_name(struct store *st, const char *surname, const char *given, size_t limit,
		   struct ids *ret, struct err *err);
/* Folded, and exactly these. */
int people_by_full_name(struct store *st, const char *surname, const char *given, size_t limit,
			struct ids *ret, struct err *err);
/* The same, and born on that day. */
int people_by_name_born(struct store *st, const char *surname, const char *given, struct date born,
			size_t limit, struct ids *ret, struct err *err);

/* Whoever has this employee number with this customer now (folded); id none if nobody. */
int people_employee(struct store *st, struct id customer, const char *number, struct id *ret,
		    struct err *err);

/* ---- two records of one person ---- */

/* The keys of one kind after a key, in order, at most `limit`: neighbours with one key may be one
 * person. */
enum { KEY_TEXT = 2 * NAME_TEXT + 2 };
struct keyed {
	char key[KEY_TEXT];
	struct id person;
};
struct keyed_list {
	struct keyed *v;
	size_t n, cap;
};
int people_walk(struct store *st, enum find_kind kind, const char *after, int limit,
		struct keyed_list *ret, struct err *err);

/* Somebody has asked: they are two. */
int people_apart(struct store *st, struct id a, struct id b, bool *ret, struct err *err);
void people_put_apart(struct txn *t, struct id id, struct id a, struct id b, const char *scope);

/* When both are booked at one time; none when they are not. */
int people_two_places(struct store *st, struct id a, struct id b, struct moment *ret,
		      struct err *err);

/* Every row that hangs on a record, those merged into it among them (table person). */
struct owned {
	const char *table;
	struct id id;
	char scope[CODE_TEXT];
};
struct owned_list {
	struct owned *v;
	size_t n, cap;
};
int people_owned(struct store *st, struct id person, struct owned_list *ret, struct err *err);

/* What must hold of people; part of `store check`. */
int check_people(struct store *st, check_found *found, void *ctx, struct err *err);

/* ---- the ledger of files taken in (local) ---- */

struct import {
	const char *kind, *name;
	unsigned char hash[HASH_BYTES];
	struct moment at;
	struct id user;
	int64_t added, changed, same, refused;
};
/* Was a file of this kind and content taken in before? */
int import_known(struct store *st, const char *kind, const unsigned char hash[HASH_BYTES],
		 bool *ret, struct err *err);
/* Inside a change. */
int import_put(struct store *st, const struct import *import, struct err *err);

#endif
