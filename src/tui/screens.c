/* screens.c: the table of screens; the first is where F3 goes. */
#include "screens.h"

extern const struct screen screen_welcome;

const struct screen *const screens[] = {
	&screen_welcome,
	NULL,
};
