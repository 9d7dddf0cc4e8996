/*
 * block.c: parts of a day taken out of a published diary again, and put back.
 *
 * A block is no row of its own: each of its slots is written down as closed, with the reason, and
 * whoever holds the slot closes it: at once where that is this node, else when its holder hears of
 * it (holder.c).  Who is booked keeps their slot (see leave.c).
 */
#include "base/alloc.h"
#include "clinic/diary.h"
#include "clinic/diary_acts.h"
#include "store/store.h"

struct block_args {
	struct id clinician;
	struct moment from, to;
	const char *why;
	struct id_rows slots;
};
static const struct field block_f[] = {
	FIELD(clinician, struct block_args, "clinician", F_ID),
	FIELD(from, struct block_args, "from", F_MOMENT),
	FIELD(to, struct block_args, "to", F_MOMENT),
	FIELD(why, struct block_args, "why", F_TEXT),
	FIELD_ROWS(slots, struct block_args, "slots", &id_row_fields),
};
static const struct fields block_fields = FIELDS(block_f, struct block_args);

/* Open to be blocked, or blocked; also where the slot's holder has not heard of it yet. */
static int is_one(struct store *st, const struct slot *s, enum slot_state state, bool *ret,
		  struct err *err)
{
	bool blocked;

	if (slot_blocked(st, s->id, &blocked, err) < 0)
		return -1;
	*ret = state == SLOT_BLOCKED ? blocked : s->state == SLOT_OPEN && !blocked;
	return 0;
}

/* Bookable slots that touch the stretch and are open, or blocked. */
static int find_slots(struct desk *desk, struct block_args *b, enum slot_state state,
		      struct err *err)
{
	struct slots all = { 0 };
	int rc;

	if (b->to.utc <= b->from.utc)
		return err_input(err, "to", "A block ends after it starts.");
	if (b->to.utc - b->from.utc > 31 * 86400)
		return err_input(err, "to",
				 "A block is at most a month long: grant leave instead.");
	rc = slots_of_day(desk->store, b->clinician, moment_date(b->from), moment_date(b->to), &all,
			  err);
	for (size_t i = 0; rc == 0 && i < all.n; i++) {
		const struct slot *s = &all.v[i];
		bool is = false;

		if (!slot_kind_bookable(s->kind) || s->starts.utc >= b->to.utc ||
		    slot_ends(s).utc <= b->from.utc)
			continue;
		rc = is_one(desk->store, s, state, &is, err);
		if (is)
			list_push(&b->slots)->id = s->id;
	}
	list_free(&all);
	return rc;
}

static int block_check(struct desk *desk, void *args, struct err *err)
{
	struct block_args *b = args;

	if (diary_may_change(desk, b->clinician, err) < 0)
		return -1;
	if (b->to.utc <= desk->now.utc)
		return err_input(err, "to", "That time has passed.");
	if (find_slots(desk, b, SLOT_OPEN, err) < 0)
		return -1;
	if (b->slots.n == 0)
		return err_set(err, ERR_MISSING,
			       "No open slots are published then: there is nothing to block.");
	return 0;
}

/* What the history speaks of: the first of the slots. */
static struct id subject_of(const struct block_args *b)
{
	return b->slots.n ? b->slots.v[0].id : b->clinician;
}

static int block_run(struct txn *t, const void *args)
{
	const struct block_args *b = args;
	char from[DAY_TEXT], to[DAY_TEXT];

	for (size_t i = 0; i < b->slots.n && !txn_failed(t); i++) {
		struct slot s;

		if (slots_get(t->store, b->slots.v[i].id, &s, &t->err) < 0)
			break;
		blocked_put(t, &s, subject_of(b), b->why, true);
		if (s.state == SLOT_OPEN)
			slot_set_state(t, s.id, SLOT_BLOCKED, b->why);
	}
	txn_why(t, b->why);
	txn_tell(t, "slot", subject_of(b), "Blocked %s to %s", moment_show(b->from, from),
		 moment_show(b->to, to));
	return VERDICT_OK;
}

static struct stretch stretch_of(const struct block_args *b)
{
	return (struct stretch){ .clinician = b->clinician,
				 .from = b->from,
				 .to = b->to,
				 .what = "not there",
				 .type = "slot",
				 .subject = subject_of(b) };
}

