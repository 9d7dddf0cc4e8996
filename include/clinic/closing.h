/*
 * closing.h: the end of a site's day: what stands in the way, closing it, the next day's list for
 * paper.
 *
 * Always holds: a day is closed when nothing stands in its way, or with a reason; what is left then
 * goes to the next shift as one task.  A closed day can be changed like any other: closing says
 * that somebody looked, and when.
 */
#ifndef CLINIC_CLOSING_H
#define CLINIC_CLOSING_H

#include "base/alloc.h"
#include "clinic/desk.h"
#include "model/appt.h"
#include "model/closing.h"

/* X(name, words for one, words for several) */
#define LEFT_KINDS(X)                                                                              \
	X(LEFT_ROW, "row without an outcome", "rows without an outcome")                           \
	X(LEFT_TENTATIVE, "booking not confirmed", "bookings not confirmed")                       \
	X(LEFT_TASK, "task due", "tasks due")                                                      \
	X(LEFT_PARKED, "parked draft", "parked drafts")                                            \
	X(LEFT_UNSENT, "message not sent", "messages not sent")

enum left_kind {
#define X(name, one, several) name,
	LEFT_KINDS(X)
#undef X
		LEFT_KIND_COUNT
};

enum { LEFT_COLUMNS = 60, /* of a task's text */ LEFT_TEXT = 640 };

/* One thing that stands in the way. */
struct left {
	enum left_kind kind;
	struct id appt, task, message, person; /* whichever it is about */
	int64_t parked;			       /* a draft of the user's own (clinic/park.h) */
	struct moment at;		       /* when it was or is due */
	enum appt_state state;		       /* of a row */
	char who[PERSON_TEXT];
	struct date born;
	bool alike; /* another row looks like them */
	char text[LEFT_TEXT];
};
struct lefts {
	struct left *v;
	size_t n, cap;
};

struct closing {
	struct lefts left; /* rows first, by time; then tasks; then the rest */
	int count[LEFT_KIND_COUNT];
	struct day_close closed; /* id none: it is open */
};
void closing_done(struct closing *c);

/* What stands in the way of closing this day at this site, for who asks. */
int closing_look(struct desk *desk, struct id site, struct date day, struct closing *ret,
		 struct err *err);
/* "2 rows without an outcome, 1 task due"; "" for nothing. */
enum { CLOSING_WORDS = 200 };
char *closing_words(const struct closing *c, char buf[CLOSING_WORDS]);

/* Closes it.  why: needed when something is left.  ERR_CLASH when it is closed already. */
int closing_close(struct desk *desk, struct id site, struct date day, const char *why,
		  struct err *err);

/* Hands the desk over to the next shift: a task that says what is open here, and the words. */
int closing_hand_over(struct desk *desk, const char *words, struct err *err);

/* ---- paper for a day without the line ---- */

/* The next day on which somebody works or is booked there. */
int closing_next_day(struct desk *desk, struct id site, struct date day, struct date *ret,
		     struct err *err);

/* Who comes on a day: plain text, 80 columns, pages of 60 lines parted by form feeds, each with its
 * head.  ret_n: how many people.  A private row says Private. */
int closing_list(struct desk *desk, struct id site, struct date day, struct buf *ret, int *ret_n,
		 struct err *err);

/* The same into spool/SITE-DATE.txt beside the database, and to the printer when one is set.
 * Lists of more than a week ago go from there.  ret_words: "Fri 13-Mar-2026: 14 people, printing".
 */
int closing_paper(struct desk *desk, struct id site, struct date day, char *ret_words, size_t n,
		  struct err *err);

#endif
