/*
 * attempt.c: calls, and when to ring again.  What they are about is an appointment or a task, never
 * both; a call that is taken back stays as a row that is off.
 */
#include "clinic/attempt.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/booking.h"
#include "clinic/booking_acts.h"
#include "clinic/refs.h"
#include "clinic/task_acts.h"
#include "store/after.h"
#include "store/tasks.h"

struct try_args {
	struct id try, appt, task;
	int64_t nth;
	const char *result, *scope;
	struct moment again, due; /* due: the task's before this */
};
static const struct field try_f[] = {
	FIELD(try, struct try_args, "try", F_ID),
	FIELD(appt, struct try_args, "appt", F_ID),
	FIELD(task, struct try_args, "task", F_ID),
	FIELD(nth, struct try_args, "nth", F_INT),
	FIELD_NEEDED(result, struct try_args, "result", F_TEXT),
	FIELD_NEEDED(scope, struct try_args, "scope", F_TEXT),
	FIELD(again, struct try_args, "again", F_MOMENT),
	FIELD(due, struct try_args, "due", F_MOMENT),
};
static const struct fields try_fields = FIELDS(try_f, struct try_args);

/* ---- check ---- */

static int of_appt(struct desk *desk, struct try_args *a, struct err *err)
{
	struct appt_row r;
	char when[DAY_TEXT];

	if (appt_get(desk->store, a->appt, &r, err) < 0 ||
	    booking_own_desk(desk, r.a.service, err) < 0)
		return -1;
	if (r.a.mode != MODE_PHONE)
		return err_input(err, "", "That appointment is not by telephone.");
	if (!appt_live(r.a.state))
		return err_set(err, ERR_CLASH, "That appointment is %s already.",
			       appt_word(r.a.state));
	if (r.a.day.n != desk->today.n)
		return err_input(err, "", "That appointment is on %s, not today.",
				 date_show_day(r.a.day, when));
	a->scope = mem_str(r.scope);
	return 0;
}

static int of_task(struct desk *desk, struct try_args *a, struct err *err)
{
	struct task task;

	if (task_find(desk, a->task, &task, err) < 0)
		return -1;
	if (!task_theirs(desk, &task))
		return err_set(err, ERR_DENIED, "That call is not yours: hand it over instead.");
	if (strcmp(task.state, "open") != 0)
		return err_set(err, ERR_CLASH, "That task is done already.");
	if (task.kind != TASK_RING && task.kind != TASK_RINGBACK && task.kind != TASK_REBOOK)
		return err_input(err, "", "That task is not about a call.");
	a->scope = mem_str(task.scope);
	a->due = task.due;
	return 0;
}

static int check(struct desk *desk, void *args, struct err *err)
{
	struct try_args *a = args;
	struct tries before = { 0 };

	if ((id_none(a->appt) ? of_task(desk, a, err) : of_appt(desk, a, err)) < 0 ||
	    tries_of(desk->store, a->appt, a->task, &before, err) < 0)
		return -1;
	a->nth = before.n ? before.v[before.n - 1].nth + 1 : 1;
	list_free(&before);
	if (strcmp(a->result, try_code(TRY_SPOKE)) != 0 && a->nth < desk->refs->tries)
		a->again.utc = desk->now.utc + (int64_t)desk->refs->try_again_mins * 60;
	a->try = desk_new_id(desk);
	return 0;
}

/* ---- run, and back ---- */

static void tell(struct txn *t, const struct try_args *a, const char *before)
{
	enum try_result result = TRY_NO_ANSWER;
	char at[DAY_TEXT];
	bool again = !moment_none(a->again);

	try_parse(a->result, &result);
	txn_tell(t, id_none(a->appt) ? "task" : "appointment", id_none(a->appt) ? a->task : a->appt,
		 "%stry %lld: %s%s%s", before, (long long)a->nth, try_words(result),
		 again ? ", again " : "", again ? minute_show(moment_minute(a->again), at) : "");
	txn_scope(t, a->scope);
}

static int run(struct txn *t, const void *args)
{
	const struct try_args *a = args;
	struct try_row r = { .id = a->try,
			     .user = t->actor,
			     .nth = (int)a->nth,
			     .at = t->at,
			     .next_at = a->again,
			     .result = TRY_NO_ANSWER };

	try_parse(a->result, &r.result);
	try_put(t, &r, a->scope, a->appt, a->task);
	if (!id_none(a->task) && !moment_none(a->again))
		task_put_off(t, a->task, a->again);
	tell(t, a, "");
	return VERDICT_OK;
}

static int run_back(struct txn *t, const void *args)
{
	const struct try_args *a = args;

	try_off(t, a->try);
	if (!id_none(a->task) && !moment_none(a->again))
		task_put_off(t, a->task, a->due);
	tell(t, a, "taken back: ");
	return VERDICT_OK;
}

static int reverse(struct desk *desk, const struct deed *deed, struct call *ret, struct err *err)
{
	const struct try_args *was = deed->args;
	struct try_args *a = mem_new(sizeof *a);

	(void)desk, (void)err;
	*a = *was;
	a->result = mem_str(was->result);
	a->scope = mem_str(was->scope);
	*ret = (struct call){ &act_try_back, a };
	return 0;
}

const struct act act_try = {
	.name = "try",
	.ver = 1,
	.roles = ROLE_DESK | ROLE_ADMINISTRATOR,
	.fields = FIELDS(try_f, struct try_args),
	.check = check,
	.run = run,
	.reverse = reverse,
};

const struct act act_try_back = {
	.name = "try_back",
	.ver = 1,
	.roles = ROLE_DESK | ROLE_ADMINISTRATOR,
	.fields = FIELDS(try_f, struct try_args),
	.run = run_back,
};

/* ---- for callers ---- */

/* Spoken to, they are with the clinician. */
static int in_room(struct desk *desk, struct id appt, struct err *err)
{
	struct appt_row r;

	if (appt_get(desk->store, appt, &r, err) < 0)
		return -1;
	return r.a.state == APPT_IN_ROOM ? 0 : booking_mark(desk, appt, APPT_IN_ROOM, NULL, err);
}

int attempt(struct desk *desk, struct id appt, struct id task, enum try_result result,
	    struct attempt *ret, struct err *err)
{
	struct try_args *a = mem_new(sizeof *a);
	bool own;
	int rc;

	a->appt = appt;
	a->task = id_none(appt) ? task : (struct id){ 0 };
	a->result = mem_str(try_code(result));
	rc = act_join(desk, &own, err);
	if (rc == 0) {
		rc = act_do(desk, &act_try, a, err);
		if (rc == 0 && result == TRY_SPOKE && !id_none(appt))
			rc = in_room(desk, appt, err);
		rc = act_part(desk, own, rc, err);
	}
	if (rc == 0)
		*ret = (struct attempt){ .nth = (int)a->nth,
					 .again = a->again,
					 .last = result != TRY_SPOKE && moment_none(a->again) };
	args_free(&try_fields, a);
	return rc;
}

int attempts_of(struct desk *desk, struct id appt, struct id task, struct tries *ret,
		struct err *err)
{
	return tries_of(desk->store, appt, task, ret, err);
}
