/*
 * flag_acts.c: the acts on flags.
 *
 *	flag_raise --> open --flag_clear--> cleared
 *		        |\__ flag_call, flag_taken, flag_told, flag_plan: still open
 *		        +--flag_back--> off: flag_raise was taken back
 *
 * A change carries how the flag stood and how it is to stand; its run writes what the two differ
 * in.  Nothing that is told in the history is clinical.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/flag_acts.h"
#include "clinic/refs.h"
#include "clinic/task.h"
#include "model/person.h"
#include "store/after.h"
#include "store/appts.h"
#include "store/forms.h"
#include "store/tasks.h"

enum { MORNING = 9 * 60 };

/* ---- raised ---- */

struct raise {
	const char *scope;
	struct new_flags flags; /* one */
	struct new_tasks tasks;
};
static const struct field raise_f[] = {
	FIELD_NEEDED(scope, struct raise, "scope", F_TEXT),
	FIELD_ROWS_NEEDED(flags, struct raise, "flags", &new_flag_fields),
	FIELD_ROWS(tasks, struct raise, "tasks", &new_task_fields),
};

/* Whoever is there of those whom it could be for: an alert that waits for nobody is none. */
static const char *alert_role(struct desk *desk)
{
	static const enum role roles[] = { ROLE_NURSE, ROLE_CLINICIAN };
	bool any = false;

	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
		tasks_anybody(desk->store, role_word(roles[i]), NULL, NULL, (struct id){ 0 }, &any,
			      NULL);
		if (any)
			return role_word(roles[i]);
	}
	return role_word(ROLE_ADMINISTRATOR);
}

struct new_task *flag_alert(struct desk *desk, struct new_tasks *tasks, struct id person,
			    struct id service, struct moment due, const char *text)
{
	struct new_task *n = task_open(desk, tasks, TASK_ALERT, due, "%s", text);
	const struct service *s = ref_service(desk, service);

	n->person = person;
	if (s && s->private_) {
		n->service = service;
		n->role = mem_str(role_word(ROLE_COUNSELLOR));
	} else {
		n->role = mem_str(alert_role(desk));
	}
	return n;
}

void flag_alert_for(struct desk *desk, struct new_task *n, const char *role)
{
	const char *dot = role ? strchr(role, '.') : NULL;
	char plain[CODE_TEXT];
	enum right right;
	bool is_right = role && right_parse(role, &right), any = false;

	if (!role)
		return;
	snprintf(plain, sizeof plain, "%.*s", dot ? (int)(dot - role) : CODE_TEXT - 1, role);
	tasks_anybody(desk->store, is_right ? NULL : plain, dot ? dot + 1 : NULL,
		      is_right ? role : NULL, (struct id){ 0 }, &any, NULL);
	if (!any)
		return;
	mem_free((char *)n->role);
	n->role = mem_str(role);
	if (strcmp(plain, role_word(ROLE_COUNSELLOR)) != 0)
		n->service = (struct id){ 0 };
}

void flag_open(struct desk *desk, struct new_flag *n, struct new_tasks *tasks)
{
	n->id = desk_new_id(desk);
	n->task = flag_alert(desk, tasks, n->person, n->service, desk->now,
			     "Ring now: a flag was raised")
			  ->id;
}

static int raise_check(struct desk *desk, void *args, struct err *err)
{
	struct raise *a = args;
	struct new_flag *n = &a->flags.v[0];
	const struct service *s = ref_service(desk, n->service);
	struct client who;

	if (!s)
		return err_input(err, "service",
				 "There is no such service now: service list shows them.");
	if (!desk_sees(desk, s))
		return err_set(err, ERR_DENIED, "That service has a desk of its own.");
	if (client_get(desk->store, n->person, desk->today, &who, err) < 0)
		return -1;
	n->person = who.id;
	a->scope = mem_str(who.scope);
	flag_open(desk, n, &a->tasks);
	return 0;
}

