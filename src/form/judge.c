/*
 * judge.c: what is shown, what is missing, what it scores, which rules hold.
 *
 * One pass in the order of the form: what a question's condition looks at stands before it, so its
 * own place in `shown` is known by then.  The same answers always give the same judgement.
 */
#include <assert.h>
#include <string.h>

#include "field.h"

/* Answers of what is not shown do not count. */
static const char *given(const struct answers *a, const struct judged *j, int q)
{
	return j->shown[q] ? a->v[q] : NULL;
}

static bool backwards(const struct score *s, int q)
{
	return s->back[q / 64] >> (q % 64) & 1;
}

/* False when too much is missing.  What is missing within measure counts as the mean of the rest,
 * rounded to the nearest whole score, a half up. */
static bool score_of(const struct paper *p, const struct answers *a, const struct judged *j,
		     const struct score *s, int *ret)
{
	int sum = 0, n = 0, all = (int)s->of.n;

	list_each (q, &s->of) {
		const struct item *item = &p->items.v[*q];
		const char *value = given(a, j, *q);
		int least, most, x;

		if (!value || !field_number(item, value, &x) || !field_range(item, &least, &most))
			continue;
		sum += backwards(s, *q) ? least + most - x : x;
		n++;
	}
	if (n == 0 || n < all - s->spare)
		return false;
	*ret = n == all ? sum : (2 * sum * all + n) / (2 * n);
	return true;
}

/* Of several keys one is enough; the bars between them are in no list.  Beside options a type of
 * its own may hold anything: then only a key alone is one. */
static bool has_key(const struct item *q, const char *value, const char *keys)
{
	if (answer_type(q->type)->spare && value[1])
		return false;
	return value[strcspn(value, keys)] != '\0';
}

static bool compare(enum term_test test, int x, int n)
{
	switch (test) {
	case TEST_LEAST:
		return x >= n;
	case TEST_MOST:
		return x <= n;
	case TEST_ABOVE:
		return x > n;
	case TEST_BELOW:
		return x < n;
	default:
		return false;
	}
}

static bool term_holds(const struct paper *p, const struct answers *a, const struct judged *j,
		       const struct term *t)
{
	const char *value;
	int x;

	if (t->score) {
		if (!score_of(p, a, j, &p->scores.v[t->of], &x))
			return false;
		return t->test == TEST_GIVEN || compare(t->test, x, t->n);
	}
	value = given(a, j, t->of);
	if (!value)
		return false;
	if (t->test == TEST_GIVEN)
		return true;
	if (t->test == TEST_IN || t->test == TEST_NOT)
		return has_key(&p->items.v[t->of], value, t->keys) == (t->test == TEST_IN);
	return field_number(&p->items.v[t->of], value, &x) && compare(t->test, x, t->n);
}

bool condition_holds(const struct paper *p, const struct answers *a, const struct judged *j,
		     const struct condition *c)
{
	bool all = true;

	list_each (t, c) {
		if (t->or_before) {
			if (all)
				return true;
			all = true;
		}
		all = all && term_holds(p, a, j, t);
	}
	return all;
}

static void judge_items(const struct paper *p, const struct answers *a, struct judged *j)
{
	for (int i = 0; i < (int)p->pages.n; i++) {
		const struct page *page = &p->pages.v[i];

		j->page_shown[i] = condition_holds(p, a, j, &page->show);
		for (int q = page->first; q < page->first + page->n; q++) {
			const struct item *item = &p->items.v[q];

			j->shown[q] = j->page_shown[i] && condition_holds(p, a, j, &item->show);
			if (!j->shown[q] || !item->required || a->v[q] || item->type == ITEM_INFO)
				continue;
			if (j->missing++ == 0)
				j->first_missing = q;
		}
	}
}

static void judge_scores(const struct paper *p, const struct answers *a, struct judged *j)
{
	for (size_t i = 0; i < p->scores.n; i++) {
		const struct score *s = &p->scores.v[i];

		j->scores[i].known = score_of(p, a, j, s, &j->scores[i].value);
		if (!j->scores[i].known)
			continue;
		list_each (b, &s->bands)
			if (j->scores[i].value >= b->least && j->scores[i].value <= b->most)
				j->scores[i].band = b->label;
	}
}

/* A flag that was raised stays raised whatever is typed after it: a clinician clears it. */
static void judge_rules(const struct paper *p, const struct answers *a, struct judged *j)
{
	uint64_t others;

	for (size_t i = 0; i < p->rules.n; i++) {
		const struct rule *r = &p->rules.v[i];
		uint64_t bit = UINT64_C(1) << i;

		if (!r->otherwise && condition_holds(p, a, j, &r->when))
			j->holds |= bit;
		if (r->flag && a->acted & bit)
			j->counts |= bit;
	}
	others = j->holds | j->counts;
	for (size_t i = 0; i < p->rules.n; i++)
		if (p->rules.v[i].otherwise && !others && j->missing == 0)
			j->holds |= UINT64_C(1) << i;
	j->counts |= j->holds;
	j->fresh = j->holds & ~a->acted;
	for (size_t i = 0; i < p->rules.n; i++) {
		const struct rule *r = &p->rules.v[i];

		if (!(j->counts >> i & 1))
			continue;
		j->red = j->red || r->flag == 'R';
		j->risk = j->risk || r->flag == 'K';
		j->safeguarding = j->safeguarding || r->flag == 'S';
		if (r->priority >= 0 && (j->priority < 0 || r->priority < j->priority))
			j->priority = r->priority;
	}
}

void form_judge(const struct paper *paper, const struct answers *a, struct judged *ret)
{
	struct judged j = { .first_missing = -1, .priority = -1 };

	assert(paper->items.n <= ITEMS_MOST && paper->rules.n <= RULES_MOST);
	judge_items(paper, a, &j);
	judge_scores(paper, a, &j);
	judge_rules(paper, a, &j);
	*ret = j;
}

void form_acted(struct answers *a, const struct judged *j)
{
	a->acted |= j->fresh;
}

bool answers_moment(const struct paper *paper, const struct answers *a, const char *day,
		    const char *clock, struct moment *ret)
{
	int d = form_item(paper, day), t = form_item(paper, clock), minute;
	struct date date;

	if (d < 0 || t < 0 || !a->v[d] || !a->v[t] ||
	    date_parse(a->v[d], (struct date){ 0 }, LOOK_BACK, &date, NULL) < 0 ||
	    minute_parse(a->v[t], &minute, NULL) < 0 || !wall_exists(date, minute))
		return false;
	*ret = wall_moment(date, minute);
	return true;
}