static int block_also(struct desk *desk, const void *args, struct err *err)
{
	struct stretch s = stretch_of(args);

	return hit_closed(desk, &s, err);
}

static int blocked_slots(struct store *st, const struct id_rows *ids, struct slots *ret,
			 struct err *err)
{
	list_each (row, ids) {
		struct slot s;

		if (slots_get(st, row->id, &s, err) < 0)
			return -1;
		if (s.state == SLOT_BLOCKED)
			*list_push(ret) = s;
	}
	return 0;
}

static int unblock_check(struct desk *desk, void *args, struct err *err)
{
	struct block_args *b = args;
	struct slots slots = { 0 };
	int rc = -1;

	if (diary_may_change(desk, b->clinician, err) < 0 ||
	    (b->slots.n == 0 && find_slots(desk, b, SLOT_BLOCKED, err) < 0))
		return -1;
	if (b->slots.n == 0)
		return err_set(err, ERR_MISSING, "Nothing is blocked then.");
	if (blocked_slots(desk->store, &b->slots, &slots, err) == 0)
		rc = slots_may_open(desk, &slots, err);
	list_free(&slots);
	return rc;
}

static int unblock_run(struct txn *t, const void *args)
{
	const struct block_args *b = args;
	char from[DAY_TEXT], to[DAY_TEXT];
	struct slots slots = { 0 };

	for (size_t i = 0; i < b->slots.n && !txn_failed(t); i++) {
		struct slot s;

		if (slots_get(t->store, b->slots.v[i].id, &s, &t->err) == 0)
			blocked_put(t, &s, subject_of(b), NULL, false);
	}
	if (!txn_failed(t) && blocked_slots(t->store, &b->slots, &slots, &t->err) == 0)
		slots_open(t, &slots);
	list_free(&slots);
	txn_tell(t, "slot", subject_of(b), "Unblocked %s to %s", moment_show(b->from, from),
		 moment_show(b->to, to));
	return VERDICT_OK;
}

static int unblock_also(struct desk *desk, const void *args, struct err *err)
{
	struct stretch s = stretch_of(args);

	return hit_opened(desk, &s, err);
}

static int unblock_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			   struct err *err)
{
	(void)desk, (void)deed, (void)ret;
	return err_set(err, ERR_INPUT, "Block the time again instead.");
}

const struct act act_unblock = {
	.name = "unblock",
	.ver = 1,
	.roles = DIARY_ROLES,
	.fields = FIELDS(block_f, struct block_args),
	.check = unblock_check,
	.run = unblock_run,
	.reverse = unblock_reverse,
	.also = unblock_also,
};

static int block_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			 struct err *err)
{
	const struct block_args *b = deed->args;
	struct block_args *back = mem_new(sizeof *back);

	(void)desk, (void)err;
	*back = (struct block_args){ .clinician = b->clinician, .from = b->from, .to = b->to };
	list_each (row, &b->slots)
		*list_push(&back->slots) = *row;
	*ret = (struct call){ &act_unblock, back };
	return 0;
}

const struct act act_block = {
	.name = "block",
	.ver = 1,
	.roles = DIARY_ROLES,
	.fields = FIELDS(block_f, struct block_args),
	.check = block_check,
	.run = block_run,
	.reverse = block_reverse,
	.also = block_also,
};

int diary_block(struct desk *desk, struct id clinician, struct moment from, struct moment to,
		const char *why, struct entries *ret_hit, struct err *err)
{
	struct block_args *b = mem_new(sizeof *b);
	int rc = -1;

	*b = (struct block_args){ .clinician = clinician, .from = from, .to = to };
	b->why = diary_reason(why, err);
	if (b->why && act_do(desk, &act_block, b, err) == 0)
		rc = ret_hit ? diary_hit(desk, clinician, from, to, ret_hit, err) : 0;
	args_free(&block_fields, b);
	return rc;
}

int diary_unblock(struct desk *desk, struct id clinician, struct moment from, struct moment to,
		  struct err *err)
{
	struct block_args *b = mem_new(sizeof *b);
	int rc;

	*b = (struct block_args){ .clinician = clinician, .from = from, .to = to };
	rc = act_do(desk, &act_unblock, b, err);
	args_free(&block_fields, b);
	return rc;
}
