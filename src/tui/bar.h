/* bar.h: the frame around a screen: rows 1, 23 and 24, and the banner about one person. */
#ifndef TUI_BAR_H
#define TUI_BAR_H

#include "loop.h"

void bar_draw(struct canvas *c, const struct ui *ui);

/* Who a screen is about.  Text as it is shown; "" or NULL where not known. */
struct banner {
	const char *name;      /* SURNAME, Given (Title): never cut */
	const char *born;      /* 14-Aug-1984 (41y) */
	const char *nhs;       /* 999 526 0182; NULL shows "Not recorded" */
	const char *preferred; /* Ada */
	const char *gender;
	const char *employee; /* the number at the employer */
	int alerts;
};

/* A wider name has a row of its own, two when it is wider than the window. */
enum { BANNER_NAME = 32 };

/* Draws it from row 2 on, and gives the first row below it (4, or 5 for a long name). */
int bar_person(struct canvas *c, const struct banner *who);

/* How a key row is written on row 24 and in help: "Ctrl-S". */
const char *bar_key(const struct key *k, char buf[KEY_NAME]);

#endif
