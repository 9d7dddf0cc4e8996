/*
 * journal.c: every command kept as it ran, its effects captured, the history of rows written.
 *
 * While this database is its own hub a command is final when it commits and nothing is captured.
 * Once joined, the changes that a command made to synced tables are captured (store/effect.h) and
 * kept until the hub's log has them, so that sync can take them back and run the command again
 * after others'.  At the hub they go into the log at once.
 */
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "store/db.h"
#include "store/effect.h"
#include "store/journal.h"
#include "store/log.h"

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
	text_whole(t->what);
}

void txn_why(struct txn *t, const char *why)
{
	snprintf(t->why, sizeof t->why, "%s", why ? why : "");
	text_whole(t->why);
}

void txn_scope(struct txn *t, const char *scope)
{
	snprintf(t->scope, sizeof t->scope, "%s", scope ? scope : "");
}

void txn_conflict(struct txn *t, const struct conflict *c)
{
	/* Its id is made from the command's, so that every place that runs the command agrees. */
	static const struct query PUT = {
		"overlap.put",
		"INSERT INTO overlap (id, type, a, b, at, state, note, node, author, tab, col, base,"
		" theirs, mine, kept)"
		" VALUES ((SELECT max(:cmd, coalesce(max(id), 0)) + 1 FROM overlap"
		"          WHERE id >= :cmd AND id < :cmd + 1000),"
		" :type, :a, :b, :at, 'open', :note, :node, :author, :tab, :col, :base, :theirs, :mine,"
		" :kept)"
	};
	struct row row = query(t->store, &PUT);

	bind_id(&row, ":cmd", t->cmd);
	bind_text(&row, ":type", c->type);
	bind_int(&row, ":a", c->a.n);
	bind_int(&row, ":b", c->b.n); /* 0: nothing that can be named */
	bind_moment(&row, ":at", t->at);
	bind_text(&row, ":note", c->note);
	bind_int(&row, ":node", c->node ? c->node : t->origin);
	bind_int(&row, ":author", t->actor.n);
	bind_text(&row, ":tab", c->tab);
	bind_text(&row, ":col", c->col);
	bind_text(&row, ":base", c->base);
	bind_text(&row, ":theirs", c->theirs);
	bind_text(&row, ":mine", c->mine);
	bind_blob(&row, ":kept", c->kept, c->kept_n);
	txn_run(t, &row);
	t->overlaps++;
}

void txn_overlap(struct txn *t, const char *type, struct id a, struct id b, const char *note)
{
	const struct conflict c = { .type = type, .a = a, .b = b, .note = note };

	txn_conflict(t, &c);
}

bool txn_lost(struct txn *t, struct id history, struct id a)
{
	static const struct query LOST = { "overlap.lost",
					   "SELECT 1 FROM overlap WHERE id > :cmd"
					   " AND id < :cmd + 1000 AND a = :a AND type = 'state'" };
	struct row row = query(t->store, &LOST);
	bool lost = false;

	bind_int(&row, ":cmd", history.n);
	bind_id(&row, ":a", a);
	while (row_next(&row)) {
		get_int(&row);
		lost = true;
	}
	txn_done(t, &row);
	return lost;
}

/* ---- around a run ---- */

static bool is_hub(const struct store *st)
{
	return strcmp(st->me.role, "hub") == 0;
}

int journal_start(struct txn *t, struct err *err)
{
	if (!t->store->roomy && store_exec(t->store, "SAVEPOINT command", err) < 0)
		return -1;
	t->seq = is_hub(t->store) ? t->store->me.seq + 1 : 0;
	if (t->store->capture && effect_watch(t->store, err) < 0) {
		journal_abandon(t);
		return -1;
	}
	return 0;
}

void journal_abandon(struct txn *t)
{
	effect_unwatch(t->store);
	if (!t->store->roomy && !sqlite3_get_autocommit(t->store->db))
		sqlite3_exec(t->store->db, "ROLLBACK TO command; RELEASE command", NULL, NULL,
			     NULL);
}

/* What a command met goes where the command's own rows go. */
static void scope_overlaps(struct txn *t)
{
	static const struct query SCOPE = {
		"overlap.scope", "UPDATE overlap SET scope = :scope"
				 " WHERE id > :cmd AND id < :cmd + 1000 AND scope IS NULL"
	};

	if (t->overlaps == 0 || !*t->scope)
		return;
	struct row row = query(t->store, &SCOPE);

	bind_text(&row, ":scope", t->scope);
	bind_id(&row, ":cmd", t->cmd);
	txn_run(t, &row);
}

