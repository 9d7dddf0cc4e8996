/*
 * referral_import.c: a folder of referrals, as a portal or a mailbox script leaves them.
 *
 *	[referral]			one file, NAME.ini: who, and by which form
 *	form = rap_physio_self
 *	person = 20550871		an employee number, NHS number or id
 *	received = 2026-03-11 18:40	unless now; service, type and site where the form leaves
 *them open [answers]			as for `referral add --answers` where = b
 *
 * Each file is one act: taken in and moved to done/, or moved to rejected/ with NAME.why beside it.
 * A nurse is asked to look at what was rejected: it may be urgent, whatever is wrong with it.
 * Rules run as at a desk, and whoever is on duty finds the flags of the night first.
 *
 * Killed anywhere, the next run goes on and no file is lost or doubled: what became of a file is in
 * the ledger, by what it says, before the file moves; the reason is there before what it is about;
 * and a file stands in two folders at most for a moment, as one file.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "clinic/forms.h"
#include "clinic/intake.h"
#include "clinic/refs.h"
#include "clinic/referral_acts.h"
#include "clinic/task.h"
#include "store/people.h"
#include "store/tasks.h"

enum { FILE_MOST = 256 * 1024, NAME_COLUMNS = 60, NAME_BYTES = 200 };

/* ---- one file ---- */

struct head {
	char form[CODE_TEXT * 2], person[NAME_TEXT], received[CODE_TEXT], service[CODE_TEXT],
		type[CODE_TEXT], site[CODE_TEXT];
};
static const struct {
	const char *name;
	size_t at, size;
} keys[] = {
#define KEY(member)                                                                                \
	{                                                                                          \
#member, offsetof(struct head, member), sizeof((struct head *)0)->member           \
	}
	KEY(form), KEY(person), KEY(received), KEY(service), KEY(type), KEY(site),
};

static int one_key(struct head *h, const char *line, int nth, struct err *err)
{
	const char *eq = strchr(line, '=');
	size_t n = eq ? (size_t)(eq - line) : 0;

	while (n > 0 && line[n - 1] == ' ')
		n--;
	for (size_t i = 0; eq && i < sizeof keys / sizeof *keys; i++) {
		char *to = (char *)h + keys[i].at;

		if (n != strlen(keys[i].name) || strncmp(line, keys[i].name, n) != 0)
			continue;
		if (*to)
			return err_set(err, ERR_INPUT, "line %d: %s stands there twice.", nth,
				       keys[i].name);
		eq += 1 + strspn(eq + 1, " ");
		if (strlen(eq) >= keys[i].size || !*eq)
			return err_set(err, ERR_INPUT, "line %d: %s is empty or too long.", nth,
				       keys[i].name);
		memcpy(to, eq, strlen(eq) + 1);
		return 0;
	}
	return err_set(err, ERR_INPUT,
		       "line %d: it is none of form, person, received, service, type, site.", nth);
}

/* Reads [referral] and leaves its lines empty, so that what follows keeps its numbers. */
static int read_head(struct buf *file, struct head *ret, struct err *err)
{
	bool begun = false;
	int nth = 0;

	for (char *p = file->s; p && *p;) {
		size_t n = strcspn(p, "\n");
		char *line = mem_strn(p, n);
		size_t len = n;
		int rc = 0;

		nth++;
		while (len > 0 && (line[len - 1] == ' ' || line[len - 1] == '\r'))
			line[--len] = '\0';
		if (strcmp(line, "[answers]") == 0) {
			mem_free(line);
			return begun ? 0
				     : err_set(err, ERR_INPUT, "line %d: [referral] comes first.",
					       nth);
		}
		if (strcmp(line, "[referral]") == 0 && !begun)
			begun = true;
		else if (*line && *line != '#' && *line != ';')
			rc = begun ? one_key(ret, line, nth, err)
				   : err_set(err, ERR_INPUT, "line %d: [referral] comes first.",
					     nth);
		mem_free(line);
		if (rc < 0)
			return -1;
		memset(p, ' ', n);
		p += n + (p[n] == '\n');
	}
	return err_set(err, ERR_INPUT, "there is no section [answers].");
}

