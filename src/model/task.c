/* task.c: the kinds of tasks, and tasks as rows of a command's arguments. */
#include "model/task.h"

#include <string.h>

static const struct {
	const char *code, *word;
} kinds[] = {
#define X(name, code, word) { code, word },
	TASK_KINDS(X)
#undef X
};

const char *task_kind_code(enum task_kind kind)
{
	return kinds[kind].code;
}

const char *task_kind_word(enum task_kind kind)
{
	return kinds[kind].word;
}

bool task_kind_parse(const char *code, enum task_kind *ret)
{
	for (int i = 0; i < TASK_KIND_COUNT; i++)
		if (strcmp(kinds[i].code, code) == 0) {
			*ret = (enum task_kind)i;
			return true;
		}
	return false;
}

static const struct field new_task_f[] = {
	FIELD(id, struct new_task, "id", F_ID),
	FIELD(person, struct new_task, "person", F_ID),
	FIELD(appt, struct new_task, "appt", F_ID),
	FIELD(service, struct new_task, "service", F_ID),
	FIELD(user, struct new_task, "user", F_ID),
	FIELD(site, struct new_task, "site", F_ID),
	FIELD(kind, struct new_task, "kind", F_TEXT),
	FIELD(text, struct new_task, "text", F_TEXT),
	FIELD(role, struct new_task, "role", F_TEXT),
	FIELD(due, struct new_task, "due", F_MOMENT),
};
const struct fields new_task_fields = FIELDS(new_task_f, struct new_task);

static const struct field task_id_f[] = { { .name = "id", .type = F_ID, .offset = 0 } };
const struct fields task_id_fields = FIELDS(task_id_f, struct id);
