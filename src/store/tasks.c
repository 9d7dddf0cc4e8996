/* tasks.c: the rows of `task`. */
#include "store/tasks.h"

#include <assert.h>

#include "base/alloc.h"
#include "store/row.h"

#define TASK_COLUMNS                                                                               \
	"id, scope, kind, text, due, person, appt, service, for_user, for_role, site, opened_at,"  \
	" opened_by, state, outcome, done_at, done_by"

static void get_task(struct row *row, struct task *t)
{
	char kind[CODE_TEXT];

	t->id = get_id(row);
	get_text(row, t->scope, sizeof t->scope);
	get_text(row, kind, sizeof kind);
	if (!task_kind_parse(kind, &t->kind))
		t->kind = TASK_TODO;
	get_text(row, t->text, sizeof t->text);
	t->due = get_moment(row);
	t->person = get_id(row);
	t->appt = get_id(row);
	t->service = get_id(row);
	t->user = get_id(row);
	get_text(row, t->role, sizeof t->role);
	t->site = get_id(row);
	t->opened_at = get_moment(row);
	t->opened_by = get_id(row);
	get_text(row, t->state, sizeof t->state);
	get_text(row, t->outcome, sizeof t->outcome);
	t->done_at = get_moment(row);
	t->done_by = get_id(row);
}

int task_get(struct store *st, struct id id, struct task *ret, struct err *err)
{
	static const struct query GET = { "tasks.get",
					  "SELECT " TASK_COLUMNS " FROM task WHERE id = :id" };
	struct row row = query(st, &GET);
	struct task found = { 0 };
	char text[ID_TEXT];

	bind_id(&row, ":id", id);
	while (row_next(&row))
		get_task(&row, &found);
	if (row_done(&row, err) < 0)
		return -1;
	if (id_none(found.id))
		return err_set(err, ERR_MISSING, "There is no task %s.", id_text(id, text));
	*ret = found;
	return 0;
}

void tasks_put(struct txn *t, const struct new_tasks *tasks, const char *scope)
{
	static const struct query PUT = {
		"task.put",
		"INSERT INTO task (id, scope, kind, text, due, person, appt, service, for_user, for_role,"
		" site, opened_at, opened_by, state) VALUES (:id, :scope, :kind, :text, :due, :person,"
		" :appt, :service, :user, :role, :site, :at, :by, 'open')"
	};

	list_each (n, tasks) {
		struct row row = query(t->store, &PUT);

		assert(!id_none(n->id) && (n->role || !id_none(n->user)));
		bind_id(&row, ":id", n->id);
		bind_text(&row, ":scope", scope);
		bind_text(&row, ":kind", n->kind);
		bind_text(&row, ":text", n->text);
		bind_moment(&row, ":due", n->due);
		bind_id(&row, ":person", n->person);
		bind_id(&row, ":appt", n->appt);
		bind_id(&row, ":service", n->service);
		bind_id(&row, ":user", n->user);
		bind_text(&row, ":role", id_none(n->user) ? n->role : NULL);
		bind_id(&row, ":site", n->site);
		bind_moment(&row, ":at", t->at);
		bind_int(&row, ":by", t->actor.n);
		txn_run(t, &row);
	}
}

void tasks_withdraw(struct txn *t, const struct task_ids *ids)
{
	static const struct query WITHDRAW = {
		"task.withdraw",
		"UPDATE task SET state = 'withdrawn' WHERE id = :id AND state = 'open'"
	};

	list_each (id, ids) {
		struct row row = query(t->store, &WITHDRAW);

		bind_id(&row, ":id", *id);
		txn_run(t, &row);
	}
}
