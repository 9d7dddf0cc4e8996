/*
 * intake_find.c: the one box of the find screen.
 *
 *	okaf,ada	surname and given name, each from its start; accents and marks do not count
 *	14/8/84		date of birth, as dates are typed
 *	999 526 0182	NHS number, with or without blanks or dashes
 *	20417733	employee number; when nobody has it, the end of a telephone number
 *	0418		the end of a telephone number: four digits or more
 *	MSK-26-N0311	the number of an episode
 *
 * Always holds: at most FIND_MOST people are looked up and at most `limit` are read, whatever was
 * typed.  After the names that fit come those that sound like it, marked.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/intake.h"
#include "clinic/refs.h"
#include "store/episodes.h"
#include "store/people.h"
#include "store/store.h"

enum {
	TYPED_MOST = 200,
	PHONE_LEAST = 4,
	SOUND_MOST = 20,
	SOUND_LETTERS = 4,
	SOUND_CODE = 3,
	SOUND_LOOKS = 200
};

struct search {
	struct desk *desk;
	const char *text; /* without blanks around it */
	char *surname;	  /* folded, when it is names that are looked for */
	struct ids ids, sounds;
};

/* ---- what was typed ---- */

static size_t count(const char *s, int (*is)(int))
{
	size_t n = 0;

	for (; *s; s++)
		n += is((unsigned char)*s) != 0;
	return n;
}

/* MSK-26-N0311: letters, two digits, a letter and digits. */
static bool is_episode(const char *s)
{
	size_t letters = strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

	if (letters < 2 || letters > 5 || s[letters] != '-')
		return false;
	s += letters + 1;
	if (!isdigit((unsigned char)s[0]) || !isdigit((unsigned char)s[1]) || s[2] != '-')
		return false;
	s += 3;
	s += isalpha((unsigned char)*s) ? 1 : 0;
	return text_is_digits(s);
}

static bool is_numeric(const char *s)
{
	return !s[strspn(s, "0123456789 -+().")] && count(s, isdigit) >= PHONE_LEAST;
}

/* ---- one way of finding each ---- */

/* The number of a private service says that somebody is known there: to others it finds nobody. */
static int by_episode(struct search *q, struct err *err)
{
	struct episode e;
	const struct service *s;

	if (episode_by_number(q->desk->store, q->text, &e, err) < 0)
		return -1;
	s = ref_service(q->desk, e.service);
	if (!id_none(e.id) && s && desk_sees(q->desk, s))
		*(struct id *)list_push(&q->ids) = e.person;
	return 0;
}

static int by_born(struct search *q, struct date born, struct err *err)
{
	char key[16];

	snprintf(key, sizeof key, "%d", (int)born.n);
	return people_by_key(q->desk->store, FIND_BORN, key, FIND_MOST + 1, &q->ids, err);
}

static int by_employee(struct search *q, struct err *err)
{
	char *folded = text_fold(q->text);
	int rc = people_by_key(q->desk->store, FIND_EMPLOYEE, folded, FIND_MOST + 1, &q->ids, err);

	mem_free(folded);
	return rc;
}

/* The end of a number, or all of it in any writing, backwards. */
static int by_phone(struct search *q, struct err *err)
{
	char digits[PHONE_DIGITS], back[PHONE_DIGITS];
	size_t n = 0;

	if (!phone_parse(q->text, digits)) {
		for (const char *s = q->text; *s && n < PHONE_DIGITS - 1; s++)
			if (isdigit((unsigned char)*s))
				digits[n++] = *s;
		digits[n] = '\0';
	}
	return people_by_prefix(q->desk->store, FIND_PHONE, phone_back(digits, back), FIND_MOST + 1,
				&q->ids, err);
}

static int by_digits(struct search *q, struct err *err)
{
	char nhs[NHS_DIGITS];
	struct date born;
	int rc = 0;

	if (nhs_parse(q->text, nhs))
		rc = people_by_key(q->desk->store, FIND_NHS, nhs, FIND_MOST + 1, &q->ids, err);
	if (rc == 0 && q->ids.n == 0)
		rc = by_employee(q, err);
	/* A day needs its dividers, or all eight digits; else it would hide ends of numbers. */
	if (rc == 0 && q->ids.n == 0 && (strpbrk(q->text, "-.") || count(q->text, isdigit) == 8) &&
	    date_parse(q->text, q->desk->today, LOOK_BACK, &born, NULL) == 0)
		rc = by_born(q, born, err);
	if (rc == 0 && q->ids.n == 0)
		rc = by_phone(q, err);
	return rc;
}

