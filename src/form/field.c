/*
 * field.c: the table of types.  A new one is a row here, its name in form/form.h, and its case in
 * tests/unit/test_field.c.
 */
#include "field.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/number.h"

enum { TEXT_RUNES = 200, LINES_RUNES = 4000, LINES_ALL = 60 };

const struct item_key *item_option(const struct item *q, char key)
{
	list_each (o, &q->options)
		if (o->key == key)
			return o;
	return NULL;
}

bool item_counts(const struct item *q)
{
	if (q->type != ITEM_CHOICE)
		return q->type == ITEM_SCALE || q->type == ITEM_INT;
	list_each (o, &q->options)
		if (o->key < '0' || o->key > '9')
			return false;
	return true;
}

bool field_number(const struct item *q, const char *value, int *ret)
{
	size_t n = strlen(value);

	/* An int may have "u:not known" beside its numbers. */
	if (!item_counts(q) || n == 0 || n > 9 || !text_is_digits(value))
		return false;
	*ret = (int)strtol(value, NULL, 10);
	return true;
}

bool field_range(const struct item *q, int *ret_least, int *ret_most)
{
	if (!item_counts(q) || (q->type == ITEM_INT && !q->ranged))
		return false;
	*ret_least = q->least;
	*ret_most = q->most;
	if (q->type != ITEM_CHOICE)
		return true;
	*ret_least = 9;
	*ret_most = 0;
	list_each (o, &q->options) {
		int n = o->key - '0';

		*ret_least = n < *ret_least ? n : *ret_least;
		*ret_most = n > *ret_most ? n : *ret_most;
	}
	return true;
}

/* ---- text ---- */

static int clean_into(const struct item *q, const char *s, size_t most, struct buf *ret,
		      struct err *err)
{
	const char *why = NULL;
	char *clean = text_clean(s, most, &why);

	if (!clean)
		return err_input(err, q->name, "That cannot be kept: %s.", why);
	buf_str(ret, clean);
	mem_free(clean);
	return 0;
}

static int text_read(const struct item *q, const char *typed, struct date today, struct buf *ret,
		     struct err *err)
{
	(void)today;
	return clean_into(q, typed, TEXT_RUNES, ret, err);
}

/* Lines are kept with \n between them; in a file of answers a bar stands there. */
static int lines_read(const struct item *q, const char *typed, struct date today, struct buf *ret,
		      struct err *err)
{
	int lines = 0, rc = 0;

	(void)today;
	for (const char *p = typed; rc == 0 && *p; lines++) {
		size_t n = strcspn(p, "|\n");
		char *line = mem_strn(p, n);

		if (lines == LINES_ALL || ret->n + n > 4 * LINES_RUNES)
			rc = err_input(err, q->name, "That is more than %d lines: shorten it.",
				       LINES_ALL);
		if (rc == 0 && ret->n)
			buf_str(ret, "\n");
		if (rc == 0)
			rc = clean_into(q, line, LINES_RUNES, ret, err);
		mem_free(line);
		p += n + (p[n] != '\0');
	}
	return rc;
}

static void plain_show(const struct item *q, const char *value, char buf[ANSWER_TEXT])
{
	(void)q;
	text_copy(buf, ANSWER_TEXT, value);
}

/* One line of it. */
static void lines_show(const struct item *q, const char *value, char buf[ANSWER_TEXT])
{
	plain_show(q, value, buf);
	for (char *p = buf; (p = strchr(p, '\n'));)
		*p = ' ';
}

static int email_read(const struct item *q, const char *typed, struct date today, struct buf *ret,
		      struct err *err)
{
	const char *at = strchr(typed, '@');

	if (!at || at == typed || strchr(at + 1, '@') || !strchr(at + 1, '.') || at[1] == '.' ||
	    typed[strlen(typed) - 1] == '.' || strpbrk(typed, " \t,;<>\""))
		return err_input(err, q->name,
				 "An e-mail address has the form name@place.example.");
	return text_read(q, typed, today, ret, err);
}

/* ---- numbers ---- */

static int number_read(const struct item *q, const char *typed, struct date today, struct buf *ret,
		       struct err *err)
{
	size_t n = strlen(typed);
	int value;

	(void)today;
	if (n == 0 || n > 9 || !text_is_digits(typed))
		return err_input(err, q->name, "A whole number is needed, from %d to %d.", q->least,
				 q->most);
	value = (int)strtol(typed, NULL, 10);
	if (value < q->least || value > q->most)
		return err_input(err, q->name, "From %d to %d, not %d.", q->least, q->most, value);
	buf_printf(ret, "%d", value);
	return 0;
}

