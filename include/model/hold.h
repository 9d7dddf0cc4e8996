/* hold.h: who sits at a desk of this database, and the slots that a desk holds for a few minutes.
 */
#ifndef MODEL_HOLD_H
#define MODEL_HOLD_H

#include <stddef.h>

#include "base/id.h"
#include "base/process.h"
#include "base/world.h"
#include "model/user.h"

struct session {
	int64_t id; /* 0: none */
	struct id user;
	struct process process;
	char terminal[CODE_TEXT]; /* "pts/3", "" for none */
	struct moment since;
};
struct sessions {
	struct session *v;
	size_t n, cap;
};

/* Does the process of a hold still run?  Asked when it first matters. */
enum life { LIFE_UNKNOWN, LIFE_LIVES, LIFE_GONE };

struct desk_hold {
	struct id slot, first; /* first: of the place that is held, which may be several slots */
	struct id user;
	char name[CODE_TEXT]; /* of the user */
	struct moment until;
	struct session session;
	enum life life;
};
struct desk_holds {
	struct desk_hold *v; /* by slot */
	size_t n, cap;
};

#endif
