/* day.c: the end of a site's day: what stands in its way, closing it, the next day's list. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "cli/tables.h"
#include "clinic/closing.h"
#include "clinic/refs.h"

/* The desk's own site unless one is named. */
static int opt_site(struct cli *c, struct id *ret, struct err *err)
{
	const char *code = cli_opt(c, "site");
	const struct site *site;

	if (!code && id_none(c->desk.site.id))
		return err_set(err, ERR_USAGE, "--site is needed: you stand at no one site.");
	if (code && find_site(&c->desk, code, &site, err) < 0)
		return -1;
	*ret = code ? site->id : c->desk.site.id;
	return 0;
}

/* A day to look at may be past. */
static int opt_day(struct cli *c, struct date *ret, struct err *err)
{
	const char *text = cli_opt(c, "date");

	*ret = c->desk.today;
	return text ? date_parse(text, c->desk.today, LOOK_BACK, ret, err) : 0;
}

static const char *kind_code(enum left_kind kind)
{
	static const char *const codes[LEFT_KIND_COUNT] = {
		[LEFT_ROW] = "row",	  [LEFT_TENTATIVE] = "tentative", [LEFT_TASK] = "task",
		[LEFT_PARKED] = "parked", [LEFT_UNSENT] = "unsent",
	};

	return codes[kind];
}

static void put_left(struct cli *c, const struct left *l)
{
	out_text(&c->out, kind_code(l->kind));
	out_moment(&c->out, l->at);
	out_id(&c->out, !id_none(l->appt) ? l->appt : !id_none(l->task) ? l->task : l->message);
	out_id(&c->out, l->person);
	out_text(&c->out, *l->who ? l->who : NULL);
	out_date(&c->out, l->born);
	out_text(&c->out, l->text);
}

static int show_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "kind",	 "at",	 "id",	 "person_id",
					       "person", "born", "text", NULL };
	struct closing closing;
	struct date day;
	struct id site;

	if (opt_site(c, &site, err) < 0 || opt_day(c, &day, err) < 0 ||
	    closing_look(&c->desk, site, day, &closing, err) < 0)
		return -1;
	out_begin(&c->out, columns);
	list_each (l, &closing.left)
		put_left(c, l);
	out_end(&c->out);
	closing_done(&closing);
	return 0;
}

static int close_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "site",	"day",	"at",  "user",
					       "items", "what", "why", NULL };
	const struct site *where;
	struct closing closing;
	struct date day;
	struct id site;

	if (opt_site(c, &site, err) < 0 || opt_day(c, &day, err) < 0 ||
	    closing_close(&c->desk, site, day, cli_opt(c, "why"), err) < 0 ||
	    closing_look(&c->desk, site, day, &closing, err) < 0)
		return -1;
	where = ref_site(&c->desk, site);
	out_begin(&c->out, columns);
	out_text(&c->out, where->code);
	out_date(&c->out, closing.closed.day);
	out_moment(&c->out, closing.closed.at);
	out_text(&c->out, closing.closed.by);
	out_int(&c->out, closing.closed.items);
	out_text(&c->out, *closing.closed.what ? closing.closed.what : NULL);
	out_text(&c->out, *closing.closed.why ? closing.closed.why : NULL);
	out_end(&c->out);
	closing_done(&closing);
	return 0;
}

static int list_run(struct cli *c, struct err *err)
{
	struct buf text = { 0 };
	struct date day;
	struct id site;
	char words[WORDS_TEXT];
	int people, rc;

	if (opt_site(c, &site, err) < 0 ||
	    closing_next_day(&c->desk, site, c->desk.today, &day, err) < 0 ||
	    cli_opt_date(c, "date", &day, err) < 0)
		return -1;
	if (cli_opt(c, "paper")) {
		if (closing_paper(&c->desk, site, day, words, sizeof words, err) < 0)
			return -1;
		out_line(&c->out, "%s", words);
		return 0;
	}
	rc = closing_list(&c->desk, site, day, &text, &people, err);
	/* Lines and form feeds as they go to the printer: this is paper, not rows. */
	if (rc == 0)
		buf_str(&c->out.buf, text.s);
	buf_done(&text);
	return rc;
}

static const struct option show_options[] = {
	{ "site", "CODE", "where; the desk's own unless said" },
	{ "date", "DATE", "which day; today unless said" },
	{ 0 },
};
static const struct option close_options[] = {
	{ "site", "CODE", "where; the desk's own unless said" },
	{ "date", "DATE", "which day; today unless said" },
	{ "why", "TEXT", "why it is closed with things left" },
	{ 0 },
};
static const struct option list_options[] = {
	{ "site", "CODE", "where; the desk's own unless said" },
	{ "date", "DATE", "which day; the next that somebody works unless said" },
	{ "paper", NULL, "into spool/ beside the database, and to the printer if one is set" },
	{ 0 },
};

const struct command day_commands[] = {
	{ "day", "show", "", "what stands in the way of closing a day", show_options, 0, 0, 0,
	  show_run },
	{ "day", "close", "", "closes a day, with a reason for what is left", close_options, 0, 0,
	  0, close_run },
	{ "day", "list", "", "who comes on a day, for paper", list_options, 0, 0, 0, list_run },
	{ 0 },
};
