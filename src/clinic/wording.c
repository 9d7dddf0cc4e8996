/* wording.c: the files that say what messages say: read strictly, filled in plainly. */
#include "clinic/wording.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/built_in.h"
#include "base/config.h"
#include "base/file.h"
#include "base/text.h"
#include "clinic/desk.h"
#include "clinic/words.h"

enum { LINE_MOST = 1000, FILE_MOST = 32 * 1024, BLOCKS_MOST = 40, OWN_MOST = 24 };

static const char *const field_names[] = {
#define X(name, member) name,
	WORDING_FIELDS(X)
#undef X
};
enum { FIELDS_ALL = sizeof field_names / sizeof *field_names };

/* The field of a name of n bytes; -1 when there is none. */
static int field_of(const char *name, size_t n)
{
	for (int i = 0; i < FIELDS_ALL; i++)
		if (strlen(field_names[i]) == n && memcmp(field_names[i], name, n) == 0)
			return i;
	return -1;
}

static const char *fact(const struct facts *f, int field)
{
	const char *const all[] = {
#define X(name, member) f->member,
		WORDING_FIELDS(X)
#undef X
	};
	return all[field] ? all[field] : "";
}

/* ---- reading ---- */

struct reader {
	const char *path;
	int line;
	enum { NOWHERE, IN_MESSAGE, IN_BLOCK } where;
	char names[BLOCKS_MOST][24]; /* of the blocks so far */
	bool had_message;
	struct wording *w;
	struct err *err;
};

static int refuse(const struct reader *r, const char *why)
{
	return err_set(r->err, ERR_INPUT, "%s, line %d: %s", r->path, r->line, why);
}

static int read_section(struct reader *r, char *line)
{
	size_t n = strlen(line);
	const char *name = line + strlen("[block.");

	if (r->where == IN_BLOCK && !r->w->blocks.v[r->w->blocks.n - 1].text)
		return refuse(r, "the block before this line has no text.");
	if (strcmp(line, "[message]") == 0) {
		if (r->had_message || r->w->blocks.n)
			return refuse(r, "[message] stands once, before the blocks.");
		r->where = IN_MESSAGE;
		r->had_message = true;
		return 0;
	}
	if (strncmp(line, "[block.", strlen("[block.")) != 0 || line[n - 1] != ']')
		return refuse(r, "a section is [message] or [block.NAME].");
	line[n - 1] = '\0';
	n = strlen(name);
	if (n == 0 || n > 20 || strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") != n)
		return refuse(r, "a block's name has 1 to 20 of a-z, 0-9 and _.");
	for (size_t i = 0; i < r->w->blocks.n; i++)
		if (strcmp(r->names[i], name) == 0)
			return refuse(r, "a block of that name was there before.");
	if (r->w->blocks.n == BLOCKS_MOST)
		return refuse(r, "that is more than 40 blocks.");
	snprintf(r->names[r->w->blocks.n], sizeof r->names[0], "%s", name);
	list_push(&r->w->blocks);
	r->where = IN_BLOCK;
	return 0;
}

/* Every {field} is one that there is, and no brace stands alone. */
static int check_fields(const struct reader *r, const char *text)
{
	for (const char *p = text; (p = strpbrk(p, "{}"));) {
		const char *end = *p == '{' ? strpbrk(p + 1, "{}") : NULL;

		if (!end || *end != '}')
			return refuse(r,
				      "a brace stands alone: fields are written {person.given}.");
		if (field_of(p + 1, (size_t)(end - p - 1)) < 0)
			return err_set(r->err, ERR_INPUT,
				       "%s, line %d: there is no field %.*s to fill in.", r->path,
				       r->line, (int)(end - p + 1), p);
		p = end + 1;
	}
	return 0;
}

static int read_value(struct reader *r, char *line)
{
	char *equals = strchr(line, '='), *value, *end, **at;
	size_t n;

	if (!equals)
		return refuse(r, "there is no = in it.");
	n = (size_t)(equals - line);
	while (n > 0 && line[n - 1] == ' ')
		n--;
	line[n] = '\0';
	if (r->where == NOWHERE)
		return refuse(r, "a key stands before the first [section].");
	if (strcmp(line, r->where == IN_MESSAGE ? "title" : "text") != 0)
		return refuse(r, r->where == IN_MESSAGE ? "[message] has the key title alone."
							: "a block has the key text alone.");
	at = r->where == IN_MESSAGE ? &r->w->title : &r->w->blocks.v[r->w->blocks.n - 1].text;
	if (*at)
		return refuse(r, "this key was there before. Keep one.");
	value = equals + 1 + strspn(equals + 1, " ");
	end = *value == '"' ? strchr(value + 1, '"') : NULL;
	if (!end || end[1 + strspn(end + 1, " ")])
		return refuse(r, "a value stands in double quotes, with none inside.");
	if (end == value + 1)
		return refuse(r, "there is nothing between the quotes.");
	*end = '\0';
	if (check_fields(r, value + 1) < 0)
		return -1;
	*at = mem_str(value + 1);
	return 0;
}

static int read_line(struct reader *r, char *line, size_t n)
{
	if (n > 0 && line[n - 1] == '\r')
		line[--n] = '\0';
	if (n > LINE_MOST)
		return refuse(r, "it is longer than 1000 bytes.");
	if (strlen(line) != n || !text_valid(line, n))
		return refuse(r, "it is not UTF-8.");
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)line[i] < 0x20 || line[i] == 0x7F)
			return refuse(r, "it has a control character in it.");
	while (n > 0 && line[n - 1] == ' ')
		line[--n] = '\0';
	line += strspn(line, " ");
	if (!*line || *line == '#' || *line == ';')
		return 0;
	return *line == '[' ? read_section(r, line) : read_value(r, line);
}

