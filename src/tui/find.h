/*
 * find.h: what S3 knows between two keys, for its two halves: screen_find.c loads it and acts,
 * find_draw.c draws it.
 */
#ifndef TUI_FIND_H
#define TUI_FIND_H

#include <string.h>

#include "clinic/intake.h"
#include "model/contact.h"
#include "people.h"

enum {
	FIRST = 4,   /* the list's first line */
	HELP = 6,    /* shapes that can be typed */
	PREVIEW = 6, /* lines of the preview under the list */
	WIDE = 100,  /* columns from which rows say more, */
	PANE = 132,  /* and from which the preview stands beside the list */
	ADD = -1,    /* the row that adds a person */
	CONTACTS_MOST = 5,
};

struct find {
	struct form form;
	struct list list;
	struct found_list found;
	struct customer_contacts contacts; /* of customers, below the people */
	struct person_card card;	   /* of the marked row, for the preview */
	char purpose[48];
	find_then *then;
	struct date today;
	bool other;    /* the box says something else than what is listed */
	bool preview;  /* Tab asked for it */
	int64_t acted; /* the desk's last act when this was read */
	int rows, cols;
};

static inline const char *find_text(const struct find *f)
{
	return form_text(&f->form, "find");
}

/* Is the preview of the marked row to be seen? */
static inline bool find_previewed(const struct find *f)
{
	return f->preview || f->cols >= PANE;
}

void find_draw(struct canvas *c, const void *state);

#endif
