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
#include "base/hash.h"
#include "base/text.h"
#include "clinic/form_acts.h"
#include "clinic/refs.h"
#include "clinic/task.h"
#include "store/forms.h"
#include "store/tasks.h"
#include "store/store.h"

static const char own_folder[] = "forms/";

const char *form_origin_code(enum form_origin origin)
{
	static const char *const codes[] = { "program", "site", "kept" };

	return codes[origin];
}

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

/* Of ours, one that this service does not use: its licence does not suit it, or another does. */
static bool left_out(const struct desk *desk, const char *name)
{
	return words_have(config_str(desk->config, "forms:without", ""), name);
}

static const char *own_text(const struct desk *desk, const char *name)
{
	char path[FORM_NAME + 16];

	if (left_out(desk, name))
		return NULL;
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

static void good(struct form_found *f, enum form_origin origin, const char *text)
{
	unsigned char hash[HASH_BYTES];

	f->origin = origin;
	f->serves = true;
	f->text = mem_str(text);
	hash_bytes(text, strlen(text), hash);
	hash_hex(hash, f->hash);
}

/* A file that should serve is held against what was in use: -1 and the reason when it may not. */
static int held(struct desk *desk, const char *path, struct form_found *f, struct err *why,
		struct err *err)
{
	const struct paper *p = &f->paper;
	struct form_kept same = { 0 }, newest = { 0 };
	int rc = 0;

	if (!desk->store)
		return 0;
	if (form_of_version(desk->store, f->name, p->version, &same, err) < 0 ||
	    form_newest(desk->store, f->name, &newest, err) < 0)
		rc = -1;
	f->kept = same.text && strcmp(same.hash, f->hash) == 0;
	if (rc == 0 && same.text && !f->kept)
		rc = err_set(why, ERR_INPUT,
			     "%s says something else than version %d in use: give it version %d.",
			     path, p->version, newest.version + 1);
	else if (rc == 0 && !f->kept && p->version < newest.version)
		rc = err_set(why, ERR_INPUT,
			     "%s is version %d, and %d was in use: give it version %d.", path,
			     p->version, newest.version, newest.version + 1);
	mem_free(same.text);
	mem_free(newest.text);
	return rc;
}

/* One file: 1 it serves, 0 it does not (f->refused says why, if it is there), -1 the store failed.
 */
static int take(struct desk *desk, struct form_found *f, enum form_origin origin, const char *path,
		const char *text, size_t n, struct err *err)
{
	struct err why = ERR_INIT, store = ERR_INIT;

	if (read_named(path, text, n, &f->paper, &why) == 0) {
		good(f, origin, text);
		if (held(desk, path, f, &why, &store) == 0)
			return 1;
		form_found_done(f);
		f->serves = f->kept = false;
	}
	if (store.kind != ERR_NONE) {
		if (err)
			*err = store;
		return -1;
	}
	if (!*f->refused)
		COPY(f->refused, why.text);
	return 0;
}

static int take_sites(struct desk *desk, struct form_found *f, struct err *err)
{
	const char *folder = folder_of(desk);
	struct err why = ERR_INIT;
	struct buf text = { 0 };
	char *path;
	int rc = 0;

	if (!folder)
		return 0;
	path = mem_printf("%s/%s.ini", folder, f->name);
	if (file_read(path, FORM_FILE, &text, &why) == 0)
		rc = take(desk, f, FORM_SITES, path, text.s ? text.s : "", text.n, err);
	else if (why.kind != ERR_MISSING)
		COPY(f->refused, why.text);
	buf_done(&text);
	mem_free(path);
	return rc;
}

/* What was good before serves on; where a new program is stricter than the old one, ours does. */
static int take_kept(struct desk *desk, struct form_found *f, struct err *err)
{
	struct form_kept newest = { 0 };
	struct err why = ERR_INIT;

	if (!desk->store)
		return 0;
	if (form_newest(desk->store, f->name, &newest, err) < 0)
		return -1;
	if (newest.text &&
	    form_read(f->name, newest.text, strlen(newest.text), &f->paper, &why) == 0) {
		good(f, FORM_KEPT, newest.text);
		f->kept = true;
	}
	mem_free(newest.text);
	return f->serves;
}

static int take_ours(struct desk *desk, struct form_found *f, struct err *err)
{
	const char *text = own_text(desk, f->name);
	char path[FORM_NAME + 16];

	snprintf(path, sizeof path, "%s%s.ini", own_folder, f->name);
	return text ? take(desk, f, FORM_OURS, path, text, strlen(text), err) : 0;
}

/* The site's file; where it is refused, what was kept; ours; where that is refused, what was kept.
 */
static int find(struct desk *desk, const char *name, struct form_found *ret, struct err *err)
{
	struct form_found f = { .origin = FORM_OURS };
	int rc;

	COPY(f.name, name);
	rc = take_sites(desk, &f, err);
	if (rc == 0 && *f.refused)
		rc = take_kept(desk, &f, err);
	if (rc == 0)
		rc = take_ours(desk, &f, err);
	if (rc == 0 && *f.refused)
		rc = take_kept(desk, &f, err);
	if (rc < 0) {
		form_found_done(&f);
		return -1;
	}
	*ret = f;
	return 0;
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
	if (find(desk, name, &f, err) < 0)
		return -1;
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

int forms_open(struct desk *desk, const char *name, struct form_found *ret, struct err *err)
{
	struct form_found f;

	if (forms_find(desk, name, &f, err) < 0)
		return -1;
	if (!f.kept && form_use(desk, &f, err) < 0) {
		form_found_done(&f);
		return -1;
	}
	f.kept = true;
	*ret = f;
	return 0;
}

int forms_of_answer(struct desk *desk, const char *form, int version, const char *hash,
		    struct paper *ret, struct err *err)
{
	struct form_kept kept = { 0 };
	int rc;

	if (form_worded(desk->store, form, version, hash, &kept, err) < 0)
		return -1;
	rc = kept.text ? form_read(form, kept.text, strlen(kept.text), ret, err)
		       : err_set(err, ERR_MISSING, "The words of %s version %d are not here yet.",
				 form, version);
	mem_free(kept.text);
	return rc;
}

static bool may_read(const struct desk *desk, const struct answer_row *a)
{
	const struct service *s = id_none(a->service) ? NULL : ref_service(desk, a->service);

	if (!id_none(a->service) && (!s || !desk_sees(desk, s)))
		return false;
	return !a->clinical || desk->user.role & (ROLE_NURSE | ROLE_CLINICIAN | ROLE_COUNSELLOR);
}

static void keep_readable(const struct desk *desk, struct answer_rows *rows)
{
	size_t n = 0;

	for (size_t i = 0; i < rows->n; i++) {
		if (may_read(desk, &rows->v[i]))
			rows->v[n++] = rows->v[i];
		else
			answer_row_done(&rows->v[i]);
	}
	rows->n = n;
}

int forms_of_person(struct desk *desk, struct id person, struct answer_rows *ret, struct err *err)
{
	int rc = answers_of_person(desk->store, person, ret, err);

	keep_readable(desk, ret);
	return rc;
}

int forms_about(struct desk *desk, struct id subject, struct answer_rows *ret, struct err *err)
{
	int rc = answers_about(desk->store, subject, ret, err);

	keep_readable(desk, ret);
	return rc;
}

struct filled *forms_fill(struct desk *desk, struct filleds *list, const struct form_found *f,
			  const struct answers *a, const struct judged *j)
{
	struct filled *filled = list_push(list);
	struct buf given = { 0 };

	filled->id = desk_new_id(desk);
	filled->form = mem_str(f->paper.id);
	filled->version = f->paper.version;
	filled->hash = mem_str(f->hash);
	filled->about = mem_str(form_for_code(f->paper.about));
	filled->clinical = f->paper.clinical;
	filled->acted = (int64_t)(a->acted | j->holds);
	answers_write(&f->paper, a, j, &given);
	filled->given = mem_str(given.s);
	buf_done(&given);
	for (size_t i = 0; i < f->paper.scores.n; i++) {
		struct filled_score *s;

		if (!j->scores[i].known)
			continue;
		s = list_push(&filled->scores);
		s->id = desk_new_id(desk);
		s->name = mem_str(f->paper.scores.v[i].name);
		s->value = j->scores[i].value;
		s->band = mem_str(j->scores[i].band);
	}
	return filled;
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

static void ours_names(const struct desk *desk, struct names *names)
{
	for (const struct built_in *b = built_in; b->name; b++) {
		char name[FORM_NAME];

		if (strncmp(b->name, own_folder, strlen(own_folder)) == 0 &&
		    !strchr(b->name + strlen(own_folder), '/') && name_of(b->name, name) &&
		    !left_out(desk, name))
			add_name(names, b->name);
	}
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

	ours_names(desk, &names);
	if (folder)
		rc = sites_names(folder, &names, err);
	if (rc == 0 && names.n)
		qsort(names.v, names.n, sizeof *names.v, by_name);
	list_each (name, &names) {
		if (rc == 0)
			rc = find(desk, *name, list_push(&all), err);
		mem_free(*name);
	}
	list_free(&names);
	if (rc == 0)
		*ret = all;
	else
		forms_found_done(&all);
	return rc;
}

int forms_amiss(struct desk *desk, int *ret_refused, int *ret_unsigned, struct err *err)
{
	struct forms_found all = { 0 };

	if (forms_all(desk, &all, err) < 0)
		return -1;
	*ret_refused = *ret_unsigned = 0;
	list_each (f, &all) {
		*ret_refused += *f->refused != '\0';
		*ret_unsigned += f->serves && !form_signed(&f->paper);
	}
	forms_found_done(&all);
	return 0;
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

/* ---- whoever mends one ---- */

/* Is there one about it already, in these words? */
static int told(struct desk *desk, const char *text, bool *ret, struct err *err)
{
	struct task_rows rows = { 0 };

	if (tasks_of_role(desk->store, role_word(ROLE_ADMINISTRATOR), &rows, err) < 0)
		return -1;
	list_each (r, &rows)
		*ret = *ret || strcmp(r->t.text, text) == 0;
	list_free(&rows);
	return 0;
}

int forms_tell(struct desk *desk, const char *name, const char *why, struct err *err)
{
	struct task_ask ask = { .kind = TASK_CHECK };
	char *text = mem_printf("The form %s is refused: %.200s", name, why);
	bool already = false;
	int rc = told(desk, text, &already, err);

	COPY(ask.to.role, role_word(ROLE_ADMINISTRATOR));
	ask.text = text;
	if (rc == 0 && !already)
		rc = task_add(desk, &ask, NULL, err);
	mem_free(text);
	return rc;
}

/* ---- files ---- */

int forms_check_file(struct desk *desk, const char *path, struct paper *ret, struct err *err)
{
	struct form_found f = { .origin = FORM_SITES };
	struct buf text = { 0 };
	int rc = file_read(path, FORM_FILE, &text, err);

	if (rc == 0)
		rc = read_named(path, text.s ? text.s : "", text.n, &f.paper, err);
	if (rc == 0) {
		COPY(f.name, f.paper.id);
		good(&f, FORM_SITES, text.s);
		rc = held(desk, path, &f, err, err);
		mem_free(f.text);
		if (rc < 0)
			form_end(&f.paper);
		else
			*ret = f.paper;
	}
	buf_done(&text);
	return rc;
}

/* Without a database: one of those that come with the program. */
static int service_known(const char *name, const char *code, struct err *err)
{
	if (service_shipped(code))
		return 0;
	return err_input(err, "service",
			 "%s: no service %s comes with the program: with --db, yours count too.",
			 name, code);
}

static int service_there(struct desk *desk, const char *name, const char *code, struct err *err)
{
	const struct service *s;
	struct err no = ERR_INIT;

	if (!desk->store)
		return service_known(name, code, err);
	if (find_service(desk, code, &s, &no) == 0 && s->on)
		return 0;
	return err_input(err, "service",
			 "%s: there is no service %s here: service list shows them.", name, code);
}

/* physio_new, couns_fu */
static int booked_there(struct desk *desk, const char *name, const char *booking, struct err *err)
{
	const char *kind = strrchr(booking, '_');
	char code[CODE_TEXT];

	snprintf(code, sizeof code, "%.*s", (int)(kind - booking), booking);
	return service_there(desk, name, code, err);
}

int forms_fit(struct desk *desk, const char *name, const struct paper *paper, struct err *err)
{
	if (paper->service && service_there(desk, name, paper->service, err) < 0)
		return -1;
	list_each (rule, &paper->rules)
		list_each (d, &rule->deeds)
			if (d->action == DO_BOOK && booked_there(desk, name, d->of, err) < 0)
				return -1;
	return 0;
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
