/*
 * nodes.c: a copy that becomes a node, a database that becomes a hub, and how far each node has
 * come, as the hub knows it.
 */
#include <assert.h>
#include <string.h>

#include "base/alloc.h"
#include "store/db.h"
#include "store/replica.h"

/* Whatever is local goes, for it was the hub's own. */
static int empty_local(struct store *st, struct err *err)
{
	static const struct query LOCAL = { "nodes.local",
					    "SELECT name FROM table_list WHERE class = 'local'"
					    " AND name NOT IN ('me', 'table_list')" };
	struct row row = query(st, &LOCAL);
	struct buf sql = { 0 };
	int rc;

	while (row_next(&row))
		buf_printf(&sql, "DELETE FROM \"%s\";", get_str(&row));
	rc = row_done(&row, err);
	if (rc == 0)
		rc = store_exec(st, sql.s, err);
	buf_done(&sql);
	return rc;
}

/* The highest id that this node has given anywhere: a machine that was it before may have had a
 * clock that was ahead. */
static int last_id(struct store *st, int node, int64_t *ret, struct err *err)
{
	static const struct query SYNCED = {
		"nodes.synced",
		"SELECT name FROM table_list WHERE class IN ('operational', 'scoped')"
	};
	struct row row = query(st, &SYNCED);
	struct buf sql = { 0 };
	sqlite3_stmt *stmt = NULL;
	int rc;

	buf_str(&sql, "SELECT max(id) FROM (SELECT 0 AS id");
	while (row_next(&row))
		buf_printf(
			&sql,
			" UNION ALL SELECT max(rowid) FROM \"%s\" WHERE rowid > ?1 AND rowid < ?2",
			get_str(&row));
	buf_str(&sql, ")");
	if (row_done(&row, err) < 0) {
		buf_done(&sql);
		return -1;
	}
	rc = sqlite3_prepare_v2(st->db, sql.s, -1, &stmt, NULL);
	buf_done(&sql);
	if (rc == SQLITE_OK) {
		sqlite3_bind_int64(stmt, 1, (int64_t)node << ID_NODE_SHIFT);
		sqlite3_bind_int64(stmt, 2, (int64_t)(node + 1) << ID_NODE_SHIFT);
		rc = sqlite3_step(stmt);
		*ret = rc == SQLITE_ROW ? sqlite3_column_int64(stmt, 0) : 0;
	}
	sqlite3_finalize(stmt);
	return rc == SQLITE_ROW ? 0 : store_fail(st, rc, err);
}

/* What the hub knows of lives that this node had on other machines: how many, and the highest
 * number that people were given of it. */
static int lives_before(struct store *st, int node, int *ret_lives, int64_t *ret_number,
			struct err *err)
{
	static const struct query LIVES = { "nodes.lives",
					    "SELECT count(*) FROM node_pos WHERE node = :node" };
	static const struct query NUMBER = {
		"nodes.number",
		"SELECT max(CAST(substr(e.number, 1 + length(rtrim(e.number, '0123456789'))) AS INTEGER))"
		" FROM episode e, node n WHERE n.number = :node"
		" AND e.number GLOB '*-' || n.letter || '[0-9]*'"
	};
	struct row row = query(st, &LIVES);

	bind_int(&row, ":node", node);
	while (row_next(&row))
		*ret_lives = (int)get_int(&row);
	if (row_done(&row, err) < 0)
		return -1;
	*ret_number = 0;
	if (*ret_lives == 0)
		return 0;
	row = query(st, &NUMBER);
	bind_int(&row, ":node", node);
	while (row_next(&row))
		*ret_number = get_int(&row);
	return row_done(&row, err);
}

/* Numbers go on beyond what was given, and what may have been given and was not heard of. */
static int put_number(struct store *st, int64_t first, struct err *err)
{
	static const struct query PUT = { "nodes.counter",
					  "INSERT INTO counter (name, next) VALUES ('', :first)" };
	struct row row = query(st, &PUT);

	bind_int(&row, ":first", first);
	return row_run(&row, err);
}

static int become(struct store *st, int node, int64_t inc, const char *via, struct err *err)
{
	static const struct query SET = {
		"me.become",
		"UPDATE me SET node = :node, role = 'node', inc = :inc, next_n = 1,"
		" next_act = 1, cmd_hash = zeroblob(32), view_hash = zeroblob(32),"
		" last_id = :last, holds_ok = 1, head = seq, stopped = NULL, gone = NULL,"
		" via = :via"
	};
	struct row row;
	int64_t last = 0, number = 0;
	int lives = 0;

	if (lives_before(st, node, &lives, &number, err) < 0 || last_id(st, node, &last, err) < 0 ||
	    empty_local(st, err) < 0)
		return -1;
	if (lives > 0 && put_number(st, number + (int64_t)NUMBERS_GAP * lives + 1, err) < 0)
		return -1;
	row = query(st, &SET);
	bind_int(&row, ":node", node);
	bind_int(&row, ":inc", inc);
	bind_int(&row, ":last", last);
	bind_word(&row, ":via", via);
	if (row_run(&row, err) < 0 || me_read(st, err) < 0)
		return -1;
	st->me.lives = lives;
	return witness_write(st, err);
}

static int become_node(struct store *st, int node, int64_t inc, const char *via, struct err *err)
{
	if (store_begin(st, err) < 0)
		return -1;
	if (become(st, node, inc, via, err) < 0) {
		store_rollback(st);
		return -1;
	}
	return store_commit(st, err);
}

int replica_begin(const char *path, int node, int64_t inc, const char *via, struct err *err)
{
	struct store *st;
	int rc;

	if (store_open(path, 5000, &st, err) < 0)
		return -1;
	if (strcmp(store_me(st)->role, "hub") != 0)
		rc = err_set(err, ERR_INPUT, "%s is no copy of a hub: ask the hub for one.", path);
	else
		rc = become_node(st, node, inc, via, err);
	store_close(st);
	return rc;
}

