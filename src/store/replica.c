/*
 * replica.c: entries of the log taken in; what they say of own commands; how it stands.
 */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/hash.h"
#include "store/db.h"
#include "store/effect.h"
#include "store/journal.h"
#include "store/replica.h"
#include "store/txn.h"

enum { TAIL_KEPT = 20000 };

/* ---- entries ---- */

static int follows(struct store *st, const struct log_entry *e, int64_t seq,
		   const unsigned char prev[32], struct err *err)
{
	if (e->epoch != st->me.epoch || e->seq != seq || !entry_holds(e, prev))
		return err_set(
			err, ERR_FAULT,
			"Entry %lld of the hub's log does not follow what is here: this node needs a new copy.",
			(long long)e->seq);
	if (e->schema != st->me.schema)
		return err_set(
			err, ERR_FAULT,
			"The hub's log is of schema %d, this node of %d: install the hub's program.",
			e->schema, st->me.schema);
	for (int part = 0; part < ENTRY_PARTS; part++)
		if (e->part[part].here &&
		    effect_fits(st, part, e->part[part].body, e->part[part].n, err) < 0)
			return -1;
	return 0;
}

static int put_tail(struct store *st, const struct log_entry *e, struct err *err)
{
	static const struct query PUT = {
		"tail.put",
		"INSERT INTO tail (seq, epoch, entry, hash) VALUES (:seq, :epoch, :entry, :hash)"
	};
	struct buf part[PARTS] = { { 0 } }, kept = { 0 };
	struct row row;
	int rc;

	for (int i = 0; i < PARTS; i++)
		part[i] = (struct buf){ .s = (char *)e->part[i].body, .n = e->part[i].n };
	effect_join(part, &kept);
	row = query(st, &PUT);
	bind_int(&row, ":seq", e->seq);
	bind_int(&row, ":epoch", e->epoch);
	bind_blob(&row, ":entry", kept.s, kept.n);
	bind_blob(&row, ":hash", e->hash, 32);
	rc = row_run(&row, err);
	buf_done(&kept);
	return rc;
}

static int cut_tail(struct store *st, int64_t seq, struct err *err)
{
	static const struct query CUT = { "tail.cut", "DELETE FROM tail WHERE seq <= :seq" };
	struct row row = query(st, &CUT);

	bind_int(&row, ":seq", seq - TAIL_KEPT);
	return row_run(&row, err);
}

int replica_apply(struct store *st, const struct log_entries *list, bool *ret_alarm,
		  struct err *err)
{
	struct effects *all = effects_new();
	struct err why = ERR_INIT;
	int rc = 0;

	assert(st->in_change);
	for (size_t i = 0; rc == 0 && i < list->n; i++) {
		const struct log_entry *e = &list->v[i];

		rc = follows(st, e, st->me.seq + 1, st->me.hash, &why);
		for (int part = 0; rc == 0 && part < ENTRY_PARTS; part++)
			if (e->part[part].here)
				rc = effects_add(st, all, e->part[part].body, e->part[part].n,
						 &why);
		if (rc == 0)
			rc = put_tail(st, e, &why);
		st->me.seq = e->seq;
		memcpy(st->me.hash, e->hash, 32);
		st->me_dirty = true;
	}
	if (rc == 0)
		rc = effects_apply(st, all, false, &why);
	effects_free(all);
	if (rc == 0)
		rc = cut_tail(st, st->me.seq, &why);
	/* A disk that is full or fails is no word about the log. */
	*ret_alarm = rc < 0 && why.kind == ERR_FAULT;
	if (rc < 0 && err)
		*err = why;
	return rc;
}

/* ---- own commands ---- */

/* What the screen had said holds. */
static bool as_told(const char *told, const char *verdict)
{
	if (strcmp(told, "saved") == 0)
		return strcmp(verdict, "ok") == 0 || strcmp(verdict, "merged") == 0;
	return strcmp(told, verdict) == 0;
}

