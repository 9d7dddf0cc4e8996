/*
 * args.c: the arguments of a command in their one canonical encoding.
 *
 * Always holds: decoding never reads outside its bytes, never makes more memory than the bytes are
 * worth, and frees all of it when it refuses.  What a field is comes from tables alone.
 */
#include "base/args.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "base/id.h"
#include "base/text.h"

/* Every list of alloc.h begins so; its items are known by their size. */
struct any_list {
	void *v;
	size_t n, cap;
};

enum { NAME_MOST = 31 };

/* The fields in the order of their names.  Tables are short, so insertion is enough. */
static void sorted(const struct fields *fs, const struct field *out[ARGS_FIELDS])
{
	assert(fs->n <= ARGS_FIELDS);
	for (size_t i = 0; i < fs->n; i++) {
		size_t at = i;

		for (; at > 0 && strcmp(out[at - 1]->name, fs->f[i].name) > 0; at--)
			out[at] = out[at - 1];
		out[at] = &fs->f[i];
		assert(at == 0 || strcmp(out[at - 1]->name, fs->f[i].name) != 0);
	}
}

/* The number in a field; false when it is absent. */
static bool number_of(const struct field *f, const void *args, int64_t *ret)
{
	const char *at = (const char *)args + f->offset;

	switch (f->type) {
	case F_ID:
		*ret = ((const struct id *)at)->n;
		return *ret != 0;
	case F_INT:
		*ret = *(const int64_t *)at;
		return *ret != 0;
	case F_MOMENT:
		*ret = ((const struct moment *)at)->utc;
		return *ret != 0;
	case F_DATE:
		*ret = ((const struct date *)at)->n;
		return !date_none(*(const struct date *)at);
	case F_BOOL:
		*ret = *(const bool *)at;
		return *ret != 0;
	case F_TEXT:
	case F_ROWS:
		break;
	}
	return false;
}

/* Digits by hand: a long command has a hundred thousand of them. */
static void write_number(struct buf *out, int64_t n)
{
	char digits[24], *p = digits + sizeof digits;
	uint64_t left = n < 0 ? -(uint64_t)n : (uint64_t)n;

	do
		*--p = (char)('0' + left % 10);
	while (left /= 10);
	if (n < 0)
		*--p = '-';
	buf_add(out, p, (size_t)(digits + sizeof digits - p));
}

static void write_string(struct buf *out, const char *s)
{
	size_t n = strlen(s);

	write_number(out, (int64_t)n);
	buf_add(out, ":", 1);
	buf_add(out, s, n);
}

static void write_ordered(const struct fields *fs, const struct field *const *order,
			  const void *args, struct buf *out);

static void write_rows(const struct fields *fs, const struct any_list *list, struct buf *out)
{
	const struct field *order[ARGS_FIELDS] = { NULL };

	sorted(fs, order);
	buf_add(out, "l", 1);
	for (size_t i = 0; i < list->n; i++)
		write_ordered(fs, order, (const char *)list->v + i * fs->size, out);
	buf_add(out, "e", 1);
}

static void write_field(const struct field *f, const void *args, struct buf *out)
{
	const char *at = (const char *)args + f->offset;
	int64_t n;

	if (f->type == F_TEXT) {
		const char *s = *(const char *const *)at;

		if (!s)
			return;
		write_string(out, f->name);
		write_string(out, s);
	} else if (f->type == F_ROWS) {
		const struct any_list *list = (const struct any_list *)at;

		if (list->n == 0)
			return;
		write_string(out, f->name);
		write_rows(f->rows, list, out);
	} else if (number_of(f, args, &n)) {
		write_string(out, f->name);
		buf_add(out, "i", 1);
		write_number(out, n);
		buf_add(out, "e", 1);
	}
}

static void write_ordered(const struct fields *fs, const struct field *const *order,
			  const void *args, struct buf *out)
{
	buf_add(out, "d", 1);
	for (size_t i = 0; i < fs->n; i++)
		write_field(order[i], args, out);
	buf_add(out, "e", 1);
}

