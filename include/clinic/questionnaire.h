/*
 * questionnaire.h: what is asked at the first session, at the review and at the last: filled in,
 * scored, and held against what was said at the first.
 *
 * For who reads clinical text of the service alone: to everybody else they are not there.  Totals
 * are computed, never typed.
 */
#ifndef CLINIC_QUESTIONNAIRE_H
#define CLINIC_QUESTIONNAIRE_H

#include "clinic/cap.h"
#include "clinic/desk.h"
#include "clinic/forms.h"
#include "form/answers.h"

/* Is session `nth` of an episode one at which they are asked for? */
bool questionnaire_at(const struct cap *cap, int nth);

/* The questionnaires of a service, by name; the caller ends it with list_free(). */
struct asked_form {
	char form[FORM_NAME], title[NAME_TEXT];
};
struct asked_forms {
	struct asked_form *v;
	size_t n, cap;
};
int questionnaires_of(struct desk *desk, struct id service, struct asked_forms *ret,
		      struct err *err);

/* Keeps the answers of one about an episode; its rules raise flags and tasks.  ERR_INPUT with the
 * first that is missing, unless a flag is in it. */
int questionnaire_fill(struct desk *desk, struct id episode, const struct form_found *f,
		       const struct answers *a, struct err *err);
/* The same from a file of answers. */
int questionnaire_file(struct desk *desk, struct id episode, const char *form, const char *path,
		       struct err *err);

/* Scores in the order in which they were taken.  was: of the first of that form. */
struct score_line {
	struct moment at;
	char form[FORM_NAME], title[NAME_TEXT], name[32], band[120];
	int value, was;
	bool first;
	const char *change; /* "", "reliable change", "reliable change, recovered", ... */
};
struct score_lines {
	struct score_line *v;
	size_t n, cap;
};
int questionnaire_scores(struct desk *desk, struct id episode, struct score_lines *ret,
			 struct err *err);

/* What a change of a score means: those that have published limits (PHQ-9, GAD-7, CORE-10); "" for
 * others, and for one that is within chance. */
const char *score_change(const char *form, int was, int now);

#endif
