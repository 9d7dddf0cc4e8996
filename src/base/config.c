/*
 * config.c: ohdesk.ini, the settings of one machine.
 *
 * iniparser reads the values.  Before it, a raw pass holds the file to a stricter form, because
 * iniparser takes the last of two equal keys, an unclosed quote and an over-long line in silence or
 * with a line on stderr.  Each key is checked against the table below before anybody asks.
 */
#include "base/config.h"

#include <assert.h>
#include <errno.h>
#include <iniparser/iniparser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"

enum { FILE_MOST = 64 * 1024, LINE_MOST = 1000, NAME_MOST = 40 };

enum kind { WORDS, NUMBER };

/* Everything that may be set: a new setting is a row here and a line in the sample file. */
static const struct setting {
	const char *key; /* section:key */
	enum kind kind;
	int least, most;   /* NUMBER */
	const char *words; /* WORDS: those allowed, between bars; NULL: any text */
} settings[] = {
	{ "store:path", WORDS, 0, 0, NULL },
	{ "store:busy_ms", NUMBER, 0, 600000, NULL },
	{ "screen:theme", WORDS, 0, 0, "|mono|dark|light|contrast|" },
	{ "screen:escdelay", NUMBER, 0, 5000, NULL },
	{ "desk:lock_mins", NUMBER, 2, 15, NULL },
	{ "outbox:text_command", WORDS, 0, 0, NULL },
	{ "outbox:email_command", WORDS, 0, 0, NULL },
	{ "outbox:letter_command", WORDS, 0, 0, NULL },
	{ "outbox:repeats", WORDS, 0, 0, "|yes|no|" },
	{ "outbox:tries", NUMBER, 1, 20, NULL },
	{ "outbox:wait_mins", NUMBER, 1, 240, NULL },
	{ "outbox:seconds", NUMBER, 1, 300, NULL },
	{ "outbox:wording", WORDS, 0, 0, NULL },
	{ "forms:folder", WORDS, 0, 0, NULL },
	{ "forms:without", WORDS, 0, 0, NULL },
	{ "sync:address", WORDS, 0, 0, NULL },
	{ "sync:host_key", WORDS, 0, 0, NULL },
	{ "sync:keys_file", WORDS, 0, 0, NULL },
	{ "print:command", WORDS, 0, 0, NULL },
	{ "print:list", WORDS, 0, 0, NULL },
	{ "print:slip", WORDS, 0, 0, NULL },
};
enum { SETTINGS = sizeof settings / sizeof *settings };

struct config {
	char *path;
	char *values[SETTINGS]; /* NULL: not set */
};

static int setting_of(const char *key)
{
	for (int i = 0; i < SETTINGS; i++)
		if (strcmp(settings[i].key, key) == 0)
			return i;
	return -1;
}

/* The raw pass: where it stands, and what it has seen. */
struct raw {
	const char *path;
	int line;
	char section[NAME_MOST + 1];
	char *seen[SETTINGS + 64]; /* "section" and "section:key", owned */
	size_t n;
	struct err *err;
};

static int refuse(const struct raw *raw, const char *why)
{
	return err_set(raw->err, ERR_INPUT, "%s, line %d: %s", raw->path, raw->line, why);
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

	return n > 0 && n <= NAME_MOST && s[n] == '\0';
}

/* Notes a section or a key; false when it was there before. */
static bool first_time(struct raw *raw, const char *what)
{
	for (size_t i = 0; i < raw->n; i++)
		if (strcmp(raw->seen[i], what) == 0)
			return false;
	if (raw->n < sizeof raw->seen / sizeof *raw->seen)
		raw->seen[raw->n++] = mem_str(what);
	return true;
}

static int check_section(struct raw *raw, char *line)
{
	size_t n = strlen(line);
	char *name;

	if (n < 2 || line[n - 1] != ']')
		return refuse(raw, "a section is written as [name], alone on its line.");
	line[n - 1] = '\0';
	name = trimmed(line + 1);
	if (!is_name(name))
		return refuse(raw, "a section's name has 1 to 40 of a-z, 0-9, _ and dot.");
	for (int i = 0; i < SETTINGS; i++) {
		if (strncmp(settings[i].key, name, strlen(name)) != 0 ||
		    settings[i].key[strlen(name)] != ':')
			continue;
		if (!first_time(raw, name))
			return refuse(raw, "this section was there before. Join the two.");
		snprintf(raw->section, sizeof raw->section, "%s", name);
		return 0;
	}
	return refuse(raw, "there is no such section.");
}

