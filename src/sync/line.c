/*
 * line.c: a command at the other end, or our own input and output.
 *
 * Nobody's descriptor is set to wait for nothing, for they may be shared: what is written is no
 * more than a pipe takes at once when it says that it takes anything.
 */
#include "sync/line.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "base/world.h"
#include "sync/ssh.h"

/* How long a command has to end by itself, and then after it was asked to. */
enum { GRACE_MS = 1000, LOOK_MS = 5, SAID_MOST = 4096 };

/* ---- a command is started ---- */

static void run_command(const char *command, int fds[3], pid_t parent, bool alone)
{
	sigset_t none;

	/* However this process ends, the command does not stay behind. */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(127);
	if (alone)
		setpgid(0, 0);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	signal(SIGXFSZ, SIG_DFL);
	for (int i = 0; i < 3; i++)
		if (dup2(fds[i], i) < 0)
			_exit(127);
	execl("/bin/sh", "sh", "-c", command, (char *)NULL);
	_exit(127);
}

/* From below 3 they would be in the way of each other in the child. */
static int pipe_above(int fds[2])
{
	if (pipe2(fds, O_CLOEXEC) < 0)
		return -1;
	for (int i = 0; i < 2; i++) {
		int up = fcntl(fds[i], F_DUPFD_CLOEXEC, 3);

		close(fds[i]);
		fds[i] = up;
	}
	return fds[0] < 0 || fds[1] < 0 ? -1 : 0;
}

static void close_all(int *fds, int n)
{
	for (int i = 0; i < n; i++)
		if (fds[i] >= 0)
			close(fds[i]);
}

int line_open(struct line *line, const char *command, bool alone, struct err *err)
{
	int fds[6] = { -1, -1, -1, -1, -1, -1 }, theirs[3];
	pid_t parent = getpid();

	for (int i = 0; i < 3; i++)
		if (pipe_above(fds + 2 * i) < 0)
			goto none;
	theirs[0] = fds[0];
	theirs[1] = fds[3];
	theirs[2] = fds[5];
	line->child = fork();
	if (line->child < 0)
		goto none;
	if (line->child == 0)
		run_command(command, theirs, parent, alone);
	if (alone)
		setpgid(line->child, line->child); /* whichever of the two is first */
	close_all(theirs, 3);
	line->out = fds[1];
	line->in = fds[2];
	line->says = fds[4];
	line->stopped = line->refused = false;
	line->told[0] = '\0';
	line->piece = mem_new(LINE_PIECE);
	return 0;
none:
	line->child = 0;
	err_set(err, ERR_LINK, "No process could be started (%s): it is tried again later.",
		strerror(errno));
	close_all(fds, 6);
	return -1;
}

void line_own(struct line *line)
{
	line->in = 0;
	line->out = 1;
	line->says = -1;
	line->piece = mem_new(LINE_PIECE);
}

/* ---- and ends ---- */

static bool ended(struct line *line, int ms)
{
	int64_t until = world_ticks() + ms;

	for (;;) {
		pid_t pid = waitpid(line->child, NULL, WNOHANG);

		if (pid == line->child || (pid < 0 && errno != EINTR))
			return true;
		if (world_ticks() >= until)
			return false;
		poll(NULL, 0, LOOK_MS);
	}
}

/* Its group, if it has one of its own; else there is no such group, and it is meant alone. */
static void end_child(struct line *line, int sig)
{
	if (kill(-line->child, sig) < 0)
		kill(line->child, sig);
}

void line_close(struct line *line)
{
	if (line->child > 0) {
		close(line->out);
		close(line->in);
		if (!ended(line, GRACE_MS)) {
			end_child(line, SIGTERM);
			if (!ended(line, GRACE_MS)) {
				end_child(line, SIGKILL);
				ended(line, INT32_MAX);
			}
		}
		if (line->says >= 0)
			close(line->says);
	}
	line->child = 0;
	buf_done(&line->saying);
	mem_free(line->piece);
	line->piece = NULL;
}

/* ---- what it says to people ---- */

static void said(struct line *line)
{
	char *text = line->saying.s;
	size_t n = line->saying.n;

	while (n > 0 && (text[n - 1] == '\r' || text[n - 1] == ' '))
		n--;
	if (n > 0) {
		text = mem_strn(text, n);
		COPY(line->told, text);
		if (line->say)
			line->say(text);
		mem_free(text);
	}
	buf_clear(&line->saying);
}

