/* pty.c: see pty.h.  The child is a session leader on the slave side; the parent holds the master.
 */
#include "pty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

#include "base/alloc.h"

enum { COUNTED_MOST = 20000 };

struct pty {
	int master, idle;
	struct pty *next; /* of those that are open */
	pid_t pid;
	bool ended, reaped;
	int status;
	unsigned sent; /* bytes of input */
	VTerm *vt;
	VTermScreen *screen;
	int rows, cols;
	char *row;
	struct buf fresh;	 /* came, and not yet on the screen */
	int64_t asked, answered; /* nanoseconds */
	long bytes, all, bursts;
	long counted[COUNTED_MOST];
	int keys;
};

/* --- the child -----------------------------------------------------------------------------------
 */

static void child(const struct pty_options *o, int slave, int idle)
{
	char fd[16];

	setsid();
	ioctl(slave, TIOCSCTTY, 0);
	for (int i = 0; i < 3; i++)
		dup2(slave, i);
	if (slave > 2)
		close(slave);
	snprintf(fd, sizeof fd, "%d", idle);
	setenv("OHDESK_IDLE_FD", fd, 1);
	setenv("TERM", o->term ? o->term : "xterm-256color", 1);
	setenv("LC_ALL", o->locale ? o->locale : "C.UTF-8", 1);
	unsetenv("NO_COLOR");
	unsetenv("LINES");
	unsetenv("COLUMNS");
	for (const char *const *e = o->env; e && *e; e++)
		putenv((char *)(size_t)*e);
	for (int sig = 1; sig < 32; sig++)
		signal(sig, SIG_DFL);
	if (o->run)
		exit(o->run(o->arg));
	execv(o->argv[0], (char *const *)(size_t)o->argv);
	_exit(127);
}

static int64_t nanoseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void reset_counts(struct pty *p)
{
	p->bytes = p->all = 0;
	p->keys = 0;
}

/* A line is cut when its last holder lets go: a child must not hold those of its elders. */
static struct pty *all;

static void let_go_of_others(void)
{
	for (const struct pty *p = all; p; p = p->next) {
		close(p->master);
		close(p->idle);
	}
}

static void forget(const struct pty *p)
{
	for (struct pty **at = &all; *at; at = &(*at)->next)
		if (*at == p) {
			*at = p->next;
			return;
		}
}

struct pty *pty_start(const struct pty_options *o)
{
	struct pty *p = mem_new(sizeof *p);
	struct winsize w = { 0 };
	int idle[2], slave;

	p->rows = o->rows ? o->rows : 24;
	p->cols = o->cols ? o->cols : 80;
	w.ws_row = (unsigned short)p->rows;
	w.ws_col = (unsigned short)p->cols;
	p->master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (p->master < 0 || grantpt(p->master) < 0 || unlockpt(p->master) < 0)
		abort();
	slave = open(ptsname(p->master), O_RDWR | O_NOCTTY);
	if (slave < 0 || ioctl(slave, TIOCSWINSZ, &w) < 0 || pipe(idle) < 0)
		abort();
	fflush(NULL);
	p->asked = nanoseconds();
	p->pid = fork();
	if (p->pid < 0)
		abort();
	if (p->pid == 0) {
		close(p->master);
		close(idle[0]);
		let_go_of_others();
		child(o, slave, idle[1]);
	}
	close(slave);
	close(idle[1]);
	p->idle = idle[0];
	p->next = all;
	all = p;
	fcntl(p->master, F_SETFL, O_NONBLOCK);
	p->vt = vterm_new(p->rows, p->cols);
	vterm_set_utf8(p->vt, 1);
	p->screen = vterm_obtain_screen(p->vt);
	vterm_screen_enable_altscreen(p->screen, 1);
	vterm_screen_reset(p->screen, 1);
	pty_wait(p);
	return p;
}

/* --- waiting
 * -------------------------------------------------------------------------------------- */

static void onto_screen(struct pty *p)
{
	if (p->fresh.n)
		vterm_input_write(p->vt, p->fresh.s, p->fresh.n);
	p->fresh.n = 0;
}

/* Takes what has come; false when the line is at its end.  It reaches the screen only when somebody
 * looks, so that our reading of it is no part of the answer's time. */
