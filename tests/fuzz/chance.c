/* chance.c: chance that repeats, and how a target gives up. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "fuzz.h"

static uint64_t state;

void fuzz_seed(uint64_t seed)
{
	state = seed;
}

/* SplitMix64, as in base/world.c. */
uint32_t fuzz_chance(uint32_t below)
{
	uint64_t z = state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return below ? (uint32_t)((z ^ z >> 31) % below) : 0;
}

int64_t fuzz_number(int64_t any)
{
	static const int64_t bad[] = { 0,
				       1,
				       -1,
				       2,
				       127,
				       128,
				       INT32_MAX,
				       INT32_MIN,
				       INT64_MAX,
				       INT64_MIN,
				       INT64_MAX - 1,
				       1ll << 42,
				       1 << 24,
				       (1 << 24) - 1,
				       1ll << 32 };
	uint32_t what = fuzz_chance(8);

	if (what < 3)
		return bad[fuzz_chance(sizeof bad / sizeof *bad)];
	if (what < 6)
		return (int64_t)((uint64_t)any + fuzz_chance(5) - 2);
	return any;
}

void fuzz_failed(const char *file, int line, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "%s:%d: ", file, line);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	abort();
}