int wording_parse(const char *path, const char *text, size_t n, struct wording *ret,
		  struct err *err)
{
	struct wording w = { 0 };
	struct reader r = { .path = path, .line = 1, .w = &w, .err = err };
	char *copy = mem_strn(text, n);
	int rc = 0;

	for (char *line = copy, *end; rc == 0 && line < copy + n; line = end + 1, r.line++) {
		end = memchr(line, '\n', (size_t)(copy + n - line));
		if (!end)
			end = copy + n;
		*end = '\0';
		rc = read_line(&r, line, (size_t)(end - line));
	}
	if (rc == 0 && (w.blocks.n == 0 || !w.blocks.v[w.blocks.n - 1].text))
		rc = refuse(&r, "it ends without a text.");
	mem_free(copy);
	if (rc < 0) {
		wording_done(&w);
		return -1;
	}
	*ret = w;
	return 0;
}

void wording_done(struct wording *w)
{
	list_each (b, &w->blocks)
		mem_free(b->text);
	list_free(&w->blocks);
	mem_free(w->title);
	w->title = NULL;
}

/* ---- filling in ---- */

/* False when a field is empty: then nothing was added. */
static bool fill(const char *text, const struct facts *facts, struct buf *ret)
{
	size_t was = ret->n;

	while (*text) {
		size_t n = strcspn(text, "{");
		const char *end;

		buf_add(ret, text, n);
		text += n;
		if (!*text)
			break;
		end = strchr(text, '}');
		const char *value = fact(facts, field_of(text + 1, (size_t)(end - text - 1)));

		if (!*value) {
			ret->n = was;
			if (ret->s)
				ret->s[was] = '\0';
			return false;
		}
		buf_str(ret, value);
		text = end + 1;
	}
	return true;
}

static void fill_all(const struct wording *w, const struct facts *facts, const char *glue,
		     struct buf *ret_title, struct buf *ret_words)
{
	bool first = true;

	if (w->title && ret_title)
		fill(w->title, facts, ret_title);
	list_each (b, &w->blocks) {
		struct buf one = { 0 };

		if (fill(b->text, facts, &one) && one.n) {
			buf_str(ret_words, first ? "" : glue);
			buf_add(ret_words, one.s, one.n);
			first = false;
		}
		buf_done(&one);
	}
}

/* ---- finding ---- */

static const char *own_text(const char *name)
{
	char path[80];

	snprintf(path, sizeof path, "forms/messages/%s.ini", name);
	for (const struct built_in *b = built_in; b->name; b++)
		if (strcmp(b->name, path) == 0)
			return b->text;
	return NULL;
}

/* 1: the site has one, 0: it has none; -1: it cannot be read or is not understood. */
static int site_file(struct desk *desk, const char *name, struct wording *ret, struct err *err)
{
	const char *folder = config_str(desk->config, "outbox:wording", NULL);
	struct err why = ERR_INIT;
	struct buf text = { 0 };
	char *path;
	int rc;

	if (!folder)
		return 0;
	path = mem_printf("%s/%s.ini", folder, name);
	rc = file_read(path, FILE_MOST, &text, &why);
	if (rc == 0)
		rc = wording_parse(path, text.s ? text.s : "", text.n, ret, &why);
	buf_done(&text);
	mem_free(path);
	if (rc == 0)
		return 1;
	if (why.kind == ERR_MISSING)
		return 0;
	if (err)
		*err = why;
	return -1;
}

