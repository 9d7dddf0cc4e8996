/* forms.c: finding forms: a site's folder first, then what is built in. */
#include "clinic/forms.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/built_in.h"
#include "base/config.h"
#include "base/file.h"
#include "base/text.h"

static const char own_folder[] = "forms/";

static const char *folder_of(const struct desk *desk)
{
	return config_str(desk->config, "forms:folder", NULL);
}

/* The name in "FOLDER/NAME.ini"; false when it is none. */
static bool name_of(const char *path, char ret[FORM_NAME])
{
	const char *slash = strrchr(path, '/'), *file = slash ? slash + 1 : path;
	size_t n = strlen(file);

	if (n < 5 || n - 4 >= FORM_NAME || strcmp(file + n - 4, ".ini") != 0)
		return false;
	snprintf(ret, FORM_NAME, "%.*s", (int)(n - 4), file);
	return true;
}

static const char *own_text(const char *name)
{
	char path[FORM_NAME + 16];

	snprintf(path, sizeof path, "%s%s.ini", own_folder, name);
	for (const struct built_in *b = built_in; b->name; b++)
		if (strcmp(b->name, path) == 0)
			return b->text;
	return NULL;
}

/* Forms are found by their id, so a file is named by it. */
static int read_named(const char *path, const char *text, size_t n, struct paper *ret,
		      struct err *err)
{
	char name[FORM_NAME] = "";

	if (form_read(path, text, n, ret, err) < 0)
		return -1;
	if (name_of(path, name) && strcmp(name, ret->id) == 0)
		return 0;
	err_set(err, ERR_INPUT, "%s: its id is %s, so the file is named %s.ini.", path, ret->id,
		ret->id);
	form_end(ret);
	return -1;
}

static int read_file(const char *path, struct paper *ret, struct buf *text, struct err *err)
{
	return file_read(path, FORM_FILE, text, err) < 0
		       ? -1
		       : read_named(path, text->s ? text->s : "", text->n, ret, err);
}

/* 1: the site's file serves; 0: it has none, or none that is good: f->refused says why. */
static int take_sites(struct desk *desk, struct form_found *f)
{
	const char *folder = folder_of(desk);
	struct err why = ERR_INIT;
	struct buf text = { 0 };
	char *path;
	int rc;

	if (!folder)
		return 0;
	path = mem_printf("%s/%s.ini", folder, f->name);
	rc = read_file(path, &f->paper, &text, &why);
	if (rc == 0) {
		f->origin = FORM_SITES;
		f->serves = true;
		f->text = mem_str(text.s);
	} else if (why.kind != ERR_MISSING) {
		COPY(f->refused, why.text);
	}
	buf_done(&text);
	mem_free(path);
	return rc == 0;
}

/* Ours are read by the tests of every build, so they are good. */
static void take_ours(struct form_found *f)
{
	const char *text = own_text(f->name);
	char path[FORM_NAME + 16];
	struct err why = ERR_INIT;

	if (!text)
		return;
	snprintf(path, sizeof path, "%s%s.ini", own_folder, f->name);
	f->serves = read_named(path, text, strlen(text), &f->paper, &why) == 0;
	if (f->serves)
		f->text = mem_str(text);
	else
		COPY(f->refused, why.text);
}

static void find(struct desk *desk, const char *name, struct form_found *ret)
{
	struct form_found f = { .origin = FORM_OURS };

	COPY(f.name, name);
	if (!take_sites(desk, &f))
		take_ours(&f);
	*ret = f;
}

static bool is_name(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_");

	return n > 0 && n < FORM_NAME && !s[n];
}

int forms_find(struct desk *desk, const char *name, struct form_found *ret, struct err *err)
{
	struct form_found f;

	if (!is_name(name))
		return err_set(err, ERR_MISSING, "There is no form \"%s\".", name);
	find(desk, name, &f);
	if (f.serves && *f.refused)
		desk_warn(desk, "%.200s  The last good version serves.", f.refused);
	if (!f.serves) {
		if (*f.refused)
			err_set(err, ERR_INPUT, "%s", f.refused);
		else
			err_set(err, ERR_MISSING, "There is no form %s: see ohdesk form list.",
				name);
		form_found_done(&f);
		return -1;
	}
	*ret = f;
	return 0;
}

/* ---- all of them ---- */

struct names {
	char **v;
	size_t n, cap;
};

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void add_name(struct names *names, const char *path)
{
	char name[FORM_NAME];

	if (!name_of(path, name))
		return;
	list_each (was, names)
		if (strcmp(*was, name) == 0)
			return;
	*list_push(names) = mem_str(name);
}

static int sites_names(const char *folder, struct names *names, struct err *err)
{
	DIR *d = opendir(folder);

	if (!d)
		return err_set(err, ERR_INPUT, "%s cannot be opened: %s.", folder, strerror(errno));
	for (struct dirent *e; (e = readdir(d));)
		add_name(names, e->d_name);
	closedir(d);
	return 0;
}

int forms_all(struct desk *desk, struct forms_found *ret, struct err *err)
{
	const char *folder = folder_of(desk);
	struct forms_found all = { 0 };
	struct names names = { 0 };
	int rc = 0;

	for (const struct built_in *b = built_in; b->name; b++)
		if (strncmp(b->name, own_folder, strlen(own_folder)) == 0 &&
		    !strchr(b->name + strlen(own_folder), '/'))
			add_name(&names, b->name);
	if (folder)
		rc = sites_names(folder, &names, err);
	if (rc == 0 && names.n)
		qsort(names.v, names.n, sizeof *names.v, by_name);
	list_each (name, &names) {
		if (rc == 0)
			find(desk, *name, list_push(&all));
		mem_free(*name);
	}
	list_free(&names);
	if (rc == 0)
		*ret = all;
	return rc;
}

void form_found_done(struct form_found *f)
{
	form_end(&f->paper);
	mem_free(f->text);
	f->text = NULL;
}

void forms_found_done(struct forms_found *l)
{
	list_each (f, l)
		form_found_done(f);
	list_free(l);
}

/* ---- files ---- */

int forms_check_file(struct desk *desk, const char *path, struct paper *ret, struct err *err)
{
	struct buf text = { 0 };
	int rc = read_file(path, ret, &text, err);

	(void)desk;
	buf_done(&text);
	return rc;
}

int forms_answers(struct desk *desk, const struct paper *paper, const char *path,
		  struct answers *ret, struct judged *ret_j, struct err *err)
{
	struct buf text = { 0 };
	int rc = file_read(path, FORM_FILE, &text, err);

	if (rc == 0)
		rc = answers_read(paper, path, text.s ? text.s : "", text.n, desk->today, ret, err);
	if (rc == 0)
		form_judge(paper, ret, ret_j);
	buf_done(&text);
	return rc;
}
