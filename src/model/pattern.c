/*
 * pattern.c: a session as people write it, read part by part.
 *
 * Always holds: what comes out is in order, nothing overlaps, all of it lies within one day.  A
 * pattern is wall time; turning it into moments of a certain day is the publisher's.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/day.h"
#include "base/text.h"
#include "model/pattern.h"

enum {
	PART_MIN = 5,
	PART_MAX = 480,
	PARTS_MOST = 96,
	DAY_MINUTES = 1440,
	RELEASE_MOST = 24 * 84, /* as far ahead as diaries are published */
	NOTE_RUNES = 60,
};

#define FIELD_NAME "pattern"

/* The next blank-separated word of *at; empty at the end. */
static void word_of(const char **at, char *buf, size_t n)
{
	size_t len;

	*at += strspn(*at, " \t");
	len = strcspn(*at, " \t");
	snprintf(buf, n, "%.*s", (int)(len < n ? len : n - 1), *at);
	*at += len;
}

/* A whole number at *at, at most four digits. */
static bool number_of(const char **at, int *ret)
{
	size_t n = strspn(*at, "0123456789");

	if (n == 0 || n > 4)
		return false;
	*ret = atoi(*at);
	*at += n;
	return true;
}

/* 20, 20x3, 40/24, 40x2/24 */
static int read_length(const char *text, struct part *p, int *times, struct err *err)
{
	const char *at = text, *kind = slot_kind_word(p->kind);

	*times = 1;
	p->release_hours = -1;
	if (!*text)
		return err_input(err, FIELD_NAME, "%s needs its minutes: %s 20.", kind, kind);
	if (!number_of(&at, &p->mins) ||
	    ((*at == 'x' || *at == 'X') && (at++, !number_of(&at, times))) ||
	    (*at == '/' && (at++, !number_of(&at, &p->release_hours))) || *at)
		return err_input(err, FIELD_NAME,
				 "\"%s\" is no length after %s: write 20, 20x3 or, for RAP, 40/24.",
				 text, kind);
	if (p->mins < PART_MIN || p->mins > PART_MAX)
		return err_input(err, FIELD_NAME, "A part is %d to %d minutes long, not %d.",
				 PART_MIN, PART_MAX, p->mins);
	if (*times < 1 || *times > PARTS_MOST)
		return err_input(err, FIELD_NAME, "A part comes 1 to %d times, not %d.", PARTS_MOST,
				 *times);
	if (p->release_hours >= 0 && p->kind != SLOT_RAP)
		return err_input(err, FIELD_NAME, "Only RAP is released: take the /%d from %s.",
				 p->release_hours, kind);
	if (p->release_hours > RELEASE_MOST)
		return err_input(err, FIELD_NAME, "A release is at most %d hours before, not %d.",
				 RELEASE_MOST, p->release_hours);
	return 0;
}

static int read_note(const char *at, struct part *p, struct err *err)
{
	const char *why = NULL;
	char *clean = text_clean(at, NOTE_RUNES, &why);
	int rc = 0;

	if (!clean || strlen(clean) >= sizeof p->note)
		rc = err_input(err, FIELD_NAME, "The words after %s are refused: %s.",
			       slot_kind_word(p->kind), clean ? "they are too long" : why);
	else if (*clean && p->kind != SLOT_ADMIN && p->kind != SLOT_BLOCK)
		rc = err_input(err, FIELD_NAME,
			       "\"%s\" after %s: words may follow ADMIN and BLOCK only.", clean,
			       slot_kind_word(p->kind));
	else
		snprintf(p->note, sizeof p->note, "%s", clean);
	mem_free(clean);
	return rc;
}

/* Where the part starts: at its own time, else where the one before ends (at < 0: there is none).
 */
static int read_start(const char *word, int at, int *ret, struct err *err)
{
	char clock[DAY_TEXT], end[DAY_TEXT];
	int own;

	if (!isdigit((unsigned char)*word)) {
		if (at < 0)
			return err_input(err, FIELD_NAME,
					 "The first part needs its time in front: 08:30 FU 20.");
		*ret = at;
		return 0;
	}
	if (minute_parse(word, &own, err) < 0) {
		if (err)
			snprintf(err->field, sizeof err->field, FIELD_NAME);
		return -1;
	}
	if (own < at)
		return err_input(err, FIELD_NAME,
				 "%s is too early: the part before it lasts until %s.",
				 minute_show(own, clock), minute_show(at, end));
	*ret = own;
	return 0;
}

/* One part between commas; *at is where the last one ended and then where this one does. */
static int read_part(const char *text, int *at, struct parts *list, struct err *err)
{
	struct part p = { 0 };
	char word[32];
	int start = 0, times = 0;

	word_of(&text, word, sizeof word);
	if (!*word)
		return err_input(err, FIELD_NAME,
				 "A part is missing: write them as 08:30 FU 20, NEW 40.");
	if (read_start(word, *at, &start, err) < 0)
		return -1;
	if (isdigit((unsigned char)*word))
		word_of(&text, word, sizeof word);
	if (!slot_kind_parse(word, &p.kind))
		return err_input(
			err, FIELD_NAME,
			"\"%s\" is no kind of slot: NEW, FU, RAP, CATCHUP, LUNCH, ADMIN or BLOCK.",
			word);
	word_of(&text, word, sizeof word);
	if (read_length(word, &p, &times, err) < 0 || read_note(text, &p, err) < 0)
		return -1;
	if (start + p.mins * times > DAY_MINUTES)
		return err_input(err, FIELD_NAME,
				 "%s runs past midnight: a session ends the same day.",
				 slot_kind_word(p.kind));
	if (list->n + (size_t)times > PARTS_MOST)
		return err_input(err, FIELD_NAME, "A pattern has at most %d parts.", PARTS_MOST);
	for (int i = 0; i < times; i++) {
		p.at = start + i * p.mins;
		*list_push(list) = p;
	}
	*at = start + p.mins * times;
	return 0;
}

int pattern_parse(const char *text, struct parts *ret, struct err *err)
{
	struct parts list = { 0 };
	int at = -1;

	for (const char *p = text;; p++) {
		size_t n = strcspn(p, ",");
		char *part = mem_strn(p, n);
		int rc = read_part(part, &at, &list, err);

		mem_free(part);
		if (rc < 0) {
			list_free(&list);
			return -1;
		}
		p += n;
		if (!*p)
			break;
	}
	*ret = list;
	return 0;
}
