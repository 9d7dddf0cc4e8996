/*
 * run.c: another program run to its end.
 *
 * Its input is a file in memory that is complete before it starts, so that it never reads half of
 * something, whatever becomes of us meanwhile.  One pipe carries what it says, another closes by
 * itself when the program could be started and carries the reason when not.  We look every few
 * milliseconds whether it has ended: a grandchild that keeps our pipe open does not keep us.
 */
#include "base/run.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/text.h"
#include "base/world.h"

enum { TICK = 10 /* milliseconds */ };

/* ---- words ---- */

int words_split(const char *line, struct words *ret, struct err *err)
{
	struct words w = { 0 };
	const char *p = line;

	while (*(p += strspn(p, " \t"))) {
		struct buf word = { 0 };

		while (*p && *p != ' ' && *p != '\t') {
			const char *end = *p == '"' || *p == '\'' ? strchr(p + 1, *p) : NULL;

			if ((*p == '"' || *p == '\'') && !end) {
				buf_done(&word);
				words_done(&w);
				return err_set(err, ERR_INPUT, "A quote is not closed in: %s",
					       line);
			}
			if (end)
				buf_add(&word, p + 1, (size_t)(end - p - 1));
			else
				buf_add(&word, p, 1);
			p = end ? end + 1 : p + 1;
		}
		if (w.n == RUN_WORDS) {
			buf_done(&word);
			words_done(&w);
			return err_set(err, ERR_INPUT, "A command has at most %d words.",
				       RUN_WORDS);
		}
		words_add(&w, word.s ? word.s : "");
		buf_done(&word);
	}
	if (w.n == 0)
		return err_set(err, ERR_INPUT, "The command is empty: leave the line out.");
	*ret = w;
	return 0;
}

void words_add(struct words *w, const char *word)
{
	if (w->n < RUN_WORDS)
		w->v[w->n++] = mem_str(word);
}

void words_done(struct words *w)
{
	for (size_t i = 0; i < w->n; i++)
		mem_free(w->v[i]);
	memset(w, 0, sizeof *w);
}

/* ---- the child's side ---- */

static void keep_only_three(int but)
{
	struct rlimit most = { 1024, 1024 };

	getrlimit(RLIMIT_NOFILE, &most);
	for (int fd = 3; fd < (most.rlim_cur < 65536 ? (int)most.rlim_cur : 65536); fd++)
		if (fd != but)
			close(fd);
}

/* Ours are ignored, and what is ignored stays so in a program that is started. */
static void signals_as_born(void)
{
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	for (int s = 1; s < NSIG; s++)
		if (s != SIGKILL && s != SIGSTOP)
			signal(s, SIG_DFL);
}

_Noreturn static void child(const struct words *w, int in, int out, int why)
{
	static char path[] = "PATH=/usr/local/bin:/usr/bin:/bin", lang[] = "LANG=C.UTF-8";
	static char *const clean[] = { path, lang, NULL };
	int e;

	setpgid(0, 0);
	signals_as_born();
	if (dup2(in, 0) == 0 && dup2(out, 1) == 1 && dup2(out, 2) == 2) {
		keep_only_three(why);
		environ = (char **)clean;
		execvp(w->v[0], w->v);
	}
	e = errno;
	while (write(why, &e, sizeof e) < 0 && errno == EINTR)
		;
	_exit(127);
}

/* ---- our side ---- */

struct talk {
	pid_t pid;
	int out;	 /* -1 once closed */
	char said[1024]; /* the end of what was heard */
	size_t n;
};

static void shut(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void hear(struct talk *t)
{
	char piece[4096];
	ssize_t n = read(t->out, piece, sizeof piece);

	if (n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN))
		shut(&t->out);
	for (ssize_t i = 0; i < n; i++) {
		if (t->n == sizeof t->said) {
			memmove(t->said, t->said + sizeof t->said / 2, sizeof t->said / 2);
			t->n = sizeof t->said / 2;
		}
		t->said[t->n++] = piece[i];
	}
}

/* Listens, at most `ms` long. */
static void turn(struct talk *t, int ms)
{
	struct pollfd p = { .fd = t->out, .events = POLLIN };

	if (poll(&p, 1, ms) > 0 && p.revents)
		hear(t);
}

/* What is already there when the child has ended. */
static void hear_the_rest(struct talk *t)
{
	struct pollfd p = { .fd = t->out, .events = POLLIN };

	for (int most = 0; most < 64 && t->out >= 0 && poll(&p, 1, 0) > 0; most++)
		hear(t);
}

