/* state.c: how a database stands with its hub. */
#include "sync/state.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/text.h"
#include "clinic/desk.h"
#include "store/replica.h"
#include "store/store.h"
#include "store/uplink.h"

static const char *word(const struct me *me, int64_t pending)
{
	if (strcmp(me->role, "node") != 0)
		return me->role;
	if (*me->gone)
		return me->gone;
	if (*me->stopped)
		return "stopped";
	if (!me->holds_ok)
		return "restored";
	return pending > 0 || me->head > me->seq ? "wait" : "ok";
}

/* At its end somebody is needed, or the line is to be tried again: it is the same on a screen. */
static void line(const struct me *me, const struct uplink *u, struct sync_now *ret,
		 struct moment now)
{
	ret->reached = u->reached;
	ret->offline = uplink_offline(u, now);
	ret->person = u->person || *me->stopped;
	if (*me->stopped && moment_none(ret->offline))
		ret->offline = moment_none(me->synced_at) ? now : me->synced_at;
	COPY(ret->why, *me->stopped ? me->stopped : u->why);
}

/* How the line is and how much waits, of one moment. */
static int look(struct store *st, struct uplink *u, struct sync_state *s, struct err *err)
{
	int rc;

	if (store_look(st, err) < 0)
		return -1;
	rc = replica_state(st, SYNC_COUNT_MOST, s, err);
	if (rc == 0)
		rc = uplink_get(st, u, err);
	store_look_end(st);
	return rc;
}

int sync_now(struct desk *desk, struct sync_now *ret, struct err *err)
{
	const struct me *me = store_me(desk->store);
	struct sync_now s = { .word = SYNC_ALONE };
	struct sync_state state = { 0 };
	struct uplink u;

	if (strcmp(me->role, "alone") == 0) {
		*ret = s;
		return 0;
	}
	if (look(desk->store, &u, &state, err) < 0)
		return -1;
	s.pending = state.pending;
	s.conflicts = state.conflicts;
	s.attention = state.attention;
	if (strcmp(me->role, "node") == 0)
		line(me, &u, &s, desk->now);
	if (!moment_none(s.offline) || (moment_none(s.reached) && strcmp(me->role, "node") == 0))
		s.word = SYNC_OFFLINE;
	else if (s.conflicts > 0)
		s.word = SYNC_CONFLICT;
	else
		s.word = s.pending > 0 ? SYNC_WAIT : SYNC_OK;
	*ret = s;
	return 0;
}

/* "12m", "3h", "2d": one figure is enough to act on. */
static void since(int64_t seconds, char ret[8])
{
	int64_t m = seconds > 0 ? seconds / 60 : 0;

	if (m < 60)
		snprintf(ret, 8, "%dm", (int)m);
	else if (m < 48 * 60)
		snprintf(ret, 8, "%dh", (int)(m / 60));
	else
		snprintf(ret, 8, "%dd", (int)(m < 999 * 1440 ? m / 1440 : 999));
}

char *sync_title(const struct sync_now *now, struct moment at, char ret[SYNC_TITLE])
{
	char ago[8] = "";

	ret[0] = '\0';
	switch (now->word) {
	case SYNC_ALONE:
		break;
	case SYNC_OK:
		snprintf(ret, SYNC_TITLE, "Sync ok");
		break;
	case SYNC_WAIT:
		snprintf(ret, SYNC_TITLE, "Sync %d wait",
			 (int)(now->pending < 99999 ? now->pending : 99999));
		break;
	case SYNC_CONFLICT:
		snprintf(ret, SYNC_TITLE, "CONFLICT %d%s",
			 (int)(now->conflicts < SYNC_COUNT_MOST ? now->conflicts
								: SYNC_COUNT_MOST - 1),
			 now->conflicts < SYNC_COUNT_MOST ? "" : "+");
		break;
	case SYNC_OFFLINE:
		if (!moment_none(now->offline))
			since(at.utc - now->offline.utc, ago);
		snprintf(ret, SYNC_TITLE, *ago ? "OFFLINE %s" : "OFFLINE", ago);
		break;
	}
	return ret;
}

int sync_poke(struct desk *desk, struct err *err)
{
	return store_joined(desk->store) ? uplink_poke(desk->store, err) : 0;
}

int sync_status(struct desk *desk, struct sync_status *ret, struct err *err)
{
	const struct me *me = store_me(desk->store);
	struct sync_status s = { .hub = "" };
	struct sync_state now = { 0 };
	struct sync_now sync = { .word = SYNC_ALONE };
	struct uplink u;

	if (look(desk->store, &u, &now, err) < 0)
		return -1;
	if (replica_handed_count(desk->store, &s.handed, err) < 0)
		return -1;
	line(me, &u, &sync, desk->now);
	s.synced_at = me->synced_at;
	s.seq = me->seq;
	s.reached = sync.reached;
	s.offline = sync.offline;
	s.ahead = u.ahead;
	s.pending = now.pending;
	s.behind = now.behind;
	s.conflicts = now.conflicts;
	s.attention = now.attention;
	snprintf(s.hub, sizeof s.hub, "%s", me->via);
	COPY(s.why, sync.why);
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
