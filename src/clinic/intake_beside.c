/* intake_beside.c: a list that is whole or not there. */
#include "clinic/intake_beside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { WRITE_AT = 64 * 1024 };

void beside_open(struct beside *b, const char *file, const char *ending)
{
	*b = (struct beside){ .fd = -1 };
	b->path = mem_printf("%s.%s", file, ending);
	b->temp = mem_printf("%s.new", b->path);
}

static int failed(const struct beside *b, struct err *err)
{
	return err_set(err, ERR_STORE, "Cannot write %s (%s): nothing was taken in.", b->path,
		       strerror(errno));
}

static int flush(struct beside *b, struct err *err)
{
	for (size_t at = 0; at < b->buf.n;) {
		ssize_t n = write(b->fd, b->buf.s + at, b->buf.n - at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return failed(b, err);
		at += (size_t)n;
	}
	buf_clear(&b->buf);
	return 0;
}

int beside_row(struct beside *b, struct err *err)
{
	if (b->fd < 0) {
		/* What a killed import left, or a link that somebody laid there. */
		unlink(b->temp);
		b->fd = open(b->temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		if (b->fd < 0)
			return failed(b, err);
	}
	b->rows++;
	return b->buf.n < WRITE_AT ? 0 : flush(b, err);
}

int beside_ready(struct beside *b, struct err *err)
{
	if (b->fd < 0)
		return 0;
	if (flush(b, err) < 0)
		return -1;
	return fsync(b->fd) == 0 ? 0 : failed(b, err);
}

int beside_keep(struct beside *b, struct err *err)
{
	if (b->fd < 0) {
		unlink(b->path);
		return 0;
	}
	if (rename(b->temp, b->path) < 0)
		return err_set(err, ERR_STORE, "The file was taken in, but %s cannot be made (%s).",
			       b->path, strerror(errno));
	close(b->fd);
	b->fd = -1;
	return 0;
}

void beside_done(struct beside *b)
{
	if (b->fd >= 0) {
		close(b->fd);
		unlink(b->temp);
	}
	buf_done(&b->buf);
	mem_free(b->path);
	mem_free(b->temp);
}
