/* answers.c: a file of answers: as strict as a form's. */
#include "form/answers.h"

#include <string.h>

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
