/*
 * courses.h: the appointments of one episode in the order of time, and what was agreed beyond its
 * cap.
 */
#ifndef STORE_COURSES_H
#define STORE_COURSES_H

#include "base/err.h"
#include "model/course.h"
#include "store/store.h"
#include "store/txn.h"

/* All of an episode, whatever became of them.  The caller ends it with list_free(). */
int course_of(struct store *st, struct id episode, struct appt_rows *ret, struct err *err);

/* Oldest first, without those that were taken back. */
int extensions_of(struct store *st, struct id episode, struct extensions *ret, struct err *err);
/* ERR_MISSING in words. */
int extension_get(struct store *st, struct id id, struct extension *ret, struct err *err);

/* The last day for which anything of a clinician is published; DATE_NONE: nothing. */
int published_to(struct store *st, struct id clinician, struct date *ret, struct err *err);

/* ---- in a run ---- */

void extension_put(struct txn *t, const struct extension *x);
/* What is said of it from now on; at none and user none: nothing any more. */
void extension_set(struct txn *t, struct id id, const char *state, const char *answer,
		   struct moment at, struct id user);

#endif
