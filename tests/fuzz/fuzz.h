/*
 * fuzz.h: a target: something that is fed bytes which nobody should have sent.
 *
 * Each tests/fuzz/fuzz_x.c is one and defines `fuzz_target`.  Linked with engine.c and libFuzzer it
 * is hunted in by `make fuzz`; linked with plain.c it is a test of `make check` for any compiler,
 * which plays tests/fuzz/x/ (its corpus: inputs worth keeping), the seeds that the target makes
 * anew, and some thousands of mutations of both, the same ones each time.
 *
 * A target says what must hold whatever comes with fuzz_must(); memory errors are the sanitizers'.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/alloc.h"

struct fuzz_target {
	const char *name; /* of the folder of its corpus */
	size_t most;	  /* bytes of an input */
	void (*begin)(void);
	void (*one)(const uint8_t *bytes, size_t n);
	void (*end)(void);
	/* Inputs worth beginning with, as they are today; put() keeps one under a name. */
	void (*seeds)(void (*put)(const char *name, const void *bytes, size_t n));
	/* Changes an input in its place as only somebody who knows its structure can; gives its new
	 * length.  NULL: bytes are changed, no more. */
	size_t (*mutate)(uint8_t *bytes, size_t n, size_t most);
};
extern const struct fuzz_target fuzz_target;

#define fuzz_must(holds, ...)                                                                      \
	do {                                                                                       \
		if (!(holds))                                                                      \
			fuzz_failed(__FILE__, __LINE__, __VA_ARGS__);                              \
	} while (0)
void fuzz_failed(const char *file, int line, const char *fmt, ...)
	__attribute__((format(printf, 3, 4), noreturn));

/* What costs more than the input itself is looked at for every input that is kept, and for one in
 * four to eight, by its bytes, of those that are made from them. */
bool fuzz_looks(const uint8_t *bytes, size_t n);

/* Chance that repeats: set before each mutation, from the engine's seed. */
void fuzz_seed(uint64_t seed);
uint32_t fuzz_chance(uint32_t below); /* 0 for 0 */
/* A number that breaks things: small, huge, negative, or one of those that `any` would be. */
int64_t fuzz_number(int64_t any);

/* Bytes changed without a thought: libFuzzer's own way, or the plain driver's. */
size_t fuzz_bytes(uint8_t *bytes, size_t n, size_t most);

#endif
