/*
 * world.h: the only door to time and chance.
 *
 * Rules never ask the clock: a desk reads it once for each key or command and every rule then sees
 * that moment.  Tests and the practice database's stopped or shifted clock are worlds of their own.
 * Outside world.c, base/banned.h makes time(), rand() and their kin compile errors.
 */
#ifndef BASE_WORLD_H
#define BASE_WORLD_H

#include <stddef.h>
#include <stdint.h>

/* A moment: seconds of UTC since 1970.  0 is "never" or "not known"; this product has no use for
 * the first second of 1970. */
struct moment {
	int64_t utc;
};

struct world {
	struct moment (*now)(struct world *);
	int64_t (*millis)(struct world *); /* the same clock in milliseconds, for ids */
	void (*chance)(struct world *, void *buf, size_t n); /* n bytes of it */
	int64_t shift;	     /* seconds added to the system's clock */
	struct moment still; /* where the clock stands, when it is stopped */
	uint64_t seed;	     /* state of a world whose chance can be repeated */
};

struct world world_system(void);			    /* the machine's clock and chance */
struct world world_shifted(struct moment now);		    /* reads `now` at first, then runs on */
struct world world_still(struct moment now, uint64_t seed); /* stopped; chance repeats by seed */
void world_pass(struct world *, int64_t seconds);	    /* a stopped world moves on */

static inline struct moment world_now(struct world *w)
{
	return w->now(w);
}

/* Milliseconds of a clock that only goes forward, also while the machine sleeps, for timing and
 * time-outs; never a date. */
int64_t world_ticks(void);

#endif
