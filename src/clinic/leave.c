/*
 * leave.c: days taken out of a published diary again.  Parts of a day are block.c's.
 *
 * Always holds: nobody who is booked is dropped.  Their slots close with the rest, so that they are
 * not given away a second time, but each stays theirs until they are moved, and is a task until
 * then.
 */
#include <stdio.h>

#include "base/alloc.h"
#include "clinic/diary.h"
#include "clinic/diary_acts.h"
#include "store/store.h"

enum { LEAVE_MOST = 2 * 366 };

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

static struct stretch stretch_of(const struct leave_args *l)
{
	return (struct stretch){ .clinician = l->clinician,
				 .from = wall_moment(l->from, 0),
				 .to = wall_moment((struct date){ l->to.n + 1 }, 0),
				 .what = "on leave",
				 .type = "leave",
				 .subject = l->leave };
}

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

static int leave_also(struct desk *desk, const void *args, struct err *err)
{
	struct stretch s = stretch_of(args);

	return hit_closed(desk, &s, err);
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
	struct leave_args *l = args;
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

static int leave_end_also(struct desk *desk, const void *args, struct err *err)
{
	struct stretch s = stretch_of(args);

	return hit_opened(desk, &s, err);
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
	.also = leave_end_also,
};

static int leave_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			 struct err *err)
{
	const struct leave_args *was = deed->args;
	struct leave_args *l = mem_new(sizeof *l);

	(void)desk, (void)err;
	*l = (struct leave_args){
		.leave = was->leave, .clinician = was->clinician, .from = was->from, .to = was->to
	};
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
	.also = leave_also,
};

int diary_leave(struct desk *desk, struct id clinician, struct date from, struct date to,
		const char *why, struct entries *ret_hit, struct id *ret_id, struct err *err)
{
	struct leave_args *l = mem_new(sizeof *l);
	int rc = -1;

	*l = (struct leave_args){ .clinician = clinician, .from = from, .to = to };
	l->why = diary_reason(why, err);
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