static int put_attention(struct store *st, const struct cmd *c, const struct log_entry *e,
			 const char *state, struct err *err)
{
	/* One row for each user act: the first word that differs speaks for all of it. */
	static const struct query PUT = {
		"attention.put",
		"INSERT INTO attention (act, log_seq, told, verdict, appt, actor, at, text, state)"
		" SELECT :act, :seq, :told, :verdict, CASE h.type WHEN 'appointment' THEN h.subject END,"
		" :actor, :at, coalesce(h.what, :type || ' could not be done'), :state"
		" FROM (SELECT :history AS id) i LEFT JOIN history h ON h.id = i.id WHERE true"
		" ON CONFLICT (act) DO UPDATE SET log_seq = excluded.log_seq, told = excluded.told,"
		" verdict = excluded.verdict, appt = excluded.appt, text = excluded.text,"
		" state = excluded.state WHERE state <> 'open'"
	};
	struct row row = query(st, &PUT);

	bind_int(&row, ":act", c->act);
	bind_int(&row, ":seq", e->seq);
	bind_text(&row, ":told", c->told);
	bind_text(&row, ":verdict", e->verdict);
	bind_int(&row, ":actor", c->actor.n);
	bind_int(&row, ":at", c->at.utc);
	bind_text(&row, ":type", c->type);
	bind_text(&row, ":state", state);
	bind_id(&row, ":history", c->history);
	return row_run(&row, err);
}

static int mark_done(struct store *st, const struct cmd *c, const struct log_entry *e,
		     struct err *err)
{
	static const struct query DONE = {
		"cmd.logged",
		"UPDATE cmd SET state = 'done', log_seq = :seq, verdict = :verdict, effect = NULL"
		" WHERE k = :k"
	};
	bool requested = strcmp(e->verdict, verdict_word(VERDICT_REQUESTED)) == 0;
	struct row row = query(st, &DONE);

	bind_int(&row, ":seq", e->seq);
	bind_text(&row, ":verdict", e->verdict);
	bind_int(&row, ":k", c->k);
	if (row_run(&row, err) < 0)
		return -1;
	/* A request waits for its answer; one that was told as more than that is told now. */
	if (as_told(c->told, e->verdict))
		return requested ? put_attention(st, c, e, "waiting", err) : 0;
	return put_attention(st, c, e, "open", err);
}

static int own_command(struct store *st, const struct log_entry *e, struct cmd *ret,
		       bool *ret_found, struct err *err)
{
	struct cmds list = { 0 };
	int rc = journal_named(st, e->inc, e->n, &list, err);

	*ret_found = rc == 0 && list.n == 1;
	if (*ret_found) {
		*ret = list.v[0];
		list_free(&list);
	} else {
		cmds_done(&list);
	}
	return rc;
}

/* The oldest of those that the log has not yet; 0: it has all. */
static int first_pending(struct store *st, int64_t *ret_k, struct err *err)
{
	static const struct query FIRST = { "cmd.first_pending",
					    "SELECT min(k) FROM cmd WHERE state = 'pending'" };
	struct row row = query(st, &FIRST);

	while (row_next(&row))
		*ret_k = get_int(&row);
	return row_done(&row, err);
}

/* The log has a node's commands in the order in which they were made, each once. */
static int in_turn(struct store *st, const struct cmd *c, struct err *err)
{
	int64_t k = 0;

	if (first_pending(st, &k, err) < 0)
		return -1;
	return c->k == k ? 0
			 : err_set(err, ERR_FAULT,
				   "The hub's log has a command of this node out of its turn.");
}

/* What somebody else of this node's number made. */
static int take_ids(struct store *st, const struct log_entry *e, struct id_list *ret,
		    struct err *err)
{
	for (int part = 0; part < ENTRY_PARTS; part++)
		if (e->part[part].here &&
		    effect_ids(st, e->part[part].body, e->part[part].n, st->me.node, ret, err) < 0)
			return -1;
	list_each (id, ret)
		if (id->n > st->me.last_id) {
			st->me.last_id = id->n;
			st->me_dirty = true;
		}
	return 0;
}

