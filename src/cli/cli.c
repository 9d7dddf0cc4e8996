/*
 * cli.c: finds the command, parses its words, opens what it needs, and turns its end into an exit
 * status.  Knows no noun: those are in their own files.
 */
#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "cli/cli.h"
#include "cli/main.h"
#include "clinic/keeper.h"

/* Options of every command. */
static const struct option common[] = {
	{ "db", "FILE", "the database; else $OHDESK_DB, else path under [store] in ohdesk.ini" },
	{ "config", "FILE",
	  "the settings; else ohdesk.ini of the user, else /etc/ohdesk/ohdesk.ini" },
	{ "as", "USER", "who acts, on a practice database only; else the login name" },
	{ "now", "\"DATE TIME\"", "what time it is, on a practice database only" },
	{ "format", "json", "an array of objects instead of tab-separated rows" },
	{ 0 },
};

const struct option *cli_common(void)
{
	return common;
}

static const char **common_at(struct cli *c, size_t i)
{
	const char **at[] = { &c->db, &c->config_file, &c->as, &c->now, &c->format };

	return at[i];
}

static const struct command *find_command(const char *noun, const char *verb, bool *ret_noun)
{
	*ret_noun = false;
	for (const struct command *const *t = command_tables; *t; t++)
		for (const struct command *cmd = *t; cmd->noun; cmd++)
			if (strcmp(cmd->noun, noun) == 0) {
				*ret_noun = true;
				if (!cmd->verb || (verb && strcmp(cmd->verb, verb) == 0))
					return cmd;
			}
	return NULL;
}

/* One option; its value is the next word or behind an equals sign. */
static int take_option(struct cli *c, char **argv, int *at, int argc, struct err *err)
{
	const char *word = argv[*at] + 2, *value = strchr(word, '=');
	size_t n = value ? (size_t)(value - word) : strlen(word);
	const struct option *o = NULL;
	const char **slot = NULL;

	for (size_t i = 0; common[i].name && !slot; i++)
		if (strlen(common[i].name) == n && strncmp(common[i].name, word, n) == 0) {
			o = &common[i];
			slot = common_at(c, i);
		}
	for (size_t i = 0; c->cmd && c->cmd->options && c->cmd->options[i].name && !slot; i++)
		if (strlen(c->cmd->options[i].name) == n &&
		    strncmp(c->cmd->options[i].name, word, n) == 0) {
			o = &c->cmd->options[i];
			slot = &c->options[i];
		}
	if (!slot)
		return err_set(err, ERR_USAGE,
			       "There is no option --%.*s here: see ohdesk help %s.", (int)n, word,
			       c->cmd ? c->cmd->noun : "");
	if (*slot)
		return err_set(err, ERR_USAGE, "--%s is given twice: give it once.", o->name);
	if (!o->value) {
		if (value)
			return err_set(err, ERR_USAGE, "--%s takes no value.", o->name);
		*slot = "";
		return 0;
	}
	if (value) {
		*slot = value + 1;
		return 0;
	}
	if (*at + 1 >= argc)
		return err_set(err, ERR_USAGE, "--%s needs a value: %s.", o->name, o->value);
	*slot = argv[++*at];
	return 0;
}

