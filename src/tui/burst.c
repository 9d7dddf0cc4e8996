/*
 * burst.c: one write for each painting.
 *
 * Curses 6.4 empties its buffer at every movement of the cursor: fifty writes for a new screen,
 * each of them a packet on a line that is kept by ssh, and a wake-up of whoever reads.  So a file
 * in memory stands where stdout is while it paints.  Settings of the terminal are never changed in
 * between, for there they would meet that file.
 */
#include "burst.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <unistd.h>

static int line = -1, memory = -1; /* stdout as it was; what stands in its place */
static bool holding;
static char bytes[16384];

void burst_begin(void)
{
	if (line < 0)
		line = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
	if (memory < 0)
		memory = memfd_create("painting", MFD_CLOEXEC);
	holding = line >= 0 && memory >= 0 && dup2(memory, STDOUT_FILENO) >= 0;
}

/* A line that is gone takes nothing more; that is seen where we read. */
static void send_all(const char *from, ssize_t n)
{
	while (n > 0) {
		ssize_t sent = write(STDOUT_FILENO, from, (size_t)n);

		if (sent < 0 && errno != EINTR)
			return;
		if (sent > 0) {
			from += sent;
			n -= sent;
		}
	}
}

void burst_end(void)
{
	off_t left, at = 0;
	ssize_t n;

	if (!holding)
		return;
	holding = false;
	dup2(line, STDOUT_FILENO);
	left = lseek(memory, 0, SEEK_CUR); /* both names of it share their place */
	for (; left > 0; left -= n, at += n) {
		n = pread(memory, bytes, left < (off_t)sizeof bytes ? (size_t)left : sizeof bytes,
			  at);
		if (n <= 0)
			break;
		send_all(bytes, n);
	}
	lseek(memory, 0, SEEK_SET);
}

void burst_close(void)
{
	burst_end();
	if (memory >= 0)
		close(memory);
	if (line >= 0)
		close(line);
	line = memory = -1;
}