int replica_take_own(struct store *st, const struct log_entries *list, bool *ret_forked,
		     struct id_list *ret_taken, struct err *err)
{
	*ret_forked = false;
	list_each (e, list) {
		struct cmd c = { 0 };
		bool found;
		int rc;

		if (e->node != st->me.node)
			continue;
		if (own_command(st, e, &c, &found, err) < 0)
			return -1;
		if (found && memcmp(c.hash, e->cmd_hash, 32) == 0) {
			rc = in_turn(st, &c, err) < 0 ? -1 : mark_done(st, &c, e, err);
		} else {
			rc = take_ids(st, e, ret_taken, err);
			*ret_forked |= found || e->inc == st->me.inc;
		}
		cmd_done(&c);
		if (rc < 0)
			return -1;
	}
	return replica_answers(st, err);
}

int replica_answers(struct store *st, struct err *err)
{
	static const struct query ANSWERED = {
		"attention.answered",
		"UPDATE attention SET state = CASE (SELECT a.state FROM appointment a WHERE a.id = appt)"
		" WHEN 'X' THEN 'seen' ELSE 'open' END,"
		" verdict = CASE (SELECT a.state FROM appointment a WHERE a.id = appt)"
		" WHEN 'X' THEN 'cancelled' WHEN 'R' THEN 'declined' WHEN 'P' THEN 'displaced'"
		" ELSE 'confirmed' END"
		" WHERE state <> 'seen' AND state = 'waiting' AND NOT EXISTS (SELECT 1 FROM request r"
		"  WHERE r.appt = attention.appt AND r.state = 'open')"
	};
	struct row row = query(st, &ANSWERED);

	return row_run(&row, err);
}

/* ---- a new life ---- */

/* Commands whose names the log knows by others of this node get names of the new life, and the
 * chain of the journal is made anew from the first of them on. */
static int rename_pending(struct store *st, int64_t inc, struct err *err)
{
	static const struct query SET = {
		"cmd.rename", "UPDATE cmd SET inc = :inc, n = :n, hash = :hash WHERE k = :k"
	};
	struct cmds list = { 0 };
	int64_t n = 0;
	int rc = journal_pending(st, 0, INT32_MAX, &list, err);

	for (size_t i = 0; rc == 0 && i < list.n; i++) {
		struct cmd *c = &list.v[i];
		struct row row = query(st, &SET);

		if (i > 0)
			memcpy(c->prev, c[-1].hash, 32);
		c->inc = inc;
		c->n = ++n;
		cmd_seal(c);
		bind_int(&row, ":inc", c->inc);
		bind_int(&row, ":n", c->n);
		bind_blob(&row, ":hash", c->hash, 32);
		bind_int(&row, ":k", c->k);
		rc = row_run(&row, err);
		memcpy(st->me.cmd_hash, c->hash, 32);
	}
	st->me.next_n = n + 1;
	cmds_done(&list);
	return rc;
}

int replica_reborn(struct store *st, int64_t inc, struct err *err)
{
	/* The nameless counter is where new ones begin. */
	static const struct query FIRST = {
		"counter.first",
		"INSERT INTO counter (name, next) VALUES ('', 1) ON CONFLICT DO NOTHING"
	};
	static const struct query GAP = { "counter.gap", "UPDATE counter SET next = next + :gap" };
	struct row row = query(st, &FIRST);

	assert(st->in_change);
	if (row_run(&row, err) < 0)
		return -1;
	/* What people were given in lives that are forgotten is not known here; nobody gets it
	 * twice. */
	st->me.lives = 1 + (st->me.lives < 0 ? 10 + (int)(inc % 80) : st->me.lives);
	row = query(st, &GAP);
	/* Each life goes further on than the one before, whatever backup they began from. */
	bind_int(&row, ":gap", (int64_t)NUMBERS_GAP * st->me.lives);
	if (row_run(&row, err) < 0)
		return -1;
	st->me.inc = inc;
	st->me.next_n = 1;
	st->me.holds_ok = false;
	st->me.restored = false;
	st->me_dirty = st->commands = true;
	return 0;
}

