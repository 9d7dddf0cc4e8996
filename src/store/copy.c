/*
 * copy.c: the whole database copied at one moment, while others work.
 *
 * A copy has the name asked for only when it is whole.  What a process that was stopped leaves has
 * its number in the name, and the next that makes a copy for a new node removes it: people's data
 * must not lie about.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "store/db.h"

int store_copy(struct store *st, const char *path, struct err *err)
{
	static const struct query INTO = { "store.copy", "VACUUM INTO :path" };
	char *part = mem_printf("%s-part-%d", path, (int)getpid());
	struct row row = query(st, &INTO);
	int rc;

	unlink(part); /* of somebody with our number, who was stopped in the middle */
	bind_text(&row, ":path", part);
	rc = row_run(&row, err);
	if (rc == 0 && rename(part, path) < 0)
		rc = err_set(err, ERR_STORE, "Cannot make %s (%s).", path, strerror(errno));
	if (rc < 0)
		unlink(part);
	mem_free(part);
	return rc;
}

static bool is_gone(const char *number)
{
	char *end;
	long pid = strtol(number, &end, 10);

	return end > number && pid > 0 && kill((pid_t)pid, 0) < 0 && errno == ESRCH;
}

/* Beside the database: NAME-copy-N and NAME-copy-N-part-N, of processes that are no more. */
static void sweep(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder = slash ? mem_printf("%.*s/", (int)(slash - path), path) : mem_str("./");
	char *mine = mem_printf("%s-copy-", slash ? slash + 1 : path);
	DIR *dir = opendir(folder);

	for (struct dirent *e; dir && (e = readdir(dir));) {
		char *name = mem_printf("%s%s", folder, e->d_name);

		if (strncmp(e->d_name, mine, strlen(mine)) == 0 &&
		    is_gone(e->d_name + strlen(mine)))
			unlink(name);
		mem_free(name);
	}
	if (dir)
		closedir(dir);
	mem_free(mine);
	mem_free(folder);
}

int store_copy_open(struct store *st, int *ret, struct err *err)
{
	char *name = mem_printf("%s-copy-%d", st->path, (int)getpid());
	int rc;

	sweep(st->path);
	rc = store_copy(st, name, err);
	if (rc == 0) {
		*ret = open(name, O_RDONLY | O_CLOEXEC);
		if (*ret < 0)
			rc = err_set(err, ERR_STORE, "Cannot read %s (%s).", name, strerror(errno));
	}
	unlink(name);
	mem_free(name);
	return rc;
}
