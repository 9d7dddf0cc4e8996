/*
 * clash.h: what two desks did at once, for a person to settle.
 *
 * A clash stays on the list until somebody says that it is settled, and how.  clash_rows() is the
 * list in words, clash_look() both sides of one with what may be done about it, clash_do() does one
 * of these: what it changes and the settling are one user act, taken back as one.
 *
 * Always holds: of a private service that the user may not know nothing is said but Private, a
 * name, a time; and nothing is offered.
 */
#ifndef CLINIC_CLASH_H
#define CLINIC_CLASH_H

#include "clinic/desk.h"
#include "model/clash.h"
#include "model/person.h"

/* Open ones, the oldest first; at most `max` after id `after` (none: from the first). */
int clash_list(struct desk *desk, struct id after, int max, struct clashes *ret, struct err *err);

/* ERR_CLASH, naming who, when somebody has settled it already. */
int clash_settle(struct desk *desk, struct id id, const char *how, struct err *err);

/* ---- in words (clash_words.c) ---- */

struct clash_row {
	struct clash c;
	bool masked;	    /* of a private service */
	bool ours;	    /* wanted by somebody at this node */
	struct moment when; /* it was wanted */
	struct id person;   /* whom it is about; none: nobody, or nobody who is known here */
	char name[PERSON_TEXT], surname[NAME_TEXT]; /* surname: in capitals, "they" for nobody */
	struct date born;
	char nhs[NHS_DIGITS];
	char what[80];	/* "Book Fri 13-Mar 15:40" */
	char brief[96]; /* "Book ELLIS Fri 13-Mar 15:40" */
	char why[64];	/* "slot taken at Harbour" */
};
struct clash_rows {
	struct clash_row *v;
	size_t n, cap;
};
int clash_rows(struct desk *desk, int max, struct clash_rows *ret, struct err *err);
int clash_row(struct desk *desk, struct id id, struct clash_row *ret, struct err *err);

/* Is it about the time of an appointment that was lost? */
bool clash_slot_lost(const struct clash *c);

/* One thing that the two sides have different, or alike. */
struct clash_line {
	char label[CODE_TEXT], here[LINE_TEXT], there[LINE_TEXT];
};

/* X(name, asks for words) */
#define OFFER_KINDS(X)                                                                             \
	X(OFFER_BOOK, false)	 /* the time that is named, in place of the one that was lost */   \
	X(OFFER_OVERBOOK, true)	 /* the time that was lost, beside who has it */                   \
	X(OFFER_TAKE, false)	 /* what was meant here after all */                               \
	X(OFFER_STANDS, false)	 /* as it is; `how` says in which words it is settled */           \
	X(OFFER_UNWANTED, false) /* no new time: the task to ring them ends too */                 \
	X(OFFER_HAND, false)	 /* a task for an administrator, who sees to it */                 \
	X(OFFER_WORDS, true)	 /* settled, and how is typed */                                   \
	X(OFFER_PAIR, false)	 /* on the screens: the two records side by side, */               \
	X(OFFER_MOVE, false)	 /* another time for one appointment, */                           \
	X(OFFER_DIARY, false)	 /* the day of a diary */

enum offer_kind {
#define X(name, words) name,
	OFFER_KINDS(X)
#undef X
};
bool offer_asks(enum offer_kind kind);
/* Those that open something else, and settle nothing by themselves. */
static inline bool offer_opens(enum offer_kind kind)
{
	return kind >= OFFER_PAIR;
}

struct clash_offer {
	enum offer_kind kind;
	char words[LINE_TEXT]; /* what it is, to be read and chosen */
	char how[WORDS_TEXT];  /* ... as the record has it */
	struct id clinician, appt, other;
	struct moment starts;
	bool asked; /* another node holds that time: to be confirmed */
};

enum { CLASH_LINES = 8, CLASH_OFFERS = 6 };
struct clash_view {
	struct clash_row row;
	char here[64], there[64]; /* "p.shah, Northgate": whose each side is */
	struct clash_line v[CLASH_LINES];
	int n;
	char say[2 * LINE_TEXT]; /* what it comes to */
	struct clash_offer offers[CLASH_OFFERS];
	int offered;
};
int clash_look(struct desk *desk, struct id id, struct clash_view *ret, struct err *err);

/* The offer of that place in the view, from 0; words: why or how, where it asks.  *ret_said is what
 * was done, for row 23. */
int clash_do(struct desk *desk, const struct clash_view *view, int offer, const char *words,
	     char *ret_said, size_t n, struct err *err);

#endif
