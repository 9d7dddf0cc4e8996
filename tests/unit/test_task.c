/* test_task.c: tasks: opened, shown to whom they are for, ended by an outcome only. */
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/task.h"
#include "store/tasks.h"
#include "suite.h"
#include "booked.h"

static struct booked b;
static struct err err;

static struct txn begin(void)
{
	ck_ok(store_begin(b.c.store, &err), err);
	return (struct txn){ .store = b.c.store,
			     .origin = store_me(b.c.store)->node,
			     .actor = b.c.desk.user.id,
			     .at = b.c.desk.now };
}

static void done(struct new_tasks *list)
{
	list_each (n, list) {
		mem_free((char *)n->kind);
		mem_free((char *)n->text);
		mem_free((char *)n->role);
	}
	list_free(list);
}

START_TEST(a_task_of_a_command_stands_as_its_arguments_say)
{
	struct new_tasks list = { 0 };
	struct task got;
	struct txn t;
	struct id id;

	booked_open(&b);
	t = begin();
	struct new_task *n =
		task_open(&b.c.desk, &list, TASK_RING, b.c.desk.now, "Ring %s", "OKAFOR");

	n->person = b.okafor;
	n->role = mem_str("reception");
	n->site = b.ngt;
	id = n->id;
	tasks_put(&t, &list, "org:WVH");
	ck_ok(store_commit(b.c.store, &err), err);
	done(&list);
	ck_ok(task_get(b.c.store, id, &got, &err), err);
	ck_assert_int_eq(got.kind, TASK_RING);
	ck_assert_str_eq(got.text, "Ring OKAFOR");
	ck_assert_str_eq(got.role, "reception");
	ck_assert_str_eq(got.state, "open");
	ck_assert(id_same(got.person, b.okafor));
	ck_assert(id_same(got.opened_by, b.c.desk.user.id));
	booked_close(&b);
}
END_TEST

START_TEST(a_text_too_long_is_cut_between_two_letters)
{
	struct new_tasks list = { 0 };
	char wide[3 * TASK_TEXT];

	for (size_t i = 0; i + 2 < sizeof wide; i += 2)
		memcpy(wide + i, "\xc3\xa9", 3);
	wide[sizeof wide - 1] = '\0';
	booked_open(&b);
	begin();
	struct new_task *n = task_open(&b.c.desk, &list, TASK_TODO, b.c.desk.now, "%s", wide);

	ck_assert(text_valid(n->text, strlen(n->text)));
	ck_assert_int_eq(text_width(n->text), TASK_COLUMNS);
	store_rollback(b.c.store);
	done(&list);
	booked_close(&b);
}
END_TEST

START_TEST(a_task_whose_command_is_taken_back_is_withdrawn_unless_it_was_done)
{
	struct new_tasks list = { 0 };
	struct task_ids ids = { 0 };
	struct task got;
	struct txn t;

	booked_open(&b);
	t = begin();
	for (int i = 0; i < 2; i++)
		task_open(&b.c.desk, &list, TASK_RING, b.c.desk.now, "Ring")->role =
			mem_str("reception");
	tasks_put(&t, &list, "care:1");
	task_ids_of(&list, &ids);
	ck_ok(store_commit(b.c.store, &err), err);
	booked_sql(&b, "UPDATE task SET state = 'done', outcome = 'spoke'"
		       " WHERE id = (SELECT min(id) FROM task)");
	t = begin();
	tasks_withdraw(&t, &ids);
	ck_ok(store_commit(b.c.store, &err), err);
	ck_ok(task_get(b.c.store, ids.v[0], &got, &err), err);
	ck_assert_str_eq(got.state, "done");
	ck_ok(task_get(b.c.store, ids.v[1], &got, &err), err);
	ck_assert_str_eq(got.state, "withdrawn");
	done(&list);
	list_free(&ids);
	booked_close(&b);
}
END_TEST

TEST_MAIN("task", a_task_of_a_command_stands_as_its_arguments_say,
	  a_text_too_long_is_cut_between_two_letters,
	  a_task_whose_command_is_taken_back_is_withdrawn_unless_it_was_done)
