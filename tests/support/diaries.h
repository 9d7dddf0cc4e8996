/* diaries.h: templates and published slots for tests of rules; on a clinic that is open. */
#ifndef SUPPORT_DIARIES_H
#define SUPPORT_DIARIES_H

#include "clinic.h"
#include "clinic/publish.h"

/* A day and a wall-clock moment of it. */
struct date day_of(int y, int m, int d);
struct moment at_of(int y, int m, int d, int hour, int minute);

/* A template from today on; room "" for none.  Fails the test when it is refused. */
struct id a_template(struct clinic *c, const char *clinician, const char *site, const char *room,
		     const char *service, int weekday, const char *pattern);
/* Published from tomorrow or later as usual; from today on when it was never. */
struct published publish_all(struct clinic *c, struct id template);
/* Both, for each weekday of "Mon".."Fri". */
void a_diary(struct clinic *c, const char *clinician, const char *site, const char *room,
	     const char *service, const char *pattern);

/* The slot of a clinician at a moment; fails the test when there is none. */
struct id slot_at(struct clinic *c, const char *clinician, struct moment at);

#endif
