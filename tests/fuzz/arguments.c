/*
 * arguments.c: arguments of acts, made from the acts' own tables of fields.
 *
 * They are well formed, so that they come as far as the run of their act, and say what nobody
 * would: ids of other kinds of rows, numbers out of any range, rows by the dozen.
 */
#include <stdio.h>
#include <string.h>

#include "base/args.h"
#include "clinic/act.h"
#include "frames.h"
#include "fuzz.h"

static void put_string(struct buf *out, const char *s, size_t n)
{
	buf_printf(out, "%zu:", n);
	buf_add(out, s, n);
}

static void put_text(struct buf *out)
{
	static const char *const words[] = { "",
					     "on",
					     "off",
					     "B",
					     "T",
					     "X",
					     "person",
					     "service",
					     "org:WVH",
					     "org:NONE",
					     "PHYSIO",
					     "p.shah",
					     "NEW",
					     "FU",
					     "open",
					     "booked",
					     "contact",
					     "surname",
					     "face",
					     "sqlite_master",
					     "a'b\"c%s",
					     "\xc3\xa9\xcc\x81",
					     "slot",
					     "appointment",
					     "09:00 NEW 40, FU 20x3",
					     "RAP 40/24" };
	const char *word = words[fuzz_chance(sizeof words / sizeof *words)];

	if (fuzz_chance(40) == 0) {
		struct buf long_one = { 0 };

		for (uint32_t n = fuzz_chance(2000); n > 0; n--)
			buf_add(&long_one, "x", 1);
		put_string(out, long_one.n ? long_one.s : "", long_one.n);
		buf_done(&long_one);
	} else {
		put_string(out, word, strlen(word));
	}
}

static void put_struct(struct buf *out, const struct fields *fs, int depth);

static void put_value(struct buf *out, const struct field *f, int depth)
{
	switch (f->type) {
	case F_ID:
		buf_printf(out, "i%llde", (long long)frames_id());
		break;
	case F_INT:
		buf_printf(out, "i%llde", (long long)fuzz_number(1 + fuzz_chance(60)));
		break;
	case F_MOMENT:
		buf_printf(out, "i%llde",
			   (long long)fuzz_number(1773309600 + 1200 * fuzz_chance(8)));
		break;
	case F_DATE:
		buf_printf(out, "i%llde", (long long)fuzz_number(20524 + fuzz_chance(14)));
		break;
	case F_BOOL:
		buf_str(out, fuzz_chance(20) ? "i1e" : "i2e");
		break;
	case F_TEXT:
		put_text(out);
		break;
	case F_ROWS:
		buf_str(out, "l");
		for (uint32_t n = 1 + fuzz_chance(fuzz_chance(30) ? 3 : 40); n > 0; n--)
			put_struct(out, f->rows, depth + 1);
		buf_str(out, "e");
		break;
	}
}

static void put_struct(struct buf *out, const struct fields *fs, int depth)
{
	const struct field *order[ARGS_FIELDS];

	for (size_t i = 0; i < fs->n; i++) {
		size_t at = i;

		for (; at > 0 && strcmp(order[at - 1]->name, fs->f[i].name) > 0; at--)
			order[at] = order[at - 1];
		order[at] = &fs->f[i];
	}
	buf_str(out, "d");
	for (size_t i = 0; depth < 6 && i < fs->n; i++) {
		if (fuzz_chance(order[i]->needed ? 50 : 3) == 0)
			continue;
		put_string(out, order[i]->name, strlen(order[i]->name));
		put_value(out, order[i], depth);
	}
	buf_str(out, "e");
}

const char *arguments_of_any(struct buf *ret, int *ret_ver)
{
	size_t n = 0;
	const struct act *act;

	while (acts[n])
		n++;
	act = acts[fuzz_chance((uint32_t)n)];
	buf_clear(ret);
	put_struct(ret, &act->fields, 0);
	*ret_ver = act->ver;
	return act->name;
}

/* A number in it becomes another; or it is nested without an end; or its bytes are. */
void arguments_spoil(struct buf *args)
{
	struct buf out = { 0 };
	size_t at = fuzz_chance((uint32_t)args->n);

	while (at < args->n && args->s[at] != 'i')
		at++;
	buf_add(&out, args->s, at);
	if (fuzz_chance(20) == 0) {
		for (uint32_t n = fuzz_chance(3000); n > 0; n--)
			buf_str(&out, fuzz_chance(2) ? "l" : "d1:x");
	} else if (at < args->n) {
		const char *e = memchr(args->s + at, 'e', args->n - at);

		buf_printf(&out, "i%llde",
			   (long long)(fuzz_chance(2) ? frames_id() : fuzz_number(1)));
		if (e)
			buf_add(&out, e + 1, (size_t)(args->s + args->n - e - 1));
	}
	buf_done(args);
	*args = out;
}
