/* print.c: the printers' jobs: those that wait or failed, and once more. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "cli/tables.h"
#include "clinic/print.h"
#include "model/print.h"

static int job_of(const struct cli *c, int64_t *ret, struct err *err)
{
	char *end;

	*ret = strtoll(c->args[0], &end, 10);
	if (*end || *ret <= 0)
		return err_set(err, ERR_USAGE, "\"%s\" is no print job: print list shows them.",
			       c->args[0]);
	return 0;
}

static int list_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "job",	"at",	 "user", "paper",
					       "title", "state", "why",	 NULL };
	struct prints list = { 0 };

	if (print_open(&c->desk, &list, err) < 0)
		return -1;
	out_begin(&c->out, columns);
	list_each (p, &list) {
		out_int(&c->out, p->k);
		out_moment(&c->out, p->at);
		out_text(&c->out, p->user);
		out_text(&c->out, p->paper == PAPER_SLIP ? "slip" : "list");
		out_text(&c->out, p->title);
		out_text(&c->out, p->state);
		out_text(&c->out, p->why);
	}
	out_end(&c->out);
	list_free(&list);
	return 0;
}

static int run_run(struct cli *c, struct err *err)
{
	int64_t job;

	return job_of(c, &job, err) < 0 ? -1 : print_run(&c->desk, job, err);
}

static int again_run(struct cli *c, struct err *err)
{
	int64_t job;

	return job_of(c, &job, err) < 0 ? -1 : print_again(&c->desk, job, err);
}

static int drop_run(struct cli *c, struct err *err)
{
	int64_t job;

	return job_of(c, &job, err) < 0 ? -1 : print_drop(&c->desk, job, err);
}

const struct command print_commands[] = {
	{ "print", "list", "", "what waits for a printer or could not be printed", NULL, 0, 0, 0,
	  list_run },
	{ "print", "again", "JOB", "prints it once more", NULL, 1, 1, 0, again_run },
	{ "print", "drop", "JOB", "prints it no more", NULL, 1, 1, 0, drop_run },
	{ "print", "run", "JOB", "hands a waiting job to the printer, as the desk does by itself",
	  NULL, 1, 1, CMD_NO_USER, run_run },
	{ 0 },
};
