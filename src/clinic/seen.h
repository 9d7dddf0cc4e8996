/* seen.h: numbers met in a file, each with the line it was met on first (private to the layer). */
#ifndef CLINIC_SEEN_H
#define CLINIC_SEEN_H

#include <stddef.h>
#include <stdint.h>

struct seen {
	uint64_t *keys; /* 0 is an empty place, so no key is 0 */
	int64_t *lines;
	size_t n, cap; /* cap is a power of two */
};

/* The line that the key was seen on; 0 if never.  seen_put() then notes `line`, which is not 0. */
int64_t seen_get(const struct seen *s, uint64_t key);
int64_t seen_put(struct seen *s, uint64_t key, int64_t line);
void seen_clear(struct seen *s); /* empty, memory kept */
void seen_done(struct seen *s);

#endif
