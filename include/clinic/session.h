/*
 * session.h: a user signed in at a terminal, known to the other desks of this database.
 *
 * A desk has a session from sign-in on, or from the first time it needs one.  One that ended
 * without a word (killed, a power cut) is swept by the next that begins: its holds go, and what was
 * open in it is parked for its user.
 */
#ifndef CLINIC_SESSION_H
#define CLINIC_SESSION_H

#include "clinic/desk.h"

/* Sweeps, then makes this desk's if it has none.  Nobody signed in: ERR_DENIED. */
int session_begin(struct desk *desk, struct err *err);
/* Holds let go, what is open parked as lost.  Nothing when there is none; never fails: what cannot
 * be written now is swept by others, as if the process had been killed. */
void session_end(struct desk *desk);

/* What sessions left that ended without a word is dealt with; costs a read when there are none. */
int session_sweep(struct desk *desk, struct err *err);

/* For who stands inside a change already. */
int session_ensure(struct desk *desk, struct err *err);

/* How long a key waits for another desk's change before it goes on without a hold, or a draft. */
enum { LIGHT_WAIT_MS = 60 };

#endif