int replica_rewrite(struct store *st, const struct cmd *c, struct err *err)
{
	static const struct query SET = {
		"cmd.rewrite",
		"UPDATE cmd SET history = :history, reverses = :reverses, args = :args WHERE k = :k"
	};
	struct row row = query(st, &SET);

	bind_id(&row, ":history", c->history);
	bind_id(&row, ":reverses", c->reverses);
	bind_blob(&row, ":args", c->args, c->args_n);
	bind_int(&row, ":k", c->k);
	return row_run(&row, err);
}

int replica_forked(struct store *st, int64_t inc, struct err *err)
{
	return replica_reborn(st, inc, err) < 0 ? -1 : rename_pending(st, inc, err);
}

/* ---- words about itself ---- */

int replica_stop(struct store *st, const char *why, struct err *err)
{
	if (store_begin(st, err) < 0)
		return -1;
	snprintf(st->me.stopped, sizeof st->me.stopped, "%s", why);
	st->me_dirty = true;
	return store_commit(st, err);
}

int replica_gone(struct store *st, const char *how, const char *why, struct err *err)
{
	if (store_begin(st, err) < 0)
		return -1;
	snprintf(st->me.gone, sizeof st->me.gone, "%s", how);
	snprintf(st->me.stopped, sizeof st->me.stopped, "%s", why);
	st->me.holds_ok = false;
	st->me_dirty = true;
	return store_commit(st, err);
}

int replica_handed(struct store *st, int64_t k, struct err *err)
{
	static const struct query HANDED = {
		"cmd.handed", "UPDATE cmd SET state = 'handed' WHERE state = 'pending' AND k <= :k"
	};
	struct row row;

	if (store_begin(st, err) < 0)
		return -1;
	row = query(st, &HANDED);
	bind_int(&row, ":k", k);
	if (row_run(&row, err) < 0) {
		store_rollback(st);
		return -1;
	}
	return store_commit(st, err);
}

int replica_handed_count(struct store *st, int64_t *ret, struct err *err)
{
	static const struct query COUNT = { "cmd.handed_count",
					    "SELECT count(*) FROM cmd WHERE state = 'handed'" };
	struct row row = query(st, &COUNT);

	*ret = 0;
	/* Read through, but on a disk that is out of use. */
	if (!*st->me.gone)
		return 0;
	while (row_next(&row))
		*ret = get_int(&row);
	return row_done(&row, err);
}

int replica_heard(struct store *st, int64_t head, bool reached, struct moment now, struct err *err)
{
	if (!reached && head == st->me.head)
		return 0;
	/* That nothing is new is heard often, and no desk waits for it. */
	if (head == st->me.head && st->me.holds_ok && !moment_none(st->me.synced_at)) {
		if (store_begin_light(st, st->busy_ms, true, err) < 0)
			return -1;
	} else if (store_begin(st, err) < 0) {
		return -1;
	}
	st->me.head = head;
	if (reached && st->me.seq >= head) {
		st->me.synced_at = now;
		/* All that a life before this one had told the hub is here by now. */
		st->me.holds_ok = true;
	}
	st->me_dirty = true;
	return store_commit(st, err);
}

int replica_state(struct store *st, int most, struct sync_state *ret, struct err *err)
{
	/* The log takes a node's commands in their order, so what is pending is the end of the
	 * journal. */
	static const struct query STATE = {
		"replica.state",
		"SELECT coalesce((SELECT max(k) FROM cmd) + 1 -"
		" (SELECT min(k) FROM cmd INDEXED BY cmd_pending WHERE state = 'pending'), 0),"
		" (SELECT count(*) FROM (SELECT 1 FROM overlap INDEXED BY overlap_open"
		"  WHERE state = 'open' LIMIT :most)),"
		" (SELECT count(*) FROM (SELECT 1 FROM attention INDEXED BY attention_state"
		"  WHERE state <> 'seen' AND state = 'open' LIMIT :most))"
	};
	struct row row;

	if (!st->in_change && me_read(st, err) < 0)
		return -1;
	row = query(st, &STATE);
	bind_int(&row, ":most", most);
	while (row_next(&row)) {
		ret->pending = get_int(&row);
		ret->conflicts = get_int(&row);
		ret->attention = get_int(&row);
	}
	ret->behind = st->me.head > st->me.seq ? st->me.head - st->me.seq : 0;
	return row_done(&row, err);
}

