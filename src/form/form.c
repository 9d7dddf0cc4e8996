/*
 * form.c: forms/NAME.ini into a struct paper, refusing what it does not know.
 *
 * Three passes over what ini.c read: sections and their questions; scores; then what refers to
 * them, conditions and rules.  KEYS below is everything that a file may say.  A line that is wrong
 * is named; a section that lacks something is named by its own line.
 */
#include "form/form.h"

#include <string.h>
#include <strings.h>

#include "model/task.h"
#include "parts.h"

enum { VERSION_MOST = 99999 };

/* Where a section stands in the file, by the first word of its name. */
enum part { PART_FORM, PART_PAGE, PART_FIELD, PART_SCORE, PART_RULE, PARTS };
static const char *const part_words[PARTS] = { "form", "page", "field", "score", "rule" };

static const char *const kinds[] = { "form", "questionnaire" };
static const char *const abouts[] = { "person", "referral", "episode", "appointment" };

bool form_signed(const struct paper *paper)
{
	return paper->signed_off &&
	       strncasecmp(paper->signed_off, FORM_UNSIGNED, strlen(FORM_UNSIGNED)) != 0;
}

const char *form_signed_by(const struct paper *paper)
{
	return paper->signed_off ? paper->signed_off : FORM_UNSIGNED;
}

const char *form_kind_code(enum form_kind kind)
{
	return kinds[kind];
}

const char *form_for_code(enum form_for about)
{
	return abouts[about];
}

static int form_id(struct load *l, const struct ini_entry *e)
{
	if (!plain_name(e->value, INI_NAME))
		return REFUSE(l, e, "an id has 1 to 40 of a-z, 0-9 and _.");
	l->p->id = mem_str(e->value);
	return 0;
}

static int form_version(struct load *l, const struct ini_entry *e)
{
	return small_number(e->value, 1, VERSION_MOST, &l->p->version)
		       ? 0
		       : REFUSE(l, e, "a version is a whole number, 1 to %d.", VERSION_MOST);
}

static int form_kind(struct load *l, const struct ini_entry *e)
{
	int n;

	if (take_word(l, e, kinds, 2, &n) < 0)
		return -1;
	l->p->kind = (enum form_kind)n;
	return 0;
}

static int form_title(struct load *l, const struct ini_entry *e)
{
	return take_text(l, e, &l->p->title);
}

static int form_about(struct load *l, const struct ini_entry *e)
{
	int n;

	if (take_word(l, e, abouts, 4, &n) < 0)
		return -1;
	l->p->about = (enum form_for)n;
	l->about = true;
	return 0;
}

static int form_service(struct load *l, const struct ini_entry *e)
{
	if (!plain_name(e->value, NAME_BYTES))
		return REFUSE(l, e, "a service is its code in small letters.");
	l->p->service = mem_str(e->value);
	return 0;
}

static int form_roles(struct load *l, const struct ini_entry *e)
{
	const char *p = e->value;
	char role[64];

	while (next_part(&p, '|', role, sizeof role))
		if (!task_role_known(role))
			return REFUSE(l, e, "there is no role or right %s.", role);
	return take_text(l, e, &l->p->roles);
}

static int form_sensitive(struct load *l, const struct ini_entry *e)
{
	static const char *const words[] = { "admin", "clinical" };
	int n;

	if (take_word(l, e, words, 2, &n) < 0)
		return -1;
	l->p->clinical = n == 1;
	return 0;
}

static int form_signature(struct load *l, const struct ini_entry *e)
{
	return take_text(l, e, &l->p->signed_off);
}

/* ---- everything that a file may say ---- */

