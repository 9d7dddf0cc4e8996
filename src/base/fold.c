/*
 * fold.c: what two spellings of a name share, for searching, and names for terminals without UTF-8.
 *
 * Unicode's own decompositions do most of it; the table below has the letters that Unicode does not
 * take apart and that people here type without their strokes.
 */
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/alloc.h"
#include "base/text.h"

/* Lower-case letters, and what stands for them on an English keyboard. */
static const struct letter {
	uint32_t rune;
	const char *plain;
} letters[] = {
	{ 0xDF, "ss" }, { 0xE6, "ae" },	 { 0xF0, "d" },	 { 0xF8, "o" },	 { 0xFE, "th" },
	{ 0x111, "d" }, { 0x127, "h" },	 { 0x131, "i" }, { 0x138, "k" }, { 0x142, "l" },
	{ 0x14B, "n" }, { 0x153, "oe" }, { 0x167, "t" }, { 0x180, "b" }, { 0x199, "k" },
	{ 0x19A, "l" }, { 0x1B4, "y" },	 { 0x1B6, "z" }, { 0x1DD, "e" }, { 0x1E5, "g" },
	{ 0x237, "j" }, { 0x247, "e" },	 { 0x249, "j" }, { 0x253, "b" }, { 0x254, "o" },
	{ 0x256, "d" }, { 0x257, "d" },	 { 0x259, "e" }, { 0x25B, "e" }, { 0x260, "g" },
	{ 0x268, "i" }, { 0x289, "u" },
};

static const char *plain_of(uint32_t lower)
{
	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
		if (letters[i].rune == lower)
			return letters[i].plain;
	return NULL;
}

/* The decomposed form of `s`; bytes that are no text were made '?' before. */
static char *decomposed(const char *s, utf8proc_option_t more)
{
	char *shown = text_printable(s);
	utf8proc_uint8_t *out = NULL;
	utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)shown, 0, &out,
					  (utf8proc_option_t)(UTF8PROC_NULLTERM | UTF8PROC_STABLE |
							      UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
							      UTF8PROC_STRIPMARK | more));

	mem_free(shown);
	if (n < 0) {
		free(out);
		return mem_str("");
	}
	return (char *)out;
}

/* Kept in a folded name: letters, digits and pictures; not what only joins or spaces them. */
static bool counts(uint32_t rune)
{
	if (rune < 0x80)
		return (rune >= 'a' && rune <= 'z') || (rune >= '0' && rune <= '9');
	if (rune >= 0x2B0 && rune <= 0x2FF) /* letters that serve as apostrophes */
		return false;
	switch (utf8proc_category((utf8proc_int32_t)rune)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO:
	case UTF8PROC_CATEGORY_SO:
		return true;
	default:
		return false;
	}
}

/* The same for plain ASCII, as most names are, at a tenth of the cost; NULL for others. */
static char *fold_ascii(const char *s)
{
	char *out = mem_new(strlen(s) + 1), *to = out;

	for (; *s > 0; s++)
		if ((*s >= 'a' && *s <= 'z') || (*s >= '0' && *s <= '9'))
			*to++ = *s;
		else if (*s >= 'A' && *s <= 'Z')
			*to++ = (char)(*s - 'A' + 'a');
	if (!*s)
		return out;
	mem_free(out);
	return NULL;
}

char *text_fold(const char *s)
{
	char *ascii = fold_ascii(s);

	if (ascii)
		return ascii;
	char *raw = decomposed(s, UTF8PROC_CASEFOLD);
	size_t n = strlen(raw);
	struct buf out = { NULL, 0, 0 };
	int len;

	buf_add(&out, "", 0);
	for (size_t i = 0; i < n; i += (size_t)len) {
		uint32_t rune = text_next(raw + i, n - i, &len);
		const char *plain = plain_of(rune);

		if (plain)
			buf_str(&out, plain);
		else if (counts(rune))
			buf_add(&out, raw + i, (size_t)len);
	}
	free(raw);
	return out.s;
}

/* Punctuation that has a plain twin, which is no change to a name. */
static const char *twin_of(uint32_t rune)
{
	switch (rune) {
	case 0x2018:
	case 0x2019:
	case 0x2BB:
	case 0x2BC:
		return "'";
	case 0x201C:
	case 0x201D:
		return "\"";
	case 0x2010:
	case 0x2011:
	case 0x2012:
	case 0x2013:
	case 0x2014:
		return "-";
	case 0x2026:
		return "...";
	default:
		return NULL;
	}
}

