/*
 * answers.c: what waits for an answer, and what came of own acts otherwise than told.
 */
#include "clinic/answers.h"

#include <stdio.h>

#include "base/alloc.h"
#include "clinic/refs.h"
#include "store/appts.h"
#include "store/replica.h"
#include "store/requests.h"
#include "store/store.h"

int asked_list(struct desk *desk, bool in, struct askeds *ret, struct err *err)
{
	struct open_requests open = { 0 };
	struct askeds list = { 0 };
	int rc = desk_needs(desk, ROLE_ANY, "The list of requests", err);

	if (rc == 0)
		rc = requests_open(desk->store, store_me(desk->store)->node, in, &open, err);
	list_each (r, &open) {
		struct asked *a = rc == 0 ? list_push(&list) : NULL;

		if (!a)
			continue;
		a->node = r->node;
		a->holder = r->holder;
		a->held = r->held;
		rc = desk_appt(desk, r->appt, &a->row, err);
	}
	list_free(&open);
	if (rc < 0) {
		list_free(&list);
		return -1;
	}
	*ret = list;
	return 0;
}

int asked_waits(struct desk *desk, struct waits *ret, struct err *err)
{
	enum { MOST = sizeof ret->v / sizeof *ret->v };
	struct open_requests open = { 0 };
	struct waits w = { .n = 0 };
	int rc = requests_open(desk->store, store_me(desk->store)->node, false, &open, err);

	list_each (r, &open) {
		size_t i = 0;

		while (i < w.n && w.v[i].holder != r->holder)
			i++;
		if (i == MOST)
			continue;
		if (i == w.n) {
			w.v[w.n++].holder = r->holder;
			w.v[i].n = 0;
			w.v[i].since = r->at;
		}
		w.v[i].n++;
		if (r->at.utc < w.v[i].since.utc)
			w.v[i].since = r->at;
	}
	list_free(&open);
	if (rc == 0)
		*ret = w;
	return rc;
}

char *waits_words(const struct desk *desk, const struct waits *waits, char *buf, size_t n)
{
	char node[NAME_TEXT];
	size_t at = 0;

	*buf = '\0';
	for (size_t i = 0; i < waits->n && at < n; i++)
		at += (size_t)snprintf(buf + at, n - at, "%s%d%s for %s", i ? ", " : "",
				       waits->v[i].n,
				       i		    ? ""
				       : waits->v[i].n == 1 ? " waits"
							    : " wait",
				       node_shown(desk, waits->v[i].holder, node));
	return buf;
}

/* ---- otherwise than told ---- */

int attention_list(struct desk *desk, struct attentions *ret, struct err *err)
{
	if (desk_needs(desk, ROLE_ANY, "What came otherwise", err) < 0)
		return -1;
	return replica_attention(desk->store, ret, err);
}

int attention_ack(struct desk *desk, int64_t act, struct err *err)
{
	bool now;

	if (desk_needs(desk, ROLE_ANY, "What came otherwise", err) < 0 ||
	    store_begin(desk->store, err) < 0)
		return -1;
	if (attention_read(desk->store, act, desk->now, &now, err) < 0) {
		store_rollback(desk->store);
		return -1;
	}
	if (store_commit(desk->store, err) < 0)
		return -1;
	return now ? 0 : err_set(err, ERR_CLASH, "Somebody has read that already: look again.");
}
