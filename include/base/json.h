/*
 * json.h: a strict reader of JSON (RFC 8259), one item at a time, and a writer of its strings.
 *
 *	struct json j = json_open(bytes, n);
 *	for (enum json_kind k = json_next(&j); k != JSON_END && k != JSON_BAD; k = json_next(&j))
 *... json_done(&j);
 *
 * Refused: a comma too many, comments, control characters in strings, malformed UTF-8, half a
 * surrogate pair, a NUL in a string, nesting deeper than JSON_DEPTH, anything after the value.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/alloc.h"

enum { JSON_DEPTH = 16 };

enum json_kind {
	JSON_END, /* the one value was read, and nothing follows it */
	JSON_BAD, /* `why` and `line` say what; the reader stays here */
	JSON_OBJECT,
	JSON_OBJECT_END,
	JSON_ARRAY,
	JSON_ARRAY_END,
	JSON_KEY,    /* `text`, unescaped */
	JSON_STRING, /* `text`, unescaped */
	JSON_NUMBER, /* `text`, as written */
	JSON_TRUE,
	JSON_FALSE,
	JSON_NULL,
};

struct json {
	enum json_kind kind; /* what json_next() gave last */
	struct buf text;
	const char *why; /* of JSON_BAD: a static clause */
	int line;	 /* where the reader stands, from 1 */

	/* The reader's own. */
	const char *p, *end;
	int depth;
	char open[JSON_DEPTH]; /* '{' or '[' */
	int due;
};

/* The bytes are borrowed until json_done(). */
struct json json_open(const char *bytes, size_t n);
enum json_kind json_next(struct json *);

/* After JSON_OBJECT or JSON_ARRAY: reads to its end.  After JSON_KEY: reads its whole value.
 * Otherwise nothing.  False when the text is bad. */
bool json_skip(struct json *);
void json_done(struct json *);

/* `s` with its quotes and escapes; bytes that are not UTF-8 become U+FFFD. */
void json_write_str(struct buf *out, const char *s);

#endif
