/*
 * leave.c: leave and blocks: time that is taken out of a published diary again.
 *
 * Always holds: nobody who is booked is dropped.  Their slots close with the rest, so that they are
 * not given away a second time, but each stays theirs until they are moved.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/diary.h"
#include "clinic/diary_acts.h"
#include "clinic/refs.h"
#include "store/store.h"

enum { WHY_RUNES = 60, LEAVE_MOST = 2 * 366 };

/* A reason as it may be stored; NULL and a sentence when it may not. */
static const char *reason(const char *why, struct err *err)
{
	const char *bad = NULL;
	char *clean = text_clean(why ? why : "", WHY_RUNES, &bad);

	if (!clean)
		err_input(err, "why", "The reason is refused: %s.", bad);
	else if (!*clean)
		err_input(err, "why", "A reason is needed, in a few words.");
	else if (strlen(clean) < WORDS_TEXT)
		return clean;
	else
		err_input(err, "why", "The reason is too long.");
	mem_free(clean);
	return NULL;
}

/* ---- leave ---- */

struct leave_args {
	struct id leave, clinician;
	struct date from, to;
	const char *why;
};
static const struct field leave_f[] = {
	FIELD(leave, struct leave_args, "leave", F_ID),
	FIELD(clinician, struct leave_args, "clinician", F_ID),
	FIELD(from, struct leave_args, "from", F_DATE),
	FIELD(to, struct leave_args, "to", F_DATE),
	FIELD(why, struct leave_args, "why", F_TEXT),
};
static const struct fields leave_fields = FIELDS(leave_f, struct leave_args);

static int leave_check(struct desk *desk, void *args, struct err *err)
{
	struct leave_args *l = args;
	struct leaves other = { 0 };
	char from[DAY_TEXT], to[DAY_TEXT];
	int rc;

	if (diary_may_change(desk, l->clinician, err) < 0)
		return -1;
	if (l->to.n < l->from.n)
		return err_input(err, "to", "Leave cannot end before it starts.");
	if (l->from.n < desk->today.n)
		return err_input(err, "from", "Leave starts today or later.");
	if (l->to.n - l->from.n > LEAVE_MOST)
		return err_input(err, "to", "Leave is at most two years long.");
	rc = leave_between(desk->store, l->clinician, l->from, l->to, &other, err);
	if (rc == 0 && other.n)
		rc = err_set(err, ERR_CLASH,
			     "There is leave from %s to %s already: take that back first.",
			     date_show(other.v[0].from, from), date_show(other.v[0].to, to));
	list_free(&other);
	if (rc == 0 && id_none(l->leave))
		l->leave = desk_new_id(desk);
	return rc;
}

static int leave_run(struct txn *t, const void *args)
{
	const struct leave_args *l = args;
	struct leave leave = {
		.id = l->leave, .clinician = l->clinician, .from = l->from, .to = l->to, .on = true
	};
	char from[DAY_TEXT], to[DAY_TEXT];

	snprintf(leave.why, sizeof leave.why, "%s", l->why);
	leave_put(t, &leave);
	slots_leave(t, l->clinician, l->from, l->to);
	txn_why(t, l->why);
	txn_tell(t, "leave", l->leave, "Leave from %s to %s", date_show(l->from, from),
		 date_show(l->to, to));
	return VERDICT_OK;
}

/* The slots that this leave closed. */
static int slots_on_leave(struct store *st, const struct leave_args *l, struct slots *ret,
			  struct err *err)
{
	struct slots all = { 0 };
	int rc = slots_of_day(st, l->clinician, l->from, l->to, &all, err);

	list_each (s, &all)
		if (s->state == SLOT_LEAVE)
			*list_push(ret) = *s;
	list_free(&all);
	return rc;
}

static int leave_end_check(struct desk *desk, void *args, struct err *err)
{
	const struct leave_args *l = args;
	struct slots slots = { 0 };
	int rc = -1;

	if (diary_may_change(desk, l->clinician, err) == 0 &&
	    slots_on_leave(desk->store, l, &slots, err) == 0)
		rc = slots_may_open(desk, &slots, err);
	list_free(&slots);
	return rc;
}

static int leave_end_run(struct txn *t, const void *args)
{
	const struct leave_args *l = args;
	struct slots slots = { 0 };
	char from[DAY_TEXT], to[DAY_TEXT];

	leave_end(t, l->leave);
	if (!txn_failed(t) && slots_on_leave(t->store, l, &slots, &t->err) == 0)
		slots_open(t, &slots);
	list_free(&slots);
	txn_tell(t, "leave", l->leave, "No leave from %s to %s after all", date_show(l->from, from),
		 date_show(l->to, to));
	return VERDICT_OK;
}

