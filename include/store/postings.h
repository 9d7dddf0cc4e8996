/* postings.h: who works where. */
#ifndef STORE_POSTINGS_H
#define STORE_POSTINGS_H

#include "base/err.h"
#include "base/id.h"
#include "store/store.h"

struct posting {
	struct id clinician;
};
struct postings {
	struct posting *v;
	size_t n, cap;
};

/* Those that are in force at a site; added to `ret`, which the caller ends with list_free(). */
int postings_of_site(struct store *st, struct id site, struct postings *ret, struct err *err);

#endif