static void scale_show(const struct item *q, const char *value, char buf[ANSWER_TEXT])
{
	snprintf(buf, ANSWER_TEXT, "%s of %d", value, q->most);
}

static int phone_read(const struct item *q, const char *typed, struct date today, struct buf *ret,
		      struct err *err)
{
	char digits[PHONE_DIGITS];

	(void)today;
	if (!phone_parse(typed, digits))
		return err_input(err, q->name, "That is no telephone number: 7 to 15 digits.");
	buf_str(ret, digits);
	return 0;
}

static void phone_shown(const struct item *q, const char *value, char buf[ANSWER_TEXT])
{
	char shown[PHONE_TEXT];

	(void)q;
	snprintf(buf, ANSWER_TEXT, "%s", phone_show(value, shown));
}

static int nhs_read(const struct item *q, const char *typed, struct date today, struct buf *ret,
		    struct err *err)
{
	char digits[NHS_DIGITS];

	(void)today;
	if (!nhs_parse(typed, digits))
		return err_input(err, q->name,
				 "That is no NHS number: ten digits, and the last one checks.");
	buf_str(ret, digits);
	return 0;
}

static void nhs_shown(const struct item *q, const char *value, char buf[ANSWER_TEXT])
{
	char shown[NHS_TEXT];

	(void)q;
	snprintf(buf, ANSWER_TEXT, "%s", nhs_show(value, shown));
}

/* ---- days and times ---- */

static struct date bound_day(const struct bound *b, struct date today)
{
	struct date d = b->day;

	if (b->from_today)
		d.n = today.n + b->days;
	return d;
}

static int date_read(const struct item *q, const char *typed, struct date today, struct buf *ret,
		     struct err *err)
{
	/* What cannot lie ahead is read backwards: "14" is the last 14th. */
	bool back = q->to.set && bound_day(&q->to, today).n <= today.n;
	char text[DAY_TEXT];
	struct date d;

	if (date_parse(typed, today, back ? LOOK_BACK : LOOK_FORWARD, &d, err) < 0) {
		if (err)
			text_copy(err->field, sizeof err->field, q->name);
		return -1;
	}
	if (q->from.set && d.n < bound_day(&q->from, today).n)
		return err_input(err, q->name, "Not before %s.",
				 date_show(bound_day(&q->from, today), text));
	if (q->to.set && d.n > bound_day(&q->to, today).n)
		return err_input(err, q->name, "Not after %s.",
				 date_show(bound_day(&q->to, today), text));
	buf_str(ret, date_iso(d, text));
	return 0;
}

static void date_shown(const struct item *q, const char *value, char buf[ANSWER_TEXT])
{
	char text[DAY_TEXT];
	struct date d;

	if (date_parse(value, (struct date){ 0 }, LOOK_BACK, &d, NULL) < 0)
		plain_show(q, value, buf);
	else
		snprintf(buf, ANSWER_TEXT, "%s", date_show_day(d, text));
}

static int time_read(const struct item *q, const char *typed, struct date today, struct buf *ret,
		     struct err *err)
{
	char text[DAY_TEXT];
	int minute;

	(void)today;
	if (minute_parse(typed, &minute, err) < 0) {
		if (err)
			text_copy(err->field, sizeof err->field, q->name);
		return -1;
	}
	buf_str(ret, minute_show(minute, text));
	return 0;
}

/* ---- keys ---- */

static int no_such_key(const struct item *q, struct err *err)
{
	struct buf keys = { 0 };

	list_each (o, &q->options)
		buf_printf(&keys, "%s%c", o == q->options.v ? "" : ", ", o->key);
	err_input(err, q->name, "Type one of %s.", keys.s);
	buf_done(&keys);
	return -1;
}

