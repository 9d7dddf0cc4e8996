/*
 * giving.h: which acts may give somebody a time.
 *
 * test_acts.c does every act and fails when one that is not named here gives a slot or makes an
 * appointment live; test_flag_routes.c fails when one that is named here is tried by no route
 * against an open flag.
 */
#ifndef SUPPORT_GIVING_H
#define SUPPORT_GIVING_H

#include <stdbool.h>
#include <stddef.h>

enum { GIVING = 4 };
extern const char *const giving_acts[GIVING];

/* Its place among them; -1: it gives nobody a time. */
int giving_act(const char *name);

#endif