/* Has it ended?  Its number stays ours until we take leave of it, so that no other can be meant. */
static bool has_ended(const struct talk *t)
{
	siginfo_t info = { 0 };

	return waitid(P_PID, (id_t)t->pid, &info, WEXITED | WNOHANG | WNOWAIT) < 0 ||
	       info.si_pid != 0;
}

static void until_it_ends(struct talk *t, int seconds, struct ran *ret)
{
	int64_t until = world_ticks() + (int64_t)seconds * 1000;
	int status = 0;

	while (!has_ended(t) && !ret->late) {
		turn(t, TICK);
		ret->late = world_ticks() >= until;
	}
	/* It, if it is late, and what it left behind in its group. */
	kill(-t->pid, SIGKILL);
	hear_the_rest(t);
	while (waitpid(t->pid, &status, 0) < 0 && errno == EINTR)
		;
	ret->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* The last line that says something. */
static void last_line(const struct talk *t, char ret[RUN_SAID])
{
	size_t end = t->n, begin;
	char *line, *shown;

	while (end > 0 && strchr("\r\n\t ", t->said[end - 1]))
		end--;
	for (begin = end; begin > 0 && t->said[begin - 1] != '\n' && end - begin < RUN_SAID - 1;)
		begin--;
	line = mem_strn(t->said + begin, end - begin);
	shown = text_printable(line);
	snprintf(ret, RUN_SAID, "%.*s", (int)text_fit(shown, RUN_SAID / 2), shown);
	text_whole(ret);
	mem_free(shown);
	mem_free(line);
}

/* All of it, from its beginning. */
static int input_file(const char *input, size_t n)
{
	int fd = memfd_create("input", MFD_CLOEXEC);

	while (fd >= 0 && n > 0) {
		ssize_t put = write(fd, input, n);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0) {
			close(fd);
			return -1;
		}
		input += put;
		n -= (size_t)put;
	}
	if (fd >= 0)
		lseek(fd, 0, SEEK_SET);
	return fd;
}

static int start(const struct words *w, const char *input, size_t n, struct talk *t,
		 struct ran *ret, struct err *err)
{
	int in = input_file(input, n), out[2] = { -1, -1 }, why[2] = { -1, -1 }, e = 0;
	ssize_t got;

	/* Who started us may have ignored it, and then nobody would hear how a child of ours ended.
	 */
	signal(SIGCHLD, SIG_DFL);
	t->pid = -1;
	if (in >= 0 && pipe2(out, O_CLOEXEC) == 0 && pipe2(why, O_CLOEXEC) == 0)
		t->pid = fork();
	if (t->pid == 0)
		child(w, in, out[1], why[1]);
	e = errno;
	shut(&in);
	shut(&out[1]);
	shut(&why[1]);
	t->out = out[0];
	if (t->pid < 0) {
		shut(&t->out);
		shut(&why[0]);
		return err_set(err, ERR_FAULT, "No other program can be started: %s.", strerror(e));
	}
	setpgid(t->pid, t->pid);
	while ((got = read(why[0], &e, sizeof e)) < 0 && errno == EINTR)
		;
	shut(&why[0]);
	ret->started = got != sizeof e;
	if (!ret->started)
		snprintf(ret->said, sizeof ret->said, "%.100s: %s", w->v[0], strerror(e));
	fcntl(t->out, F_SETFL, O_NONBLOCK);
	return 0;
}

int run_words(const struct words *w, const void *input, size_t n, int seconds, struct ran *ret,
	      struct err *err)
{
	struct talk t = { 0 };
	struct ran r = { 0 };

	if (start(w, input, n, &t, &r, err) < 0)
		return -1;
	until_it_ends(&t, seconds, &r);
	shut(&t.out);
	if (r.started)
		last_line(&t, r.said);
	*ret = r;
	return 0;
}

void ran_words(const struct ran *r, char *buf, size_t n)
{
	const char *more = *r->said ? ": " : "";

	if (!r->started)
		snprintf(buf, n, "could not be started: %s", r->said);
	else if (r->late)
		snprintf(buf, n, "did not end in time%s%s", more, r->said);
	else if (r->status > 128)
		snprintf(buf, n, "ended by signal %d%s%s", r->status - 128, more, r->said);
	else
		snprintf(buf, n, "status %d%s%s", r->status, more, r->said);
}

int run_apart(const struct words *w, struct err *err)
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		/* The second child belongs to nobody here: its end is awaited by no desk. */
		setsid();
		if (fork() == 0) {
			int null = open("/dev/null", O_RDWR);

			if (null >= 0)
				child(w, null, null, null);
		}
		_exit(0);
	}
	if (pid < 0)
		return err_set(err, ERR_FAULT, "No other program can be started: %s.",
			       strerror(errno));
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return 0;
}
