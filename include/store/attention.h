/* attention.h: one user's own acts that came to something else than the screen had said. */
#ifndef STORE_ATTENTION_H
#define STORE_ATTENTION_H

#include "store/replica.h"

/* Those that nobody has said to them yet, the newest first, at most `max`. */
int attention_of(struct store *st, struct id actor, int max, struct attentions *ret,
		 struct err *err);
/* All of theirs up to that entry of the log were said, and stand on the list until they are read;
 * makes its own quiet change. */
int attention_said(struct store *st, struct id actor, int64_t log_seq, struct moment now,
		   struct err *err);

#endif
