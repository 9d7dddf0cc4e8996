/* file.c: whole small files. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

int file_read(const char *path, size_t most, struct buf *ret, struct err *err)
{
	char bytes[65536];
	struct stat sb;
	ssize_t n = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return err_set(err, errno == ENOENT ? ERR_MISSING : ERR_INPUT,
			       "Cannot read %s (%s): name another file.", path, strerror(errno));
	if (fstat(fd, &sb) < 0 || !S_ISREG(sb.st_mode)) {
		close(fd);
		return err_set(err, ERR_INPUT, "%s is no plain file: name another.", path);
	}
	while ((n = read(fd, bytes, sizeof bytes)) > 0) {
		if (ret->n + (size_t)n > most) {
			close(fd);
			return err_set(err, ERR_INPUT,
				       "%s is larger than %zu bytes: it cannot be what it should.",
				       path, most);
		}
		buf_add(ret, bytes, (size_t)n);
	}
	close(fd);
	return n < 0 ? err_set(err, ERR_INPUT, "Cannot read %s (%s).", path, strerror(errno)) : 0;
}