void args_encode(const struct fields *fs, const void *args, struct buf *out)
{
	const struct field *order[ARGS_FIELDS] = { NULL };

	sorted(fs, order);
	write_ordered(fs, order, args, out);
}

/* What is left to read. */
struct in {
	const unsigned char *p, *end;
	struct err *err;
};

static int refuse(struct in *in, const char *why)
{
	return err_set(in->err, ERR_INPUT, "A command's arguments cannot be read: %s.", why);
}

static bool take(struct in *in, char c)
{
	if (in->p == in->end || *in->p != (unsigned char)c)
		return false;
	in->p++;
	return true;
}

/* Decimal digits without leading zeros, at most `most`. */
static bool take_digits(struct in *in, uint64_t most, uint64_t *ret)
{
	const unsigned char *start = in->p;
	uint64_t n = 0;

	for (; in->p < in->end && *in->p >= '0' && *in->p <= '9'; in->p++) {
		uint64_t d = *in->p - (unsigned)'0';

		if (d > most || n > (most - d) / 10)
			return false;
		n = n * 10 + d;
	}
	if (in->p == start || (*start == '0' && in->p - start > 1))
		return false;
	*ret = n;
	return true;
}

static bool take_number(struct in *in, int64_t *ret)
{
	bool minus;
	uint64_t n;

	if (!take(in, 'i'))
		return false;
	minus = take(in, '-');
	if (!take_digits(in, (uint64_t)INT64_MAX + minus, &n) || (minus && n == 0) ||
	    !take(in, 'e'))
		return false;
	if (minus)
		*ret = n > INT64_MAX ? INT64_MIN : -(int64_t)n;
	else
		*ret = (int64_t)n;
	return true;
}

static bool take_string(struct in *in, size_t most, const char **ret, size_t *ret_n)
{
	uint64_t n;

	if (!take_digits(in, most, &n) || !take(in, ':') || n > (size_t)(in->end - in->p))
		return false;
	*ret = (const char *)in->p;
	*ret_n = (size_t)n;
	in->p += n;
	return true;
}

/* Puts a number into its field; false when the field cannot hold it, or would be absent. */
static bool put_number(const struct field *f, void *args, int64_t n)
{
	char *at = (char *)args + f->offset;

	switch (f->type) {
	case F_ID:
		((struct id *)at)->n = n;
		return n > 0;
	case F_INT:
		*(int64_t *)at = n;
		return n != 0;
	case F_MOMENT:
		((struct moment *)at)->utc = n;
		/* Within the calendar's years, so that no rule overflows on it. */
		return n != 0 && n > INT64_C(-3786825600) && n < INT64_C(7258118400);
	case F_DATE: {
		struct date first, last;

		date_from_ymd(DATE_MIN_YEAR, 1, 1, &first);
		date_from_ymd(DATE_MAX_YEAR, 12, 31, &last);
		if (n < first.n || n > last.n)
			return false;
		((struct date *)at)->n = (int32_t)n;
		return true;
	}
	case F_BOOL:
		*(bool *)at = n == 1;
		return n == 1;
	case F_TEXT:
	case F_ROWS:
		break;
	}
	return false;
}

static bool is_absent(const struct field *f, const void *args)
{
	const char *at = (const char *)args + f->offset;
	int64_t n;

	if (f->type == F_TEXT)
		return *(const char *const *)at == NULL;
	if (f->type == F_ROWS)
		return ((const struct any_list *)at)->n == 0;
	return !number_of(f, args, &n);
}

static int read_struct(struct in *in, const struct fields *fs, void *args, int depth);

