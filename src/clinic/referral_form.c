/*
 * referral_form.c: a referral by a form: what the answers say of it, and what the form's rules do.
 *
 * Rules act once each, as the referral is taken in: flags with their alerts, tasks, the priority
 * that is suggested, and a reason to close it, which no open flag lets it do.  A flag is raised
 * however much of the form is still missing.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/forms.h"
#include "clinic/refs.h"
#include "clinic/referral_acts.h"
#include "store/forms.h"

/* What the forms that come with the program are for; a site's own says so by --type, or is a
 * self-referral. */
static const struct {
	const char *form;
	enum referral_type type;
} types[] = {
	{ "mgt_referral", REF_MGT },
	{ "wha", REF_WHA },
	{ "exposure", REF_BBV },
	{ "gp_referral", REF_MGT },
};

enum referral_type referral_type_of_form(const char *form)
{
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (strcmp(types[i].form, form) == 0)
			return types[i].type;
	return REF_SELF;
}

/* For any service and site. */
static bool has(const struct user *user, enum right right)
{
	list_each (g, &user->rights)
		if (g->right == right)
			return true;
	return false;
}

/* "reception|clinician.physio|duty": may this user fill it in?  By role, role.discipline or right.
 */
static bool may_fill(const struct desk *desk, const char *roles)
{
	const struct clinician *c = ref_clinician(desk, desk->user.clinician);
	const char *role = text_of(role_word(desk->user.role));
	char word[2 * CODE_TEXT], mine[2 * CODE_TEXT];
	enum right right;

	if (!roles)
		return true;
	snprintf(mine, sizeof mine, "%s.%s", role, c ? c->discipline : "");
	for (const char *p = roles; *p;) {
		size_t n = strcspn(p, "|");

		snprintf(word, sizeof word, "%.*s", (int)n, p);
		if (strcmp(word, role) == 0 || strcmp(word, mine) == 0 ||
		    (right_parse(word, &right) && has(&desk->user, right)))
			return true;
		p += n + (p[n] == '|');
	}
	return false;
}

int form_filled_by(struct desk *desk, const struct paper *paper, struct err *err)
{
	return may_fill(desk, paper->roles) ? 0
					    : err_set(err, ERR_DENIED, "%s is filled in by %.80s.",
						      paper->id, paper->roles);
}

/* ---- what the answers say ---- */

static const char *answer_to(const struct referral_paper *by, const char *name)
{
	int q = form_item(&by->found->paper, name);

	return q >= 0 && by->judged->shown[q] ? by->answers->v[q] : NULL;
}

static bool asks(const struct referral_paper *by, const char *name)
{
	return form_item(&by->found->paper, name) >= 0;
}

/* The day on which they agreed; a form that does not ask is not waited for. */
static struct date agreed(const struct desk *desk, const struct referral_paper *by)
{
	static const char *const names[] = { "agrees", "consent_assess", "consent_record" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (asks(by, names[i]))
			return text_same(answer_to(by, names[i]), "y") ? desk->today : DATE_NONE;
	return desk->today;
}

static enum gp_consent gp(const struct referral_paper *by)
{
	const char *said = answer_to(by, "consent_gp");

