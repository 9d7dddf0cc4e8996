/*
 * ini.c: the raw pass, then iniparser.
 *
 * Always holds: what the raw pass lets through, iniparser reads as one dictionary with exactly the
 * keys that the pass has seen; a value that it does not give is refused.  Bounded: a file has at
 * most INI_FILE bytes and INI_ENTRIES names.
 */
#include "ini.h"

#include <errno.h>
#include <iniparser/iniparser.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/text.h"

struct raw {
	struct ini *ini;
	int line;
	struct err *err;
};

static int refuse(const struct raw *r, const char *why)
{
	return err_set(r->err, ERR_INPUT, "%s, line %d: %s", r->ini->path, r->line, why);
}

int ini_refuse(const struct ini *ini, const struct ini_entry *e, struct err *err, const char *fmt,
	       ...)
{
	char why[200];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(why, sizeof why, fmt, ap);
	va_end(ap);
	return err_set(err, ERR_INPUT, "%s, line %d: %s", ini->path, e->line, text_whole(why));
}

static char *trimmed(char *s)
{
	size_t n;

	s += strspn(s, " \t");
	n = strlen(s);
	while (n > 0 && strchr(" \t", s[n - 1]))
		s[--n] = '\0';
	return s;
}

static bool is_name(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_.");

	return n > 0 && n <= INI_NAME && s[n] == '\0';
}

/* The section that the last entry stands in; NULL before the first. */
static const struct ini_entry *section_of(const struct ini *ini)
{
	return ini->e.n ? &ini->e.v[ini->e.v[ini->e.n - 1].section] : NULL;
}

static int add(struct raw *r, const char *name, bool section)
{
	struct ini *ini = r->ini;
	int at = ini->e.n ? ini->e.v[ini->e.n - 1].section : 0;
	struct ini_entry *e;

	if (ini->e.n == INI_ENTRIES)
		return refuse(r, "that is more than 2000 keys and sections.");
	for (int i = section ? 0 : at; i < (int)ini->e.n; i++)
		if (!ini->e.v[i].value == section && strcmp(ini->e.v[i].name, name) == 0)
			return refuse(r, section ? "this section was there before. Join the two."
						 : "this key was there before. Keep one.");
	e = list_push(&ini->e);
	e->line = r->line;
	e->section = section ? (int)ini->e.n - 1 : at;
	e->name = mem_str(name);
	return 0;
}

static int raw_section(struct raw *r, char *line)
{
	size_t n = strlen(line);
	char *name;

	if (n < 2 || line[n - 1] != ']')
		return refuse(r, "a section is written as [name], alone on its line.");
	line[n - 1] = '\0';
	name = trimmed(line + 1);
	if (!is_name(name))
		return refuse(r, "a section's name has 1 to 40 of a-z, 0-9, _ and dot.");
	return add(r, name, true);
}

static int raw_value(struct raw *r, const char *value)
{
	const char *end;

	if (*value == '"') {
		end = strchr(value + 1, '"');
		if (!end)
			return refuse(r, "a quote is not closed.");
		if (end[1 + strspn(end + 1, " \t")])
			return refuse(r, "something follows the closing quote.");
		if (strspn(value + 1, " \t") == (size_t)(end - value - 1))
			return refuse(r, "there is nothing between the quotes.");
		return memchr(value, '\\', (size_t)(end - value))
			       ? refuse(r, "no backslash may stand between quotes.")
			       : 0;
	}
	if (!*value)
		return refuse(r, "the key has no value. Leave the line out.");
	if (strpbrk(value, ";#\"'\\"))
		return refuse(r, "with ; # \\ or a quote in it, it stands in double quotes.");
	return 0;
}

static int raw_key(struct raw *r, char *line)
{
	char *equals = strchr(line, '='), *name, *value;

	if (!equals)
		return refuse(r, "there is no = in it.");
	*equals = '\0';
	name = trimmed(line);
	value = trimmed(equals + 1);
	if (!is_name(name))
		return refuse(r, "a key has 1 to 40 of a-z, 0-9, _ and dot.");
	if (!section_of(r->ini))
		return refuse(r, "a key stands before the first [section].");
	if (raw_value(r, value) < 0 || add(r, name, false) < 0)
		return -1;
	/* Told apart from a section's; iniparser says what it is. */
	r->ini->e.v[r->ini->e.n - 1].value = mem_str("");
	return 0;
}

/* One line, or several that a backslash joins. */
static int raw_line(struct raw *r, char *line)
{
	line = trimmed(line);
	if (!*line || *line == '#' || *line == ';')
		return 0;
	return *line == '[' ? raw_section(r, line) : raw_key(r, line);
}

