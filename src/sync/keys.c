/*
 * keys.c: authorized_keys from the rows of nodes.
 *
 * No name goes into it: a line is made of a key that was looked at again, a number, and the words
 * of the command, quoted once for the shell and once more for sshd.
 */
#include "sync/keys.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/sshkey.h"
#include "clinic/nodes.h"
#include "sync/ssh.h"

static const char mark[] = "# ohdesk node keys writes this file: what else is put here is lost.\n";
enum { FILE_MOST = 16 * 1024 * 1024, KEY_FILE_MOST = 4096 };

/* ---- lines ---- */

static int quoted(const struct keys_way *way, struct buf *ret, struct err *err)
{
	struct buf shell = { 0 };
	int rc = 0;

	for (size_t i = 0; i < way->n; i++) {
		if (strpbrk(way->v[i], "\r\n"))
			rc = err_set(err, ERR_INPUT,
				     "A path with a line break cannot stand there.");
		ssh_quote(&shell, way->v[i]);
		buf_str(&shell, " ");
	}
	/* To sshd, a quote is the one character that means something. */
	for (const char *p = shell.s; rc == 0 && p && *p; p++)
		buf_printf(ret, "%s%c", *p == '"' ? "\\" : "", *p);
	buf_done(&shell);
	return rc;
}

int keys_lines(struct desk *desk, const struct keys_way *way, const char *line, struct buf *ret,
	       struct err *err)
{
	struct door_keys keys = { 0 };
	struct buf command = { 0 };
	int rc = quoted(way, &command, err);

	if (rc == 0)
		rc = nodes_keys(desk, line, &keys, err);
	if (rc == 0)
		list_each (k, &keys)
			buf_printf(ret,
				   "restrict,command=\"%ssync serve --node %d%s\" %s node-%d%s\n",
				   command.s ? command.s : "", k->node, k->old ? " --old" : "",
				   k->line, k->node, k->old ? "-old" : "");
	buf_done(&command);
	list_free(&keys);
	return rc;
}

/* ---- the file ---- */

static int is_ours(const char *path, struct err *err)
{
	struct buf old = { 0 };
	struct err why = ERR_INIT;
	int rc = file_read(path, FILE_MOST, &old, &why);

	if (rc < 0 && why.kind == ERR_MISSING)
		rc = 0;
	else if (rc < 0)
		err_set(err, why.kind, "%s", why.text);
	else if (old.n > 0 &&
		 (old.n < sizeof mark - 1 || memcmp(old.s, mark, sizeof mark - 1) != 0))
		rc = err_set(err, ERR_CLASH,
			     "%s has keys that ohdesk did not write: name a file of its own.",
			     path);
	buf_done(&old);
	return rc;
}

static int failed(const char *what, const char *path, struct err *err)
{
	return err_set(err, ERR_STORE, "Cannot %s %s (%s): the keys there are as they were.", what,
		       path, strerror(errno));
}

static int put(int fd, const struct buf *text)
{
	for (size_t at = 0; at < text->n;) {
		ssize_t n = write(fd, text->s + at, text->n - at);

		if (n < 0 && errno != EINTR)
			return -1;
		if (n > 0)
			at += (size_t)n;
	}
	return fsync(fd);
}

static int put_in_place(const char *path, const struct buf *text, struct err *err)
{
	char *part = mem_printf("%s-new", path);
	int fd, rc;

	unlink(part);
	fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	rc = fd < 0 ? failed("make", part, err) : 0;
	if (rc == 0 && put(fd, text) < 0)
		rc = failed("write", part, err);
	if (fd >= 0)
		close(fd);
	if (rc == 0 && rename(part, path) < 0)
		rc = failed("replace", path, err);
	if (rc < 0)
		unlink(part);
	mem_free(part);
	return rc;
}

int keys_write(struct desk *desk, const struct keys_way *way, const char *path, struct err *err)
{
	char *name = mem_printf("%s-lock", path);
	struct buf text = { 0 };
	int lock = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600), rc = 0;

	/* The rows are read when it is ours to write, so the last one to write has the last word.
	 */
	if (lock < 0 || flock(lock, LOCK_EX) < 0)
		rc = failed("lock", name, err);
	if (rc == 0)
		rc = is_ours(path, err);
	buf_str(&text, mark);
	if (rc == 0)
		rc = keys_lines(desk, way, NULL, &text, err);
	if (rc == 0)
		rc = put_in_place(path, &text, err);
	if (lock >= 0)
		close(lock);
	buf_done(&text);
	mem_free(name);
	return rc;
}

void keys_print(const char *path, char *ret, size_t n)
{
	struct buf text = { 0 };
	struct sshkey key;

	ret[0] = '\0';
	if (file_read(path, KEY_FILE_MOST, &text, NULL) == 0 && text.s &&
	    sshkey_parse(text.s, &key, NULL) == 0)
		snprintf(ret, n, "%s", key.print);
	buf_done(&text);
}
