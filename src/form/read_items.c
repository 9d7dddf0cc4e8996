/* read_items.c: [page.N] with its short questions, and [field.N]. */
#include <string.h>

#include "base/text.h"
#include "parts.h"

struct item *add_item(struct load *l, const struct ini_entry *e, const char *name)
{
	struct item *q;

	if (l->p->pages.n == 0)
		REFUSE(l, e, "a question stands before the first page.");
	else if (l->p->items.n == ITEMS_MOST)
		REFUSE(l, e, "that is more than %d questions.", ITEMS_MOST);
	else if (check_name(l, e, name) == 0) {
		q = list_push(&l->p->items);
		q->name = mem_str(name);
		q->type = ITEM_TYPE_COUNT;
		q->required = true;
		q->page = (int)l->p->pages.n - 1;
		l->p->pages.v[q->page].n++;
		return q;
	}
	return NULL;
}

static int item_type(struct load *l, const struct ini_entry *e, struct item *q)
{
	return answer_type_parse(e->value, &q->type)
		       ? 0
		       : REFUSE(l, e, "there is no type %s.", e->value);
}

static int item_options(struct load *l, const struct ini_entry *e, struct item *q)
{
	const char *p = e->value;
	char one[200];

	while (next_part(&p, '|', one, sizeof one)) {
		const char *label = one[0] && one[1] == ':' ? one + 2 + strspn(one + 2, " ") : "";
		struct item_key *o;

		if (!*label || !strchr("abcdefghijklmnopqrstuvwxyz0123456789", one[0]))
			return REFUSE(l, e, "options are letter:label, with | between.");
		if (item_option(q, one[0]))
			return REFUSE(l, e, "option %c is there twice.", one[0]);
		o = list_push(&q->options);
		o->key = one[0];
		o->label = mem_str(label);
	}
	return 0;
}

static int item_range(struct load *l, const struct ini_entry *e, struct item *q)
{
	if (!small_range(e->value, &q->least, &q->most))
		return REFUSE(l, e, "a range is written 0-10, the lower number first.");
	q->ranged = true;
	return 0;
}

/* today, today+14, today-365, 2020-01-31 */
static int item_bound(struct load *l, const struct ini_entry *e, struct bound *b)
{
	const char *v = e->value;
	int n = 0;

	if (strncmp(v, "today", 5) == 0) {
		const char *by = v + 5;

		b->from_today = true;
		b->set = !*by || ((*by == '+' || *by == '-') && small_number(by + 1, 0, 36600, &n));
		b->days = *by == '-' ? -n : n;
	} else {
		b->set = strlen(v) == 10 && v[4] == '-' && v[7] == '-' &&
			 date_parse(v, (struct date){ 0 }, LOOK_BACK, &b->day, NULL) == 0;
	}
	return b->set ? 0 : REFUSE(l, e, "%s is today, today+N, today-N or 2026-01-31.", e->name);
}

static int item_fallback(struct load *l, const struct ini_entry *e, struct item *q)
{
	static const char *const names[] = {
		"today",
		"now",
		"user.name",
		"person.phone",
		"person.name",
		"person.email",
		"person.nhs",
		"person.born",
		"person.former",
		"person.job",
		"person.manager",
		"person.department",
		"person.employee_no",
		"person.address",
		"person.gp",
	};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (strcmp(names[i], e->value) == 0) {
			q->fallback = mem_str(e->value);
			return 0;
		}
	}
	return REFUSE(l, e, "there is no %s to begin with.", e->value);
}

static void fixed_options(struct item *q)
{
	static const struct {
		char key;
		const char *label;
	} all[] = { { 'y', "yes" }, { 'n', "no" }, { 'u', "unsure" } };

	for (int i = 0; i < (q->type == ITEM_YNU ? 3 : 2); i++) {
		struct item_key *o = list_push(&q->options);

		o->key = all[i].key;
		o->label = mem_str(all[i].label);
	}
}

/* What its type needs is there, and nothing else. */
int check_item(struct load *l, const struct ini_entry *e, struct item *q)
{
	const struct answer_type *type;

	if (q->type == ITEM_TYPE_COUNT)
		return REFUSE(l, e, "%s has no type.", q->name);
	if (!q->label)
		return REFUSE(l, e, "%s has no label.", q->name);
	type = answer_type(q->type);
	if (type->fixed && q->options.n)
		return REFUSE(l, e, "%s has the options of its type.", q->name);
	if (type->fixed)
		fixed_options(q);
	if (type->keyed && q->options.n < 2)
		return REFUSE(l, e, "%s needs two options or more.", q->name);
	if (q->options.n && !type->keyed && !type->spare)
		return REFUSE(l, e, "%s takes no options: it is %s.", q->name,
			      item_type_code(q->type));
	if (type->needs && !q->ranged)
		return REFUSE(l, e, "%s needs a range.", q->name);
	if (q->ranged && !type->ranged)
		return REFUSE(l, e, "%s takes no range.", q->name);
	if ((q->from.set || q->to.set) && !type->bounded)
		return REFUSE(l, e, "only a date takes min and max, not %s.", q->name);
	if (q->type == ITEM_INT && !q->ranged)
		q->most = 999999999;
	if (q->type == ITEM_INFO)
		q->required = false;
	return 0;
}

