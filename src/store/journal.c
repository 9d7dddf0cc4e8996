/*
 * journal.c: every command kept as it ran, its effects captured, the history of rows written.
 *
 * Two chains make tampering visible: each cmd row's hash covers the row before it and its own
 * fields, each viewed row's likewise.  While this database is its own hub a command is final when
 * it commits; once joined, the changes that a command made to synced tables are captured in two
 * parts (operational, scoped) and kept until the hub's log has them, so that sync can take them
 * back and run the command again after others'.
 */
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/hash.h"
#include "store/db.h"
#include "store/journal.h"

const char *verdict_word(enum verdict v)
{
	static const char *const words[] = {
#define X(name, word) word,
		VERDICTS(X)
#undef X
	};
	return words[v];
}

void txn_tell(struct txn *t, const char *type, struct id subject, const char *fmt, ...)
{
	va_list ap;

	snprintf(t->type, sizeof t->type, "%s", type);
	t->subject = subject;
	va_start(ap, fmt);
	vsnprintf(t->what, sizeof t->what, fmt, ap);
	va_end(ap);
}

void txn_why(struct txn *t, const char *why)
{
	snprintf(t->why, sizeof t->why, "%s", why ? why : "");
}

void txn_scope(struct txn *t, const char *scope)
{
	snprintf(t->scope, sizeof t->scope, "%s", scope ? scope : "");
}

void txn_overlap(struct txn *t, const char *type, struct id a, struct id b, const char *note)
{
	/* Its id is made from the command's, so that every place that runs the command agrees. */
	static const struct query PUT = {
		"overlap.put", "INSERT INTO overlap (id, type, a, b, at, state, note)"
			       " VALUES ((SELECT max(:cmd, coalesce(max(id), 0)) + 1 FROM overlap"
			       "          WHERE id >= :cmd AND id < :cmd + 1000),"
			       " :type, :a, :b, :at, 'open', :note)"
	};
	struct row row = query(t->store, &PUT);

	bind_id(&row, ":cmd", t->cmd);
	bind_text(&row, ":type", type);
	bind_int(&row, ":a", a.n);
	bind_int(&row, ":b", b.n); /* 0: nothing that can be named */
	bind_moment(&row, ":at", t->at);
	bind_text(&row, ":note", note);
	txn_run(t, &row);
}

void cmds_done(struct cmds *list)
{
	list_each (c, list)
		mem_free(c->args);
	list_free(list);
}

/* ---- capture ---- */

static const char *const classes[2] = { "operational", "scoped" };

static int watch(struct store *st, struct err *err)
{
	static const struct query TABLES = { "journal.tables",
					     "SELECT name FROM table_list WHERE class = :class" };

	for (int part = 0; part < 2; part++) {
		struct row row = query(st, &TABLES);
		int rc = sqlite3session_create(st->db, "main", &st->watch[part]);

		bind_text(&row, ":class", classes[part]);
		/* An explicit list: attaching everything would capture derived tables too. */
		while (rc == SQLITE_OK && row_next(&row))
			rc = sqlite3session_attach(st->watch[part], get_str(&row));
		if (row_done(&row, err) < 0)
			return -1;
		if (rc != SQLITE_OK)
			return store_fail(st, rc, err);
	}
	return 0;
}

static void unwatch(struct store *st)
{
	for (int part = 0; part < 2; part++) {
		if (st->watch[part])
			sqlite3session_delete(st->watch[part]);
		st->watch[part] = NULL;
	}
}

/* An effect is its two parts, each behind its length: u32, big-endian. */
static int read_watch(struct store *st, struct buf *out, struct err *err)
{
	for (int part = 0; part < 2; part++) {
		int n = 0;
		void *p = NULL;
		int rc = sqlite3session_changeset(st->watch[part], &n, &p);
		unsigned char head[4] = { (unsigned char)(n >> 24), (unsigned char)(n >> 16),
					  (unsigned char)(n >> 8), (unsigned char)n };

		if (rc != SQLITE_OK)
			return store_fail(st, rc, err);
		buf_add(out, head, 4);
		buf_add(out, p, (size_t)n);
		sqlite3_free(p);
	}
	return 0;
}

int journal_start(struct txn *t, struct err *err)
{
	if (!t->store->roomy && store_exec(t->store, "SAVEPOINT command", err) < 0)
		return -1;
	if (t->store->capture && watch(t->store, err) < 0) {
		journal_abandon(t);
		return -1;
	}
	return 0;
}

void journal_abandon(struct txn *t)
{
	unwatch(t->store);
	if (!t->store->roomy && !sqlite3_get_autocommit(t->store->db))
		sqlite3_exec(t->store->db, "ROLLBACK TO command; RELEASE command", NULL, NULL,
			     NULL);
}

