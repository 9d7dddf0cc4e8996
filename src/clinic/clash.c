/* clash.c: the list of clashes, and the act that settles one. */
#include "clinic/clash.h"

#include <stdio.h>

#include "base/alloc.h"
#include "clinic/booking_acts.h"
#include "clinic/task_acts.h"
#include "store/clashes.h"
#include "store/journal.h"
#include "store/tasks.h"

struct settle {
	struct id clash;
	const char *how;
	bool open; /* taken back: it waits again */
};
static const struct field settle_f[] = {
	FIELD(clash, struct settle, "clash", F_ID),
	FIELD(how, struct settle, "how", F_TEXT),
	FIELD(open, struct settle, "open", F_BOOL),
};

static int settle_check(struct desk *desk, void *args, struct err *err)
{
	struct settle *s = args;
	struct clash c;
	char when[DAY_TEXT];

	if (clash_get(desk->store, s->clash, &c, err) < 0)
		return -1;
	if (c.open != s->open)
		return 0;
	if (s->open)
		return err_set(err, ERR_CLASH, "It waits to be settled already: look again.");
	return err_set(err, ERR_CLASH, "%s has settled that already, %s.",
		       *c.closer ? c.closer : "Somebody",
		       moment_said(c.closed_at, desk->today, when));
}

static int settle_run(struct txn *t, const void *args)
{
	const struct settle *s = args;
	struct clash c;

	txn_tell(t, "clash", s->clash, s->open ? "to be settled after all" : "settled");
	txn_why(t, s->how);
	if (!clash_read(t, s->clash, &c))
		return VERDICT_STALE;
	txn_scope(t, c.scope);
	/* Settled twice: the first word stands, nobody needs to hear of the second, and it stands
	 * in nobody's way who takes the first back. */
	if (c.open == s->open) {
		txn_tell(t, "clash", t->cmd, "settled by somebody else already");
		return VERDICT_MERGED;
	}
	clash_set(t, s->clash, s->open, s->how);
	return VERDICT_OK;
}

/* Somebody settled it elsewhere first: nothing of this is to be taken back but what went with it.
 */
static int came_second(struct desk *desk, const struct deed *deed, struct err *err)
{
	const struct settle *was = deed->args;
	struct cmds whole = { 0 };
	struct clash c = { 0 };
	char when[DAY_TEXT];
	int rc = journal_act(desk->store, deed->act, &whole, err);

	if (rc == 0 && whole.n == 1)
		rc = clash_get(desk->store, was->clash, &c, err);
	if (rc == 0 && whole.n == 1)
		rc = c.open ? err_set(err, ERR_CLASH, "It waits to be settled: look again.")
			    : err_set(err, ERR_CLASH, "%s settled that first, %s: theirs stands.",
				      *c.closer ? c.closer : "Somebody",
				      moment_said(c.closed_at, desk->today, when));
	cmds_done(&whole);
	return rc;
}

static int settle_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			  struct err *err)
{
	const struct settle *was = deed->args;
	struct settle *back;
	struct event done;

	if (history_get(desk->store, deed->history, &done, err) < 0)
		return -1;
	if (!id_same(done.subject, was->clash))
		return came_second(desk, deed, err);
	back = mem_new(sizeof *back);
	back->clash = was->clash;
	back->open = !was->open;
	*ret = (struct call){ &act_settle, back };
	return 0;
}

const struct act act_settle = {
	.name = "settle",
	.ver = 1,
	.roles = ROLE_ANY,
	.fields = FIELDS(settle_f, struct settle),
	.check = settle_check,
	.run = settle_run,
	.reverse = settle_reverse,
};

int clash_list(struct desk *desk, struct id after, int max, struct clashes *ret, struct err *err)
{
	if (desk_needs(desk, ROLE_ANY, "The list of clashes", err) < 0)
		return -1;
	return clashes_open(desk->store, after, max, ret, err);
}

static int settle(struct desk *desk, struct id id, const char *how, struct err *err)
{
	struct settle *s = mem_new(sizeof *s);
	int rc;

	s->clash = id;
	s->how = mem_str(how);
	rc = act_do(desk, &act_settle, s, err);
	args_free(&act_settle.fields, s);
	return rc;
}

int clash_settle_about(struct desk *desk, struct id appt, const char *how, struct err *err)
{
	struct clashes open = { 0 };
	int rc = clashes_about(desk->store, appt, &open, err);

	list_each (c, &open)
		if (rc == 0)
			rc = settle(desk, c->id, how, err);
	list_free(&open);
	return rc;
}

/* Nobody rings about what is settled: calls that are this user's to end end with it. */
static int end_calls(struct desk *desk, struct id clash, const char *how, struct err *err)
{
	struct task_ids calls = { 0 };
	struct clash c;
	int rc = clash_get(desk->store, clash, &c, err);

	if (rc == 0 && c.about_appt)
		rc = tasks_ringback_of(desk->store, c.a, &calls, err);
	list_each (id, &calls) {
		struct task t;

		if (rc == 0)
			rc = task_get(desk->store, *id, &t, err);
		if (rc == 0 && task_theirs(desk, &t))
			rc = task_done(desk, *id, TASK_OTHER, how, err);
	}
	list_free(&calls);
	return rc;
}

int clash_settle(struct desk *desk, struct id id, const char *how, struct err *err)
{
	char *clean = clean_reason(how, "how", err);
	int rc = -1;
	bool own;

	if (!clean)
		return -1;
	if (act_join(desk, &own, err) == 0) {
		rc = settle(desk, id, clean, err);
		if (rc == 0)
			rc = end_calls(desk, id, clean, err);
		rc = act_part(desk, own, rc, err);
	}
	mem_free(clean);
	return rc;
}