static int parse(struct cli *c, int argc, char **argv, struct err *err)
{
	bool ended = false;
	int words = 0, skip = 0;
	const char *noun = NULL, *verb = NULL;

	/* Noun and verb are the first two words that are no option; common options may stand before
	 * them. */
	for (int i = 1; i < argc && words < 2; i++) {
		if (strncmp(argv[i], "--", 2) != 0) {
			if (words++ == 0)
				noun = argv[i];
			else
				verb = argv[i];
		} else if (!strchr(argv[i], '=')) {
			i++;
		}
	}
	if (noun) {
		bool known;

		c->cmd = find_command(noun, verb, &known);
		if (!c->cmd)
			return err_set(err, ERR_USAGE,
				       known ? "There is no \"%s %s\": see ohdesk help %s."
					     : "There is no \"%s%s%s\": see ohdesk help.",
				       noun,
				       known  ? (verb ? verb : "(nothing)")
				       : verb ? " "
					      : "",
				       known  ? noun
				       : verb ? verb
					      : "");
		skip = c->cmd->verb ? 2 : 1;
	}
	for (int i = 1; i < argc; i++) {
		if (!ended && strcmp(argv[i], "--") == 0)
			ended = true;
		else if (!ended && strncmp(argv[i], "--", 2) == 0) {
			if (take_option(c, argv, &i, argc, err) < 0)
				return -1;
		} else if (skip > 0)
			skip--;
		else if (c->nargs == CLI_ARGS)
			return err_set(err, ERR_USAGE, "Too many words: at most %d.", CLI_ARGS);
		else
			c->args[c->nargs++] = argv[i];
	}
	if (c->cmd &&
	    (c->nargs < c->cmd->min_args || (c->cmd->max_args >= 0 && c->nargs > c->cmd->max_args)))
		return err_set(err, ERR_USAGE, "It is: ohdesk %s%s%s%s%s", c->cmd->noun,
			       c->cmd->verb ? " " : "", c->cmd->verb ? c->cmd->verb : "",
			       *c->cmd->args ? " " : "", c->cmd->args);
	if (c->format && strcmp(c->format, "json") != 0 && strcmp(c->format, "tsv") != 0)
		return err_set(err, ERR_USAGE, "--format is json or tsv, not \"%s\".", c->format);
	c->out.json = c->format && strcmp(c->format, "json") == 0;
	return 0;
}

const char *cli_opt(const struct cli *c, const char *name)
{
	for (size_t i = 0; c->cmd->options && c->cmd->options[i].name; i++)
		if (strcmp(c->cmd->options[i].name, name) == 0)
			return c->options[i];
	return NULL;
}

int cli_need(const struct cli *c, const char *name, const char **ret, struct err *err)
{
	const char *value = cli_opt(c, name);

	if (!value)
		return err_set(err, ERR_USAGE, "--%s is needed: see ohdesk help %s %s.", name,
			       c->cmd->noun, c->cmd->verb ? c->cmd->verb : "");
	*ret = value;
	return 0;
}

int cli_opt_int(const struct cli *c, const char *name, long min, long max, int *ret,
		struct err *err)
{
	const char *value = cli_opt(c, name);
	char *end;
	long n;

	if (!value)
		return 0;
	n = strtol(value, &end, 10);
	if (!*value || *end || n < min || n > max)
		return err_input(err, name, "--%s is a whole number from %ld to %ld, not \"%s\".",
				 name, min, max, value);
	*ret = (int)n;
	return 0;
}

int cli_opt_date(const struct cli *c, const char *name, struct date *ret, struct err *err)
{
	const char *value = cli_opt(c, name);

	return value ? date_parse(value, c->desk.today, LOOK_FORWARD, ret, err) : 0;
}

int cli_weekday(const char *word, const char *option, int *ret, struct err *err)
{
	static const char *const days[] = { "monday", "tuesday",  "wednesday", "thursday",
					    "friday", "saturday", "sunday" };
	size_t n = strlen(word);

	for (int i = 0; i < 7; i++) {
		if (n >= 3 && n <= strlen(days[i]) && strncasecmp(word, days[i], n) == 0) {
			*ret = i;
			return 0;
		}
	}
	return err_input(err, option, "--%s is a day of the week, mon to sun, not \"%s\".", option,
			 word);
}

int cli_opt_days(const struct cli *c, const char *name, unsigned *ret, struct err *err)
{
	const char *p = cli_opt(c, name);
	unsigned days = 0;

	if (!p)
		return 0;
	while (*p) {
		size_t n = strcspn(p, ",");
		char *word = mem_strn(p, n);
		int day = 0, rc = cli_weekday(word, name, &day, err);

		mem_free(word);
		if (rc < 0)
			return -1;
		days |= 1u << day;
		p += n + (p[n] == ',');
	}
	*ret = days;
	return 0;
}

int cli_opt_minute(const struct cli *c, const char *name, int *ret, struct err *err)
{
	return cli_opt(c, name) ? minute_parse(cli_opt(c, name), ret, err) : 0;
}