static void put_history(struct txn *t, const char *name)
{
	static const struct query PUT = {
		"history.put",
		"INSERT INTO history (id, scope, at, actor, act, name, type, subject, what, why, reverses)"
		" VALUES (:id, :scope, :at, :actor, :act, :name, :type, :subject, :what, :why, :reverses)"
	};
	struct row row = query(t->store, &PUT);

	assert(*t->type && !id_none(t->subject)); /* every run says what it did */
	bind_id(&row, ":id", t->cmd);
	bind_word(&row, ":scope", t->scope);
	bind_moment(&row, ":at", t->at);
	bind_int(&row, ":actor", t->actor.n);
	bind_int(&row, ":act", t->act);
	bind_text(&row, ":name", name);
	bind_text(&row, ":type", t->type);
	bind_id(&row, ":subject", t->subject);
	bind_text(&row, ":what", t->what);
	bind_word(&row, ":why", t->why);
	bind_id(&row, ":reverses", t->reverses);
	txn_run(t, &row);
}

static void chain_cmd(const unsigned char prev[32], int64_t inc, int64_t n, int64_t act,
		      const char *type, int64_t ver, int64_t actor, int64_t at, int64_t history,
		      int64_t reverses, const void *args, size_t args_n, unsigned char ret[32])
{
	struct hash h;
	int64_t numbers[] = { inc, n, act, ver, actor, at, history, reverses, (int64_t)args_n };
	unsigned char bytes[8];

	hash_init(&h);
	hash_add(&h, prev, 32);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		for (int b = 0; b < 8; b++)
			bytes[b] = (unsigned char)((uint64_t)numbers[i] >> (56 - 8 * b));
		hash_add(&h, bytes, 8);
	}
	hash_add(&h, type, strlen(type) + 1);
	hash_add(&h, args, args_n);
	hash_end(&h, ret);
}

static void put_cmd(struct txn *t, const char *name, int ver, const void *args, size_t n,
		    enum verdict verdict, const struct buf *effect)
{
	static const struct query PUT = {
		"cmd.put",
		"INSERT INTO cmd (inc, n, act, type, ver, scope, actor, at, history, reverses, args, told,"
		" effect, state, verdict, hash) VALUES (:inc, :n, :act, :type, :ver, :scope, :actor, :at,"
		" :history, :reverses, :args, :told, :effect, :state, :verdict, :hash)"
	};
	struct me *me = &t->store->me;
	struct row row = query(t->store, &PUT);

	chain_cmd(me->cmd_hash, me->inc, me->next_n, t->act, name, ver, t->actor.n, t->at.utc,
		  t->cmd.n, t->reverses.n, args, n, me->cmd_hash);
	bind_int(&row, ":inc", me->inc);
	bind_int(&row, ":n", me->next_n);
	bind_int(&row, ":act", t->act);
	bind_text(&row, ":type", name);
	bind_int(&row, ":ver", ver);
	bind_word(&row, ":scope", t->scope);
	bind_int(&row, ":actor", t->actor.n);
	bind_int(&row, ":at", t->at.utc);
	bind_id(&row, ":history", t->cmd);
	bind_id(&row, ":reverses", t->reverses);
	bind_blob(&row, ":args", args, n);
	bind_text(&row, ":told", verdict == VERDICT_OK ? "saved" : verdict_word(verdict));
	bind_blob(&row, ":effect", effect->s, effect->n);
	bind_text(&row, ":state", t->store->capture ? "pending" : "done");
	bind_text(&row, ":verdict", verdict_word(verdict));
	bind_blob(&row, ":hash", me->cmd_hash, 32);
	txn_run(t, &row);
	me->next_n++;
	t->store->me_dirty = true;
}

int journal_end(struct txn *t, const char *name, int ver, const void *args, size_t n,
		enum verdict verdict, struct err *err)
{
	struct buf effect = { 0 };
	int rc = 0;

	put_history(t, name);
	if (t->store->capture && !txn_failed(t))
		rc = read_watch(t->store, &effect, err);
	unwatch(t->store);
	if (rc == 0 && !txn_failed(t))
		put_cmd(t, name, ver, args, n, verdict, &effect);
	buf_done(&effect);
	if (rc < 0)
		return -1;
	if (txn_failed(t)) {
		if (err)
			*err = t->err;
		return -1;
	}
	return t->store->roomy ? 0 : store_exec(t->store, "RELEASE command", err);
}

static int never(void *ctx, int why, sqlite3_changeset_iter *it)
{
	(void)ctx, (void)why, (void)it;
	return SQLITE_CHANGESET_ABORT;
}

