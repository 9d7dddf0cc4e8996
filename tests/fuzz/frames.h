/* frames.h: what is said on the line, spoiled by somebody who knows how it is made. */
#ifndef FUZZ_FRAMES_H
#define FUZZ_FRAMES_H

#include <stddef.h>
#include <stdint.h>

#include "base/alloc.h"

/* Ids that mean something in the databases of the target, to be put where ids stand. */
void frames_ids(const int64_t *ids, size_t n);
int64_t frames_id(void);

/* Half the time the lengths and hashes are right afterwards, and the chains of hashes begin behind
 * `prev` (32 bytes; NULL: behind nothing). */
struct frames_start {
	int64_t inc, n, seq, epoch;
	int schema;
	unsigned char prev[32];
};
void frames_begin(const struct frames_start *start);
size_t frames_mutate(uint8_t *bytes, size_t n, size_t most);

/* arguments.c: arguments of any act, well formed and senseless; or some that are spoiled. */
const char *arguments_of_any(struct buf *ret, int *ret_ver);
void arguments_spoil(struct buf *args);

#endif