	if (!said)
		return GP_NOT_ASKED;
	return strcmp(said, "y") == 0 ? GP_YES : GP_NO;
}

/* ---- what the rules do ---- */

static void add_word(char *list, bool it, const char *word)
{
	size_t used = strlen(list);

	if (it)
		snprintf(list + used, WORDS_TEXT - used, "%s%s", used ? " " : "", word);
}

/* One of each kind, in the words of the answers that raised it. */
static void flags_by(struct form_wishes *w, const struct referral_paper *by, const struct judged *j)
{
	struct raised *raised = mem_new(FLAG_KIND_COUNT * sizeof *raised);
	int n = form_raised(&by->found->paper, by->answers, j, raised);

	for (int i = 0; i < n; i++) {
		const struct raised *r = &raised[i];
		char letter[2] = { r->flag, '\0' };
		struct flag_wish *f = &w->flags[w->nflags];
		char *does = w->does[w->nflags], *words = w->words[w->nflags];

		if (!flag_parse(letter, &f->kind))
			continue;
		add_word(does, r->stop_booking, FLAG_STOPS);
		add_word(does, r->no_last_slot, FLAG_NOT_LAST);
		add_word(does, r->ring_on_dna, FLAG_RINGS);
		add_word(does, r->hold_open, FLAG_PLAN);
		snprintf(words, FLAG_WISH_WORDS, "%s", r->words);
		text_whole(words);
		f->does = *does ? does : NULL;
		f->words = words;
		w->nflags++;
	}
	mem_free(raised);
}

static struct flag_wish *flag_of(struct form_wishes *w, char letter)
{
	for (size_t i = 0; i < w->nflags; i++)
		if (flag_letter(w->flags[i].kind) == letter)
			return &w->flags[i];
	return NULL;
}

static bool asked_already(const struct form_wishes *w, const char *role)
{
	bool is = false;

	for (size_t i = 0; i < w->nflags; i++)
		is = is || text_same(w->flags[i].role, role);
	for (size_t i = 0; i < w->ntasks; i++)
		is = is || text_same(w->tasks[i].role, role);
	return is;
}

static void by_rule(struct form_wishes *w, const struct rule *rule)
{
	struct flag_wish *flag = rule->flag ? flag_of(w, rule->flag) : NULL;

	list_each (d, &rule->deeds) {
		/* The first that a flag asks for is its alert. */
		if (d->action == DO_TASK && flag && !flag->role)
			flag->role = d->of;
		else if (d->action == DO_TASK && w->ntasks < FORM_WISHES &&
			 !asked_already(w, d->of))
			w->tasks[w->ntasks++] = (struct task_wish){ d->of, d->now };
		else if (d->action == DO_CLOSE)
			w->close = d->of;
	}
}

void ref_form_says(struct desk *desk, const struct referral_paper *by, uint64_t acted,
		   struct form_wishes *w, struct referral_ask *ask)
{
	struct judged *fresh = mem_new(sizeof *fresh);
	const struct paper *paper = &by->found->paper;

	*fresh = *by->judged;
	fresh->counts &= ~acted;
	flags_by(w, by, fresh);
	for (size_t i = 0; i < paper->rules.n; i++)
		if (fresh->counts & (UINT64_C(1) << i))
			by_rule(w, &paper->rules.v[i]);
	mem_free(fresh);
	ask->urgency = by->judged->priority;
	ask->agreed = agreed(desk, by);
	ask->gp = gp(by);
	ask->flags = w->flags;
	ask->nflags = w->nflags;
	ask->tasks = w->tasks;
	ask->ntasks = w->ntasks;
	ask->close = w->nflags == 0 ? w->close : NULL;
	ask->by = by;
}

/* ---- taken in ---- */

static int whole(const struct referral_paper *by, struct err *err)
{
	const struct judged *j = by->judged;

	if (j->missing == 0 || j->red || j->risk || j->safeguarding)
		return 0;
	return err_input(err, by->found->paper.items.v[j->first_missing].name,
			 "%d answer%s missing, the first: %.80s", j->missing,
			 j->missing == 1 ? " is" : "s are",
			 by->found->paper.items.v[j->first_missing].label);
}

static int service_of(struct desk *desk, const struct paper *paper, struct id asked, struct id *ret,
		      struct err *err)
{
	const struct service *s;

	*ret = asked;
	if (!id_none(asked))
		return 0;
	if (!paper->service)
		return err_input(err, "service", "Which service does it ask for?");
	if (find_service(desk, paper->service, &s, err) < 0)
		return -1;
	*ret = s->id;
	return 0;
}

static int add_by(struct desk *desk, struct referral_ask *all, const struct referral_paper *by,
		  struct id *ret, struct err *err)
{
	const struct paper *paper = &by->found->paper;
	struct form_wishes *w = mem_new(sizeof *w);
	int rc = moment_none(all->unfinished) ? whole(by, err) : 0;