int replica_attention(struct store *st, struct attentions *ret, struct err *err)
{
	static const struct query OPEN = {
		"attention.open", "SELECT act, log_seq, told, verdict, text, appt, actor, at"
				  " FROM attention WHERE state <> 'seen' AND state = 'open'"
				  " ORDER BY act DESC"
	};
	struct row row = query(st, &OPEN);

	while (row_next(&row)) {
		struct attention *a = list_push(ret);

		a->act = get_int(&row);
		a->log_seq = get_int(&row);
		get_text(&row, a->told, sizeof a->told);
		get_text(&row, a->verdict, sizeof a->verdict);
		get_text(&row, a->text, sizeof a->text);
		a->appt = get_id(&row);
		a->actor = get_id(&row);
		a->at = get_moment(&row);
	}
	return row_done(&row, err);
}

int attention_read(struct store *st, int64_t act, struct moment now, bool *ret, struct err *err)
{
	static const struct query SEEN = { "attention.seen",
					   "UPDATE attention SET state = 'seen', seen_at = :now"
					   " WHERE act = :act AND state = 'open' RETURNING act" };
	struct row row = query(st, &SEEN);

	bind_moment(&row, ":now", now);
	bind_int(&row, ":act", act);
	*ret = false;
	while (row_next(&row))
		*ret = get_int(&row) == act;
	return row_done(&row, err);
}

/* ---- the digest ---- */

static void add_value(struct hash *h, sqlite3_stmt *stmt, int column)
{
	unsigned char type = (unsigned char)sqlite3_column_type(stmt, column), bytes[8];
	const void *p = sqlite3_column_blob(stmt, column);
	uint64_t n = (uint64_t)sqlite3_column_bytes(stmt, column);

	if (type == SQLITE_INTEGER) {
		n = (uint64_t)sqlite3_column_int64(stmt, column);
		p = NULL;
	}
	for (int i = 0; i < 8; i++)
		bytes[i] = (unsigned char)(n >> (56 - 8 * i));
	hash_add(h, &type, 1);
	hash_add(h, bytes, sizeof bytes);
	if (p)
		hash_add(h, p, (size_t)n);
}

static int add_table(struct store *st, const char *table, struct hash *h, struct err *err)
{
	char *sql = mem_printf("SELECT * FROM \"%s\" ORDER BY rowid", table);
	sqlite3_stmt *stmt = NULL;
	int rc = sqlite3_prepare_v2(st->db, sql, -1, &stmt, NULL);

	mem_free(sql);
	hash_add(h, table, strlen(table) + 1);
	if (rc == SQLITE_OK)
		while ((rc = sqlite3_step(stmt)) == SQLITE_ROW)
			for (int i = 0; i < sqlite3_column_count(stmt); i++)
				add_value(h, stmt, i);
	sqlite3_finalize(stmt);
	return rc == SQLITE_DONE ? 0 : store_fail(st, rc, err);
}

int replica_digest(struct store *st, unsigned char ret[32], struct err *err)
{
	static const struct query TABLES = {
		"replica.tables", "SELECT name FROM table_list"
				  " WHERE class IN ('operational', 'scoped') ORDER BY name"
	};
	struct row row = query(st, &TABLES);
	struct hash h;
	int rc = 0;

	hash_init(&h);
	while (rc == 0 && row_next(&row))
		rc = add_table(st, get_str(&row), &h, err);
	if (row_done(&row, rc == 0 ? err : NULL) < 0)
		rc = -1;
	hash_end(&h, ret);
	return rc;
}
