/* raised.c: what the flags of a form say to who is told of them, and which answers raised them. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "form/answers.h"

static void add(struct raised *r, const char *text)
{
	size_t n = strlen(r->words);

	/* The same answer may hold in two rules. */
	if (strstr(r->words, text))
		return;
	snprintf(r->words + n, sizeof r->words - n, "%s%s", n ? "; " : "", text);
	text_whole(r->words);
}

static void add_answer(const struct paper *p, const struct answers *a, int q, struct raised *r)
{
	char value[ANSWER_TEXT], text[2 * ANSWER_TEXT];

	snprintf(text, sizeof text, "%s %s", p->items.v[q].label,
		 answer_show(&p->items.v[q], a->v[q], value));
	add(r, text);
}

static void add_score(const struct paper *p, const struct judged *j, int s, struct raised *r)
{
	char text[200];

	snprintf(text, sizeof text, "%s %d%s%s", p->scores.v[s].name, j->scores[s].value,
		 j->scores[s].band ? ", " : "", text_of(j->scores[s].band));
	add(r, text);
}

static bool holds_alone(const struct paper *p, const struct answers *a, const struct judged *j,
			const struct term *t)
{
	struct term alone = *t;
	const struct condition one = { &alone, 1, 1 };

	alone.or_before = false;
	return condition_holds(p, a, j, &one);
}

/* What made it hold: each of its terms that holds by itself. */
static void add_terms(const struct paper *p, const struct answers *a, const struct judged *j,
		      const struct rule *rule, struct raised *r)
{
	list_each (t, &rule->when) {
		if (!holds_alone(p, a, j, t))
			continue;
		if (t->score)
			add_score(p, j, t->of, r);
		else
			add_answer(p, a, t->of, r);
	}
}

static void add_rule(const struct paper *p, const struct answers *a, const struct judged *j, int i,
		     struct raised *r)
{
	const struct rule *rule = &p->rules.v[i];

	if (j->holds >> i & 1)
		add_terms(p, a, j, rule, r);
	else
		add(r, "answered otherwise after it was raised");
	list_each (d, &rule->deeds) {
		r->stop_booking = r->stop_booking || d->action == DO_STOP_BOOKING;
		r->no_last_slot = r->no_last_slot || d->action == DO_NO_LAST_SLOT;
		r->ring_on_dna = r->ring_on_dna || d->action == DO_RING_ON_DNA;
		r->hold_open = r->hold_open || d->action == DO_HOLD_OPEN;
	}
}

int form_raised(const struct paper *paper, const struct answers *a, const struct judged *j,
		struct raised ret[3])
{
	int n = 0;

	for (const char *flag = "RKS"; *flag; flag++) {
		struct raised r = { .flag = *flag };
		bool any = false;

		for (int i = 0; i < (int)paper->rules.n; i++) {
			if (!(j->counts >> i & 1) || paper->rules.v[i].flag != *flag)
				continue;
			add_rule(paper, a, j, i, &r);
			any = true;
		}
		if (any)
			ret[n++] = r;
	}
	return n;
}

/* Where it hurts is no sign by itself: of a rule's answers those to a question of yes or no, or
 * that count, are marked; without any of these all that hold. */
static bool sign(const struct item *q)
{
	return q->type == ITEM_YN || q->type == ITEM_YNU || q->type == ITEM_SCALE || item_counts(q);
}

void form_flagged(const struct paper *paper, const struct answers *a, const struct judged *j,
		  char ret[ITEMS_MOST])
{
	memset(ret, 0, ITEMS_MOST);
	for (size_t i = 0; i < paper->rules.n; i++) {
		const struct rule *rule = &paper->rules.v[i];
		bool marked = false;

		if (!rule->flag || !(j->holds >> i & 1))
			continue;
		for (int all = 0; all < 2 && !marked; all++)
			list_each (t, &rule->when) {
				if (t->score || !holds_alone(paper, a, j, t) ||
				    !(all || sign(&paper->items.v[t->of])))
					continue;
				marked = true;
				if (!ret[t->of])
					ret[t->of] = rule->flag;
			}
	}
}
