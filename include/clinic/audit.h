/*
 * audit.h: who did what, and who opened whose record, for those who answer for it.
 *
 * For managers, administrators, and who leads a service.  Always holds: a row of a private service
 * that its reader may not know says Private, and neither what was done, nor to what; so does one
 * about a flag or an alert to who reads no clinical words.
 */
#ifndef CLINIC_AUDIT_H
#define CLINIC_AUDIT_H

#include "clinic/desk.h"
#include "model/audit.h"

#define AUDIT_PRIVATE "Private"
enum { AUDIT_ROWS = 500, AUDIT_ROWS_MOST = 100000 };

/* ERR_MISSING in words. */
int audit_user(struct desk *desk, const char *name, struct id *ret, struct err *err);

/* Of one person all there is, else of the days that are asked for.  Reading about a person is an
 * opening of their record.  The caller ends it with list_free(). */
int audit_show(struct desk *desk, const struct audit_filter *f, struct audit *ret, struct err *err);

/* Walks the chains that this database keeps; ERR_STORE names the first link that does not fit. */
struct audit_chain {
	const char *name;
	int64_t n;
};
enum { AUDIT_CHAINS = 3 };
int audit_verify(struct desk *desk, struct audit_chain ret[AUDIT_CHAINS], int *ret_n,
		 struct err *err);

#endif