static int from_head(struct desk *desk, const struct head *h, struct form_ask *ask, struct err *err)
{
	const struct service *service;
	const struct site *site;

	if (!*h->form || !*h->person)
		return err_set(err, ERR_INPUT, "[referral] says no %s.",
			       *h->form ? "person" : "form");
	ask->form = h->form;
	if (intake_named(desk, h->person, &ask->person, err) < 0 ||
	    (*h->received && moment_parse(h->received, desk->today, &ask->received, err) < 0))
		return -1;
	if (*h->service) {
		if (find_service(desk, h->service, &service, err) < 0)
			return -1;
		ask->service = service->id;
	}
	if (*h->site) {
		if (find_site(desk, h->site, &site, err) < 0)
			return -1;
		ask->site = site->id;
	}
	ask->typed = *h->type;
	if (*h->type && !referral_type_parse(h->type, &ask->type))
		return err_set(err, ERR_INPUT, "%s is no type of referral.", h->type);
	return 0;
}

/* In one change with the ledger, so that no file is taken in twice. */
static int once(struct desk *desk, const struct form_ask *ask, const struct import *ledger,
		bool *ret_again, struct id *ret, struct err *err)
{
	if (import_known(desk->store, ledger->kind, ledger->hash, ret_again, err) < 0)
		return -1;
	if (*ret_again)
		return 0;
	return referral_by_form(desk, ask, ret, err) < 0 ? -1
							 : import_put(desk->store, ledger, err);
}

static int take_in(struct desk *desk, const char *name, const unsigned char hash[HASH_BYTES],
		   struct buf *file, bool *ret_again, struct id *ret, struct err *err)
{
	struct import ledger = {
		.kind = "referral", .name = name, .at = desk->now, .user = desk->user.id, .added = 1
	};
	struct form_ask ask = { .path = name, .portal = true };
	struct form_found found;
	struct head head = { 0 };
	bool own;

	memcpy(ledger.hash, hash, sizeof ledger.hash);
	/* The form is taken into use by itself: it stays so when this referral is taken back. */
	if (read_head(file, &head, err) < 0 || from_head(desk, &head, &ask, err) < 0 ||
	    forms_open(desk, head.form, &found, err) < 0)
		return -1;
	form_found_done(&found);
	ask.text = file->s;
	ask.n = file->n;
	return act_join(desk, &own, err) < 0
		       ? -1
		       : act_part(desk, own, once(desk, &ask, &ledger, ret_again, ret, err), err);
}

/* ---- where it goes ---- */

static int folder(const char *dir, const char *name, char **ret, struct err *err)
{
	char *path = mem_printf("%s/%s", dir, name);

	if (mkdir(path, 0770) < 0 && errno != EEXIST) {
		err_set(err, ERR_STORE, "Cannot make the folder %s (%s).", path, strerror(errno));
		mem_free(path);
		return -1;
	}
	*ret = path;
	return 0;
}

static bool same_file(const char *a, const char *b)
{
	struct stat x, y;

	return lstat(a, &x) == 0 && lstat(b, &y) == 0 && x.st_dev == y.st_dev &&
	       x.st_ino == y.st_ino;
}

/* A link that leads nowhere is there, too. */
static bool stands(const char *path)
{
	struct stat sb;

	return lstat(path, &sb) == 0;
}

/* A name there that is nobody's, or its own already. */
static char *place_for(const char *from, const char *folder, const char *name)
{
	char *to = mem_printf("%s/%s", folder, name);

	for (int i = 2; stands(to) && !same_file(from, to); i++) {
		mem_free(to);
		to = mem_printf("%s/%d-%s", folder, i, name);
	}
	return to;
}

