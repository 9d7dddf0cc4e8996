/*
 * ends.h: a hub and three nodes with pending work, as the simulator makes them; the same each time.
 *
 * A target spoils what it likes and puts it back as it was at the beginning, which is quick.
 */
#ifndef FUZZ_ENDS_H
#define FUZZ_ENDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../sim/sim.h"

void ends_begin(void);
void ends_end(void);

extern struct sim ends; /* ends.place[HUB], and [1] to [3]: nodes 2 to 4 */

/* As it was, if anything was written there since. */
void ends_back(int place);
/* Rows written since it was as it was. */
bool ends_written(int place);
int64_t ends_number(int place, const char *sql);
void ends_digest(int place, unsigned char ret[32]);
void ends_look_again(int place); /* what this process remembers of it is as it is stored */

/* One whole honest conversation, until node `place` is in step; up and down (may be NULL) get what
 * was said. */
void ends_talk(int place, struct buf *up, struct buf *down);

/* All is as it must be at the hub, and what another node pulls is equal to it. */
void ends_sound(int through);

#endif