static int check_value(struct raw *raw, const char *value)
{
	char quote = *value;
	const char *end;

	if (quote == '"' || quote == '\'') {
		end = strchr(value + 1, quote);
		if (!end)
			return refuse(raw, "a quote is not closed.");
		end += 1 + strspn(end + 1, " \t");
		if (*end && *end != ';' && *end != '#')
			return refuse(raw, "something follows the closing quote.");
		return 0;
	}
	if (!*value || *value == ';' || *value == '#')
		return refuse(raw, "the key has no value. Leave the line out.");
	return 0;
}

static int check_key(struct raw *raw, char *line)
{
	char *equals = strchr(line, '='), *name, key[2 * NAME_MOST + 2];

	if (!equals)
		return refuse(raw, "there is no = in it.");
	*equals = '\0';
	name = trimmed(line);
	if (!is_name(name))
		return refuse(raw, "a key has 1 to 40 of a-z, 0-9, _ and dot.");
	if (!raw->section[0])
		return refuse(raw, "a key stands before the first [section].");
	snprintf(key, sizeof key, "%s:%s", raw->section, name);
	if (setting_of(key) < 0)
		return err_set(raw->err, ERR_INPUT, "%s, line %d: [%s] has no setting %s.",
			       raw->path, raw->line, raw->section, name);
	if (!first_time(raw, key))
		return refuse(raw, "this key was there before. Keep one.");
	return check_value(raw, trimmed(equals + 1));
}

static int check_line(struct raw *raw, char *line)
{
	size_t n = strlen(line);

	if (n > 0 && line[n - 1] == '\r')
		line[--n] = '\0';
	if (n > LINE_MOST)
		return refuse(raw, "it is longer than 1000 bytes.");
	for (size_t i = 0; i < n; i++)
		if (((unsigned char)line[i] < 0x20 && line[i] != '\t') || line[i] == 0x7F)
			return refuse(raw, "it has a control character in it.");
	if (!text_valid(line, n))
		return refuse(raw, "it is not UTF-8.");
	line = trimmed(line);
	n = strlen(line);
	if (n == 0 || *line == '#' || *line == ';')
		return 0;
	if (line[n - 1] == '\\')
		return refuse(raw, "a line cannot go on in the next one.");
	return *line == '[' ? check_section(raw, line) : check_key(raw, line);
}

