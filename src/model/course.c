/* course.c: what counts of a course of sessions. */
#include "model/course.h"

bool course_missed(const struct appt *a)
{
	return a->state == APPT_DNA || a->state == APPT_LATE;
}

bool course_late(const struct appt *a, int notice_hours)
{
	return a->state == APPT_CANCELLED && a->cancelled_by == CANCEL_PERSON &&
	       a->ended_at.utc > a->starts.utc - (int64_t)notice_hours * 3600;
}

bool course_counted(const struct appt *a, const struct contract *by)
{
	return (by->missed_counts && course_missed(a)) ||
	       (by->late_counts && course_late(a, by->notice));
}
