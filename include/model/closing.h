/* closing.h: a site's day that was closed. */
#ifndef MODEL_CLOSING_H
#define MODEL_CLOSING_H

#include "base/day.h"
#include "base/id.h"
#include "model/user.h"

struct day_close {
	struct id id, site;
	struct date day;
	struct moment at;
	struct id user;
	char by[CODE_TEXT];    /* the user's name */
	int items;	       /* things that stood in the way */
	char what[WORDS_TEXT]; /* which, in numbers */
	char why[WORDS_TEXT];  /* why it was closed with them */
};

#endif
