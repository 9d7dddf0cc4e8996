/*
 * answered.c: a new time was found for somebody who was waiting for one.
 *
 * Tasks that asked for it are done with that as their outcome, and an attendance that was to be
 * followed by another is so.  It is part of the user act that booked or moved, and goes back with
 * it.
 */
#include "base/alloc.h"
#include "base/text.h"
#include "clinic/booking_acts.h"
#include "store/after.h"
#include "store/tasks.h"

struct answer_args {
	struct id appt;
	const char *words;     /* how the tasks ended */
	struct task_ids tasks; /* that asked for it */
	struct task_ids seen;  /* appointments that were to be followed by another */
};
static const struct field answer_f[] = {
	FIELD(appt, struct answer_args, "appt", F_ID),
	FIELD(words, struct answer_args, "words", F_TEXT),
	FIELD_ROWS(tasks, struct answer_args, "tasks", &task_id_fields),
	FIELD_ROWS(seen, struct answer_args, "seen", &task_id_fields),
};
static const struct fields answer_fields = FIELDS(answer_f, struct answer_args);

static void turn(struct txn *t, const struct answer_args *a, enum outcome from, enum outcome to)
{
	list_each (id, &a->seen)
		appt_outcome_turn(t, *id, outcome_code(from), outcome_code(to),
				  outcome_national(to));
}

#define WAITS "to be booked again"

static void tell(struct txn *t, const struct answer_args *a, const char *words)
{
	struct appt_row r;

	txn_tell(t, "appointment", a->appt, "%s", words);
	if (appt_read(t, a->appt, &r))
		txn_scope(t, r.scope);
}

static int run(struct txn *t, const void *args)
{
	const struct answer_args *a = args;

	tasks_settle(t, &a->tasks, a->words);
	turn(t, a, OUTCOME_REBOOK, OUTCOME_AGAIN);
	tell(t, a, text_same(a->words, WAITS) ? WAITS : "the new time that was asked for");
	return VERDICT_OK;
}

static int run_back(struct txn *t, const void *args)
{
	const struct answer_args *a = args;

	tasks_reopen(t, &a->tasks);
	turn(t, a, OUTCOME_AGAIN, OUTCOME_REBOOK);
	tell(t, a, "a new time is asked for again");
	return VERDICT_OK;
}

static int reverse(struct desk *desk, const struct deed *deed, struct call *ret, struct err *err)
{
	const struct answer_args *was = deed->args;
	struct answer_args *a = mem_new(sizeof *a);

	(void)desk, (void)err;
	a->appt = was->appt;
	a->words = mem_str(was->words);
	list_each (id, &was->tasks)
		*list_push(&a->tasks) = *id;
	list_each (id, &was->seen)
		*list_push(&a->seen) = *id;
	*ret = (struct call){ &act_answered_back, a };
	return 0;
}

const struct act act_answered = {
	.name = "answered",
	.ver = 1,
	.roles = ROLE_DESK | ROLE_ADMINISTRATOR,
	.fields = FIELDS(answer_f, struct answer_args),
	.run = run,
	.reverse = reverse,
};

const struct act act_answered_back = {
	.name = "answered_back",
	.ver = 1,
	.roles = ROLE_DESK | ROLE_ADMINISTRATOR,
	.fields = FIELDS(answer_f, struct answer_args),
	.run = run_back,
};

/* Who was to be rung about a time that was taken has another: that settles the clash too. */
static int settle_clashes(struct desk *desk, const struct answer_args *a, struct err *err)
{
	int rc = 0;

	list_each (id, &a->tasks) {
		struct task t;

		if (rc == 0)
			rc = task_get(desk->store, *id, &t, err);
		if (rc == 0 && t.kind == TASK_RINGBACK && !id_none(t.appt))
			rc = clash_settle_about(desk, t.appt, a->words, err);
	}
	return rc;
}

int waits_again(struct desk *desk, struct id appt, struct err *err)
{
	struct answer_args *a = mem_new(sizeof *a);
	int rc;

	a->appt = appt;
	a->words = mem_str(WAITS);
	rc = tasks_rebooking(desk->store, appt, (struct id){ 0 }, &a->tasks, err);
	if (rc == 0 && a->tasks.n)
		rc = act_do(desk, &act_answered, a, err);
	args_free(&answer_fields, a);
	return rc;
}

int answered(struct desk *desk, struct id appt, struct id episode, struct err *err)
{
	struct answer_args *a = mem_new(sizeof *a);
	int rc;

	a->appt = appt;
	a->words = mem_str(id_none(episode) ? "moved to another time" : "a time was booked");
	rc = tasks_rebooking(desk->store, id_none(episode) ? appt : (struct id){ 0 }, episode,
			     &a->tasks, err);
	if (rc == 0 && !id_none(episode))
		rc = episode_to_rebook(desk->store, episode, &a->seen, err);
	if (rc == 0 && (a->tasks.n || a->seen.n))
		rc = act_do(desk, &act_answered, a, err);
	if (rc == 0)
		rc = settle_clashes(desk, a, err);
	args_free(&answer_fields, a);
	return rc;
}
