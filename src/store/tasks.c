/*
 * tasks.c: the rows of `task`.
 *
 * Always holds: a list or a count walks one of the partial indexes of what is open (or done, from a
 * moment on), so what was ever done costs nothing.
 */
#include "store/tasks.h"

#include "base/alloc.h"
#include "store/row.h"

#define OWN                                                                                        \
	"t.id, t.scope, t.kind, t.text, t.due, t.person, t.appt, t.service, t.for_user,"           \
	" t.for_role, t.site, t.opened_at, t.opened_by, t.note, t.state, t.outcome,"               \
	" t.words, t.done_at, t.done_by"
#define COLUMNS                                                                                     \
	OWN ", p.surname, p.given, p.title, p.born, (SELECT name FROM user WHERE id = t.for_user)," \
	    " (SELECT name FROM user WHERE id = t.opened_by),"                                      \
	    " (SELECT name FROM user WHERE id = t.done_by)"
#define FROM " FROM task t LEFT JOIN person p ON p.id = t.person "

/* TASKS_MOST of them: reviews wait for years, and a desk has one day. */
#define FIRST " ORDER BY t.due LIMIT 2000"
_Static_assert(TASKS_MOST == 2000, "as the queries say");

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
	get_text(row, t->note, sizeof t->note);
	get_text(row, t->state, sizeof t->state);
	get_text(row, t->outcome, sizeof t->outcome);
	get_text(row, t->words, sizeof t->words);
	t->done_at = get_moment(row);
	t->done_by = get_id(row);
}

static void get_task_row(struct row *row, struct task_row *r)
{
	get_task(row, &r->t);
	get_text(row, r->surname, sizeof r->surname);
	get_text(row, r->given, sizeof r->given);
	get_text(row, r->title, sizeof r->title);
	r->born = get_date(row);
	get_text(row, r->user, sizeof r->user);
	get_text(row, r->by, sizeof r->by);
	get_text(row, r->done_by, sizeof r->done_by);
}

static int rows(struct row *row, struct task_rows *ret, struct err *err)
{
	while (row_next(row))
		get_task_row(row, list_push(ret));
	return row_done(row, err);
}

static int none(struct id id, struct err *err)
{
	char text[ID_TEXT];

	return err_set(err, ERR_MISSING, "There is no task %s: task list shows them.",
		       id_text(id, text));
}

int task_get(struct store *st, struct id id, struct task *ret, struct err *err)
{
	static const struct query GET = { "tasks.get",
					  "SELECT " OWN " FROM task t WHERE t.id = :id" };
	struct row row = query(st, &GET);
	struct task found = { 0 };

	bind_id(&row, ":id", id);
	while (row_next(&row))
		get_task(&row, &found);
	if (row_done(&row, err) < 0)
		return -1;
	if (id_none(found.id))
		return none(id, err);
	*ret = found;
	return 0;
}

int task_row_get(struct store *st, struct id id, struct task_row *ret, struct err *err)
{
	static const struct query GET = { "tasks.row", "SELECT " COLUMNS FROM "WHERE t.id = :id" };
	struct row row = query(st, &GET);
	struct task_row found = { 0 };

	bind_id(&row, ":id", id);
	while (row_next(&row))
		get_task_row(&row, &found);
	if (row_done(&row, err) < 0)
		return -1;
	if (id_none(found.t.id))
		return none(id, err);
	*ret = found;
	return 0;
}

/* ---- lists ---- */

int tasks_of_user(struct store *st, struct id user, struct task_rows *ret, struct err *err)
{
	static const struct query OF = { "tasks.user",
					 "SELECT " COLUMNS FROM
					 "WHERE t.for_user = :user AND t.state = 'open'" FIRST };
	struct row row = query(st, &OF);

	bind_id(&row, ":user", user);
	return rows(&row, ret, err);
}

int tasks_of_role(struct store *st, const char *role, struct task_rows *ret, struct err *err)
{
	static const struct query OF = { "tasks.role",
					 "SELECT " COLUMNS FROM
					 "WHERE t.for_role = :role AND t.for_user IS NULL"
					 " AND t.state = 'open'" FIRST };
	struct row row = query(st, &OF);

	bind_text(&row, ":role", role);
	return rows(&row, ret, err);
}

