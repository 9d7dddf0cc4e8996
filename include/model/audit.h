/*
 * audit.h: one line of the audit: what was done, or whose record was opened.
 */
#ifndef MODEL_AUDIT_H
#define MODEL_AUDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/day.h"
#include "base/id.h"

struct audited {
	struct id id, subject, actor; /* id: of its row in the history; an opening has none */
	struct id person, service;    /* what it is about; none: nobody, no service */
	struct moment at;
	char user[32], type[20], what[240], why[240];
	bool opened; /* a record was opened, nothing was changed */
};
struct audit {
	struct audited *v;
	size_t n, cap;
};

/* None of it: any.  `to` is not in it. */
struct audit_filter {
	struct id person, user;
	struct moment from, to;
	int limit; /* the last ones */
};

#endif
