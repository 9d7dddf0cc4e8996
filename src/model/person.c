/*
 * person.c: people's names as lists show them, and who could be taken for whom.
 */
#include "model/person.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"

char *person_show(const char *surname, const char *given, const char *title, char *buf)
{
	char *upper = text_upper(surname);

	snprintf(buf, PERSON_TEXT, "%s%s%s%s%s%s", upper, *given ? ", " : "", given,
		 title && *title ? " (" : "", title && *title ? title : "",
		 title && *title ? ")" : "");
	mem_free(upper);
	return buf;
}

/* A folded name's start, cut at a whole character. */
static void fold_start(const char *name, char *buf, size_t n)
{
	char *folded = text_fold(name);
	size_t len = strlen(folded);

	if (len >= n) {
		len = n - 1;
		while (len > 0 && ((unsigned char)folded[len] & 0xc0) == 0x80)
			len--;
	}
	memcpy(buf, folded, len);
	buf[len] = '\0';
	mem_free(folded);
}

void person_sound(const struct person *p, struct person_sound *ret)
{
	int year;

	memset(ret, 0, sizeof *ret);
	fold_start(p->surname, ret->surname, sizeof ret->surname);
	text_sound(ret->surname, ret->sound);
	fold_start(p->given, ret->given, sizeof ret->given);
	fold_start(p->preferred, ret->preferred, sizeof ret->preferred);
	if (!date_none(p->born))
		date_to_ymd(p->born, &year, &ret->month, &ret->day);
}

static bool begins_alike(const char *a, const char *b)
{
	return *a && strcmp(a, b) == 0;
}

bool person_sounds_alike(const struct person_sound *a, const struct person_sound *b)
{
	if (strcmp(a->surname, b->surname) != 0 && (!*a->sound || strcmp(a->sound, b->sound) != 0))
		return false;
	return (a->month && a->month == b->month && a->day == b->day) ||
	       begins_alike(a->given, b->given) || begins_alike(a->given, b->preferred) ||
	       begins_alike(a->preferred, b->given) || begins_alike(a->preferred, b->preferred);
}

bool person_alike(const struct person *a, const struct person *b)
{
	struct person_sound x, y;

	person_sound(a, &x);
	person_sound(b, &y);
	return person_sounds_alike(&x, &y);
}

const struct post *posts_current(const struct posts *posts)
{
	const struct post *best = NULL;

	list_each (p, posts)
		if (p->on && (!best || date_none(p->to) > date_none(best->to) ||
			      (date_none(p->to) == date_none(best->to) && p->id.n > best->id.n)))
			best = p;
	return best;
}

const struct contact *contacts_of(const struct contacts *contacts, const char *kind)
{
	const struct contact *best = NULL;

	list_each (c, contacts)
		if (c->on && strcmp(c->kind, kind) == 0 &&
		    (!best || c->at.utc > best->at.utc ||
		     (c->at.utc == best->at.utc && c->id.n > best->id.n)))
			best = c;
	return best;
}

const struct contact *contacts_phone(const struct contacts *contacts)
{
	static const char *const kinds[] = { "mobile", "home", "work" };

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		const struct contact *c = contacts_of(contacts, kinds[i]);

		if (c && *c->value)
			return c;
	}
	return NULL;
}

const struct detail *details_find(const struct details_of *details, const char *field)
{
	const struct detail *best = NULL;

	list_each (d, details)
		if (d->on && strcmp(d->field, field) == 0 &&
		    (!best || d->at.utc > best->at.utc ||
		     (d->at.utc == best->at.utc && d->id.n > best->id.n)))
			best = d;
	return best;
}
