/*
 * health.h: what is amiss, for the line at sign-in and `store health`: quick, and true as far as it
 * goes.  `store check` asks everything (keeper.h).
 */
#ifndef CLINIC_HEALTH_H
#define CLINIC_HEALTH_H

#include "clinic/desk.h"

enum { HEALTH_MOST = 12, HEALTH_TEXT = 80, HEALTH_LINE = 400 };

struct health_part {
	const char *name; /* overlaps orphans unfinished unsent ... */
	int64_t count;
	bool amiss;
	char text[HEALTH_TEXT]; /* "3 rows of earlier days without an outcome" */
};
struct health {
	struct health_part v[HEALTH_MOST];
	int n;
	bool amiss; /* any of them */
};

/* Of the desk's site, or all sites; overlaps, messages and backups are the whole database's. */
int health_look(struct desk *desk, struct health *ret, struct err *err);

/* What is amiss, and the last backup, as one line. */
char *health_line(const struct health *h, char buf[HEALTH_LINE]);

#endif
