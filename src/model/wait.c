/* wait.c: the words of the waiting list. */
#include "model/wait.h"

#include <string.h>

static const char *const codes[] = {
#define X(name, code) code,
	WAIT_STATES(X)
#undef X
};

const char *wait_state_code(enum wait_state state)
{
	return codes[state];
}

bool wait_state_parse(const char *code, enum wait_state *ret)
{
	for (int i = 0; i < WAIT_STATE_COUNT; i++)
		if (strcmp(codes[i], code) == 0) {
			*ret = (enum wait_state)i;
			return true;
		}
	return false;
}
