/*
 * help.c: what the program says about itself, made from the tables of commands: `ohdesk help` and,
 * with --man, the man page.
 */
#include <stdio.h>
#include <string.h>

#include "cli/main.h"
#include "cli/tables.h"

static void put_line(struct buf *b, const struct command *cmd)
{
	size_t at = b->n;

	buf_printf(b, "  ohdesk %s%s%s%s%s", cmd->noun, cmd->verb ? " " : "",
		   cmd->verb ? cmd->verb : "", *cmd->args ? " " : "", cmd->args);
	if (b->n - at < 42)
		buf_printf(b, "%*s", (int)(42 - (b->n - at)), "");
	else
		buf_printf(b, "\n%42s", "");
	buf_printf(b, "%s\n", cmd->summary);
}

static void put_options(struct buf *b, const struct option *o)
{
	for (; o && o->name; o++) {
		char head[64];

		snprintf(head, sizeof head, "--%s %s", o->name, o->value ? o->value : "");
		buf_printf(b, "      %-26s %s\n", head, o->help);
	}
}

static void put_man(struct buf *b)
{
	buf_str(b,
		".TH OHDESK 1\n.SH NAME\nohdesk \\- front desk and appointments for occupational health\n"
		".SH SYNOPSIS\n.B ohdesk\n[\\fINOUN VERB\\fR] [\\fIARGUMENT\\fR...] [\\fB--OPTION\\fR \\fIVALUE\\fR...]\n"
		".SH DESCRIPTION\nWithout words it opens the screens.  Exit status: 0 done; 1 a fault of ours; 2 words not"
		" understood; 3 input refused; 4 a clash; 5 not found; 6 not allowed; 7 the store; 8 the link.\n.SH COMMANDS\n");
	for (const struct command *const *t = command_tables; *t; t++)
		for (const struct command *cmd = *t; cmd->noun; cmd++) {
			buf_printf(b, ".TP\n.B %s %s\n.I %s\n.br\n%s.\n", cmd->noun,
				   cmd->verb ? cmd->verb : "", cmd->args, cmd->summary);
			for (const struct option *o = cmd->options; o && o->name; o++)
				buf_printf(b, ".br\n\\fB--%s\\fR %s: %s\n", o->name,
					   o->value ? o->value : "", o->help);
		}
	buf_str(b, ".SH OPTIONS OF EVERY COMMAND\n");
	for (const struct option *o = cli_common(); o->name; o++)
		buf_printf(b, ".TP\n.B --%s\n%s: %s\n", o->name, o->value, o->help);
}

static int help_run(struct cli *c, struct err *err)
{
	struct buf *b = &c->out.buf;
	const char *noun = c->nargs > 0 ? c->args[0] : NULL,
		   *verb = c->nargs > 1 ? c->args[1] : NULL;
	bool found = false;

	if (cli_opt(c, "man")) {
		put_man(b);
		return 0;
	}
	if (!noun)
		buf_str(b, "ohdesk: front desk and appointments for occupational health.\n"
			   "Without words it opens the screens; `ohdesk help NOUN` says more.\n\n");
	for (const struct command *const *t = command_tables; *t; t++)
		for (const struct command *cmd = *t; cmd->noun; cmd++) {
			if ((noun && strcmp(cmd->noun, noun) != 0) ||
			    (verb && (!cmd->verb || strcmp(cmd->verb, verb) != 0)))
				continue;
			found = true;
			put_line(b, cmd);
			if (noun)
				put_options(b, cmd->options);
		}
	if (!found) {
		buf_clear(b);
		return err_set(err, ERR_MISSING,
			       "There is no help on \"%s%s%s\": ohdesk help lists all commands.",
			       noun, verb ? " " : "", verb ? verb : "");
	}
	buf_str(b, "\nEvery command takes:\n");
	put_options(b, cli_common());
	return 0;
}

static const struct option help_options[] = { { "man", NULL, "as a man page" }, { 0 } };

const struct command help_commands[] = {
	{ "help", NULL, "[NOUN [VERB]]", "what it can do", help_options, 0, 2, CMD_NO_DB,
	  help_run },
	{ 0 },
};
