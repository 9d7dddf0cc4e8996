/*
 * replay.c: entries of the log taken in at a node, its own pending work redone on top.
 *
 * Pending commands are taken back as one, the entries applied as one, and the commands run again
 * one after the other: a hundred cost about 20 ms, so nothing cleverer is needed (SQLite's session
 * extension could rebase changesets, but what a command meant is in its arguments alone).
 */
#include "sync/replay.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/again.h"
#include "store/replica.h"
#include "store/requests.h"
#include "store/store.h"
#include "store/txn.h"

static int redo_one(struct store *st, const struct cmd *c, struct err *err)
{
	struct err why = ERR_INIT;
	struct txn t;
	int verdict;

	if (command_run(st, c, &t, &verdict, err) < 0)
		return -1;
	if (journal_end_again(&t, c, (enum verdict)verdict, &why) == 0)
		return 0;
	journal_abandon(&t);
	if (why.kind != ERR_STORE)
		return journal_again_failed(st, c, err);
	if (err)
		*err = why;
	return -1;
}

static int redo(struct store *st, struct err *err)
{
	struct cmds list = { 0 };
	int rc = journal_pending(st, 0, INT32_MAX, &list, err);

	for (size_t i = 0; rc == 0 && i < list.n; i++)
		rc = redo_one(st, &list.v[i], err);
	cmds_done(&list);
	return rc;
}

int replay_pending(struct store *st, struct err *err)
{
	if (store_begin(st, err) < 0)
		return -1;
	if (redo(st, err) < 0) {
		store_rollback(st);
		return -1;
	}
	return store_commit(st, err);
}

static int64_t new_life(struct desk *desk)
{
	int64_t inc;

	desk->world->chance(desk->world, &inc, sizeof inc);
	return inc & INT64_MAX;
}

/* ---- ids that two copies of this node gave out ---- */

struct swap {
	struct id from, to;
};
struct swaps {
	struct desk *desk;
	const struct id_list *taken; /* in order */
	struct {
		struct swap *v;
		size_t n, cap;
	} done;
};

static int by_number(const void *a, const void *b)
{
	int64_t x = ((const struct id *)a)->n, y = ((const struct id *)b)->n;

	return x < y ? -1 : x > y;
}

static struct id other_id(void *ctx, struct id id)
{
	struct swaps *s = ctx;
	struct swap *swap;

	if (!bsearch(&id, s->taken->v, s->taken->n, sizeof id, by_number))
		return id;
	list_each (d, &s->done)
		if (id_same(d->from, id))
			return d->to;
	swap = list_push(&s->done);
	swap->from = id;
	swap->to = desk_new_id(s->desk);
	return swap->to;
}

/* Two copies that are at work in the same moment call two things by one id.  Whoever comes to the
 * log second gives theirs another: in every pending command that speaks of it, and none that is in
 * the log can, for this node has just heard of the first. */
static int rename_taken(struct desk *desk, struct id_list *taken, bool *ret_forked, struct err *err)
{
	struct swaps swaps = { .desk = desk, .taken = taken };
	struct cmds list = { 0 };
	int rc = 0;

	if (taken->n == 0)
		return 0;
	qsort(taken->v, taken->n, sizeof *taken->v, by_number);
	rc = journal_pending(desk->store, 0, INT32_MAX, &list, err);
	for (size_t i = 0; rc == 0 && i < list.n; i++)
		if (command_renamed(&list.v[i], other_id, &swaps)) {
			*ret_forked = true;
			rc = replica_rewrite(desk->store, &list.v[i], err);
		}
	cmds_done(&list);
	list_free(&swaps.done);
	return rc;
}

static int settle_own(struct desk *desk, const struct log_entries *list, struct err *err)
{
	struct store *st = desk->store;
	struct id_list taken = { 0 };
	bool forked = false;
	int rc = replica_take_own(st, list, &forked, &taken, err);

	if (rc == 0)
		rc = rename_taken(desk, &taken, &forked, err);
	list_free(&taken);
	return rc == 0 && forked ? replica_forked(st, new_life(desk), err) : rc;
}

static int take_in(struct desk *desk, const struct log_entries *list, bool *ret_alarm,
		   struct err *err)
{
	struct store *st = desk->store;
	struct err why = ERR_INIT;

	*ret_alarm = false;
	if (journal_take_back(st, &why) < 0) {
		*ret_alarm = why.kind == ERR_FAULT;
		if (err)
			*err = why;
		return -1;
	}
	if (replica_apply(st, list, ret_alarm, err) < 0)
		return -1;
	if (settle_own(desk, list, &why) < 0) {
		*ret_alarm = why.kind == ERR_FAULT;
		if (err)
			*err = why;
		return -1;
	}
	return redo(st, err);
}

/* Another process of this node may have taken the first of them in since they were asked for. */
static struct log_entries new_ones(const struct store *st, const struct log_entries *list)
{
	const struct me *me = store_me(st);
	size_t i = 0;

	while (i < list->n && list->v[i].seq <= me->seq && list->v[i].epoch == me->epoch)
		i++;
	/* The last of those is what this copy stands on, or there are two logs. */
	if (i > 0 && list->v[i - 1].seq == me->seq &&
	    memcmp(list->v[i - 1].hash, me->hash, sizeof me->hash) != 0)
		i = 0;
	return (struct log_entries){ .v = list->v + i, .n = list->n - i };
}

int replay(struct desk *desk, const struct log_entries *list, struct err *err)
{
	struct err why = ERR_INIT;
	struct log_entries rest;
	bool alarm;

	if (list->n == 0)
		return 0;
	if (store_begin(desk->store, err) < 0)
		return -1;
	if (store_me(desk->store)->restored &&
	    replica_reborn(desk->store, new_life(desk), err) < 0) {
		store_rollback(desk->store);
		return -1;
	}
	rest = new_ones(desk->store, list);
	if (take_in(desk, &rest, &alarm, &why) == 0)
		return store_commit(desk->store, err);
	store_rollback(desk->store);
	if (alarm) {
		replica_stop(desk->store, why.text, NULL);
		why.kind = ERR_STORE;
	}
	if (err)
		*err = why;
	return -1;
}
