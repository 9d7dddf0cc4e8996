/* state.h: how a database stands with its hub, in words and figures. */
#ifndef SYNC_STATE_H
#define SYNC_STATE_H

#include <stdint.h>

#include "base/err.h"
#include "base/world.h"

struct desk;

struct sync_status {
	char hub[256];	/* the command that reaches it; "": this is none's node */
	char state[16]; /* alone hub ok wait restored stopped */
	int64_t pending, seq, behind, conflicts, attention;
	struct moment synced_at;
	char why[256]; /* stopped: the reason */
};
int sync_status(struct desk *desk, struct sync_status *ret, struct err *err);

/* "seq hash", equal at two places that hold the same. */
enum { SYNC_DIGEST_TEXT = 96 };
int sync_digest(struct desk *desk, char ret[SYNC_DIGEST_TEXT], struct err *err);

#endif
