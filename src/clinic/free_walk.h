/*
 * free_walk.h: what is free, slot by slot in the order of time, for a search to look at (private to
 * the clinic).
 *
 * One walk along the index of what is free; for a wish that only some clinicians meet, one along
 * the index of each of them, merged: so what others have free costs nothing, however much it is.
 */
#ifndef CLINIC_FREE_WALK_H
#define CLINIC_FREE_WALK_H

#include "clinic/search.h"
#include "store/slots.h"

struct free_stream {
	struct slots_walk at;
	struct slots piece; /* read, and given out up to `next` */
	size_t next;
	int ask;
	bool more;
};
struct free_walk {
	struct desk *desk;
	struct free_stream *v;
	size_t n, cap;
};

/* Has this clinician what the search asks of somebody? */
bool free_walk_meets(const struct search *s, const struct clinician *c);

void free_walk_begin(struct free_walk *w, struct desk *desk, const struct search *s);
/* The next one, borrowed until the next call; NULL: there is no more. */
int free_walk_next(struct free_walk *w, const struct slot **ret, struct err *err);
void free_walk_end(struct free_walk *w);

#endif