static int raise_run(struct txn *t, const void *args)
{
	const struct raise *a = args;

	tasks_put(t, &a->tasks, a->scope);
	list_each (n, &a->flags) {
		flag_put(t, n, a->scope);
		txn_tell(t, "flag", n->id, "a flag was raised");
	}
	txn_scope(t, a->scope);
	return VERDICT_OK;
}

/* ---- changed ---- */

struct stand {
	const char *state, *why;
	bool spoke;
	struct moment next_at, cleared_at;
	struct id cleared_by;
};
static const struct field stand_f[] = {
	FIELD_NEEDED(state, struct stand, "state", F_TEXT),
	FIELD(why, struct stand, "why", F_TEXT),
	FIELD(spoke, struct stand, "spoke", F_BOOL),
	FIELD(next_at, struct stand, "next_at", F_MOMENT),
	FIELD(cleared_at, struct stand, "cleared_at", F_MOMENT),
	FIELD(cleared_by, struct stand, "cleared_by", F_ID),
};
static const struct fields stand_fields = FIELDS(stand_f, struct stand);
struct stands { /* one row */
	struct stand *v;
	size_t n, cap;
};

struct call_row {
	struct id id;
	const char *result, *words;
	bool ed;
	struct moment next_at;
};
static const struct field call_f[] = {
	FIELD_NEEDED(id, struct call_row, "id", F_ID),
	FIELD_NEEDED(result, struct call_row, "result", F_TEXT),
	FIELD(words, struct call_row, "words", F_TEXT),
	FIELD(ed, struct call_row, "ed", F_BOOL),
	FIELD(next_at, struct call_row, "next_at", F_MOMENT),
};
static const struct fields call_fields = FIELDS(call_f, struct call_row);

struct change {
	struct id flag, task;
	const char *what;
	struct stands was, to;
	struct {
		struct call_row *v;
		size_t n, cap;
	} calls;
	struct moment due, due_was; /* of its task, put off to the next call */
	struct new_tasks tasks;
	struct task_ids settled; /* ended with it */
	/* taking one back */
	struct task_ids calls_off, withdrawn, reopened;
};
static const struct field change_f[] = {
	FIELD_NEEDED(flag, struct change, "flag", F_ID),
	FIELD(task, struct change, "task", F_ID),
	FIELD(what, struct change, "what", F_TEXT),
	FIELD_ROWS_NEEDED(was, struct change, "was", &stand_fields),
	FIELD_ROWS_NEEDED(to, struct change, "to", &stand_fields),
	FIELD_ROWS(calls, struct change, "calls", &call_fields),
	FIELD(due, struct change, "due", F_MOMENT),
	FIELD(due_was, struct change, "due_was", F_MOMENT),
	FIELD_ROWS(tasks, struct change, "tasks", &new_task_fields),
	FIELD_ROWS(settled, struct change, "settled", &task_id_fields),
	FIELD_ROWS(calls_off, struct change, "calls_off", &task_id_fields),
	FIELD_ROWS(withdrawn, struct change, "withdrawn", &task_id_fields),
	FIELD_ROWS(reopened, struct change, "reopened", &task_id_fields),
};
static const struct fields change_fields = FIELDS(change_f, struct change);

static struct stand *stand_push(struct stands *list, const struct flag *f)
{
	struct stand *s = list_push(list);

	s->state = mem_str(f->state);
	s->why = *f->why ? mem_str(f->why) : NULL;
	s->spoke = f->spoke;
	s->next_at = f->next_at;
	s->cleared_at = f->cleared_at;
	s->cleared_by = f->cleared_by;
	return s;
}

static void merge(struct flag *f, const struct stand *was, const struct stand *to)
{
	if (!text_same(was->state, to->state)) {
		COPY(f->state, to->state);
		COPY(f->why, to->why);
		f->cleared_at = to->cleared_at;
		f->cleared_by = to->cleared_by;
	}
	if (was->spoke != to->spoke)
		f->spoke = to->spoke;
	if (was->next_at.utc != to->next_at.utc)
		f->next_at = to->next_at;
}

