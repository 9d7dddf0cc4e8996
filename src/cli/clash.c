/*
 * clash.c: sync conflicts and sync settle: the list of what waits for a person, both sides of one
 * and what may be done about it, and the doing of it.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "cli/tables.h"
#include "clinic/clash.h"

enum { LISTED = 1000 };

static int list_all(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "id",	 "at",	  "type", "about", "other", "user",
					       "node",	 "field", "was",  "is",	   "meant", "note",
					       "person", "born",  "what", "why",   NULL };
	struct clash_rows rows = { 0 };

	if (clash_rows(&c->desk, LISTED, &rows, err) < 0) {
		list_free(&rows);
		return -1;
	}
	out_begin(&c->out, columns);
	list_each (r, &rows) {
		const struct clash *k = &r->c;
		bool told = !r->masked;

		out_id(&c->out, k->id);
		out_moment(&c->out, k->at);
		out_text(&c->out, k->type);
		out_id(&c->out, k->a);
		out_id(&c->out, k->b);
		out_text(&c->out, k->user);
		out_int(&c->out, k->node);
		out_text(&c->out, told ? k->col : "");
		out_text(&c->out, told ? k->base : "");
		out_text(&c->out, told ? k->theirs : "");
		out_text(&c->out, told ? k->mine : "");
		out_text(&c->out, told ? k->note : "Private");
		out_text(&c->out, r->name);
		out_date(&c->out, r->born);
		out_text(&c->out, r->what);
		out_text(&c->out, told ? r->why : "Private");
	}
	out_end(&c->out);
	list_free(&rows);
	return 0;
}

static int one_of(struct cli *c, struct clash_view **ret, struct err *err)
{
	struct clash_view *v = mem_new(sizeof *v);
	struct id id;

	if (cli_id(c->args[0], "clash", &id, err) < 0 || clash_look(&c->desk, id, v, err) < 0) {
		mem_free(v);
		return -1;
	}
	*ret = v;
	return 0;
}

/* The lines of both sides, then the offers with the numbers that --offer takes. */
static int show_one(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "line", "here", "server", NULL };
	struct clash_view *v;
	char number[16];

	if (one_of(c, &v, err) < 0)
		return -1;
	out_begin(&c->out, columns);
	out_text(&c->out, "who");
	out_text(&c->out, v->here);
	out_text(&c->out, v->there);
	for (int i = 0; i < v->n; i++) {
		out_text(&c->out, v->v[i].label);
		out_text(&c->out, v->v[i].here);
		out_text(&c->out, v->v[i].there);
	}
	for (int i = 0; i < v->offered; i++) {
		snprintf(number, sizeof number, "offer %d", i + 1);
		out_text(&c->out, number);
		out_text(&c->out, v->offers[i].words);
		out_text(&c->out, offer_opens(v->offers[i].kind)  ? "on the screens"
				  : offer_asks(v->offers[i].kind) ? "with --how"
								  : "");
	}
	out_end(&c->out);
	mem_free(v);
	return 0;
}

int clash_list_run(struct cli *c, struct err *err)
{
	return c->nargs ? show_one(c, err) : list_all(c, err);
}

/* Which offer the words mean; -1 none: it is settled by --how alone. */
static int wanted(struct cli *c, const struct clash_view *v, int *ret, struct err *err)
{
	static const struct {
		const char *option;
		enum offer_kind kind;
	} by_name[] = { { "keep", OFFER_STANDS }, { "take", OFFER_TAKE } };
	int nth = 0, offer = 0;

	*ret = -1;
	if (cli_opt_int(c, "book", 1, CLASH_OFFERS, &nth, err) < 0 ||
	    cli_opt_int(c, "offer", 1, CLASH_OFFERS, &offer, err) < 0)
		return -1;
	if (offer)
		*ret = offer - 1;
	for (int i = 0; i < v->offered; i++) {
		for (size_t k = 0; k < sizeof by_name / sizeof *by_name; k++)
			if (cli_opt(c, by_name[k].option) && v->offers[i].kind == by_name[k].kind)
				*ret = i;
		if (nth && v->offers[i].kind == OFFER_BOOK && --nth == 0)
			*ret = i;
	}
	if (*ret < 0 && (cli_opt(c, "keep") || cli_opt(c, "take") || cli_opt(c, "book")))
		return err_set(err, ERR_INPUT,
			       "That is not offered: sync conflicts %s says what is.", c->args[0]);
	return 0;
}

int clash_settle_run(struct cli *c, struct err *err)
{
	const char *how = cli_opt(c, "how");
	struct clash_view *v;
	char said[200] = "";
	int which, rc;

	if (one_of(c, &v, err) < 0)
		return -1;
	rc = wanted(c, v, &which, err);
	if (rc == 0 && which < 0)
		rc = cli_need(c, "how", &how, err);
	if (rc == 0)
		rc = which < 0 ? clash_settle(&c->desk, v->row.c.id, how, err)
			       : clash_do(&c->desk, v, which, how, said, sizeof said, err);
	mem_free(v);
	if (rc == 0 && *said)
		out_line(&c->out, "%s", said);
	return rc;
}

const struct option clash_options[] = {
	{ "how", "TEXT", "what was done about it: it stays on the record" },
	{ "keep", NULL, "what stands there now is right" },
	{ "take", NULL, "what was meant here is, after all" },
	{ "book", "N", "book the N-th time that sync conflicts ID offers" },
	{ "offer", "N", "any other of what it offers" },
	{ 0 },
};
