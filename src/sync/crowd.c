/* crowd.c: places of a node, each a byte of a file beside the database, locked by who has it. */
#include "sync/crowd.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "store/store.h"

enum { OF_A_NODE = 64, COPIES_FROM = 32 };

/* Locks end with the process that has them, however it ends. */
static int take(struct store *st, int node, int from, int most, int *ret_fd, struct err *err)
{
	char *name = mem_printf("%s-lines", store_path(st));
	int fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0660), rc = -1;

	if (fd < 0)
		err_set(err, ERR_STORE, "Cannot open %s (%s).", name, strerror(errno));
	for (int i = 0; fd >= 0 && rc < 0 && i < most; i++) {
		struct flock place = { .l_type = F_WRLCK,
				       .l_whence = SEEK_SET,
				       .l_start = (off_t)node * OF_A_NODE + from + i,
				       .l_len = 1 };

		rc = fcntl(fd, F_OFD_SETLK, &place);
	}
	mem_free(name);
	if (fd >= 0 && rc < 0) {
		close(fd);
		return err_set(err, ERR_CLASH, "This node has %d %s here already: end one first.",
			       most, from ? "copies under way" : "lines");
	}
	if (rc == 0)
		*ret_fd = fd;
	return rc;
}

int crowd_line(struct store *st, int node, int *ret_fd, struct err *err)
{
	return take(st, node, 0, CROWD_LINES, ret_fd, err);
}

int crowd_copy(struct store *st, int node, int *ret_fd, struct err *err)
{
	return take(st, node, COPIES_FROM, CROWD_COPIES, ret_fd, err);
}
