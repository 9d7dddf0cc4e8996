/*
 * chain.c: the two chains that make tampering visible, of commands and of openings.
 *
 * Each cmd row's hash covers the row before it and its own fields, each viewed row's likewise; the
 * heads stand in `me`.
 */
#include <string.h>

#include "base/hash.h"
#include "store/db.h"
#include "store/journal.h"
#include "store/row.h"

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

void cmd_seal(struct cmd *c)
{
	chain_cmd(c->prev, c->inc, c->n, c->act, c->type, c->ver, c->actor.n, c->at.utc,
		  c->history.n, c->reverses.n, c->args, c->args_n, c->hash);
}

/* ---- walked ---- */

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

/* ---- openings ---- */

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
