/*
 * need.c: access needs read, shown, and held against a room.
 */
#include "model/need.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static const struct {
	const char *code, *words, *room, *without;
	bool asked;
} table[] = {
#define X(name, code, words, room, without, asked) { code, words, room, without, asked },
	NEEDS(X)
#undef X
};

#define BETWEEN " ,;"

/* The one whose code it is, or that alone begins so; -1. */
static int need_of(const char *s, size_t n)
{
	int found = -1;

	for (int i = 0; i < NEED_COUNT; i++) {
		if (strncasecmp(table[i].code, s, n) != 0)
			continue;
		if (strlen(table[i].code) == n)
			return i;
		if (found >= 0)
			return -1;
		found = i;
	}
	return found;
}

bool needs_parse(const char *text, unsigned *ret, const char **ret_bad)
{
	unsigned needs = 0;

	for (const char *s = text + strspn(text, BETWEEN); *s; s += strspn(s, BETWEEN)) {
		size_t n = strcspn(s, BETWEEN);
		int one = need_of(s, n);

		if (one < 0) {
			if (ret_bad)
				*ret_bad = s;
			return false;
		}
		needs |= 1u << one;
		s += n;
	}
	*ret = needs;
	return true;
}

static void join(char *buf, size_t n, const char *between, const char *word)
{
	size_t used = strlen(buf);

	snprintf(buf + used, n - used, "%s%s", used ? between : "", word);
}

char *needs_text(unsigned needs, char buf[NEEDS_TEXT])
{
	buf[0] = '\0';
	for (int i = 0; i < NEED_COUNT; i++)
		if (needs >> i & 1)
			join(buf, NEEDS_TEXT, " ", table[i].code);
	return buf;
}

char *needs_words(unsigned needs, char buf[NEEDS_WORDS])
{
	buf[0] = '\0';
	for (int i = 0; i < NEED_COUNT; i++)
		if (needs >> i & 1)
			join(buf, NEEDS_WORDS, ", ", table[i].words);
	return buf;
}

char *needs_all(unsigned needs, const char *interpreter, char buf[NEEDS_WORDS])
{
	size_t used;

	needs_words(needs, buf);
	used = strlen(buf);
	if (*interpreter)
		snprintf(buf + used, NEEDS_WORDS - used, "%sinterpreter: %s", used ? ", " : "",
			 interpreter);
	return buf;
}

static bool has_word(const char *words, const char *word)
{
	size_t n = strlen(word);

	for (const char *s = words + strspn(words, BETWEEN); *s; s += strspn(s, BETWEEN)) {
		size_t len = strcspn(s, BETWEEN);

		if (len == n && memcmp(s, word, n) == 0)
			return true;
		s += len;
	}
	return false;
}

const char *needs_unmet(unsigned needs, const char *features)
{
	for (int i = 0; i < NEED_COUNT; i++)
		if (needs >> i & 1 && table[i].room && !has_word(features, table[i].room))
			return table[i].without;
	return NULL;
}

unsigned needs_asked(unsigned needs)
{
	unsigned asked = 0;

	for (int i = 0; i < NEED_COUNT; i++)
		if (table[i].asked)
			asked |= 1u << i;
	return needs & asked;
}

const char *needs_in_days(unsigned needs)
{
	for (int i = 0; i < NEED_COUNT; i++)
		if (needs >> i & 1 && table[i].asked && table[i].without)
			return table[i].without;
	return NULL;
}
