/*
 * audit.h: who did what, and who opened whose record, by the clock.
 */
#ifndef STORE_AUDIT_H
#define STORE_AUDIT_H

#include "base/err.h"
#include "model/audit.h"
#include "store/store.h"

/* Oldest first.  Openings are those of this database.  The caller ends it with list_free(). */
int audit_select(struct store *st, const struct audit_filter *f, struct audit *ret,
		 struct err *err);

#endif
