/* breach.h: what a check found, in words that a person knows (private to the clinic). */
#ifndef CLINIC_BREACH_H
#define CLINIC_BREACH_H

#include "clinic/desk.h"

enum { BREACH_TEXT = 600 };

/* The sentence of a check with its rows' ids as whose and when they are; others as people write
 * ids. */
void breach_said(struct desk *desk, const char *sentence, char *buf, size_t n);

#endif