/* Commands come from other places too: what could not be stored is not understood. */
static bool sound(const struct change *c)
{
	const struct stand *to = &c->to.v[0];
	bool cleared = text_same(to->state, "cleared");

	if (c->was.n != 1 || c->to.n != 1)
		return false;
	if (!cleared && !text_same(to->state, "open") && !text_same(to->state, "off"))
		return false;
	return cleared ==
	       (!moment_none(to->cleared_at) && !id_none(to->cleared_by) && to->why && *to->why);
}

/* The calls are kept whatever became of the flag meanwhile. */
static void put_calls(struct txn *t, const struct change *c, const char *scope)
{
	list_each (call, &c->calls) {
		const struct new_call n = { call->id,	 c->flag,  call->result,
					    call->words, call->ed, call->next_at };

		flag_call_put(t, scope, &n);
	}
	list_each (id, &c->calls_off)
		flag_call_off(t, *id);
}

static int change_run(struct txn *t, const void *args)
{
	const struct change *c = args;
	struct flag now;
	bool ends;

	txn_tell(t, "flag", c->flag, "%s", text_of(c->what));
	if (!sound(c))
		return VERDICT_UNSUPPORTED;
	if (!flag_read(t, c->flag, &now))
		return VERDICT_STALE;
	txn_scope(t, now.scope);
	ends = !text_same(c->was.v[0].state, c->to.v[0].state);
	put_calls(t, c, now.scope);
	tasks_put(t, &c->tasks, now.scope);
	tasks_withdraw(t, &c->withdrawn);
	if (!text_same(c->was.v[0].state, now.state)) {
		/* Cleared at two places: the first reason stands, and the other is kept beside it.
		 */
		if (ends && !text_same(c->to.v[0].state, now.state))
			txn_overlap(t, "flag", c->flag, (struct id){ 0 }, "changed at two places");
		return ends ? VERDICT_MERGED : VERDICT_OK;
	}
	merge(&now, &c->was.v[0], &c->to.v[0]);
	flag_set(t, &now);
	if (!moment_none(c->due))
		task_put_off(t, c->task, c->due);
	tasks_settle(t, &c->settled, "");
	tasks_reopen(t, &c->reopened);
	return VERDICT_OK;
}

/* ---- checking ---- */

static int begin_change(struct desk *desk, struct change *c, bool clinical, struct flag *ret,
			struct err *err)
{
	char text[ID_TEXT];

	if (flag_get(desk->store, c->flag, ret, err) < 0)
		return -1;
	if (clinical ? !desk_clinical(desk, ret->service) : !flag_known(desk, ret))
		return err_set(err, ERR_MISSING, "There is no flag %s: flag list shows them.",
			       id_text(c->flag, text));
	if (strcmp(ret->state, "open") != 0)
		return err_set(err, ERR_CLASH, "That flag is cleared already: look again.");
	c->task = ret->task;
	stand_push(&c->was, ret);
	return 0;
}

/* In the morning of the next working day. */
static struct moment next_morning(const struct desk *desk)
{
	return wall_moment(
		calendar_add_working(desk->refs->calendar, desk->site.nation, desk->today, 1),
		MORNING);
}

