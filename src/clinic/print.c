/*
 * print.c: jobs for the printers of this machine.
 *
 * A job is kept before anything is started, and its text goes when the printer's queue has it.  The
 * command is called as COMMAND [-d PRINTER] -t TITLE with the text on its standard input, as lp
 * takes it.  Without a program of our own to start (tests), the job is handed over at once.
 */
#include "clinic/print.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/config.h"
#include "base/run.h"
#include "store/prints.h"

enum { PRINT_SECONDS = 30 };

/* Another `ohdesk print run JOB` on the same database and settings. */
static int start_apart(struct desk *desk, int64_t job, struct err *err)
{
	const char *config = config_path(desk->config);
	const char *words[] = { desk->self, "--db", store_path(desk->store), "print", "run" };
	struct words w = { 0 };
	char k[24];
	int rc;

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		words_add(&w, words[i]);
	snprintf(k, sizeof k, "%lld", (long long)job);
	words_add(&w, k);
	if (config) {
		words_add(&w, "--config");
		words_add(&w, config);
	}
	rc = run_apart(&w, err);
	words_done(&w);
	return rc;
}

static int hand_over(struct desk *desk, int64_t job, struct err *err)
{
	return desk->self ? start_apart(desk, job, err) : print_run(desk, job, err);
}

static int set(struct desk *desk, int64_t job, const char *state, const char *why, struct err *err)
{
	if (store_begin(desk->store, err) < 0)
		return -1;
	if (print_set(desk->store, job, state, why, err) < 0) {
		store_rollback(desk->store);
		return -1;
	}
	return store_commit(desk->store, err);
}

static int put(struct desk *desk, enum paper paper, const char *title, const char *text,
	       struct err *err)
{
	struct print p = { .at = desk->now, .paper = paper };
	int64_t job = 0;

	snprintf(p.title, sizeof p.title, "%s", title);
	if (store_begin(desk->store, err) < 0)
		return -1;
	if (print_put(desk->store, &p, desk->user.id, text, &job, err) < 0) {
		store_rollback(desk->store);
		return -1;
	}
	return store_commit(desk->store, err) < 0 ? -1 : hand_over(desk, job, err);
}

int print_text(struct desk *desk, const char *title, const char *text, struct err *err)
{
	return put(desk, PAPER_LIST, title, text, err);
}

int print_slip(struct desk *desk, const char *title, const char *text, struct err *err)
{
	return put(desk, PAPER_SLIP, title, text, err);
}

static int words_of(struct desk *desk, const struct print *p, struct words *ret, struct err *err)
{
	const struct config *config = desk->config;
	const char *printer = p->paper == PAPER_SLIP ? config_str(config, "print:slip", NULL)
						     : config_str(config, "print:list", NULL);

	if (words_split(config_str(config, "print:command", "lp"), ret, err) < 0)
		return -1;
	if (printer) {
		words_add(ret, "-d");
		words_add(ret, printer);
	}
	words_add(ret, "-t");
	words_add(ret, p->title);
	return 0;
}

int print_run(struct desk *desk, int64_t job, struct err *err)
{
	struct print p;
	struct buf body = { 0 };
	struct words w = { 0 };
	struct ran ran = { 0 };
	struct err why = ERR_INIT;
	char said[sizeof why.text] = "";

	if (print_get(desk->store, job, &p, &body, err) < 0)
		return -1;
	if (strcmp(p.state, "waiting") != 0) {
		buf_done(&body);
		return err_set(err, ERR_CLASH, "Print job %lld is %s already.", (long long)job,
			       p.state);
	}
	if (words_of(desk, &p, &w, &why) < 0 ||
	    run_words(&w, body.s, body.n, PRINT_SECONDS, &ran, &why) < 0)
		snprintf(said, sizeof said, "%s", why.text);
	else if (!ran.started || ran.late || ran.status != 0)
		ran_words(&ran, said, sizeof said);
	words_done(&w);
	buf_done(&body);
	return set(desk, job, *said ? "failed" : "printed", said, err);
}

/* One that is printed or closed has no text any more: it would be an empty page. */
static int is_open(struct desk *desk, int64_t job, struct err *err)
{
	struct print p;

	if (print_get(desk->store, job, &p, NULL, err) < 0)
		return -1;
	return strcmp(p.state, "waiting") == 0 || strcmp(p.state, "failed") == 0
		       ? 0
		       : err_set(err, ERR_CLASH, "Print job %lld is %s already.", (long long)job,
				 p.state);
}

int print_again(struct desk *desk, int64_t job, struct err *err)
{
	return is_open(desk, job, err) < 0 || set(desk, job, "waiting", NULL, err) < 0
		       ? -1
		       : hand_over(desk, job, err);
}

int print_drop(struct desk *desk, int64_t job, struct err *err)
{
	return is_open(desk, job, err) < 0 ? -1 : set(desk, job, "closed", NULL, err);
}

int print_open(struct desk *desk, struct prints *ret, struct err *err)
{
	return prints_open(desk->store, ret, err);
}
