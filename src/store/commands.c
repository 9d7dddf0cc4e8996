/*
 * commands.c: reading the journal: the commands that wait for the hub, of one act, of one name.
 * Writing them is journal.c's.
 */
#include <string.h>

#include "base/alloc.h"
#include "store/db.h"
#include "store/journal.h"
#include "store/row.h"

void cmd_done(struct cmd *c)
{
	mem_free(c->args);
	c->args = NULL;
}

void cmds_done(struct cmds *list)
{
	list_each (c, list)
		cmd_done(c);
	list_free(list);
}

#define CMD_COLUMNS                                                                                \
	"k, inc, n, act, type, ver, scope, actor, history, reverses, at, args, told, verdict,"     \
	" state, hash, (SELECT p.hash FROM cmd p WHERE p.k = cmd.k - 1)"

static void get_hash(struct row *row, unsigned char ret[32])
{
	size_t n;
	const void *p = get_blob(row, &n);

	memset(ret, 0, 32);
	if (n == 32)
		memcpy(ret, p, 32);
}

static void get_cmd(struct row *row, struct cmd *c)
{
	const void *p;

	c->node = row->st->me.node;
	c->k = get_int(row);
	c->inc = get_int(row);
	c->n = get_int(row);
	c->act = get_int(row);
	get_text(row, c->type, sizeof c->type);
	c->ver = (int)get_int(row);
	get_text(row, c->scope, sizeof c->scope);
	c->actor = get_id(row);
	c->history = get_id(row);
	c->reverses = get_id(row);
	c->at = get_moment(row);
	p = get_blob(row, &c->args_n);
	c->args = mem_strn(p ? p : "", c->args_n);
	get_text(row, c->told, sizeof c->told);
	get_text(row, c->verdict, sizeof c->verdict);
	get_text(row, c->state, sizeof c->state);
	get_hash(row, c->hash);
	get_hash(row, c->prev);
}

int journal_pending(struct store *st, int64_t after, int max, struct cmds *ret, struct err *err)
{
	static const struct query PENDING = { "cmd.pending",
					      "SELECT " CMD_COLUMNS
					      " FROM cmd WHERE state = 'pending' AND k > :after"
					      " ORDER BY k LIMIT :max" };
	struct row row = query(st, &PENDING);

	bind_int(&row, ":after", after);
	bind_int(&row, ":max", max);
	while (row_next(&row))
		get_cmd(&row, list_push(ret));
	return row_done(&row, err);
}

int journal_named(struct store *st, int64_t inc, int64_t n, struct cmds *ret, struct err *err)
{
	static const struct query NAMED = { "cmd.named", "SELECT " CMD_COLUMNS
							 " FROM cmd WHERE inc = :inc AND n = :n" };
	struct row row = query(st, &NAMED);

	bind_int(&row, ":inc", inc);
	bind_int(&row, ":n", n);
	while (row_next(&row))
		get_cmd(&row, list_push(ret));
	return row_done(&row, err);
}

int journal_pending_any(struct store *st, bool *ret, struct err *err)
{
	static const struct query ANY = { "cmd.pending_any",
					  "SELECT EXISTS (SELECT 1 FROM cmd INDEXED BY cmd_pending"
					  " WHERE state = 'pending')" };
	struct row row = query(st, &ANY);

	while (row_next(&row))
		*ret = get_bool(&row);
	return row_done(&row, err);
}

int journal_hash(struct store *st, int64_t inc, int64_t n, unsigned char ret_hash[32], bool *ret,
		 struct err *err)
{
	static const struct query HASH = { "cmd.hash",
					   "SELECT hash FROM cmd WHERE inc = :inc AND n = :n" };
	struct row row = query(st, &HASH);

	*ret = false;
	bind_int(&row, ":inc", inc);
	bind_int(&row, ":n", n);
	while (row_next(&row)) {
		get_hash(&row, ret_hash);
		*ret = true;
	}
	return row_done(&row, err);
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

int journal_last_acts(struct store *st, struct id actor, struct moment since, const char *aside,
		      int steps, int max, int64_t *ret_acts, int *ret_n, struct err *err)
{
	static const struct query LAST = {
		"cmd.last_acts",
		/* Only so far back, or the key would cost more the longer somebody works here. */
		"SELECT act FROM (SELECT c.act AS act, max(c.k) AS k, max(EXISTS"
		"  (SELECT 1 FROM history r WHERE r.reverses = c.history)) AS undone"
		"  FROM (SELECT k, act, at, history, reverses, type FROM cmd WHERE actor = :actor"
		"   ORDER BY k DESC LIMIT 300) c"
		"  WHERE c.at >= :since AND c.reverses IS NULL AND c.type <> :aside"
		"  GROUP BY c.act ORDER BY max(c.k) DESC LIMIT :steps)"
		" WHERE NOT undone ORDER BY k DESC LIMIT :max"
	};
	struct row row = query(st, &LAST);

	*ret_n = 0;
	bind_id(&row, ":actor", actor);
	bind_text(&row, ":aside", aside);
	bind_moment(&row, ":since", since);
	bind_int(&row, ":steps", steps);
	bind_int(&row, ":max", max);
	while (row_next(&row))
		ret_acts[(*ret_n)++] = get_int(&row);
	return row_done(&row, err);
}
