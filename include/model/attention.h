/*
 * attention.h: what came of an own act otherwise than the screen had said.
 */
#ifndef MODEL_ATTENTION_H
#define MODEL_ATTENTION_H

#include <stddef.h>
#include <stdint.h>

#include "base/id.h"
#include "base/world.h"

struct attention {
	int64_t act, log_seq;
	char told[16], verdict[16], text[240]; /* text: what was done */
	struct id appt, actor; /* appt: that it is about; none: nothing of the kind */
	struct moment at;
};
struct attentions {
	struct attention *v;
	size_t n, cap;
};

#endif
