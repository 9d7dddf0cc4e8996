/*
 * hand.c: slots handed from node to node.
 *
 * `hold_give` is the holder's own: from that moment it does not use the slots, and the receiver
 * begins when it has pulled the entry, so at no time two nodes hold one.  `hold_revoke` is the one
 * way without the holder, for one that is gone or cannot be reached: at the hub, by a person, with
 * a reason.  What the old holder confirmed meanwhile and had not told is decided like a request.
 */
#include "clinic/holder.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "clinic/booking_acts.h"
#include "clinic/diary_acts.h"
#include "clinic/refs.h"
#include "store/replica.h"
#include "store/requests.h"
#include "store/slots.h"
#include "store/store.h"

enum { HOLD_ROLES = ROLE_MANAGER | ROLE_ADMINISTRATOR, MOST = 500 /* slots a command */ };

struct hand {
	struct slot_rows slots;
	int64_t from, to; /* from: of what is revoked, who held them */
	const char *why;
};
static const struct field hand_f[] = {
	FIELD_ROWS(slots, struct hand, "slots", &slot_row_fields),
	FIELD(from, struct hand, "from", F_INT),
	FIELD(to, struct hand, "to", F_INT),
	FIELD(why, struct hand, "why", F_TEXT),
};
static const struct fields hand_fields = FIELDS(hand_f, struct hand);

static int known_node(struct desk *desk, int64_t node, struct err *err)
{
	bool there;

	if (node_known(desk->store, (int)node, &there, err) < 0)
		return -1;
	return there ? 0
		     : err_input(err, "to", "There is no node %lld: node list shows them.",
				 (long long)node);
}

/* ---- given ---- */

/* Those of them that are free and this node's. */
static int to_give(struct desk *desk, int64_t to, struct slot_rows *slots, struct err *err)
{
	size_t kept = 0;

	if (known_node(desk, to, err) < 0)
		return -1;
	if (to == store_me(desk->store)->node)
		return err_input(err, "to", "This is node %lld: name another.", (long long)to);
	list_each (row, slots) {
		struct slot s;

		if (slots_get(desk->store, row->id, &s, err) < 0)
			return -1;
		if (store_holds(desk->store, s.holder) && id_none(s.appt))
			slots->v[kept++] = *row;
	}
	slots->n = kept;
	if (kept == 0)
		return err_set(err, ERR_CLASH,
			       "None of these is free and this node's to give: nothing was given.");
	return 0;
}

static int give_check(struct desk *desk, void *args, struct err *err)
{
	struct hand *h = args;

	return to_give(desk, h->to, &h->slots, err);
}

static int give_run(struct txn *t, const void *args)
{
	const struct hand *h = args;
	int n = 0;

	list_each (s, &h->slots)
		n += slot_give(t, s->id, (int)h->to);
	txn_tell(t, "slot", h->slots.n ? h->slots.v[0].id : t->cmd, "%d slots given to node %lld",
		 n, (long long)h->to);
	return VERDICT_OK;
}

static int give_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			struct err *err)
{
	const struct hand *h = deed->args;
	char node[NAME_TEXT];

	/* From that moment on it may have told somebody of them. */
	(void)ret;
	return err_set(err, ERR_INPUT, "They are for %.28s to give back now: ask there.",
		       node_shown(desk, (int)h->to, node));
}

const struct act act_hold_give = {
	.name = "hold_give",
	.ver = 1,
	.roles = HOLD_ROLES,
	.fields = FIELDS(hand_f, struct hand),
	.check = give_check,
	.run = give_run,
	.reverse = give_reverse,
};

/* ---- taken ---- */

static int revoke_check(struct desk *desk, void *args, struct err *err)
{
	struct hand *h = args;

	if (known_node(desk, h->to, err) < 0)
		return -1;
	if (h->slots.n == 0)
		return err_set(err, ERR_MISSING, "No slots are named: nothing was revoked.");
	return 0;
}

static int revoke_run(struct txn *t, const void *args)
{
	const struct hand *h = args;

	list_each (s, &h->slots)
		slot_revoke(t, s->id, (int)h->to);
	txn_tell(t, "slot", h->slots.n ? h->slots.v[0].id : t->cmd,
		 "%zu slots taken over by node %lld", h->slots.n, (long long)h->to);
	txn_why(t, h->why);
	return VERDICT_OK;
}

/* The hub gives back what came to it, if nobody has been told of it since. */
static int revoke_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			  struct err *err)
{
	const struct hand *was = deed->args;
	struct hand *h;
	char node[NAME_TEXT];

	if (was->to != store_me(desk->store)->node || was->from == 0)
		return err_set(err, ERR_INPUT, "They are for %.28s to give back now: ask there.",
			       node_shown(desk, (int)was->to, node));
	list_each (row, &was->slots) {
		struct slot s;

		if (slots_get(desk->store, row->id, &s, err) < 0)
			return -1;
		if (!store_holds(desk->store, s.holder) || !id_none(s.appt))
			return err_set(
				err, ERR_CLASH,
				"Some are booked or given on: hold give hands back the rest.");
	}
	h = mem_new(sizeof *h);
	h->to = was->from;
	list_each (row, &was->slots)
		*(struct slot_row *)list_push(&h->slots) = *row;
	*ret = (struct call){ &act_hold_give, h };
	return 0;
}

const struct act act_hold_revoke = {
	.name = "hold_revoke",
	.ver = 1,
	.roles = HOLD_ROLES,
	.at_hub = true,
	.fields = FIELDS(hand_f, struct hand),
	.check = revoke_check,
	.run = revoke_run,
	.reverse = revoke_reverse,
};

