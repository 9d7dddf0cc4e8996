/* trail.c: reading a row's history. */
#include <stdio.h>

#include "base/alloc.h"
#include "clinic/trail.h"
#include "store/journal.h"

/* Was this event taken back by a later one of the list? */
static bool taken_back(const struct events *all, struct id event)
{
	list_each (e, all)
		if (id_same(e->reverses, event))
			return true;
	return false;
}

int trail_of(struct desk *desk, struct id subject, struct trail *ret, struct err *err)
{
	struct events events = { 0 };
	int rc = history_of(desk->store, subject, &events, err);

	if (rc == 0)
		list_each (e, &events) {
			struct step *s = list_push(ret);

			s->id = e->id;
			s->at = e->at;
			snprintf(s->user, sizeof s->user, "%s", e->user);
			snprintf(s->what, sizeof s->what, "%s", e->what);
			snprintf(s->why, sizeof s->why, "%s", e->why);
			s->taken_back = taken_back(&events, e->id);
		}
	list_free(&events);
	return rc;
}