/* Another run of us may be at it as well: then it is gone, to where it belongs.  Folders, files of
 * another owner and some shares take no second name: these are renamed to one that nobody has. */
static int move(const char *from, const char *to, struct err *err)
{
	bool linked = link(from, to) == 0 || (errno == EEXIST && same_file(from, to));

	if (linked) {
		unlink(from);
		return 0;
	}
	if (errno == ENOENT || (errno != EEXIST && (rename(from, to) == 0 || errno == ENOENT)))
		return 0;
	return err_set(err, ERR_STORE, "Cannot move %s to %s (%s).", from, to, strerror(errno));
}

/* Whole or not at all; another run of us may be writing the same. */
static int say_why(const char *path, const char *why, struct err *err)
{
	char *name = mem_printf("%s.why", path),
	     *part = mem_printf("%s.%ld.part", path, (long)getpid());
	FILE *f = fopen(part, "w");
	bool ok = f && fprintf(f, "%s\n", why) > 0 && fflush(f) == 0 && fsync(fileno(f)) == 0;

	if (f && fclose(f) != 0)
		ok = false;
	if (!ok || rename(part, name) < 0)
		ok = err_set(err, ERR_STORE, "Cannot write %s (%s).", name, strerror(errno)) == 0;
	mem_free(part);
	mem_free(name);
	return ok ? 0 : -1;
}

/* What was not taken in may be urgent: a nurse looks at it. */
static int look_at(struct desk *desk, const char *name, struct err *err)
{
	char text[NAME_TEXT + 80], *shown;
	struct task_ask ask = { .kind = TASK_CHECK, .text = text };
	bool any = false;

	if (tasks_anybody(desk->store, role_word(ROLE_NURSE), NULL, NULL, (struct id){ 0 }, &any,
			  err) < 0)
		return -1;
	COPY(ask.to.role, role_word(any ? ROLE_NURSE : ROLE_ADMINISTRATOR));
	/* A name is whatever bytes somebody gave it: that nurse is asked in any case. */
	shown = text_printable(name);
	shown[text_fit(shown, NAME_COLUMNS)] = '\0';
	snprintf(text, sizeof text, "A referral was not taken in: see %s among the rejected",
		 shown);
	mem_free(shown);
	return task_add(desk, &ask, NULL, err);
}

/* Once, in one change with the ledger: the same file left again is rejected again, and asked about
 * once. */
static int asked_once(struct desk *desk, const char *name, const struct import *ledger,
		      struct err *err)
{
	bool known;

	if (import_known(desk->store, ledger->kind, ledger->hash, &known, err) < 0)
		return -1;
	if (known)
		return 0;
	return look_at(desk, name, err) < 0 ? -1 : import_put(desk->store, ledger, err);
}

struct job {
	struct desk *desk;
	const char *dir;
	char *done, *rejected;
	referral_taken *each;
	void *ctx;
};

static int reject(struct job *job, const char *path, const char *name,
		  const unsigned char hash[HASH_BYTES], const char *why, struct err *err)
{
	struct import ledger = { .kind = "referral refused",
				 .name = name,
				 .at = job->desk->now,
				 .user = job->desk->user.id,
				 .refused = 1 };
	char *to = place_for(path, job->rejected, name);
	const char *shown = strrchr(to, '/') + 1;
	bool own;
	int rc;

	memcpy(ledger.hash, hash, sizeof ledger.hash);
	rc = act_join(job->desk, &own, err);
	if (rc == 0)
		rc = act_part(job->desk, own, asked_once(job->desk, shown, &ledger, err), err);
	if (rc == 0)
		rc = say_why(to, why, err);
	if (rc == 0)
		rc = move(path, to, err);
	mem_free(to);
	return rc;
}

static int finish(struct job *job, const char *path, const char *name, struct err *err)
{
	char *to = place_for(path, job->done, name);
	int rc = move(path, to, err);

	mem_free(to);
	return rc;
}

