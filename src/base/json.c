/*
 * json.c: a strict reader of JSON, one item at a time, and a writer of its strings.
 *
 * Always holds: nothing outside the bytes is read, the stack does not grow with the text, and
 * `text` is valid UTF-8 without NUL.
 */
#include "base/json.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"

/* What may come next. */
enum { VALUE, VALUE_OR_END, KEY, KEY_OR_END, COMMA_OR_END, NOTHING };

struct json json_open(const char *bytes, size_t n)
{
	return (struct json){ .p = bytes, .end = bytes + n, .line = 1, .due = VALUE };
}

void json_done(struct json *j)
{
	buf_done(&j->text);
}

static enum json_kind bad(struct json *j, const char *why)
{
	j->why = why;
	return j->kind = JSON_BAD;
}

static void skip_blanks(struct json *j)
{
	for (; j->p < j->end && *j->p && strchr(" \t\r\n", *j->p); j->p++)
		j->line += *j->p == '\n';
}

static bool hex4(struct json *j, uint32_t *ret)
{
	uint32_t v = 0;

	if (j->end - j->p < 4)
		return false;
	for (int i = 0; i < 4; i++) {
		static const char digits[] = "0123456789abcdef";
		char c = *j->p++;
		const char *at;

		if (c >= 'A' && c <= 'F')
			c = (char)(c - 'A' + 'a');
		at = c ? strchr(digits, c) : NULL;
		if (!at)
			return false;
		v = v << 4 | (uint32_t)(at - digits);
	}
	*ret = v;
	return true;
}

static void add_rune(struct buf *b, uint32_t r)
{
	char out[4];
	size_t n = 0;

	if (r < 0x80) {
		out[n++] = (char)r;
	} else if (r < 0x800) {
		out[n++] = (char)(0xC0 | r >> 6);
		out[n++] = (char)(0x80 | (r & 0x3F));
	} else if (r < 0x10000) {
		out[n++] = (char)(0xE0 | r >> 12);
		out[n++] = (char)(0x80 | (r >> 6 & 0x3F));
		out[n++] = (char)(0x80 | (r & 0x3F));
	} else {
		out[n++] = (char)(0xF0 | r >> 18);
		out[n++] = (char)(0x80 | (r >> 12 & 0x3F));
		out[n++] = (char)(0x80 | (r >> 6 & 0x3F));
		out[n++] = (char)(0x80 | (r & 0x3F));
	}
	buf_add(b, out, n);
}

/* What follows a backslash; NULL, or why it is bad. */
static const char *read_escape(struct json *j)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	uint32_t high, low;
	const char *at;
	char c = j->p < j->end ? *j->p++ : 0;

	if (c && (at = strchr(from, c))) {
		buf_add(&j->text, to + (at - from), 1);
		return NULL;
	}
	if (c != 'u' || !hex4(j, &high))
		return "an escape is malformed";
	if (high == 0)
		return "a string has a NUL in it";
	if (high >= 0xD800 && high <= 0xDBFF) {
		if (j->end - j->p < 2 || j->p[0] != '\\' || j->p[1] != 'u')
			return "a character is cut in half";
		j->p += 2;
		if (!hex4(j, &low) || low < 0xDC00 || low > 0xDFFF)
			return "a character is cut in half";
		high = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
	} else if (high >= 0xDC00 && high <= 0xDFFF) {
		return "a character is cut in half";
	}
	add_rune(&j->text, high);
	return NULL;
}

/* A string whose opening quote was read, into text; NULL, or why it is bad. */
static const char *read_string(struct json *j)
{
	const char *why;
	int len;

	buf_clear(&j->text);
	buf_add(&j->text, "", 0);
	while (j->p < j->end) {
		unsigned char c = (unsigned char)*j->p;

		if (c == '"') {
			j->p++;
			return NULL;
		}
		if (c < 0x20)
			return "a string has a control character in it";
		if (c == '\\') {
			j->p++;
			if ((why = read_escape(j)))
				return why;
			continue;
		}
		text_next(j->p, (size_t)(j->end - j->p), &len);
		if (!text_valid(j->p, (size_t)len))
			return "a string is not UTF-8";
		buf_add(&j->text, j->p, (size_t)len);
		j->p += len;
	}
	return "a string has no end";
}

static size_t digits_at(const struct json *j)
{
	const char *p = j->p;

	while (p < j->end && *p >= '0' && *p <= '9')
		p++;
	return (size_t)(p - j->p);
}

static bool at(const struct json *j, const char *any)
{
	return j->p < j->end && *j->p && strchr(any, *j->p);
}

