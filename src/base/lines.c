/*
 * lines.c: a buffer that always holds the whole of the line that is being looked at.
 *
 * Always holds: a file that changes while it is read more than once is refused; the buffer is as
 * long as the longest line and a read, whatever the file holds.
 */
#include "base/lines.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium/crypto_generichash.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"

enum { READ_BYTES = 64 * 1024 };

struct lines {
	int fd;
	bool over, again; /* the end was reached; this is not the first time */
	int64_t size, read, line;
	struct timespec changed;
	crypto_generichash_state hash;
	unsigned char digest[HASH_BYTES];
	size_t at, n; /* what is not given out yet */
	char in[LINE_BYTES + READ_BYTES + 1];
};

static int look(struct lines *l, struct err *err)
{
	struct stat sb;

	if (fstat(l->fd, &sb) < 0 || !S_ISREG(sb.st_mode))
		return err_input(err, "file", "That is no file.");
	if (l->over && (sb.st_size != l->size || sb.st_mtim.tv_sec != l->changed.tv_sec ||
			sb.st_mtim.tv_nsec != l->changed.tv_nsec))
		return err_set(err, ERR_STORE, "The file changed while it was read: try again.");
	l->size = sb.st_size;
	l->changed = sb.st_mtim;
	return 0;
}

int lines_open(const char *path, struct lines **ret, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct lines *l;

	if (fd < 0)
		return err_set(err, errno == ENOENT ? ERR_MISSING : ERR_INPUT,
			       "Cannot read %s (%s): name a file.", path, strerror(errno));
	l = mem_new(sizeof *l);
	l->fd = fd;
	crypto_generichash_init(&l->hash, NULL, 0, HASH_BYTES);
	if (look(l, NULL) < 0) {
		lines_close(l);
		return err_input(err, "file", "%s is no file: name one.", path);
	}
	*ret = l;
	return 0;
}

void lines_close(struct lines *l)
{
	if (!l)
		return;
	close(l->fd);
	mem_free(l);
}

int64_t lines_size(const struct lines *l)
{
	return l->size;
}

int64_t lines_read(const struct lines *l)
{
	return l->read - (int64_t)(l->n - l->at);
}

const unsigned char *lines_hash(const struct lines *l)
{
	return l->digest;
}

int lines_again(struct lines *l, struct err *err)
{
	if (look(l, err) < 0)
		return -1;
	if (lseek(l->fd, 0, SEEK_SET) < 0)
		return err_set(err, ERR_STORE, "The file cannot be read again (%s).",
			       strerror(errno));
	l->at = l->n = 0;
	l->read = l->line = 0;
	l->over = false;
	l->again = true;
	return 0;
}

/* More behind what is there; 0 at the end of the file. */
static int fill(struct lines *l, struct err *err)
{
	ssize_t n;

	memmove(l->in, l->in + l->at, l->n - l->at);
	l->n -= l->at;
	l->at = 0;
	do
		n = read(l->fd, l->in + l->n, READ_BYTES);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return err_set(err, ERR_STORE, "Line %lld cannot be read (%s).",
			       (long long)l->line + 1, strerror(errno));
	if (!l->again)
		crypto_generichash_update(&l->hash, (unsigned char *)l->in + l->n,
					  (unsigned long long)n);
	if (n == 0 && !l->over) {
		l->over = true;
		if (!l->again)
			crypto_generichash_final(&l->hash, l->digest, HASH_BYTES);
		if (look(l, err) < 0)
			return -1;
	}
	l->read += n;
	l->n += (size_t)n;
	return n > 0;
}

/* Passes over the rest of a line that is too long. */
static int pass_over(struct lines *l, struct err *err)
{
	char *end;
	int rc = 1;

	while (!(end = memchr(l->in + l->at, '\n', l->n - l->at)) && rc == 1) {
		l->at = l->n;
		rc = fill(l, err);
	}
	l->at = end ? (size_t)(end - l->in) + 1 : l->n;
	return rc < 0 ? -1 : 0;
}

int lines_next(struct lines *l, struct line *ret, struct err *err)
{
	static char nothing[1];
	char *end;
	int rc = 1;
	size_t n;

	while (!(end = memchr(l->in + l->at, '\n', l->n - l->at)) && l->n - l->at <= LINE_BYTES &&
	       (rc = fill(l, err)) == 1)
		;
	if (rc < 0)
		return -1;
	n = end ? (size_t)(end - l->in) - l->at : l->n - l->at;
	if (!end && n == 0)
		return 0;
	*ret = (struct line){ .no = ++l->line, .s = l->in + l->at };
	if (n > LINE_BYTES) {
		ret->s = nothing;
		ret->why = "The line is longer than any record";
		return pass_over(l, err) < 0 ? -1 : 1;
	}
	if (memchr(ret->s, '\0', n))
		ret->why = "There is a NUL byte in it: this is no text";
	l->at += n + (end != NULL);
	if (n > 0 && ret->s[n - 1] == '\r')
		n--;
	ret->s[n] = '\0';
	return 1;
}
