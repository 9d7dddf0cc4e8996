/* main.h: the command line's door, for src/main.c. */
#ifndef CLI_MAIN_H
#define CLI_MAIN_H

#include "cli/cli.h"

/* Runs the command that the words name and returns the exit status; without words, `screens`. */
int cli_main(int argc, char **argv, int (*screens)(struct cli *c, struct err *err));

const struct option *cli_common(void);

#endif
