/*
 * record_value.c: the values of plain records: typed by people, stored in one form, shown again.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/sshkey.h"
#include "base/text.h"
#include "clinic/record_value.h"
#include "model/number.h"
#include "model/service.h"
#include "store/records.h"

static char *stored_code(const struct column *c, const char *s, struct err *err)
{
	static const char ok[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
	size_t n = strlen(s);

	if (n > 0 && n < CODE_TEXT && strspn(s, ok) == n)
		return mem_str(s);
	err_input(err, c->label,
		  "The %s is letters, digits, dots and dashes, at most %d: \"%s\" is not.",
		  c->label, CODE_TEXT - 1, s);
	return NULL;
}

static char *stored_text(const struct column *c, const char *s, struct err *err)
{
	const char *why = NULL;
	char *clean = text_clean(s, 60, &why);

	if (clean && strlen(clean) < NAME_TEXT)
		return clean;
	err_input(err, c->label, "The %s is refused: %s.", c->label,
		  clean ? "it is too long" : why);
	mem_free(clean);
	return NULL;
}

static char *stored_int(const struct column *c, const char *s, struct err *err)
{
	char *end;
	long long n = strtoll(s, &end, 10);

	if (*s && !*end && n >= c->min && n <= c->max)
		return mem_printf("%lld", n);
	err_input(err, c->label, "The %s is a whole number from %lld to %lld, not \"%s\".",
		  c->label, (long long)c->min, (long long)c->max, s);
	return NULL;
}

static char *stored_choices(const struct column *c, const char *s, struct err *err)
{
	struct buf out = { 0 };

	for (const char *p = s; *p;) {
		size_t n = strcspn(p, " ,");
		char *word = mem_strn(p, n);

		if (n && !words_have(c->choices, word)) {
			err_input(err, c->label, "The %s is one of: %s; not \"%s\".", c->label,
				  c->choices, word);
			mem_free(word);
			buf_done(&out);
			return NULL;
		}
		if (n)
			buf_printf(&out, "%s%s", out.n ? " " : "", word);
		mem_free(word);
		p += n + (p[n] != '\0');
	}
	if (!out.s)
		buf_str(&out, "");
	return out.s;
}

static char *stored_ref(struct desk *desk, const struct column *c, const char *s, struct err *err)
{
	struct id id;

	if (record_by_code(desk, record_find(c->choices), s, &id, err) < 0)
		return NULL;
	return mem_printf("%lld", (long long)id.n);
}

static char *stored_date(struct desk *desk, const struct column *c, const char *s, struct err *err)
{
	struct date d;

	if (date_parse(s, desk->today, LOOK_FORWARD, &d, err) == 0)
		return mem_printf("%d", d.n);
	if (err)
		snprintf(err->field, sizeof err->field, "%s", c->label);
	return NULL;
}

static char *stored_key(const char *s, struct err *err)
{
	struct sshkey key;

	return sshkey_parse(s, &key, err) < 0 ? NULL : mem_str(key.line);
}

/* "" empties a column that may be empty; *ret is NULL then. */
int record_stored(struct desk *desk, const struct column *c, const char *s, char **ret,
		  struct err *err)
{
	char number[PHONE_DIGITS];

	if (!*s) {
		if (c->required)
			return err_input(err, c->label, "The %s is needed.", c->label);
		/* Empty words are words; the other kinds are not known. */
		*ret = c->kind == COL_WORDS || c->kind == COL_CHOICES ? mem_str("") : NULL;
		return 0;
	}
	switch (c->kind) {
	case COL_CODE:
		*ret = stored_code(c, s, err);
		break;
	case COL_NAME:
	case COL_WORDS:
	case COL_SECRET:
		*ret = stored_text(c, s, err);
		break;
	case COL_INT:
		*ret = stored_int(c, s, err);
		break;
	case COL_DATE:
		*ret = stored_date(desk, c, s, err);
		break;
	case COL_YESNO:
		if (strcmp(s, "yes") != 0 && strcmp(s, "no") != 0)
			return err_input(err, c->label, "The %s is yes or no, not \"%s\".",
					 c->label, s);
		*ret = mem_str(strcmp(s, "yes") == 0 ? "1" : "0");
		break;
	case COL_CHOICE:
		if (!words_have(c->choices, s) || strchr(s, ' '))
			return err_input(err, c->label, "The %s is one of: %s; not \"%s\".",
					 c->label, c->choices, s);
		*ret = mem_str(s);
		break;
	case COL_CHOICES:
		*ret = stored_choices(c, s, err);
		break;
	case COL_REF:
		*ret = stored_ref(desk, c, s, err);
		break;
	case COL_PHONE:
		if (!phone_parse(s, number))
			return err_input(err, c->label, "The %s is a telephone number, not \"%s\".",
					 c->label, s);
		*ret = mem_str(number);
		break;
	case COL_KEY:
		*ret = stored_key(s, err);
		break;
	}
	return *ret ? 0 : -1;
}

struct code {
	char *buf;
	size_t n;
};

static void keep_code(void *ctx, struct id id, const char *const *values)
{
	struct code *c = ctx;

	(void)id;
	snprintf(c->buf, c->n, "%s", values[0]);
}

static void code_of(struct desk *desk, const char *noun, const char *id, char *buf, size_t n)
{
	const struct record *r = record_find(noun);
	struct code c = { buf, n };

	buf[0] = '\0';
	record_rows(desk->store, r->table, (struct id){ strtoll(id, NULL, 10) },
		    &r->columns[0].name, 1, r->columns[0].name, keep_code, &c, NULL);
}

char *record_shown(struct desk *desk, const struct column *c, const char *s)
{
	char buf[CODE_TEXT + DAY_TEXT];

	if (!*s || c->kind == COL_SECRET)
		return mem_str("");
	switch (c->kind) {
	case COL_DATE:
		return mem_str(date_iso((struct date){ (int32_t)strtol(s, NULL, 10) }, buf));
	case COL_YESNO:
		return mem_str(strcmp(s, "1") == 0 ? "yes" : "no");
	case COL_REF:
		code_of(desk, c->choices, s, buf, sizeof buf);
		return mem_str(buf);
	default:
		return mem_str(s);
	}
}