static bool drain(struct pty *p)
{
	char buf[4096];
	ssize_t n;

	while ((n = read(p->master, buf, sizeof buf)) > 0) {
		buf_add(&p->fresh, buf, (size_t)n);
		p->bursts++;
		p->bytes += n;
		p->all += n;
	}
	return n < 0 && (errno == EAGAIN || errno == EINTR);
}

/* The next idle byte, or -1 when the program has ended. */
static int next_idle(struct pty *p)
{
	for (;;) {
		struct pollfd fd[2] = { { p->idle, POLLIN, 0 }, { p->master, POLLIN, 0 } };
		unsigned char taken;

		if (poll(fd, p->ended ? 1 : 2, -1) < 0 && errno != EINTR)
			abort();
		if (fd[1].revents && !p->ended)
			p->ended = !drain(p);
		if (fd[0].revents) {
			ssize_t n = read(p->idle, &taken, 1);

			p->answered = nanoseconds();
			if (!p->ended)
				p->ended = !drain(p);
			if (n == 1)
				return taken;
			if (n == 0) {
				p->ended = true;
				return -1;
			}
		}
	}
}

void pty_wait(struct pty *p)
{
	p->bytes = 0;
	next_idle(p);
}

static void wait_taken(struct pty *p)
{
	int taken;

	while ((taken = next_idle(p)) >= 0 && taken != (int)(p->sent & 0xff))
		;
}

void pty_wait_for(struct pty *p, const char *text)
{
	p->bytes = 0;
	while (!pty_find(p, text) && next_idle(p) >= 0)
		;
}

/* --- sending
 * --------------------------------------------------------------------------------------- */

static const struct {
	const char *name, *bytes;
} KEYS[] = {
	{ "Enter", "\r" },     { "Esc", "\033" },     { "Tab", "\t" },
	{ "S-Tab", "\033[Z" }, { "Space", " " },      { "Backspace", "\177" },
	{ "lt", "<" },	       { "Up", "\033[A" },    { "Down", "\033[B" },
	{ "Right", "\033[C" }, { "Left", "\033[D" },  { "Home", "\033[H" },
	{ "End", "\033[F" },   { "Ins", "\033[2~" },  { "Del", "\033[3~" },
	{ "PgUp", "\033[5~" }, { "PgDn", "\033[6~" }, { "F1", "\033OP" },
	{ "F2", "\033OQ" },    { "F3", "\033OR" },    { "F4", "\033OS" },
	{ "F5", "\033[15~" },  { "F6", "\033[17~" },  { "F7", "\033[18~" },
	{ "F8", "\033[19~" },  { "F9", "\033[20~" },  { "F10", "\033[21~" },
	{ "F11", "\033[23~" }, { "F12", "\033[24~" },
};

/* The bytes of the key at s, into out; gives how much of s it was. */
static size_t one_key(const char *s, char out[16])
{
	const char *end = *s == '<' ? strchr(s, '>') : NULL;
	size_t n = 1;

	if (end) {
		size_t len = (size_t)(end - s - 1);

		if (len == 3 && s[1] == 'C' && s[2] == '-') {
			out[0] = (char)(s[3] & 0x1f);
			out[1] = 0;
			return len + 2;
		}
		for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++)
			if (strlen(KEYS[i].name) == len && strncmp(KEYS[i].name, s + 1, len) == 0) {
				snprintf(out, 16, "%s", KEYS[i].bytes);
				return len + 2;
			}
		fprintf(stderr, "no key named %.*s\n", (int)len, s + 1);
		abort();
	}
	while ((s[n] & 0xc0) == 0x80)
		n++;
	memcpy(out, s, n);
	out[n] = 0;
	return n;
}

static void write_all(struct pty *p, const char *s, size_t n)
{
	while (n > 0 && !p->ended) {
		ssize_t got = write(p->master, s, n);

		if (got < 0 && errno == EAGAIN) {
			struct pollfd fd = { p->master, POLLIN | POLLOUT, 0 };

			poll(&fd, 1, -1);
			if (fd.revents & POLLIN)
				p->ended = !drain(p);
			continue;
		}
		if (got <= 0)
			return;
		s += got;
		n -= (size_t)got;
		p->sent += (unsigned)got;
	}
}

