/*
 * condition.h: when a question is asked, or a rule holds.
 *
 *	name is v    name isnot v    name in a|b    name >= 3  (<= > <)    name given
 *
 * joined by `and` and `or`, `and` first, without brackets.  A name is a question's or a score's.
 * What was not answered, or is not shown, or cannot be scored, holds nothing: neither `is` nor
 * `isnot`, and no comparison.
 */
#ifndef FORM_CONDITION_H
#define FORM_CONDITION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum term_test { TEST_IN, TEST_NOT, TEST_LEAST, TEST_MOST, TEST_ABOVE, TEST_BELOW, TEST_GIVEN };

struct term {
	bool or_before; /* joined to the one before it by `or` */
	bool score;	/* of is a score's place, not a question's */
	int of;
	enum term_test test;
	char keys[40]; /* TEST_IN, TEST_NOT: the keys named */
	int n;	       /* the number compared with */
};
struct condition {
	struct term *v;
	size_t n, cap; /* 0: always */
};

#endif
