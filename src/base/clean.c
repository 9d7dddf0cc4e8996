/*
 * clean.c: what may be stored of what was typed or read.
 *
 * Always holds: what text_clean() gives is NFC, has no code point that is not shown but the joiners
 * between letters that need them, and is at most max_runes long.
 */
#include <string.h>
#include <utf8proc.h>

#include "base/alloc.h"
#include "base/text.h"

enum {
	MARKS_MOST = 8,
	ZWNJ = 0x200C,
	ZWJ = 0x200D,
	/* Scripts that join letters come after this one (Hebrew begins here). */
	FIRST_JOINING = 0x590,
};

/* Letters and signs that draw nothing: two names that look alike must not differ by one. */
static bool draws_nothing(uint32_t rune)
{
	static const uint32_t none[] = { 0x34F,	 0x115F, 0x1160, 0x17B4,
					 0x17B5, 0x2800, 0x3164, 0xFFA0 };

	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		if (rune == none[i])
			return true;
	return false;
}

static bool is_mark(uint32_t rune)
{
	utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)rune);

	return c == UTF8PROC_CATEGORY_MN || c == UTF8PROC_CATEGORY_ME;
}

static bool is_blank(uint32_t rune)
{
	return utf8proc_category((utf8proc_int32_t)rune) == UTF8PROC_CATEGORY_ZS;
}

/* Why one code point may not be stored, or NULL.  The reason that helps comes first. */
static const char *rune_why(uint32_t rune)
{
	if (rune == 0xFFFD)
		return "It has a damaged character in it";
	if (rune == 0x1B)
		return "It has a terminal's escape sequence in it";
	if (rune < 0x20 || (rune >= 0x7F && rune < 0xA0) || rune == 0x2028 || rune == 0x2029)
		return "It has a control character in it";
	if (!text_rune_shown(rune) || draws_nothing(rune))
		return "It has a character in it that cannot be seen";
	return NULL;
}

/* A joiner stands between two letters of a script that joins, or of a picture made of several. */
static bool joiner_ok(uint32_t before, uint32_t after)
{
	return before >= FIRST_JOINING && after >= FIRST_JOINING && !is_blank(before) &&
	       !is_blank(after) && before != ZWJ && before != ZWNJ && after != ZWJ && after != ZWNJ;
}

/* Why `s` may not be stored, or NULL. */
static const char *why_not(const char *s, size_t n)
{
	uint32_t before = 0;
	int len, next_len, marks = 0;

	for (size_t i = 0; i < n; i += (size_t)len) {
		uint32_t rune = text_next(s + i, n - i, &len);
		const char *why = rune_why(rune);

		if (why)
			return why;
		if (rune == ZWJ || rune == ZWNJ) {
			size_t at = i + (size_t)len;

			if (at >= n || !joiner_ok(before, text_next(s + at, n - at, &next_len)))
				return "It has a character in it that cannot be seen";
		} else if (!is_mark(rune)) {
			marks = 0;
		} else if (before == 0 || is_blank(before)) {
			return "It has an accent without a letter under it";
		} else if (++marks > MARKS_MOST) {
			return "It has too many accents on one letter";
		}
		before = rune;
	}
	return NULL;
}

/* Runs of blanks of any kind as one blank, none at the ends.  Returns the code points left. */
static size_t squeeze(char *s, size_t *n)
{
	size_t out = 0, runes = 0;
	bool gap = false;
	int len;

	for (size_t i = 0; i < *n; i += (size_t)len) {
		if (is_blank(text_next(s + i, *n - i, &len))) {
			gap = out > 0;
			continue;
		}
		if (gap) {
			s[out++] = ' ';
			runes++;
			gap = false;
		}
		memmove(s + out, s + i, (size_t)len);
		out += (size_t)len;
		runes++;
	}
	s[out] = '\0';
	*n = out;
	return runes;
}

/* Nothing to squeeze: no blank at an end, none beside another. */
static bool is_tight(const char *s, size_t n)
{
	return n == 0 || (*s != ' ' && s[n - 1] != ' ' && !strstr(s, "  "));
}

/* Plain ASCII without control characters is NFC as it stands. */
static bool is_plain(const char *s)
{
	while (*s >= 0x20 && *s < 0x7F)
		s++;
	return !*s;
}

char *text_clean(const char *s, size_t max_runes, const char **ret_why)
{
	const char *why;
	size_t n = strlen(s);
	char *copy, *nfc;

	/* A letter takes at most four bytes, and its marks as much each: beyond that no squeezing
	 * or composing brings the text below its limit, unless it is blanks. */
	if (n / (4 * (MARKS_MOST + 1)) > max_runes + 64) {
		*ret_why = "It is too long";
		return NULL;
	}
	copy = mem_strn(s, n);
	if (is_plain(copy)) {
		if ((is_tight(copy, n) ? n : squeeze(copy, &n)) <= max_runes)
			return copy;
		mem_free(copy);
		*ret_why = "It is too long";
		return NULL;
	}
	squeeze(copy, &n);
	why = why_not(copy, n);
	nfc = why ? NULL : (char *)utf8proc_NFC((const utf8proc_uint8_t *)copy);
	mem_free(copy);
	if (!why && !nfc)
		why = "It is not text";
	if (!why) {
		n = strlen(nfc);
		if (squeeze(nfc, &n) > max_runes)
			why = "It is too long";
	}
	if (!why)
		return nfc;
	free(nfc);
	*ret_why = why;
	return NULL;
}
