/* condition.c: reads conditions; every name and key in them is one that there is. */
#include "form/condition.h"

#include <stdio.h>
#include <string.h>

#include "parts.h"

enum { TERMS_MOST = 64 };

struct reader {
	const struct ini *ini;
	const struct ini_entry *e;
	const struct scope_of *where;
	struct err *err;
	const char *p;
	char word[64];
};

/* The next word; false at the end, or of one that is too long to be any. */
static bool next(struct reader *r)
{
	size_t n;

	r->p += strspn(r->p, " ");
	n = strcspn(r->p, " ");
	if (n == 0 || n >= sizeof r->word)
		return false;
	memcpy(r->word, r->p, n);
	r->word[n] = '\0';
	r->p += n;
	return true;
}

static int no_name(const struct reader *r)
{
	return form_item(r->where->paper, r->word) >= 0
		       ? ini_refuse(r->ini, r->e, r->err, "%s comes later: it is not known here.",
				    r->word)
		       : ini_refuse(r->ini, r->e, r->err, "there is no question or score %s.",
				    r->word);
}

static int read_name(struct reader *r, struct term *t)
{
	const struct paper *p = r->where->paper;
	int q = form_item(p, r->word);

	if (q >= 0) {
		if (q >= r->where->items)
			return no_name(r);
		if (p->items.v[q].type == ITEM_INFO)
			return ini_refuse(r->ini, r->e, r->err, "%s is never answered.", r->word);
		t->of = q;
		return 0;
	}
	for (size_t i = 0; i < p->scores.n; i++) {
		if (strcmp(p->scores.v[i].name, r->word) != 0)
			continue;
		list_each (of, &p->scores.v[i].of)
			if (*of >= r->where->items)
				return ini_refuse(
					r->ini, r->e, r->err,
					"%s is not complete here: its questions come later.",
					r->word);
		t->score = true;
		t->of = (int)i;
		return 0;
	}
	return no_name(r);
}

static int read_keys(struct reader *r, struct term *t, bool several)
{
	const struct item *q = t->score ? NULL : &r->where->paper->items.v[t->of];
	const char *p = r->word;
	char key[16];
	size_t n = 0;

	if (!q || q->options.n == 0)
		return ini_refuse(r->ini, r->e, r->err,
				  "only a question with options is, or is in.");
	while (next_part(&p, '|', key, sizeof key)) {
		if (!key[0] || key[1] || !item_option(q, key[0]))
			return ini_refuse(r->ini, r->e, r->err, "%s has no option %s.", q->name,
					  key);
		if (n == sizeof t->keys - 1 || strchr(t->keys, key[0]))
			return ini_refuse(r->ini, r->e, r->err, "option %s is named twice.", key);
		t->keys[n++] = key[0];
	}
	return several || n == 1 ? 0
				 : ini_refuse(r->ini, r->e, r->err,
					      "of several options write: %s in a|b.", q->name);
}

static int read_number(struct reader *r, struct term *t)
{
	const struct item *q = t->score ? NULL : &r->where->paper->items.v[t->of];

	if (q && !item_counts(q))
		return ini_refuse(r->ini, r->e, r->err, "%s is no number.", q->name);
	if (!small_number(r->word, 0, 999999999, &t->n))
		return ini_refuse(r->ini, r->e, r->err, "%s is no number to compare with.",
				  r->word);
	return 0;
}

static int read_term(struct reader *r, struct term *t)
{
	static const struct {
		const char *word;
		enum term_test test;
	} tests[] = {
		{ "is", TEST_IN },    { "isnot", TEST_NOT },   { "in", TEST_IN },
		{ ">=", TEST_LEAST }, { "<=", TEST_MOST },     { ">", TEST_ABOVE },
		{ "<", TEST_BELOW },  { "given", TEST_GIVEN },
	};
	size_t i = 0;
	bool several;

	if (!next(r))
		return ini_refuse(r->ini, r->e, r->err, "a condition ends in the middle.");
	if (read_name(r, t) < 0)
		return -1;
	if (!next(r))
		return ini_refuse(r->ini, r->e, r->err,
				  "a name alone is no condition: is, in, >=, given ...");
	while (i < sizeof tests / sizeof *tests && strcmp(tests[i].word, r->word) != 0)
		i++;
	if (i == sizeof tests / sizeof *tests)
		return ini_refuse(r->ini, r->e, r->err,
				  "%s is none of is, isnot, in, >=, <=, >, < and given.", r->word);
	t->test = tests[i].test;
	several = strcmp(r->word, "in") == 0;
	if (t->test == TEST_GIVEN)
		return 0;
	if (!next(r))
		return ini_refuse(r->ini, r->e, r->err, "a condition ends in the middle.");
	return t->test == TEST_IN || t->test == TEST_NOT ? read_keys(r, t, several)
							 : read_number(r, t);
}

int condition_parse(const struct ini *ini, const struct ini_entry *e, const struct scope_of *where,
		    struct condition *ret, struct err *err)
{
	struct reader r = { .ini = ini, .e = e, .where = where, .err = err, .p = e->value };
	struct condition c = { 0 };
	bool or_before = false;
	int rc;

	for (;;) {
		struct term *t = list_push(&c);

		t->or_before = or_before;
		rc = c.n > TERMS_MOST ? ini_refuse(ini, e, err, "that is more than 64 conditions.")
				      : read_term(&r, t);
		if (rc < 0 || !next(&r))
			break;
		or_before = strcmp(r.word, "or") == 0;
		if (!or_before && strcmp(r.word, "and") != 0) {
			rc = ini_refuse(ini, e, err, "%s stands where and, or, or nothing may.",
					r.word);
			break;
		}
	}
	if (rc == 0 && r.p[strspn(r.p, " ")])
		rc = ini_refuse(ini, e, err, "a word in it is too long.");
	if (rc < 0) {
		list_free(&c);
		return -1;
	}
	*ret = c;
	return 0;
}