/* Everybody whose surname sounds so, whose given name starts so. */
static int by_sound(struct search *q, const char *surname, const char *given, struct err *err)
{
	struct ids ids = { 0 };
	char code[8];
	int rc;

	text_sound(surname, code);
	if (strlen(surname) < SOUND_LETTERS || strlen(code) < SOUND_CODE)
		return 0;
	rc = people_by_prefix(q->desk->store, FIND_SOUND, code, SOUND_LOOKS, &ids, err);
	for (size_t i = 0; rc == 0 && i < ids.n && q->sounds.n < SOUND_MOST; i++) {
		struct person p;
		bool have = false;

		list_each (id, &q->ids)
			have = have || id_same(*id, ids.v[i]);
		if (have)
			continue;
		if (*given) {
			rc = people_get(q->desk->store, ids.v[i], &p, err);
			char *folded = rc == 0 ? text_fold(p.given) : mem_str("");

			have = strncmp(folded, given, strlen(given)) != 0;
			mem_free(folded);
		}
		if (rc == 0 && !have)
			*(struct id *)list_push(&q->sounds) = ids.v[i];
	}
	list_free(&ids);
	return rc;
}

static int by_names(struct search *q, const char *surname, const char *given, bool sound,
		    struct err *err)
{
	char *s = text_fold(surname), *g = text_fold(given);
	int rc = 0;

	if (*s) {
		rc = people_by_name(q->desk->store, s, g, FIND_MOST + 1, &q->ids, err);
		if (rc == 0 && sound && q->ids.n <= FIND_MOST)
			rc = by_sound(q, s, g, err);
	}
	mem_free(q->surname);
	q->surname = mem_str(s);
	mem_free(s);
	mem_free(g);
	return rc;
}

/* Without a comma it is a surname of one word or more; if nobody has it, "ada okafor" and
 * "okafor ada" are tried before the ear is. */
static int by_name(struct search *q, struct err *err)
{
	char text[TYPED_MOST + 1];
	char *comma, *blank;
	int rc;

	snprintf(text, sizeof text, "%s", q->text);
	comma = strchr(text, ',');
	if (comma) {
		*comma = '\0';
		return by_names(q, text, comma + 1, true, err);
	}
	blank = strrchr(text, ' ');
	if (!blank)
		return by_names(q, text, "", true, err);
	rc = by_names(q, text, "", false, err);
	*blank = '\0';
	if (rc == 0 && q->ids.n == 0)
		rc = by_names(q, blank + 1, text, false, err);
	if (rc == 0 && q->ids.n == 0)
		rc = by_names(q, text, blank + 1, true, err);
	return rc;
}

static int search(struct search *q, struct err *err)
{
	struct date born;
	int rc;

	if (is_episode(q->text))
		return by_episode(q, err);
	if (is_numeric(q->text))
		return by_digits(q, err);
	if (!strpbrk(q->text, "0123456789"))
		return by_name(q, err);
	if (date_parse(q->text, q->desk->today, LOOK_BACK, &born, NULL) == 0)
		return by_born(q, born, err);
	rc = by_employee(q, err);
	if (rc == 0 && q->ids.n == 0) {
		struct id id;
		struct person p;

		if (id_parse(q->text, &id) && people_get(q->desk->store, id, &p, NULL) == 0)
			*(struct id *)list_push(&q->ids) = id;
	}
	return rc;
}

/* ---- the rows ---- */

static int employer(struct desk *desk, struct id person, struct found *f, struct err *err)
{
	struct posts posts = { 0 };
	int rc = people_posts(desk->store, person, &posts, err);
	const struct post *post = rc == 0 ? posts_current(&posts) : NULL;
	const struct customer *c = post ? ref_customer(desk, post->customer) : NULL;

	if (post)
		snprintf(f->employee_no, sizeof f->employee_no, "%s", post->employee_no);
	if (c) {
		f->employer = c->id;
		snprintf(f->customer, sizeof f->customer, "%s", c->brief);
	}
	list_free(&posts);
	return rc;
}

/* One row, unless the record is withdrawn or the one that was kept in its place is there. */
static int add_row(struct desk *desk, struct id id, bool sounds, struct found_list *list,
		   struct err *err)
{
	struct found f = { .sounds = sounds };

