/*
 * seat.h: real screens on a clinic that the test has open, in a pseudo-terminal.
 *
 * The test keeps its own connection, so it is the other desk.  The child opens the database anew
 * and begins on `first`, a screen of the test's own; F3 goes there.
 */
#ifndef SUPPORT_SEAT_H
#define SUPPORT_SEAT_H

#include "clinic.h"
#include "pty.h"
#include "tui/ui.h"

struct seat {
	struct clinic *c;
	const char *user;
	const struct screen *first, *second; /* second may be NULL: one more that opens by name */
	int rows, cols;			     /* 0: 24, 80 */
};

/* Sits down; the pty's child stays the caller's to end with seat_leave(). */
struct pty *seat_start(struct seat *seat);
/* Ctrl-Q; fails the test unless it ended in order. */
void seat_leave(struct pty *p);

#endif
