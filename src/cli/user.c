/* user.c: passwords and PINs, read from stdin and never seen on a command line. */
#include <stdio.h>
#include <string.h>

#include "cli/tables.h"
#include "clinic/signin.h"

static int passwd_run(struct cli *c, struct err *err)
{
	char line[1100];
	bool pin = cli_opt(c, "pin");

	if (!fgets(line, sizeof line, stdin))
		return err_set(err, ERR_INPUT,
			       "Nothing came on stdin: give the new %s as one line.",
			       pin ? "PIN" : "password");
	line[strcspn(line, "\r\n")] = '\0';
	return signin_set_secret(&c->desk, c->args[0], line, pin, err);
}

static const struct option passwd_options[] = {
	{ "pin", NULL, "the PIN that unlocks the screen, instead" }, { 0 }
};

const struct command user_commands[] = {
	{ "user", "passwd", "NAME", "sets a password from stdin", passwd_options, 1, 1, 0,
	  passwd_run },
	{ 0 },
};