/* One part of an effect applied upside down. */
static int take_back_part(struct store *st, const unsigned char *p, size_t n, struct err *err)
{
	void *inverse = NULL;
	int inverse_n = 0, rc;

	if (n == 0)
		return 0;
	rc = sqlite3changeset_invert((int)n, p, &inverse_n, &inverse);
	if (rc == SQLITE_OK)
		rc = sqlite3changeset_apply(st->db, inverse_n, inverse, NULL, never, NULL);
	sqlite3_free(inverse);
	return rc == SQLITE_OK ? 0 : store_fail(st, rc, err);
}

int journal_take_back(struct store *st, struct err *err)
{
	static const struct query PENDING = {
		"cmd.pending", "SELECT effect FROM cmd WHERE state = 'pending' ORDER BY k DESC"
	};
	struct row row = query(st, &PENDING);
	int rc = 0;

	assert(st->in_change);
	/* Parts may point at each other's rows (booking -> appointment): checked at the end. */
	if (store_exec(st, "PRAGMA defer_foreign_keys = ON", err) < 0)
		return -1;
	while (rc == 0 && row_next(&row)) {
		size_t n;
		const unsigned char *p = get_blob(&row, &n);
		size_t at[2], len[2], pos = 0;

		for (int part = 0; part < 2 && rc == 0; part++) {
			if (n - pos < 4) {
				rc = err_set(
					err, ERR_STORE,
					"A command's kept effect is cut short: restore the last backup.");
				break;
			}
			len[part] = (size_t)p[pos] << 24 | (size_t)p[pos + 1] << 16 |
				    (size_t)p[pos + 2] << 8 | p[pos + 3];
			at[part] = pos + 4;
			pos = at[part] + len[part];
			if (pos > n)
				rc = err_set(
					err, ERR_STORE,
					"A command's kept effect is cut short: restore the last backup.");
		}
		for (int part = 1; part >= 0 && rc == 0; part--)
			rc = take_back_part(st, p + at[part], len[part], err);
	}
	if (row_done(&row, rc == 0 ? err : NULL) < 0)
		rc = -1;
	return rc;
}

/* ---- commands ---- */

#define CMD_COLUMNS "k, act, type, ver, actor, history, reverses, at, args, verdict, state"

static void get_cmd(struct row *row, struct cmd *c)
{
	const void *p;

	c->k = get_int(row);
	c->act = get_int(row);
	get_text(row, c->type, sizeof c->type);
	c->ver = (int)get_int(row);
	c->actor = get_id(row);
	c->history = get_id(row);
	c->reverses = get_id(row);
	c->at = get_moment(row);
	p = get_blob(row, &c->args_n);
	c->args = mem_strn(p ? p : "", c->args_n);
	get_text(row, c->verdict, sizeof c->verdict);
	get_text(row, c->state, sizeof c->state);
}

int journal_act(struct store *st, int64_t act, struct cmds *ret, struct err *err)
{
	static const struct query ACT = { "cmd.act", "SELECT " CMD_COLUMNS
						     " FROM cmd WHERE act = :act ORDER BY k" };
	struct row row = query(st, &ACT);

	bind_int(&row, ":act", act);
	while (row_next(&row))
		get_cmd(&row, list_push(ret));
	return row_done(&row, err);
}

int journal_of(struct store *st, struct id history, struct cmd *ret, struct err *err)
{
	static const struct query OF = { "cmd.of", "SELECT " CMD_COLUMNS
						   " FROM cmd WHERE history = :history" };
	struct row row = query(st, &OF);
	bool found = false;

	bind_id(&row, ":history", history);
	if (row_next(&row)) {
		get_cmd(&row, ret);
		found = true;
	}
	if (row_done(&row, err) < 0)
		return -1;
	return found ? 0
		     : err_set(err, ERR_MISSING,
			       "That was not done here: undo it where it was done.");
}

int journal_last_acts(struct store *st, struct id actor, struct moment since, int steps, int max,
		      int64_t *ret_acts, int *ret_n, struct err *err)
{
	static const struct query LAST = {
		"cmd.last_acts",
		/* Only so far back, or the key would cost more the longer somebody works here. */
		"SELECT act FROM (SELECT c.act AS act, max(c.k) AS k, max(EXISTS"
		"  (SELECT 1 FROM history r WHERE r.reverses = c.history)) AS undone"
		"  FROM (SELECT k, act, at, history, reverses FROM cmd WHERE actor = :actor"
		"   ORDER BY k DESC LIMIT 300) c"
		"  WHERE c.at >= :since AND c.reverses IS NULL"
		"  GROUP BY c.act ORDER BY max(c.k) DESC LIMIT :steps)"
		" WHERE NOT undone ORDER BY k DESC LIMIT :max"
	};
	struct row row = query(st, &LAST);

	*ret_n = 0;
	bind_id(&row, ":actor", actor);
	bind_moment(&row, ":since", since);
	bind_int(&row, ":steps", steps);
	bind_int(&row, ":max", max);
	while (row_next(&row))
		ret_acts[(*ret_n)++] = get_int(&row);
	return row_done(&row, err);
}