static const struct key_of {
	enum part part;
	const char *name; /* ends with a dot: a name of a question follows */
	taker *take;
} KEYS[] = {
	{ PART_FORM, "id", form_id },
	{ PART_FORM, "version", form_version },
	{ PART_FORM, "kind", form_kind },
	{ PART_FORM, "title", form_title },
	{ PART_FORM, "for", form_about },
	{ PART_FORM, "service", form_service },
	{ PART_FORM, "roles", form_roles },
	{ PART_FORM, "sensitive", form_sensitive },
	{ PART_FORM, "signed_off", form_signature },
	{ PART_PAGE, "title", page_title },
	{ PART_PAGE, "say", page_say },
	{ PART_PAGE, "show", take_later },
	{ PART_PAGE, "type", page_type },
	{ PART_PAGE, "options", page_options },
	{ PART_PAGE, "required", page_required },
	{ PART_PAGE, "ask.", page_ask },
	{ PART_PAGE, "show.", page_show_of },
	{ PART_PAGE, "help.", page_help },
	{ PART_FIELD, "label", field_label },
	{ PART_FIELD, "type", field_type_of },
	{ PART_FIELD, "options", field_options },
	{ PART_FIELD, "range", field_range_of },
	{ PART_FIELD, "min", field_min },
	{ PART_FIELD, "max", field_max },
	{ PART_FIELD, "default", field_default },
	{ PART_FIELD, "required", field_required },
	{ PART_FIELD, "show", take_later },
	{ PART_FIELD, "help", field_help },
	{ PART_SCORE, "of", score_of_items },
	{ PART_SCORE, "reverse", score_reverse },
	{ PART_SCORE, "missing", score_missing },
	{ PART_SCORE, "bands", take_later },
	{ PART_RULE, "when", rule_when },
	{ PART_RULE, "flag", rule_flag },
	{ PART_RULE, "priority", rule_priority },
	{ PART_RULE, "do", rule_do },
	{ PART_RULE, "say", rule_say },
};

static const struct key_of *key_of(enum part part, const char *name)
{
	for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
		size_t n = strlen(KEYS[i].name);

		if (KEYS[i].part == part &&
		    (KEYS[i].name[n - 1] == '.' ? strncmp(KEYS[i].name, name, n) == 0 && name[n]
						: strcmp(KEYS[i].name, name) == 0))
			return &KEYS[i];
	}
	return NULL;
}

/* The part that a section is, and its own name ("" for [form]). */
static int part_of(struct load *l, const struct ini_entry *head, enum part *ret,
		   const char **ret_name)
{
	const char *dot = strchrnul(head->name, '.');

	for (int i = 0; i < PARTS; i++) {
		size_t n = (size_t)(dot - head->name);

		if (strlen(part_words[i]) != n || memcmp(part_words[i], head->name, n) != 0 ||
		    (i == PART_FORM) != !*dot)
			continue;
		*ret = (enum part)i;
		*ret_name = *dot ? dot + 1 : "";
		if (*dot && !plain_name(*ret_name, NAME_BYTES))
			break;
		return 0;
	}
	return REFUSE(l, head, "a section is [form], or [page.N], [field.N], [score.N], [rule.N].");
}

static int begin(struct load *l, enum part part, const struct ini_entry *head, const char *name)
{
	l->head = head;
	switch (part) {
	case PART_FORM:
		l->form = true;
		return 0;
	case PART_PAGE:
		return begin_page(l, head, name);
	case PART_FIELD:
		l->item = add_item(l, head, name);
		return l->item ? 0 : -1;
	case PART_SCORE:
		return begin_score(l, head, name);
	default:
		return begin_rule(l, head, name);
	}
}

static int end_form(struct load *l)
{
	const struct paper *p = l->p;

	if (!p->id || !p->version || !p->title || !l->about)
		return REFUSE(l, l->head, "[form] needs id, version, title and for.");
	return 0;
}

static int end(struct load *l, enum part part)
{
	switch (part) {
	case PART_FORM:
		return end_form(l);
	case PART_PAGE:
		return end_page(l);
	case PART_FIELD:
		return check_item(l, l->head, l->item);
	case PART_SCORE:
		return end_score(l);
	default:
		return end_rule(l);
	}
}

/* Reads the sections whose part is among `parts` (bits). */
static int read_parts(struct load *l, unsigned parts)
{
	const struct ini *ini = l->ini;

	for (size_t i = 0; i < ini->e.n;) {
		const struct ini_entry *head = &ini->e.v[i];
		enum part part = PART_FORM;
		const char *name = "";
		bool mine;

		if (part_of(l, head, &part, &name) < 0)
			return -1;
		mine = parts >> part & 1;
		if (mine && begin(l, part, head, name) < 0)
			return -1;
		for (i++; i < ini->e.n && ini->e.v[i].value; i++) {
			const struct key_of *key = key_of(part, ini->e.v[i].name);

			if (!key)
				return REFUSE(l, &ini->e.v[i], "[%s] has no key %s.",
					      part_words[part], ini->e.v[i].name);
			if (mine && key->take(l, &ini->e.v[i]) < 0)
				return -1;
		}
		if (mine && end(l, part) < 0)
			return -1;
	}
	return 0;
}

