/* giving.c: which acts may give somebody a time. */
#include "giving.h"

#include <string.h>

const char *const giving_acts[GIVING] = { "book", "move", "restore", "decide" };

int giving_act(const char *name)
{
	for (int i = 0; i < GIVING; i++)
		if (strcmp(giving_acts[i], name) == 0)
			return i;
	return -1;
}