static struct page *page(struct load *l)
{
	return &l->p->pages.v[l->p->pages.n - 1];
}

int page_title(struct load *l, const struct ini_entry *e)
{
	return take_text(l, e, &page(l)->title);
}

int page_say(struct load *l, const struct ini_entry *e)
{
	return take_text(l, e, &page(l)->say);
}

int page_type(struct load *l, const struct ini_entry *e)
{
	return item_type(l, e, &l->shared);
}

int page_options(struct load *l, const struct ini_entry *e)
{
	return item_options(l, e, &l->shared);
}

int page_required(struct load *l, const struct ini_entry *e)
{
	return take_yes(l, e, &l->shared.required);
}

int page_ask(struct load *l, const struct ini_entry *e)
{
	struct item *q = add_item(l, e, e->name + strlen("ask."));

	return q ? take_text(l, e, &q->label) : -1;
}

/* The page's own question of "show.X" and "help.X". */
static struct item *asked(struct load *l, const struct ini_entry *e)
{
	const char *name = strchr(e->name, '.') + 1;
	int q = form_item(l->p, name);

	if (q >= l->asked)
		return &l->p->items.v[q];
	REFUSE(l, e, "%s is not asked before on this page.", name);
	return NULL;
}

int page_help(struct load *l, const struct ini_entry *e)
{
	struct item *q = asked(l, e);

	return q ? take_text(l, e, &q->help) : -1;
}

/* Shows are read when everything that they may look at is known; here only whose they are. */
int page_show_of(struct load *l, const struct ini_entry *e)
{
	return asked(l, e) ? 0 : -1;
}

int take_later(struct load *l, const struct ini_entry *e)
{
	(void)l, (void)e;
	return 0;
}

int end_page(struct load *l)
{
	struct page *p = page(l);

	if (!p->title)
		return REFUSE(l, l->head, "a page needs a title.");
	for (int i = l->asked; i < (int)l->p->items.n; i++) {
		struct item *q = &l->p->items.v[i];

		q->type = l->shared.type;
		q->required = l->shared.required;
		list_each (o, &l->shared.options) {
			struct item_key *own = list_push(&q->options);

			own->key = o->key;
			own->label = mem_str(o->label);
		}
		if (check_item(l, l->head, q) < 0)
			return -1;
	}
	if (l->asked == (int)l->p->items.n &&
	    (l->shared.type != ITEM_TYPE_COUNT || l->shared.options.n))
		return REFUSE(l, l->head, "this page asks nothing: its type is for ask.X.");
	return 0;
}

int field_label(struct load *l, const struct ini_entry *e)
{
	return take_text(l, e, &l->item->label);
}

int field_type_of(struct load *l, const struct ini_entry *e)
{
	return item_type(l, e, l->item);
}

int field_options(struct load *l, const struct ini_entry *e)
{
	return item_options(l, e, l->item);
}

int field_range_of(struct load *l, const struct ini_entry *e)
{
	return item_range(l, e, l->item);
}

int field_min(struct load *l, const struct ini_entry *e)
{
	return item_bound(l, e, &l->item->from);
}

int field_max(struct load *l, const struct ini_entry *e)
{
	return item_bound(l, e, &l->item->to);
}

int field_default(struct load *l, const struct ini_entry *e)
{
	return item_fallback(l, e, l->item);
}

int field_required(struct load *l, const struct ini_entry *e)
{
	return take_yes(l, e, &l->item->required);
}

int field_help(struct load *l, const struct ini_entry *e)
{
	return take_text(l, e, &l->item->help);
}

int begin_page(struct load *l, const struct ini_entry *head, const char *name)
{
	struct page *p;

	if (l->p->pages.n == PAGES_MOST)
		return REFUSE(l, head, "that is more than %d pages.", PAGES_MOST);
	p = list_push(&l->p->pages);
	p->name = mem_str(name);
	p->first = l->asked = (int)l->p->items.n;
	l->shared.type = ITEM_TYPE_COUNT;
	l->shared.required = true;
	list_each (o, &l->shared.options)
		mem_free(o->label);
	list_free(&l->shared.options);
	return 0;
}

int form_item(const struct paper *paper, const char *name)
{
	for (size_t i = 0; i < paper->items.n; i++)
		if (strcmp(paper->items.v[i].name, name) == 0)
			return (int)i;
	return -1;
}
