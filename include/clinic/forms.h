/*
 * forms.h: the forms that serve: the program's own, and a site's in their place.
 *
 * A site's folder ([forms] folder in ohdesk.ini) goes first: its NAME.ini serves instead of ours,
 * or beside it; what [forms] without names of ours does not serve.  A file that is not understood
 * takes nobody's form away: the last good one serves, and `refused` says why.
 */
#ifndef CLINIC_FORMS_H
#define CLINIC_FORMS_H

#include "base/alloc.h"
#include "clinic/desk.h"
#include "form/answers.h"
#include "model/filled.h"

enum form_origin { FORM_OURS, FORM_SITES, FORM_KEPT };
const char *form_origin_code(enum form_origin origin);

enum { FORM_NAME = FORM_ID_TEXT };

struct form_found {
	char name[FORM_NAME];
	enum form_origin origin; /* where what serves comes from */
	bool serves;		 /* false: there is no good one at all */
	struct paper paper;	 /* what serves */
	char *text;		 /* its file */
	char hash[FORM_HASH_TEXT];
	bool kept;	   /* in the database, word for word */
	char refused[256]; /* why the file that should serve does not; "" */
};
struct forms_found {
	struct form_found *v;
	size_t n, cap;
};

/* The form of a name; a file refused is told as a warning of the desk.  ERR_MISSING: none of that
 * name; ERR_INPUT: its only file is refused. */
int forms_find(struct desk *desk, const char *name, struct form_found *ret, struct err *err);
/* The same to be filled in: keeps the version first, in a change of its own or the one under way.
 */
int forms_open(struct desk *desk, const char *name, struct form_found *ret, struct err *err);
/* A version that answers were given on, whatever serves now. */
int forms_of_answer(struct desk *desk, const char *form, int version, const char *hash,
		    struct paper *ret, struct err *err);
/* What was filled in about a person, or about one referral, episode or appointment, as far as this
 * user may read it: of a private service whoever may see that, clinical answers whoever reads
 * clinical text.  Others are not in the list: not even that there is something.  Newest first. */
int forms_of_person(struct desk *desk, struct id person, struct answer_rows *ret, struct err *err);
int forms_about(struct desk *desk, struct id subject, struct answer_rows *ret, struct err *err);

/* An administrator has a task about a form that is refused, `why`; one at a time of each. */
int forms_tell(struct desk *desk, const char *name, const char *why, struct err *err);

/* How many are refused, and how many serve that no clinician has signed off: what `store health`
 * says.
 */
int forms_amiss(struct desk *desk, int *ret_refused, int *ret_unsigned, struct err *err);

/* All of them by name, those too that are refused. */
int forms_all(struct desk *desk, struct forms_found *ret, struct err *err);
void form_found_done(struct form_found *f);
void forms_found_done(struct forms_found *l);

/* A file as it would be taken: ERR_INPUT with its line, or that its name is not its id. */
int forms_check_file(struct desk *desk, const char *path, struct paper *ret, struct err *err);
/* Whether the services that it names are there: its own, and those that its rules book.  ERR_INPUT,
 * with `name` before it.  Roles, rights, cards and reasons are looked at when a file is read. */
int forms_fit(struct desk *desk, const char *name, const struct paper *paper, struct err *err);

/* Answers from a file, and what follows from them. */
int forms_answers(struct desk *desk, const struct paper *paper, const char *path,
		  struct answers *ret, struct judged *ret_j, struct err *err);

/* Adds to a command what was filled in (model/filled.h): the answers shown, the scores, the rules
 * that acted.  Inside a check; the caller says whom and what it is about. */
struct filled *forms_fill(struct desk *desk, struct filleds *list, const struct form_found *f,
			  const struct answers *a, const struct judged *j);

#endif