/* Its own name, when what goes beside it finds room behind that. */
static char *kept_as(const char *name, const unsigned char hash[HASH_BYTES])
{
	char hex[HASH_HEX];

	return strlen(name) <= NAME_BYTES ? mem_str(name)
					  : mem_printf("%s.ini", hash_hex(hash, hex));
}

/* Never through a link: it would say what stands in a file that nobody left here. */
static int read_plain(const char *path, const struct stat *sb, struct buf *ret, struct err *err)
{
	if (!S_ISREG(sb->st_mode))
		return err_set(err, ERR_INPUT, "%s is no plain file: name another.", path);
	return file_read(path, FILE_MOST, ret, err);
}

/* By what it says; one that says nothing, by its name and when it was left. */
static void hash_of(const struct buf *file, const char *name, const struct stat *sb,
		    unsigned char ret[HASH_BYTES])
{
	char *left = mem_printf("%s %lld.%09ld %llu", name, (long long)sb->st_mtim.tv_sec,
				sb->st_mtim.tv_nsec, (unsigned long long)sb->st_ino);

	hash_bytes(file->n ? file->s : left, file->n ? file->n : strlen(left), ret);
	mem_free(left);
}

/* A disk that fails ends the run and leaves the file where it is; what is wrong with the file
 * itself rejects it. */
static int one_file(struct job *job, const char *name, struct err *err)
{
	char *path = mem_printf("%s/%s", job->dir, name), *kept;
	struct err why = ERR_INIT;
	struct buf file = { 0 };
	struct id id = { 0 };
	struct stat sb = { 0 };
	bool again = false;
	int rc = lstat(path, &sb) < 0 ? 0 : read_plain(path, &sb, &file, &why);
	unsigned char hash[HASH_BYTES];

	if (!stands(path)) {
		/* Another run of us was quicker. */
		buf_done(&file);
		mem_free(path);
		return 0;
	}
	/* Reading it changes what stands in the buffer. */
	hash_of(&file, name, &sb, hash);
	kept = kept_as(name, hash);
	if (rc == 0 && file.n == 0)
		rc = err_set(&why, ERR_INPUT, "it is empty.");
	if (rc == 0)
		rc = take_in(job->desk, name, hash, &file, &again, &id, &why);
	if (rc < 0 && (why.kind == ERR_STORE || why.kind == ERR_FAULT)) {
		if (err)
			*err = why;
	} else {
		int moving = rc == 0 ? finish(job, path, kept, err)
				     : reject(job, path, kept, hash, why.text, err);

		if (moving == 0)
			job->each(job->ctx, name, id,
				  rc < 0  ? why.text
				  : again ? "taken in before"
					  : NULL,
				  rc < 0);
		rc = moving;
	}
	buf_done(&file);
	mem_free(kept);
	mem_free(path);
	return rc;
}

static int wanted(const struct dirent *e)
{
	size_t n = strlen(e->d_name);

	return *e->d_name != '.' && n > 4 && strcmp(e->d_name + n - 4, ".ini") == 0;
}

int referral_import(struct desk *desk, const char *dir, referral_taken *each, void *ctx,
		    struct err *err)
{
	struct job job = { .desk = desk, .dir = dir, .each = each, .ctx = ctx };
	struct dirent **names = NULL;
	int n, rc = 0;

	if (desk_needs(desk, act_referral_add.roles, "Taking referrals in", err) < 0)
		return -1;
	n = scandir(dir, &names, wanted, alphasort);
	if (n < 0)
		return err_set(err, ERR_MISSING, "The folder %s cannot be read (%s).", dir,
			       strerror(errno));
	if (folder(dir, "done", &job.done, err) < 0 ||
	    folder(dir, "rejected", &job.rejected, err) < 0)
		rc = -1;
	for (int i = 0; i < n; i++) {
		if (rc == 0)
			rc = one_file(&job, names[i]->d_name, err);
		free(names[i]);
	}
	free(names);
	mem_free(job.done);
	mem_free(job.rejected);
	return rc;
}