static int call_check(struct desk *desk, void *args, struct err *err)
{
	struct change *c = args;
	struct call_row *call = &c->calls.v[0];
	enum try_result result = TRY_NO_ANSWER;
	struct task task;
	struct stand *to;
	struct flag f;

	if (begin_change(desk, c, true, &f, err) < 0)
		return -1;
	try_parse(call->result, &result);
	to = stand_push(&c->to, &f);
	if (result == TRY_SPOKE) {
		to->spoke = true;
		to->next_at = (struct moment){ 0 };
	} else {
		to->next_at.utc = desk->now.utc + (int64_t)desk->refs->try_again_mins * 60;
		call->next_at = to->next_at;
		if (!id_none(f.task) && task_get(desk->store, f.task, &task, err) == 0) {
			c->due_was = task.due;
			c->due = to->next_at;
		}
	}
	if (call->ed && result != TRY_SPOKE)
		return err_input(err, "ed", "Whoever was not spoken to was not sent anywhere.");
	if (call->ed)
		flag_alert(desk, &c->tasks, f.person, f.service, next_morning(desk),
			   "Ring: how are they since yesterday?");
	call->id = desk_new_id(desk);
	c->what = mem_printf("rung about a flag: %s", try_words(result));
	return 0;
}

/* What is said about it beside calls to them: nothing of how it stands changes. */
static int say(struct desk *desk, struct change *c, const struct flag *f, const char *what)
{
	stand_push(&c->to, f);
	c->calls.v[0].id = desk_new_id(desk);
	c->what = mem_str(what);
	return 0;
}

static int told_check(struct desk *desk, void *args, struct err *err)
{
	struct change *c = args;
	struct flag f;

	if (begin_change(desk, c, false, &f, err) < 0)
		return -1;
	if (!*text_of(c->calls.v[0].words))
		return err_input(err, "who", "Who was told?");
	return say(desk, c, &f, "whoever is on duty was told of a flag");
}

static int taken_check(struct desk *desk, void *args, struct err *err)
{
	struct change *c = args;
	struct flag_calls calls = { 0 };
	char by[CODE_TEXT] = "";
	struct flag f;

	if (begin_change(desk, c, true, &f, err) < 0 ||
	    flag_calls_of(desk->store, c->flag, &calls, err) < 0)
		return -1;
	list_each (call, &calls)
		if (text_same(call->other, FLAG_TAKEN))
			COPY(by, call->user);
	list_free(&calls);
	if (*by)
		return err_set(err, ERR_CLASH, "%s has taken it already.", by);
	return say(desk, c, &f, "somebody looks after a flag");
}

static int plan_check(struct desk *desk, void *args, struct err *err)
{
	struct change *c = args;
	struct flag f;

	if (begin_change(desk, c, true, &f, err) < 0)
		return -1;
	if (!*text_of(c->calls.v[0].words))
		return err_input(err, "plan", "What was agreed, one step after another?");
	return say(desk, c, &f, "a safety plan was made");
}

/* Made since it was raised: written down about it, or answered on a form. */
static int planned(struct desk *desk, const struct flag *f, bool *ret, struct err *err)
{
	struct flag_calls calls = { 0 };
	struct answer_rows rows = { 0 };
	int rc = flag_calls_of(desk->store, f->id, &calls, err);

	*ret = false;
	list_each (call, &calls)
		*ret = *ret || text_same(call->other, FLAG_PLANNED);
	list_free(&calls);
	if (rc == 0 && !*ret)
		rc = answers_of_person(desk->store, f->person, &rows, err);
	list_each (a, &rows)
		*ret = *ret || (strcmp(a->state, "on") == 0 && a->at.utc >= f->raised_at.utc &&
				strstr(a->given, "\"safety_plan\":\"") != NULL);
	answer_rows_done(&rows);
	return rc;
}

