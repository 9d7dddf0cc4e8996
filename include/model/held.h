/*
 * held.h: slots of one session that one node holds.
 */
#ifndef MODEL_HELD_H
#define MODEL_HELD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/day.h"
#include "base/id.h"

struct held {
	struct id block, clinician, site, service;
	struct date day;
	struct moment first, last; /* when the first and the last of them start */
	int home, holder;	   /* nodes: the diary's, and the one that confirms in them */
	int free, booked;	   /* slots: that can still be booked; that somebody has */
	struct moment release_at;  /* of the free ones the first that opens to all; none: none */
	struct moment given_at;	   /* since when; none: they were published so */
	bool forgotten;		   /* away from home, free, and their day is near */
};
struct helds {
	struct held *v;
	size_t n, cap;
};

#endif
