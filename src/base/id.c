/*
 * id.c: the names of rows, as people read and type them.
 *
 * Thirteen characters of five bits hold every positive 63-bit number; leading zeros are left out
 * down to five characters, so that there is always something after the dash.
 */
#include "base/id.h"

#include <stddef.h>
#include <string.h>

static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";

enum { MOST = 13, LEAST = 5, DASH_AFTER = 4 };

char *id_text(struct id id, char buf[ID_TEXT])
{
	char raw[MOST];
	uint64_t n = (uint64_t)id.n;
	int len = 0, out = 0;

	if (id.n <= 0) {
		buf[0] = '\0';
		return buf;
	}
	for (; n > 0 || len < LEAST; n >>= 5)
		raw[len++] = digits[n & 31];
	for (int i = 0; i < len; i++) {
		if (i == DASH_AFTER)
			buf[out++] = '-';
		buf[out++] = raw[len - 1 - i];
	}
	buf[out] = '\0';
	return buf;
}

/* The value of one character; -1 for none.  As Crockford reads them, o is 0, and i and l are 1. */
static int digit_of(char c)
{
	const char *at;

	if (c >= 'A' && c <= 'Z')
		c = (char)(c - 'A' + 'a');
	if (c == 'o')
		c = '0';
	if (c == 'i' || c == 'l')
		c = '1';
	at = c ? strchr(digits, c) : NULL;
	return at ? (int)(at - digits) : -1;
}

bool id_parse(const char *s, struct id *ret)
{
	uint64_t n = 0;
	int len = 0;

	if (!s)
		return false;
	for (const char *p = s; *p; p++) {
		int d = digit_of(*p);

		if (*p == '-' && p - s == DASH_AFTER && p[1])
			continue;
		if (d < 0 || len++ == MOST)
			return false;
		/* The first of thirteen characters has three bits: more would be negative. */
		if (n >> 58)
			return false;
		n = n << 5 | (uint64_t)d;
	}
	if (n == 0)
		return false;
	ret->n = (int64_t)n;
	return true;
}
