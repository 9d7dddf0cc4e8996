/* words.c: the small readers that every part of a form shares. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "parts.h"

enum { LABEL_BYTES = 300 };

bool next_part(const char **p, char sep, char *ret, size_t n)
{
	size_t len;

	if (!*p)
		return false;
	*p += strspn(*p, " ");
	len = (size_t)(strchrnul(*p, sep) - *p);
	snprintf(ret, n, "%.*s", (int)(len < n ? len : n - 1), *p);
	text_whole(ret);
	/* One that is too long is none that is known. */
	if (len >= n)
		ret[0] = '\0';
	*p = (*p)[len] ? *p + len + 1 : NULL;
	len = strlen(ret);
	while (len > 0 && ret[len - 1] == ' ')
		ret[--len] = '\0';
	return true;
}

bool small_number(const char *s, int least, int most, int *ret)
{
	long n;

	if (!*s || strlen(s) > 9 || !text_is_digits(s))
		return false;
	n = strtol(s, NULL, 10);
	if (n < least || n > most)
		return false;
	*ret = (int)n;
	return true;
}

bool small_range(const char *s, int *ret_least, int *ret_most)
{
	char least[12], most[12];

	return next_part(&s, '-', least, sizeof least) && next_part(&s, '-', most, sizeof most) &&
	       !s && small_number(least, 0, 999999998, ret_least) &&
	       small_number(most, *ret_least + 1, 999999999, ret_most);
}

bool plain_name(const char *s, size_t most)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_");

	return n > 0 && n <= most && !s[n];
}

int take_text(struct load *l, const struct ini_entry *e, char **ret)
{
	if (strlen(e->value) > LABEL_BYTES)
		return REFUSE(l, e, "that is longer than 300 bytes.");
	*ret = mem_str(e->value);
	return 0;
}

/* One of several words: its place. */
int take_word(struct load *l, const struct ini_entry *e, const char *const *words, int n, int *ret)
{
	struct buf all = { 0 };

	for (int i = 0; i < n; i++) {
		if (strcmp(words[i], e->value) == 0) {
			*ret = i;
			buf_done(&all);
			return 0;
		}
		buf_printf(&all, "%s%s", i == 0 ? "" : i == n - 1 ? " or " : ", ", words[i]);
	}
	REFUSE(l, e, "%s is %s.", e->name, all.s);
	buf_done(&all);
	return -1;
}

int take_yes(struct load *l, const struct ini_entry *e, bool *ret)
{
	static const char *const words[] = { "no", "yes" };
	int n;

	if (take_word(l, e, words, 2, &n) < 0)
		return -1;
	*ret = n == 1;
	return 0;
}

static bool reserved(const char *name)
{
	static const char *const words[] = { "and", "or",    "is",	  "isnot",
					     "in",  "given", "otherwise", "today" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i], name) == 0)
			return true;
	return false;
}

/* A name that a condition may use. */
int check_name(struct load *l, const struct ini_entry *e, const char *name)
{
	if (!plain_name(name, NAME_BYTES) || reserved(name))
		return REFUSE(l, e, "%s cannot be a name: 1 to 31 of a-z, 0-9 and _.", name);
	if (form_item(l->p, name) >= 0)
		return REFUSE(l, e, "there is a question %s before.", name);
	list_each (s, &l->p->scores)
		if (strcmp(s->name, name) == 0)
			return REFUSE(l, e, "there is a score %s before.", name);
	return 0;
}
