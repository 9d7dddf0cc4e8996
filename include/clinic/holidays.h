/* holidays.h: taking in a file of bank holidays. */
#ifndef CLINIC_HOLIDAYS_H
#define CLINIC_HOLIDAYS_H

#include "clinic/desk.h"

/* The government feed's layout; all of it or nothing.  A year of a nation in the file replaces the
 * rule's wholly; what is there already is left. */
int holidays_import(struct desk *desk, const char *path, int *ret_added, struct err *err);

#endif
