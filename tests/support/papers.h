/* papers.h: forms in tests: the shipped ones by name, answers typed as a line of words. */
#ifndef PAPERS_H
#define PAPERS_H

#include "form/answers.h"

/* The text of forms/NAME.ini as it is built in; fails the test when there is none. */
const char *paper_text(const char *name);
struct paper paper_of(const char *name); /* read; form_end() frees */

/* "where=b pain=8": types each on Thu 12-Mar-2026; fails the test when one is refused. */
void type_all(const struct paper *paper, struct answers *a, const char *line);

/* What follows: "R0 stop_booking task:nurse:now" - flags and priority (- for none), then the
 * actions of the rules that count, in the order of the file. */
enum { FOLLOWS = 600 };
char *follows(const struct paper *paper, const struct answers *a, char buf[FOLLOWS]);

#endif