/* What the program said by itself since we last looked is not the answer to what we send now. */
static void forget_old(struct pty *p)
{
	struct pollfd fd = { p->idle, POLLIN, 0 };
	char c;

	while (poll(&fd, 1, 0) > 0 && fd.revents & POLLIN && read(p->idle, &c, 1) == 1)
		;
	if (!p->ended)
		p->ended = !drain(p);
	p->bytes = 0;
}

void pty_send(struct pty *p, const char *bytes, size_t n)
{
	forget_old(p);
	if (p->ended)
		return;
	p->bursts = 0;
	p->asked = nanoseconds();
	write_all(p, bytes, n);
	wait_taken(p);
	if (p->keys < COUNTED_MOST)
		p->counted[p->keys] = p->bytes;
	p->keys++;
}

void pty_keys(struct pty *p, const char *keys)
{
	char out[16];

	while (*keys) {
		keys += one_key(keys, out);
		pty_send(p, out, strlen(out));
	}
}

void pty_ahead(struct pty *p, const char *keys)
{
	struct buf b = { 0 };
	char out[16];

	buf_str(&b, "");
	while (*keys) {
		keys += one_key(keys, out);
		buf_str(&b, out);
	}
	pty_send(p, b.s, b.n);
	buf_done(&b);
}

void pty_resize(struct pty *p, int rows, int cols)
{
	struct winsize w = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };

	forget_old(p);
	onto_screen(p);
	p->rows = rows;
	p->cols = cols;
	vterm_set_size(p->vt, rows, cols);
	ioctl(p->master, TIOCSWINSZ, &w);
	pty_wait(p);
}

/* --- looking
 * ---------------------------------------------------------------------------------------- */

static VTermScreenCell cell_at(struct pty *p, int row, int col)
{
	VTermScreenCell cell;

	onto_screen(p);
	vterm_screen_get_cell(p->screen, (VTermPos){ .row = row - 1, .col = col - 1 }, &cell);
	return cell;
}

const char *pty_row(struct pty *p, int row)
{
	VTermRect r = { .start_row = row - 1, .end_row = row, .start_col = 0, .end_col = p->cols };
	size_t most = (size_t)p->cols * 24 + 1, n;

	onto_screen(p);
	p->row = mem_grow(p->row, most);
	n = vterm_screen_get_text(p->screen, p->row, most - 1, r);
	while (n > 0 && (p->row[n - 1] == ' ' || p->row[n - 1] == '\n' || p->row[n - 1] == 0))
		n--;
	p->row[n] = '\0';
	return p->row;
}

int pty_find(struct pty *p, const char *text)
{
	for (int row = 1; row <= p->rows; row++)
		if (strstr(pty_row(p, row), text))
			return row;
	return 0;
}

int pty_column(struct pty *p, int row, const char *text)
{
	VTermRect r = { .start_row = row - 1, .end_row = row, .end_col = p->cols };
	char rest[4096];

	for (; r.start_col < p->cols; r.start_col++) {
		size_t n = vterm_screen_get_text(p->screen, rest, sizeof rest - 1, r);

		rest[n] = '\0';
		if (strncmp(rest, text, strlen(text)) == 0)
			return r.start_col + 1;
	}
	return 0;
}

void pty_cursor(struct pty *p, int *row, int *col)
{
	VTermPos at;

	onto_screen(p);
	vterm_state_get_cursorpos(vterm_obtain_state(p->vt), &at);
	*row = at.row + 1;
	*col = at.col + 1;
}

bool pty_reverse(struct pty *p, int row, int col)
{
	return cell_at(p, row, col).attrs.reverse;
}

bool pty_bold(struct pty *p, int row, int col)
{
	return cell_at(p, row, col).attrs.bold;
}

bool pty_coloured(struct pty *p, int row, int col)
{
	VTermScreenCell cell = cell_at(p, row, col);

	return !VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) || !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg);
}

char *pty_screen(struct pty *p)
{
	struct buf b = { 0 };

	for (int row = 1; row <= p->rows; row++)
		buf_printf(&b, "%s\n", pty_row(p, row));
	return b.s;
}

/* --- counting
 * --------------------------------------------------------------------------------------- */