static int clear_check(struct desk *desk, void *args, struct err *err)
{
	struct change *c = args;
	const char *why = c->to.n ? c->to.v[0].why : NULL;
	bool plan = true;
	struct task task;
	struct flag f;

	if (begin_change(desk, c, true, &f, err) < 0)
		return -1;
	if (!why || !*why)
		return err_input(err, "why", "Why is it cleared, in a few words?");
	if (flag_does(&f, FLAG_PLAN) && planned(desk, &f, &plan, err) < 0)
		return -1;
	if (!plan)
		return err_input(err, "plan",
				 "Not without a safety plan: record the plan, then clear it.");
	if (!id_none(f.task) && task_get(desk->store, f.task, &task, err) < 0)
		return -1;
	if (!id_none(f.task) && strcmp(task.state, "open") == 0)
		*list_push(&c->settled) = f.task;
	mem_free((char *)c->to.v[0].state);
	c->to.v[0] = (struct stand){ .state = mem_str("cleared"),
				     .why = why,
				     .spoke = f.spoke,
				     .next_at = f.next_at,
				     .cleared_at = desk->now,
				     .cleared_by = desk->user.id };
	c->what = mem_str("the flag was cleared");
	return 0;
}

/* ---- taken back ---- */

static void stands_copy(struct stands *to, const struct stands *from)
{
	list_each (s, from) {
		struct stand *n = list_push(to);

		*n = *s;
		n->state = mem_str(s->state);
		n->why = mem_str(s->why);
	}
}

static int raise_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			 struct err *err)
{
	const struct raise *was = deed->args;
	struct change *back;
	struct flag f;

	if (flag_get(desk->store, was->flags.v[0].id, &f, err) < 0)
		return -1;
	/* A slip of the pen may be a true alarm: whoever may clear it says which. */
	if (!desk_clinical(desk, f.service))
		return err_set(err, ERR_DENIED,
			       "A flag is cleared by a clinician, with a reason: ask one.");
	back = mem_new(sizeof *back);
	back->flag = f.id;
	back->what = mem_str("raised in error");
	stand_push(&back->was, &f);
	stand_push(&back->to, &f);
	mem_free((char *)back->to.v[0].state);
	back->to.v[0].state = mem_str("off");
	task_ids_of(&was->tasks, &back->withdrawn);
	*ret = (struct call){ &act_flag_back, back };
	return 0;
}

static int change_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			  struct err *err)
{
	const struct change *was = deed->args;
	struct change *back = mem_new(sizeof *back);

	(void)desk, (void)err;
	back->flag = was->flag;
	back->task = was->task;
	back->what = mem_printf("taken back: %s", text_of(was->what));
	stands_copy(&back->was, &was->to);
	stands_copy(&back->to, &was->was);
	list_each (call, &was->calls)
		*list_push(&back->calls_off) = call->id;
	back->due = was->due_was;
	task_ids_of(&was->tasks, &back->withdrawn);
	list_each (id, &was->settled)
		*list_push(&back->reopened) = *id;
	*ret = (struct call){ &act_flag_back, back };
	return 0;
}

/* ---- the acts ---- */

const struct act act_flag_raise = {
	.name = "flag_raise",
	.ver = 1,
	.roles = ROLE_DESK,
	.fields = FIELDS(raise_f, struct raise),
	.check = raise_check,
	.run = raise_run,
	.reverse = raise_reverse,
};
const struct act act_flag_call = {
	.name = "flag_call",
	.ver = 1,
	.roles = TRIAGE_ROLES,
	.fields = FIELDS(change_f, struct change),
	.check = call_check,
	.run = change_run,
	.reverse = change_reverse,
};
const struct act act_flag_told = {
	.name = "flag_told",
	.ver = 1,
	.roles = ROLE_DESK,
	.fields = FIELDS(change_f, struct change),
	.check = told_check,
	.run = change_run,
	.reverse = change_reverse,
};
const struct act act_flag_taken = {
	.name = "flag_taken",
	.ver = 1,
	.roles = TRIAGE_ROLES,
	.fields = FIELDS(change_f, struct change),
	.check = taken_check,
	.run = change_run,
	.reverse = change_reverse,
};
const struct act act_flag_plan = {
	.name = "flag_plan",
	.ver = 1,
	.roles = TRIAGE_ROLES,
	.fields = FIELDS(change_f, struct change),
	.check = plan_check,
	.run = change_run,
	.reverse = change_reverse,
};
const struct act act_flag_clear = {
	.name = "flag_clear",
	.ver = 1,
	.roles = TRIAGE_ROLES,
	.fields = FIELDS(change_f, struct change),
	.check = clear_check,
	.run = change_run,
	.reverse = change_reverse,
};
const struct act act_flag_back = {
	.name = "flag_back",
	.ver = 1,
	.roles = ROLE_DESK,
	.fields = FIELDS(change_f, struct change),
	.run = change_run,
};

