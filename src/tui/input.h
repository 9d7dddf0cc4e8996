/*
 * input.h: bytes of a terminal into keys.
 *
 * A whole escape sequence is one key or nothing: what is not known is dropped to its end and never
 * leaves letters behind that would act.  Pure: no clock, no file, so a test can feed it anything.
 */
#ifndef TUI_INPUT_H
#define TUI_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "keys.h"

struct input {
	unsigned char buf[4096];
	size_t n;
	size_t ahead; /* of these, how many were here when the screen was last painted */
	size_t quiet; /* n, if all of it came in one piece while nothing else was to do */
	bool utf8;
	bool paste; /* between the marks of a bracketed paste */
	/* A key by the terminal's own description of it; K_NONE when it has none like that. */
	int (*known)(const unsigned char *s, size_t n);
};

/* The next key: true and *ret, with K_NONE for something dropped.  False when more bytes are
 * needed; `late` says that none are coming, so that a lone ESC is the Esc key and the rest is
 * dropped. */
bool input_next(struct input *in, bool late, struct press *ret);

#endif
