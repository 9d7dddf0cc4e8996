/*
 * world.c: the only door to time and chance.
 *
 * The only source that may name the system's clock; every other one is compiled with banned.h.
 */
#include "base/world.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

static int64_t millis_of(clockid_t clock)
{
	struct timespec ts;

	if (clock_gettime(clock, &ts) < 0)
		abort(); /* a kernel without a clock: nothing here could be true */
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

int64_t world_ticks(void)
{
	return millis_of(CLOCK_BOOTTIME);
}

static int64_t system_millis(struct world *w)
{
	return millis_of(CLOCK_REALTIME) + w->shift * 1000;
}

static struct moment system_now(struct world *w)
{
	return (struct moment){ system_millis(w) / 1000 };
}

static void system_random(struct world *w, void *buf, size_t n)
{
	char *p = buf;

	(void)w;
	while (n > 0) {
		ssize_t got = getrandom(p, n, 0);

		if (got < 0 && errno != EINTR)
			abort(); /* without chance there are no safe secrets */
		if (got > 0) {
			p += got;
			n -= (size_t)got;
		}
	}
}

struct world world_system(void)
{
	return (struct world){ .now = system_now,
			       .millis = system_millis,
			       .chance = system_random };
}

struct world world_shifted(struct moment now)
{
	struct world w = world_system();

	w.shift = now.utc - system_now(&w).utc;
	return w;
}

static struct moment still_now(struct world *w)
{
	return w->still;
}

static int64_t still_millis(struct world *w)
{
	return w->still.utc * 1000;
}

/* SplitMix64 (Steele, Lea and Flood 2014): any seed will do, and the sequence is the same on every
 * machine.  For tests and practice data only. */
static void still_random(struct world *w, void *buf, size_t n)
{
	unsigned char *p = buf;

	while (n > 0) {
		uint64_t z = w->seed += UINT64_C(0x9E3779B97F4A7C15);
		size_t take = n < 8 ? n : 8;

		z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
		z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
		z ^= z >> 31;
		for (size_t i = 0; i < take; i++)
			*p++ = (unsigned char)(z >> (8 * i));
		n -= take;
	}
}

struct world world_still(struct moment now, uint64_t seed)
{
	return (struct world){ .now = still_now,
			       .millis = still_millis,
			       .chance = still_random,
			       .still = now,
			       .seed = seed };
}

void world_pass(struct world *w, int64_t seconds)
{
	w->still.utc += seconds;
}
