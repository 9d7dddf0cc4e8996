/*
 * keeper.c: looking after the database.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "clinic/act.h"
#include "clinic/breach.h"
#include "clinic/keeper.h"
#include "clinic/record.h"
#include "store/after.h"
#include "store/appts.h"
#include "store/diaries.h"
#include "store/replica.h"
#include "store/checks.h"
#include "store/referrals.h"
#include "store/closings.h"
#include "store/stats.h"
#include "store/store.h"
#include "store/people.h"
#include "store/forms.h"
#include "store/tasks.h"
#include "store/waits.h"

int keeper_open(const char *path, int busy_ms, struct store **ret, struct err *err)
{
	return store_open(path, busy_ms, ret, err);
}

void keeper_close(struct store *st)
{
	store_close(st);
}

bool keeper_practice(const struct store *st)
{
	return store_me(st)->practice;
}

/* The first rows of a database: its node, its site, and whoever may make all others. */
static int first_rows(struct desk *desk, const struct keeper_new *want, struct err *err)
{
	char letter[2] = { want->code[0], '\0' };
	const char *node[] = { "1", letter, want->name, NULL, NULL };
	const char *site[] = { want->code, want->name, want->nation, "1", NULL, NULL, NULL };
	const char *user[] = { want->admin, "administrator", want->admin, NULL, NULL, NULL, NULL,
			       NULL };
	struct id id = { 0 };

	if (act_begin(desk, err) < 0)
		return -1;
	/* Nobody stands above the first administrator, who therefore adds themselves. */
	desk->user.id = desk_new_id(desk);
	desk->user.role = ROLE_ADMINISTRATOR;
	snprintf(desk->user.name, sizeof desk->user.name, "%s", want->admin);
	if (record_add(desk, record_find("user"), user, &desk->user.id, err) < 0 ||
	    record_add(desk, record_find("node"), node, &id, err) < 0)
		goto undo;
	id.n = 0;
	if (record_add(desk, record_find("site"), site, &id, err) < 0)
		goto undo;
	return act_end(desk, err);
undo:
	act_abandon(desk);
	return -1;
}

/* Its log begins here: whoever joins begins with a copy of what is there now. */
static int become_hub(struct store *st, struct err *err)
{
	if (store_begin(st, err) < 0)
		return -1;
	if (replica_hub(st, err) < 0) {
		store_rollback(st);
		return -1;
	}
	return store_commit(st, err);
}

static void remove_database(const char *path)
{
	static const char *const ends[] = { "", "-wal", "-shm", "-lock" };

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		char *name = mem_printf("%s%s", path, ends[i]);

		unlink(name);
		mem_free(name);
	}
}

int keeper_init(const char *path, struct world *world, const struct keeper_new *want,
		struct err *err)
{
	struct store_new make = { .node = 1,
				  .region = want->region,
				  .role = want->hub ? "hub" : "alone",
				  .practice = want->practice };
	struct store *st;
	struct desk desk;
	int rc;

	world->chance(world, &make.inc, sizeof make.inc);
	make.inc &= INT64_MAX;
	if (!moment_none(want->clock)) {
		make.clock_at = want->clock.utc;
		make.clock_set = world_now(world).utc;
	}
	if (store_create(path, &make, err) < 0)
		return -1;
	rc = store_open(path, 5000, &st, err);
	if (rc == 0) {
		struct world practice = practice_world(st, want->clock);

		rc = desk_open(st, want->practice ? &practice : world, &desk, err);
		if (rc == 0) {
			rc = first_rows(&desk, want, err);
			if (rc == 0 && want->hub)
				rc = become_hub(st, err);
			desk_close(&desk);
		}
		store_close(st);
	}
	if (rc < 0)
		remove_database(path);
	return rc;
}

struct breaches {
	struct desk *desk;
	keeper_found *found;
	void *ctx;
};

static void in_words(void *ctx, const char *sentence)
{
	const struct breaches *b = ctx;
	char said[BREACH_TEXT];

	breach_said(b->desk, sentence, said, sizeof said);
	b->found(b->ctx, said);
}

int keeper_check(struct desk *desk, keeper_found *found, void *ctx, struct err *err)
{
	struct breaches to = { desk, found, ctx };
	struct store *st = desk->store;

	if (check_store(st, in_words, &to, err) < 0 || check_diaries(st, in_words, &to, err) < 0)
		return -1;
	if (check_appts(st, in_words, &to, err) < 0 || check_tasks(st, in_words, &to, err) < 0 ||
	    check_forms(st, in_words, &to, err) < 0 || check_people(st, in_words, &to, err) < 0)
		return -1;
	if (check_after(st, in_words, &to, err) < 0 || check_waits(st, in_words, &to, err) < 0)
		return -1;
	return check_referrals(st, in_words, &to, err);
}

int keeper_stats(struct desk *desk, keeper_counted *found, void *ctx, struct err *err)
{
	return store_stats(desk->store, found, ctx, err);
}