/* The program's own are read once: every booking asks for one. */
static const struct wording *own_wording(const char *name, struct err *err)
{
	static struct {
		const char *text;
		struct wording w;
	} kept[OWN_MOST];
	const char *text = own_text(name);
	size_t i = 0;

	if (!text) {
		err_set(err, ERR_MISSING, "There is no wording for %s.", name);
		return NULL;
	}
	while (i < OWN_MOST - 1 && kept[i].text && kept[i].text != text)
		i++;
	if (kept[i].text == text)
		return &kept[i].w;
	if (kept[i].text)
		wording_done(&kept[i].w);
	kept[i].text = NULL;
	if (wording_parse(name, text, strlen(text), &kept[i].w, err) < 0)
		return NULL;
	kept[i].text = text;
	return &kept[i].w;
}

int wording_fill(struct desk *desk, const char *name, const struct facts *facts, const char *glue,
		 struct buf *ret_title, struct buf *ret_words, struct err *err)
{
	struct err why = ERR_INIT;
	struct wording site = { 0 };
	const struct wording *w = &site;
	int found = site_file(desk, name, &site, &why);

	if (found < 0)
		desk_warn(desk, "%.200s  Our own wording is used.", why.text);
	if (found <= 0)
		w = own_wording(name, err);
	if (!w)
		return -1;
	fill_all(w, facts, glue, ret_title, ret_words);
	wording_done(&site);
	return 0;
}

/* ---- checking ---- */

int words_check_file(const char *path, struct err *err)
{
	struct buf text = { 0 };
	struct wording w = { 0 };
	int rc = file_read(path, FILE_MOST, &text, err);

	if (rc == 0)
		rc = wording_parse(path, text.s ? text.s : "", text.n, &w, err);
	if (rc == 0)
		wording_done(&w);
	buf_done(&text);
	return rc;
}

static void show(const char *name, bool ours, const struct wording *w, struct buf *ret)
{
	buf_printf(ret, "%s (%s)\n", name, ours ? "the program's" : "the site's");
	if (w->title)
		buf_printf(ret, "\t%s\n", w->title);
	list_each (b, &w->blocks)
		buf_printf(ret, "\t%s\n", b->text);
}

/* A file in the folder that is in place of nothing has a name that is mistyped. */
static int check_names(struct desk *desk, struct err *err)
{
	const char *folder = config_str(desk->config, "outbox:wording", NULL);
	DIR *d = folder ? opendir(folder) : NULL;
	int rc = 0;

	if (folder && !d)
		return err_set(err, ERR_INPUT, "%s cannot be opened: %s.", folder, strerror(errno));
	for (struct dirent *e; rc == 0 && d && (e = readdir(d));) {
		size_t n = strlen(e->d_name);
		char name[256];

		if (n < 5 || n >= sizeof name || strcmp(e->d_name + n - 4, ".ini") != 0)
			continue;
		snprintf(name, sizeof name, "%.*s", (int)(n - 4), e->d_name);
		if (!own_text(name))
			rc = err_set(err, ERR_INPUT, "%s/%s is in place of nothing: see its name.",
				     folder, e->d_name);
	}
	if (d)
		closedir(d);
	return rc;
}

int words_check_all(struct desk *desk, struct buf *ret, struct err *err)
{
	static const char folder[] = "forms/messages/";

	if (check_names(desk, err) < 0)
		return -1;
	for (const struct built_in *b = built_in; b->name; b++) {
		struct wording w = { 0 };
		char name[80];
		int found;

		if (strncmp(b->name, folder, sizeof folder - 1) != 0)
			continue;
		snprintf(name, sizeof name, "%s", b->name + sizeof folder - 1);
		name[strlen(name) - 4] = '\0';
		found = site_file(desk, name, &w, err);
		if (found < 0 ||
		    (found == 0 && wording_parse(b->name, b->text, strlen(b->text), &w, err) < 0))
			return -1;
		show(name, found == 0, &w, ret);
		wording_done(&w);
	}
	return 0;
}
