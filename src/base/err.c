/*
 * err.c: what went wrong, in words for a person.
 *
 * Always holds: the text of an error is printable, valid UTF-8 and ends inside its array, whatever
 * data the caller's format brought in.
 */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

/* Copies the printable form of `s` as far as whole characters fit. */
static void copy_shown(char *out, size_t room, const char *s)
{
	size_t n = strlen(s), used = 0;

	for (size_t i = 0; i < n;) {
		int len;
		uint32_t rune = text_next(s + i, n - i, &len);
		bool shown = text_rune_shown(rune) && !(rune == 0xFFFD && len == 1);
		size_t take = shown ? (size_t)len : 1;

		if (used + take >= room)
			break;
		memcpy(out + used, shown ? s + i : "?", take);
		used += take;
		i += (size_t)len;
	}
	out[used] = '\0';
}

static void fill(struct err *err, enum err_kind kind, const char *field, const char *fmt,
		 va_list ap) __attribute__((format(printf, 4, 0)));

static void fill(struct err *err, enum err_kind kind, const char *field, const char *fmt,
		 va_list ap)
{
	/* Twice the room: what is cut is then cut by copy_shown(), between characters.  The
	 * arguments may be an earlier text of this same err, so nothing is written before. */
	char raw[2 * sizeof err->text], name[sizeof err->field];

	vsnprintf(raw, sizeof raw, fmt, ap);
	copy_shown(name, sizeof name, field);
	err->kind = kind;
	err->passes = false;
	memcpy(err->field, name, sizeof name);
	copy_shown(err->text, sizeof err->text, raw);
}

int err_set(struct err *err, enum err_kind kind, const char *fmt, ...)
{
	va_list ap;

	if (!err)
		return -1;
	va_start(ap, fmt);
	fill(err, kind, "", fmt, ap);
	va_end(ap);
	return -1;
}

int err_input(struct err *err, const char *field, const char *fmt, ...)
{
	va_list ap;

	if (!err)
		return -1;
	va_start(ap, fmt);
	fill(err, ERR_INPUT, field ? field : "", fmt, ap);
	va_end(ap);
	return -1;
}

void err_clear(struct err *err)
{
	if (!err)
		return;
	err->kind = ERR_NONE;
	err->field[0] = err->text[0] = '\0';
}
