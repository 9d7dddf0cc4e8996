/*
 * main.c: with words it is the command line, without it opens the screens.
 */
#include <locale.h>
#include <signal.h>

#include "cli/main.h"
#include "tui/tui.h"

static int screens(struct cli *c, struct err *err)
{
	struct tui_options options = {
		.theme = config_str(c->config, "screen:theme", NULL),
		.esc_ms = config_int(c->config, "screen:escdelay", 0),
		.idle_minutes = config_int(c->config, "desk:lock_mins", 0),
	};

	if (cli_open(c, err) < 0)
		return -1;
	options.practice = c->desk.practice;
	return tui_run(&c->desk, &options, err);
}

int main(int argc, char **argv)
{
	/* Only characters follow the user's locale; numbers and dates are ours. */
	setlocale(LC_CTYPE, "");
	/* A reader that went away is seen where we write. */
	signal(SIGPIPE, SIG_IGN);
	/* A file that may not grow is a disk that is full: refused in words, not a crash. */
	signal(SIGXFSZ, SIG_IGN);
	return cli_main(argc, argv, screens);
}
