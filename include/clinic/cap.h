/*
 * cap.h: how many sessions an episode may have, and what counts as one.
 *
 * The contract's version of the day on which the episode was received says so (the referral took
 * it then), else the service; the lead may have agreed to more.  Those that were seen are used;
 * by contract also who did not come or came too late to be seen, and who cancelled with less than
 * its notice.
 */
#ifndef CLINIC_CAP_H
#define CLINIC_CAP_H

#include "clinic/desk.h"
#include "model/course.h"

struct cap {
	int cap, more;	  /* with what was agreed, `more` of it; 0: as many as are needed */
	int used, booked; /* live ones are booked */
	int left;	  /* 0 also when more than the cap are used */
	int seen, missed, late;
	struct contract by; /* id none: the service's own figures */
	bool asked;	    /* more are asked for, and not yet answered */
};
int cap_of(struct desk *desk, struct id episode, struct cap *ret, struct err *err);

/* Which session of its episode an appointment is, by the same count, and of how many.  One that
 * does not count has the number that the next one will have. */
int cap_nth(struct desk *desk, const struct appt *a, int *ret_nth, struct cap *ret,
	    struct err *err);

/* Nothing is left: the next one needs the lead. */
bool cap_reached(const struct cap *c);
/* The attendance that looks back, by its contract, while the next one to come is it; else 0. */
int cap_review(const struct cap *c);

/* "cap 6: 1 used, 1 booked, 4 left", "1 used, 1 booked" without a cap. */
enum { CAP_TEXT = 64 };
char *cap_show(const struct cap *c, char buf[CAP_TEXT]);

/* ---- more than the cap ---- */

/* Asks the lead for more: a task.  One at a time. */
int cap_ask(struct desk *desk, struct id episode, int more, const char *words, struct err *err);
/* The lead's answer, with a reason, to what is asked for; the task is done by it, and who
 * asked is told by another.  Nothing is asked for: the lead gives `more` by themselves.  more 0: as
 * many as were asked for. */
int cap_answer(struct desk *desk, struct id episode, bool agreed, int more, const char *words,
	       struct err *err);

/* The latest answer: "2 more declined by c.hart: exercises at home", cut to n; its reason for
 * clinical eyes alone.  "": nobody asked, or more are asked for since. */
int cap_said(struct desk *desk, struct id episode, char *buf, size_t n, struct err *err);

#endif