/* Takes the next line's text without its end; refuses what is no text. */
static int take_line(struct raw *r, const char *at, size_t n, struct buf *joined)
{
	if (n > 0 && at[n - 1] == '\r')
		n--;
	if (!text_valid(at, n))
		return refuse(r, "it is not UTF-8.");
	for (size_t i = 0; i < n;) {
		int len = 1;
		uint32_t rune = text_next(at + i, n - i, &len);

		if (rune != '\t' && !text_rune_shown(rune))
			return refuse(r, "it has a character in it that cannot be shown.");
		i += (size_t)len;
	}
	buf_add(joined, at, n);
	if (joined->n > INI_LINE)
		return refuse(r, "it is longer than 1000 bytes.");
	while (joined->n > 0 && strchr(" \t", joined->s[joined->n - 1]))
		joined->s[--joined->n] = '\0';
	return 0;
}

static int raw_pass(struct raw *r, const char *text, size_t n)
{
	struct buf joined = { 0 };
	const char *end;
	int rc = 0, at = 1;

	r->line = 1;
	if (n > INI_FILE)
		return err_set(r->err, ERR_INPUT, "%s is longer than 64 KiB.", r->ini->path);
	if (n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
		return refuse(r, "it starts with a byte order mark. Save it as plain UTF-8.");
	for (size_t i = 0; rc == 0 && i < n; i = (size_t)(end - text) + 1, at++) {
		end = memchr(text + i, '\n', n - i);
		if (!end)
			end = text + n;
		if (joined.n == 0)
			r->line = at;
		rc = take_line(r, text + i, (size_t)(end - text) - i, &joined);
		if (rc == 0 && joined.n > 0 && joined.s[joined.n - 1] == '\\') {
			if (end == text + n || end + 1 == text + n)
				rc = refuse(r, "a backslash ends the file: nothing follows it.");
			else if (strchr("#;[", joined.s[strspn(joined.s, " \t")]))
				rc = refuse(r, "only a value goes on in the next line.");
			joined.s[--joined.n] = '\0';
			/* Only a backslash so far: a value cannot begin in the air. */
			if (rc == 0 && joined.n == 0)
				rc = refuse(r, "a backslash stands alone.");
			continue;
		}
		if (rc == 0 && joined.n)
			rc = raw_line(r, joined.s);
		buf_clear(&joined);
	}
	buf_done(&joined);
	return rc;
}

/* Runs of blanks become one: iniparser keeps those of a joined line. */
static char *squeezed(const char *s)
{
	char *copy = mem_new(strlen(s) + 1);
	size_t n = 0;

	for (; *s; s++) {
		char c = *s == '\t' ? ' ' : *s;

		if (c != ' ' || (n > 0 && copy[n - 1] != ' '))
			copy[n++] = c;
	}
	if (n > 0 && copy[n - 1] == ' ')
		n--;
	copy[n] = '\0';
	return copy;
}

/* What iniparser would complain of, the raw pass has said with its line. */
static int say_nothing(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static int say_nothing(const char *fmt, ...)
{
	(void)fmt;
	return 0;
}

/* iniparser reads files by their names alone: the text is lent one that is in memory. */
static dictionary *parse(const char *text, size_t n)
{
	int fd = memfd_create("form", MFD_CLOEXEC);
	dictionary *d = NULL;
	char path[40];
	ssize_t done = 0;

	if (fd < 0)
		return NULL;
	for (size_t at = 0; at < n && done >= 0; at += (size_t)(done > 0 ? done : 0)) {
		done = write(fd, text + at, n - at);
		if (done < 0 && errno == EINTR)
			done = 0;
	}
	if (done >= 0) {
		snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
		iniparser_set_error_callback(say_nothing);
		d = iniparser_load(path);
	}
	close(fd);
	return d;
}

static int take_values(struct ini *ini, const char *text, size_t n, struct err *err)
{
	dictionary *d = parse(text, n);
	int rc = 0;

	if (!d)
		return err_set(err, ERR_INPUT, "%s cannot be read as sections and keys.",
			       ini->path);
	for (size_t i = 0; rc == 0 && i < ini->e.n; i++) {
		struct ini_entry *e = &ini->e.v[i];
		char key[2 * INI_NAME + 2];
		const char *value;

		if (!e->value)
			continue;
		snprintf(key, sizeof key, "%s:%s", ini->e.v[e->section].name, e->name);
		value = iniparser_getstring(d, key, NULL);
		mem_free(e->value);
		e->value = squeezed(value ? value : "");
		if (!*e->value)
			rc = ini_refuse(ini, e, err, "the value of %s cannot be read.", e->name);
	}
	iniparser_freedict(d);
	return rc;
}

int ini_read(const char *path, const char *text, size_t n, struct ini *ret, struct err *err)
{
	struct ini ini = { .path = path };
	struct raw raw = { .ini = &ini, .err = err };

	if (raw_pass(&raw, text, n) < 0 || take_values(&ini, text, n, err) < 0) {
		ini_done(&ini);
		return -1;
	}
	*ret = ini;
	return 0;
}

void ini_done(struct ini *ini)
{
	list_each (e, &ini->e) {
		mem_free(e->name);
		mem_free(e->value);
	}
	list_free(&ini->e);
}