int replica_hub(struct store *st, struct err *err)
{
	static const struct query HUB = { "hub.put",
					  "INSERT INTO hub (one, epoch, epoch_start, state)"
					  " VALUES (1, 1, 0, 'open')" };
	static const struct query ROLE = { "me.hub", "UPDATE me SET role = 'hub', epoch = 1" };
	struct row row;

	assert(st->in_change);
	if (strcmp(st->me.role, "node") == 0)
		return err_set(err, ERR_INPUT,
			       "This is a node of a hub already: it cannot be one.");
	row = query(st, &HUB);
	if (row_run(&row, err) < 0)
		return -1;
	row = query(st, &ROLE);
	if (row_run(&row, err) < 0 || me_read(st, err) < 0)
		return -1;
	st->capture = true;
	return 0;
}

/* ---- how far each has come ---- */

int node_pos_get(struct store *st, int node, int64_t inc, struct node_pos *ret, struct err *err)
{
	static const struct query GET = {
		"node_pos.get",
		/* Commands of an earlier life may come after this one has said hello. */
		"SELECT k, last_n, last_hash, k = (SELECT max(k) FROM node_pos WHERE node = :node"
		" AND at IS NOT NULL), gone"
		" FROM node_pos WHERE node = :node AND inc = :inc"
	};
	struct row row = query(st, &GET);
	struct node_pos pos = { .inc = inc };

	bind_int(&row, ":node", node);
	bind_int(&row, ":inc", inc);
	while (row_next(&row)) {
		const void *p;
		size_t n;

		pos.k = get_int(&row);
		pos.last_n = get_int(&row);
		p = get_blob(&row, &n);
		if (n == 32)
			memcpy(pos.last_hash, p, 32);
		pos.newest = get_bool(&row);
		pos.gone = get_bool(&row);
	}
	if (row_done(&row, err) < 0)
		return -1;
	*ret = pos;
	return 0;
}

int node_pos_put(struct store *st, int node, const struct node_pos *pos, struct err *err)
{
	static const struct query NEW = { "node_pos.new",
					  "INSERT INTO node_pos (node, inc, last_n, last_hash)"
					  " VALUES (:node, :inc, :n, :hash)" };
	static const struct query SET = { "node_pos.set",
					  "UPDATE node_pos SET last_n = :n, last_hash = :hash"
					  " WHERE node = :node AND inc = :inc" };
	struct row row = query(st, pos->k ? &SET : &NEW);

	bind_int(&row, ":node", node);
	bind_int(&row, ":inc", pos->inc);
	bind_int(&row, ":n", pos->last_n);
	bind_blob(&row, ":hash", pos->last_hash, 32);
	return row_run(&row, err);
}

int node_pos_seen(struct store *st, int node, int64_t inc, int64_t pulled, const char *program,
		  struct moment now, struct err *err)
{
	static const struct query SEEN = {
		"node_pos.seen",
		"UPDATE node_pos SET pulled = :pulled, program = :program, at = :at"
		" WHERE node = :node AND inc = :inc"
	};
	struct row row = query(st, &SEEN);

	bind_int(&row, ":pulled", pulled);
	bind_text(&row, ":program", program);
	bind_moment(&row, ":at", now);
	bind_int(&row, ":node", node);
	bind_int(&row, ":inc", inc);
	return row_run(&row, err);
}

int node_pos_pulled(struct store *st, int node, int64_t inc, int64_t pulled, struct moment now,
		    struct err *err)
{
	static const struct query PULLED = { "node_pos.pulled",
					     "UPDATE node_pos SET pulled = :pulled, at = :at"
					     " WHERE node = :node AND inc = :inc" };
	struct row row = query(st, &PULLED);

	bind_int(&row, ":pulled", pulled);
	bind_moment(&row, ":at", now);
	bind_int(&row, ":node", node);
	bind_int(&row, ":inc", inc);
	return row_run(&row, err);
}

int node_seen_get(struct store *st, int node, struct node_seen *ret, struct err *err)
{
	static const struct query SEEN = {
		"node_pos.newest",
		"SELECT count(*) OVER (), last_n, pulled, coalesce(at, 0) FROM node_pos"
		" WHERE node = :node ORDER BY at IS NULL, k DESC LIMIT 1"
	};
	struct row row = query(st, &SEEN);

	*ret = (struct node_seen){ 0 };
	bind_int(&row, ":node", node);
	while (row_next(&row)) {
		ret->lives = get_int(&row);
		ret->last_n = get_int(&row);
		ret->pulled = get_int(&row);
		ret->at = get_moment(&row);
	}
	return row_done(&row, err);
}

int node_pos_gone(struct store *st, int node, struct err *err)
{
	static const struct query GONE = { "node_pos.gone",
					   "UPDATE node_pos SET gone = 1 WHERE node = :node" };
	struct row row = query(st, &GONE);

	bind_int(&row, ":node", node);
	return row_run(&row, err);
}

int node_state(struct store *st, int node, char ret[8], struct err *err)
{
	static const struct query STATE = { "node.state",
					    "SELECT state FROM node WHERE number = :node" };
	struct row row = query(st, &STATE);

	ret[0] = '\0';
	bind_int(&row, ":node", node);
	while (row_next(&row))
		get_text(&row, ret, 8);
	return row_done(&row, err);
}

int node_known(struct store *st, int node, bool *ret, struct err *err)
{
	char state[8];

	if (node_state(st, node, state, err) < 0)
		return -1;
	*ret = strcmp(state, "on") == 0;
	return 0;
}
