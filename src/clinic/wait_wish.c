/*
 * wait_wish.c: what would do for somebody who waits, as a line that people type and read.
 *
 *	ngt hbr, mon thu after 15:00, phone, 2 h notice, from 20-Mar-2026, with marsh
 *
 * What is shown can be typed: read again, it is the same wish.  The words of the command line's
 * options may stand before theirs.  Days and times are when.h's: what is nothing else goes there,
 * and is refused there when it is no day either.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/refs.h"
#include "clinic/wait.h"
#include "model/service.h"
#include "model/when.h"

enum { MOST_HOURS = 28 * 24, WISH_WORD = 48 };

static const char between[] = " ,;\t";

/* ---- words ---- */

struct line {
	char word[WISH_WORD];
	const char *next; /* what follows it */
};

/* The next word; false: there is none, or it is longer than any that means something. */
static bool word_next(struct line *l)
{
	const char *p = l->next + strspn(l->next, between);
	size_t n = strcspn(p, between);

	l->word[0] = '\0';
	if (n == 0 || n >= sizeof l->word)
		return false;
	memcpy(l->word, p, n);
	l->word[n] = '\0';
	l->next = p + n;
	return true;
}

static bool is_one_of(const char *word, const char *const *words)
{
	for (; *words; words++)
		if (strcasecmp(word, *words) == 0)
			return true;
	return false;
}

/* Takes the next word when it is one of these. */
static bool word_if(struct line *l, const char *const *words)
{
	struct line then = *l;

	if (!word_next(&then) || !is_one_of(then.word, words))
		return false;
	*l = then;
	return true;
}

static const char *const fillers[] = { "sites", "site", "at",  "mode", "by",  "when",
				       "days",	"in",	"and", "or",   "any", NULL };
static const char *const withs[] = { "with", "clinician", NULL };
static const char *const notices[] = { "notice", NULL };
static const char *const hours[] = { "h", "hour", "hours", NULL };
static const char *const onces[] = { "once", NULL };

/* ---- one after the other ---- */

struct reading {
	struct desk *desk;
	struct line line;
	struct wait_ask ask;
	char when[WISH_TEXT]; /* words for when.h */
	bool noticed;
};

static int unknown(const char *word, struct err *err)
{
	return err_input(err, "wish",
			 "'%.12s' was not understood: say ngt, mon after 15:00, phone, 2 h.", word);
}

static const struct site *site_called(const struct desk *desk, const char *word)
{
	list_each (s, &desk->refs->sites)
		if (s->on && (strcasecmp(s->code, word) == 0 || strcasecmp(s->name, word) == 0))
			return s;
	return NULL;
}

static int take_site(struct reading *r, const struct site *s, struct err *err)
{
	char *sites = r->ask.wish.sites;
	size_t n = strlen(sites);

	if (words_have(sites, s->code))
		return 0;
	if (n + strlen(s->code) + 2 > sizeof r->ask.wish.sites)
		return err_input(err, "wish", "Those are too many sites: name fewer.");
	snprintf(sites + n, sizeof r->ask.wish.sites - n, "%s%s", n ? " " : "", s->code);
	return 0;
}

/* By the code, or the surname when no other has it. */
static const struct clinician *clinician_called(const struct desk *desk, const char *word)
{
	const struct clinician *found = NULL;
	char *typed = text_fold(word), *name;
	int hits = 0;

	list_each (c, &desk->refs->clinicians) {
		if (!c->on)
			continue;
		if (strcasecmp(c->code, word) == 0) {
			mem_free(typed);
			return c;
		}
		name = text_fold(c->surname);
		if (strcmp(name, typed) == 0) {
			found = c;
			hits++;
		}
		mem_free(name);
	}
	mem_free(typed);
	return hits == 1 ? found : NULL;
}

/* "2h", "2" before "h" or "hours": how many; -1: it is nothing of the kind. */
static int hours_of(struct line *l)
{
	char *end;
	long n;

	if (*l->word < '0' || *l->word > '9' || strlen(l->word) > 6)
		return -1;
	n = strtol(l->word, &end, 10);
	if (is_one_of(end, hours) || (!*end && word_if(l, hours)))
		return (int)n;
	return -1;
}

static int take_notice(struct reading *r, int n, struct err *err)
{
	word_if(&r->line, notices);
	if (n > MOST_HOURS)
		return err_input(err, "wish", "Notice is 0 to %d hours, not %d.", MOST_HOURS, n);
	r->ask.wish.notice = n;
	r->ask.short_notice = n == 0;
	r->noticed = true;
	return 0;
}

/* "notice 2", "notice 2 h". */
static int notice_then(struct reading *r, struct err *err)
{
	int n = word_next(&r->line) ? hours_of(&r->line) : -1;
	char *end;

	if (n < 0 && *r->line.word >= '0' && *r->line.word <= '9' && strlen(r->line.word) <= 6) {
		n = (int)strtol(r->line.word, &end, 10);
		n = *end ? -1 : n;
	}
	if (n < 0)
		return err_input(err, "wish", "Notice is in hours: write 2 h notice, or at once.");
	return take_notice(r, n, err);
}