int tasks_opened_by(struct store *st, struct id user, struct task_rows *ret, struct err *err)
{
	static const struct query OF = { "tasks.opener",
					 "SELECT " COLUMNS FROM
					 "WHERE t.opened_by = :user AND t.state = 'open'" FIRST };
	struct row row = query(st, &OF);

	bind_id(&row, ":user", user);
	return rows(&row, ret, err);
}

int tasks_open(struct store *st, struct task_rows *ret, struct err *err)
{
	/* The index holds nothing but what is open, and is all that is read of what is not shown.
	 */
	static const struct query OPEN = {
		"tasks.open", "SELECT " COLUMNS FROM
			      "WHERE t.id IN (SELECT t.id FROM task t INDEXED BY task_opener"
			      " WHERE t.state = 'open'" FIRST ") ORDER BY t.due"
	};
	struct row row = query(st, &OPEN);

	return rows(&row, ret, err);
}

int tasks_done_since(struct store *st, struct moment since, struct task_rows *ret, struct err *err)
{
	static const struct query DONE = { "tasks.done",
					   "SELECT " COLUMNS FROM
					   "WHERE t.state = 'done' AND t.done_at >= :since"
					   " ORDER BY t.done_at DESC LIMIT 2000" };
	struct row row = query(st, &DONE);

	bind_moment(&row, ":since", since);
	return rows(&row, ret, err);
}

int tasks_of_person(struct store *st, struct id person, int max, struct task_rows *ret,
		    struct err *err)
{
	static const struct query OF = { "tasks.person",
					 "SELECT " COLUMNS FROM
					 "WHERE t.person = :person AND t.state <> 'withdrawn'"
					 " ORDER BY t.id DESC LIMIT :max" };
	struct row row = query(st, &OF);

	bind_id(&row, ":person", person);
	bind_int(&row, ":max", max);
	return rows(&row, ret, err);
}

int tasks_ringback(struct store *st, struct task_rows *ret, struct err *err)
{
	static const struct query OPEN = { "tasks.ringback",
					   "SELECT " COLUMNS FROM
					   "WHERE t.kind = 'ringback' AND t.state = 'open'" FIRST };
	struct row row = query(st, &OPEN);

	return rows(&row, ret, err);
}

int tasks_ringback_of(struct store *st, struct id appt, struct task_ids *ret, struct err *err)
{
	static const struct query OF = { "tasks.ringback_of",
					 "SELECT id FROM task WHERE appt = :appt"
					 " AND kind = 'ringback' AND state = 'open' ORDER BY id" };
	struct row row = query(st, &OF);

	bind_id(&row, ":appt", appt);
	while (row_next(&row))
		*list_push(ret) = get_id(&row);
	return row_done(&row, err);
}

int tasks_sum(struct store *st, struct id user, const char *role, struct moment until,
	      struct task_sums *ret, struct err *err)
{
	static const struct query OF_USER = {
		"tasks.sum_user",
		"SELECT site, service, count(*) FROM task WHERE for_user = :user AND state = 'open'"
		" AND due < :until GROUP BY site, service"
	};
	static const struct query OF_ROLE = {
		"tasks.sum_role",
		"SELECT site, service, count(*) FROM task WHERE for_role = :role"
		" AND for_user IS NULL AND state = 'open' AND due < :until GROUP BY site, service"
	};
	bool one = !id_none(user);
	struct row row = query(st, one ? &OF_USER : &OF_ROLE);

	if (one)
		bind_id(&row, ":user", user);
	else
		bind_text(&row, ":role", role);
	bind_moment(&row, ":until", until);
	while (row_next(&row)) {
		struct task_sum *s = list_push(ret);

		s->site = get_id(&row);
		s->service = get_id(&row);
		s->n = (int)get_int(&row);
	}
	return row_done(&row, err);
}

