/*
 * form.c: the forms that serve, their files checked, answers scored without being stored.
 */
#include <stdio.h>

#include "cli/tables.h"
#include "clinic/forms.h"

static void put_found(struct cli *c, const struct form_found *f)
{
	const struct paper *p = &f->paper;

	out_text(&c->out, f->name);
	if (f->serves)
		out_int(&c->out, p->version);
	else
		out_text(&c->out, NULL);
	out_text(&c->out, f->serves ? form_kind_code(p->kind) : NULL);
	out_text(&c->out, f->serves ? form_for_code(p->about) : NULL);
	out_text(&c->out, p->service);
	out_text(&c->out, form_origin_code(f->origin));
	out_text(&c->out, *f->refused ? f->serves ? "last good" : "refused" : "serves");
	out_text(&c->out, p->title);
	out_text(&c->out, f->serves ? form_signed_by(p) : NULL);
	out_text(&c->out, *f->refused ? f->refused : NULL);
}

static int list_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "name",	     "version", "kind",	 "for",
					       "service",    "from",	"state", "title",
					       "signed_off", "refused", NULL };
	struct forms_found all = { 0 };

	if (forms_all(&c->desk, &all, err) < 0)
		return -1;
	out_begin(&c->out, columns);
	list_each (f, &all)
		put_found(c, f);
	out_end(&c->out);
	forms_found_done(&all);
	return 0;
}

/* ---- check ---- */

/* Files are checked without a database; with one, also against what was in use before. */
static int open_if_any(struct cli *c, struct err *err)
{
	c->desk.config = c->config;
	return c->store || !cli_db(c, NULL) ? 0 : cli_open(c, err);
}

static void put_checked(struct cli *c, const char *file, const struct paper *p)
{
	out_text(&c->out, file);
	out_text(&c->out, p->id);
	out_int(&c->out, p->version);
	out_int(&c->out, (int64_t)p->items.n);
	out_int(&c->out, (int64_t)p->scores.n);
	out_int(&c->out, (int64_t)p->rules.n);
	out_text(&c->out, NULL);
	out_text(&c->out, form_signed_by(p));
}

/* The rest is read all the same: whoever puts it right wants the whole list. */
static void put_refused(struct cli *c, const char *file, const char *name, const char *why)
{
	out_text(&c->out, file);
	out_text(&c->out, name);
	for (int i = 0; i < 4; i++)
		out_text(&c->out, NULL);
	out_text(&c->out, why);
	out_text(&c->out, NULL);
}

/* Every file that should serve; *ret_why is the first that does not. */
static int check_all(struct cli *c, struct err *ret_why, struct err *err)
{
	struct forms_found all = { 0 };

	if (forms_all(&c->desk, &all, err) < 0)
		return -1;
	list_each (f, &all) {
		struct err no = ERR_INIT;

		if (!*f->refused && forms_fit(&c->desk, f->name, &f->paper, &no) < 0)
			snprintf(f->refused, sizeof f->refused, "%s", no.text);
		if (!*f->refused) {
			put_checked(c, form_origin_code(f->origin), &f->paper);
			continue;
		}
		put_refused(c, form_origin_code(f->origin), f->name, f->refused);
		if (ret_why->kind == ERR_NONE)
			err_set(ret_why, ERR_INPUT, "%s", f->refused);
	}
	forms_found_done(&all);
	return 0;
}

static void check_file(struct cli *c, const char *path, struct err *ret_why)
{
	struct err why = ERR_INIT;
	struct paper paper;

	if (forms_check_file(&c->desk, path, &paper, &why) == 0) {
		bool good = forms_fit(&c->desk, path, &paper, &why) == 0;

		if (good)
			put_checked(c, path, &paper);
		form_end(&paper);
		if (good)
			return;
	}
	put_refused(c, path, NULL, why.text);
	if (ret_why->kind == ERR_NONE)
		*ret_why = why;
}

static int check_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "file",	    "name",	  "version",
					       "questions", "scores",	  "rules",
					       "refused",   "signed_off", NULL };
	struct err why = ERR_INIT;

	if (open_if_any(c, err) < 0)
		return -1;
	out_begin(&c->out, columns);
	if (c->nargs == 0 && check_all(c, &why, err) < 0)
		return -1;
	for (int i = 0; i < c->nargs; i++)
		check_file(c, c->args[i], &why);
	out_end(&c->out);
	return why.kind == ERR_NONE ? 0 : err_set(err, why.kind, "%s", why.text);
}

/* ---- show ---- */

static void put_row(struct cli *c, const char *what, const char *name, const char *type,
		    const char *text, const char *more)
{
	out_text(&c->out, what);
	out_text(&c->out, name);
	out_text(&c->out, type);
	out_text(&c->out, text);
	out_text(&c->out, more);
}

static void put_item(struct cli *c, const struct item *q)
{
	struct buf more = { 0 };

	if (!q->required)
		buf_str(&more, "not required");
	if (q->ranged)
		buf_printf(&more, "%s%d-%d", more.n ? "; " : "", q->least, q->most);
	list_each (o, &q->options)
		buf_printf(&more, "%s%c:%s", o == q->options.v ? more.n ? "; " : "" : "|", o->key,
			   o->label);
	put_row(c, "question", q->name, item_type_code(q->type), q->label, more.s);
	buf_done(&more);
}

