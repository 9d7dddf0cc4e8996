/*
 * taking.h: what the files of S5 share: a referral that is taken in while somebody is on the
 * telephone.  screen_intake.c asks and saves, intake_begin.c says what its questions begin with,
 * intake_card.c who was told of a flag, intake_park.c keeps it half-made.
 */
#ifndef TUI_TAKING_H
#define TUI_TAKING_H

#include "clinic/flag.h"
#include "clinic/forms.h"
#include "clinic/referral.h"
#include "formview.h"
#include "model/contact.h"
#include "model/park.h"
#include "who.h"

extern const struct screen screen_intake;

enum { UNFINISHED_SECONDS = 30 * 60 }; /* after which a nurse takes up what was begun */

struct taking {
	struct id person, service;
	struct form_found found; /* the form, while it is open */
	struct formview v;
	bool open, saved;		    /* saved: by its user; what comes next is the booking */
	bool anew;			    /* although one for the same is open */
	bool books;			    /* its form let it be booked */
	struct id referral;		    /* it is taken in already; none: not yet */
	char number[CODE_TEXT], stands[80]; /* stands: how it does, once it is saved */
	struct moment begun, received;	    /* received: none: when it was begun */
	struct id referrer;
	struct customer_contacts contacts; /* of the employer, for F4 */
	char **names;			   /* theirs, ended by NULL */
	struct who who;
	int flags;		   /* open, for them and this service */
	struct flag_helped helped; /* the one that is looked after least */
	bool rung;		   /* it was said that the duty number is to be rung */
	int top;
};

static inline struct formview *taking_view(void *state)
{
	return &((struct taking *)state)->v;
}

/* The words of row 1: "physio, self". */
const char *taking_place(const struct taking *t);

/* ---- intake_begin.c ---- */

/* What is known of them already, into the questions that ask for it. */
int taking_begin(struct ui *ui, struct taking *t, struct err *err);
/* After an answer: who refers, where that is one of the employer's contacts. */
void taking_referrer(struct taking *t);

/* ---- intake_card.c ---- */

/* As often as the screen is read anew: who has heard of it. */
int taking_duty(struct ui *ui, struct taking *t, struct err *err);
int taking_wake(struct ui *ui, void *state);
/* Two lines from `line` on; 0 rows when nothing is flagged. */
int taking_card_rows(const struct taking *t);
void taking_card(struct canvas *c, const struct taking *t, int line);
enum next taking_told(struct ui *ui, void *state);
/* -1 while nobody has heard of the flag and nobody on duty was told. */
int taking_holds(const struct ui *ui, const void *state, struct err *why);

/* ---- intake_park.c ---- */

bool taking_park(const struct ui *ui, const void *state, struct parked *ret, struct parcel *texts);
enum next taking_resume(struct ui *ui, const struct parked *was, const struct parcel *texts);

#endif
