/*
 * closings.h: days that were closed, and the backups that were made.
 */
#ifndef STORE_CLOSINGS_H
#define STORE_CLOSINGS_H

#include "base/day.h"
#include "base/err.h"
#include "model/closing.h"
#include "store/store.h"
#include "store/txn.h"

/* The closing that stands of a site's day; id none: it is open. */
int closing_of(struct store *st, struct id site, struct date day, struct day_close *ret,
	       struct err *err);

/* Bookings that are not confirmed, by their ids. */
struct appt_ids {
	struct id *v;
	size_t n, cap;
};
int tentative_at(struct store *st, struct id site, struct date from, struct date to,
		 struct appt_ids *ret, struct err *err);

/* When this database was last copied in whole; none: never. */
int backup_last(struct store *st, struct moment *ret, struct err *err);
/* Inside a change. */
int backup_put(struct store *st, struct moment at, const char *folder, struct id user,
	       struct err *err);

/* ---- in a run ---- */

/* False when the day is closed already: then nothing was written. */
bool closing_put(struct txn *t, const struct day_close *c);
void closing_off(struct txn *t, struct id id);

#endif
