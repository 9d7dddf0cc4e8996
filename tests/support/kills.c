/* kills.c: a child that works until it is killed. */
#include "kills.h"

#include <check.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

int64_t killed_at_work(void (*work)(int out), int most, uint64_t *seed)
{
	int pipe_[2], status, left;
	int64_t told = 0, last = 0;

	ck_assert_int_eq(pipe(pipe_), 0);
	pid_t pid = fork();

	ck_assert(pid >= 0);
	if (pid == 0) {
		close(pipe_[0]);
		work(pipe_[1]);
	}
	close(pipe_[1]);
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	left = (int)(*seed >> 32) & (most - 1);
	do {
		if (read(pipe_[0], &told, sizeof told) != sizeof told)
			break;
		last = told;
	} while (left-- > 0);
	for (volatile uint64_t n = *seed >> 45; n > 0; n--)
		;
	ck_assert_int_eq(kill(pid, SIGKILL), 0);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFSIGNALED(status));
	/* It may have been told more than was read by then. */
	while (read(pipe_[0], &told, sizeof told) == sizeof told)
		last = told;
	close(pipe_[0]);
	return last;
}

/* ---- at a write ---- */

static int writes_left, write_nth;

/* Instead of the call of that name, in the file system of SQLite. */
static ssize_t write_or_die(int fd, const void *bytes, size_t n, off_t at)
{
	if (--writes_left == 0) {
		if (write_nth % 2 && pwrite(fd, bytes, n / 2, at) < 0)
			_exit(5);
		raise(SIGKILL);
	}
	return pwrite(fd, bytes, n, at);
}

static void arm(int nth)
{
	static const char *const calls[] = { "pwrite", "pwrite64" };
	sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);

	writes_left = write_nth = nth;
	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
		if (vfs->xGetSystemCall(vfs, calls[i]))
			vfs->xSetSystemCall(vfs, calls[i], (sqlite3_syscall_ptr)write_or_die);
}

bool killed_at_write(void (*work)(void), int nth)
{
	int status;
	pid_t pid = fork();

	ck_assert(pid >= 0);
	if (pid == 0) {
		arm(nth);
		work();
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
		return true;
	ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "it ended with %d",
		      WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status));
	return false;
}
