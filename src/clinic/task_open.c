/*
 * task_open.c: a task opened by a person, and who may be asked.
 *
 * What other acts open beside what they do comes in their own arguments (clinic/task.h).  Taking it
 * back withdraws the task, as long as nobody has had to do with it since.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/refs.h"
#include "clinic/task_acts.h"
#include "store/appts.h"
#include "store/store.h"
#include "store/tasks.h"
#include "store/users.h"

/* ---- for whom, and when ---- */

int task_not_past(const struct desk *desk, struct moment due, struct err *err)
{
	char when[DAY_TEXT];

	if (due.utc >= desk->now.utc - 60)
		return 0;
	return err_input(err, "due", "%s is past: say a day or a time to come.",
			 moment_show(due, when));
}

int task_found_by(struct desk *desk, struct id user, const char *role, struct id site,
		  struct id service, struct err *err)
{
	const struct service *s = ref_service(desk, service);
	const char *dot = role ? strchr(role, '.') : NULL;
	char plain[CODE_TEXT];
	struct user who = { 0 };
	bool ok = true, is_right;
	enum right right;

	if (!s || !s->private_)
		return 0;
	if (!id_none(user)) {
		if (users_by_id(desk->store, user, &who, err) < 0)
			return -1;
		ok = user_sees(&who, s, who.site);
		user_done(&who);
	} else {
		is_right = right_parse(role, &right);
		snprintf(plain, sizeof plain, "%.*s", dot ? (int)(dot - role) : CODE_TEXT - 1,
			 role);
		if (strcmp(plain, role_word(ROLE_COUNSELLOR)) != 0 &&
		    tasks_anybody(desk->store, is_right ? NULL : plain, NULL,
				  right_word(RIGHT_COUNSELLING_DESK), site, &ok, err) < 0)
			return -1;
	}
	return ok ? 0
		  : err_input(err, "for",
			      "They may not see that service: choose somebody who does.");
}

/* ---- the acts ---- */

struct adding {
	const char *scope;
	struct new_tasks tasks; /* one */
};
static const struct field adding_f[] = {
	FIELD(scope, struct adding, "scope", F_TEXT),
	FIELD_ROWS(tasks, struct adding, "tasks", &new_task_fields),
};
static const struct fields adding_fields = FIELDS(adding_f, struct adding);

struct withdrawing {
	const char *scope;
	struct task_ids ids;
};
static const struct field withdrawing_f[] = {
	FIELD(scope, struct withdrawing, "scope", F_TEXT),
	FIELD_ROWS(ids, struct withdrawing, "ids", &task_id_fields),
};

static int person_check(struct desk *desk, struct adding *a, struct new_task *n, struct err *err)
{
	struct client who;

	if (id_none(n->person)) {
		a->scope = mem_printf("care:%d", store_me(desk->store)->node);
		return 0;
	}
	if (client_get(desk->store, n->person, desk->today, &who, err) < 0)
		return -1;
	n->person = who.id;
	a->scope = mem_str(who.scope);
	return 0;
}

static int add_check(struct desk *desk, void *args, struct err *err)
{
	struct adding *a = args;
	struct new_task *n = &a->tasks.v[0];
	const struct service *s = ref_service(desk, n->service);

	if (s && !desk_sees(desk, s))
		return err_set(err, ERR_DENIED,
			       "A private service has a desk of its own: ask there.");
	if (task_found_by(desk, n->user, n->role, n->site, n->service, err) < 0)
		return -1;
	if (n->due.utc == 0)
		n->due = desk->now;
	if (task_not_past(desk, n->due, err) < 0 || person_check(desk, a, n, err) < 0)
		return -1;
	n->id = desk_new_id(desk);
	return 0;
}

static int add_run(struct txn *t, const void *args)
{
	const struct adding *a = args;
	enum task_kind kind;

	txn_tell(t, "record", t->cmd, "not understood here");
	if (a->tasks.n != 1)
		return VERDICT_UNSUPPORTED;
	const struct new_task *n = &a->tasks.v[0];

	txn_scope(t, a->scope);
	txn_tell(t, "task", n->id, "opened: %s",
		 task_kind_parse(n->kind, &kind) ? task_kind_word(kind) : n->kind);
	tasks_put(t, &a->tasks, a->scope);
	return VERDICT_OK;
}

static int withdraw_run(struct txn *t, const void *args)
{
	const struct withdrawing *w = args;

	txn_tell(t, "task", w->ids.n ? w->ids.v[0] : t->cmd, "withdrawn by who opened it");
	txn_scope(t, w->scope);
	tasks_withdraw(t, &w->ids);
	return VERDICT_OK;
}

static int withdraw_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			    struct err *err)
{
	(void)desk, (void)deed, (void)ret;
	return err_set(err, ERR_INPUT, "That was taken back: do it again instead.");
}

const struct act act_task_withdraw = {
	.name = "task_withdraw",
	.ver = 1,
	.roles = ROLE_ANY,
	.fields = FIELDS(withdrawing_f, struct withdrawing),
	.run = withdraw_run,
	.reverse = withdraw_reverse,
};

static int add_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
		       struct err *err)
{
	const struct adding *a = deed->args;
	struct withdrawing *w = mem_new(sizeof *w);

	(void)desk, (void)err;
	w->scope = mem_str(a->scope);
	task_ids_of(&a->tasks, &w->ids);
	*ret = (struct call){ &act_task_withdraw, w };
	return 0;
}

const struct act act_task_add = {
	.name = "task_add",
	.ver = 1,
	.roles = ROLE_ANY,
	.fields = FIELDS(adding_f, struct adding),
	.check = add_check,
	.run = add_run,
	.reverse = add_reverse,
};

/* ---- what people call ---- */

int task_add(struct desk *desk, const struct task_ask *ask, struct id *ret, struct err *err)
{
	const char *why = NULL;
	char *text = text_clean(ask->text ? ask->text : "", TASK_COLUMNS, &why);
	struct adding *a;
	struct new_task *n;
	int rc;

	if (!text)
		return err_input(err, "text", "Those words cannot be kept.  %s.", why);
	if (!*text || text_width(text) > TASK_COLUMNS) {
		mem_free(text);
		return err_input(err, "text", "What is to be done, in at most %d letters?",
				 TASK_COLUMNS);
	}
	a = mem_new(sizeof *a);
	n = list_push(&a->tasks);
	n->kind = mem_str(task_kind_code(ask->kind));
	n->text = text;
	n->user = ask->to.user;
	n->role = id_none(ask->to.user) ? mem_str(ask->to.role) : NULL;
	n->site = ask->to.site;
	n->due = ask->due;
	n->person = ask->person;
	n->service = ask->service;
	rc = act_do(desk, &act_task_add, a, err);
	if (rc == 0 && ret)
		*ret = n->id;
	args_free(&adding_fields, a);
	return rc;
}