static int read_show(struct load *l, const struct ini_entry *e, int before, struct condition *ret)
{
	struct scope_of where = { l->p, before };

	return condition_parse(l->ini, e, &where, ret, l->err);
}

/* Bands, and what is shown when: in the order of the file. */
static int read_later(struct load *l)
{
	int page_no = -1, score_no = -1;

	for (size_t i = 0; i < l->ini->e.n; i++) {
		const struct ini_entry *e = &l->ini->e.v[i];
		const char *section = l->ini->e.v[e->section].name, *own = strchr(section, '.');
		int q, rc = 0;

		if (!e->value) {
			page_no += strncmp(section, "page.", 5) == 0;
			score_no += strncmp(section, "score.", 6) == 0;
		} else if (strcmp(e->name, "bands") == 0) {
			rc = bands_of(l, e, &l->p->scores.v[score_no]);
		} else if (strcmp(e->name, "show") == 0 && strncmp(section, "page.", 5) == 0) {
			struct page *p = &l->p->pages.v[page_no];

			rc = read_show(l, e, p->first, &p->show);
		} else if (strcmp(e->name, "show") == 0 || strncmp(e->name, "show.", 5) == 0) {
			q = form_item(l->p, e->name[4] ? e->name + 5 : own + 1);
			rc = read_show(l, e, q, &l->p->items.v[q].show);
		}
		if (rc < 0)
			return -1;
	}
	return 0;
}

/* Pages in a row with one title are one step. */
static void number_steps(struct paper *p)
{
	const char *was = NULL;

	list_each (page, &p->pages) {
		p->steps += !was || strcmp(was, page->title) != 0;
		page->step = p->steps;
		was = page->title;
	}
}

static int read_all(struct load *l)
{
	const unsigned first = 1u << PART_FORM | 1u << PART_PAGE | 1u << PART_FIELD;

	if (read_parts(l, first) < 0 || read_parts(l, 1u << PART_SCORE) < 0 || read_later(l) < 0 ||
	    read_parts(l, 1u << PART_RULE) < 0)
		return -1;
	if (!l->form)
		return err_set(l->err, ERR_INPUT, "%s has no section [form].", l->ini->path);
	if (l->p->items.n == 0)
		return err_set(l->err, ERR_INPUT, "%s asks nothing.", l->ini->path);
	number_steps(l->p);
	return 0;
}

int form_read(const char *path, const char *text, size_t n, struct paper *ret, struct err *err)
{
	struct paper paper = { .clinical = true };
	struct ini ini;
	struct load load = { .ini = &ini, .p = &paper, .err = err };
	int rc;

	if (ini_read(path, text, n, &ini, err) < 0)
		return -1;
	rc = read_all(&load);
	list_each (o, &load.shared.options)
		mem_free(o->label);
	list_free(&load.shared.options);
	ini_done(&ini);
	if (rc < 0) {
		form_end(&paper);
		return -1;
	}
	*ret = paper;
	return 0;
}

static void end_item(struct item *q)
{
	list_each (o, &q->options)
		mem_free(o->label);
	list_free(&q->options);
	list_free(&q->show);
	mem_free(q->name);
	mem_free(q->label);
	mem_free(q->help);
	mem_free(q->fallback);
}

static void end_scores(struct paper *p)
{
	list_each (s, &p->scores) {
		list_each (b, &s->bands)
			mem_free(b->label);
		list_free(&s->bands);
		list_free(&s->of);
		mem_free(s->name);
	}
	list_free(&p->scores);
}

static void end_rules(struct paper *p)
{
	list_each (r, &p->rules) {
		list_each (d, &r->deeds) {
			mem_free(d->text);
			mem_free(d->of);
		}
		list_free(&r->deeds);
		list_free(&r->when);
		mem_free(r->name);
		mem_free(r->say);
	}
	list_free(&p->rules);
}

void form_end(struct paper *p)
{
	list_each (page, &p->pages) {
		list_free(&page->show);
		mem_free(page->name);
		mem_free(page->title);
		mem_free(page->say);
	}
	list_free(&p->pages);
	list_each (q, &p->items)
		end_item(q);
	list_free(&p->items);
	end_scores(p);
	end_rules(p);
	mem_free(p->id);
	mem_free(p->title);
	mem_free(p->service);
	mem_free(p->roles);
	mem_free(p->signed_off);
	*p = (struct paper){ 0 };
}
