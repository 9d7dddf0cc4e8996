/* state.h: how a database stands with its hub, in words and figures. */
#ifndef SYNC_STATE_H
#define SYNC_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/world.h"

struct desk;

/* What row 1 of every screen and the head of the list of clashes say.  Costs the same however much
 * there is, so it may be asked at every key. */
enum sync_word { SYNC_ALONE, SYNC_OK, SYNC_WAIT, SYNC_OFFLINE, SYNC_CONFLICT };
enum { SYNC_COUNT_MOST = 100 }; /* that many clashes, or more */
struct sync_now {
	enum sync_word word;
	int64_t pending;		/* commands that the log has not yet */
	int64_t conflicts, attention;	/* for a person; counted up to SYNC_COUNT_MOST */
	struct moment reached, offline; /* the hub, last; since when it is not; none: it is */
	bool person;			/* trying again will not help: somebody is needed */
	char why[256];			/* offline: the reason in words */
};
int sync_now(struct desk *desk, struct sync_now *ret, struct err *err);

/* "Sync ok", "Sync 3 wait", "OFFLINE 12m", "CONFLICT 2"; "" alone. */
enum { SYNC_TITLE = 24 };
char *sync_title(const struct sync_now *now, struct moment at, char ret[SYNC_TITLE]);

/* Whoever keeps the line to the hub tries at once instead of when its time has come. */
int sync_poke(struct desk *desk, struct err *err);

struct sync_status {
	char hub[256];	/* the command that reaches it; "": this is none's node */
	char state[16]; /* alone hub ok wait restored stopped replaced excluded */
	int64_t pending, seq, behind, conflicts, attention;
	struct moment synced_at, reached, offline; /* as in sync_now */
	int64_t ahead;				   /* seconds that the hub's clock is */
	int64_t handed; /* replaced, excluded: commands that were handed in */
	char why[256];	/* stopped or offline: the reason */
};
int sync_status(struct desk *desk, struct sync_status *ret, struct err *err);

/* "seq hash", equal at two places that hold the same. */
enum { SYNC_DIGEST_TEXT = 96 };
int sync_digest(struct desk *desk, char ret[SYNC_DIGEST_TEXT], struct err *err);

#endif
