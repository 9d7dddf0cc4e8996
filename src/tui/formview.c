/*
 * formview.c: what is answered, and where the cursor goes.  formview_draw.c draws it.
 */
#include "formview.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum { BOX = 44 /* of 80 columns */ };

static const struct item *item_at(const struct formview *v, int q)
{
	return &v->paper->items.v[q];
}

/* Does one letter answer it? */
static bool keyed(const struct item *q)
{
	return q->type == ITEM_YN || q->type == ITEM_YNU || q->type == ITEM_CHOICE ||
	       q->type == ITEM_MULTI;
}

static bool asked(const struct formview *v, int q)
{
	return v->j.shown[q] && item_at(v, q)->type != ITEM_INFO;
}

struct form *formview_form(struct formview *v)
{
	return v->form.n ? &v->form : NULL;
}

void formview_size(struct formview *v, int cols)
{
	v->box = cols * BOX / 80;
	v->field[0].box = v->box;
}

/* The field of the question that has the cursor: what it holds, else what it begins with. */
static void open_field(struct formview *v)
{
	const struct item *q = item_at(v, v->at);
	char shown[ANSWER_TEXT];
	bool date = q->type == ITEM_DATE;

	form_done(&v->form);
	v->form = (struct form){ 0 };
	v->echo[0] = '\0';
	if (keyed(q) || q->type == ITEM_INFO)
		return;
	v->field[0] =
		(struct form_field){ .name = q->name,
				     .box = v->box,
				     .width = date || q->type == ITEM_TIME ? 16 : 32,
				     .max = q->type == ITEM_LINES ? 2000 : 200,
				     .choices = v->list && v->at == v->listed ? v->list : NULL,
				     .required = q->required };
	form_init(&v->form, v->field);
	if (v->a.v[v->at])
		form_set(&v->form, q->name,
			 date || q->type == ITEM_LINES ? v->a.v[v->at]
						       : answer_show(q, v->a.v[v->at], shown));
	else if (v->begin[v->at])
		form_set(&v->form, q->name, v->begin[v->at]);
	v->form.dirty = false;
}

static void go(struct formview *v, int q)
{
	v->at = q;
	open_field(v);
}

/* The next that is asked, from q on; -1: none. */
static int seek(const struct formview *v, int q, int by)
{
	for (; q >= 0 && q < (int)v->paper->items.n; q += by)
		if (asked(v, q))
			return q;
	return -1;
}

void formview_open(struct formview *v, const struct paper *paper, struct moment now)
{
	char text[DAY_TEXT];
	int first;

	*v = (struct formview){ .paper = paper, .now = now, .box = BOX, .told = -1 };
	form_judge(paper, &v->a, &v->j);
	formview_begin(v, "today", date_show(moment_date(now), text));
	formview_begin(v, "now", minute_show(moment_minute(now), text));
	first = seek(v, 0, 1);
	go(v, first < 0 ? 0 : first);
}

void formview_end(struct formview *v)
{
	answers_end(&v->a);
	form_done(&v->form);
	for (int i = 0; i < ITEMS_MOST; i++)
		mem_free(v->begin[i]);
	*v = (struct formview){ 0 };
}

void formview_begin(struct formview *v, const char *from, const char *text)
{
	for (size_t i = 0; i < v->paper->items.n; i++) {
		const char *fallback = v->paper->items.v[i].fallback;

		if (!fallback || strcmp(fallback, from) != 0)
			continue;
		mem_free(v->begin[i]);
		v->begin[i] = mem_str(text);
	}
	if (v->form.n && !v->form.dirty)
		open_field(v);
}

void formview_list(struct formview *v, const char *name, const char *const *list)
{
	v->listed = form_item(v->paper, name);
	v->list = list;
}

void formview_fill(struct formview *v, const char *name, const char *text)
{
	int q = form_item(v->paper, name);

	if (q < 0 || v->a.v[q] || !*text)
		return;
	mem_free(v->begin[q]);
	v->begin[q] = mem_str(text);
	if (q == v->at && v->form.n && !v->form.dirty)
		open_field(v);
}

/* The rule whose card or words the caller is to hear now: the most urgent of those that are new. */
static int to_tell(const struct formview *v, uint64_t fresh)
{
	int best = -1;

	for (size_t i = 0; i < v->paper->rules.n; i++) {
		const struct rule *r = &v->paper->rules.v[i];
		bool card = false;

		list_each (d, &r->deeds)
			card = card || d->action == DO_CARD;
		if (!(fresh >> i & 1) || (!r->say && !card && !r->flag))
			continue;
		if (best < 0 || (unsigned)r->priority < (unsigned)v->paper->rules.v[best].priority)
			best = (int)i;
	}
	return best;
}

static void judge(struct formview *v)
{
	int told;

	form_judge(v->paper, &v->a, &v->j);
	told = to_tell(v, v->j.fresh);
	if (told >= 0)
		v->told = told;
	v->fresh |= v->j.fresh;
	form_acted(&v->a, &v->j);
}

