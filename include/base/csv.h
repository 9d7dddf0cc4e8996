/*
 * csv.h: rows of a CSV file (RFC 4180), one at a time in bounded memory.
 *
 * Accepted: CRLF or LF, a byte order mark in front, quoted fields with commas, line ends and ""
 * inside, a last line without its end; blank lines are skipped.  Refused with the line's number:
 * bytes that are no UTF-8 (a file saved as Latin-1 or UTF-16), NUL, a quote in the middle of a
 * field, text behind a closing quote, a quote never closed, a lone CR, rows over the limits below.
 */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include <stddef.h>
#include <stdint.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/hash.h"

enum { CSV_FIELDS = 64, CSV_BYTES = 64 * 1024 }; /* of one row */

struct csv_row {
	int64_t line; /* where it starts, from 1 */
	int n;
	const char *v[CSV_FIELDS]; /* borrowed until the next csv_next() */
};

struct csv;
/* ERR_MISSING for no such file, ERR_INPUT for what is no file. */
int csv_open(const char *path, struct csv **ret, struct err *err);
/* 1 a row, 0 the end, -1 refused: nothing more can be read then. */
int csv_next(struct csv *csv, struct csv_row *ret, struct err *err);
void csv_close(struct csv *csv);

int64_t csv_size(const struct csv *csv); /* bytes in all, and read so far */
int64_t csv_read(const struct csv *csv);
/* SHA-256 of what was read; once, after csv_next() gave 0. */
void csv_hash(struct csv *csv, unsigned char ret[HASH_BYTES]);

/* Adds one field to a row being written: quoted when it needs to be, a comma before all but the
 * first.  The caller ends rows with CRLF. */
void csv_put(struct buf *out, const char *s, int first);

#endif
