/*
 * publish.h: weekly patterns, and the slots that are published from them.
 *
 * Always holds: only the home node of a clinician changes their diary; no clinician and no room is
 * published for two things at one time; a changed pattern drops nobody: who is booked into what it
 * replaces keeps their slot until they are moved, and is listed.
 */
#ifndef CLINIC_PUBLISH_H
#define CLINIC_PUBLISH_H

#include "base/day.h"
#include "base/err.h"
#include "base/id.h"
#include "clinic/desk.h"
#include "model/diary.h"

enum { PUBLISH_DAYS = 84 }; /* twelve weeks ahead (issue: diaries are published so far) */

/* May this user change that clinician's diary here?  Administrators and managers any; nurses,
 * clinicians and counsellors their own.  ERR_DENIED in words, also when another node keeps it. */
int diary_may_change(struct desk *desk, struct id clinician, struct err *err);

/* Takes back the last change of a leave or a template; ERR_MISSING when the id is of neither. */
int diary_undo(struct desk *desk, struct id subject, char *ret_what, size_t n, struct err *err);

/* Adds a weekly pattern: want->id is given back in *ret_id; want->on is not looked at.  Refused in
 * words with err->field: pattern, from, to, room, clinician ... */
int template_add(struct desk *desk, const struct template *want, struct id *ret_id,
		 struct err *err);

/* What a template becomes from a day on; NULL and none leave a thing as it is. */
struct template_change {
	const char *pattern;
	struct id site, room, service;
	int weekday; /* -1: as it is */
	bool no_room;
};

/* Ends the template the day before `from`, makes a new one of it with the changes, and publishes
 * that for the days which the old one was published for.  One user act.  ret_hit (added to): the
 * appointments that stand in what was withdrawn. */
int template_set(struct desk *desk, struct id template, struct date from,
		 const struct template_change *change, struct entries *ret_hit, struct id *ret_id,
		 struct err *err);

/* Its last day; sessions after it are withdrawn. */
int template_end(struct desk *desk, struct id template, struct date last, struct entries *ret_hit,
		 struct err *err);

struct published {
	struct id template;
	struct date from, to;	     /* the first and last day asked for */
	int days, slots;	     /* made */
	int holidays, leave, before; /* days passed over: of these kinds, published before */
	int left_out; /* slots left out because somebody is still booked at their time */
};

/* Publishes one template from a day to another (none: from the day after the last published, or
 * today; up to PUBLISH_DAYS from today).  ERR_CLASH names whom and when if the clinician or the
 * room is taken then. */
int template_publish(struct desk *desk, struct id template, struct date from, struct date to,
		     struct published *ret, struct err *err);

/* Several as one user act, all or none: those named, else all that run of a clinician, else (none)
 * all whose diaries this node keeps.  ret is added to, one for each template. */
struct published_list {
	struct published *v;
	size_t n, cap;
};
int templates_publish(struct desk *desk, const struct id *templates, size_t n, struct id clinician,
		      struct date from, struct date to, struct published_list *ret,
		      struct err *err);

/* By clinician (none: everybody's), weekday and first day; and one of them. */
int templates_list(struct desk *desk, struct id clinician, struct templates *ret, struct err *err);
int template_of(struct desk *desk, struct id template, struct template *ret, struct err *err);
/* The last day it is published for; DATE_NONE if it is not. */
int template_last(struct desk *desk, struct id template, struct date *ret, struct err *err);

#endif
