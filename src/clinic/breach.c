/*
 * breach.c: what a check found, with the names of what it is about.
 *
 * A check is one statement and names rows by their numbers, "Slot 4398046511207 ...".  Whoever
 * reads it knows people and times.  Of an appointment the clinician is not said: they would tell of
 * a private service.  What cannot be looked up, in a database that is damaged, keeps its id.
 */
#include "clinic/breach.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "clinic/refs.h"
#include "model/person.h"
#include "store/appts.h"
#include "store/people.h"
#include "store/slots.h"

enum {
	ID_DIGITS = 13, /* ids are no shorter */
	SAID_TEXT = PERSON_TEXT + DAY_TEXT + 16
};

typedef bool say_fn(struct desk *desk, struct id id, char *buf, size_t n);

static bool say_appt(struct desk *desk, struct id id, char *buf, size_t n)
{
	struct appt_row r;
	char name[PERSON_TEXT], when[DAY_TEXT];

	if (appt_get(desk->store, id, &r, NULL) < 0)
		return false;
	snprintf(buf, n, "of %s on %s",
		 *r.surname ? person_show(r.surname, r.given, r.title, name) : "nobody",
		 moment_show(r.a.starts, when));
	return true;
}

static bool say_slot(struct desk *desk, struct id id, char *buf, size_t n)
{
	struct slot s;
	const struct clinician *c;
	char when[DAY_TEXT];

	if (slots_get(desk->store, id, &s, NULL) < 0)
		return false;
	c = ref_clinician(desk, s.clinician);
	snprintf(buf, n, "of %s on %s", c ? c->surname : "nobody", moment_show(s.starts, when));
	return true;
}

static bool say_person(struct desk *desk, struct id id, char *buf, size_t n)
{
	struct person p;
	char name[PERSON_TEXT];

	if (people_get(desk->store, id, &p, NULL) < 0)
		return false;
	snprintf(buf, n, "%s", person_show(p.surname, p.given, p.title, name));
	return true;
}

/* The word that stands before an id says what it is of. */
static say_fn *way_of(const char *word, size_t n, say_fn *before)
{
	static const struct {
		const char *word;
		say_fn *say;
	} ways[] = {
		{ "appointment", say_appt }, { "appointments", say_appt }, { "slot", say_slot },
		{ "slots", say_slot },	     { "person", say_person },	   { "record", say_person },
	};

	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		if (n == strlen(ways[i].word) && strncasecmp(word, ways[i].word, n) == 0)
			return ways[i].say;
	return n == 3 && memcmp(word, "and", 3) == 0 ? before : NULL;
}

void breach_said(struct desk *desk, const char *sentence, char *buf, size_t n)
{
	say_fn *say = NULL, *last = NULL;
	size_t at = 0;

	buf[0] = '\0';
	for (const char *s = sentence; *s && at + 1 < n;) {
		size_t word = strcspn(s, " "), digits = strspn(s, "0123456789");
		struct id id = { strtoll(s, NULL, 10) };
		char said[SAID_TEXT];

		if (digits >= (say ? 1 : ID_DIGITS) &&
		    (digits == word || ispunct((unsigned char)s[digits]))) {
			if (!say || !say(desk, id, said, sizeof said))
				id_text(id, said);
			at += (size_t)snprintf(buf + at, n - at, "%s", said);
			last = say;
			s += digits;
		} else {
			say = way_of(s, word, last);
			word += strspn(s + word, " ");
			at += (size_t)snprintf(buf + at, n - at, "%.*s", (int)word, s);
			s += word;
		}
	}
}
