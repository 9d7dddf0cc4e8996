/*
 * carry.c: a node's new copy of the hub's database, and what is carried into it from the old one.
 *
 * Carried are `me` and every local row: the journal whole (for history, undo and the chain that
 * audit walks), what waits to be told, drafts, counters, tries.  Not carried is what another copy
 * has to say for itself: how the log was taken in, and who is signed in at this moment.
 *
 * Names of commands do not change, so the witness beside the old database fits the new one: the one
 * can be put in the place of the other in a single step.
 */
#include <string.h>

#include "base/alloc.h"
#include "store/requests.h"
#include "store/db.h"
#include "store/journal.h"
#include "store/log.h"
#include "store/replica.h"

/* ---- rows ---- */

static int copy_rows(sqlite3_stmt *from, sqlite3_stmt *to)
{
	int columns = sqlite3_column_count(from), rc;

	while ((rc = sqlite3_step(from)) == SQLITE_ROW) {
		for (int i = 0; i < columns; i++)
			sqlite3_bind_value(to, i + 1, sqlite3_column_value(from, i));
		if (sqlite3_step(to) != SQLITE_DONE)
			return sqlite3_reset(to);
		sqlite3_reset(to);
	}
	return rc;
}

/* The name is of our own table of tables; both copies are of this program's schema. */
static int carry_table(struct store *old, struct store *st, const char *table, struct err *err)
{
	char *name = mem_printf("SELECT * FROM \"%s\"", table);
	struct buf sql = { 0 };
	sqlite3_stmt *from = NULL, *to = NULL;
	int rc = sqlite3_prepare_v2(old->db, name, -1, &from, NULL);

	buf_printf(&sql, "INSERT INTO \"%s\" VALUES (", table);
	for (int i = 0; rc == SQLITE_OK && i < sqlite3_column_count(from); i++)
		buf_printf(&sql, "%s?%d", i ? ", " : "", i + 1);
	buf_str(&sql, ")");
	if (rc == SQLITE_OK)
		rc = sqlite3_prepare_v2(st->db, sql.s, -1, &to, NULL);
	if (rc == SQLITE_OK)
		rc = copy_rows(from, to);
	rc = rc == SQLITE_DONE ? 0 : store_fail(sqlite3_errcode(old->db) == rc ? old : st, rc, err);
	sqlite3_finalize(from);
	sqlite3_finalize(to);
	buf_done(&sql);
	mem_free(name);
	return rc;
}

/* The hub's own rows go; `log` is still to be looked into. */
static int carry_local(struct store *old, struct store *st, struct err *err)
{
	static const struct query LOCAL = {
		"carry.local",
		"SELECT name, name NOT IN ('tail', 'log_part', 'node_pos', 'hub', 'session',"
		" 'desk_hold', 'uplink') FROM table_list WHERE class = 'local'"
		" AND name NOT IN ('me', 'table_list', 'log')"
	};
	struct row row = query(st, &LOCAL);
	struct {
		char **v;
		size_t n, cap;
	} names = { 0 };
	int rc = 0;

	while (row_next(&row)) {
		char *sql = mem_printf("DELETE FROM \"%s\"", get_str(&row));

		if (get_bool(&row))
			*list_push(&names) = mem_str(strchr(sql, '"') + 1);
		if (rc == 0)
			rc = store_exec(st, sql, err);
		mem_free(sql);
	}
	if (row_done(&row, rc == 0 ? err : NULL) < 0)
		rc = -1;
	list_each (name, &names) {
		(*name)[strlen(*name) - 1] = '\0'; /* the quote behind it */
		if (rc == 0)
			rc = carry_table(old, st, *name, err);
		mem_free(*name);
	}
	list_free(&names);
	return rc;
}