void formview_resume(struct formview *v, struct answers *a)
{
	answers_end(&v->a);
	v->a = *a;
	*a = (struct answers){ 0 };
	judge(v);
	/* The card of before: it was shown then, and holds still. */
	if (v->told < 0)
		v->told = to_tell(v, v->j.counts);
	go(v, v->j.first_missing >= 0 ? v->j.first_missing : seek(v, 0, 1));
}

static int set(struct formview *v, const char *typed, struct err *err)
{
	if (answer_set(v->paper, &v->a, v->at, typed, moment_date(v->now), err) < 0)
		return -1;
	v->dirty = true;
	judge(v);
	return 0;
}

int formview_settle(struct formview *v, struct err *err)
{
	/* What it begins with is an answer once somebody has gone past it. */
	return v->form.n ? set(v, form_text(&v->form, item_at(v, v->at)->name), err) : 0;
}

void formview_typed(struct formview *v)
{
	const char *text = v->form.n ? form_text(&v->form, item_at(v, v->at)->name) : "";
	struct answers tried = { 0 };
	struct err err = ERR_INIT;

	v->dirty = true;
	v->echo[0] = '\0';
	if (!*text)
		return;
	if (answer_set(v->paper, &tried, v->at, text, moment_date(v->now), &err) == 0)
		answer_show(item_at(v, v->at), tried.v[v->at], v->echo);
	answers_end(&tried);
}

bool formview_focus(struct formview *v, const char *name)
{
	int q = form_item(v->paper, name);

	if (q < 0 || !asked(v, q))
		return false;
	go(v, q);
	return true;
}

/* ---- keys ---- */

static enum next on(struct ui *ui, struct formview *v)
{
	int q = seek(v, v->at + 1, 1);

	if (q >= 0)
		go(v, q);
	else if (v->j.missing)
		ui_warn(ui, "That was the last question. F6 goes to what is missing: %d.",
			v->j.missing);
	else
		ui_done(ui, "That was the last question, and nothing is missing.");
	return STAY;
}

enum next formview_answer(struct ui *ui, struct formview *v)
{
	const struct item *q = item_at(v, v->at);
	char key = (char)ui->key, typed[2 * OPTIONS_MOST + 2];
	const char *was = v->a.v[v->at];
	struct err err = ERR_INIT;

	/* One more of several, or one less. */
	if (q->type == ITEM_MULTI && item_option(q, key) && was) {
		snprintf(typed, sizeof typed, "%s", was);
		if (strchr(typed, key))
			*strchr(typed, key) = ' ';
		else
			snprintf(typed, sizeof typed, "%s|%c", was, key);
		if (strspn(typed, "| ") == strlen(typed))
			typed[0] = '\0';
	} else {
		snprintf(typed, sizeof typed, "%c", key);
	}
	if (set(v, typed, &err) < 0)
		return ui_fail(ui, &err);
	return q->type == ITEM_MULTI ? STAY : on(ui, v);
}

enum next formview_next(struct ui *ui, struct formview *v)
{
	struct err err = ERR_INIT;

	if (formview_settle(v, &err) < 0)
		return ui_fail(ui, &err);
	return on(ui, v);
}

enum next formview_back(struct ui *ui, struct formview *v)
{
	struct err err = ERR_INIT;
	int q;

	if (v->form.dirty && formview_settle(v, &err) < 0)
		return ui_fail(ui, &err);
	q = seek(v, v->at - 1, -1);
	if (q < 0)
		return ui_failf(ui, "That is the first question.");
	go(v, q);
	return STAY;
}

enum next formview_missing(struct ui *ui, struct formview *v)
{
	struct err err = ERR_INIT;
	int n = (int)v->paper->items.n;

	if (v->form.dirty && formview_settle(v, &err) < 0)
		return ui_fail(ui, &err);
	for (int i = 1; i <= n; i++) {
		int q = (v->at + i) % n;

		if (asked(v, q) && item_at(v, q)->required && !v->a.v[q]) {
			go(v, q);
			return STAY;
		}
	}
	ui_done(ui, "Nothing is missing.");
	return STAY;
}

static int step_of(const struct formview *v, int q)
{
	return v->paper->pages.v[item_at(v, q)->page].step;
}

enum next formview_page(struct ui *ui, struct formview *v)
{
	int by = key_in(ui->key, "F7 PgUp") ? -1 : 1, here = step_of(v, v->at), q = v->at, to;
	struct err err = ERR_INIT;

	if (v->form.dirty && formview_settle(v, &err) < 0)
		return ui_fail(ui, &err);
	while ((q = seek(v, q, by)) >= 0 && step_of(v, q) == here)
		q += by;
	if (q < 0)
		return ui_failf(ui, by > 0 ? "That is the last step." : "That is the first step.");
	/* Backwards too one begins at the top of a step. */
	for (to = q; by < 0 && to >= 0 && step_of(v, to) == step_of(v, q); to = seek(v, to - 1, -1))
		q = to;
	go(v, q);
	return STAY;
}
