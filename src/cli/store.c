/* store.c: looking after the database: check, backup, restore, stats. */
#include <stdio.h>

#include "cli/tables.h"
#include "clinic/health.h"
#include "clinic/keeper.h"

struct count {
	struct out *out;
	int n;
};

static void found(void *ctx, const char *sentence)
{
	struct count *c = ctx;

	c->n++;
	out_text(c->out, sentence);
}

static int check_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "found", NULL };
	struct count count = { &c->out, 0 };

	out_begin(&c->out, columns);
	if (keeper_check(&c->desk, found, &count, err) < 0)
		return -1;
	out_end(&c->out);
	if (count.n > 0)
		return err_set(
			err, ERR_STORE,
			"%d thing%s found that may not be: see the list, and keep the last backup.",
			count.n, count.n == 1 ? " was" : "s were");
	return 0;
}

static void counted(void *ctx, const char *what, const char *name, int64_t count, int64_t bytes)
{
	struct out *out = ctx;

	out_text(out, what);
	out_text(out, name);
	out_int(out, count);
	out_int(out, bytes);
}

static int stats_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "what", "name", "count", "bytes", NULL };

	out_begin(&c->out, columns);
	if (keeper_stats(&c->desk, counted, &c->out, err) < 0)
		return -1;
	out_end(&c->out);
	return 0;
}

static int health_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "part", "count", "state", "says", NULL };
	struct health h;

	if (health_look(&c->desk, &h, err) < 0)
		return -1;
	out_begin(&c->out, columns);
	for (int i = 0; i < h.n; i++) {
		out_text(&c->out, h.v[i].name);
		out_int(&c->out, h.v[i].count);
		out_text(&c->out, h.v[i].amiss ? "look" : "ok");
		out_text(&c->out, h.v[i].text);
	}
	out_end(&c->out);
	return 0;
}

static int backup_run(struct cli *c, struct err *err)
{
	return keeper_backup(&c->desk, c->args[0], err);
}

static int restore_run(struct cli *c, struct err *err)
{
	const char *path = cli_db(c, err);

	return path ? keeper_restore(c->args[0], path, err) : -1;
}

const struct command store_commands[] = {
	{ "store", "check", "", "is everything as it must be? lists what is not", NULL, 0, 0, 0,
	  check_run },
	{ "store", "health", "", "what is amiss, quickly: what sign-in says", NULL, 0, 0, 0,
	  health_run },
	{ "store", "stats", "", "how large it is: pages of the file, rows and bytes of each table",
	  NULL, 0, 0, 0, stats_run },
	{ "store", "backup", "DIR", "copies the database into a new folder while others work", NULL,
	  1, 1, 0, backup_run },
	{ "store", "restore", "DIR", "puts a backup's database where --db says, a new file", NULL,
	  1, 1, CMD_NO_DB, restore_run },
	{ 0 },
};
