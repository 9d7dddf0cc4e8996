/*
 * again.c: a command run from its arguments alone.
 */
#include "clinic/again.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/act.h"
#include "store/journal.h"
#include "store/txn.h"

static struct txn txn_of(struct store *st, const struct cmd *c)
{
	return (struct txn){ .store = st,
			     .origin = c->node,
			     .actor = c->actor,
			     .at = c->at,
			     .act = c->act,
			     .cmd = c->history,
			     .reverses = c->reverses };
}

/* What is left of a command that is not run. */
static int leave_row(struct store *st, const struct cmd *c, const char *type, const char *why,
		     struct txn *t, struct err *err)
{
	bool handed = strcmp(type, "handed_in") == 0;
	struct conflict row = { .type = type,
				.a = c->history,
				.note = why,
				.mine = c->type,
				.kept = c->args,
				.kept_n = c->args_n };

	*t = txn_of(st, c);
	if (journal_start(t, err) < 0)
		return -1;
	txn_tell(t, "command", c->history, "%s %s: see the list of clashes", c->type,
		 handed ? "handed in, not done" : "could not be done");
	txn_scope(t, c->scope);
	txn_conflict(t, &row);
	return 0;
}

int command_refuse(struct store *st, const struct cmd *c, const char *why, struct txn *ret_t,
		   int *ret_verdict, struct err *err)
{
	*ret_verdict = VERDICT_FAILED;
	return leave_row(st, c, "failed", why, ret_t, err);
}

int command_hand_in(struct store *st, const struct cmd *c, struct txn *ret_t, int *ret_verdict,
		    struct err *err)
{
	*ret_verdict = VERDICT_FAILED;
	return leave_row(st, c, "handed_in",
			 "not sent before its machine was replaced: do it, or not", ret_t, err);
}

int command_run(struct store *st, const struct cmd *c, struct txn *ret_t, int *ret_verdict,
		struct err *err)
{
	const struct act *act = act_find(c->type);
	void *args = NULL;
	struct err why = ERR_INIT;

	if (!act || act->ver != c->ver) {
		*ret_verdict = VERDICT_UNSUPPORTED;
		return leave_row(st, c, "unsupported",
				 "this program does not know the command: install a newer one",
				 ret_t, err);
	}
	if (args_decode(&act->fields, c->args, c->args_n, &args, &why) < 0)
		return command_refuse(st, c, why.text, ret_t, ret_verdict, err);
	*ret_t = txn_of(st, c);
	if (journal_start(ret_t, err) < 0) {
		args_free(&act->fields, args);
		return -1;
	}
	*ret_verdict = act->run(ret_t, args);
	args_free(&act->fields, args);
	if (!txn_failed(ret_t))
		return 0;
	why = ret_t->err;
	journal_abandon(ret_t);
	/* A disk that is full says nothing about the command: it is run another time. */
	if (why.kind == ERR_STORE) {
		if (err)
			*err = why;
		return -1;
	}
	return command_refuse(st, c, why.text, ret_t, ret_verdict, err);
}

struct renaming {
	struct id (*other)(void *ctx, struct id id);
	void *ctx;
	bool any;
};

static void rename_id(struct renaming *r, struct id *id)
{
	struct id to = id_none(*id) ? *id : r->other(r->ctx, *id);

	r->any |= !id_same(*id, to);
	*id = to;
}

static void rename_in(struct renaming *r, const struct fields *fs, void *args)
{
	for (size_t i = 0; i < fs->n; i++) {
		const struct field *f = &fs->f[i];
		char *at = (char *)args + f->offset;
		/* As every list begins. */
		struct {
			char *v;
			size_t n, cap;
		} *rows = (void *)at;

		if (f->type == F_ID)
			rename_id(r, (struct id *)at);
		for (size_t k = 0; f->type == F_ROWS && k < rows->n; k++)
			rename_in(r, f->rows, rows->v + k * f->rows->size);
	}
}

bool command_renamed(struct cmd *c, struct id (*other)(void *ctx, struct id id), void *ctx)
{
	const struct act *act = act_find(c->type);
	struct renaming r = { other, ctx, false }, in = r;
	struct err err = ERR_INIT;
	struct buf bytes = { 0 };
	void *args = NULL;

	rename_id(&r, &c->history);
	rename_id(&r, &c->reverses);
	if (!act || act->ver != c->ver ||
	    args_decode(&act->fields, c->args, c->args_n, &args, &err) < 0)
		return r.any;
	rename_in(&in, &act->fields, args);
	if (in.any) {
		args_encode(&act->fields, args, &bytes);
		mem_free(c->args);
		c->args = bytes.s;
		c->args_n = bytes.n;
	}
	args_free(&act->fields, args);
	return r.any || in.any;
}

int command_of_hub(const struct cmd *c, struct err *err)
{
	const struct act *act = act_find(c->type);

	if (!act || !act->at_hub)
		return 0;
	return err_set(err, ERR_DENIED, "That is done at the hub: ask who looks after it.");
}