static void put_score(struct cli *c, const struct paper *p, const struct score *s)
{
	struct buf of = { 0 }, bands = { 0 };

	list_each (q, &s->of)
		buf_printf(&of, "%s%s", of.n ? "|" : "", p->items.v[*q].name);
	list_each (b, &s->bands)
		buf_printf(&bands, "%s%d-%d:%s", bands.n ? "|" : "", b->least, b->most, b->label);
	put_row(c, "score", s->name, s->spare ? "prorate" : "refuse", of.s, bands.s);
	buf_done(&of);
	buf_done(&bands);
}

static void put_rule(struct cli *c, const struct rule *r)
{
	struct buf does = { 0 };
	char type[40] = "";

	if (r->flag)
		snprintf(type, sizeof type, "flag %c", r->flag);
	list_each (d, &r->deeds)
		buf_printf(&does, "%s%s", does.n ? "|" : "", d->text);
	if (r->priority >= 0)
		buf_printf(&does, "%spriority:%d", does.n ? "|" : "", r->priority);
	put_row(c, "rule", r->name, type, r->say, does.s);
	buf_done(&does);
}

static int show_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "what", "name", "type", "text", "more", NULL };
	struct form_found f;

	if (forms_find(&c->desk, c->args[0], &f, err) < 0)
		return -1;
	if (cli_opt(c, "file")) {
		/* Byte by byte: what form_read() took has nothing in it that moves a terminal. */
		buf_str(&c->out.buf, f.text);
		form_found_done(&f);
		return 0;
	}
	out_begin(&c->out, columns);
	list_each (page, &f.paper.pages) {
		put_row(c, "page", page->name, NULL, page->title, page->say);
		for (int q = page->first; q < page->first + page->n; q++)
			put_item(c, &f.paper.items.v[q]);
	}
	list_each (s, &f.paper.scores)
		put_score(c, &f.paper, s);
	list_each (r, &f.paper.rules)
		put_rule(c, r);
	out_end(&c->out);
	form_found_done(&f);
	return 0;
}

/* ---- score ---- */

static void put_three(struct cli *c, const char *what, const char *value, const char *of)
{
	out_text(&c->out, what);
	out_text(&c->out, value);
	out_text(&c->out, of);
}

static void put_scores(struct cli *c, const struct paper *p, const struct judged *j)
{
	for (size_t i = 0; i < p->scores.n; i++) {
		out_text(&c->out, p->scores.v[i].name);
		if (j->scores[i].known)
			out_int(&c->out, j->scores[i].value);
		else
			out_text(&c->out, NULL);
		out_text(&c->out, j->scores[i].known ? j->scores[i].band : NULL);
	}
}

/* Flags and actions with the rule that raised each. */
static void put_rules(struct cli *c, const struct paper *p, const struct judged *j)
{
	for (size_t i = 0; i < p->rules.n; i++) {
		const struct rule *r = &p->rules.v[i];
		char flag[2] = { r->flag, '\0' };

		if (j->counts >> i & 1 && r->flag)
			put_three(c, "flag", flag, r->name);
	}
	for (size_t i = 0; i < p->rules.n; i++)
		if (j->counts >> i & 1)
			list_each (d, &p->rules.v[i].deeds)
				put_three(c, "action", d->text, p->rules.v[i].name);
}

static void put_rest(struct cli *c, const struct paper *p, const struct answers *a,
		     const struct judged *j)
{
	char priority[12];

	if (j->priority >= 0) {
		snprintf(priority, sizeof priority, "%d", j->priority);
		put_three(c, "priority", priority, NULL);
	}
	for (size_t i = 0; i < p->items.n; i++) {
		const struct item *q = &p->items.v[i];

		if (j->shown[i] && q->required && !a->v[i])
			put_three(c, "missing", q->name, q->label);
	}
}

static int score_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "score", "value", "band", NULL };
	struct answers a = { 0 };
	struct form_found f;
	struct judged j;
	const char *file;
	int rc;

	if (cli_need(c, "answers", &file, err) < 0 || forms_find(&c->desk, c->args[0], &f, err) < 0)
		return -1;
	rc = forms_answers(&c->desk, &f.paper, file, &a, &j, err);
	if (rc == 0) {
		out_begin(&c->out, columns);
		put_scores(c, &f.paper, &j);
		put_rules(c, &f.paper, &j);
		put_rest(c, &f.paper, &a, &j);
		out_end(&c->out);
	}
	answers_end(&a);
	form_found_done(&f);
	return rc;
}

static const struct option show_options[] = {
	{ "file", NULL, "its file, word for word: to begin one of your own with" },
	{ 0 },
};
static const struct option score_options[] = {
	{ "answers", "FILE",
	  "[answers] and lines name = key; of several keys a|b, of lines one|two" },
	{ 0 },
};

const struct command form_commands[] = {
	{ "form", "list", "", "the forms that serve, where each comes from, and what is refused",
	  NULL, 0, 0, 0, list_run },
	{ "form", "check", "[FILE...]", "reads form files as strictly as the desk does; or all",
	  NULL, 0, -1, CMD_NO_DB | CMD_NO_USER, check_run },
	{ "form", "show", "NAME", "what a form asks, scores and has done", show_options, 1, 1, 0,
	  show_run },
	{ "form", "score", "NAME", "score, band, flags and actions of answers, without storing",
	  score_options, 1, 1, 0, score_run },
	{ 0 },
};
