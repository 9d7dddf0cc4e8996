/*
 * id.h: the names of rows, and how people read them.
 *
 * An id is node number << 42 | max(last + 1, milliseconds since 2025): unique without asking
 * anybody, nine bytes on the wire.  store.c hands them out.  People read and type them in
 * Crockford's base 32 (no i, l, o, u; any case; a dash after the fourth character, which may be
 * left out).
 */
#ifndef BASE_ID_H
#define BASE_ID_H

#include <stdbool.h>
#include <stdint.h>

struct id {
	int64_t n; /* 0 is none */
};

enum { ID_NODE_SHIFT = 42, ID_TEXT = 20 };

#define ID_EPOCH_MS INT64_C(1735689600000) /* 2025-01-01 00:00 UTC */

static inline bool id_none(struct id id)
{
	return id.n == 0;
}
static inline bool id_same(struct id a, struct id b)
{
	return a.n == b.n;
}
static inline int id_node(struct id id)
{
	return (int)(id.n >> ID_NODE_SHIFT);
}

/* Writes the id as people read it into buf and returns buf; "" for none. */
char *id_text(struct id id, char buf[ID_TEXT]);

/* Reads one; as Crockford does, o as 0, and i and l as 1.  False when `s` is no id (wrong letters,
 * too long, zero, or negative). */
bool id_parse(const char *s, struct id *ret);

#endif
