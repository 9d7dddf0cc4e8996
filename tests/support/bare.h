/*
 * bare.h: the rows that our bookings wrote, written again by bare SQLite: the floor of a booking.
 *
 * Whatever tables the acts wrote to are found by their new rows, so this knows no columns but those
 * that change in place: the slot's owner, where the ids have got to, the numbers people read.
 */
#ifndef BARE_H
#define BARE_H

#include <stdbool.h>

#include "figures.h"

struct bare;

/* ours: the database that is booked in; theirs: a copy of it as it is now. */
struct bare *bare_open(const char *ours, const char *theirs);
/* What was written to ours since the last call (or the opening), shared out over so many changes,
 * each a transaction on the disk; their times. */
void bare_replay(struct bare *b, int changes, struct samples *ret_ms);
/* What was written since, as one transaction of as much memory as ours had; without the journal and
 * the history unless wanted. */
void bare_whole(struct bare *b, bool journal, double *ret_ms);
void bare_close(struct bare *b);

#endif