	if (people_get(desk->store, id, &f.person, err) < 0)
		return -1;
	if (!id_none(f.person.alias_of) &&
	    people_get(desk->store, f.person.alias_of, &f.person, err) < 0)
		return -1;
	if (strcmp(f.person.status, "withdrawn") == 0)
		return 0;
	list_each (have, list)
		if (id_same(have->person.id, f.person.id))
			return 0;
	*(struct found *)list_push(list) = f;
	return 0;
}

int intake_fill(struct desk *desk, struct found *found, struct err *err)
{
	if (found->whole)
		return 0;
	if (employer(desk, found->person.id, found, err) < 0 ||
	    people_next(desk->store, found->person.id, desk->today, &found->next, err) < 0)
		return -1;
	found->whole = true;
	return 0;
}

static void mark_alike(struct found_list *list)
{
	struct person_sound *heard = mem_new((list->n + 1) * sizeof *heard);

	for (size_t i = 0; i < list->n; i++)
		person_sound(&list->v[i].person, &heard[i]);
	for (size_t i = 0; i < list->n; i++)
		for (size_t j = 0; j < list->n && !list->v[i].alike; j++)
			if (i != j && person_sounds_alike(&heard[i], &heard[j]))
				list->v[i].alike = (int)j + 1;
	mem_free(heard);
}

static bool starts(const char *name, const char *prefix)
{
	char *folded = text_fold(name);
	bool does = strncmp(folded, prefix, strlen(prefix)) == 0;

	mem_free(folded);
	return does;
}

/* Whoever is not called so any more: which name it was that led to them. */
static int say_former(struct search *q, struct found *f, struct err *err)
{
	struct formers formers = { 0 };

	if (!q->surname || starts(f->person.surname, q->surname))
		return 0;
	if (people_formers(q->desk->store, f->person.id, &formers, err) < 0) {
		list_free(&formers);
		return -1;
	}
	list_each (was, &formers)
		if (was->on && starts(was->surname, q->surname))
			snprintf(f->was, sizeof f->was, "%s", was->surname);
	list_free(&formers);
	return 0;
}

static int read_rows(struct search *q, int limit, struct found_list *ret, struct err *err)
{
	int skipped = 0;
	size_t n = 0;

	for (size_t i = 0; i < q->ids.n && ret->n < (size_t)limit; i++) {
		n = ret->n;
		if (add_row(q->desk, q->ids.v[i], false, ret, err) < 0 ||
		    (ret->n > n && say_former(q, &ret->v[n], err) < 0))
			return -1;
		skipped += ret->n == n;
	}
	ret->total = (int)q->ids.n - skipped;
	if (q->ids.n > FIND_MOST) {
		ret->total = FIND_MOST;
		ret->at_least = true;
	}
	for (size_t i = 0; i < q->sounds.n && ret->n < (size_t)limit; i++) {
		n = ret->n;
		if (add_row(q->desk, q->sounds.v[i], true, ret, err) < 0)
			return -1;
		ret->total += ret->n > n;
	}
	mark_alike(ret);
	return 0;
}

int intake_find(struct desk *desk, const char *text, int limit, struct found_list *ret,
		struct err *err)
{
	struct found_list found = { 0 };

	if (intake_names(desk, text, limit, &found, err) < 0)
		return -1;
	list_each (f, &found)
		if (intake_fill(desk, f, err) < 0) {
			list_free(&found);
			return -1;
		}
	*ret = found;
	return 0;
}

int intake_names(struct desk *desk, const char *text, int limit, struct found_list *ret,
		 struct err *err)
{
	const char *why;
	char *clean = text_clean(text, TYPED_MOST / 4, &why);
	struct search q = { .desk = desk, .text = clean };
	struct found_list found = { 0 };
	int rc = 0;

	if (!clean)
		return err_input(err, "find", "That cannot be looked for.  %s.", why);
	if (strlen(clean) >= FIND_LEAST && limit > 0) {
		rc = store_look(desk->store, err);
		if (rc == 0) {
			rc = search(&q, err);
			if (rc == 0)
				rc = read_rows(&q, limit, &found, err);
			store_look_end(desk->store);
		}
	}
	mem_free(clean);
	mem_free(q.surname);
	list_free(&q.ids);
	list_free(&q.sounds);
	if (rc < 0) {
		list_free(&found);
		return -1;
	}
	*ret = found;
	return 0;
}
