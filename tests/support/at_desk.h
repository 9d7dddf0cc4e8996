/*
 * at_desk.h: the screens on a clinic that the test holds open too, as another desk would.
 *
 * The child opens the database anew and sits a user down; what the test does meanwhile through its
 * own struct clinic is what another desk does.
 */
#ifndef SUPPORT_AT_DESK_H
#define SUPPORT_AT_DESK_H

#include "clinic.h"
#include "pty.h"

/* how: rows, cols, term, locale, env; NULL as usual. */
struct pty *at_desk(struct clinic *c, const char *user, const struct pty_options *how);
/* Time goes by for the test and at every desk; a desk sees it with its next key, or as soon as
 * something wakes it: another desk's change does. */
void at_desk_pass(struct clinic *c, int64_t seconds);
/* Asks it to end, as a closed line does; fails the test unless it ended in order. */
void at_desk_end(struct pty *p);

/* Fails the test unless the row begins with (is, holds) the text. */
void row_is(struct pty *p, int row, const char *text);
void row_has(struct pty *p, int row, const char *text);

/* Somebody registered: "surname|given|title|born|nhs|employee number|mobile", "" where not given,
 * with the customer of this code (NULL none). */
struct id at_desk_person(struct clinic *c, const char *customer, const char *values);

#endif
