/*
 * when.h: the days and times that suit somebody, as they say them.
 *
 *	mon,thu after 15:00      mornings      tue before 12      not fri      any
 */
#ifndef MODEL_WHEN_H
#define MODEL_WHEN_H

#include "base/err.h"

struct when {
	unsigned days; /* bits 1 << weekday, Monday 0; 0: any */
	int after;     /* begins at this minute of the day or later; 0: any */
	int before;    /* is over by this minute; 0: any */
};

/* Words in any order, between blanks or commas; "" and "any" are any.  On failure err->field is
 * "when" and nothing is written. */
int when_parse(const char *text, struct when *ret, struct err *err);

/* "Mon, Thu after 15:00"; "any".  Fills buf and returns it. */
enum { WHEN_TEXT = 80 };
char *when_show(const struct when *when, char buf[WHEN_TEXT]);

#endif