int cli_moment(const struct cli *c, const char *text, struct moment *ret, struct err *err)
{
	return moment_parse(text, c->desk.today, ret, err);
}

int cli_id(const char *text, const char *what, struct id *ret, struct err *err)
{
	if (!id_parse(text, ret))
		return err_input(err, "id", "\"%s\" is no id of %s: ids look like 4g00-00xk3.",
				 text, what);
	return 0;
}

void cli_warn(struct cli *c)
{
	if (*c->desk.warning)
		fprintf(stderr, "ohdesk: note: %s\n", c->desk.warning);
}

const char *cli_db(const struct cli *c, struct err *err)
{
	const char *path = c->db;

	if (!path)
		path = getenv("OHDESK_DB");
	if (!path || !*path)
		path = config_str(c->config, "store:path", NULL);
	if (!path)
		err_set(err, ERR_USAGE,
			"Which database? Name it with --db FILE, $OHDESK_DB or ohdesk.ini.");
	return path;
}

/* Time and who acts may be said on a practice database only: nobody learns on a real one. */
static int practice_only(struct cli *c, struct moment *ret_now, struct err *err)
{
	struct world system = world_system();

	if (!keeper_practice(c->store) && c->now)
		return err_set(err, ERR_DENIED,
			       "--now is for practice databases; this one is real.");
	if (!keeper_practice(c->store) && c->as)
		return err_set(err, ERR_DENIED,
			       "--as is for practice databases; here the login name acts.");
	if (c->now)
		return moment_parse(c->now, moment_date(world_now(&system)), ret_now, err);
	return 0;
}

int cli_open(struct cli *c, struct err *err)
{
	const char *path = cli_db(c, err);
	struct moment now = { 0 };
	const struct passwd *who;

	if (!path ||
	    keeper_open(path, config_int(c->config, "store:busy_ms", 5000), &c->store, err) < 0)
		return -1;
	if (practice_only(c, &now, err) < 0)
		return -1;
	c->world = keeper_practice(c->store) ? practice_world(c->store, now) : world_system();
	if (desk_open(c->store, &c->world, &c->desk, err) < 0)
		return -1;
	c->desk.config = c->config;
	c->desk.self = "/proc/self/exe";
	/* The screens ask for a name and a password, unless a practice database is told who. */
	if ((c->cmd && (c->cmd->flags & CMD_NO_USER)) || (!c->cmd && !c->as))
		return 0;
	who = getpwuid(getuid());
	if (!c->as && !who)
		return err_set(
			err, ERR_DENIED,
			"The operating system has no name for this user: log in as one it knows.");
	return desk_sit(&c->desk, c->as ? c->as : who->pw_name, err);
}

static void closed(struct cli *c)
{
	if (c->desk.store)
		desk_close(&c->desk);
	keeper_close(c->store);
	config_close(c->config);
	buf_done(&c->out.buf);
}

int cli_main(int argc, char **argv, int (*screens)(struct cli *c, struct err *err))
{
	struct cli c = { 0 };
	struct err err = ERR_INIT;
	int rc = parse(&c, argc, argv, &err);

	if (rc == 0)
		rc = config_open(c.config_file, &c.config, &err);
	if (rc == 0 && !c.cmd)
		rc = screens(&c, &err);
	else if (rc == 0 && (c.cmd->flags & CMD_NO_DB))
		rc = c.cmd->run(&c, &err);
	else if (rc == 0) {
		rc = cli_open(&c, &err);
		if (rc == 0)
			rc = c.cmd->run(&c, &err);
	}
	/* A warning belongs to what was done; a refusal speaks for itself. */
	if (rc == 0)
		cli_warn(&c);
	if (rc == 0 && !out_flush(&c.out))
		rc = err_set(&err, ERR_STORE,
			     "The output could not be written (%s): what was asked for is done.",
			     strerror(errno));
	if (rc < 0)
		fprintf(stderr, "ohdesk: %s\n", err.text);
	closed(&c);
	return rc == 0 ? 0 : (int)err.kind;
}
