/*
 * text.h: UTF-8 as people write names: width on screen, cutting, padding, folding to search.
 *
 * Always holds: no function here gives back bytes that could move a terminal, and none cuts inside
 * a character or between a letter and its marks.  Unicode's tables are libutf8proc's.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* One code point at s (at most n bytes); its length in *ret_len (at least 1).  Bytes that are no
 * UTF-8 give U+FFFD and length 1. */
uint32_t text_next(const char *s, size_t n, int *ret_len);

/* False for what must not reach a terminal: control characters, formatting that cannot be seen
 * (joiners apart), line separators, private and unassigned code points. */
bool text_rune_shown(uint32_t rune);

bool text_valid(const char *s, size_t n); /* well-formed UTF-8 */

/* The columns that `s` takes on the screen, by Unicode's width tables (0 for combining marks). */
int text_width(const char *s);
int text_rune_width(uint32_t rune);

/* The bytes of the longest start of `s` that fits into `columns`; never splits a cluster, and lets
 * at most eight marks stand on one letter.  A code point that is not shown counts as one `?`. */
size_t text_fit(const char *s, int columns);

/* Drops the character at the end of a full buffer of which snprintf() left only some bytes. Returns
 * s. */
char *text_whole(char *s);

/* `s` cut to `columns` and filled up with blanks, into buf (size n; 8 bytes a column is enough for
 * all but abuse, which is cut).  Returns buf. */
char *text_pad(const char *s, int columns, char *buf, size_t n);

/*
 * What may be stored: NFC, runs of blanks squeezed to one, ends trimmed.  Refused (returns NULL
 * and says why in *ret_why, a static sentence without a full stop): control characters, escape
 * sequences, bidi overrides and other invisible formatting, private or unassigned code points,
 * more than eight combining marks on one letter, malformed UTF-8, more than max_runes.
 * Zero-width joiners stay where scripts need them.  The caller frees.
 */
char *text_clean(const char *s, size_t max_runes, const char **ret_why);

/*
 * The form two spellings share: lower case, without accents, apostrophes, hyphens, dots and blanks
 * inside a name ("O'Brien-Smyth" -> "obriensmyth", "Łukasz" -> "lukasz", "Ærø" -> "aero").  Other
 * scripts are case-folded and stripped of marks.  The caller frees.
 */
char *text_fold(const char *s);

/* `s` in capitals, as surnames are written on lists.  The caller frees. */
char *text_upper(const char *s);

/* A code for "sounds like": equal for names that English ears confuse (OKAFOR, OKAFUR).  Letters of
 * other scripts give "".  buf gets at most 7 bytes with the NUL. */
char *text_sound(const char *folded, char buf[8]);

/* For a terminal that cannot show UTF-8: letters without accents, each followed letter marked by
 * one ^ at the end of the word.  The caller frees. */
char *text_ascii(const char *s);

/* `s` with control and other unprintable code points as '?', for messages.  The caller frees. */
char *text_printable(const char *s);

bool text_is_digits(const char *s);

/* Where NULL and "" are both nothing, as in the arguments of a command: read, compared, copied into
 * an array and cut to it. */
static inline const char *text_of(const char *s)
{
	return s ? s : "";
}
static inline bool text_same(const char *a, const char *b)
{
	return strcmp(text_of(a), text_of(b)) == 0;
}
static inline void text_copy(char *to, size_t n, const char *from)
{
	snprintf(to, n, "%s", text_of(from));
	text_whole(to);
}
#define COPY(array, from) text_copy(array, sizeof(array), from)

#endif