static int leave_end_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			     struct err *err)
{
	(void)desk, (void)deed, (void)ret;
	return err_set(err, ERR_INPUT, "Grant the leave again instead.");
}

const struct act act_leave_end = {
	.name = "leave_end",
	.ver = 1,
	.roles = DIARY_ROLES,
	.fields = FIELDS(leave_f, struct leave_args),
	.check = leave_end_check,
	.run = leave_end_run,
	.reverse = leave_end_reverse,
};

static int leave_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			 struct err *err)
{
	struct leave_args *l = mem_new(sizeof *l);

	(void)desk, (void)err;
	*l = *(const struct leave_args *)deed->args;
	l->why = NULL;
	*ret = (struct call){ &act_leave_end, l };
	return 0;
}

const struct act act_leave = {
	.name = "leave",
	.ver = 1,
	.roles = DIARY_ROLES,
	.fields = FIELDS(leave_f, struct leave_args),
	.check = leave_check,
	.run = leave_run,
	.reverse = leave_reverse,
};

int diary_leave(struct desk *desk, struct id clinician, struct date from, struct date to,
		const char *why, struct entries *ret_hit, struct id *ret_id, struct err *err)
{
	struct leave_args *l = mem_new(sizeof *l);
	int rc = -1;

	*l = (struct leave_args){ .clinician = clinician, .from = from, .to = to };
	l->why = reason(why, err);
	if (l->why && act_do(desk, &act_leave, l, err) == 0)
		rc = ret_hit ? diary_hit(desk, clinician, wall_moment(from, 0),
					 wall_moment((struct date){ to.n + 1 }, 0), ret_hit, err)
			     : 0;
	if (rc == 0 && ret_id)
		*ret_id = l->leave;
	args_free(&leave_fields, l);
	return rc;
}

int diary_leaves(struct desk *desk, struct id clinician, struct date from, struct leaves *ret,
		 struct err *err)
{
	return leave_between(desk->store, clinician, from, (struct date){ INT32_MAX }, ret, err);
}

/* ---- blocks ---- */

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

/* Bookable slots of a state that touch the stretch. */
static int find_slots(struct desk *desk, struct block_args *b, enum slot_state state,
		      struct err *err)
{
	struct slots all = { 0 };

	if (b->to.utc <= b->from.utc)
		return err_input(err, "to", "A block ends after it starts.");
	if (b->to.utc - b->from.utc > 31 * 86400)
		return err_input(err, "to",
				 "A block is at most a month long: grant leave instead.");
	if (slots_of_day(desk->store, b->clinician, moment_date(b->from), moment_date(b->to), &all,
			 err) < 0) {
		list_free(&all);
		return -1;
	}
	list_each (s, &all)
		if (s->state == state && slot_kind_bookable(s->kind) && s->starts.utc < b->to.utc &&
		    slot_ends(s).utc > b->from.utc)
			list_push(&b->slots)->id = s->id;
	list_free(&all);
	return 0;
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

		if (slots_get(t->store, b->slots.v[i].id, &s, &t->err) == 0 && s.state == SLOT_OPEN)
			slot_set_state(t, s.id, SLOT_BLOCKED, b->why);
	}
	txn_why(t, b->why);
	txn_tell(t, "slot", subject_of(b), "Blocked %s to %s", moment_show(b->from, from),
		 moment_show(b->to, to));
	return VERDICT_OK;
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

	if (blocked_slots(t->store, &b->slots, &slots, &t->err) == 0)
		slots_open(t, &slots);
	list_free(&slots);
	txn_tell(t, "slot", subject_of(b), "Unblocked %s to %s", moment_show(b->from, from),
		 moment_show(b->to, to));
	return VERDICT_OK;
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
};

int diary_block(struct desk *desk, struct id clinician, struct moment from, struct moment to,
		const char *why, struct entries *ret_hit, struct err *err)
{
	struct block_args *b = mem_new(sizeof *b);
	int rc = -1;

	*b = (struct block_args){ .clinician = clinician, .from = from, .to = to };
	b->why = reason(why, err);
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

/* ---- who is hit ---- */

int diary_hit(struct desk *desk, struct id clinician, struct moment from, struct moment to,
	      struct entries *ret, struct err *err)
{
	struct entries all = { 0 };
	int rc = entries_of(desk->store, clinician, moment_date(from), moment_date(to), &all, err);

	list_each (e, &all) {
		int64_t ends = e->appt.starts.utc + e->appt.mins * 60;

		if (!appt_live(e->appt.state) || e->appt.starts.utc >= to.utc || ends <= from.utc)
			continue;
		diary_mask(desk, e);
		*list_push(ret) = *e;
	}
	list_free(&all);
	return rc;
}
