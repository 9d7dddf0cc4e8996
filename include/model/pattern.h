/*
 * pattern.h: a session of a diary as people write it.
 *
 *	08:30 FU 20, FU 20x3, CATCHUP 20, NEW 40, RAP 40/24, 12:00 LUNCH 40, BLOCK 40 gym
 *
 * Parts follow one another; a time in front of a part starts it there (a gap is left free of
 * slots, going back is refused).  20x3 is three of twenty minutes.  RAP 40/24 is kept for rapid
 * access until 24 hours before, then open to all; without the /hours it never opens.  Words
 * after an ADMIN or BLOCK are shown beside it.
 */
#ifndef MODEL_PATTERN_H
#define MODEL_PATTERN_H

#include "base/err.h"
#include "model/slot.h"

struct part {
	int at, mins; /* minutes since midnight, wall clock */
	enum slot_kind kind;
	int release_hours; /* RAP: hours before its start; -1 never */
	char note[WORDS_TEXT];
};
struct parts {
	struct part *v;
	size_t n, cap;
};

/* Parts in order, none overlapping, all within one day, each 5 to 480 minutes, at most 96.  On
 * failure err->field is "pattern" and nothing is written.  The caller frees with list_free(). */
int pattern_parse(const char *text, struct parts *ret, struct err *err);

#endif
