/* task.c: tasks that other acts open. */
#include "clinic/task.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/alloc.h"
#include "base/text.h"

struct new_task *task_open(struct desk *desk, struct new_tasks *tasks, enum task_kind kind,
			   struct moment due, const char *fmt, ...)
{
	struct new_task *n = list_push(tasks);
	char text[4 * TASK_TEXT];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	n->id = desk_new_id(desk);
	n->kind = mem_str(task_kind_code(kind));
	n->text = mem_strn(text, text_fit(text, TASK_COLUMNS));
	n->due = due;
	return n;
}

void task_ids_of(const struct new_tasks *tasks, struct task_ids *ret)
{
	list_each (n, tasks)
		*list_push(ret) = n->id;
}
