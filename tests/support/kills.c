/* kills.c: a child that works until it is killed. */
#include "kills.h"

#include <check.h>
#include <signal.h>
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
