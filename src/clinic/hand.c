/*
 * hand.c: slots handed from node to node.
 *
 * `hold_give` is the holder's own: from that moment it does not use the slots, and the receiver
 * begins when it has pulled the entry, so at no time two nodes hold one.  `hold_revoke` is the one
 * way without the holder, for one that is gone or cannot be reached: at the hub, by a person, with
 * a reason.  What the old holder confirmed meanwhile and had not told is decided like a request.
 */
#include "clinic/holder.h"

#include "base/alloc.h"
#include "clinic/booking_acts.h"
#include "clinic/diary_acts.h"
#include "store/replica.h"
#include "store/requests.h"
#include "store/slots.h"
#include "store/store.h"

enum { HOLD_ROLES = ROLE_MANAGER | ROLE_ADMINISTRATOR };

struct hand {
	struct slot_rows slots;
	int64_t to;
	const char *why;
};
static const struct field hand_f[] = {
	FIELD_ROWS(slots, struct hand, "slots", &slot_row_fields),
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

static int give_check(struct desk *desk, void *args, struct err *err)
{
	struct hand *h = args;
	size_t kept = 0;

	if (known_node(desk, h->to, err) < 0)
		return -1;
	if (h->to == store_me(desk->store)->node)
		return err_input(err, "to", "This is node %lld: name another.", (long long)h->to);
	list_each (row, &h->slots) {
		struct slot s;

		if (slots_get(desk->store, row->id, &s, err) < 0)
			return -1;
		if (store_holds(desk->store, s.holder) && id_none(s.appt))
			h->slots.v[kept++] = *row;
	}
	h->slots.n = kept;
	if (kept == 0)
		return err_set(err, ERR_CLASH,
			       "None of these is free and this node's to give: nothing was given.");
	return 0;
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
	(void)desk, (void)deed, (void)ret;
	return err_set(err, ERR_INPUT, "They are the other node's now: it gives them back.");
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

/* All slots of one appointment have one holder: those beside the named ones come along. */
static int whole_appts(struct desk *desk, struct hand *h, struct err *err)
{
	struct slot_rows all = { 0 };
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < h->slots.n; i++) {
		struct slots owned = { 0 };
		struct slot s;

		rc = slots_get(desk->store, h->slots.v[i].id, &s, err);
		if (rc == 0 && id_none(s.appt))
			*list_push(&owned) = s;
		else if (rc == 0)
			rc = slots_of_appt(desk->store, s.appt, &owned, err);
		list_each (o, &owned) {
			bool there = false;

			list_each (a, &all)
				there |= id_same(a->id, o->id);
			if (!there)
				((struct slot_row *)list_push(&all))->id = o->id;
		}
		list_free(&owned);
	}
	list_free(&h->slots);
	h->slots = all;
	return rc;
}

static int revoke_check(struct desk *desk, void *args, struct err *err)
{
	struct hand *h = args;

	if (known_node(desk, h->to, err) < 0 || whole_appts(desk, h, err) < 0)
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

static int revoke_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			  struct err *err)
{
	(void)desk, (void)deed, (void)ret;
	return err_set(err, ERR_INPUT, "Give them to the node again instead.");
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

static struct hand *hand_of(const struct slot_list *slots, int to)
{
	struct hand *h = mem_new(sizeof *h);

	h->to = to;
	list_each (id, slots)
		((struct slot_row *)list_push(&h->slots))->id = *id;
	return h;
}

int hold_give(struct desk *desk, const struct slot_list *slots, int to, int *ret_given,
	      struct err *err)
{
	struct hand *h = hand_of(slots, to);
	int rc = act_do(desk, &act_hold_give, h, err);

	if (rc == 0 && ret_given)
		*ret_given = (int)h->slots.n;
	args_free(&hand_fields, h);
	return rc;
}

int hold_revoke(struct desk *desk, const struct slot_list *slots, int to, const char *why,
		struct err *err)
{
	struct hand *h = hand_of(slots, to);
	int rc = -1;

	h->why = diary_reason(why, err);
	if (h->why)
		rc = act_do(desk, &act_hold_revoke, h, err);
	args_free(&hand_fields, h);
	return rc;
}
