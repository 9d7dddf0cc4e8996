/* papers.c: forms in tests. */
#include "papers.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/built_in.h"

const char *paper_text(const char *name)
{
	char path[80];

	snprintf(path, sizeof path, "forms/%s.ini", name);
	for (const struct built_in *b = built_in; b->name; b++)
		if (strcmp(b->name, path) == 0)
			return b->text;
	ck_abort_msg("no %s", path);
	return NULL;
}

struct paper paper_of(const char *name)
{
	const char *text = paper_text(name);
	struct err err = ERR_INIT;
	struct paper paper = { 0 };

	ck_assert_msg(form_read(name, text, strlen(text), &paper, &err) == 0, "%s", err.text);
	return paper;
}

void type_all(const struct paper *paper, struct answers *a, const char *line)
{
	struct date today;

	ck_assert_int_eq(date_parse("2026-03-12", (struct date){ 0 }, LOOK_BACK, &today, NULL), 0);
	while (*line) {
		size_t n = strcspn(line, " ");
		char *one = mem_strn(line, n), *value = strchr(one, '=');
		struct err err = ERR_INIT;
		int q;

		ck_assert_ptr_nonnull(value);
		*value++ = '\0';
		q = form_item(paper, one);
		ck_assert_msg(q >= 0, "no question %s", one);
		ck_assert_msg(answer_set(paper, a, q, value, today, &err) == 0, "%s: %s", one,
			      err.text);
		mem_free(one);
		line += n + strspn(line + n, " ");
	}
}

char *follows(const struct paper *paper, const struct answers *a, char buf[FOLLOWS])
{
	struct judged j;
	size_t n;

	form_judge(paper, a, &j);
	n = (size_t)snprintf(buf, FOLLOWS, "%s%s%s", j.red ? "R" : "", j.risk ? "K" : "",
			     j.safeguarding ? "S" : "");
	n += (size_t)(j.priority < 0 ? snprintf(buf + n, FOLLOWS - n, "-")
				     : snprintf(buf + n, FOLLOWS - n, "%d", j.priority));
	for (size_t i = 0; i < paper->rules.n; i++)
		if (j.counts >> i & 1)
			list_each (d, &paper->rules.v[i].deeds)
				n += (size_t)snprintf(buf + n, FOLLOWS - n, " %s", d->text);
	return buf;
}
