/*
 * deciding.h: which referral a desk has open for its decision, seen by the other desks of this
 * database: whoever comes second reads it only.
 *
 * It is a courtesy, not a lock: let go on leaving, worth nothing once its process is gone, unseen
 * by other nodes.  What keeps a referral from being decided twice is its state (triage.c).
 */
#ifndef CLINIC_DECIDING_H
#define CLINIC_DECIDING_H

#include "clinic/desk.h"

/* This desk is deciding it, and no other any more; or ret_other names who is, "" nobody else.
 * Where others are writing for too long nothing is kept, and nobody is in the way. */
int deciding_take(struct desk *desk, struct id referral, char ret_other[CODE_TEXT],
		  struct err *err);
/* Who else is; a look alone. */
int deciding_other(struct desk *desk, struct id referral, char ret_other[CODE_TEXT],
		   struct err *err);
void deciding_leave(struct desk *desk);

#endif
