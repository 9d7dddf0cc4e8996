/*
 * pairs.c: looking for two records of one person, a piece at a time.
 *
 * Three ways, each a walk along the keys that people are found by, where neighbours with one key
 * are candidates: the same NHS number; the same name, present or former, and birthday; the same
 * telephone and birthday and a name that sounds alike.
 */
#include "clinic/pairs.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "store/people.h"

enum {
	LOOKS = 4000, /* keys of one piece */
	CROWD = 40, /* of those with one key, the first so many: a switchboard's number says little
		     */
};

static const struct {
	enum find_kind kind;
	enum pair_why why;
} ways[] = {
	{ FIND_NHS, PAIR_NHS },
	{ FIND_NAME, PAIR_NAME },
	{ FIND_PHONE, PAIR_PHONE },
};
enum { WAYS = sizeof ways / sizeof *ways };

char *pair_words(unsigned why, char buf[PAIR_WORDS])
{
	buf[0] = '\0';
#define X(name, bit, words)                                                                        \
	if (why & bit)                                                                             \
		snprintf(buf + strlen(buf), PAIR_WORDS - strlen(buf), "%s%s", *buf ? ", " : "",    \
			 words);
	PAIR_WHYS(X)
#undef X
	return buf;
}

static bool fits(const struct person *a, const struct person *b, enum pair_why why)
{
	bool born = !date_none(a->born) && a->born.n == b->born.n;

	return why == PAIR_NHS || (born && (why == PAIR_NAME || person_alike(a, b)));
}

static struct pair *known(struct pairs *list, struct id a, struct id b)
{
	list_each (p, list)
		if (id_same(p->a.id, a) && id_same(p->b.id, b))
			return p;
	return NULL;
}

static int add_pair(struct desk *desk, const struct person *a, const struct person *b,
		    enum pair_why why, struct pairs *ret, struct err *err)
{
	const struct person *first = a->id.n < b->id.n ? a : b, *second = first == a ? b : a;
	struct pair *p = known(ret, first->id, second->id);
	bool apart;

	if (p) {
		p->why |= why;
		return 0;
	}
	if (people_apart(desk->store, a->id, b->id, &apart, err) < 0)
		return -1;
	if (!apart)
		*(struct pair *)list_push(ret) = (struct pair){ *first, *second, why };
	return 0;
}

/* Those with one key: who of them may be one? */
static int add_group(struct desk *desk, const struct keyed *group, size_t n, enum pair_why why,
		     struct pairs *ret, struct err *err)
{
	struct person *people;
	size_t count = 0;
	int rc = 0;

	if (n < 2)
		return 0;
	people = mem_new(sizeof *people * CROWD);
	for (size_t i = 0; rc == 0 && i < n && count < CROWD; i++) {
		rc = people_get(desk->store, group[i].person, &people[count], err);
		if (rc == 0 && id_none(people[count].alias_of))
			count++;
	}
	for (size_t i = 0; rc == 0 && i < count; i++)
		for (size_t k = 0; rc == 0 && k < i; k++)
			if (!id_same(people[i].id, people[k].id) &&
			    fits(&people[i], &people[k], why))
				rc = add_pair(desk, &people[i], &people[k], why, ret, err);
	mem_free(people);
	return rc;
}

/* A stretch of keys cut into its groups.  The last one may go on beyond it: unless it is the only
 * one, it is left for the next piece. */
static int take(struct desk *desk, const struct keyed_list *keys, bool last, size_t most,
		struct pairs_at *at, struct pairs *ret, struct err *err)
{
	size_t from = 0, to;

	while (from < keys->n && ret->n < most) {
		for (to = from + 1;
		     to < keys->n && strcmp(keys->v[to].key, keys->v[from].key) == 0;)
			to++;
		if (to == keys->n && !last && from > 0)
			return 0;
		if (add_group(desk, keys->v + from, to - from, ways[at->way].why, ret, err) < 0)
			return -1;
		snprintf(at->after, sizeof at->after, "%s", keys->v[from].key);
		from = to;
	}
	if (from == keys->n && last) {
		at->after[0] = '\0';
		at->done = ++at->way == WAYS;
	}
	return 0;
}

static int look(struct desk *desk, size_t most, struct pairs_at *at, struct pairs *ret,
		struct err *err)
{
	int left = LOOKS;

	while (!at->done && left > 0 && ret->n < most) {
		struct keyed_list keys = { 0 };
		int rc = people_walk(desk->store, ways[at->way].kind, at->after, left, &keys, err);
		bool last = keys.n < (size_t)left;

		if (rc == 0)
			rc = take(desk, &keys, last, most, at, ret, err);
		left -= (int)keys.n + 1;
		list_free(&keys);
		if (rc < 0)
			return -1;
		if (!last)
			break;
	}
	return 0;
}

int pairs_find(struct desk *desk, size_t most, struct pairs_at *at, struct pairs *ret,
	       struct err *err)
{
	int rc;

	if (store_look(desk->store, err) < 0)
		return -1;
	rc = look(desk, most, at, ret, err);
	store_look_end(desk->store);
	return rc;
}
