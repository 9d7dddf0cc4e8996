/* when.c: the days and times that suit somebody, read word by word. */
#include "model/when.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/day.h"

enum { ALL_DAYS = 127, NOON = 12 * 60, WORD_TEXT = 16 };

struct reading {
	struct when when;
	bool but; /* "not" was said: the days that follow are left out */
	int *due; /* after "after": where the next word goes */
};

static const struct {
	const char *word;
	int after, before;
} parts[] = {
	{ "am", 0, NOON },	   { "mornings", 0, NOON }, { "pm", NOON, 0 },
	{ "afternoons", NOON, 0 }, { "any", 0, 0 },
};

/* Does `word` begin `whole`, with three letters of it at least or all of it? */
static bool begins(const char *whole, const char *word)
{
	size_t n = strlen(word);

	return strncasecmp(whole, word, n) == 0 && (n >= 3 || !whole[n]);
}

static int weekday_of(const char *word)
{
	static const char *const names[7] = { "mondays", "tuesdays",  "wednesdays", "thursdays",
					      "fridays", "saturdays", "sundays" };

	for (int i = 0; i < 7; i++)
		if (strlen(word) >= 3 && strncasecmp(names[i], word, strlen(word)) == 0)
			return i;
	return -1;
}

static int is_part(struct reading *r, const char *word)
{
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (begins(parts[i].word, word)) {
			r->when.after = parts[i].after ? parts[i].after : r->when.after;
			r->when.before = parts[i].before ? parts[i].before : r->when.before;
			return 1;
		}
	return 0;
}

static int take(struct reading *r, const char *word, struct err *err)
{
	int day = weekday_of(word);

	if (r->due) {
		if (minute_parse(word, r->due, NULL) < 0 || *r->due == 0)
			return err_input(err, "when", "'%s' is no time: write after 15:00.", word);
		r->due = NULL;
		return 0;
	}
	if (day >= 0) {
		if (r->but && r->when.days == 0)
			r->when.days = ALL_DAYS;
		r->when.days = r->but ? r->when.days & ~(1u << day) : r->when.days | 1u << day;
		return 0;
	}
	if (strcasecmp(word, "after") == 0 || strcasecmp(word, "from") == 0)
		r->due = &r->when.after;
	else if (strcasecmp(word, "before") == 0 || strcasecmp(word, "until") == 0)
		r->due = &r->when.before;
	else if (strcasecmp(word, "not") == 0)
		r->but = true;
	else if (strcasecmp(word, "and") != 0 && strcasecmp(word, "or") != 0 && !is_part(r, word))
		return err_input(err, "when", "'%s' was not understood: write mon,thu after 15:00.",
				 word);
	return 0;
}

static int ends_well(const struct reading *r, struct err *err)
{
	if (r->due)
		return err_input(err, "when", "A time is missing at the end: write after 15:00.");
	if (r->but && r->when.days == 0)
		return err_input(err, "when", "That leaves no day: write the days that suit.");
	if (r->when.before && r->when.after >= r->when.before)
		return err_input(err, "when", "No time is after %02d:%02d and before %02d:%02d.",
				 r->when.after / 60, r->when.after % 60, r->when.before / 60,
				 r->when.before % 60);
	return 0;
}

int when_parse(const char *text, struct when *ret, struct err *err)
{
	static const char between[] = " ,;\t";
	struct reading r = { 0 };

	for (const char *p = text + strspn(text, between); *p; p += strspn(p, between)) {
		size_t n = strcspn(p, between);
		char word[WORD_TEXT];

		if (n >= sizeof word)
			return err_input(err, "when",
					 "That was not understood: write mon,thu after 15:00.");
		memcpy(word, p, n);
		word[n] = '\0';
		if (take(&r, word, err) < 0)
			return -1;
		p += n;
	}
	if (ends_well(&r, err) < 0)
		return -1;
	*ret = r.when;
	return 0;
}

char *when_show(const struct when *w, char buf[WHEN_TEXT])
{
	int n = 0;

	buf[0] = '\0';
	for (int i = 0; i < 7; i++)
		if (w->days & 1u << i)
			n += snprintf(buf + n, (size_t)(WHEN_TEXT - n), "%s%s", n ? ", " : "",
				      weekday_short[i]);
	if (w->after)
		n += snprintf(buf + n, (size_t)(WHEN_TEXT - n), "%safter %02d:%02d", n ? " " : "",
			      w->after / 60, w->after % 60);
	if (w->before)
		n += snprintf(buf + n, (size_t)(WHEN_TEXT - n), "%sbefore %02d:%02d", n ? " " : "",
			      w->before / 60, w->before % 60);
	if (n == 0)
		snprintf(buf, WHEN_TEXT, "any");
	return buf;
}