static int read_rows(struct in *in, const struct field *f, void *args, int depth)
{
	struct any_list *list = (struct any_list *)((char *)args + f->offset);

	if (!take(in, 'l'))
		return refuse(in, "a list was due");
	while (!take(in, 'e')) {
		/* A row is at least "de", so the bytes themselves bound the memory; the limit
		 * bounds it where a small row means a large struct. */
		if (list->n == ARGS_ROWS)
			return refuse(in, "a list is too long");
		list_push_(&list->v, &list->n, &list->cap, f->rows->size);
		if (read_struct(in, f->rows, (char *)list->v + (list->n - 1) * f->rows->size,
				depth + 1) < 0)
			return -1;
	}
	return list->n ? 0 : refuse(in, "an empty list");
}

static int read_field(struct in *in, const struct field *f, void *args, int depth)
{
	const char *s;
	size_t n;
	int64_t number;

	if (f->type == F_ROWS)
		return read_rows(in, f, args, depth);
	if (f->type != F_TEXT) {
		if (!take_number(in, &number) || !put_number(f, args, number))
			return refuse(in, "a number is malformed or out of range");
		return 0;
	}
	if (!take_string(in, ARGS_TEXT, &s, &n))
		return refuse(in, "a text is malformed or too long");
	if (memchr(s, 0, n) || !text_valid(s, n))
		return refuse(in, "a text is not UTF-8");
	*(char **)((char *)args + f->offset) = mem_strn(s, n);
	return 0;
}

/* A struct starts with every field absent, which for a date is not zero. */
static void set_absent(const struct fields *fs, void *args)
{
	for (size_t i = 0; i < fs->n; i++)
		if (fs->f[i].type == F_DATE)
			*(struct date *)((char *)args + fs->f[i].offset) = DATE_NONE;
}

static int read_struct(struct in *in, const struct fields *fs, void *args, int depth)
{
	const struct field *order[ARGS_FIELDS] = { NULL };
	const char *name;
	size_t n, next = 0;

	set_absent(fs, args);
	sorted(fs, order);
	if (depth > ARGS_DEPTH)
		return refuse(in, "rows are nested too deep");
	if (!take(in, 'd'))
		return refuse(in, "a dictionary was due");
	while (!take(in, 'e')) {
		if (!take_string(in, NAME_MOST, &name, &n))
			return refuse(in, "a name is malformed");
		/* Names come in order, so one walk along the table finds each of them or none. */
		while (next < fs->n &&
		       (strlen(order[next]->name) != n || memcmp(order[next]->name, name, n) != 0))
			next++;
		if (next == fs->n)
			return refuse(in, "a field is unknown, repeated or out of order");
		if (read_field(in, order[next++], args, depth) < 0)
			return -1;
	}
	for (size_t i = 0; i < fs->n; i++)
		if (fs->f[i].needed && is_absent(&fs->f[i], args))
			return refuse(in, "what they must say is missing");
	return 0;
}

int args_decode(const struct fields *fs, const void *bytes, size_t n, void **ret_args,
		struct err *err)
{
	struct in in = { bytes, (const unsigned char *)bytes + n, err };
	void *args;

	if (n > ARGS_BYTES)
		return refuse(&in, "they are too long");
	args = mem_new(fs->size);
	if (read_struct(&in, fs, args, 0) < 0) {
		args_free(fs, args);
		return -1;
	}
	if (in.p != in.end) {
		args_free(fs, args);
		return refuse(&in, "bytes are left over");
	}
	*ret_args = args;
	return 0;
}

static void done(const struct fields *fs, void *args)
{
	for (size_t i = 0; i < fs->n; i++) {
		const struct field *f = &fs->f[i];
		char *at = (char *)args + f->offset;

		if (f->type == F_TEXT)
			mem_free(*(char **)at);
		if (f->type != F_ROWS)
			continue;
		struct any_list *list = (struct any_list *)at;

		for (size_t row = 0; row < list->n; row++)
			done(f->rows, (char *)list->v + row * f->rows->size);
		mem_free(list->v);
	}
}

void args_free(const struct fields *fs, void *args)
{
	if (!args)
		return;
	done(fs, args);
	mem_free(args);
}
