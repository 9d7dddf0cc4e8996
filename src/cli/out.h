/*
 * out.h: rows out: a header, then one line a row, fields separated by one tab; or JSON.
 *
 * The same input gives the same bytes.  Tab, newline and backslash in a value come out as \t \n \\;
 * other control characters as ? so that no byte of data moves a terminal.
 */
#ifndef CLI_OUT_H
#define CLI_OUT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/alloc.h"
#include "base/day.h"
#include "base/id.h"

struct out {
	bool json, begun;
	const char *const *columns; /* ended by NULL */
	int col;
	int64_t rows;
	struct buf buf;
};

/* Names the columns; rows follow column by column; out_end() closes the list. */
void out_begin(struct out *o, const char *const *columns);
void out_text(struct out *o, const char *s); /* NULL as empty (JSON: null) */
void out_int(struct out *o, int64_t n);
void out_id(struct out *o, struct id id);
void out_date(struct out *o, struct date d);
void out_moment(struct out *o, struct moment m);
void out_end(struct out *o);
/* A plain line, for commands whose result is a sentence. */
void out_line(struct out *o, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* A text of several lines, each as out_line() writes one. */
void out_lines(struct out *o, const char *text);
/* Writes what has gathered to stdout; false if nobody reads there. */
bool out_flush(struct out *o);

#endif