/* One letter without accents onto `out`; true when that is a change a reader should know of. */
static bool add_ascii(struct buf *out, const char *s, size_t n)
{
	int len;
	uint32_t rune = text_next(s, n, &len);
	uint32_t lower = (uint32_t)utf8proc_tolower((utf8proc_int32_t)rune);
	char one[8], *raw;
	const char *plain = twin_of(rune);

	if (rune < 0x80 || plain) {
		if (plain)
			buf_str(out, plain);
		else
			buf_add(out, s, 1);
		return false;
	}
	if ((plain = plain_of(lower))) {
		size_t at = out->n;

		buf_str(out, plain);
		if (lower != rune)
			out->s[at] = (char)(out->s[at] - 'a' + 'A');
		return true;
	}
	memcpy(one, s, (size_t)len);
	one[len] = '\0';
	raw = decomposed(one, 0);
	for (const char *p = raw; *p; p++)
		if ((unsigned char)*p >= 0x80) {
			buf_str(out, "?");
			free(raw);
			return true;
		}
	buf_str(out, raw);
	free(raw);
	return true;
}

char *text_ascii(const char *s)
{
	char *shown = text_printable(s);
	size_t n = strlen(shown);
	struct buf out = { NULL, 0, 0 };
	bool changed = false;
	int len;

	buf_add(&out, "", 0);
	for (size_t i = 0; i < n; i += (size_t)len) {
		text_next(shown + i, n - i, &len);
		if (changed && strchr(" -'/,.;:()", shown[i])) {
			buf_str(&out, "^");
			changed = false;
		}
		changed |= add_ascii(&out, shown + i, n - i);
	}
	if (changed)
		buf_str(&out, "^");
	mem_free(shown);
	return out.s;
}

/* Starts whose first letters are not heard as written. */
static const struct start {
	const char *written, *heard;
} starts[] = {
	{ "kn", "n" },	 { "gn", "n" },	 { "pn", "n" }, { "wr", "r" }, { "ps", "s" }, { "wh", "w" },
	{ "mac", "mk" }, { "mc", "mk" }, { "x", "s" },	{ "rh", "r" }, { "tz", "s" }, { "cz", "j" },
};

/* Groups of letters heard as one sound, longest first; "" is silent. */
static const struct start groups[] = {
	{ "tch", "J" }, { "sch", "S" }, { "ght", "T" }, { "mps", "MS" }, { "dge", "J" },
	{ "ph", "F" },	{ "gh", "" },	{ "ck", "K" },	{ "ch", "K" },	 { "sh", "S" },
	{ "th", "T" },	{ "ce", "S" },	{ "ci", "S" },	{ "cy", "S" },	 { "qu", "K" },
	{ "ks", "KS" }, { "wh", "" },
};

static char class_of(char c)
{
	static const char classes[] = "APKTAFKAAJKLMNAPKRSTAFASAS"; /* a to z */

	return classes[c - 'a'];
}

/* Adds the sounds of `heard`, a sound that repeats at once counting as one. */
static size_t sound_add(char *out, size_t n, const char *heard, char *last)
{
	for (; *heard && n < 6; heard++) {
		if (*heard != *last && *heard != 'A')
			out[n++] = *heard;
		*last = *heard;
	}
	return n;
}

char *text_sound(const char *folded, char buf[8])
{
	const char *p = folded;
	char last = 0, one[2] = "";
	size_t n = 0;

	buf[0] = '\0';
	if (!*p || strspn(p, "abcdefghijklmnopqrstuvwxyz") != strlen(p))
		return buf;
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		if (strncmp(p, starts[i].written, strlen(starts[i].written)) == 0) {
			for (const char *h = starts[i].heard; *h; h++) {
				one[0] = class_of(*h);
				n = sound_add(buf, n, one, &last);
			}
			p += strlen(starts[i].written);
			break;
		}
	/* A name keeps that it starts with a vowel, h or w, but not with which vowel. */
	if (p == folded && strchr("aeiouyhw", *p)) {
		buf[n++] = *p == 'h' ? 'H' : *p == 'w' ? 'W' : 'A';
		p++;
	}
	while (*p && n < 6) {
		size_t i = 0, count = sizeof groups / sizeof *groups;

		while (i < count && strncmp(p, groups[i].written, strlen(groups[i].written)) != 0)
			i++;
		if (i < count) {
			n = sound_add(buf, n, groups[i].heard, &last);
			/* The vowel that makes a c soft is heard itself. */
			p += strlen(groups[i].written) - (groups[i].heard[0] == 'S' && p[0] == 'c');
			continue;
		}
		one[0] = class_of(*p);
		/* h and w between two consonants do not part them. */
		if (*p != 'h' && *p != 'w')
			n = sound_add(buf, n, one, &last);
		p++;
	}
	buf[n] = '\0';
	return buf;
}

char *text_upper(const char *s)
{
	struct buf out = { 0 };
	size_t n = strlen(s);
	int len;

	buf_str(&out, "");
	for (size_t i = 0; i < n; i += (size_t)len) {
		uint32_t rune = text_next(s + i, n - i, &len);
		utf8proc_uint8_t bytes[4];
		utf8proc_ssize_t took =
			utf8proc_encode_char(utf8proc_toupper((utf8proc_int32_t)rune), bytes);

		buf_add(&out, bytes, (size_t)took);
	}
	return out.s;
}