static bool read_number(struct json *j)
{
	const char *start = j->p;
	size_t n;

	if (at(j, "-"))
		j->p++;
	n = digits_at(j);
	if (n == 0 || (n > 1 && *j->p == '0'))
		return false;
	j->p += n;
	if (at(j, ".")) {
		j->p++;
		if ((n = digits_at(j)) == 0)
			return false;
		j->p += n;
	}
	if (at(j, "eE")) {
		j->p++;
		if (at(j, "+-"))
			j->p++;
		if ((n = digits_at(j)) == 0)
			return false;
		j->p += n;
	}
	buf_clear(&j->text);
	buf_add(&j->text, start, (size_t)(j->p - start));
	return true;
}

static bool read_word(struct json *j, const char *word)
{
	size_t n = strlen(word);

	if ((size_t)(j->end - j->p) < n || memcmp(j->p, word, n) != 0)
		return false;
	j->p += n;
	return true;
}

static enum json_kind done_value(struct json *j, enum json_kind kind)
{
	j->due = j->depth ? COMMA_OR_END : NOTHING;
	return j->kind = kind;
}

static enum json_kind opened(struct json *j, char c)
{
	if (j->depth == JSON_DEPTH)
		return bad(j, "it is nested too deep");
	j->open[j->depth++] = c;
	j->p++;
	j->due = c == '{' ? KEY_OR_END : VALUE_OR_END;
	return j->kind = c == '{' ? JSON_OBJECT : JSON_ARRAY;
}

static enum json_kind read_value(struct json *j)
{
	const char *why;

	switch (*j->p) {
	case '{':
	case '[':
		return opened(j, *j->p);
	case '"':
		j->p++;
		why = read_string(j);
		return why ? bad(j, why) : done_value(j, JSON_STRING);
	case 't':
		if (read_word(j, "true"))
			return done_value(j, JSON_TRUE);
		break;
	case 'f':
		if (read_word(j, "false"))
			return done_value(j, JSON_FALSE);
		break;
	case 'n':
		if (read_word(j, "null"))
			return done_value(j, JSON_NULL);
		break;
	default:
		if (read_number(j))
			return done_value(j, JSON_NUMBER);
	}
	return bad(j, "a value is malformed");
}

static enum json_kind read_key(struct json *j)
{
	const char *why;

	if (*j->p != '"')
		return bad(j, "a name in quotes was due");
	j->p++;
	if ((why = read_string(j)))
		return bad(j, why);
	skip_blanks(j);
	if (!at(j, ":"))
		return bad(j, "a colon was due");
	j->p++;
	j->due = VALUE;
	return j->kind = JSON_KEY;
}

enum json_kind json_next(struct json *j)
{
	bool object = j->depth && j->open[j->depth - 1] == '{';

	if (j->kind == JSON_BAD)
		return JSON_BAD;
	skip_blanks(j);
	if (j->due == NOTHING)
		return j->p == j->end ? (j->kind = JSON_END) : bad(j, "something follows the end");
	if (j->p == j->end)
		return bad(j, "it ends too early");
	if (j->due == COMMA_OR_END && at(j, ",")) {
		j->p++;
		skip_blanks(j);
		if (j->p == j->end)
			return bad(j, "it ends too early");
		j->due = object ? KEY : VALUE;
	} else if (j->due != VALUE && j->due != KEY && j->depth && *j->p == (object ? '}' : ']')) {
		j->p++;
		j->depth--;
		return done_value(j, object ? JSON_OBJECT_END : JSON_ARRAY_END);
	} else if (j->due == COMMA_OR_END) {
		return bad(j, "a comma was due");
	}
	return j->due == KEY || j->due == KEY_OR_END ? read_key(j) : read_value(j);
}

bool json_skip(struct json *j)
{
	int until = j->depth;

	if (j->kind == JSON_OBJECT || j->kind == JSON_ARRAY)
		until--;
	else if (j->kind != JSON_KEY)
		return j->kind != JSON_BAD;
	do {
		if (json_next(j) == JSON_BAD)
			return false;
	} while (j->depth > until);
	return true;
}

void json_write_str(struct buf *out, const char *s)
{
	size_t n = strlen(s);
	int len;

	buf_str(out, "\"");
	for (size_t i = 0; i < n; i += (size_t)len) {
		uint32_t r = text_next(s + i, n - i, &len);

		if (r == '"' || r == '\\')
			buf_printf(out, "\\%c", (char)r);
		else if (r == '\n')
			buf_str(out, "\\n");
		/* Also what JavaScript takes for a line's end. */
		else if (r < 0x20 || r == 0x7F || r == 0x2028 || r == 0x2029)
			buf_printf(out, "\\u%04x", (unsigned)r);
		else
			add_rune(out, r);
	}
	buf_str(out, "\"");
}