/* ---- asked for ---- */

static int one_command(struct desk *desk, const struct act *act, const struct hand *all,
		       size_t from, size_t end, int *ret_done, struct err *err)
{
	struct hand *h = mem_new(sizeof *h);
	int rc;

	h->from = all->from;
	h->to = all->to;
	h->why = mem_str(all->why);
	for (size_t i = from; i < end; i++)
		*(struct slot_row *)list_push(&h->slots) = all->slots.v[i];
	rc = act_do(desk, act, h, err);
	*ret_done += (int)h->slots.n;
	args_free(&hand_fields, h);
	return rc;
}

int hold_give(struct desk *desk, const struct slot_list *slots, int to, int *ret_given,
	      struct err *err)
{
	struct hand h = { .to = to };
	int done = 0, rc;
	bool own;

	list_each (id, slots)
		((struct slot_row *)list_push(&h.slots))->id = *id;
	rc = act_join(desk, &own, err);
	if (rc == 0) {
		rc = to_give(desk, to, &h.slots, err);
		for (size_t i = 0; rc == 0 && i < h.slots.n; i += MOST)
			rc = one_command(desk, &act_hold_give, &h, i,
					 i + MOST < h.slots.n ? i + MOST : h.slots.n, &done, err);
		rc = act_part(desk, own, rc, err);
	}
	if (rc == 0 && ret_given)
		*ret_given = done;
	list_free(&h.slots);
	return rc;
}

/* Where a slot that is taken goes, and from whom. */
struct taken {
	int from, to;
	struct id appt, id;
};
struct takens {
	struct taken *v;
	size_t n, cap;
};

static int by_way(const void *x, const void *y)
{
	const struct taken *a = x, *b = y;

	if (a->to != b->to)
		return a->to < b->to ? -1 : 1;
	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	if (!id_same(a->appt, b->appt))
		return a->appt.n < b->appt.n ? -1 : 1;
	return a->id.n < b->id.n ? -1 : a->id.n > b->id.n;
}

static void add_way(struct desk *desk, const struct slot *s, int to, struct takens *ret)
{
	const struct clinician *c = ref_clinician(desk, s->clinician);
	int goes = to;

	if (goes == 0)
		goes = c && c->node != s->holder ? c->node : store_me(desk->store)->node;
	if (goes != s->holder)
		*(struct taken *)list_push(ret) = (struct taken){ s->holder, goes, s->appt, s->id };
}

/* All slots of one appointment have one holder: those beside the named ones come along. */
static int ways(struct desk *desk, const struct slot_list *slots, int to, struct takens *ret,
		struct err *err)
{
	size_t kept = 0;

	list_each (id, slots) {
		struct slots owned = { 0 };
		struct slot s;

		if (slots_get(desk->store, *id, &s, err) < 0 ||
		    (!id_none(s.appt) && slots_of_appt(desk->store, s.appt, &owned, err) < 0))
			return -1;
		if (id_none(s.appt))
			add_way(desk, &s, to, ret);
		list_each (o, &owned)
			add_way(desk, o, to, ret);
		list_free(&owned);
	}
	if (ret->n == 0)
		return err_set(err, ERR_CLASH, "They are held there already: nothing was revoked.");
	qsort(ret->v, ret->n, sizeof *ret->v, by_way);
	for (size_t i = 0; i < ret->n; i++)
		if (kept == 0 || !id_same(ret->v[kept - 1].id, ret->v[i].id))
			ret->v[kept++] = ret->v[i];
	ret->n = kept;
	return 0;
}

/* How many from `i` on go the same way in one command; an appointment goes whole. */
static size_t together(const struct takens *list, size_t i)
{
	const struct taken *first = &list->v[i];
	size_t n = 1, whole;

	while (i + n < list->n && n < MOST && first[n].from == first->from &&
	       first[n].to == first->to)
		n++;
	for (whole = n; whole > 0 && i + n < list->n && !id_none(first[n].appt) &&
			id_same(first[n].appt, first[whole - 1].appt);)
		whole--;
	return whole > 0 ? whole : n;
}

static int take_all(struct desk *desk, const struct takens *list, const char *why, struct err *err)
{
	int rc = 0, done = 0;

	for (size_t i = 0; rc == 0 && i < list->n;) {
		const struct taken *first = &list->v[i];
		struct hand h = { .from = first->from, .to = first->to, .why = why };
		size_t n = together(list, i);

		for (size_t k = 0; k < n; k++)
			((struct slot_row *)list_push(&h.slots))->id = first[k].id;
		rc = one_command(desk, &act_hold_revoke, &h, 0, n, &done, err);
		list_free(&h.slots);
		i += n;
	}
	return rc;
}

static int revoke_all(struct desk *desk, const struct slot_list *slots, int to, const char *why,
		      struct err *err)
{
	struct takens list = { 0 };
	int rc = -1;

	if (slots->n == 0)
		return err_set(err, ERR_MISSING, "No slots are named: nothing was revoked.");
	if (to != 0 && known_node(desk, to, err) < 0)
		return -1;
	if (ways(desk, slots, to, &list, err) == 0)
		rc = take_all(desk, &list, why, err);
	list_free(&list);
	return rc;
}

int hold_revoke(struct desk *desk, const struct slot_list *slots, int to, const char *why,
		struct err *err)
{
	char *clean = (char *)diary_reason(why, err);
	int rc = -1;
	bool own;

	if (!clean)
		return -1;
	rc = act_join(desk, &own, err);
	if (rc == 0)
		rc = act_part(desk, own, revoke_all(desk, slots, to, clean, err), err);
	mem_free(clean);
	return rc;
}
