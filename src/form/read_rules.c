/* read_rules.c: [score.N] and [rule.N]. */
#include <string.h>

#include "parts.h"

static int score_items(struct load *l, const struct ini_entry *e, bool back)
{
	const char *p = e->value;
	char name[64];

	while (next_part(&p, '|', name, sizeof name)) {
		int q = form_item(l->p, name), least, most;
		bool there = false;

		if (q < 0)
			return REFUSE(l, e, "there is no question %s.", name);
		list_each (of, &l->score->of)
			there = there || *of == q;
		if (back) {
			uint64_t bit = UINT64_C(1) << (q % 64);

			if (!there || l->score->back[q / 64] & bit)
				return REFUSE(l, e,
					      there ? "%s is named twice."
						    : "%s is not one of the score's own.",
					      name);
			l->score->back[q / 64] |= bit;
			continue;
		}
		if (there)
			return REFUSE(l, e, "%s is named twice.", name);
		if (!field_range(&l->p->items.v[q], &least, &most))
			return REFUSE(l, e, "%s is no number with a range: it cannot be scored.",
				      name);
		*list_push(&l->score->of) = q;
		l->score->least += least;
		l->score->most += most;
	}
	return 0;
}

int score_of_items(struct load *l, const struct ini_entry *e)
{
	return score_items(l, e, false);
}

int score_reverse(struct load *l, const struct ini_entry *e)
{
	return score_items(l, e, true);
}

int score_missing(struct load *l, const struct ini_entry *e)
{
	if (strcmp(e->value, "refuse") == 0)
		return 0;
	return strncmp(e->value, "prorate:", 8) == 0 &&
			       small_number(e->value + 8, 1, ITEMS_MOST, &l->score->spare)
		       ? 0
		       : REFUSE(l, e, "missing is refuse, or prorate: and a number.");
}

/* Read when the score's questions are known, whatever the order of the lines. */
int bands_of(struct load *l, const struct ini_entry *e, struct score *s)
{
	const char *p = e->value;
	int next = s->least;
	char one[120];

	while (next_part(&p, '|', one, sizeof one)) {
		char *colon = strchr(one, ':');
		int least, most;
		struct band *b;

		if (!colon || !colon[1])
			return REFUSE(l, e, "bands are 0-4:label, with | between.");
		*colon = '\0';
		/* One score alone may be a band too. */
		if (small_number(one, 0, 999999999, &least))
			most = least;
		else if (!small_range(one, &least, &most))
			return REFUSE(l, e, "%s is no range of scores, like 0-4.", one);
		if (least != next)
			return REFUSE(l, e, "a band begins at %d, not at %d: they leave no gap.",
				      next, least);
		b = list_push(&s->bands);
		b->least = least;
		b->most = most;
		b->label = mem_str(colon + 1 + strspn(colon + 1, " "));
		next = b->most + 1;
	}
	return next == s->most + 1 ? 0
				   : REFUSE(l, e, "the bands end at %d, but the score at %d.",
					    next - 1, s->most);
}

int end_score(struct load *l)
{
	if (l->score->of.n == 0)
		return REFUSE(l, l->head, "a score needs `of`, the questions that it is made of.");
	if (l->score->spare >= (int)l->score->of.n)
		return REFUSE(l, l->head, "not every question of a score may be missing.");
	return 0;
}

int begin_score(struct load *l, const struct ini_entry *head, const char *name)
{
	if (l->p->scores.n == SCORES_MOST)
		return REFUSE(l, head, "that is more than %d scores.", SCORES_MOST);
	if (check_name(l, head, name) < 0)
		return -1;
	l->score = list_push(&l->p->scores);
	l->score->name = mem_str(name);
	return 0;
}

int rule_flag(struct load *l, const struct ini_entry *e)
{
	if (strlen(e->value) != 1 || !strchr("RKS", e->value[0]))
		return REFUSE(l, e, "a flag is R (red), K (risk) or S (safeguarding).");
	l->rule->flag = e->value[0];
	return 0;
}

int rule_priority(struct load *l, const struct ini_entry *e)
{
	return small_number(e->value, 0, 3, &l->rule->priority)
		       ? 0
		       : REFUSE(l, e, "a priority is 0 now, 1 urgent, 2 soon or 3 routine.");
}

int rule_do(struct load *l, const struct ini_entry *e)
{
	return actions_parse(l->ini, e, l->rule, l->err);
}

int rule_say(struct load *l, const struct ini_entry *e)
{
	return take_text(l, e, &l->rule->say);
}

int rule_when(struct load *l, const struct ini_entry *e)
{
	struct scope_of all = { l->p, (int)l->p->items.n };

	l->rule->otherwise = strcmp(e->value, "otherwise") == 0;
	list_each (r, &l->p->rules)
		if (r != l->rule && r->otherwise && l->rule->otherwise)
			return REFUSE(l, e, "there is one otherwise before.");
	return l->rule->otherwise ? 0 : condition_parse(l->ini, e, &all, &l->rule->when, l->err);
}

int end_rule(struct load *l)
{
	if (!l->rule->otherwise && l->rule->when.n == 0)
		return REFUSE(l, l->head, "a rule needs `when`.");
	if (!l->rule->flag && l->rule->priority < 0 && l->rule->deeds.n == 0)
		return REFUSE(l, l->head, "a rule needs a flag, a priority or something to do.");
	return 0;
}

int begin_rule(struct load *l, const struct ini_entry *head, const char *name)
{
	if (l->p->rules.n == RULES_MOST)
		return REFUSE(l, head, "that is more than %d rules.", RULES_MOST);
	l->rule = list_push(&l->p->rules);
	l->rule->name = mem_str(name);
	l->rule->priority = -1;
	return 0;
}
