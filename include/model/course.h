/*
 * course.h: a course of sessions: what a contract lets it have, and what more was agreed to.
 */
#ifndef MODEL_COURSE_H
#define MODEL_COURSE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/day.h"
#include "base/id.h"
#include "model/appt.h"
#include "model/referral.h"

/* Does it count as one that was used, whatever has become of it?  Those that were seen always do;
 * by its contract also who did not come, and who cancelled too late. */
bool course_missed(const struct appt *a);
bool course_late(const struct appt *a, int notice_hours);
/* One that was missed or cancelled, and is used up all the same, by that contract. */
bool course_counted(const struct appt *a, const struct contract *by);

struct extension {
	struct id id, episode, asked_by, task, user;
	char scope[CODE_TEXT];
	int more;
	char words[CLINICAL_TEXT], answer[CLINICAL_TEXT]; /* clinical */
	struct moment asked_at, at;
	char state[CODE_TEXT]; /* asked agreed declined off */
};
struct extensions {
	struct extension *v;
	size_t n, cap;
};

#endif
