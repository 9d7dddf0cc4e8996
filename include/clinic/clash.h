/*
 * clash.h: what two desks did at once, for a person to settle.
 *
 * A clash stays on the list until somebody says that it is settled, and how; what is to be done
 * about it (a new time, a corrected number) is done by the acts that do such things.
 */
#ifndef CLINIC_CLASH_H
#define CLINIC_CLASH_H

#include "clinic/desk.h"
#include "model/clash.h"

/* Open ones, the oldest first; at most `max` after id `after` (none: from the first). */
int clash_list(struct desk *desk, struct id after, int max, struct clashes *ret, struct err *err);

/* ERR_CLASH, naming who, when somebody has settled it already. */
int clash_settle(struct desk *desk, struct id id, const char *how, struct err *err);

#endif
