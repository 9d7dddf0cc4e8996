/*
 * squeeze.h: bytes made fewer for a line, and as many again at its other end (Zstandard).
 *
 * A stream: bytes come in pieces of any size, at both ends.  What is squeezed carries its own
 * checksum.  What is to be as it was may come from anywhere: it is refused in a sentence when it is
 * damaged, and needs little memory however much it says it is.
 */
#ifndef BASE_SQUEEZE_H
#define BASE_SQUEEZE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/alloc.h"
#include "base/err.h"

struct squeeze;
struct squeeze *squeeze_new(void);
void squeeze_free(struct squeeze *s);
/* Adds to `out` what is ready to be sent, perhaps nothing; last: all of it, and that is the end. */
void squeeze_add(struct squeeze *s, const void *p, size_t n, bool last, struct buf *out);

struct unsqueeze;
struct unsqueeze *unsqueeze_new(void);
void unsqueeze_free(struct unsqueeze *u);
/* Gives what comes out to `take`, piece by piece; -1 when that fails, or what came is none. */
int unsqueeze_add(struct unsqueeze *u, const void *p, size_t n,
		  int (*take)(void *ctx, const void *p, size_t n, struct err *err), void *ctx,
		  struct err *err);
bool unsqueeze_whole(const struct unsqueeze *u); /* its end has come */

#endif
