/* series.h: what the files of the course of sessions (S10) share. */
#ifndef TUI_SERIES_H
#define TUI_SERIES_H

#include "clinic/series.h"
#include "model/number.h"
#include "model/park.h"
#include "ui.h"
#include "who.h"

enum { SERIES_WORDS = 7, SERIES_LINE = 160 };

struct course {
	struct id episode;
	int again;	 /* planned anew from this session on; 0: new ones */
	int first, last; /* sessions that are still to come, when that was asked */
	struct who who;
	struct series s;
	struct form form;
	bool ready;   /* the pattern stands in its fields */
	bool editing; /* the cursor is in one of them */
	bool touched; /* a row was changed, or the pattern */
	bool anew;    /* said once what is proposed */
	struct list list;
	char why[WORDS_TEXT];
	char number[PHONE_TEXT]; /* where they are rung back, unless another is said */
	char call_back[PHONE_TEXT];
	struct parcel *back;
	char (*with)[NAME_TEXT], (*room)[NAME_TEXT]; /* of each row */
	char number_of[CODE_TEXT];
	int priority;
	bool clinical; /* this user reads clinical text of it */
	int top;
	bool wide; /* room for all of a note */
	/* as drawn */
	char head[SERIES_LINE], flag[24];
	char words[SERIES_WORDS][SERIES_LINE];
	int nwords;
	char none[SERIES_LINE];
	char **clinicians; /* what F4 lists, ended by NULL */
};
extern const struct screen screen_series;

/* ---- series_words.c ---- */

int course_say(struct ui *ui, struct course *c, struct err *err);
void course_sum(struct ui *ui, const struct course *c);
void course_row(struct canvas *c, int line, int number, bool selected, const void *state, int at);
void course_head(struct canvas *c, int line);

/* ---- series_form.c: the pattern ---- */

void course_form(struct ui *ui, struct course *c);
void course_form_done(struct course *c);
/* What stands in the fields, into what is asked; -1 with err->field. */
int course_read(struct ui *ui, struct course *c, struct series_ask *ask, struct err *err);
/* "video 11:00 NGT-Q": what one row is changed to. */
int course_read_row(struct ui *ui, const struct series_row *row, const char *text,
		    struct series_change *ret, struct err *err);

#endif
