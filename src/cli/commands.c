/* commands.c: the tables of all commands, in the order of the help: a new noun is one word here. */
#include "cli/tables.h"

const struct command *const command_tables[] = {
#define X(noun) noun##_commands,
	COMMAND_TABLES(X)
#undef X
		record_commands,
	NULL,
};
