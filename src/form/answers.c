/* answers.c: answers in a file, as strict as a form's, and as they are stored. */
#include "form/answers.h"

#include <string.h>

#include "base/json.h"
#include "parts.h"

static int one_answer(const struct ini *ini, const struct ini_entry *e, const struct paper *paper,
		      struct date today, struct answers *a, struct err *err)
{
	struct err why = ERR_INIT;
	int q = form_item(paper, e->name);

	if (q < 0)
		return ini_refuse(ini, e, err, "%s asks nothing named %s.", paper->id, e->name);
	if (answer_set(paper, a, q, e->value, today, &why) < 0)
		return ini_refuse(ini, e, err, "%s: %s", e->name, why.text);
	return 0;
}

int answers_read(const struct paper *paper, const char *path, const char *text, size_t n,
		 struct date today, struct answers *ret, struct err *err)
{
	struct answers a = { 0 };
	struct ini ini;
	int rc = 0;

	if (ini_read(path, text, n, &ini, err) < 0)
		return -1;
	if (ini.e.n == 0)
		rc = err_set(err, ERR_INPUT, "%s has no section [answers].", path);
	for (size_t i = 0; rc == 0 && i < ini.e.n; i++) {
		const struct ini_entry *e = &ini.e.v[i];

		if (e->value)
			rc = one_answer(&ini, e, paper, today, &a, err);
		else if (strcmp(e->name, "answers") != 0)
			rc = ini_refuse(&ini, e, err, "its one section is [answers].");
	}
	ini_done(&ini);
	if (rc < 0) {
		answers_end(&a);
		return -1;
	}
	*ret = a;
	return 0;
}

void answers_write(const struct paper *paper, const struct answers *a, const struct judged *j,
		   struct buf *ret)
{
	bool first = true;

	buf_str(ret, "{");
	for (size_t i = 0; i < paper->items.n; i++) {
		if (!a->v[i] || (j && !j->shown[i]))
			continue;
		buf_str(ret, first ? "" : ",");
		json_write_str(ret, paper->items.v[i].name);
		buf_str(ret, ":");
		json_write_str(ret, a->v[i]);
		first = false;
	}
	buf_str(ret, "}");
}

int answers_take(const struct paper *paper, const char *json, struct answers *ret, struct err *err)
{
	struct json j = json_open(json, strlen(json));
	bool right = json_next(&j) == JSON_OBJECT;
	struct answers a = { 0 };

	while (right && json_next(&j) == JSON_KEY) {
		int q = form_item(paper, j.text.s);

		right = json_next(&j) == JSON_STRING;
		if (!right || q < 0)
			continue;
		mem_free(a.v[q]);
		a.v[q] = mem_str(j.text.s);
	}
	right = right && j.kind == JSON_OBJECT_END && json_next(&j) == JSON_END;
	json_done(&j);
	if (!right) {
		answers_end(&a);
		return err_set(err, ERR_STORE, "Answers on %s cannot be read as they are kept.",
			       paper->id);
	}
	*ret = a;
	return 0;
}
