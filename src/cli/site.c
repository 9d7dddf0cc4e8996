/* site.c: making a database, with its first site and administrator. */
#include "cli/tables.h"
#include "clinic/keeper.h"

static const struct option init_options[] = {
	{ "code", "CODE", "of the first site: NGT" },
	{ "name", "NAME", "of the first site: Northgate" },
	{ "nation", "E|W|S|NI", "whose bank holidays it keeps; E unless said" },
	{ "admin", "USER", "the first administrator: a login name" },
	{ "practice", NULL, "for trying out: says so on every screen, can never join a real hub" },
	{ "hub", NULL, "other databases will join this one" },
	{ "at", "\"DATE TIME\"", "with --practice: what its clock is to show" },
	{ 0 },
};

static int init_run(struct cli *c, struct err *err)
{
	struct keeper_new want = { .nation = cli_opt(c, "nation") ? cli_opt(c, "nation") : "E",
				   .practice = cli_opt(c, "practice"),
				   .hub = cli_opt(c, "hub") };
	struct world world = world_system();

	if (cli_need(c, "code", &want.code, err) < 0 || cli_need(c, "name", &want.name, err) < 0 ||
	    cli_need(c, "admin", &want.admin, err) < 0)
		return -1;
	if (!want.practice && (cli_opt(c, "at") || c->now))
		return err_set(err, ERR_DENIED,
			       "Only a practice database has a clock of its own: add --practice.");
	if (cli_opt(c, "at") &&
	    moment_parse(cli_opt(c, "at"), moment_date(world_now(&world)), &want.clock, err) < 0)
		return -1;
	return keeper_init(c->args[0], &world, &want, err);
}

const struct command site_commands[] = {
	{ "site", "init", "FILE", "makes a new database with its first site and administrator",
	  init_options, 1, 1, CMD_NO_DB, init_run },
	{ 0 },
};