void pty_count_start(struct pty *p)
{
	reset_counts(p);
}

int pty_count(const struct pty *p)
{
	return p->keys;
}

long pty_bytes(const struct pty *p)
{
	return p->bytes;
}

double pty_ms(const struct pty *p)
{
	return (double)(p->answered - p->asked) / 1e6;
}

long pty_bursts(const struct pty *p)
{
	return p->bursts;
}

long pty_all(const struct pty *p)
{
	return p->all;
}

static int by_size(const void *a, const void *b)
{
	long x = *(const long *)a, y = *(const long *)b;

	return (x > y) - (x < y);
}

static long at_rank(const struct pty *p, int of, int in)
{
	int n = p->keys < COUNTED_MOST ? p->keys : COUNTED_MOST;
	long *v = mem_new(sizeof *v * (size_t)(n + 1)), x;

	memcpy(v, p->counted, sizeof *v * (size_t)n);
	qsort(v, (size_t)n, sizeof *v, by_size);
	x = n ? v[(n - 1) * of / in] : 0;
	mem_free(v);
	return x;
}

long pty_p50(const struct pty *p)
{
	return at_rank(p, 1, 2);
}

long pty_most(const struct pty *p)
{
	return at_rank(p, 1, 1);
}

/* --- the end
 * ---------------------------------------------------------------------------------------- */

bool pty_alive(const struct pty *p)
{
	siginfo_t info = { 0 };

	return waitid(P_PID, (id_t)p->pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
	       info.si_pid == 0;
}

bool pty_ended(struct pty *p)
{
	return p->ended;
}

bool pty_cooked(struct pty *p)
{
	const tcflag_t want = ICANON | ECHO | ISIG;
	struct termios t;

	return tcgetattr(p->master, &t) == 0 && (t.c_lflag & want) == want;
}

int pty_pid(const struct pty *p)
{
	return (int)p->pid;
}

int pty_end(struct pty *p)
{
	int status = 0;

	/* What it still has to say must be taken, or it could wait for us to read. */
	while (!p->ended)
		next_idle(p);
	while (waitpid(p->pid, &status, 0) < 0 && errno == EINTR)
		;
	forget(p);
	if (p->master >= 0)
		close(p->master);
	close(p->idle);
	vterm_free(p->vt);
	buf_done(&p->fresh);
	mem_free(p->row);
	mem_free(p);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int pty_hang_up(struct pty *p)
{
	close(p->master);
	p->master = -1;
	p->ended = true;
	return pty_end(p);
}

/* --- pictures
 * ---------------------------------------------------------------------------------------- */

static char *file_read(const char *path)
{
	FILE *f = fopen(path, "r");
	struct buf b = { 0 };
	char part[4096];
	size_t n;

	if (!f)
		return NULL;
	buf_str(&b, "");
	while ((n = fread(part, 1, sizeof part, f)) > 0)
		buf_add(&b, part, n);
	fclose(f);
	return b.s;
}

static void print_difference(const char *want, const char *got)
{
	for (int row = 1; *want || *got; row++) {
		int a = (int)strcspn(want, "\n"), b = (int)strcspn(got, "\n");

		if (a != b || strncmp(want, got, (size_t)a) != 0)
			fprintf(stderr, "row %2d want |%.*s|\n       got  |%.*s|\n", row, a, want,
				b, got);
		want += a + (want[a] == '\n');
		got += b + (got[b] == '\n');
	}
}

bool pty_screen_is(struct pty *p, const char *path)
{
	const char *bless = getenv("OHDESK_BLESS");
	char *got = pty_screen(p), *want;
	bool same;

	if (bless && *bless == '1') {
		FILE *f = fopen(path, "w");

		same = f && fputs(got, f) >= 0;
		if (f)
			fclose(f);
		mem_free(got);
		return same;
	}
	want = file_read(path);
	same = want && strcmp(want, got) == 0;
	if (!want)
		fprintf(stderr, "%s is not there; OHDESK_BLESS=1 makes it.  The screen:\n%s", path,
			got);
	else if (!same) {
		fprintf(stderr, "%s differs:\n", path);
		print_difference(want, got);
	}
	mem_free(want);
	mem_free(got);
	return same;
}