static char small(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static int key_read(const struct item *q, const char *typed, struct date today, struct buf *ret,
		    struct err *err)
{
	char key = small(*typed);

	(void)today;
	if (!key || typed[1] || !item_option(q, key))
		return no_such_key(q, err);
	buf_add(ret, &key, 1);
	return 0;
}

static void key_show(const struct item *q, const char *value, char buf[ANSWER_TEXT])
{
	const struct item_key *o = item_option(q, *value);

	plain_show(q, o ? o->label : value, buf);
}

/* Keys in any order, with a bar, comma or blank between or nothing; kept in the form's order. */
static int keys_read(const struct item *q, const char *typed, struct date today, struct buf *ret,
		     struct err *err)
{
	(void)today;
	for (const char *p = typed; *p; p++)
		if (!strchr("|, ", *p) && !item_option(q, small(*p)))
			return no_such_key(q, err);
	list_each (o, &q->options) {
		bool named = false;

		for (const char *p = typed; *p; p++)
			named = named || small(*p) == o->key;
		if (named)
			buf_printf(ret, "%s%c", ret->n ? "|" : "", o->key);
	}
	return ret->n ? 0 : no_such_key(q, err);
}

static void keys_show(const struct item *q, const char *value, char buf[ANSWER_TEXT])
{
	size_t n = 0;

	buf[0] = '\0';
	for (; *value && n < ANSWER_TEXT; value++) {
		const struct item_key *o = item_option(q, *value);

		if (o)
			n += (size_t)snprintf(buf + n, ANSWER_TEXT - n, "%s%s", n ? ", " : "",
					      o->label);
	}
	text_whole(buf);
}

static int nothing_read(const struct item *q, const char *typed, struct date today, struct buf *ret,
			struct err *err)
{
	(void)typed, (void)today, (void)ret;
	return err_input(err, q->name, "There is nothing to answer: it is only to be read.");
}

static const struct answer_type types[] = {
	[ITEM_TEXT] = { .read = text_read, .show = plain_show },
	[ITEM_LINES] = { .read = lines_read, .show = lines_show },
	[ITEM_INT] = { .ranged = true, .spare = true, .read = number_read, .show = plain_show },
	[ITEM_SCALE] = { .ranged = true, .needs = true, .read = number_read, .show = scale_show },
	[ITEM_DATE] = { .bounded = true, .spare = true, .read = date_read, .show = date_shown },
	[ITEM_TIME] = { .spare = true, .read = time_read, .show = plain_show },
	[ITEM_PHONE] = { .spare = true, .read = phone_read, .show = phone_shown },
	[ITEM_EMAIL] = { .spare = true, .read = email_read, .show = plain_show },
	[ITEM_NHSNO] = { .spare = true, .read = nhs_read, .show = nhs_shown },
	[ITEM_YN] = { .keyed = true, .fixed = true, .read = key_read, .show = key_show },
	[ITEM_YNU] = { .keyed = true, .fixed = true, .read = key_read, .show = key_show },
	[ITEM_CHOICE] = { .keyed = true, .read = key_read, .show = key_show },
	[ITEM_MULTI] = { .keyed = true, .read = keys_read, .show = keys_show },
	[ITEM_PERSON] = { .read = text_read, .show = plain_show },
	[ITEM_SITE] = { .read = text_read, .show = plain_show },
	[ITEM_CLINICIAN] = { .read = text_read, .show = plain_show },
	[ITEM_INFO] = { .read = nothing_read, .show = plain_show },
};
_Static_assert(sizeof types / sizeof *types == ITEM_TYPE_COUNT, "every type has its row");

static const char *const codes[] = {
#define X(name, code) code,
	ITEM_TYPES(X)
#undef X
};

const struct answer_type *answer_type(enum item_type type)
{
	assert(type < ITEM_TYPE_COUNT);
	return &types[type];
}

const char *item_type_code(enum item_type type)
{
	return codes[type];
}

bool answer_type_parse(const char *code, enum item_type *ret)
{
	for (int i = 0; i < ITEM_TYPE_COUNT; i++) {
		if (strcmp(codes[i], code) == 0) {
			*ret = (enum item_type)i;
			return true;
		}
	}
	return false;
}

int answer_set(const struct paper *paper, struct answers *a, int q, const char *typed,
	       struct date today, struct err *err)
{
	const struct item *item = &paper->items.v[q];
	const struct answer_type *type = &types[item->type];
	struct buf value = { 0 };
	char *own = mem_str(text_of(typed)), *s = own + strspn(own, " \t");
	char key;
	int rc = 0;

	for (size_t n = strlen(s); n > 0 && strchr(" \t", s[n - 1]); n--)
		s[n - 1] = '\0';
	key = small(*s);
	if (type->spare && key && !s[1] && item_option(item, key))
		buf_add(&value, &key, 1);
	else if (*s)
		rc = type->read(item, s, today, &value, err);
	if (rc == 0) {
		mem_free(a->v[q]);
		a->v[q] = value.n ? mem_str(value.s) : NULL;
	}
	buf_done(&value);
	mem_free(own);
	return rc;
}

char *answer_show(const struct item *q, const char *value, char buf[ANSWER_TEXT])
{
	const struct answer_type *type = &types[q->type];

	buf[0] = '\0';
	if (!value || !*value)
		return buf;
	if (type->spare && !value[1] && item_option(q, *value))
		key_show(q, value, buf);
	else
		type->show(q, value, buf);
	return buf;
}

void answers_end(struct answers *a)
{
	for (int i = 0; i < ITEMS_MOST; i++)
		mem_free(a->v[i]);
	*a = (struct answers){ 0 };
}