static int verify_chains(struct store *st, int64_t *ret_cmds, int64_t *ret_views, struct err *err)
{
	static const struct query CMDS = {
		"cmd.chain",
		"SELECT k, inc, n, act, type, ver, actor, at, history, reverses, args, hash FROM cmd"
		" ORDER BY k"
	};
	static const struct query VIEWS = {
		"viewed.chain", "SELECT k, at, user, type, subject, hash FROM viewed ORDER BY k"
	};
	unsigned char head[32] = { 0 };
	int64_t bad = 0;
	struct row row = query(st, &CMDS);

	*ret_cmds = *ret_views = 0;
	while (row_next(&row)) {
		int64_t k = get_int(&row), inc = get_int(&row), n = get_int(&row),
			act = get_int(&row);
		const char *type = get_str(&row);
		int64_t ver = get_int(&row), actor = get_int(&row), at = get_int(&row),
			history = get_int(&row), reverses = get_int(&row);
		size_t args_n, hash_n;
		const void *args = get_blob(&row, &args_n), *hash = get_blob(&row, &hash_n);

		chain_cmd(head, inc, n, act, type, ver, actor, at, history, reverses, args, args_n,
			  head);
		++*ret_cmds;
		if (!bad && (hash_n != 32 || memcmp(hash, head, 32) != 0))
			bad = k;
	}
	if (row_done(&row, err) < 0)
		return -1;
	if (bad)
		return err_set(
			err, ERR_STORE,
			"Command %lld was changed after it was stored: restore the last backup and report it.",
			(long long)bad);
	if (memcmp(head, st->me.cmd_hash, 32) != 0)
		return err_set(
			err, ERR_STORE,
			"The last commands are missing: restore the last backup and report it.");

	memset(head, 0, sizeof head);
	row = query(st, &VIEWS);
	while (row_next(&row)) {
		int64_t k = get_int(&row), at = get_int(&row), user = get_int(&row);
		const char *type = get_str(&row);
		int64_t subject = get_int(&row);
		size_t hash_n;
		const void *hash = get_blob(&row, &hash_n);

		chain_cmd(head, k, at, user, type, 0, 0, 0, subject, 0, "", 0, head);
		++*ret_views;
		if (!bad && (hash_n != 32 || memcmp(hash, head, 32) != 0))
			bad = k;
	}
	if (row_done(&row, err) < 0)
		return -1;
	if (bad || memcmp(head, st->me.view_hash, 32) != 0)
		return err_set(
			err, ERR_STORE,
			"The record of openings was changed after it was stored: restore the last backup and report it.");
	return 0;
}

int journal_verify(struct store *st, int64_t *ret_cmds, int64_t *ret_views, struct err *err)
{
	int rc = -1;

	/* The heads as they are now: another process may have written since, and what this one
	 * remembers may be of a change that it gave up. */
	if (store_look(st, err) < 0)
		return -1;
	if (store_in_change(st) || me_read(st, err) == 0)
		rc = verify_chains(st, ret_cmds, ret_views, err);
	store_look_end(st);
	return rc;
}

int viewed_put(struct store *st, struct id user, struct moment at, const char *type,
	       struct id subject, struct err *err)
{
	static const struct query PUT = { "viewed.put",
					  "INSERT INTO viewed (k, at, user, type, subject, hash)"
					  " VALUES (:k, :at, :user, :type, :subject, :hash)" };
	static const struct query NEXT = { "viewed.next",
					   "SELECT coalesce(max(k), 0) + 1 FROM viewed" };
	struct row row;
	int64_t k = 0;

	if (store_begin(st, err) < 0)
		return -1;
	row = query(st, &NEXT);
	while (row_next(&row))
		k = get_int(&row);
	if (row_done(&row, err) < 0)
		goto undo;
	chain_cmd(st->me.view_hash, k, at.utc, user.n, type, 0, 0, 0, subject.n, 0, "", 0,
		  st->me.view_hash);
	st->me_dirty = true;
	row = query(st, &PUT);
	bind_int(&row, ":k", k);
	bind_moment(&row, ":at", at);
	bind_id(&row, ":user", user);
	bind_text(&row, ":type", type);
	bind_id(&row, ":subject", subject);
	bind_blob(&row, ":hash", st->me.view_hash, 32);
	if (row_run(&row, err) < 0)
		goto undo;
	return store_commit(st, err);
undo:
	store_rollback(st);
	return -1;
}