static int take_with(struct reading *r, struct err *err)
{
	const struct clinician *c =
		word_next(&r->line) ? clinician_called(r->desk, r->line.word) : NULL;

	if (!c)
		return err_input(err, "wish", "No clinician is called '%.24s': write their code.",
				 r->line.word);
	r->ask.wish.clinician = c->id;
	return 0;
}

/* "from 15:00" is a time; "from 20-Mar-2026", "from tom", "from 14 mar" are days: true when it was
 * one. */
static bool take_from(struct reading *r)
{
	struct line one = r->line, two;
	char both[2 * WISH_WORD];
	struct date day;
	int minute;

	if (!word_next(&one))
		return false;
	two = one;
	snprintf(both, sizeof both, "%s %s", one.word, word_next(&two) ? two.word : "");
	if (*two.word && date_parse(both, r->desk->today, LOOK_FORWARD, &day, NULL) == 0)
		one = two;
	else if (minute_parse(one.word, &minute, NULL) == 0 ||
		 date_parse(one.word, r->desk->today, LOOK_FORWARD, &day, NULL) < 0)
		return false;
	r->ask.wish.from = day;
	r->line = one;
	return true;
}

/* It is a day or a time, or nothing. */
static int take_when(struct reading *r, struct err *err)
{
	size_t n = strlen(r->when);
	struct when when;
	struct err why = ERR_INIT;

	if (n + strlen(r->line.word) + 2 > sizeof r->when)
		return err_input(err, "wish", "That is too long: say less.");
	snprintf(r->when + n, sizeof r->when - n, " %s", r->line.word);
	/* What only lacks its end may go on. */
	if (when_parse(r->when, &when, &why) < 0 && strstr(why.text, "not understood"))
		return unknown(r->line.word, err);
	return 0;
}

static int take(struct reading *r, struct err *err)
{
	const char *word = r->line.word;
	const struct clinician *c;
	const struct site *s;
	enum mode mode;
	int n;

	if (strcasecmp(word, "at") == 0 && word_if(&r->line, onces))
		return take_notice(r, 0, err);
	if (is_one_of(word, fillers))
		return 0;
	if (is_one_of(word, withs))
		return take_with(r, err);
	if (is_one_of(word, notices))
		return notice_then(r, err);
	if (strcasecmp(word, "from") == 0 && take_from(r))
		return 0;
	if ((n = hours_of(&r->line)) >= 0)
		return take_notice(r, n, err);
	if (mode_parse(word, &mode)) {
		r->ask.wish.modes |= mode;
		return 0;
	}
	if ((s = site_called(r->desk, word)))
		return take_site(r, s, err);
	if (take_when(r, err) == 0)
		return 0;
	if (!(c = clinician_called(r->desk, word)))
		return -1;
	r->when[strlen(r->when) - strlen(word) - 1] = '\0';
	r->ask.wish.clinician = c->id;
	return 0;
}

int wait_wish_read(struct desk *desk, const char *text, struct wait_ask *ret, struct err *err)
{
	struct reading r = { .desk = desk,
			     .line = { .next = text },
			     .ask = { .episode = ret->episode, .wish.from = DATE_NONE } };
	struct when when = { 0 };

	while (word_next(&r.line))
		if (take(&r, err) < 0)
			return -1;
	if (r.line.next[strspn(r.line.next, between)])
		return unknown(r.line.next + strspn(r.line.next, between), err);
	if (when_parse(r.when, &when, err) < 0)
		return -1;
	r.ask.wish.days = when.days;
	r.ask.wish.after = when.after;
	r.ask.wish.before = when.before;
	if (!r.noticed)
		r.ask.wish.notice = WAIT_NOTICE;
	*ret = r.ask;
	return 0;
}

/* ---- in words ---- */

static void add(char *buf, const char *words)
{
	size_t n = strlen(buf);

	snprintf(buf + n, WISH_TEXT - n, "%s%s", n ? ", " : "", words);
}

/* A surname of several words would be read as several. */
static const char *name_of(const struct desk *desk, const struct clinician *c)
{
	return strpbrk(c->surname, between) || clinician_called(desk, c->surname) != c ? c->code
										       : c->surname;
}

char *wait_wish_show(struct desk *desk, const struct wait_wish *wish, char buf[WISH_TEXT])
{
	const struct clinician *who = ref_clinician(desk, wish->clinician);
	const struct when when = { wish->days, wish->after, wish->before };
	char words[WHEN_TEXT + DAY_TEXT];

	buf[0] = '\0';
	if (who)
		add(buf, name_of(desk, who));
	if (*wish->sites)
		add(buf, wish->sites);
	if (wish->days || wish->after || wish->before)
		add(buf, when_show(&when, words));
	for (unsigned m = MODE_FACE; m <= MODE_VIDEO; m <<= 1)
		if (wish->modes & m)
			add(buf, mode_word((enum mode)m));
	if (!date_none(wish->from)) {
		snprintf(words, sizeof words, "from ");
		date_show(wish->from, words + strlen(words));
		add(buf, words);
	}
	if (wish->notice != WAIT_NOTICE) {
		snprintf(words, sizeof words, wish->notice ? "%d h notice" : "at once",
			 wish->notice);
		add(buf, words);
	}
	if (!*buf)
		add(buf, "any");
	return buf;
}
