/*
 * text.c: UTF-8 on the screen: reading it, its width, cutting and padding.
 *
 * Unicode's tables are libutf8proc's and never the process's locale, so that a script, a test and a
 * desk see the same text.  What may be stored is clean.c's; what two spellings share is fold.c's.
 */
#include "base/text.h"

#include <string.h>
#include <utf8proc.h>

#include "base/alloc.h"

enum { BAD = 0xFFFD, MARKS_MOST = 8, ZWNJ = 0x200C, ZWJ = 0x200D };

uint32_t text_next(const char *s, size_t n, int *ret_len)
{
	utf8proc_int32_t rune;
	utf8proc_ssize_t len = utf8proc_iterate((const utf8proc_uint8_t *)s,
						(utf8proc_ssize_t)(n < 4 ? n : 4), &rune);

	if (len <= 0) {
		*ret_len = 1;
		return BAD;
	}
	*ret_len = (int)len;
	return (uint32_t)rune;
}

bool text_valid(const char *s, size_t n)
{
	int len;

	for (size_t i = 0; i < n; i += (size_t)len)
		if (text_next(s + i, n - i, &len) == BAD && len == 1)
			return false;
	return true;
}

bool text_rune_shown(uint32_t rune)
{
	if (rune < 0x7F)
		return rune >= 0x20;
	if (rune == ZWNJ || rune == ZWJ)
		return true;
	switch (utf8proc_category((utf8proc_int32_t)rune)) {
	case UTF8PROC_CATEGORY_CN:
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_CO:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return false;
	default:
		return true;
	}
}

int text_rune_width(uint32_t rune)
{
	if (rune < 0x7F || !text_rune_shown(rune))
		return 1;
	return utf8proc_charwidth((utf8proc_int32_t)rune);
}

static bool rune_is_mark(uint32_t rune)
{
	if (rune < 0x300)
		return false;
	switch (utf8proc_category((utf8proc_int32_t)rune)) {
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_ME:
		return true;
	default:
		return false;
	}
}

/* One cluster: what a reader takes for one character. */
struct cluster {
	size_t bytes; /* of the source, all of it */
	size_t kept;  /* of the source, up to the last mark that may stand */
	int width;    /* of what is kept */
};

static struct cluster cluster_at(const char *s, size_t n)
{
	struct cluster c = { 0, 0, 0 };
	utf8proc_int32_t state = 0;
	uint32_t last = 0;
	int marks = 0, len;

	while (c.bytes < n) {
		uint32_t rune = text_next(s + c.bytes, n - c.bytes, &len);

		if (c.bytes > 0 &&
		    (last < 0x20 || rune < 0x20 ||
		     utf8proc_grapheme_break_stateful((utf8proc_int32_t)last,
						      (utf8proc_int32_t)rune, &state)))
			break;
		c.bytes += (size_t)len;
		if (rune_is_mark(rune))
			marks++;
		if (marks <= MARKS_MOST) {
			c.kept = c.bytes;
			c.width += text_rune_width(rune);
		}
		last = rune;
	}
	return c;
}

int text_width(const char *s)
{
	size_t n = strlen(s);
	int width = 0, len;

	for (size_t i = 0; i < n; i += (size_t)len)
		width += text_rune_width(text_next(s + i, n - i, &len));
	return width;
}

size_t text_fit(const char *s, int columns)
{
	size_t n = strlen(s), at = 0;

	while (at < n) {
		struct cluster c = cluster_at(s + at, n - at);

		if (c.width > columns)
			break;
		columns -= c.width;
		at += c.kept;
		if (c.kept < c.bytes)
			break;
	}
	return at;
}

char *text_whole(char *s)
{
	size_t n = strlen(s), at = n, want;

	while (at > 0 && n - at < 3 && ((unsigned char)s[at - 1] & 0xC0) == 0x80)
		at--;
	if (at == 0)
		return s;
	at--;
	want = (unsigned char)s[at] >= 0xF0   ? 4
	       : (unsigned char)s[at] >= 0xE0 ? 3
	       : (unsigned char)s[at] >= 0xC0 ? 2
					      : 1;
	if (n - at < want)
		s[at] = '\0';
	return s;
}

/* The bytes of s as they may reach a terminal, into out, which has room for n of them (what is
 * shown is never longer than its source). */
static size_t show(char *out, const char *s, size_t n)
{
	size_t used = 0;
	int len;

	for (size_t i = 0; i < n; i += (size_t)len) {
		uint32_t rune = text_next(s + i, n - i, &len);
		bool shown = text_rune_shown(rune) && !(rune == BAD && len == 1);
		size_t take = shown ? (size_t)len : 1;

		memcpy(out + used, shown ? s + i : "?", take);
		used += take;
	}
	return used;
}

char *text_pad(const char *s, int columns, char *buf, size_t n)
{
	size_t left = strlen(s), used = 0;

	if (n == 0)
		return buf;
	if (columns < 0)
		columns = 0;
	while (left > 0) {
		struct cluster c = cluster_at(s, left);

		/* The blanks that fill the rest keep their room, and the NUL its own. */
		if (c.width > columns || used + c.kept + (size_t)(columns - c.width) >= n)
			break;
		used += show(buf + used, s, c.kept);
		columns -= c.width;
		s += c.bytes;
		left -= c.bytes;
	}
	while (columns-- > 0 && used + 1 < n)
		buf[used++] = ' ';
	buf[used] = '\0';
	return buf;
}

char *text_printable(const char *s)
{
	size_t left = strlen(s), used = 0;
	char *out = mem_new(left + 1);

	while (left > 0) {
		struct cluster c = cluster_at(s, left);

		used += show(out + used, s, c.kept);
		s += c.bytes;
		left -= c.bytes;
	}
	out[used] = '\0';
	return out;
}

bool text_is_digits(const char *s)
{
	return *s && s[strspn(s, "0123456789")] == '\0';
}