static void listen_to(struct line *line)
{
	char bytes[512];
	ssize_t n = read(line->says, bytes, sizeof bytes);

	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	for (ssize_t i = 0; i < n; i++) {
		if (bytes[i] == '\n' || line->saying.n >= SAID_MOST)
			said(line);
		if (bytes[i] != '\n' && bytes[i] != '\0')
			buf_add(&line->saying, &bytes[i], 1);
	}
	if (n > 0)
		return;
	said(line);
	close(line->says);
	line->says = -1;
}

/* ---- bytes ---- */

enum { READY_NONE, READY_YES, READY_STOP };

/* Waits until `fd` is ready for `events`, and hears meanwhile what is said. */
static int wait_for(struct line *line, int fd, short events, int64_t ms)
{
	int64_t until = world_ticks() + ms;

	for (;;) {
		struct pollfd p[] = { { .fd = fd, .events = events },
				      { .fd = line->stop, .events = POLLIN },
				      { .fd = line->says, .events = POLLIN } };
		int64_t left = until - world_ticks();
		int n = poll(p, 3, left <= 0 ? 0 : left < 1000 ? (int)left : 1000);

		if (n > 0 && p[1].revents) {
			line->stopped = true;
			return READY_STOP;
		}
		if (n > 0 && p[2].revents)
			listen_to(line);
		if (n > 0 && p[0].revents)
			return READY_YES;
		if (left <= 0)
			return READY_NONE;
	}
}

int line_silent(struct err *err)
{
	return err_set(err, ERR_LINK, "The hub is silent: it is tried again later.");
}

static int stopped(struct err *err)
{
	return err_set(err, ERR_LINK, "Told to stop.");
}

/* Words of ssh that no trying again will change.  That this node's key is refused may be a hub that
 * cannot read its list of them just now. */
static bool for_a_person(const char *told)
{
	static const char *const words[] = { "Host key verification failed", "Permission denied",
					     "REMOTE HOST IDENTIFICATION HAS CHANGED" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strstr(told, words[i]))
			return true;
	return false;
}

/* What a command had to say when it went is why it went. */
static int broken(struct line *line, struct err *err)
{
	int64_t until = world_ticks() + GRACE_MS;

	while (line->says >= 0 && world_ticks() < until) {
		struct pollfd p = { .fd = line->says, .events = POLLIN };

		if (poll(&p, 1, LOOK_MS) > 0)
			listen_to(line);
	}
	if (line->says >= 0)
		said(line);
	line->refused = for_a_person(line->told);
	if (strstr(line->told, "Host key verification failed"))
		return ssh_why(line->told, err);
	if (line->refused)
		return err_set(err, ERR_DENIED, "The hub's machine does not let this node in: %s",
			       line->told);
	if (*line->told)
		return err_set(err, ERR_LINK, "The line to the hub broke: %s", line->told);
	return err_set(err, ERR_LINK, "The line to the hub broke: it is tried again later.");
}

int line_send(struct line *line, struct buf *out, struct err *err)
{
	size_t sent = 0;

	while (sent < out->n) {
		size_t most = out->n - sent < PIPE_BUF ? out->n - sent : PIPE_BUF;
		int ready = wait_for(line, line->out, POLLOUT, line->patience);
		ssize_t n;

		if (ready != READY_YES)
			return ready == READY_STOP ? stopped(err) : line_silent(err);
		n = write(line->out, out->s + sent, most);
		if (n < 0 && errno != EINTR && errno != EAGAIN)
			return broken(line, err);
		if (n > 0)
			sent += (size_t)n;
	}
	buf_clear(out);
	return 0;
}

ssize_t line_receive(struct line *line, int64_t ms, struct err *err)
{
	for (;;) {
		int ready = wait_for(line, line->in, POLLIN, ms);
		ssize_t n;

		if (ready != READY_YES)
			return ready == READY_STOP ? stopped(err) : 0;
		n = read(line->in, line->piece, LINE_PIECE);
		if (n > 0)
			return n;
		if (n == 0 || (errno != EINTR && errno != EAGAIN))
			return broken(line, err);
	}
}