/* ---- for callers ---- */

int flag_raise(struct desk *desk, const struct flag_ask *ask, struct id *ret, struct err *err)
{
	struct raise *a = mem_new(sizeof *a);
	struct new_flag *n = list_push(&a->flags);
	struct err no = ERR_INIT;
	int rc;

	n->person = ask->person;
	n->service = ask->service;
	n->referral = ask->referral;
	n->kind = mem_printf("%c", flag_letter(ask->kind));
	n->does = ask->does && *ask->does ? mem_str(ask->does) : NULL;
	n->words = clinical_words(ask->words, "words", &no);
	if (no.kind) {
		if (err)
			*err = no;
		rc = -1;
	} else {
		rc = act_do(desk, &act_flag_raise, a, err);
	}
	if (rc == 0 && ret)
		*ret = n->id;
	args_free(&act_flag_raise.fields, a);
	return rc;
}

int flag_ring(struct desk *desk, struct id flag, const struct call_ask *ask,
	      struct moment *ret_next, struct err *err)
{
	struct change *c = mem_new(sizeof *c);
	struct call_row *call = list_push(&c->calls);
	struct err no = ERR_INIT;
	int rc;

	c->flag = flag;
	call->result = mem_str(try_code(ask->result));
	call->ed = ask->ed;
	call->words = clinical_words(ask->words, "words", &no);
	if (no.kind) {
		if (err)
			*err = no;
		rc = -1;
	} else {
		rc = act_do(desk, &act_flag_call, c, err);
	}
	if (rc == 0 && ret_next)
		*ret_next = c->calls.v[0].next_at;
	args_free(&change_fields, c);
	return rc;
}

static int flag_say(struct desk *desk, const struct act *act, struct id flag, const char *result,
		    const char *field, const char *words, struct err *err)
{
	struct change *c = mem_new(sizeof *c);
	struct call_row *call = list_push(&c->calls);
	struct err no = ERR_INIT;
	int rc;

	c->flag = flag;
	call->result = mem_str(result);
	call->words = clinical_words(words, field, &no);
	if (no.kind) {
		if (err)
			*err = no;
		rc = -1;
	} else {
		rc = act_do(desk, act, c, err);
	}
	args_free(&change_fields, c);
	return rc;
}

int flag_tell(struct desk *desk, struct id flag, const char *who, struct err *err)
{
	return flag_say(desk, &act_flag_told, flag, FLAG_TOLD, "who", who, err);
}

int flag_take(struct desk *desk, struct id flag, struct err *err)
{
	return flag_say(desk, &act_flag_taken, flag, FLAG_TAKEN, "", NULL, err);
}

int flag_plan(struct desk *desk, struct id flag, const char *words, struct err *err)
{
	return flag_say(desk, &act_flag_plan, flag, FLAG_PLANNED, "plan", words, err);
}

int flag_clear(struct desk *desk, struct id flag, const char *why, struct err *err)
{
	struct change *c = mem_new(sizeof *c);
	struct stand *to = list_push(&c->to);
	struct err no = ERR_INIT;
	int rc;

	c->flag = flag;
	to->state = mem_str("cleared");
	to->why = clinical_words(why, "why", &no);
	if (no.kind) {
		if (err)
			*err = no;
		rc = -1;
	} else {
		rc = act_do(desk, &act_flag_clear, c, err);
	}
	args_free(&change_fields, c);
	return rc;
}
