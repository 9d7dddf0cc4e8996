/*
 * cli.h: what the commands share (private to the command line).
 *
 * A command is a function in src/cli/NOUN.c and a row in that file's table; commands.c lists the
 * tables.  Usage, `ohdesk help` and the man page are made from the rows.  A command gets its words
 * already parsed, a desk already open, and writes rows through out.h.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>

#include "base/config.h"
#include "base/err.h"
#include "cli/out.h"
#include "clinic/desk.h"

struct option {
	const char *name;  /* without the dashes */
	const char *value; /* the word for its value in the help; NULL: a switch */
	const char *help;
};

enum {
	CMD_NO_DB = 1 << 0,   /* opens no database */
	CMD_NO_USER = 1 << 1, /* nobody needs to be known */
};

struct cli;
struct command {
	const char *noun, *verb;
	const char *args; /* "ID", "FILE...", "" */
	const char *summary;
	const struct option *options; /* ended by a NULL name; may be NULL */
	int min_args, max_args;	      /* max -1: any number */
	unsigned flags;
	int (*run)(struct cli *c, struct err *err);
};

extern const struct command *const command_tables[]; /* ended by NULL */

enum { CLI_ARGS = 256, CLI_OPTIONS = 48 };

struct cli {
	const struct command *cmd;
	const char *args[CLI_ARGS];
	int nargs;
	const char *options[CLI_OPTIONS]; /* values in the order of cmd->options; "" for a switch
					     given */
	/* options of every command */
	const char *db, *config_file, *as, *now, *format;
	struct config *config;
	struct store *store;
	struct world world;
	struct desk desk;
	struct out out;
};

/* The value of an option of this command; NULL when it was not given. */
const char *cli_opt(const struct cli *c, const char *name);
/* Required: ERR_USAGE when it is missing. */
int cli_need(const struct cli *c, const char *name, const char **ret, struct err *err);
/* Whole numbers within a range; *ret untouched when not given. */
int cli_opt_int(const struct cli *c, const char *name, long min, long max, int *ret,
		struct err *err);
/* Dates and moments as people type them, looking forward from the desk's today. */
int cli_opt_date(const struct cli *c, const char *name, struct date *ret, struct err *err);
/* mon..sun, in any case and length from three letters, as 0..6; "mon,thu" as bits of them; a clock
 * time as minutes of the day. */
int cli_weekday(const char *word, const char *option, int *ret, struct err *err);
int cli_opt_days(const struct cli *c, const char *name, unsigned *ret, struct err *err);
int cli_opt_minute(const struct cli *c, const char *name, int *ret, struct err *err);
int cli_moment(const struct cli *c, const char *text, struct moment *ret, struct err *err);
/* Ids as people read them; `what` is the word for the refusal. */
int cli_id(const char *text, const char *what, struct id *ret, struct err *err);

/* The path of the database: --db, $OHDESK_DB, ohdesk.ini; NULL and ERR_USAGE if none says. */
const char *cli_db(const struct cli *c, struct err *err);
/* Opens store, world and desk, and sits down who acts (CMD_NO_USER: nobody). */
int cli_open(struct cli *c, struct err *err);

/* Prints what check let pass but a person should hear: one line on stderr. */
void cli_warn(struct cli *c);

/* The help of one noun, one command or all, made from the tables. */
int cli_help(struct cli *c, struct err *err);

#endif
