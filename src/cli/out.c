/*
 * out.c: rows as tab-separated lines or as JSON.  Gathers in memory and writes at the end of each
 * 64 KiB, so that a command that fails half-way has usually printed nothing.
 */
#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/text.h"
#include "cli/out.h"

bool out_flush(struct out *o)
{
	size_t at = 0;

	while (at < o->buf.n) {
		ssize_t n = write(STDOUT_FILENO, o->buf.s + at, o->buf.n - at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		at += (size_t)n;
	}
	buf_clear(&o->buf);
	return true;
}

void out_begin(struct out *o, const char *const *columns)
{
	o->columns = columns;
	o->col = 0;
	o->rows = 0;
	if (o->json) {
		buf_str(&o->buf, "[");
		return;
	}
	for (int i = 0; columns[i]; i++)
		buf_printf(&o->buf, "%s%s", i ? "\t" : "", columns[i]);
	buf_str(&o->buf, "\n");
}

/* What goes in front of a value: in JSON its name, in rows a tab. */
static void lead(struct out *o)
{
	assert(o->columns[o->col]);
	if (o->json) {
		if (o->col == 0)
			buf_str(&o->buf, o->rows ? ",\n{" : "\n{");
		else
			buf_str(&o->buf, ",");
		json_write_str(&o->buf, o->columns[o->col]);
		buf_str(&o->buf, ":");
	} else if (o->col) {
		buf_str(&o->buf, "\t");
	}
}

static void trail(struct out *o)
{
	if (o->columns[++o->col])
		return;
	buf_str(&o->buf, o->json ? "}" : "\n");
	o->col = 0;
	o->rows++;
	if (o->buf.n > 65536)
		out_flush(o);
}

static void plain(struct buf *b, const char *s)
{
	size_t n = strlen(s);

	for (size_t i = 0; i < n;) {
		int len;
		uint32_t rune = text_next(s + i, n - i, &len);

		if (rune == '\t')
			buf_str(b, "\\t");
		else if (rune == '\n')
			buf_str(b, "\\n");
		else if (rune == '\\')
			buf_str(b, "\\\\");
		else if (rune < 0x20 || (rune >= 0x7f && rune < 0xa0) || rune == 0xfffd)
			buf_str(b, "?");
		else
			buf_add(b, s + i, (size_t)len);
		i += (size_t)len;
	}
}

void out_text(struct out *o, const char *s)
{
	lead(o);
	if (!o->json)
		plain(&o->buf, s ? s : "");
	else if (s)
		json_write_str(&o->buf, s);
	else
		buf_str(&o->buf, "null");
	trail(o);
}

void out_int(struct out *o, int64_t n)
{
	lead(o);
	buf_printf(&o->buf, "%lld", (long long)n);
	trail(o);
}

void out_id(struct out *o, struct id id)
{
	char buf[ID_TEXT];

	out_text(o, id_none(id) ? NULL : id_text(id, buf));
}

void out_date(struct out *o, struct date d)
{
	char buf[DAY_TEXT];

	out_text(o, date_none(d) ? NULL : date_iso(d, buf));
}

void out_moment(struct out *o, struct moment m)
{
	char buf[DAY_TEXT];

	out_text(o, moment_none(m) ? NULL : moment_iso(m, buf));
}

void out_end(struct out *o)
{
	assert(o->col == 0);
	if (o->json)
		buf_str(&o->buf, o->rows ? "\n]\n" : "]\n");
	out_flush(o);
}

void out_line(struct out *o, const char *fmt, ...)
{
	char *s;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&s, fmt, ap) >= 0) {
		plain(&o->buf, s);
		buf_str(&o->buf, "\n");
		free(s);
	}
	va_end(ap);
	out_flush(o);
}

void out_lines(struct out *o, const char *text)
{
	while (*text) {
		size_t n = strcspn(text, "\n");

		out_line(o, "%.*s", (int)n, text);
		text += n + (text[n] == '\n');
	}
}
