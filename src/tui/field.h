/*
 * field.h: what people type into: text, passwords, dates, times, choices; and forms of them.
 *
 * A form is made from a table of rows (struct form_field) that never changes; what was typed lives
 * in the form.  A field holds valid UTF-8 without control characters, whatever is typed or pasted;
 * the cursor never stands between a letter and its marks.
 */
#ifndef TUI_FIELD_H
#define TUI_FIELD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/alloc.h"
#include "base/err.h"
#include "canvas.h"
#include "keys.h"

struct ui;

enum field_kind { FIELD_TEXT, FIELD_PASSWORD, FIELD_DATE, FIELD_TIME, FIELD_CHOICE };

enum { ECHO_TEXT = 64 };

struct form_field {
	const char *name;  /* what err.field says, "" or NULL ends the table */
	const char *label; /* drawn at row, col */
	int row, col;	   /* where the label begins */
	int box;	   /* the column of the [ */
	int width;	   /* columns between [ and ] */
	enum field_kind kind;
	int max; /* characters at most; 0 is 200 */
	bool required;
	const char *const *choices; /* ends with NULL; FIELD_CHOICE takes one of these only */
	bool several;		    /* F4 adds the first word of a choice to what stands there */
	int page; /* only the fields of the cursor's page are shown; 0: of a form of one page */
	/* How what was typed is read ("=> Tue 17-Mar-2026"), shown behind the box.  Dates and times
	 * have one of their own. */
	void (*echo)(struct ui *ui, const char *text, char ret[ECHO_TEXT]);
};

/* What one field holds. */
struct typed {
	struct buf text;
	size_t at;   /* the cursor, in bytes */
	size_t from; /* first byte in view */
	char echo[ECHO_TEXT];
	struct buf was; /* before the last run of typing, for Ctrl-Z */
	size_t was_at;
	int run; /* what kind of typing the run is */
};

struct form {
	const struct form_field *fields;
	struct typed *v;
	int n, at;
	bool dirty; /* something was typed since form_init or form_clean */
};

void form_init(struct form *f, const struct form_field *fields);
void form_done(struct form *f);				       /* passwords are wiped */
const char *form_text(const struct form *f, const char *name); /* "" when empty */
void form_set(struct form *f, const char *name, const char *text);
void form_focus(struct form *f, const char *name);
bool form_on(const struct form *f, const char *name); /* is the cursor there? */
int form_page(const struct form *f);		      /* the cursor's */
/* To the first field of the next page that there is, or (by -1) of the one before; false at the
 * end.
 */
bool form_turn(struct form *f, int by);
/* What F4 gave. */
void form_choose(struct form *f, const struct form_field *field, const char *choice);

/* 0, or -1 with the first required field that is empty, where the cursor now is. */
int form_complete(struct form *f, struct err *err);

/* Labels, boxes and the cursor; `active` when keys go to this form.  `by` rows lower than said. */
void form_draw(struct canvas *c, const struct form *f, bool active, int by);

enum form_did {
	FORM_NOT_MINE, /* somebody else's key */
	FORM_MOVED,    /* the cursor moved */
	FORM_TYPED,    /* the text changed */
	FORM_REFUSED,  /* the text cannot take that; *ret_why says why */
	FORM_CHOICES,  /* F4 on a field with choices */
};
enum form_did form_key(struct ui *ui, struct form *f, const struct press *p, const char **ret_why);

#endif
