/* state.c: how a database stands with its hub. */
#include "sync/state.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "clinic/desk.h"
#include "store/replica.h"
#include "store/store.h"

static const char *word(const struct me *me, int64_t pending)
{
	if (strcmp(me->role, "node") != 0)
		return me->role;
	if (*me->stopped)
		return "stopped";
	if (!me->holds_ok)
		return "restored";
	return pending > 0 || me->head > me->seq ? "wait" : "ok";
}

int sync_status(struct desk *desk, struct sync_status *ret, struct err *err)
{
	const struct me *me = store_me(desk->store);
	struct sync_status s = { .synced_at = me->synced_at, .seq = me->seq };
	struct sync_state now = { 0 };

	if (replica_state(desk->store, &now, err) < 0)
		return -1;
	s.pending = now.pending;
	s.behind = now.behind;
	s.conflicts = now.conflicts;
	s.attention = now.attention;
	snprintf(s.hub, sizeof s.hub, "%s", me->via);
	snprintf(s.why, sizeof s.why, "%s", me->stopped);
	snprintf(s.state, sizeof s.state, "%s", word(me, now.pending));
	*ret = s;
	return 0;
}

int sync_digest(struct desk *desk, char ret[SYNC_DIGEST_TEXT], struct err *err)
{
	unsigned char digest[HASH_BYTES];
	char hex[HASH_HEX];
	int rc;

	/* Seq and tables of one moment. */
	if (store_begin(desk->store, err) < 0)
		return -1;
	rc = replica_digest(desk->store, digest, err);
	if (rc == 0)
		snprintf(ret, SYNC_DIGEST_TEXT, "%" PRId64 " %s", store_me(desk->store)->seq,
			 hash_hex(digest, hex));
	store_rollback(desk->store);
	return rc;
}
