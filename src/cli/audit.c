/* audit.c: who did what and who opened whose record; and whether anybody changed that since. */
#include "base/alloc.h"
#include "cli/tables.h"
#include "clinic/audit.h"
#include "clinic/intake.h"

static int read_filter(struct cli *c, struct audit_filter *ret, struct err *err)
{
	const char *person = cli_opt(c, "person"), *user = cli_opt(c, "user");
	struct audit_filter f = { .limit = AUDIT_ROWS };
	struct date from = person ? DATE_NONE : c->desk.today, to = DATE_NONE;

	if ((person && intake_named(&c->desk, person, &f.person, err) < 0) ||
	    (user && audit_user(&c->desk, user, &f.user, err) < 0) ||
	    cli_opt_date(c, "from", &from, err) < 0 || cli_opt_date(c, "to", &to, err) < 0 ||
	    cli_opt_int(c, "limit", 1, AUDIT_ROWS_MOST, &f.limit, err) < 0)
		return -1;
	if (!date_none(from))
		f.from = wall_moment(from, 0);
	/* The day that is named is in it. */
	if (!date_none(to))
		f.to = wall_moment((struct date){ to.n + 1 }, 0);
	*ret = f;
	return 0;
}

static const char *or_none(const char *s)
{
	return *s ? s : NULL;
}

static int show_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "at", "user",	  "what",    "why", "id",
					       "on", "person_id", "subject", NULL };
	struct audit_filter f;
	struct audit all = { 0 };

	if (read_filter(c, &f, err) < 0 || audit_show(&c->desk, &f, &all, err) < 0)
		return -1;
	out_begin(&c->out, columns);
	list_each (a, &all) {
		out_moment(&c->out, a->at);
		out_text(&c->out, a->user);
		out_text(&c->out, a->what);
		out_text(&c->out, or_none(a->why));
		out_id(&c->out, a->id);
		out_text(&c->out, or_none(a->type));
		out_id(&c->out, a->opened ? a->subject : a->person);
		out_id(&c->out, a->subject);
	}
	out_end(&c->out);
	list_free(&all);
	return 0;
}

static int verify_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "chain", "rows", "state", NULL };
	struct audit_chain chains[AUDIT_CHAINS];
	int n;

	if (audit_verify(&c->desk, chains, &n, err) < 0)
		return -1;
	out_begin(&c->out, columns);
	for (int i = 0; i < n; i++) {
		out_text(&c->out, chains[i].name);
		out_int(&c->out, chains[i].n);
		out_text(&c->out, "whole");
	}
	out_end(&c->out);
	return 0;
}

static const struct option show_options[] = {
	{ "person", "ID", "all that was done about one person, and who opened their record" },
	{ "user", "NAME", "what one user did and opened" },
	{ "from", "DATE", "from that day on; today unless said or a person is" },
	{ "to", "DATE", "to the end of that day" },
	{ "limit", "N", "the last N; 500 unless said" },
	{ 0 },
};

const struct command audit_commands[] = {
	{ "audit", "show", "", "who did what, and who opened whose record, oldest first",
	  show_options, 0, 0, 0, show_run },
	{ "audit", "verify", "", "walks the chains: has anybody changed what is kept?", NULL, 0, 0,
	  0, verify_run },
	{ 0 },
};
