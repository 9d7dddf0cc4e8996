/*
 * became.h: what became of this user's own acts otherwise than the screen had said: a booking that
 * was to be confirmed is, or could not be had.
 *
 * It is said once, in one sentence; what is lost stands on the list of clashes and of tasks until
 * somebody settles it.
 */
#ifndef CLINIC_BECAME_H
#define CLINIC_BECAME_H

#include "clinic/desk.h"

struct became {
	char line[200]; /* "" nothing is new */
	int confirmed, lost;
	int64_t upto; /* of the list as it was looked at */
};
int became_look(struct desk *desk, struct became *ret, struct err *err);
/* It was said; a change of this database alone, that no desk shows. */
int became_heard(struct desk *desk, const struct became *b, struct err *err);

#endif
