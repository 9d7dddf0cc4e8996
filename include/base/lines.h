/*
 * lines.h: lines of a text file, one at a time in bounded memory, as often as they are needed.
 *
 * LF or CR LF ends a line, the end of the file the last one.  A line is bytes: which letters they
 * are is the caller's.  One that is no text, or too long, is given out with the reason.
 */
#ifndef BASE_LINES_H
#define BASE_LINES_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/hash.h"

enum { LINE_BYTES = 16 * 1024 };

struct line {
	int64_t no; /* from 1 */
	char *s;    /* ends with NUL; may be written to; borrowed until the next lines_next() */
	const char *why; /* why it cannot be used, a sentence without its full stop; NULL: it can */
};

struct lines;
/* ERR_MISSING for no such file, ERR_INPUT for what is no file. */
int lines_open(const char *path, struct lines **ret, struct err *err);
/* 1 a line, 0 the end, -1 the file cannot be read, or is another than the first time. */
int lines_next(struct lines *lines, struct line *ret, struct err *err);
/* From the first line again; only after the end. */
int lines_again(struct lines *lines, struct err *err);
void lines_close(struct lines *lines);

int64_t lines_size(const struct lines *lines); /* bytes in all, and read so far */
int64_t lines_read(const struct lines *lines);
/* BLAKE2b of the file, four times as fast as SHA-256; after its end was reached. */
const unsigned char *lines_hash(const struct lines *lines);

#endif
