/*
 * asked.h: times that somebody asked for, of the node that holds them, and that wait for its
 * answer.
 *
 * Such a slot is in nobody's hands yet, but a second wish for it is sure to be declined: so it is
 * free for nobody here until the answer has come.
 */
#ifndef CLINIC_ASKED_H
#define CLINIC_ASKED_H

#include "clinic/desk.h"
#include "model/slot.h"

/* All of them; the caller ends the list with list_free(). */
int slots_asked(struct desk *desk, struct asked_slots *ret, struct err *err);

/* The appointment that waits for the slot; none. */
struct id slot_asked_by(const struct asked_slots *list, struct id slot);

/* "10:40 was asked for already: Harbour has to answer first."  Always -1. */
int slot_asked_refuses(struct desk *desk, const struct slot *s, const char *next, struct err *err);

#endif
