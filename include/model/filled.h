/*
 * filled.h: a form filled in, as a command carries it and as rows keep it.
 *
 * A command that takes answers in carries a `struct filled` (rows of it, described by
 * filled_fields); its run calls filled_put(), the run of its reverse filled_withdraw().  The words
 * of the form are not in it: form, version and hash name the row that has them, and the form was
 * taken into use before (clinic/forms.h).
 */
#ifndef MODEL_FILLED_H
#define MODEL_FILLED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/alloc.h"
#include "base/args.h"
#include "base/id.h"
#include "base/world.h"

enum { FORM_ID_TEXT = 44, FORM_HASH_TEXT = 65 };

struct filled_score {
	struct id id;
	const char *name, *band;
	int64_t value;
};
struct filled_scores {
	struct filled_score *v;
	size_t n, cap;
};

/* Texts are the row's own, freed with the arguments. */
struct filled {
	struct id id, person, subject;
	struct id service; /* a private one; none: everybody may see it */
	const char *form, *hash;
	int64_t version;
	const char *about; /* person referral episode appointment: what `subject` is */
	const char *given; /* {"name":"value"}, in the form's order */
	int64_t acted;	   /* rules that acted */
	bool clinical;
	struct filled_scores scores;
};
struct filleds {
	struct filled *v;
	size_t n, cap;
};
extern const struct fields filled_fields;

/* A row of it; answer_rows_done() frees the texts. */
struct answer_row {
	struct id id, person, subject, service, by;
	char form[FORM_ID_TEXT], hash[FORM_HASH_TEXT], about[16];
	int version;
	bool clinical;
	char *given;
	int64_t acted;
	struct moment at;
	char state[12]; /* on withdrawn */
};
struct answer_rows {
	struct answer_row *v;
	size_t n, cap;
};
void answer_row_done(struct answer_row *row);
void answer_rows_done(struct answer_rows *rows);

struct score_row {
	char name[32], band[120];
	int value;
};
struct score_rows {
	struct score_row *v;
	size_t n, cap;
};

#endif
