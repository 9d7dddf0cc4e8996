/*
 * answers.h: what became of what was asked of other nodes, and of what people were told.
 *
 * A booking into a slot that another node holds is asked for (T) until its holder has answered.
 * What the answer changes for the person is never silent: a message goes, or somebody rings.  Three
 * lists say how it stands: what waits for whom, who is to be rung back, and what came of one's own
 * acts otherwise than the screen had said.
 */
#ifndef CLINIC_ANSWERS_H
#define CLINIC_ANSWERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "clinic/desklist.h"
#include "clinic/search.h"
#include "model/attention.h"
#include "model/task.h"

/* ---- what waits ---- */

/* A booking that is not answered: by whom it is asked for, who is to say. */
struct asked {
	int node, holder;
	bool held;	     /* told as booked, under a hold that was taken away since */
	struct desk_row row; /* since when: row.row.a.asked_at */
};
struct askeds {
	struct asked *v;
	size_t n, cap;
};
/* Asked by this node of others, or (in) by others of this one; in the order of the log, so what is
 * not there yet comes last.  The caller ends it with list_free(). */
int asked_list(struct desk *desk, bool in, struct askeds *ret, struct err *err);
/* The same as a count for each holder: "3 wait for Harbour". */
struct waits {
	struct {
		int holder, n;
		struct moment since; /* the oldest */
	} v[16];
	size_t n;
};
int asked_waits(struct desk *desk, struct waits *ret, struct err *err);
/* "3 wait for Harbour, 1 for Mill"; "" when nothing does. */
char *waits_words(const struct desk *desk, const struct waits *waits, char *buf, size_t n);

/* ---- who is to be rung back ---- */

/* A task of kind ringback, with what whoever rings needs to know.  It is open until somebody ends
 * it with an outcome, which settles the clash that it came from as well. */
struct ringback {
	struct task_row task;
	enum appt_state state; /* of the appointment now: booked, declined, displaced ... */
	bool urgent;	       /* they had been told that it is booked */
	bool another;	       /* they need another time: ringback_offers() */
	struct id move;	       /* the appointment that still stands and would move; none: book */
	char number[40];       /* "07700 900418", or that none is known */
	char say[400];	       /* what to tell them */
};
struct ringbacks {
	struct ringback *v;
	size_t n, cap;
};
/* Those for this user at this desk's site, or all that they may see; the urgent ones first, then by
 * due.  The caller ends it with list_free(). */
int ringback_list(struct desk *desk, bool all, struct ringbacks *ret, struct err *err);
int ringback_count(struct desk *desk, int *ret, struct err *err); /* for this user */
/* The next times that would do instead: at most RINGBACK_OFFERS. */
enum { RINGBACK_OFFERS = 3 };
int ringback_offers(struct desk *desk, const struct ringback *r, struct places *ret,
		    struct err *err);

/* ---- otherwise than told ---- */

/* Own acts that came to something else than the screen had said, newest first, until somebody has
 * read them. */
int attention_list(struct desk *desk, struct attentions *ret, struct err *err);
/* Read: of this node alone, no act.  ERR_CLASH when it was before. */
int attention_ack(struct desk *desk, int64_t act, struct err *err);

#endif
