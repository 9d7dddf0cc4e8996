/*
 * decide.h: what S7 knows between two keys, for its parts: screen_decide.c loads it and acts,
 * decide_form.c is the decision, decide_draw.c draws.
 */
#ifndef TUI_DECIDE_H
#define TUI_DECIDE_H

#include "clinic/desklist.h"
#include "model/park.h"
#include "open.h"
#include "triage.h"
#include "who.h"

enum { DECIDE_FIELDS = 8, DECIDE_TOP = 4 };

/* What a field offers, and what each choice stands for: the nth of `v` is ids[n], or a word. */
struct choices_of {
	struct {
		char **v;
		size_t n, cap;
	} text; /* ended by NULL, which is not counted */
	struct {
		struct id *v;
		size_t n, cap;
	} ids;
};

/* A line of what is read, on the left. */
struct decide_line {
	unsigned look;
	int indent;
	char text[800];
};
struct decide_lines {
	struct decide_line *v;
	size_t n, cap;
};

struct decide {
	struct picked at;
	int64_t *ids; /* of the inbox, as it was when this was opened */
	size_t n, i;
	struct id shown; /* which of them the form was filled for */
	bool fields;	 /* the cursor is in a field: letters are text */
	int priority;
	int suggested;
	enum pathway suggested_path;

	/* What there is to read. */
	struct who who;
	struct said_rows said;
	struct remarks remarks;
	struct attachments papers;
	char (*kept)[NAME_TEXT]; /* where each is, when not here */
	char from[CODE_TEXT];	 /* who took it in */
	struct date today;
	struct episode_rows courses;  /* previous ones with this service */
	struct referral_rows before;  /* referrals to it that opened none */
	struct flag_rows flags;	      /* that are open */
	struct id alone;	      /* one of them that nobody looks after yet */
	char call[2 * DAY_TEXT + 40]; /* the last about them */
	char rule[NAME_TEXT];	      /* of the contract that it is beyond; "" */
	char ring[PHONE_TEXT];	      /* the number to ring first */
	char other[CODE_TEXT];	      /* who else is deciding it: it is read only */
	char ended[160];	      /* it was decided: by whom, and how */
	struct decide_lines lines;
	size_t top, room; /* the first line in view, and how many are */
	int cols;	  /* what the lines were made for */

	struct form form;
	struct form_field field[DECIDE_FIELDS + 1];
	struct choices_of pathways, risks, services, sites, whom, modes;
	struct parcel *back; /* what was parked, until it stands in the form */
};

/* decide_form.c: the decision's fields: made once for each referral, read when it is accepted. */
void decide_form_begin(struct ui *ui, struct decide *d);
void decide_form_end(struct decide *d);
void decide_form_place(struct decide *d, int cols); /* where they stand in a window that wide */
int decide_form_read(struct ui *ui, const struct decide *d, struct decide_ask *ret,
		     struct err *err);
/* A flag that the nurse chose and that is not open: its kind; false: none. */
bool decide_form_risk(const struct decide *d, enum flag_kind *ret);

/* decide_draw.c */
int decide_bar(int cols); /* the column between the two halves */
void decide_lines_make(struct decide *d, int cols);
void decide_draw(struct canvas *c, const void *state);

#endif