static void put_history(struct txn *t, const char *name)
{
	static const struct query PUT = {
		"history.put",
		"INSERT INTO history (id, scope, at, actor, act, name, type, subject, what, why, reverses)"
		" VALUES (:id, :scope, :at, :actor, :act, :name, :type, :subject, :what, :why, :reverses)"
	};
	struct row row = query(t->store, &PUT);

	/* Every run says what it did; one from another machine may have been told of nothing. */
	if (!txn_failed(t) && (!*t->type || id_none(t->subject)))
		err_set(&t->err, ERR_FAULT, "The command %.31s says of nothing what it did.", name);
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

/* The command as it stands after its run. */
static struct cmd cmd_of(struct txn *t, const char *name, int ver, const void *args, size_t n,
			 enum verdict verdict)
{
	const struct me *me = &t->store->me;
	struct cmd c = { .node = me->node,
			 .inc = me->inc,
			 .n = me->next_n,
			 .act = t->act,
			 .ver = ver,
			 .actor = t->actor,
			 .history = t->cmd,
			 .reverses = t->reverses,
			 .at = t->at,
			 .args = (void *)args,
			 .args_n = n };

	snprintf(c.type, sizeof c.type, "%s", name);
	snprintf(c.told, sizeof c.told, "%s",
		 verdict == VERDICT_OK ? "saved" : verdict_word(verdict));
	snprintf(c.verdict, sizeof c.verdict, "%s", verdict_word(verdict));
	memcpy(c.prev, me->cmd_hash, 32);
	cmd_seal(&c);
	return c;
}

/* seq: its entry in the log; 0: it has none (yet). */
static void put_cmd(struct txn *t, const struct cmd *c, const struct buf *effect, int64_t seq)
{
	static const struct query PUT = {
		"cmd.put",
		"INSERT INTO cmd (inc, n, act, type, ver, scope, actor, at, history, reverses, args, told,"
		" effect, state, log_seq, verdict, hash) VALUES (:inc, :n, :act, :type, :ver, :scope,"
		" :actor, :at, :history, :reverses, :args, :told, :effect, :state, nullif(:seq, 0),"
		" :verdict, :hash)"
	};
	struct me *me = &t->store->me;
	struct row row = query(t->store, &PUT);

	bind_int(&row, ":inc", c->inc);
	bind_int(&row, ":n", c->n);
	bind_int(&row, ":act", c->act);
	bind_text(&row, ":type", c->type);
	bind_int(&row, ":ver", c->ver);
	bind_word(&row, ":scope", t->scope);
	bind_int(&row, ":actor", c->actor.n);
	bind_int(&row, ":at", c->at.utc);
	bind_id(&row, ":history", c->history);
	bind_id(&row, ":reverses", c->reverses);
	bind_blob(&row, ":args", c->args, c->args_n);
	bind_text(&row, ":told", c->told);
	bind_blob(&row, ":effect", effect->s, effect->n);
	bind_text(&row, ":state", effect->n ? "pending" : "done");
	bind_int(&row, ":seq", seq);
	bind_text(&row, ":verdict", c->verdict);
	bind_blob(&row, ":hash", c->hash, 32);
	txn_run(t, &row);
	memcpy(me->cmd_hash, c->hash, 32);
	me->next_n++;
	t->store->me_dirty = t->store->commands = true;
}

/* History is written and the effect read: what every run ends with. */
static int end_run(struct txn *t, const char *name, struct buf part[PARTS], struct err *err)
{
	int rc = 0;

	put_history(t, name);
	scope_overlaps(t);
	if (t->store->capture && !txn_failed(t))
		rc = effect_read(t->store, part, err);
	effect_unwatch(t->store);
	if (rc == 0 && txn_failed(t)) {
		if (err)
			*err = t->err;
		rc = -1;
	}
	return rc;
}

/* Not asked of a command that is run once more: it is to go to the hub, which asks. */
static int fits_entry(const struct buf part[PARTS], struct err *err)
{
	if (part[0].n + part[1].n <= ENTRY_MOST)
		return 0;
	return err_set(err, ERR_INPUT, "That changes too much at once: do it in parts.");
}

static void parts_done(struct buf part[PARTS])
{
	for (int i = 0; i < PARTS; i++)
		buf_done(&part[i]);
}

/* Its entry in the hub's log; the bodies stay the caller's. */
static int put_entry(struct txn *t, const struct cmd *c, struct buf part[PARTS], struct moment now,
		     struct err *err)
{
	struct log_entry e = {
		.at = now, .node = c->node, .inc = c->inc, .n = c->n, .ver = c->ver
	};

	snprintf(e.type, sizeof e.type, "%s", c->type);
	snprintf(e.verdict, sizeof e.verdict, "%s", c->verdict);
	memcpy(e.cmd_hash, c->hash, 32);
	/* Whoever may not see a scope is not sent its part: no other's rows may be in it. */
	if (effect_one_scope(t->store, part[1].s, part[1].n, t->scope, err) < 0)
		return -1;
	for (int i = 0; i < PARTS; i++)
		e.part[i] = (struct entry_part){ .body = (unsigned char *)part[i].s,
						 .n = part[i].n,
						 .here = true };
	snprintf(e.part[1].scope, sizeof e.part[1].scope, "%s", t->scope);
	return log_sqlite.append(t->store, &e, 1, t->seq, err);
}

int journal_end(struct txn *t, const char *name, int ver, const void *args, size_t n,
		enum verdict verdict, struct err *err)
{
	struct buf part[PARTS] = { { 0 } }, effect = { 0 };
	struct cmd c = cmd_of(t, name, ver, args, n, verdict);
	bool hub = is_hub(t->store);
	int rc = end_run(t, name, part, err);

	if (rc == 0)
		rc = fits_entry(part, err);
	if (rc == 0 && hub)
		rc = put_entry(t, &c, part, t->at, err);
	if (rc == 0 && t->store->capture && !hub)
		effect_join(part, &effect);
	if (rc == 0) {
		put_cmd(t, &c, &effect, hub ? t->seq : 0);
		if (txn_failed(t)) {
			if (err)
				*err = t->err;
			rc = -1;
		}
	}
	parts_done(part);
	buf_done(&effect);
	if (rc < 0)
		return -1;
	return t->store->roomy ? 0 : store_exec(t->store, "RELEASE command", err);
}

int journal_end_again(struct txn *t, const struct cmd *c, enum verdict verdict, struct err *err)
{
	static const struct query SET = {
		"cmd.again", "UPDATE cmd SET effect = :effect, verdict = :verdict WHERE k = :k"
	};
	struct buf part[PARTS] = { { 0 } }, effect = { 0 };
	int rc = end_run(t, c->type, part, err);

	if (rc == 0) {
		struct row row = query(t->store, &SET);

		effect_join(part, &effect);
		bind_blob(&row, ":effect", effect.s, effect.n);
		bind_text(&row, ":verdict", verdict_word(verdict));
		bind_int(&row, ":k", c->k);
		rc = row_run(&row, err);
	}
	parts_done(part);
	buf_done(&effect);
	return rc < 0 ? -1 : store_exec(t->store, "RELEASE command", err);
}

int journal_again_failed(struct store *st, const struct cmd *c, struct err *err)
{
	static const struct query SET = {
		"cmd.again_failed",
		"UPDATE cmd SET effect = :effect, verdict = :verdict WHERE k = :k"
	};
	struct buf part[PARTS] = { { 0 } }, effect = { 0 };
	struct row row = query(st, &SET);
	int rc;

	effect_join(part, &effect);
	bind_blob(&row, ":effect", effect.s, effect.n);
	bind_text(&row, ":verdict", verdict_word(VERDICT_FAILED));
	bind_int(&row, ":k", c->k);
	rc = row_run(&row, err);
	buf_done(&effect);
	return rc;
}

int journal_end_logged(struct txn *t, const struct cmd *c, enum verdict verdict, struct moment now,
		       struct err *err)
{
	struct buf part[PARTS] = { { 0 } };
	struct cmd logged = *c;
	int rc = end_run(t, c->type, part, err);

	snprintf(logged.verdict, sizeof logged.verdict, "%s", verdict_word(verdict));
	if (rc == 0)
		rc = fits_entry(part, err);
	for (int i = 0; i < PARTS && rc == 0; i++)
		rc = effect_own_ids(t->store, part[i].s, part[i].n, id_node(c->history), err);
	if (rc == 0)
		rc = put_entry(t, &logged, part, now, err);
	parts_done(part);
	return rc < 0 ? -1 : store_exec(t->store, "RELEASE command", err);
}

/* ---- taken back by sync ---- */

int journal_take_back(struct store *st, struct err *err)
{
	static const struct query PENDING = {
		"cmd.effects", "SELECT effect FROM cmd WHERE state = 'pending' ORDER BY k"
	};
	struct row row = query(st, &PENDING);
	struct effects *all = effects_new();
	int rc = 0;

	assert(st->in_change);
	while (rc == 0 && row_next(&row)) {
		size_t n;
		const void *kept = get_blob(&row, &n);
		struct piece part[PARTS];

		rc = effect_split(kept, n, part, err);
		for (int i = 0; i < PARTS && rc == 0; i++)
			rc = effects_add(st, all, part[i].p, part[i].n, err);
	}
	if (row_done(&row, rc == 0 ? err : NULL) < 0)
		rc = -1;
	if (rc == 0)
		rc = effects_apply(st, all, true, err);
	effects_free(all);
	return rc;
}
