/*
 * forms.h: forms in use, and forms filled in, as rows.  Who may read which answers is the clinic's
 * to say.
 */
#ifndef STORE_FORMS_H
#define STORE_FORMS_H

#include "base/err.h"
#include "model/filled.h"
#include "store/checks.h"
#include "store/store.h"
#include "store/txn.h"

/* A form kept whole. */
struct form_kept {
	struct id id; /* none: there is no such row */
	int version;
	char hash[FORM_HASH_TEXT];
	char *text; /* the caller frees; NULL without a row */
};
/* The newest version of a form, and one version of it.  Where two nodes began to use a version in
 * different words, the words that were used first are it, everywhere. */
int form_newest(struct store *st, const char *form, struct form_kept *ret, struct err *err);
int form_of_version(struct store *st, const char *form, int version, struct form_kept *ret,
		    struct err *err);
/* That very wording, which answers name. */
int form_worded(struct store *st, const char *form, int version, const char *hash,
		struct form_kept *ret, struct err *err);

/* Filled in (model/filled.h).  Those about a person, or about one referral, episode or appointment:
 * the newest first. */
int answers_of_person(struct store *st, struct id person, struct answer_rows *ret, struct err *err);
int answers_about(struct store *st, struct id subject, struct answer_rows *ret, struct err *err);

int scores_of(struct store *st, struct id answer, struct score_rows *ret, struct err *err);

/* What must hold of them; part of `store check`. */
int check_forms(struct store *st, check_found *found, void *ctx, struct err *err);

/* ---- in a run ---- */

struct new_form {
	struct id id;
	const char *form, *hash, *title, *text;
	int64_t version;
};
/* Keeps it, unless the same words are kept already. */
void form_put(struct txn *t, const struct new_form *f);

/* All of a command's; the scope is that of the rows the command writes. */
void filled_put(struct txn *t, const struct filleds *list, const char *scope);
/* The command that brought it is taken back. */
void filled_withdraw(struct txn *t, struct id answer);
/* ... and the one that withdrew it is. */
void filled_restore(struct txn *t, struct id answer);

#endif