int tasks_anybody(struct store *st, const char *role, const char *discipline, const char *right,
		  struct id site, bool *ret, struct err *err)
{
	static const struct query ANY = {
		"tasks.anybody",
		"SELECT EXISTS (SELECT 1 FROM user u WHERE u.state = 'on'"
		" AND (:site IS NULL OR u.site IS NULL OR u.site = :site)"
		" AND (:role IS NULL OR u.role = :role)"
		" AND (:discipline IS NULL OR EXISTS (SELECT 1 FROM clinician c"
		"  WHERE c.id = u.clinician AND c.discipline = :discipline))"
		" AND (:right IS NULL OR EXISTS (SELECT 1 FROM user_right r WHERE r.user = u.id"
		"  AND r.name = :right AND r.state = 'on'"
		"  AND (:site IS NULL OR r.site IS NULL OR r.site = :site))))"
	};
	struct row row = query(st, &ANY);
	bool any = false;

	bind_id(&row, ":site", site);
	bind_text(&row, ":role", role);
	bind_text(&row, ":discipline", discipline);
	bind_text(&row, ":right", right);
	while (row_next(&row))
		any = get_bool(&row);
	if (row_done(&row, err) < 0)
		return -1;
	*ret = any;
	return 0;
}

/* ---- in a run ---- */

void tasks_put(struct txn *t, const struct new_tasks *tasks, const char *scope)
{
	static const struct query PUT = {
		"task.put",
		"INSERT INTO task (id, scope, kind, text, due, person, appt, service, for_user, for_role,"
		" site, opened_at, opened_by, state) VALUES (:id, :scope, :kind, :text, :due, :person,"
		" :appt, :service, :user, :role, :site, :at, :by, 'open')"
	};

	list_each (n, tasks) {
		struct row row;

		/* Of a command from elsewhere that says less than a task is, nothing can be kept.
		 */
		if (id_none(n->id) || !n->kind || !n->text || moment_none(n->due) ||
		    (id_none(n->user) && !(n->role && *n->role)))
			continue;
		row = query(t->store, &PUT);
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

void ringback_over(struct txn *t, struct id appt)
{
	static const struct query CALLS = { "task.ringback_over",
					    "UPDATE task SET state = 'withdrawn' WHERE appt = :appt"
					    " AND kind = 'ringback' AND state = 'open'" };
	static const struct query CLASHES = {
		"task.clash_over",
		"UPDATE overlap SET state = 'closed', closed_by = :by,"
		" closed_at = :at, how = 'they have another time' WHERE a = :appt"
		" AND state = 'open' AND type IN ('slot', 'displaced')"
	};
	struct row row = query(t->store, &CALLS);

	bind_id(&row, ":appt", appt);
	txn_run(t, &row);
	row = query(t->store, &CLASHES);
	bind_id(&row, ":by", t->actor);
	bind_moment(&row, ":at", t->at);
	bind_id(&row, ":appt", appt);
	txn_run(t, &row);
}

bool task_read(struct txn *t, struct id id, struct task *ret)
{
	struct err err = ERR_INIT;

	if (txn_failed(t))
		return false;
	if (task_get(t->store, id, ret, &err) == 0)
		return true;
	if (err.kind != ERR_MISSING)
		t->err = err;
	return false;
}

void task_set(struct txn *t, const struct task *task)
{
	static const struct query SET = {
		"task.set",
		"UPDATE task SET due = :due, for_user = :user, for_role = :role, site = :site,"
		" note = :note, state = :state, outcome = :outcome, words = :words,"
		" done_at = :done_at, done_by = :done_by WHERE id = :id"
	};
	struct row row = query(t->store, &SET);

	bind_moment(&row, ":due", task->due);
	bind_id(&row, ":user", task->user);
	bind_word(&row, ":role", task->role);
	bind_id(&row, ":site", task->site);
	bind_word(&row, ":note", task->note);
	bind_text(&row, ":state", task->state);
	bind_word(&row, ":outcome", task->outcome);
	bind_word(&row, ":words", task->words);
	bind_moment(&row, ":done_at", task->done_at);
	bind_id(&row, ":done_by", task->done_by);
	bind_id(&row, ":id", task->id);
	txn_run(t, &row);
}