	if (rc == 0)
		rc = service_of(desk, paper, all->service, &all->service, err);
	if (rc == 0) {
		ref_form_says(desk, by, 0, w, all);
		all->source = strcmp(paper->id, "gp_referral") == 0 ? FROM_GP
								    : referral_source_of(all->type);
		rc = referral_add(desk, all, ret, err);
	}
	mem_free(w);
	return rc;
}

static int by_paper(struct desk *desk, const struct form_ask *ask, struct form_found *found,
		    struct id *ret, struct err *err)
{
	struct answers answers = { 0 };
	struct judged *judged = mem_new(sizeof *judged);
	const struct referral_paper by = { found, &answers, judged };
	struct referral_ask all = { .person = ask->person,
				    .service = ask->service,
				    .site = ask->site,
				    .referrer = ask->referrer,
				    .received = ask->received,
				    .anew = ask->anew,
				    .portal = ask->portal,
				    .type = ask->typed ? ask->type
						       : referral_type_of_form(found->paper.id) };
	int rc = 0;

	if (found->paper.about != FOR_REFERRAL)
		rc = err_input(err, "form", "%s is not the form of a referral.", found->name);
	else if (!ask->portal)
		rc = form_filled_by(desk, &found->paper, err);
	if (rc == 0)
		rc = answers_read(&found->paper, ask->path, ask->text, ask->n, desk->today,
				  &answers, err);
	if (rc == 0) {
		form_judge(&found->paper, &answers, judged);
		rc = add_by(desk, &all, &by, ret, err);
		answers_end(&answers);
	}
	mem_free(judged);
	return rc;
}

int referral_by_form(struct desk *desk, const struct form_ask *ask, struct id *ret, struct err *err)
{
	struct form_found found;
	int rc;

	/* A change of its own: the form stays in use when the referral is taken back. */
	if (forms_open(desk, ask->form, &found, err) < 0)
		return -1;
	rc = by_paper(desk, ask, &found, ret, err);
	form_found_done(&found);
	return rc;
}

int referral_take(struct desk *desk, const struct intake_form_ask *ask, struct id *ret,
		  struct err *err)
{
	const struct paper *paper = &ask->by.found->paper;
	struct referral_ask all = { .person = ask->person,
				    .service = ask->service,
				    .site = ask->site,
				    .referrer = ask->referrer,
				    .received = ask->received,
				    .anew = ask->anew,
				    .type = referral_type_of_form(paper->id) };

	if (form_filled_by(desk, paper, err) < 0)
		return -1;
	if (ask->by.judged->missing)
		all.unfinished = ask->due;
	return add_by(desk, &all, &ask->by, ret, err);
}

/* ---- read again ---- */

static void said_so(const struct paper *paper, const struct answers *answers, struct said_rows *ret)
{
	struct judged *judged = mem_new(sizeof *judged);
	char text[ANSWER_TEXT], flags[ITEMS_MOST];

	form_judge(paper, answers, judged);
	form_flagged(paper, answers, judged, flags);
	mem_free(judged);
	for (size_t i = 0; i < paper->items.n; i++) {
		const struct item *q = &paper->items.v[i];
		struct said_row *s;

		if (!answers->v[i])
			continue;
		s = list_push(ret);
		COPY(s->page, paper->pages.v[q->page].title);
		COPY(s->label, q->label);
		COPY(s->said, answer_show(q, answers->v[i], text));
		s->flag = flags[i];
		s->lines = q->type == ITEM_LINES;
	}
}

static int read_again(struct desk *desk, const struct answer_row *row, struct said_rows *ret,
		      struct err *err)
{
	struct answers answers = { 0 };
	struct paper paper = { 0 };
	int rc;

	if (forms_of_answer(desk, row->form, row->version, row->hash, &paper, err) < 0)
		return -1;
	rc = answers_take(&paper, row->given, &answers, err);
	if (rc == 0) {
		said_so(&paper, &answers, ret);
		answers_end(&answers);
	}
	form_end(&paper);
	return rc;
}

int referral_answers(struct desk *desk, struct id id, struct said_rows *ret, struct err *err)
{
	struct answer_rows rows = { 0 };
	struct referral_row r;
	int rc;

	if (referral_one(desk, id, &r, err) < 0)
		return -1;
	rc = answers_about(desk->store, id, &rows, err);
	list_each (a, &rows)
		if (rc == 0 && strcmp(a->state, "on") == 0 &&
		    (!a->clinical || desk_clinical(desk, r.r.service)))
			rc = read_again(desk, a, ret, err);
	answer_rows_done(&rows);
	return rc;
}