static int carry_me(struct store *old, struct store *st, const char *via, struct err *err)
{
	static const struct query SET = {
		"me.carry", "UPDATE me SET node = :node, role = 'node', inc = :inc, next_n = :n,"
			    " next_act = :act, cmd_hash = :cmd, view_hash = :view, last_id = :id,"
			    " holds_ok = :ok, head = seq, stopped = NULL, gone = NULL, via = :via,"
			    " synced_at = :synced"
	};
	const struct me *me = &old->me;
	struct row row = query(st, &SET);

	bind_int(&row, ":node", me->node);
	bind_int(&row, ":inc", me->inc);
	bind_int(&row, ":n", me->next_n);
	bind_int(&row, ":act", me->next_act);
	bind_blob(&row, ":cmd", me->cmd_hash, 32);
	bind_blob(&row, ":view", me->view_hash, 32);
	bind_int(&row, ":id", me->last_id);
	bind_int(&row, ":ok", me->holds_ok);
	bind_word(&row, ":via", via);
	bind_moment(&row, ":synced", me->synced_at);
	if (row_run(&row, err) < 0 || me_read(st, err) < 0)
		return -1;
	st->me.lives = me->lives;
	return witness_write(st, err);
}

/* ---- what the log has already ---- */

/* Its entry, as far as it says what became of the command; nothing when it has none. */
static int entry_of(struct store *st, const struct cmd *c, struct log_entries *ret, struct err *err)
{
	static const struct query ENTRY = {
		"carry.entry",
		"SELECT seq, verdict FROM log WHERE node = :node AND inc = :inc AND n = :n"
		" AND cmd_hash = :hash"
	};
	struct row row = query(st, &ENTRY);

	bind_int(&row, ":node", st->me.node);
	bind_int(&row, ":inc", c->inc);
	bind_int(&row, ":n", c->n);
	bind_blob(&row, ":hash", c->hash, 32);
	while (row_next(&row)) {
		struct log_entry *e = list_push(ret);

		e->node = st->me.node;
		e->inc = c->inc;
		e->n = c->n;
		e->seq = get_int(&row);
		get_text(&row, e->verdict, sizeof e->verdict);
		memcpy(e->cmd_hash, c->hash, 32);
	}
	return row_done(&row, err);
}

static int mark_known(struct store *st, int64_t *ret_pending, struct err *err)
{
	struct cmds pending = { 0 };
	struct log_entries known = { 0 };
	struct id_list taken = { 0 };
	bool forked;
	int rc = journal_pending(st, 0, INT32_MAX, &pending, err);

	for (size_t i = 0; rc == 0 && i < pending.n; i++)
		rc = entry_of(st, &pending.v[i], &known, err);
	if (rc == 0)
		rc = replica_take_own(st, &known, &forked, &taken, err);
	*ret_pending = (int64_t)(pending.n - known.n);
	cmds_done(&pending);
	log_entries_done(&known);
	list_free(&taken);
	return rc == 0 ? store_exec(st, "DELETE FROM log", err) : -1;
}

/* ---- both ---- */

static int is_same(const struct store *old, const struct store *st, struct err *err)
{
	if (strcmp(st->me.role, "hub") != 0)
		return err_set(err, ERR_INPUT, "%s is no copy of a hub: ask the hub for one.",
			       st->path);
	if (strcmp(old->me.region, st->me.region) != 0)
		return err_set(err, ERR_DENIED,
			       "This hub is of another network: join the right one.");
	if (old->me.schema != st->me.schema)
		return err_set(err, ERR_STORE,
			       "The hub's program is another one: install it here first.");
	return 0;
}

static int carry(struct store *old, struct store *st, const char *via, int64_t *ret_pending,
		 struct err *err)
{
	if (store_exec(st, "PRAGMA defer_foreign_keys = ON", err) < 0 ||
	    carry_local(old, st, err) < 0 || carry_me(old, st, via, err) < 0)
		return -1;
	return mark_known(st, ret_pending, err);
}

int replica_begin_again(const char *path, struct store *old, const char *via, int64_t *ret_pending,
			struct err *err)
{
	struct store *st;
	int rc;

	if (store_open(path, 5000, &st, err) < 0)
		return -1;
	rc = is_same(old, st, err);
	if (rc == 0)
		rc = store_begin(st, err);
	if (rc == 0 && carry(old, st, via, ret_pending, err) < 0) {
		store_rollback(st);
		rc = -1;
	} else if (rc == 0) {
		rc = store_commit(st, err);
	}
	store_close(st);
	return rc;
}
