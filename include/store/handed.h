/*
 * handed.h: which node holds which slots, as rows.  Handing them over is requests.h's.
 */
#ifndef STORE_HANDED_H
#define STORE_HANDED_H

#include "base/err.h"
#include "model/held.h"
#include "model/slot.h"
#include "store/store.h"

struct held_wish {
	int node;	      /* that it holds; 0: whichever, of those away from home */
	struct id clinician;  /* none: everybody's */
	struct date from, to; /* both included */
	struct moment now;    /* what has begun by then is free no more */
};
/* One for each session and holder, by day; added to what *ret holds. */
int held_rows(struct store *st, const struct held_wish *wish, struct helds *ret, struct err *err);

/* All that a node holds and that starts from a moment on, a diary after the other, by time. */
int held_slots(struct store *st, int node, struct moment from, struct slots *ret, struct err *err);

#endif