/* For the line at sign-in.  The backup is made, whether this can be written or not. */
static int note_backup(struct desk *desk, const char *folder)
{
	struct err err = ERR_INIT;

	if (store_begin(desk->store, &err) < 0) {
		desk_warn(desk, "The backup is made, but not noted: %s", err.text);
		return 0;
	}
	if (backup_put(desk->store, desk->now, folder, desk->user.id, &err) < 0)
		store_rollback(desk->store);
	else if (store_commit(desk->store, &err) == 0)
		return 0;
	desk_warn(desk, "The backup is made, but not noted: %s", err.text);
	return 0;
}

static int copy_file(const char *from, const char *to, struct err *err)
{
	char bytes[65536];
	ssize_t n = 0;
	int in = open(from, O_RDONLY | O_CLOEXEC), out;

	if (in < 0)
		return err_set(err, ERR_MISSING,
			       "There is no backup at %s (%s): name a backup's folder.", from,
			       strerror(errno));
	out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0660);
	if (out < 0) {
		close(in);
		return err_set(err, errno == EEXIST ? ERR_CLASH : ERR_STORE,
			       "Cannot make %s (%s): name a new file.", to, strerror(errno));
	}
	while ((n = read(in, bytes, sizeof bytes)) > 0)
		if (write(out, bytes, (size_t)n) != n) {
			n = -1;
			break;
		}
	if (n == 0 && fsync(out) < 0)
		n = -1;
	close(in);
	close(out);
	if (n < 0) {
		unlink(to);
		return err_set(err, ERR_STORE, "Copying to %s failed (%s): nothing was kept.", to,
			       strerror(errno));
	}
	return 0;
}

/* ---- the papers that lie beside a database, in DATABASE.files ---- */

/* Each is named by its hash and never changed, so what is there already is the same. */
static int copy_papers(const char *from, const char *to, struct err *err)
{
	DIR *dir = opendir(from);
	struct dirent *e;
	int rc = 0;

	if (!dir && errno == ENOENT)
		return 0;
	if (!dir || (mkdir(to, 0750) < 0 && errno != EEXIST))
		rc = err_set(err, ERR_STORE, "The papers cannot be copied to %s (%s).", to,
			     strerror(errno));
	while (rc == 0 && (e = readdir(dir))) {
		char *one = mem_printf("%s/%s", from, e->d_name);
		char *other = mem_printf("%s/%s", to, e->d_name);

		/* Neither the folder itself nor one that is still being written. */
		if (!strchr(e->d_name, '.') && access(other, F_OK) < 0)
			rc = copy_file(one, other, err);
		mem_free(one);
		mem_free(other);
	}
	if (dir)
		closedir(dir);
	return rc;
}

static void remove_papers(const char *folder)
{
	DIR *dir = opendir(folder);
	struct dirent *e;

	while (dir && (e = readdir(dir))) {
		char *one = mem_printf("%s/%s", folder, e->d_name);

		unlink(one); /* not what is a folder */
		mem_free(one);
	}
	if (dir)
		closedir(dir);
	rmdir(folder);
}

/* The database first: a paper that came meanwhile is one too many then, and none is missing. */
int keeper_backup(struct desk *desk, const char *folder, struct err *err)
{
	char *file, *papers, *copies;
	int rc;

	if (desk_needs(desk, ROLE_ADMINISTRATOR, "Making a backup", err) < 0)
		return -1;
	if (mkdir(folder, 0750) < 0)
		return err_set(err, errno == EEXIST ? ERR_CLASH : ERR_STORE,
			       "Cannot make the folder %s (%s): name a new one.", folder,
			       strerror(errno));
	file = mem_printf("%s/ohdesk.db", folder);
	papers = mem_printf("%s.files", store_path(desk->store));
	copies = mem_printf("%s/files", folder);
	rc = store_copy(desk->store, file, err);
	if (rc == 0)
		rc = copy_papers(papers, copies, err);
	if (rc < 0) {
		remove_papers(copies);
		unlink(file);
		rmdir(folder);
	}
	mem_free(file);
	mem_free(papers);
	mem_free(copies);
	return rc < 0 ? -1 : note_backup(desk, folder);
}

int keeper_restore(const char *folder, const char *path, struct err *err)
{
	char *file = mem_printf("%s/ohdesk.db", folder), *copies = mem_printf("%s/files", folder);
	char *papers = mem_printf("%s.files", path);
	struct store *st;
	int rc = copy_file(file, path, err);

	if (rc == 0 && copy_papers(copies, papers, err) < 0) {
		remove_database(path);
		rc = -1;
	}
	mem_free(file);
	mem_free(copies);
	mem_free(papers);
	if (rc < 0)
		return -1;
	/* Opening it proves that it is one, and brings an older one up to date. */
	if (store_open(path, 5000, &st, err) < 0) {
		remove_database(path);
		return -1;
	}
	store_close(st);
	return 0;
}
