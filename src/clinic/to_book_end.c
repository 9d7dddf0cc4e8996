/*
 * to_book_end.c: who is to be booked and will not be: not to be reached, no longer wishing it,
 * gone.
 *
 * The course of care ends with its reason, as a discharge ends one that was attended, and the row
 * leaves the list by that alone.  Nurses and clinicians decide it; over no open flag, and not while
 * they wait for a freed time.
 */
#include <string.h>

#include "base/alloc.h"
#include "clinic/booking_acts.h"
#include "clinic/flag_acts.h"
#include "clinic/refs.h"
#include "clinic/referral_acts.h"
#include "clinic/wait.h"
#include "store/after.h"
#include "store/episodes.h"

struct ended {
	struct id episode;
	const char *scope, *reason;
	struct moment closed_at;
};
static const struct field ended_f[] = {
	FIELD_NEEDED(episode, struct ended, "episode", F_ID),
	FIELD_NEEDED(scope, struct ended, "scope", F_TEXT),
	FIELD_NEEDED(reason, struct ended, "reason", F_TEXT),
	FIELD_NEEDED(closed_at, struct ended, "closed_at", F_MOMENT),
};
static const struct fields ended_fields = FIELDS(ended_f, struct ended);

static int check(struct desk *desk, void *args, struct err *err)
{
	struct ended *a = args;
	struct to_book_row row;
	struct wait_row wait;
	struct episode e;

	if (to_book_one(desk, a->episode, &row, err) < 0 ||
	    episode_get(desk->store, a->episode, &e, err) < 0)
		return -1;
	if (!desk_clinical(desk, e.service))
		return err_set(err, ERR_DENIED, "A nurse or clinician decides that: ask one.");
	if (flag_holds(desk, e.person, e.service, err) < 0 || wait_for(desk, e.id, &wait, err) < 0)
		return -1;
	if (!id_none(wait.w.id))
		return err_set(err, ERR_CLASH,
			       "They wait for a freed time: take them off that list first.");
	a->scope = mem_str(e.scope);
	a->closed_at = desk->now;
	return 0;
}

/* Booked or ended elsewhere meanwhile: that stands, and a person hears of it. */
static bool stands(struct txn *t, const struct ended *a, const char *state, struct episode *ret)
{
	if (txn_failed(t) || episode_get(t->store, a->episode, ret, &t->err) < 0)
		return false;
	txn_scope(t, ret->scope);
	return strcmp(ret->state, state) == 0;
}

static int run(struct txn *t, const void *args)
{
	const struct ended *a = args;
	enum end_reason reason = END_NONE;
	struct episode e;

	end_parse(a->reason, &reason);
	txn_tell(t, "episode", a->episode, "ended before it was booked");
	txn_why(t, end_words(reason));
	if (!stands(t, a, "open", &e)) {
		if (!txn_failed(t))
			txn_overlap(t, "state", a->episode, (struct id){ 0 },
				    "two ends of a course");
		return VERDICT_CONFLICT;
	}
	episode_end_set(
		t, a->episode,
		&(struct episode_end){ "closed", a->reason, NULL, a->closed_at, DATE_NONE });
	return VERDICT_OK;
}

static int run_back(struct txn *t, const void *args)
{
	const struct ended *a = args;
	struct episode e;

	txn_tell(t, "episode", a->episode, "taken back: ended before it was booked");
	if (!stands(t, a, "closed", &e))
		return VERDICT_CONFLICT;
	episode_end_set(t, a->episode,
			&(struct episode_end){ .state = "open", .review_by = DATE_NONE });
	return VERDICT_OK;
}

static int reverse(struct desk *desk, const struct deed *deed, struct call *ret, struct err *err)
{
	const struct ended *was = deed->args;
	struct ended *back = mem_new(sizeof *back);

	(void)desk, (void)err;
	back->episode = was->episode;
	back->scope = mem_str(was->scope);
	back->reason = mem_str(was->reason);
	back->closed_at = was->closed_at;
	*ret = (struct call){ &act_to_book_back, back };
	return 0;
}

const struct act act_to_book_end = {
	.name = "to_book_end",
	.ver = 1,
	.roles = TRIAGE_ROLES,
	.fields = FIELDS(ended_f, struct ended),
	.check = check,
	.run = run,
	.reverse = reverse,
};
const struct act act_to_book_back = {
	.name = "to_book_back",
	.ver = 1,
	.roles = TRIAGE_ROLES,
	.fields = FIELDS(ended_f, struct ended),
	.run = run_back,
};

int to_book_end(struct desk *desk, struct id episode, enum end_reason reason, struct err *err)
{
	struct ended *a = mem_new(sizeof *a);
	int rc;

	a->episode = episode;
	a->reason = mem_str(end_code(reason));
	rc = act_do(desk, &act_to_book_end, a, err);
	args_free(&ended_fields, a);
	return rc;
}
