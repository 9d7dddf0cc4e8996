/*
 * esr.h: what ESR said last, the files it said so in, and what it says otherwise than we.
 *
 * Rows of esr_* by type (model/esr.h), each the struct of its type.  Texts of rows read are owned:
 * esr_row_done().
 */
#ifndef STORE_ESR_H
#define STORE_ESR_H

#include "base/hash.h"
#include "model/esr.h"
#include "model/person.h"
#include "store/store.h"
#include "store/txn.h"

/* ---- what ESR said ---- */

/* In a run: the row as it is now, in the place of the one that is there, or new. */
void esr_put(struct txn *t, enum esr_type type, const void *row, bool there, int vpd,
	     const char *scope);

int esr_get(struct store *st, enum esr_type type, int vpd, int64_t no, void *ret, bool *ret_found,
	    struct err *err);
/* Is anything of this type known of the organisation? */
int esr_any(struct store *st, enum esr_type type, int vpd, bool *ret, struct err *err);

/* Whose an assignment is, and where its numbers point: NULL texts are unknown.  Owned:
 * esr_around_done(). */
struct esr_around {
	bool found, off; /* a person of that number; ESR deleted them */
	struct id person;
	struct date left_day;
	char *employee_no, *department, *job, *manager;
};
int esr_around(struct store *st, int vpd, const struct esr_assignment *a, struct esr_around *ret,
	       struct err *err);
void esr_around_done(struct esr_around *around);

struct esr_nos {
	int64_t *v;
	size_t n, cap;
};
/* Numbers of assignments that point at a number: of their person, manager, organisation or
 * position. */
enum esr_by { ESR_BY_PERSON, ESR_BY_MANAGER, ESR_BY_ORGANISATION, ESR_BY_POSITION };
int esr_assignments(struct store *st, enum esr_by by, int vpd, int64_t no, struct esr_nos *ret,
		    struct err *err);
/* Those whose last day lies in [from, to). */
int esr_ended(struct store *st, int vpd, struct date from, struct date to, struct esr_nos *ret,
	      struct err *err);

/* Is the person linked with a record of this organisation other than `no`? */
int esr_linked(struct store *st, int vpd, int64_t no, struct id person, bool *ret, struct err *err);
/* Does an assignment speak for this post? */
int esr_has_post(struct store *st, struct id post, bool *ret, struct err *err);

/* Has anybody changed this person otherwise than by a file? */
int esr_desk_changed(struct store *st, struct id person, bool *ret, struct err *err);

/* One person of ESR in a list. */
struct esr_whom {
	struct id id, person;
	int vpd;
	int64_t no;
	char surname[NAME_TEXT], given[NAME_TEXT], title[CODE_TEXT], employee_no[CODE_TEXT];
	struct date born, missing;
};
struct esr_whoms {
	struct esr_whom *v;
	size_t n, cap;
};
enum esr_list {
	ESR_PROPOSED,  /* not linked yet */
	ESR_MISSING,   /* not in the last full file */
	ESR_LINKED_TO, /* of one person; `of` */
};
/* In the order of their ids, from behind `after`, at most `limit`. */
int esr_whoms(struct store *st, enum esr_list list, int64_t of, struct id after, size_t limit,
	      struct esr_whoms *ret, struct err *err);
/* The numbers of an organisation's people, from behind `after`. */
int esr_people(struct store *st, int vpd, int64_t after, size_t limit, struct esr_nos *ret,
	       struct err *err);

/* ---- absences, newest first; who may see them is the clinic's to say ---- */

struct esr_absences {
	struct esr_absence *v;
	size_t n, cap;
};
int esr_absences(struct store *st, struct id person, size_t limit, struct esr_absences *ret,
		 struct err *err);
void esr_absences_done(struct esr_absences *list);

/* ---- files ---- */

struct esr_file {
	struct id id;
	struct esr_header head;
	char hash[HASH_HEX];
	int64_t rows, refused;
	struct moment at;
	bool on;
};
void esr_file_put(struct txn *t, const struct esr_file *file);
void esr_file_off(struct txn *t, struct id file);
/* The last one taken; id none if there is none. */
int esr_file_last(struct store *st, int vpd, struct esr_file *ret, struct err *err);
int esr_file_named(struct store *st, int vpd, const char *name, struct esr_file *ret,
		   struct err *err);

/* ---- differences ---- */

struct esr_difference {
	struct id id, file, person, row;
	char part[CODE_TEXT], field[CODE_TEXT], theirs[WORDS_TEXT], state[CODE_TEXT];
};
struct esr_differences {
	struct esr_difference *v;
	size_t n, cap;
};
void esr_difference_put(struct txn *t, const struct esr_difference *d, const char *scope);
/* From one state to another; nothing when it is in none of them. */
void esr_difference_set(struct txn *t, struct id id, const char *from, const char *to);
int esr_difference_get(struct store *st, struct id id, struct esr_difference *ret, struct err *err);
/* Those that wait, oldest first. */
int esr_differences(struct store *st, size_t limit, struct esr_differences *ret, struct err *err);
/* Has the same been listed before, and not been taken? */
int esr_difference_known(struct store *st, const struct esr_difference *d, bool *ret,
			 struct err *err);

#endif