static int check_text(struct raw *raw, char *text, size_t n)
{
	raw->line = 1;
	if (n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
		return refuse(raw, "it starts with a byte order mark. Save it as plain UTF-8.");
	for (char *line = text, *end; line < text + n; line = end + 1, raw->line++) {
		end = memchr(line, '\n', (size_t)(text + n - line));
		if (!end)
			end = text + n;
		*end = '\0';
		if (strlen(line) != (size_t)(end - line))
			return refuse(raw, "it has a NUL in it.");
		if (check_line(raw, line) < 0)
			return -1;
	}
	return 0;
}

/* The whole file, at most FILE_MOST bytes; the caller frees. */
static int read_file(FILE *f, const char *path, char **ret, size_t *ret_n, struct err *err)
{
	char *text = mem_new(FILE_MOST + 2);
	size_t n = fread(text, 1, FILE_MOST + 1, f);

	if (ferror(f)) {
		mem_free(text);
		return err_set(err, ERR_INPUT, "%s cannot be read: %s.", path, strerror(errno));
	}
	if (n > FILE_MOST) {
		mem_free(text);
		return err_set(err, ERR_INPUT,
			       "%s is longer than 64 KiB, so it is no settings file.", path);
	}
	*ret = text;
	*ret_n = n;
	return 0;
}

static int check_file(FILE *f, const char *path, struct err *err)
{
	struct raw raw = { .path = path, .err = err };
	char *text = NULL;
	size_t n = 0;
	int r;

	if (read_file(f, path, &text, &n, err) < 0)
		return -1;
	r = check_text(&raw, text, n);
	for (size_t i = 0; i < raw.n; i++)
		mem_free(raw.seen[i]);
	mem_free(text);
	return r;
}

static bool read_number(const char *s, const struct setting *set, int *ret)
{
	char *end;
	long n;

	if (strlen(s) > 9 || !text_is_digits(s))
		return false;
	n = strtol(s, &end, 10);
	if (n < set->least || n > set->most)
		return false;
	*ret = (int)n;
	return true;
}

static int check_setting(const struct setting *set, const char *value, const char *path,
			 struct err *err)
{
	char word[NAME_MOST + 3];
	int n;

	if (set->kind == NUMBER) {
		if (!read_number(value, set, &n))
			return err_set(err, ERR_INPUT, "%s: %s is a number from %d to %d, not %s.",
				       path, set->key, set->least, set->most, value);
		return 0;
	}
	snprintf(word, sizeof word, "|%.*s|", NAME_MOST, value);
	if (set->words && (strchr(value, '|') || !strstr(set->words, word)))
		return err_set(err, ERR_INPUT, "%s: %s is one of %s, not %s.", path, set->key,
			       set->words, value);
	return 0;
}

/* iniparser's own complaints: what it would say, the raw pass has said with its line. */
static int say_nothing(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static int say_nothing(const char *fmt, ...)
{
	(void)fmt;
	return 0;
}

static int load(struct config *c, struct err *err)
{
	dictionary *d;

	iniparser_set_error_callback(say_nothing);
	d = iniparser_load(c->path);
	if (!d)
		return err_set(err, ERR_INPUT, "%s cannot be read as settings.", c->path);
	for (int i = 0; i < SETTINGS; i++) {
		const char *value = iniparser_getstring(d, settings[i].key, NULL);

		if (!value)
			continue;
		if (check_setting(&settings[i], value, c->path, err) < 0) {
			iniparser_freedict(d);
			return -1;
		}
		c->values[i] = mem_str(value);
	}
	iniparser_freedict(d);
	return 0;
}

/* The first of the usual places that has a file, in *ret_f and *ret_path; NULL when none does. */
static int find(FILE **ret_f, char **ret_path, struct err *err)
{
	const char *xdg = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	char *places[2] = { NULL, mem_str("/etc/ohdesk/ohdesk.ini") };
	int r = 0;

	/* The specification has relative values ignored. */
	if (xdg && *xdg == '/')
		places[0] = mem_printf("%s/ohdesk/ohdesk.ini", xdg);
	else if (home && *home == '/')
		places[0] = mem_printf("%s/.config/ohdesk/ohdesk.ini", home);
	*ret_f = NULL;
	for (int i = 0; i < 2 && !*ret_f && r == 0; i++) {
		if (!places[i])
			continue;
		*ret_f = fopen(places[i], "re");
		if (*ret_f)
			*ret_path = mem_str(places[i]);
		/* A file that is there but closed to us is not passed over. */
		else if (errno != ENOENT && errno != ENOTDIR)
			r = err_set(err, ERR_INPUT, "%s cannot be opened: %s.", places[i],
				    strerror(errno));
	}
	mem_free(places[0]);
	mem_free(places[1]);
	return r;
}

int config_open(const char *path, struct config **ret, struct err *err)
{
	struct config *c = mem_new(sizeof *c);
	FILE *f;

	if (path) {
		f = fopen(path, "re");
		if (!f) {
			err_set(err, ERR_INPUT, "%s cannot be opened: %s.", path, strerror(errno));
			goto fail;
		}
		c->path = mem_str(path);
	} else if (find(&f, &c->path, err) < 0) {
		goto fail;
	}
	if (f) {
		int r = check_file(f, c->path, err);

		fclose(f);
		if (r < 0 || load(c, err) < 0)
			goto fail;
	}
	*ret = c;
	return 0;
fail:
	config_close(c);
	return -1;
}

void config_close(struct config *c)
{
	if (!c)
		return;
	for (int i = 0; i < SETTINGS; i++)
		mem_free(c->values[i]);
	mem_free(c->path);
	mem_free(c);
}

const char *config_path(const struct config *c)
{
	return c ? c->path : NULL;
}

static const char *value_of(const struct config *c, const char *key, enum kind kind)
{
	int i = setting_of(key);

	assert(i >= 0 && settings[i].kind == kind);
	(void)kind;
	return c ? c->values[i] : NULL;
}

const char *config_str(const struct config *c, const char *key, const char *fallback)
{
	const char *value = value_of(c, key, WORDS);

	return value ? value : fallback;
}

int config_int(const struct config *c, const char *key, int fallback)
{
	const char *value = value_of(c, key, NUMBER);
	int n;

	return value && read_number(value, &settings[setting_of(key)], &n) ? n : fallback;
}
