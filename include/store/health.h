/*
 * health.h: what is amiss, asked quickly: each question is a short stretch of an index, for the
 * line at sign-in.  `store check` asks everything (checks.h).
 */
#ifndef STORE_HEALTH_H
#define STORE_HEALTH_H

#include "base/day.h"
#include "base/err.h"
#include "store/store.h"

/* Clashes that wait for a person. */
int health_overlaps(struct store *st, int *ret, struct err *err);

/* Rows of days before `today` that nobody ended; at one site, none: at all. */
int health_unfinished(struct store *st, struct id site, struct date today, int *ret,
		      struct err *err);

/* What hangs in the air on a day: appointments without their slot, slots kept by ended ones; and
 * open tasks of who is switched off. */
int health_orphans(struct store *st, struct id site, struct date day, int *ret, struct err *err);

#endif
